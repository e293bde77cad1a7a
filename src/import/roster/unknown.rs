//! Values that stand where nothing is known (`N/K`, `Baby`, `0000000000`): they are blank, since two of them say nothing
//! of each other.

use super::columns::Field;
use crate::import::names::{given, is_no_identifier, is_not_known};

/// What programs write for a missing value, that may also be somebody's name.
const MISSING: [&str; 5] = ["NA", "NaN", "nan", "<NA>", "\\N"];

/// For each value whether it says nothing.
pub(super) fn says_nothing<'a>(
    field: &Field,
    values: impl Iterator<Item = &'a str>,
    cells: &[u32],
) -> Vec<bool> {
    let mut doubtful = Vec::new();
    let mut silent: Vec<bool> = values
        .enumerate()
        .map(|(at, value)| {
            if MISSING.contains(&value) {
                doubtful.push(at as u32);
            }
            is_silent(field, value)
        })
        .collect();
    let is_name = matches!(
        field,
        Field::Given | Field::Middle | Field::Family | Field::Other | Field::Full
    );
    for value in doubtful {
        let count = cells.iter().filter(|cell| **cell == value).count();
        // nobody's name is that of one person in fifty and spelled like a program's word for nothing
        let silence = !is_name || count > 2 && count * 50 > cells.len();
        if let Some(silent) = silent.get_mut(value as usize) {
            *silent |= silence;
        }
    }
    silent
}

fn is_silent(field: &Field, value: &str) -> bool {
    match field {
        Field::Truth | Field::Birth | Field::Agency | Field::RecordId => false,
        Field::Given | Field::Full => may_be_a_word(value) && given(value).is_empty(),
        Field::Identifier(_) | Field::Phone => {
            (may_be_a_word(value) || all_the_same(value)) && is_no_identifier(value)
        }
        _ => may_be_a_word(value) && is_not_known(value),
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
