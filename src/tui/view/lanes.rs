//! Draws the swim lanes: an agency a lane, time across, a sign a cell; and the cell on which the keys are, in words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::page::Page;
use super::{Scene, timeline};
use crate::model::date::{Day, iso};
use crate::reliance::State;
use crate::tui::lanes::signs::{LEGEND, density};
use crate::tui::lanes::store::day_of;
use crate::tui::lanes::{Axis, Cell, Lane, Quiet, Zoom, name_room, sign};
use crate::tui::model::{Model, Pane};
use crate::tui::text;
use crate::tui::theme::sign as flag_sign;
use crate::tui::update::lanes::{laid_out, lane, position, span};

/// Facts of a cell named one by one before it is said how many more there are.
const NAMED: usize = 20;

/// The line over the lanes: years, months or days.
pub fn columns(scene: Scene<'_>) -> Line<'static> {
    let (zoom, time) = laid_out(scene.model);
    let room = usize::from(name_room(scene.width as u16));
    let words = format!("cell: {}", zoom.cell());
    // a space before the first year, also where the names have little room
    let words = if words.len() < room {
        words
    } else {
        words.replace(' ', "")
    };
    let name = text::pad(&words, room);
    Line::from(vec![
        Span::styled(name, scene.theme.dim()),
        Span::styled(time.labels(zoom), scene.theme.key()),
    ])
}

/// Marks that the picture does not show yet: facts with their day, and whether they are relied on now.
fn pending(scene: Scene<'_>) -> Vec<(usize, Day, bool)> {
    let facts = &scene.picture.timeline.facts;
    let marks = scene.model.pending.iter();
    let found = marks.filter_map(|(id, is_on)| {
        let at = scene.index.fact(id)?;
        Some((at, day_of(&facts.get(at)?.when)?, *is_on))
    });
    found.collect()
}

/// Draws the lanes that are visible, and under them what the signs mean where there is room.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    let pending = pending(scene);
    let (_, time) = laid_out(model);
    let lanes = model.lanes.narrowed.as_deref();
    let lanes = lanes.unwrap_or(&scene.index.lanes.all);
    let mut line = 0;
    for (at, lane) in lanes.iter().enumerate().skip(model.lanes.top) {
        if line >= area.height {
            return;
        }
        let row = Rect {
            y: area.y + line,
            height: 1,
            ..area
        };
        frame.render_widget(lane_line(scene, at, (lane, &time), &pending), row);
        line += 1;
    }
    for words in text::in_lines(LEGEND.map(str::to_owned), scene.width) {
        line += 1;
        if line >= area.height {
            return;
        }
        let row = Rect {
            y: area.y + line,
            height: 1,
            ..area
        };
        frame.render_widget(Line::styled(words, scene.theme.dim()), row);
    }
}

fn lane_line(
    scene: Scene<'_>,
    at: usize,
    (lane, time): (&Lane, &Axis),
    pending: &[(usize, Day, bool)],
) -> Line<'static> {
    let model = scene.model;
    let quiet = scene.index.lanes.quiet.get(at);
    let none = Quiet::default();
    let quiet = quiet.unwrap_or(&none);
    let is_here = at == model.lanes.lane;
    let mut spans = vec![name(scene, at, is_here)];
    let mut run = (String::new(), Style::new());
    for cell in 0..time.cells() {
        let Some(days) = time.span(cell) else { break };
        let width = usize::from(time.width);
        let (words, mut style) = drawn(scene, (lane, quiet), days, width, pending);
        if is_here && days.0 <= model.lanes.day && model.lanes.day < days.1 {
            style = if model.place().pane == Pane::List {
                scene.theme.selected()
            } else {
                scene.theme.heading()
            };
        }
        if style != run.1 {
            let full = std::mem::replace(&mut run, (String::new(), style));
            spans.push(Span::styled(full.0, full.1));
        }
        run.0.push_str(&words);
    }
    spans.push(Span::styled(run.0, run.1));
    Line::from(spans)
}

