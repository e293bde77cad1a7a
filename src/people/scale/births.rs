//! The dates of birth of a roster made comparable, each distinct one once.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::values::key;
use crate::model::date::{Day, When};
use crate::model::roster::Column;
use crate::people::compare::date_of_birth;
use crate::people::prepare::Birth;

/// Dates of birth, each once by its digits or its raw text.
#[derive(Debug, Default)]
pub struct Births {
    /// Number 0 is none.
    pub all: Vec<Birth>,
    /// How each is written in the model's table of frequencies.
    pub texts: Vec<String>,
    /// For blocking.
    pub keys: Vec<BirthKeys>,
    /// The number of each one's day; 0 where it is no day.
    pub numbers: Vec<i32>,
}

/// What a date of birth is looked for by; 0 is blank.
#[derive(Debug, Clone, Copy, Default)]
pub struct BirthKeys {
    /// The day.
    pub day: u32,
    /// The day, with the smaller of month and day first: swapped dates meet.
    pub swapped: u32,
    /// Year and month.
    pub month: u32,
    /// The year.
    pub year: u32,
    /// Month and day.
    pub month_and_day: u32,
}

impl BirthKeys {
    fn of(birth: &Birth) -> Self {
        let Some(digits) = birth.digits else {
            let year = birth.year();
            return Self {
                year: year.map_or(0, |year| key(format!("{year:04}").as_bytes())),
                ..Self::default()
            };
        };
        let (month, day) = (&digits[4..6], &digits[6..]);
        Self {
            day: key(&digits),
            swapped: key(&(&digits[..4], month.min(day), month.max(day))),
            month: key(&digits[..6]),
            year: key(&digits[..4]),
            month_and_day: key(&digits[4..]),
        }
    }
}

/// What makes two dates of birth one: the digits, and the first and last day.
type Written = (Option<[u8; 8]>, Option<(Day, Day)>);

/// Reads the dates of birth; gives them, and the number of each record's date.
pub fn births(column: &Column, meant: &[When]) -> (Births, Vec<u32>) {
    let mut births = Births {
        all: vec![Birth::default()],
        texts: vec![String::new()],
        ..Births::default()
    };
    let mut seen: FxHashMap<Written, u32> = FxHashMap::default();
    let number_of: Vec<u32> = meant
        .iter()
        .map(|when| {
            let birth = Birth::read(when);
            if birth == Birth::default() {
                return 0;
            }
            *seen.entry((birth.digits, birth.span)).or_insert_with(|| {
                births.all.push(birth);
                births.texts.push(birth.digits.map_or_else(
                    || {
                        birth
                            .span
                            .map_or_else(String::new, |(from, until)| format!("{from}/{until}"))
                    },
                    |digits| digits.iter().map(|digit| char::from(*digit)).collect(),
                ));
                births.all.len() as u32 - 1
            })
        })
        .collect();
    births.keys = births.all.iter().map(BirthKeys::of).collect();
    births.numbers = births.all.iter().map(date_of_birth::number).collect();
    let cells = column
        .cells
        .par_iter()
        .map(|cell| number_of.get(*cell as usize).copied().unwrap_or(0))
        .collect();
    (births, cells)
}
