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
    let told = |fault: polars::prelude::PolarsError| fault.to_string();
    let rows: Vec<(&str, String)> = picture
        .timeline
        .facts
        .iter()
        .flat_map(|fact| {
            let month: String = fact.when.date_cell().chars().take(7).collect();
            fact.agencies
                .iter()
                .map(move |agency| (agency.as_str(), month.clone()))
        })
        .collect();
    let agencies = rows
        .iter()
        .map(|(agency, _)| Some((*agency).to_owned()))
        .collect();
    let months = rows.iter().map(|(_, month)| Some(month.clone())).collect();
    let frame = frame(vec![
        ("agency".into(), Column::Text(agencies)),
        ("month".into(), Column::Text(months)),
    ])?;
    #[allow(deprecated)]
    // the eager group count is the only one without the lazy engine, which takes minutes to build
    let groups = frame
        .group_by(["agency", "month"])
        .map_err(told)?
        .count()
        .map_err(told)?;
    let text = |name: &str| {
        groups
            .column(name)
            .and_then(|column| column.str().cloned())
            .map_err(told)
    };
    let (agency, month) = (text("agency")?, text("month")?);
    let count_name = groups
        .get_column_names()
        .last()
        .map(ToString::to_string)
        .unwrap_or_default();
    let counts = groups
        .column(&count_name)
        .and_then(|column| column.cast(&DataType::Int64))
        .map_err(told)?;
    let counts = counts.i64().map_err(told)?;
    let mut activity: Vec<Activity> = agency
        .iter()
        .zip(month.iter())
        .zip(counts.iter())
        .map(|((agency, month), facts)| Activity {
            agency: agency.unwrap_or_default().to_owned(),
            month: month.unwrap_or_default().to_owned(),
            facts: facts.unwrap_or_default() as usize,
        })
        .collect();
    activity.sort();
    Ok(activity)
}
