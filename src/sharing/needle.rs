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

/// Cuts a text into folded words: lower case, accents off, invisible characters gone, street words in full.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            let full = STREET_WORDS.iter().find(|(short, _)| short == word);
            words.push(full.map_or_else(|| word.clone(), |(_, full)| (*full).to_owned()));
            word.clear();
        }
    };
    if text.is_ascii() {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                word.push(byte.to_ascii_lowercase() as char);
            } else {
                end(&mut word);
            }
        }
    } else {
        for c in text.nfkd() {
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            } else if !is_combining_mark(c) && !is_invisible(c) {
                end(&mut word);
            }
        }
    }
    end(&mut word);
    words
}

/// Characters that are not seen: they may stand inside a word without parting it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Folds a text as a whole: its words without what parts them.
pub fn squash(text: &str) -> String {
    words(text).concat()
}

/// Guarded strings, found anywhere in a squashed text, and guarded words, found as whole words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needles {
    /// Squashed strings by their first bytes.
    strings: FxHashMap<[u8; GRAM], Vec<String>>,
    words: BTreeSet<String>,
}

impl Needles {
    /// Guards a squashed string. One that is too short to mean anything inside other words is guarded as a word.
    pub fn guard(&mut self, squashed: String) {
        let Some(gram) = squashed.as_bytes().first_chunk::<GRAM>() else {
            self.guard_word(squashed);
            return;
        };
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
        !self.is_empty() && !text.is_empty() && self.are_in_words(&words(text))
    }

    /// The same for a text that is already cut into words.
    pub fn are_in_words(&self, words: &[String]) -> bool {
        if !self.words.is_empty() && words.iter().any(|word| self.words.contains(word)) {
            return true;
        }
        if self.strings.is_empty() {
            return false;
        }
        let text = words.concat();
        let bytes = text.as_bytes();
        bytes.windows(GRAM).enumerate().any(|(at, gram)| {
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
