//! How the dates of each column are written: day or month first, which century, serial numbers or not.

use std::collections::{BTreeSet, HashSet};

use crate::model::date::Day;
use crate::model::settings::Config;
use crate::model::source::{Kept, Reject};

use super::config::DateOrder;
use super::date_order::{self, ColumnOrder};
use super::dates::{DateCell, DateRules, read_date};
use super::files::{File, Known};
use super::headers::Column;
use super::row::{DATES, Place};

/// Columns of things that have happened: the as-of date is the latest of them.
const PAST: &[Column] = &[
    Column::Date,
    Column::RecordedOn,
    Column::ReceivedOn,
    Column::AskedOn,
    Column::AnsweredOn,
    Column::DecidedOn,
    Column::LastSynchronised,
];

/// Columns whose dates may lie ahead: a two-digit year there may be some years after the as-of date.
const AHEAD: &[Column] = &[
    Column::ExpectedDate,
    Column::To,
    Column::EndDate,
    Column::ConsentExpiresOn,
    Column::ActionDue,
    Column::DueOn,
];
const YEARS_AHEAD: u32 = 20;

/// The day after which no two-digit year is read: the as-of date, else the latest date with a four-digit year, leaving out
/// one that lies over a year after all others. Without any, the middle of the century.
pub fn latest_day(files: &[File], config: &Config) -> Day {
    if let Some(day) = config.as_of {
        return day;
    }
    let mut days = BTreeSet::new();
    for known in files.iter().flat_map(|file| &file.tables) {
        let rules = DateRules {
            serials: known.table.serial_dates,
            from_1904: known.table.dates_from_1904,
            ..DateRules::day_first(Day::MAX)
        };
        for column in PAST {
            days.extend(
                cells(known, *column)
                    .into_iter()
                    .filter(|cell| has_long_year(cell))
                    .filter_map(|cell| match read_date(cell, &rules) {
                        DateCell::Date { when, .. } => when.exact(),
                        _ => None,
                    }),
            );
        }
    }
    let mut from_last = days.iter().rev();
    match (from_last.next(), from_last.next()) {
        (Some(last), Some(before)) if (*last - *before).num_days() > 366 => *before,
        (Some(last), _) => *last,
        _ => Day::from_ymd_opt(2049, 12, 31).unwrap_or_default(),
    }
}

fn has_long_year(cell: &str) -> bool {
    let mut run = 0;
    cell.bytes().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run >= 4
    })
}

/// The different cells of the columns that mean this.
fn cells(known: &Known, column: Column) -> HashSet<&str> {
    let at: Vec<usize> = known.layout.positions(column).collect();
    let rows = known
        .table
        .rows
        .get(known.layout.header_at + 1..)
        .unwrap_or_default();
    rows.iter()
        .flat_map(|row| at.iter().filter_map(|at| row.cells.get(*at)))
        .map(|cell| cell.trim())
        .collect()
}

/// The rules for each column of a table; a column read against the usual order is told.
pub fn rules(
    known: &Known,
    place: &Place,
    help: Option<DateOrder>,
    general: (Day, &Config),
    rejects: &mut Vec<Reject>,
) -> Vec<DateRules> {
    let (latest, config) = general;
    let day_first = match help {
        Some(DateOrder::Dmy | DateOrder::Ymd) => true,
        Some(DateOrder::Mdy) => false,
        None => config.day_first.unwrap_or(true),
    };
    let usual = DateRules {
        day_first,
        year_first: help == Some(DateOrder::Ymd),
        latest,
        serials: known.table.serial_dates,
        from_1904: known.table.dates_from_1904,
    };
    let ahead = latest
        .checked_add_months(chrono::Months::new(12 * YEARS_AHEAD))
        .unwrap_or(latest);
    let mut all = vec![usual; Column::ALL.len()];
    for column in DATES {
        let Some(own) = all.get_mut(*column as usize) else {
            continue;
        };
        if AHEAD.contains(column) {
            own.latest = ahead;
        }
        if help.is_some() || !known.layout.has(*column) {
            continue;
        }
        // ISO dates say nothing of the order, and are most of what there is
        let order = date_order::of_column(
            cells(known, *column)
                .into_iter()
                .filter(|cell| cell.as_bytes().get(4) != Some(&b'-')),
        );
        let other_way = match order {
            ColumnOrder::MonthFirst => day_first,
            ColumnOrder::DayFirst => !day_first,
            ColumnOrder::NoEvidence | ColumnOrder::Both => false,
        };
        if other_way {
            own.day_first = !day_first;
            rejects.push(against_the_order(place, *column, day_first));
        }
    }
    all
}

fn against_the_order(place: &Place, column: Column, day_first: bool) -> Reject {
    let (read, word) = if day_first {
        ("month first", "mdy")
    } else {
        ("day first", "dmy")
    };
    Reject {
        file: place.name.clone(),
        row: None,
        column: place.header(column).to_owned(),
        value: String::new(),
        problem: format!("dates read {read}, since some of this column fit no other way"),
        hint: format!(
            "if that is right, say so in case.toml: date_order = \"{word}\" under [[export]]"
        ),
        kept: Kept::Cell,
    }
}
