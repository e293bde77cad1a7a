//! Phonetic keys of a name, by two schemes: one made for English, one for the sounds of Central European names.

use rphonetic::{Cologne, DoubleMetaphone, Encoder};

/// The keys of one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Double Metaphone, main key.
    pub main: String,
    /// Double Metaphone, second key.
    pub second: String,
    /// Cologne phonetics.
    pub cologne: String,
}

impl Keys {
    /// Whether the schemes find the words alike: either both do, or Double Metaphone on a key of three sounds or more.
    pub fn agree(&self, other: &Self) -> bool {
        let metaphone = !self.main.is_empty()
            && [&other.main, &other.second]
                .into_iter()
                .any(|key| *key == self.main || *key == self.second);
        let cologne = !self.cologne.is_empty() && self.cologne == other.cologne;
        metaphone && (cologne || self.main.len() >= 3)
    }
}

/// The keys of a folded word; a word of one letter has none.
pub fn keys(word: &str) -> Keys {
    if word.len() < 2 {
        return Keys::default();
    }
    let metaphone = DoubleMetaphone::default().double_metaphone(word);
    Keys {
        main: metaphone.primary(),
        second: metaphone.alternate(),
        cologne: cologne(word),
    }
}

/// Cologne phonetics; [`Cologne`] itself copies a word several times.
fn cologne(word: &str) -> String {
    if !word.is_ascii() {
        return Cologne.encode(word);
    }
    let mut codes = String::with_capacity(word.len() + 1);
    let mut last_code = None;
    let mut push = |code: char| {
        if last_code != Some(code) && (code != '0' || codes.is_empty()) {
            codes.push(code);
        }
        last_code = Some(code);
        // whether there is no code yet
        codes.is_empty()
    };
    let (mut before, mut is_start) = (b'-', true);
    for (at, letter) in word.bytes().enumerate() {
        let letter = letter.to_ascii_uppercase();
        let next = word.as_bytes().get(at + 1);
        let next = next.map_or(b'-', u8::to_ascii_uppercase);
        for code in codes_of(letter, (before, next), is_start) {
            is_start = push(*code);
        }
        if letter.is_ascii_uppercase() {
            before = letter;
        }
    }
    codes
}

/// What a letter is in Cologne phonetics, by the letters around it.
fn codes_of(letter: u8, (before, next): (u8, u8), is_start: bool) -> &'static [char] {
    match letter {
        b'A' | b'E' | b'I' | b'J' | b'O' | b'U' | b'Y' => &['0'],
        b'B' => &['1'],
        b'P' if next != b'H' => &['1'],
        b'D' | b'T' if !matches!(next, b'C' | b'S' | b'Z') => &['2'],
        b'F' | b'P' | b'V' | b'W' => &['3'],
        b'G' | b'K' | b'Q' => &['4'],
        b'X' if !matches!(before, b'C' | b'K' | b'Q') => &['4', '8'],
        b'C' if is_start => match next {
            b'A' | b'H' | b'K' | b'L' | b'O' | b'Q' | b'R' | b'U' | b'X' => &['4'],
            _ => &['8'],
        },
        b'C' => match (before, next) {
            (b'S' | b'Z', _) => &['8'],
            (_, b'A' | b'H' | b'K' | b'O' | b'Q' | b'U' | b'X') => &['4'],
            _ => &['8'],
        },
        b'S' | b'Z' | b'D' | b'T' | b'X' => &['8'],
        b'R' => &['7'],
        b'L' => &['5'],
        b'M' | b'N' => &['6'],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cologne_phonetics_are_those_of_the_crate(word in "[a-z]{0,12}|[a-z0-9]{0,8}|[acdhkpqstxz]{0,9}") {
            prop_assert_eq!(cologne(&word), Cologne.encode(&word));
        }
    }

    #[test]
    fn names_that_sound_alike_share_keys() {
        for (a, b, alike) in [
            ("catherine", "katherine", true),
            ("steven", "stephen", true),
            ("meyer", "maier", true),
            ("smith", "jones", false),
            ("jack", "james", false),
        ] {
            assert_eq!(keys(a).agree(&keys(b)), alike, "{a} {b}");
        }
    }
}
