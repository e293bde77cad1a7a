//! Makes names comparable: folding of case, accents, hyphens, apostrophes, spacing and particles, in any script.
//!
//! What a name means (which names are variants of each other) is `variants`; how two names compare is `compare`.

use std::borrow::Cow;
use std::sync::LazyLock;

use deunicode::deunicode_with_tofu_cow;
use rapidfuzz::distance::jaro_winkler;
use rustc_hash::FxHashSet;

use super::sounds;
use super::variants;

/// Words that come before a family name and that agencies keep or drop at will.
const PARTICLES: [&str; 31] = [
    "al", "el", "ul", "ur", "bin", "binti", "bint", "ibn", "ben", "de", "da", "das", "do", "dos",
    "del", "della", "di", "du", "la", "las", "le", "los", "van", "von", "der", "den", "ter", "ten",
    "zu", "y", "e",
];

/// Given names that many brothers or sisters share in front of the name they are called by.
const SHARED_FIRST: [&str; 18] = [
    "muhammad", "mohammad", "mohammed", "muhammed", "mohamed", "mohamad", "mohd", "md", "syed",
    "sayed", "abdul", "abd", "sheikh", "shaikh", "bibi", "begum", "kaur", "singh",
];

/// The Arabic article as it is written before a name.
const ARTICLES: [&str; 5] = ["al", "el", "ul", "ur", "ar"];

/// What is written where no name is known: a role, or that it is not known.
const PLACEHOLDERS: [&str; 40] = [
    "unknown",
    "notknown",
    "notgiven",
    "notrecorded",
    "notstated",
    "na",
    "none",
    "nil",
    "null",
    "tbc",
    "tba",
    "anon",
    "anonymous",
    "noname",
    "baby",
    "babyboy",
    "babygirl",
    "unborn",
    "unbornbaby",
    "unbornchild",
    "infant",
    "newborn",
    "child",
    "boy",
    "girl",
    "male",
    "female",
    "mum",
    "mother",
    "mummy",
    "dad",
    "father",
    "daddy",
    "nan",
    "gran",
    "sibling",
    "xxx",
    "test",
    "unnamed",
    "unk",
];

/// Similarity from which two spellings count as nearly the same.
pub const NEAR: f64 = 0.94;
/// Similarity from which two spellings count as close; below it forenames are different.
pub const CLOSE: f64 = 0.88;

/// One word of a name, made comparable.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Lower case ASCII letters and digits.
    pub text: String,
    /// The sets of known variants it belongs to, sorted.
    pub variants: Vec<u16>,
    /// Phonetic keys by more than one scheme.
    pub sounds: sounds::Keys,
    /// Its share among people, where it is a common name.
    pub frequency: Option<f64>,
}

impl Token {
    /// Makes a token of a folded word.
    pub fn new(text: impl Into<String>, kind: variants::Kind) -> Self {
        let text = text.into();
        Self {
            variants: variants::sets_of(&text),
            sounds: sounds::keys(&text),
            frequency: variants::frequency(kind, &text),
            text,
        }
    }

    /// Whether it is a letter alone.
    pub fn is_initial(&self) -> bool {
        self.text.len() == 1
    }

    /// Whether the two are known variants of one name.
    pub fn is_variant_of(&self, other: &Self) -> bool {
        self.variants.iter().any(|set| other.variants.contains(set))
    }

    /// Whether one is the initial of the other.
    pub fn shares_initial_with(&self, other: &Self) -> bool {
        (self.is_initial() || other.is_initial())
            && self.text.chars().next() == other.text.chars().next()
    }

    /// Whether the two sound alike and are not spelled altogether differently: a key alone is never agreement.
    pub fn sounds_like(&self, other: &Self) -> bool {
        self.sounds.agree(&other.sounds) && likeness(&self.text, &other.text, 0.7) >= 0.7
    }
}

/// A name made comparable: its words, and all of it in one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Name {
    /// As supplied, lower case, single spaces.
    pub plain: String,
    /// The folded words without spaces.
    pub joined: String,
    /// All folded words without spaces, those left out of `tokens` too.
    pub whole: String,
    /// The words, without particles and names that brothers share, as long as others remain.
    pub tokens: Vec<Token>,
    /// Words left out of `tokens` since brothers and sisters share them.
    pub shared: Vec<Token>,
}

