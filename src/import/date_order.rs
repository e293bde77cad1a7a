//! Judges from the dates of a whole column whether day or month comes first in it.

use super::dates::{DateCell, DateRules, read_date};
use crate::model::date::Day;

/// What the dates of a column say about their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnOrder {
    /// Every date fits both orders, or has none.
    NoEvidence,
    /// Some date fits day first only, none month first only.
    DayFirst,
    /// Some date fits month first only, none day first only: the column is read month first, and that is reported.
    MonthFirst,
    /// Some fit only the one, some only the other: the configured order holds and the others are rejected.
    Both,
}

/// Judges the order of a column's dates.
pub fn of_column<'a>(cells: impl Iterator<Item = &'a str>) -> ColumnOrder {
    // any century will do: only day and month are in question
    let day_first = DateRules::day_first(Day::MAX);
    let month_first = DateRules {
        day_first: false,
        ..day_first
    };
    let (mut day, mut month) = (false, false);
    for cell in cells {
        let as_day = read_date(cell, &day_first) != DateCell::Unreadable;
        let as_month = read_date(cell, &month_first) != DateCell::Unreadable;
        day |= as_day && !as_month;
        month |= as_month && !as_day;
    }
    match (day, month) {
        (false, false) => ColumnOrder::NoEvidence,
        (true, false) => ColumnOrder::DayFirst,
        (false, true) => ColumnOrder::MonthFirst,
        (true, true) => ColumnOrder::Both,
    }
}
