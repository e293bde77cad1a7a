//! Draws the agencies round the child: lines by how recent, words with how much each one tells; and the same as a list.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::model::date::iso;
use crate::tui::drawn::Spoke;
use crate::tui::drawn::seats::{Seat, seats};
use crate::tui::form::FormRow;
use crate::tui::index::Row;
use crate::tui::model::Pane;
use crate::tui::text;

/// Draws the ring; false where it does not fit: then its rows are listed.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> bool {
    let ring = &scene.index.drawn.ring;
    let shown = &scene.model.place().shown;
    let spokes = shown.iter().filter_map(|at| {
        match scene
            .index
            .rows_in(scene.model.view, scene.model.place().form)
            .get(*at)
        {
            Some(Row::Of(FormRow::Spoke(at))) => Some(*at),
            _ => None,
        }
    });
    let spokes: Vec<usize> = spokes.collect();
    let Some((middle, round)) = seats(spokes.len(), area.width, area.height) else {
        return false;
    };
    if spokes.is_empty() {
        return false;
    }
    for (seat, at) in round.iter().zip(&spokes) {
        if let Some(spoke) = ring.spokes.get(*at) {
            connect(scene, frame, area, (middle, *seat), spoke);
        }
    }
    let names = if ring.children.is_empty() {
        "the child".to_owned()
    } else {
        ring.children.join(", ")
    };
    let facts = format!("{} facts", ring.facts);
    put(scene, frame, area, middle, &[&names, &facts], false);
    let selected = scene.model.selected();
    for (seat, at) in round.iter().zip(&spokes) {
        let Some(spoke) = ring.spokes.get(*at) else {
            continue;
        };
        let is_here = selected == Some(Row::Of(FormRow::Spoke(*at)));
        let name = name(scene, spoke);
        let figures = figures(spoke, ring.facts);
        if seat.height == 1 {
            let both = format!("{name} {figures}");
            put(scene, frame, area, *seat, &[&both], is_here);
        } else {
            put(scene, frame, area, *seat, &[&name, &figures], is_here);
        }
    }
    true
}

fn name(scene: Scene<'_>, spoke: &Spoke) -> String {
    let id = spoke.agency.as_ref();
    let name = id.map_or("", |id| scene.picture.supplied.agency_name(id));
    format!("{} {name}", spoke.touch.sign())
}

/// The share and the count, or the word for none.
fn figures(spoke: &Spoke, of: usize) -> String {
    if spoke.facts.is_empty() {
        return spoke.touch.phrase().to_owned();
    }
    let last = spoke
        .last
        .map_or("undated".to_owned(), |day| day.format("%Y-%m").to_string());
    let star = if spoke.cited > 0 {
        format!(" *{}", spoke.cited)
    } else {
        String::new()
    };
    let plural = if spoke.facts.len() == 1 { "" } else { "s" };
    format!(
        "{} fact{plural} {}% {last}{star}",
        spoke.facts.len(),
        spoke.share(of)
    )
}

/// Writes words in the middle of a seat.
fn put(
    scene: Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    seat: Seat,
    words: &[&str],
    is_selected: bool,
) {
    let width = usize::from(seat.width);
    for (line, words) in words.iter().take(usize::from(seat.height)).enumerate() {
        // a space on both sides keeps the lines off the words
        let words = format!(" {} ", text::fit(words, width.saturating_sub(2)));
        let wide = text::columns(&words);
        let at = Rect::new(
            area.x + seat.x + ((width - wide) / 2) as u16,
            area.y + seat.y + line as u16,
            wide as u16,
            1,
        );
        let style = match (is_selected, scene.model.place().pane) {
            (true, Pane::List) => scene.theme.selected(),
            (true, Pane::Detail) => scene.theme.heading(),
            (false, _) if line == 0 => scene.theme.bar(),
            (false, _) => scene.theme.plain(),
        };
        frame.render_widget(Line::styled(words, style), at);
    }
}

/// Draws the line from the middle to a seat, of the sign that says how recent.
fn connect(
    scene: Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    (middle, seat): (Seat, Seat),
    spoke: &Spoke,
) {
    let (from, to) = (middle.middle(), seat.middle());
    let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs() * 2).max(1);
    for step in (0..=steps).step_by(2) {
        let x = from.0 + (to.0 - from.0) * step / steps;
        let y = from.1 + (to.1 - from.1) * step / steps;
        let (x, y) = (area.x + x.max(0) as u16, area.y + y.max(0) as u16);
        if x < area.right() && y < area.bottom() {
            let cell = Rect::new(x, y, 1, 1);
            let sign = spoke.touch.sign().to_string();
            frame.render_widget(Line::styled(sign, scene.theme.dim()), cell);
        }
    }
}

/// An agency in one line.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let ring = &scene.index.drawn.ring;
    let Some(spoke) = ring.spokes.get(at) else {
        return Line::default();
    };
    let room = (scene.width / 3).clamp(14, 26);
    let mut words = figures(spoke, ring.facts);
    if !spoke.facts.is_empty() {
        words = format!("{words}, {}", spoke.touch.phrase());
    }
    Line::from(vec![
        Span::styled(
            format!("  {} ", text::pad(&name(scene, spoke), room)),
            scene.theme.bar(),
        ),
        Span::raw(text::fit(&words, scene.width.saturating_sub(room + 3))),
    ])
}

/// The selected agency in words, and then all of them.
pub fn detail(scene: Scene<'_>, at: usize, page: &mut Page) {
    let ring = &scene.index.drawn.ring;
    let Some(spoke) = ring.spokes.get(at) else {
        return;
    };
    page.styled(&name(scene, spoke)[2..], scene.theme.heading());
    page.text(&sentence(scene, spoke));
    page.heading("All agencies in words");
    for (number, other) in ring.spokes.iter().enumerate() {
        let sign = if number == at { ">" } else { "-" };
        let words = format!("{}: {}", &name(scene, other)[2..], sentence(scene, other));
        page.item(sign, &words);
    }
}

fn sentence(scene: Scene<'_>, spoke: &Spoke) -> String {
    let all = scene.index.drawn.ring.facts;
    let mut said = vec![match spoke.facts.len() {
        0 => "Supplied nothing about the child.".to_owned(),
        count => format!(
            "Tells {count} of {all} facts about the child ({}%), {} of them relied on.",
            spoke.share(all),
            spoke.cited
        ),
    }];
    if let Some(day) = spoke.last {
        said.push(format!(
            "The last is of {}, {}.",
            iso(day),
            spoke.touch.phrase()
        ));
    }
    let with = |goes_on: bool| {
        let names = spoke.with.iter().filter(|(_, on)| **on == goes_on);
        names.map(|(name, _)| name.as_str()).collect::<Vec<_>>()
    };
    for (names, words) in [(with(true), "Works with"), (with(false), "Worked with")] {
        if !names.is_empty() {
            said.push(format!("{words} {}.", names.join(", ")));
        }
    }
    if spoke.with.is_empty() {
        said.push("Not recorded as involved with anybody.".to_owned());
    }
    said.join(" ")
}
