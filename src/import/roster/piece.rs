//! A piece of a file: what is wanted of its rows, and what was found.
//!
//! A piece begins and ends with a row; `reader` makes it of bytes.

use super::columns::Field;
use super::plan::Plan;
use super::shard::{Sharded, Span};

/// How a value comes from the columns of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// The first cell that is not blank.
    First,
    /// Every cell that is not blank, with `|` between them.
    Bar,
    /// Every cell that is not blank, with a space between them.
    Space,
    /// With `-` between them; all must be there.
    Dash,
    /// With `-` between them, up to the first that is blank.
    DashDate,
}

/// One value wanted of each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    /// Which of the row's kept cells it comes from.
    pub slots: Vec<usize>,
    /// How.
    pub join: Join,
}

/// What to look at in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shape {
    pub delimiter: u8,
    /// How many cells the header has.
    pub cells: usize,
    /// For each column the place where its cell is kept, if it is.
    pub slots: Vec<Option<u16>>,
    /// How many are kept.
    pub width: usize,
    /// What becomes of them.
    pub wants: Vec<Want>,
    /// The record's id, if a column has it.
    pub id: Option<Want>,
    /// Into how many shards values are sorted, as a power of two.
    pub bits: u32,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It has so many cells, and the header fewer.
    TooLong(usize),
    /// A quote in the cell of this column is not doubled.
    Bare(usize, String),
    /// A quote that opens in it is never closed; so many rows are lost.
    Unclosed(usize),
}

/// One piece of a file, read.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Index of the file.
    pub file: usize,
    /// Where in the file it begins and ends, in bytes.
    pub start: usize,
    pub end: usize,
    /// For each record the number of its row, from the piece's first, which is 0.
    pub numbers: Vec<u32>,
    /// Rows in the piece, empty ones too.
    pub lines: u32,
    /// The records' ids; blank where one has none.
    pub ids: Ids,
    /// By the shape's wants.
    pub columns: Vec<Sharded>,
    /// By row.
    pub problems: Vec<(u32, Problem)>,
    /// Rows with more cells than the header.
    pub too_long: usize,
    /// Rows with fewer cells than the header, and the first of them.
    pub short: (usize, u32),
    /// Cells with a quote that is not doubled.
    pub bare: usize,
    /// Rows after a quote that is never closed.
    pub lost: usize,
}

impl Piece {
    /// The values of a field, where the piece's file has it.
    pub(super) fn column(&self, plans: &[Plan], field: &Field) -> Option<&Sharded> {
        let fields = &plans.get(self.file)?.fields;
        self.columns
            .get(fields.iter().position(|known| known == field)?)
    }
}

/// The ids of a piece's records as supplied.
#[derive(Debug, Default)]
pub(super) struct Ids {
    text: String,
    spans: Vec<Span>,
}

impl Ids {
    /// So many records without ids.
    pub(super) fn blank(records: usize) -> Self {
        Self {
            text: String::new(),
            spans: vec![Span::default(); records],
        }
    }

    /// The id of a record.
    pub(super) fn get(&self, record: usize) -> &str {
        self.spans
            .get(record)
            .map_or("", |span| span.of(&self.text))
    }

    /// Gives a record another id.
    pub(super) fn set(&mut self, record: usize, id: &str) {
        let start = self.text.len();
        self.text.push_str(id);
        if let Some(span) = self.spans.get_mut(record) {
            *span = Span::new(start, self.text.len());
        }
    }
}
