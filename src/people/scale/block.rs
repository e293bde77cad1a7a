//! Chooses the pairs to compare: records that share one of several keys. Each pair comes once, from the first key it shares.
//!
//! A key that too many records share is split by a further field; what is still too large then is left to the other
//! passes and counted. Narrow passes always run; wide ones only where the data is small enough to afford their pairs.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Pass;
use super::table::Table;
use super::values::key;
use crate::model::watch::Watch;

/// A key shared by more records than this is split.
const LARGEST: usize = 40;
/// A part of a split key may have this many.
const LARGEST_PART: usize = 120;
/// Pairs that the wide passes may bring in a small file; beyond so many records they are fewer.
const WIDE_PAIRS: u64 = 6_000_000;
const SMALL_FILE: u64 = 300_000;
/// Records looked at to foresee how many pairs a wide pass brings.
const FORESEEN_BY: usize = 40_000;

/// The keys of a record, from which passes are made; 0 is blank. They are made of what is written in the record alone, so that
/// they are the same in every file and on every machine.
struct Keys<'a> {
    table: &'a Table,
}

impl Keys<'_> {
    fn given(&self, at: usize) -> u32 {
        self.table.given.variant[self.table.rows[at].given as usize]
    }
    fn given_letter(&self, at: usize) -> u32 {
        self.table.given.letter[self.table.rows[at].given as usize]
    }
    fn family(&self, at: usize) -> u32 {
        self.table.family.sound[self.table.rows[at].family as usize]
    }
    fn family_letter(&self, at: usize) -> u32 {
        self.table.family.letter[self.table.rows[at].family as usize]
    }
    fn birth(&self, at: usize) -> u32 {
        self.table.births.day[self.table.rows[at].birth as usize]
    }
    /// The day with the smaller of day and month first: swapped dates meet.
    fn birth_swapped(&self, at: usize) -> u32 {
        self.table.births.swapped[self.table.rows[at].birth as usize]
    }
    fn month(&self, at: usize) -> u32 {
        self.table.births.month[self.table.rows[at].birth as usize]
    }
    fn year(&self, at: usize) -> u32 {
        self.table.births.year[self.table.rows[at].birth as usize]
    }
    fn month_and_day(&self, at: usize) -> u32 {
        self.table.births.month_and_day[self.table.rows[at].birth as usize]
    }
    fn postcode(&self, at: usize) -> u32 {
        self.table.postcode_keys[self.table.rows[at].postcode as usize]
    }
    fn door(&self, at: usize) -> u32 {
        let door = &self.table.places.door;
        door.get(self.table.rows[at].address as usize)
            .copied()
            .unwrap_or(0)
    }
    fn phone(&self, at: usize) -> u32 {
        self.table.phones.key(self.table.rows[at].phone)
    }
    fn email(&self, at: usize) -> u32 {
        self.table.emails.key(self.table.rows[at].email)
    }
    fn number(&self, which: usize, at: usize) -> u32 {
        let numbers = &self.table.numbers[which];
        let number = numbers.cells.get(at).copied().unwrap_or(0);
        numbers.keys[number as usize]
    }
    /// The key of the part of a block that is too large.
    fn part(&self, whole: u32, at: usize) -> u32 {
        let month = self.month(at);
        let place = self.postcode(at) * u32::from(month == 0);
        key(&(whole, month, self.given_letter(at), place))
    }
    fn text(&self, which: usize, at: usize) -> u32 {
        let text = &self.table.texts[which];
        let value = text.cells.get(at).copied().unwrap_or(0);
        text.keys[value as usize]
    }
}

/// Several keys as one; 0 when one of them is blank.
fn all<const N: usize>(keys: [u32; N]) -> u32 {
    if keys.contains(&0) { 0 } else { key(&keys) }
}

type KeyOf<'a> = Box<dyn Fn(usize) -> u32 + Sync + Send + 'a>;

struct Plan<'a> {
    /// Its place among all plans.
    number: usize,
    name: String,
    of: KeyOf<'a>,
    is_wide: bool,
}

