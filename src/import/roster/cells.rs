//! Finds the cells of a row in the bytes of a file, without copying them.
//!
//! The rules are those of `delimited`: a quote opens a cell only where the cell begins, a doubled one inside is one quote,
//! a bare one is kept as it stands, and a cell may hold line breaks when it is quoted. What differs: a quote that is not
//! closed within [`CELL_BYTES`] never was an opening one, so that one stray quote does not swallow a million rows.

/// Bytes that a quoted cell may hold.
pub(super) const CELL_BYTES: usize = 1 << 20;

/// How the text of a cell is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it stands.
    Plain,
    /// Doubled quotes in it are one.
    Doubled,
    /// As it stands, and it holds a quote that is not doubled.
    Bare,
    /// It opens with a quote that nothing closes before the end of the file.
    Unclosed,
}

/// A cell: where its text is, and where the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub start: usize,
    pub end: usize,
    pub next: usize,
    /// Whether the row ends with it.
    pub last: bool,
    pub kind: Kind,
}

/// The bytes of a file and what separates its cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'a> {
    pub bytes: &'a [u8],
    pub delimiter: u8,
}

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// Marks the bytes of a word that are zero; the lowest mark is always right.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

impl Cells<'_> {
    /// The cell that begins at `at`.
    pub(super) fn cell(&self, at: usize) -> Cell {
        if self.bytes.get(at) == Some(&b'"') {
            self.quoted(at)
        } else {
            self.unquoted(at)
        }
    }

    fn unquoted(&self, start: usize) -> Cell {
        let mut kind = Kind::Plain;
        let mut at = self.stop(start);
        while self.bytes.get(at) == Some(&b'"') {
            kind = Kind::Bare;
            at = self.stop(at + 1);
        }
        self.ended((start, at), at, kind)
    }

    /// The first delimiter, line end or quote from `at` on.
    fn stop(&self, at: usize) -> usize {
        let stops = [self.delimiter, b'\n', b'\r', b'"'];
        self.first_of(stops, at, self.bytes.len())
    }

    /// Where the first of some bytes is from `at` on, else `until` or where the bytes end; eight bytes at a time.
    fn first_of<const N: usize>(&self, stops: [u8; N], mut at: usize, until: usize) -> usize {
        let until = until.min(self.bytes.len());
        let rest = self.bytes.get(at..until).unwrap_or_default();
        let (words, tail) = rest.as_chunks::<8>();
        for word in words {
            let word = u64::from_le_bytes(*word);
            let found = stops.iter().fold(0, |found, stop| {
                found | zeros(word ^ (ONES * u64::from(*stop)))
            });
            if found != 0 {
                return at + (found.trailing_zeros() / 8) as usize;
            }
            at += 8;
        }
        let is_stop = |b: &u8| stops.contains(b);
        at + tail.iter().position(is_stop).unwrap_or(tail.len())
    }

    fn quoted(&self, start: usize) -> Cell {
        let mut kind = Kind::Plain;
        let mut broken_line = false;
        // up to here, quotes are known to be text
        let mut text_until = 0;
        let mut at = start + 1;
        let most = start.saturating_add(CELL_BYTES);
        loop {
            if at > most {
                return self.unquoted(start);
            }
            match self.bytes.get(at) {
                None => {
                    return Cell {
                        kind: Kind::Unclosed,
                        ..self.ended((start, at), at, kind)
                    };
                }
                Some(b'"') if at < text_until => {}
                Some(b'"') if self.bytes.get(at + 1) == Some(&b'"') => {
                    if kind == Kind::Plain {
                        kind = Kind::Doubled;
                    }
                    at += 1;
                }
                Some(b'"') if self.ends_at(at + 1) => {
                    return self.ended((start + 1, at), at + 1, kind);
                }
                // a quote that opens a later cell: the first one never was an opening quote
                Some(b'"') if broken_line && self.opens(at) => return self.unquoted(start),
                Some(b'"') => match self.closing_on_line(at) {
                    None => return self.unquoted(start),
                    Some(closing) => {
                        kind = Kind::Bare;
                        text_until = closing;
                    }
                },
                Some(b'\n' | b'\r') => broken_line = true,
                Some(_) => {}
            }
            // nothing else in a quoted cell has a meaning
            at = self.first_of([b'"', b'\n', b'\r'], at + 1, most.saturating_add(1));
        }
    }

    /// Whether a cell may end here: at a delimiter, a line end or the end of the file.
    fn ends_at(&self, at: usize) -> bool {
        self.bytes
            .get(at)
            .is_none_or(|b| *b == self.delimiter || matches!(*b, b'\n' | b'\r'))
    }

    /// Whether a quote stands where a cell begins.
    fn opens(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| self.bytes.get(before))
            .is_some_and(|b| *b == self.delimiter || matches!(*b, b'\n' | b'\r'))
    }

    /// The quote on this line that closes the cell, when the one at `at` stands inside the text (`"said "no" to"`).
    fn closing_on_line(&self, at: usize) -> Option<usize> {
        let mut at = at + 1;
        loop {
            match self.bytes.get(at)? {
                b'\n' | b'\r' => return None,
                b'"' if self.opens(at) => return None,
                b'"' if self.ends_at(at + 1) => return Some(at),
                _ => at += 1,
            }
        }
    }

    /// A cell whose text is `span`, and what is behind it.
    fn ended(&self, (start, end): (usize, usize), at: usize, kind: Kind) -> Cell {
        let (next, last) = match self.bytes.get(at) {
            Some(b) if *b == self.delimiter => (at + 1, false),
            Some(b'\r') if self.bytes.get(at + 1) == Some(&b'\n') => (at + 2, true),
            Some(_) => (at + 1, true),
            None => (at, true),
        };
        Cell {
            start,
            end,
            next,
            last,
            kind,
        }
    }
}

/// Makes one of each doubled quote.
pub(super) fn undoubled(text: &str) -> String {
    text.replace("\"\"", "\"")
}
