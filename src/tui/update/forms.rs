//! Goes from one form of a view to another, and gives each its own meaning of the keys that move.

use crate::model::id::{AgencyId, ConclusionId};
use crate::picture::Picture;
use crate::reliance::Grouping;
use crate::tui::action::{Action, View};
use crate::tui::drawn::ring::is_seen;
use crate::tui::drawn::seats::seats;
use crate::tui::form::{Form, FormRow};
use crate::tui::index::{Index, Row};
use crate::tui::keymap::{Binding, Context};
use crate::tui::lanes::Zoom;
use crate::tui::model::{Model, Pane};
use crate::tui::msg::Effect;

use super::{filter, lanes, opening, persons};

/// Shows the next form of the view.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let form = model.place().form.after(model.view);
    let effects = show(model, form);
    model.status = format!("{}. v: another way to see it.", form.name());
    effects
}

/// Shows the view in a form; what is selected stays so where the form shows it too.
pub fn show(model: &mut Model, form: Form) -> Vec<Effect> {
    let was = model.selected();
    let place = model.place_mut();
    place.form = form;
    place.pane = Pane::List;
    if model.view == View::Timeline {
        if form == Form::Lanes {
            lanes::enter(model);
        }
        return Vec::new();
    }
    let place = model.place_mut();
    (place.at, place.top, place.scroll) = (0, 0, 0);
    let effects = filter::again(model, None);
    select_same(model, was.as_ref());
    effects
}

/// What a row is about, whichever form shows it.
#[derive(PartialEq)]
enum Same {
    Person(usize),
    Agency(AgencyId),
    Conclusion(ConclusionId),
}

fn about(picture: &Picture, index: &Index, row: &Row) -> Option<Same> {
    let drawn = &index.drawn;
    let conclusion = |at: usize| {
        let conclusion = picture.reliance.conclusions.get(at)?;
        Some(Same::Conclusion(conclusion.id.clone()))
    };
    match row {
        Row::Person(at) => Some(Same::Person(*at)),
        Row::Conclusion(at) | Row::Of(FormRow::Stands(at)) => conclusion(*at),
        Row::Group(at) => {
            let group = picture.reliance.groups.get(*at)?;
            let is_agency = group.grouping == Grouping::Agency;
            is_agency.then(|| Same::Agency(AgencyId::new(&group.group)))
        }
        Row::Of(FormRow::Member(at)) => drawn.family.person(*at).map(Same::Person),
        Row::Of(FormRow::Spoke(at)) => {
            let spoke = drawn.ring.spokes.get(*at)?;
            spoke.agency.clone().map(Same::Agency)
        }
        Row::Of(FormRow::Switch(at)) => drawn.switches.get(*at).cloned().map(Same::Agency),
        Row::Of(FormRow::Silence(at)) => {
            let (id, _) = drawn.silence.agencies.get(*at)?;
            Some(Same::Agency(id.clone()))
        }
        _ => None,
    }
}

fn select_same(model: &mut Model, was: Option<&Row>) {
    let Some((picture, index)) = model.picture.clone() else {
        return;
    };
    let Some(same) = was.and_then(|row| about(&picture, &index, row)) else {
        return;
    };
    let found = (0..model.place().shown.len()).find(|at| {
        let row = model.row(*at);
        row.and_then(|row| about(&picture, &index, &row)).as_ref() == Some(&same)
    });
    if let Some(found) = found {
        model.place_mut().at = found;
    }
}

/// Goes where an action has a meaning, and does it.
pub fn reach(model: &mut Model, binding: Binding) -> Vec<Effect> {
    let mut effects = Vec::new();
    let (view, form) = match binding.context {
        Context::In(view) => (Some(view), None),
        Context::Of(form) => (form.view(), Some(form)),
        _ => (None, None),
    };
    if let Some(view) = view.filter(|view| *view != model.view) {
        opening::go(model, view);
    }
    if let Some(form) = form.filter(|form| *form != model.place().form) {
        effects = show(model, form);
    }
    effects.extend(super::perform(model, binding.action));
    effects
}

