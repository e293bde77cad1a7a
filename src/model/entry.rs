//! An entry: one line of an agency's chronology, as supplied.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::date::When;
use super::id::{AgencyId, EntryId, RecordId};
use super::phrase::Coded;
use super::source::RowRef;
use super::words::{Channel, ConsentState, Handling, Kind, Polarity, Threshold, Told, YesNo};

/// What an entry says about where its information came from first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OriginCells {
    /// Agencies that first observed it or were told; empty: the supplier, unless an entry is named.
    pub agencies: Vec<AgencyId>,
    /// The cell said `unknown`: nobody knows who said it first.
    pub unknown: bool,
    /// The entries that this one repeats: confirmed echoes.
    pub entries: Vec<EntryId>,
}

/// What an entry says about consent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Consent {
    /// Given, refused, withdrawn …
    pub state: Coded<ConsentState>,
    /// Who gave or refused it, as supplied.
    pub by: String,
    /// When.
    pub on: When,
    /// Until when it was given.
    pub expires_on: When,
    /// When it was taken back.
    pub withdrawn_on: When,
    /// Agency ids or kinds that it covers, folded as agency ids; empty when not said.
    pub scope: Vec<AgencyId>,
}

/// One line of an agency's chronology, as supplied. Empty texts and blank codes are unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The agency and its own id for the entry.
    pub id: EntryId,
    /// The rows it was supplied in, sorted; several when a log has a row a person.
    pub rows: Vec<RowRef>,
    /// The records it is about, sorted, each once.
    pub persons: Vec<RecordId>,
    /// When it happened. An `end_date` is the end of the interval.
    pub when: When,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// What is told, as supplied.
    pub text: String,
    /// A reference that agencies share: an incident number, a referral number.
    pub reference: String,
    /// The changing thing it speaks of (`address`, `school`, …), folded, or empty.
    pub slot: String,
    /// What it says of the slot.
    pub value: String,
    /// Observation, allegation …
    pub kind: Coded<Kind>,
    /// The agency's own category, as supplied.
    pub category: String,
    /// Assessment dimensions, as supplied.
    pub domains: Vec<String>,
    /// 0 to 3, when supplied and in range.
    pub significance: Option<u8>,
    /// Strength, concern or neutral.
    pub polarity: Coded<Polarity>,
    /// Who the information comes from.
    pub channel: Coded<Channel>,
    /// Who told the agency, as supplied; may be a reporter who must not be named.
    pub told_by: String,
    /// Who said it first.
    pub origin: OriginCells,
    /// Entries that this one cites: suspected echoes at most.
    pub cites: Vec<EntryId>,
    /// When it was written down.
    pub recorded_on: When,
    /// When it came to the partnership.
    pub received_on: When,
    /// Basis codes of the vocabulary; what is not in it is `U-MAP`, and a blank is `U-NR`. Never empty.
    pub basis: Vec<Box<str>>,
    /// The basis cell as supplied.
    pub basis_raw: String,
    /// Consent.
    pub consent: Consent,
    /// Whether the family knows.
    pub told: Coded<Told>,
    /// What the receiver may do with it; unknown values are kept and treated as no onward sharing.
    pub handling: Vec<Coded<Handling>>,
    /// The purpose of sharing, as supplied.
    pub purpose: String,
    /// How far the concern had come when it was shared.
    pub threshold: Coded<Threshold>,
    /// What was done, as supplied.
    pub action: String,
    /// Who was to do it.
    pub action_owner: String,
    /// By when.
    pub action_due: When,
    /// What came of it.
    pub outcome: String,
    /// Whether the child was seen.
    pub child_seen: Coded<YesNo>,
    /// Whether the child was seen alone.
    pub child_seen_alone: Coded<YesNo>,
    /// The child's view, as supplied.
    pub child_view: String,
    /// The family's view, as supplied.
    pub family_view: String,
    /// Police intelligence grade (3x5x2), as supplied.
    pub grade: String,
    /// The document it was taken from, as supplied.
    pub document: String,
}

impl Entry {
    /// An entry of which nothing is known but its id and its row.
    pub fn blank(id: EntryId, row: RowRef) -> Self {
        Self {
            id,
            rows: vec![row],
            persons: Vec::new(),
            when: When::default(),
            time: None,
            text: String::new(),
            reference: String::new(),
            slot: String::new(),
            value: String::new(),
            kind: Coded::Blank,
            category: String::new(),
            domains: Vec::new(),
            significance: None,
            polarity: Coded::Blank,
            channel: Coded::Blank,
            told_by: String::new(),
            origin: OriginCells::default(),
            cites: Vec::new(),
            recorded_on: When::default(),
            received_on: When::default(),
            basis: vec![super::basis::NOT_RECORDED.into()],
            basis_raw: String::new(),
            consent: Consent::default(),
            told: Coded::Blank,
            handling: Vec::new(),
            purpose: String::new(),
            threshold: Coded::Blank,
            action: String::new(),
            action_owner: String::new(),
            action_due: When::default(),
            outcome: String::new(),
            child_seen: Coded::Blank,
            child_seen_alone: Coded::Blank,
            child_view: String::new(),
            family_view: String::new(),
            grade: String::new(),
            document: String::new(),
        }
    }

    /// The agency that supplied it.
    pub fn agency(&self) -> &AgencyId {
        self.id.agency()
    }
}
