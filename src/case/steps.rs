//! Which decisions undo takes back, and which redo brings back. Both follow from the decisions alone, so they hold after
//! the case was closed and opened again. Each takes what the analyst who asks for it did: what another decided is not
//! taken back in passing, but decided otherwise.

use std::collections::HashMap;

use crate::model::decision::{Decision, Verdict};
use crate::model::id::DecisionId;

/// The decisions that undo takes back: those of the newest step of this analyst's that stands. What a decision brought from
/// another copy took back already is passed over.
pub fn to_undo(decisions: &[Decision], by: &str) -> Option<Vec<DecisionId>> {
    newest(decisions, Stacks::of(decisions).done, |one| one.by == by)
}

/// The withdrawals that redo takes back in their turn, the newest of this analyst's: none once something else was decided
/// after the undo.
pub fn to_redo(decisions: &[Decision], by: &str) -> Option<Vec<DecisionId>> {
    newest(decisions, Stacks::of(decisions).undone, |one| one.by == by)
}

/// Who decided last what can be taken back.
pub fn last_decided_by(decisions: &[Decision]) -> Option<&str> {
    who(decisions, Stacks::of(decisions).done)
}

/// Who last took something back that can be decided again.
pub fn last_taken_back_by(decisions: &[Decision]) -> Option<&str> {
    who(decisions, Stacks::of(decisions).undone)
}

/// Whose the newest of these steps is in which some decision stands.
fn who(decisions: &[Decision], steps: Vec<u32>) -> Option<&str> {
    let ids = newest(decisions, steps, |_| true)?;
    let of_step = decisions.iter().find(|one| ids.contains(&one.id));
    of_step.map(|one| one.by.as_str())
}

/// The decisions that stand of the newest of these steps in which some do that are asked for.
fn newest(
    decisions: &[Decision],
    mut steps: Vec<u32>,
    is_asked_for: impl Fn(&Decision) -> bool,
) -> Option<Vec<DecisionId>> {
    while let Some(step) = steps.pop() {
        let of_step = decisions
            .iter()
            .filter(|one| one.step == step && one.withdrawn_by.is_none() && is_asked_for(one));
        let ids: Vec<DecisionId> = of_step.map(|one| one.id.clone()).collect();
        if !ids.is_empty() {
            return Some(ids);
        }
    }
    None
}

/// Steps that can be taken back, and the withdrawals that can, the newest last.
#[derive(Default)]
struct Stacks {
    done: Vec<u32>,
    undone: Vec<u32>,
}

impl Stacks {
    /// Goes through the steps in order. Decisions brought from another copy are step 0 and are no step of this analyst's.
    fn of(decisions: &[Decision]) -> Self {
        let step_of: HashMap<&DecisionId, (u32, bool)> = decisions
            .iter()
            .map(|one| {
                let is_withdrawal = matches!(one.verdict, Verdict::Withdrawn { .. });
                (&one.id, (one.step, is_withdrawal))
            })
            .collect();
        let mut stacks = Self::default();
        let mut last = 0;
        for decision in decisions.iter().filter(|decision| decision.step > 0) {
            if decision.step == last {
                continue;
            }
            last = decision.step;
            let Verdict::Withdrawn { of } = &decision.verdict else {
                stacks.done.push(decision.step);
                stacks.undone.clear();
                continue;
            };
            match of.first().and_then(|id| step_of.get(id)) {
                // taking a withdrawal back: what it had taken back is done again
                Some((step, true)) => {
                    stacks.undone.retain(|one| one != step);
                    let again = withdrawn_steps(decisions, *step, &step_of);
                    stacks.done.extend(again);
                }
                Some((step, false)) => {
                    stacks.done.retain(|one| one != step);
                    stacks.undone.push(decision.step);
                }
                None => {}
            }
        }
        stacks
    }
}

/// The steps that a withdrawal took back.
fn withdrawn_steps(
    decisions: &[Decision],
    withdrawal: u32,
    step_of: &HashMap<&DecisionId, (u32, bool)>,
) -> Vec<u32> {
    let mut steps: Vec<u32> = decisions
        .iter()
        .filter(|decision| decision.step == withdrawal)
        .filter_map(|decision| match &decision.verdict {
            Verdict::Withdrawn { of } => Some(of),
            _ => None,
        })
        .flatten()
        .filter_map(|id| step_of.get(id).map(|(step, _)| *step))
        .collect();
    steps.dedup();
    steps
}
