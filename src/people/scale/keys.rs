//! What the passes go by: the keys of a record, narrow ones and wide ones. Each is made of what is written in the record alone.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::births::BirthKeys;
use super::table::Table;
use super::values::{NameKeys, key, key_of_keys};

/// What the keys of a record are made of; 0 is blank. Each is looked up once for all passes.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// The record.
    pub record: usize,
    given: NameKeys,
    family: NameKeys,
    birth: BirthKeys,
    postcode: u32,
    door: u32,
    phone: u32,
    email: u32,
}

/// The keys of a record, from which passes are made; 0 is blank. They are made of what is written in the record alone, so that
/// they are the same in every file and on every machine.
pub struct Keys<'a> {
    /// The records.
    pub table: &'a Table,
}

impl Parts {
    /// Whether a house is known.
    pub fn has_house(&self) -> bool {
        self.door != 0
    }

    /// Whether a telephone number or an e-mail address is known.
    pub fn has_contact(&self) -> bool {
        self.phone != 0 || self.email != 0
    }
}

impl Keys<'_> {
    /// What the keys of a record are made of.
    pub fn parts(&self, record: usize) -> Parts {
        let table = self.table;
        let (row, rest) = (&table.rows[record], &table.rest[record]);
        let door = table.places.door.get(row.address as usize);
        Parts {
            record,
            given: table.given.keys[row.given as usize],
            family: table.family.keys[row.family as usize],
            birth: table.births.keys[row.birth as usize],
            postcode: table.postcode_keys[row.postcode as usize],
            door: door.copied().unwrap_or(0),
            phone: table.phones.key(rest.phone),
            email: table.emails.key(rest.email),
        }
    }
    fn number(&self, which: usize, of: &Parts) -> u32 {
        let numbers = &self.table.numbers[which];
        let number = numbers.cells.get(of.record).copied().unwrap_or(0);
        numbers.keys[number as usize]
    }
    fn text(&self, which: usize, of: &Parts) -> u32 {
        let text = &self.table.texts[which];
        let value = text.cells.get(of.record).copied().unwrap_or(0);
        text.keys[value as usize]
    }
    /// The key of the part of a block that is too large.
    pub fn part(&self, whole: u32, record: usize) -> u32 {
        let (table, row) = (self.table, &self.table.rows[record]);
        let month = table.births.keys[row.birth as usize].month;
        let place = table.postcode_keys[row.postcode as usize] * u32::from(month == 0);
        let letter = table.given.keys[row.given as usize].letter;
        key(&(whole, month, letter, place))
    }
}

/// Several keys as one; 0 when one of them is blank.
fn all<const N: usize>(keys: [u32; N]) -> u32 {
    if keys.contains(&0) {
        0
    } else {
        key_of_keys(keys)
    }
}

/// Gives the key of a record.
pub type KeyOf<'a> = Box<dyn Fn(&Parts) -> u32 + Sync + Send + 'a>;

/// A pass that there could be.
pub struct Plan<'a> {
    /// Its place among all plans.
    pub number: usize,
    /// The key, in words.
    pub name: String,
    /// The key.
    pub of: KeyOf<'a>,
    /// What it brings together.
    pub brings: Brings,
    /// Whether it is for those of whom neither house nor telephone is known: of the others, the rest bring next to all that it
    /// does.
    pub is_spare: bool,
}

/// What a pass brings together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Brings {
    /// Records that share a number, a postcode or a day of birth.
    Near,
    /// Records that share the number of a house and a word of its street: in another postcode district it is another house.
    House,
    /// Records that share names and at most a part of the date of birth: most are strangers, whom the whole of it tells apart.
    Called,
    /// So many that only small files can afford it; its blocks stay whole, however large.
    Many,
}

/// Records whose keys are made at a time: what they are made of stays near the processor.
const STRETCH: usize = 512;

/// The keys of all records in several passes, by pass and record.
pub fn columns(plans: &[Plan<'_>], keys: &Keys<'_>) -> Vec<Vec<u32>> {
    let records = keys.table.len();
    let mut columns: Vec<Vec<u32>> = plans.iter().map(|_| vec![0; records]).collect();
    // by stretches of records, each of all passes
    let mut stretches: Vec<Vec<&mut [u32]>> = Vec::new();
    stretches.resize_with(records.div_ceil(STRETCH), Vec::new);
    for column in &mut columns {
        for (stretch, some) in stretches.iter_mut().zip(column.chunks_mut(STRETCH)) {
            stretch.push(some);
        }
    }
    stretches
        .into_par_iter()
        .enumerate()
        .for_each(|(at, stretch)| {
            let records = at * STRETCH..records.min((at + 1) * STRETCH);
            let parts: Vec<Parts> = records.map(|record| keys.parts(record)).collect();
            for (plan, some) in plans.iter().zip(stretch) {
                for (key, parts) in some.iter_mut().zip(&parts) {
                    *key = (plan.of)(parts);
                }
            }
        });
    columns
}

/// Passes in their order.
struct Plans<'a>(Vec<Plan<'a>>);

impl<'a> Plans<'a> {
    fn add(&mut self, brings: Brings, name: &str, of: KeyOf<'a>) {
        self.0.push(Plan {
            number: self.0.len(),
            name: name.to_owned(),
            of,
            brings,
            is_spare: false,
        });
    }

