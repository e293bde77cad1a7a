//! E-mail addresses.

use super::{BLANK, Level, level};
use crate::model::person::Agreement::{Agree, Close, Differ};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same before the @", Close),
    level("different", Differ),
];

/// One in common.
pub const SAME: usize = 1;
/// The same before the @.
pub const SAME_USER: usize = 2;
/// None in common.
pub const DIFFERENT: usize = 3;

/// Compares two sorted lists of addresses.
pub fn compare(a: &[String], b: &[String]) -> usize {
    let user = |text: &str| text.split('@').next().unwrap_or("").to_owned();
    if a.is_empty() || b.is_empty() {
        0
    } else if a.iter().any(|x| b.contains(x)) {
        SAME
    } else if a.iter().any(|x| b.iter().any(|y| user(x) == user(y))) {
        SAME_USER
    } else {
        DIFFERENT
    }
}
