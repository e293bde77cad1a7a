//! E-mail addresses.

use super::{BLANK, Level, level};
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::people::names::{NEAR, likeness};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same before the @", Close),
    level("nearly the same spelling", Close),
    level("different", Differ),
];

/// One in common.
pub const SAME: usize = 1;
/// The same before the @.
pub const SAME_USER: usize = 2;
/// A letter or two apart.
pub const NEAR_SPELLING: usize = 3;
/// None in common.
pub const DIFFERENT: usize = 4;

/// Compares two sorted lists of addresses: the best pair counts.
pub fn compare(a: &[String], b: &[String]) -> usize {
    a.iter()
        .flat_map(|x| b.iter().map(move |y| one(x, y)))
        .min()
        .unwrap_or(0)
}

/// Compares two addresses.
pub fn one(a: &str, b: &str) -> usize {
    let user = |text: &str| text.find('@').unwrap_or(text.len());
    if a == b {
        SAME
    } else if a[..user(a)] == b[..user(b)] {
        SAME_USER
    } else if likeness(a, b, NEAR) >= NEAR {
        NEAR_SPELLING
    } else {
        DIFFERENT
    }
}
