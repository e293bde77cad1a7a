//! What the mouse does: a press on a tab opens the view, on a row selects it, on the selected row opens it; the wheel scrolls what
//! lies under it.

use ratatui::layout::Position;

use crate::tui::action::Action;
use crate::tui::index::Row;
use crate::tui::model::{Model, Overlay, Pane};
use crate::tui::mouse::{Mouse, What};
use crate::tui::msg::Effect;
use crate::tui::view;

use super::{forms, moving, opening, perform};

/// Rows that one turn of the wheel moves.
const ROWS: usize = 3;

/// Turns the mouse on or off.
pub fn turn(model: &mut Model) -> Vec<Effect> {
    model.mouse = !model.mouse;
    let said = if model.mouse {
        "The mouse is used. To select text with it, hold Shift; Ctrl-T leaves it to the terminal."
    } else {
        "The mouse is left to the terminal, which selects text with it. Ctrl-T uses it again."
    };
    said.clone_into(&mut model.status);
    vec![Effect::Mouse(model.mouse)]
}

/// Takes what was done with the mouse. Under the lock, while a case is read and with the mouse off it means nothing.
pub fn on_mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let is_out = model.lock.is_some() || model.picture.is_none() || model.is_covered();
    if is_out || !model.mouse {
        return Vec::new();
    }
    model.status.clear();
    model.is_leaving = false;
    match mouse.what {
        What::Press => press(model, mouse),
        What::WheelUp => wheel(model, mouse, Action::Up),
        What::WheelDown => wheel(model, mouse, Action::Down),
    }
}

fn press(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if model
        .overlay
        .as_ref()
        .is_some_and(|one| *one != Overlay::Search)
    {
        return Vec::new();
    }
    let Some(areas) = model.areas() else {
        return Vec::new();
    };
    let at = Position::new(mouse.x, mouse.y);
    if areas.tabs.contains(at) {
        if let Some(view) = view::tab_at(model, areas.tabs.width, mouse.x) {
            model.overlay = None;
            return perform(model, Action::Go(view));
        }
    } else if areas.list.contains(at) {
        let at = (mouse.x - areas.list.x, mouse.y - areas.list.y);
        return match forms::pressed(model, at) {
            Some(effects) => effects,
            None => on_row(model, usize::from(at.1)),
        };
    } else if areas.detail.contains(at) && model.has_detail() {
        model.place_mut().pane = Pane::Detail;
    }
    Vec::new()
}

/// Selects a row that is visible; opens it when it is the selected one.
fn on_row(model: &mut Model, line: usize) -> Vec<Effect> {
    let at = model.place().top + line;
    if matches!(model.row(at), None | Some(Row::Heading(_))) {
        return Vec::new();
    }
    let place = model.place_mut();
    let is_again = place.at == at && place.pane == Pane::List;
    place.pane = Pane::List;
    if is_again {
        return if model.overlay.is_none() {
            opening::open(model)
        } else {
            Vec::new()
        };
    }
    (place.at, place.scroll) = (at, 0);
    Vec::new()
}

fn wheel(model: &mut Model, mouse: Mouse, action: Action) -> Vec<Effect> {
    if model
        .overlay
        .as_ref()
        .is_some_and(|one| *one != Overlay::Search)
    {
        return (0..ROWS).flat_map(|_| perform(model, action)).collect();
    }
    let Some(areas) = model.areas() else {
        return Vec::new();
    };
    if model.place().form.has_sides() {
        return (0..ROWS).flat_map(|_| perform(model, action)).collect();
    }
    let is_over_detail = areas.detail.contains(Position::new(mouse.x, mouse.y));
    let before = model.place().pane;
    model.place_mut().pane = if is_over_detail {
        Pane::Detail
    } else {
        Pane::List
    };
    for _ in 0..ROWS {
        moving::perform(model, action);
    }
    model.place_mut().pane = before;
    Vec::new()
}
