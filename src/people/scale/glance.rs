//! The first glance at a pair: what is told by numbers alone, before names and addresses are compared by their spelling.

use super::compare::{Comparer, Pattern};
use super::row::{Has, Side};
use crate::people::compare::{family_name, given_name, identifiers};

/// What a glance tells.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is told apart from the others"
)]
pub struct Glance {
    /// The levels of dates of birth, postcodes, telephone numbers and identifiers.
    pub pattern: Pattern,
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
    /// Whether the numbers of the addresses may be the same.
    pub same_door: bool,
}

impl Comparer<'_> {
    /// Takes a first look at two records.
    pub fn glance(&self, left: Side<'_>, right: Side<'_>) -> Glance {
        let (a, b) = (left.row, right.row);
        let mut pattern = 0;
        let mut put = |field: Option<usize>, level: usize| {
            if let Some(field) = field {
                pattern |= (level as Pattern) << (4 * field);
            }
        };
        let born = self.birth(a, b);
        put(self.position.birth, born);
        let code = self.postcode(a, b);
        put(self.position.postcode, code);
        let phone = self.phone(left, right);
        put(self.position.phone, phone);
        let mut same_number = false;
        for (field, number) in &self.position.numbers {
            let level = self.number(*number, left, right);
            same_number |= matches!(level, identifiers::SAME..=identifiers::SAME_LOCAL);
            put(Some(*field), level);
        }
        let within = a.agency == b.agency;
        Glance {
            pattern,
            born,
            code,
            phone,
            given: seen(
                (a.given, b.given),
                a.given_folded == b.given_folded,
                given_name::FOLDED,
            ),
            family: seen(
                (a.family, b.family),
                a.family_folded == b.family_folded,
                family_name::FOLDED,
            ),
            within,
            same_household: within && self.same_household(left, right),
            same_number,
            same_door: a.address != 0 && b.address != 0 && a.door_numbers == b.door_numbers,
        }
    }

    fn same_household(&self, left: Side<'_>, right: Side<'_>) -> bool {
        let household = |of: Side<'_>| self.table.rest[of.record].household;
        left.row.has.and(right.row.has).any(Has::HOUSEHOLD) && household(left) == household(right)
    }
}

/// The level of two names that are blank, the same, or the same when folded.
fn seen((x, y): (u32, u32), is_folded: bool, same_folded: usize) -> Option<usize> {
    if x == 0 || y == 0 {
        Some(0)
    } else if x == y {
        // the same is the first level of either name
        Some(1)
    } else if is_folded {
        Some(same_folded)
    } else {
        None
    }
}
