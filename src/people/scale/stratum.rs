//! The stratum of a pair: what two records share that decides how the rest of them is read.

use super::model::Stratum;
use crate::people::compare::{address, date_of_birth, family_name, given_name, phone, postcode};

/// What decides the stratum of a pair.
pub struct Shared {
    /// Level of the given names.
    pub given: usize,
    /// Of the family names.
    pub family: usize,
    /// Of the dates of birth.
    pub born: usize,
    /// Of the addresses.
    pub address: usize,
    /// Of the postcodes.
    pub code: usize,
    /// Of the telephone numbers.
    pub phone: usize,
    /// They have one household's id at one agency.
    pub same_household: bool,
    /// The address has a number.
    pub has_numbers: bool,
    /// They share an e-mail address or an identifier.
    pub is_contacted: bool,
}

impl Shared {
    /// The stratum.
    pub fn stratum(&self) -> Stratum {
        let one_family = matches!(self.family, family_name::SAME | family_name::FOLDED);
        // one house number in streets of one name is no home, unless the family name is the same too
        let one_place = match self.address {
            address::SAME => one_family || (self.code != postcode::DIFFERENT && self.has_numbers),
            address::NUMBER => one_family && self.code != postcode::DIFFERENT,
            _ => false,
        };
        let together = one_place
            || self.phone == phone::SAME
            || (self.code == postcode::SAME && one_family)
            || self.same_household;
        let born_alike = matches!(self.born, date_of_birth::SAME | date_of_birth::SAME_JANUARY);
        if one_family && self.given == given_name::DIFFERENT && born_alike {
            Stratum::Twins
        } else if together {
            Stratum::Together
        } else if one_family && matches!(self.given, given_name::SAME..=given_name::SAME_FIRST) {
            Stratum::Namesakes
        } else if !self.is_contacted && is_kin(self.given, self.family, self.born) {
            Stratum::Kin
        } else {
            Stratum::Apart
        }
    }
}

/// Whether only the family name agrees, of what names a person.
fn is_kin(given: usize, family: usize, born: usize) -> bool {
    let called_differently = matches!(given, 0 | given_name::DIFFERENT | given_name::DIFFERENT_ODD);
    let born_differently = matches!(
        born,
        0 | date_of_birth::WITHIN_YEAR | date_of_birth::DIFFERENT
    );
    called_differently
        && born_differently
        && matches!(family, family_name::SAME..=family_name::SOUND)
}
