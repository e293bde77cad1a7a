//! The keys of records side by side, and some blocks of a pass with the keys of their records near at hand.

use rayon::prelude::*;

use super::digits::Born;
use super::values::NO_KEY;

/// Keys in a line.
const WIDTH: usize = 8;
/// Records of a batch, about: their keys and rows stay near the processor.
const RECORDS: usize = 1024;
/// Lines of keys that are made by one thread at least.
const STRETCH: usize = 4096;

/// Keys of one record in eight passes; 0 is none.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct Line([u32; WIDTH]);

impl Line {
    /// The first so many keys, made ready to be compared with many: what is none here is no key there either.
    fn first(&self, count: usize) -> Self {
        let is_key = |at: usize| at < count && self.0[at] != 0;
        let key = |at: usize| if is_key(at) { self.0[at] } else { NO_KEY };
        Self(std::array::from_fn(key))
    }

    /// Whether one that is ready to be compared has a key in common with another.
    fn meets(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        // no early end: all are compared at once
        pairs.fold(0, |any, (x, y)| any | u32::from(x == y)) != 0
    }
}

/// Each record's keys, but for the last pass, which has none after it that asks.
#[derive(Debug, Default)]
pub struct Lines {
    /// A list of lines, one a record, for each eight passes.
    of: Vec<Vec<Line>>,
}

impl Lines {
    /// Puts the columns of keys side by side.
    pub fn of(records: usize, columns: &[Vec<u32>]) -> Self {
        let asked = columns.split_last().map_or(columns, |(_, asked)| asked);
        let lines = |some: &[Vec<u32>]| -> Vec<Line> {
            let line = |record: usize| {
                let mut line = Line::default();
                for (own, column) in line.0.iter_mut().zip(some) {
                    *own = column[record];
                }
                line
            };
            let records = (0..records).into_par_iter().with_min_len(STRETCH);
            records.map(line).collect()
        };
        Self {
            of: asked.chunks(WIDTH).map(lines).collect(),
        }
    }
}

/// Some blocks of one pass.
#[derive(Debug)]
pub struct Batch {
    pass: usize,
    /// The records, block by block.
    pub records: Vec<u32>,
    /// Where each block ends.
    ends: Vec<usize>,
    /// The keys of the passes before: lines of all records in the first eight passes, then in the next.
    lines: Vec<Line>,
    /// The days of birth, where they can tell pairs of the pass apart.
    births: Vec<Born>,
}

impl Batch {
    /// None yet.
    pub fn of(pass: usize) -> Self {
        Self {
            pass,
            records: Vec::with_capacity(2 * RECORDS),
            ends: Vec::new(),
            lines: Vec::new(),
            births: Vec::new(),
        }
    }

    /// How many lines hold the keys of the passes before.
    fn each(&self) -> usize {
        self.pass.div_ceil(WIDTH)
    }

    /// Adds a block.
    pub fn add(&mut self, block: &[u64]) {
        self.records.extend(block.iter().map(|entry| *entry as u32));
        self.ends.push(self.records.len());
    }

    /// Whether it has enough.
    pub fn is_full(&self) -> bool {
        self.records.len() >= RECORDS
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.records.clear();
        self.ends.clear();
        self.lines.clear();
        self.births.clear();
    }

    /// Fetches the keys of the passes before, and days of birth where there are any, all at once, so that the waits for memory
    /// overlap; the last thing before pairs are given.
    pub fn close(&mut self, keys: &Lines, births: &[Born]) {
        if !births.is_empty() {
            let of = |record: &u32| births[*record as usize];
            self.births.extend(self.records.iter().map(of));
        }
        for lines in keys.of.iter().take(self.each()) {
            let of = |record: &u32| lines[*record as usize];
            self.lines.extend(self.records.iter().map(of));
        }
    }

    /// Gives each pair of a block that no earlier pass has, by their places in `records`, the smaller record first; without
    /// those who are only called alike, where `births_tell` that they are two persons.
    pub fn pairs(&self, births_tell: bool, mut take: impl FnMut(usize, usize)) {
        let births_tell = births_tell && !self.births.is_empty();
        let told_apart = |left: usize, right: usize| {
            births_tell && self.births[left].is_apart(self.births[right])
        };
        let line = |part: usize, at: usize| &self.lines[part * self.records.len() + at];
        let (mut from, mut own) = (0, Vec::with_capacity(self.each()));
        for until in &self.ends {
            for left in from..*until {
                own.clear();
                let parts = 0..self.each();
                own.extend(parts.map(|part| line(part, left).first(self.pass - part * WIDTH)));
                for right in left + 1..*until {
                    let mut own = own.iter().enumerate();
                    if !told_apart(left, right)
                        && !own.any(|(part, own): (usize, &Line)| own.meets(line(part, right)))
                    {
                        take(left, right);
                    }
                }
            }
            from = *until;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_births_tell_apart_is_left_out_where_they_tell() {
        let born = |digits: &[u8; 8], day| Born::of(*digits, day);
        let births = [
            born(b"20100304", 14_672),
            born(b"20110305", 15_038),
            born(b"19870917", 6468),
            Born::default(),
        ];
        let keys = Lines::of(births.len(), &[vec![7; births.len()]]);
        let pairs = |births: &[Born], births_tell: bool| {
            let mut batch = Batch::of(0);
            batch.add(&[0, 1, 2, 3]);
            batch.close(&keys, births);
            let mut pairs = Vec::new();
            batch.pairs(births_tell, |left, right| pairs.push((left, right)));
            pairs
        };
        let all = vec![(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
        assert_eq!(pairs(&births, false), all);
        // a pass that goes by more than names has none at hand
        assert_eq!(pairs(&[], true), all);
        assert_eq!(pairs(&births, true), [(0, 1), (0, 3), (1, 3), (2, 3)]);
    }
}
