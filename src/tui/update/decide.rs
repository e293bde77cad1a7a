//! Hands decisions out, one step at a time, and shows what became of them: nothing is shown that is not written.

use crate::model::decision::Verdict;
use crate::picture::Since;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::{Effect, Held, Then};

/// Decides these together, as one step that undo takes back whole.
pub fn together(verdicts: Vec<Verdict>, why: &str, then: Then) -> Vec<Effect> {
    if verdicts.is_empty() {
        return Vec::new();
    }
    vec![Effect::Decide {
        verdicts,
        why: why.to_owned(),
        then,
    }]
}

/// As [`together`], with nothing but words to show.
pub fn and_say(verdicts: Vec<Verdict>, why: &str, said: String) -> Vec<Effect> {
    let then = Then {
        said,
        marks: Vec::new(),
    };
    together(verdicts, why, then)
}

/// Decisions are written: the text or choice that led to them is done with, and the picture is computed.
pub fn on_decided(model: &mut Model, then: Then, held: Held, since: Since) -> Vec<Effect> {
    if matches!(
        model.overlay,
        Some(
            Overlay::Text(..)
                | Overlay::Choice(_)
                | Overlay::Pick(_)
                | Overlay::OneLine(_)
                | Overlay::Share(_)
        )
    ) {
        model.overlay = None;
    }
    super::audit::grew(model);
    model.writing = false;
    model.held = held;
    model.status = then.said;
    model.pending.extend(then.marks);
    compute(model, since)
}

/// Decisions were taken back or done again.
pub fn on_turned(model: &mut Model, said: String, held: Held, since: Since) -> Vec<Effect> {
    super::audit::grew(model);
    model.writing = false;
    model.held = held;
    model.status = said;
    model.pending.clear();
    compute(model, since)
}

/// Computes the picture after a stop, as far as any decision may have changed it.
pub fn again(model: &mut Model) -> Vec<Effect> {
    compute(model, Since::Citations)
}

/// Has the picture computed as far as this changes it.
pub fn compute(model: &mut Model, since: Since) -> Vec<Effect> {
    model.jobs += 1;
    model.computing = Some(model.jobs);
    model.ticks = 0;
    let job = model.jobs;
    vec![Effect::Compute { job, since }]
}