/// Why an action of the forms can do nothing now, or one that narrows the timeline or changes a person.
pub fn why_not(model: &Model, action: Action) -> Option<&'static str> {
    let form = model.place().form;
    match action {
        Action::OtherForm if Form::of(model.view).len() == 1 => Some("This view has one form."),
        Action::Left | Action::Right if !form.has_sides() => {
            Some("Nothing stands to the left or right here.")
        }
        Action::Only if model.view != View::Timeline => {
            Some("This narrows the timeline: 4 shows it.")
        }
        Action::Split | Action::Join => persons::why_not(model, action == Action::Split),
        Action::Switch | Action::SwitchLetter | Action::AllOn if form != Form::KnockOut => {
            Some("This belongs to the knock-out: v in the reliance view.")
        }
        Action::Switch => match model.selected() {
            Some(Row::Of(FormRow::Switch(_))) => None,
            _ => Some("Select an agency first, or press its capital letter."),
        },
        Action::ZoomIn | Action::ZoomOut | Action::NextFact | Action::PreviousFact
            if form != Form::Lanes =>
        {
            Some("This belongs to the swim lanes: v in the timeline.")
        }
        _ => None,
    }
}

/// Left and right.
pub fn sideways(model: &mut Model, action: Action) {
    perform(model, action);
}

/// Does what a key that moves means in the form; false where it means what it means in every list.
pub fn perform(model: &mut Model, action: Action) -> bool {
    match (model.place().form, action) {
        (Form::Lanes, _) => lanes::perform(model, action),
        (Form::Family, Action::Left | Action::Right | Action::Up | Action::Down) => {
            beside(model, action);
        }
        (Form::Ring, Action::Left) => turn(model, -1),
        (Form::Ring, Action::Right) => turn(model, 1),
        (Form::Silence, Action::Left | Action::Right) => month(model, action == Action::Right),
        _ => return false,
    }
    true
}

/// To who stands beside the selected one in the family picture.
fn beside(model: &mut Model, action: Action) {
    let way = match action {
        Action::Left => (-1, 0),
        Action::Right => (1, 0),
        Action::Up => (0, -1),
        _ => (0, 1),
    };
    let (Some((_, index)), Some(Row::Of(FormRow::Member(row)))) =
        (model.picture.clone(), model.selected())
    else {
        return;
    };
    let next = index.drawn.family.beside(row, way);
    let place = model.place_mut();
    let Some(at) = next.and_then(|row| place.shown.iter().position(|one| *one == row)) else {
        "Nobody stands further on that side.".clone_into(&mut model.status);
        return;
    };
    place.at = at;
    place.scroll = 0;
}

/// To the next agency of the ring, with the clock or against it.
fn turn(model: &mut Model, step: isize) {
    let place = model.place_mut();
    let count = place.shown.len() as isize;
    if count > 0 {
        place.at = (place.at as isize + step).rem_euclid(count) as usize;
        place.scroll = 0;
    }
}

/// The month of the silence map on which the keys are.
pub fn month_at(model: &Model) -> usize {
    let months = model.picture.as_ref();
    let months = months.map_or(0, |(_, index)| index.drawn.silence.months.len());
    let last = months.saturating_sub(1);
    model.forms.month.map_or(last, |month| month.min(last))
}

fn month(model: &mut Model, is_later: bool) {
    let at = month_at(model);
    let to = if is_later {
        at + 1
    } else {
        at.saturating_sub(1)
    };
    model.forms.month = Some(to);
    model.forms.month = Some(month_at(model));
    model.place_mut().scroll = 0;
}

/// Brings what is selected in the form into sight. Runs after every message.
pub fn settle(model: &mut Model) {
    if model.picture.is_none() {
        return;
    }
    match model.place().form {
        Form::Lanes => lanes::settle(model),
        Form::Family => scroll(model),
        _ => {}
    }
}

/// Scrolls the family picture no further than it must be.
fn scroll(model: &mut Model) {
    let (Some((_, index)), Some(areas), Some(Row::Of(FormRow::Member(row)))) =
        (model.picture.clone(), model.areas(), model.selected())
    else {
        return;
    };
    let picture = &index.drawn.family;
    let Some((x, y, wide, tall)) = picture.extent(row) else {
        return;
    };
    let (width, height) = (i32::from(areas.list.width), i32::from(areas.list.height));
    let along = |from: usize, at: i32, long: i32, room: i32, whole: i32| {
        let from = (from as i32).min((whole - room).max(0));
        // a little of what is round it is in sight too
        let before = (at - 2).max(0);
        let after = (at + long + 2).min(whole.max(at + long));
        let from = from.max(after - room).min(before).max(0);
        from as usize
    };
    let (left, top) = model.forms.sheet;
    let laid_out = &picture.laid_out;
    model.forms.sheet = (
        along(left, x, wide, width, laid_out.width),
        along(top, y, tall, height, laid_out.height),
    );
}

