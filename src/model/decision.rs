//! Decisions: anything that an analyst settles, only ever added.

use serde::{Deserialize, Serialize};

pub use super::asked::{Asked, Consulted};
use super::fact::Origin;
use super::id::{AgencyId, ConclusionId, DecisionId, EntryId, RecordId};
pub use super::standing::{contested, settle, standing};

/// What an analyst says of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sameness {
    /// The same person.
    Same,
    /// Different persons.
    Different,
    /// Cannot be told yet; the pair stays a question.
    NotSure,
}

impl Sameness {
    /// What is printed and typed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::NotSure => "not sure",
        }
    }
}

/// What an analyst says of a suspected echo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EchoVerdict {
    /// It repeats the other.
    Echo,
    /// It stands on its own.
    Independent,
}

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum About {
    /// An entry, and the fact that it tells.
    Entry(EntryId),
    /// A record, and the person that it describes.
    Record(RecordId),
    /// The case as a whole.
    Case,
}

/// Whether something was shared, and the record of it that the guidance asks for. A blank is what is still missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct ShareRecord {
    /// The entries that it is about.
    pub entries: Vec<EntryId>,
    /// Whether it was shared. "Decided not to share" is a decision like the other.
    pub is_shared: bool,
    /// For what.
    pub purpose: String,
    /// What was shared: the words or a description.
    pub what: String,
    /// To whom.
    pub recipient: String,
    /// When.
    pub on: String,
    /// On what basis or ground.
    pub basis: String,
    /// Whether the family was told, or why not.
    pub told: String,
    /// Whether fact and opinion were kept apart.
    pub fact_and_opinion: String,
    /// Who decided.
    pub decided_by: String,
    /// How it was sent.
    pub sent: String,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Two records: the same person, different, not sure. `left` is the bytewise smaller.
    Persons {
        /// One record.
        left: RecordId,
        /// The other.
        right: RecordId,
        /// What holds.
        same: Sameness,
    },
    /// What a second reader says who did not see the first one's answer. It changes no picture; it is compared.
    SecondReading {
        /// One record.
        left: RecordId,
        /// The other.
        right: RecordId,
        /// What the second reader holds.
        same: Sameness,
    },
    /// Whether one entry repeats another.
    Echo {
        /// The entry that may repeat …
        entry: EntryId,
        /// … this one.
        of: EntryId,
        /// What holds.
        verdict: EchoVerdict,
    },
    /// The words of a conclusion.
    Conclusion {
        /// The conclusion.
        conclusion: ConclusionId,
        /// What it says.
        text: String,
    },
    /// A conclusion relies on an entry.
    ReliedOn {
        /// The conclusion; `draft` when marked in the screen without naming one.
        conclusion: ConclusionId,
        /// The entry relied on.
        entry: EntryId,
    },
    /// A conclusion no longer relies on an entry.
    NotReliedOn {
        /// The conclusion.
        conclusion: ConclusionId,
        /// The entry.
        entry: EntryId,
    },
    /// A flag is explained; it stays, with the reason beside it.
    FlagExplained {
        /// The flag.
        flag_id: String,
        /// The reason.
        reason: String,
    },
    /// Who first observed what an entry tells, or was told.
    Origin {
        /// The entry.
        entry: EntryId,
        /// Independent origins; `Unknown` where nobody knows.
        origins: Vec<Origin>,
    },
    /// How much an entry matters, 0 to 3.
    Significance {
        /// The entry.
        entry: EntryId,
        /// 0 to 3.
        level: u8,
    },
    /// A note; a blank text takes an earlier one away.
    Noted {
        /// What it is about.
        about: About,
        /// What it says.
        text: String,
    },
    /// Something is asked of an agency, or an answer is recorded; the last one of an id holds.
    Requested(Box<Asked>),
    /// A consultation is recorded, or its record is changed; the last one of an id holds.
    Consulted(Box<Consulted>),
    /// Something was shared, or it was decided not to.
    Shared(Box<ShareRecord>),
    /// Earlier decisions do not hold any more. Taking back one of these brings them back.
    Withdrawn {
        /// The decisions, all of them earlier.
        of: Vec<DecisionId>,
    },
    /// Two analysts, each in a copy of the case, decided differently: neither holds, and it is a question again until somebody
    /// decides it anew.
    Contested {
        /// What was decided here.
        one: DecisionId,
        /// What was decided in the other copy.
        other: DecisionId,
    },
}

