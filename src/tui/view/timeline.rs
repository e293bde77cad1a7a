//! The timeline: a fact a row, and everything known about one of them down to its source row as supplied.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use super::sources::when;
use crate::model::date::{Precision, When, iso};
use crate::model::decision::About;
use crate::model::entry::Entry;
use crate::model::fact::{Fact, Origin};
use crate::model::id::ConclusionId;
use crate::model::person::LinkStatus;
use crate::model::phrase::Coded;
use crate::model::settings::Recipient;
use crate::picture::Picture;
use crate::sharing::Answer;
use crate::tui::{text, theme};

/// A date in at most twelve columns: `2025-03`, `c.2025-03-01`, `<2025-03-01`, `undated`.
pub fn short_date(when: &When) -> String {
    let cell = when.date_cell();
    match when.precision {
        Precision::Day => cell,
        Precision::Month => cell.get(..7).unwrap_or(&cell).to_owned(),
        Precision::Year => cell.get(..4).unwrap_or(&cell).to_owned(),
        Precision::Range => format!("{cell}.."),
        Precision::Approximate if is_whole_year(when) => {
            format!("c.{}", cell.get(..4).unwrap_or(&cell))
        }
        Precision::Approximate => format!("c.{cell}"),
        Precision::Uncertain => format!("?{cell}"),
        Precision::Before => format!("<{cell}"),
        Precision::After => format!(">{cell}"),
        Precision::Unknown => "undated".to_owned(),
    }
}

/// Whether every day of one or more years is possible, and no others: then only the year was said.
fn is_whole_year(when: &When) -> bool {
    let (from, until) = (when.date_cell(), when.end_cell());
    from.ends_with("-01-01") && until.ends_with("-12-31")
}

/// Columns of agency and persons, which shrink with the width; the date's stays.
fn widths(width: usize) -> (usize, usize) {
    if width < 70 {
        (10, 0)
    } else if width < 100 {
        (14, 12)
    } else {
        (18, 20)
    }
}

/// The names of the columns.
pub fn columns(scene: Scene<'_>) -> Line<'static> {
    let (agency, about) = widths(scene.width);
    let about = if about == 0 {
        String::new()
    } else {
        format!("{} ", text::pad("about", about))
    };
    let names = format!(
        "{} {} {} {} {about}what is told",
        text::pad("date", 12),
        "   ",
        text::pad("", 3),
        text::pad("first told by", agency)
    );
    Line::styled(text::fit(&names, scene.width), scene.theme.key())
}

/// A fact in the list.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let (picture, Some(fact)) = (scene.picture, scene.picture.timeline.facts.get(at)) else {
        return Line::default();
    };
    let (agency_room, about_room) = widths(scene.width);
    let strength = scene.index.strength(picture, at);
    let mut spans = vec![
        Span::styled(
            format!("{} ", text::pad(&short_date(&fact.when), 12)),
            scene.theme.bar(),
        ),
        Span::styled(signs(scene, at, fact), scene.theme.good()),
        Span::styled(
            format!(" {} ", text::pad(theme::sign(strength), 3)),
            scene.theme.flag(strength),
        ),
    ];
    let others = fact.agencies.len().saturating_sub(1);
    let more = if others > 0 {
        format!("+{others}")
    } else {
        String::new()
    };
    let first = text::fit(
        picture.supplied.agency_name(&fact.first_agency),
        agency_room.saturating_sub(more.len()),
    );
    spans.push(Span::raw(format!(
        "{} ",
        text::pad(&format!("{first}{more}"), agency_room)
    )));
    if about_room > 0 {
        spans.push(Span::raw(format!(
            "{} ",
            text::pad(&about(picture, fact), about_room)
        )));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::raw(text::fit(
        picture.text(at),
        scene.width.saturating_sub(used),
    )));
    Line::from(spans)
}

/// `*` relied on, `~` suspected echo, `#` agencies disagree.
fn signs(scene: Scene<'_>, at: usize, fact: &Fact) -> String {
    let sign = |is_so: bool, sign: char| if is_so { sign } else { ' ' };
    let disagrees = !fact.disagrees_with.is_empty() || !fact.differences.is_empty();
    [
        sign(scene.model.is_relied_on(at), '*'),
        sign(!fact.suspected.is_empty(), '~'),
        sign(disagrees, '#'),
    ]
    .iter()
    .collect()
}

fn about(picture: &Picture, fact: &Fact) -> String {
    let names: Vec<&str> = fact
        .persons
        .iter()
        .take(4)
        .map(|person| picture.person_name(*person))
        .collect();
    names.join(", ")
}

