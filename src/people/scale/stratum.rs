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
        if self.given == given_name::DIFFERENT && self.are_born_as_twins(together) {
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

    /// Whether family name and date of birth are such as twins have. Where they share a home, either may be misspelled, and the
    /// family name unknown: else whoever misspells a name makes one person of two.
    fn are_born_as_twins(&self, together: bool) -> bool {
        let (family, born) = if together {
            (
                self.family <= family_name::SOUND,
                may_be_of_twins(self.born),
            )
        } else {
            let is_family = (family_name::SAME..=family_name::NEAR).contains(&self.family);
            (is_family, is_one_day(self.born))
        };
        family && born
    }
}

/// Whether two dates of birth are one day.
fn is_one_day(born: usize) -> bool {
    matches!(born, date_of_birth::SAME | date_of_birth::SAME_JANUARY)
}

/// Whether two dates of birth are one day, or one that was misspelled: hardly anybody else of a home has two that are so alike.
pub fn may_be_of_twins(born: usize) -> bool {
    is_one_day(born)
        || matches!(
            born,
            date_of_birth::ONE_OFF | date_of_birth::SWAPPED | date_of_birth::SAME_MONTH
        )
}

/// Whether only the family name agrees, of what names a person.
fn is_kin(given: usize, family: usize, born: usize) -> bool {
    let called_differently = matches!(given, 0 | given_name::DIFFERENT | given_name::DIFFERENT_ODD);
    let born_differently = matches!(
        born,
        0 | date_of_birth::WITHIN_YEAR | date_of_birth::DIFFERENT | date_of_birth::GENERATION
    );
    called_differently
        && born_differently
        && matches!(family, family_name::SAME..=family_name::SOUND)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of one home and family, of whom all but name and birth is alike.
    const AT_HOME: Shared = Shared {
        given: given_name::DIFFERENT,
        family: family_name::SAME,
        born: date_of_birth::SAME,
        address: address::SAME,
        code: postcode::SAME,
        phone: 0,
        same_household: false,
        has_numbers: true,
        is_contacted: false,
    };
    /// Two who live elsewhere.
    const ELSEWHERE: Shared = Shared {
        address: address::DIFFERENT,
        code: postcode::DIFFERENT,
        ..AT_HOME
    };

    #[test]
    fn two_of_one_birthday_who_are_called_differently_look_like_twins() {
        let of = |family, born, home: Shared| {
            Shared {
                family,
                born,
                ..home
            }
            .stratum()
        };
        let born = date_of_birth::SAME;
        for family in [0, family_name::SAME, family_name::NEAR, family_name::SOUND] {
            assert_eq!(of(family, born, AT_HOME), Stratum::Twins, "{family}");
        }
        assert_eq!(of(family_name::DIFFERENT, born, AT_HOME), Stratum::Together);
        assert_eq!(of(family_name::NEAR, born, ELSEWHERE), Stratum::Twins);
        // strangers of a like name, or of none, are many
        for family in [0, family_name::CLOSE, family_name::DIFFERENT] {
            assert_eq!(of(family, born, ELSEWHERE), Stratum::Apart, "{family}");
        }
    }

    #[test]
    fn of_one_home_a_misspelled_birthday_does_not_tell_twins_apart_and_that_of_siblings_does() {
        let of = |born, home: Shared| Shared { born, ..home }.stratum();
        for born in [
            date_of_birth::ONE_OFF,
            date_of_birth::SWAPPED,
            date_of_birth::SAME_MONTH,
        ] {
            assert_eq!(of(born, AT_HOME), Stratum::Twins, "{born}");
            assert_ne!(of(born, ELSEWHERE), Stratum::Twins, "{born}");
        }
        for born in [
            0,
            date_of_birth::PARTLY,
            date_of_birth::WITHIN_YEAR,
            date_of_birth::DIFFERENT,
            date_of_birth::GENERATION,
        ] {
            assert_eq!(of(born, AT_HOME), Stratum::Together, "{born}");
        }
        // who is called alike is no twin
        let called = Shared {
            given: given_name::NEAR,
            ..AT_HOME
        };
        assert_eq!(called.stratum(), Stratum::Together);
    }
}
