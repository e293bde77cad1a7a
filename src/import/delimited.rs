//! Reads CSV, TSV and semicolon files into a table, and tells which quotes were wrong.
//!
//! Written by hand instead of with the `csv` crate, because that one reads a bare quote, text after a closing quote and
//! a quote that is never closed as if nothing were wrong: rows that vanish into a cell would not be told to anybody.
//! The numbering is a spreadsheet's: a row is a record (a cell with line breaks is one row), empty lines count.

use std::ops::Range;

use crate::model::source::{Kept, Reject};
use crate::model::watch::Unwatched;

use super::decode::{decode, not_text};
use super::read_error::ReadError;
use super::table::{Read, Table, TableRow};
use super::told::Steps;
use super::{Limits, delimiter};

/// How much of a lost line is repeated in its reject.
const SHOWN_CHARS: usize = 1000;

/// Reads a text file of rows and cells; the delimiter (comma, semicolon or tab) is found from its first rows.
///
/// # Errors
/// An empty file, a file that is no text, or a limit that was passed.
pub fn read_delimited(bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    read_told(bytes, limits, &Steps::of_bytes(&Unwatched, bytes.len()))
}

/// The same, told while it is done; a reader that is to stop gives the rows it has.
///
/// # Errors
/// As for [`read_delimited`].
pub(super) fn read_told(
    bytes: &[u8],
    limits: &Limits,
    steps: &Steps<'_>,
) -> Result<Read, ReadError> {
    if let Some(error) = not_text(bytes) {
        return Err(error);
    }
    let (text, encoding) = decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::empty());
    }
    let reader = read_through(&text, limits, steps)?;
    let rejects = with_columns(reader.rejects, &reader.rows);
    Ok(Read {
        encoding: encoding.to_owned(),
        records_of: "",
        tables: vec![Table {
            rows: reader.rows,
            ..Table::default()
        }],
        rejects,
        rows_lost: reader.rows_lost,
    })
}

/// Where the rows of a text stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spans {
    /// What separates the cells.
    pub delimiter: u8,
    /// The number of each row that is not empty, and its bytes in the text with the line end behind it.
    pub rows: Vec<(u32, Range<usize>)>,
}

/// Tells where the rows of a text stand, numbered as by [`read_delimited`].
///
/// # Errors
/// When a limit was passed.
pub(super) fn spans(text: &str, limits: &Limits) -> Result<Spans, ReadError> {
    let reader = read_through(text, limits, &Steps::of_bytes(&Unwatched, text.len()))?;
    let numbers = reader.rows.iter().map(|row| row.number);
    Ok(Spans {
        delimiter: reader.delimiter,
        rows: numbers.zip(reader.spans).collect(),
    })
}

fn read_through<'a>(
    text: &'a str,
    limits: &'a Limits,
    steps: &Steps<'_>,
) -> Result<Reader<'a>, ReadError> {
    let (delimiter, start) = delimiter::find(text);
    let mut reader = Reader {
        text,
        delimiter,
        limits,
        at: start,
        number: 1,
        rows: Vec::new(),
        spans: Vec::new(),
        rejects: Vec::new(),
        rows_lost: 0,
    };
    reader.read(steps)?;
    Ok(reader)
}

/// Puts the header into the rejects of single cells. The header is taken to be the first row with two cells or more,
/// which skips titles; a profile may know better, but this is only for the eye.
fn with_columns(rejects: Vec<(usize, Reject)>, rows: &[TableRow]) -> Vec<Reject> {
    let filled = |row: &&TableRow| row.cells.iter().filter(|c| !c.trim().is_empty()).count() > 1;
    let header = rows.iter().find(filled).or(rows.first());
    rejects
        .into_iter()
        .map(|(column, mut reject)| {
            if reject.kept == Kept::Cell
                && let Some(name) = header.and_then(|row| row.cells.get(column))
            {
                name.trim().clone_into(&mut reject.column);
            }
            reject
        })
        .collect()
}

/// How a cell ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

/// A cell as read.
enum Taken {
    /// Its text, and whether a quote in it was kept literally.
    Cell(String, bool),
    /// The quote that opened it is never closed.
    Unclosed,
}

struct Reader<'a> {
    text: &'a str,
    delimiter: u8,
    limits: &'a Limits,
    at: usize,
    number: u32,
    rows: Vec<TableRow>,
    /// For each row where it stands in the text.
    spans: Vec<Range<usize>>,
    /// With the index of the column.
    rejects: Vec<(usize, Reject)>,
    rows_lost: usize,
}

