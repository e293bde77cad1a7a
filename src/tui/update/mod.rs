//! The only place where the state changes: a message comes in, effects go out. No I/O, and nothing here can fail.

mod able;
mod adding;
mod audit;
mod columns;
mod decide;
mod filter;
pub mod forms;
mod knock;
pub mod lanes;
mod lock;
mod mouse;
mod moving;
mod news;
mod opening;
mod pack;
mod people;
mod persons;
mod picking;
pub mod requests;
mod sharing;
mod timeline;
mod typing;
mod viewing;
mod writing;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_adding;
#[cfg(test)]
mod tests_desk;
#[cfg(test)]
mod tests_forms;
#[cfg(test)]
mod tests_kept;
#[cfg(test)]
mod tests_sharing;
#[cfg(test)]
mod tests_viewing;

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use able::WRITING;
pub use able::{why_not, why_not_under};
pub use adding::offers;
pub use moving::settle;

use super::action::Action;
use super::choice::Choosing;
use super::index::Index;
use super::keymap::{self, Context, Key};
use super::lock::Cause;
use super::model::{Model, Overlay};
use super::msg::{Effect, Msg};
use super::pick::Picking;
use super::{left, tour};
use crate::picture::Picture;

/// Takes in what happened, and says what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Key(key) => on_key(model, key),
        Msg::Do(action) if model.lock.is_some() && action != Action::Suspend => Vec::new(),
        Msg::Do(action) => perform(model, action),
        Msg::PictureReady(job, picture, index) => on_picture(model, job, picture, index),
        Msg::Failed(job, problem) => on_failed(model, job, problem),
        Msg::Filtered(job, shown) => {
            if model.filtering == Some(job) {
                filter::show(model, shown);
            }
            Vec::new()
        }
        Msg::Opened {
            is_kept,
            held,
            drafts,
        } => {
            (model.is_kept, model.held, model.drafts) = (is_kept, held, drafts);
            Vec::new()
        }
        Msg::Decided(then, held, since) => decide::on_decided(model, then, held, since),
        Msg::Turned(said, held, since) => decide::on_turned(model, said, held, since),
        Msg::NotWritten(problem) => {
            model.writing = false;
            model.status = format!("Not decided: {problem}");
            Vec::new()
        }
        Msg::Lock(cause) => lock::close(model, cause),
        Msg::Tried(job, is_right) => lock::on_tried(model, job, is_right),
        Msg::Pasted(text) if model.lock.is_some() => {
            lock::on_paste(model, &Zeroizing::new(text));
            Vec::new()
        }
        Msg::Pasted(text) => typing::paste(model, &text),
        Msg::Adding(news) => news::on_news(model, news),
        Msg::Mouse(mouse) => mouse::on_mouse(model, mouse),
        told => {
            take(model, told);
            Vec::new()
        }
    };
    follow(model, &effects);
    effects.extend(audit::wanted(model));
    effects.extend(pack::wanted(model));
    settle(model);
    effects
}

/// Takes in what only tells something, so that nothing is to be done.
fn take(model: &mut Model, msg: Msg) {
    match msg {
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Tick => model.ticks = model.ticks.wrapping_add(1),
        Msg::Progress(progress) if model.picture.is_none() => model.loading = Some(progress),
        Msg::Note(text) => model.status = text,
        Msg::PackReady(job, done) => pack::on_ready(model, job, done),
        Msg::PackWritten(done) => pack::on_written(model, done),
        Msg::LogRead(read) => audit::on_read(model, read),
        Msg::Today(day) => model.today = Some(day),
        _ => {}
    }
}

