//! Decisions: anything that an analyst settles, only ever added.

use serde::{Deserialize, Serialize};

use super::id::{ConclusionId, EntryId, RecordId};

/// What an analyst says of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sameness {
    /// The same person.
    Same,
    /// Different persons.
    Different,
    /// Cannot be told yet; the pair stays a question.
    NotSure,
}

/// What an analyst says of a suspected echo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EchoVerdict {
    /// It repeats the other.
    Echo,
    /// It stands on its own.
    Independent,
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
    /// Whether one entry repeats another.
    Echo {
        /// The entry that may repeat …
        entry: EntryId,
        /// … this one.
        of: EntryId,
        /// What holds.
        verdict: EchoVerdict,
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
}

/// A decision with who, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number in the case, from 1.
    pub number: u32,
    /// What was decided.
    pub verdict: Verdict,
    /// By whom.
    pub by: String,
    /// Why, if the analyst said.
    pub why: String,
    /// When, as seconds since 1970 (UTC). Shown in no table.
    pub at: i64,
    /// The number of the decision that took this one back, if one did.
    pub withdrawn_by: Option<u32>,
}

/// The decisions of a case that stand, in the order they were made.
pub fn standing(decisions: &[Decision]) -> impl Iterator<Item = &Decision> {
    decisions
        .iter()
        .filter(|decision| decision.withdrawn_by.is_none())
}
