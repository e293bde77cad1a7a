//! The pack: a section in the list, and what stands in it as plain text.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::tui::pack::Part;
use crate::tui::text;

fn part(scene: Scene<'_>, at: usize) -> Option<&Part> {
    scene.model.pack.outline.as_ref()?.sections.get(at)
}

/// A section in the list.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(part) = part(scene, at) else {
        return Line::default();
    };
    let rows = match part.rows {
        0 => String::new(),
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    };
    let room = scene.width.saturating_sub(16);
    Line::from(vec![
        Span::raw(format!("  {} ", text::pad(&part.heading, room))),
        Span::styled(text::pad_left(&rows, 10), scene.theme.bar()),
    ])
}

/// What stands in a section.
pub fn section(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(part) = part(scene, at) else {
        return;
    };
    page.styled(&part.heading, scene.theme.heading());
    for line in &part.lines {
        page.text(line);
    }
}
