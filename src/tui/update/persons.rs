//! Takes a record out of a person, and joins two persons: each one step, which undo takes back whole.

use crate::model::decision::{Sameness, Verdict};
use crate::model::id::{PersonId, RecordId};
use crate::model::person::Person;
use crate::picture::Picture;
use crate::tui::form::FormRow;
use crate::tui::index::Row;
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::pick::Picking;
use crate::tui::text;

use super::{decide, picking};

/// The person that is selected, in the list or in the family picture.
pub fn selected(model: &Model) -> Option<usize> {
    let (_, index) = model.picture.as_ref()?;
    match model.selected()? {
        Row::Person(at) => Some(at),
        Row::Of(FormRow::Member(at)) => index.drawn.family.person(at),
        _ => None,
    }
}

/// The person that is selected, as described.
fn person(model: &Model) -> Option<&Person> {
    let at = selected(model)?;
    let (picture, _) = model.picture.as_ref()?;
    picture.people.persons.get(at)
}

/// Why no record can be taken out of the selected person, or it cannot be joined with another.
pub fn why_not(model: &Model, is_split: bool) -> Option<&'static str> {
    match person(model) {
        None => Some("Select a person first: 3 lists them under the queue."),
        Some(person) if is_split && person.records.len() < 2 => {
            Some("This person has one record: there is nothing to take out.")
        }
        Some(_) => None,
    }
}

/// Asks which record does not belong to the selected person.
pub fn ask_split(model: &mut Model) {
    if let Some(id) = person(model).map(|person| person.id.clone()) {
        picking::open(model, Picking::Split(id));
    }
}

/// Asks with whom the selected person is one.
pub fn ask_join(model: &mut Model) {
    if let Some(id) = person(model).map(|person| person.id.clone()) {
        picking::open(model, Picking::Join(id));
    }
}

fn of_id<'a>(picture: &'a Picture, id: &PersonId) -> Option<&'a Person> {
    let persons = &picture.people.persons;
    let at = persons.binary_search_by(|person| person.id.cmp(id)).ok()?;
    persons.get(at)
}

fn records<'a>(picture: &'a Picture, person: &'a Person) -> impl Iterator<Item = &'a RecordId> {
    let records = person.records.iter();
    records.filter_map(|at| picture.supplied.records.get(*at).map(|record| &record.id))
}

fn verdict(one: &RecordId, other: &RecordId, same: Sameness) -> Verdict {
    Verdict::Persons {
        left: one.clone().min(other.clone()),
        right: one.clone().max(other.clone()),
        same,
    }
}

/// The record is somebody else than each of the others.
pub fn split(model: &mut Model, from: &PersonId, out: &RecordId) -> Vec<Effect> {
    let Some((picture, _)) = model.picture.clone() else {
        return Vec::new();
    };
    let Some(person) = of_id(&picture, from) else {
        return Vec::new();
    };
    let others = records(&picture, person).filter(|one| *one != out);
    let verdicts: Vec<Verdict> = others
        .map(|other| verdict(out, other, Sameness::Different))
        .collect();
    let said = format!(
        "{} is taken out of {}. u takes it back.",
        text::safe(out.as_str()),
        text::safe(&person.name)
    );
    decide::and_say(verdicts, "", said)
}

/// Two persons are one.
pub fn join(model: &mut Model, one: &PersonId, other: &PersonId) -> Vec<Effect> {
    let Some((picture, _)) = model.picture.clone() else {
        return Vec::new();
    };
    let (Some(one), Some(other)) = (of_id(&picture, one), of_id(&picture, other)) else {
        return Vec::new();
    };
    let first = records(&picture, one).next();
    let Some((left, right)) = first.zip(records(&picture, other).next()) else {
        return Vec::new();
    };
    let said = format!(
        "{} and {} are one person. u takes it back.",
        text::safe(&one.name),
        text::safe(&other.name)
    );
    decide::and_say(vec![verdict(left, right, Sameness::Same)], "", said)
}
