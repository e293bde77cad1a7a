//! The only place where the state changes: a message comes in, effects go out. No I/O, and nothing here can fail.

mod able;
mod decide;
mod filter;
mod moving;
mod opening;
mod people;
mod timeline;
mod typing;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use able::{why_not, why_not_under};
pub use moving::settle;

use super::action::Action;
use super::index::Index;
use super::keymap::{self, Context, Key};
use super::model::{Model, Overlay};
use super::msg::{Effect, Msg};
use super::tour;
use crate::picture::Picture;

/// Takes in what happened, and says what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = match msg {
        Msg::Key(key) => on_key(model, key),
        Msg::Do(action) => perform(model, action),
        Msg::Resize(width, height) => {
            model.size = (width, height);
            Vec::new()
        }
        Msg::Tick => {
            model.ticks = model.ticks.wrapping_add(1);
            Vec::new()
        }
        Msg::Progress(progress) => {
            if model.picture.is_none() {
                model.loading = Some(progress);
            }
            Vec::new()
        }
        Msg::PictureReady(job, picture, index) => on_picture(model, job, picture, index),
        Msg::Failed(job, problem) => on_failed(model, job, problem),
        Msg::Filtered(job, shown) => {
            if model.filtering == Some(job) {
                filter::show(model, shown);
            }
            Vec::new()
        }
        Msg::Undone(words) => {
            model.status = if words.is_empty() {
                "There is nothing to take back.".to_owned()
            } else {
                format!("Taken back: {words}.")
            };
            Vec::new()
        }
        Msg::Pasted(text) => typing::paste(model, &text),
        Msg::Note(text) => {
            model.status = text;
            Vec::new()
        }
    };
    settle(model);
    effects
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let context = model.context();
    model.status.clear();
    if let Some(action) = keymap::action(context, key) {
        if !matches!(action, Action::Leave) {
            model.is_leaving = false;
        }
        return perform(model, action);
    }
    match (context, key) {
        (Context::Typing, Key::Char(c)) => typing::letter(model, c),
        (Context::In(_), Key::Char(_) | Key::Ctrl(_)) => {
            model.status = format!("{} does nothing here. ? explains the keys.", key.name());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Does what a user asked for, or says why it cannot be done now.
pub fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(reason) = why_not(model, action) {
        reason.clone_into(&mut model.status);
        return Vec::new();
    }
    if model.overlay.is_some()
        && let Some(effects) = typing::perform(model, action)
    {
        return effects;
    }
    if model.overlay.is_none() && is_deciding(action) && model.by.trim().is_empty() {
        model.overlay = Some(Overlay::Name(String::new(), action));
        return Vec::new();
    }
    match action {
        Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last => {
            moving::perform(model, action);
        }
        Action::OtherPane => moving::other_pane(model),
        Action::Open => return opening::open(model),
        Action::Back => return opening::back(model),
        Action::Leave => return opening::leave(model),
        Action::Quit => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Go(view) => opening::go(model, view),
        Action::Filter => model.overlay = Some(Overlay::Search),
        Action::Palette => model.overlay = Some(Overlay::Palette(String::new(), 0)),
        Action::Help => model.overlay = Some(Overlay::Help(0)),
        Action::Mark => return timeline::mark(model),
        Action::ConfirmEcho => return timeline::echo(model, true),
        Action::RejectEcho => return timeline::echo(model, false),
        Action::Flagged => return timeline::flagged(model),
        Action::Same | Action::Different | Action::NotSure => return people::decide(model, action),
        Action::Explain => typing::explain(model),
        Action::Undo => return decide::undo(model),
        Action::Again => return decide::again(model),
        Action::Tour => tour::step(model),
        Action::Colours => {
            model.theme = model.theme.next();
            model.status = format!("Colours: {}.", model.theme.name());
        }
        Action::Accept | Action::Rubout | Action::Clear => {}
    }
    Vec::new()
}

/// Whether an action settles something, so that a name must stand by it.
fn is_deciding(action: Action) -> bool {
    matches!(
        action,
        Action::Mark
            | Action::ConfirmEcho
            | Action::RejectEcho
            | Action::Same
            | Action::Different
            | Action::NotSure
            | Action::Explain
    )
}

fn on_picture(
    model: &mut Model,
    job: u64,
    picture: Arc<Picture>,
    index: Arc<Index>,
) -> Vec<Effect> {
    if job != 0 && job <= model.stopped {
        return Vec::new();
    }
    let selected = model.picture.as_ref().and_then(|(picture, _)| {
        let place = model.places.get(super::action::View::Timeline.index())?;
        let fact = picture.timeline.facts.get(*place.shown.get(place.at)?)?;
        Some(fact.id.clone())
    });
    let is_first = model.picture.is_none();
    model.picture = Some((picture, index));
    model.loading = None;
    if model.computing.is_none_or(|latest| latest <= job) {
        model.computing = None;
        model.is_behind = false;
        model.pending.clear();
    }
    let effects = filter::all_again(model);
    timeline::select(model, selected.as_ref());
    if is_first && model.tour.is_some() {
        model.tour = Some(0);
    }
    effects
}

fn on_failed(model: &mut Model, job: u64, problem: String) -> Vec<Effect> {
    if model.picture.is_none() {
        model.failure = Some(problem);
        return vec![Effect::Quit];
    }
    if job > model.stopped {
        if model.computing == Some(job) {
            model.computing = None;
            model.is_behind = true;
        }
        if model.filtering == Some(job) {
            model.filtering = None;
        }
        model.status = format!("{problem} The picture is as it was before.");
    }
    Vec::new()
}
