//! Postcodes: unit, sector, district, as British ones are built; a short numeric one names an area only.

use super::date_of_birth::is_one_slip;
use super::{BLANK, Level, level};
use crate::model::person::Agreement::{Agree, Close, Differ};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same sector, or one character off", Close),
    level("same district", Close),
    level("different", Differ),
];

/// The same unit.
pub const SAME: usize = 1;
/// The same sector, or a slip.
pub const SECTOR: usize = 2;
/// The same district.
pub const DISTRICT: usize = 3;
/// Different.
pub const DIFFERENT: usize = 4;

/// Compares two postcodes without spaces.
pub fn compare(a: &[u8], b: &[u8]) -> usize {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    // Australian and New Zealand postcodes have four digits and name a suburb or town
    let coarse = a.len() < 5 || b.len() < 5;
    if a == b {
        return if coarse { DISTRICT } else { SAME };
    }
    if coarse {
        DIFFERENT
    } else if is_one_slip(a, b) || cut(a, 2) == cut(b, 2) {
        SECTOR
    } else if cut(a, 3) == cut(b, 3) {
        DISTRICT
    } else {
        DIFFERENT
    }
}

fn cut(text: &[u8], less: usize) -> &[u8] {
    &text[..text.len().saturating_sub(less)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_parts_of_a_postcode() {
        for (a, b, level) in [
            ("RC175FJ", "RC175FJ", SAME),
            ("RC175FJ", "RC175XY", SECTOR),
            ("RC175FJ", "RC178XY", DISTRICT),
            ("RC175FJ", "EB274BF", DIFFERENT),
            ("2000", "2000", DISTRICT),
            ("", "2000", 0),
        ] {
            assert_eq!(
                (
                    compare(a.as_bytes(), b.as_bytes()),
                    compare(b.as_bytes(), a.as_bytes())
                ),
                (level, level),
                "{a} {b}"
            );
        }
    }
}
