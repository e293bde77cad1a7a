//! Sharing: a request with its state, a consultation.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use super::sources::when;
use crate::model::id::RecordId;
use crate::model::supply::{Consultation, Request};
use crate::tui::rows::sharing::{is_open, is_overdue};
use crate::tui::text;

/// How a request stands, in a word or two.
pub fn state(scene: Scene<'_>, request: &Request) -> String {
    if is_overdue(request, scene.picture.as_of) {
        return format!("OVERDUE since {}", when(&request.due_on));
    }
    if is_open(request) {
        return "open".to_owned();
    }
    match request.result.text() {
        "" => "answered".to_owned(),
        result => result.to_owned(),
    }
}

/// A request in the list of sharing: its state first.
pub fn request_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let supplied = &scene.picture.supplied;
    let Some(request) = supplied.requests.get(at) else {
        return Line::default();
    };
    let state = state(scene, request);
    let style = if is_overdue(request, scene.picture.as_of) {
        scene.theme.flag(2)
    } else {
        scene.theme.bar()
    };
    let lead = format!("  {} ", text::pad(&state, 24));
    let agency = text::pad(supplied.agency_name(&request.asked), 16);
    let room = scene.width.saturating_sub(text::columns(&lead) + 17);
    let words = format!("{} ({})", request.question, when(&request.asked_on));
    Line::from(vec![
        Span::styled(lead, style),
        Span::raw(format!("{agency} ")),
        Span::raw(text::fit(&words, room)),
    ])
}

/// A consultation in a list.
pub fn consultation_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let supplied = &scene.picture.supplied;
    let Some(one) = supplied.consultations.get(at) else {
        return Line::default();
    };
    let lead = format!(
        "  {} {} ",
        text::pad(&when(&one.on), 10),
        text::pad(supplied.agency_name(&one.consulted), 18)
    );
    let room = scene.width.saturating_sub(text::columns(&lead));
    Line::from(vec![
        Span::styled(lead, scene.theme.bar()),
        Span::raw(text::fit(&plain(one), room)),
    ])
}

/// A consultation in plain words.
pub fn plain(one: &Consultation) -> String {
    format!("{} – {}", one.question, one.outcome)
}

/// What is known of a consultation.
pub fn consultation(scene: Scene<'_>, at: usize, page: &mut Page) {
    let supplied = &scene.picture.supplied;
    let Some(one) = supplied.consultations.get(at) else {
        return;
    };
    page.styled(&format!("Consultation {}", one.id), scene.theme.heading());
    let about: Vec<&str> = one.records.iter().map(RecordId::as_str).collect();
    for (label, value) in [
        ("asked by", one.by.clone()),
        ("of", supplied.agency_name(&one.consulted).to_owned()),
        ("who of it", one.person.clone()),
        ("on", when(&one.on)),
        ("how", one.how.text().to_owned()),
        ("setting", one.setting.text().to_owned()),
        ("about", about.join(", ")),
        ("question", one.question.clone()),
        ("heard", one.received.clone()),
        ("told in turn", one.given.clone()),
        ("outcome", one.outcome.clone()),
        ("a referral now", one.became_referral.text().to_owned()),
        ("family agreed", one.family_agreed.text().to_owned()),
        ("family told", text::told(&one.told)),
    ] {
        page.field(label, &value);
    }
}
