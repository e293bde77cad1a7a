//! Reads workbooks (XLSX, XLSM, XLS, ODS) into one table a sheet, hidden sheets like the others.
//!
//! `calamine` sets no bound on what a workbook unpacks to, so `workbook_guard` looks at the file first. XLSX is read cell
//! by cell, since a single cell in the last corner would else be 17 thousand million cells.

use std::cell::Cell;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Ods, Range, Reader, SheetType, Xls, Xlsx};

use super::Limits;
use super::read_error::{Fault, ReadError};
use super::serials;
use super::table::{Read, Table, TableRow};
use super::workbook_guard::{self as guard, Kind};
use super::workbook_merged as merged;
use crate::model::source::Reject;

/// Among how many rows the header is looked for when short rows are filled up to its width.
const HEAD_ROWS: usize = 20;

/// Reads all sheets of a workbook. The kind is known by the bytes; the file's `extension` only helps the hint.
///
/// # Errors
/// A file that is no workbook, is damaged or locked with a password, or passes a limit.
pub fn read_workbook(bytes: &[u8], extension: &str, limits: &Limits) -> Result<Read, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::empty());
    }
    let guard::Looked { kind, is_merged } = guard::check(bytes, extension, limits)?;
    // calamine indexes and adds unchecked in places; the panic of a reader must not take the program away
    READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Xlsx => xlsx(bytes, is_merged, limits),
        Kind::Xls => xls(bytes, limits),
        Kind::Ods => ods(bytes, is_merged, limits),
    }));
    READING.set(false);
    read.unwrap_or_else(|_| Err(damaged("its inner tables do not fit together")))
}

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a reader whose panic will be caught and told as a damaged file, so that a panic hook can
/// keep silent about it.
pub fn is_guarded() -> bool {
    READING.get()
}

/// A workbook that cannot be read through.
pub(super) fn damaged(detail: &str) -> ReadError {
    ReadError::new(
        Fault::Damaged,
        format!("the workbook is damaged or cut off: {detail}"),
        "open it in a spreadsheet program and save it again, or ask for the file again",
    )
}

/// What calamine says, on one line.
fn fault(fault: &impl std::fmt::Display) -> ReadError {
    let text = fault.to_string();
    if text.to_lowercase().contains("password") {
        return guard::locked();
    }
    damaged(text.lines().next().unwrap_or(""))
}

/// `is_merged`: some cells are merged. Which ones costs a second look at each sheet.
fn xlsx(bytes: &[u8], is_merged: bool, limits: &Limits) -> Result<Read, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let from_1904 = book.has_1904_epoch();
    let mut sheets = Sheets::new("xlsx", from_1904, limits);
    for name in worksheet_names(book.sheets_metadata()) {
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // a chart or a macro sheet has no cells
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(fault(&e)),
        };
        let mut cells = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|e| fault(&e))? {
            let text = text(cell.get_value().clone().into(), from_1904);
            sheets.take(&mut cells, cell.get_position(), text)?;
        }
        drop(reader);
        let mut regions = Vec::new();
        if is_merged {
            let found = book.merge_cells_by_sheet_name(&name);
            regions = found.map_err(|e| fault(&e))?;
        }
        sheets.finish(name, cells, &regions)?;
    }
    Ok(sheets.read)
}

fn xls(bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let mut sheets = Sheets::new("xls", book.has_1904_epoch(), limits);
    for name in worksheet_names(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(|e| fault(&e))?;
        let regions = book.merge_cells_by_sheet_name(&name);
        sheets.take_range(name, &range, &regions.map_err(|e| fault(&e))?)?;
    }
    Ok(sheets.read)
}

/// `is_merged`: some cells are merged over several rows. Which ones, the reader does not tell.
fn ods(bytes: &[u8], is_merged: bool, limits: &Limits) -> Result<Read, ReadError> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let mut sheets = Sheets::new("ods", false, limits);
    for name in worksheet_names(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(|e| fault(&e))?;
        sheets.take_range(name, &range, &[])?;
    }
    if is_merged {
        sheets.read.rejects.push(merged::not_filled());
    }
    Ok(sheets.read)
}

fn worksheet_names(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// A cell with its place, row and column from 0.
pub(super) type Placed = (u32, u32, String);

/// Collects sheets, and counts their cells.
struct Sheets<'a> {
    read: Read,
    from_1904: bool,
    cells: usize,
    limits: &'a Limits,
}

impl<'a> Sheets<'a> {
    fn new(kind: &str, from_1904: bool, limits: &'a Limits) -> Self {
        Self {
            read: Read {
                encoding: kind.to_owned(),
                ..Read::default()
            },
            from_1904,
            cells: 0,
            limits,
        }
    }

