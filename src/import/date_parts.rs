//! Reads one date without words around it: its numbers and month name, in the order that the column has.

// the rules are handed down unchanged through every reading; by reference as agreed with the callers
#![allow(clippy::trivially_copy_pass_by_ref)]

use chrono::{Datelike, NaiveDate};

use super::dates::DateRules;
use crate::model::date::Day;

/// Years outside this are no dates of people alive or recorded; formats page, section 2.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1850..=2200;

/// One date as far as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// To the day.
    Day(Day),
    /// To the month: its first day.
    Month(Day),
    /// To the year.
    Year(i32),
    /// A date that programs write when they have none.
    Placeholder,
}

impl Given {
    /// The first day.
    pub(super) fn first(self) -> Option<Day> {
        match self {
            Self::Day(day) | Self::Month(day) => Some(day),
            Self::Year(year) => Day::from_ymd_opt(year, 1, 1),
            Self::Placeholder => None,
        }
    }

    /// The last day.
    pub(super) fn last(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(day) => Day::from_ymd_opt(
                day.year() + i32::from(day.month() == 12),
                day.month() % 12 + 1,
                1,
            )?
            .pred_opt(),
            Self::Year(year) => Day::from_ymd_opt(year, 12, 31),
            Self::Placeholder => None,
        }
    }
}

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it has.
    Number(u32, usize),
    /// A two-digit year written with an apostrophe.
    ShortYear(u32),
    /// A month by its name.
    Month(u32),
}

/// Reads one date; `None` when it fits no reading.
pub(super) fn read(text: &str, rules: &DateRules) -> Option<Given> {
    use Part::{Month, Number, ShortYear};
    let (parts, joined) = parts(text)?;
    match *parts.as_slice() {
        [Number(run, 8)] => ymd(run / 10_000, run / 100 % 100, run % 100),
        [Number(year, 4)] => whole_year(year),
        [Number(year, 4), Number(month, 1..=2) | Month(month)]
        | [Number(month, 1..=2) | Month(month), Number(year, 4)] => month_of(year, month),
        // `Mar-25` is how spreadsheets write March 2025; `Mar 25` may be a day, so it is not read
        [Month(month), Number(short, 2)] if joined => short_month(short, month, rules),
        [Month(month), ShortYear(short)] => short_month(short, month, rules),
        [
            Number(year, 4),
            Number(month, 1..=2) | Month(month),
            Number(day, 1..=2),
        ]
        | [Number(day, 1..=2), Month(month), Number(year, 4)]
        | [Month(month), Number(day, 1..=2), Number(year, 4)] => ymd(year, month, day),
        [
            Number(day, 1..=2),
            Month(month),
            Number(short, 2) | ShortYear(short),
        ]
        | [Month(month), Number(day, 1..=2), ShortYear(short)] => {
            short_day(short, month, day, rules)
        }
        [Number(a, 1..=2), Number(b, 1..=2), Number(year, 4)] => {
            let (day, month) = in_order(a, b, rules);
            ymd(year, month, day)
        }
        [Number(a, 1..=2), Number(b, 1..=2), Number(c, 1..=2)] if rules.year_first => {
            short_day(a, b, c, rules)
        }
        [
            Number(a, 1..=2),
            Number(b, 1..=2),
            Number(short, 2) | ShortYear(short),
        ] => {
            let (day, month) = in_order(a, b, rules);
            short_day(short, month, day, rules)
        }
        _ => None,
    }
}

/// Day and month of two numbers.
fn in_order(a: u32, b: u32, rules: &DateRules) -> (u32, u32) {
    if rules.day_first { (a, b) } else { (b, a) }
}

fn ymd(year: u32, month: u32, day: u32) -> Option<Given> {
    if is_placeholder(year, month, day) {
        return Some(Given::Placeholder);
    }
    let year = year as i32;
    YEARS
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, day))?
        .map(Given::Day)
}

/// Dates that programs write for "none": all zeros, the first day of a calendar of theirs, the last day there is.
fn is_placeholder(year: u32, month: u32, day: u32) -> bool {
    matches!(
        (year, month, day),
        (0, 0, 0)
            | (1 | 1000 | 1753 | 1800 | 1900 | 9999, 1, 1)
            | (1899, 12, 30 | 31)
            | (9999, 12, 31)
            | (9999, 9, 9)
    )
}

