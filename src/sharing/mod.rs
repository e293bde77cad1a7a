//! Judges at a date on what ground each fact was shared, and who may see it.

use crate::model::basis::Vocabulary;
use crate::model::date::Day;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::settings::Recipient;
use crate::model::supply::Supplied;
use crate::model::words::Threshold;

/// Whether a recipient may see a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No, because …: a short phrase such as "consent withdrawn" or "ask police".
    No(String),
}

impl Answer {
    /// Whether it is yes.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }

    /// What is printed: `yes`, or the reason.
    pub fn text(&self) -> &str {
        match self {
            Self::Yes => "yes",
            Self::No(because) => because,
        }
    }
}

/// Everything about one fact that [`may_see`] looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {}

/// Who a fact would be shown to, for what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewing<'a> {
    /// For whom; `None`: within the partnership.
    pub recipient: Option<&'a Recipient>,
    /// For what.
    pub purpose: Option<Threshold>,
    /// On which date.
    pub date: Day,
}

/// Decides whether a recipient may see a fact: the one function that every output goes through.
pub fn may_see(_conditions: &Conditions, _viewing: &Viewing<'_>) -> Answer {
    Answer::Yes
}

/// What the whole case says about sharing: protected details, reporters, who supplied what.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {}

/// A fault of an entry's basis that [`Rules::faults`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Index of the entry.
    pub entry: usize,
    /// What is wrong, in a sentence.
    pub problem: String,
    /// What to do.
    pub fix: String,
}

impl Rules {
    /// Gathers them from a case.
    pub fn of(
        _supplied: &Supplied,
        _vocabulary: &Vocabulary,
        _own_agency: Option<&AgencyId>,
    ) -> Self {
        Self {}
    }

    /// Fills in how the basis of each fact stands at `as_of`: `basis`, `status`, `told`, `handling`, `consent_state`.
    pub fn judge(
        &self,
        _supplied: &Supplied,
        _vocabulary: &Vocabulary,
        _as_of: Day,
        _facts: &mut [Fact],
    ) {
    }

    /// Gathers what [`may_see`] looks at for one fact.
    pub fn conditions(
        &self,
        _supplied: &Supplied,
        _vocabulary: &Vocabulary,
        _fact: &Fact,
    ) -> Conditions {
        Conditions {}
    }

    /// Checks the basis of every entry: each fault names the entry and the fix.
    pub fn faults(&self, _supplied: &Supplied, _vocabulary: &Vocabulary) -> Vec<Fault> {
        Vec::new()
    }
}
