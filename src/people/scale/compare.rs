//! Compares two records of a table field by field: the comparisons of a case, computed once a pair of distinct values.

use super::digits::Digits;
use super::fields::{Positions, Spec, TEXT_SAME};
use super::glance::{Glance, Spots};
use super::memory::{self, Memory};
use super::model::Stratum;
use super::places::{are_other_streets, has_words, overlap};
use super::row::{Has, Row, Side};
use super::stratum::Shared;
use super::table::Table;
use crate::people::compare::{
    address, crosswise, date_of_birth, email, family_name, given_name, identifiers, phone,
    postcode, sex,
};

/// The level of each field, four bits a field, the first field lowest.
pub type Pattern = u128;

/// The level of a field in a pattern.
pub fn level_of(pattern: Pattern, field: usize) -> usize {
    (pattern >> (4 * field)) as usize & 15
}

/// Compares the records of a table.
#[derive(Debug)]
pub struct Comparer<'a> {
    /// The records.
    pub table: &'a Table,
    /// The fields, in the order of the patterns.
    pub fields: Vec<Spec>,
    pub(super) position: Positions,
    pub(super) given: Memory,
    pub(super) family: Memory,
    pub(super) crosswise: Memory,
    streets: Memory,
    texts: Vec<Memory>,
}

/// A pair on its way: what is known of it so far.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    /// The levels found so far.
    pub pattern: Pattern,
    /// What the two share.
    pub stratum: Stratum,
    /// Whether they are of one agency.
    pub within: bool,
    /// Whether anything was compared that names a person: a given name, a date of birth, a number, an address of their own.
    pub is_named: bool,
}

impl<'a> Comparer<'a> {
    /// Makes ready to compare.
    pub fn new(table: &'a Table, fields: Vec<Spec>) -> Self {
        let position = Positions::of(&fields);
        let texts = position
            .texts
            .iter()
            .map(|_| Memory::new(memory::NAMES))
            .collect();
        Self {
            table,
            fields,
            position,
            given: Memory::new(memory::NAMES),
            family: Memory::new(memory::NAMES),
            crosswise: Memory::new(memory::NAMES),
            streets: Memory::new(memory::STREETS),
            texts,
        }
    }