/// What follows from any message: nothing else is decided while something is written, and a text that is owed is offered.
fn follow(model: &mut Model, effects: &[Effect]) {
    let is_write = |effect: &Effect| {
        matches!(
            effect,
            Effect::Decide { .. } | Effect::DecideOn { .. } | Effect::Undo | Effect::Redo
        )
    };
    if effects.iter().any(is_write) {
        model.writing = true;
        model.ticks = 0;
    }
    if model.overlay.is_none() && model.view_as.is_none() {
        writing::offer_draft(model);
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    if model.lock.is_some() {
        return lock::on_key(model, key);
    }
    let context = model.context();
    model.status.clear();
    if let Some(action) = keymap::action(context, key) {
        if !matches!(action, Action::Leave) {
            model.is_leaving = false;
        }
        if let (Action::SwitchLetter, Key::Char(letter)) = (action, key) {
            knock::by_letter(model, letter);
            settle(model);
            return Vec::new();
        }
        return perform(model, action);
    }
    match (context, key) {
        (Context::Typing, Key::Char(c)) => typing::letter(model, c),
        (Context::In(_) | Context::Of(_) | Context::Adding, Key::Char(_) | Key::Ctrl(_)) => {
            model.status = able::nothing_here(context, key);
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
    if let Some(effects) = locking(model, action) {
        return effects;
    }
    if let Some(effects) = adding::perform(model, action) {
        return effects;
    }
    if model.overlay.is_some()
        && let Some(effects) = typing::perform(model, action)
    {
        return effects;
    }
    let needs_name = is_deciding(action) || action == Action::PackWrite;
    if model.overlay.is_none() && needs_name && model.by.trim().is_empty() {
        model.overlay = Some(Overlay::Name(String::new(), Some(action)));
        return Vec::new();
    }
    carry_out(model, action)
}

/// Hands an action that can be done to the file that does it.
#[expect(clippy::too_many_lines, reason = "a table: one line an action")]
fn carry_out(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last => {
            moving::perform(model, action);
        }
        Action::NextPart | Action::PreviousPart => moving::part(model, action),
        Action::OtherPane => moving::other_pane(model),
        Action::OtherForm => return forms::next(model),
        Action::Switch => knock::switch(model),
        Action::Only => picking::open(model, Picking::Only),
        Action::Split => persons::ask_split(model),
        Action::Join => persons::ask_join(model),
        Action::SwitchLetter => {
            "Press the capital letter that stands beside the agency.".clone_into(&mut model.status);
        }
        Action::AllOn => knock::all_on(model),
        Action::Left | Action::Right => forms::sideways(model, action),
        Action::ZoomIn | Action::ZoomOut | Action::NextFact | Action::PreviousFact => {
            lanes::perform(model, action);
        }
        Action::Open => return opening::open(model),
        Action::Back => return opening::back(model),
        Action::Leave => return opening::leave(model),
        Action::Quit => return vec![Effect::Quit],
        Action::Go(view) => opening::go(model, view),
        Action::Filter => model.overlay = Some(Overlay::Search),
        Action::Palette => model.overlay = Some(Overlay::Palette(String::new(), 0)),
        Action::Help => model.overlay = Some(Overlay::Help(0)),
        Action::Mark => return timeline::mark(model),
        Action::ConfirmEcho => return timeline::echo(model, true),
        Action::RejectEcho => return timeline::echo(model, false),
        Action::Flagged => return timeline::flagged(model),
        Action::Same | Action::Different | Action::NotSure => return people::decide(model, action),
        Action::Explain => writing::explain(model),
        Action::Note => writing::note(model),
        Action::Significance => writing::choose(model, Choosing::Significance),
        Action::Origin => writing::choose(model, Choosing::Origin),
        Action::MarkFor => writing::choose(model, Choosing::Conclusion),
        Action::ViewAs
        | Action::Verify
        | Action::Ask
        | Action::Reply
        | Action::Share
        | Action::PackMeeting
        | Action::PackWhom
        | Action::PackPurpose
        | Action::PackWrite => return picking::perform(model, action),
        Action::Undo => return vec![Effect::Undo],
        Action::Redo => return vec![Effect::Redo],
        Action::Again => return decide::again(model),
        Action::Tour => tour::step(model),
        Action::Colours => {
            model.theme = model.theme.next();
            model.status = format!("Colours: {}.", model.theme.name());
        }
        Action::AddFile if model.overlay.is_none() => return adding::open(model),
        Action::Mouse => return mouse::turn(model),
        // what a box takes is nothing without one, the keys of the wizard that adds a file among it
        Action::Accept
        | Action::Rubout
        | Action::Clear
        | Action::Lock
        | Action::Suspend
        | Action::AddFile
        | Action::Complete
        | Action::File(_) => {}
    }
    Vec::new()
}

/// Locks the screen, also before the shell has the terminal: whoever comes back may be somebody else.
fn locking(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Lock => Some(lock::close(model, Cause::Asked)),
        Action::Suspend => {
            let mut effects = lock::close(model, Cause::Left);
            effects.push(Effect::Suspend);
            Some(effects)
        }
        _ => None,
    }
}

/// Whether an action would write or change a text that is being written.
fn is_writing(action: Action, overlay: Option<&Overlay>) -> bool {
    match overlay {
        Some(
            Overlay::Text(..)
            | Overlay::Choice(_)
            | Overlay::Pick(_)
            | Overlay::OneLine(_)
            | Overlay::Share(_),
        ) => {
            matches!(action, Action::Accept | Action::Rubout | Action::Clear)
        }
        Some(_) => false,
        None => is_deciding(action) || action == Action::Again,
    }
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
            | Action::Split
            | Action::Join
            | Action::Explain
            | Action::Note
            | Action::Significance
            | Action::Origin
            | Action::MarkFor
            | Action::Ask
            | Action::Reply
            | Action::Share
            | Action::Undo
            | Action::Redo
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
    if !viewing::is_wanted(model, &index) {
        return Vec::new();
    }
    if let (Some(lens), Some((old, _))) = (&mut model.lens, &model.picture) {
        lens.follow(old, &index);
    }
    if model.loading.take().is_some() {
        // reading is over for good, and what may be computed again is the picture
        let seconds: f64 = picture.seconds.0.iter().map(|(_, seconds)| seconds).sum();
        model.took = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    }
    model.picture = Some((picture, index));
    if model.computing == Some(job) {
        model.took = left::TICK.saturating_mul(u32::try_from(model.ticks).unwrap_or(u32::MAX));
    }
    if model.computing.is_none_or(|latest| latest <= job) {
        model.computing = None;
        model.is_behind = false;
        model.pending.clear();
    }
    knock::count(model);
    audit::lay_out(model);
    pack::changed(model);
    let effects = filter::all_again(model);
    timeline::select(model, selected.as_ref());
    if is_first && model.tour.is_some() {
        model.tour = Some(0);
    }
    // who looks at what is withheld goes into the log of a case that is kept
    if is_first && model.is_kept && model.by.trim().is_empty() {
        model.overlay = Some(Overlay::Name(String::new(), None));
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
            if model.is_covered() {
                return viewing::give_up(model, &problem);
            }
        }
        if model.filtering == Some(job) {
            model.filtering = None;
        }
        model.status = format!("{problem} The picture is as it was before.");
    }
    Vec::new()
}
