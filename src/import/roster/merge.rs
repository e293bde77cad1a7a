//! Makes one column of the pieces' own: each distinct value once, numbered by its first appearance in the order of the ids.
//!
//! So a roster is the same whatever the order of rows and files, and whatever the number of threads.

use super::columns::Field;
use super::ids::{Order, place_of};
use super::intern::{Span, Table};
use super::piece::Piece;
use super::plan::Plan;
use super::unknown::says_nothing;
use crate::model::roster::{Column, Texts};

/// A column with what else is known of its values.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub column: Column,
    /// For each value which way of reading it has; 0 for the blank one.
    pub ways: Vec<u8>,
}

/// Everything that columns are made of.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub pieces: &'a [Piece<'a>],
    pub plans: &'a [Plan],
    pub order: &'a Order,
    /// All rows, those that are not used too.
    pub rows: usize,
}

/// Makes a column. `way` says for a file and a value how it is to be read: values with different ways are kept apart.
pub(super) fn column(parts: Parts, field: &Field, way: impl Fn(usize, &str) -> u8) -> Merged {
    let mut values: Vec<(u32, Span, u8)> = vec![(0, Span::default(), 0)];
    let mut flat: Vec<u32> = Vec::with_capacity(parts.rows);
    let mut table = Table::with_room(1024);
    let text = |(piece, span, _): &(u32, Span, u8)| {
        parts
            .pieces
            .get(*piece as usize)
            .map_or("", |piece| piece.get(*span))
    };
    let mut map: Vec<u32> = Vec::new();
    for (at, piece) in parts.pieces.iter().enumerate() {
        let Some(codes) =
            place_of(piece, parts.plans, field).and_then(|place| piece.columns.get(place))
        else {
            flat.resize(flat.len() + piece.numbers.len(), 0);
            continue;
        };
        map.clear();
        map.push(0);
        for (span, hash) in codes.values.iter().zip(&codes.hashes) {
            let own = piece.get(*span);
            let way = way(piece.file, own);
            let new = values.len() as u32;
            let number = table.find_or_add(hash ^ u32::from(way), new, |n| {
                values
                    .get(n as usize)
                    .is_some_and(|value| value.2 == way && text(value).as_bytes() == own.as_bytes())
            });
            if number == new {
                values.push((at as u32, *span, way));
            }
            map.push(number);
        }
        flat.extend(
            codes
                .cells
                .iter()
                .map(|code| map.get(*code as usize).copied().unwrap_or(0)),
        );
    }
    drop(table);
    if values.len() == 1 {
        return Merged::default();
    }
    let silent = says_nothing(field, values.iter().map(text), &flat);
    // a number of its own once it appears; u32::MAX: says nothing
    let mut numbers: Vec<u32> = silent
        .iter()
        .map(|silent| if *silent { u32::MAX } else { 0 })
        .collect();
    if let Some(blank) = numbers.first_mut() {
        *blank = u32::MAX;
    }
    let mut merged = Merged {
        column: Column {
            values: Texts::default(),
            cells: Vec::with_capacity(flat.len()),
        },
        ways: vec![0],
    };
    for place in parts.order.places() {
        let code = flat.get(place.row as usize).copied().unwrap_or(0) as usize;
        let cell = match numbers.get_mut(code) {
            None | Some(&mut u32::MAX) => 0,
            Some(number) => {
                if *number == 0
                    && let Some(value) = values.get(code)
                {
                    *number = merged.column.values.push(text(value));
                    merged.ways.push(value.2);
                }
                *number
            }
        };
        merged.column.cells.push(cell);
    }
    merged
}