    /// Adds one for those of whom neither house nor telephone is known.
    fn spare(&mut self, brings: Brings, name: &str, of: KeyOf<'a>) {
        self.add(brings, name, of);
        if let Some(plan) = self.0.last_mut() {
            plan.is_spare = true;
        }
    }
}

/// The passes, narrow ones first.
#[allow(clippy::too_many_lines, reason = "a table, a line a pass")]
pub fn plans<'a>(keys: &'a Keys<'a>) -> Vec<Plan<'a>> {
    let mut plans = Plans(Vec::new());
    for which in 0..keys.table.numbers.len() {
        let name = keys.table.numbers[which].scheme.name();
        plans.add(
            Brings::Near,
            name,
            Box::new(move |of| keys.number(which, of)),
        );
    }
    plans.add(Brings::Near, "telephone", Box::new(|of| of.phone));
    plans.add(Brings::Near, "e-mail", Box::new(|of| of.email));
    plans.add(
        Brings::Near,
        "date of birth and family name",
        Box::new(|of| all([of.birth.day, of.family.sound])),
    );
    plans.add(
        Brings::Near,
        "date of birth and given name",
        Box::new(|of| all([of.birth.day, of.given.variant, 1])),
    );
    plans.add(
        Brings::Called,
        "both names, in either order",
        Box::new(|of| {
            let (given, family) = (of.given.sound, of.family.sound);
            all([given.min(family), given.max(family), 2])
        }),
    );
    plans.add(
        Brings::Called,
        "family name and variants of the given name",
        // those who have none the pass before brings together
        Box::new(|of| {
            let has_variants = of.given.variant != of.given.sound;
            all([of.given.variant, of.family.sound, 3]) * u32::from(has_variants)
        }),
    );
    plans.spare(
        Brings::Near,
        "postcode and given name",
        Box::new(|of| all([of.postcode, of.given.variant, 4])),
    );
    plans.add(
        Brings::Near,
        "postcode, family name and first letter",
        Box::new(|of| all([of.postcode, of.family.sound, of.given.letter, 27])),
    );
    plans.spare(
        Brings::Near,
        "postcode and date of birth",
        Box::new(|of| all([of.postcode, of.birth.day, 5])),
    );
    plans.add(
        Brings::House,
        "house and given name",
        Box::new(|of| all([of.door, of.given.variant, 6])),
    );
    plans.add(
        Brings::House,
        "house and year of birth",
        Box::new(|of| all([of.door, of.birth.year, 7])),
    );
    plans.spare(
        Brings::Called,
        "family name, first letter and month of birth",
        Box::new(|of| all([of.family.sound, of.given.letter, of.birth.month, 8])),
    );
    plans.spare(
        Brings::Called,
        "given name and month of birth",
        Box::new(|of| all([of.given.variant, of.family.letter, of.birth.month, 9])),
    );
    plans.add(
        Brings::Near,
        "first letters in either order and date of birth, day and month swapped",
        Box::new(|of| {
            let (given, family) = (of.given.letter, of.family.letter);
            let letters = (given.min(family), given.max(family));
            all([letters.0, letters.1, of.birth.swapped, 10])
        }),
    );
    plans.spare(
        Brings::Called,
        "family name, first letter and day of birth in any year",
        Box::new(|of| all([of.family.sound, of.given.letter, of.birth.month_and_day, 11])),
    );
    plans.add(Brings::Many, "everyone", Box::new(|_| 1));
    plans.add(
        Brings::Many,
        "date of birth",
        Box::new(|of| all([of.birth.swapped, 12])),
    );
    plans.add(
        Brings::Many,
        "given name and year of birth",
        Box::new(|of| all([of.given.variant, of.birth.year, 13])),
    );
    plans.add(
        Brings::Many,
        "family name and year of birth",
        Box::new(|of| all([of.family.sound, of.birth.year, 14])),
    );
    plans.add(
        Brings::Many,
        "family name and first letter",
        Box::new(|of| all([of.family.sound, of.given.letter, 15])),
    );
    plans.add(
        Brings::Many,
        "given name and first letter",
        Box::new(|of| all([of.given.variant, of.family.letter, 16])),
    );
    for which in 0..keys.table.texts.len() {
        let text = move |of: &Parts| keys.text(which, of);
        plans.add(
            Brings::Many,
            "a further column and given name",
            Box::new(move |of| all([text(of), of.given.variant, 17])),
        );
        plans.add(
            Brings::Many,
            "a further column and family name",
            Box::new(move |of| all([text(of), of.family.sound, 18])),
        );
        plans.add(
            Brings::Many,
            "a further column and date of birth",
            Box::new(move |of| all([text(of), of.birth.day, 19])),
        );
    }
    plans.add(
        Brings::Many,
        "postcode",
        Box::new(|of| all([of.postcode, 20])),
    );
    plans.add(Brings::Many, "house", Box::new(|of| all([of.door, 21])));
    plans.add(
        Brings::Many,
        "first letters and month of birth",
        Box::new(|of| all([of.given.letter, of.family.letter, of.birth.month, 22])),
    );
    plans.add(
        Brings::Many,
        "family name",
        Box::new(|of| all([of.family.sound, 23])),
    );
    plans.add(
        Brings::Many,
        "given name",
        Box::new(|of| all([of.given.variant, 24])),
    );
    plans.add(
        Brings::Many,
        "day of birth in any year",
        Box::new(|of| all([of.birth.month_and_day, 25])),
    );
    plans.add(
        Brings::Many,
        "month of birth",
        Box::new(|of| all([of.birth.month, 26])),
    );
    plans.0
}
