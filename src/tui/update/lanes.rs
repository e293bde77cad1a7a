//! The swim lanes: moves through time and from lane to lane, zooms, and keeps the selected fact the list's.

use std::sync::Arc;

use crate::model::date::Day;
use crate::tui::action::{Action, View};
use crate::tui::form::Form;
use crate::tui::lanes::store::day_of;
use crate::tui::lanes::{Axis, Lane, Zoom, axis, name_room};
use crate::tui::model::{Model, Pane};
use crate::tui::msg::Effect;
use crate::tui::view;

use super::opening;

/// Goes to the lanes: the keys stand on the cell of the fact that the list has selected.
pub fn enter(model: &mut Model) {
    narrow(model);
    let Some((picture, index)) = model.picture.clone() else {
        return;
    };
    let (first, last) = index.lanes.span;
    if model.lanes.zoom.is_none() {
        model.lanes.zoom = Some(Zoom::that_shows(first, last, columns(model)));
        model.lanes.left = first;
        model.lanes.day = picture.as_of;
    }
    let place = model.place();
    let fact = place.shown.get(place.at);
    let Some(fact) = fact.and_then(|at| picture.timeline.facts.get(*at)) else {
        return;
    };
    if let Some(day) = day_of(&fact.when) {
        model.lanes.day = day;
    }
    let here = index.agencies.get(model.lanes.lane);
    if !here.is_some_and(|agency| fact.agencies.contains(&agency.id)) {
        let mut agencies = index.agencies.iter();
        let found = agencies.position(|agency| agency.id == fact.first_agency);
        model.lanes.lane = found.unwrap_or(0);
    }
}

/// Sorts the facts that a filter leaves into lanes.
pub fn narrow(model: &mut Model) {
    let shown = Arc::clone(&model.place_of(View::Timeline).shown);
    let Some((picture, index)) = &model.picture else {
        return;
    };
    let is_all = shown.len() == picture.timeline.facts.len();
    let narrowed = (!is_all).then(|| Arc::new(index.lanes.only(picture, &shown)));
    model.lanes.narrowed = narrowed;
}

/// The columns that time has.
fn columns(model: &Model) -> u16 {
    let width = model.areas().map_or(60, |areas| areas.list.width);
    width.saturating_sub(name_room(width)).max(1)
}

/// Time as it is laid out now.
pub fn laid_out(model: &Model) -> (Zoom, Axis) {
    let zoom = model.lanes.zoom.unwrap_or(Zoom::Decades);
    (zoom, axis::axis(zoom, model.lanes.left, columns(model)))
}

/// The lane on which the keys are.
pub fn lane(model: &Model) -> Option<&Lane> {
    let (_, index) = model.picture.as_ref()?;
    let lanes = model.lanes.narrowed.as_deref();
    lanes.unwrap_or(&index.lanes.all).get(model.lanes.lane)
}

/// The first day of the cell on which the keys are, and that of the next cell.
pub fn span(model: &Model) -> (Day, Day) {
    let zoom = model.lanes.zoom.unwrap_or(Zoom::Decades);
    (zoom.floor(model.lanes.day), zoom.step(model.lanes.day, 1))
}

/// Does what a key means in the lanes.
pub fn perform(model: &mut Model, action: Action) {
    let (zoom, time) = laid_out(model);
    let cells = time.cells() as i64;
    let lanes = &mut model.lanes;
    match action {
        Action::Left => lanes.day = zoom.step(lanes.day, -1),
        Action::Right => lanes.day = zoom.step(lanes.day, 1),
        Action::PageUp => {
            lanes.left = zoom.step(lanes.left, -cells);
            lanes.day = zoom.step(lanes.day, -cells);
        }
        Action::PageDown => {
            lanes.left = zoom.step(lanes.left, cells);
            lanes.day = zoom.step(lanes.day, cells);
        }
        Action::Up => lanes.lane = lanes.lane.saturating_sub(1),
        Action::Down => lanes.lane += 1,
        Action::ZoomIn | Action::ZoomOut => zoom_to(model, &time, action),
        Action::NextFact | Action::PreviousFact => to_fact(model, action == Action::NextFact),
        _ => to_end(model, action == Action::First),
    }
    clamp(model);
    let is_fact = matches!(action, Action::NextFact | Action::PreviousFact);
    if !is_fact {
        select_first(model);
    }
}

/// Another zoom, with the cell on which the keys are where it was on the screen.
fn zoom_to(model: &mut Model, time: &Axis, action: Action) {
    let zoom = model.lanes.zoom.unwrap_or(Zoom::Decades);
    let closer = if action == Action::ZoomIn { 1 } else { -1 };
    let next = zoom.by(closer);
    if next == zoom {
        let words = if closer > 0 {
            "A week is the closest."
        } else {
            "Decades are the furthest."
        };
        words.clone_into(&mut model.status);
        return;
    }
    let at = time.cell_of(model.lanes.day).unwrap_or(0) as f64 / time.cells().max(1) as f64;
    let cells = axis::axis(next, model.lanes.day, columns(model)).cells();
    let before = (at * cells as f64) as i64;
    model.lanes.zoom = Some(next);
    model.lanes.left = next.step(model.lanes.day, -before);
    model.status = format!("A cell is a {}.", next.cell());
}

