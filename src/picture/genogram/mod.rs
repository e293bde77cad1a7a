//! The family picture: who is whose parent, partner or child and who lives with whom, laid out on a grid of whole numbers.
//!
//! [`Family::of`] gathers from a picture who belongs to the family; [`Genogram::of`] lays it out. One unit of the grid is a
//! character of the terminal, so that [`Genogram::text`] and any other drawing show the same. [`Family::list`] says in
//! sentences all that the drawing shows, and what it leaves out: it is the drawing's equal, and not its caption.
//!
//! The conventions are those of the field (the standard symbols of genograms): a square for a man or boy, a circle for a woman
//! or girl, a doubled outline for the child whom the case is about, generations as rows, the eldest on the left, a couple
//! joined by a line with their children below it, a dashed loop round those who live together. A parent whom nobody recorded
//! is drawn on purpose.

mod bond;
mod canvas;
mod family;
mod gather;
mod generation;
mod home;
mod list;
mod order;
mod place;
mod route;
mod text;
mod unions;

#[cfg(test)]
mod tests;

pub use bond::Bond;
pub use family::{Family, Member, Sight, Tie};
pub use list::Said;
pub use route::{Line, LineKind, Loop, Point};
pub use text::{inside, labels};

/// Half the room that a person takes across.
const HALF: i32 = 9;
/// The distance from one person to the next.
const ACROSS: i32 = 2 * HALF;
/// The rows that a person takes: the symbol and three lines of words.
pub const TALL: i32 = 4;
/// The most that a line of words below a symbol may take across.
pub const LABEL: usize = 14;

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Index of the member of the family.
    pub member: usize,
    /// The column of the middle of the symbol.
    pub x: i32,
    /// The row of the symbol; the words are below it.
    pub y: i32,
    /// Whether it is the small sign, without words, of a parent whom nobody recorded.
    pub is_small: bool,
}

/// The family picture, laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Genogram {
    /// Columns.
    pub width: i32,
    /// Rows.
    pub height: i32,
    /// Everybody, each once, by row, then column.
    pub placed: Vec<Placed>,
    /// Lines between people.
    pub lines: Vec<Line>,
    /// Loops round those who live together.
    pub loops: Vec<Loop>,
    /// Indexes of the ties that no line shows; the list has them.
    pub not_drawn: Vec<usize>,
}

impl Genogram {
    /// Lays a family out.
    pub fn of(family: &Family) -> Self {
        let rows = generation::rows(family);
        let unions = unions::of(family, &rows);
        let order = order::ordered(family, &unions, &rows);
        let columns = place::columns(&order, &unions, family.members.len());
        route::route(family, &unions, &order, &columns)
    }

    /// Where a member stands.
    pub fn place_of(&self, member: usize) -> Option<Placed> {
        self.placed.iter().copied().find(|one| one.member == member)
    }
}
