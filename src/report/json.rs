//! Writes a table as a JSON array of objects, one a row.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::guard::escape_controls;
use super::table::{Cell, Table};

/// Writes a table as JSON: figures as numbers, what cannot be computed as `"-"`.
///
/// # Errors
/// What the writer says.
pub fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.columns.iter().cloned().zip(row.iter().map(value));
            Value::Object(cells.collect::<Map<String, Value>>())
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    out.write_all(b"\n")
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Count(count) => Value::from(*count),
        Cell::Number(number) => Value::from(*number),
        cell => Value::String(escape_controls(&cell.print())),
    }
}
