//! Flags about what is held and not passed on, and passed on and not acted on: held-not-shared, shared-no-action.

use std::collections::BTreeMap;

use super::{About, Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Fact};
use crate::model::id::AgencyId;
use crate::model::phrase::Coded;
use crate::model::words::{Handling, Kind, RequestResult, Threshold as Stage};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, verb};
use crate::reliance::thresholds::{
    ACTION_DAYS, ACTION_DAYS_S47, ACTION_SIGNIFICANCE, HELD_SIGNIFICANCE,
};

fn entries<'a>(evidence: &Evidence<'a>, fact: &'a Fact) -> impl Iterator<Item = &'a Entry> {
    let all = &evidence.input.supplied.entries;
    fact.entries.iter().filter_map(|at| all.get(*at))
}

/// A significant fact that may be shared has no receipt date, and no request was answered with it.
pub fn held_not_shared(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let mut all = input.supplied.entries.iter();
    if !all.any(|entry| entry.received_on.is_known()) {
        return Err("no receipt dates supplied");
    }
    let own = input.settings.own_agency.as_ref();
    let least = evidence.limit(&HELD_SIGNIFICANCE);
    let mut found: BTreeMap<About<'_>, (Vec<usize>, u8)> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let significance = fact.significance.unwrap_or(0);
        let came = entries(evidence, fact)
            .any(|entry| entry.received_on.is_known() || Some(entry.agency()) == own);
        if f64::from(significance) < least || came || !input.is_inside(at) || !may_be_shared(fact) {
            continue;
        }
        for agency in &fact.agencies {
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                if !is_answered_with(evidence, agency, person, fact) {
                    let (facts, most) = found.entry((agency, person)).or_default();
                    facts.push(at);
                    *most = significance.max(*most);
                }
            }
        }
    }
    let found = found.into_iter().map(|((agency, person), (facts, most))| {
        let name = evidence.agency(agency);
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        let (it, has) = (verb(facts.len(), "it", "them"), verb(facts.len(), "has", "have"));
        Finding {
            direction: "under",
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: most.to_string(),
            threshold: number(least),
            sentence: format!(
                "{name}: {}{about} {has} no date of receipt, and no request was answered with {it}. {} ever passed on?",
                counted(facts.len(), "important fact"),
                verb(facts.len(), "Was it", "Were they")
            ),
            would_clear: format!(
                "Record when {} received, or agree with {name} on passing {it} on.",
                verb(facts.len(), "it was", "they were")
            ),
            facts,
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// Whether neither handling nor the basis keeps the fact with its supplier.
fn may_be_shared(fact: &Fact) -> bool {
    let kept = |h: &Coded<Handling>| {
        matches!(h, Coded::Unknown(_))
            || h.is(Handling::NoOnward)
            || h.is(Handling::AskOriginator)
            || h.is(Handling::NamedOnly)
    };
    let stands = matches!(fact.status, BasisStatus::Valid | BasisStatus::Unknown);
    stands && !fact.handling.iter().any(kept)
}

/// Whether the agency answered a request about the person, with information, on or after the day of the fact.
fn is_answered_with<'a>(
    evidence: &Evidence<'a>,
    agency: &'a AgencyId,
    person: Option<usize>,
    fact: &Fact,
) -> bool {
    let requests = evidence.input.supplied.requests.iter();
    let mut requests = requests.filter(|request| request.asked == *agency);
    requests.any(|request| {
        let mut whom = request.records.iter().filter_map(|id| evidence.person(id));
        let about = request.records.is_empty() || whom.any(|whom| Some(whom) == person);
        let days = request.answered_on.end().zip(fact.when.start());
        let after = days.is_none_or(|(answered, happened)| answered >= happened);
        about && after && request.result.is(RequestResult::Supplied)
    })
}

/// A significant fact came, and for long neither an action, nor a decision, nor a conclusion followed.
///
/// The time runs from the receipt, else from the date. Any later action or decision about the person ends it, whenever it
/// came: what is worth checking now is what nothing followed up to now.
pub fn shared_no_action(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let least = evidence.limit(&ACTION_SIGNIFICANCE);
    let mut all = input.timeline.facts.iter();
    if all.all(|fact| fact.significance.is_none()) {
        return Err("no significance supplied");
    }
    let acted = acted(evidence);
    let mut found: BTreeMap<About<'_>, (Vec<usize>, i64, f64)> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let matters = fact.significance.is_some_and(|s| f64::from(s) >= least);
        let ended = is_acted(evidence, fact) || !fact.cited_by.is_empty();
        let Some(start) = start(evidence, fact).filter(|_| matters && !ended) else {
            continue;
        };
        let s47 = entries(evidence, fact).any(|entry| entry.threshold.is(Stage::S47));
        let limit = evidence.limit(if s47 { &ACTION_DAYS_S47 } else { &ACTION_DAYS });
        let days = (input.as_of - start).num_days();
        if days as f64 <= limit || !input.is_inside(at) {
            continue;
        }
        let persons = fact.persons.iter().copied();
        let persons = persons.filter(|person| acted.get(person).is_none_or(|last| *last < start));
        let nobody = fact.persons.is_empty().then_some(None);
        // the agency that holds it, not the relative or neighbour who told it first
        let lead = input.supplied.entries.get(fact.lead);
        let holder = lead.map_or(&fact.first_agency, Entry::agency);
        for person in persons.map(Some).chain(nobody) {
            let (facts, longest, over) = found.entry((holder, person)).or_default();
            facts.push(at);
            if days > *longest {
                (*longest, *over) = (days, limit);
            }
        }
    }
    let found = found.into_iter().map(|((agency, person), (facts, days, limit))| {
        let name = evidence.agency(agency);
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        let count = facts.len();
        Finding {
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: days.to_string(),
            threshold: number(limit),
            sentence: format!(
                "{name}: no action, decision or conclusion is recorded after {}{about}, {}{} ago. What follows from {}?",
                counted(count, "important fact"),
                verb(count, "", "up to "),
                counted(days.max(0) as usize, "day"),
                verb(count, "it", "them")
            ),
            would_clear: format!(
                "Record what was done about {}, or why nothing needs to be done.",
                verb(count, "it", "each")
            ),
            facts,
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// From when a fact waits for an answer: its first receipt, else its date.
fn start(evidence: &Evidence<'_>, fact: &Fact) -> Option<Day> {
    let received = entries(evidence, fact).filter_map(|entry| entry.received_on.start());
    received.min().or_else(|| fact.when.end())
}

/// Whether a fact is an action or decision itself, or names one.
fn is_acted(evidence: &Evidence<'_>, fact: &Fact) -> bool {
    entries(evidence, fact).any(|entry| {
        entry.kind.is(Kind::Action)
            || entry.kind.is(Kind::Decision)
            || !entry.action.trim().is_empty()
    })
}

/// For each person the day of the last action or decision up to the as-of date.
fn acted(evidence: &Evidence<'_>) -> BTreeMap<usize, Day> {
    let mut last: BTreeMap<usize, Day> = BTreeMap::new();
    for fact in &evidence.input.timeline.facts {
        let begun = fact.when.start().filter(|day| *day <= evidence.input.as_of);
        let Some(begun) = begun.filter(|_| is_acted(evidence, fact)) else {
            continue;
        };
        let day = fact
            .when
            .end()
            .map_or(begun, |end| end.min(evidence.input.as_of));
        for person in &fact.persons {
            let last = last.entry(*person).or_insert(day);
            *last = day.max(*last);
        }
    }
    last
}
