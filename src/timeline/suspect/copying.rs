//! Suspected echoes from rare errors that two entries share: measure M10.
//!
//! Who copies a note copies its slips. The measure weighs what two sources share: right details say little, since both
//! may know them; the same wrong one says much, since there are many ways to be wrong; and details in which they differ
//! speak against copying. Here a detail is the spelling of a name.

use std::collections::{BTreeMap, BTreeSet};

use rapidfuzz::distance::osa;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Proposal;
use super::words::{Texts, days_apart, names, said_before, words};

/// How often a source is right, how often one who copies copies a detail, the ways to be wrong, and how often sources of
/// one event copy at all.
const RIGHT: f64 = 0.9;
const COPIED: f64 = 0.8;
const WRONG_WAYS: f64 = 50.0;
const PRIOR: f64 = 0.2;
/// From this probability on it is proposed.
const PROPOSED: f64 = 0.5;
/// Days between what two entries tell, up to which one may be taken from the other.
const DAYS: i64 = 31;
/// A slip in more texts than this is a spelling in use.
const MOST_TEXTS: usize = 20;

/// The probability that one of two sources copied the other, by how many details they share that are right, that are
/// wrong, and in how many they differ.
pub fn copied(same_right: usize, same_wrong: usize, different: usize) -> f64 {
    let wrong = 1.0 - RIGHT;
    let right_ratio = (COPIED * RIGHT + (1.0 - COPIED) * RIGHT * RIGHT) / (RIGHT * RIGHT);
    let chance = wrong * wrong / WRONG_WAYS;
    let wrong_ratio = (COPIED * wrong + (1.0 - COPIED) * chance) / chance;
    let times = |ratio: f64, count: usize| ratio.powf(count as f64);
    let odds = PRIOR / (1.0 - PRIOR)
        * times(right_ratio, same_right)
        * times(wrong_ratio, same_wrong)
        * times(1.0 - COPIED, different);
    if odds.is_finite() {
        odds / (1.0 + odds)
    } else {
        1.0
    }
}

/// How a text spells the names of the case: those in their known spelling, and each slip with the name that it stands for.
#[derive(Default)]
struct Spelling {
    right: BTreeSet<String>,
    slips: BTreeMap<String, String>,
}

/// Proposes pairs of entries of different agencies that share a slip in a name and are likely copied.
pub fn sharing_errors(texts: &Texts<'_>) -> Vec<Proposal> {
    let names = names(texts.supplied);
    let known = Known::of(&names);
    let common = common_words(texts);
    let mut slip_of: FxHashMap<String, Option<String>> = FxHashMap::default();
    let spellings: Vec<Spelling> = texts
        .supplied
        .entries
        .iter()
        .map(|entry| {
            spelling(&entry.text, &names, &mut |word: &str| {
                let meant = slip_of.entry(word.to_owned()).or_insert_with(|| {
                    (!common.contains(word))
                        .then(|| meant(word, &known))
                        .flatten()
                });
                meant.clone()
            })
        })
        .collect();
    let mut by_slip: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, spelling) in spellings.iter().enumerate() {
        for slip in spelling.slips.keys() {
            by_slip.entry(slip).or_default().push(at);
        }
    }
    let mut found: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for entries in by_slip
        .values()
        .filter(|entries| (2..=MOST_TEXTS).contains(&entries.len()))
    {
        for &at in entries {
            let first = entries.iter().copied().filter_map(|of| {
                let days = may_repeat(texts, at, of)?;
                Some((weigh(spellings.get(at)?, spellings.get(of)?), days, of))
            });
            // of as likely ones the nearest in time, then the first
            let best = first.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
            if let Some((_, _, of)) = best.filter(|(probability, ..)| *probability >= PROPOSED) {
                found
                    .entry((at, of))
                    .or_insert_with(|| why(texts, &spellings, at, of));
            }
        }
    }
    found
        .into_iter()
        .map(|((at, of), why)| (at, of, why))
        .collect()
}

/// The days between two entries, when one came after another agency's, about the same people.
fn may_repeat(texts: &Texts<'_>, at: usize, of: usize) -> Option<i64> {
    let entries = &texts.supplied.entries;
    let (entry, other) = (entries.get(at)?, entries.get(of)?);
    let days = days_apart(&other.when, &entry.when).filter(|days| *days <= DAYS)?;
    let may = entry.agency() != other.agency()
        && said_before(other, entry)
        && texts.share_a_person(at, of);
    may.then_some(days)
}

