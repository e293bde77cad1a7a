//! Reads the rows of one piece: finds the cells, keeps the wanted ones, and sorts their values into shards.

use super::account::MOST_LINES;
use super::cells::{Cells, Kind};
use super::piece::{Ids, Piece, Problem, Shape};
use super::shard::{self, Sharded, Span, Value};
use super::values::Rows;

/// How many line ends are tried to find where rows begin.
const TRIED: usize = 64;

/// Room that one thread uses again for each piece.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// The bytes of the piece and some behind it.
    pub bytes: Vec<u8>,
    spans: Vec<Span>,
    values: shard::Room,
}

/// Part of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window<'a> {
    pub bytes: &'a [u8],
    /// Whether the file ends with it.
    pub at_end: bool,
}

/// What became of a piece.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was read.
    Read(Box<Piece>),
    /// Its last row goes on behind the window.
    Cut,
    /// It is no UTF-8.
    NotUtf8,
}

/// Where the first row begins behind `from`: behind the first line end that a row of the right length follows.
///
/// A line end inside quotes may pass for one. Whoever reads the piece before finds that out.
pub(super) fn first_row(window: Window, from: usize, shape: &Shape) -> Option<usize> {
    let cells = Cells {
        bytes: window.bytes,
        delimiter: shape.delimiter,
    };
    let line_ends = (from.saturating_sub(1)..window.bytes.len()).filter(|at| {
        let next = window.bytes.get(at + 1);
        match window.bytes.get(*at) {
            Some(b'\n') => true,
            Some(b'\r') => next != Some(&b'\n'),
            _ => false,
        }
    });
    let mut first = None;
    for start in line_ends.map(|at| at + 1).take(TRIED) {
        first = first.or(Some(start));
        let (mut at, mut count) = (start, 0);
        while count <= shape.cells {
            let cell = cells.cell(at);
            count += 1;
            at = cell.next;
            if cell.last {
                break;
            }
        }
        if count == shape.cells && (at < window.bytes.len() || window.at_end) {
            return Some(start);
        }
    }
    first
}

/// Reads the rows that begin in `from..until` of the window.
pub(super) fn read(
    window: Window,
    (from, until): (usize, usize),
    shape: &Shape,
    room: &mut Room,
) -> Outcome {
    let mut reader = Reader {
        cells: Cells {
            bytes: window.bytes,
            delimiter: shape.delimiter,
        },
        shape,
        from,
        spans: std::mem::take(&mut room.spans),
        doubled: Vec::new(),
        piece: Piece::default(),
    };
    reader.spans.clear();
    let end = reader.rows(from, until);
    let mut piece = reader.piece;
    let (spans, doubled) = (reader.spans, reader.doubled);
    if end >= window.bytes.len() && !window.at_end {
        room.spans = spans;
        return Outcome::Cut;
    }
    let Ok(text) = std::str::from_utf8(window.bytes.get(from..end).unwrap_or_default()) else {
        return Outcome::NotUtf8;
    };
    let rows = Rows {
        text,
        spans,
        doubled,
        width: shape.width,
    };
    piece.end = end;
    let records = piece.numbers.len();
    piece.ids = Ids::blank(records);
    if let Some(id) = &shape.id {
        for at in 0..records {
            match rows.value(at, id) {
                Value::There(span) => piece.ids.set(at, span.of(text)),
                Value::Made(own) => piece.ids.set(at, &own),
            }
        }
    }
    for want in &shape.wants {
        let column = Sharded::new(text, records, shape.bits, &mut room.values, |at| {
            rows.value(at, want)
        });
        piece.columns.push(column);
    }
    room.spans = rows.spans;
    Outcome::Read(Box::new(piece))
}

struct Reader<'a> {
    cells: Cells<'a>,
    shape: &'a Shape,
    from: usize,
    /// The kept cells, row by row; from the start of the piece.
    spans: Vec<Span>,
    /// Which of them hold doubled quotes, in order.
    doubled: Vec<usize>,
    piece: Piece,
}

