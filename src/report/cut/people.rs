//! Who is who, as far as it stays: persons as the records that stay describe them.

use super::Cut;
use crate::model::person::{People, Person};

/// Cuts the persons and pairs.
pub fn cut(cut: &Cut<'_>) -> People {
    let all = &cut.picture.people;
    let persons = cut.persons.kept.iter().filter_map(|at| {
        let person = cut.view.person(*at)?;
        Some(Person {
            name: cut.view.without_id(person.name.clone()),
            records: cut.records.all(&person.records),
            ..person.clone()
        })
    });
    let pairs = all.pairs.iter().filter_map(|pair| {
        let mut pair = pair.clone();
        pair.left = cut.records.at(pair.left)?;
        pair.right = cut.records.at(pair.right)?;
        Some(pair)
    });
    let pairs = pairs.filter(|_| !cut.view.is_family());
    People {
        persons: persons.collect(),
        person_of: cut.persons.all(&cut.records.of(&all.person_of)),
        pairs: pairs.collect(),
        parameters: all.parameters.clone(),
        // a note may count what is held back
        notes: Vec::new(),
    }
}
