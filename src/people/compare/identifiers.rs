//! Identifiers that name one person: NHS number, UPN, PNC id and the like. Check digits are evidence, never a gate.

use super::date_of_birth::is_one_slip;
use super::{BLANK, Level, level};
use crate::model::identifier::{Check, Identifier, Scheme};
use crate::model::person::Agreement::{Agree, Close, Differ};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same, check digits fit", Agree),
    level("same, check digits do not fit", Agree),
    level("same local number", Agree),
    level("one digit off or two swapped", Close),
    level("one number the same, another different", Close),
    level("different", Differ),
    level("different, check digits fit", Differ),
];

/// The same, both verified.
pub const SAME: usize = 1;
/// The same, not verified.
pub const SAME_UNVERIFIED: usize = 2;
/// The same number of a local scheme.
pub const SAME_LOCAL: usize = 3;
/// A slip, on one side at least unverified.
pub const ONE_OFF: usize = 4;
/// One scheme says the same, another says different.
pub const CONFLICT: usize = 5;
/// Different, not both verified.
pub const DIFFERENT: usize = 6;
/// Different, both verified.
pub const DIFFERENT_VERIFIED: usize = 7;

/// Compares two lists of identifiers, scheme by scheme; the strongest word on either side counts.
pub fn compare(a: &[Identifier], b: &[Identifier]) -> usize {
    let mut same = 0;
    let mut apart = 0;
    for scheme in a.iter().map(|id| &id.scheme) {
        let level = one_scheme(scheme, a, b);
        match level {
            SAME..=SAME_LOCAL if same == 0 || level < same => same = level,
            ONE_OFF.. => apart = apart.max(level),
            _ => {}
        }
    }
    match (same, apart) {
        (0, apart) => apart,
        (same, DIFFERENT_VERIFIED) if same < SAME_LOCAL => CONFLICT,
        (SAME_LOCAL, DIFFERENT_VERIFIED) => DIFFERENT_VERIFIED,
        (same, _) => same,
    }
}

fn one_scheme(scheme: &Scheme, a: &[Identifier], b: &[Identifier]) -> usize {
    let of = |list: &'_ [Identifier]| -> Vec<Identifier> {
        list.iter()
            .filter(|id| id.scheme == *scheme)
            .cloned()
            .collect()
    };
    let (left, right) = (of(a), of(b));
    if left.is_empty() || right.is_empty() {
        return 0;
    }
    let equal = left
        .iter()
        .find(|x| right.iter().any(|y| x.value == y.value));
    if !scheme.names_one_person() {
        // a local number is unique in its system only: a different one says nothing
        return if equal.is_some() { SAME_LOCAL } else { 0 };
    }
    if let Some(equal) = equal {
        return if equal.check == Check::Fits {
            SAME
        } else {
            SAME_UNVERIFIED
        };
    }
    let verified = |list: &[Identifier]| list.iter().any(|id| id.check == Check::Fits);
    if verified(&left) && verified(&right) {
        DIFFERENT_VERIFIED
    } else if left.iter().any(|x| {
        right
            .iter()
            .any(|y| is_one_slip(x.value.as_bytes(), y.value.as_bytes()))
    }) {
        ONE_OFF
    } else {
        DIFFERENT
    }
}
