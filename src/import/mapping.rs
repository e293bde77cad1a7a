//! A hub's own mapping file: how an agency's export is read whose headers and words are not known here.
//!
//! Only a file that `case.toml` names counts, so that nothing an agency supplies decides how its rows are read. Where it is
//! silent, headers are read as always.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};

use super::config::{DateOrder, Section, date_order, line_of, parse};
use super::config_value::Place;
use super::decode::decode;
use super::headers::Column;
use super::row::parts;
use super::{Folder, ImportError};
use crate::model::phrase::fold;

/// Bytes that one compiled pattern may take, so that no pattern takes all memory.
const PATTERN_BYTES: usize = 1 << 20;

/// What a mapping file says of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing: it is read as always.
    Nothing,
    /// It is kept as the agency wrote it.
    Kept,
    /// It is read as this column.
    As(Column),
}

/// A mapping file, read.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Rows above the header; the row after them is the header. `None`: the header is searched for.
    pub title_rows: Option<u32>,
    /// How its dates are written.
    pub date_order: Option<DateOrder>,
    columns: Vec<(Regex, Said)>,
    codes: BTreeMap<Column, BTreeMap<String, String>>,
    text: String,
}

impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Mapping {}

impl Mapping {
    /// Reads the text of a mapping file.
    ///
    /// # Errors
    /// A line that is no TOML, a key or column that is not known, a pattern that is none.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let text = text.trim_start_matches('\u{feff}');
        let table = parse(text)?;
        let top = Section {
            text,
            table: table.get_ref(),
        };
        top.only(&["title_rows", "date_order", "columns", "codes"])?;
        let mut mapping = Self {
            title_rows: top.get("title_rows").map(|p| title_rows(&p)).transpose()?,
            date_order: date_order(&top)?,
            columns: Vec::new(),
            codes: BTreeMap::new(),
            text: text.to_owned(),
        };
        if let Some(place) = top.get("columns") {
            let section = place.section()?;
            // the first pattern that fits decides, so the order of the lines counts
            let mut lines: Vec<Place<'_>> = section.all().collect();
            lines.sort_by_key(|line| line.span.start);
            for line in &lines {
                mapping.columns.push((pattern(line)?, said(line)?));
            }
        }
        if let Some(place) = top.get("codes") {
            for of_column in place.section()?.all() {
                let column = column(&of_column, of_column.key)?;
                let codes = mapping.codes.entry(column).or_default();
                for line in of_column.section()?.all() {
                    let value = line.text()?;
                    if !value.trim().is_empty() {
                        codes.insert(fold(line.key), value);
                    }
                }
            }
        }
        Ok(mapping)
    }

    /// What is said of a header: by the first line that fits.
    pub(super) fn says(&self, header: &str) -> Said {
        let words: Vec<&str> = header.split_whitespace().collect();
        let header = words.join(" ");
        let mut lines = self.columns.iter();
        lines
            .find(|(pattern, _)| pattern.is_match(&header))
            .map_or(Said::Nothing, |(_, said)| *said)
    }

    /// What a cell is read as, where a code says so: the whole cell, else each part of a list.
    pub(super) fn value(&self, column: Column, cell: &str) -> Option<String> {
        let codes = self.codes.get(&column)?;
        if let Some(value) = codes.get(&fold(cell)) {
            return Some(value.clone());
        }
        let read = |part| codes.get(&fold(part)).map_or(part, String::as_str);
        let is_known = |part| codes.contains_key(&fold(part));
        parts(cell)
            .any(is_known)
            .then(|| parts(cell).map(read).collect::<Vec<_>>().join("|"))
    }
}

fn title_rows(place: &Place<'_>) -> Result<u32, ImportError> {
    let number = place.number()?;
    if number.fract() == 0.0 && (0.0..=1000.0).contains(&number) {
        Ok(number as u32)
    } else {
        Err(place.wrong(
            "no number of rows",
            "how many rows stand above the header, 0 to 1000",
        ))
    }
}

fn pattern(line: &Place<'_>) -> Result<Regex, ImportError> {
    RegexBuilder::new(&format!("^(?:{})$", line.key))
        .case_insensitive(true)
        .size_limit(PATTERN_BYTES)
        .build()
        .map_err(|fault| {
            // the last line of the fault says what is wrong; those before draw the pattern
            let fault = fault.to_string();
            let why = fault.lines().last().unwrap_or_default().trim().to_owned();
            ImportError::Config {
                problem: format!(
                    "line {}: `{}` is no pattern: {why}",
                    line_of(line.text, line.span.start),
                    line.key
                ),
                hint:
                    "write the header as it is, with \\ before each of . ( ) [ ] { } * + ? | ^ $ \\"
                        .into(),
            }
        })
}

fn said(line: &Place<'_>) -> Result<Said, ImportError> {
    let name = line.text()?;
    if name.trim().is_empty() {
        return Ok(Said::Kept);
    }
    column(line, &name).map(Said::As)
}

/// The column of the plain profile with this name.
fn column(line: &Place<'_>, name: &str) -> Result<Column, ImportError> {
    let wanted = fold(name);
    let mut named = Column::ALL.iter().filter(|one| **one != Column::Id);
    let found = named.find(|one| fold(one.name()) == wanted);
    found.copied().ok_or_else(|| {
        let likeness = |one: &Column| {
            rapidfuzz::distance::levenshtein::distance(wanted.chars(), fold(one.name()).chars())
        };
        let nearest = Column::ALL.iter().min_by_key(|one| likeness(one));
        let hint = match nearest.filter(|one| likeness(one) <= wanted.len() / 2) {
            Some(one) => format!("did you mean `{}`?", one.name()),
            None => "`casepicture check --draft` lists the columns; \"\" keeps one as it is".into(),
        };
        ImportError::Config {
            problem: format!(
                "line {}: there is no column `{name}`",
                line_of(line.text, line.span.start)
            ),
            hint,
        }
    })
}

/// Reads a mapping file that `case.toml` names. A wrong one stops everything: rows that are read in another way than the hub
/// set out could be put on another child.
pub(super) fn of_folder(folder: &Folder, path: &str) -> Result<Mapping, ImportError> {
    let wrong = |problem: String, hint: String| ImportError::Config {
        problem: format!("profile = \"{path}\": {problem}"),
        hint,
    };
    let Some(file) = folder.files.iter().find(|file| file.path == path) else {
        return Err(wrong(
            "there is no such file in the folder".into(),
            "check the path under the folder, with / between its parts; links are not followed"
                .into(),
        ));
    };
    let bytes = file.bytes.as_deref().map_err(|reason| {
        wrong(
            reason.clone(),
            "check that you may read the file, and try again".into(),
        )
    })?;
    Mapping::read(&decode(bytes).0).map_err(|fault| match fault {
        ImportError::Config { problem, hint } => wrong(problem, hint),
        fault @ (ImportError::NothingUsable { .. } | ImportError::Stopped) => fault,
    })
}

#[cfg(test)]
#[path = "mapping_tests.rs"]
mod tests;
