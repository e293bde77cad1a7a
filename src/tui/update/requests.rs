//! Requests: something is asked of an agency, and how it was answered is recorded. Both are decisions of the case.

use crate::model::date::{Day, iso};
use crate::model::decision::{Asked, Verdict};
use crate::model::id::{AgencyId, RecordId};
use crate::model::phrase::Phrase;
use crate::model::words::{AgencyKind, RequestResult};
use crate::picture::Picture;
use crate::reliance::{Flag, Question, questions};
use crate::tui::index::Row;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Effect;
use crate::tui::oneline::{Asking, Filling, OneLine};
use crate::tui::pick::{About, Picking};
use crate::tui::text;

use super::{decide, picking};

/// Asks whom to ask about what is selected.
pub fn ask(model: &mut Model) {
    let Some((picture, _)) = &model.picture else {
        return;
    };
    let facts = &picture.timeline.facts;
    let about = match model.selected() {
        Some(Row::Flag(at)) => picture.flags.flags.get(at).map(|flag| About {
            flag: Some(flag.id.clone()),
            persons: flag.persons.clone(),
            agencies: Vec::new(),
        }),
        Some(Row::Fact(at)) => facts.get(at).map(|fact| About {
            flag: None,
            persons: fact.persons.clone(),
            agencies: fact.agencies.clone(),
        }),
        Some(Row::Person(at)) => Some(About {
            persons: vec![at],
            ..About::default()
        }),
        _ => Some(About::default()),
    };
    if let Some(about) = about {
        picking::open(model, Picking::AskWhom(about));
    }
}

/// The question that would clear a flag, for each agency that could answer it.
pub fn of_flag(picture: &Picture, flag_id: &str) -> Vec<(AgencyId, Question)> {
    let flags = picture.flags.flags.iter();
    let only: Vec<&Flag> = flags.filter(|flag| flag.id == flag_id).collect();
    let own = picture.settings.own_agency.as_ref();
    let known = (&*picture.supplied, &*picture.people, &*picture.timeline);
    let asked = questions(known, only, own);
    let asked = asked.into_iter().filter_map(|agency| {
        let question = agency.questions.into_iter().next()?;
        Some((AgencyId::new(&agency.agency), question))
    });
    asked.collect()
}

/// Opens the line for the question, with the one that would clear the flag where there is one.
pub fn whom(model: &mut Model, about: &About, agency: AgencyId) {
    let Some((picture, _)) = &model.picture else {
        return;
    };
    let prepared = about.flag.as_ref().and_then(|flag| {
        let all = of_flag(picture, flag);
        let found = all.into_iter().find(|(asked, _)| *asked == agency);
        found.map(|(_, question)| question)
    });
    let (question, persons) = match prepared {
        Some(question) => (question.text, question.persons),
        None => (String::new(), about.persons.clone()),
    };
    let records = persons
        .iter()
        .filter_map(|at| record(picture, *at, &agency));
    let asking = Asking {
        records: records.collect(),
        question: String::new(),
        agency,
    };
    model.overlay = Some(Overlay::OneLine(OneLine {
        of: Filling::Question(asking),
        text: question,
    }));
}

/// The record by which a person is named to an agency: its own, else ours, else any.
fn record(picture: &Picture, person: usize, agency: &AgencyId) -> Option<RecordId> {
    let person = picture.people.persons.get(person)?;
    let records = person.records.iter();
    let ids: Vec<&RecordId> = records
        .filter_map(|at| Some(&picture.supplied.records.get(*at)?.id))
        .collect();
    let own = picture.settings.own_agency.as_ref();
    let of = |agency: &AgencyId| ids.iter().find(|id| id.agency() == agency);
    let found = of(agency).or_else(|| own.and_then(of)).or(ids.first());
    found.map(|id| (*id).clone())
}

/// Takes the question, and asks for the day.
pub fn question(model: &mut Model, asking: Asking, typed: &str) -> Vec<Effect> {
    if typed.trim().is_empty() {
        let of = Filling::Question(asking);
        model.overlay = Some(Overlay::OneLine(OneLine {
            of,
            text: String::new(),
        }));
        "Type the question first, or leave with Esc.".clone_into(&mut model.status);
        return Vec::new();
    }
    let asking = Asking {
        question: typed.trim().to_owned(),
        ..asking
    };
    model.overlay = Some(Overlay::OneLine(OneLine {
        of: Filling::Due(asking),
        text: String::new(),
    }));
    Vec::new()
}

