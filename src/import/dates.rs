//! Reads the date cells of an export: whole, partial, uncertain, bounded, or a placeholder for none.
//!
//! A date is never guessed: what fits no reading is [`DateCell::Unreadable`], and a day that does not exist (31/02/2025)
//! fits none. One date without words around it is read by `date_parts`.

// the rules are handed down unchanged through every reading; by reference as agreed with the callers
#![allow(clippy::trivially_copy_pass_by_ref)]

use chrono::NaiveTime;

use super::date_parts::{self, Given};
use super::serials;
pub use super::times::read_time;
use super::times::read_time_behind;
use crate::model::date::{Day, Precision, When, iso};

/// How the dates of a column are to be read.
// four independent switches, each a plain yes or no
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRules {
    /// Whether 03/04/2025 is 3 April; else 4 March.
    pub day_first: bool,
    /// Whether 25/03/01 is 1 March 2025. Years of four digits are found wherever they stand.
    pub year_first: bool,
    /// The century of a two-digit year is the latest that gives a day not after this one (the as-of date).
    pub latest: Day,
    /// Whether bare numbers are a spreadsheet's serial dates.
    pub serials: bool,
    /// Whether serial dates count from 1904.
    pub from_1904: bool,
}

impl DateRules {
    /// Day first, no serial dates: text as most of the jurisdictions write it.
    pub fn day_first(latest: Day) -> Self {
        Self {
            day_first: true,
            year_first: false,
            latest,
            serials: false,
            from_1904: false,
        }
    }
}

/// What a date cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateCell {
    /// Nothing.
    Blank,
    /// Something that stands for "not known"; the date is unknown, with the cell kept in its `raw`.
    Placeholder(When),
    /// A date, and the time behind it if there is one.
    Date {
        /// When, with its precision.
        when: When,
        /// The time of day behind the date.
        time: Option<NaiveTime>,
    },
    /// Neither: a rejected cell.
    Unreadable,
}

impl DateCell {
    /// The date; unknown for a blank cell, and unknown with the cell kept where it could not be read.
    pub fn when(self, cell: &str) -> When {
        match self {
            Self::Blank => When::unknown(""),
            Self::Placeholder(when) | Self::Date { when, .. } => when,
            Self::Unreadable => When::unknown(cell),
        }
    }
}

/// Reads a date cell.
pub fn read_date(cell: &str, rules: &DateRules) -> DateCell {
    let text = trimmed(cell);
    if text.is_empty() {
        return DateCell::Blank;
    }
    let placeholder = || DateCell::Placeholder(When::unknown(cell));
    if is_placeholder(text) {
        return placeholder();
    }
    match read_text(text, rules) {
        Some(Meant::Nothing) => placeholder(),
        Some(Meant::Date(when, time)) => {
            let plain = when.exact().is_some_and(|day| iso(day) == text);
            DateCell::Date {
                when: if plain { when } else { when.with_raw(cell) },
                time,
            }
        }
        None => DateCell::Unreadable,
    }
}

/// Blanks of any kind, zero-width marks and a text-making apostrophe fall away.
fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
        .trim_start_matches('\'')
}

/// Words and signs that stand for "no date".
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 37] = [
        "#n/a",
        "#value!",
        "#ref!",
        "#null!",
        "#num!",
        "#name?",
        "#div/0!",
        "########",
        "not known",
        "unknown",
        "n/k",
        "nk",
        "n/a",
        "na",
        "none",
        "nil",
        "null",
        "nan",
        "nat",
        "tbc",
        "tba",
        "tbd",
        "to be confirmed",
        "not recorded",
        "unrecorded",
        "not stated",
        "not given",
        "not applicable",
        "not available",
        "date unknown",
        "dk",
        "u/k",
        "uk",
        "unk",
        "undated",
        "no date",
        "n.k.",
    ];
    let lower = text.to_lowercase();
    WORDS.contains(&lower.trim_end_matches('.'))
        || lower == "n.k."
        || text.chars().all(|c| {
            matches!(
                c,
                '-' | '?' | '.' | '#' | '*' | '\u{2013}' | '\u{2014}' | '/' | ' ' | '_'
            )
        })
}

