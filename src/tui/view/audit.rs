//! The audit: a decision or a line of the log, in a list and with all that is known of it.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::model::decision::ShareRecord;
use crate::sharing::flow::{Thing, missing};
use crate::tui::decided::Decided;
use crate::tui::log::LogLine;
use crate::tui::text;

/// A decision in a list.
pub fn decision_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(one) = scene.index.decisions.get(at) else {
        return Line::default();
    };
    let (day, by) = if scene.width < 70 { (10, 10) } else { (16, 16) };
    let when = if one.when.is_empty() {
        "no time kept"
    } else {
        &one.when
    };
    let lead = format!("  {} {} ", text::pad(when, day), text::pad(&one.by, by));
    let state = if one.stands() { "" } else { "(taken back) " };
    let style = if one.stands() {
        scene.theme.plain()
    } else {
        scene.theme.dim()
    };
    let room = scene.width.saturating_sub(text::columns(&lead));
    Line::from(vec![
        Span::styled(lead, scene.theme.bar()),
        Span::styled(text::fit(&format!("{state}{}", one.words), room), style),
    ])
}

/// What is known of a decision.
pub fn decision(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(one) = scene.index.decisions.get(at) else {
        return;
    };
    page.styled(&one.words, scene.theme.heading());
    page.field("by", &one.by);
    page.field("when (UTC)", &one.when);
    page.field("why", &one.why);
    page.field("stands", &stands(one));
    if one.is_brought {
        page.field("from", "another copy of the case");
    }
    let count = one.facts.len();
    let facts = if count == 1 { "fact" } else { "facts" };
    page.field("concerns", &format!("{count} {facts}; Enter opens them"));
    page.field("number", &one.number.to_string());
    page.field("id", &one.id);
    if let Some(record) = &one.share {
        nine_things(record, page);
    }
    if !one.evidence.is_empty() {
        page.heading("What was shown when it was decided");
        for line in &one.evidence {
            page.item("-", line);
        }
    }
}

fn stands(one: &Decided) -> String {
    match &one.taken_back {
        None if one.is_withdrawal => "yes: it takes others back".to_owned(),
        None => "yes".to_owned(),
        Some((by, when)) if by.is_empty() => format!("no: taken back {when}").trim_end().to_owned(),
        Some((by, when)) => format!("no: taken back by {by} {when}")
            .trim_end()
            .to_owned(),
    }
}

/// The record of a decision to share or not, and which of the nine things that it needs are missing.
pub fn nine_things(record: &ShareRecord, page: &mut Page) {
    page.heading(if record.is_shared {
        "The record: shared"
    } else {
        "The record: decided not to share"
    });
    for thing in Thing::ALL {
        let words = match thing.of(record).trim() {
            "" => "(missing)",
            words => words,
        };
        page.item("-", &format!("{}: {words}", thing.phrase()));
    }
    let missing: Vec<&str> = missing(record).into_iter().map(Thing::phrase).collect();
    if !missing.is_empty() {
        page.item("!", &format!("Missing: {}.", missing.join("; ")));
    }
}

fn line_at(scene: Scene<'_>, at: usize) -> Option<&LogLine> {
    scene.model.log.lines.get(at)
}

/// A line of the log in a list.
pub fn log_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(line) = line_at(scene, at) else {
        return Line::default();
    };
    let (day, by) = if scene.width < 70 { (10, 10) } else { (16, 16) };
    let lead = format!(
        "  {} {} ",
        text::pad(&line.when, day),
        text::pad(&line.by, by)
    );
    let room = scene.width.saturating_sub(text::columns(&lead));
    let words = format!("{} {}", line.event, line.detail);
    Line::from(vec![
        Span::styled(lead, scene.theme.bar()),
        Span::raw(text::fit(&words, room)),
    ])
}

/// What is known of a line of the log.
pub fn log(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(line) = line_at(scene, at) else {
        return;
    };
    page.styled(
        &format!("Line {}: {}", line.number, line.event),
        scene.theme.heading(),
    );
    page.field("by", &line.by);
    page.field("when (UTC)", &line.when);
    page.field("what", &line.detail);
    page.field("version", &line.version);
    page.field("hash", &line.hash);
}

/// A decision in plain words, for the filter.
pub fn plain(one: &Decided) -> String {
    format!("{} {} {} {}", one.words, one.by, one.when, one.why)
}
