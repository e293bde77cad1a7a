//! The keys of records side by side, and some blocks of a pass with the keys of their records near at hand.

use rayon::prelude::*;

use super::apart::{Known, Telling};
use super::block::Chosen;
use super::keys::Brings;
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
    /// What it brings together.
    brings: Brings,
    /// Which of the passes before bring houses together: a pair that is told apart there is left to the others.
    houses: Vec<bool>,
    /// The records, block by block.
    pub records: Vec<u32>,
    /// Where each block ends.
    ends: Vec<usize>,
    /// The keys of the passes before: lines of all records in the first eight passes, then in the next.
    lines: Vec<Line>,
    /// What can tell pairs of the pass apart.
    known: Vec<Known>,
}

impl Batch {
    /// None yet.
    pub fn of(pass: usize, chosen: &[Chosen]) -> Self {
        let is_house = |of: &Chosen| of.brings == Brings::House;
        Self {
            pass,
            brings: chosen[pass].brings,
            houses: chosen[..pass].iter().map(is_house).collect(),
            records: Vec::with_capacity(2 * RECORDS),
            ends: Vec::new(),
            lines: Vec::new(),
            known: Vec::new(),
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
        self.known.clear();
    }

    /// Fetches the keys of the passes before, and what can tell pairs apart, all at once, so that the waits for memory overlap;
    /// the last thing before pairs are given.
    pub fn close(&mut self, keys: &Lines, known: &[Known]) {
        if self.brings.can_be_told() {
            let of = |record: &u32| known[*record as usize];
            self.known.extend(self.records.iter().map(of));
        }
        for lines in keys.of.iter().take(self.each()) {
            let of = |record: &u32| lines[*record as usize];
            self.lines.extend(self.records.iter().map(of));
        }
    }

    /// Whether a pass before has a pair, those of houses left out.
    fn is_met_but_for_houses(&self, left: usize, right: usize) -> bool {
        let lines = |at: usize| self.lines.iter().skip(at).step_by(self.records.len());
        let keys = |at: usize| lines(at).flat_map(|line| line.0);
        let mut both = keys(left).zip(keys(right)).zip(&self.houses);
        both.any(|((x, y), is_house)| x == y && x != 0 && !is_house)
    }

    /// Gives each pair of a block that no earlier pass has and that is not told apart, by their places in `records`, the smaller
    /// record first.
    pub fn pairs(&self, telling: Telling, mut take: impl FnMut(usize, usize)) {
        let is_apart = |brings: Brings, left: usize, right: usize| {
            brings.can_be_told() && self.known[left].is_apart(self.known[right], brings, telling)
        };
        // passes of houses come before those of names
        let is_left = |left: usize, right: usize| {
            self.brings == Brings::Called
                && is_apart(Brings::House, left, right)
                && !self.is_met_but_for_houses(left, right)
        };
        let line = |part: usize, at: usize| &self.lines[part * self.records.len() + at];
        let (mut from, mut own) = (0, Vec::with_capacity(self.each()));
        for until in &self.ends {
            for left in from..*until {
                own.clear();
                let parts = 0..self.each();
                own.extend(parts.map(|part| line(part, left).first(self.pass - part * WIDTH)));
                for right in left + 1..*until {
                    if is_apart(self.brings, left, right) {
                        continue;
                    }
                    let mut own = own.iter().enumerate();
                    let mut is_met =
                        || own.any(|(part, own): (usize, &Line)| own.meets(line(part, right)));
                    if !is_met() || is_left(left, right) {
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
    use crate::people::scale::digits::{Born, Code};
    use crate::people::scale::row::Row;
    use proptest::prelude::*;

    const ORDER: [Brings; 3] = [Brings::Near, Brings::House, Brings::Called];

    /// The pairs that the passes give, each with all records in one block of those who share its key.
    fn pairs(
        columns: &[(Brings, Vec<u32>)],
        known: &[Known],
        telling: Telling,
    ) -> Vec<(usize, usize)> {
        let chosen: Vec<Chosen> = (0..)
            .zip(columns)
            .map(|(number, (brings, _))| Chosen {
                number,
                brings: *brings,
                largest: 40,
            })
            .collect();
        let keys: Vec<Vec<u32>> = columns.iter().map(|(_, keys)| keys.clone()).collect();
        let lines = Lines::of(known.len(), &keys);
        let mut found = Vec::new();
        for (pass, keys) in keys.iter().enumerate() {
            let mut sorted: Vec<(u32, u64)> = keys.iter().copied().zip(0..).collect();
            sorted.retain(|(key, _)| *key != 0);
            sorted.sort_unstable();
            let mut batch = Batch::of(pass, &chosen);
            for block in sorted.chunk_by(|a, b| a.0 == b.0) {
                let block: Vec<u64> = block.iter().map(|(_, record)| *record).collect();
                batch.add(&block);
            }
            batch.close(&lines, known);
            batch.pairs(telling, |left, right| {
                let record = |at: usize| batch.records[at] as usize;
                found.push((record(left), record(right)));
            });
        }
        found.sort_unstable();
        found
    }

    /// Some dates and postcodes that tell each other apart, or do not.
    fn known() -> impl Strategy<Value = Known> {
        let births = [
            Born::of(*b"20100304", 14_672),
            Born::of(*b"20100917", 14_869),
            Born::of(*b"19870917", 6468),
            Born::default(),
        ];
        let codes = ["KH150EL", "YY11GR", ""];
        (0..births.len(), 0..codes.len()).prop_map(move |(born, code)| {
            Known::of(&Row {
                born: births[born],
                code: Code::of(codes[code]),
                ..Row::default()
            })
        })
    }

    proptest! {
        #[test]
        fn a_pair_comes_once_from_the_passes_that_do_not_tell_it_apart(
            known in proptest::collection::vec(known(), 6),
            mut columns in proptest::collection::vec(
                (0..3_usize, proptest::collection::vec(0..4_u32, 6)),
                1..20,
            ),
            births in any::<bool>(),
            codes in any::<bool>(),
        ) {
            let telling = Telling { births, codes };
            columns.sort_by_key(|(order, _)| *order);
            let columns: Vec<(Brings, Vec<u32>)> =
                columns.into_iter().map(|(order, keys)| (ORDER[order], keys)).collect();
            let is_brought = |left: usize, right: usize| {
                columns.iter().any(|(brings, keys)| {
                    keys[left] != 0
                        && keys[left] == keys[right]
                        && !known[left].is_apart(known[right], *brings, telling)
                })
            };
            let all = (0..6).flat_map(|left| (left + 1..6).map(move |right| (left, right)));
            let wanted: Vec<(usize, usize)> =
                all.filter(|(left, right)| is_brought(*left, *right)).collect();
            prop_assert_eq!(pairs(&columns, &known, telling), wanted);
        }
    }
}
