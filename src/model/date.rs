//! Dates as people know them: an interval of days with its precision, never a day that nobody said.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::phrase::Phrase;

/// A calendar day.
pub type Day = NaiveDate;

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Precision {
    /// One day.
    Day,
    /// A month: every day of it is possible.
    Month,
    /// A year.
    Year,
    /// Given as a range of days, or as a start and an end.
    Range,
    /// About then (`c. 2025`).
    Approximate,
    /// Given with a question mark.
    Uncertain,
    /// Some day before the one given.
    Before,
    /// Some day after the one given.
    After,
    /// Not known: blank, a placeholder, or not readable.
    Unknown,
}

impl Phrase for Precision {
    const PHRASES: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Day, "day", &["exact", "full", "ymd", "date"]),
        (Self::Month, "month", &["ym", "monthyear"]),
        (Self::Year, "year", &["y"]),
        (Self::Range, "range", &["between", "period"]),
        (
            Self::Approximate,
            "approximate",
            &["approx", "circa", "about", "c", "estimated"],
        ),
        (Self::Uncertain, "uncertain", &["unsure", "?"]),
        (Self::Before, "before", &[]),
        (Self::After, "after", &[]),
        (Self::Unknown, "unknown", &["u", "none"]),
    ];
}

/// When something was: the days on which it may have been, both ends included, and how that is known.
///
/// `from` and `until` are both `None` exactly when the precision is [`Precision::Unknown`]. For `before 2025-03-01` only
/// `until` is set (2025-02-28), for `after 2025-03-01` only `from` (2025-03-02).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// The first possible day.
    pub from: Option<Day>,
    /// The last possible day.
    pub until: Option<Day>,
    /// How exactly it is known.
    pub precision: Precision,
    /// The cell as supplied, when it was anything else than a plain ISO date or blank.
    pub raw: Box<str>,
}

impl Default for When {
    fn default() -> Self {
        Self::unknown("")
    }
}

impl When {
    /// An unknown date; `raw` is the placeholder or the unreadable text it came from, or empty for a blank cell.
    pub fn unknown(raw: &str) -> Self {
        Self {
            from: None,
            until: None,
            precision: Precision::Unknown,
            raw: raw.into(),
        }
    }

    /// One day.
    pub fn day(day: Day) -> Self {
        Self::span(day, day, Precision::Day)
    }

    /// The days from `from` to `until` (swapped if they are the wrong way round).
    pub fn span(from: Day, until: Day, precision: Precision) -> Self {
        Self {
            from: Some(from.min(until)),
            until: Some(from.max(until)),
            precision,
            raw: "".into(),
        }
    }

    /// Keeps the text it was read from.
    #[must_use]
    pub fn with_raw(mut self, raw: &str) -> Self {
        self.raw = raw.into();
        self
    }

    /// Whether anything at all is known.
    pub fn is_known(&self) -> bool {
        self.precision != Precision::Unknown
    }

    /// The day when it is known to the day.
    pub fn exact(&self) -> Option<Day> {
        match (self.precision, self.from, self.until) {
            (Precision::Day, Some(from), Some(until)) if from == until => Some(from),
            _ => None,
        }
    }

    /// The earliest day it can have been, else the latest: the day used for sorting and for thresholds.
    pub fn start(&self) -> Option<Day> {
        self.from.or(self.until)
    }

    /// The latest day it can have been, else the earliest.
    pub fn end(&self) -> Option<Day> {
        self.until.or(self.from)
    }

    /// Whether the two may have been on the same day. Unknown dates overlap with nothing.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.is_known()
            && other.is_known()
            && self.from.unwrap_or(Day::MIN) <= other.until.unwrap_or(Day::MAX)
            && other.from.unwrap_or(Day::MIN) <= self.until.unwrap_or(Day::MAX)
    }

    /// The `date` cell of the tables: the first possible day; for `before` and `after` the day named; empty when unknown.
    pub fn date_cell(&self) -> String {
        match self.precision {
            Precision::Before => self.until.and_then(|d| d.succ_opt()),
            Precision::After => self.from.and_then(|d| d.pred_opt()),
            _ => self.start(),
        }
        .map(iso)
        .unwrap_or_default()
    }

    /// The `end_date` cell of the tables: the last possible day when it is another than the first.
    pub fn end_cell(&self) -> String {
        match (self.precision, self.from, self.until) {
            (Precision::Before | Precision::After, ..) => String::new(),
            (_, Some(from), Some(until)) if from != until => iso(until),
            _ => String::new(),
        }
    }

    /// In one cell what the tables have in three: a day, `first/last` of an interval, and how far it is from exact: `before
    /// 2025-03-01`, `after 2025-03-01`, `c. 2025-03-01`, `?2025-03-01`.
    pub fn interval_cell(&self) -> String {
        let first = self.date_cell();
        let end = self.end_cell();
        if !end.is_empty() {
            return format!("{first}/{end}");
        }
        let sign = match self.precision {
            Precision::Before => "before ",
            Precision::After => "after ",
            Precision::Approximate => "c. ",
            Precision::Uncertain => "?",
            _ => "",
        };
        format!("{sign}{first}")
    }

    /// The day that tells how late a picture is: the last possible one, but the first of what is only known to the year or so,
    /// which may be long over.
    pub fn latest(&self) -> Option<Day> {
        let is_given = matches!(self.precision, Precision::Day | Precision::Range);
        match (self.from, self.until) {
            (Some(from), Some(until)) if !is_given && (until - from).num_days() > 31 => Some(from),
            _ => self.end(),
        }
    }
}

