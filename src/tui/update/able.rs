//! Says why something cannot be done now. The footer shows such a key dim, and the key answers with the reason.

use crate::model::person::Outcome;
use crate::tui::action::Action;
use crate::tui::index::Row;
use crate::tui::keymap::{self, Context, Key};
use crate::tui::model::{Model, Overlay};

/// Why nothing is decided now.
pub const WRITING: &str = "The last decision is still being written.";

/// What is said of a key that has no meaning in a place: where it has one, else what names the keys that have.
pub fn nothing_here(context: Context, key: Key) -> String {
    let elsewhere = keymap::elsewhere(key);
    let lead = match (context, elsewhere.as_slice()) {
        (Context::Adding, _) => {
            "The last line names the keys of this place; Esc leads back.".to_owned()
        }
        (_, []) => "? explains the keys of this place, : finds any action.".to_owned(),
        (_, places) => format!("It does in {}. ? explains the keys.", places.join(", ")),
    };
    format!("{} does nothing here. {lead}", key.name())
}

/// Why an action can do nothing now; `None` when it can.
pub fn why_not(model: &Model, action: Action) -> Option<&'static str> {
    why_not_under(model, action, model.overlay.as_ref())
}

/// The same with another overlay than the model's: the palette shows what can be done once it is gone.
pub fn why_not_under(
    model: &Model,
    action: Action,
    overlay: Option<&Overlay>,
) -> Option<&'static str> {
    let is_typing = overlay.is_some();
    if model.picture.is_none()
        && !matches!(
            action,
            Action::Back | Action::Leave | Action::Quit | Action::Suspend | Action::Lock
        )
    {
        return Some("The case is still being read.");
    }
    if let Some(reason) = super::forms::why_not(model, action).filter(|_| !is_typing) {
        return Some(reason);
    }
    if model.writing && super::is_writing(action, overlay) {
        return Some(WRITING);
    }
    if let Some(reason) = super::viewing::why_not(model, action, is_typing) {
        return Some(reason);
    }
    match action {
        Action::Mark
        | Action::ConfirmEcho
        | Action::RejectEcho
        | Action::Note
        | Action::Significance
        | Action::Origin
        | Action::MarkFor
            if !is_typing =>
        {
            fact(model, action)
        }
        Action::Same | Action::Different | Action::NotSure if !is_typing => pair(model, action),
        Action::Explain | Action::Open if !is_typing => row(model, action),
        Action::OtherPane if !is_typing && !model.has_detail() => Some("This view has one pane."),
        Action::Undo if !model.held.can_undo => {
            Some("Nothing is decided yet, so there is nothing to take back.")
        }
        Action::Redo if !model.held.can_redo => {
            Some("Nothing was taken back last, so there is nothing to do again.")
        }
        Action::Again if !model.is_behind => Some("The picture is up to date."),
        Action::Explain
        | Action::Same
        | Action::Different
        | Action::NotSure
        | Action::Mark
        | Action::Note
        | Action::Significance
        | Action::Origin
        | Action::MarkFor
            if matches!(overlay, Some(Overlay::Help(_))) =>
        {
            Some("Leave this page first: Esc.")
        }
        _ => None,
    }
}

fn row(model: &Model, action: Action) -> Option<&'static str> {
    match (action, model.selected()) {
        (Action::Explain, Some(Row::Flag(_))) => None,
        (Action::Explain, _) => Some("Select a flag first: 6 lists them."),
        (_, None) => Some("There is nothing here to open."),
        (_, Some(Row::Text(_))) => Some("Nothing lies behind this line."),
        (_, Some(_)) => None,
    }
}

fn fact(model: &Model, action: Action) -> Option<&'static str> {
    let Some(fact) = model.selected_fact() else {
        return Some("Select a fact first: 4 shows the timeline.");
    };
    if !matches!(action, Action::ConfirmEcho | Action::RejectEcho) {
        return None;
    }
    let (picture, _) = model.picture.as_ref()?;
    let is_suspected = picture
        .timeline
        .facts
        .get(fact)
        .is_some_and(|fact| !fact.suspected.is_empty());
    (!is_suspected).then_some("This fact is not suspected to repeat another.")
}

fn pair(model: &Model, action: Action) -> Option<&'static str> {
    let Some(Row::Pair(at)) = model.selected() else {
        return Some("Select a pair of records first: 3 lists them.");
    };
    let (picture, _) = model.picture.as_ref()?;
    let pair = picture.people.pairs.get(at)?;
    let is_machine = matches!(pair.decided_by.as_str(), "model" | "identifier" | "rule");
    match (action, pair.outcome, is_machine) {
        (Action::Same, Outcome::Linked, false) => Some("Already decided: the same person."),
        (Action::Different, Outcome::Separate, false) => {
            Some("Already decided: different persons.")
        }
        _ => None,
    }
}
