//! Reads one piece of a file: its rows into cells, the wanted cells into numbers.
//!
//! A piece begins and ends with a row. Which texts are numbered how inside a piece means nothing outside it; `merge` sees
//! to that.

use super::cells::{Cells, Kind};
use super::columns::Field;
use super::plan::Plan;
use super::shard::{self, Sharded, Span, Value};
use super::values::Rows;

/// Problems of one kind that are kept in words, a piece.
const MOST_PROBLEMS: usize = 1_000;

/// A row longer than this is no row of people.
pub(super) const ROW_BYTES: usize = 16 << 20;

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
    /// It has more bytes than a row may have.
    TooManyBytes,
}

/// One piece of a file, read.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Index of the file.
    pub file: usize,
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

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }
}

/// Room that one thread uses again for each piece.
#[derive(Debug, Default)]
pub(super) struct Room {
    spans: Vec<Span>,
    values: shard::Room,
}

/// Reads the rows that begin in `from..until`.
pub(super) fn read(
    text: &str,
    (from, until): (usize, usize),
    shape: &Shape,
    room: &mut Room,
) -> Piece {
    let mut piece = Piece {
        start: from,
        ..Piece::default()
    };
    let mut reader = Reader {
        cells: Cells {
            bytes: text.as_bytes(),
            delimiter: shape.delimiter,
        },
        shape,
        spans: std::mem::take(&mut room.spans),
        doubled: Vec::new(),
        piece: &mut piece,
    };
    let end = reader.rows(text, from, until);
    let rows = Rows {
        text: text.get(from..end).unwrap_or(""),
        spans: reader.spans,
        doubled: reader.doubled,
        width: shape.width,
    };
    piece.end = end;
    let records = piece.numbers.len();
    piece.ids.spans = vec![Span::default(); records];
    if let Some(id) = &shape.id {
        for at in 0..records {
            match rows.value(at, id) {
                Value::There(span) => piece.ids.set(at, span.of(rows.text)),
                Value::Made(text) => piece.ids.set(at, &text),
            }
        }
    }
    for want in &shape.wants {
        let column = Sharded::new(rows.text, records, shape.bits, &mut room.values, |at| {
            rows.value(at, want)
        });
        piece.columns.push(column);
    }
    room.spans = rows.spans;
    room.spans.clear();
    piece
}

struct Reader<'a> {
    cells: Cells<'a>,
    shape: &'a Shape,
    /// The kept cells, row by row; from the start of the piece.
    spans: Vec<Span>,
    /// Which of them hold doubled quotes, in order.
    doubled: Vec<usize>,
    piece: &'a mut Piece,
}

impl Reader<'_> {
    fn rows(&mut self, text: &str, from: usize, until: usize) -> usize {
        let mut at = from;
        while at < until {
            let (row_start, base, first) = (at, self.spans.len(), self.doubled.len());
            let problems = self.piece.problems.len();
            self.spans.resize(base + self.shape.width, Span::default());
            let (next, cells, extra) = self.row(text, at);
            at = next;
            let number = self.piece.lines;
            let mut keep = true;
            if let Some(lost) = cells.is_none().then(|| lines(text.get(row_start..))) {
                self.piece.problems.truncate(problems);
                self.piece.problems.push((number, Problem::Unclosed(lost)));
                self.piece.lost = lost;
                keep = false;
            } else if at - row_start > ROW_BYTES {
                self.piece.problems.push((number, Problem::TooManyBytes));
                self.piece.too_long += 1;
                keep = false;
            } else if extra {
                self.piece.too_long += 1;
                self.tell(number, Problem::TooLong(cells.unwrap_or(0)));
                keep = false;
            } else if self.is_blank(base, text.get(row_start..at).unwrap_or("")) {
                keep = false;
            }
            if keep {
                if cells.is_some_and(|cells| cells < self.shape.cells) {
                    if self.piece.short.0 == 0 {
                        self.piece.short.1 = number;
                    }
                    self.piece.short.0 += 1;
                }
                self.piece.numbers.push(number);
            } else {
                self.spans.truncate(base);
                self.doubled.truncate(first);
            }
            self.piece.lines += 1;
        }
        at
    }

    /// One row: where the next one begins, how many cells it has (`None`: it is never closed), and whether there is
    /// anything in a cell that the header does not have.
    fn row(&mut self, text: &str, mut at: usize) -> (usize, Option<usize>, bool) {
        let base = self.spans.len() - self.shape.width;
        let (mut column, mut extra) = (0, false);
        loop {
            let cell = self.cells.cell(at);
            match self.shape.slots.get(column) {
                Some(Some(slot)) => {
                    let place = base + usize::from(*slot);
                    if let Some(span) = self.spans.get_mut(place) {
                        let from = self.piece.start;
                        *span = Span::new(cell.start - from, cell.end - from);
                    }
                    if cell.kind == Kind::Doubled {
                        self.doubled.push(place);
                    }
                }
                Some(None) => {}
                None => extra |= has_text(text.get(cell.start..cell.end)),
            }
            match cell.kind {
                Kind::Plain | Kind::Doubled => {}
                Kind::Unclosed => return (cell.next, None, false),
                Kind::Bare => {
                    self.piece.bare += 1;
                    let value = text.get(cell.start..cell.end).unwrap_or("").to_owned();
                    self.tell(self.piece.lines, Problem::Bare(column, value));
                }
            }
            column += 1;
            at = cell.next;
            if cell.last {
                return (at, Some(column), extra);
            }
        }
    }

    fn tell(&mut self, row: u32, problem: Problem) {
        if self.piece.problems.len() < MOST_PROBLEMS {
            self.piece.problems.push((row, problem));
        }
    }

    /// Whether a row holds nothing; most rows show it by their first kept cells.
    fn is_blank(&self, base: usize, row: &str) -> bool {
        let kept = self.spans.get(base..).unwrap_or_default();
        kept.iter().all(|span| span.is_blank())
            && row.chars().all(|c| {
                c.is_whitespace()
                    || c == '"'
                    || c == '\u{feff}'
                    || c == char::from(self.shape.delimiter)
            })
    }
}

fn has_text(cell: Option<&str>) -> bool {
    cell.is_some_and(|cell| !cell.trim().is_empty())
}

/// Lines with something in them.
fn lines(text: Option<&str>) -> usize {
    text.unwrap_or("")
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .count()
}
