//! Delimited text: a row becomes an empty line.

use crate::import::Limits;
use crate::import::decode::decode;
use crate::import::delimited::spans;
use crate::import::read_error::ReadError;

use super::edit::{Edit, as_utf_8, edited};
use super::{Rows, Way, is_cut};

/// What stands in the place of a row.
#[derive(Clone, Copy)]
struct Filling<'a> {
    /// Nothing, or a cell of one blank in quotes: a quote further up may have been understood by one further down.
    row: &'a str,
    /// A line in front that names the delimiter, which else might be taken for another.
    head: &'a str,
}

/// The ways to write the file without the rows, the plainest first.
pub fn ways<'a>(bytes: &'a [u8], rows: &Rows, limits: &Limits) -> Result<Vec<Way<'a>>, ReadError> {
    let (text, _) = decode(bytes);
    let spans = spans(&text, limits)?;
    let places: Vec<_> = spans
        .rows
        .into_iter()
        .filter(|(number, _)| is_cut(rows, "", *number))
        .map(|(_, place)| place)
        .collect();
    let named = format!("sep={}\r\n", char::from(spans.delimiter));
    let has_name = text.starts_with("sep=");
    let mut ways: Vec<Way<'a>> = Vec::new();
    for is_utf_8 in [false, true] {
        for head in ["", &named] {
            for row in ["", "\" \""] {
                if has_name && !head.is_empty() {
                    continue;
                }
                let filling = Filling { row, head };
                let edits = edits(&text, &places, filling);
                let write = if is_utf_8 { as_utf_8 } else { edited };
                ways.push(Box::new(move || write(bytes, &edits)));
            }
        }
    }
    Ok(ways)
}

fn edits(text: &str, places: &[std::ops::Range<usize>], filling: Filling) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !filling.head.is_empty() {
        edits.push(Edit {
            place: 0..0,
            text: filling.head.to_owned(),
        });
    }
    for place in places {
        let row = text.get(place.clone()).unwrap_or_default();
        let end = line_end(row);
        // a lone carriage return in front would become one line end with the line feed that is left
        let joins = end == "\n"
            && filling.row.is_empty()
            && text.get(..place.start).is_some_and(|t| t.ends_with('\r'));
        let end = if joins { "\r\n" } else { end };
        edits.push(Edit {
            place: place.clone(),
            text: format!("{}{end}", filling.row),
        });
    }
    edits
}

/// The line end behind a row; none behind the last one.
fn line_end(row: &str) -> &'static str {
    ["\r\n", "\n", "\r"]
        .into_iter()
        .find(|end| row.ends_with(end))
        .unwrap_or("")
}

/// What the text holds outside of its rows: what stands behind a quote that is never closed.
pub fn outside(bytes: &[u8], limits: &Limits) -> String {
    let text = decode(bytes).0;
    let Ok(spans) = spans(&text, limits) else {
        return text.into_owned();
    };
    let end = spans.rows.last().map_or(0, |(_, place)| place.end);
    text.get(end..).unwrap_or_default().to_owned()
}
