//! The flag about facts that may be about somebody else: identity-doubt. It blocks a safe pack.

use std::collections::BTreeMap;

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::model::person::{Agreement, Outcome, Pair};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number};
use crate::reliance::thresholds::{IDENTITY_PROBABILITY, IDENTITY_SIGNIFICANCE};

/// Why a record may not be about the person, worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// It is attached through a weak link.
    Weak,
    /// A possible match is open.
    Open,
    /// Two candidates are too close to call.
    Ambiguous,
    /// An identifier speaks against the link.
    Identifier,
}

/// What is gathered for one agency and person.
struct Doubted {
    facts: Vec<usize>,
    why: Doubt,
    probability: f64,
}

/// A significant or cited fact rests on a record of which it is not sure that it is about this person.
pub fn doubt(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.entries.is_empty() {
        return Err("no entries supplied");
    }
    let doubts = doubtful_records(evidence);
    let least = evidence.limit(&IDENTITY_SIGNIFICANCE);
    let mut found: BTreeMap<(&AgencyId, usize), Doubted> = BTreeMap::new();
    if doubts.is_empty() {
        return Ok(Vec::new());
    }
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let matters =
            !fact.cited_by.is_empty() || fact.significance.is_some_and(|s| f64::from(s) >= least);
        if !matters || !input.is_inside(at) {
            continue;
        }
        let entries = fact
            .entries
            .iter()
            .filter_map(|entry| input.supplied.entries.get(*entry));
        for id in entries.flat_map(|entry| &entry.persons) {
            let Some(record) = input.supplied.record(id) else {
                continue;
            };
            let (Some((why, probability)), Some(person)) =
                (doubts.get(&record), input.people.person_of.get(record))
            else {
                continue;
            };
            let doubted = found.entry((id.agency(), *person)).or_insert(Doubted {
                facts: Vec::new(),
                why: *why,
                probability: *probability,
            });
            doubted.facts.push(at);
            doubted.why = doubted.why.max(*why);
            doubted.probability = doubted.probability.min(*probability);
        }
    }
    let limit = evidence.limit(&IDENTITY_PROBABILITY);
    let found = found
        .into_iter()
        .map(|((agency, person), doubted)| finding(evidence, (agency, person), doubted, limit));
    Ok(found.collect())
}

fn finding(
    evidence: &Evidence<'_>,
    (agency, person): (&AgencyId, usize),
    mut doubted: Doubted,
    limit: f64,
) -> Finding {
    doubted.facts.dedup();
    let name = evidence.name(person);
    let teller = evidence.input.supplied.agency_name(agency);
    let why = match doubted.why {
        Doubt::Weak => "the link between the records is weak",
        Doubt::Open => "another record may be about the same person, and nobody has decided yet",
        Doubt::Ambiguous => "two candidates are too close to call",
        Doubt::Identifier => "an identifier speaks against the link",
    };
    let verb = if doubted.facts.len() == 1 {
        "rests"
    } else {
        "rest"
    };
    Finding {
        agencies: vec![agency.as_str().to_owned()],
        persons: vec![person],
        value: number(doubted.probability),
        threshold: number(limit),
        sentence: format!(
            "{} about {name} {verb} on a record of {teller} of which it is not sure whom it describes: {why}. Is it the same person?",
            counted(doubted.facts.len(), "important fact")
        ),
        facts: doubted.facts,
        would_clear: format!("Decide the open match with {teller}: same person or not."),
        ..Finding::default()
    }
}

/// For each doubtful record why, and the lowest probability behind the doubt.
fn doubtful_records(evidence: &Evidence<'_>) -> BTreeMap<usize, (Doubt, f64)> {
    let people = evidence.input.people;
    let limit = evidence.limit(&IDENTITY_PROBABILITY);
    let mut doubts: BTreeMap<usize, (Doubt, f64)> = BTreeMap::new();
    let mut add = |record: usize, why: Doubt, probability: f64| {
        let doubt = doubts.entry(record).or_insert((why, probability));
        *doubt = (doubt.0.max(why), doubt.1.min(probability));
    };
    for pair in &people.pairs {
        let why = match pair.outcome {
            Outcome::Review => Some(Doubt::Open),
            Outcome::Ambiguous => Some(Doubt::Ambiguous),
            Outcome::Linked if is_against_identifier(pair) => Some(Doubt::Identifier),
            Outcome::Linked | Outcome::Separate => None,
        };
        if let Some(why) = why {
            add(pair.left, why, pair.probability);
            add(pair.right, why, pair.probability);
        }
    }
    for person in &people.persons {
        if let Some(lowest) = person.lowest_probability.filter(|p| *p < limit) {
            for record in weakly_attached(&people.pairs, &person.records, limit) {
                add(record, Doubt::Weak, lowest);
            }
        }
    }
    doubts
}

/// Whether a model's link goes against an identifier. What an analyst decided stands.
fn is_against_identifier(pair: &Pair) -> bool {
    let mut fields = pair
        .fields
        .iter()
        .filter(|field| field.field.starts_with("identifier"));
    is_machine(pair) && fields.any(|field| field.agreement == Agreement::Differ)
}

fn is_machine(pair: &Pair) -> bool {
    matches!(pair.decided_by.as_str(), "model" | "identifier" | "rule")
}

/// The records of a person that hang on the rest by weak links alone: all outside the largest part that is held
/// together by sure links or by an analyst. Of parts of one size the one with the first record is the core.
fn weakly_attached(pairs: &[Pair], records: &[usize], limit: f64) -> Vec<usize> {
    let mut part: BTreeMap<usize, usize> =
        records.iter().map(|record| (*record, *record)).collect();
    // records are in the order of their ids, and so are pairs by their left record
    for left in records {
        let from = pairs.partition_point(|pair| pair.left < *left);
        let own = pairs
            .iter()
            .skip(from)
            .take_while(|pair| pair.left == *left);
        for pair in own.filter(|pair| {
            pair.outcome == Outcome::Linked && (pair.probability >= limit || !is_machine(pair))
        }) {
            let (Some(a), Some(b)) = (
                part.get(&pair.left).copied(),
                part.get(&pair.right).copied(),
            ) else {
                continue;
            };
            part.values_mut()
                .filter(|p| **p == a.max(b))
                .for_each(|p| *p = a.min(b));
        }
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for p in part.values() {
        *sizes.entry(*p).or_default() += 1;
    }
    let core = sizes
        .iter()
        .max_by_key(|(p, size)| (**size, std::cmp::Reverse(**p)))
        .map(|(p, _)| *p);
    part.into_iter()
        .filter(|(_, p)| Some(*p) != core)
        .map(|(record, _)| record)
        .collect()
}
