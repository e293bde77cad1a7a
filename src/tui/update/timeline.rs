//! What can be done with the selected fact: rely on it, settle an echo.

use std::sync::Arc;

use crate::model::decision::{EchoVerdict, Verdict};
use crate::model::fact::Fact;
use crate::model::id::{ConclusionId, EntryId, FactId};
use crate::picture::Picture;
use crate::sharing::Answer;
use crate::tui::action::View;
use crate::tui::choice::DRAFT;
use crate::tui::form::Form;
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Then};

use super::{decide, filter, forms, opening};

/// What the choice of flagged facts is called.
const FLAGGED: &str = "facts with a flag";

/// Relies on the selected fact, or takes it from every conclusion that relies on it.
pub fn mark(model: &mut Model) -> Vec<Effect> {
    let (Some(at), Some((picture, _))) = (model.selected_fact(), model.picture.clone()) else {
        return Vec::new();
    };
    let Some((fact, entry)) = with_lead(&picture, at) else {
        return Vec::new();
    };
    let was_relied_on = model.is_relied_on(at);
    let verdicts: Vec<Verdict> = if was_relied_on {
        let mut conclusions = fact.cited_by.clone();
        if conclusions.is_empty() {
            conclusions.push(ConclusionId::new(DRAFT));
        }
        let taken = conclusions.into_iter();
        taken
            .map(|conclusion| Verdict::NotReliedOn {
                conclusion,
                entry: entry.clone(),
            })
            .collect()
    } else {
        vec![Verdict::ReliedOn {
            conclusion: ConclusionId::new(DRAFT),
            entry,
        }]
    };
    let said = if was_relied_on {
        let from: Vec<&str> = fact.cited_by.iter().map(ConclusionId::as_str).collect();
        format!(
            "No longer relied on ({}). u takes it back.",
            if from.is_empty() {
                DRAFT.to_owned()
            } else {
                from.join(", ")
            }
        )
    } else {
        format!(
            "Relied on in the draft{}. u takes it back.",
            but_not_counted(&picture, at)
        )
    };
    let marks = vec![(fact.id.clone(), !was_relied_on)];
    decide::together(verdicts, "", Then { said, marks })
}

/// What is said of a fact that is relied on and counts in no figure all the same; nothing of one that counts.
pub fn but_not_counted(picture: &Picture, at: usize) -> String {
    let is_outside = picture.outside.get(at).copied().unwrap_or(false);
    match picture.answers.get(at) {
        Some(Answer::No(because)) => {
            format!(", but it counts in no figure: it is withheld ({because})")
        }
        _ if is_outside => ", but it counts in no figure: it is not of the period".to_owned(),
        _ => String::new(),
    }
}

/// Confirms or rejects the first suspected echo of the selected fact.
pub fn echo(model: &mut Model, is_echo: bool) -> Vec<Effect> {
    let (Some(at), Some((picture, _))) = (model.selected_fact(), model.picture.clone()) else {
        return Vec::new();
    };
    let Some((fact, entry)) = with_lead(&picture, at) else {
        return Vec::new();
    };
    let suspicion = fact
        .suspected
        .iter()
        .find(|s| s.repeats)
        .or(fact.suspected.first());
    let Some((suspicion, (other_fact, other))) =
        suspicion.and_then(|s| Some((s, with_lead(&picture, s.other)?)))
    else {
        return Vec::new();
    };
    let (from, to, entry, of) = if suspicion.repeats {
        (fact, other_fact, entry, other)
    } else {
        (other_fact, fact, other, entry)
    };
    if is_echo {
        let said = format!("{entry} repeats {of}: an echo. u takes it back.");
        let verdict = EchoVerdict::Echo;
        return decide::and_say(vec![Verdict::Echo { entry, of, verdict }], "", said);
    }
    let said = format!("{entry} stands on its own: no echo of {of}. u takes it back.");
    decide::and_say(independent(&picture, from, to), "", said)
}

/// Says of each pair of their entries that it is independent: the suspicion may rest on any of them.
fn independent(picture: &Picture, from: &Fact, to: &Fact) -> Vec<Verdict> {
    let ids = |fact: &Fact| -> Vec<EntryId> {
        let entries = fact.entries.iter();
        entries
            .filter_map(|at| picture.supplied.entries.get(*at))
            .map(|entry| entry.id.clone())
            .collect()
    };
    let mut verdicts = Vec::new();
    for entry in ids(from) {
        for of in ids(to) {
            verdicts.push(Verdict::Echo {
                entry: entry.clone(),
                of,
                verdict: EchoVerdict::Independent,
            });
        }
    }
    verdicts
}

fn with_lead(picture: &Picture, at: usize) -> Option<(&Fact, EntryId)> {
    let fact = picture.timeline.facts.get(at)?;
    let lead = picture.supplied.entries.get(fact.lead)?;
    Some((fact, lead.id.clone()))
}

/// Narrows the timeline to facts with a flag, or shows all again.
pub fn flagged(model: &mut Model) -> Vec<Effect> {
    let is_on = model
        .lens
        .as_ref()
        .is_some_and(|lens| lens.title == FLAGGED);
    if is_on {
        model.lens = model
            .lens
            .take()
            .and_then(|lens| lens.before)
            .map(|one| *one);
        return filter::again(model, None);
    }
    let Some((_, index)) = &model.picture else {
        return Vec::new();
    };
    let facts = Arc::clone(&index.flagged);
    if facts.is_empty() {
        "No fact has a flag.".clone_into(&mut model.status);
        return Vec::new();
    }
    let form = model.place().form;
    let mut effects = opening::narrow_to(model, FLAGGED, facts);
    if let Some(lens) = &mut model.lens {
        lens.form = Form::List;
    }
    effects.extend(forms::show(model, form));
    effects
}

/// Selects a fact again after the picture was computed anew; does nothing when it is no longer shown.
pub fn select(model: &mut Model, id: Option<&FactId>) {
    let Some((_, index)) = &model.picture else {
        return;
    };
    let Some(fact) = id.and_then(|id| index.fact(id)) else {
        return;
    };
    let place = model.place_of(View::Timeline);
    if let Ok(at) = place.shown.binary_search(&fact) {
        place.at = at;
    }
}