/// The passes, narrow ones first.
#[allow(clippy::too_many_lines, reason = "a table, a line a pass")]
fn plans<'a>(keys: &'a Keys<'a>) -> Vec<Plan<'a>> {
    let mut plans: Vec<Plan<'a>> = Vec::new();
    let mut add = |is_wide: bool, name: &str, of: KeyOf<'a>| {
        plans.push(Plan {
            number: plans.len(),
            name: name.to_owned(),
            of,
            is_wide,
        });
    };
    for which in 0..keys.table.numbers.len() {
        let name = keys.table.numbers[which].scheme.name();
        add(false, name, Box::new(move |at| keys.number(which, at)));
    }
    add(false, "telephone", Box::new(|at| keys.phone(at)));
    add(false, "e-mail", Box::new(|at| keys.email(at)));
    add(
        false,
        "date of birth and family name",
        Box::new(|at| all([keys.birth(at), keys.family(at)])),
    );
    add(
        false,
        "date of birth and given name",
        Box::new(|at| all([keys.birth(at), keys.given(at), 1])),
    );
    add(
        false,
        "both names, in either order",
        Box::new(|at| {
            let (given, family) = (
                keys.table.given.sound[keys.table.rows[at].given as usize],
                keys.family(at),
            );
            all([given.min(family), given.max(family), 2])
        }),
    );
    add(
        false,
        "family name and variants of the given name",
        Box::new(|at| all([keys.given(at), keys.family(at), 3])),
    );
    add(
        false,
        "postcode and given name",
        Box::new(|at| all([keys.postcode(at), keys.given(at), 4])),
    );
    add(
        false,
        "postcode and date of birth",
        Box::new(|at| all([keys.postcode(at), keys.birth(at), 5])),
    );
    add(
        false,
        "house and given name",
        Box::new(|at| all([keys.door(at), keys.given(at), 6])),
    );
    add(
        false,
        "house and year of birth",
        Box::new(|at| all([keys.door(at), keys.year(at), 7])),
    );
    add(
        false,
        "family name, first letter and month of birth",
        Box::new(|at| all([keys.family(at), keys.given_letter(at), keys.month(at), 8])),
    );
    add(
        false,
        "given name and month of birth",
        Box::new(|at| all([keys.given(at), keys.family_letter(at), keys.month(at), 9])),
    );
    add(
        false,
        "first letters and date of birth, day and month swapped",
        Box::new(|at| {
            all([
                keys.given_letter(at),
                keys.family_letter(at),
                keys.birth_swapped(at),
                10,
            ])
        }),
    );
    add(
        false,
        "family name, first letter and day of birth in any year",
        Box::new(|at| {
            all([
                keys.family(at),
                keys.given_letter(at),
                keys.month_and_day(at),
                11,
            ])
        }),
    );
    add(true, "everyone", Box::new(|_| 1));
    add(
        true,
        "date of birth",
        Box::new(|at| all([keys.birth_swapped(at), 12])),
    );
    add(
        true,
        "given name and year of birth",
        Box::new(|at| all([keys.given(at), keys.year(at), 13])),
    );
    add(
        true,
        "family name and year of birth",
        Box::new(|at| all([keys.family(at), keys.year(at), 14])),
    );
    add(
        true,
        "family name and first letter",
        Box::new(|at| all([keys.family(at), keys.given_letter(at), 15])),
    );
    add(
        true,
        "given name and first letter",
        Box::new(|at| all([keys.given(at), keys.family_letter(at), 16])),
    );
    for which in 0..keys.table.texts.len() {
        let text = move |at| keys.text(which, at);
        add(
            true,
            "a further column and given name",
            Box::new(move |at| all([text(at), keys.given(at), 17])),
        );
        add(
            true,
            "a further column and family name",
            Box::new(move |at| all([text(at), keys.family(at), 18])),
        );
        add(
            true,
            "a further column and date of birth",
            Box::new(move |at| all([text(at), keys.birth(at), 19])),
        );
    }
    add(
        true,
        "postcode",
        Box::new(|at| all([keys.postcode(at), 20])),
    );
    add(true, "house", Box::new(|at| all([keys.door(at), 21])));
    add(
        true,
        "first letters and month of birth",
        Box::new(|at| {
            all([
                keys.given_letter(at),
                keys.family_letter(at),
                keys.month(at),
                22,
            ])
        }),
    );
    add(
        true,
        "family name",
        Box::new(|at| all([keys.family(at), 23])),
    );
    add(true, "given name", Box::new(|at| all([keys.given(at), 24])));
    add(
        true,
        "day of birth in any year",
        Box::new(|at| all([keys.month_and_day(at), 25])),
    );
    add(
        true,
        "month of birth",
        Box::new(|at| all([keys.month(at), 26])),
    );
    plans
}