    /// A record as a side of a pair.
    pub fn side(&self, record: usize) -> Side<'_> {
        Side {
            record,
            row: &self.table.rows[record],
        }
    }

    /// Compares two records in all fields.
    pub fn compare(&self, left: Side<'_>, right: Side<'_>) -> Begun {
        let mut pair = self.begin(left, right, &self.glance(left, right));
        self.finish(left, right, &mut pair);
        pair
    }

    /// The names and the fields that cost little beside what a glance told, and what the two share.
    pub fn begin(&self, left: Side<'_>, right: Side<'_>, glance: &Glance) -> Begun {
        let (a, b) = (left.row, right.row);
        let mut pattern = glance.numbers;
        let mut put = |field: Option<usize>, level: usize| {
            if let Some(field) = field {
                pattern |= (level as Pattern) << (4 * field);
            }
        };
        put(self.position.birth, glance.born);
        put(self.position.postcode, glance.code);
        put(self.position.phone, glance.phone);
        if glance.spots == Spots::Different {
            put(self.position.address, address::DIFFERENT);
        }
        let given = glance
            .given
            .unwrap_or_else(|| self.given_level(left, right));
        put(self.position.given, given);
        if a.sex != 0 && b.sex != 0 {
            put(self.position.sex, sex::level_of(a.sex == b.sex, given));
        }
        let email = self.email(left, right);
        put(self.position.email, email);
        let same_email = matches!(email, email::SAME..=email::NEAR_SPELLING);
        let mut address = 0;
        if self.position.address.is_some() && glance.spots == Spots::SameNumbers {
            address = self.address(a, b);
            put(self.position.address, address);
        }
        let family = glance
            .family
            .unwrap_or_else(|| self.family_level(left, right));
        put(self.position.family, family);
        let is_contacted = same_email || glance.same_number;
        let mut shared = Shared {
            given,
            family,
            born: glance.born,
            address,
            code: glance.code,
            phone: glance.phone,
            same_household: glance.same_household,
            has_numbers: address == address::SAME && a.door_numbers != 0,
            is_contacted,
        };
        // who is called crosswise is called alike, and is no twin
        if shared.stratum() == Stratum::Twins && self.are_crosswise(a, b, (given, family)) {
            (shared.given, shared.family) = (given_name::SWAPPED, family_name::SWAPPED);
        }
        Begun {
            pattern,
            stratum: shared.stratum(),
            within: glance.within,
            is_named: given != 0 || glance.born != 0 || is_contacted,
        }
    }

    /// The fields that cost most: names crosswise, addresses word by word, further texts.
    pub fn finish(&self, left: Side<'_>, right: Side<'_>, pair: &mut Begun) {
        let (a, b) = (left.row, right.row);
        if let Some(field) = self.position.address
            && level_of(pair.pattern, field) == 0
        {
            let code = self
                .position
                .postcode
                .map_or(0, |field| level_of(pair.pattern, field));
            let level = address::beside(self.address(a, b), code);
            pair.pattern |= (level as Pattern) << (4 * field);
        }
        for ((field, text), memory) in self.position.texts.iter().zip(&self.texts) {
            let level = self.text(*text, memory, left.record, right.record);
            pair.pattern |= (level as Pattern) << (4 * field);
        }
        if let (Some(given), Some(family), Some(order)) = (
            self.position.given,
            self.position.family,
            self.position.order,
        ) {
            let levels = (
                level_of(pair.pattern, given),
                level_of(pair.pattern, family),
            );
            let found = self.order(a, b, levels);
            pair.pattern |= (found as Pattern) << (4 * order);
            if found >= crosswise::SWAPPED {
                let clear = !((15 << (4 * given)) | (15 << (4 * family)));
                pair.pattern &= clear;
                pair.pattern |= (given_name::SWAPPED as Pattern) << (4 * given);
                pair.pattern |= (family_name::SWAPPED as Pattern) << (4 * family);
            }
        }
    }

    fn are_crosswise(&self, a: &Row, b: &Row, levels: (usize, usize)) -> bool {
        self.position.order.is_some() && self.order(a, b, levels) >= crosswise::SWAPPED
    }

    pub(super) fn birth(&self, a: &Row, b: &Row) -> usize {
        if self.position.birth.is_none() || a.birth == 0 || b.birth == 0 {
            return 0;
        }
        if !a.born.is_none() && !b.born.is_none() {
            return a.born.compare(b.born);
        }
        let births = &self.table.births.all;
        date_of_birth::compare(&births[a.birth as usize], &births[b.birth as usize])
    }

    pub(super) fn postcode(&self, a: &Row, b: &Row) -> usize {
        if a.postcode == 0 || b.postcode == 0 {
            return 0;
        }
        if !a.code.is_none() && !b.code.is_none() {
            return a.code.compare(b.code);
        }
        let code = |row: &Row| self.table.postcodes.get(row.postcode).as_bytes();
        postcode::compare(code(a), code(b))
    }

    pub(super) fn phone(&self, left: Side<'_>, right: Side<'_>) -> usize {
        let (x, y) = (left.row.first_phone, right.row.first_phone);
        if self.position.phone.is_none() || x.is_none() || y.is_none() {
            return 0;
        }
        if x == y {
            return phone::SAME;
        }
        if left.row.has.or(right.row.has).any(Has::PHONES) {
            return self.phones(left, right);
        }
        if x.is_one_slip(y) {
            phone::ONE_OFF
        } else {
            phone::DIFFERENT
        }
    }

    /// Where one has several.
    fn phones(&self, left: Side<'_>, right: Side<'_>) -> usize {
        let phones = &self.table.phones;
        let all = |of: Side<'_>| -> Vec<Digits> {
            let items = phones.of(self.table.rest[of.record].phone);
            items
                .map(|item| Digits::of(phones.texts.get(item)))
                .collect()
        };
        let (x, y) = (all(left), all(right));
        if x.iter().any(|one| y.contains(one)) {
            phone::SAME
        } else if x
            .iter()
            .any(|one| y.iter().any(|other| one.is_one_slip(*other)))
        {
            phone::ONE_OFF
        } else {
            phone::DIFFERENT
        }
    }

    fn email(&self, left: Side<'_>, right: Side<'_>) -> usize {
        let both = left.row.has.and(right.row.has);
        if self.position.email.is_none() || !both.any(Has::EMAIL) {
            return 0;
        }
        let emails = &self.table.emails;
        let of = |side: Side<'_>| emails.of(self.table.rest[side.record].email);
        if of(left).any(|x| of(right).any(|y| x == y)) {
            return email::SAME;
        }
        let text = |item: u32| emails.texts.get(item);
        let level = of(left)
            .flat_map(|x| of(right).map(move |y| email::one(text(x), text(y))))
            .min();
        level.unwrap_or(email::DIFFERENT)
    }

    pub(super) fn number(&self, at: usize, left: Side<'_>, right: Side<'_>) -> usize {
        if at == 0 {
            return self.first_number(left, right);
        }
        let numbers = &self.table.numbers[at];
        let of = |side: Side<'_>| numbers.cells.get(side.record).copied().unwrap_or(0) as usize;
        let (x, y) = (of(left), of(right));
        if x == 0 || y == 0 {
            0
        } else {
            let is_slip = || numbers.is_one_slip(x, y);
            number_level(x == y, (numbers.fits[x], numbers.fits[y]), is_slip)
        }
    }

    /// The first identifier, of which most stands in the rows.
    fn first_number(&self, left: Side<'_>, right: Side<'_>) -> usize {
        let (a, b) = (left.row, right.row);
        if !a.has.and(b.has).any(Has::NUMBER) {
            return 0;
        }
        let fits = (a.has.any(Has::FIT), b.has.any(Has::FIT));
        if !a.digits.is_none() && !b.digits.is_none() {
            let is_slip = || a.digits.is_one_slip(b.digits);
            return number_level(a.digits == b.digits, fits, is_slip);
        }
        let numbers = &self.table.numbers[0];
        let (x, y) = (
            numbers.cells[left.record] as usize,
            numbers.cells[right.record] as usize,
        );
        let is_slip = || numbers.is_one_slip(x, y);
        number_level(x == y, fits, is_slip)
    }

    fn address(&self, a: &Row, b: &Row) -> usize {
        if a.address == 0 || b.address == 0 {
            return 0;
        }
        if a.address == b.address {
            return address::SAME;
        }
        let same_numbers = a.door_numbers == b.door_numbers;
        let (x, y) = (a.street.min(b.street), a.street.max(b.street));
        if x == y {
            return match (same_numbers, has_words(a.street_marks)) {
                (true, _) => address::SAME,
                (false, true) => address::STREET,
                (false, false) => address::DIFFERENT,
            };
        }
        if are_other_streets(a.street_marks, b.street_marks, same_numbers) {
            return address::DIFFERENT;
        }
        // told apart by the numbers only once the words are known
        let level = self.streets.get(x, y, || {
            let words = |street: u32| self.table.places.words_of(street);
            let overlap = overlap(words(x), words(y));
            address::level_of(true, overlap) << 4 | address::level_of(false, overlap)
        });
        if same_numbers { level >> 4 } else { level & 15 }
    }

    fn text(&self, at: usize, memory: &Memory, left: usize, right: usize) -> usize {
        let text = &self.table.texts[at];
        let of = |record: usize| text.cells.get(record).copied().unwrap_or(0);
        let (x, y) = (of(left).min(of(right)), of(left).max(of(right)));
        if x == 0 {
            0
        } else if x == y {
            TEXT_SAME
        } else {
            memory.get(x, y, || text.compare(x, y))
        }
    }
}

/// The level of two values of an identifier, of which the check digits fit or do not.
fn number_level(same: bool, fits: (bool, bool), is_slip: impl FnOnce() -> bool) -> usize {
    if same {
        if fits.0 {
            identifiers::SAME
        } else {
            identifiers::SAME_UNVERIFIED
        }
    } else if fits.0 && fits.1 {
        identifiers::DIFFERENT_VERIFIED
    } else if is_slip() {
        identifiers::ONE_OFF
    } else {
        identifiers::DIFFERENT
    }
}
