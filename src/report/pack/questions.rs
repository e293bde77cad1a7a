//! What to ask each agency before or at the meeting, in the words of the letters; and room for what it can offer.

use std::collections::BTreeMap;

use super::document::{Block, Grid, Section};
use super::words::or_dash;
use super::{Pack, flags};
use crate::model::supply::Request;
use crate::model::words::{AgencyKind, RequestResult};
use crate::reliance::{Questions, questions};

/// The questions by agency.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new(
        "questions",
        "Questions for each agency, and what it can offer",
    );
    let mut asked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let letters = letters(pack);
    for letter in &letters {
        // in the row of an agency its own numbers need no name before them
        let before = format!("{}:", letter.agency);
        let texts = letter
            .questions
            .iter()
            .map(|question| question.text.replace(&before, ""));
        asked.entry(&letter.name).or_default().extend(texts);
    }
    for request in &pack.view.picture.supplied.requests {
        if let Some(line) = open(pack, request) {
            asked
                .entry(pack.agency(&request.asked))
                .or_default()
                .push(line);
        }
    }
    let own = pack.view.picture.settings.own_agency.as_ref();
    if let Some(own) = own.filter(|_| pack.is_for_own()) {
        let numbers = flags::naming(pack, own);
        if !numbers.is_empty() {
            let line = format!("To settle in its own records: {}.", numbers.join(", "));
            asked.entry(pack.agency(own)).or_default().push(line);
        }
    }
    let known = pack.known_agencies();
    let reader = pack.view.recipient().filter(|_| !pack.is_for_own());
    for agency in &pack.view.picture.supplied.agencies {
        // what others are asked is between them and the agency that asks
        let is_asked = reader.is_none() || pack.view.is_recipient(&agency.id);
        if known.contains(&agency.id) && agency.kind != AgencyKind::Family && is_asked {
            asked.entry(&agency.name).or_default();
        }
    }
    let mut table = Grid::new(
        "questions",
        "The last column is filled in by the agency or at the meeting.",
        &["Agency", "To ask", "What it can offer, and by when"],
    );
    for (agency, questions) in asked {
        let questions = match questions.as_slice() {
            [] => "No question is open.".to_owned(),
            some => some.join("\n"),
        };
        table
            .rows
            .push(vec![agency.to_owned(), questions, String::new()]);
    }
    if table.rows.is_empty() {
        section.say("No question is open. Please write down what you can offer, and by when.");
        section.blocks.push(Block::Lines(3));
    } else {
        section.table(table);
    }
    if reader.is_some() {
        section.heading = "Questions for you, and what you can offer".to_owned();
        section
            .say("Other agencies have questions of their own. Their answers come to the meeting.");
    }
    section
}

/// The letters: for the agency that prepares the pack all of them, for another one its own, and for the table those that rest
/// on what is open to all of it.
fn letters(pack: &Pack<'_>) -> Vec<Questions> {
    let picture = pack.view.picture;
    if let Some(recipient) = pack.view.recipient() {
        return picture.questions(Some(recipient));
    }
    let flags = picture.flags.flags.iter();
    let shown = flags.filter(|flag| pack.view.shows_flag(flag));
    let of = (&*picture.supplied, &*picture.people, &*picture.timeline);
    let mut letters = questions(of, shown, picture.settings.own_agency.as_ref());
    let known = pack.known_agencies();
    letters.retain(|letter| known.iter().any(|id| id.as_str() == letter.agency));
    letters
}

/// A request that has no answer, or was answered by withholding. The words of a question are between the two agencies.
fn open(pack: &Pack<'_>, request: &Request) -> Option<String> {
    let is_withheld = request.result.is(RequestResult::Withheld);
    let is_open = request.result.is_blank() || request.result.is(RequestResult::NoReply);
    let is_party = pack.is_party(request);
    if !(is_open || is_withheld) || !(is_party || pack.is_for_own()) {
        return None;
    }
    let words = if is_party && !request.question.trim().is_empty() {
        format!(": \u{201c}{}\u{201d}", request.question.trim())
    } else {
        String::new()
    };
    let state = if is_open {
        "without a reply"
    } else {
        "answered by withholding"
    };
    Some(format!(
        "Asked on {}, {state}{words}",
        or_dash(&request.asked_on)
    ))
}