/// What a decision settles: of two that settle the same, the later one holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Matter {
    /// Whether two records are one person.
    Persons(RecordId, RecordId),
    /// The same, by a second reader.
    SecondReading(RecordId, RecordId),
    /// Whether an entry repeats another.
    Echo(EntryId, EntryId),
    /// The words of a conclusion.
    Conclusion(ConclusionId),
    /// Whether a conclusion relies on an entry.
    Citation(ConclusionId, EntryId),
    /// The explanation of a flag.
    Flag(String),
    /// The origin of an entry.
    Origin(EntryId),
    /// The significance of an entry.
    Significance(EntryId),
    /// A note.
    Note(About),
    /// A request.
    Request(String),
    /// A consultation.
    Consultation(String),
}

impl Verdict {
    /// What it settles; `None` for what settles nothing of its own or is never settled a second time.
    pub fn matter(&self) -> Option<Matter> {
        Some(match self {
            Self::Persons { left, right, .. } => Matter::Persons(left.clone(), right.clone()),
            Self::SecondReading { left, right, .. } => {
                Matter::SecondReading(left.clone(), right.clone())
            }
            Self::Echo { entry, of, .. } => Matter::Echo(entry.clone(), of.clone()),
            Self::Conclusion { conclusion, .. } => Matter::Conclusion(conclusion.clone()),
            Self::ReliedOn { conclusion, entry } | Self::NotReliedOn { conclusion, entry } => {
                Matter::Citation(conclusion.clone(), entry.clone())
            }
            Self::FlagExplained { flag_id, .. } => Matter::Flag(flag_id.clone()),
            Self::Origin { entry, .. } => Matter::Origin(entry.clone()),
            Self::Significance { entry, .. } => Matter::Significance(entry.clone()),
            Self::Noted { about, .. } => Matter::Note(about.clone()),
            Self::Requested(asked) => Matter::Request(asked.request.clone()),
            Self::Consulted(held) => Matter::Consultation(held.consultation.clone()),
            Self::Shared(_) | Self::Withdrawn { .. } | Self::Contested { .. } => return None,
        })
    }

    /// Whether it speaks of other decisions and of nothing in the exports.
    pub fn is_about_decisions(&self) -> bool {
        matches!(self, Self::Withdrawn { .. } | Self::Contested { .. })
    }

    /// The records that it names.
    pub fn records(&self) -> Vec<&RecordId> {
        match self {
            Self::Persons { left, right, .. } | Self::SecondReading { left, right, .. } => {
                vec![left, right]
            }
            Self::Noted {
                about: About::Record(record),
                ..
            } => vec![record],
            Self::Requested(asked) => asked.records.iter().collect(),
            Self::Consulted(held) => held.records.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The entries that it names.
    pub fn entries(&self) -> Vec<&EntryId> {
        match self {
            Self::Echo { entry, of, .. } => vec![entry, of],
            Self::ReliedOn { entry, .. }
            | Self::NotReliedOn { entry, .. }
            | Self::Origin { entry, .. }
            | Self::Significance { entry, .. }
            | Self::Noted {
                about: About::Entry(entry),
                ..
            } => vec![entry],
            Self::Shared(record) => record.entries.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The agencies that it names by themselves, apart from those of its records and entries.
    pub fn agencies(&self) -> Vec<AgencyId> {
        match self {
            Self::Requested(asked) if !asked.agency.is_empty() => {
                vec![AgencyId::new(&asked.agency)]
            }
            Self::Consulted(held) if !held.agency.is_empty() => {
                vec![AgencyId::new(&held.agency)]
            }
            Self::Origin { origins, .. } => {
                origins.iter().filter_map(Origin::agency).cloned().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A decision with who, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number in the case, from 1.
    pub number: u32,
    /// What names it in every copy of the case.
    pub id: DecisionId,
    /// Decisions of one step were made together and are taken back together; 0 for those brought from another copy.
    pub step: u32,
    /// What was decided.
    pub verdict: Verdict,
    /// By whom.
    pub by: String,
    /// Why, if the analyst said.
    pub why: String,
    /// When, as seconds since 1970 (UTC). Shown in no table.
    pub at: i64,
    /// What was shown when it was decided, a line each.
    pub evidence: Vec<String>,
    /// The program's version at the time.
    pub version: String,
    /// The number of the decision that took this one back, if one stands that did. Follows from the others: see [`settle`].
    pub withdrawn_by: Option<u32>,
}

impl Decision {
    /// A decision by itself: a step of its own, without a reason, evidence or time, named by its number.
    pub fn plain(number: u32, verdict: Verdict, by: &str) -> Self {
        Self {
            number,
            id: DecisionId::new(&number.to_string()),
            step: number,
            verdict,
            by: by.to_owned(),
            why: String::new(),
            at: 0,
            evidence: Vec::new(),
            version: String::new(),
            withdrawn_by: None,
        }
    }
}