/// Takes the day, and makes the request.
pub fn due(model: &mut Model, asking: Asking, typed: &str) -> Vec<Effect> {
    let typed = typed.trim();
    let form = Overlay::OneLine(OneLine {
        of: Filling::Due(asking.clone()),
        text: typed.to_owned(),
    });
    model.overlay = Some(form);
    let due = match typed {
        "" => String::new(),
        day => {
            if let Ok(day) = day.parse::<Day>() {
                iso(day)
            } else {
                model.status = format!("“{typed}” is no day; write it as 2026-03-01.");
                return Vec::new();
            }
        }
    };
    let Some((picture, _)) = &model.picture else {
        return Vec::new();
    };
    let requests = &picture.supplied.requests;
    let is_free = |id: &String| !requests.iter().any(|request| request.id == *id);
    let mut ids = (1..=requests.len() + 1).map(|number| format!("hub-{number}"));
    let own = picture.settings.own_agency.as_ref();
    let asked = Asked {
        request: ids.find(is_free).unwrap_or_default(),
        agency: asking.agency.as_str().to_owned(),
        asked_by: own.map_or_else(String::new, |own| own.as_str().to_owned()),
        asked_on: iso(today(model, picture)),
        due_on: due,
        records: asking.records,
        question: asking.question,
        ..Asked::default()
    };
    let said = format!(
        "Kept: request {} to {}. Sending it is yours to do. u takes it back.",
        asked.request, asked.agency
    );
    decide::and_say(vec![Verdict::Requested(Box::new(asked))], "", said)
}

/// The day that it is; where nobody knows, that at which the picture is judged.
pub fn today(model: &Model, picture: &Picture) -> Day {
    model.today.unwrap_or(picture.as_of)
}

/// Asks how the selected request was answered.
pub fn reply(model: &mut Model) {
    let (Some(Row::Request(at)), Some((picture, _))) = (model.selected(), &model.picture) else {
        return;
    };
    if let Some(request) = picture.supplied.requests.get(at) {
        let id = request.id.clone();
        picking::open(model, Picking::Result(id));
    }
}

/// Takes how a request was answered; a refusal has a reason.
pub fn result(model: &mut Model, id: &str, result: RequestResult) -> Vec<Effect> {
    if result == RequestResult::Withheld {
        model.overlay = Some(Overlay::OneLine(OneLine {
            of: Filling::Reason(id.to_owned(), result),
            text: String::new(),
        }));
        return Vec::new();
    }
    answered(model, id, result, "")
}

/// Records how a request was answered.
pub fn answered(model: &Model, id: &str, result: RequestResult, reason: &str) -> Vec<Effect> {
    let Some((picture, _)) = &model.picture else {
        return Vec::new();
    };
    let requests = picture.supplied.requests.iter();
    let Some(request) = requests.clone().find(|request| request.id == id) else {
        return Vec::new();
    };
    let on = match result {
        // what did not come has no day on which it came
        RequestResult::NoReply => String::new(),
        _ => iso(today(model, picture)),
    };
    let asked = Asked {
        answered_on: on,
        result: result.phrase().to_owned(),
        reason: reason.trim().to_owned(),
        ..Asked::open(request)
    };
    let said = format!(
        "Request {}: {}. u takes it back.",
        text::safe(&asked.request),
        asked.result
    );
    decide::and_say(vec![Verdict::Requested(Box::new(asked))], reason, said)
}

/// The agencies that can be asked: those that the flag names first, then those that tell the fact, then all others. Nobody
/// writes to the family or to the own agency.
pub fn agencies(picture: &Picture, about: &About) -> Vec<AgencyId> {
    let own = picture.settings.own_agency.as_ref();
    let mut found: Vec<AgencyId> = Vec::new();
    if let Some(flag) = &about.flag {
        found.extend(of_flag(picture, flag).into_iter().map(|(agency, _)| agency));
    }
    found.extend(about.agencies.iter().cloned());
    let all = picture.supplied.agencies.iter();
    let all = all.filter(|agency| agency.kind != AgencyKind::Family);
    found.extend(all.map(|agency| agency.id.clone()));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|id| Some(id) != own && seen.insert(id.clone()));
    found
}
