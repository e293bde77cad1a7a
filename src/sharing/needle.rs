//! Finds guarded details in text however they are written: folded, spaces and punctuation ignored.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many bytes of a needle are looked up at once; no needle is shorter.
const GRAM: usize = 4;

/// Short forms of street words, so that "Rd" is found where "Road" is guarded and the other way round.
const STREET_WORDS: [(&str, &str); 17] = [
    ("rd", "road"),
    ("st", "street"),
    ("str", "street"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("ln", "lane"),
    ("cl", "close"),
    ("dr", "drive"),
    ("ct", "court"),
    ("cres", "crescent"),
    ("pl", "place"),
    ("gdns", "gardens"),
    ("tce", "terrace"),
    ("terr", "terrace"),
    ("sq", "square"),
    ("hwy", "highway"),
    ("pde", "parade"),
];

/// A text folded: its words one after the other, without what parts them, and where each ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    ends: Vec<usize>,
}

impl Folded {
    /// Folds a text: lower case, accents off, invisible characters gone, street words in full.
    pub fn of(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            ends: Vec::with_capacity(text.len() / 5),
        };
        if text.is_ascii() {
            for byte in text.bytes() {
                if byte.is_ascii_alphanumeric() {
                    folded.text.push(byte.to_ascii_lowercase() as char);
                } else {
                    folded.end_word();
                }
            }
        } else {
            for c in text.nfkd() {
                if c.is_alphanumeric() {
                    folded.text.extend(c.to_lowercase());
                } else if !is_combining_mark(c) && !is_invisible(c) {
                    folded.end_word();
                }
            }
        }
        folded.end_word();
        folded
    }

    fn end_word(&mut self) {
        let start = self.ends.last().copied().unwrap_or(0);
        if start == self.text.len() {
            return;
        }
        // no short form is longer than this
        if self.text.len() - start <= 4 {
            let word = &self.text[start..];
            let full = STREET_WORDS.iter().find(|(short, _)| *short == word);
            if let Some((_, full)) = full {
                self.text.truncate(start);
                self.text.push_str(full);
            }
        }
        self.ends.push(self.text.len());
    }

    /// The words in order.
    fn words(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| &self.text[start..*end])
    }
}

/// Cuts a text into folded words.
pub fn words(text: &str) -> Vec<String> {
    Folded::of(text).words().map(str::to_owned).collect()
}

/// Characters that are not seen: they may stand inside a word without parting it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Folds a text as a whole: its words without what parts them.
pub fn squash(text: &str) -> String {
    Folded::of(text).text
}

/// Guarded strings, found anywhere in a squashed text, and guarded words, found as whole words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needles {
    /// Squashed strings by their first bytes.
    strings: FxHashMap<[u8; GRAM], Vec<String>>,
    words: BTreeSet<String>,
    /// A bit for each pair of bytes that a string begins with: nearly every place of a text is passed over by it.
    pairs: Vec<u64>,
}

/// Where the bit of a pair is.
fn bit_of(first: u8, second: u8) -> (usize, u64) {
    let at = usize::from(first) << 8 | usize::from(second);
    (at / 64, 1 << (at % 64))
}

impl Needles {
    /// Guards a squashed string. One that is too short to mean anything inside other words is guarded as a word.
    pub fn guard(&mut self, squashed: String) {
        let Some(gram) = squashed.as_bytes().first_chunk::<GRAM>() else {
            self.guard_word(squashed);
            return;
        };
        self.pairs.resize(1024, 0);
        let (at, bit) = bit_of(gram[0], gram[1]);
        if let Some(bits) = self.pairs.get_mut(at) {
            *bits |= bit;
        }
        let same = self.strings.entry(*gram).or_default();
        if !same.contains(&squashed) {
            same.push(squashed);
            same.sort_unstable();
        }
    }

    /// Guards a folded word.
    pub fn guard_word(&mut self, word: String) {
        if !word.is_empty() {
            self.words.insert(word);
        }
    }

    /// Whether nothing is guarded.
    pub fn is_empty(&self) -> bool {
        self.strings.is_empty() && self.words.is_empty()
    }

    /// Whether a text holds anything guarded.
    pub fn are_in(&self, text: &str) -> bool {
        !self.is_empty() && !text.is_empty() && self.are_in_folded(&Folded::of(text))
    }

    /// The same for a text that is already folded.
    pub fn are_in_folded(&self, folded: &Folded) -> bool {
        if !self.words.is_empty() && folded.words().any(|word| self.words.contains(word)) {
            return true;
        }
        if self.strings.is_empty() {
            return false;
        }
        let bytes = folded.text.as_bytes();
        bytes.windows(GRAM).enumerate().any(|(at, gram)| {
            let (word, bit) = bit_of(gram[0], gram[1]);
            if self.pairs.get(word).is_none_or(|bits| bits & bit == 0) {
                return false;
            }
            let Ok(gram) = <[u8; GRAM]>::try_from(gram) else {
                return false;
            };
            let found = |needle: &String| bytes[at..].starts_with(needle.as_bytes());
            self.strings
                .get(&gram)
                .is_some_and(|needles| needles.iter().any(found))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_guarded_string_is_found_however_it_is_written() {
        let mut needles = Needles::default();
        needles.guard(squash("12 Acorn Road"));
        needles.guard_word("2010".to_owned());
        for text in [
            "at 12 acorn rd now",
            "12, ACORN-ROAD",
            "1 2 A c o r n R o a d",
            "12 Aco\u{200b}rn Ro\u{301}ad",
            "１２ Acorn Road",
            "moved to 2010, near the park",
        ] {
            assert!(needles.are_in(text), "{text}");
        }
        for text in ["", "Acorn", "12 Oak Road", "20101"] {
            assert!(!needles.are_in(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_is_found_between_any_words(before in ".{0,20}", after in ".{0,20}", needle in "[a-z0-9]{4,12} [a-z]{3,9}") {
            let mut needles = Needles::default();
            needles.guard(squash(&needle));
            let text = format!("{} {} {}", before, needle.to_uppercase(), after);
            prop_assert!(needles.are_in(&text));
        }
    }
}
