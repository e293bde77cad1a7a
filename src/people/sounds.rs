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
        cologne: Cologne.encode(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
