//! What of a picture a table may show: everything, or what one recipient may see.

use std::collections::BTreeSet;

use crate::model::id::{AgencyId, RecordId};
use crate::model::person::Person;
use crate::model::settings::Recipient;
use crate::people;
use crate::picture::Picture;
use crate::sharing::Answer;

/// A picture as one viewer may see it. Every table is made through it.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The picture.
    pub picture: &'a Picture,
    /// For whom rows are left out; `None`: nobody in particular, nothing is left out.
    recipient: Option<Recipient>,
    /// Whether rows are left out.
    is_limited: bool,
    /// For each fact whether it is shown.
    shown: Vec<bool>,
    /// For each record whether it is shown.
    records: Vec<bool>,
    /// Each person as the shown records describe them; `None` for those who are not shown.
    persons: Vec<Option<Person>>,
}

impl<'a> View<'a> {
    /// The whole picture, for the analyst at the terminal: nothing is left out.
    pub fn whole(picture: &'a Picture) -> Self {
        Self {
            picture,
            recipient: None,
            is_limited: false,
            shown: vec![true; picture.timeline.facts.len()],
            records: vec![true; picture.supplied.records.len()],
            persons: picture.people.persons.iter().cloned().map(Some).collect(),
        }
    }

    /// What the recipient of the picture's settings may see; without a recipient the whole picture.
    ///
    /// A record is shown when the recipient supplied it or an entry of a fact that is shown names it, a person when one of
    /// their records is: which other agencies know somebody, and by what name, is theirs to tell.
    pub fn for_recipient(picture: &'a Picture) -> Self {
        if picture.settings.recipient.is_none() {
            return Self::whole(picture);
        }
        Self::limited(picture)
    }

    /// What may be shown to everybody at a table: what is open within the partnership, and of the records those that it names.
    /// The settings of the picture name no recipient.
    pub fn for_partners(picture: &'a Picture) -> Self {
        Self::limited(picture)
    }

    fn limited(picture: &'a Picture) -> Self {
        let mut view = Self {
            picture,
            recipient: picture.settings.recipient.clone(),
            is_limited: true,
            shown: picture.answers.iter().map(Answer::is_yes).collect(),
            records: Vec::new(),
            persons: Vec::new(),
        };
        let named = view.records_named();
        let records = &picture.supplied.records;
        view.records = records
            .iter()
            .map(|record| named.contains(&record.id) || view.is_recipient(record.id.agency()))
            .collect();
        let persons = picture.people.persons.iter();
        view.persons = persons.map(|person| view.described(person)).collect();
        view
    }

    /// The records that entries of shown facts name.
    fn records_named(&self) -> BTreeSet<&'a RecordId> {
        let supplied = &self.picture.supplied;
        let facts = self.picture.timeline.facts.iter().zip(&self.shown);
        facts
            .filter(|(_, shown)| **shown)
            .flat_map(|(fact, _)| &fact.entries)
            .filter_map(|&entry| supplied.entries.get(entry))
            .flat_map(|entry| &entry.persons)
            .collect()
    }

    /// A person as the shown records describe them.
    fn described(&self, person: &Person) -> Option<Person> {
        let records = person.records.iter().copied();
        let records: Vec<usize> = records
            .filter(|&record| self.shows_record(record))
            .collect();
        let described = || people::describe(&self.picture.supplied.records, records.clone());
        (!records.is_empty()).then(|| Person {
            id: person.id.clone(),
            status: person.status,
            lowest_probability: person.lowest_probability,
            decided_by: person.decided_by.clone(),
            candidates: person.candidates,
            ..described()
        })
    }

    /// Whether rows are left out for a recipient.
    pub fn is_limited(&self) -> bool {
        self.is_limited
    }

    /// Whether this is a copy for the family: it holds no ids made from content, no rows, no counts of what is left out.
    pub fn is_family(&self) -> bool {
        self.recipient == Some(Recipient::Family)
    }

    /// The name of a person, in a copy for the family without the record id that stands for a name that nobody gave.
    pub fn without_id(&self, name: String) -> String {
        if self.is_family() && name.starts_with(NO_NAME) {
            NO_NAME.to_owned()
        } else {
            name
        }
    }

    /// Whether the recipient is this agency.
    pub fn is_recipient(&self, agency: &AgencyId) -> bool {
        match &self.recipient {
            Some(Recipient::Agency(id)) => id == agency,
            Some(Recipient::Kind(kind)) => self
                .picture
                .supplied
                .agency(agency)
                .is_some_and(|a| a.kind == *kind),
            _ => false,
        }
    }

    /// Whether a fact is shown.
    pub fn shows(&self, fact: usize) -> bool {
        self.shown.get(fact).copied().unwrap_or(false)
    }

    /// Whether a person is shown.
    pub fn shows_person(&self, person: usize) -> bool {
        self.person(person).is_some()
    }

    /// A person as they are shown, if they are.
    pub fn person(&self, person: usize) -> Option<&Person> {
        self.persons.get(person)?.as_ref()
    }

    /// Whether a record is shown.
    pub fn shows_record(&self, record: usize) -> bool {
        self.records.get(record).copied().unwrap_or(false)
    }

    /// Why a fact is left out.
    pub fn because(&self, fact: usize) -> &str {
        self.picture
            .answers
            .get(fact)
            .map_or("", |answer| answer.text())
    }

    /// Whether a flag is shown: all its facts and persons are.
    pub fn shows_flag(&self, flag: &crate::reliance::Flag) -> bool {
        flag.facts.iter().all(|&fact| self.shows(fact))
            && flag.persons.iter().all(|&person| self.shows_person(person))
    }
}

/// Begins what is shown of a person without a name; a record id follows.
const NO_NAME: &str = "(no name)";

/// What is said in place of counts when something is laid out for the family: always the same, whatever is left out.
pub const FAMILY_SENTENCE: &str = "This copy holds what may be shared with the family. Other information may be held; ask the worker who gave it to you.";
