//! One row of a list, as a line, as plain words to search in, and as the title of the facts that it opens.

use ratatui::text::{Line, Span};

use super::{Scene, audit, flags, forms, pack, people, reliance, sharing, sources, timeline};
use crate::picture::Picture;
use crate::tui::action::View;
use crate::tui::index::{Index, Row};
use crate::tui::model::Model;
use crate::tui::text;

/// A row as it is drawn, at most as wide as the scene.
pub fn line(scene: Scene<'_>, row: &Row) -> Line<'static> {
    let theme = scene.theme;
    match row {
        Row::Heading(words) => text::line(&text::fit(words, scene.width), theme.heading()),
        Row::Text(words) => text::line(
            &format!("  {}", text::fit(words, scene.width.saturating_sub(2))),
            theme.dim(),
        ),
        Row::Figure { label, value, .. } => {
            let value = text::pad_left(value, 6.max(text::columns(value)));
            let room = scene.width.saturating_sub(text::columns(&value) + 4);
            Line::from(vec![
                Span::styled(format!("  {value}  "), theme.bar()),
                Span::raw(text::fit(label, room)),
            ])
        }
        Row::Agency(at) => sources::agency_line(scene, *at),
        Row::File(at) => sources::file_line(scene, *at),
        Row::Request(at) if scene.model.view == View::Sharing => sharing::request_line(scene, *at),
        Row::Request(at) => sources::request_line(scene, *at),
        Row::Pair(at) => people::pair_line(scene, *at),
        Row::Person(at) => people::person_line(scene, *at),
        Row::Group(at) => reliance::group_line(scene, *at),
        Row::Statement(at) => {
            let words = scene
                .picture
                .reliance
                .statements
                .get(*at)
                .map_or("", |s| &s.0);
            Line::from(format!(
                "  {}",
                text::fit(words, scene.width.saturating_sub(2))
            ))
        }
        Row::Conclusion(at) => reliance::conclusion_line(scene, *at),
        Row::Flag(at) => flags::line(scene, *at),
        Row::Kind(first, count) => flags::kind_line(scene, *first, *count),
        Row::Fact(at) => timeline::line(scene, *at),
        Row::Decision(at) => audit::decision_line(scene, *at),
        Row::LogLine(at) => audit::log_line(scene, *at),
        Row::Consultation(at) => sharing::consultation_line(scene, *at),
        Row::Section(at) => pack::line(scene, *at),
        Row::Of(row) => forms::line(scene, *row),
    }
}

/// A row in plain words, for the filter.
pub fn plain(picture: &Picture, index: &Index, row: &Row) -> String {
    let supplied = &picture.supplied;
    match row {
        Row::Heading(words) | Row::Text(words) => words.clone(),
        Row::Figure { label, .. } => label.clone(),
        Row::Agency(at) => index
            .agencies
            .get(*at)
            .map(|a| supplied.agency_name(&a.id).to_owned())
            .unwrap_or_default(),
        Row::File(at) => supplied
            .files
            .get(*at)
            .map(|file| file.path.clone())
            .unwrap_or_default(),
        Row::Request(at) => {
            let request = supplied.requests.get(*at);
            request
                .map(|r| format!("{} {}", supplied.agency_name(&r.asked), r.question))
                .unwrap_or_default()
        }
        Row::Pair(at) => people::pair_words(picture, *at),
        Row::Person(at) => {
            let person = picture.people.persons.get(*at);
            person
                .map(|p| format!("{} {}", p.name, p.other_names.join(" ")))
                .unwrap_or_default()
        }
        Row::Group(at) => reliance::group_name(picture, *at),
        Row::Statement(at) => picture
            .reliance
            .statements
            .get(*at)
            .map(|s| s.0.clone())
            .unwrap_or_default(),
        Row::Conclusion(at) => {
            let conclusion = picture.reliance.conclusions.get(*at);
            conclusion
                .map(|c| format!("{} {}", c.id, c.text))
                .unwrap_or_default()
        }
        Row::Flag(at) | Row::Kind(at, _) => {
            let flag = picture.flags.flags.get(*at);
            flag.map(|f| format!("{} {} {}", f.code, f.agencies.join(" "), f.sentence))
                .unwrap_or_default()
        }
        Row::Fact(at) => picture.text(*at).to_owned(),
        Row::Of(row) => forms::plain(picture, index, *row),
        Row::Decision(at) => index
            .decisions
            .get(*at)
            .map(audit::plain)
            .unwrap_or_default(),
        Row::Consultation(at) => {
            let one = supplied.consultations.get(*at);
            one.map(sharing::plain).unwrap_or_default()
        }
        Row::LogLine(_) | Row::Section(_) => String::new(),
    }
}

/// A row in plain words, also one that stands in the state of the screen and not in the picture.
pub fn plain_of(model: &Model, picture: &Picture, index: &Index, row: &Row) -> String {
    match row {
        Row::LogLine(at) => {
            let line = model.log.lines.get(*at);
            line.map_or_else(String::new, |line| {
                format!("{} {} {} {}", line.when, line.by, line.event, line.detail)
            })
        }
        Row::Section(at) => {
            let outline = model.pack.outline.as_ref();
            let part = outline.and_then(|outline| outline.sections.get(*at));
            part.map(|part| part.heading.clone()).unwrap_or_default()
        }
        row => plain(picture, index, row),
    }
}

/// What the facts behind a row are called over the timeline.
pub fn title(picture: &Picture, index: &Index, row: &Row) -> String {
    let words = plain(picture, index, row);
    match row {
        Row::Agency(_) => format!("told by {words}"),
        Row::Decision(at) => {
            let number = index.decisions.get(*at).map_or(0, |one| one.number);
            format!("decision {number}")
        }
        Row::Person(at) => format!("about {}", picture.person_name(*at)),
        Row::Group(_) => format!("available, {words}"),
        Row::Conclusion(at) => {
            let id = picture
                .reliance
                .conclusions
                .get(*at)
                .map_or("", |c| c.id.as_str());
            format!("conclusion {id} rests on")
        }
        Row::Flag(at) => {
            let code = picture.flags.flags.get(*at).map_or("", |f| f.code);
            format!("flag {code}")
        }
        Row::Of(row) => forms::title(picture, index, *row),
        _ => words,
    }
}
