//! A look at one file before anything of it is used: its first rows, what each column seems to be, and how it would be read by
//! a mapping that is still being made.

use super::check::FileReport;
use super::dates::{DateCell, DateRules, read_date};
use super::draft::Draft;
use super::headers::{Column, read_header};
use super::layout::Layout;
use super::open::open;
use super::table::Table;
use super::{Folder, ImportError, InputFile, Limits, check};
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::settings::Config;

/// How the name of a mapping file ends that is made here.
pub const ENDING: &str = ".mapping.toml";
/// So many rows of a table are shown.
const ROWS: usize = 40;
/// So many letters of a cell are shown.
const LETTERS: usize = 120;
/// So many columns are shown.
const COLUMNS: usize = 400;
/// So many rows under the header are judged by what they hold.
const JUDGED: usize = 20;
/// From this many letters on in the middle a column without a known header is taken for a text.
const LONG: usize = 30;

/// The first rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The path as given.
    pub path: String,
    /// The text encoding or kind of workbook.
    pub encoding: String,
    /// Its tables that hold a row.
    pub tables: Vec<Sample>,
}

/// The first rows of one table, cells cut to what can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample {
    /// The sheet's name in a workbook, empty otherwise.
    pub name: String,
    /// The first rows with their numbers.
    pub rows: Vec<(u32, Vec<String>)>,
    /// How many rows there are in all.
    pub count: usize,
    /// The row that looks like the header, as a position among `rows`.
    pub header: usize,
}

/// What a column seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// The column of the plain profile; `None`: it is kept as it is.
    pub column: Option<&'static str>,
    /// Whether only what its cells hold says so, not its header.
    pub by_content: bool,
}

/// Looks into a file.
///
/// # Errors
/// Why it cannot be read and what to do.
pub fn look(path: &str, bytes: &[u8], limits: &Limits) -> Result<Look, (String, String)> {
    let read = open(path, bytes, limits).map_err(|fault| (fault.problem, fault.hint))?;
    let tables = read.tables.iter().filter(|table| !table.rows.is_empty());
    Ok(Look {
        path: path.to_owned(),
        encoding: read.encoding,
        tables: tables.map(sample).collect(),
    })
}

fn sample(table: &Table) -> Sample {
    let cut = |cell: &String| cell.chars().take(LETTERS).collect::<String>();
    let rows = table.rows.iter().take(ROWS);
    let rows: Vec<(u32, Vec<String>)> = rows
        .map(|row| {
            let cells = row.cells.iter().take(COLUMNS);
            (row.number, cells.map(cut).collect())
        })
        .collect();
    let known = Layout::find(table, None).map(|layout| layout.header_at);
    let header = known.unwrap_or_else(|| likeliest_header(&rows));
    Sample {
        name: table.name.clone(),
        count: table.rows.len(),
        header: header.min(rows.len().saturating_sub(1)),
        rows,
    }
}

/// The row with the most headers that are known; among equals the first that is as wide as any.
pub(super) fn likeliest_header(rows: &[(u32, Vec<String>)]) -> usize {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest = rows.iter().map(|(_, cells)| filled(cells)).max();
    let widest = widest.unwrap_or(0);
    let worth = |cells: &[String]| {
        let known = cells.iter().filter(|cell| read_header(cell).is_some());
        (known.count(), filled(cells) * 2 > widest)
    };
    let mut best = 0;
    for (at, (_, cells)) in rows.iter().enumerate() {
        let is_better = rows
            .get(best)
            .is_some_and(|(_, other)| worth(cells) > worth(other));
        if is_better {
            best = at;
        }
    }
    best
}

impl Sample {
    /// How many rows lie below the header.
    pub fn below(&self) -> usize {
        self.count.saturating_sub(self.header + 1)
    }

    /// The header cells.
    pub fn headers(&self) -> &[String] {
        self.rows
            .get(self.header)
            .map_or(&[], |(_, cells)| cells.as_slice())
    }

    /// The number of the header row.
    pub fn header_row(&self) -> u32 {
        self.rows.get(self.header).map_or(1, |(number, _)| *number)
    }

