//! A table as read from a file, before anyone knows what its columns mean: what every reader gives.

use crate::model::source::Reject;

/// One sheet, text file or list of JSON objects as cells of text.
///
/// Cells are as supplied, not trimmed. A spreadsheet's dates come as ISO text (`2025-03-01`, `2025-03-01 14:30`), its
/// numbers with the shortest digits; a JSON list comes joined by `|`, `null` as an empty cell, an object as its JSON text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The sheet's name in a workbook, the kind of record in a nested file, empty otherwise.
    pub name: String,
    /// The rows that are not empty, the header among them as the first that looks like one, with their numbers: the first
    /// row of the file is 1. For JSON row 1 is the list of keys.
    pub rows: Vec<TableRow>,
    /// Whether bare numbers in a date column are Excel serial dates.
    pub serial_dates: bool,
    /// Whether serial dates count from 1904.
    pub dates_from_1904: bool,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRow {
    /// Its number, as a spreadsheet shows it.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What a reader gives for one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The text encoding (`UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `UTF-16BE`, `windows-1252`) or the kind of workbook (`xlsx`, `xls`, `ods`).
    pub encoding: String,
    /// The profile of which the tables hold records, where the file is no table itself (XML, a family tree, nested JSON).
    pub records_of: &'static str,
    /// Its tables: one for a text file, one a sheet for a workbook, one a kind of record for a nested file.
    pub tables: Vec<Table>,
    /// What could not be read as given: bare quotes, rows after an unclosed quote. Their `file` is filled in by the caller.
    pub rejects: Vec<Reject>,
    /// Rows of `rejects` that are no row of `tables` (after an unclosed quote): they count as rows of the file that were rejected.
    pub rows_lost: usize,
}
