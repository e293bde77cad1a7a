//! Families: who belongs together by an agency's household or by a recorded relationship. Rules about a household use it.

use std::collections::BTreeMap;

use crate::model::id::{AgencyId, RecordId};
use crate::model::words::Role;
use crate::reliance::evidence::Evidence;

/// Sorts all persons into families, each in the order of the persons; somebody without kin is a family of one. Who only
/// works with a family or reported something belongs to none.
///
/// Only households and relationships count. An entry about two people does not make them kin: a neighbour stands in many.
pub fn families(evidence: &Evidence<'_>) -> Vec<Vec<usize>> {
    let input = evidence.input;
    let mut family: Vec<usize> = (0..input.people.persons.len()).collect();
    let mut households: BTreeMap<(&AgencyId, &str), usize> = BTreeMap::new();
    for record in &input.supplied.records {
        let id = record.household_id.trim();
        if let (false, Some(person)) = (id.is_empty(), insider(evidence, &record.id)) {
            let first = *households.entry((record.id.agency(), id)).or_insert(person);
            join(&mut family, first, person);
        }
    }
    for relation in &input.supplied.relationships {
        let ends = (
            insider(evidence, &relation.record),
            insider(evidence, &relation.related),
        );
        if let (Some(one), Some(other)) = ends {
            join(&mut family, one, other);
        }
    }
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for person in (0..family.len()).filter(|person| !is_outside(evidence, *person)) {
        let head = head(&mut family, person);
        found.entry(head).or_default().push(person);
    }
    found.into_values().collect()
}

/// The facts about anybody of a family, in order.
pub fn facts_about(evidence: &Evidence<'_>, family: &[usize]) -> Vec<usize> {
    let facts = family
        .iter()
        .filter_map(|person| evidence.facts_of.get(*person));
    let mut facts: Vec<usize> = facts.flatten().copied().collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// The person of a record, unless they stand outside the family.
fn insider(evidence: &Evidence<'_>, record: &RecordId) -> Option<usize> {
    let person = evidence.person(record)?;
    (!is_outside(evidence, person)).then_some(person)
}

/// Whether somebody only works with the family or reported something. A flag never names who reported.
fn is_outside(evidence: &Evidence<'_>, person: usize) -> bool {
    let person = evidence.input.people.persons.get(person);
    let outside = |role: &Role| matches!(role, Role::Professional | Role::Reporter);
    person.is_some_and(|person| person.roles.iter().any(outside))
}

fn head(family: &mut [usize], mut person: usize) -> usize {
    while let Some(&next) = family.get(person).filter(|next| **next != person) {
        let after = family.get(next).copied().unwrap_or(next);
        if let Some(slot) = family.get_mut(person) {
            *slot = after;
        }
        person = next;
    }
    person
}

/// Joins two families under the smaller head.
fn join(family: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(family, one), head(family, other));
    if let Some(slot) = family.get_mut(one.max(other)) {
        *slot = one.min(other);
    }
}
