//! Everything that the agencies supplied, read: the exports of a case as data.

use serde::{Deserialize, Serialize};

use super::agency::Agency;
use super::date::When;
use super::entry::Entry;
use super::id::{AgencyId, ConclusionId, RecordId};
use super::phrase::Coded;
use super::record::Record;
use super::settings::Config;
use super::source::{Reject, RowRef, SourceFile};
use super::words::{Manner, RequestResult, Setting, Told, YesNo};

/// One individual's relation to another, as an agency has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The agency that says so.
    pub agency: AgencyId,
    /// Where it says so.
    pub row: RowRef,
    /// Who is in the relation …
    pub record: RecordId,
    /// … to whom.
    pub related: RecordId,
    /// "mother of", "lives with" …, as supplied.
    pub relationship: String,
    /// From when.
    pub from: When,
    /// Until when.
    pub to: When,
    /// Whether it carries parental responsibility.
    pub parental_responsibility: Coded<YesNo>,
}

/// An agency or service is known to work with an individual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involvement {
    /// The agency that says so.
    pub agency: AgencyId,
    /// Where it says so.
    pub row: RowRef,
    /// With whom.
    pub record: RecordId,
    /// Who is involved, as supplied (an agency id, a name, a kind, "child protection plan" …); blank: the supplier.
    pub service: String,
    /// The agency that `service` names, when it names one; `None` for plans and services without an agency.
    pub involved: Option<AgencyId>,
    /// From when.
    pub from: When,
    /// Until when; unknown while it goes on.
    pub to: When,
    /// The worker, as supplied.
    pub worker: String,
    /// How it is known, as supplied.
    pub evidence: String,
}

/// What an agency's export covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The agency covered.
    pub agency: AgencyId,
    /// Where it is said.
    pub row: RowRef,
    /// From when.
    pub from: When,
    /// Until when.
    pub to: When,
    /// When it was last brought up to date.
    pub last_synchronised: When,
    /// Whether records are available.
    pub records_available: Coded<YesNo>,
    /// As supplied.
    pub explanation: String,
}

/// Something asked of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id, as supplied.
    pub id: String,
    /// Where it is recorded.
    pub row: RowRef,
    /// The agency asked.
    pub asked: AgencyId,
    /// Who asked, as supplied.
    pub asked_by: String,
    /// When.
    pub asked_on: When,
    /// By when an answer was due.
    pub due_on: When,
    /// When it came.
    pub answered_on: When,
    /// How it ended.
    pub result: Coded<RequestResult>,
    /// About whom.
    pub records: Vec<RecordId>,
    /// The question, as supplied.
    pub question: String,
    /// The reason for a refusal, as supplied.
    pub reason: String,
    /// Basis codes, as supplied.
    pub basis: String,
}

/// A consultation: one professional asks another what to do, or what they know. It is not a referral, and its answer goes
/// both ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Its id, as supplied.
    pub id: String,
    /// Where it is recorded.
    pub row: RowRef,
    /// Who asked: an agency or a person, as supplied.
    pub by: String,
    /// The agency consulted.
    pub consulted: AgencyId,
    /// Who of it, as supplied.
    pub person: String,
    /// When.
    pub on: When,
    /// Spoken or written.
    pub how: Coded<Manner>,
    /// Within the agency or not.
    pub setting: Coded<Setting>,
    /// About whom; none when nobody was named.
    pub records: Vec<RecordId>,
    /// The question, as supplied.
    pub question: String,
    /// What was heard in answer.
    pub received: String,
    /// What was told in turn.
    pub given: String,
    /// What came of it.
    pub outcome: String,
    /// Whether it became a referral.
    pub became_referral: Coded<YesNo>,
    /// Whether the family agreed to it.
    pub family_agreed: Coded<YesNo>,
    /// Whether the family was told.
    pub told: Coded<Told>,
}

/// What a citation names: an entry, or a fact by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cited {
    /// An entry, `agency:entry_id`.
    Entry(super::id::EntryId),
    /// A fact id, as printed in `timeline.csv`.
    Fact(super::id::FactId),
}

/// A link from a conclusion to a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Where it is supplied.
    pub row: RowRef,
    /// The conclusion.
    pub conclusion: ConclusionId,
    /// What it cites.
    pub cited: Cited,
    /// The statement, as supplied; may be blank on all but one row of a conclusion.
    pub text: String,
    /// When it was decided.
    pub decided_on: When,
    /// By whom, as supplied.
    pub decided_by: String,
}

/// Everything that the agencies supplied: the result of reading a folder of exports.
///
/// Every list is sorted by its ids, never by the position of a row in a file, so that shuffled rows give the same data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Supplied {
    /// Agencies that supplied something or are named, by id.
    pub agencies: Vec<Agency>,
    /// Files, by path.
    pub files: Vec<SourceFile>,
    /// Files that are no exports, by path.
    pub ignored: Vec<String>,
    /// Records, by id.
    pub records: Vec<Record>,
    /// Entries, by id.
    pub entries: Vec<Entry>,
    /// Relationships, by record, related record, relationship, dates.
    pub relationships: Vec<Relationship>,
    /// Involvement, by record, service, dates.
    pub involvements: Vec<Involvement>,
    /// Coverage, by agency and dates.
    pub coverage: Vec<Coverage>,
    /// Requests, by id.
    pub requests: Vec<Request>,
    /// Consultations, by id.
    pub consultations: Vec<Consultation>,
    /// Citations, by conclusion and what is cited.
    pub citations: Vec<Citation>,
    /// Cells and rows not used as given, by file, row, column.
    pub rejects: Vec<Reject>,
    /// What `case.toml` says.
    pub config: Config,
}

impl Supplied {
    /// Finds a record by its id.
    pub fn record(&self, id: &RecordId) -> Option<usize> {
        self.records
            .binary_search_by(|record| record.id.cmp(id))
            .ok()
    }

    /// Finds an entry by its id.
    pub fn entry(&self, id: &super::id::EntryId) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.id.cmp(id)).ok()
    }

    /// Finds an agency by its id.
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies
            .binary_search_by(|agency| agency.id.cmp(id))
            .ok()
            .and_then(|at| self.agencies.get(at))
    }

    /// The name of an agency to show, its id when it is not known.
    pub fn agency_name<'a>(&'a self, id: &'a AgencyId) -> &'a str {
        self.agency(id).map_or(id.as_str(), |agency| &agency.name)
    }
}
