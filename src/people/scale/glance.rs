//! The first glance at a pair: what is told by numbers alone, before names and addresses are compared by their spelling.

use super::compare::{Comparer, Pattern};
use super::places::are_other_streets;
use super::row::{Has, Row, Side};
use crate::people::compare::{family_name, given_name, identifiers};

/// What a glance tells.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is told apart from the others"
)]
pub struct Glance {
    /// The levels of the identifiers.
    pub numbers: Pattern,
    /// The level of the dates of birth.
    pub born: usize,
    /// Of the postcodes.
    pub code: usize,
    /// Of the telephone numbers.
    pub phone: usize,
    /// Of the given names, where it takes no comparison: blank, or the same.
    pub given: Option<usize>,
    /// Of the family names, as of the given names.
    pub family: Option<usize>,
    /// Whether the two are of one agency.
    pub within: bool,
    /// Whether they have one household's id at one agency.
    pub same_household: bool,
    /// Whether an identifier is the same.
    pub same_number: bool,
    /// The addresses.
    pub spots: Spots,
}

/// What a glance tells of two addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spots {
    /// One is blank.
    Blank,
    /// Different.
    Different,
    /// The numbers differ; the street may be the same.
    OtherNumbers,
    /// The numbers are the same.
    SameNumbers,
}

impl Comparer<'_> {
    /// Takes a first look at two records.
    #[inline]
    pub fn glance(&self, left: Side<'_>, right: Side<'_>) -> Glance {
        let (a, b) = (left.row, right.row);
        let (mut numbers, mut same_number): (Pattern, bool) = (0, false);
        for (field, number) in &self.position.numbers {
            let level = self.number(*number, left, right);
            if level != 0 {
                same_number |= matches!(level, identifiers::SAME..=identifiers::SAME_LOCAL);
                numbers |= (level as Pattern) << (4 * field);
            }
        }
        let within = a.agency == b.agency;
        Glance {
            numbers,
            born: self.birth(a, b),
            code: self.postcode(a, b),
            phone: self.phone(left, right),
            given: given_at_once(a, b),
            family: family_at_once(a, b),
            within,
            same_household: within && self.same_household(left, right),
            same_number,
            spots: spots(a, b),
        }
    }

    fn same_household(&self, left: Side<'_>, right: Side<'_>) -> bool {
        let household = |of: Side<'_>| self.table.rest[of.record].household;
        left.row.has.and(right.row.has).any(Has::HOUSEHOLD) && household(left) == household(right)
    }
}

/// The addresses.
fn spots(a: &Row, b: &Row) -> Spots {
    let same_numbers = a.door_numbers == b.door_numbers;
    if a.address == 0 || b.address == 0 {
        Spots::Blank
    } else if a.street != b.street
        && are_other_streets(a.street_marks, b.street_marks, same_numbers)
    {
        Spots::Different
    } else if same_numbers {
        Spots::SameNumbers
    } else {
        Spots::OtherNumbers
    }
}

/// The level of two names that are blank, the same, or the same when folded.
fn seen((x, y): (u32, u32), is_folded: bool, same_folded: usize) -> Option<usize> {
    if x == 0 || y == 0 {
        Some(0)
    } else if x == y {
        // the same is the first level of either name
        Some(1)
    } else {
        is_folded.then_some(same_folded)
    }
}

/// The level of two given names that are blank, the same, the same when folded, or surely different.
fn given_at_once(a: &Row, b: &Row) -> Option<usize> {
    let is_folded = a.given_folded == b.given_folded;
    let told = seen((a.given, b.given), is_folded, given_name::FOLDED);
    if told.is_some() {
        return told;
    }
    let is_further = |of: &Row, called: &Row| {
        of.has.any(Has::OTHER)
            || (of.has.any(Has::MIDDLE) && of.further.meet(called.given_sketch.marks()))
    };
    let is_other = a.given_sketch.is_other(&b.given_sketch, || true);
    (is_other && !is_further(a, b) && !is_further(b, a)).then_some(given_name::DIFFERENT)
}

/// The level of two family names that are blank, the same, the same when folded, or surely different.
fn family_at_once(a: &Row, b: &Row) -> Option<usize> {
    let is_folded = a.family_folded == b.family_folded;
    let told = seen((a.family, b.family), is_folded, family_name::FOLDED);
    if told.is_some() {
        return told;
    }
    let is_other = a.family_sketch.is_other(&b.family_sketch, || false);
    (is_other && !a.has.or(b.has).any(Has::OTHER)).then_some(family_name::DIFFERENT)
}

/// Whether the given name of either may be spelled as the family name of the other.
pub fn may_be_swapped(a: &Row, b: &Row) -> bool {
    !a.given_sketch.is_far(&b.family_sketch) && !b.given_sketch.is_far(&a.family_sketch)
}
