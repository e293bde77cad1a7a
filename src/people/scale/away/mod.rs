//! Linking with the scoring done elsewhere: what other processes are given, what they do, and what comes back.
//!
//! The roster goes out as lines of text, a record each (`row`). A worker turns records into blocking keys (`keys`); whatever
//! runs the workers brings the records of one key together; a worker compares the pairs of each block (`score`). Each
//! step looks at its own lines alone, and gives what it gives here, so that the edges are those of one machine.

mod keys;
mod row;
mod score;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;

use serde::{Deserialize, Serialize};

use super::Pair;
use super::block::{Blocks, Chosen};
use super::fields::{Kind, Spec};
use super::model::Model;
use super::table::Table;
use crate::model::identifier::Scheme;
use crate::model::roster::Roster;
use crate::model::settings::WithinSource;
use crate::people::model::probability;
pub use keys::keys;
pub use row::write_rows;
pub use score::{read_edges, score};

/// What workers must know of a run beside its model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The version of the program that made it; a worker of another one refuses it.
    pub version: String,
    /// What may become of two records of one agency: such pairs are not compared.
    never_within: bool,
    /// The fields compared, in the order of the model.
    fields: Vec<(String, Kind)>,
    /// The identifiers' columns of a row, in their order.
    schemes: Vec<Scheme>,
    /// How many further columns a row has.
    texts: usize,
    /// The blocking passes.
    passes: Vec<Chosen>,
    /// Given names, folded, that so many records have that they are no slips.
    common: BTreeSet<String>,
}

/// What a run gives away.
#[derive(Debug)]
pub struct Job<'a> {
    /// The records.
    pub roster: &'a Roster,
    /// What workers must know.
    pub plan: Plan,
    /// What pairs are weighed by.
    pub model: &'a Model,
}

/// A pair that a worker kept: the number of its left record, of its right one, its weight in bits.
pub type Edge = (u32, u32, f64);

/// Why what workers gave cannot be used, or a worker could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line is none of this run.
    #[error("line {line} is no {wanted} of this run")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What should have stood there.
        wanted: &'static str,
    },
    /// The plan was made by another version of the program.
    #[error("the plan is one of version {plan}, and this is version {own}")]
    Version {
        /// Of the plan.
        plan: String,
        /// Of this program.
        own: &'static str,
    },
    /// The model compares other fields than the plan.
    #[error("the model is none of this run")]
    Model,
    /// One pair came with two weights, or with a record that there is not.
    #[error("what was compared does not fit together: record {0} and record {1}")]
    Edge(u32, u32),
}

impl Plan {
    /// What workers must know to give what these blocks give.
    pub fn of(roster: &Roster, within: WithinSource, table: &Table, blocks: &Blocks) -> Self {
        let specs = super::fields::fields(roster);
        let names = &table.given;
        let usual = names.folded.iter().zip(&names.is_odd);
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            never_within: within == WithinSource::Never,
            fields: specs.into_iter().map(|of| (of.name, of.kind)).collect(),
            schemes: roster
                .identifiers
                .iter()
                .map(|(scheme, _)| scheme.clone())
                .collect(),
            texts: roster.further.len(),
            passes: blocks.chosen.clone(),
            common: usual
                .filter(|(_, is_odd)| !**is_odd)
                .map(|(folded, _)| names.folded_texts.get(*folded).to_owned())
                .collect(),
        }
    }

    /// Whether no two records share a key, so that there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.passes.is_empty()
    }

    /// Refuses a plan of another version.
    fn check(&self) -> Result<(), Fault> {
        let own = env!("CARGO_PKG_VERSION");
        if self.version == own {
            return Ok(());
        }
        Err(Fault::Version {
            plan: self.version.clone(),
            own,
        })
    }

    fn specs(&self) -> Vec<Spec> {
        let spec = |(name, kind): &(String, Kind)| Spec {
            name: name.clone(),
            kind: *kind,
            levels: kind.levels(),
        };
        self.fields.iter().map(spec).collect()
    }

    /// Makes a few records comparable as they are among all.
    fn table(&self, roster: &Roster) -> Table {
        let mut table = Table::of(roster);
        let names = &mut table.given;
        names.is_odd = names
            .folded
            .iter()
            .map(|folded| !self.common.contains(names.folded_texts.get(*folded)))
            .collect();
        table
    }
}

/// The pairs of edges that came in any order, some several times.
///
/// # Errors
/// When they contradict each other, or name records that there are not.
pub(super) fn pairs(mut edges: Vec<Edge>, records: usize) -> Result<Vec<Pair>, Fault> {
    edges.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    edges.dedup();
    let odd = edges
        .iter()
        .find(|(left, right, _)| left >= right || *right as usize >= records)
        .or_else(|| {
            let twice = |two: &[Edge]| (two[0].0, two[0].1) == (two[1].0, two[1].1);
            edges.windows(2).find(|two| twice(two)).map(|two| &two[0])
        });
    if let Some((left, right, _)) = odd {
        return Err(Fault::Edge(*left, *right));
    }
    Ok(edges
        .into_iter()
        .map(|(left, right, weight)| Pair {
            left,
            right,
            weight,
            probability: probability(weight),
        })
        .collect())
}
