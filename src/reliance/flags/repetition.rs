//! The flag about one thing told by several: circular-reporting.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, spoken, verb};
use crate::reliance::thresholds::CIRCULAR_AGENCIES;

/// What is gathered for one origin and person.
#[derive(Default)]
struct Chain<'a> {
    facts: Vec<usize>,
    tellers: BTreeSet<&'a AgencyId>,
    most: usize,
}

/// A fact is told by several agencies and has one origin, suspected echoes taken as echoes. Confirmed echoes count too.
pub fn circular(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.entries.is_empty() {
        return Err("no entries supplied");
    }
    let least = evidence.limit(&CIRCULAR_AGENCIES);
    let mut chains: BTreeMap<(&str, Option<usize>), Chain<'_>> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        if fact.origins_low > 1 || !input.is_inside(at) {
            continue;
        }
        let mut tellers: BTreeSet<&AgencyId> = fact.agencies.iter().collect();
        let others = fact.suspected.iter().filter(|s| input.is_inside(s.other));
        let others = others.filter_map(|s| input.timeline.facts.get(s.other));
        tellers.extend(others.flat_map(|other| &other.agencies));
        if (tellers.len() as f64) < least {
            continue;
        }
        let origin = source(evidence, fact);
        let persons = fact.persons.iter().copied().map(Some);
        let nobody = fact.persons.is_empty().then_some(None);
        for person in persons.chain(nobody) {
            let chain = chains.entry((origin, person)).or_default();
            chain.facts.push(at);
            chain.tellers.extend(&tellers);
            chain.most = chain.most.max(tellers.len());
        }
    }
    let found = chains.into_iter().map(|((origin, person), chain)| {
        let names: Vec<&str> = chain.tellers.iter().map(|id| evidence.agency(id)).collect();
        let id = AgencyId::new(origin);
        let first = match origin {
            "unknown" => "one source that nobody recorded".to_owned(),
            _ => format!("one source, {}", input.supplied.agency_name(&id)),
        };
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        let count = chain.facts.len();
        Finding {
            direction: "over",
            agencies: vec![origin.to_owned()],
            persons: person.into_iter().collect(),
            value: chain.most.to_string(),
            threshold: number(least),
            sentence: format!(
                "{} tell {}{about} that may go back to {first}; telling {} again adds no support. Who knows it at first hand?",
                spoken(&names),
                counted(count, "fact"),
                verb(count, "it", "them")
            ),
            facts: chain.facts,
            would_clear: "Ask the agencies that repeat it whether they know it for themselves, and count it once until they do.".to_owned(),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// The one origin: that of what is repeated when the fact itself is a suspected echo.
fn source<'a>(evidence: &Evidence<'a>, fact: &'a Fact) -> &'a str {
    let repeated = fact.suspected.iter().find(|s| s.repeats);
    let repeated = repeated.and_then(|s| evidence.input.timeline.facts.get(s.other));
    let mut origins = repeated.unwrap_or(fact).origins.iter();
    origins
        .find_map(|origin| origin.agency())
        .map_or("unknown", |id| id.as_str())
}
