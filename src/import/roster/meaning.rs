//! What dates of birth and words for sex mean, each distinct value once.

use std::ops::RangeInclusive;

use chrono::Datelike;
use rayon::prelude::*;

use super::fault::short;
use super::merge::Merged;
use crate::import::config::DateOrder;
use crate::import::dates::{DateCell, DateRules, read_date};
use crate::import::names::is_not_known;
use crate::model::date::{Day, When};
use crate::model::phrase::Coded;
use crate::model::roster::Column;
use crate::model::words::Sex;

/// In what order a file's dates are written, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub order: DateOrder,
    /// Values that fit the order only, and values that fit another one only.
    pub fitting: usize,
    pub against: usize,
    /// Whether there are dates that could be read in more than one way, and nothing that settles it.
    pub guessed: bool,
}

/// Judges by the different dates of a file: a first number over 12 is a day, a second one too, a first over 31 a year.
pub(super) fn written<'a>(values: impl Iterator<Item = &'a str>) -> Written {
    let (mut day, mut month, mut year, mut either) = (0, 0, 0, 0);
    for value in values {
        match numbers(value) {
            Some([first, _]) if first > 31 || first == 0 => year += 1,
            Some([first, second]) if first > 12 && second <= 12 => day += 1,
            Some([first, second]) if second > 12 && first <= 12 => month += 1,
            Some(_) => either += 1,
            None => {}
        }
    }
    let all = day + month + year;
    let (order, fitting) = if year > day && year > month {
        (DateOrder::Ymd, year)
    } else if month > day {
        (DateOrder::Mdy, month)
    } else {
        (DateOrder::Dmy, day)
    };
    Written {
        order,
        fitting,
        against: all - fitting,
        guessed: all == 0 && either > 0,
    }
}

/// The first two of a date's three numbers, where the first has one or two digits: only such a date has a question of order.
fn numbers(value: &str) -> Option<[u32; 2]> {
    let bytes = value.as_bytes();
    if bytes.len() < 5 || bytes.get(..3)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut parts = value.split(['/', '-', '.', ' ']);
    let first = short_number(parts.next()?)?;
    let second = short_number(parts.next()?)?;
    let third = parts.next()?;
    third
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some([first, second])
}

fn short_number(part: &str) -> Option<u32> {
    if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    part.parse().ok()
}

/// How a value of a file of this order is to be read; 0 where the order makes no difference.
pub(super) fn way(order: DateOrder, value: &str) -> u8 {
    match (numbers(value), order) {
        (None, _) => 0,
        (Some(_), DateOrder::Dmy) => 1,
        (Some(_), DateOrder::Mdy) => 2,
        (Some(_), DateOrder::Ymd) => 3,
    }
}

fn rules(way: u8, latest: Day) -> DateRules {
    DateRules {
        day_first: way != 2,
        year_first: way == 3,
        ..DateRules::day_first(latest)
    }
}

/// The dates of a column, and the numbers of those that cannot be read.
pub(super) fn births(merged: &Merged) -> (Vec<When>, Vec<u32>) {
    let values: Vec<(&str, u8)> = merged
        .column
        .values
        .iter()
        .zip(merged.ways.iter().copied())
        .collect();
    let latest = latest(&values);
    let born_then = |value: &str| is_one_of_many(merged, value);
    let read: Vec<(When, bool)> = values
        .par_iter()
        .with_min_len(256)
        .map(|(value, way)| match plain(value).map(When::day) {
            Some(when) => (when, false),
            None => match read_date(value, &rules(*way, latest)) {
                DateCell::Unreadable => match long_ago(value, *way) {
                    Some(day) => (When::day(day), false),
                    None => (When::unknown(value), true),
                },
                DateCell::Placeholder(_) if born_then(value) => (
                    plain_in(value, 1500..=2200).map_or_else(|| When::unknown(value), When::day),
                    false,
                ),
                read => (read.when(value), false),
            },
        })
        .collect();
    let unreadable = (0..)
        .zip(&read)
        .filter(|(_, (_, unreadable))| *unreadable)
        .map(|(at, _)| at)
        .collect();
    (read.into_iter().map(|(when, _)| when).collect(), unreadable)
}

