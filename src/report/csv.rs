//! Writes a table as CSV: UTF-8, LF, RFC 4180, header always, safe for a spreadsheet.

use std::io::{self, Write};

use super::guard::{escape_controls, guard_formula};
use super::table::{Cell, Table};

/// Writes a table as CSV.
///
/// # Errors
/// What the writer says.
pub fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(out);
    let header: Vec<String> = table.columns.iter().map(|column| safe(column)).collect();
    writer.write_record(&header)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => safe(text),
            cell => cell.print(),
        });
        writer.write_record(cells)?;
    }
    writer.flush()
}

/// Makes a cell safe for a spreadsheet.
///
/// Guards first and escapes then, so that a cell that begins with a control character is guarded for what it was.
pub fn safe(text: &str) -> String {
    escape_controls(&guard_formula(text))
}
