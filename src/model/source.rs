//! Where things come from: files, sheets, rows as supplied, and the cells and rows that were not used as given.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::AgencyId;

/// One file that an agency supplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path under the folder, with `/`.
    pub path: String,
    /// The agency, when the whole file is one agency's.
    pub agency: Option<AgencyId>,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// The name of the profile it was read with, empty when it could not be read.
    pub profile: String,
    /// The text encoding, or the kind of workbook.
    pub encoding: String,
    /// Data rows over all sheets: header and empty lines left out.
    pub rows: usize,
    /// Rows that gave at least one thing.
    pub used: usize,
    /// Rows of which nothing was used.
    pub rejected: usize,
    /// The rows as supplied; one sheet for a text file.
    pub sheets: Vec<Sheet>,
}

/// The rows of one sheet as supplied, kept compactly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The sheet's name in a workbook, empty for a text file.
    pub name: String,
    /// The header cells as supplied.
    pub headers: Vec<String>,
    /// What each column was read as: a column name of the profile, or empty for an extra that is only kept.
    pub meanings: Vec<String>,
    /// All cells one after another.
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
    /// For each row its number in the file and the index of its first cell.
    rows: Vec<(u32, u32)>,
}

impl Sheet {
    /// Adds a row as supplied. Rows come in the order of their numbers.
    pub fn push<S: AsRef<str>>(&mut self, number: u32, cells: &[S]) {
        self.rows.push((number, self.ends.len() as u32));
        for cell in cells {
            self.text.push_str(cell.as_ref());
            self.ends.push(self.text.len() as u32);
        }
    }

    /// The cells of the row with this number, as supplied; empty when there is no such row.
    pub fn row(&self, number: u32) -> Vec<&str> {
        let Ok(at) = self.rows.binary_search_by_key(&number, |(n, _)| *n) else {
            return Vec::new();
        };
        let first = self.rows.get(at).map_or(0, |(_, cell)| *cell as usize);
        let last = self
            .rows
            .get(at + 1)
            .map_or(self.ends.len(), |(_, cell)| *cell as usize);
        let start = |cell: usize| {
            if cell == 0 {
                0
            } else {
                self.ends.get(cell - 1).map_or(0, |e| *e as usize)
            }
        };
        (first..last)
            .filter_map(|cell| self.text.get(start(cell)..*self.ends.get(cell)? as usize))
            .collect()
    }

    /// The numbers of all rows kept, in order.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.rows.iter().map(|(number, _)| *number)
    }

    /// Header and cell of each non-blank cell of a row.
    pub fn cells(&self, number: u32) -> Vec<(&str, &str)> {
        self.row(number)
            .into_iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(at, cell)| (self.headers.get(at).map_or("", String::as_str), cell))
            .collect()
    }
}

/// Names a row: file, sheet and row number. The header is row 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowRef {
    /// Index of the file among the case's files, which are sorted by path.
    pub file: u32,
    /// Index of the sheet in the file.
    pub sheet: u16,
    /// Number of the row.
    pub row: u32,
}

impl RowRef {
    /// What was decided in the case itself stands in no file: it is named by the decision.
    pub fn of_decision(number: u32) -> Self {
        Self {
            file: u32::MAX,
            sheet: 0,
            row: number,
        }
    }

    /// Prints `file#row`, or `file!Sheet#row` in a workbook; `decision#number` for what an analyst set.
    pub fn text(self, files: &[SourceFile]) -> String {
        if self.file == u32::MAX {
            return format!("decision#{}", self.row);
        }
        let Some(file) = files.get(self.file as usize) else {
            return format!("?#{}", self.row);
        };
        match file.sheets.get(usize::from(self.sheet)) {
            Some(sheet) if !sheet.name.is_empty() => {
                format!("{}!{}#{}", file.path, sheet.name, self.row)
            }
            _ => format!("{}#{}", file.path, self.row),
        }
    }
}

/// How much of what was given is used all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kept {
    /// Nothing of the row (or of the file, or the citation) is used.
    None,
    /// The row stays, this cell is dropped.
    Row,
    /// The cell is kept as given, but not understood.
    Cell,
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Row => "row",
            Self::Cell => "cell",
        })
    }
}

/// A cell, row or file that was not used as given: a line of `rejects.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reject {
    /// The file (and sheet, as `file!Sheet`).
    pub file: String,
    /// The row's number, when it is about a row.
    pub row: Option<u32>,
    /// The header of the column, as supplied, or empty.
    pub column: String,
    /// The value as supplied.
    pub value: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub hint: String,
    /// What is used all the same.
    pub kept: Kept,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_gives_back_its_rows() {
        let mut sheet = Sheet {
            headers: vec!["a".into(), "b".into()],
            ..Sheet::default()
        };
        sheet.push(2, &["1", "Ünï"]);
        sheet.push(5, &["", "x", "extra"]);
        assert_eq!(sheet.row(2), ["1", "Ünï"]);
        assert_eq!(sheet.row(5), ["", "x", "extra"]);
        assert_eq!(sheet.cells(5), [("b", "x"), ("", "extra")]);
        assert!(sheet.row(3).is_empty());
    }
}