/// `yyyy-mm-dd`, in years that no program uses for "none": most dates of most files.
fn plain(value: &str) -> Option<Day> {
    plain_in(value, 1901..=2200)
}

/// The years of a register of people who died long ago, in which no case has a date.
const LONG_AGO: RangeInclusive<u32> = 1500..=1849;

/// A day of long ago, in the order of its file.
fn long_ago(value: &str, way: u8) -> Option<Day> {
    let mut parts = value.split(['/', '-', '.', ' ']);
    let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (first, second, third) = (number()?, number()?, number()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = match way {
        _ if LONG_AGO.contains(&first) => (first, second, third),
        2 => (third, first, second),
        _ => (third, second, first),
    };
    let year = Some(year).filter(|year| LONG_AGO.contains(year))?;
    Day::from_ymd_opt(year as i32, month, day)
}

/// Whether a 1 January that programs write for "none" is hardly more common than those of the years around it: then it is a
/// year of birth, as theirs are.
fn is_one_of_many(merged: &Merged, value: &str) -> bool {
    const AROUND: i32 = 5;
    let Some(day) = plain_in(value, 1500..=2200).filter(|day| day.ordinal() == 1) else {
        return false;
    };
    let mut counts = [0_usize; 2 * AROUND as usize + 1];
    let places: Vec<Option<usize>> = merged
        .column
        .values
        .iter()
        .map(|other| {
            let other = plain_in(other, 1500..=2200).filter(|other| other.ordinal() == 1)?;
            usize::try_from(other.year() - day.year() + AROUND)
                .ok()
                .filter(|place| *place < counts.len())
        })
        .collect();
    for cell in &merged.column.cells {
        if let Some(place) = places.get(*cell as usize).copied().flatten() {
            counts[place] += 1;
        }
    }
    let own = counts[AROUND as usize];
    let others = counts.iter().sum::<usize>() - own;
    others >= 2 * AROUND as usize && own * 2 * AROUND as usize <= 3 * others
}

/// `yyyy-mm-dd` in some years.
fn plain_in(value: &str, years: RangeInclusive<u32>) -> Option<Day> {
    let bytes = value.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        let digits = bytes.get(range)?.iter();
        digits.copied().try_fold(0_u32, |sum, b| {
            b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0'))
        })
    };
    let year = number(0..4).filter(|year| years.contains(year))?;
    Day::from_ymd_opt(year as i32, number(5..7)?, number(8..10)?)
}

/// The latest date with a year of four digits, leaving out one that lies over a year after all others: no birth with a
/// short year lies behind it. Without any it is the end of 2029; there is no clock to ask.
fn latest(values: &[(&str, u8)]) -> Day {
    let mut days: Vec<Day> = values
        .par_iter()
        .with_min_len(256)
        .filter_map(|(value, way)| {
            plain(value).or_else(|| {
                if !has_long_year(value) {
                    return None;
                }
                match read_date(value, &rules(*way, Day::MAX)) {
                    DateCell::Date { when, .. } => when.exact(),
                    _ => None,
                }
            })
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    match days.as_slice() {
        [.., before, last] if (*last - *before).num_days() > 366 => *before,
        [.., last] => *last,
        [] => Day::from_ymd_opt(2029, 12, 31).unwrap_or_default(),
    }
}

fn has_long_year(value: &str) -> bool {
    let mut run = 0;
    value.bytes().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run >= 4
    })
}

/// What the words of a column of sex mean, and which of them mean nothing that is known.
pub(super) fn sexes(column: &Column) -> (Vec<Option<Sex>>, Vec<String>) {
    let mut unknown = Vec::new();
    let sexes = column
        .values
        .iter()
        .map(|value| match Coded::<Sex>::read(value) {
            Coded::Known(sex) => Some(sex),
            Coded::Blank => None,
            Coded::Unknown(_) => {
                if !is_not_known(value) {
                    unknown.push(short(value));
                }
                None
            }
        })
        .collect();
    unknown.sort();
    (sexes, unknown)
}
