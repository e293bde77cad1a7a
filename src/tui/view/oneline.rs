//! Draws the box in which one line is typed.

use ratatui::Frame;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::Scene;
use super::overlay::open;
use crate::tui::oneline::OneLine;
use crate::tui::text;

/// Draws what is asked, and what is typed.
pub fn draw(scene: Scene<'_>, form: &OneLine, frame: &mut Frame<'_>) {
    let inner = open(scene.model, frame, form.of.title(), 10);
    let width = usize::from(inner.width);
    let about = text::wrap(&form.of.about(), width).into_iter().take(3);
    let mut lines: Vec<Line<'_>> = about.map(Line::from).collect();
    lines.push(Line::default());
    let typed = text::wrap(&format!("{}_", form.text), width);
    let room = usize::from(inner.height).saturating_sub(lines.len());
    let skip = typed.len().saturating_sub(room);
    let typed = typed.into_iter().skip(skip);
    lines.extend(typed.map(|line| Line::styled(line, scene.theme.bar())));
    frame.render_widget(Paragraph::new(lines), inner);
}
