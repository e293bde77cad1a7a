//! What the passes go by: the keys of a record, narrow ones and wide ones. Each is made of what is written in the record alone.

use rayon::prelude::*;

use super::table::Table;
use super::values::key;

/// The keys of a record, from which passes are made; 0 is blank. They are made of what is written in the record alone, so that
/// they are the same in every file and on every machine.
pub struct Keys<'a> {
    /// The records.
    pub table: &'a Table,
}

impl Keys<'_> {
    fn given(&self, at: usize) -> u32 {
        self.table.given.variant[self.table.rows[at].given as usize]
    }
    fn given_letter(&self, at: usize) -> u32 {
        self.table.given.letter[self.table.rows[at].given as usize]
    }
    fn middle(&self, at: usize) -> u32 {
        self.table.middle_variant[self.table.rows[at].middle as usize]
    }
    fn family(&self, at: usize) -> u32 {
        self.table.family.sound[self.table.rows[at].family as usize]
    }
    fn family_letter(&self, at: usize) -> u32 {
        self.table.family.letter[self.table.rows[at].family as usize]
    }
    fn birth(&self, at: usize) -> u32 {
        self.table.births.day[self.table.rows[at].birth as usize]
    }
    /// The day with the smaller of day and month first: swapped dates meet.
    fn birth_swapped(&self, at: usize) -> u32 {
        self.table.births.swapped[self.table.rows[at].birth as usize]
    }
    fn month(&self, at: usize) -> u32 {
        self.table.births.month[self.table.rows[at].birth as usize]
    }
    fn year(&self, at: usize) -> u32 {
        self.table.births.year[self.table.rows[at].birth as usize]
    }
    fn month_and_day(&self, at: usize) -> u32 {
        self.table.births.month_and_day[self.table.rows[at].birth as usize]
    }
    fn postcode(&self, at: usize) -> u32 {
        self.table.postcode_keys[self.table.rows[at].postcode as usize]
    }
    fn door(&self, at: usize) -> u32 {
        let door = &self.table.places.door;
        door.get(self.table.rows[at].address as usize)
            .copied()
            .unwrap_or(0)
    }
    fn phone(&self, at: usize) -> u32 {
        self.table.phones.key(self.table.rest[at].phone)
    }
    fn email(&self, at: usize) -> u32 {
        self.table.emails.key(self.table.rest[at].email)
    }
    fn number(&self, which: usize, at: usize) -> u32 {
        let numbers = &self.table.numbers[which];
        let number = numbers.cells.get(at).copied().unwrap_or(0);
        numbers.keys[number as usize]
    }
    /// The key of the part of a block that is too large.
    pub fn part(&self, whole: u32, at: usize) -> u32 {
        let month = self.month(at);
        let place = self.postcode(at) * u32::from(month == 0);
        key(&(whole, month, self.given_letter(at), place))
    }
    fn text(&self, which: usize, at: usize) -> u32 {
        let text = &self.table.texts[which];
        let value = text.cells.get(at).copied().unwrap_or(0);
        text.keys[value as usize]
    }
}

/// Several keys as one; 0 when one of them is blank.
fn all<const N: usize>(keys: [u32; N]) -> u32 {
    if keys.contains(&0) { 0 } else { key(&keys) }
}

/// Gives the key of a record.
pub type KeyOf<'a> = Box<dyn Fn(usize) -> u32 + Sync + Send + 'a>;

/// A pass that there could be.
pub struct Plan<'a> {
    /// Its place among all plans.
    pub number: usize,
    /// The key, in words.
    pub name: String,
    /// The key.
    pub of: KeyOf<'a>,
    /// Whether its blocks stay whole, however large.
    pub is_wide: bool,
}

/// Records whose keys are made at a time: their rows stay near the processor.
const STRETCH: usize = 2048;

/// The keys of all records in several passes.
pub struct Columns {
    /// By stretch of records: their keys, pass after pass.
    parts: Vec<Vec<u32>>,
    passes: usize,
}