    /// Takes one cell unless it is empty.
    fn take(&self, cells: &mut Vec<Placed>, at: (u32, u32), text: String) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        let row = at.0.saturating_add(1);
        if text.len() > self.limits.cell_bytes {
            let most = self.limits.cell_bytes;
            let problem = format!("row {row}: a cell is longer than {most} bytes");
            return Err(ReadError::limit("cell_bytes", problem));
        }
        if at.1 as usize >= self.limits.columns {
            let most = self.limits.columns;
            let problem = format!("row {row} has more than {most} columns");
            return Err(ReadError::limit("columns", problem));
        }
        cells.push((at.0, at.1, text));
        if self.cells + cells.len() > self.limits.workbook_cells {
            return Err(too_many(self.limits));
        }
        Ok(())
    }

    fn take_range(
        &mut self,
        name: String,
        range: &Range<Data>,
        regions: &[Dimensions],
    ) -> Result<(), ReadError> {
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut cells = Vec::new();
        for (row, column, value) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            self.take(&mut cells, at, text(value.clone(), self.from_1904))?;
        }
        self.finish(name, cells, regions)
    }

    /// Lays the cells of a sheet out in rows. Empty cells in front are kept, so that columns stand below their header,
    /// and short rows are filled up to the width of the header, since a spreadsheet does not write empty cells.
    fn finish(
        &mut self,
        name: String,
        mut cells: Vec<Placed>,
        regions: &[Dimensions],
    ) -> Result<(), ReadError> {
        if !regions.is_empty()
            && let Some(told) = merged::fill(&mut cells, regions, self.limits)?
        {
            self.read.rejects.push(Reject {
                file: name.clone(),
                ..told
            });
        }
        if !cells.is_sorted_by_key(|(row, column, _)| (*row, *column)) {
            cells.sort_by_key(|(row, column, _)| (*row, *column));
        }
        let mut rows: Vec<TableRow> = Vec::new();
        for (row, column, text) in cells {
            let number = row.saturating_add(1);
            if rows.last().is_none_or(|last| last.number != number) {
                rows.push(TableRow {
                    number,
                    cells: Vec::new(),
                });
            }
            let Some(last) = rows.last_mut() else {
                continue;
            };
            let column = column as usize;
            // the later of two cells in one place
            last.cells.truncate(column);
            self.cells += column + 1 - last.cells.len();
            last.cells.resize(column, String::new());
            last.cells.push(text);
            if self.cells > self.limits.workbook_cells {
                return Err(too_many(self.limits));
            }
        }
        let width = rows
            .iter()
            .take(HEAD_ROWS)
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0);
        for row in &mut rows {
            let missing = width.saturating_sub(row.cells.len());
            self.cells += missing;
            if self.cells > self.limits.workbook_cells {
                return Err(too_many(self.limits));
            }
            row.cells.resize(row.cells.len() + missing, String::new());
        }
        rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        self.read.tables.push(Table {
            name,
            rows,
            serial_dates: true,
            dates_from_1904: self.from_1904,
        });
        Ok(())
    }
}

/// A workbook with more cells than are read.
pub(super) fn too_many(limits: &Limits) -> ReadError {
    let most = limits.workbook_cells;
    ReadError::limit(
        "workbook_cells",
        format!("the workbook has more than {most} cells"),
    )
}

/// A cell as text: dates as ISO, numbers with the shortest digits, error values by their name.
fn text(value: Data, from_1904: bool) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(number),
        Data::String(text) => text,
        Data::Bool(value) => value.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(moment) => moment_text(moment.as_f64(), moment.is_duration(), from_1904),
        Data::DateTimeIso(text) => iso_text(&text),
        Data::DurationIso(text) => duration_text(&text).unwrap_or(text),
    }
}

fn number_text(number: f64) -> String {
    // a negative zero is a zero
    format!("{}", if number == 0.0 { 0.0 } else { number })
}

/// A serial date: a day, a day with a time, or a time alone.
fn moment_text(serial: f64, is_duration: bool, from_1904: bool) -> String {
    if is_duration && (0.0..100_000.0).contains(&serial) {
        return clock_text((serial * 86_400.0).round() as u64);
    }
    if (0.0..1.0).contains(&serial) {
        return clock_text((serial * 86_400.0).round() as u64 % 86_400);
    }
    match serials::moment(serial, from_1904) {
        Some(moment) => iso_text(&moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        None => number_text(serial),
    }
}

/// `14:30`, with seconds where there are any.
fn clock_text(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// `2025-03-01T14:30:00` as `2025-03-01 14:30`; midnight as the day alone.
fn iso_text(text: &str) -> String {
    let Some((day, time)) = text.split_once('T') else {
        return text.to_owned();
    };
    let whole = time.split('.').next().unwrap_or(time);
    match whole.strip_suffix(":00").unwrap_or(whole) {
        "00:00" | "00" => day.to_owned(),
        time => format!("{day} {time}"),
    }
}

/// `PT14H30M00S`, a time of day in ODS.
fn duration_text(text: &str) -> Option<String> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let number = |t: &str| t.parse::<u64>().ok().filter(|n| *n < 100_000);
    Some(clock_text(
        number(hours)? * 3600 + number(minutes)? * 60 + number(seconds)?,
    ))
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
