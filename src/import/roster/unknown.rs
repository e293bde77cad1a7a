//! Values that stand where nothing is known (`N/K`, `Baby`, `0000000000`): they are blank, since two of them say nothing
//! of each other.

use super::columns::Field;
use crate::import::names::{given, is_no_identifier, is_not_known};

/// What programs write for a missing value, that may also be somebody's name.
const MISSING: [&str; 5] = ["NA", "NaN", "nan", "<NA>", "\\N"];

/// Which words say nothing, by the field that they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// None does.
    Never,
    /// Where a given name should be.
    Name,
    /// Where part of a name should be.
    PartOfName,
    /// Where a number should be.
    Number,
    /// Anywhere else.
    Other,
}

impl Silence {
    /// The words of a field.
    pub(super) fn of(field: &Field) -> Self {
        match field {
            Field::Truth | Field::Birth | Field::Agency | Field::RecordId => Self::Never,
            Field::Given | Field::Full => Self::Name,
            Field::Middle | Field::Family | Field::Other => Self::PartOfName,
            Field::Identifier(_) | Field::Phone => Self::Number,
            _ => Self::Other,
        }
    }

    /// Whether a value says nothing, given how many of the records have it.
    pub(super) fn holds(self, value: &str, count: impl Fn() -> usize, records: usize) -> bool {
        if self == Self::Never {
            return false;
        }
        if MISSING.contains(&value) {
            // nobody's name is that of one person in fifty and spelled like a program's word for nothing
            let often = || count() > 2 && count() * 50 > records;
            return !matches!(self, Self::Name | Self::PartOfName) || often();
        }
        match self {
            Self::Never => false,
            Self::Name => may_be_a_word(value) && given(value).is_empty(),
            Self::Number => {
                (may_be_a_word(value) || all_the_same(value)) && is_no_identifier(value)
            }
            Self::PartOfName | Self::Other => may_be_a_word(value) && is_not_known(value),
        }
    }
}

/// Whether a cell of ids holds none.
pub(super) fn is_no_id(text: &str) -> bool {
    text.is_empty() || may_be_a_word(text) && is_not_known(text)
}

/// A quick look that spares most values the slow one: the words are short, and few first letters begin them.
fn may_be_a_word(value: &str) -> bool {
    const FIRST: &[u8] = b"unbcfdmt?#x_-.'";
    value.len() <= 40
        && value
            .bytes()
            .next()
            .is_some_and(|b| !b.is_ascii() || FIRST.contains(&b.to_ascii_lowercase()))
}

fn all_the_same(value: &str) -> bool {
    let mut signs = value.bytes().filter(u8::is_ascii_alphanumeric);
    let first = signs.next();
    signs.all(|sign| Some(sign) == first)
}
