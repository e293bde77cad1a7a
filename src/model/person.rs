//! Persons and the pairs of records that were compared, each explained.

use super::date::When;
use super::id::PersonId;
use super::words::{Role, Sex};

/// A real individual: the set of records that are believed to describe them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Made from the smallest of the records' ids.
    pub id: PersonId,
    /// Indexes of the records, in the order of their ids. Never empty.
    pub records: Vec<usize>,
    /// How sure the set is.
    pub status: LinkStatus,
    /// The lowest probability of a link that holds the set together; `None` for a single record.
    pub lowest_probability: Option<f64>,
    /// Who decided the links: `model`, `identifier`, `rule` or analysts' names, sorted, each once; empty for a single record.
    pub decided_by: Vec<String>,
    /// For an ambiguous person: how many candidates there are.
    pub candidates: usize,
    /// The name to show: the fullest of the most frequent spelling; `(no name) agency:id` when no record has one.
    pub name: String,
    /// Every other spelling and other name of the records, sorted, each once.
    pub other_names: Vec<String>,
    /// The different dates of birth of the records (expected dates where there is none), earliest first; unknown ones left out.
    pub births: Vec<When>,
    /// The different sexes recorded, sorted.
    pub sexes: Vec<Sex>,
    /// The different roles recorded, sorted.
    pub roles: Vec<Role>,
}

/// How sure a person's set of records is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkStatus {
    /// Two candidates are too close to call.
    Ambiguous,
    /// A possible match is open.
    Review,
    /// Linked, nothing open.
    Linked,
    /// One record, nothing open.
    Single,
}

impl LinkStatus {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Review => "review",
            Self::Linked => "linked",
            Self::Single => "single",
        }
    }
}

/// What became of a pair of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// One person.
    Linked,
    /// A question to the analyst.
    Review,
    /// Two candidates are too close to call.
    Ambiguous,
    /// Kept apart by a rule or an analyst.
    Separate,
}

impl Outcome {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Review => "review",
            Self::Ambiguous => "ambiguous",
            Self::Separate => "separate",
        }
    }
}

/// One field of a compared pair.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldComparison {
    /// The field, as in the header of `matches.csv`; the same list in the same order for every pair.
    pub field: &'static str,
    /// The level of agreement, in words ("same", "one digit off", "blank" …).
    pub level: &'static str,
    /// Agree, close, differ or blank: how the level reads at a glance.
    pub agreement: Agreement,
    /// The weight in bits; 0 when either side is missing.
    pub weight: f64,
    /// The left record's value, as supplied; a spreadsheet's day number as the day that it is.
    pub left: String,
    /// The right record's value, as supplied.
    pub right: String,
}

/// How a field's level reads at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// Both say the same.
    Agree,
    /// Nearly.
    Close,
    /// They differ.
    Differ,
    /// One side or both say nothing.
    Blank,
}

impl Agreement {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Close => "close",
            Self::Differ => "differ",
            Self::Blank => "blank",
        }
    }
}

/// A compared pair that is linked, to review, ambiguous, or kept apart by a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Index of the record with the bytewise smaller id.
    pub left: usize,
    /// Index of the other.
    pub right: usize,
    /// Probability that they are one person, between 0 and 1.
    pub probability: f64,
    /// Weight in bits: `prior_weight` and the fields' weights add up to it.
    pub weight: f64,
    /// The prior in bits.
    pub prior_weight: f64,
    /// What became of it.
    pub outcome: Outcome,
    /// `model`, `identifier`, `rule`, or the analyst's name.
    pub decided_by: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Field by field.
    pub fields: Vec<FieldComparison>,
}

/// The result of matching: who is who.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// Persons, by id.
    pub persons: Vec<Person>,
    /// For each record the index of its person.
    pub person_of: Vec<usize>,
    /// Pairs, by left and right record id.
    pub pairs: Vec<Pair>,
    /// Whose parameters were used, for `summary.json`.
    pub parameters: String,
    /// Blocking keys that were shared by too many records, and what was done about it.
    pub notes: Vec<String>,
}
