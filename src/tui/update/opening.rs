//! Opens what lies behind a row, and goes back.

use std::sync::Arc;

use crate::model::id::FactId;
use crate::picture::Picture;
use crate::tui::action::View;
use crate::tui::form::Form;
use crate::tui::index::{Index, Opens, Row};
use crate::tui::model::{Lens, Model, Pane};
use crate::tui::msg::Effect;
use crate::tui::{tour, view};

use super::{filter, forms, lanes, timeline};

/// From so many facts on a figure that counts all of them opens the whole timeline: a copy of every id would take long.
const MANY: usize = 50_000;

/// Shows a view.
pub fn go(model: &mut Model, view: View) {
    model.view = view;
    model.place_mut().pane = Pane::List;
    tour::arrived(model);
}

/// Opens the facts behind the selected row; of a fact, pair or file, what is known of it.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let (Some(row), Some((picture, index))) = (model.selected(), model.picture.clone()) else {
        return Vec::new();
    };
    let title = view::title(&picture, &index, &row);
    let facts = match row {
        Row::Figure {
            opens: Opens::View(view),
            ..
        } => {
            go(model, view);
            return Vec::new();
        }
        Row::Kind(first, _)
        | Row::Figure {
            opens: Opens::Flag(first),
            ..
        } => return to_flag(model, first),
        Row::Fact(_) if model.place().form == Form::Lanes => return lanes::open(model),
        Row::Of(row) => match forms::facts(model, row) {
            Some(facts) => facts,
            None => return Vec::new(),
        },
        Row::Heading(_) | Row::Text(_) => return Vec::new(),
        row => {
            if let Some(facts) = behind(model, &picture, &index, &row) {
                facts
            } else {
                model.place_mut().pane = Pane::Detail;
                return Vec::new();
            }
        }
    };
    if facts.is_empty() {
        "There is no fact behind this line.".clone_into(&mut model.status);
        return Vec::new();
    }
    narrow(model, &title, &facts)
}

/// Goes to a flag in the worklist, which is shown whole then.
fn to_flag(model: &mut Model, flag: usize) -> Vec<Effect> {
    go(model, View::Flags);
    let place = model.place_mut();
    place.query.clear();
    let effects = filter::again(model, None);
    let found = (0..model.place().shown.len()).find(|at| model.row(*at) == Some(Row::Flag(flag)));
    if let Some(found) = found {
        let place = model.place_mut();
        (place.at, place.scroll) = (found, 0);
    }
    effects
}

/// The facts behind a row; `None` where there is more to read of the row itself.
fn behind(model: &Model, picture: &Picture, index: &Index, row: &Row) -> Option<Vec<usize>> {
    let reliance = &picture.reliance;
    let facts = match row {
        Row::Figure {
            opens: Opens::Facts(facts),
            ..
        } => Some(facts.as_ref().clone()),
        Row::Agency(at) => index.agencies.get(*at).map(|agency| agency.facts.clone()),
        Row::Person(at) => index.facts_of_person.get(*at).cloned(),
        Row::Group(at) => reliance.groups.get(*at).map(|group| group.facts.clone()),
        Row::Statement(at) => reliance.statements.get(*at).map(|s| s.1.clone()),
        Row::Conclusion(at) => {
            let conclusion = reliance.conclusions.get(*at);
            conclusion.map(|c| [c.facts.as_slice(), c.not_counted.as_slice()].concat())
        }
        Row::Flag(at) => picture.flags.flags.get(*at).map(|flag| flag.facts.clone()),
        Row::Decision(at) => {
            let facts = index.decisions.get(*at).map(|one| one.facts.clone());
            return facts.filter(|facts| !facts.is_empty());
        }
        Row::LogLine(at) => {
            let seen = model.log.lines.get(*at)?.fact.as_ref()?;
            return index.fact(&FactId::new(seen)).map(|fact| vec![fact]);
        }
        _ => return None,
    };
    Some(facts.unwrap_or_default())
}

/// Narrows the timeline to some facts and shows it.
pub fn narrow(model: &mut Model, title: &str, facts: &[usize]) -> Vec<Effect> {
    let mut facts = facts.to_vec();
    facts.sort_unstable();
    facts.dedup();
    narrow_to(model, title, Arc::new(facts))
}