fn whole_year(year: u32) -> Option<Given> {
    if year == 0 || year == 9999 {
        return Some(Given::Placeholder);
    }
    YEARS
        .contains(&(year as i32))
        .then_some(Given::Year(year as i32))
}

fn month_of(year: u32, month: u32) -> Option<Given> {
    if (year, month) == (0, 0) || (year, month) == (9999, 12) {
        return Some(Given::Placeholder);
    }
    YEARS
        .contains(&(year as i32))
        .then(|| NaiveDate::from_ymd_opt(year as i32, month, 1))?
        .map(Given::Month)
}

/// The years that two digits may mean, the latest first.
fn centuries(short: u32) -> impl Iterator<Item = i32> {
    (18..=22)
        .rev()
        .map(move |century| century * 100 + short as i32)
        .filter(|year| YEARS.contains(year))
}

/// The latest such day that is not after the as-of date.
fn short_day(short: u32, month: u32, day: u32, rules: &DateRules) -> Option<Given> {
    if (short, month, day) == (0, 0, 0) {
        return Some(Given::Placeholder);
    }
    centuries(short)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|day| *day <= rules.latest)
        .map(Given::Day)
}

fn short_month(short: u32, month: u32, rules: &DateRules) -> Option<Given> {
    centuries(short)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, 1))
        .find(|day| *day <= rules.latest)
        .map(Given::Month)
}

/// Cuts a date into numbers and months; weekday names and the endings of `1st`, `2nd` fall away. Also says whether every
/// gap holds a sign (`Mar-25`) rather than blanks alone. `None` when there is anything else in it.
fn parts(text: &str) -> Option<(Vec<Part>, bool)> {
    let mut parts = Vec::with_capacity(3);
    let mut joined = true;
    let mut rest = text.trim().trim_end_matches([',', '.']);
    while let Some(first) = rest.chars().next() {
        let before = rest.len();
        if parts.len() > 3 {
            return None;
        }
        if first.is_ascii_digit() {
            let (run, behind) = run(rest, |c| c.is_ascii_digit());
            let number = run.parse().ok().filter(|_| run.len() <= 8)?;
            parts.push(Part::Number(number, run.len()));
            rest = behind;
        } else if first.is_alphabetic() {
            let (word, behind) = run(rest, char::is_alphabetic);
            let number_before = text.len() > rest.len()
                && text
                    .get(..text.len() - rest.len())
                    .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
            rest = behind;
            let word = word.to_lowercase();
            match month(&word) {
                Some(month) => parts.push(Part::Month(month)),
                None if number_before && matches!(word.as_str(), "st" | "nd" | "rd" | "th") => {}
                None if parts.is_empty() && is_weekday(&word) => {}
                None if word == "of" || word == "the" => {}
                None => return None,
            }
        } else if let Some(behind) = rest.strip_prefix(['\'', '\u{2019}']) {
            let (digits, behind) = run(behind, |c| c.is_ascii_digit());
            let short = digits.parse().ok().filter(|_| digits.len() == 2)?;
            parts.push(Part::ShortYear(short));
            rest = behind;
            continue;
        }
        let (gap, behind) = run(rest, |c| c.is_whitespace() || "-./,_".contains(c));
        let signs = gap.chars().filter(|c| "-./_".contains(*c)).count();
        // `Sept. 3` and `Mon., 3` hold one sign; a gap at the start or the end must hold none
        if signs > 1 || signs == 1 && (behind.is_empty() || parts.is_empty()) {
            return None;
        }
        if gap.is_empty()
            && behind.starts_with(|c: char| !c.is_alphanumeric() && !"'\u{2019}".contains(c))
        {
            return None;
        }
        if !behind.is_empty() && !parts.is_empty() {
            joined &= signs == 1;
        }
        rest = behind;
        if rest.len() == before {
            return None;
        }
    }
    Some((parts, joined))
}

/// Cuts off the characters for which `is` holds.
fn run(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is(c)).unwrap_or(text.len()))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let long_enough = word.len() == 3 || word == "sept" || word.len() > 4;
    let at = MONTHS.iter().position(|name| {
        *name == word || long_enough && word.len() <= 4 && name.starts_with(word)
    })?;
    Some(at as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    (3..=5).contains(&word.len()) && DAYS.iter().any(|name| name.starts_with(word))
        || DAYS.contains(&word)
}
