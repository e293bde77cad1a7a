//! Reads a spreadsheet's dates: days counted from a start, the fraction being the time of day.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::date_parts::{Given, YEARS};

/// A spreadsheet's serial date. Numbers up to 2200 are not read as one: a bare 2025 is the year, and an age in a date
/// column is no day of 1900.
///
/// The time is `None` at midnight, which is how a day without a time is written.
pub fn read(text: &str, from_1904: bool) -> Option<(Given, Option<NaiveTime>)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || whole.len() > 6 {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    if value < 2.0 {
        return Some((Given::Placeholder, None));
    }
    let moment = moment(value, from_1904).filter(|_| value > f64::from(*YEARS.end()))?;
    let time = moment.time();
    let time = (time != NaiveTime::MIN).then_some(time);
    Some((Given::Day(moment.date()), time))
}

/// The moment of a spreadsheet's serial date, to the nearest second; `None` outside the years 1850 to 2200.
///
/// Excel counts a 29 February 1900 that never was, so the days before it are one off.
pub fn moment(serial: f64, from_1904: bool) -> Option<NaiveDateTime> {
    if !(0.0..=200_000.0).contains(&serial) {
        return None;
    }
    let (year, month, day) = match (from_1904, serial < 60.0) {
        (true, _) => (1904, 1, 1),
        (false, true) => (1899, 12, 31),
        (false, false) => (1899, 12, 30),
    };
    let seconds = (serial * 86_400.0).round() as i64;
    let moment = NaiveDate::from_ymd_opt(year, month, day)?
        .and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::try_seconds(seconds)?)?;
    let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31)?;
    (moment.date() <= last).then_some(moment)
}
