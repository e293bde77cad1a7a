//! What of a picture one viewer may see: facts, records, persons. Tables, packs and what is gathered on demand ask it.

use std::collections::BTreeSet;

use super::Picture;
use crate::model::id::{AgencyId, RecordId};
use crate::model::person::Person;
use crate::model::settings::Recipient;
use crate::people;
use crate::reliance::Flag;
use crate::sharing::{Answer, Viewing, may_all_see};

/// What one viewer may see.
///
/// A record is shown when the recipient supplied it or an entry of a fact that is shown names it, a person when one of
/// their records is: which other agencies know somebody, and by what name, is theirs to tell.
#[derive(Debug, Clone)]
pub struct Shown {
    /// For whom something is left out; `None`: nobody in particular.
    recipient: Option<Recipient>,
    /// Whether something is left out: for a recipient, or for all who sit at one table.
    is_limited: bool,
    /// For each fact whether it is shown.
    facts: Vec<bool>,
    /// For each fact whether all at one table may see it, or why not; empty where it is not for a table.
    at_table: Vec<Answer>,
    /// For each record whether it is shown.
    records: Vec<bool>,
    /// Each person as the shown records describe them; `None` for those who are not shown.
    persons: Vec<Option<Person>>,
    /// For each person whether all their records are shown.
    whole: Vec<bool>,
}

/// Flags whose sentences quote what records say: one that is not shown would be told by its date of birth or address.
const QUOTE_RECORDS: [&str; 3] = [
    "agencies-disagree",
    "disagreement-unresolved",
    "identity-doubt",
];

impl Picture {
    /// What a recipient may see at the picture's date and for its purpose; without one everything.
    pub fn shown_to(&self, recipient: Option<&Recipient>) -> Shown {
        let Some(recipient) = recipient else {
            return Shown {
                recipient: None,
                is_limited: false,
                facts: vec![true; self.timeline.facts.len()],
                at_table: Vec::new(),
                records: vec![true; self.supplied.records.len()],
                persons: self.people.persons.iter().cloned().map(Some).collect(),
                whole: vec![true; self.people.persons.len()],
            };
        };
        let facts = if self.settings.recipient.as_ref() == Some(recipient) {
            self.answers.iter().map(Answer::is_yes).collect()
        } else {
            let answers = self.answers_for(&Viewing {
                recipient: Some(recipient),
                ..self.viewing()
            });
            answers.iter().map(Answer::is_yes).collect()
        };
        self.limited(Some(recipient), facts)
    }

    /// What all who sit at one table may see: what is open to each of the agencies that work with the family, with the
    /// records that it names.
    pub fn shown_to_partners(&self) -> Shown {
        let viewing = Viewing {
            recipient: None,
            ..self.viewing()
        };
        let conditions = self.conditions.iter();
        let at_table: Vec<Answer> = conditions.map(|one| may_all_see(one, &viewing)).collect();
        let facts = at_table.iter().map(Answer::is_yes).collect();
        Shown {
            at_table,
            ..self.limited(None, facts)
        }
    }

    fn limited(&self, recipient: Option<&Recipient>, facts: Vec<bool>) -> Shown {
        let named = self.records_named(&facts);
        let records = self.supplied.records.iter();
        let records: Vec<bool> = records
            .map(|record| named.contains(&record.id) || self.is_of(recipient, record.id.agency()))
            .collect();
        let persons = self.people.persons.iter();
        let is_shown = |record: &usize| records.get(*record).copied().unwrap_or(false);
        let whole = persons.clone();
        Shown {
            whole: whole
                .map(|person| person.records.iter().all(is_shown))
                .collect(),
            persons: persons
                .map(|person| self.described(person, &records))
                .collect(),
            recipient: recipient.cloned(),
            is_limited: true,
            facts,
            at_table: Vec::new(),
            records,
        }
    }

    /// Whether an agency is the recipient, or one of its kind.
    pub fn is_of(&self, recipient: Option<&Recipient>, agency: &AgencyId) -> bool {
        match recipient {
            Some(Recipient::Agency(id)) => id == agency,
            Some(Recipient::Kind(kind)) => {
                let agency = self.supplied.agency(agency);
                agency.is_some_and(|agency| agency.kind == *kind)
            }
            Some(Recipient::Family) | None => false,
        }
    }

    /// The records that entries of these facts name.
    fn records_named(&self, facts: &[bool]) -> BTreeSet<&RecordId> {
        let facts = self.timeline.facts.iter().zip(facts);
        facts
            .filter(|(_, shown)| **shown)
            .flat_map(|(fact, _)| &fact.entries)
            .filter_map(|&entry| self.supplied.entries.get(entry))
            .flat_map(|entry| &entry.persons)
            .collect()
    }

    /// A person as the shown records describe them.
    fn described(&self, person: &Person, shown: &[bool]) -> Option<Person> {
        let records = person.records.iter().copied();
        let records: Vec<usize> = records
            .filter(|&record| shown.get(record).copied().unwrap_or(false))
            .collect();
        let described = || people::describe(&self.supplied.records, records.clone());
        (!records.is_empty()).then(|| Person {
            id: person.id.clone(),
            status: person.status,
            lowest_probability: person.lowest_probability,
            decided_by: person.decided_by.clone(),
            candidates: person.candidates,
            ..described()
        })
    }
}

impl Shown {
    /// For whom something is left out, if for anybody.
    pub fn recipient(&self) -> Option<&Recipient> {
        self.recipient.as_ref()
    }

    /// Whether something is left out for a recipient.
    pub fn is_limited(&self) -> bool {
        self.is_limited
    }

    /// Whether this is for the family.
    pub fn is_family(&self) -> bool {
        self.recipient == Some(Recipient::Family)
    }

    /// Whether a fact is shown.
    pub fn fact(&self, fact: usize) -> bool {
        self.facts.get(fact).copied().unwrap_or(false)
    }

    /// Whether all at the table may see a fact, or why not; `None` where it is not for a table.
    pub fn at_table(&self, fact: usize) -> Option<&Answer> {
        self.at_table.get(fact)
    }

    /// Whether a record is shown.
    pub fn record(&self, record: usize) -> bool {
        self.records.get(record).copied().unwrap_or(false)
    }

    /// A person as they are shown, if they are.
    pub fn person(&self, person: usize) -> Option<&Person> {
        self.persons.get(person)?.as_ref()
    }

    /// Whether a flag is shown: all its facts and persons are; and where its sentence quotes records, all of theirs.
    pub fn flag(&self, flag: &Flag) -> bool {
        let is_whole = |person: usize| self.whole.get(person).copied().unwrap_or(false);
        let quotes = QUOTE_RECORDS.contains(&flag.code);
        let is_shown = |person| self.person(person).is_some() && (!quotes || is_whole(person));
        flag.facts.iter().all(|&fact| self.fact(fact))
            && flag.persons.iter().all(|&person| is_shown(person))
    }
}