/// The same with facts that stand in reading order, each once.
pub fn narrow_to(model: &mut Model, title: &str, facts: Arc<Vec<usize>>) -> Vec<Effect> {
    let Some((picture, _)) = &model.picture else {
        return Vec::new();
    };
    if facts.len() > MANY && facts.len() == picture.timeline.facts.len() {
        model.lens = None;
        model.status = format!("{title}: all of them.");
        go(model, View::Timeline);
        model.place_mut().query.clear();
        return filter::again(model, None);
    }
    // what a figure elsewhere opens is shown whole
    if model.view != View::Timeline {
        model.only.clear();
    }
    let before = model.lens.take().filter(|_| model.view == View::Timeline);
    model.lens = Some(Lens {
        title: title.to_owned(),
        facts,
        from: model.view,
        form: model.place().form,
        // one step is remembered, not a way through all of them
        before: before.map(|lens| {
            Box::new(Lens {
                before: None,
                ..lens
            })
        }),
    });
    go(model, View::Timeline);
    let place = model.place_mut();
    place.form = Form::List;
    place.query.clear();
    (place.at, place.top, place.scroll) = (0, 0, 0);
    filter::again(model, None)
}

/// One step back: a job, the tour, the pane, the filter, the choice of facts, the view.
pub fn back(model: &mut Model) -> Vec<Effect> {
    if model.picture.is_none() {
        return vec![Effect::Quit];
    }
    if model.filtering.take().is_some() {
        "The search is stopped.".clone_into(&mut model.status);
        return vec![Effect::StopFilter];
    }
    if model.is_covered() {
        return super::viewing::give_up(model, "Stopped.");
    }
    if super::pack::stop(model) {
        return Vec::new();
    }
    if model.computing.take().is_some() {
        model.stopped = model.jobs;
        model.is_behind = true;
        "Stopped. The decision is kept; the picture is as it was. r computes it again."
            .clone_into(&mut model.status);
        return Vec::new();
    }
    if model.tour.take().is_some() {
        "The tour is left. t starts it again.".clone_into(&mut model.status);
        return Vec::new();
    }
    step_back(model).unwrap_or_else(|| {
        "This is the overview. q quits.".clone_into(&mut model.status);
        Vec::new()
    })
}

/// One step back in what is shown; `None` at home.
fn step_back(model: &mut Model) -> Option<Vec<Effect>> {
    if model.place().pane == Pane::Detail {
        model.place_mut().pane = Pane::List;
        return Some(Vec::new());
    }
    if !model.place().query.is_empty() {
        model.place_mut().query.clear();
        return Some(filter::again(model, None));
    }
    if model.place().form != Form::List {
        return Some(forms::show(model, Form::List));
    }
    if model.view == View::Timeline && !model.only.is_empty() {
        return Some(filter::only(model, None));
    }
    if model.view == View::Timeline
        && let Some(lens) = model.lens.take()
    {
        return Some(leave_lens(model, lens));
    }
    if model.view != View::Overview {
        go(model, View::Overview);
        return Some(Vec::new());
    }
    None
}

/// Goes back to where a choice of facts was opened.
fn leave_lens(model: &mut Model, lens: Lens) -> Vec<Effect> {
    let selected = model.selected_fact().and_then(|at| {
        let (picture, _) = model.picture.as_ref()?;
        Some(picture.timeline.facts.get(at)?.id.clone())
    });
    model.lens = lens.before.map(|before| *before);
    let effects = filter::again(model, None);
    timeline::select(model, selected.as_ref());
    go(model, lens.from);
    if lens.from == View::Timeline && lens.form == Form::Lanes {
        forms::show(model, Form::Lanes);
    }
    effects
}

/// One step back, and out of the program from the overview; asks first when decisions would be lost.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    if model.picture.is_none() {
        return vec![Effect::Quit];
    }
    if let Some(effects) = step_back(model) {
        return effects;
    }
    if !model.is_kept && model.held.decided > 0 && !model.is_leaving {
        model.is_leaving = true;
        model.status = format!(
            "{} decided, and it will not be kept. q again leaves, any other key stays.",
            model.held.decided
        );
        return Vec::new();
    }
    vec![Effect::Quit]
}
