//! Temporary: the calls of the commands on what the store does not give yet. Goes when store, importing and erasing are merged.

use super::bring::Brought;
use super::importing::{ImportOptions, Plan};
use super::{CaseError, Hand, OpenCase};
use crate::import::{Folder, Limits};
use crate::model::id::{DecisionId, RecordId};

fn none<T>() -> Result<T, CaseError> {
    Err(CaseError::InMemory("store"))
}

/// What an import did.
pub struct Imported {
    /// Its number; `None` when nothing was new.
    pub import: Option<u32>,
    /// What was done.
    pub plan: Plan,
}

/// What erasing did.
pub struct Erased {
    /// Rows gone, by file.
    pub rows: Vec<(String, usize)>,
    /// Decisions gone.
    pub decisions: Vec<DecisionId>,
    /// What is about others too and stays, for the analyst to look at.
    pub shared: Vec<String>,
    /// Where something of the person may still be.
    pub left: Vec<String>,
}

impl OpenCase {
    /// Imports.
    pub fn import(&mut self, _: &Folder, _: &Limits, _: ImportOptions, _: Hand<'_>) -> Result<Imported, CaseError> {
        none()
    }
    /// Brings.
    pub fn bring(&mut self, _: &OpenCase, _: Hand<'_>) -> Result<Brought, CaseError> {
        none()
    }
    /// Erases.
    pub fn erase(&mut self, _: &[RecordId], _: Hand<'_>) -> Result<Erased, CaseError> {
        none()
    }
    /// The folder that the case was after an import.
    pub fn folder_at_import(&self, _: u32) -> Result<Folder, CaseError> {
        none()
    }
}
