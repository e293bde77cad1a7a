//! Whether the two are of one household: no evidence by itself, but it changes what other agreement is worth.

use super::{BLANK, Found, Level, address, at, level, postcode};
use crate::model::person::Agreement::Agree;
use crate::people::prepare::Description;

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("one household", Agree),
    level("one household, same family card", Agree),
];

/// One household.
pub const ONE: usize = 1;
/// One household, by a card that a family shares.
pub const CARD: usize = 2;

/// Compares the households; the address and postcode levels must be found already.
pub fn compare(a: &Description, b: &Description, found: &[Found; super::COUNT]) -> usize {
    if a.household.share_card(&b.household) {
        return CARD;
    }
    let same_address = found[at::ADDRESS].level == address::SAME
        && !a.numbers.is_empty()
        && found[at::POSTCODE].level != postcode::DIFFERENT;
    usize::from(same_address || a.household.meet(&b.household))
}
