//! Temporary: what erasing gives, until it is merged.

use super::{CaseError, Hand, OpenCase};
use crate::model::id::{DecisionId, RecordId};

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
    /// Erases.
    ///
    /// # Errors
    /// Always.
    pub fn erase(&mut self, _: &[RecordId], _: Hand<'_>) -> Result<Erased, CaseError> {
        Err(CaseError::InMemory("erasing yet"))
    }
}
