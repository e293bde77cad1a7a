//! Narrows lists: by what is typed, and in the timeline by the facts that a figure opened.

use std::sync::Arc;

use crate::picture::Picture;
use crate::tui::action::View;
use crate::tui::form::Form;
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::only::{self, Only};
use crate::tui::search;
use crate::tui::view;

use super::{lanes, timeline};

/// Up to so many facts are searched at once (under 50 ms); more of them in a worker.
const AT_ONCE: usize = 1_500;

/// Brings every list up to date with the picture.
pub fn all_again(model: &mut Model) -> Vec<Effect> {
    let shown = model.view;
    let mut effects = Vec::new();
    for view in View::ALL {
        model.view = view;
        effects.extend(again(model, None));
    }
    model.view = shown;
    effects
}

/// Filters the list of the view anew. `before` is what was typed before one letter more: then only what it found can match.
pub fn again(model: &mut Model, before: Option<&str>) -> Vec<Effect> {
    let Some((picture, index)) = model.picture.clone() else {
        return Vec::new();
    };
    let query = model.place().query.trim().to_owned();
    if model.view != View::Timeline {
        let rows = model.rows_of(model.view, &index);
        let words = |at: usize| {
            let row = rows.get(at).filter(|row| !row.is_heading())?;
            Some(view::plain_of(model, &picture, &index, row))
        };
        let found = if query.is_empty() {
            (0..rows.len()).collect()
        } else {
            search::rows(rows.len(), &query, &words)
        };
        model.place_mut().shown = Arc::new(found);
        return Vec::new();
    }
    let is_narrower = before.is_some_and(|before| !before.is_empty() && query.starts_with(before))
        && model.filtering.is_none();
    let all = base(model);
    let among = if is_narrower {
        Arc::clone(&model.place().shown)
    } else {
        Arc::clone(&all)
    };
    if let Some(found) = at_once(&picture, &query, (&among, &all)) {
        let was_running = model.filtering.take().is_some();
        model.place_mut().shown = found;
        lay(model);
        return if was_running {
            vec![Effect::StopFilter]
        } else {
            Vec::new()
        };
    }
    model.jobs += 1;
    model.filtering = Some(model.jobs);
    model.ticks = 0;
    vec![Effect::Filter {
        job: model.jobs,
        query,
        among,
        or_else: all,
        picture,
    }]
}

/// What is found without a worker; `None` when there is too much to look through. What one letter less found as typed may hide
/// what is only like it, so that where nothing is found all are looked through.
fn at_once(
    picture: &Picture,
    query: &str,
    (among, all): (&Arc<Vec<usize>>, &Arc<Vec<usize>>),
) -> Option<Arc<Vec<usize>>> {
    if query.is_empty() {
        return Some(Arc::clone(among));
    }
    for facts in [among, all] {
        if facts.len() > AT_ONCE {
            return None;
        }
        let found = search::facts(picture, facts, query, &|| false)?;
        if !found.is_empty() || Arc::ptr_eq(facts, all) {
            return Some(Arc::new(found));
        }
    }
    Some(Arc::default())
}

/// The facts to filter: all of them, or those that a figure opened, in reading order.
fn base(model: &Model) -> Arc<Vec<usize>> {
    let Some((picture, index)) = &model.picture else {
        return Arc::default();
    };
    let narrowed = |facts: Vec<usize>| Arc::new(only::narrow(picture, index, &model.only, facts));
    let Some(lens) = &model.lens else {
        if model.only.is_empty() {
            return Arc::clone(&index.all);
        }
        return narrowed(index.all.to_vec());
    };
    if model.only.is_empty() {
        return Arc::clone(&lens.facts);
    }
    narrowed(lens.facts.to_vec())
}

/// Narrows the timeline to one thing more, or no longer to it; to nothing shows all again.
pub fn only(model: &mut Model, only: Option<Only>) -> Vec<Effect> {
    let selected = model.selected_fact().and_then(|at| {
        let (picture, _) = model.picture.as_ref()?;
        Some(picture.timeline.facts.get(at)?.id.clone())
    });
    match only {
        None => model.only.clear(),
        Some(only) => match model.only.iter().position(|one| *one == only) {
            Some(at) => drop(model.only.remove(at)),
            None => model.only.push(only),
        },
    }
    let effects = again(model, None);
    timeline::select(model, selected.as_ref());
    effects
}

/// Shows what a worker found, the selected fact kept where it is still there.
pub fn show(model: &mut Model, found: Vec<usize>) {
    model.filtering = None;
    let timeline = model.place_of(View::Timeline);
    let selected = timeline.shown.get(timeline.at).copied();
    timeline.at = selected
        .and_then(|fact| found.binary_search(&fact).ok())
        .unwrap_or(0);
    timeline.shown = Arc::new(found);
    lay(model);
}

/// Sorts what is shown into lanes again, while lanes are shown.
fn lay(model: &mut Model) {
    if model.place_of(View::Timeline).form == Form::Lanes {
        lanes::narrow(model);
    }
}
