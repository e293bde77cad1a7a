//! The sign that the screen is viewed as somebody else: a reversed bar over its whole width, in words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Scene, frame as round};
use crate::tui::layout::Areas;
use crate::tui::{text, viewing};

/// Draws the sign where one is due, in place of the title. Says whether that is all that may be drawn, since what they may see
/// is not computed yet.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>, areas: &Areas) -> bool {
    if !scene.model.is_covered() {
        if let Some(seen) = &scene.index.seen {
            bar(scene, frame, areas.title, &seen.sign());
        }
        return false;
    }
    let Some(wanted) = &scene.model.view_as else {
        return false;
    };
    let purpose = viewing::purpose(wanted.purpose);
    let words = format!("VIEW AS {}, {purpose}: computing", wanted.recipient.who());
    bar(scene, frame, areas.title, &words);
    let said =
        "What they may see is being computed. Until then nothing of the case is shown. Esc stops.";
    let width = usize::from(frame.area().width.saturating_sub(4));
    let lines: Vec<Line<'_>> = text::wrap(said, width)
        .into_iter()
        .map(Line::from)
        .collect();
    let area = Rect {
        x: 2,
        y: 3,
        width: width as u16,
        height: 4,
    };
    frame.render_widget(Paragraph::new(lines), area);
    round::status(scene.model, frame, areas.status);
    round::footer(scene.model, frame, areas.footer);
    true
}

fn bar(scene: Scene<'_>, frame: &mut Frame<'_>, area: Rect, words: &str) {
    let style = scene.theme.selected().add_modifier(Modifier::BOLD);
    let width = usize::from(area.width);
    let end = "  a: change ";
    let room = width.saturating_sub(end.len() + 1);
    let line = format!(" {}{end}", text::pad(words, room));
    frame.render_widget(Line::styled(line, style), area);
}
