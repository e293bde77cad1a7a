//! Addresses by their words and house numbers; towns and counties come and go.

use super::{BLANK, Level, level, postcode};
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::people::names::{NEAR, likeness};
use crate::people::prepare::Description;

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same number, words close", Close),
    level("same street, other number", Close),
    level("different", Differ),
    level("same street, as the postcode says", Close),
];

/// The same.
pub const SAME: usize = 1;
/// The same house number, and some of the words.
pub const NUMBER: usize = 2;
/// The same street.
pub const STREET: usize = 3;
/// Different.
pub const DIFFERENT: usize = 4;

/// The same street, which follows from the postcode.
pub const STREET_BY_POSTCODE: usize = 5;

/// The level of an address beside that of the postcode: those of one postcode share the street, and it says no more.
pub fn beside(address: usize, code: usize) -> usize {
    match (address, code) {
        (STREET, postcode::SAME | postcode::SECTOR) => STREET_BY_POSTCODE,
        _ => address,
    }
}

/// Compares two addresses.
pub fn compare(a: &Description, b: &Description) -> usize {
    let blank = |d: &Description| d.street.is_empty() && d.numbers.is_empty();
    if blank(a) || blank(b) {
        return 0;
    }
    let alike = |x: &String, y: &String| likeness(x, y, NEAR) >= NEAR;
    level_of(a.numbers == b.numbers, overlap(&a.street, &b.street, alike))
}

/// The level of two addresses with or without the same numbers, and with this share of words in common.
pub fn level_of(numbers: bool, words: f64) -> usize {
    if numbers && words >= 0.99 {
        SAME
    } else if numbers && words >= 0.5 {
        NUMBER
    } else if words >= 0.75 {
        STREET
    } else {
        DIFFERENT
    }
}

/// The share of the shorter list's words that the other has too, the same or as `alike` finds them.
pub fn overlap<T: Ord>(a: &[T], b: &[T], alike: impl Fn(&T, &T) -> bool) -> f64 {
    let (short, long) = if (a.len(), a) <= (b.len(), b) {
        (a, b)
    } else {
        (b, a)
    };
    if short.is_empty() {
        return 0.0;
    }
    let met = short
        .iter()
        .filter(|x| long.contains(x) || long.iter().any(|y| alike(x, y)))
        .count();
    met as f64 / short.len() as f64
}
