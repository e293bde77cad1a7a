//! Moves the selection and the scrolling, and keeps both in bounds.

use chrono::Datelike as _;

use crate::tui::action::{Action, View};
use crate::tui::index::Row;
use crate::tui::model::{Model, Pane};
use crate::tui::view;

use super::forms;

/// Moves in the pane that has the keys.
pub fn perform(model: &mut Model, action: Action) {
    if model.place().pane == Pane::List && forms::perform(model, action) {
        return;
    }
    let page = page(model);
    let is_detail = model.place().pane == Pane::Detail;
    let last = if is_detail {
        view::detail_height(model).saturating_sub(page)
    } else {
        model.place().shown.len().saturating_sub(1)
    };
    let from = if is_detail {
        model.place().scroll
    } else {
        model.place().at
    };
    let to = target(from, action, page, last);
    if is_detail {
        model.place_mut().scroll = to;
        return;
    }
    let is_back = matches!(action, Action::Up | Action::PageUp | Action::Last);
    let landed = selectable(model, to, !is_back).or_else(|| selectable(model, to, is_back));
    let place = model.place_mut();
    if let Some(landed) = landed {
        // going up past the first heading shows that heading
        if landed >= from && action == Action::Up {
            place.top = 0;
        }
        place.at = landed;
        place.scroll = 0;
    }
}

/// Where a step leads from a row of a list whose last row this is.
pub fn target(at: usize, action: Action, page: usize, last: usize) -> usize {
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => at + page,
        Action::First => 0,
        _ => last,
    };
    to.min(last)
}

/// Goes to the first row of the next part of the list, or of the one before.
pub fn part(model: &mut Model, action: Action) {
    let is_next = action == Action::NextPart;
    let landed = if model.view == View::Timeline {
        year_apart(model, is_next)
    } else {
        part_apart(model, is_next)
    };
    let Some(landed) = landed else {
        "The list has no further part that way.".clone_into(&mut model.status);
        return;
    };
    let place = model.place_mut();
    (place.at, place.scroll, place.pane) = (landed, 0, Pane::List);
    // what begins here is shown from its beginning
    place.top = landed.saturating_sub(1);
}

/// Whether a part of a list begins with a row: under a heading, or with the first flag of a kind.
fn begins(model: &Model, at: usize) -> bool {
    let code = |flag: usize| {
        let (picture, _) = model.picture.as_ref()?;
        picture.flags.flags.get(flag).map(|flag| flag.code)
    };
    let before = at.checked_sub(1).and_then(|before| model.row(before));
    match (before, model.row(at)) {
        (_, None | Some(Row::Heading(_))) => false,
        (None | Some(Row::Heading(_)), _) => true,
        (Some(Row::Flag(before)), Some(Row::Flag(this))) => code(before) != code(this),
        _ => false,
    }
}

fn part_apart(model: &Model, is_next: bool) -> Option<usize> {
    let (at, count) = (model.place().at, model.place().shown.len());
    if is_next {
        return (at + 1..count).find(|at| begins(model, *at));
    }
    let own = (0..=at).rev().find(|at| begins(model, *at))?;
    (0..own).rev().find(|at| begins(model, *at))
}

/// The first fact of the next year, or of the year before; those without a date are last. Found by halving, since facts stand in
/// order and may be a million.
fn year_apart(model: &Model, is_next: bool) -> Option<usize> {
    let (picture, _) = model.picture.as_ref()?;
    let facts = &picture.timeline.facts;
    let year = |at: &usize| {
        let day = facts.get(*at).and_then(|fact| fact.when.start());
        day.map_or(i32::MAX, |day| day.year())
    };
    let shown = &model.place().shown;
    let here = year(shown.get(model.place().at)?);
    if is_next {
        let next = shown.partition_point(|at| year(at) <= here);
        return (next < shown.len()).then_some(next);
    }
    let own = shown.partition_point(|at| year(at) < here);
    let before = year(shown.get(own.checked_sub(1)?)?);
    Some(shown.partition_point(|at| year(at) < before))
}

/// How many rows the pane shows that has the keys.
fn page(model: &Model) -> usize {
    let height = model.areas().map_or(1, |areas| match model.place().pane {
        Pane::List => areas.list.height,
        Pane::Detail => areas.detail.height,
    });
    usize::from(height).max(1)
}

/// The first row that can be selected, from a position on, forwards or backwards.
fn selectable(model: &Model, from: usize, is_forward: bool) -> Option<usize> {
    let can = |at: &usize| !matches!(model.row(*at), None | Some(Row::Heading(_)));
    if is_forward {
        (from..model.place().shown.len()).find(can)
    } else {
        (0..=from).rev().find(can)
    }
}

/// Goes to the other pane.
pub fn other_pane(model: &mut Model) {
    let place = model.place_mut();
    place.pane = match place.pane {
        Pane::List => Pane::Detail,
        Pane::Detail => Pane::List,
    };
}

/// Brings the selection of the shown view into bounds and into sight. Runs after every message.
pub fn settle(model: &mut Model) {
    settle_list(model);
    forms::settle(model);
}

fn settle_list(model: &mut Model) {
    let length = model.place().shown.len();
    let at = model.place().at.min(length.saturating_sub(1));
    let at = selectable(model, at, true)
        .or_else(|| selectable(model, at, false))
        .unwrap_or(0);
    let height = model
        .areas()
        .map_or(1, |areas| usize::from(areas.list.height))
        .max(1);
    let place = model.place_mut();
    if place.at != at {
        place.scroll = 0;
    }
    place.at = at;
    place.top = place.top.min(length.saturating_sub(height)).min(at);
    if at >= place.top + height {
        place.top = at + 1 - height;
    }
    // a heading right above the first visible row belongs to it
    let top = model.place().top;
    if top > 0 && top == at && matches!(model.row(top - 1), Some(Row::Heading(_))) && height > 1 {
        model.place_mut().top = top - 1;
    }
}
