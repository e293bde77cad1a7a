//! Temporary: what erasing gives, until it is merged.

use super::{CaseError, Hand, OpenCase};
use crate::import::Limits;
use crate::model::id::{DecisionId, RecordId};

/// What erasing did.
#[derive(Default)]
pub struct Erased {
    /// Rows gone, by file.
    pub rows: Vec<(String, usize)>,
    /// Decisions gone.
    pub decisions: Vec<DecisionId>,
    /// Decisions that say less.
    pub changed: usize,
    /// Drafts gone.
    pub drafts: usize,
    /// Relationships gone.
    pub relationships: Vec<String>,
    /// What is about others too and stays.
    pub shared: Vec<String>,
    /// Where something of the person may still be.
    pub left: Vec<String>,
}

impl OpenCase {
    /// Erases.
    ///
    /// # Errors
    /// Always.
    pub fn erase(&mut self, _: &[RecordId], _: &Limits, _: Hand<'_>) -> Result<Erased, CaseError> {
        Err(CaseError::InMemory("erasing yet"))
    }
}
