//! The flag about adults around a child of whom little is known: unseen-adult.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::model::person::LinkStatus;
use crate::model::words::Role;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number};
use crate::reliance::thresholds::UNSEEN_FACTS;

/// An adult is linked to a child, and has few facts of their own or is not among the lead agency's people.
///
/// Linked: one household in an agency's own records, a recorded relationship to the child or to somebody so related, or an
/// entry about both. Names in texts are not read. Lead agency: the own one, when it describes a child of the case.
pub fn adult(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let persons = &input.people.persons;
    let children: Vec<usize> = (0..persons.len())
        .filter(|at| evidence.is_child(*at))
        .collect();
    if children.is_empty() {
        return Err("no child of the case is known");
    }
    let least = evidence.limit(&UNSEEN_FACTS);
    let own = input.settings.own_agency.as_ref();
    let described = |person: usize| {
        let mut records = persons.get(person).into_iter().flat_map(|p| &p.records);
        records.any(|at| {
            let record = input.supplied.records.get(*at);
            record.is_some_and(|record| record.described && Some(record.id.agency()) == own)
        })
    };
    let leads = children.iter().any(|child| described(*child));
    let linked = linked(evidence, &children);
    let found = linked.into_iter().filter(|at| is_adult(evidence, *at));
    let found = found.filter_map(|person| {
        let facts = evidence.facts_of.get(person).cloned().unwrap_or_default();
        // somebody whom the lead agency may list under a record that nobody has settled is not missing there
        let listed = described(person) || evidence.candidates(person).into_iter().any(described);
        let missing = leads && !listed;
        let few = (facts.len() as f64) < least;
        if !missing && !few {
            return None;
        }
        let name = evidence.name(person);
        let mut say = Vec::new();
        if missing {
            let lead = own.map_or("the own agency", |own| evidence.agency(own));
            say.push(format!("is not among the people whom {lead} lists"));
        }
        if few {
            say.push(match facts.len() {
                0 => "has no facts of their own here".to_owned(),
                count => format!("has only {} of their own here", counted(count, "fact")),
            });
        }
        Some(Finding {
            direction: "under",
            persons: vec![person],
            value: facts.len().to_string(),
            threshold: number(least),
            sentence: format!(
                "{name} is linked to a child of this case and {}. What do the agencies know about {name}’s part in the child’s life?",
                say.join(", and ")
            ),
            facts,
            would_clear: format!(
                "Find out what part {name} has in the child’s life, and list them among the people of the case."
            ),
            ..Finding::default()
        })
    });
    Ok(found.collect())
}

/// Everybody whom a household, a relationship, or an entry links to a child.
fn linked(evidence: &Evidence<'_>, children: &[usize]) -> BTreeSet<usize> {
    let supplied = evidence.input.supplied;
    let mut linked: BTreeSet<usize> = BTreeSet::new();
    let is_child = |person: &usize| children.binary_search(person).is_ok();
    let mut households: BTreeMap<(&AgencyId, &str), Vec<usize>> = BTreeMap::new();
    for record in &supplied.records {
        let id = record.household_id.trim();
        if let (false, Some(person)) = (id.is_empty(), evidence.person(&record.id)) {
            let household = households.entry((record.id.agency(), id)).or_default();
            household.push(person);
        }
    }
    let together = evidence
        .input
        .timeline
        .facts
        .iter()
        .map(|fact| &fact.persons);
    for group in households.values().chain(together) {
        if group.iter().any(&is_child) {
            linked.extend(group);
        }
    }
    // twice: a parent's partner is linked by way of the parent, a grandparent's neighbour is not
    for _ in 0..2 {
        let known = linked.clone();
        for relation in &supplied.relationships {
            let ends = (
                evidence.person(&relation.record),
                evidence.person(&relation.related),
            );
            if let (Some(one), Some(other)) = ends {
                let near = |at: &usize| is_child(at) || known.contains(at);
                if near(&one) || near(&other) {
                    linked.extend([one, other]);
                }
            }
        }
    }
    linked
}

/// Whether somebody is an adult of the family or its surroundings, and known to be one person.
fn is_adult(evidence: &Evidence<'_>, person: usize) -> bool {
    let Some(whom) = evidence.input.people.persons.get(person) else {
        return false;
    };
    let outside = |role: &Role| matches!(role, Role::Professional | Role::Reporter);
    let grown = evidence
        .age(person)
        .map_or_else(|| !whom.roles.contains(&Role::Child), |age| age >= 18);
    grown && !whom.roles.iter().any(outside) && whom.status != LinkStatus::Ambiguous
}
