//! Dates of birth: a digit off, day and month swapped, or known in part only.

use chrono::Datelike;

use super::{BLANK, Level, level};
use crate::model::date::Day;
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::people::prepare::Birth;

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same, a 1 January", Agree),
    level("one digit off or two swapped", Close),
    level("day and month swapped", Close),
    level("agrees as far as known", Close),
    level("same month and year", Close),
    level("same but for the year or the month", Close),
    level("within a year", Differ),
    level("different", Differ),
    level("different, a generation apart", Differ),
];

/// The same day.
pub const SAME: usize = 1;
/// The same, but 1 January, which is often put for an unknown day.
pub const SAME_JANUARY: usize = 2;
/// One digit off, or two neighbouring digits swapped.
pub const ONE_OFF: usize = 3;
/// Day and month swapped.
pub const SWAPPED: usize = 4;
/// One is known in part, or to be a 1 January, which is often put for an unknown day; and they agree so far.
pub const PARTLY: usize = 5;
/// Same month and year.
pub const SAME_MONTH: usize = 6;
/// Same day and year, or same day and month a few years apart: one of the three was put down wrongly.
pub const SAME_DAY: usize = 7;
/// Within a year.
pub const WITHIN_YEAR: usize = 8;
/// Different.
pub const DIFFERENT: usize = 9;
/// Different by so many years that a slip seldom makes them: father and son, mother and daughter.
pub const GENERATION: usize = 10;

/// So many years are a generation at least.
pub const GENERATION_YEARS: i64 = 14;
/// The same in days.
const GENERATION_DAYS: i32 = 5_114;

/// The year of a date may be wrong by so many days, but no more: a generation is longer.
pub const FEW_YEARS: i32 = 12 * 366;

/// Compares two dates of birth. Digits that are no date (31 February) are compared as digits: a slip made them.
pub fn compare(a: &Birth, b: &Birth) -> usize {
    match (a.digits.zip(b.digits), a.span.zip(b.span)) {
        (Some((x, y)), _) => by_digits((&x, number(a)), (&y, number(b))),
        (None, Some((x, y))) if x.0 <= y.1 && y.0 <= x.1 => PARTLY,
        (None, Some(_)) => match a.years_apart(b) {
            Some(0) => WITHIN_YEAR,
            Some(GENERATION_YEARS..) => GENERATION,
            _ => DIFFERENT,
        },
        (None, None) => 0,
    }
}

/// The number of a date of birth's day, counted from the first day of the calendar; 0 where it is no date.
pub fn number(birth: &Birth) -> i32 {
    birth.day.map_or(0, |day| day.num_days_from_ce())
}

/// Compares two dates of birth by their digits and the numbers of their days.
pub fn by_digits(a: (&[u8; 8], i32), b: (&[u8; 8], i32)) -> usize {
    let (x, y) = (a.0, b.0);
    let [x_january, y_january] = [x, y].map(|digits| digits.ends_with(b"0101"));
    if x == y {
        return if x_january { SAME_JANUARY } else { SAME };
    }
    if x[..4] == y[..4] && (x_january || y_january) {
        return PARTLY;
    }
    if x[..4] == y[..4] && x[4..6] == y[6..] && x[6..] == y[4..6] {
        return SWAPPED;
    }
    // of two that may be known to the year alone, another year is no slip in a day
    if !(x_january && y_january) && is_one_slip(x, y) {
        return ONE_OFF;
    }
    if x[..6] == y[..6] {
        return SAME_MONTH;
    }
    let days = (a.1 != 0 && b.1 != 0).then(|| (a.1 - b.1).abs());
    let is_other_month = x[..4] == y[..4] && x[6..] == y[6..];
    if is_other_month || (x[4..] == y[4..] && days.is_some_and(|days| days <= FEW_YEARS)) {
        return SAME_DAY;
    }
    by_days(days)
}

/// Compares two by how many days lie between them; `None` where one is no date.
pub fn by_days(days: Option<i32>) -> usize {
    match days {
        Some(..=366) => WITHIN_YEAR,
        Some(GENERATION_DAYS..) => GENERATION,
        _ => DIFFERENT,
    }
}

/// The eight digits of a day: year, month, day.
pub fn digits(day: Day) -> Option<[u8; 8]> {
    let year = u32::try_from(day.year())
        .ok()
        .filter(|year| *year <= 9999)?;
    let number = year * 10_000 + day.month() * 100 + day.day();
    let mut digits = [b'0'; 8];
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    Some(digits)
}

/// Whether two texts of one length differ in one character, or in two neighbours that are swapped.
pub fn is_one_slip(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut off = (0..a.len()).filter(|at| a[*at] != b[*at]);
    match (off.next(), off.next(), off.next()) {
        (Some(_), None, _) => true,
        (Some(x), Some(y), None) => y == x + 1 && a[x] == b[y] && a[y] == b[x],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_parts_have_their_levels() {
        let birth = |from: &str, until: &str| {
            let (from, until): (Day, Day) = (from.parse().unwrap(), until.parse().unwrap());
            let day = (from == until).then_some(from);
            Birth {
                day,
                span: Some((from, until)),
                digits: day.and_then(digits),
            }
        };
        let march = birth("2014-03-12", "2014-03-12");
        for (other, level) in [
            (birth("2014-03-12", "2014-03-12"), SAME),
            (birth("2014-03-13", "2014-03-13"), ONE_OFF),
            (birth("2014-03-21", "2014-03-21"), ONE_OFF),
            (birth("2014-12-03", "2014-12-03"), SWAPPED),
            (birth("2014-03-30", "2014-03-30"), SAME_MONTH),
            (birth("2014-01-01", "2014-12-31"), PARTLY),
            (birth("2014-01-01", "2014-01-01"), PARTLY),
            (birth("2013-01-01", "2013-01-01"), DIFFERENT),
            (birth("2014-05-12", "2014-05-12"), ONE_OFF),
            (birth("2014-11-12", "2014-11-12"), SAME_DAY),
            (birth("2006-03-12", "2006-03-12"), SAME_DAY),
            (birth("2001-03-12", "2001-03-12"), DIFFERENT),
            (birth("1985-03-12", "1985-03-12"), GENERATION),
            (birth("2014-09-20", "2014-09-20"), WITHIN_YEAR),
            (birth("2010-09-20", "2010-09-20"), DIFFERENT),
            (birth("2010-01-01", "2010-12-31"), DIFFERENT),
            (birth("1980-01-01", "1980-12-31"), GENERATION),
            (birth("2000-03-11", "2000-03-11"), GENERATION),
            (birth("2000-03-13", "2000-03-13"), DIFFERENT),
            (Birth::default(), 0),
        ] {
            assert_eq!(compare(&march, &other), level, "{other:?}");
            assert_eq!(compare(&other, &march), level);
        }
        let january = |year: &str| birth(&format!("{year}-01-01"), &format!("{year}-01-01"));
        assert_eq!(compare(&january("2014"), &january("2014")), SAME_JANUARY);
        assert_eq!(compare(&january("2014"), &january("2015")), SAME_DAY);
        assert_eq!(compare(&january("2014"), &january("1974")), GENERATION);
    }
}