/// The records in blocks, pass by pass.
#[derive(Debug)]
pub struct Blocks {
    /// What each pass did so far; the pairs are counted when they are scored.
    pub passes: Vec<Pass>,
    /// The passes as they are made elsewhere, in the same order.
    pub chosen: Vec<Chosen>,
    /// Each record's key in each pass, record by record; 0 is none.
    keys: Vec<u32>,
    /// Key and record, sorted, a list a pass.
    sorted: Vec<Vec<u64>>,
}

/// A pass, by what another process needs to make its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its place among all passes that there are for these fields.
    pub number: usize,
    /// Whether its blocks stay whole, however large.
    pub is_wide: bool,
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
        let mut room = room(table.len() as u64);
        let mut chosen: Vec<Plan<'_>> = Vec::new();
        for plan in plans(&keys) {
            if plan.is_wide {
                let brings = foreseen(table.len(), &plan.of);
                if brings > room {
                    continue;
                }
                room -= brings;
            }
            chosen.push(plan);
        }
        let done: Vec<(Vec<u64>, (Pass, Chosen))> = chosen
            .into_par_iter()
            .map(|plan| {
                let (number, is_wide) = (plan.number, plan.is_wide);
                let (sorted, pass) = sort(table.len(), &plan, &keys);
                (sorted, (pass, Chosen { number, is_wide }))
            })
            .filter(|(sorted, _)| sorted.len() > 1)
            .collect();
        let (sorted, made): (Vec<Vec<u64>>, Vec<(Pass, Chosen)>) = done.into_iter().unzip();
        let (passes, chosen): (Vec<Pass>, Vec<Chosen>) = made.into_iter().unzip();
        let matrix = matrix(table.len(), &sorted);
        Self {
            passes,
            chosen,
            keys: matrix,
            sorted,
        }
    }

    /// How many pairs the blocks hold, those that several passes have counted several times.
    pub fn most_pairs(&self) -> u64 {
        self.sorted.iter().map(|list| pairs_in(list)).sum()
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

    /// Gives each pair of a stretch that no earlier pass has, of the blocks that `wanted` takes by their first record; the
    /// smaller record first.
    pub fn pairs(
        &self,
        stretch: Stretch,
        wanted: impl Fn(u32) -> bool,
        mut take: impl FnMut(u32, u32),
    ) {
        let list = &self.sorted[stretch.pass][stretch.from..stretch.until];
        for block in list.chunk_by(|a, b| a >> 32 == b >> 32) {
            if block.len() < 2 || !wanted(block[0] as u32) {
                continue;
            }
            for (at, left) in block.iter().enumerate() {
                let left = *left as u32;
                for right in &block[at + 1..] {
                    let right = *right as u32;
                    if !self.is_earlier(stretch.pass, left, right) {
                        take(left, right);
                    }
                }
            }
        }
    }

    /// Counts the pairs that each pass is the first to bring, where they were compared elsewhere.
    pub fn count_pairs(&mut self, watch: &dyn Watch) {
        let count = |stretch: Stretch| {
            let mut pairs = 0;
            if !watch.is_stopped() {
                self.pairs(stretch, |_| true, |_, _| pairs += 1);
            }
            (stretch.pass, pairs)
        };
        let counts: Vec<(usize, u64)> = self.stretches().into_par_iter().map(count).collect();
        for (pass, pairs) in counts {
            self.passes[pass].pairs += pairs;
        }
    }

    fn is_earlier(&self, pass: usize, left: u32, right: u32) -> bool {
        let width = self.passes.len();
        let of = |record: u32| &self.keys[record as usize * width..record as usize * width + pass];
        of(left)
            .iter()
            .zip(of(right))
            .any(|(x, y)| x == y && *x != 0)
    }
}

/// Gives each record's keys, pass by pass: the place of the pass among those chosen, the record, the key.
pub fn each_key(table: &Table, chosen: &[Chosen], mut take: impl FnMut(usize, usize, u32)) {
    let keys = Keys { table };
    let plans = plans(&keys);
    for (pass, chosen) in chosen.iter().enumerate() {
        let Some(plan) = plans.get(chosen.number) else {
            continue;
        };
        for at in 0..table.len() {
            let key = (plan.of)(at);
            if key != 0 {
                take(pass, at, key);
            }
        }
    }
}

