//! The knock-out: switches agencies off and on, and counts what falls at once.

use crate::model::id::AgencyId;
use crate::tui::drawn::Fall;
use crate::tui::drawn::knock::letter;
use crate::tui::form::FormRow;
use crate::tui::index::Row;
use crate::tui::model::Model;

/// Switches the selected agency.
pub fn switch(model: &mut Model) {
    if let Some(Row::Of(FormRow::Switch(at))) = model.selected() {
        turn(model, at);
    }
}

/// Switches the agency that has this letter.
pub fn by_letter(model: &mut Model, pressed: char) {
    let at = (0..26).find(|at| letter(*at) == Some(pressed));
    let Some(at) = at.filter(|at| agency(model, *at).is_some()) else {
        model.status = format!("No agency has the letter {pressed}.");
        return;
    };
    turn(model, at);
}

/// Switches all agencies on.
pub fn all_on(model: &mut Model) {
    model.forms.off.clear();
    count(model);
    "All agencies are on.".clone_into(&mut model.status);
}

fn agency(model: &Model, at: usize) -> Option<AgencyId> {
    let (_, index) = model.picture.as_ref()?;
    index.drawn.switches.get(at).cloned()
}

fn turn(model: &mut Model, at: usize) {
    let Some(id) = agency(model, at) else { return };
    let before = model.forms.fall;
    let is_off = model.forms.off.insert(id.clone());
    if !is_off {
        model.forms.off.remove(&id);
    }
    count(model);
    let fall = model.forms.fall;
    let name = model.picture.as_ref();
    let name = name.map_or("", |(picture, _)| picture.supplied.agency_name(&id));
    let state = if is_off { "off" } else { "on" };
    let more = if fall.fallen == before.fallen {
        format!(
            "{} of {} conclusions fall, as before",
            fall.fallen, fall.all
        )
    } else {
        format!("{} of {} conclusions fall", fall.fallen, fall.all)
    };
    model.status = format!("{name} is {state}: {more}. Nothing is decided by this.");
}

/// Counts again what falls, after a key or with a new picture.
pub fn count(model: &mut Model) {
    let Some((picture, index)) = &model.picture else {
        return;
    };
    model
        .forms
        .off
        .retain(|id| index.drawn.switches.contains(id));
    model.forms.fall = Fall::of(picture, &model.forms.off);
}
