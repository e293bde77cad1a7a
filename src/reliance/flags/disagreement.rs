//! The flag about agencies that say different things of the same: agencies-disagree.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::spoken;

/// What is gathered for one set of agencies and one person.
#[derive(Default)]
struct Apart<'a> {
    things: BTreeSet<&'a str>,
    facts: Vec<usize>,
}

/// One fact, or one changing thing over the same time, is told differently by several agencies.
pub fn agencies_disagree(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.entries.is_empty() && input.supplied.records.is_empty() {
        return Err("nothing supplied to compare");
    }
    let mut found: BTreeMap<(Vec<&AgencyId>, Option<usize>), Apart<'_>> = BTreeMap::new();
    for disagreement in &input.timeline.disagreements {
        let sides = disagreement.sides.iter();
        let sides: Vec<_> = sides
            .filter(|side| side.fact.is_none_or(|at| input.is_inside(at)))
            .collect();
        let agencies: BTreeSet<&AgencyId> = sides.iter().map(|side| &side.agency).collect();
        let values: BTreeSet<&str> = sides.iter().map(|side| side.value.as_str()).collect();
        if agencies.len() > 1 && values.len() > 1 {
            let key = (agencies.into_iter().collect(), Some(disagreement.person));
            let apart = found.entry(key).or_default();
            apart.things.insert(&disagreement.slot);
            apart
                .facts
                .extend(sides.iter().filter_map(|side| side.fact));
        }
    }
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        for difference in fact.differences.iter().filter(|_| input.is_inside(at)) {
            let agencies: BTreeSet<&AgencyId> =
                difference.values.iter().map(|(id, _)| id).collect();
            if agencies.len() < 2 {
                continue;
            }
            let agencies: Vec<&AgencyId> = agencies.into_iter().collect();
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                let apart = found.entry((agencies.clone(), person)).or_default();
                apart.things.insert(difference.column);
                apart.facts.push(at);
            }
        }
    }
    let found = found.into_iter();
    Ok(found
        .map(|((agencies, person), apart)| finding(evidence, &agencies, person, apart))
        .collect())
}

fn finding(
    evidence: &Evidence<'_>,
    agencies: &[&AgencyId],
    person: Option<usize>,
    apart: Apart<'_>,
) -> Finding {
    let supplied = evidence.input.supplied;
    let names: Vec<&str> = agencies.iter().map(|id| supplied.agency_name(id)).collect();
    let things: Vec<String> = apart
        .things
        .iter()
        .map(|thing| thing.replace('_', " "))
        .collect();
    let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
    Finding {
        agencies: agencies.iter().map(|id| id.as_str().to_owned()).collect(),
        persons: person.into_iter().collect(),
        value: things.len().to_string(),
        threshold: "1".to_owned(),
        sentence: format!(
            "{} say different things{about}: {}. Which holds, and since when?",
            spoken(&names),
            spoken(&things)
        ),
        facts: apart.facts,
        would_clear: "Ask each of them how it knows and as of when, and record which holds."
            .to_owned(),
        ..Finding::default()
    }
}
