//! What of a picture a table may show: everything, or what one recipient may see.

use crate::model::id::AgencyId;
use crate::model::person::Person;
use crate::model::settings::Recipient;
use crate::picture::{Picture, Shown};
use crate::sharing::Answer;

/// A picture as one viewer may see it. Every table is made through it.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The picture.
    pub picture: &'a Picture,
    /// What of it is shown.
    shown: Shown,
}

impl<'a> View<'a> {
    /// The whole picture, for the analyst at the terminal: nothing is left out.
    pub fn whole(picture: &'a Picture) -> Self {
        Self {
            picture,
            shown: picture.shown_to(None),
        }
    }

    /// What the recipient of the picture's settings may see; without a recipient the whole picture.
    pub fn for_recipient(picture: &'a Picture) -> Self {
        Self {
            picture,
            shown: picture.shown_to(picture.settings.recipient.as_ref()),
        }
    }

    /// What may be shown to everybody at a table: what each of the agencies that work with the family may see. The settings of
    /// the picture name no recipient.
    pub fn for_partners(picture: &'a Picture) -> Self {
        Self {
            picture,
            shown: picture.shown_to_partners(),
        }
    }

    /// For whom rows are left out; `None`: nobody in particular.
    pub fn recipient(&self) -> Option<&Recipient> {
        self.shown.recipient()
    }

    /// Whether rows are left out for a recipient.
    pub fn is_limited(&self) -> bool {
        self.shown.is_limited()
    }

    /// Whether this is a copy for the family: it holds no ids made from content, no rows, no counts of what is left out.
    pub fn is_family(&self) -> bool {
        self.shown.is_family()
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
        self.picture.is_of(self.recipient(), agency)
    }

    /// Whether a fact is shown.
    pub fn shows(&self, fact: usize) -> bool {
        self.shown.fact(fact)
    }

    /// Whether a person is shown.
    pub fn shows_person(&self, person: usize) -> bool {
        self.person(person).is_some()
    }

    /// A person as they are shown, if they are.
    pub fn person(&self, person: usize) -> Option<&Person> {
        self.shown.person(person)
    }

    /// Whether a record is shown.
    pub fn shows_record(&self, record: usize) -> bool {
        self.shown.record(record)
    }

    /// Why a fact is left out.
    pub fn because(&self, fact: usize) -> &str {
        let answer = self.shown.at_table(fact);
        let answer = answer.or_else(|| self.picture.answers.get(fact));
        answer.map_or("", Answer::text)
    }

    /// Whether a flag is shown: all its facts and persons are.
    pub fn shows_flag(&self, flag: &crate::reliance::Flag) -> bool {
        self.shown.flag(flag)
    }
}

/// Begins what is shown of a person without a name; a record id follows.
const NO_NAME: &str = "(no name)";

/// What is said in place of counts when something is laid out for the family: always the same, whatever is left out.
pub const FAMILY_SENTENCE: &str = "This copy holds what may be shared with the family. Other information may be held; ask the worker who gave it to you.";
