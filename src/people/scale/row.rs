//! One record made comparable, in two neighbouring lines of the processor's memory; what is looked at seldom lies apart.

use super::digits::{Born, Code, Digits};
use super::sketch::{Marks, Sketch};

/// What is compared first of a record: the numbers of its values, 0 for blank, and short values themselves.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(128))]
pub struct Row {
    /// The digits of the first identifier's value, where it is made of digits.
    pub digits: Digits,
    /// The postcode itself, where it has eight characters at most.
    pub code: Code,
    /// The first telephone number.
    pub first_phone: Digits,
    /// Given name.
    pub given: u32,
    /// Family name.
    pub family: u32,
    /// Date of birth.
    pub birth: u32,
    /// The day itself, where its digits are known.
    pub born: Born,
    /// Middle names, by cell.
    pub middle: u32,
    /// Postcode.
    pub postcode: u32,
    /// The numbers of the address; 0 where it has none.
    pub door_numbers: u32,
    /// Address, by cell; 0 where nothing is known.
    pub address: u32,
    /// The words of the address.
    pub street: u32,
    /// What marks them.
    pub street_marks: u32,
    /// Given name, folded.
    pub given_folded: u32,
    /// Family name, folded.
    pub family_folded: u32,
    /// What tells most given names apart.
    pub given_sketch: Sketch,
    /// The same of the family name.
    pub family_sketch: Sketch,
    /// What marks the middle names.
    pub further: Marks,
    /// The agency.
    pub agency: u16,
    /// 1 male, 2 female, 0 not known or neither.
    pub sex: u8,
    /// What else there is.
    pub has: Has,
}

/// What is looked at seldom, by cell; 0 is blank.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rest {
    /// Other names.
    pub other: u32,
    /// Telephone numbers.
    pub phone: u32,
    /// E-mail addresses.
    pub email: u32,
    /// The agency's own household.
    pub household: u32,
}

/// What a record has beside what stands in its row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Has(u8);

impl Has {
    /// Middle names.
    pub const MIDDLE: Self = Self(1);
    /// Other names.
    pub const OTHER: Self = Self(2);
    /// An e-mail address.
    pub const EMAIL: Self = Self(4);
    /// A household of its agency.
    pub const HOUSEHOLD: Self = Self(8);
    /// More than one telephone number.
    pub const PHONES: Self = Self(16);
    /// A first identifier whose check digits fit.
    pub const FIT: Self = Self(32);
    /// A first identifier.
    pub const NUMBER: Self = Self(64);

    /// Those of a list that are there.
    pub fn of(list: &[(Self, bool)]) -> Self {
        let there = list.iter().filter(|(_, is_there)| *is_there);
        Self(there.fold(0, |all, (one, _)| all | one.0))
    }

    /// Whether this is there, or one of these.
    pub fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// What either has.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both have.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// A record on one side of a pair.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its number.
    pub record: usize,
    /// Its row, or a copy of it that is nearer.
    pub row: &'a Row,
}