/// Everything known about a fact.
pub fn detail(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (picture, Some(fact)) = (scene.picture, scene.picture.timeline.facts.get(at)) else {
        return;
    };
    let time = fact
        .time
        .map_or(String::new(), |time| time.format(" %H:%M").to_string());
    let kind = fact.kind.text();
    let kind = if kind.is_empty() {
        String::new()
    } else {
        format!(", {kind}")
    };
    page.styled(
        &format!("{}{time}{kind}", when(&fact.when)),
        scene.theme.heading(),
    );
    page.text(picture.text(at));
    page.gap();
    first_of_all(scene, at, fact, page);
    for entry in entries(picture, fact) {
        let about = About::Entry(entry.id.clone());
        if let Some((note, by)) = picture.by_hand.notes.get(&about) {
            page.field("note", &format!("{note} ({by})"));
        }
    }
    people(picture, fact, page);
    who_says_so(picture, fact, page);
    basis(scene, at, fact, page);
    marks(scene, at, fact, page);
    for (n, entry) in fact
        .entries
        .iter()
        .filter_map(|at| picture.supplied.entries.get(*at))
        .enumerate()
    {
        let is_lead = fact.entries.get(n) == Some(&fact.lead);
        source(picture, entry, is_lead, page);
    }
}

/// The entries that tell a fact.
fn entries<'a>(picture: &'a Picture, fact: &'a Fact) -> impl Iterator<Item = &'a Entry> {
    let entries = fact.entries.iter();
    entries.filter_map(|at| picture.supplied.entries.get(*at))
}

fn people(picture: &Picture, fact: &Fact, page: &mut Page) {
    for person in fact
        .persons
        .iter()
        .filter_map(|at| picture.people.persons.get(*at))
    {
        let is_machine = person
            .decided_by
            .iter()
            .any(|by| matches!(by.as_str(), "model" | "identifier" | "rule"));
        let doubt = match person.status {
            LinkStatus::Ambiguous => {
                format!(" – person unresolved ({} candidates)", person.candidates)
            }
            LinkStatus::Review => " – a possible match is open".to_owned(),
            LinkStatus::Linked if is_machine => " – link not confirmed by a person".to_owned(),
            LinkStatus::Linked | LinkStatus::Single => String::new(),
        };
        page.field("about", &format!("{}{doubt}", person.name));
    }
}

fn who_says_so(picture: &Picture, fact: &Fact, page: &mut Page) {
    let name = |id| picture.supplied.agency_name(id);
    // a copy for the family says who tells it first and nothing else
    if fact.origins.is_empty() {
        page.field("told by", name(&fact.first_agency));
        return;
    }
    let tell: Vec<&str> = fact.agencies.iter().map(name).collect();
    page.field("told by", &tell.join(", "));
    let origins = fact.origins.iter().map(|origin| match origin {
        Origin::Unknown => "unknown",
        Origin::Agency(id) => name(id),
    });
    let origins: Vec<&str> = origins.collect();
    let count = if fact.origins_low == fact.origins_high {
        format!("{} independent", fact.origins_low)
    } else {
        format!("{} to {} independent", fact.origins_low, fact.origins_high)
    };
    let mut entries = entries(picture, fact);
    let set_by = entries.find_map(|entry| picture.by_hand.origins.get(&entry.id));
    let set_by = set_by.map_or(String::new(), |by| format!(", set by {by}"));
    page.field(
        "origin",
        &format!("{} ({count}{set_by})", origins.join(", ")),
    );
    page.field(
        "channel",
        if fact.channel.is_blank() {
            "not recorded"
        } else {
            fact.channel.text()
        },
    );
}

fn basis(scene: Scene<'_>, at: usize, fact: &Fact, page: &mut Page) {
    let picture = scene.picture;
    let labels = picture.vocabulary.labels(&fact.basis);
    if picture.settings.recipient == Some(Recipient::Family) && scene.index.seen.is_some() {
        page.field("basis", &labels);
        page.field("family told", &text::told(&fact.told));
        return;
    }
    page.field(
        "basis",
        &format!(
            "{} – {}",
            if labels.is_empty() {
                fact.basis.join(", ")
            } else {
                labels.clone()
            },
            fact.status.phrase()
        ),
    );
    page.field("consent", fact.consent_state.text());
    page.field("family told", &text::told(&fact.told));
    let handling: Vec<&str> = fact.handling.iter().map(Coded::text).collect();
    page.field("handling", &handling.join(", "));
    page.field(
        "may be shown",
        picture.answers.get(at).map_or("", |answer| answer.text()),
    );
    for (entry, problem, fix) in picture.faults.iter() {
        if fact.entries.contains(entry) {
            page.item("!", &format!("{problem} {fix}"));
        }
    }
}