fn weigh(one: &Spelling, other: &Spelling) -> f64 {
    let right = one.right.intersection(&other.right).count();
    let both = one
        .slips
        .keys()
        .filter(|slip| other.slips.contains_key(*slip));
    let differs = |one: &Spelling, other: &Spelling| {
        let slips = one
            .slips
            .iter()
            .filter(|(slip, _)| !other.slips.contains_key(*slip));
        slips
            .filter(|(_, name)| other.right.contains(*name))
            .count()
    };
    copied(
        right,
        both.count(),
        differs(one, other) + differs(other, one),
    )
}

fn why(texts: &Texts<'_>, spellings: &[Spelling], at: usize, of: usize) -> String {
    let id = |at: usize| {
        texts
            .supplied
            .entries
            .get(at)
            .map_or("", |entry| entry.id.as_str())
    };
    let slips = |at: usize| spellings.get(at).map(|spelling| &spelling.slips);
    let (one, other) = (slips(at), slips(of));
    let shared = one
        .into_iter()
        .flatten()
        .filter(|(slip, _)| other.is_some_and(|o| o.contains_key(*slip)));
    let shared: Vec<String> = shared
        .map(|(slip, name)| format!("“{slip}” for “{name}”"))
        .collect();
    format!(
        "{} spells a name as {} does, and nobody else: {}",
        id(at),
        id(of),
        shared.join(", ")
    )
}

/// How a text spells the names. Only words that begin with a capital letter can be names.
fn spelling(
    text: &str,
    names: &FxHashSet<String>,
    meant: &mut dyn FnMut(&str) -> Option<String>,
) -> Spelling {
    let mut spelling = Spelling::default();
    for word in words(text).filter(|word| word.starts_with(char::is_uppercase)) {
        let lower = word.to_lowercase();
        let lower = lower.trim_end_matches("’s").trim_end_matches("'s");
        if names.contains(lower) {
            spelling.right.insert(lower.to_owned());
        } else if let Some(name) = (lower.chars().count() >= 5).then(|| meant(lower)).flatten() {
            spelling.slips.insert(lower.to_owned(), name);
        }
    }
    spelling
}

/// The one name that a word is a slip of: one letter off, and the same first letter.
fn meant(word: &str, known: &Known<'_>) -> Option<String> {
    let near = |name: &&str| osa::distance(word.chars(), name.chars()) == 1;
    let name = known.near(word).find(near)?;
    Some(name.to_owned())
}

/// The names of the case that are long enough to have a slip, by first letter and length.
struct Known<'a>(BTreeMap<(char, usize), Vec<&'a str>>);

impl<'a> Known<'a> {
    fn of(names: &'a FxHashSet<String>) -> Self {
        let mut known: BTreeMap<(char, usize), Vec<&str>> = BTreeMap::new();
        for name in names {
            let length = name.chars().count();
            if let Some(first) = name.chars().next().filter(|_| length >= 5) {
                known.entry((first, length)).or_default().push(name);
            }
        }
        for names in known.values_mut() {
            names.sort_unstable();
        }
        Self(known)
    }

    /// Names with the same first letter that are at most one letter longer or shorter.
    fn near(&self, word: &str) -> impl Iterator<Item = &'a str> {
        let length = word.chars().count();
        let first = word.chars().next().unwrap_or_default();
        let lists =
            (length.saturating_sub(1)..=length + 1).filter_map(move |n| self.0.get(&(first, n)));
        lists.flatten().copied()
    }
}

/// Words that stand in lower case somewhere: a word of the language is no slip in a name.
fn common_words<'a>(texts: &Texts<'a>) -> FxHashSet<&'a str> {
    let texts = texts.supplied.entries.iter();
    let all = texts.flat_map(|entry| words(&entry.text));
    all.filter(|word| word.starts_with(char::is_lowercase))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o9_copying() {
        let ratio = |right, wrong, different| {
            let p = copied(right, wrong, different);
            p / (1.0 - p) / (PRIOR / (1.0 - PRIOR))
        };
        assert!((ratio(1, 0, 0) - 1.088_889).abs() < 1e-6);
        assert!((ratio(0, 1, 0) - 400.2).abs() < 1e-6);
        assert!((ratio(0, 0, 1) - 0.2).abs() < 1e-6);
        assert!((copied(10, 0, 0) - 0.369_418).abs() < 1e-6);
        assert!((copied(10, 1, 0) - 0.995_753).abs() < 1e-6);
    }

    #[test]
    fn a_slip_is_one_letter_off_one_name() {
        let names = ["brackwell", "maeve", "tessa"].map(str::to_owned);
        let names: FxHashSet<String> = names.into_iter().collect();
        let known = Known::of(&names);
        for (word, name) in [
            ("brakwell", Some("brackwell")),
            ("brackwel", Some("brackwell")),
            ("barckwell", Some("brackwell")),
            ("backwall", None),
            ("rackwell", None),
        ] {
            assert_eq!(meant(word, &known).as_deref(), name, "{word}");
        }
    }
}
