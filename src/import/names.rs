//! Splits full names, and tells words that stand where a name or a value should be ("Unknown", "Baby") from real ones.

use crate::model::phrase::fold;

/// Whether a cell says only that the value is not known.
pub fn is_not_known(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "unknown",
        "notknown",
        "n/k",
        "n/a",
        "none",
        "notrecorded",
        "unrecorded",
        "notstated",
        "notapplicable",
        "#n/a",
        "?",
        "??",
        "???",
        "tbc",
        "tba",
        "nil",
        "null",
        "unk",
        "notgiven",
        "notprovided",
        "notdisclosed",
        "nfn",
        "nofixedname",
        "xxx",
        "",
    ];
    WORDS.contains(&fold(text).as_str())
}

/// Whether a word stands where a given name should be.
fn is_no_given_name(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "baby", "unborn", "infant", "newborn", "mum", "mummy", "dad", "daddy", "mother", "father",
        "child", "foetus", "fetus", "bump", "male", "female", "babyof", "babyboy", "babygirl",
        "twin1", "twin2", "mr", "mrs", "miss", "ms",
    ];
    is_not_known(word) || WORDS.contains(&fold(word).as_str())
}

/// Gives the given names without words that stand for one: `Baby` and `Unborn` are no names.
pub fn given(text: &str) -> String {
    let text = text.trim();
    if is_no_given_name(text) || text.split_whitespace().all(is_no_given_name) {
        return String::new();
    }
    text.to_owned()
}

/// Gives a family name, empty when it only says that it is not known.
pub fn family(text: &str) -> String {
    let text = text.trim();
    if is_not_known(text) {
        String::new()
    } else {
        text.to_owned()
    }
}

/// The parts of a full name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// Given name.
    pub given: String,
    /// Middle names.
    pub middle: String,
    /// Family name.
    pub family: String,
}

/// Splits `SURNAME, Given Middle` or `Given Middle Surname`. A single word is a given name, unless it is all capitals.
pub fn split(full: &str) -> Parts {
    const TITLES: &[&str] = &["mr", "mrs", "miss", "ms", "mx", "dr", "master"];
    const PARTICLES: &[&str] = &[
        "van", "von", "de", "der", "den", "da", "di", "la", "le", "bin", "ibn", "al", "el", "o",
        "st", "del", "dos", "ter",
    ];
    let full = full.trim();
    if is_not_known(full) {
        return Parts::default();
    }
    if let Some((family_part, rest)) = full.split_once(',') {
        let words: Vec<&str> = rest
            .split_whitespace()
            .filter(|w| !TITLES.contains(&fold(w).as_str()))
            .collect();
        return from_words(&words, family(family_part));
    }
    let mut words: Vec<&str> = full.split_whitespace().collect();
    if words.len() > 1
        && words
            .first()
            .is_some_and(|w| TITLES.contains(&fold(w).as_str()))
    {
        words.remove(0);
    }
    if words.len() == 1 {
        let only = words.first().copied().unwrap_or("");
        return Parts {
            given: given(only),
            ..Parts::default()
        };
    }
    let mut at = words.len().saturating_sub(1);
    while at > 1
        && words
            .get(at - 1)
            .is_some_and(|w| PARTICLES.contains(&fold(w).as_str()))
    {
        at -= 1;
    }
    let surname = family(&words.get(at..).unwrap_or_default().join(" "));
    from_words(words.get(..at).unwrap_or_default(), surname)
}

fn from_words(words: &[&str], family: String) -> Parts {
    let real: Vec<&str> = words
        .iter()
        .copied()
        .skip_while(|w| is_no_given_name(w))
        .collect();
    Parts {
        given: real.first().map(|w| (*w).to_owned()).unwrap_or_default(),
        middle: real.get(1..).unwrap_or_default().join(" "),
        family,
    }
}

/// Whether an identifier stands for "none": not known, all digits the same, or a school's `UN1` to `UN9`.
pub fn is_no_identifier(text: &str) -> bool {
    let value: String = fold(text);
    let mut digits = value.chars();
    let first = digits.next();
    let all_the_same = value.len() > 1 && digits.all(|c| Some(c) == first);
    let school_code = value.len() == 3
        && value.starts_with("un")
        && value.ends_with(|c: char| c.is_ascii_digit());
    is_not_known(text) || all_the_same || school_code
}

/// Whether a shared reference or the name of a document stands for none: two agencies that write `N/A` do not tell of one event.
pub fn is_no_reference(text: &str) -> bool {
    const WORDS: [&str; 5] = ["na", "nk", "x", "noneknown", "nonegiven"];
    let value = fold(text);
    let says_nothing = !value.chars().any(char::is_alphanumeric);
    let zeros = value.chars().all(|c| c == '0');
    is_not_known(text) || says_nothing || zeros || WORDS.contains(&value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_split() {
        for (full, given, middle, family) in [
            ("OKAFOR, Ada Marie", "Ada", "Marie", "OKAFOR"),
            ("Ada Marie Okafor", "Ada", "Marie", "Okafor"),
            ("Mrs Ada Okafor", "Ada", "", "Okafor"),
            ("Okafor, Mrs Ada", "Ada", "", "Okafor"),
            ("Ada", "Ada", "", ""),
            ("Pieter van der Berg", "Pieter", "", "van der Berg"),
            ("Baby Okafor", "", "", "Okafor"),
            ("Unborn baby Okafor", "", "", "Okafor"),
            ("Unknown", "", "", ""),
            ("NOT KNOWN", "", "", ""),
            ("Unknown Okafor", "", "", "Okafor"),
            ("Zoë O’Brien-Łuczak", "Zoë", "", "O’Brien-Łuczak"),
        ] {
            let parts = split(full);
            assert_eq!(
                (&*parts.given, &*parts.middle, &*parts.family),
                (given, middle, family),
                "{full}"
            );
        }
    }

    #[test]
    fn a_reference_that_stands_for_none_is_none() {
        for none in [
            "N/A",
            "-",
            "none",
            "None known",
            "?",
            ".",
            "0",
            "x",
            "NULL",
            "#N/A",
            "n/k",
            "NK",
            "0000000000",
            "…",
            "",
        ] {
            assert!(is_no_reference(none), "{none}");
        }
        for real in ["7", "REF-1", "2025/0001", "XX1", "A0"] {
            assert!(!is_no_reference(real), "{real}");
        }
    }

    #[test]
    fn placeholders_are_no_values() {
        for text in ["0000000000", "UN1", "not known", "N/K", "9999999999", "?"] {
            assert!(is_no_identifier(text), "{text}");
        }
        assert!(!is_no_identifier("943 476 5870") && !is_no_identifier("A801200005001"));
        assert_eq!(given("Baby"), "");
        assert_eq!(given("Mum"), "");
        assert_eq!(given("Mum-Li"), "Mum-Li");
        assert_eq!(family("Child"), "Child");
    }
}