/// The parts of a block that are compared: the block itself, or, where it is too large for a narrow pass, those of its parts
/// that are not too large either.
pub fn parts(table: &Table, is_wide: bool, whole: u32, block: Vec<u32>) -> Vec<Vec<u32>> {
    if is_wide || block.len() <= LARGEST {
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

/// How many pairs share a key in a sorted list of keys and records.
fn pairs_in(sorted: &[u64]) -> u64 {
    sorted
        .chunk_by(|a, b| a >> 32 == b >> 32)
        .map(|block| block.len() as u64)
        .map(|n| n * (n - 1) / 2)
        .sum()
}

/// How many pairs the wide passes may bring among so many records.
fn room(records: u64) -> u64 {
    WIDE_PAIRS * SMALL_FILE / (SMALL_FILE + records)
}

/// Records whose keys are put side by side at a time.
const STRETCH: usize = 4096;

/// Each record's key in each pass, record by record.
fn matrix(records: usize, sorted: &[Vec<u64>]) -> Vec<u32> {
    let columns: Vec<Vec<u32>> = sorted
        .par_iter()
        .map(|list| {
            let mut column = vec![0; records];
            for entry in list {
                column[(*entry as u32) as usize] = (entry >> 32) as u32;
            }
            column
        })
        .collect();
    let width = sorted.len();
    let mut matrix = vec![0; records * width];
    // by stretches of records, since a column is read in order then
    matrix
        .par_chunks_mut((STRETCH * width).max(1))
        .enumerate()
        .for_each(|(part, rows)| {
            for (pass, column) in columns.iter().enumerate() {
                let from = &column[part * STRETCH..];
                for (row, key) in rows.chunks_exact_mut(width).zip(from) {
                    row[pass] = *key;
                }
            }
        });
    matrix
}

/// How many pairs a key brings among so many records, by counting among some.
fn foreseen(records: usize, of: &KeyOf<'_>) -> u64 {
    let step = records.div_ceil(FORESEEN_BY).max(1);
    let mut keys: Vec<u32> = (0..records)
        .into_par_iter()
        .step_by(step)
        .map(of)
        .filter(|key| *key != 0)
        .collect();
    keys.sort_unstable();
    let pairs: u64 = keys
        .chunk_by(|a, b| a == b)
        .map(|block| block.len() as u64)
        .map(|n| n * (n - 1) / 2)
        .sum();
    pairs * (step * step) as u64
}

fn sort(records: usize, plan: &Plan<'_>, keys: &Keys<'_>) -> (Vec<u64>, Pass) {
    let mut sorted: Vec<u64> = (0..records)
        .map(|at| (u64::from((plan.of)(at)) << 32) | at as u64)
        .filter(|entry| entry >> 32 != 0)
        .collect();
    sorted.sort_unstable();
    let (mut split, mut left_out) = (0, 0);
    let mut parted = Vec::new();
    for block in sorted.chunk_by_mut(|a, b| *a >> 32 == *b >> 32) {
        if block.len() > LARGEST && !plan.is_wide {
            split += 1;
            for entry in block.iter_mut() {
                let at = (*entry as u32) as usize;
                let part = keys.part((*entry >> 32) as u32, at);
                *entry = (u64::from(part) << 32) | at as u64;
                parted.push(part);
            }
        }
    }
    if split > 0 {
        sorted.sort_unstable();
        parted.sort_unstable();
        for block in sorted.chunk_by_mut(|a, b| *a >> 32 == *b >> 32) {
            if block.len() > LARGEST_PART
                && parted.binary_search(&((block[0] >> 32) as u32)).is_ok()
            {
                left_out += 1;
                for entry in block.iter_mut() {
                    *entry &= u64::from(u32::MAX);
                }
            }
        }
        sorted.retain(|entry| entry >> 32 != 0);
    }
    // a key of one record brings no pair
    let mut kept = Vec::with_capacity(sorted.len());
    for block in sorted.chunk_by(|a, b| a >> 32 == b >> 32) {
        if block.len() > 1 {
            kept.extend_from_slice(block);
        }
    }
    let pass = Pass {
        name: plan.name.clone(),
        pairs: 0,
        split,
        left_out,
    };
    (kept, pass)
}