impl Name {
    /// Folds a name; a placeholder gives an empty one.
    pub fn read(text: &str, kind: variants::Kind) -> Self {
        let words = match kind {
            variants::Kind::Given => given_words(text),
            variants::Kind::Family => Some(words(text))
                .filter(|words| !is_placeholder(words))
                .unwrap_or_default(),
        };
        if words.is_empty() {
            return Self::default();
        }
        let unwanted: &[&str] = match kind {
            variants::Kind::Given => &SHARED_FIRST,
            variants::Kind::Family => &PARTICLES,
        };
        let whole = words.concat();
        let is_unwanted = |word: &String| unwanted.contains(&word.as_str());
        let some = words.iter().filter(|word| is_unwanted(word)).count();
        let (dropped, kept) = if (1..words.len()).contains(&some) {
            words.into_iter().partition(is_unwanted)
        } else {
            (Vec::new(), words)
        };
        let make = |list: Vec<String>| {
            let words = list.into_iter();
            words.map(|word| Token::new(word, kind)).collect()
        };
        Self {
            plain: plain(text),
            whole,
            joined: kept.concat(),
            tokens: make(kept),
            shared: make(dropped),
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The word it is known by.
    pub fn head(&self) -> Option<&Token> {
        self.tokens.first()
    }
}

/// A text as supplied, lower case, single spaces.
pub fn plain(text: &str) -> String {
    if !text.is_ascii() {
        let words = text.to_lowercase();
        return words.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain.make_ascii_lowercase();
    plain
}

/// Splits a text into folded words: accents off, apostrophes closed up, hyphens opened.
pub fn words(text: &str) -> Vec<String> {
    let ascii = deunicode_with_tofu_cow(text, "[?]");
    let mut words = Vec::new();
    let mut word = String::new();
    for byte in ascii.bytes().chain(std::iter::once(b' ')) {
        if byte.is_ascii_alphanumeric() {
            if word.is_empty() {
                word.reserve(ascii.len());
            }
            word.push(char::from(byte.to_ascii_lowercase()));
        } else if !matches!(byte, b'\'' | b'`' | b'.') && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    words
}

/// The words of a given name, with "Abdul" before a name as a word of its own, however it is written: Abdulrahman, Abdul
/// Rahman, Abd al-Rahman. A placeholder has none.
pub fn given_words(text: &str) -> Vec<String> {
    let all = words(text);
    if is_placeholder(&all) {
        return Vec::new();
    }
    if !all.iter().any(|word| word.starts_with("abd")) {
        return all;
    }
    let mut found: Vec<String> = Vec::with_capacity(all.len());
    for word in all {
        let after_servant = found.last().is_some_and(|last| last == "abd");
        if after_servant && ARTICLES.contains(&word.as_str()) {
            found.pop();
            found.push("abdul".to_owned());
        } else if let Some(name) = served(&word) {
            found.extend(["abdul".to_owned(), name]);
        } else {
            found.push(word);
        }
    }
    found
}

/// The name after "Abdul" in one word with it; "Abdullah" is a name of its own.
fn served(word: &str) -> Option<String> {
    let (article, name) = word.strip_prefix("abd")?.split_at_checked(2)?;
    if !ARTICLES.contains(&article) || name.len() < 4 || name.starts_with("lah") {
        return None;
    }
    // the article takes the first sound of the name: Abdurahman is Abdur Rahman
    let lost = article == "ur" && name.starts_with(['a', 'e', 'i', 'o', 'u']);
    Some(if lost {
        format!("r{name}")
    } else {
        name.to_owned()
    })
}

/// Whether brothers may share a given name in front of the one they are called by.
pub fn is_shared_first(word: &str) -> bool {
    SHARED_FIRST.contains(&word)
}

fn is_placeholder(words: &[String]) -> bool {
    static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| PLACEHOLDERS.into_iter().collect());
    let joined: Cow<str> = match words {
        [word] => word.into(),
        words => words.concat().into(),
    };
    KNOWN.contains(joined.as_ref())
        || words
            .first()
            .is_some_and(|first| matches!(first.as_str(), "unborn" | "unknown" | "baby"))
}

/// Whether a name stands for a child that is not born or not named yet.
pub fn is_unborn_name(text: &str) -> bool {
    words(text).iter().any(|word| {
        matches!(
            word.as_str(),
            "unborn" | "baby" | "infant" | "newborn" | "babyboy" | "babygirl"
        )
    })
}

/// How alike two folded words are, from 0 to 1 (Jaro-Winkler); 0 where it is less than `least`, which most pairs are found
/// to be by their letters alone.
pub fn likeness(a: &str, b: &str, least: f64) -> f64 {
    alike(a.as_bytes(), b.as_bytes(), least)
}

/// [`likeness`] of the bytes of two folded words.
pub fn alike(a: &[u8], b: &[u8], least: f64) -> f64 {
    if a == b {
        return 1.0;
    }
    if a.is_empty() || b.is_empty() || most_alike(a, b) < least {
        return 0.0;
    }
    let cut = jaro_winkler::Args::default().score_cutoff(least);
    jaro_winkler::similarity_with_args(a.iter().copied(), b.iter().copied(), &cut).unwrap_or(0.0)
}

/// What Jaro-Winkler can be at most, going by which letters only one of the two has.
fn most_alike(a: &[u8], b: &[u8]) -> f64 {
    let letters = |word: &[u8]| {
        word.iter()
            .fold(0_u32, |set, letter| set | 1 << (letter & 31))
    };
    let (x, y) = (letters(a), letters(b));
    let left = a.len() - ((x & !y).count_ones() as usize).min(a.len());
    let right = b.len() - ((y & !x).count_ones() as usize).min(b.len());
    let met = left.min(right) as f64;
    let jaro = (met / a.len() as f64 + met / b.len() as f64 + 1.0) / 3.0;
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    jaro + prefix as f64 * 0.1 * (1.0 - jaro).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::variants::Kind;
    use super::*;

    #[test]
    fn spellings_of_one_family_name_fold_to_one() {
        for (a, b) in [
            ("O'Brien", "OBrien"),
            ("O’Brien", "O Brien"),
            ("Smith-Jones", "Smith Jones"),
            ("van der Berg", "Berg"),
            ("GARCÍA", "Garcia"),
            ("al-Hassan", "Hassan"),
            ("Łukaszewski", "Lukaszewski"),
            ("Иванов", "Ivanov"),
        ] {
            assert_eq!(
                Name::read(a, Kind::Family).joined,
                Name::read(b, Kind::Family).joined,
                "{a} {b}"
            );
        }
    }

    #[test]
    fn a_plain_text_has_single_spaces_and_lower_case() {
        for (text, expected) in [
            ("  Anna\t MARIA ", "anna maria"),
            ("ÉMILE \u{a0} Zola", "émile zola"),
            ("", ""),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn a_placeholder_is_no_name() {
        for text in [
            "Unknown",
            "NOT KNOWN",
            "Baby",
            "Unborn Smith",
            "mum",
            "  ",
            "-",
            "N/A",
        ] {
            assert!(Name::read(text, Kind::Given).is_empty(), "{text}");
        }
        assert!(!Name::read("Nasreen", Kind::Given).is_empty());
    }

    #[test]
    fn brothers_are_told_apart_by_the_name_they_are_called_by() {
        let name = Name::read("Muhammad Hassan", Kind::Given);
        assert_eq!(name.head().unwrap().text, "hassan");
        assert_eq!(
            Name::read("Muhammad", Kind::Given).head().unwrap().text,
            "muhammad"
        );
    }

    #[test]
    fn a_servant_s_name_is_one_name_however_it_is_spaced() {
        for (text, called) in [
            ("Abdul Rahman", "rahman"),
            ("Abdulrahman", "rahman"),
            ("Abdul-Rahman", "rahman"),
            ("Abdurrahman", "rahman"),
            ("Abdurahman", "rahman"),
            ("Abd al-Rahman", "rahman"),
            ("Abdelkader", "kader"),
            ("Abdul", "abdul"),
            ("Abdullah", "abdullah"),
            ("Abdullahi", "abdullahi"),
            ("Abdi", "abdi"),
            ("Abdé", "abde"),
        ] {
            let name = Name::read(text, Kind::Given);
            assert_eq!(name.head().unwrap().text, called, "{text}");
        }
    }
}
