//! Stands in for the reader of large person files until it lands.

use std::path::PathBuf;

use super::config::DateOrder;
use crate::model::roster::Roster;
use crate::model::source::Reject;
use crate::model::watch::Watch;

/// How columns are to be read.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Field and columns joined by + or -.
    pub map: Vec<(String, String)>,
    /// Further columns to compare.
    pub compare: Vec<String>,
    /// Order of dates.
    pub date_order: Option<DateOrder>,
    /// The column of the truth.
    pub truth: Option<String>,
}

/// One file that was read.
#[derive(Debug, Clone, Default)]
pub struct FileRead {
    /// The name.
    pub name: String,
    /// Rows in it.
    pub rows: usize,
    /// Rows used.
    pub used: usize,
    /// Rows rejected.
    pub rejected: usize,
    /// Header and what it was read as.
    pub columns: Vec<(String, String)>,
}

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The people.
    pub roster: Roster,
    /// The files.
    pub files: Vec<FileRead>,
    /// What was not used as given.
    pub rejects: Vec<Reject>,
    /// What should be known.
    pub notes: Vec<String>,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("stub")]
pub struct Fault;

/// Reads.
///
/// # Errors
/// Always.
pub fn read(_files: &[PathBuf], _layout: &Layout, _watch: &dyn Watch) -> Result<Read, Fault> {
    Err(Fault)
}
