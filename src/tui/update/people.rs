//! Answers the match queue: the same person, different persons, not sure.

use crate::model::decision::{Sameness, Verdict};
use crate::tui::action::Action;
use crate::tui::index::Row;
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::text;

use super::decide;

/// Decides about the selected pair.
pub fn decide(model: &mut Model, action: Action) -> Vec<Effect> {
    let (Some(Row::Pair(at)), Some((picture, _))) = (model.selected(), model.picture.clone())
    else {
        return Vec::new();
    };
    let records = &picture.supplied.records;
    let pair = picture.people.pairs.get(at);
    let Some((left, right)) =
        pair.and_then(|p| Some((records.get(p.left)?, records.get(p.right)?)))
    else {
        return Vec::new();
    };
    let (same, words) = match action {
        Action::Same => (Sameness::Same, "the same person"),
        Action::Different => (Sameness::Different, "different persons"),
        _ => (Sameness::NotSure, "not sure"),
    };
    let said = format!(
        "{} and {}: {words}. u takes it back.",
        text::safe(left.id.as_str()),
        text::safe(right.id.as_str())
    );
    let (left, right) = (
        left.id.clone().min(right.id.clone()),
        left.id.clone().max(right.id.clone()),
    );
    decide::and_say(vec![Verdict::Persons { left, right, same }], "", said)
}
