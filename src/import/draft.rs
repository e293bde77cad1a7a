//! The first draft of a mapping file, made from the headers of a file as it would be read today. No cell of a person gets
//! into it: only headers, and short words of columns that hold a closed list.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::check::{FileReport, SheetReport};
use super::headers::Column;
use super::look::likeliest_header;
use super::open::open;
use super::read_error::ReadError;
use super::row::parts;
use super::table::{Read, TableRow};
use super::{Folder, InputFile, Limits};
use crate::model::source::Kept;

/// The columns whose words are a closed list.
const CLOSED: &[Column] = &[
    Column::Sex,
    Column::Role,
    Column::ProtectedAddress,
    Column::ParentalResponsibility,
    Column::RecordsAvailable,
    Column::DatePrecision,
    Column::Kind,
    Column::Significance,
    Column::Polarity,
    Column::Channel,
    Column::ConsentState,
    Column::Told,
    Column::Handling,
    Column::Threshold,
    Column::ChildSeen,
    Column::ChildSeenAlone,
    Column::Result,
];
/// Words of one column that are listed; a column with more is no closed list.
const MOST_WORDS: usize = 30;
/// Letters of a word that is listed; a longer one is a text.
const MOST_LETTERS: usize = 40;
/// Rows among which a header that nobody understands is searched.
const TITLE_ROWS: usize = 50;
/// Columns of the list of columns at the end.
const WIDTH: usize = 100;

/// A mapping file before it is written: each line can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Rows above the header; `None`: the header is searched for.
    pub title_rows: Option<u32>,
    /// `dmy`, `mdy` or `ymd`; `None`: as the case's other files.
    pub date_order: Option<&'static str>,
    /// Each header once, in the order of the file, with the column that it is read as; `None`: kept as it is.
    pub columns: Vec<(String, Option<&'static str>)>,
    /// Words that are not known, by column; what each is to mean, empty as long as nobody said.
    pub codes: BTreeMap<&'static str, BTreeMap<String, String>>,
}

/// The names of all columns of the plain profile, in their order. A bare id is none: which id it is, is to be said.
pub fn columns() -> impl Iterator<Item = &'static str> {
    let named = Column::ALL.iter().filter(|column| **column != Column::Id);
    named.map(|column| column.name())
}

/// The tables of a file, before anybody knows what their columns mean.
///
/// # Errors
/// When the file cannot be opened or read.
pub fn tables(file: &InputFile, limits: &Limits) -> Result<Read, ReadError> {
    open(
        &file.path,
        file.bytes.as_deref().unwrap_or_default(),
        limits,
    )
}

