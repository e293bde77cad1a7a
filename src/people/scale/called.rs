//! How two records are called: given names, family names, and whether the two are swapped; once a pair of distinct names.

use super::compare::Comparer;
use super::row::{Has, Row, Side};
use crate::people::compare::{Called, crosswise, family_name, given_name};
use crate::people::names::{self, NEAR};

/// A slip leaves names at least so alike (Jaro-Winkler).
const A_LITTLE_ALIKE: f64 = 0.65;

impl Comparer<'_> {
    pub(super) fn given_level(&self, left: Side<'_>, right: Side<'_>) -> usize {
        let (a, b) = (left.row, right.row);
        let names = &self.table.given;
        let (x, y) = (a.given.min(b.given), a.given.max(b.given));
        if x == 0 {
            return 0;
        }
        if x == y {
            return given_name::SAME;
        }
        if a.given_folded == b.given_folded {
            return given_name::FOLDED;
        }
        let alone = |number: u32| Called {
            name: &names.all[number as usize],
            further: &[],
        };
        let odd = || names.is_odd[x as usize] || names.is_odd[y as usize];
        let compare = || {
            let told = names.spelled[x as usize].given(&names.spelled[y as usize]);
            let level = told.unwrap_or_else(|| given_name::compare(alone(x), alone(y)).level);
            if level == given_name::DIFFERENT && odd() && self.are_a_little_alike(x, y) {
                given_name::DIFFERENT_ODD
            } else {
                level
            }
        };
        let level = if a.given_sketch.is_other(&b.given_sketch, odd) {
            given_name::DIFFERENT
        } else {
            self.given.get(x, y, compare)
        };
        let named_further = a.has.or(b.has).any(Has::MIDDLE.or(Has::OTHER));
        if !named_further || level < given_name::CLOSE || level == given_name::ONE_OF {
            return level;
        }
        if self.is_further(a, right) || self.is_further(b, left) {
            return given_name::ONE_OF;
        }
        level
    }

    /// Whether the given name of a record is among the further names of another.
    fn is_further(&self, called: &Row, of: Side<'_>) -> bool {
        if !of.row.has.any(Has::MIDDLE.or(Has::OTHER)) {
            return false;
        }
        let may_be_middle = of.row.further.meet(called.given_sketch.marks());
        if !may_be_middle && !of.row.has.any(Has::OTHER) {
            return false;
        }
        let head = self.table.given.all[called.given as usize].head();
        let middle = self.table.middle.get(of.row.middle as usize);
        let other = self.table.rest[of.record].other as usize;
        let other = self.table.other.get(other);
        let mut further = middle
            .into_iter()
            .chain(other.map(|other| &other.given))
            .flatten();
        head.is_some_and(|head| further.any(|token| given_name::is_the_name(head, token)))
    }

    fn are_a_little_alike(&self, x: u32, y: u32) -> bool {
        let joined = |number: u32| self.table.given.all[number as usize].joined.as_bytes();
        names::alike(joined(x), joined(y), A_LITTLE_ALIKE) >= A_LITTLE_ALIKE
    }

    pub(super) fn family_level(&self, left: Side<'_>, right: Side<'_>) -> usize {
        let (a, b) = (left.row, right.row);
        let names = &self.table.family;
        let (x, y) = (a.family.min(b.family), a.family.max(b.family));
        if x == 0 {
            return 0;
        }
        if x == y {
            return family_name::SAME;
        }
        if a.family_folded == b.family_folded {
            return family_name::FOLDED;
        }
        let with = |number: u32, other: Option<u32>| Called {
            name: &names.all[number as usize],
            further: other
                .and_then(|cell| self.table.other.get(cell as usize))
                .map_or(&[], |other| other.family.as_slice()),
        };
        let level = if a.family_sketch.is_other(&b.family_sketch, || false) {
            family_name::DIFFERENT
        } else {
            let compare = || {
                let told = names.spelled[x as usize].family(&names.spelled[y as usize]);
                told.unwrap_or_else(|| family_name::compare(with(x, None), with(y, None)).level)
            };
            self.family.get(x, y, compare)
        };
        if level <= family_name::FORMER || !a.has.or(b.has).any(Has::OTHER) {
            return level;
        }
        let other = |of: Side<'_>| Some(self.table.rest[of.record].other);
        let (a, b) = (with(a.family, other(left)), with(b.family, other(right)));
        family_name::compare(a, b).level
    }

    pub(super) fn order(&self, a: &Row, b: &Row, levels: (usize, usize)) -> usize {
        let (given, family) = levels;
        if given == 0 || family == 0 {
            return 0;
        }
        if given < given_name::CLOSE && family < family_name::CLOSE {
            return crosswise::IN_ORDER;
        }
        let agree = |of: &Row, other: &Row| {
            if of.given_sketch.is_far(&other.family_sketch) {
                return 0;
            }
            let (given, family) = (of.given, other.family);
            self.crosswise.get(given, family, || {
                let names = (
                    &self.table.given.all[given as usize],
                    &self.table.family.all[family as usize],
                );
                let alike = crosswise::agree(names.0, names.1);
                usize::from(alike >= NEAR) + usize::from(alike >= 1.0)
            })
        };
        let first = agree(a, b);
        let both = if first == 0 {
            0
        } else {
            first.min(agree(b, a))
        };
        match both {
            2 => crosswise::SWAPPED,
            1 => crosswise::SWAPPED_CLOSE,
            _ if given < given_name::INITIAL || family < family_name::INITIAL => {
                crosswise::IN_ORDER
            }
            _ => 0,
        }
    }
}
