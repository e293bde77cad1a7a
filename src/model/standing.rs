//! Which decisions stand: what was taken back, what was brought back, and what two copies of a case decided differently.

use std::collections::HashMap;

use super::decision::{Decision, Verdict};
use super::id::DecisionId;

/// The decisions of a case that stand, in the order they were made; those about other decisions are left out.
pub fn standing(decisions: &[Decision]) -> impl Iterator<Item = &Decision> {
    decisions.iter().filter(|decision| {
        decision.withdrawn_by.is_none() && !decision.verdict.is_about_decisions()
    })
}

/// Fills in which decisions stand. A decision is taken back by a later one that stands itself, so the last is looked at first.
pub fn settle(decisions: &mut [Decision]) {
    for decision in decisions.iter_mut() {
        decision.withdrawn_by = None;
    }
    let at: HashMap<DecisionId, usize> = decisions
        .iter()
        .enumerate()
        .map(|(at, decision)| (decision.id.clone(), at))
        .collect();
    for last in (0..decisions.len()).rev() {
        let (earlier, rest) = decisions.split_at_mut(last);
        let Some(decision) = rest.first().filter(|one| one.withdrawn_by.is_none()) else {
            continue;
        };
        let taken_back: Vec<usize> = match &decision.verdict {
            Verdict::Withdrawn { of } => of.iter().filter_map(|id| at.get(id).copied()).collect(),
            Verdict::Contested { one, .. } => of_matter(earlier, at.get(one)),
            _ => continue,
        };
        for target in taken_back {
            let target = earlier.get_mut(target);
            if let Some(target) = target.filter(|target| target.withdrawn_by.is_none()) {
                target.withdrawn_by = Some(decision.number);
            }
        }
    }
}

/// Everything decided so far on the matter of this decision: when it is contested, an answer from before both does not come
/// back into force either.
fn of_matter(earlier: &[Decision], decision: Option<&usize>) -> Vec<usize> {
    let matter = decision
        .and_then(|&at| earlier.get(at))
        .and_then(|decision| decision.verdict.matter());
    let Some(matter) = matter else {
        return Vec::new();
    };
    let decisions = earlier.iter().enumerate();
    decisions
        .filter(|(_, one)| one.verdict.matter().as_ref() == Some(&matter))
        .map(|(at, _)| at)
        .collect()
}

/// Matters on which two copies of the case decided differently and nobody has decided since: the two decisions of each.
pub fn contested(decisions: &[Decision]) -> Vec<(&Decision, &Decision)> {
    let find = |id: &DecisionId| decisions.iter().find(|decision| decision.id == *id);
    let mut open = Vec::new();
    for decision in decisions.iter().filter(|one| one.withdrawn_by.is_none()) {
        let Verdict::Contested { one, other } = &decision.verdict else {
            continue;
        };
        let (Some(one), Some(other)) = (find(one), find(other)) else {
            continue;
        };
        let matter = one.verdict.matter();
        let is_settled =
            standing(decisions).any(|later| matter.is_some() && later.verdict.matter() == matter);
        if !is_settled {
            open.push((one, other));
        }
    }
    open
}
