//! Chooses the pairs to compare: records that share one of several keys. Each pair comes once, from the first key it shares.
//!
//! A key that too many records share is split by a further field; what is still too large then is left to the other
//! passes and counted. Narrow passes always run, but for spare ones in large files of which much is known; wide ones only where
//! the data is small enough to afford their pairs. Pairs that are told apart at a glance (`apart`) are left out.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Pass;
use super::apart::{Known, Telling};
use super::batch::{Batch, Lines};
use super::keys::{Brings, KeyOf, Keys, Parts, Plan, columns, plans};
use super::sorted::Sorted;
use super::table::Table;
use crate::model::watch::Watch;

/// A key shared by more records than this is split.
pub const LARGEST: usize = 40;
/// Pairs that a narrow pass may bring in a file of any size, before its larger keys are split.
const NARROW_PAIRS: u64 = 4_000_000;
/// The same for each record of a large file.
const NARROW_EACH: f64 = 0.8;
/// A part of a split key may have this many.
pub const LARGEST_PART: usize = 120;
/// Pairs that the wide passes may bring in a small file; beyond so many records they are fewer.
const WIDE_PAIRS: u64 = 6_000_000;
const SMALL_FILE: u64 = 300_000;
/// Where houses of this share of a large file are known, and how to reach this share of it, spare passes are left out.
const HOUSES_KNOWN: f64 = 0.8;
const CONTACTS_KNOWN: f64 = 0.5;
/// Records looked at to foresee how many pairs a wide pass brings.
const FORESEEN_BY: usize = 40_000;

/// The records in blocks, pass by pass.
#[derive(Debug, Default)]
pub struct Blocks {
    /// What each pass did so far; the pairs are counted when they are scored.
    pub passes: Vec<Pass>,
    /// The passes as they are made elsewhere, in the same order.
    pub chosen: Vec<Chosen>,
    /// Each record's keys.
    keys: Lines,
    /// What can tell records apart, nearer to each other than in the rows.
    known: Vec<Known>,
    /// Key and record, block by block, a list a pass.
    sorted: Vec<Vec<u64>>,
    /// How many pairs those are, those that several passes have counted several times.
    pairs: u64,
}

/// A pass, by what another process needs to make its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its place among all passes that there are for these fields.
    pub number: usize,
    /// What it brings together.
    pub brings: Brings,
    /// A key that more records share is split.
    pub largest: usize,
}

/// A stretch of one pass's sorted keys that holds whole blocks.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// The pass.
    pub pass: usize,
    from: usize,
    until: usize,
}

impl Blocks {
    /// Sorts the records into blocks.
    pub fn of(table: &Table) -> Self {
        let keys = Keys { table };
        let chosen = chosen(&keys);
        let columns = columns(&chosen, &keys);
        let done: Vec<(Chosen, Sorted)> = chosen
            .into_par_iter()
            .zip(columns)
            .map(|(plan, column)| {
                let (number, brings) = (plan.number, plan.brings);
                let sorted = Sorted::of(&plan, &keys, column);
                let largest = sorted.largest;
                let chosen = Chosen {
                    number,
                    brings,
                    largest,
                };
                (chosen, sorted)
            })
            // a pass that could do nothing but leave out is told
            .filter(|(_, sorted)| sorted.list.len() > 1 || sorted.pass.left_out > 0)
            .collect();
        let (mut blocks, mut columns) = (Self::default(), Vec::new());
        for (chosen, done) in done {
            blocks.chosen.push(chosen);
            blocks.passes.push(done.pass);
            blocks.pairs += done.pairs;
            blocks.sorted.push(done.list);
            columns.push(done.column);
        }
        blocks.keys = Lines::of(table.len(), &columns);
        blocks.known = table.rows.par_iter().map(Known::of).collect();
        blocks
    }

    /// How many pairs the blocks hold, those that several passes have counted several times.
    pub fn most_pairs(&self) -> u64 {
        self.pairs
    }

