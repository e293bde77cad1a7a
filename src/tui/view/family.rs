//! Draws the family picture, and says the same in words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::Scene;
use super::page::Page;
use crate::picture::genogram::Said;
use crate::tui::form::FormRow;
use crate::tui::index::Row;
use crate::tui::model::Pane;
use crate::tui::text;

/// Draws the part of the picture that is in sight, and marks who is selected; false where there is none.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> bool {
    let family = &scene.index.drawn.family;
    if family.lines.is_empty() {
        return false;
    }
    let (left, top) = scene.model.forms.sheet;
    let rows = family.lines.iter().skip(top).take(usize::from(area.height));
    for (line, words) in rows.enumerate() {
        let row = Rect {
            y: area.y + line as u16,
            height: 1,
            ..area
        };
        let shown = window(words, left, usize::from(area.width));
        frame.render_widget(text::line(&shown, scene.theme.plain()), row);
    }
    if let Some(Row::Of(FormRow::Member(at))) = scene.model.selected()
        && let Some(extent) = family.extent(at)
    {
        mark(scene, frame, area, extent);
    }
    true
}

/// The columns of a line from one on, as many as there is room for. A wide sign that is cut leaves a space.
fn window(line: &str, from: usize, width: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    for cluster in line.graphemes(true) {
        let wide = text::columns(cluster);
        let (start, end) = (at, at + wide);
        at = end;
        if end <= from {
            continue;
        }
        if start < from {
            out.push_str(&" ".repeat(end - from));
        } else if end > from + width {
            break;
        } else {
            out.push_str(cluster);
        }
    }
    out
}

/// Reverses the symbol and the words of who is selected.
fn mark(scene: Scene<'_>, frame: &mut Frame<'_>, area: Rect, extent: (i32, i32, i32, i32)) {
    let (left, top) = scene.model.forms.sheet;
    let (x, y) = (extent.0 - left as i32, extent.1 - top as i32);
    let (right, bottom) = (x + extent.2, y + extent.3);
    let (width, height) = (i32::from(area.width), i32::from(area.height));
    let (x, y) = (x.clamp(0, width), y.clamp(0, height));
    let (right, bottom) = (right.clamp(x, width), bottom.clamp(y, height));
    let box_of = Rect::new(
        area.x + x as u16,
        area.y + y as u16,
        (right - x) as u16,
        (bottom - y) as u16,
    );
    let style = if scene.model.place().pane == Pane::List {
        scene.theme.selected()
    } else {
        scene.theme.bar()
    };
    frame.buffer_mut().set_style(box_of, style);
}

/// Somebody in one line, where the picture cannot be drawn.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(said) = scene.index.drawn.family.said.get(at) else {
        return Line::default();
    };
    let room = (scene.width / 3).clamp(14, 28);
    Line::from(vec![
        Span::styled(
            format!("  {} ", text::pad(&said.name, room)),
            scene.theme.bar(),
        ),
        Span::raw(text::fit(&said.who, scene.width.saturating_sub(room + 3))),
    ])
}

/// Who is selected, in words, and then everybody else, those who are not drawn among them.
pub fn detail(scene: Scene<'_>, at: usize, page: &mut Page) {
    let family = &scene.index.drawn.family;
    let Some(said) = family.said.get(at) else {
        return;
    };
    one(said, page);
    let person = family.person(at);
    let facts = person.and_then(|person| scene.index.facts_of_person.get(person));
    let facts = facts.map_or(0, Vec::len);
    page.field("facts", &format!("{facts}; Enter opens them"));
    page.heading("Everybody in words");
    for other in &family.said {
        let bound: Vec<&str> = other.bound.iter().map(String::as_str).collect();
        let words = format!(
            "{}: {} {} {}",
            other.name,
            other.who,
            bound.join(" "),
            other.home
        );
        page.item(if other == said { ">" } else { "-" }, words.trim_end());
    }
    if !family.family.left_out.is_empty() {
        page.heading("On record and not drawn");
        for (name, why) in &family.family.left_out {
            page.item("-", &format!("{name}: {why}."));
        }
    }
}

fn one(said: &Said, page: &mut Page) {
    page.styled(&said.name, page.theme.heading());
    page.text(&said.who);
    for bound in &said.bound {
        page.item("-", bound);
    }
    if !said.home.is_empty() {
        page.text(&said.home);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_cuts_columns_and_not_letters() {
        for (line, from, width, shown) in [
            ("abcdef", 2, 3, "cde"),
            ("李b李d", 1, 3, " b"),
            ("李b李d", 0, 5, "李b李"),
            ("ab", 5, 3, ""),
        ] {
            assert_eq!(window(line, from, width), shown, "{line} {from}");
        }
    }
}
