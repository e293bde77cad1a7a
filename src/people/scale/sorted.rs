//! The records of one pass in blocks by their key, keys that too many share split by a further field.

use super::Pass;
use super::block::{LARGEST, LARGEST_PART, most_pairs};
use super::keys::{Brings, Keys, Plan};

/// One pass, sorted into blocks.
pub struct Sorted {
    /// Key and record of the records that share their key with another, block by block.
    pub list: Vec<u64>,
    /// How many pairs share a key.
    pub pairs: u64,
    /// The key of each record; 0 is none. Two records of one key are in the list together.
    pub column: Vec<u32>,
    /// A key that more records share is split.
    pub largest: usize,
    /// What was done.
    pub pass: Pass,
}

impl Sorted {
    /// Sorts the records by the key of a pass, of which this is each record's.
    pub fn of(plan: &Plan<'_>, keys: &Keys<'_>, mut column: Vec<u32>) -> Self {
        let mut groups = Groups::of(&column);
        let largest = groups.largest(most_pairs(column.len()));
        let (mut split, mut left_out) = (0, 0);
        if plan.brings != Brings::Many {
            let is_split = |size: u32| size as usize > largest;
            split = groups.sizes.iter().filter(|size| is_split(**size)).count() as u64;
            if split > 0 {
                let mut parts = vec![false; column.len()];
                for (entry, group) in groups.entries.iter().zip(&groups.of) {
                    if is_split(groups.sizes[*group as usize]) {
                        let at = (*entry as u32) as usize;
                        column[at] = keys.part(column[at], at);
                        parts[at] = true;
                    }
                }
                groups = Groups::of(&column);
                left_out = groups.leave_out(&parts, &mut column);
            }
        }
        Self {
            pairs: groups.pairs(),
            list: groups.list(),
            column,
            largest,
            pass: Pass {
                name: plan.name.clone(),
                pairs: 0,
                split,
                left_out,
            },
        }
    }
}

/// Records by their keys.
struct Groups {
    /// Key and record of those that have a key; those of one group in the order of records.
    entries: Vec<u64>,
    /// For each its group.
    of: Vec<u32>,
    /// By group how many it has.
    sizes: Vec<u32>,
}

impl Groups {
    fn of(column: &[u32]) -> Self {
        let parts = part_bits(column.len());
        let (entries, ends) = in_parts(column, parts);
        let mut of: Vec<u32> = Vec::with_capacity(entries.len());
        let mut sizes = Vec::new();
        // a part at a time, so that the processor has what was met of it at hand
        let mut places: Vec<u64> = Vec::new();
        let mut from = 0;
        for until in ends.iter().map(|end| *end as usize) {
            let part = &entries[from..until];
            from = until;
            // by a hash of the key, at the next free place after that: the key and its group
            let bits = (2 * part.len()).max(16).ilog2();
            places.clear();
            places.resize(1 << bits, 0);
            for entry in part {
                let key = entry >> 32;
                let mut place = ((mixed(key as u32) << parts) >> (32 - bits)) as usize;
                let group = loop {
                    let found = places[place];
                    if found == 0 {
                        places[place] = (key << 32) | sizes.len() as u64;
                        sizes.push(0);
                        break sizes.len() as u32 - 1;
                    }
                    if found >> 32 == key {
                        break found as u32;
                    }
                    place = (place + 1) & (places.len() - 1);
                };
                of.push(group);
                sizes[group as usize] += 1;
            }
        }
        Self { entries, of, sizes }
    }

    /// The size from which keys are split, so that the others bring no more than so many pairs.
    fn largest(&self, most: u64) -> usize {
        let mut pairs = [0_u64; LARGEST + 1];
        for size in self.sizes.iter().map(|size| *size as usize) {
            if let Some(pairs) = pairs.get_mut(size) {
                *pairs += two(size);
            }
        }
        let mut sum = 0;
        let fits = pairs.iter().take_while(|pairs| {
            sum += **pairs;
            sum <= most
        });
        // sizes begin with 0
        fits.count().saturating_sub(1).max(SMALLEST)
    }

    /// Leaves out groups that hold parts, marked by record, and are still too large; gives how many.
    fn leave_out(&mut self, parts: &[bool], column: &mut [u32]) -> u64 {
        // a part has the key of another block once in a long while: the two are one block then
        let mut left_out = 0;
        for (entry, group) in self.entries.iter().zip(&self.of) {
            let size = &mut self.sizes[*group as usize];
            if *size as usize > LARGEST_PART && parts[(*entry as u32) as usize] {
                left_out += 1;
                *size = 0;
            }
        }
        for (entry, group) in self.entries.iter().zip(&self.of) {
            if self.sizes[*group as usize] == 0 {
                column[(*entry as u32) as usize] = 0;
            }
        }
        left_out
    }

    /// How many pairs share a key.
    fn pairs(&self) -> u64 {
        self.sizes.iter().map(|size| two(*size as usize)).sum()
    }

