//! Which names are known variants of each other, and how common a name is: two data files of our own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// One set of variants a line, names separated by spaces; `#` begins a comment.
const NICKNAMES: &str = include_str!("nicknames.txt");
/// `kind,name,per_thousand`.
const COMMON: &str = include_str!("common_names.csv");

/// Which part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A given name.
    Given,
    /// A family name.
    Family,
}

static SETS: LazyLock<FxHashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut sets: FxHashMap<&'static str, Vec<u16>> = FxHashMap::default();
    let lines = NICKNAMES
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for (number, line) in lines.enumerate() {
        for name in line.split_whitespace() {
            let of_name = sets.entry(name).or_default();
            if !of_name.contains(&(number as u16)) {
                of_name.push(number as u16);
            }
        }
    }
    sets
});

static FREQUENCIES: LazyLock<FxHashMap<(Kind, &'static str), f64>> = LazyLock::new(|| {
    COMMON
        .lines()
        .filter_map(|line| {
            let mut cells = line.split(',');
            let kind = match cells.next()? {
                "given" => Kind::Given,
                "family" => Kind::Family,
                _ => return None,
            };
            let name = cells.next()?;
            let per_thousand: f64 = cells.next()?.trim().parse().ok()?;
            Some(((kind, name), per_thousand / 1000.0))
        })
        .collect()
});

/// The sets of variants that a folded name belongs to, sorted; empty for most.
pub fn sets_of(name: &str) -> Vec<u16> {
    SETS.get(name).cloned().unwrap_or_default()
}

/// The share of people with a common name; `None` when it is not in the list.
pub fn frequency(kind: Kind, name: &str) -> Option<f64> {
    FREQUENCIES.get(&(kind, name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::names::words;

    fn variants(a: &str, b: &str) -> bool {
        sets_of(a).iter().any(|set| sets_of(b).contains(set))
    }

    #[test]
    fn variants_are_known_in_several_traditions() {
        for (a, b) in [
            ("bill", "william"),
            ("muhammad", "mohammed"),
            ("sasha", "aleksandr"),
            ("pepe", "jose"),
            ("kasia", "katarzyna"),
            ("ayesha", "aisha"),
            ("gosia", "malgorzata"),
            ("harpreet", "preeti"),
        ] {
            assert!(variants(a, b), "{a} {b}");
        }
        assert!(!variants("jack", "james"));
    }

    #[test]
    fn every_name_of_the_data_files_is_folded() {
        for line in NICKNAMES.lines().filter(|line| !line.starts_with('#')) {
            for name in line.split_whitespace() {
                assert_eq!(words(name), [name]);
            }
        }
        let rows = COMMON.lines().count() - 1;
        assert!(FREQUENCIES.len() == rows && FREQUENCIES.values().all(|f| (0.0..0.1).contains(f)));
    }
}
