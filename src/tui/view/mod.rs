//! Draws the state. It only reads, and does work for the rows that are visible, however many there are.

mod adding;
mod audit;
mod family;
mod flags;
mod forms;
mod frame;
mod glossary;
mod knock;
mod lanes;
mod lock;
mod oneline;
mod overlay;
mod pack;
mod page;
mod people;
mod pick;
mod reliance;
mod ring;
mod row;
mod sharing;
mod sheet;
mod sign;
mod silence;
mod slots;
mod sources;
mod timeline;
mod waterfall;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_sizes;

#[cfg(test)]
pub(crate) use tests_sizes::{
    line_of as line_for_tests, look as look_for_tests, overlays as overlays_for_tests,
    wizards as wizards_for_tests,
};
#[cfg(test)]
mod tests_forms;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

pub use adding::rows_height;
pub use frame::tab_at;
pub use glossary::markdown as words_markdown;
pub use lanes::cell_title;
pub use overlay::help_height;
pub use row::{plain, plain_of, title};

use super::action::View;
use super::form::Form;
use super::index::{Index, Opens, Row};
use super::layout::Areas;
use super::model::{Model, Pane};
use super::text;
use super::theme::Theme;
use crate::model::id::FactId;
use crate::picture::Picture;
use page::Page;

/// What a screen draws from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    model: &'a Model,
    picture: &'a Picture,
    index: &'a Index,
    theme: Theme,
    width: usize,
}

/// Draws everything.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    if let Some(lock) = &model.lock {
        lock::draw(model, lock, frame);
        return;
    }
    let Some(areas) = model.areas() else {
        frame::too_small(model, frame);
        return;
    };
    let Some((picture, index)) = &model.picture else {
        frame::loading(model, frame);
        return;
    };
    let scene = Scene {
        model,
        picture,
        index,
        theme: model.theme,
        width: 0,
    };
    if sign::draw(scene, frame, &areas) {
        return;
    }
    if index.seen.is_none() {
        frame::title(scene, frame, areas.title);
    }
    frame::tabs(model, frame, areas.tabs);
    if areas.banner.height > 0 {
        let banner = model.banner().unwrap_or_default();
        let banner = text::fit(&banner, usize::from(areas.banner.width));
        frame.render_widget(Line::styled(banner, model.theme.key()), areas.banner);
    }
    list(scene, frame, &areas);
    detail(scene, frame, &areas);
    frame::status(model, frame, areas.status);
    frame::footer(model, frame, areas.footer);
    overlay::draw(scene, frame);
}

fn list(scene: Scene<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    let model = scene.model;
    let scene = Scene {
        width: usize::from(areas.list.width),
        ..scene
    };
    if areas.columns.height > 0 {
        frame.render_widget(forms::columns(scene), areas.columns);
    }
    let place = model.place();
    if place.shown.is_empty() && areas.list.height > 0 {
        let words = if model.filtering.is_some() {
            "Searching …"
        } else {
            empty(model)
        };
        frame.render_widget(text::line(words, model.theme.dim()), areas.list);
        return;
    }
    if forms::draw(scene, frame, areas) {
        return;
    }
    for line in 0..areas.list.height {
        let at = place.top + usize::from(line);
        let Some(row) = model.row(at) else { break };
        let area = Rect {
            y: areas.list.y + line,
            height: 1,
            ..areas.list
        };
        let mut drawn = row::line(scene, &row);
        if at == place.at && !row.is_heading() {
            drawn = if place.pane == Pane::List {
                drawn.style(model.theme.selected())
            } else {
                drawn.style(model.theme.bar())
            };
            frame.buffer_mut().set_style(area, drawn.style);
        }
        frame.render_widget(drawn, area);
    }
}

fn empty(model: &Model) -> &'static str {
    match model.view {
        _ if !model.place().query.is_empty() => "Nothing matches. Esc shows all again.",
        View::Timeline if model.is_empty() => {
            "No agency has told anything yet. 2 and then w adds an agency's file."
        }
        View::Timeline => "No fact to show.",
        _ => "Nothing to show.",
    }
}

fn detail(scene: Scene<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    let area = areas.detail;
    let is_active = scene.model.place().pane == Pane::Detail;
    frame::rule(scene.model, frame, areas.rule, is_active);
    if area.height == 0 {
        return;
    }
    let lines = detail_lines(scene, usize::from(area.width));
    let scroll = scene
        .model
        .place()
        .scroll
        .min(lines.len().saturating_sub(1));
    let visible: Vec<Line<'_>> = lines
        .into_iter()
        .skip(scroll)
        .take(usize::from(area.height))
        .collect();
    frame.render_widget(Paragraph::new(visible), area);
}

fn detail_lines(scene: Scene<'_>, width: usize) -> Vec<Line<'static>> {
    let mut page = Page::new(scene.theme, width);
    if model_form(scene) == Form::Lanes {
        lanes::detail(scene, &mut page);
        return page.lines;
    }
    match scene.model.selected() {
        Some(Row::Of(row)) => forms::detail(scene, row, &mut page),
        Some(Row::Fact(at)) => timeline::detail(scene, at, &mut page),
        Some(Row::Pair(at)) => waterfall::pair(scene, at, &mut page),
        Some(Row::Person(at)) => people::person(scene, at, &mut page),
        Some(Row::Agency(at)) => sources::agency(scene, at, &mut page),
        Some(Row::File(at)) => sources::file(scene, at, &mut page),
        Some(Row::Request(at)) => sources::request(scene, at, &mut page),
        Some(Row::Group(at)) => reliance::group(scene, at, &mut page),
        Some(Row::Statement(at)) => reliance::statement(scene, at, &mut page),
        Some(Row::Conclusion(at)) => reliance::conclusion(scene, at, &mut page),
        Some(Row::Flag(at) | Row::Kind(at, _)) => flags::detail(scene, at, &mut page),
        Some(Row::Figure {
            label,
            opens: Opens::Facts(facts),
            ..
        }) => {
            page.styled(&label, scene.theme.heading());
            reliance::list(scene, "The facts", &facts, &mut page);
        }
        Some(row @ (Row::Text(_) | Row::Figure { .. })) => {
            page.text(&plain(scene.picture, scene.index, &row));
        }
        Some(Row::Decision(at)) => audit::decision(scene, at, &mut page),
        Some(Row::LogLine(at)) => audit::log(scene, at, &mut page),
        Some(Row::Consultation(at)) => sharing::consultation(scene, at, &mut page),
        Some(Row::Section(at)) => pack::section(scene, at, &mut page),
        Some(Row::Heading(_)) | None => {}
    }
    page.lines
}

fn model_form(scene: Scene<'_>) -> Form {
    scene.model.place().form
}

/// The fact that a frame shows in full although the settings' recipient may not see it; who looked at it goes into the log.
pub fn withheld(model: &Model) -> Option<&FactId> {
    let (picture, _) = model.picture.as_ref()?;
    let at = model.selected_fact()?;
    let is_withheld = picture.answers.get(at).is_some_and(|one| !one.is_yes());
    let is_seen = model.lock.is_none() && model.areas()?.detail.height > 0;
    let fact = picture.timeline.facts.get(at)?;
    (is_withheld && is_seen).then_some(&fact.id)
}

/// How many lines the detail of the selected row takes.
pub fn detail_height(model: &Model) -> usize {
    let (Some((picture, index)), Some(areas)) = (&model.picture, model.areas()) else {
        return 0;
    };
    let scene = Scene {
        model,
        picture,
        index,
        theme: model.theme,
        width: 0,
    };
    detail_lines(scene, usize::from(areas.detail.width)).len()
}
