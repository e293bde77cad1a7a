//! Writes a table as plain text that a screen reader can read from top to bottom: a paragraph a row.

use std::io::{self, Write};

use super::guard::escape_controls;
use super::table::Table;

/// How many of the first columns that are not blank make the first line of a paragraph.
const FIRST_LINE: usize = 3;

/// Writes a table as text: the first cells on one line, then each further cell that is not blank with its name.
///
/// # Errors
/// What the writer says.
pub fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    if table.rows.is_empty() {
        return writeln!(out, "{}: nothing to show.", table.name);
    }
    for row in &table.rows {
        let cells: Vec<(&String, String)> = table
            .columns
            .iter()
            .zip(row)
            .filter(|(_, cell)| !cell.is_blank())
            .map(|(column, cell)| (column, escape_controls(&cell.print())))
            .collect();
        let (first, rest) = cells.split_at(cells.len().min(FIRST_LINE));
        let first: Vec<&str> = first.iter().map(|(_, cell)| cell.as_str()).collect();
        writeln!(out, "{}", first.join("  "))?;
        for (column, cell) in rest {
            writeln!(
                out,
                "  {}: {}",
                column.replace('_', " "),
                cell.replace('\n', "\n    ")
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
