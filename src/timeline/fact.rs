//! Builds one fact from the entries that tell it.

use std::collections::{BTreeMap, BTreeSet};

use super::echo::{Group, Root, recorded};
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Difference, Fact, Origin};
use crate::model::id::{AgencyId, FactId, short_hash};
use crate::model::person::People;
use crate::model::phrase::{Coded, Phrase, fold};
use crate::model::supply::Supplied;

/// How many hex digits a fact id has; twice as many where two facts would share them.
const ID_DIGITS: usize = 12;

/// Builds the fact that a group of entries tells.
pub fn build(supplied: &Supplied, people: &People, group: &Group) -> Fact {
    let lead = lead(supplied, group);
    let first = &supplied.entries[lead];
    // the lead first, then the others in the order of their ids: the order in which blanks are filled
    let told: Vec<&Entry> = std::iter::once(lead)
        .chain(group.entries.iter().copied().filter(|&at| at != lead))
        .filter_map(|at| supplied.entries.get(at))
        .collect();
    let origins = origins(supplied, &group.root);
    let agencies: BTreeSet<&AgencyId> = told.iter().map(|entry| entry.agency()).collect();
    let known = origins.iter().filter_map(Origin::agency);
    let first_agency = known
        .clone()
        .find(|agency| *agency == first.agency())
        .or_else(|| known.clone().next());
    let dated = told
        .iter()
        .find(|entry| entry.when.is_known())
        .unwrap_or(&first);
    Fact {
        id: id_of(supplied, &group.entries, ID_DIGITS),
        lead,
        entries: group.entries.clone(),
        persons: persons(supplied, people, &told),
        when: dated.when.clone(),
        time: told.iter().find_map(|entry| entry.time),
        first_agency: first_agency.unwrap_or_else(|| first.agency()).clone(),
        agencies: agencies.into_iter().cloned().collect(),
        origins_low: count(&origins),
        origins_high: count(&origins),
        origins,
        suspected: Vec::new(),
        disagrees_with: Vec::new(),
        differences: differences(&told),
        kind: first_coded(&told, |entry| &entry.kind),
        channel: first_coded(&told, |entry| &entry.channel),
        polarity: first_coded(&told, |entry| &entry.polarity),
        significance: told.iter().filter_map(|entry| entry.significance).max(),
        basis: basis(&told),
        consent_state: Coded::Blank,
        told: Coded::Blank,
        handling: Vec::new(),
        status: BasisStatus::Unknown,
        cited_by: Vec::new(),
    }
}

/// Counts independent origins: an unknown one may be any of the known ones, so it counts only when it stands alone.
pub fn count(origins: &[Origin]) -> usize {
    origins
        .iter()
        .filter(|origin| origin.agency().is_some())
        .count()
        .max(usize::from(!origins.is_empty()))
}

fn lead(supplied: &Supplied, group: &Group) -> usize {
    match group.root {
        Root::Entry(at) => at,
        Root::NotSupplied(_) => {
            let earliest = group
                .entries
                .iter()
                .copied()
                .min_by_key(|&at| (recorded(&supplied.entries[at]), at));
            earliest.unwrap_or_default()
        }
    }
}

fn origins(supplied: &Supplied, root: &Root) -> Vec<Origin> {
    let entry = match root {
        Root::NotSupplied(agency) => return vec![Origin::Agency(agency.clone())],
        Root::Entry(at) => &supplied.entries[*at],
    };
    let mut origins: Vec<Origin> = entry
        .origin
        .agencies
        .iter()
        .cloned()
        .map(Origin::Agency)
        .collect();
    if entry.origin.unknown {
        origins.push(Origin::Unknown);
    }
    if origins.is_empty() {
        origins.push(Origin::Agency(entry.agency().clone()));
    }
    origins.sort();
    origins.dedup();
    origins
}

fn persons(supplied: &Supplied, people: &People, told: &[&Entry]) -> Vec<usize> {
    let records = told.iter().flat_map(|entry| &entry.persons);
    let persons: BTreeSet<usize> = records
        .filter_map(|id| supplied.record(id))
        .filter_map(|at| people.person_of.get(at).copied())
        .collect();
    persons.into_iter().collect()
}

fn first_coded<T: Phrase>(told: &[&Entry], cell: impl Fn(&Entry) -> &Coded<T>) -> Coded<T> {
    told.iter()
        .map(|entry| cell(entry))
        .find(|cell| !cell.is_blank())
        .cloned()
        .unwrap_or_default()
}

fn basis(told: &[&Entry]) -> Vec<Box<str>> {
    let mut codes: Vec<Box<str>> = Vec::new();
    for code in told.iter().flat_map(|entry| &entry.basis) {
        if !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    codes
}

/// A column's name, and how its cell is read.
type Column = (&'static str, fn(&Entry) -> &str);

/// The columns in which the entries of one fact say different things, with each agency's value. Their wording is not one
/// of them: an echo has words of its own.
fn differences(told: &[&Entry]) -> Vec<Difference> {
    if told.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let dates: Vec<_> = told.iter().filter(|entry| entry.when.is_known()).collect();
    let apart = dates.iter().enumerate().any(|(at, one)| {
        dates[at + 1..]
            .iter()
            .any(|other| !one.when.overlaps(&other.when))
    });
    if apart {
        let shown = |entry: &&&Entry| (entry.agency().clone(), entry.when.date_cell());
        found.push(Difference {
            column: "date",
            values: dates.iter().map(shown).collect(),
        });
    }
    let columns: [Column; 4] = [
        ("value", |entry| &entry.value),
        ("polarity", |entry| entry.polarity.text()),
        ("child_seen", |entry| entry.child_seen.text()),
        ("child_seen_alone", |entry| entry.child_seen_alone.text()),
    ];
    for (column, cell) in columns {
        let values: Vec<(AgencyId, String)> = told
            .iter()
            .filter(|entry| !cell(entry).trim().is_empty())
            .map(|entry| (entry.agency().clone(), cell(entry).trim().to_owned()))
            .collect();
        let different: BTreeSet<String> = values.iter().map(|(_, value)| fold(value)).collect();
        if different.len() > 1 {
            found.push(Difference { column, values });
        }
    }
    found
}

fn id_of(supplied: &Supplied, entries: &[usize], digits: usize) -> FactId {
    // entries are in the order of their ids, so the first is the smallest
    let smallest = entries.first().and_then(|&at| supplied.entries.get(at));
    FactId::new(&format!(
        "F{}",
        short_hash(smallest.map_or("", |entry| entry.id.as_str()), digits)
    ))
}

/// Gives facts whose short ids are the same longer ones.
pub fn make_ids_unique(supplied: &Supplied, facts: &mut [Fact]) {
    let mut seen: BTreeMap<FactId, usize> = BTreeMap::new();
    for fact in facts.iter() {
        *seen.entry(fact.id.clone()).or_default() += 1;
    }
    if seen.len() < facts.len() {
        for fact in facts
            .iter_mut()
            .filter(|fact| seen.get(&fact.id).is_some_and(|count| *count > 1))
        {
            fact.id = id_of(supplied, &fact.entries, 2 * ID_DIGITS);
        }
    }
}
