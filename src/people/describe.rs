//! Describes a person from the records: id, name, other names, dates of birth, sexes, roles.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::names::words;
use crate::model::date::When;
use crate::model::id::{PersonId, RecordId, short_hash};
use crate::model::person::{LinkStatus, Person};
use crate::model::record::Record;

/// Hex digits of a person id.
const DIGITS: usize = 12;

/// Describes one person; link status and decisions are filled in by the caller. `records` are indexes in the order of ids.
pub fn person(all: &[Record], records: Vec<usize>) -> Person {
    let of = || records.iter().filter_map(|at| all.get(*at));
    let mut births: Vec<When> = Vec::new();
    for record in of() {
        let when = if record.birth.is_known() {
            &record.birth
        } else {
            &record.expected
        };
        let known = |other: &When| {
            (other.from, other.until, other.precision) == (when.from, when.until, when.precision)
        };
        if when.is_known() && !births.iter().any(known) {
            births.push(when.clone());
        }
    }
    births.sort_by_key(|when| (when.start(), when.end(), when.precision));
    let name = name(of());
    let sexes: BTreeSet<_> = of().filter_map(|record| record.sex.known()).collect();
    let roles: BTreeSet<_> = of()
        .flat_map(|record| {
            record
                .roles
                .iter()
                .filter_map(crate::model::phrase::Coded::known)
        })
        .collect();
    let smallest = records
        .first()
        .and_then(|at| all.get(*at))
        .map(|record| &record.id);
    Person {
        id: smallest.map_or_else(|| PersonId::new("P"), |id| person_id(id, DIGITS)),
        status: LinkStatus::Single,
        lowest_probability: None,
        decided_by: Vec::new(),
        candidates: 0,
        other_names: other_names(of(), &name),
        name: if name.is_empty() {
            smallest
                .map(|id| format!("(no name) {id}"))
                .unwrap_or_default()
        } else {
            name
        },
        births,
        sexes: sexes.into_iter().collect(),
        roles: roles.into_iter().collect(),
        records,
    }
}

/// Makes ids that are the same by chance longer, until they differ.
pub fn tell_apart(persons: &mut [Person], all: &[Record]) {
    for digits in (DIGITS + 4..=64).step_by(4) {
        let mut count: BTreeMap<PersonId, usize> = BTreeMap::new();
        for person in persons.iter() {
            *count.entry(person.id.clone()).or_default() += 1;
        }
        if count.values().all(|n| *n == 1) {
            return;
        }
        for person in persons.iter_mut().filter(|person| count[&person.id] > 1) {
            if let Some(record) = person.records.first().and_then(|at| all.get(*at)) {
                person.id = person_id(&record.id, digits);
            }
        }
    }
}

fn person_id(smallest: &RecordId, digits: usize) -> PersonId {
    PersonId::new(&format!("P{}", short_hash(smallest.as_str(), digits)))
}

/// The name to show. Names with the same first and last word count together, whatever the case, accents and names between;
/// of the most frequent such name the spelling that [`better`] prefers.
fn name<'a>(records: impl Iterator<Item = &'a Record>) -> String {
    let mut spellings: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for name in records.map(Record::name).filter(|name| !name.is_empty()) {
        let folded = words(&name);
        let ends = (
            folded.first().cloned().unwrap_or_default(),
            folded.last().cloned().unwrap_or_default(),
        );
        *spellings.entry(ends).or_default().entry(name).or_default() += 1;
    }
    spellings
        .values()
        .filter_map(|list| {
            let count: usize = list.values().sum();
            let best = list.iter().max_by(|a, b| better(*a, *b))?;
            Some((count, best))
        })
        .max_by(|(n, a), (m, b)| n.cmp(m).then_with(|| better(*a, *b)))
        .map(|(_, (name, _))| name.clone())
        .unwrap_or_default()
}

