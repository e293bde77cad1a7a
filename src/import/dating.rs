//! How the dates of each column are written: day or month first, which century, serial numbers or not.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::date::{Day, latest_but_a_lone_one};
use crate::model::settings::Config;
use crate::model::source::{Kept, Reject};

use super::config::DateOrder;
use super::date_order::{self, ColumnOrder};
use super::dates::{DateCell, DateRules, read_date};
use super::files::{File, Known};
use super::headers::Column;
use super::row::{DATES, Place};
use super::table::TableRow;

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

/// What happened up to so many years after the latest date of four digits is read as of this century: not all agencies write
/// years alike, and the newest may come from one that writes two digits.
const YEARS_NEWER: u32 = 5;

/// The day after which no two-digit year is read: the as-of date, else the latest date of what has happened, leaving out one
/// that lies over a year after all others. Without any year of four digits, the middle of the century.
pub fn latest_day(files: &[File], config: &Config) -> Day {
    if let Some(day) = config.as_of {
        return day;
    }
    let long = days(files, &|cell| has_long_year(cell), Day::MAX);
    let Some(latest) = latest_but_a_lone_one(long.clone()) else {
        return Day::from_ymd_opt(2049, 12, 31).unwrap_or_default();
    };
    let newer = years_after(latest, YEARS_NEWER);
    let short = days(files, &|cell| !has_long_year(cell), newer);
    latest_but_a_lone_one([long, short].concat()).unwrap_or(latest)
}

/// The days in the cells of what has happened that are wanted, each day of one row once.
fn days(files: &[File], is_wanted: &dyn Fn(&str) -> bool, latest: Day) -> Vec<Day> {
    let mut days = Vec::new();
    for known in files.iter().flat_map(|file| &file.tables) {
        let rules = DateRules {
            serials: known.table.serial_dates,
            from_1904: known.table.dates_from_1904,
            ..DateRules::day_first(latest)
        };
        let columns = PAST
            .iter()
            .flat_map(|column| known.layout.positions(*column));
        let columns: Vec<usize> = columns.collect();
        // most days stand in many rows
        let mut read: HashMap<&str, Option<Day>> = HashMap::new();
        for row in rows(known) {
            let cells = columns.iter().filter_map(|at| row.cells.get(*at));
            let cells = cells
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty() && is_wanted(cell));
            let of_row: BTreeSet<Day> = cells
                .filter_map(|cell| {
                    *read
                        .entry(cell)
                        .or_insert_with(|| match read_date(cell, &rules) {
                            DateCell::Date { when, .. } => when.exact(),
                            _ => None,
                        })
                })
                .collect();
            days.extend(of_row);
        }
    }
    days
}

fn years_after(day: Day, years: u32) -> Day {
    day.checked_add_months(chrono::Months::new(12 * years))
        .unwrap_or(day)
}

fn has_long_year(cell: &str) -> bool {
    let mut run = 0;
    cell.bytes().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run >= 4
    })
}

fn rows(known: &Known) -> &[TableRow] {
    let data = known.layout.header_at + 1..;
    known.table.rows.get(data).unwrap_or_default()
}

/// The different cells of the columns that mean this.
fn cells(known: &Known, column: Column) -> HashSet<&str> {
    let at: Vec<usize> = known.layout.positions(column).collect();
    rows(known)
        .iter()
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
    let ahead = years_after(latest, YEARS_AHEAD);
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
