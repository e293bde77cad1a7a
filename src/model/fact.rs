//! A fact: what the merged timeline shows. One event or claim, told by one or more entries.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::date::When;
use super::id::{AgencyId, FactId};
use super::phrase::Coded;
use super::words::{Channel, ConsentState, Handling, Kind, Polarity, Told};

/// Who first observed or was told. Sorted, unknown first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Origin {
    /// Nobody knows.
    Unknown,
    /// This agency.
    Agency(AgencyId),
}

impl Origin {
    /// The agency's id, or `unknown`.
    pub fn text(&self) -> &str {
        match self {
            Self::Unknown => "unknown",
            Self::Agency(id) => id.as_str(),
        }
    }

    /// The agency, when it is known.
    pub fn agency(&self) -> Option<&AgencyId> {
        match self {
            Self::Unknown => None,
            Self::Agency(id) => Some(id),
        }
    }
}

/// How a fact's basis stands at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BasisStatus {
    /// A ground stands.
    Valid,
    /// It was given for a time that is over.
    Expired,
    /// Consent was taken back, and no other ground stands.
    Withdrawn,
    /// Consent was refused, or the code was not law, and no other ground stands.
    NotValid,
    /// Nobody recorded enough to tell.
    Unknown,
}

impl BasisStatus {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::NotValid => "not-valid",
            Self::Unknown => "unknown",
        }
    }
}

/// One event or claim of the merged timeline. It cannot be built without an entry, and so not without a source row.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Made from the smallest of the entries' ids.
    pub id: FactId,
    /// The entry that tells it first: its text is the fact's text. Index into the entries supplied.
    pub lead: usize,
    /// All entries that tell it, in the order of their ids, `lead` among them.
    pub entries: Vec<usize>,
    /// Indexes of the persons it is about, in the order of their ids.
    pub persons: Vec<usize>,
    /// When.
    pub when: When,
    /// Time of day.
    pub time: Option<NaiveTime>,
    /// Agencies that tell it, sorted.
    pub agencies: Vec<AgencyId>,
    /// The agency that told it first among the fact's entries: its origin where that is known, else the lead's supplier.
    pub first_agency: AgencyId,
    /// Independent origins, sorted. Never empty.
    pub origins: Vec<Origin>,
    /// Independent origins when suspected echoes are taken as echoes. A fact that is itself a suspected echo of another
    /// shares that one's origins.
    pub origins_low: usize,
    /// Independent origins when suspected echoes are taken as independent support.
    pub origins_high: usize,
    /// Facts that this one is suspected to repeat, or that are suspected to repeat it; with why.
    pub suspected: Vec<Suspicion>,
    /// Indexes of facts that say another thing of the same slot at the same time.
    pub disagrees_with: Vec<usize>,
    /// What differs among the entries of this one fact: column, and agency with value, side by side.
    pub differences: Vec<Difference>,
    /// Kind, of the lead, else the first entry that has one.
    pub kind: Coded<Kind>,
    /// Channel, as for `kind`.
    pub channel: Coded<Channel>,
    /// Polarity, as for `kind`.
    pub polarity: Coded<Polarity>,
    /// The highest significance of its entries.
    pub significance: Option<u8>,
    /// Basis codes of all its entries, each once, lead first.
    pub basis: Vec<Box<str>>,
    /// Consent state of the entry that the status rests on.
    pub consent_state: Coded<ConsentState>,
    /// Whether the family knows: the most guarded answer of its entries, defaults of the basis included.
    pub told: Coded<Told>,
    /// All onward rules of its entries, sorted, defaults of the basis included.
    pub handling: Vec<Coded<Handling>>,
    /// How its basis stands at the as-of date.
    pub status: BasisStatus,
    /// Conclusions that cite it, sorted.
    pub cited_by: Vec<super::id::ConclusionId>,
}

/// A suspected echo between two facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// Index of the other fact.
    pub other: usize,
    /// Whether this fact is the one that may repeat the other.
    pub repeats: bool,
    /// Why: "cites gp:17", "shares the document …", "says “per school”".
    pub why: String,
}

/// Values of one column that differ among the entries of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The column.
    pub column: &'static str,
    /// Each agency's value, in the order of the entries.
    pub values: Vec<(AgencyId, String)>,
}

/// Two or more agencies say different things of the same changing thing over the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Index of the person it is about.
    pub person: usize,
    /// The slot: `address`, `school`, `date of birth` …
    pub slot: String,
    /// What each source says.
    pub sides: Vec<Side>,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Who says it.
    pub agency: AgencyId,
    /// What it says.
    pub value: String,
    /// Over what time.
    pub when: When,
    /// The fact that says it, when it is an entry.
    pub fact: Option<usize>,
    /// The record that says it, when it is a people row.
    pub record: Option<usize>,
}

/// The result of merging: facts in reading order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// Facts by date, then time, then id; undated ones last. The order is total and does not depend on rows.
    pub facts: Vec<Fact>,
    /// For each entry the index of the fact that it tells.
    pub fact_of: Vec<usize>,
    /// Disagreements over slots, by person, slot.
    pub disagreements: Vec<Disagreement>,
}
