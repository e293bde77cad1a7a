//! Goes from one form of a view to another, and gives each its own meaning of the keys that move.

use crate::tui::action::{Action, View};
use crate::tui::form::{Form, FormRow};
use crate::tui::keymap::{Binding, Context};
use crate::tui::model::{Model, Pane};
use crate::tui::msg::Effect;

use super::{filter, lanes, opening};

/// Shows the next form of the view.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let form = model.place().form.after(model.view);
    let effects = show(model, form);
    model.status = format!("{}. v: another way to see it.", form.name());
    effects
}

/// Shows the view in a form; what is selected stays so where the form shows it too.
pub fn show(model: &mut Model, form: Form) -> Vec<Effect> {
    let was = model.selected();
    let place = model.place_mut();
    place.form = form;
    place.pane = Pane::List;
    if model.view == View::Timeline {
        if form == Form::Lanes {
            lanes::enter(model);
        }
        return Vec::new();
    }
    let place = model.place_mut();
    (place.at, place.top, place.scroll) = (0, 0, 0);
    let effects = filter::again(model, None);
    let _ = was;
    effects
}

/// Goes where an action has a meaning, and does it.
pub fn reach(model: &mut Model, binding: Binding) -> Vec<Effect> {
    let mut effects = Vec::new();
    let (view, form) = match binding.context {
        Context::In(view) => (Some(view), None),
        Context::Of(form) => (form.view(), Some(form)),
        _ => (None, None),
    };
    if let Some(view) = view.filter(|view| *view != model.view) {
        opening::go(model, view);
    }
    if let Some(form) = form.filter(|form| *form != model.place().form) {
        effects = show(model, form);
    }
    effects.extend(super::perform(model, binding.action));
    effects
}

/// Left and right.
pub fn sideways(model: &mut Model, action: Action) {
    perform(model, action);
}

/// Does what a key that moves means in the form; false where it means what it means in every list.
pub fn perform(model: &mut Model, action: Action) -> bool {
    match model.place().form {
        Form::Lanes => lanes::perform(model, action),
        _ => return false,
    }
    true
}

/// Brings what is selected in the form into sight. Runs after every message.
pub fn settle(model: &mut Model) {
    if model.picture.is_some() && model.place().form == Form::Lanes {
        lanes::settle(model);
    }
}

/// The facts behind a row of a form; `None` where it opens something else or nothing.
pub fn facts(model: &mut Model, row: FormRow) -> Option<Vec<usize>> {
    let _ = (model, row);
    None
}
