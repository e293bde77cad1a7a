//! Writes a table as plain text that a screen reader can read from top to bottom: a paragraph a row.

use std::io::{self, Write};

use super::guard::escape_controls;
use super::table::{Cell, Table};

/// Writes a table as text: its headline cells on one line, then each further cell that is not blank with its name.
///
/// # Errors
/// What the writer says.
pub fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    if table.rows.is_empty() {
        return writeln!(out, "{}: nothing to show.", table.name);
    }
    let first: Vec<usize> = if table.headline.is_empty() {
        (0..table.columns.len().min(1)).collect()
    } else {
        let named = table.headline.iter();
        named
            .filter_map(|name| table.columns.iter().position(|column| column == name))
            .collect()
    };
    for row in &table.rows {
        let shown = |at: &usize| row.get(*at).filter(|cell| !cell.is_blank()).map(printed);
        let line: Vec<String> = first.iter().filter_map(shown).collect();
        writeln!(out, "{}", line.join("  "))?;
        for (at, (column, cell)) in table.columns.iter().zip(row).enumerate() {
            if !first.contains(&at) && !cell.is_blank() {
                let text = printed(cell).replace('\n', "\n    ");
                writeln!(out, "  {}: {text}", column.replace('_', " "))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn printed(cell: &Cell) -> String {
    escape_controls(&cell.print())
}
