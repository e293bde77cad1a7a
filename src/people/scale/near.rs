//! The rows of a batch that are compared, copied so that they lie together.

use super::apart::Telling;
use super::batch::Batch;
use super::row::{Row, Side};
use super::table::Table;

/// Pairs that are gathered before they are compared.
const PAIRS: usize = 1 << 14;

/// No row was copied yet.
const NONE: u32 = u32::MAX;

/// Room for the rows of one batch after the other.
#[derive(Debug, Default)]
pub struct Near {
    /// Pairs to compare, by their places in the batch.
    pairs: Vec<(u32, u32)>,
    /// By place in the batch: where its row is.
    place: Vec<u32>,
    /// Records whose rows are to be copied next.
    wanted: Vec<u32>,
    rows: Vec<Row>,
}

impl Near {
    /// Gives the pairs of a batch, as [`Batch::pairs`] does. Most blocks bring none, and the rows of those are not looked at.
    pub fn pairs(
        &mut self,
        batch: &Batch,
        table: &Table,
        telling: Telling,
        mut take: impl FnMut(Side<'_>, Side<'_>),
    ) {
        self.place.clear();
        self.place.resize(batch.records.len(), NONE);
        self.rows.clear();
        batch.pairs(telling, |left, right| {
            self.pairs.push((left as u32, right as u32));
            if self.pairs.len() == PAIRS {
                self.give(batch, table, &mut take);
            }
        });
        self.give(batch, table, &mut take);
    }

    fn give(&mut self, batch: &Batch, table: &Table, take: &mut impl FnMut(Side<'_>, Side<'_>)) {
        self.wanted.clear();
        for of in self.pairs.iter().flat_map(|pair| [pair.0, pair.1]) {
            let place = &mut self.place[of as usize];
            if *place == NONE {
                *place = (self.rows.len() + self.wanted.len()) as u32;
                self.wanted.push(batch.records[of as usize]);
            }
        }
        // all at once, so that the waits for memory overlap
        let wanted = self.wanted.iter();
        self.rows
            .extend(wanted.map(|record| table.rows[*record as usize]));
        for (left, right) in self.pairs.drain(..) {
            let side = |of: u32| Side {
                record: batch.records[of as usize] as usize,
                row: &self.rows[self.place[of as usize] as usize],
            };
            take(side(left), side(right));
        }
    }
}

/// Gives pairs of records as sides, some at a time.
pub fn pairs_of(
    pairs: impl Iterator<Item = (usize, usize)>,
    table: &Table,
    mut take: impl FnMut(Side<'_>, Side<'_>),
) {
    const AHEAD: usize = 256;
    let mut pairs = pairs.peekable();
    let (mut some, mut rows): (Vec<(usize, usize)>, Vec<Row>) = (Vec::new(), Vec::new());
    while pairs.peek().is_some() {
        some.clear();
        rows.clear();
        some.extend(pairs.by_ref().take(AHEAD));
        rows.extend(
            some.iter()
                .flat_map(|pair| [table.rows[pair.0], table.rows[pair.1]]),
        );
        for (pair, rows) in some.iter().zip(rows.chunks_exact(2)) {
            let side = |record, at: usize| Side {
                record,
                row: &rows[at],
            };
            take(side(pair.0, 0), side(pair.1, 1));
        }
    }
}