/// What a cell with something in it means.
enum Meant {
    /// A placeholder.
    Nothing,
    /// A date with a time behind it.
    Date(When, Option<NaiveTime>),
}

/// A word in front of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    About,
    Before,
    After,
}

/// Words in front of a date, longer ones before those that they begin with.
const MARKS: [(&str, Mark); 24] = [
    ("circa", Mark::About),
    ("approximately", Mark::About),
    ("approx.", Mark::About),
    ("approx", Mark::About),
    ("about", Mark::About),
    ("around", Mark::About),
    ("abt.", Mark::About),
    ("abt", Mark::About),
    ("estimated", Mark::About),
    ("est.", Mark::About),
    ("est", Mark::About),
    ("early", Mark::About),
    ("mid", Mark::About),
    ("late", Mark::About),
    ("ca.", Mark::About),
    ("ca", Mark::About),
    ("c.", Mark::About),
    ("c", Mark::About),
    ("~", Mark::About),
    ("before", Mark::Before),
    ("prior to", Mark::Before),
    ("pre", Mark::Before),
    ("after", Mark::After),
    ("since", Mark::After),
];

fn read_text(text: &str, rules: &DateRules) -> Option<Meant> {
    if let Some(inner) = without_question(text) {
        let one = one_date(inner, rules)?;
        return meant(one, Precision::Uncertain);
    }
    if let Some((mark, rest)) = marked(text) {
        return bounded(mark, one_date(rest, rules)?);
    }
    if let Some(one) = one_date(text, rules) {
        let precision = match one.given {
            Given::Day(_) | Given::Placeholder => Precision::Day,
            Given::Month(_) => Precision::Month,
            Given::Year(_) => Precision::Year,
        };
        return meant(one, precision);
    }
    range(text, rules)
}

/// The date inside `?12/03/2025`, `12/03/2025?` or `12/03/2025 (?)`.
fn without_question(text: &str) -> Option<&str> {
    let inner = text
        .trim_end_matches("(?)")
        .trim_matches(|c: char| c == '?' || c.is_whitespace());
    (inner.len() < text.len()).then_some(inner)
}

/// Cuts off a word in front; it ends at a blank, a sign or a digit.
fn marked(text: &str) -> Option<(Mark, &str)> {
    MARKS.iter().find_map(|(word, mark)| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        let ends =
            rest.starts_with(|c: char| !c.is_alphabetic()) || !word.ends_with(char::is_alphabetic);
        (head.eq_ignore_ascii_case(word) && ends).then(|| {
            (
                *mark,
                rest.trim_start_matches(|c: char| c == '-' || c == ':' || c.is_whitespace()),
            )
        })
    })
}

/// A date as given, with the time behind it.
#[derive(Clone, Copy)]
struct Dated {
    given: Given,
    time: Option<NaiveTime>,
}

fn meant(one: Dated, precision: Precision) -> Option<Meant> {
    if one.given == Given::Placeholder {
        return Some(Meant::Nothing);
    }
    let when = When::span(one.given.first()?, one.given.last()?, precision);
    Some(Meant::Date(when, one.time))
}

fn bounded(mark: Mark, one: Dated) -> Option<Meant> {
    let when = match (mark, one.given) {
        (Mark::About, _) => return meant(one, Precision::Approximate),
        (_, Given::Placeholder) => return Some(Meant::Nothing),
        (Mark::Before, given) => When {
            from: None,
            until: given.first()?.pred_opt(),
            precision: Precision::Before,
            raw: "".into(),
        },
        (Mark::After, given) => When {
            from: given.last()?.succ_opt(),
            until: None,
            precision: Precision::After,
            raw: "".into(),
        },
    };
    Some(Meant::Date(when, None))
}

