//! Draws the forms of the views: each in a file of its own.

use ratatui::Frame;
use ratatui::text::Line;

use super::page::Page;
use super::{Scene, family, knock, lanes, ring, silence, slots, timeline};
use crate::picture::Picture;
use crate::tui::form::{Form, FormRow};
use crate::tui::index::Index;
use crate::tui::layout::Areas;

/// The line over the rows.
pub fn columns(scene: Scene<'_>) -> Line<'static> {
    match scene.model.place().form {
        Form::Lanes => lanes::columns(scene),
        Form::Silence => silence::columns(scene),
        _ => timeline::columns(scene),
    }
}

/// Draws a form that is no list of rows; false where it is one.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>, areas: &Areas) -> bool {
    match scene.model.place().form {
        Form::Lanes => {
            lanes::draw(scene, frame, areas.list);
            true
        }
        Form::Family => family::draw(scene, frame, areas.list),
        Form::Ring => ring::draw(scene, frame, areas.list),
        _ => false,
    }
}

/// A row of a form as it is drawn.
pub fn line(scene: Scene<'_>, row: FormRow) -> Line<'static> {
    match row {
        FormRow::Member(at) => family::line(scene, at),
        FormRow::Spoke(at) => ring::line(scene, at),
        FormRow::Switch(at) => knock::switch_line(scene, at),
        FormRow::Stands(at) => knock::conclusion_line(scene, at),
        FormRow::Link(at) => knock::link_line(scene, at),
        FormRow::Silence(at) => silence::line(scene, at),
        FormRow::Slot(at) => slots::line(scene, at),
    }
}

/// A row of a form in plain words, for the filter.
pub fn plain(picture: &Picture, index: &Index, row: FormRow) -> String {
    let drawn = &index.drawn;
    let name = |id| picture.supplied.agency_name(id).to_owned();
    let words = match row {
        FormRow::Member(at) => drawn.family.said.get(at).map(|said| said.name.clone()),
        FormRow::Spoke(at) => {
            let spoke = drawn.ring.spokes.get(at);
            spoke.and_then(|spoke| spoke.agency.as_ref()).map(name)
        }
        FormRow::Switch(at) => drawn.switches.get(at).map(name),
        FormRow::Stands(at) => {
            let conclusion = picture.reliance.conclusions.get(at);
            conclusion.map(|one| format!("{} {}", one.id, one.text))
        }
        FormRow::Link(at) => drawn.links.get(at).map(|link| link.sentence.clone()),
        FormRow::Silence(at) => drawn.silence.agencies.get(at).map(|(id, _)| name(id)),
        FormRow::Slot(at) => drawn.slots.get(at).map(|slot| slots::words(picture, slot)),
    };
    words.unwrap_or_default()
}

/// What the facts behind a row of a form are called over the timeline.
pub fn title(picture: &Picture, index: &Index, row: FormRow) -> String {
    let words = plain(picture, index, row);
    match row {
        FormRow::Member(_) => format!("about {words}"),
        FormRow::Spoke(_) => format!("told by {words} about the child"),
        FormRow::Switch(_) => format!("relied on, origin {words}"),
        FormRow::Stands(at) => {
            let conclusion = picture.reliance.conclusions.get(at);
            let id = conclusion.map_or("", |one| one.id.as_str());
            format!("conclusion {id} rests on")
        }
        FormRow::Link(_) => "facts that hang on a doubtful link".to_owned(),
        FormRow::Silence(_) => format!("told by {words}, of one month"),
        FormRow::Slot(_) => words,
    }
}

/// What is known of a row of a form.
pub fn detail(scene: Scene<'_>, row: FormRow, page: &mut Page) {
    match row {
        FormRow::Member(at) => family::detail(scene, at, page),
        FormRow::Spoke(at) => ring::detail(scene, at, page),
        FormRow::Switch(at) => knock::switch(scene, at, page),
        FormRow::Stands(at) => knock::conclusion(scene, at, page),
        FormRow::Link(at) => knock::link(scene, at, page),
        FormRow::Silence(at) => silence::detail(scene, at, page),
        FormRow::Slot(at) => slots::detail(scene, at, page),
    }
}