impl Columns {
    /// Makes the keys of so many records.
    pub fn of(plans: &[Plan<'_>], records: usize) -> Self {
        let starts: Vec<usize> = (0..records).step_by(STRETCH).collect();
        let part = |from: &usize| {
            let stretch = *from..records.min(from + STRETCH);
            let keys = plans.iter().flat_map(|plan| stretch.clone().map(&plan.of));
            keys.collect()
        };
        Self {
            parts: starts.par_iter().map(part).collect(),
            passes: plans.len(),
        }
    }

    /// The keys of one pass, by record.
    pub fn column(&self, pass: usize) -> Vec<u32> {
        let mut column = Vec::with_capacity(self.parts.len() * STRETCH);
        for part in &self.parts {
            let records = part.len() / self.passes;
            column.extend_from_slice(&part[pass * records..(pass + 1) * records]);
        }
        column
    }
}

/// The passes, narrow ones first.
#[allow(clippy::too_many_lines, reason = "a table, a line a pass")]
pub fn plans<'a>(keys: &'a Keys<'a>) -> Vec<Plan<'a>> {
    let mut plans: Vec<Plan<'a>> = Vec::new();
    let mut add = |is_wide: bool, name: &str, of: KeyOf<'a>| {
        plans.push(Plan {
            number: plans.len(),
            name: name.to_owned(),
            of,
            is_wide,
        });
    };
    for which in 0..keys.table.numbers.len() {
        let name = keys.table.numbers[which].scheme.name();
        add(false, name, Box::new(move |at| keys.number(which, at)));
    }
    add(false, "telephone", Box::new(|at| keys.phone(at)));
    add(false, "e-mail", Box::new(|at| keys.email(at)));
    add(
        false,
        "date of birth and family name",
        Box::new(|at| all([keys.birth(at), keys.family(at)])),
    );
    add(
        false,
        "date of birth and given name",
        Box::new(|at| all([keys.birth(at), keys.given(at), 1])),
    );
    add(
        false,
        "both names, in either order",
        Box::new(|at| {
            let (given, family) = (
                keys.table.given.sound[keys.table.rows[at].given as usize],
                keys.family(at),
            );
            all([given.min(family), given.max(family), 2])
        }),
    );
    add(
        false,
        "family name and variants of the given name",
        Box::new(|at| all([keys.given(at), keys.family(at), 3])),
    );
    add(
        false,
        "postcode and given name",
        Box::new(|at| all([keys.postcode(at), keys.given(at), 4])),
    );
    add(
        false,
        "postcode, family name and first letter",
        Box::new(|at| {
            all([
                keys.postcode(at),
                keys.family(at),
                keys.given_letter(at),
                27,
            ])
        }),
    );
    add(
        false,
        "postcode and date of birth",
        Box::new(|at| all([keys.postcode(at), keys.birth(at), 5])),
    );
    add(
        false,
        "house and given name",
        Box::new(|at| all([keys.door(at), keys.given(at), 6])),
    );
    add(
        false,
        "house and year of birth",
        Box::new(|at| all([keys.door(at), keys.year(at), 7])),
    );
    add(
        false,
        "family name, first letter and month of birth",
        Box::new(|at| all([keys.family(at), keys.given_letter(at), keys.month(at), 8])),
    );
    add(
        false,
        "given name and month of birth",
        Box::new(|at| all([keys.given(at), keys.family_letter(at), keys.month(at), 9])),
    );
    add(
        false,
        "first letters in either order and date of birth, day and month swapped",
        Box::new(|at| {
            let (given, family) = (keys.given_letter(at), keys.family_letter(at));
            let letters = (given.min(family), given.max(family));
            all([letters.0, letters.1, keys.birth_swapped(at), 10])
        }),
    );
    add(
        false,
        "family name and both given names, in either order",
        Box::new(|at| {
            let (given, middle) = (keys.given(at), keys.middle(at));
            all([keys.family(at), given.min(middle), given.max(middle), 28])
        }),
    );
    add(
        false,
        "family name, first letter and day of birth in any year",
        Box::new(|at| {
            all([
                keys.family(at),
                keys.given_letter(at),
                keys.month_and_day(at),
                11,
            ])
        }),
    );
    add(true, "everyone", Box::new(|_| 1));
    add(
        true,
        "date of birth",
        Box::new(|at| all([keys.birth_swapped(at), 12])),
    );
    add(
        true,
        "given name and year of birth",
        Box::new(|at| all([keys.given(at), keys.year(at), 13])),
    );
    add(
        true,
        "family name and year of birth",
        Box::new(|at| all([keys.family(at), keys.year(at), 14])),
    );
    add(
        true,
        "family name and first letter",
        Box::new(|at| all([keys.family(at), keys.given_letter(at), 15])),
    );
    add(
        true,
        "given name and first letter",
        Box::new(|at| all([keys.given(at), keys.family_letter(at), 16])),
    );
    for which in 0..keys.table.texts.len() {
        let text = move |at| keys.text(which, at);
        add(
            true,
            "a further column and given name",
            Box::new(move |at| all([text(at), keys.given(at), 17])),
        );
        add(
            true,
            "a further column and family name",
            Box::new(move |at| all([text(at), keys.family(at), 18])),
        );
        add(
            true,
            "a further column and date of birth",
            Box::new(move |at| all([text(at), keys.birth(at), 19])),
        );
    }
    add(
        true,
        "postcode",
        Box::new(|at| all([keys.postcode(at), 20])),
    );
    add(true, "house", Box::new(|at| all([keys.door(at), 21])));
    add(
        true,
        "first letters and month of birth",
        Box::new(|at| {
            all([
                keys.given_letter(at),
                keys.family_letter(at),
                keys.month(at),
                22,
            ])
        }),
    );
    add(
        true,
        "family name",
        Box::new(|at| all([keys.family(at), 23])),
    );
    add(true, "given name", Box::new(|at| all([keys.given(at), 24])));
    add(
        true,
        "day of birth in any year",
        Box::new(|at| all([keys.month_and_day(at), 25])),
    );
    add(
        true,
        "month of birth",
        Box::new(|at| all([keys.month(at), 26])),
    );
    plans
}