/// One date, a time behind it, or a serial number.
fn one_date(text: &str, rules: &DateRules) -> Option<Dated> {
    let text = text.trim();
    if rules.serials
        && let Some((given, time)) = serials::read(text, rules.from_1904)
    {
        return Some(Dated { given, time });
    }
    if let Some(given) = date_parts::read(text, rules) {
        return Some(Dated { given, time: None });
    }
    with_time(text, rules)
}

/// `2025-03-01T14:30:00Z`, `01/03/2025 14:30`, `1 March 2025 at 2:30 pm`, `20250301143000`.
fn with_time(text: &str, rules: &DateRules) -> Option<Dated> {
    if text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day_and_time(text.get(..8)?, text.get(8..)?, rules);
    }
    let t = text
        .find(['T', 't'])
        .filter(|at| {
            text.get(..*at)
                .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        })
        .and_then(|at| day_and_time(text.get(..at)?, text.get(at + 1..)?, rules));
    t.or_else(|| {
        text.char_indices()
            .filter(|(_, c)| c.is_whitespace())
            .take(8)
            .find_map(|(at, _)| day_and_time(text.get(..at)?, text.get(at..)?, rules))
    })
}

/// A whole day and a time; a month or year has no time of day.
fn day_and_time(date: &str, time: &str, rules: &DateRules) -> Option<Dated> {
    let given = date_parts::read(date, rules)?;
    if !matches!(given, Given::Day(_) | Given::Placeholder) {
        return None;
    }
    let read = read_time_behind(time)?;
    // a database prints a day as `2025-03-01 00:00:00`: nobody said that it was midnight
    let is_no_time = read == NaiveTime::MIN && time.matches(':').count() > 1;
    Some(Dated {
        given,
        time: (!is_no_time).then_some(read),
    })
}

/// `2025-03-01/2025-03-05`, `2025-03-01 to 2025-03-05`, `between … and …`, `from … to …`, and one end left open (`..`).
fn range(text: &str, rules: &DateRules) -> Option<Meant> {
    let lower = text.to_ascii_lowercase();
    if let Some(inner) = lower.strip_prefix("between ") {
        let (from, until) = inner
            .split_once(" and ")
            .or_else(|| inner.split_once(" & "))?;
        return span(from, until, rules);
    }
    let inner = lower.strip_prefix("from ").unwrap_or(&lower);
    for sign in [
        " to ",
        " until ",
        " till ",
        " - ",
        " \u{2013} ",
        " \u{2014} ",
        "\u{2013}",
        "\u{2014}",
        "/",
    ] {
        for (at, _) in inner.match_indices(sign).take(8) {
            let (from, until) = (inner.get(..at)?, inner.get(at + sign.len()..)?);
            if let Some(meant) = span(from, until, rules) {
                return Some(meant);
            }
        }
    }
    inner
        .split_once("..")
        .and_then(|(from, until)| span(from, until, rules))
}

fn span(from: &str, until: &str, rules: &DateRules) -> Option<Meant> {
    let end = |text: &str| {
        let text = text.trim();
        if text == ".." {
            return Some(None);
        }
        match one_date(text, rules)?.given {
            Given::Placeholder => Some(None),
            given => Some(Some(given)),
        }
    };
    // `1 to 5 March 2025`: what the start leaves out is the end's
    let completed = |text: &str| {
        let behind = until.trim().find(char::is_whitespace)?;
        end(&format!("{} {}", text.trim(), until.trim().get(behind..)?))
            .filter(|_| text.trim().chars().all(|c| c.is_ascii_alphanumeric()))
    };
    let last = end(until)?;
    let first = end(from).or_else(|| completed(from))?;
    let when = match (first, last) {
        (None, None) => return None,
        (Some(first), Some(last)) => {
            let (a, b) = if first.first() <= last.first() {
                (first, last)
            } else {
                (last, first)
            };
            When::span(a.first()?, b.last()?, Precision::Range)
        }
        (first, last) => When {
            from: first.and_then(Given::first),
            until: last.and_then(Given::last),
            precision: Precision::Range,
            raw: "".into(),
        },
    };
    Some(Meant::Date(when, None))
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