/// One row as found.
struct Found {
    next: usize,
    cells: usize,
    /// Whether there is anything in a cell that the header does not have.
    extra: bool,
    /// Whether a quote in it is never closed.
    unclosed: bool,
}

impl Reader<'_> {
    /// Reads rows; gives where the last one ends.
    fn rows(&mut self, from: usize, until: usize) -> usize {
        let mut at = from;
        while at < until {
            let (base, first) = (self.spans.len(), self.doubled.len());
            let told = (self.piece.problems.len(), self.piece.bare);
            self.spans.resize(base + self.shape.width, Span::default());
            let found = self.row(at, base);
            let number = self.piece.lines;
            if found.unclosed {
                self.piece.problems.truncate(told.0);
                self.piece.bare = told.1;
                self.piece.lost = lines(self.cells.bytes.get(at..).unwrap_or_default());
                self.piece
                    .problems
                    .push((number, Problem::Unclosed(self.piece.lost)));
            } else if found.extra {
                self.piece.too_long += 1;
                self.tell(number, Problem::TooLong(found.cells));
            }
            let row = self.cells.bytes.get(at..found.next).unwrap_or_default();
            if found.unclosed || self.is_blank(base, row) {
                self.spans.truncate(base);
                self.doubled.truncate(first);
            } else {
                if found.cells < self.shape.cells {
                    let (count, first) = self.piece.short;
                    self.piece.short = (count + 1, if count == 0 { number } else { first });
                }
                self.piece.numbers.push(number);
            }
            self.piece.lines += 1;
            at = found.next;
        }
        at
    }

    fn row(&mut self, start: usize, base: usize) -> Found {
        let mut found = Found {
            next: start,
            cells: 0,
            extra: false,
            unclosed: false,
        };
        loop {
            let cell = self.cells.cell(found.next);
            match self.shape.slots.get(found.cells) {
                Some(Some(slot)) => {
                    let place = base + usize::from(*slot);
                    if let Some(span) = self.spans.get_mut(place) {
                        *span = Span::new(cell.start - self.from, cell.end - self.from);
                    }
                    if cell.kind == Kind::Doubled {
                        self.doubled.push(place);
                    }
                }
                Some(None) => {}
                None => found.extra |= !is_blank(self.cells.bytes.get(cell.start..cell.end)),
            }
            if cell.kind == Kind::Bare {
                self.piece.bare += 1;
                let value = self
                    .cells
                    .bytes
                    .get(cell.start..cell.end)
                    .unwrap_or_default();
                let value = String::from_utf8_lossy(value).into_owned();
                self.tell(self.piece.lines, Problem::Bare(found.cells, value));
            }
            found.cells += 1;
            found.next = cell.next;
            found.unclosed = cell.kind == Kind::Unclosed;
            if cell.last || found.unclosed {
                return found;
            }
        }
    }

    fn tell(&mut self, row: u32, problem: Problem) {
        if self.piece.problems.len() < MOST_LINES {
            self.piece.problems.push((row, problem));
        }
    }

    /// Whether a row holds nothing; most rows show that they do by their kept cells.
    fn is_blank(&self, base: usize, row: &[u8]) -> bool {
        let kept = self.spans.get(base..).unwrap_or_default();
        let signs = [self.shape.delimiter, b'"'];
        kept.iter().all(|span| span.is_blank())
            && row
                .split(|b| signs.contains(b))
                .all(|cell| is_blank(Some(cell)))
    }
}

fn is_blank(cell: Option<&[u8]>) -> bool {
    cell.is_none_or(|cell| cell.is_empty() || String::from_utf8_lossy(cell).trim().is_empty())
}

/// Lines with something in them.
fn lines(bytes: &[u8]) -> usize {
    bytes
        .split(|b| matches!(b, b'\n' | b'\r'))
        .filter(|line| !is_blank(Some(line)))
        .count()
}
