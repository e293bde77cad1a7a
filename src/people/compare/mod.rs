//! Compares two records field by field: each field finds one of its levels, and a level says in words how far they agree.
//!
//! What a level is worth is `model`'s; nothing here knows a weight.

pub mod address;
pub mod crosswise;
pub mod date_of_birth;
pub mod email;
pub mod family_name;
pub mod given_name;
pub mod household;
pub mod identifiers;
pub mod middle_names;
pub mod phone;
pub mod postcode;
pub mod sex;

use super::names::{Name, Token};
use super::prepare::Description;
use crate::model::person::Agreement;

/// How far two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// In plain words, as printed.
    pub name: &'static str,
    /// At a glance.
    pub agreement: Agreement,
}

/// Makes a level.
pub const fn level(name: &'static str, agreement: Agreement) -> Level {
    Level { name, agreement }
}

/// Nothing to compare: the first level of every field.
pub const BLANK: Level = level("blank", Agreement::Blank);

/// One field: its name as in the header of `matches.csv`, and its levels.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// The levels; the first is [`BLANK`].
    pub levels: &'static [Level],
}

/// How many fields are compared.
pub const COUNT: usize = 12;

/// The fields, in the order in which they are printed and added up.
pub const FIELDS: [Field; COUNT] = [
    Field {
        name: "given_name",
        levels: given_name::LEVELS,
    },
    Field {
        name: "family_name",
        levels: family_name::LEVELS,
    },
    Field {
        name: "name_order",
        levels: crosswise::LEVELS,
    },
    Field {
        name: "date_of_birth",
        levels: date_of_birth::LEVELS,
    },
    Field {
        name: "sex",
        levels: sex::LEVELS,
    },
    Field {
        name: "postcode",
        levels: postcode::LEVELS,
    },
    Field {
        name: "address",
        levels: address::LEVELS,
    },
    Field {
        name: "phone",
        levels: phone::LEVELS,
    },
    Field {
        name: "email",
        levels: email::LEVELS,
    },
    Field {
        name: "identifiers",
        levels: identifiers::LEVELS,
    },
    Field {
        name: "household",
        levels: household::LEVELS,
    },
    Field {
        name: "middle_names",
        levels: middle_names::LEVELS,
    },
];

/// Positions of the fields in [`FIELDS`].
pub mod at {
    /// Given name.
    pub const GIVEN: usize = 0;
    /// Family name.
    pub const FAMILY: usize = 1;
    /// Whether given and family name are swapped.
    pub const ORDER: usize = 2;
    /// Date of birth.
    pub const BIRTH: usize = 3;
    /// Sex.
    pub const SEX: usize = 4;
    /// Postcode.
    pub const POSTCODE: usize = 5;
    /// Address.
    pub const ADDRESS: usize = 6;
    /// Telephone.
    pub const PHONE: usize = 7;
    /// E-mail.
    pub const EMAIL: usize = 8;
    /// Identifiers.
    pub const IDENTIFIERS: usize = 9;
    /// Household.
    pub const HOUSEHOLD: usize = 10;
    /// Middle names.
    pub const MIDDLE: usize = 11;
}

/// What a field found: its level, and how common the value is when they agree on a common one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Found {
    /// Position in the field's levels.
    pub level: usize,
    /// The share of people with the value agreed on.
    pub frequency: Option<f64>,
}

impl Found {
    /// A level without a frequency.
    pub const fn plain(level: usize) -> Self {
        Self {
            level,
            frequency: None,
        }
    }
}

/// The levels of a compared pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// One a field, in the order of [`FIELDS`].
    pub found: [Found; COUNT],
    /// Whether the two are of one household.
    pub one_household: bool,
}

impl Comparison {
    /// The level of a field.
    pub fn level(&self, field: usize) -> usize {
        self.found[field].level
    }

    /// How a field's level reads at a glance.
    pub fn agreement(&self, field: usize) -> Agreement {
        FIELDS[field].levels[self.found[field].level].agreement
    }

    /// Whether a field agrees.
    pub fn agrees(&self, field: usize) -> bool {
        self.agreement(field) == Agreement::Agree
    }

    /// Whether a field differs.
    pub fn differs(&self, field: usize) -> bool {
        self.agreement(field) == Agreement::Differ
    }
}

/// One name of a record, with the further names that may stand in its place.
#[derive(Debug, Clone, Copy)]
pub struct Called<'a> {
    /// The name.
    pub name: &'a Name,
    /// Middle, former and other names.
    pub further: &'a [Token],
}

