//! Draws the silence map: agency by month, a letter a state, so that no data is never read as nothing to tell.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::model::date::Day;
use crate::reliance::{Month, State};
use crate::tui::lanes::axis::axis;
use crate::tui::lanes::{Zoom, name_room, sign};
use crate::tui::model::Pane;
use crate::tui::text;
use crate::tui::update::forms::month_at;

/// Every state with its sign, in the order of the legend.
const STATES: [State; 6] = [
    State::Supplied,
    State::Silent,
    State::OutsideCoverage,
    State::Asked,
    State::Answered,
    State::Withheld,
];

/// The first month in sight, how many there is room for, and the columns of each.
fn sight(scene: Scene<'_>) -> (usize, usize, usize) {
    let room = scene
        .width
        .saturating_sub(usize::from(name_room(scene.width as u16)))
        .max(1);
    let all = scene.index.drawn.silence.months.len().max(1);
    let wide = (room / all).clamp(1, 3);
    let fits = (room / wide).max(1);
    let at = month_at(scene.model);
    let first = if at + fits >= all {
        all.saturating_sub(fits)
    } else {
        at
    };
    (first, fits, wide)
}

/// The line over the map: years and months.
pub fn columns(scene: Scene<'_>) -> Line<'static> {
    let map = &scene.index.drawn.silence;
    let (first, fits, wide) = sight(scene);
    let room = usize::from(name_room(scene.width as u16));
    let mut spans = vec![Span::styled(
        text::pad("cell: month", room),
        scene.theme.dim(),
    )];
    if let Some(day) = map.months.get(first) {
        let drawn = fits.min(map.months.len().saturating_sub(first));
        let time = axis(Zoom::FiveYears, *day, drawn as u16);
        let labels = time.labels(Zoom::FiveYears);
        let spread: String = if wide == 1 {
            labels
        } else {
            spread(&time.starts, wide)
        };
        spans.push(Span::styled(spread, scene.theme.key()));
    }
    Line::from(spans)
}

/// Years over months that take several columns.
fn spread(starts: &[Day], wide: usize) -> String {
    let mut line = String::new();
    for (at, day) in starts.iter().enumerate().take(starts.len() - 1) {
        line.push_str(&" ".repeat((at * wide).saturating_sub(line.len())));
        let words = if at == 0 || day.format("%m").to_string() == "01" {
            day.format("%Y").to_string()
        } else {
            day.format("%b").to_string()
        };
        if line.len() == at * wide && (wide > 3 || at == 0 || words.len() == 4 || at % 3 == 0) {
            line.push_str(&words);
            line.push(' ');
        }
    }
    let room = starts.len().saturating_sub(1) * wide;
    line.truncate(room);
    line
}

/// An agency and its months.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let map = &scene.index.drawn.silence;
    let Some((id, months)) = map.agencies.get(at) else {
        return Line::default();
    };
    let (first, fits, wide) = sight(scene);
    let room = usize::from(name_room(scene.width as u16));
    let name = scene.picture.supplied.agency_name(id);
    let mut spans = vec![Span::styled(
        format!(" {} ", text::pad(name, room.saturating_sub(2))),
        scene.theme.bar(),
    )];
    let here = month_at(scene.model);
    let is_row = scene.model.selected()
        == Some(crate::tui::index::Row::Of(
            crate::tui::form::FormRow::Silence(at),
        ));
    for (at, month) in months.iter().enumerate().skip(first).take(fits) {
        let state = month.state();
        let words = text::pad(&sign(state).to_string(), wide);
        let style = match state {
            State::Supplied => scene.theme.available(),
            State::Silent => scene.theme.flag(2),
            State::Asked | State::Answered | State::Withheld => scene.theme.flag(1),
            State::OutsideCoverage | State::Nothing => scene.theme.dim(),
        };
        // the row is reversed already: within it the month stands out by being plain
        let style = if is_row && at == here && scene.model.place().pane == Pane::List {
            style.remove_modifier(ratatui::style::Modifier::REVERSED)
        } else {
            style
        };
        spans.push(Span::styled(words, style));
    }
    Line::from(spans)
}

/// What is known of the agency in the month on which the keys are, the legend, and its whole row in words.
pub fn detail(scene: Scene<'_>, at: usize, page: &mut Page) {
    let map = &scene.index.drawn.silence;
    let Some((id, months)) = map.agencies.get(at) else {
        return;
    };
    let here = month_at(scene.model);
    let (Some(month), Some(day)) = (months.get(here), map.months.get(here)) else {
        return;
    };
    let name = scene.picture.supplied.agency_name(id);
    page.styled(
        &format!("{name}, {}", day.format("%B %Y")),
        scene.theme.heading(),
    );
    page.text(&said(*month));
    if map.is_cut {
        page.text("The map is cut: earlier months are left out.");
    }
    let legend = STATES.iter().map(|state| {
        let phrase = state.phrase();
        format!("{} {phrase}", sign(*state))
    });
    for line in text::in_lines(legend, page.width) {
        page.text(&line);
    }
    page.heading("Its months in words");
    for (words, count) in runs(&map.months, months) {
        page.item("-", &format!("{words}{count}"));
    }
}

fn said(month: Month) -> String {
    let mut said = Vec::new();
    let count = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    };
    said.extend(count(month.entries, "entry", "entries"));
    said.extend(count(
        month.asked,
        "request made to it",
        "requests made to it",
    ));
    said.extend(count(month.answered, "answer", "answers"));
    said.extend(count(
        month.withheld,
        "answer that kept something back",
        "answers that kept something back",
    ));
    if month.involved {
        said.push("recorded as involved".to_owned());
    }
    if month.outside_coverage {
        said.push("outside what its export covers".to_owned());
    }
    if said.is_empty() {
        return "Nothing is known of it for this month. That is no sign that all was well."
            .to_owned();
    }
    format!("{}.", said.join(", "))
}

/// Months of one state, one after the other, put together.
fn runs(days: &[Day], months: &[Month]) -> Vec<(String, String)> {
    let mut runs: Vec<(Day, Day, State, usize)> = Vec::new();
    for (day, month) in days.iter().zip(months) {
        let state = month.state();
        match runs.last_mut() {
            Some(run) if run.2 == state => (run.1, run.3) = (*day, run.3 + 1),
            _ => runs.push((*day, *day, state, 1)),
        }
    }
    let shown = |day: Day| day.format("%b %Y").to_string();
    let told = runs.into_iter().map(|(from, to, state, count)| {
        let span = if count == 1 {
            shown(from)
        } else {
            format!("{} to {}", shown(from), shown(to))
        };
        let phrase = match state {
            State::Nothing => "nothing known",
            state => state.phrase(),
        };
        let count = if count == 1 {
            String::new()
        } else {
            format!(" ({count} months)")
        };
        (format!("{span}: {phrase}"), count)
    });
    told.collect()
}
