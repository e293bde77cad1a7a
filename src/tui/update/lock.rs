//! The keys at the lock, and what becomes of a try.

use crate::case::audit::Event;
use crate::tui::action::Action;
use crate::tui::keymap::{self, Context, Key};
use crate::tui::lock::{self, Cause, Lock};
use crate::tui::model::Model;
use crate::tui::msg::Effect;

/// Locks the screen; a lock that is there already stays as it is.
pub fn close(model: &mut Model, cause: Cause) -> Vec<Effect> {
    if model.lock.is_none() {
        model.lock = Some(Lock::new(cause));
    }
    vec![Effect::Wipe]
}

/// Takes a key at the lock: none of them reaches what lies under it.
pub fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = keymap::action(Context::Locked, key);
    match action {
        Some(Action::Quit) => return vec![Effect::Quit],
        Some(Action::Suspend) => return vec![Effect::Wipe, Effect::Suspend],
        Some(Action::Accept) => return open(model),
        _ => {}
    }
    let Some(lock) = &mut model.lock else {
        return Vec::new();
    };
    match (action, key) {
        (Some(Action::Rubout), _) => lock.typed.pop(),
        (Some(Action::Clear), _) => lock.typed.clear(),
        (None, Key::Char(letter)) if model.is_kept => lock.typed.push(letter),
        _ => {}
    }
    Vec::new()
}

/// Takes a pasted passphrase: one line end at its end is not part of it.
pub fn on_paste(model: &mut Model, pasted: &str) {
    let line = pasted.strip_suffix('\n').unwrap_or(pasted);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if let Some(lock) = model.lock.as_mut().filter(|_| model.is_kept) {
        line.chars().for_each(|letter| lock.typed.push(letter));
    }
}

/// Opens a case that has no passphrase; else tries what is typed, after the wait that wrong ones earned.
fn open(model: &mut Model) -> Vec<Effect> {
    let is_loading = model.picture.is_none();
    let Some(lock) = &mut model.lock else {
        return Vec::new();
    };
    if is_loading {
        "The case is still being read. Press Enter again in a moment.".clone_into(&mut lock.said);
        return Vec::new();
    }
    if !model.is_kept {
        model.lock = None;
        return Vec::new();
    }
    if lock.trying.is_some() {
        return Vec::new();
    }
    let Ok(passphrase) = lock.typed.take() else {
        "Type the passphrase of the case first.".clone_into(&mut lock.said);
        return Vec::new();
    };
    model.jobs += 1;
    lock.trying = Some(model.jobs);
    lock.said.clear();
    vec![Effect::Unlock {
        job: model.jobs,
        passphrase,
        wait: lock::wait(model.wrong),
    }]
}

/// A passphrase was tried.
pub fn on_tried(model: &mut Model, job: u64, tried: Result<bool, String>) -> Vec<Effect> {
    let Some(lock) = model.lock.as_mut().filter(|lock| lock.trying == Some(job)) else {
        return Vec::new();
    };
    lock.trying = None;
    match tried {
        Ok(true) => {
            model.lock = None;
            model.wrong = 0;
            return Vec::new();
        }
        Ok(false) => {}
        Err(problem) => {
            lock.said = format!("The passphrase could not be tried: {problem}");
            return Vec::new();
        }
    }
    model.wrong = model.wrong.saturating_add(1);
    let seconds = lock::wait(model.wrong).as_secs();
    let plural = if seconds == 1 { "" } else { "s" };
    lock.said = format!("Wrong passphrase. The next try takes {seconds} second{plural} longer.");
    vec![Effect::Log(Event::FailedUnlock { times: 1 })]
}
