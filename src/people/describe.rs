//! Describes a person from the records: id, name, other names, dates of birth, sexes, roles.

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

/// The fullest of the most frequent spelling: names that differ in middle names or accents count together.
fn name<'a>(records: impl Iterator<Item = &'a Record>) -> String {
    let mut spellings: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for name in records.map(Record::name).filter(|name| !name.is_empty()) {
        let folded = words(&name);
        let ends = (
            folded.first().cloned().unwrap_or_default(),
            folded.last().cloned().unwrap_or_default(),
        );
        spellings.entry(ends).or_default().push(name);
    }
    let fullness = |name: &str| (words(name).len(), name.chars().count());
    let fullest = |list: &[String]| {
        list.iter()
            .max_by(|a, b| {
                fullness(a)
                    .cmp(&fullness(b))
                    .then_with(|| mixed_case(a).cmp(&mixed_case(b)))
                    .then_with(|| b.cmp(a))
            })
            .cloned()
    };
    spellings
        .values()
        .filter_map(|list| fullest(list).map(|name| (list.len(), name)))
        .max_by(|(n, a), (m, b)| {
            n.cmp(m)
                .then_with(|| fullness(a).cmp(&fullness(b)))
                .then_with(|| b.cmp(a))
        })
        .map(|(_, name)| name)
        .unwrap_or_default()
}

/// Whether a name is written with capitals and small letters, which reads better than all capitals.
fn mixed_case(name: &str) -> bool {
    name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
}

fn other_names<'a>(records: impl Iterator<Item = &'a Record>, shown: &str) -> Vec<String> {
    let mut names = BTreeSet::new();
    for record in records {
        names.insert(record.name());
        names.extend(record.other_names.iter().map(|name| name.trim().to_owned()));
    }
    names
        .into_iter()
        .filter(|name| !name.is_empty() && name != shown)
        .collect()
}
