//! What the hub itself asked of an agency or consulted about, as a record of the case. Days are given as text, as in
//! `requests.csv` and `consultations.csv`.

use serde::{Deserialize, Serialize};

use super::id::RecordId;
use super::supply::Request;

/// Something asked of an agency by the hub itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Asked {
    /// Its id.
    pub request: String,
    /// The agency asked; blank while it is not known.
    pub agency: String,
    /// Who asks.
    pub asked_by: String,
    /// When it was asked.
    pub asked_on: String,
    /// By when an answer is due.
    pub due_on: String,
    /// When it was answered.
    pub answered_on: String,
    /// How it ended: supplied, none held, withheld, no reply; blank while it is open.
    pub result: String,
    /// About whom.
    pub records: Vec<RecordId>,
    /// The question.
    pub question: String,
    /// The reason for a refusal.
    pub reason: String,
    /// Basis codes.
    pub basis: String,
}

impl Asked {
    /// A request as it stands, without an answer, so that giving one leaves the rest of it as it was.
    pub fn open(request: &Request) -> Self {
        Self {
            request: request.id.clone(),
            agency: request.asked.as_str().to_owned(),
            asked_by: request.asked_by.clone(),
            asked_on: request.asked_on.date_cell(),
            due_on: request.due_on.date_cell(),
            records: request.records.clone(),
            question: request.question.clone(),
            basis: request.basis.clone(),
            ..Self::default()
        }
    }
}

/// A consultation that the hub itself asked for or gave.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Consulted {
    /// Its id.
    pub consultation: String,
    /// Who asked: an agency or a person.
    pub by: String,
    /// The agency consulted.
    pub agency: String,
    /// Who of it.
    pub person: String,
    /// When.
    pub on: String,
    /// Spoken or written.
    pub how: String,
    /// Internal or external.
    pub setting: String,
    /// About whom; none when nobody was named.
    pub records: Vec<RecordId>,
    /// The question.
    pub question: String,
    /// What was heard in answer.
    pub received: String,
    /// What was told in turn.
    pub given: String,
    /// What came of it.
    pub outcome: String,
    /// Whether it became a referral: yes, no.
    pub became_referral: String,
    /// Whether the family agreed to it: yes, no.
    pub family_agreed: String,
    /// Whether the family was told.
    pub told: String,
}
