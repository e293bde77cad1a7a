//! The locked screen: a field for the passphrase, and nothing of the case, its title included.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::frame;
use crate::tui::lock::Lock;
use crate::tui::model::Model;
use crate::tui::text;

/// Draws the lock. How much is typed is not shown, only whether anything is.
pub fn draw(model: &Model, lock: &Lock, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame.render_widget(Clear, area);
    let width = usize::from(area.width).saturating_sub(4).min(64);
    let mut lines = vec![
        Line::styled("casepicture: locked", model.theme.heading()),
        Line::default(),
    ];
    let mut say = |words: &str| {
        let wrapped = text::wrap(words, width).into_iter();
        lines.extend(wrapped.map(Line::from));
    };
    let how = if model.is_kept {
        "Type the passphrase of the case; Enter opens the screen again, as it was."
    } else {
        "This case is in memory only, so it has no passphrase: Enter opens the screen again, as it was, whoever presses it."
    };
    say(how);
    if !lock.said.is_empty() {
        say(&lock.said);
    }
    if model.is_kept {
        let typed = match (lock.trying.is_some(), lock.typed.is_empty()) {
            (true, _) => "being tried …",
            (false, true) => "[            ]",
            (false, false) => "[ *** typed  ]",
        };
        lines.push(Line::default());
        lines.push(Line::from(vec![
            Span::styled("Passphrase ", model.theme.key()),
            Span::styled(typed, model.theme.bar()),
        ]));
    }
    let footer = u16::from(area.height > 0);
    let room = area.height - footer;
    let top = room.saturating_sub(lines.len() as u16) / 3;
    let left = 2.min(area.width);
    let body = Rect::new(left, top, area.width - left, room - top);
    frame.render_widget(Paragraph::new(lines), body);
    frame::footer(model, frame, Rect::new(0, room, area.width, footer));
}