    /// Keys and records, group by group, without groups of one record.
    fn list(self) -> Vec<u64> {
        let mut sum = 0;
        let places = self.sizes.iter().map(|size| {
            // a key of one record brings no pair
            let place = if *size > 1 { sum } else { NOWHERE };
            sum += size * u32::from(*size > 1);
            place
        });
        let mut next: Vec<u32> = places.collect();
        let mut list = vec![0; sum as usize];
        for (entry, group) in self.entries.into_iter().zip(self.of) {
            let place = &mut next[group as usize];
            if *place != NOWHERE {
                list[*place as usize] = entry;
                *place += 1;
            }
        }
        list
    }
}

/// Bits of a hash of the key by which so many records are parted: a part stays near the processor.
fn part_bits(records: usize) -> u32 {
    (records / RECORDS_OF_A_PART)
        .max(1)
        .ilog2()
        .min(MOST_PART_BITS)
}

/// Records of a part, about.
const RECORDS_OF_A_PART: usize = 2048;
/// Beyond so many parts, going through all of them at once costs more than it saves.
const MOST_PART_BITS: u32 = 10;

/// Keys and records of those that have a key, parted by a hash of it, and where each part ends.
fn in_parts(column: &[u32], bits: u32) -> (Vec<u64>, Vec<u32>) {
    // one bit more than there are, so that none at all is no shift by the whole width
    let part = |key: u32| (mixed(key) >> 1 >> (31 - bits)) as usize;
    let mut next = vec![0_u32; 1 << bits];
    for key in column {
        next[part(*key)] += u32::from(*key != 0);
    }
    let mut sum = 0;
    for place in &mut next {
        sum += std::mem::replace(place, sum);
    }
    let mut entries = vec![0; sum as usize];
    for (record, key) in column.iter().enumerate().filter(|(_, key)| **key != 0) {
        let place = &mut next[part(*key)];
        entries[*place as usize] = (u64::from(*key) << 32) | record as u64;
        *place += 1;
    }
    (entries, next)
}

/// The place of a record that is in no list.
const NOWHERE: u32 = u32::MAX;

/// How many pairs there are of so many records.
fn two(records: usize) -> u64 {
    (records * records.saturating_sub(1) / 2) as u64
}

/// A number whose highest bits depend on all bits of a key.
fn mixed(key: u32) -> u32 {
    (key ^ (key >> 15)).wrapping_mul(0x9E37_79B1)
}

/// However many there are, keys that fewer records share are never split.
const SMALLEST: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_split_where_they_would_bring_too_many_pairs() {
        let groups = |sizes: &[u32]| Groups {
            entries: Vec::new(),
            of: Vec::new(),
            sizes: sizes.to_vec(),
        };
        let some = groups(&[0, 2, 10, 12]);
        assert_eq!(some.largest(200), LARGEST);
        assert_eq!(some.largest(100), 11);
        assert_eq!(some.largest(40), 9);
        assert_eq!(some.largest(0), SMALLEST);
        assert_eq!(groups(&[0]).largest(0), LARGEST);
    }

    proptest! {
        #[test]
        fn records_of_one_key_come_together(
            column in proptest::collection::vec(prop_oneof![0..4_u32, 0..60_u32, any::<u32>()], 0..300),
        ) {
            let mut blocks: std::collections::BTreeMap<u32, Vec<u64>> = std::collections::BTreeMap::new();
            for (at, key) in column.iter().enumerate().filter(|(_, key)| **key != 0) {
                blocks.entry(*key).or_default().push((u64::from(*key) << 32) | at as u64);
            }
            let wanted: Vec<Vec<u64>> = blocks.into_values().filter(|block| block.len() > 1).collect();
            let groups = Groups::of(&column);
            let pairs: usize = wanted.iter().map(|block| block.len() * (block.len() - 1) / 2).sum();
            prop_assert_eq!(groups.pairs(), pairs as u64);
            let list = groups.list();
            let mut found: Vec<Vec<u64>> = list.chunk_by(|a, b| a >> 32 == b >> 32).map(<[u64]>::to_vec).collect();
            found.sort_unstable();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn parts_that_are_still_too_large_are_left_out(
            sizes in proptest::collection::vec((1..300_usize, any::<bool>()), 1..6),
        ) {
            let (mut column, mut parts) = (Vec::new(), Vec::new());
            for (key, (size, is_part)) in (1..).zip(&sizes) {
                column.extend(std::iter::repeat_n(key, *size));
                parts.extend(std::iter::repeat_n(*is_part, *size));
            }
            let mut groups = Groups::of(&column);
            let left_out = groups.leave_out(&parts, &mut column);
            let wanted = |of: &&(usize, bool)| of.0 > LARGEST_PART && of.1;
            prop_assert_eq!(left_out as usize, sizes.iter().filter(wanted).count());
            for (key, of) in (1_u32..).zip(&sizes) {
                prop_assert_eq!(column.contains(&key), !wanted(&of));
            }
        }
    }
}
