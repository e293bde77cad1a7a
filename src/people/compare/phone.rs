//! Telephone numbers by their last nine digits; people have several, so different ones say little.

use super::date_of_birth::is_one_slip;
use super::{BLANK, Level, level};
use crate::model::person::Agreement::{Agree, Close, Differ};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("one digit off or two swapped", Close),
    level("different", Differ),
];

/// One in common.
pub const SAME: usize = 1;
/// A slip.
pub const ONE_OFF: usize = 2;
/// None in common.
pub const DIFFERENT: usize = 3;

/// Compares two sorted lists of numbers.
pub fn compare(a: &[String], b: &[String]) -> usize {
    if a.is_empty() || b.is_empty() {
        0
    } else if a.iter().any(|x| b.contains(x)) {
        SAME
    } else if a
        .iter()
        .any(|x| b.iter().any(|y| is_one_slip(x.as_bytes(), y.as_bytes())))
    {
        ONE_OFF
    } else {
        DIFFERENT
    }
}
