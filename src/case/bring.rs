//! Brings the decisions of another copy of a case into this one.
//!
//! Two analysts took a copy each and went on. What only the other decided is added; where both decided the same matter
//! differently, neither holds and it is a question again.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::decision::{Decision, Matter, Verdict, settle, standing};
use crate::model::id::DecisionId;

/// What bringing adds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// Decisions of the other copy that are not here yet, numbered on, in their order.
    pub added: Vec<Decision>,
    /// Pairs decided differently: ours and theirs.
    pub contested: Vec<(Decision, Decision)>,
}

/// Works out what the other copy's decisions add to ours. Both lists are as their copies have them.
///
/// A decision that the other copy knew and overruled is overruled here too; only what neither knew of the other can
/// be contested.
pub fn plan(ours: &[Decision], theirs: &[Decision]) -> Brought {
    let known: BTreeSet<&DecisionId> = ours.iter().map(|one| &one.id).collect();
    let known_there: BTreeSet<&DecisionId> = theirs.iter().map(|one| &one.id).collect();
    let first = ours.len() as u32 + 1;
    let new = theirs.iter().filter(|one| !known.contains(&one.id));
    let added = new.zip(first..).map(|(decision, number)| Decision {
        number,
        step: 0,
        withdrawn_by: None,
        ..decision.clone()
    });
    let (here, there) = (latest(ours), latest(theirs));
    let contested = there.iter().filter_map(|(matter, other)| {
        let one = here.get(matter)?;
        let differ = one.verdict != other.verdict;
        let unseen = !known_there.contains(&one.id) && !known.contains(&other.id);
        (differ && unseen).then(|| ((*one).clone(), (*other).clone()))
    });
    Brought {
        added: added.collect(),
        contested: contested.collect(),
    }
}

/// The verdicts that put what is contested to the question again.
pub fn questions(brought: &Brought) -> Vec<Verdict> {
    let pairs = brought.contested.iter();
    pairs
        .map(|(one, other)| Verdict::Contested {
            one: one.id.clone(),
            other: other.id.clone(),
        })
        .collect()
}

/// The decision that holds for each matter.
fn latest(decisions: &[Decision]) -> BTreeMap<Matter, &Decision> {
    let with_matter = standing(decisions).filter_map(|one| Some((one.verdict.matter()?, one)));
    with_matter.collect()
}

/// The decisions of a case after bringing, settled: ours, theirs, and the questions, made by `question`.
pub fn together(ours: &[Decision], brought: &Brought, questions: Vec<Decision>) -> Vec<Decision> {
    let mut all: Vec<Decision> = ours.iter().chain(&brought.added).cloned().collect();
    all.extend(questions);
    settle(&mut all);
    all
}