    /// The same of one stretch.
    pub fn most_pairs_of(&self, stretch: Stretch) -> u64 {
        pairs_in(&self.sorted[stretch.pass][stretch.from..stretch.until])
    }

    /// All blocks in stretches, for working on them side by side.
    pub fn stretches(&self) -> Vec<Stretch> {
        const LONG: usize = 8192;
        let mut stretches = Vec::new();
        for (pass, list) in self.sorted.iter().enumerate() {
            let mut from = 0;
            while from < list.len() {
                let mut until = (from + LONG).min(list.len());
                while until < list.len() && list[until] >> 32 == list[until - 1] >> 32 {
                    until += 1;
                }
                stretches.push(Stretch { pass, from, until });
                from = until;
            }
        }
        stretches
    }

    /// Gives the blocks of a stretch, as many at a time as are at hand together, of those that `wanted` takes by their first
    /// record.
    pub fn batches(
        &self,
        stretch: Stretch,
        wanted: impl Fn(u32) -> bool,
        mut take: impl FnMut(&Batch),
    ) {
        let list = &self.sorted[stretch.pass][stretch.from..stretch.until];
        let mut batch = Batch::of(stretch.pass, &self.chosen);
        for block in list.chunk_by(|a, b| a >> 32 == b >> 32) {
            if wanted(block[0] as u32) {
                batch.add(block);
            }
            if batch.is_full() {
                batch.close(&self.keys, &self.known);
                take(&batch);
                batch.clear();
            }
        }
        batch.close(&self.keys, &self.known);
        take(&batch);
    }

    /// Counts the pairs that each pass is the first to bring, where they were compared elsewhere.
    pub fn count_pairs(&mut self, telling: Telling, watch: &dyn Watch) {
        let count = |stretch: Stretch| {
            let mut pairs = 0;
            if !watch.is_stopped() {
                self.batches(
                    stretch,
                    |_| true,
                    |batch| batch.pairs(telling, |_, _| pairs += 1),
                );
            }
            (stretch.pass, pairs)
        };
        let counts: Vec<(usize, u64)> = self.stretches().into_par_iter().map(count).collect();
        for (pass, pairs) in counts {
            self.passes[pass].pairs += pairs;
        }
    }
}

/// Gives each record's keys, pass by pass: the place of the pass among those chosen, the record, the key.
pub fn each_key(table: &Table, chosen: &[Chosen], mut take: impl FnMut(usize, usize, u32)) {
    let keys = Keys { table };
    let plans = plans(&keys);
    let parts: Vec<Parts> = (0..table.len()).map(|record| keys.parts(record)).collect();
    for (pass, chosen) in chosen.iter().enumerate() {
        let Some(plan) = plans.get(chosen.number) else {
            continue;
        };
        for parts in &parts {
            let key = (plan.of)(parts);
            if key != 0 {
                take(pass, parts.record, key);
            }
        }
    }
}

/// The parts of a block that are compared: the block itself, or, where it is too large for a narrow pass, those of its parts
/// that are not too large either.
pub fn parts(table: &Table, pass: Chosen, whole: u32, block: Vec<u32>) -> Vec<Vec<u32>> {
    if pass.brings == Brings::Many || block.len() <= pass.largest {
        return vec![block];
    }
    let keys = Keys { table };
    let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for record in block {
        let part = keys.part(whole, record as usize);
        parts.entry(part).or_default().push(record);
    }
    parts
        .into_values()
        .filter(|part| part.len() <= LARGEST_PART)
        .collect()
}

/// How many pairs share a key in a list of keys and records.
fn pairs_in(sorted: &[u64]) -> u64 {
    sorted
        .chunk_by(|a, b| a >> 32 == b >> 32)
        .map(|block| block.len() as u64)
        .map(|n| n * (n - 1) / 2)
        .sum()
}

