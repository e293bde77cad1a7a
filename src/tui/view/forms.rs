//! Draws the forms of the views: each in a file of its own.

use ratatui::Frame;
use ratatui::text::Line;

use super::page::Page;
use super::{Scene, lanes, timeline};
use crate::picture::Picture;
use crate::tui::form::{Form, FormRow};
use crate::tui::index::Index;
use crate::tui::layout::Areas;

/// The line over the rows.
pub fn columns(scene: Scene<'_>) -> Line<'static> {
    match scene.model.place().form {
        Form::Lanes => lanes::columns(scene),
        _ => timeline::columns(scene),
    }
}

/// Draws a form that is no list of rows; false where it is one.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>, areas: &Areas) -> bool {
    match scene.model.place().form {
        Form::Lanes => lanes::draw(scene, frame, areas.list),
        _ => return false,
    }
    true
}

/// A row of a form as it is drawn.
pub fn line(scene: Scene<'_>, row: FormRow) -> Line<'static> {
    let _ = (scene, row);
    Line::default()
}

/// A row of a form in plain words, for the filter.
pub fn plain(picture: &Picture, index: &Index, row: FormRow) -> String {
    let _ = (picture, index, row);
    String::new()
}

/// What the facts behind a row of a form are called over the timeline.
pub fn title(picture: &Picture, index: &Index, row: FormRow) -> String {
    plain(picture, index, row)
}

/// What is known of a row of a form.
pub fn detail(scene: Scene<'_>, row: FormRow, page: &mut Page) {
    let _ = (scene, row, page);
}
