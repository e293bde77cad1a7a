//! The first look round: five steps in the status line, each ending with the key that leads on.

use super::action::View;
use super::model::Model;

/// The steps: where one is, and what the status line says there. The next view's key is the way on.
const STEPS: [(View, &str); 5] = [
    (
        View::Overview,
        "What is open, then the family. Enter opens what lies behind a line. Now 4: what happened.",
    ),
    (
        View::Timeline,
        "All agencies, one list. Space relies on a fact, u takes it back. Now 3: who is who.",
    ),
    (
        View::People,
        "Under the queue: what agrees and what differs. s same, d different, n not sure. Now 5: what the draft leans on.",
    ),
    (
        View::Reliance,
        "What there is, beside what the draft leans on. Enter opens the facts. Now 6: flags.",
    ),
    (
        View::Flags,
        "What to check, and what would clear it. 7 to 9: sharing, pack, audit. ? explains keys and words.",
    ),
];

/// What the status line says; `None` when the tour does not run.
pub fn words(model: &Model) -> Option<String> {
    let step = model.tour?;
    let (_, words) = STEPS.get(step)?;
    Some(format!(
        "Tour {}/{}: {words} (Esc ends it)",
        step + 1,
        STEPS.len()
    ))
}

/// Starts the tour, or goes on to its next step.
pub fn step(model: &mut Model) {
    let next = model.tour.map_or(0, |step| step + 1);
    let Some((view, _)) = STEPS.get(next) else {
        model.tour = None;
        "That was the tour. t starts it again.".clone_into(&mut model.status);
        return;
    };
    model.tour = Some(next);
    model.view = *view;
}

/// Goes on when the view of the next step was opened.
pub fn arrived(model: &mut Model) {
    let next = model.tour.map(|step| step + 1);
    if let Some((view, _)) = next.and_then(|next| STEPS.get(next))
        && *view == model.view
    {
        model.tour = next;
    }
}