/// How many pairs a narrow pass may bring among so many records without its larger keys being split.
pub fn most_pairs(records: usize) -> u64 {
    NARROW_PAIRS.max((records as f64 * NARROW_EACH) as u64)
}

/// How many pairs the wide passes may bring among so many records.
fn room(records: u64) -> u64 {
    WIDE_PAIRS * SMALL_FILE / (SMALL_FILE + records)
}

/// The passes that are made: the narrow ones, and the wide ones that there is room for.
fn chosen<'a>(keys: &'a Keys<'a>) -> Vec<Plan<'a>> {
    let records = keys.table.len();
    let step = records.div_ceil(FORESEEN_BY).max(1);
    let some = (0..records).into_par_iter().step_by(step);
    let some: Vec<Parts> = some.map(|record| keys.parts(record)).collect();
    let brings = |plan: &Plan<'_>| {
        if plan.brings == Brings::Many {
            foreseen(&some, &plan.of) * (step * step) as u64
        } else {
            0
        }
    };
    let is_well_known = is_well_known(records as u64, &some);
    let mut plans = plans(keys);
    plans.retain(|plan| !(plan.is_spare && is_well_known));
    let brings: Vec<u64> = plans.par_iter().map(brings).collect();
    let mut room = room(records as u64);
    let mut chosen = Vec::new();
    for (plan, brings) in plans.into_iter().zip(brings) {
        if brings <= room {
            room -= brings;
            chosen.push(plan);
        }
    }
    // those that may tell a pair apart come last, houses before names: `Batch::pairs` leaves to the later what the earlier did
    chosen.sort_by_key(|plan| match plan.brings {
        Brings::Near | Brings::Many => 0,
        Brings::House => 1,
        Brings::Called => 2,
    });
    chosen
}

/// Whether a file is large, and of most of some of its records more is known than name and date of birth.
fn is_well_known(records: u64, some: &[Parts]) -> bool {
    let share = |is_known: fn(&Parts) -> bool| {
        let known = some.iter().filter(|parts| is_known(parts)).count();
        known as f64 / some.len().max(1) as f64
    };
    records > SMALL_FILE
        && share(Parts::has_house) >= HOUSES_KNOWN
        && share(Parts::has_contact) >= CONTACTS_KNOWN
}

/// How many pairs a key brings among some records.
fn foreseen(some: &[Parts], of: &KeyOf<'_>) -> u64 {
    let mut keys: Vec<u32> = some.iter().map(of).filter(|key| *key != 0).collect();
    keys.sort_unstable();
    let blocks = keys.chunk_by(|a, b| a == b);
    blocks
        .map(|block| block.len() as u64)
        .map(|n| n * (n - 1) / 2)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::sample;

    #[test]
    fn a_large_file_of_which_houses_and_telephones_are_known_is_well_known() {
        let ids: Vec<String> = (0..10).map(|number| format!("gp:{number}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let is_well_known = |records: u64, houses: usize, phones: usize| {
            let first = |count: usize, value: &'static str| -> Vec<&str> {
                let value = |at: usize| if at < count { value } else { "" };
                (0..10).map(value).collect()
            };
            let mut roster = sample::roster(&ids);
            roster.given = sample::column(&first(10, "Ann"));
            roster.phone = sample::column(&first(phones, "07000 000001"));
            roster.address = sample::column(&first(houses, "3 Weaver Place"));
            let table = Table::of(&roster);
            let keys = Keys { table: &table };
            let some: Vec<Parts> = (0..10).map(|record| keys.parts(record)).collect();
            super::is_well_known(records, &some)
        };
        assert!(is_well_known(SMALL_FILE + 1, 8, 5));
        assert!(!is_well_known(SMALL_FILE, 8, 5));
        assert!(!is_well_known(SMALL_FILE + 1, 7, 10));
        assert!(!is_well_known(SMALL_FILE + 1, 10, 4));
    }
}
