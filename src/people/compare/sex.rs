//! Sex as recorded.

use super::{BLANK, Level, given_name, level};
use crate::model::person::Agreement::{Agree, Differ};
use crate::model::words::Sex;

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same, as the given name says", Agree),
    level("different", Differ),
    level("different, though the given name agrees", Differ),
];

/// The same.
pub const SAME: usize = 1;
/// The same, which follows from the given name.
pub const SAME_BY_NAME: usize = 2;
/// Different.
pub const DIFFERENT: usize = 3;
/// Different, although the given names agree.
pub const DIFFERENT_BY_NAME: usize = 4;

/// Compares two sexes; one recorded as neither male nor female says nothing. People of one given name are nearly always of
/// one sex, so that it says little beside the name: `given` is the level of the given names.
pub fn compare(a: Option<Sex>, b: Option<Sex>, given: usize) -> usize {
    a.zip(b).map_or(0, |(a, b)| level_of(a == b, given))
}

/// The level of two known sexes.
pub fn level_of(same: bool, given: usize) -> usize {
    match (same, matches!(given, given_name::SAME..=given_name::CLOSE)) {
        (true, false) => SAME,
        (true, true) => SAME_BY_NAME,
        (false, false) => DIFFERENT,
        (false, true) => DIFFERENT_BY_NAME,
    }
}