/// Which of two spellings, each with how often it is used, reads better: small letters after capitals, then the fullest,
/// then the most frequent, then the one with accents.
fn better(a: (&String, &usize), b: (&String, &usize)) -> Ordering {
    let accents = |name: &str| name.chars().filter(|c| !c.is_ascii()).count();
    is_mixed_case(a.0)
        .cmp(&is_mixed_case(b.0))
        .then_with(|| words(a.0).len().cmp(&words(b.0).len()))
        .then_with(|| a.1.cmp(b.1))
        .then_with(|| accents(a.0).cmp(&accents(b.0)))
        .then_with(|| b.0.cmp(a.0))
}

/// Whether a name is written with capitals and small letters throughout; scripts without the two are.
fn is_mixed_case(name: &str) -> bool {
    let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
    let begins = name.chars().find(|c| has_case(*c));
    let shouts = |word: &str| {
        let cased: Vec<char> = word.chars().filter(|c| has_case(*c)).collect();
        cased.len() > 1 && cased.iter().all(|c| c.is_uppercase())
    };
    begins.is_none_or(char::is_uppercase) && !name.split_whitespace().any(shouts)
}

/// Names that differ in case, accents, hyphens or spacing only are one name.
fn folded(name: &str) -> String {
    words(name).concat()
}

/// Every other name once, in its best spelling.
fn other_names<'a>(records: impl Iterator<Item = &'a Record>, shown: &str) -> Vec<String> {
    let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for record in records {
        let others = record.other_names.iter().map(|name| name.trim().to_owned());
        for name in others.chain([record.name()]).filter(|n| !n.is_empty()) {
            *names
                .entry(folded(&name))
                .or_default()
                .entry(name)
                .or_default() += 1;
        }
    }
    names.remove(&folded(shown));
    let mut best: Vec<String> = names
        .values()
        .filter_map(|list| list.iter().max_by(|a, b| better(*a, *b)))
        .map(|(name, _)| name.clone())
        .collect();
    best.sort();
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::AgencyId;

    fn records(names: &[&str]) -> Vec<Record> {
        let named = |(at, name): (usize, &&str)| {
            let id = RecordId::new(&AgencyId::new("gp"), &at.to_string());
            let mut record = Record::named_only(id);
            record.full_name = (*name).to_owned();
            record
        };
        names.iter().enumerate().map(named).collect()
    }

    #[test]
    fn the_name_reads_well_and_other_names_are_other_names() {
        for (names, shown, others) in [
            (
                &["Eleanor BRACKWELL", "Eleanor Brackwell"][..],
                "Eleanor Brackwell",
                &[][..],
            ),
            (
                &["Lee Anthony GARRITY", "Lee Garrity"],
                "Lee Garrity",
                &["Lee Anthony GARRITY"],
            ),
            (&["ANN LEE", "ANN LEE"], "ANN LEE", &[]),
            (&["ann lee", "Ann Lee"], "Ann Lee", &[]),
            (
                &["Katarina Ash", "Katarína Ash", "Katarina Ash"],
                "Katarina Ash",
                &[],
            ),
            (&["Zoë O'Brien", "Zoe OBrien"], "Zoë O'Brien", &[]),
            (
                &["Ann Lee", "Ann Mary Lee", "Ann Lee"],
                "Ann Mary Lee",
                &["Ann Lee"],
            ),
            (&["Bo Li", "Ann Lee", "Ann Lee"], "Ann Lee", &["Bo Li"]),
            (
                &["Jia-Wei Chen", "Jiawei Chen", "Jiawei Chen"],
                "Jiawei Chen",
                &[],
            ),
        ] {
            let list = records(names);
            let found = name(list.iter());
            assert_eq!(found, shown, "{names:?}");
            assert_eq!(other_names(list.iter(), &found), others, "{names:?}");
        }
    }

    #[test]
    fn a_script_without_capitals_is_as_good_as_any() {
        assert!(is_mixed_case("王小明") && is_mixed_case("A. de Vries") && is_mixed_case("J Lee"));
        assert!(!is_mixed_case("de vries") && !is_mixed_case("Ann LEE"));
    }
}