impl Description {
    /// The given name, with the further given names.
    pub fn called(&self) -> Called<'_> {
        Called {
            name: &self.given,
            further: &self.further_given,
        }
    }

    /// The family name, with the further family names.
    pub fn surnamed(&self) -> Called<'_> {
        Called {
            name: &self.family,
            further: &self.further_family,
        }
    }
}

/// Compares two descriptions; the order of the two makes no difference.
pub fn compare(a: &Description, b: &Description) -> Comparison {
    let mut found = [Found::default(); COUNT];
    found[at::GIVEN] = given_name::in_full(a, b);
    found[at::FAMILY] = family_name::in_full(a, b);
    found[at::ORDER] = Found::plain(crosswise::compare(
        (&a.given, &a.family),
        (&b.given, &b.family),
        (found[at::GIVEN].level, found[at::FAMILY].level),
    ));
    if found[at::ORDER].level >= crosswise::SWAPPED {
        found[at::GIVEN] = Found::plain(given_name::SWAPPED);
        found[at::FAMILY] = Found::plain(family_name::SWAPPED);
    }
    found[at::MIDDLE] = Found::plain(middle_names::compare(
        &a.forenames,
        &b.forenames,
        found[at::GIVEN].level,
    ));
    found[at::BIRTH] = Found::plain(date_of_birth::compare(&a.birth, &b.birth));
    found[at::SEX] = Found::plain(sex::compare(a.sex, b.sex, found[at::GIVEN].level));
    found[at::POSTCODE] = Found::plain(postcode::compare(
        a.postcode.as_bytes(),
        b.postcode.as_bytes(),
    ));
    found[at::ADDRESS] = Found::plain(address::beside(
        address::compare(a, b),
        found[at::POSTCODE].level,
    ));
    found[at::PHONE] = Found::plain(phone::compare(&a.phones, &b.phones));
    found[at::EMAIL] = Found::plain(email::compare(&a.emails, &b.emails));
    found[at::IDENTIFIERS] = Found::plain(identifiers::compare(&a.identifiers, &b.identifiers));
    found[at::HOUSEHOLD] = Found::plain(household::compare(a, b, &found));
    Comparison {
        found,
        one_household: found[at::HOUSEHOLD].level != 0,
    }
}

/// How common a name is that two sides spell the same but may cut into words differently.
fn common(a: &Name, b: &Name) -> Option<f64> {
    let (x, y) = (a.head()?.frequency, b.head()?.frequency);
    x.into_iter().chain(y).reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::prepare::descriptions;
    use super::*;
    use crate::model::date::When;
    use crate::model::id::{AgencyId, RecordId};
    use crate::model::record::Record;
    use crate::model::supply::Supplied;

    prop_compose! {
        fn any_record(id: &'static str)(
            given in "(|[A-C]|Ann|Anne|Jia Wei|Jiawei|Muhammad Ali|Zoë|Unknown)",
            family in "(|Smith|Smyth|Ann|García López|Lopez|O'Brien|van den Berg)",
            other in proptest::collection::vec("(Smith|Ann|Ann Lopez)", 0..2),
            day in 1_u32..29, month in 1_u32..4,
            place in "(|1 High Street|1 High St, Town|2 Mill Lane)", postcode in "(|EX1 2AB|EX1 2AC|2000)",
            phone in "(|07700900001|07700900011|0)",
        ) -> Record {
            let mut record = Record::named_only(RecordId::new(&AgencyId::new("gp"), id));
            (record.given_name, record.family_name, record.other_names) = (given, family, other);
            (record.address, record.postcode, record.phones) = (place, postcode, vec![phone]);
            record.birth = chrono::NaiveDate::from_ymd_opt(2015, month, day).map(When::day).unwrap_or_default();
            record.described = true;
            record
        }
    }

    proptest! {
        #[test]
        fn the_order_of_two_records_makes_no_difference(a in any_record("1"), b in any_record("2")) {
            let all = descriptions(&Supplied { records: vec![a, b], ..Supplied::default() });
            prop_assert_eq!(compare(&all[0], &all[1]), compare(&all[1], &all[0]));
        }

        #[test]
        fn a_record_never_differs_from_itself(a in any_record("1")) {
            let all = descriptions(&Supplied { records: vec![a], ..Supplied::default() });
            let comparison = compare(&all[0], &all[0]);
            prop_assert!((0..COUNT).all(|field| !comparison.differs(field)), "{:?}", comparison);
        }
    }
}
