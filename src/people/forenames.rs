//! All given names of a record in the order in which they are given, whichever column they stand in.

use super::forms::{form, is_of_another_script};
use super::names::{CLOSE, Token, given_words, is_shared_first, likeness};
use super::variants::Kind;

/// Given and middle names as one row of words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forenames {
    /// The words, those that brothers share as well.
    pub words: Vec<Token>,
    /// The words without spaces.
    pub whole: String,
    /// The form of the given name, for names of another script.
    form: String,
    /// Whether the given name is written in another script.
    is_foreign: bool,
    /// Whether any word comes from a column of middle names.
    pub has_middle: bool,
}

impl Forenames {
    /// Reads given and middle names; a placeholder for the given name gives nothing.
    pub fn read(given: &str, middle: &str) -> Self {
        let first = given_words(given);
        if first.is_empty() {
            return Self::default();
        }
        let further = given_words(middle);
        let all = || first.iter().chain(&further);
        Self {
            words: all().map(|word| Token::new(word, Kind::Given)).collect(),
            whole: all().map(String::as_str).collect(),
            form: form(&first.concat()),
            is_foreign: is_of_another_script(given),
            has_middle: !further.is_empty(),
        }
    }

    /// The names after the first.
    pub fn further(&self) -> &[Token] {
        self.words.get(1..).unwrap_or_default()
    }

    /// The words that tell brothers apart.
    pub fn own(&self) -> impl Iterator<Item = &Token> {
        self.words
            .iter()
            .filter(|word| !is_shared_first(&word.text))
    }

    /// Whether the given names are one name when both are written in one way; `None` when not, else whether one of them is
    /// written in another script.
    pub fn is_one_form(&self, other: &Self) -> Option<bool> {
        (!self.form.is_empty() && self.form == other.form)
            .then_some(self.is_foreign || other.is_foreign)
    }

    /// Whether the first names are alike.
    pub fn begin_alike(&self, other: &Self) -> bool {
        self.words
            .first()
            .zip(other.words.first())
            .is_some_and(|(x, y)| are_alike(x, y))
    }

    /// Whether all words of the shorter are the first words of the longer: "Abdul" of "Abdul Rahman".
    pub fn is_start(&self, other: &Self) -> bool {
        !self.words.is_empty()
            && !other.words.is_empty()
            && self
                .words
                .iter()
                .zip(&other.words)
                .all(|(x, y)| x.text == y.text || x.is_variant_of(y))
    }
}

/// Whether two given names may be one: the same, a known variant, an initial, a spelling step, or another way of writing it.
pub fn are_alike(x: &Token, y: &Token) -> bool {
    x.text == y.text
        || x.is_variant_of(y)
        || x.shares_initial_with(y)
        || likeness(&x.text, &y.text, CLOSE) >= CLOSE
        || form(&x.text) == form(&y.text)
}
