//! What analysts decided about pairs of records: the decisions that stand, put together a pair.

use std::collections::BTreeMap;

use super::prepare::Description;
use crate::model::decision::{Decision, Sameness, Verdict, standing};
use crate::model::id::RecordId;
use crate::model::supply::Supplied;

/// What holds for a pair after all decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The same person, says this analyst.
    Same(String),
    /// Different persons, says this analyst.
    Different(String),
    /// Not sure, says this analyst.
    NotSure(String),
    /// One analyst says the same, another says different.
    Disputed(String, String),
}

/// What holds for each decided pair, by positions in the order of the record ids, the smaller first.
pub type Verdicts = BTreeMap<(usize, usize), Settled>;

/// Puts the standing decisions together. A later decision of the same analyst replaces the earlier one.
pub fn settle(supplied: &Supplied, all: &[Description], decisions: &[Decision]) -> Verdicts {
    let find = |id: &RecordId| {
        all.binary_search_by(|one| supplied.records[one.index].id.cmp(id))
            .ok()
    };
    let mut said: BTreeMap<(usize, usize), Vec<(&str, Sameness)>> = BTreeMap::new();
    for decision in standing(decisions) {
        let Verdict::Persons { left, right, same } = &decision.verdict else {
            continue;
        };
        let Some((a, b)) = find(left).zip(find(right)).filter(|(a, b)| a != b) else {
            continue;
        };
        let list = said.entry((a.min(b), a.max(b))).or_default();
        list.retain(|(by, _)| *by != decision.by);
        list.push((&decision.by, *same));
    }
    said.into_iter()
        .filter_map(|(pair, list)| together(&list).map(|settled| (pair, settled)))
        .collect()
}

fn together(list: &[(&str, Sameness)]) -> Option<Settled> {
    let latest = |wanted: Sameness| {
        list.iter()
            .rev()
            .find(|(_, same)| *same == wanted)
            .map(|(by, _)| (*by).to_owned())
    };
    match (
        latest(Sameness::Same),
        latest(Sameness::Different),
        latest(Sameness::NotSure),
    ) {
        (Some(same), Some(different), _) => Some(Settled::Disputed(same, different)),
        (Some(by), None, _) => Some(Settled::Same(by)),
        (None, Some(by), _) => Some(Settled::Different(by)),
        (None, None, by) => by.map(Settled::NotSure),
    }
}
