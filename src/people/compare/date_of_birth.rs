//! Dates of birth: a digit off, day and month swapped, or known in part only.

use chrono::Datelike;

use super::{BLANK, Level, level};
use crate::model::date::{Day, iso};
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
    level("within a year", Differ),
    level("different", Differ),
];

/// The same day.
pub const SAME: usize = 1;
/// The same, but 1 January, which is often put for an unknown day.
pub const SAME_JANUARY: usize = 2;
/// One digit off, or two neighbouring digits swapped.
pub const ONE_OFF: usize = 3;
/// Day and month swapped.
pub const SWAPPED: usize = 4;
/// One is known in part, and agrees so far.
pub const PARTLY: usize = 5;
/// Same month and year.
pub const SAME_MONTH: usize = 6;
/// Within a year.
pub const WITHIN_YEAR: usize = 7;
/// Different.
pub const DIFFERENT: usize = 8;

/// Compares two dates of birth.
pub fn compare(a: &Birth, b: &Birth) -> usize {
    match (a.day.zip(b.day), a.span.zip(b.span)) {
        (Some((x, y)), _) => days(x, y),
        (None, Some((x, y))) if x.0 <= y.1 && y.0 <= x.1 => PARTLY,
        (None, Some(_)) => match a.years_apart(b) {
            Some(0) => WITHIN_YEAR,
            _ => DIFFERENT,
        },
        (None, None) => 0,
    }
}

fn days(a: Day, b: Day) -> usize {
    if a == b {
        let january = a.month() == 1 && a.day() == 1;
        return if january { SAME_JANUARY } else { SAME };
    }
    if a.year() == b.year() && a.month() == b.day() && a.day() == b.month() {
        return SWAPPED;
    }
    if is_one_slip(&iso(a), &iso(b)) {
        return ONE_OFF;
    }
    if (a.year(), a.month()) == (b.year(), b.month()) {
        return SAME_MONTH;
    }
    if (a - b).num_days().abs() <= 366 {
        WITHIN_YEAR
    } else {
        DIFFERENT
    }
}

/// Whether two texts of one length differ in one character, or in two neighbours that are swapped.
pub fn is_one_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let off: Vec<usize> = a
        .bytes()
        .zip(b.bytes())
        .enumerate()
        .filter(|(_, (x, y))| x != y)
        .map(|(at, _)| at)
        .collect();
    match off[..] {
        [_] => true,
        [x, y] => {
            y == x + 1 && a.as_bytes()[x] == b.as_bytes()[y] && a.as_bytes()[y] == b.as_bytes()[x]
        }
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
            Birth {
                day: (from == until).then_some(from),
                span: Some((from, until)),
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
            (birth("2014-09-20", "2014-09-20"), WITHIN_YEAR),
            (birth("2010-09-20", "2010-09-20"), DIFFERENT),
            (birth("2010-01-01", "2010-12-31"), DIFFERENT),
            (Birth::default(), 0),
        ] {
            assert_eq!(compare(&march, &other), level, "{other:?}");
            assert_eq!(compare(&other, &march), level);
        }
    }
}