/// A date that lies further than this after all others is a slip of the pen, not the latest date.
const LONE_DATE_DAYS: i64 = 365;

/// The latest of some days, one of each thing that is dated, leaving out one that lies over a year after all others. Two things of
/// one day stand for each other.
pub fn latest_but_a_lone_one(mut days: Vec<Day>) -> Option<Day> {
    days.sort_unstable();
    match days.as_slice() {
        [.., before, last] if (*last - *before).num_days() > LONE_DATE_DAYS => Some(*before),
        [.., last] => Some(*last),
        [] => None,
    }
}

/// Prints a day as `yyyy-mm-dd`.
pub fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// Whole years from `birth` to `on`; negative before birth. Someone born on 29 February has their birthday on 1 March.
pub fn age_on(birth: Day, on: Day) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn overlap_needs_a_known_common_day() {
        let march = When::span(day("2025-03-01"), day("2025-03-31"), Precision::Month);
        assert!(march.overlaps(&When::day(day("2025-03-31"))));
        assert!(!march.overlaps(&When::day(day("2025-04-01"))));
        assert!(!march.overlaps(&When::default()) && !When::default().overlaps(&When::default()));
    }

    #[test]
    fn before_prints_the_day_named() {
        let before = When {
            from: None,
            until: Some(day("2025-02-28")),
            precision: Precision::Before,
            raw: "".into(),
        };
        assert_eq!(
            (before.date_cell().as_str(), before.end_cell().as_str()),
            ("2025-03-01", "")
        );
    }

    #[test]
    fn one_cell_says_how_far_from_exact_a_date_is() {
        let of = |from: Option<&str>, until: Option<&str>, precision| When {
            from: from.map(day),
            until: until.map(day),
            precision,
            raw: "".into(),
        };
        for (when, cell) in [
            (When::day(day("2010-03-12")), "2010-03-12"),
            (
                of(None, Some("2009-12-31"), Precision::Before),
                "before 2010-01-01",
            ),
            (
                of(Some("2011-01-01"), None, Precision::After),
                "after 2010-12-31",
            ),
            (
                of(Some("2010-03-12"), Some("2010-03-12"), Precision::Uncertain),
                "?2010-03-12",
            ),
            (
                of(
                    Some("2010-03-12"),
                    Some("2010-03-12"),
                    Precision::Approximate,
                ),
                "c. 2010-03-12",
            ),
            (
                of(Some("2010-01-01"), Some("2010-12-31"), Precision::Year),
                "2010-01-01/2010-12-31",
            ),
            (When::default(), ""),
        ] {
            assert_eq!(when.interval_cell(), cell);
        }
    }

    #[test]
    fn a_lone_date_far_after_all_others_is_not_the_latest() {
        let days = |texts: &[&str]| texts.iter().map(|text| day(text)).collect();
        for (texts, latest) in [
            (&["2020-03-01", "2026-03-05"][..], Some("2020-03-01")),
            (
                &["2020-03-01", "2026-03-05", "2026-03-05"],
                Some("2026-03-05"),
            ),
            (&["2025-03-02", "2026-03-01"], Some("2026-03-01")),
            (&["2026-03-05"], Some("2026-03-05")),
            (&[], None),
        ] {
            assert_eq!(
                latest_but_a_lone_one(days(texts)),
                latest.map(day),
                "{texts:?}"
            );
        }
    }

    #[test]
    fn what_is_known_to_the_year_makes_no_picture_late() {
        let year = When::span(day("2026-01-01"), day("2026-12-31"), Precision::Year);
        let month = When::span(day("2026-03-01"), day("2026-03-31"), Precision::Month);
        let range = When::span(day("2026-01-01"), day("2026-06-30"), Precision::Range);
        assert_eq!(year.latest(), Some(day("2026-01-01")));
        assert_eq!(month.latest(), Some(day("2026-03-31")));
        assert_eq!(range.latest(), Some(day("2026-06-30")));
    }

    #[test]
    fn leap_day_birthday_is_the_first_of_march() {
        assert_eq!(age_on(day("2020-02-29"), day("2023-02-28")), 2);
        assert_eq!(age_on(day("2020-02-29"), day("2023-03-01")), 3);
    }
}
