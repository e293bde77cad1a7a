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
    let is_for_reader = pack.view.recipient().is_some() && !pack.is_for_own();
    let heading = if is_for_reader {
        "Questions for you, and what you can offer"
    } else {
        "Questions for each agency, and what it can offer"
    };
    let mut section = Section::new("questions", heading);
    let mut table = Grid::new(
        "questions",
        "The last column is filled in by the agency or at the meeting.",
        &["Agency", "To ask", "What it can offer, and by when"],
    );
    for (agency, questions) in asked(pack, is_for_reader) {
        let questions = match questions.as_slice() {
            [] => "No question is open.".to_owned(),
            some => some.join("\n"),
        };
        table.rows.push(vec![agency, questions, String::new()]);
    }
    if table.rows.is_empty() {
        section.say("No question is open. Please write down what you can offer, and by when.");
        section.blocks.push(Block::Lines(3));
    } else {
        section.table(table);
    }
    if is_for_reader {
        section
            .say("Other agencies have questions of their own. Their answers come to the meeting.");
    }
    section
}

/// What to ask each agency by its name; what others are asked is between them and the agency that asks.
fn asked(pack: &Pack<'_>, is_for_reader: bool) -> BTreeMap<String, Vec<String>> {
    let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for letter in letters(pack) {
        // in the row of an agency its own numbers need no name before them
        let before = format!("{}:", letter.agency);
        let texts = letter.questions.iter();
        let texts = texts.map(|question| question.text.replace(&before, ""));
        asked.entry(letter.name.clone()).or_default().extend(texts);
    }
    for request in &pack.view.picture.supplied.requests {
        if let Some(line) = open(pack, request) {
            let name = pack.agency(&request.asked).to_owned();
            asked.entry(name).or_default().push(line);
        }
    }
    let own = pack.view.picture.settings.own_agency.as_ref();
    if let Some(own) = own.filter(|_| pack.is_for_own()) {
        let numbers = flags::naming(pack, own);
        if !numbers.is_empty() {
            let line = format!("To settle in its own records: {}.", numbers.join(", "));
            asked
                .entry(pack.agency(own).to_owned())
                .or_default()
                .push(line);
        }
    }
    let known = pack.known_agencies();
    for agency in &pack.view.picture.supplied.agencies {
        let is_asked = !is_for_reader || pack.view.is_recipient(&agency.id);
        if known.contains(&agency.id) && agency.kind != AgencyKind::Family && is_asked {
            asked.entry(agency.name.clone()).or_default();
        }
    }
    asked
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
