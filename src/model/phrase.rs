//! Closed lists of words: every value has one phrase that is printed and other spellings that are read.

use serde::{Deserialize, Serialize};

/// A closed list of values with their words.
pub trait Phrase: Copy + PartialEq + 'static {
    /// Each value, the phrase printed for it, and the other spellings that are read as it.
    const PHRASES: &'static [(Self, &'static str, &'static [&'static str])];

    /// Gives the phrase that is printed.
    fn phrase(self) -> &'static str {
        Self::PHRASES
            .iter()
            .find(|(value, ..)| *value == self)
            .map_or("", |(_, phrase, _)| phrase)
    }

    /// Reads a phrase or one of its other spellings, without regard to case, space, `_` and `-`.
    fn read(text: &str) -> Option<Self> {
        let wanted = fold(text);
        let same = |word: &str| folded(word).eq(wanted.chars());
        Self::PHRASES
            .iter()
            .find(|(_, phrase, others)| same(phrase) || others.iter().any(|o| same(o)))
            .map(|(value, ..)| *value)
    }
}

/// Folds a header, code or phrase for comparison: lower case, without spaces, `_`, `-`, dots, apostrophes and a BOM.
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

/// The characters of the folded text, without making one: codes are read for every row.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '\'' | '\u{2019}' | '\u{feff}')
        })
        .flat_map(char::to_lowercase)
}

/// A cell that should hold one of a closed list: blank is unknown, never "no"; what is not understood is kept verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum Coded<T> {
    /// Nothing was supplied.
    #[default]
    Blank,
    /// One of the list.
    Known(T),
    /// Supplied, but not one of the list; kept as given.
    Unknown(Box<str>),
}

impl<T: Phrase> Coded<T> {
    /// Reads a cell.
    pub fn read(cell: &str) -> Self {
        let cell = cell.trim();
        if cell.is_empty() {
            return Self::Blank;
        }
        T::read(cell).map_or_else(|| Self::Unknown(cell.into()), Self::Known)
    }

    /// The value, when it is one of the list.
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is this value of the list.
    pub fn is(&self, value: T) -> bool {
        self.known() == Some(value)
    }

    /// Whether nothing was supplied.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// What is printed: the phrase, the verbatim text, or nothing.
    pub fn text(&self) -> &str {
        match self {
            Self::Blank => "",
            Self::Known(value) => value.phrase(),
            Self::Unknown(text) => text,
        }
    }
}
