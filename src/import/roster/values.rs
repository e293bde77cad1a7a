//! Makes values of the cells of a row: trimmed, joined, without doubled quotes.

use std::borrow::Cow;

use super::cells::undoubled;
use super::piece::{Join, Want};
use super::shard::{Span, Value};

/// The kept cells of a piece.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    /// The text of the piece.
    pub text: &'a str,
    /// The cells, row by row.
    pub spans: Vec<Span>,
    /// Which of them hold doubled quotes, in order.
    pub doubled: Vec<usize>,
    /// How many a row has.
    pub width: usize,
}

impl Rows<'_> {
    /// One wanted value of one row.
    pub(super) fn value(&self, row: usize, want: &Want) -> Value {
        let base = row * self.width;
        if let [slot] = want.slots.as_slice() {
            return self.cell(base + slot);
        }
        if want.join == Join::First {
            for slot in &want.slots {
                match self.cell(base + slot) {
                    Value::There(span) if span.is_blank() => {}
                    found => return found,
                }
            }
            return Value::There(Span::default());
        }
        let cells: Vec<Cow<str>> = want
            .slots
            .iter()
            .map(|slot| match self.cell(base + slot) {
                Value::There(span) => Cow::Borrowed(span.of(self.text)),
                Value::Made(text) => Cow::Owned(text),
            })
            .collect();
        Value::Made(joined(&cells, want.join))
    }

    /// One kept cell, without the blanks around it and without doubled quotes.
    fn cell(&self, place: usize) -> Value {
        let span = self.spans.get(place).copied().unwrap_or_default();
        let text = span.of(self.text);
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
