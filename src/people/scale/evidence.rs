//! What is learnt from: patterns of pairs at random, and of a part of the blocked pairs, counted.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::apart::Telling;
use super::compare::level_of;
use super::fields::value_of;
use super::frequency::Frequencies;
use super::keys::Brings;
use super::learn::Learner;
use super::near::{Near, pairs_of};
use super::row::Side;
use super::values;
use super::weigh::{Seen, has_rarity, is_on_value};

/// Random pairs for u; of a large file half as many say as much.
const RANDOM_PAIRS: [u64; 2] = [400_000, 200_000];
/// Blocked pairs for m, about; of a large file a third.
const BLOCKED_PAIRS: [u64; 2] = [1_200_000, 400_000];
/// A file of more records than this is large.
const LARGE_FILE: u64 = 300_000;

/// Counted patterns.
pub type Counts = Vec<(Seen, f64)>;

impl Learner<'_> {
    /// As many pairs as are learnt from.
    fn enough(&self, [pairs, of_large]: [u64; 2]) -> u64 {
        if self.comparer.table.len() as u64 > LARGE_FILE {
            of_large
        } else {
            pairs
        }
    }

    /// Pairs at random over the whole table, each with an equal chance, the same on every run.
    pub(super) fn random(&self) -> Counts {
        let records = self.comparer.table.len() as u64;
        if records < 2 {
            return Vec::new();
        }
        let all = records * (records - 1) / 2;
        let pairs = self.enough(RANDOM_PAIRS).min(all);
        let parts: Vec<FxHashMap<Seen, f64>> = (0..64_u64)
            .into_par_iter()
            .map(|part| {
                let mut counts = FxHashMap::default();
                let numbers = (part * pairs / 64)..((part + 1) * pairs / 64);
                let list = numbers.map(|number| {
                    if pairs == all {
                        nth_pair(number)
                    } else {
                        random_pair(number, records)
                    }
                });
                let two = list.filter(|(left, right)| left != right);
                pairs_of(two, self.comparer.table, |left, right| {
                    *counts.entry(self.seen(left, right, &[])).or_insert(0.0) += 1.0;
                });
                counts
            })
            .collect();
        gathered(parts)
    }

    /// A part of the blocked pairs, and how large a part it is: of wide passes so many records with all that they are met with,
    /// of the others so many blocks.
    pub(super) fn blocked(&self, frequencies: &[Frequencies]) -> (Counts, f64) {
        let every = (self.pairs / self.enough(BLOCKED_PAIRS)).max(1) as u32;
        let rarity: Vec<Vec<f64>> = frequencies.iter().map(|one| one.rarity.clone()).collect();
        let parts: Vec<FxHashMap<Seen, f64>> = self
            .blocks
            .stretches()
            .into_par_iter()
            .map(|stretch| {
                let (mut counts, mut near) = (FxHashMap::default(), Near::default());
                let pass = stretch.pass as u32;
                let is_taken = |record: u32| values::key(&(record, pass)).is_multiple_of(every);
                // a block of a wide pass may hold nearly everyone: all or none of that is no part of it
                let is_wide = self.blocks.chosen[stretch.pass].brings == Brings::Many;
                let wanted = |first: u32| is_wide || is_taken(first);
                self.blocks.batches(stretch, wanted, |batch| {
                    near.pairs(
                        batch,
                        self.comparer.table,
                        Telling::default(),
                        |left, right| {
                            if is_wide && !is_taken(left.record as u32) {
                                return;
                            }
                            let seen = self.seen(left, right, &rarity);
                            *counts.entry(seen).or_insert(0.0) += 1.0;
                        },
                    );
                });
                counts
            })
            .collect();
        (gathered(parts), 1.0 / f64::from(every))
    }

    fn seen(&self, left: Side<'_>, right: Side<'_>, rarity: &[Vec<f64>]) -> Seen {
        let pair = self.comparer.compare(left, right);
        let mut rare = 0.0;
        if has_rarity(pair.stratum) {
            for (at, of_field) in rarity.iter().enumerate() {
                let kind = self.comparer.fields[at].kind;
                if !of_field.is_empty() && is_on_value(kind, level_of(pair.pattern, at)) {
                    rare += of_field[value_of(self.comparer.table, kind, left) as usize];
                }
            }
        }
        Seen {
            pattern: pair.pattern,
            stratum: pair.stratum,
            within: pair.within,
            rarity: rare.round().clamp(-100.0, 100.0) as i8,
        }
    }
}

fn gathered(parts: Vec<FxHashMap<Seen, f64>>) -> Counts {
    let mut all: FxHashMap<Seen, f64> = FxHashMap::default();
    for part in parts {
        for (seen, count) in part {
            *all.entry(seen).or_insert(0.0) += count;
        }
    }
    let mut counts: Counts = all.into_iter().collect();
    counts.sort_unstable_by_key(|(seen, _)| *seen);
    counts
}

/// The pair of this number, counting all pairs of a small table.
fn nth_pair(number: u64) -> (usize, usize) {
    let mut right = f64::midpoint(1.0, (1.0 + 8.0 * number as f64).sqrt()) as u64;
    while right * (right - 1) / 2 > number {
        right -= 1;
    }
    while right * (right + 1) / 2 <= number {
        right += 1;
    }
    ((number - right * (right - 1) / 2) as usize, right as usize)
}

/// A pair by a hash of a number.
fn random_pair(number: u64, records: u64) -> (usize, usize) {
    let mix = |seed: u64| {
        let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    };
    let (x, y) = (mix(2 * number + 1) % records, mix(2 * number + 2) % records);
    (x.min(y) as usize, x.max(y) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::block::Blocks;
    use crate::people::scale::compare::Comparer;
    use crate::people::scale::table::Table;
    use crate::people::scale::{fields, sample};

    #[test]
    fn a_part_of_a_block_that_holds_everyone_is_a_part_of_its_pairs() {
        let ids: Vec<String> = (0..400).map(|at| format!("gp:{at:03}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let given: Vec<String> = (0..400_u32)
            .map(|at| format!("{:x}", at * 2_654_435))
            .collect();
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        let mut roster = sample::roster(&ids);
        roster.given = sample::column(&given);
        let table = Table::of(&roster);
        let comparer = Comparer::new(&table, fields::fields(&roster));
        let blocks = Blocks::of(&table);
        let met = |pairs: u64| {
            let learner = Learner {
                comparer: &comparer,
                blocks: &blocks,
                pairs,
            };
            let (counts, part) = learner.blocked(&learner.frequencies(1.0));
            (counts.iter().map(|(_, count)| count).sum::<f64>(), part)
        };
        let (all, whole) = met(1);
        assert_eq!((all, whole), (400.0 * 399.0 / 2.0, 1.0));
        for every in [2, 3, 5] {
            let (some, part) = met(every * BLOCKED_PAIRS[0]);
            assert_eq!(part, 1.0 / every as f64);
            let share = some / (all * part);
            assert!((0.8..1.25).contains(&share), "{every}: {share}");
        }
    }
}
