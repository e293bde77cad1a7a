//! Suspected echoes: an entry may repeat what another agency said first. They stay facts of their own and only move the
//! lower and upper count of independent origins; only an analyst, or an agency's own row, makes two entries one fact.
//!
//! A ground is a file: what the rows state, who is named in the text as the source, the wording, and rare errors that two
//! entries share.

mod chain;
mod copying;
mod hearsay;
mod stated;
mod walk;
mod wording;
mod words;

pub use chain::{Telling, chain};
pub use copying::copied;

use std::collections::{BTreeMap, BTreeSet};

use self::walk::Walk;
use self::words::Texts;
use crate::model::decision::{Decision, EchoVerdict, Verdict, standing};
use crate::model::fact::{Suspicion, Timeline};
use crate::model::supply::Supplied;

/// An entry, the one that it may repeat, and why.
type Proposal = (usize, usize, String);

/// A suspicion between two facts: the first may repeat the second, with why.
type Repeats = BTreeMap<(usize, usize), String>;

/// Fills in `suspected`, `origins_low` and `origins_high` of every fact.
///
/// The lower count takes suspected echoes as echoes, the upper one as independent (measure M5).
pub fn suspect(supplied: &Supplied, decisions: &[Decision], timeline: &mut Timeline) {
    let rejected = rejected(supplied, decisions, timeline);
    let mut repeats = Repeats::new();
    let facts = |entry: usize, of: usize| {
        let (fact, other) = (timeline.fact_of[entry], timeline.fact_of[of]);
        let settled = rejected.contains(&(fact.min(other), fact.max(other)));
        (fact != other && !settled).then_some((fact, other))
    };
    for (entry, of, why) in stated::citing(supplied)
        .into_iter()
        .chain(stated::sharing_a_document(supplied))
    {
        if let Some(pair) = facts(entry, of) {
            repeats.entry(pair).or_insert(why);
        }
    }
    for (entry, of, why) in alike(supplied, timeline) {
        // likeness adds its reason to what the rows state, and never turns round who repeats whom
        let pair = facts(entry, of).filter(|(fact, other)| !repeats.contains_key(&(*other, *fact)));
        if let Some(pair) = pair {
            let known = repeats.entry(pair).or_default();
            let comma = if known.is_empty() { "" } else { "; " };
            *known = format!("{known}{comma}{why}");
        }
    }
    for (fact, low, high) in Walk::of(&repeats).counts(timeline) {
        timeline.facts[fact].origins_low = low;
        timeline.facts[fact].origins_high = high;
    }
    for ((fact, other), why) in repeats {
        timeline.facts[fact].suspected.push(Suspicion {
            other,
            repeats: true,
            why: why.clone(),
        });
        timeline.facts[other].suspected.push(Suspicion {
            other: fact,
            repeats: false,
            why,
        });
    }
}

/// What the texts propose.
fn alike(supplied: &Supplied, timeline: &Timeline) -> Vec<Proposal> {
    let texts = Texts::of(supplied, timeline);
    let mut proposals = hearsay::naming_its_source(&texts);
    proposals.extend(wording::alike(&texts));
    proposals.extend(copying::sharing_errors(&texts));
    proposals
}

/// Pairs of facts of which an analyst said that they are independent, the smaller index first. It is said of entries, and
/// holds for all that tell the same: else another entry of the same fact would ask again.
fn rejected(
    supplied: &Supplied,
    decisions: &[Decision],
    timeline: &Timeline,
) -> BTreeSet<(usize, usize)> {
    let mut rejected = BTreeSet::new();
    for decision in standing(decisions) {
        let Verdict::Echo { entry, of, verdict } = &decision.verdict else {
            continue;
        };
        let (Some(entry), Some(of)) = (supplied.entry(entry), supplied.entry(of)) else {
            continue;
        };
        let (fact, other) = (timeline.fact_of[entry], timeline.fact_of[of]);
        let pair = (fact.min(other), fact.max(other));
        match verdict {
            EchoVerdict::Independent => rejected.insert(pair),
            EchoVerdict::Echo => rejected.remove(&pair),
        };
    }
    rejected
}

#[cfg(test)]
mod tests;
