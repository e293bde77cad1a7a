//! Makes one column of the pieces' own: each distinct value once, with a number that follows from the values alone.
//!
//! A value's number goes by its hash, and not by where it was met, so that a roster is the same whatever the order of rows
//! and files and whatever the number of threads.

use super::columns::Field;
use super::ids::Order;
use super::piece::Piece;
use super::plan::Plan;
use super::shard::Entry;
use super::table::Table;
use super::unknown::Silence;
use crate::model::roster::{Column, Texts};

/// A column with what else is known of its values.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub column: Column,
    /// For each value which way of reading it has.
    pub ways: Vec<u8>,
}

/// Everything that columns are made of.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub pieces: &'a [Piece],
    pub plans: &'a [Plan],
    pub order: &'a Order,
    /// The rows of the records, in their order.
    pub rows: &'a [u32],
    /// How many rows there are.
    pub all: usize,
    /// Rows of the records that are not used, sorted.
    pub unused: &'a [u32],
    /// Into how many shards values are sorted, as a power of two.
    pub bits: u32,
}

/// Says for a file and a value how it is to be read: values with different ways are kept apart.
pub(super) type Way<'a> = &'a (dyn Fn(usize, &str) -> u8 + Sync);

/// Makes a column.
pub(super) fn column(parts: Parts, field: &Field, way: Option<Way>) -> Merged {
    let silence = Silence::of(field);
    let mut merged = Merged {
        column: Column {
            values: Texts::default(),
            cells: Vec::new(),
        },
        ways: vec![0],
    };
    let sources = sources(parts, field);
    let mut shard = Shard::default();
    // the numbers of all values, shard by shard, and where each shard begins
    let values = sources.iter().map(|source| source.column.len()).sum();
    let mut numbers: Vec<u32> = Vec::with_capacity(values);
    let mut next: Vec<usize> = Vec::with_capacity(1 << parts.bits);
    for at in 0..1_usize << parts.bits {
        shard.read(&sources, at, (way, parts.unused));
        shard.number(&mut merged, silence, parts.all);
        next.push(numbers.len());
        numbers.extend(
            shard
                .met
                .iter()
                .map(|value| shard.numbers.get(*value as usize).copied().unwrap_or(0)),
        );
    }
    if merged.column.values.len() == 1 {
        return Merged::default();
    }
    let by_row = by_row(&sources, parts.all, (&numbers, next));
    let cells = parts
        .rows
        .iter()
        .map(|row| by_row.get(*row as usize).copied().unwrap_or(0));
    merged.column.cells = cells.collect();
    merged
}

/// How long the values of a field are in all: as long takes making its column.
pub(super) fn length(parts: Parts, field: &Field) -> usize {
    let sources = sources(parts, field);
    let bytes = |source: &Source| source.column.bytes() + 8 * source.column.len();
    sources.iter().map(bytes).sum()
}

/// The number of each row's value. Piece after piece, since writing shard after shard would go through all rows each time.
fn by_row(sources: &[Source], rows: usize, (numbers, mut next): (&[u32], Vec<usize>)) -> Vec<u32> {
    let mut by_row = vec![0_u32; rows];
    for source in sources {
        let Some(cells) = by_row.get_mut(source.first_row as usize..) else {
            continue;
        };
        for (shard, next) in next.iter_mut().enumerate() {
            let entries = source.column.entries(shard);
            let own = numbers
                .get(*next..*next + entries.len())
                .unwrap_or_default();
            *next += entries.len();
            for (entry, number) in entries.iter().zip(own) {
                if let Some(cell) = cells.get_mut(entry.record as usize) {
                    *cell = *number;
                }
            }
        }
    }
    by_row
}

/// One piece's part of a column.
struct Source<'a> {
    piece: &'a Piece,
    column: &'a super::shard::Sharded,
    first_row: u32,
}

fn sources<'a>(parts: Parts<'a>, field: &Field) -> Vec<Source<'a>> {
    let mut row = 0;
    let mut sources = Vec::with_capacity(parts.pieces.len());
    for piece in parts.pieces {
        let first_row = row;
        row += piece.numbers.len() as u32;
        if let Some(column) = piece.column(parts.plans, field) {
            sources.push(Source {
                piece,
                column,
                first_row,
            });
        }
    }
    sources
}

/// One shard of a column, on its way.
#[derive(Default)]
struct Shard {
    table: Table,
    /// The distinct values as they were met; the first is blank.
    texts: Texts,
    ways: Vec<u8>,
    hashes: Vec<u32>,
    /// For each value met which distinct one it is; 0 for one of a row that is not used.
    met: Vec<u32>,
    /// For each distinct value its number in the column.
    numbers: Vec<u32>,
}

impl Shard {
    /// Finds the distinct values.
    fn read(&mut self, sources: &[Source], at: usize, (way, unused): (Option<Way>, &[u32])) {
        self.table.clear();
        self.texts.clear();
        self.ways.clear();
        self.ways.push(0);
        self.hashes.clear();
        self.hashes.push(0);
        self.met.clear();
        for source in sources {
            for (Entry { hash, record, .. }, text) in source.column.shard(at) {
                let row = source.first_row + record;
                if !unused.is_empty() && unused.binary_search(&row).is_ok() {
                    self.met.push(0);
                    continue;
                }
                let way = way.map_or(0, |way| way(source.piece.file, text));
                let new = self.texts.len() as u32;
                let value = self.table.find_or_add(hash, new, |value| {
                    self.texts.get(value) == text && self.ways.get(value as usize) == Some(&way)
                });
                if value == new {
                    self.texts.push(text);
                    self.ways.push(way);
                    self.hashes.push(hash);
                }
                self.met.push(value);
            }
        }
    }

    /// Numbers them by hash, equal hashes by text; those that say nothing are blank.
    fn number(&mut self, merged: &mut Merged, silence: Silence, records: usize) {
        let mut order: Vec<u64> = (1..)
            .zip(self.hashes.iter().skip(1))
            .map(|(at, hash)| u64::from(*hash) << 32 | at)
            .collect();
        order.sort_unstable();
        let hash = |one: u64| one >> 32;
        for same in order
            .chunk_by_mut(|a, b| hash(*a) == hash(*b))
            .filter(|same| same.len() > 1)
        {
            let key = |one: &u64| {
                (
                    self.texts.get(*one as u32),
                    self.ways.get(*one as u32 as usize),
                )
            };
            same.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        }
        self.numbers.clear();
        self.numbers.resize(self.texts.len(), 0);
        for one in order {
            let value = one as u32;
            let text = self.texts.get(value);
            let count = || self.met.iter().filter(|met| **met == value).count();
            if silence.holds(text, count, records) {
                continue;
            }
            if let Some(number) = self.numbers.get_mut(value as usize) {
                *number = merged.column.values.push(text);
                merged
                    .ways
                    .push(self.ways.get(value as usize).copied().unwrap_or(0));
            }
        }
    }
}