fn name(scene: Scene<'_>, at: usize, is_here: bool) -> Span<'static> {
    let room = usize::from(name_room(scene.width as u16));
    let agency = scene.index.agencies.get(at);
    let name = agency.map_or("", |agency| scene.picture.supplied.agency_name(&agency.id));
    let (lead, style) = if is_here {
        (">", scene.theme.bar())
    } else {
        (" ", scene.theme.plain())
    };
    Span::styled(format!("{lead}{} ", text::pad(name, room - 2)), style)
}

/// A cell: its sign, or in a wide one the count.
fn drawn(
    scene: Scene<'_>,
    (lane, quiet): (&Lane, &Quiet),
    days: (Day, Day),
    width: usize,
    pending: &[(usize, Day, bool)],
) -> (String, Style) {
    let cell = Cell::of(lane, quiet, days);
    let theme = scene.theme;
    if cell.facts > 0 {
        let is_relied_on = is_relied_on(lane, days, pending);
        let star = if is_relied_on { "*" } else { "" };
        let strength = lane.strength(days);
        let style = if strength == 3 {
            theme.flag(3)
        } else if is_relied_on {
            theme.good()
        } else {
            theme.available()
        };
        let words = signs_of(cell.facts, (star, strength), width);
        return (text::pad(&words, width), style);
    }
    let as_of = scene.picture.as_of;
    let is_now = days.0 <= as_of && as_of < days.1;
    let sign = match cell.state {
        // what is still to come is not silent
        State::Silent | State::OutsideCoverage if days.0 > as_of => ' ',
        State::Nothing | State::Silent | State::OutsideCoverage if is_now => '│',
        state => sign(state),
    };
    let words = match cell.state {
        State::Silent | State::OutsideCoverage if !is_now => sign.to_string().repeat(width),
        _ => format!("{sign}{}", " ".repeat(width - 1)),
    };
    let style = match cell.state {
        State::Silent => theme.flag(1),
        State::Asked | State::Answered | State::Withheld => theme.flag(2),
        _ => theme.dim(),
    };
    (words, style)
}

/// The most that fits of: relied on, how many facts, the strength of their flags. One column says what matters most.
fn signs_of(facts: usize, (star, strength): (&str, u8), width: usize) -> String {
    let (flag, dense) = (flag_sign(strength), density(facts));
    let blocks = if strength == 3 { "!" } else { "" };
    if width < 2 {
        return match (blocks, star) {
            ("", "") => dense.to_string(),
            ("", star) => star.to_owned(),
            (blocks, _) => blocks.to_owned(),
        };
    }
    let all = [
        format!("{star}{facts}{flag}"),
        format!("{star}{dense}{flag}"),
        format!("{star}{dense}{blocks}"),
    ];
    // a column stays free between cells that are wide enough for it
    let room = if width > 2 { width - 1 } else { width };
    let fits = all.into_iter().find(|words| text::columns(words) <= room);
    fits.unwrap_or_else(|| format!("{dense}{blocks}"))
}

fn is_relied_on(lane: &Lane, days: (Day, Day), pending: &[(usize, Day, bool)]) -> bool {
    let turned = |at: u32| pending.iter().find(|(fact, ..)| *fact == at as usize);
    let mut cited = lane.cited(days).iter();
    if cited.any(|(_, at)| turned(*at).is_none_or(|(.., is_on)| *is_on)) {
        return true;
    }
    let mut newly = pending
        .iter()
        .filter(|(_, day, is_on)| *is_on && days.0 <= *day && *day < days.1);
    newly.any(|(fact, day, _)| lane.find(*fact as u32, *day).is_some())
}

/// The agency and the time of the cell on which the keys are.
pub fn cell_title(model: &Model) -> String {
    let Some((picture, index)) = &model.picture else {
        return String::new();
    };
    let agency = index.agencies.get(model.lanes.lane);
    let name = agency.map_or("", |agency| picture.supplied.agency_name(&agency.id));
    format!("{name}, {}", time_words(model))
}

/// The time of the cell in words.
fn time_words(model: &Model) -> String {
    let (from, until) = span(model);
    let last = until.pred_opt().unwrap_or(until);
    match model.lanes.zoom.unwrap_or(Zoom::Decades) {
        Zoom::Decades => from.format("%Y").to_string(),
        Zoom::FiveYears => from.format("%B %Y").to_string(),
        Zoom::Decade | Zoom::Year => format!("{} to {}", iso(from), iso(last)),
        Zoom::Quarter | Zoom::Month | Zoom::Week => from.format("%A %-d %B %Y").to_string(),
    }
}

/// The cell on which the keys are: what is known, its facts, and the selected one in full.
pub fn detail(scene: Scene<'_>, page: &mut Page) {
    let model = scene.model;
    let Some(lane) = lane(model) else { return };
    let quiet = scene.index.lanes.quiet.get(model.lanes.lane);
    page.styled(&cell_title(model), scene.theme.heading());
    let facts = lane.facts(span(model));
    // to a recipient it is not told who worked with the family when
    let quiet = quiet.filter(|_| scene.picture.settings.recipient.is_none());
    page.text(&said(quiet, facts.len(), span(model)));
    if !lane.undated.is_empty() {
        let count = lane.undated.len();
        let (noun, verb) = if count == 1 {
            ("fact", "has")
        } else {
            ("facts", "have")
        };
        page.text(&format!(
            "{count} {noun} of this lane {verb} no date and {} not drawn; the list ends with them.",
            if count == 1 { "is" } else { "are" }
        ));
    }
    let selected = model.selected_fact();
    if facts.len() > 1 {
        page.gap();
        let start = lane.range(span(model)).start;
        let at = selected.and_then(|fact| position(model, lane, fact));
        let at = at.map_or(0, |at| at.saturating_sub(start));
        let first = at.saturating_sub(NAMED / 2);
        for at in facts.iter().skip(first).take(NAMED) {
            let is_it = Some(*at as usize) == selected;
            item(scene, *at as usize, is_it, page);
        }
        if facts.len() > NAMED {
            page.text(&format!("{} facts in all; Enter lists them.", facts.len()));
        }
    }
    if let Some(at) = selected {
        page.gap();
        timeline::detail(scene, at, page);
    }
}

fn item(scene: Scene<'_>, at: usize, is_selected: bool, page: &mut Page) {
    let Some(fact) = scene.picture.timeline.facts.get(at) else {
        return;
    };
    let sign = match (is_selected, scene.model.is_relied_on(at)) {
        (true, true) => ">*",
        (true, false) => "> ",
        (false, true) => " *",
        (false, false) => " -",
    };
    let flag = match flag_sign(scene.index.strength(scene.picture, at)) {
        "" => String::new(),
        flag => format!("{flag} "),
    };
    let words = format!(
        "{} {flag}{}",
        timeline::short_date(&fact.when),
        scene.picture.text(at)
    );
    page.item(sign, &text::fit(&words, page.width.saturating_sub(4)));
}

/// What is known of an agency in a time, in sentences.
fn said(quiet: Option<&Quiet>, facts: usize, days: (Day, Day)) -> String {
    let mut said = vec![match facts {
        0 => "No fact of this time.".to_owned(),
        1 => "One fact.".to_owned(),
        count => format!("{count} facts."),
    }];
    let Some(quiet) = quiet else {
        return said.concat();
    };
    let is_involved = quiet.is_involved(days);
    match (facts, is_involved) {
        (0, true) => said.push("It was involved, and supplied nothing about it.".to_owned()),
        (_, true) => said.push("It was involved.".to_owned()),
        (0, false) => said.push("It is not recorded as involved then.".to_owned()),
        (_, false) => {}
    }
    if quiet.is_outside(days) {
        said.push("Its export does not cover this time.".to_owned());
    }
    for (days_of, words) in [
        (&quiet.asked, "It was asked"),
        (&quiet.answered, "It answered"),
        (&quiet.withheld, "It kept back what was asked for"),
    ] {
        match Quiet::count(days_of, days) {
            0 => {}
            1 => said.push(format!("{words} once.")),
            count => said.push(format!("{words} {count} times.")),
        }
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_as_much_as_fits_and_first_that_something_blocks_a_safe_pack() {
        for (facts, star, strength, width, words) in [
            (3, "", 0, 1, "3"),
            (3, "", 2, 1, "3"),
            (3, "*", 2, 1, "*"),
            (3, "*", 3, 1, "!"),
            (40, "", 3, 1, "!"),
            (40, "", 0, 1, "▒"),
            (3, "*", 3, 2, "3!"),
            (40, "", 3, 2, "▒!"),
            (400, "*", 0, 2, "*█"),
            (3, "", 2, 4, "3!!"),
            (40, "*", 3, 6, "*▒!!!"),
            (40, "*", 3, 9, "*40!!!"),
        ] {
            let drawn = signs_of(facts, (star, strength), width);
            assert_eq!(drawn, words, "{facts} {star} {strength} {width}");
            assert!(text::columns(&drawn) <= width);
        }
    }
}
