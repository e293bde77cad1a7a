//! The flag about facts that may be about somebody else: identity-doubt. It blocks a safe pack.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::model::person::{Agreement, Outcome, Pair};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, possessive, probability, verb};
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

/// Why a record is in doubt, how likely the link or the best match is, and whom else it may describe.
#[derive(Clone)]
struct Doubted {
    why: Doubt,
    probability: f64,
    others: BTreeSet<usize>,
}

impl Doubted {
    /// Puts two doubts about one record, or about the records of one agency, together. The worst reason counts, and with it
    /// its probability: of questions the likeliest, of links the weakest.
    fn and(&mut self, other: &Self) {
        let is_question = matches!(other.why, Doubt::Open | Doubt::Ambiguous);
        self.probability = match other.why.cmp(&self.why) {
            Ordering::Less => self.probability,
            Ordering::Greater => other.probability,
            Ordering::Equal if is_question => self.probability.max(other.probability),
            Ordering::Equal => self.probability.min(other.probability),
        };
        self.why = self.why.max(other.why);
        self.others.extend(&other.others);
    }
}

/// A significant or cited fact rests on a record of which it is not sure whom it describes.
pub fn doubt(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.entries.is_empty() {
        return Err("no entries supplied");
    }
    let doubts = doubtful_records(evidence);
    if doubts.is_empty() {
        return Ok(Vec::new());
    }
    let least = evidence.limit(&IDENTITY_SIGNIFICANCE);
    let mut found: BTreeMap<(&AgencyId, usize), (Vec<usize>, Doubted)> = BTreeMap::new();
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
            let (Some(doubted), Some(person)) =
                (doubts.get(&record), input.people.person_of.get(record))
            else {
                continue;
            };
            let (facts, all) = found
                .entry((id.agency(), *person))
                .or_insert_with(|| (Vec::new(), doubted.clone()));
            facts.push(at);
            all.and(doubted);
        }
    }
    let found = found.into_iter();
    Ok(found
        .map(|(whose, (facts, doubted))| finding(evidence, whose, facts, &doubted))
        .collect())
}

fn finding(
    evidence: &Evidence<'_>,
    (agency, person): (&AgencyId, usize),
    mut facts: Vec<usize>,
    doubted: &Doubted,
) -> Finding {
    facts.dedup();
    let name = evidence.name(person);
    let owner = possessive(evidence.input.supplied.agency_name(agency));
    let others: Vec<&str> = doubted.others.iter().map(|at| evidence.name(*at)).collect();
    let why = match (doubted.why, others.as_slice()) {
        (Doubt::Weak, _) => format!("the link between it and the other records of {name} is weak"),
        (Doubt::Identifier, _) => {
            format!("an identifier on it differs from that of another record of {name}")
        }
        (Doubt::Open, []) => "a possible match is open".to_owned(),
        (Doubt::Open, others) => format!(
            "it may describe the same person as the record of {}, and nobody has decided yet",
            either(others)
        ),
        (Doubt::Ambiguous, []) => "two candidates are too close to call".to_owned(),
        (Doubt::Ambiguous, others) => format!("it may describe {}", either(others)),
    };
    let (count, rest) = (
        counted(facts.len(), "important fact"),
        verb(facts.len(), "rests", "rest"),
    );
    Finding {
        agencies: vec![agency.as_str().to_owned()],
        persons: vec![person],
        value: probability(doubted.probability),
        threshold: number(evidence.limit(&IDENTITY_PROBABILITY)),
        sentence: format!(
            "{owner} record of {name} is not settled: {why}. {count} {rest} on it. Whom does it describe?"
        ),
        facts,
        would_clear: format!(
            "Decide whether {owner} record of {name} and those that it may match are the same person."
        ),
        ..Finding::default()
    }
}

/// Names as alternatives, a few of them: "A or B".
fn either(names: &[&str]) -> String {
    const MOST: usize = 3;
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= MOST => format!("{} or {last}", first.join(", ")),
        _ => format!(
            "{} or {} others",
            names.get(..MOST).unwrap_or_default().join(", "),
            names.len() - MOST
        ),
    }
}

/// For each doubtful record why it is.
///
/// An open question is about the side that is less settled: a record that is linked to nothing, or of two linked groups
/// the smaller one. The well-linked records of a firm person are not in doubt because a stray one may belong to them.
fn doubtful_records(evidence: &Evidence<'_>) -> BTreeMap<usize, Doubted> {
    let people = evidence.input.people;
    let limit = evidence.limit(&IDENTITY_PROBABILITY);
    let mut doubts: BTreeMap<usize, Doubted> = BTreeMap::new();
    let mut add = |record: usize, why: Doubt, probability: f64, other: Option<usize>| {
        let doubt = Doubted {
            why,
            probability,
            others: other.into_iter().collect(),
        };
        let known = doubts.entry(record);
        known.and_modify(|known| known.and(&doubt)).or_insert(doubt);
    };
    let group = |record: usize| {
        let person = people.person_of.get(record).copied()?;
        Some((person, people.persons.get(person)?.records.as_slice()))
    };
    for pair in &people.pairs {
        let why = match pair.outcome {
            Outcome::Review => Doubt::Open,
            Outcome::Ambiguous => Doubt::Ambiguous,
            Outcome::Linked if is_against_identifier(pair) => Doubt::Identifier,
            Outcome::Linked | Outcome::Separate => continue,
        };
        if why == Doubt::Identifier {
            add(pair.left, why, pair.probability, None);
            add(pair.right, why, pair.probability, None);
            continue;
        }
        let (Some(left), Some(right)) = (group(pair.left), group(pair.right)) else {
            continue;
        };
        // a question between two records that are linked by way of others is settled by those
        if left.0 == right.0 {
            continue;
        }
        for (this, other) in [(left, right), (right, left)] {
            if this.1.len() <= other.1.len() {
                for record in this.1 {
                    add(*record, why, pair.probability, Some(other.0));
                }
            }
        }
    }
    for person in &people.persons {
        if let Some(lowest) = person.lowest_probability.filter(|p| *p < limit) {
            for record in weakly_attached(&people.pairs, &person.records, limit) {
                add(record, Doubt::Weak, lowest, None);
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
