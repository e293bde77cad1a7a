//! What the agency that a letter goes to knows itself, so that the letter tells it nothing of what others told.

use std::collections::BTreeSet;

use crate::model::id::AgencyId;
use crate::model::person::People;
use crate::model::supply::Supplied;
use crate::model::words::Role;

/// Begins what is shown of a person without a name; the id of a record follows, which is no agency's business but its own.
const NO_NAME: &str = "(no name)";

/// Which agency knows whom, and by what name.
pub struct Known<'a> {
    supplied: &'a Supplied,
    people: &'a People,
    /// The agency that writes.
    own: Option<&'a AgencyId>,
    /// Agencies, each with the persons whom it has a record of, tells of, or works with by its own word.
    pairs: BTreeSet<(&'a str, usize)>,
}

impl<'a> Known<'a> {
    /// Gathers it from what the agencies supplied.
    pub fn of(supplied: &'a Supplied, people: &'a People, own: Option<&'a AgencyId>) -> Self {
        let person = |record| people.person_of.get(record).copied();
        let records = supplied.records.iter().enumerate();
        let records =
            records.filter_map(|(at, record)| Some((record.id.agency().as_str(), person(at)?)));
        let entries = supplied.entries.iter().flat_map(|entry| {
            let named = entry.persons.iter().filter_map(|id| supplied.record(id));
            named.filter_map(move |at| Some((entry.agency().as_str(), person(at)?)))
        });
        let involved = supplied.involvements.iter().filter_map(|row| {
            let record = supplied.record(&row.record)?;
            Some((row.agency.as_str(), person(record)?))
        });
        Self {
            pairs: records.chain(entries).chain(involved).collect(),
            supplied,
            people,
            own,
        }
    }

    /// Whether an agency said itself that it knows of a person.
    pub fn is_known(&self, agency: &str, person: usize) -> bool {
        self.pairs.contains(&(agency, person))
    }

    /// The name of a person in a letter to an agency: as its own records have it, else those of the agency that writes, else
    /// as the picture has it. `None` for somebody who reported something, and where nobody knows the name.
    pub fn name(&self, agency: &str, person: usize) -> Option<String> {
        let person = self.people.persons.get(person)?;
        if person.roles.contains(&Role::Reporter) {
            return None;
        }
        let by = |agency: &str| {
            let records = person.records.iter();
            let records = records.filter_map(|at| self.supplied.records.get(*at));
            let own = records.filter(|record| record.id.agency().as_str() == agency);
            let names = own.map(crate::model::record::Record::name);
            let names = names.filter(|name| !name.is_empty());
            names.max_by_key(|name| (name.chars().count(), std::cmp::Reverse(name.clone())))
        };
        let shown = || (!person.name.starts_with(NO_NAME)).then(|| person.name.trim().to_owned());
        by(agency)
            .or_else(|| by(self.own?.as_str()))
            .or_else(shown)
            .filter(|name| !name.is_empty())
    }
}