impl Draft {
    /// Makes the draft for one file, read by itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(file: &InputFile, limits: &Limits) -> Result<Self, ReadError> {
        let read = tables(file, limits)?;
        let folder = Folder {
            files: vec![file.clone()],
            skipped: Vec::new(),
        };
        // a file of which nothing is understood has no report, and its headers are listed all the same
        let reports = super::check(&folder, limits).unwrap_or_default();
        let mut draft = Self::default();
        for report in &reports {
            for sheet in &report.sheets {
                draft.add_sheet(sheet);
            }
            draft.add_words(report);
        }
        for table in &read.tables {
            let is_known = |sheet: &SheetReport| sheet.name == table.name;
            if !reports.iter().flat_map(|one| &one.sheets).any(is_known) {
                draft.add_header(&table.rows);
            }
        }
        Ok(draft)
    }

    fn add(&mut self, header: &str, column: Option<&'static str>) {
        let words: Vec<&str> = header.split_whitespace().collect();
        let header = words.join(" ");
        if !header.is_empty() && !self.columns.iter().any(|(known, _)| *known == header) {
            self.columns.push((header, column));
        }
    }

    fn add_sheet(&mut self, sheet: &SheetReport) {
        for column in &sheet.columns {
            self.add(&column.header, column.read_as);
            let order = match column.dates {
                Some("month first") => Some("mdy"),
                Some("year first") => Some("ymd"),
                _ => None,
            };
            self.date_order = self.date_order.or(order);
        }
    }

    /// The headers of a table of which nothing is understood.
    fn add_header(&mut self, rows: &[TableRow]) {
        let top = rows.iter().take(TITLE_ROWS);
        let top: Vec<(u32, Vec<String>)> = top.map(|row| (row.number, row.cells.clone())).collect();
        let Some((number, header)) = top.get(likeliest_header(&top)) else {
            return;
        };
        if *number > 1 && self.columns.is_empty() {
            self.title_rows = Some(number - 1);
        }
        for cell in header {
            let read = super::headers::read_header(cell).map(|(column, _)| column.name());
            let read = read.filter(|name| columns().any(|one| one == *name));
            self.add(cell, read);
        }
    }

    fn add_words(&mut self, report: &FileReport) {
        let column_of = |header: &str| {
            let columns = report.sheets.iter().flat_map(|sheet| &sheet.columns);
            let mut named = columns.filter(|column| column.header.trim() == header);
            named.find_map(|column| column.read_as)
        };
        let mut found: BTreeMap<&'static str, BTreeSet<&str>> = BTreeMap::new();
        for reject in report.rejects.iter().filter(|r| r.kept == Kept::Cell) {
            let name = column_of(&reject.column);
            let closed = CLOSED.iter().map(|column| column.name());
            if let Some(name) = closed.into_iter().find(|closed| Some(*closed) == name) {
                found.entry(name).or_default().extend(parts(&reject.value));
            }
        }
        let basis = report.codes.iter().map(|code| code.spelling.as_str());
        let basis: BTreeSet<&str> = basis.collect();
        if !basis.is_empty() {
            found.insert(Column::Basis.name(), basis);
        }
        for (column, words) in found {
            let short = words
                .into_iter()
                .filter(|w| w.chars().count() <= MOST_LETTERS);
            let words: BTreeMap<String, String> =
                short.map(|word| (word.to_owned(), String::new())).collect();
            if (1..=MOST_WORDS).contains(&words.len()) {
                self.codes.insert(column, words);
            }
        }
    }

    /// The mapping file. `name` is the name of the export it was made from, without its folders.
    pub fn toml(&self, name: &str) -> String {
        let mut out = String::new();
        // writing to a string cannot fail, so the results below say nothing
        let _ = writeln!(
            out,
            "# How the headers of {} are read. Check each line, then name this file in case.toml:\n\
             #   [[export]]\n\
             #   file = \"AGENCY/NAME.csv\"        # a * stands for what changes from one export to the next\n\
             #   profile = \"THIS-FILE.toml\"      # its path under the folder of exports",
            shown(name)
        );
        out.push('\n');
        match self.title_rows {
            Some(rows) => {
                let _ = writeln!(out, "title_rows = {rows}                      # rows above the header");
            }
            None => out.push_str("# title_rows = 2                    # rows above the header; without it the header is searched for\n"),
        }
        match self.date_order {
            Some(order) => {
                let _ = writeln!(out, "date_order = \"{order}\"");
            }
            None => out.push_str("# date_order = \"dmy\"                # dmy, mdy or ymd\n"),
        }
        out.push_str(
            "\n# A header (a regular expression over the whole of it; capitals do not matter) = the column it is read as.\n\
             # \"\" keeps the column as the agency wrote it.\n[columns]\n",
        );
        for (header, column) in &self.columns {
            let pattern = quoted(&regex::escape(header));
            let _ = writeln!(out, "{pattern} = \"{}\"", column.unwrap_or_default());
        }
        if self.codes.is_empty() {
            out.push_str("\n# [codes.channel]\n# \"what a cell says\" = \"the word it means\"\n");
        }
        for (column, words) in &self.codes {
            let _ = writeln!(
                out,
                "\n# Words of this column that are not known; \"\" leaves one as it is.\n[codes.{column}]"
            );
            for (word, means) in words {
                let _ = writeln!(out, "{} = {}", quoted(word), quoted(means));
            }
        }
        out.push_str("\n# The columns there are:\n");
        out.push_str(&listed());
        out
    }
}

/// A text on one line of a comment.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn listed() -> String {
    let mut out = String::new();
    let mut line = String::from("#");
    for name in columns() {
        if line.len() + name.len() + 2 > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(name);
    }
    out + &line + "\n"
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
