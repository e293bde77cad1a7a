//! The one place that knows polars: columns for grouping and for Parquet.

use chrono::Datelike;
use polars::prelude::{Column as Series, DataFrame, DataType};

use super::Picture;
use crate::model::date::Day;

/// A column of one type; `None` is null.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Text.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Measures.
    Number(Vec<Option<f64>>),
    /// Days.
    Day(Vec<Option<Day>>),
}

/// Writes named columns of one length as a Parquet file.
///
/// # Errors
/// What the library says, as text.
pub fn write_parquet(columns: Vec<(String, Column)>, out: &mut Vec<u8>) -> Result<(), String> {
    let mut frame = frame(columns)?;
    polars_io::parquet::write::ParquetWriter::new(out)
        .finish(&mut frame)
        .map(|_| ())
        .map_err(|fault| format!("the Parquet file cannot be written: {fault}"))
}

fn frame(columns: Vec<(String, Column)>) -> Result<DataFrame, String> {
    let told = |fault: polars::prelude::PolarsError| fault.to_string();
    let height = columns.first().map_or(0, |(_, column)| match column {
        Column::Text(cells) => cells.len(),
        Column::Whole(cells) => cells.len(),
        Column::Number(cells) => cells.len(),
        Column::Day(cells) => cells.len(),
    });
    let series: Vec<Series> = columns
        .into_iter()
        .map(|(name, column)| {
            let name = name.as_str().into();
            Ok(match column {
                Column::Text(cells) => Series::new(name, cells),
                Column::Whole(cells) => Series::new(name, cells),
                Column::Number(cells) => Series::new(name, cells),
                Column::Day(cells) => {
                    let days: Vec<Option<i32>> =
                        cells.iter().map(|day| day.map(days_since_1970)).collect();
                    Series::new(name, days).cast(&DataType::Date)?
                }
            })
        })
        .collect::<Result<_, _>>()
        .map_err(told)?;
    DataFrame::new(height, series).map_err(told)
}

fn days_since_1970(day: Day) -> i32 {
    const UNIX_EPOCH_FROM_CE: i32 = 719_163;
    day.num_days_from_ce() - UNIX_EPOCH_FROM_CE
}

/// How many facts an agency tells in a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Activity {
    /// The agency's id.
    pub agency: String,
    /// The month, `yyyy-mm`; empty for undated facts.
    pub month: String,
    /// How many facts.
    pub facts: usize,
}

/// Counts the facts of each agency by month, sorted by agency and month: what each agency tells, and where it is silent.
///
/// # Errors
/// What the library says, as text.
pub fn activity(picture: &Picture) -> Result<Vec<Activity>, String> {
    let told = picture.timeline.facts.iter().flat_map(|fact| {
        let month: String = fact.when.date_cell().chars().take(7).collect();
        let agencies = fact.agencies.iter();
        agencies.map(move |agency| (agency.as_str().to_owned(), month.clone()))
    });
    count(told.unzip())
}

/// Counts equal pairs of agency and month.
fn count((agencies, months): (Vec<String>, Vec<String>)) -> Result<Vec<Activity>, String> {
    let told = |fault: polars::prelude::PolarsError| fault.to_string();
    let ones = vec![Some(1); agencies.len()];
    let text = |cells: Vec<String>| Column::Text(cells.into_iter().map(Some).collect());
    let frame = frame(vec![
        ("agency".into(), text(agencies)),
        ("month".into(), text(months)),
        ("facts".into(), Column::Whole(ones)),
    ])?;
    let groups = frame.group_by(["agency", "month"]).map_err(told)?;
    #[allow(deprecated)]
    // the eager sum is the only one without the lazy engine, which takes minutes to build
    let sums = groups.select(["facts"]).sum().map_err(told)?;
    let column = |name: &str| sums.column(name).map_err(told);
    let (agency, month) = (
        column("agency")?.str().map_err(told)?,
        column("month")?.str().map_err(told)?,
    );
    let facts = column("facts_sum")?.i64().map_err(told)?;
    let mut activity: Vec<Activity> = agency
        .iter()
        .zip(month.iter())
        .zip(facts.iter())
        .map(|((agency, month), facts)| Activity {
            agency: agency.unwrap_or_default().to_owned(),
            month: month.unwrap_or_default().to_owned(),
            facts: facts.unwrap_or_default() as usize,
        })
        .collect();
    activity.sort();
    Ok(activity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_counted_by_agency_and_month() {
        let told = [
            ("gp", "2025-03"),
            ("school", "2025-03"),
            ("gp", "2025-03"),
            ("gp", ""),
        ];
        let counted = count(
            told.iter()
                .map(|(agency, month)| ((*agency).to_owned(), (*month).to_owned()))
                .unzip(),
        );
        let rows: Vec<(String, String, usize)> = counted
            .unwrap()
            .into_iter()
            .map(|row| (row.agency, row.month, row.facts))
            .collect();
        let expected = [
            ("gp", "", 1),
            ("gp", "2025-03", 2),
            ("school", "2025-03", 1),
        ];
        assert_eq!(
            rows,
            expected.map(|(agency, month, facts)| (agency.to_owned(), month.to_owned(), facts))
        );
        assert!(count((Vec::new(), Vec::new())).unwrap().is_empty());
    }

    #[test]
    fn a_parquet_file_begins_and_ends_as_one_should() {
        let day = "2025-03-01".parse().ok();
        let mut bytes = Vec::new();
        let columns = vec![
            ("date".to_owned(), Column::Day(vec![day, None])),
            (
                "text".to_owned(),
                Column::Text(vec![Some("a".into()), None]),
            ),
            ("facts".to_owned(), Column::Whole(vec![Some(1), None])),
            ("share".to_owned(), Column::Number(vec![Some(0.5), None])),
        ];
        write_parquet(columns, &mut bytes).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }
}
