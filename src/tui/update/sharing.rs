//! Share or not: what is selected, for whom, question by question to a record that is kept. "Decided not to share" is kept
//! like the other.

use crate::model::decision::Verdict;
use crate::model::id::{AgencyId, EntryId};
use crate::model::settings::Recipient;
use crate::model::words::Threshold;
use crate::picture::{self, Picture};
use crate::sharing::flow::{Next, Subject};
use crate::sharing::{Answer, Viewing, may_see};
use crate::tui::index::Row;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::{Effect, Then};
use crate::tui::pick::{Handing, Picking};
use crate::tui::sheet::Sheet;

use super::{picking, requests};

/// Asks with whom what is selected would be shared; what a request or consultation is about goes to whoever it was with.
pub fn start(model: &mut Model) {
    let Some((picture, _)) = &model.picture else {
        return;
    };
    let supplied = &picture.supplied;
    let (handing, recipient) = match model.selected() {
        Some(Row::Fact(at)) => (of_fact(picture, at), None),
        Some(Row::Request(at)) => match supplied.requests.get(at) {
            Some(request) => {
                let about = format!("request {}: {}", request.id, request.question);
                (handing(about), Some(request.asked.as_str().to_owned()))
            }
            None => return,
        },
        Some(Row::Consultation(at)) => match supplied.consultations.get(at) {
            Some(one) => {
                let about = format!("consultation {}: {}", one.id, one.question);
                (handing(about), Some(one.consulted.as_str().to_owned()))
            }
            None => return,
        },
        _ => return,
    };
    match recipient {
        Some(recipient) => with(model, handing, recipient),
        None => picking::open(model, Picking::ShareWith(handing)),
    }
}

fn handing(about: String) -> Handing {
    Handing {
        about,
        ..Handing::default()
    }
}

fn of_fact(picture: &Picture, at: usize) -> Handing {
    let fact = picture.timeline.facts.get(at);
    let entries = fact.map_or(&[][..], |fact| &fact.entries).iter();
    let entries = entries.filter_map(|at| picture.supplied.entries.get(*at));
    let mut entries: Vec<EntryId> = entries.map(|entry| entry.id.clone()).collect();
    entries.sort();
    Handing {
        entries,
        fact: Some(at),
        about: picture.text(at).to_owned(),
    }
}

/// Takes the recipient, and asks for what.
pub fn with(model: &mut Model, handing: Handing, recipient: String) {
    picking::open(model, Picking::ShareFor(handing, recipient));
}

/// Begins the questions, or goes on with those that were left.
pub fn begin(model: &mut Model, handing: Handing, recipient: String, purpose: Option<Threshold>) {
    let Some((picture, _)) = &model.picture else {
        return;
    };
    let subject = Subject {
        barrier: barrier(model, picture, &handing, (&recipient, purpose)),
        entries: handing.entries,
        about: handing.about,
        recipient,
        on: requests::today(model, picture),
        decided_by: model.by.clone(),
    };
    let left = model.left_sheets.iter();
    let left = left.enumerate().find(|(_, sheet)| sheet.is_about(&subject));
    let sheet = match left.map(|(at, _)| at) {
        Some(at) => {
            "You were here before: your answers are still there.".clone_into(&mut model.status);
            Sheet {
                subject,
                ..model.left_sheets.remove(at)
            }
        }
        None => Sheet::new(subject),
    };
    model.overlay = Some(Overlay::Share(Box::new(sheet)));
}

/// Why, on what is recorded, the recipient may not see it. Somebody who is no agency of the case sees what an agency outside
/// it would.
fn barrier(
    model: &Model,
    picture: &Picture,
    handing: &Handing,
    (recipient, purpose): (&str, Option<Threshold>),
) -> Option<String> {
    let known = picture::recipient(recipient, &picture.supplied);
    let who = known.unwrap_or_else(|| Recipient::Agency(AgencyId::new(recipient)));
    let viewing = Viewing {
        recipient: Some(&who),
        purpose,
        date: requests::today(model, picture),
    };
    match may_see(picture.conditions.get(handing.fact?)?, &viewing) {
        Answer::Yes => None,
        Answer::No(because) => Some(because),
    }
}

/// Takes an answer; at the end keeps the record, if there is one.
pub fn accept(model: &mut Model, mut sheet: Box<Sheet>) -> Vec<Effect> {
    let Some((picture, _)) = model.picture.clone() else {
        return Vec::new();
    };
    let flow = sheet.flow(&picture.vocabulary);
    let Next::Ended(end) = flow.next() else {
        sheet.answer(&picture.vocabulary);
        model.overlay = Some(Overlay::Share(sheet));
        return Vec::new();
    };
    let Some(record) = flow.record() else {
        model.status = format!("Nothing was kept. {}", end.sentence());
        return Vec::new();
    };
    let evidence = flow.evidence();
    let what = if record.is_shared {
        "Kept: shared with"
    } else {
        "Kept: decided not to share with"
    };
    let said = format!("{what} {}. u takes it back.", sheet.subject.recipient);
    model.overlay = Some(Overlay::Share(sheet));
    vec![Effect::DecideOn {
        verdict: Verdict::Shared(Box::new(record)),
        evidence,
        why: end.sentence().to_owned(),
        then: Then {
            said,
            marks: Vec::new(),
        },
    }]
}

/// Rubs a letter out, or takes the last answer back when nothing is typed.
pub fn rub_out(sheet: &mut Sheet) {
    sheet.at = 0;
    if sheet.typed.pop().is_none() {
        sheet.back();
    }
}

/// Goes on with questions that were half answered when the case was last left: on the day that it is, by whoever answers now.
pub fn go_on(model: &mut Model, subject: Subject, answers: Vec<String>, typed: String) {
    let Some((picture, _)) = &model.picture else {
        return;
    };
    let subject = Subject {
        on: requests::today(model, picture),
        decided_by: model.by.clone(),
        ..subject
    };
    let sheet = Sheet::of_draft(subject, answers, typed);
    model.overlay = Some(Overlay::Share(Box::new(sheet)));
    "You were answering these when the case was last left. Esc leaves them for later."
        .clone_into(&mut model.status);
}

/// Leaves the sheet: nothing is decided, and the answers wait.
pub fn leave(model: &mut Model, sheet: Box<Sheet>) {
    if sheet.draft().is_none() {
        return;
    }
    model.left_sheets.push(*sheet);
    "Nothing is decided, and your answers are kept. S on the same, for the same, goes on."
        .clone_into(&mut model.status);
}
