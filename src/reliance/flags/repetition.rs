//! Flags about one thing told by several: circular-reporting, opinion-as-fact.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::words::{Kind, YesNo};
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

/// An agency entered as an observation what another told as an opinion or an allegation, and saw nothing new itself.
///
/// The entry repeats the other (a confirmed echo), or is suspected to: it cites it, or shares its document or its words.
pub fn opinion_as_fact(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let all = &input.supplied.entries;
    if all.iter().all(|entry| entry.kind.is_blank()) {
        return Err("no kinds supplied");
    }
    let mut found: BTreeMap<(&AgencyId, Option<usize>), Chain<'_>> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let repeated = fact.suspected.iter().filter(|s| s.repeats);
        let repeated = repeated.filter_map(|s| input.timeline.facts.get(s.other));
        let tellings = || fact.entries.iter().filter_map(|at| all.get(*at));
        let others: Vec<&Entry> = repeated
            .flat_map(|other| &other.entries)
            .filter_map(|at| all.get(*at))
            .chain(tellings())
            .filter(|entry| is_claim(entry))
            .collect();
        for entry in tellings().filter(|entry| is_bare_observation(entry)) {
            let sources = others.iter().filter(|other| {
                let days = said_on(other).zip(said_on(entry));
                other.agency() != entry.agency() && days.is_none_or(|(first, then)| first <= then)
            });
            let sources: BTreeSet<&AgencyId> = sources.map(|other| other.agency()).collect();
            if sources.is_empty() || !input.is_inside(at) {
                continue;
            }
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                let chain = found.entry((entry.agency(), person)).or_default();
                chain.facts.push(at);
                chain.tellers.extend(&sources);
            }
        }
    }
    let found = found.into_iter().map(|((agency, person), mut chain)| {
        chain.facts.dedup();
        let names: Vec<&str> = chain.tellers.iter().map(|id| evidence.agency(id)).collect();
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        Finding {
            direction: "over",
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: chain.facts.len().to_string(),
            threshold: "1".to_owned(),
            sentence: format!(
                "{}: {}{about} {} entered as an observation; {} told it as an opinion or an allegation, and nothing newly seen is recorded. Has anybody seen it since?",
                evidence.agency(agency),
                counted(chain.facts.len(), "fact"),
                verb(chain.facts.len(), "is", "are"),
                spoken(&names)
            ),
            facts: chain.facts,
            would_clear: format!(
                "Record what {} saw for itself, or enter it as the opinion or allegation that it was.",
                evidence.agency(agency)
            ),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

fn is_claim(entry: &Entry) -> bool {
    entry.kind.is(Kind::Opinion) || entry.kind.is(Kind::Allegation)
}

/// Whether an entry is called an observation and records nobody who was seen or heard.
fn is_bare_observation(entry: &Entry) -> bool {
    let seen = entry.child_seen.is(YesNo::Yes) || entry.child_seen_alone.is(YesNo::Yes);
    entry.kind.is(Kind::Observation) && !seen && entry.child_view.trim().is_empty()
}

/// When an entry was written down, else when it happened.
fn said_on(entry: &Entry) -> Option<Day> {
    entry.recorded_on.start().or_else(|| entry.when.start())
}
