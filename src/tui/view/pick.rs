//! The box in which a recipient, an agency, a meeting or the like is chosen.

use ratatui::Frame;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::Scene;
use super::overlay::open;
use crate::tui::pick::Pick;
use crate::tui::text;

/// Draws what is offered under what is typed.
pub fn draw(scene: Scene<'_>, pick: &Pick, frame: &mut Frame<'_>) {
    let offers = pick.offers(scene.model);
    let inner = open(scene.model, frame, pick.question(), 18);
    let width = usize::from(inner.width);
    let mut lines = vec![text::line(
        &text::fit(&format!("> {}_", pick.query), width),
        scene.theme.bar(),
    )];
    if offers.is_empty() {
        lines.push(Line::styled("Nothing has these words.", scene.theme.dim()));
    }
    let room = usize::from(inner.height).saturating_sub(lines.len());
    let top = (pick.at + 1).saturating_sub(room);
    for (n, offer) in offers.iter().enumerate().skip(top).take(room) {
        let sign = if offer.holds { "*" } else { " " };
        let style = if n == pick.at {
            scene.theme.selected()
        } else {
            scene.theme.plain()
        };
        let words = format!("{sign} {}", offer.words);
        lines.push(text::line(&text::pad(&words, width), style));
    }
    frame.render_widget(Paragraph::new(lines), inner);
}
