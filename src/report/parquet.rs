//! Writes a table as Parquet, through the one place that knows the columnar library.

use std::io::{self, Write};

use super::table::{Cell, Table};
use crate::picture::frame::{Column, write_parquet};

/// Writes a table as Parquet: counts as integers, measures as floats, days as dates, the rest as text; blank is null.
///
/// # Errors
/// What the writer says.
pub fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<(String, Column)> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, name)| (name.clone(), column(table, at)))
        .collect();
    let mut bytes = Vec::new();
    write_parquet(columns, &mut bytes).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// A column takes the type of its first cell that is not blank.
fn column(table: &Table, at: usize) -> Column {
    let cells = || table.rows.iter().filter_map(move |row| row.get(at));
    let typed = cells().find(|cell| !cell.is_blank() && **cell != Cell::NotComputed);
    match typed {
        Some(Cell::Count(_)) => Column::Whole(
            cells()
                .map(|cell| {
                    if let Cell::Count(count) = cell {
                        Some(*count as i64)
                    } else {
                        None
                    }
                })
                .collect(),
        ),
        Some(Cell::Number(_)) => Column::Number(
            cells()
                .map(|cell| {
                    if let Cell::Number(number) = cell {
                        Some(*number)
                    } else {
                        None
                    }
                })
                .collect(),
        ),
        Some(Cell::Day(_)) => Column::Day(cells().map(|cell| cell.print().parse().ok()).collect()),
        _ => Column::Text(
            cells()
                .map(|cell| Some(cell.print()).filter(|text| !text.is_empty()))
                .collect(),
        ),
    }
}
