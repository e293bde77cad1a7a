//! Reads one piece of a file: its rows into cells, the wanted cells into numbers.
//!
//! A piece begins and ends with a row. Which texts are numbered how inside a piece means nothing outside it; `merge` sees
//! to that.

use std::borrow::Cow;

use super::cells::{Cells, Kind, undoubled};
use super::intern::{Span, Table, hash};

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

/// The numbers of one column in one piece; 0 is blank.
#[derive(Debug, Default)]
pub(super) struct Codes {
    pub cells: Vec<u32>,
    /// Number `n + 1`.
    pub values: Vec<Span>,
    pub hashes: Vec<u32>,
}

/// One piece of a file, read.
#[derive(Debug, Default)]
pub(super) struct Piece<'t> {
    /// Index of the file.
    pub file: usize,
    pub start: usize,
    pub end: usize,
    text: &'t str,
    made: String,
    /// For each record the number of its row, from the piece's first, which is 0.
    pub numbers: Vec<u32>,
    /// Rows in the piece, empty ones too.
    pub lines: u32,
    /// Where each record's id is; blank where it has none.
    pub ids: Vec<Span>,
    /// By the shape's wants.
    pub columns: Vec<Codes>,
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

impl Piece<'_> {
    /// The text of a span.
    pub(super) fn get(&self, span: Span) -> &str {
        let from = if span.is_made() {
            &self.made
        } else {
            self.text
        };
        from.get(span.range()).unwrap_or("")
    }

    /// The id of a record as supplied.
    pub(super) fn id(&self, record: usize) -> &str {
        self.ids.get(record).map_or("", |span| self.get(*span))
    }

    /// Gives a record an id that it has not.
    pub(super) fn set_id(&mut self, record: usize, id: &str) {
        let made = self.keep(Value::Made(id.to_owned()));
        if let Some(span) = self.ids.get_mut(record) {
            *span = made;
        }
    }

    /// Where a value is from now on.
    fn keep(&mut self, value: Value) -> Span {
        match value {
            Value::There(span) => span,
            Value::Made(text) => {
                let start = self.made.len();
                self.made.push_str(&text);
                Span::made(start, self.made.len())
            }
        }
    }
}

/// Reads the rows that begin in `from..until`.
pub(super) fn read<'t>(
    text: &'t str,
    (from, until): (usize, usize),
    file: usize,
    shape: &Shape,
) -> Piece<'t> {
    let mut piece = Piece {
        file,
        start: from,
        ..Piece::default()
    };
    let mut reader = Reader {
        cells: Cells {
            bytes: text.as_bytes(),
            delimiter: shape.delimiter,
        },
        shape,
        spans: Vec::new(),
        doubled: Vec::new(),
        piece: &mut piece,
    };
    let end = reader.rows(text, from, until);
    let (spans, doubled) = (reader.spans, reader.doubled);
    piece.end = end;
    piece.text = text.get(from..end).unwrap_or("");
    let row = Values {
        spans: &spans,
        doubled: &doubled,
        width: shape.width,
    };
    if let Some(id) = &shape.id {
        piece.ids = (0..piece.numbers.len())
            .map(|at| {
                let value = row.value(&piece, at, id);
                piece.keep(value)
            })
            .collect();
    } else {
        piece.ids = vec![Span::default(); piece.numbers.len()];
    }
    for want in &shape.wants {
        let codes = number(&mut piece, &row, want);
        piece.columns.push(codes);
    }
    piece
}

struct Reader<'a, 't> {
    cells: Cells<'a>,
    shape: &'a Shape,
    /// The kept cells, row by row; from the start of the piece.
    spans: Vec<Span>,
    /// Which of them hold doubled quotes, in order.
    doubled: Vec<usize>,
    piece: &'a mut Piece<'t>,
}

impl Reader<'_, '_> {
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

/// A value of a row: somewhere in the piece, or put together.
enum Value {
    There(Span),
    Made(String),
}

/// The kept cells of a piece.
struct Values<'a> {
    spans: &'a [Span],
    doubled: &'a [usize],
    width: usize,
}

impl Values<'_> {
    /// One wanted value of one row.
    fn value(&self, piece: &Piece, row: usize, want: &Want) -> Value {
        let base = row * self.width;
        if want.slots.len() == 1 || want.join == Join::First {
            for slot in &want.slots {
                match self.cell(piece, base + slot) {
                    Value::There(span) if span.is_blank() => {}
                    found => return found,
                }
            }
            return Value::There(Span::default());
        }
        let cells: Vec<Cow<str>> = want
            .slots
            .iter()
            .map(|slot| match self.cell(piece, base + slot) {
                Value::There(span) => Cow::Borrowed(piece.get(span)),
                Value::Made(text) => Cow::Owned(text),
            })
            .collect();
        Value::Made(joined(&cells, want.join))
    }

    /// One kept cell, without the blanks around it and without doubled quotes.
    fn cell(&self, piece: &Piece, place: usize) -> Value {
        let span = self.spans.get(place).copied().unwrap_or_default();
        let text = piece.get(span);
        if !self.doubled.is_empty() && self.doubled.binary_search(&place).is_ok() {
            return Value::Made(tidy(&undoubled(text)).to_owned());
        }
        let tidied = tidy(text);
        if tidied.len() == text.len() {
            return Value::There(span);
        }
        let cut = tidied.as_ptr() as usize - text.as_ptr() as usize;
        let start = span.range().start + cut;
        Value::There(Span::new(start, start + tidied.len()))
    }
}

/// The text of a cell without blanks around it, and without the one apostrophe that keeps a spreadsheet from reading it
/// as a formula.
fn tidy(text: &str) -> &str {
    let plain = |b: Option<&u8>| b.is_none_or(|b| b.is_ascii_graphic() && *b != b'\'');
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        return text;
    }
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

fn joined(cells: &[Cow<str>], join: Join) -> String {
    let sign = match join {
        Join::First | Join::Space => " ",
        Join::Bar => "|",
        Join::Dash | Join::DashDate => "-",
    };
    let blank = cells.iter().position(|cell| cell.is_empty());
    let cells = match (join, blank) {
        (Join::Dash, Some(_)) => return String::new(),
        (Join::DashDate, Some(at)) => cells.get(..at).unwrap_or_default(),
        _ => cells,
    };
    let mut text = String::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        if !text.is_empty() {
            text.push_str(sign);
        }
        text.push_str(cell);
    }
    text
}

/// Numbers the values of one column.
fn number(piece: &mut Piece, row: &Values, want: &Want) -> Codes {
    let rows = piece.numbers.len();
    let mut codes = Codes {
        cells: Vec::with_capacity(rows),
        ..Codes::default()
    };
    let mut table = Table::with_room(256);
    for at in 0..rows {
        let value = row.value(piece, at, want);
        let text = match &value {
            Value::There(span) => piece.get(*span),
            Value::Made(text) => text,
        };
        if text.is_empty() {
            codes.cells.push(0);
            continue;
        }
        let hash = hash(text.as_bytes());
        let new = codes.values.len() as u32 + 1;
        let code = table.find_or_add(hash, new, |n| {
            let span = codes.values.get(n as usize - 1).copied();
            span.is_some_and(|span| piece.get(span).as_bytes() == text.as_bytes())
        });
        codes.cells.push(code);
        if code == new {
            codes.hashes.push(hash);
            codes.values.push(piece.keep(value));
        }
    }
    codes
}
