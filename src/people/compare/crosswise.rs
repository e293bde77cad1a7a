//! Given and family name swapped: a slip of the hand, or a tradition in which the family name comes first.

use super::{BLANK, Level, family_name, given_name, level};
use crate::model::person::Agreement::{Agree, Close};
use crate::people::names::{NEAR, Name, likeness};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("in order", Agree),
    level("swapped, otherwise the same", Close),
    level("swapped, spelling close", Close),
];

/// In order.
pub const IN_ORDER: usize = 1;
/// Swapped.
pub const SWAPPED: usize = 2;
/// Swapped, and spelled nearly the same.
pub const SWAPPED_CLOSE: usize = 3;

/// Compares given and family name of both crosswise, where they do not agree in order: `levels` are theirs in order.
pub fn compare(a: (&Name, &Name), b: (&Name, &Name), levels: (usize, usize)) -> usize {
    let (given, family) = levels;
    if given == 0 || family == 0 {
        return 0;
    }
    if given < given_name::CLOSE && family < family_name::CLOSE {
        return IN_ORDER;
    }
    let likeness = agree(a.0, b.1).min(agree(a.1, b.0));
    if likeness >= 1.0 {
        SWAPPED
    } else if likeness >= NEAR {
        SWAPPED_CLOSE
    } else if given < given_name::INITIAL || family < family_name::INITIAL {
        IN_ORDER
    } else {
        0
    }
}

/// How alike a given name and a family name are, from 0 to 1.
pub fn agree(a: &Name, b: &Name) -> f64 {
    // a particle or a shared first name is left out of one field and not of the other
    if a.whole == b.whole || a.joined == b.joined {
        return 1.0;
    }
    let heads = a.head().zip(b.head());
    heads.map_or(0.0, |(x, y)| {
        if x.is_variant_of(y) {
            NEAR
        } else {
            likeness(&a.whole, &b.whole, NEAR)
        }
    })
}