impl Reader<'_> {
    fn read(&mut self, steps: &Steps<'_>) -> Result<(), ReadError> {
        let mut columns = 0;
        while self.at < self.text.len() && steps.come_to(self.at) {
            let start = self.at;
            let mut cells = Vec::with_capacity(columns);
            let first_reject = self.rejects.len();
            loop {
                match self.cell()? {
                    Taken::Cell(cell, literal) => {
                        if literal {
                            self.tell_literal(cells.len(), &cell);
                        }
                        cells.push(cell);
                    }
                    Taken::Unclosed => {
                        // the row itself is lost, and so is what was said of its cells
                        self.rejects.truncate(first_reject);
                        self.lose_from(start);
                        return Ok(());
                    }
                }
                if cells.len() > self.limits.columns {
                    return Err(self.too_many_columns());
                }
                if self.end() == End::Row {
                    break;
                }
            }
            if self.at - start > self.limits.line_bytes {
                return Err(self.too_long("line_bytes", "the row", self.limits.line_bytes));
            }
            columns = cells.len();
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                self.rows.push(TableRow {
                    number: self.number,
                    cells,
                });
                // the end of the file ends a row too, and is stepped over like a line end
                self.spans.push(start..self.at.min(self.text.len()));
            }
            self.number = self.number.saturating_add(1);
        }
        Ok(())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or("")
    }

    /// Whether a cell may end here: at a delimiter, a line end or the end of the file.
    fn ends_at(&self, at: usize) -> bool {
        self.byte(at)
            .is_none_or(|b| b == self.delimiter || b == b'\n' || b == b'\r')
    }

    /// Steps over what ended a cell.
    fn end(&mut self) -> End {
        match self.byte(self.at) {
            Some(b) if b == self.delimiter => {
                self.at += 1;
                End::Cell
            }
            Some(b'\r') if self.byte(self.at + 1) == Some(b'\n') => {
                self.at += 2;
                End::Row
            }
            _ => {
                self.at += 1;
                End::Row
            }
        }
    }

    fn cell(&mut self) -> Result<Taken, ReadError> {
        let start = self.at;
        let taken = if self.byte(start) == Some(b'"') {
            self.quoted(start)
        } else {
            self.unquoted(start)
        };
        if self.at - start > self.limits.cell_bytes && matches!(taken, Taken::Cell(..)) {
            return Err(self.too_long("cell_bytes", "a cell", self.limits.cell_bytes));
        }
        Ok(taken)
    }

    /// The text up to the next delimiter or line end, quotes and all.
    fn unquoted(&mut self, start: usize) -> Taken {
        let mut at = self.at;
        while !self.ends_at(at) {
            at += 1;
        }
        self.at = at;
        let cell = self.slice(start, at).to_owned();
        let literal = cell.contains('"');
        Taken::Cell(cell, literal)
    }

    fn quoted(&mut self, start: usize) -> Taken {
        let mut cell = String::new();
        let mut literal = false;
        let mut broken_line = false;
        let mut from = start + 1;
        let mut at = from;
        // up to here, quotes are known to be text
        let mut text_until = 0;
        loop {
            match self.byte(at) {
                None => return Taken::Unclosed,
                Some(b'"') if at < text_until => {}
                Some(b'"') if self.byte(at + 1) == Some(b'"') => {
                    cell.push_str(self.slice(from, at + 1));
                    at += 1;
                    from = at + 1;
                }
                Some(b'"') if self.ends_at(at + 1) => {
                    cell.push_str(self.slice(from, at));
                    self.at = at + 1;
                    return Taken::Cell(cell, literal);
                }
                Some(b'"') if broken_line && self.opens(at) => {
                    // this is the quote that opens a later cell, so the first one never was an opening quote
                    self.at = start;
                    return self.unquoted(start);
                }
                Some(b'"') => {
                    let Some(closing) = self.closing_on_line(at) else {
                        self.at = at;
                        return self.unquoted(start);
                    };
                    literal = true;
                    text_until = closing;
                }
                Some(b'\n' | b'\r') => broken_line = true,
                Some(_) => {}
            }
            at += 1;
        }
    }

    /// Whether a quote stands where a cell begins.
    fn opens(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| self.byte(before))
            .is_some_and(|b| b == self.delimiter || b == b'\n' || b == b'\r')
    }

    /// Finds the quote on this line that closes the cell, when the one at `at` stands inside the text (`"said "no" to"`).
    fn closing_on_line(&self, at: usize) -> Option<usize> {
        let mut at = at + 1;
        loop {
            match self.byte(at)? {
                b'\n' | b'\r' => return None,
                b'"' if self.opens(at) => return None,
                b'"' if self.ends_at(at + 1) => return Some(at),
                _ => at += 1,
            }
        }
    }

    fn tell_literal(&mut self, column: usize, cell: &str) {
        self.rejects.push((
            column,
            Reject {
                file: String::new(),
                row: Some(self.number),
                column: String::new(),
                value: cell.to_owned(),
                problem: "a quote inside the cell is not doubled; it was kept as it stands".into(),
                hint: "check that the cell is whole; a quote inside a quoted cell is written twice"
                    .into(),
                kept: Kept::Cell,
            },
        ));
    }

    /// Rejects every line from `start` to the end of the file.
    fn lose_from(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or("").replace("\r\n", "\n");
        let opened = self.number;
        for line in rest.split(['\n', '\r']) {
            if !line.trim().is_empty() {
                self.rows_lost += 1;
                self.rejects.push((
                    0,
                    Reject {
                        file: String::new(),
                        row: Some(self.number),
                        column: String::new(),
                        value: shortened(line),
                        problem: format!(
                            "a quote that opens in row {opened} is never closed; nothing from there on was used"
                        ),
                        hint: format!("close the quote in row {opened}, or ask for the file again"),
                        kept: Kept::None,
                    },
                ));
            }
            self.number = self.number.saturating_add(1);
        }
    }

    fn too_many_columns(&self) -> ReadError {
        ReadError::limit(
            "columns",
            format!(
                "row {} has more than {} columns",
                self.number, self.limits.columns
            ),
        )
    }

    fn too_long(&self, limit: &str, what: &str, most: usize) -> ReadError {
        ReadError::limit(
            limit,
            format!("row {}: {what} is longer than {most} bytes", self.number),
        )
    }
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line.to_owned(),
    }
}

#[cfg(test)]
#[path = "delimited_tests.rs"]
mod tests;