/// To the fact after the selected one in its lane, or before; from an empty cell to the next there is.
fn to_fact(model: &mut Model, is_forward: bool) {
    let (from, until) = span(model);
    let selected = model.selected_fact();
    let Some(lane) = lane(model) else { return };
    let here = lane.range((from, until));
    let at = selected.and_then(|fact| position(model, lane, fact));
    let next = match (at, is_forward) {
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
        (None, true) => Some(here.start),
        (None, false) => here.start.checked_sub(1),
    };
    let next = next.and_then(|at| Some((*lane.days.get(at)?, *lane.facts.get(at)?)));
    let Some((day, fact)) = next else {
        let words = if is_forward {
            "No later fact in this lane."
        } else {
            "No earlier fact in this lane."
        };
        words.clone_into(&mut model.status);
        return;
    };
    model.lanes.day = Day::from_num_days_from_ce_opt(day).unwrap_or(model.lanes.day);
    select(model, fact);
}

/// To the first or the last fact of the lane.
fn to_end(model: &mut Model, is_first: bool) {
    let Some(lane) = lane(model) else { return };
    let day = if is_first {
        lane.days.first()
    } else {
        lane.days.last()
    };
    if let Some(day) = day.and_then(|day| Day::from_num_days_from_ce_opt(*day)) {
        model.lanes.day = day;
    }
}

/// Selects the first fact of the cell, unless the one that is selected lies in it.
fn select_first(model: &mut Model) {
    let selected = model.place().shown.get(model.place().at).copied();
    let Some(lane) = lane(model) else { return };
    let cell = lane.range(span(model));
    let at = selected.and_then(|at| position(model, lane, at));
    let is_in = at.is_some_and(|at| cell.contains(&at));
    let first = lane.facts.get(cell).and_then(|facts| facts.first());
    if let Some(first) = first.copied().filter(|_| !is_in) {
        select(model, first);
    }
}

/// Where a fact stands in a lane.
pub fn position(model: &Model, lane: &Lane, fact: usize) -> Option<usize> {
    let (picture, _) = model.picture.as_ref()?;
    let day = day_of(&picture.timeline.facts.get(fact)?.when)?;
    lane.find(fact as u32, day)
}

/// Selects a fact of the list.
fn select(model: &mut Model, fact: u32) {
    let place = model.place_mut();
    if let Ok(at) = place.shown.binary_search(&(fact as usize)) {
        place.at = at;
        place.scroll = 0;
    }
}

/// Keeps the keys on a lane and on a day that there is.
fn clamp(model: &mut Model) {
    let Some((_, index)) = &model.picture else {
        return;
    };
    let (first, last) = index.lanes.span;
    let lanes = &mut model.lanes;
    lanes.lane = lanes.lane.min(index.agencies.len().saturating_sub(1));
    lanes.day = lanes.day.clamp(first, last);
}

/// Brings the cell on which the keys are into sight. Runs after every message.
pub fn settle(model: &mut Model) {
    // while what somebody may see is computed, nothing is laid out by what was seen before
    if model.lanes.zoom.is_none() && !model.is_covered() {
        enter(model);
    }
    clamp(model);
    let (zoom, time) = laid_out(model);
    let cells = time.cells() as i64;
    let day = model.lanes.day;
    if time.cell_of(day).is_none() {
        model.lanes.left = if day < model.lanes.left {
            zoom.floor(day)
        } else {
            zoom.step(day, 1 - cells)
        };
    }
    let height = model
        .areas()
        .map_or(1, |areas| usize::from(areas.list.height))
        .max(1);
    let lanes = &mut model.lanes;
    lanes.top = lanes.top.min(lanes.lane);
    if lanes.lane >= lanes.top + height {
        lanes.top = lanes.lane + 1 - height;
    }
    model.lanes.is_on_fact = is_on_fact(model);
}

fn is_on_fact(model: &Model) -> bool {
    let place = model.place_at(View::Timeline);
    let (Some((picture, index)), Some(at)) = (&model.picture, place.shown.get(place.at)) else {
        return false;
    };
    let Some((fact, agency)) = picture
        .timeline
        .facts
        .get(*at)
        .zip(index.agencies.get(model.lanes.lane))
    else {
        return false;
    };
    let (from, until) = span(model);
    let is_then = day_of(&fact.when).is_some_and(|day| from <= day && day < until);
    is_then && fact.agencies.contains(&agency.id)
}

/// A press with the mouse: the keys go to that cell; pressed again, it opens.
pub fn pressed(model: &mut Model, (x, y): (u16, u16)) -> Vec<Effect> {
    let (Some(areas), Some((_, index))) = (model.areas(), model.picture.clone()) else {
        return Vec::new();
    };
    let lane = model.lanes.top + usize::from(y);
    if lane >= index.agencies.len() {
        return Vec::new();
    }
    let before = (model.lanes.lane, span(model));
    model.lanes.lane = lane;
    let (_, time) = laid_out(model);
    let column = x.checked_sub(name_room(areas.list.width));
    let cell = column.map(|column| usize::from(column / time.width));
    if let Some((day, _)) = cell.and_then(|cell| time.span(cell)) {
        model.lanes.day = day;
    }
    model.place_mut().pane = Pane::List;
    clamp(model);
    select_first(model);
    settle(model);
    let is_again = before == (model.lanes.lane, span(model));
    if is_again && model.overlay.is_none() && model.selected().is_some() {
        return open(model);
    }
    Vec::new()
}

/// Opens the facts of the cell as a list.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(lane) = lane(model) else {
        return Vec::new();
    };
    let facts = lane.facts(span(model)).iter();
    let facts: Vec<usize> = facts.map(|at| *at as usize).collect();
    let title = view::cell_title(model);
    let selected = model.selected_fact();
    let effects = opening::narrow(model, &title, &facts);
    if let Some(fact) = selected.filter(|_| model.place().form == Form::List) {
        select(model, fact as u32);
    }
    effects
}