    /// The first cells of a column under the header, blank ones left out.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().skip(self.header + 1);
        rows.filter_map(move |(_, cells)| cells.get(column))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    }

    /// What each column seems to be: by its header, else by what it holds. No column is guessed twice by what it holds.
    pub fn guesses(&self) -> Vec<Guess> {
        let headers = self.headers();
        let known = Layout::of_header(headers, None).map(|layout| layout.meanings);
        let of_header = |(at, header): (usize, &String)| match &known {
            Some(meanings) => meanings.get(at).copied().flatten(),
            None => read_header(header).map(|(column, _)| column),
        };
        let mut guesses: Vec<Guess> = headers
            .iter()
            .enumerate()
            .map(|header| Guess {
                column: of_header(header)
                    .filter(|one| *one != Column::Id)
                    .map(Column::name),
                by_content: false,
            })
            .collect();
        for (column, fits) in [
            (Column::Date, is_date as fn(&str) -> bool),
            (Column::Text, is_long),
        ] {
            if guesses
                .iter()
                .any(|guess| guess.column == Some(column.name()))
            {
                continue;
            }
            let fitting = (0..guesses.len()).find(|at| {
                let is_free = guesses.get(*at).is_some_and(|one| one.column.is_none());
                let (mut all, mut fit) = (0, 0);
                for cell in self.cells(*at).take(JUDGED) {
                    all += 1;
                    fit += usize::from(fits(cell));
                }
                is_free && all > 0 && fit * 2 > all
            });
            if let Some(guess) = fitting.and_then(|at| guesses.get_mut(at)) {
                *guess = Guess {
                    column: Some(column.name()),
                    by_content: true,
                };
            }
        }
        guesses
    }
}

fn is_date(cell: &str) -> bool {
    // a year alone is as likely a number
    let day_first = DateRules::day_first(Day::MAX);
    let month_first = DateRules {
        day_first: false,
        ..day_first
    };
    let is_read = |rules: &DateRules| matches!(read_date(cell, rules), DateCell::Date { .. });
    cell.len() >= 6 && (is_read(&day_first) || is_read(&month_first))
}

fn is_long(cell: &str) -> bool {
    cell.chars().count() >= LONG
}

/// A file with the mapping by which it is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial<'a> {
    /// The path of the file under the folder of exports.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// How it is to be read.
    pub draft: &'a Draft,
    /// What holds for the case: the law, the order of dates.
    pub config: &'a Config,
}

impl Trial<'_> {
    /// How the file would be read.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn report(&self, limits: &Limits) -> Result<Option<FileReport>, ImportError> {
        let mut set_up = String::new();
        if let Some(place) = self.config.jurisdiction {
            let place = crate::model::phrase::Phrase::phrase(place);
            set_up = format!("jurisdiction = \"{place}\"\n");
        }
        if let Some(is_day_first) = self.config.day_first {
            set_up = format!("{set_up}day_first = {is_day_first}\n");
        }
        if let Some(day) = self.config.as_of {
            set_up = format!("{set_up}as_of = {}\n", crate::model::date::iso(day));
        }
        let mapping = format!("trial{ENDING}");
        set_up.push_str(&export_lines(self.path, &AgencyId::new("agency"), &mapping));
        let of = |path: &str, bytes: Vec<u8>| InputFile {
            path: path.to_owned(),
            bytes: Ok(bytes),
            agency: None,
        };
        let folder = Folder {
            files: vec![
                of("case.toml", set_up.into_bytes()),
                of(self.path, self.bytes.to_vec()),
                of(&mapping, self.draft.toml(self.path).into_bytes()),
            ],
            skipped: Vec::new(),
        };
        let reports = check(&folder, limits)?;
        Ok(reports.into_iter().find(|one| one.path == self.path))
    }
}

/// The lines of `case.toml` by which files are read by a mapping file: `pattern` says which, `*` standing for any letters.
pub fn export_lines(pattern: &str, agency: &AgencyId, mapping: &str) -> String {
    format!(
        "\n[[export]]\nfile = {}\nagency = {}\nprofile = {}\n",
        quoted(pattern),
        quoted(agency.as_str()),
        quoted(mapping)
    )
}

/// The pattern of a file and the exports that will come after it: digits, and the signs between them, may change.
pub fn pattern_of(path: &str) -> String {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut pattern = String::new();
    for c in stem.chars() {
        let is_of_date =
            c.is_ascii_digit() || matches!(c, '-' | '_' | '.') && pattern.ends_with('*');
        match c {
            _ if is_of_date && pattern.ends_with('*') => {}
            _ if is_of_date => pattern.push('*'),
            c => pattern.push(c),
        }
    }
    if !pattern.contains('*') {
        pattern.push('*');
    }
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let ending = if ending.is_empty() {
        String::new()
    } else {
        format!(".{ending}")
    };
    format!("{folder}{pattern}{ending}")
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The columns of the plain profile, each with the other names that are read as it. A bare id is none.
pub fn columns() -> impl Iterator<Item = (&'static str, String)> {
    let named = Column::ALL.iter().filter(|column| **column != Column::Id);
    named.map(|column| (column.name(), column.other_names().join(", ")))
}

#[cfg(test)]
#[path = "look_tests.rs"]
mod tests;
