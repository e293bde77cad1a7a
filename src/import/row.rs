//! One row seen through its layout: cells by column, read as text, lists, dates and codes; what cannot be read is told.

use std::borrow::Cow;

use crate::model::date::{Day, When};
use crate::model::id::AgencyId;
use crate::model::phrase::{Coded, Phrase};
use crate::model::source::{Kept, Reject, RowRef};

use super::dates::{DateCell, DateRules, read_date};
use super::headers::Column;
use super::layout::Layout;
use super::names::is_not_known;

/// The columns that hold dates.
pub const DATES: &[Column] = &[
    Column::DateOfBirth,
    Column::DateOfDeath,
    Column::ExpectedDate,
    Column::From,
    Column::To,
    Column::Date,
    Column::EndDate,
    Column::RecordedOn,
    Column::ReceivedOn,
    Column::ConsentOn,
    Column::ConsentExpiresOn,
    Column::ConsentWithdrawnOn,
    Column::ActionDue,
    Column::LastSynchronised,
    Column::AskedOn,
    Column::DueOn,
    Column::AnsweredOn,
    Column::ConsultedOn,
    Column::DecidedOn,
];

/// Where a table is and how its dates are written.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file, with `!Sheet` in a workbook.
    pub name: String,
    /// Index of the file.
    pub file: u32,
    /// Index of the sheet.
    pub sheet: u16,
    /// The agency of the whole file, if it is one agency's.
    pub supplier: Option<AgencyId>,
    /// The headers by column, for reports.
    pub headers: Vec<String>,
    /// How the dates of a column are written, for [`Column`]s of [`DATES`].
    pub rules: Vec<DateRules>,
}

impl Place {
    /// The header of a column as supplied, else its own name.
    pub fn header(&self, column: Column) -> &str {
        self.headers
            .get(column as usize)
            .filter(|h| !h.is_empty())
            .map_or(column.name(), String::as_str)
    }

    /// The headers of a layout by column.
    pub fn headers_of(layout: &Layout) -> Vec<String> {
        Column::ALL
            .iter()
            .map(|column| layout.header(*column).to_owned())
            .collect()
    }
}

/// One row of the plain profile: a cell for each column, blank where there is none.
#[derive(Debug)]
pub struct Row<'a> {
    /// Where it is.
    pub place: &'a Place,
    /// Its number.
    pub number: u32,
    /// Its cells by column.
    pub cells: Vec<Cow<'a, str>>,
}

impl<'a> Row<'a> {
    /// A row without cells.
    pub fn blank(place: &'a Place, number: u32) -> Self {
        Self {
            place,
            number,
            cells: vec![Cow::Borrowed(""); Column::ALL.len()],
        }
    }

    /// Sets a cell.
    pub fn set(&mut self, column: Column, text: impl Into<Cow<'a, str>>) {
        if let Some(cell) = self.cells.get_mut(column as usize) {
            *cell = text.into();
        }
    }

    /// Names the row.
    pub fn at(&self) -> RowRef {
        RowRef {
            file: self.place.file,
            sheet: self.place.sheet,
            row: self.number,
        }
    }

    /// A cell without the spaces around it.
    pub fn text(&self, column: Column) -> &str {
        self.cells
            .get(column as usize)
            .map_or("", |cell| cell.trim())
    }

    /// A cell as owned text.
    pub fn owned(&self, column: Column) -> String {
        self.text(column).to_owned()
    }

    /// Whether any of the columns that pass has a cell.
    pub fn any(&self, wanted: impl Fn(Column) -> bool) -> bool {
        Column::ALL
            .iter()
            .any(|column| wanted(*column) && !self.text(*column).is_empty())
    }

    /// The parts of a list cell.
    pub fn list(&self, column: Column) -> impl Iterator<Item = &str> {
        parts(self.text(column))
    }

    /// The cells of the columns that pass, as one text from which ids are made.
    pub fn content(&self, wanted: impl Fn(Column) -> bool) -> String {
        let mut content = String::new();
        for column in Column::ALL {
            let text = self.text(*column);
            if wanted(*column) && !text.is_empty() {
                content.push_str(column.name());
                content.push('=');
                content.push_str(text);
                content.push('\u{1f}');
            }
        }
        content
    }

    /// A line about one of the row's cells.
    pub fn reject(
        &self,
        column: Column,
        problem: impl Into<String>,
        hint: impl Into<String>,
        kept: Kept,
    ) -> Reject {
        Reject {
            file: self.place.name.clone(),
            row: Some(self.number),
            column: self.place.header(column).to_owned(),
            value: self.text(column).to_owned(),
            problem: problem.into(),
            hint: hint.into(),
            kept,
        }
    }

    /// A line about the whole row, of which nothing is used.
    pub fn dropped(&self, problem: impl Into<String>, hint: impl Into<String>) -> Reject {
        Reject {
            file: self.place.name.clone(),
            row: Some(self.number),
            column: String::new(),
            value: String::new(),
            problem: problem.into(),
            hint: hint.into(),
            kept: Kept::None,
        }
    }

    /// Reads a cell as one of a closed list. "Not known" is as good as blank; anything else is kept and told.
    pub fn coded<T: Phrase>(&self, column: Column, rejects: &mut Vec<Reject>) -> Coded<T> {
        self.coded_part(column, self.text(column), rejects)
    }

    /// Reads a part of a list cell as one of a closed list.
    pub fn coded_part<T: Phrase>(
        &self,
        column: Column,
        part: &str,
        rejects: &mut Vec<Reject>,
    ) -> Coded<T> {
        let coded = Coded::read(part);
        if !matches!(coded, Coded::Unknown(_)) {
            return coded;
        }
        if is_not_known(part) {
            return Coded::Blank;
        }
        let words: Vec<&str> = T::PHRASES.iter().map(|(_, phrase, _)| *phrase).collect();
        rejects.push(self.reject(
            column,
            format!("`{part}` is none of the words known here"),
            format!("use one of: {}", words.join(", ")),
            Kept::Cell,
        ));
        coded
    }

    /// Reads a cell as a date.
    pub fn date(&self, column: Column, rejects: &mut Vec<Reject>) -> When {
        self.date_and_time(column, rejects).0
    }

    /// Reads a cell as a date with a time of day behind it, if there is one.
    pub fn date_and_time(
        &self,
        column: Column,
        rejects: &mut Vec<Reject>,
    ) -> (When, Option<chrono::NaiveTime>) {
        let text = self.text(column);
        let Some(rules) = self
            .place
            .rules
            .get(column as usize)
            .filter(|_| !text.is_empty())
        else {
            return (When::default(), None);
        };
        match read_date(text, rules) {
            DateCell::Blank => (When::default(), None),
            DateCell::Placeholder(when) => (when, None),
            DateCell::Date { when, time } => (when, time),
            DateCell::Unreadable => {
                rejects.push(self.reject(
                    column,
                    format!("`{text}` is no date that can be read"),
                    "write it as 2025-03-31 or 31/03/2025; the row is used without this date",
                    Kept::Row,
                ));
                (When::unknown(text), None)
            }
        }
    }
}

/// The parts of a list cell, between `|` or `;`.
pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['|', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The order of two dates, for lists that are sorted by dates.
pub fn when_key(when: &When) -> (Option<Day>, Option<Day>, u8, &str) {
    (when.from, when.until, when.precision as u8, &when.raw)
}
