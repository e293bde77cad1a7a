//! Writes what `link` gave: `persons.csv`, `pairs.csv`, `model.json` and the report in HTML.
//!
//! The tables may have millions of rows, so they are not laid out as a [`Table`](crate::report::Table): `lines` builds
//! their bytes in parallel and in order.

pub mod figures;
pub mod html;
mod lines;
mod pairs;
mod persons;

use std::io;

use crate::import::roster::FileRead;
use crate::model::roster::Roster;
use crate::people::scale::Linked;
use crate::people::scale::model::Model;
use crate::people::scale::truth::Measures;

pub use pairs::write as pairs;
pub use persons::write as persons;

/// A run of `link`, as far as the report tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The files, in the order given.
    pub files: &'a [FileRead],
    /// The people.
    pub roster: &'a Roster,
    /// What linking gave.
    pub linked: &'a Linked,
    /// How right that is, where truth is known.
    pub measures: Option<&'a Measures>,
    /// Lines of `rejects.csv`.
    pub rejects: usize,
    /// What should be known of the reading.
    pub notes: &'a [String],
}

/// Writes `model.json`.
///
/// # Errors
/// What the writer says.
pub fn model(model: &Model, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, model)?;
    out.write_all(b"\n")
}
