//! Compares two records of a table field by field: the comparisons of a case, computed once a pair of distinct values.

use std::sync::atomic::{AtomicU64, Ordering};

use super::fields::{Kind, Spec, TEXT_SAME};
use super::model::Stratum;
use super::table::{Row, Table};
use super::values::{Digits, Word, bytes};
use crate::people::compare::date_of_birth::is_one_slip;
use crate::people::compare::{
    Called, address, crosswise, date_of_birth, email, family_name, given_name, identifiers, phone,
    postcode, sex,
};
use crate::people::names::{self, NEAR, Token};

/// The level of each field, four bits a field, the first field lowest.
pub type Pattern = u128;

/// The level of a field in a pattern.
pub fn level_of(pattern: Pattern, field: usize) -> usize {
    (pattern >> (4 * field)) as usize & 15
}

/// Remembers what a pair of values gave. A newer pair takes the place of an older one; what is remembered is always right.
#[derive(Debug)]
struct Memory(Vec<AtomicU64>);

/// A slip leaves names at least so alike (Jaro-Winkler).
const A_LITTLE_ALIKE: f64 = 0.65;

/// Numbers of values up to this fit a remembered pair.
const MOST_VALUES: u32 = 1 << 28;

impl Memory {
    fn new() -> Self {
        Self((0..1 << 20).map(|_| AtomicU64::new(0)).collect())
    }

    fn get(&self, a: u32, b: u32, compute: impl FnOnce() -> usize) -> usize {
        if a >= MOST_VALUES || b >= MOST_VALUES {
            return compute();
        }
        let pair = (u64::from(a) << 28) | u64::from(b);
        let place = (pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44) as usize;
        let kept = self.0[place].load(Ordering::Relaxed);
        if kept >> 8 == pair && kept != 0 {
            return (kept & 255) as usize - 1;
        }
        let found = compute();
        self.0[place].store((pair << 8) | (found as u64 + 1), Ordering::Relaxed);
        found
    }
}

/// Compares the records of a table.
#[derive(Debug)]
pub struct Comparer<'a> {
    /// The records.
    pub table: &'a Table,
    /// The fields, in the order of the patterns.
    pub fields: Vec<Spec>,
    position: Positions,
    given: Memory,
    family: Memory,
    crosswise: Memory,
    texts: Vec<Memory>,
}

