//! Given and family name swapped: a slip of the hand, or a tradition in which the family name comes first.

use super::{BLANK, Found, Level, at, family_name, given_name, level};
use crate::model::person::Agreement::{Agree, Close};
use crate::people::names::{NEAR, Name, likeness};
use crate::people::prepare::Description;

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

/// Compares the names crosswise, where they do not agree in order.
pub fn compare(a: &Description, b: &Description, found: &[Found; super::COUNT]) -> Found {
    let (given, family) = (found[at::GIVEN].level, found[at::FAMILY].level);
    if given == 0 || family == 0 {
        return Found::default();
    }
    if given < given_name::CLOSE && family < family_name::CLOSE {
        return Found::plain(IN_ORDER);
    }
    let likeness = agree(&a.given, &b.family).min(agree(&a.family, &b.given));
    Found::plain(if likeness >= 1.0 {
        SWAPPED
    } else if likeness >= NEAR {
        SWAPPED_CLOSE
    } else if given < given_name::INITIAL || family < family_name::INITIAL {
        IN_ORDER
    } else {
        0
    })
}

fn agree(a: &Name, b: &Name) -> f64 {
    // a particle or a shared first name is left out of one field and not of the other
    if a.whole == b.whole || a.joined == b.joined {
        return 1.0;
    }
    let heads = a.head().zip(b.head());
    heads.map_or(0.0, |(x, y)| {
        if x.is_variant_of(y) {
            NEAR
        } else {
            likeness(&a.whole, &b.whole)
        }
    })
}
