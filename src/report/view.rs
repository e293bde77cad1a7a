//! What of a picture a table may show: everything, or what one recipient may see.

use std::collections::BTreeSet;

use crate::model::id::AgencyId;
use crate::model::settings::Recipient;
use crate::picture::Picture;

/// A picture as one viewer may see it. Every table is made through it.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The picture.
    pub picture: &'a Picture,
    /// For whom rows are left out; `None`: nobody in particular, nothing is left out.
    recipient: Option<Recipient>,
    /// For each fact whether it is shown.
    shown: Vec<bool>,
    /// For each person whether they are shown.
    persons: Vec<bool>,
}

impl<'a> View<'a> {
    /// The whole picture, for the analyst at the terminal: nothing is left out.
    pub fn whole(picture: &'a Picture) -> Self {
        let (facts, persons) = (picture.timeline.facts.len(), picture.people.persons.len());
        Self {
            picture,
            recipient: None,
            shown: vec![true; facts],
            persons: vec![true; persons],
        }
    }

    /// What the recipient of the picture's settings may see; without a recipient the whole picture.
    ///
    /// A person is shown when a fact about them is, or when the recipient itself supplied a record of them.
    pub fn for_recipient(picture: &'a Picture) -> Self {
        let Some(recipient) = picture.settings.recipient.clone() else {
            return Self::whole(picture);
        };
        let shown: Vec<bool> = picture
            .answers
            .iter()
            .map(crate::sharing::Answer::is_yes)
            .collect();
        let told: BTreeSet<usize> = picture
            .timeline
            .facts
            .iter()
            .zip(&shown)
            .filter(|(_, shown)| **shown)
            .flat_map(|(fact, _)| fact.persons.iter().copied())
            .collect();
        let mut view = Self {
            picture,
            recipient: Some(recipient),
            shown,
            persons: Vec::new(),
        };
        let persons = picture.people.persons.iter().enumerate();
        view.persons = persons
            .map(|(at, person)| {
                let mut suppliers = person
                    .records
                    .iter()
                    .filter_map(|&record| picture.supplied.records.get(record));
                told.contains(&at) || suppliers.any(|record| view.is_recipient(record.id.agency()))
            })
            .collect();
        view
    }

    /// Whether rows are left out for a recipient.
    pub fn is_limited(&self) -> bool {
        self.recipient.is_some()
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
        self.persons.get(person).copied().unwrap_or(false)
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
