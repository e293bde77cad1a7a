//! The template of a cell: text with the headers of other cells in it.
//!
//! `{HEADER}` is that cell, read by its codes; `{A|B}` the first of two that is filled; `[…]` is left out unless each cell
//! named inside it is filled. `{HEADER:id}` is the id at the end of a reference, `{HEADER:raw}` the cell without its codes.

use super::data::spellings;

/// A piece of a template.
#[derive(Debug)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A cell: the folded spellings of its header, and what is done with it.
    Cell(Vec<String>, Done),
    /// Left out when a cell in it is blank.
    Part(Vec<Piece>),
}

/// What is done with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Read by its codes.
    Read,
    /// Taken as it stands.
    Raw,
    /// Only the id of a reference (`Patient/12`, `urn:uuid:12`).
    Id,
}

/// A template.
#[derive(Debug)]
pub struct Template {
    pieces: Vec<Piece>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A brace or bracket that is not closed.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let pieces = pieces(&mut rest, false).ok_or_else(|| format!("`{text}` is not closed"))?;
        Ok(Self { pieces })
    }

    /// The text, with each cell as `cell` gives it.
    pub fn fill(&self, cell: &dyn Fn(&[String], Done) -> String) -> String {
        fill(&self.pieces, cell).0
    }

    /// The folded headers that are all there is to it: it is that cell, and no other text.
    pub fn is_only(&self) -> Option<&[String]> {
        match self.pieces.as_slice() {
            [Piece::Cell(names, _)] => Some(names),
            _ => None,
        }
    }

    /// Calls `with` for each header that it names.
    pub fn each(&self, with: &mut dyn FnMut(&str)) {
        each(&self.pieces, with);
    }
}

fn each(pieces: &[Piece], with: &mut dyn FnMut(&str)) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Cell(names, _) => names.iter().for_each(|name| with(name)),
            Piece::Part(pieces) => each(pieces, with),
        }
    }
}

/// The text, and whether each cell in it is filled.
fn fill(pieces: &[Piece], cell: &dyn Fn(&[String], Done) -> String) -> (String, bool) {
    let (mut text, mut filled) = (String::new(), true);
    for piece in pieces {
        match piece {
            Piece::Text(own) => text.push_str(own),
            Piece::Cell(names, done) => {
                let value = cell(names, *done);
                filled &= !value.is_empty();
                text.push_str(&value);
            }
            Piece::Part(pieces) => {
                let (part, is_filled) = fill(pieces, cell);
                if is_filled {
                    text.push_str(&part);
                }
            }
        }
    }
    (text, filled)
}

fn pieces(rest: &mut &str, inside: bool) -> Option<Vec<Piece>> {
    let mut found = Vec::new();
    loop {
        let end = rest.find(['{', '[', ']']).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(end)?;
        if !text.is_empty() {
            found.push(Piece::Text(text.to_owned()));
        }
        let mut chars = after.chars();
        let sign = chars.next();
        *rest = chars.as_str();
        match sign {
            None => return (!inside).then_some(found),
            Some(']') => return inside.then_some(found),
            Some('[') => found.push(Piece::Part(pieces(rest, true)?)),
            Some(_) => {
                let (name, after) = rest.split_once('}')?;
                *rest = after;
                found.push(of_cell(name));
            }
        }
    }
}

fn of_cell(name: &str) -> Piece {
    let (names, done) = match name.rsplit_once(':') {
        Some((names, "raw")) => (names, Done::Raw),
        Some((names, "id")) => (names, Done::Id),
        _ => (name, Done::Read),
    };
    Piece::Cell(spellings(names), done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_left_out_when_its_cell_is_blank() {
        let template = Template::read("Placed[ in {A}][, status {B|C}].").unwrap();
        let of = |a: &'static str, c: &'static str| {
            template.fill(&move |names, _| match names.first().map(String::as_str) {
                Some("a") => a.to_owned(),
                _ => c.to_owned(),
            })
        };
        assert_eq!(of("x", "y"), "Placed in x, status y.");
        assert_eq!(of("", "y"), "Placed, status y.");
        assert_eq!(of("", ""), "Placed.");
        for broken in ["{A", "[A", "A]", "[{A]"] {
            assert!(Template::read(broken).is_err(), "{broken}");
        }
    }
}
