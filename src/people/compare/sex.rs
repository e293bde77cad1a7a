//! Sex as recorded.

use super::{BLANK, Level, level};
use crate::model::person::Agreement::{Agree, Differ};
use crate::model::words::Sex;

/// The levels.
pub const LEVELS: &[Level] = &[BLANK, level("same", Agree), level("different", Differ)];

/// The same.
pub const SAME: usize = 1;
/// Different.
pub const DIFFERENT: usize = 2;

/// Compares two sexes; one recorded as neither male nor female says nothing.
pub fn compare(a: Option<Sex>, b: Option<Sex>) -> usize {
    match a.zip(b) {
        None => 0,
        Some((a, b)) if a == b => SAME,
        Some(_) => DIFFERENT,
    }
}
