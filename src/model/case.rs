//! A case: what the agencies supplied and what the analysts decided. All else is computed from it.

use std::sync::Arc;

use super::decision::Decision;
use super::supply::Supplied;

/// The exports and the decisions about one family.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// What the agencies supplied, read.
    pub supplied: Arc<Supplied>,
    /// What was decided, in order.
    pub decisions: Vec<Decision>,
}

impl Case {
    /// A case without decisions.
    pub fn new(supplied: Supplied) -> Self {
        Self {
            supplied: Arc::new(supplied),
            decisions: Vec::new(),
        }
    }
}