/// How much a fact matters, and who said so if an analyst did.
fn significance(picture: &Picture, fact: &Fact) -> String {
    let mut entries = entries(picture, fact);
    let set_by = entries.find_map(|entry| picture.by_hand.significance.get(&entry.id));
    let set_by = set_by.map_or(String::new(), |by| format!(", set by {by}"));
    fact.significance
        .map_or(String::new(), |level| format!("{level}{set_by}"))
}

fn marks(scene: Scene<'_>, at: usize, fact: &Fact, page: &mut Page) {
    let picture = scene.picture;
    page.field("significance", &significance(picture, fact));
    page.field("polarity", fact.polarity.text());
    let cited: Vec<&str> = fact.cited_by.iter().map(ConclusionId::as_str).collect();
    let mut cited = cited.join(", ");
    if scene.index.not_counted.contains(&at) {
        cited.push_str(", but in no figure: withheld, or not of the period");
    }
    page.field("relied on by", &cited);
    for flag in scene
        .index
        .flags
        .get(&at)
        .into_iter()
        .flatten()
        .filter_map(|at| picture.flags.flags.get(*at))
    {
        page.item(
            theme::sign(flag.strength),
            &format!("{}: {}", flag.code, flag.sentence),
        );
    }
}

/// What changes how the fact is read, and so stands before all else: that it may not be shown, may be an echo, is disputed.
fn first_of_all(scene: Scene<'_>, at: usize, fact: &Fact, page: &mut Page) {
    let picture = scene.picture;
    if let Some(Answer::No(because)) = picture.answers.get(at) {
        page.item("w", &format!("withheld: {because}"));
    }
    let fact_line = |at: usize| {
        let date = picture
            .timeline
            .facts
            .get(at)
            .map_or(String::new(), |fact| short_date(&fact.when));
        format!("{date} {}", text::fit(picture.text(at), 200))
    };
    for suspicion in &fact.suspected {
        let other = picture.timeline.facts.get(suspicion.other);
        let tell = other.map_or(&[][..], |fact| &fact.agencies).iter();
        let tell: Vec<&str> = tell.map(|id| picture.supplied.agency_name(id)).collect();
        let words = if suspicion.repeats {
            format!("may repeat what {} told", tell.join(", "))
        } else {
            format!("may be repeated by {}", tell.join(", "))
        };
        page.item(
            "~",
            &format!(
                "{words}: {} ({}). e: echo, i: no echo.",
                fact_line(suspicion.other),
                suspicion.why
            ),
        );
    }
    for other in &fact.disagrees_with {
        page.item("#", &format!("disagrees with: {}", fact_line(*other)));
    }
    for difference in &fact.differences {
        let values = difference.values.iter();
        let values: Vec<String> = values
            .map(|(agency, value)| {
                format!("{} says “{value}”", picture.supplied.agency_name(agency))
            })
            .collect();
        page.item(
            "#",
            &format!("{}: {}", difference.column, values.join(", ")),
        );
    }
}

/// One entry: when it was written down and came, what was done, and its rows as supplied.
fn source(picture: &Picture, entry: &Entry, is_lead: bool, page: &mut Page) {
    if entry.rows.is_empty() {
        return;
    }
    let lead = if is_lead { " – tells it first" } else { "" };
    page.heading(&format!(
        "{}: {}{lead}",
        picture.supplied.agency_name(entry.agency()),
        entry.id
    ));
    for (label, when) in [
        ("recorded on", &entry.recorded_on),
        ("received on", &entry.received_on),
    ] {
        page.field(label, &when.start().map(iso).unwrap_or_default());
    }
    for row in &entry.rows {
        let files = &picture.supplied.files;
        page.field("source row", &row.text(files));
        let sheet = files
            .get(row.file as usize)
            .and_then(|file| file.sheets.get(usize::from(row.sheet)));
        for (header, cell) in sheet.map(|sheet| sheet.cells(row.row)).unwrap_or_default() {
            page.field(
                &format!(
                    "  {}",
                    if header.is_empty() {
                        "(no header)"
                    } else {
                        header
                    }
                ),
                cell,
            );
        }
    }
}
