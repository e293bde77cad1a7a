//! Hands decisions out, one step at a time, and takes them back.

use crate::model::decision::Verdict;
use crate::tui::model::Model;
use crate::tui::msg::Effect;

/// Decides these together, as one step that undo takes back whole.
pub fn together(model: &mut Model, verdicts: Vec<Verdict>, why: &str, said: String) -> Vec<Effect> {
    if verdicts.is_empty() {
        return Vec::new();
    }
    model.steps.push(verdicts.len());
    model.decided += verdicts.len();
    model.status = said;
    let job = compute(model);
    vec![Effect::Decide {
        job,
        verdicts,
        why: why.to_owned(),
    }]
}

/// Takes back the last step, or the last decision when this session made none.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    let count = model.steps.pop().unwrap_or(1);
    model.decided = model.decided.saturating_sub(count);
    model.pending.clear();
    let job = compute(model);
    vec![Effect::Undo { job }]
}

/// Computes the picture after a stop.
pub fn again(model: &mut Model) -> Vec<Effect> {
    let job = compute(model);
    vec![Effect::Again { job }]
}

fn compute(model: &mut Model) -> u64 {
    model.jobs += 1;
    model.computing = Some(model.jobs);
    model.ticks = 0;
    model.jobs
}