/// A press with the mouse at a column and row of a drawing: selects what stands there, and opens it when it is selected
/// already. `None` where the form is a list.
pub fn pressed(model: &mut Model, (x, y): (u16, u16)) -> Option<Vec<Effect>> {
    let (_, index) = model.picture.clone()?;
    let rows = model.rows_of(model.view, &index);
    let shown = model.place().shown.iter().enumerate();
    let mut members = shown.filter_map(|(at, row)| Some((at, rows.get(*row)?)));
    let found = match model.place().form {
        Form::Lanes => return Some(lanes::pressed(model, (x, y))),
        Form::Family => {
            let (left, top) = model.forms.sheet;
            let (x, y) = (left as i32 + i32::from(x), top as i32 + i32::from(y));
            members.find(|(_, row)| {
                let Row::Of(FormRow::Member(row)) = row else {
                    return false;
                };
                let extent = index.drawn.family.extent(*row);
                extent.is_some_and(|(left, top, wide, tall)| {
                    (left..left + wide).contains(&x) && (top..top + tall).contains(&y)
                })
            })
        }
        Form::Ring => {
            let area = model.areas()?.list;
            let (_, round) = seats(model.place().shown.len(), area.width, area.height)?;
            let at = round.iter().position(|seat| {
                (seat.x..seat.x + seat.width).contains(&x)
                    && (seat.y..seat.y + seat.height).contains(&y)
            });
            members.find(|(row, _)| Some(*row) == at)
        }
        _ => return None,
    };
    let Some(at) = found.map(|(at, _)| at) else {
        return Some(Vec::new());
    };
    let place = model.place_mut();
    let is_again = place.at == at && place.pane == Pane::List;
    (place.at, place.pane, place.scroll) = (at, Pane::List, 0);
    Some(if is_again && model.overlay.is_none() {
        opening::open(model)
    } else {
        Vec::new()
    })
}

/// The facts behind a row of a form; `None` where there is nothing to open, which is then said.
pub fn facts(model: &mut Model, row: FormRow) -> Option<Vec<usize>> {
    let (picture, index) = model.picture.clone()?;
    let drawn = &index.drawn;
    let found = match row {
        FormRow::Member(at) => drawn
            .family
            .person(at)
            .and_then(|person| index.facts_of_person.get(person))
            .cloned(),
        FormRow::Spoke(at) => drawn.ring.spokes.get(at).map(|spoke| spoke.facts.clone()),
        FormRow::Switch(at) => drawn.switches.get(at).map(|id| cited_of(&picture, id)),
        FormRow::Stands(at) => {
            let conclusion = picture.reliance.conclusions.get(at);
            conclusion.map(|one| [one.facts.as_slice(), one.not_counted.as_slice()].concat())
        }
        FormRow::Link(at) => drawn.links.get(at).map(|link| link.facts.clone()),
        FormRow::Silence(at) => of_month(model, &index, at),
        FormRow::Slot(at) => drawn
            .slots
            .get(at)
            .map(|slot| slot.said.iter().filter_map(|said| said.side.fact).collect()),
    };
    let mut found = found.unwrap_or_default();
    found.retain(|at| is_seen(&picture, *at));
    if found.is_empty() {
        "No fact stands behind this.".clone_into(&mut model.status);
        return None;
    }
    Some(found)
}

/// Facts with this origin on which conclusions rest.
fn cited_of(picture: &Picture, id: &AgencyId) -> Vec<usize> {
    let conclusions = picture.reliance.conclusions.iter();
    let cited = conclusions.flat_map(|conclusion| conclusion.facts.iter().copied());
    let mut facts: Vec<usize> = cited
        .filter(|at| {
            let fact = picture.timeline.facts.get(*at);
            fact.is_some_and(|fact| fact.origins.iter().any(|one| one.agency() == Some(id)))
        })
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// The facts of an agency in the month on which the keys are.
fn of_month(model: &Model, index: &Index, at: usize) -> Option<Vec<usize>> {
    let (id, _) = index.drawn.silence.agencies.get(at)?;
    let first = *index.drawn.silence.months.get(month_at(model))?;
    let lane = index.agencies.iter().position(|one| one.id == *id)?;
    let lane = index.lanes.all.get(lane)?;
    let facts = lane.facts((first, Zoom::FiveYears.step(first, 1)));
    Some(facts.iter().map(|at| *at as usize).collect())
}