/// Where the fields that others depend on stand; `None` where the files do not have them.
#[derive(Debug, Default)]
struct Positions {
    given: Option<usize>,
    family: Option<usize>,
    order: Option<usize>,
    birth: Option<usize>,
    sex: Option<usize>,
    postcode: Option<usize>,
    address: Option<usize>,
    phone: Option<usize>,
    email: Option<usize>,
    numbers: Vec<(usize, usize)>,
    texts: Vec<(usize, usize)>,
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
        let mut position = Positions::default();
        for (at, field) in fields.iter().enumerate() {
            match field.kind {
                Kind::Given => position.given = Some(at),
                Kind::Family => position.family = Some(at),
                Kind::Order => position.order = Some(at),
                Kind::Birth => position.birth = Some(at),
                Kind::Sex => position.sex = Some(at),
                Kind::Postcode => position.postcode = Some(at),
                Kind::Address => position.address = Some(at),
                Kind::Phone => position.phone = Some(at),
                Kind::Email => position.email = Some(at),
                Kind::Number(number) => position.numbers.push((at, number)),
                Kind::Text(text) => position.texts.push((at, text)),
            }
        }
        let texts = position.texts.iter().map(|_| Memory::new()).collect();
        Self {
            table,
            fields,
            position,
            given: Memory::new(),
            family: Memory::new(),
            crosswise: Memory::new(),
            texts,
        }
    }

    /// Compares two records in all fields.
    pub fn compare(&self, left: usize, right: usize) -> Begun {
        let mut pair = self.begin(left, right);
        self.finish(left, right, &mut pair);
        pair
    }

    /// The names and the fields that cost little, and what the two share.
    pub fn begin(&self, left: usize, right: usize) -> Begun {
        let table = self.table;
        let (a, b) = (&table.rows[left], &table.rows[right]);
        let mut pattern = 0;
        let put = |pattern: &mut Pattern, field: Option<usize>, level: usize| {
            if let Some(field) = field {
                *pattern |= (level as Pattern) << (4 * field);
            }
        };
        let born = self.birth(a, b);
        put(&mut pattern, self.position.birth, born);
        let given = self.given_level(a, b);
        put(&mut pattern, self.position.given, given);
        if a.sex != 0 && b.sex != 0 {
            let level = sex::level_of(a.sex == b.sex, given);
            put(&mut pattern, self.position.sex, level);
        }
        let code = self.postcode(a, b);
        put(&mut pattern, self.position.postcode, code);
        let phone = self.phone(a, b);
        put(&mut pattern, self.position.phone, phone);
        let email = self.email(a, b);
        put(&mut pattern, self.position.email, email);
        let same_email = matches!(email, email::SAME..=email::NEAR_SPELLING);
        let mut same_number = false;
        for (field, number) in &self.position.numbers {
            let level = self.number(*number, left, right);
            same_number |= matches!(level, identifiers::SAME..=identifiers::SAME_LOCAL);
            put(&mut pattern, Some(*field), level);
        }
        let mut address = 0;
        if self.position.address.is_some() && self.same_numbers(a, b) {
            address = self.address(a, b);
            put(&mut pattern, self.position.address, address);
        }
        let family = self.family(a, b);
        put(&mut pattern, self.position.family, family);
        let shared = Shared {
            given,
            family,
            born,
            address,
            code,
            phone,
            same_household: a.household != 0 && a.household == b.household && a.agency == b.agency,
            has_numbers: address == address::SAME && !table.places.numbers(a.address).is_empty(),
            is_contacted: same_email || same_number,
        };
        Begun {
            pattern,
            stratum: shared.stratum(),
            within: a.agency == b.agency,
            is_named: given != 0 || born != 0 || same_number || same_email,
        }
    }

    /// The fields that cost most: names crosswise, addresses word by word, further texts.
    pub fn finish(&self, left: usize, right: usize, pair: &mut Begun) {
        let (a, b) = (&self.table.rows[left], &self.table.rows[right]);
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
            let level = self.text(*text, memory, left, right);
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

    fn birth(&self, a: &Row, b: &Row) -> usize {
        if self.position.birth.is_none() || a.birth == 0 || b.birth == 0 {
            return 0;
        }
        if a.born.0[0] != 0 && b.born.0[0] != 0 {
            return date_of_birth::by_digits((&a.born.0, a.born.1), (&b.born.0, b.born.1));
        }
        let births = &self.table.births.all;
        date_of_birth::compare(&births[a.birth as usize], &births[b.birth as usize])
    }

    fn given_level(&self, a: &Row, b: &Row) -> usize {
        let names = &self.table.given;
        let (x, y) = (a.given.min(b.given), a.given.max(b.given));
        if x == 0 {
            return 0;
        }
        if x == y {
            return given_name::SAME;
        }
        if names.folded[x as usize] == names.folded[y as usize] {
            return given_name::FOLDED;
        }
        let alone = |number: u32| Called {
            name: &names.all[number as usize],
            further: &[],
        };
        let level = self.given.get(x, y, || {
            let level = given_name::compare(alone(x), alone(y)).level;
            let odd = names.is_odd[x as usize] || names.is_odd[y as usize];
            if level == given_name::DIFFERENT && odd && self.are_a_little_alike(x, y) {
                given_name::DIFFERENT_ODD
            } else {
                level
            }
        });
        if level < given_name::CLOSE || (level == given_name::ONE_OF) {
            return level;
        }
        let is_further = |number: u32, of: &Row| {
            let head = names.all[number as usize].head();
            head.is_some_and(|head| {
                self.further_given(of)
                    .any(|token| given_name::is_the_name(head, token))
            })
        };
        if is_further(a.given, b) || is_further(b.given, a) {
            return given_name::ONE_OF;
        }
        level
    }

    fn are_a_little_alike(&self, x: u32, y: u32) -> bool {
        let joined = |number: u32| self.table.given.all[number as usize].joined.as_bytes();
        names::alike(joined(x), joined(y), A_LITTLE_ALIKE) >= A_LITTLE_ALIKE
    }

    fn further_given(&self, row: &Row) -> impl Iterator<Item = &Token> {
        let middle = self.table.middle.get(row.middle as usize);
        let other = self
            .table
            .other
            .get(row.other as usize)
            .map(|other| &other.given);
        middle.into_iter().chain(other).flatten()
    }

    fn family(&self, a: &Row, b: &Row) -> usize {
        let names = &self.table.family;
        let (x, y) = (a.family.min(b.family), a.family.max(b.family));
        if x == 0 {
            return 0;
        }
        if x == y {
            return family_name::SAME;
        }
        if names.folded[x as usize] == names.folded[y as usize] {
            return family_name::FOLDED;
        }
        let with = |number: u32, other: Option<u32>| Called {
            name: &names.all[number as usize],
            further: other
                .and_then(|cell| self.table.other.get(cell as usize))
                .map_or(&[], |other| other.family.as_slice()),
        };
        let level = self.family.get(x, y, || {
            family_name::compare(with(x, None), with(y, None)).level
        });
        if level <= family_name::FORMER || (a.other == 0 && b.other == 0) {
            return level;
        }
        family_name::compare(with(a.family, Some(a.other)), with(b.family, Some(b.other))).level
    }

    fn order(&self, a: &Row, b: &Row, levels: (usize, usize)) -> usize {
        let (given, family) = levels;
        if given == 0 || family == 0 {
            return 0;
        }
        if given < given_name::CLOSE && family < family_name::CLOSE {
            return crosswise::IN_ORDER;
        }
        let agree = |given: u32, family: u32| {
            self.crosswise.get(given, family, || {
                let names = (
                    &self.table.given.all[given as usize],
                    &self.table.family.all[family as usize],
                );
                let alike = crosswise::agree(names.0, names.1);
                usize::from(alike >= NEAR) + usize::from(alike >= 1.0)
            })
        };
        let first = agree(a.given, b.family);
        let both = if first == 0 {
            0
        } else {
            first.min(agree(b.given, a.family))
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

    fn postcode(&self, a: &Row, b: &Row) -> usize {
        if a.postcode == 0 || b.postcode == 0 {
            return 0;
        }
        if a.postcode == b.postcode && a.code[4] != 0 {
            return postcode::SAME;
        }
        let code = |row: &Row| self.table.postcodes[row.postcode as usize].as_bytes();
        if a.code[0] == 0 || b.code[0] == 0 {
            return postcode::compare(code(a), code(b));
        }
        postcode::compare(short(&a.code), short(&b.code))
    }

    fn phone(&self, a: &Row, b: &Row) -> usize {
        if self.position.phone.is_none() || a.first_phone.is_none() || b.first_phone.is_none() {
            return 0;
        }
        if a.first_phone == b.first_phone {
            return phone::SAME;
        }
        let phones = &self.table.phones;
        let several = |row: &Row| phones.more.contains_key(&row.phone);
        if !phones.more.is_empty() && (several(a) || several(b)) {
            let all = |row: &Row| -> Vec<Digits> {
                let items = phones.of(row.phone);
                items
                    .map(|item| Digits::of(&phones.texts[item as usize]))
                    .collect()
            };
            let (left, right) = (all(a), all(b));
            return if left.iter().any(|x| right.contains(x)) {
                phone::SAME
            } else if left.iter().any(|x| right.iter().any(|y| x.is_one_slip(*y))) {
                phone::ONE_OFF
            } else {
                phone::DIFFERENT
            };
        }
        if a.first_phone.is_one_slip(b.first_phone) {
            phone::ONE_OFF
        } else {
            phone::DIFFERENT
        }
    }

    fn email(&self, a: &Row, b: &Row) -> usize {
        let emails = &self.table.emails;
        let of = |row: &Row| emails.of(row.email);
        if self.position.email.is_none() || of(a).next().is_none() || of(b).next().is_none() {
            return 0;
        }
        if of(a).any(|x| of(b).any(|y| x == y)) {
            return email::SAME;
        }
        let text = |item: u32| emails.texts[item as usize].as_str();
        let level = of(a)
            .flat_map(|x| of(b).map(move |y| email::one(text(x), text(y))))
            .min();
        level.unwrap_or(email::DIFFERENT)
    }

    fn number(&self, at: usize, left: usize, right: usize) -> usize {
        let numbers = &self.table.numbers[at];
        let rows = &self.table.rows;
        let of = |record: usize| {
            if at == 0 {
                return rows[record].number as usize;
            }
            numbers.cells.get(record).copied().unwrap_or(0) as usize
        };
        let (x, y) = (of(left), of(right));
        if x == 0 || y == 0 {
            0
        } else if x == y {
            if numbers.fits[x] {
                identifiers::SAME
            } else {
                identifiers::SAME_UNVERIFIED
            }
        } else if numbers.fits[x] && numbers.fits[y] {
            identifiers::DIFFERENT_VERIFIED
        } else if self.is_slip(at, (left, x), (right, y)) {
            identifiers::ONE_OFF
        } else {
            identifiers::DIFFERENT
        }
    }

    /// Whether two values of an identifier are a slip apart; each with its record, whose row has the digits of the first one.
    fn is_slip(&self, at: usize, (left, x): (usize, usize), (right, y): (usize, usize)) -> bool {
        let rows = &self.table.rows;
        let (a, b) = (rows[left].digits, rows[right].digits);
        if at == 0 && !a.is_none() && !b.is_none() {
            return a.is_one_slip(b);
        }
        let texts = &self.table.numbers[at].texts;
        is_one_slip(texts[x].as_bytes(), texts[y].as_bytes())
    }

    fn same_numbers(&self, a: &Row, b: &Row) -> bool {
        let places = &self.table.places;
        a.address != 0
            && b.address != 0
            && a.door_numbers == b.door_numbers
            && (a.address == b.address || places.numbers(a.address) == places.numbers(b.address))
    }

    fn address(&self, a: &Row, b: &Row) -> usize {
        let places = &self.table.places;
        if a.address == 0
            || b.address == 0
            || places.is_blank(a.address)
            || places.is_blank(b.address)
        {
            return 0;
        }
        if a.address == b.address
            || places.whole[a.address as usize] == places.whole[b.address as usize]
        {
            return address::SAME;
        }
        let numbers = places.numbers(a.address) == places.numbers(b.address);
        address::level_of(
            numbers,
            address::overlap(places.street(a.address), places.street(b.address), are_near),
        )
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

/// What decides the stratum of a pair.
struct Shared {
    given: usize,
    family: usize,
    born: usize,
    address: usize,
    code: usize,
    phone: usize,
    /// They have one household's id at one agency.
    same_household: bool,
    /// The address has a number.
    has_numbers: bool,
    /// They share an e-mail address or an identifier.
    is_contacted: bool,
}

impl Shared {
    fn stratum(&self) -> Stratum {
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

/// A postcode without what fills it up.
fn short(code: &[u8; 8]) -> &[u8] {
    let end = code.iter().position(|byte| *byte == 0).unwrap_or(8);
    &code[..end]
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

/// Whether two words are spelled nearly the same; a first letter that differs is taken for another word.
fn are_near(x: &Word, y: &Word) -> bool {
    x[0] == y[0] && names::alike(bytes(x), bytes(y), NEAR) >= NEAR
}
