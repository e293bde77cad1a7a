//! Who is who in large files: the same comparisons and the same kind of model as in a case, learnt from the data.
//!
//! A roster is made comparable value by value (`prepare`), candidate pairs come from sorted keys (`block`), each is compared
//! once (`compare`), m, u and the priors are learnt without labels (`learn`), and the cut-off follows from the model
//! (`cutoff`). Pairs become persons from the strongest down (`cluster`). Truth, where a file has it, is for `truth` alone.

pub mod fits;
pub mod model;
#[cfg(test)]
pub mod sample;
pub mod shape;
pub mod truth;

use crate::model::roster::Roster;
use crate::model::settings::WithinSource;
use crate::model::watch::Watch;
use model::Model;

/// How a roster is to be linked.
#[derive(Debug, Clone)]
pub struct Options {
    /// What may become of two records of one agency.
    pub within_source: WithinSource,
    /// The probability from which pairs are linked; `None`: set from the data.
    pub threshold: Option<f64>,
    /// A model learnt earlier; `None`: learn one.
    pub model: Option<Model>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            within_source: WithinSource::Link,
            threshold: None,
            model: None,
        }
    }
}

/// A pair that was kept: its probability is at least 0.01.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The record with the bytewise smaller id.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// In bits, prior included.
    pub weight: f64,
    /// That the two are one person.
    pub probability: f64,
}

/// What one blocking pass did.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// The key, in words.
    pub name: String,
    /// Pairs that it was the first to bring.
    pub pairs: u64,
    /// Values that too many records shared, and that were split by a further field.
    pub split: u64,
    /// Parts that were still too large and were left to the other passes.
    pub left_out: u64,
}

/// The result of linking.
#[derive(Debug, Clone)]
pub struct Linked {
    /// For each record the smallest record of its person.
    pub person: Vec<u32>,
    /// The pairs kept, by left, right.
    pub pairs: Vec<Pair>,
    /// The model they were scored by, with its cut-off.
    pub model: Model,
    /// The blocking passes, in their order.
    pub passes: Vec<Pass>,
    /// What should be known of this run: fields that could not be learnt, keys that were left out.
    pub notes: Vec<String>,
}

/// One field of a pair, explained.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldWeight {
    /// The field.
    pub field: String,
    /// The left record's value, as supplied.
    pub left: String,
    /// The right record's value, as supplied.
    pub right: String,
    /// The level, in words.
    pub level: String,
    /// How the level reads at a glance.
    pub agreement: crate::model::person::Agreement,
    /// In bits.
    pub weight: f64,
}

/// A pair, explained: the prior and the fields add up to the weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The left record, bytewise the smaller id.
    pub left: u32,
    /// The right record.
    pub right: u32,
    /// Which prior it starts from, in words.
    pub prior: String,
    /// The prior in bits.
    pub prior_weight: f64,
    /// The fields, in their order.
    pub fields: Vec<FieldWeight>,
    /// In bits.
    pub weight: f64,
    /// What follows from the weight.
    pub probability: f64,
}

/// Work was stopped before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before it was done")]
pub struct Stopped;

/// Links a roster.
///
/// # Errors
/// When the watch says stop.
pub fn link(_roster: &Roster, _options: &Options, _watch: &dyn Watch) -> Result<Linked, Stopped> {
    Err(Stopped)
}

/// Explains one pair by a model; the order of the two makes no difference.
pub fn explain(_roster: &Roster, _model: &Model, _pair: (usize, usize)) -> Option<Explained> {
    None
}
