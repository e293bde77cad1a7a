//! The pack: laid out when it is looked at, for a meeting and a recipient that are chosen, and written to a file that is named.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::phrase::Phrase;
use crate::model::settings::Recipient;
use crate::model::words::Threshold;
use crate::report::pack::Meeting;
use crate::tui::action::View;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Effect;
use crate::tui::oneline::{Filling, OneLine};
use crate::tui::pack::{Ask, Outline};
use crate::tui::pack_out::NotWritten;
use crate::tui::pick::Picking;

use super::{audit, filter, picking};

/// Asks for the pack where it is looked at and is not laid out as the case stands.
pub fn wanted(model: &mut Model) -> Vec<Effect> {
    let is_busy = model.computing.is_some() || model.writing || model.pack.job.is_some();
    if model.view != View::Pack || model.picture.is_none() || is_busy || model.is_covered() {
        return Vec::new();
    }
    let ask = asked(model);
    if model.pack.is_settled && ask == model.pack.ask {
        return Vec::new();
    }
    let Some(ask) = ask else {
        return Vec::new();
    };
    model.jobs += 1;
    model.pack.job = Some(model.jobs);
    if model.pack.ask.as_ref() != Some(&ask) {
        model.pack.outline = None;
    }
    model.pack.ask = Some(ask.clone());
    lay_out(model);
    vec![Effect::LayOut {
        job: model.jobs,
        ask,
    }]
}

/// Which pack is wanted: what was chosen; else a strategy discussion for the recipient in force, else for the own agency. While
/// the screen is viewed as somebody it is theirs.
fn asked(model: &Model) -> Option<Ask> {
    let (picture, _) = model.picture.as_ref()?;
    let settings = &picture.settings;
    let chosen = model.pack.ask.clone();
    let meeting = chosen
        .as_ref()
        .map_or(Meeting::StrategyDiscussion, |ask| ask.meeting);
    if let Some(view_as) = &model.view_as {
        let purpose = view_as.purpose.or(Some(meeting.threshold()));
        let whom = Some(view_as.recipient.clone());
        return Some(Ask {
            meeting,
            whom,
            purpose,
        });
    }
    let default = || {
        let own = settings.own_agency.clone().map(Recipient::Agency);
        let first = picture.supplied.agencies.first();
        let first = first.map(|agency| Recipient::Agency(agency.id.clone()));
        let whom = settings.recipient.clone().or(own).or(first)?;
        Some(Ask {
            meeting,
            whom: Some(whom),
            purpose: settings.purpose.or(Some(meeting.threshold())),
        })
    };
    chosen.or_else(default)
}

/// The picture changed, so that the pack is laid out anew when it is next looked at.
pub fn changed(model: &mut Model) {
    model.pack.is_settled = false;
    model.pack.job = None;
    lay_out(model);
}

/// The pack is laid out, or is not.
pub fn on_ready(model: &mut Model, job: u64, done: Result<Arc<Outline>, String>) {
    if model.pack.job != Some(job) {
        return;
    }
    model.pack.job = None;
    model.pack.is_settled = true;
    match done {
        Ok(outline) => model.pack.outline = Some(outline),
        Err(problem) => model.status = format!("The pack cannot be laid out: {problem}"),
    }
    lay_out(model);
}

/// Stops laying out, if that is going on where it is looked at.
pub fn stop(model: &mut Model) -> bool {
    if model.view != View::Pack || model.pack.job.take().is_none() {
        return false;
    }
    model.pack.is_settled = true;
    "Stopped. The pack is laid out again when you choose one.".clone_into(&mut model.status);
    lay_out(model);
    true
}

/// Takes another meeting; what it is for follows from it unless the case says something else.
pub fn meeting(model: &mut Model, meeting: Meeting) {
    let purpose = model
        .picture
        .as_ref()
        .and_then(|(picture, _)| picture.settings.purpose);
    let viewed = model.view_as.is_some();
    if let Some(mut ask) = asked(model) {
        ask.meeting = meeting;
        if !viewed {
            ask.purpose = purpose.or(Some(meeting.threshold()));
        }
        set(model, ask);
    }
}

/// Takes another recipient; `None` is all who sit at the table.
pub fn whom(model: &mut Model, whom: Option<Recipient>) {
    if let Some(mut ask) = asked(model) {
        ask.whom = whom;
        set(model, ask);
    }
}

/// Takes another purpose.
pub fn purpose(model: &mut Model, purpose: Option<Threshold>) {
    if let Some(mut ask) = asked(model) {
        ask.purpose = purpose;
        set(model, ask);
    }
}

fn set(model: &mut Model, ask: Ask) {
    if model.pack.ask.as_ref() != Some(&ask) {
        model.pack.outline = None;
        model.pack.said.clear();
    }
    model.pack.ask = Some(ask);
    model.pack.job = None;
    model.pack.is_settled = false;
    lay_out(model);
}

/// Asks for the file. Its name says nothing but the meeting.
pub fn write(model: &mut Model) {
    let Some(ask) = &model.pack.ask else {
        return;
    };
    let text = format!("{}.html", ask.meeting.phrase());
    let of = Filling::PackFile;
    model.overlay = Some(Overlay::OneLine(OneLine { of, text }));
}

/// Takes the file, and writes.
pub fn to_file(model: &mut Model, typed: &str, is_forced: bool) -> Vec<Effect> {
    let typed = typed.trim();
    let Some(ask) = model.pack.ask.clone() else {
        return Vec::new();
    };
    if typed.is_empty() {
        write(model);
        "Type the name of a file first, or leave with Esc.".clone_into(&mut model.status);
        return Vec::new();
    }
    model.overlay = None;
    let path = PathBuf::from(typed);
    model.pack.writing = Some(path.clone());
    model.pack.said = format!("Writing {typed} …");
    lay_out(model);
    vec![Effect::WritePack {
        ask,
        path,
        is_forced,
    }]
}

/// The pack is written, or is not.
pub fn on_written(model: &mut Model, done: Result<(), NotWritten>) {
    let Some(path) = model.pack.writing.take() else {
        return;
    };
    model.pack.said.clear();
    match done {
        Ok(()) => {
            let logged = if model.is_kept {
                ", and the log says so"
            } else {
                ""
            };
            model.pack.said = format!("Written: {}{logged}.", path.display());
            model.status.clone_from(&model.pack.said);
            audit::grew(model);
        }
        Err(NotWritten::Exists(path)) => {
            if model.overlay.is_none() {
                picking::open(model, Picking::Overwrite(path));
            } else {
                model.status = format!("Not written: {} exists.", path.display());
            }
        }
        Err(NotWritten::Because(problem)) => {
            model.pack.said = format!("Not written: {problem}");
            model.status.clone_from(&model.pack.said);
        }
    }
    lay_out(model);
}

/// Lays the rows of the pack out anew.
pub fn lay_out(model: &mut Model) {
    model.pack_rows = crate::tui::rows::pack::rows(model);
    let view = model.view;
    model.view = View::Pack;
    filter::again(model, None);
    model.view = view;
}
