//! The keys of records side by side, and some blocks of a pass with the keys of their records near at hand.

use rayon::prelude::*;

use super::digits::Born;

/// Keys in a line.
const WIDTH: usize = 16;
/// Records of a batch, about: their keys and rows stay near the processor.
const RECORDS: usize = 1024;
/// Lines of keys that are made by one thread at least.
const STRETCH: usize = 4096;

/// Keys of one record in sixteen passes; 0 is none.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line([u32; WIDTH]);

impl Line {
    /// Whether the two have a key in common.
    fn meets(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        // no early end: all are compared at once
        let met = |(x, y): (&u32, &u32)| u32::from(x == y) & u32::from(*x != 0);
        pairs.fold(0, |any, pair| any | met(pair)) != 0
    }
}

/// Each record's keys, pass by pass.
#[derive(Debug, Default)]
pub struct Lines {
    /// So many lines a record.
    each: usize,
    lines: Vec<Line>,
}

impl Lines {
    /// Puts the columns of keys side by side.
    pub fn of(records: usize, columns: &[Vec<u32>]) -> Self {
        let each = columns.len().div_ceil(WIDTH);
        let line = |at: usize| {
            let (record, part) = (at / each, at % each);
            let mut line = Line::default();
            let passes = columns.iter().skip(part * WIDTH);
            for (own, column) in line.0.iter_mut().zip(passes) {
                *own = column[record];
            }
            line
        };
        let lines = (0..records * each).into_par_iter().with_min_len(STRETCH);
        Self {
            each,
            lines: lines.map(line).collect(),
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
    /// The keys of the passes before, so many lines a record.
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
        let (each, last) = (self.each(), self.pass % WIDTH);
        let keep: [u32; WIDTH] =
            std::array::from_fn(|at| if last == 0 || at < last { u32::MAX } else { 0 });
        let kept = |line: &Line| Line(std::array::from_fn(|at| line.0[at] & keep[at]));
        let records = self.records.iter().map(|record| *record as usize);
        if each == 1 {
            // one line a record at a known length
            self.lines
                .extend(records.map(|record| kept(&keys.lines[record * keys.each])));
            return;
        }
        for record in records {
            let from = record * keys.each;
            self.lines.extend_from_slice(&keys.lines[from..from + each]);
            if let Some(line) = self.lines.last_mut().filter(|_| each > 0) {
                *line = kept(line);
            }
        }
    }

    /// Gives each pair of a block that no earlier pass has, by their places in `records`, the smaller record first; without
    /// those who are only called alike, where `births_tell` that they are two persons.
    pub fn pairs(&self, births_tell: bool, mut take: impl FnMut(usize, usize)) {
        let births_tell = births_tell && !self.births.is_empty();
        let told_apart = |left: usize, right: usize| {
            births_tell && self.births[left].is_apart(self.births[right])
        };
        let each = self.each();
        let lines = |at: usize| &self.lines[at * each..(at + 1) * each];
        let mut from = 0;
        for until in &self.ends {
            for left in from..*until {
                let own = lines(left);
                for right in left + 1..*until {
                    let mut both = own.iter().zip(lines(right));
                    if !both.any(|(x, y)| x.meets(y)) && !told_apart(left, right) {
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
