//! The records of one pass, sorted by their key, keys that too many share split by a further field.

use super::Pass;
use super::block::{LARGEST, LARGEST_PART, most_pairs, pairs_in};
use super::keys::{Columns, Keys, Plan};

/// One pass, sorted.
pub struct Sorted {
    /// Key and record of the records that share their key with another, block by block, that of the smallest record first: what
    /// is known of the first record of each is read in order then.
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
    /// Sorts the records by the key of a pass, the one of this place among `columns`.
    pub fn of(plan: &Plan<'_>, keys: &Keys<'_>, (columns, at): (&Columns, usize)) -> Self {
        let mut column = columns.column(at);
        let mut list = by_key(&column);
        let (mut split, mut left_out) = (0, 0);
        let mut parts = Vec::new();
        let largest = largest(&list, most_pairs(column.len()));
        if !plan.is_wide {
            for block in list.chunk_by(is_one_block).filter(|of| of.len() > largest) {
                split += 1;
                for entry in block {
                    let at = *entry as u32;
                    let part = keys.part((*entry >> 32) as u32, at as usize);
                    parts.push((u64::from(part) << 32) | u64::from(at));
                    column[at as usize] = part;
                }
            }
        }
        if split > 0 {
            parts.sort_unstable();
            list = by_key(&column);
            // a part has the key of another block once in a long while: the two are one block then
            let is_part = |block: &[u64]| parts.binary_search(&block[0]).is_ok();
            for block in list.chunk_by(is_one_block) {
                if block.len() > LARGEST_PART && block.iter().any(|entry| is_part(&[*entry])) {
                    left_out += 1;
                    for entry in block {
                        column[(*entry as u32) as usize] = 0;
                    }
                }
            }
        }
        let list = by_first(&list, &column);
        Self {
            pairs: pairs_in(&list),
            list,
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

/// The size from which keys are split, so that the others bring no more than so many pairs.
fn largest(list: &[u64], most: u64) -> usize {
    let mut pairs = [0_u64; LARGEST + 1];
    for block in list.chunk_by(is_one_block).filter(|of| of.len() <= LARGEST) {
        pairs[block.len()] += (block.len() * (block.len() - 1) / 2) as u64;
    }
    let mut sum = 0;
    let fits = pairs.iter().take_while(|pairs| {
        sum += **pairs;
        sum <= most
    });
    // sizes begin with 0
    fits.count().saturating_sub(1).max(SMALLEST)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as chunk_by wants it")]
fn is_one_block(a: &u64, b: &u64) -> bool {
    a >> 32 == b >> 32
}

/// However many there are, keys that fewer records share are never split.
const SMALLEST: usize = 4;

/// Bits of a key that are sorted by at a time, and how many times that is.
const DIGIT: u32 = 11;
const DIGITS: usize = 3;

/// Keys and records, sorted by key, then by record; those left out that have no key, and nearly all that share theirs with none.
fn by_key(column: &[u32]) -> Vec<u64> {
    let met = Met::of(column);
    let (mut list, mut length) = (vec![0; column.len()], 0);
    for (at, key) in column.iter().enumerate() {
        // written in any case, since whether it stays cannot be foreseen
        list[length] = (u64::from(*key) << 32) | at as u64;
        length += usize::from(met.is_twice(*key));
    }
    list.truncate(length);
    let digit =
        |entry: u64, at: usize| ((entry >> (32 + DIGIT * at as u32)) & ((1 << DIGIT) - 1)) as usize;
    let mut next = [[0_u32; 1 << DIGIT]; DIGITS];
    for entry in &list {
        for (at, next) in next.iter_mut().enumerate() {
            next[digit(*entry, at)] += 1;
        }
    }
    let mut other = vec![0; list.len()];
    for (at, next) in next.iter_mut().enumerate() {
        let mut sum = 0;
        for place in next.iter_mut() {
            sum += std::mem::replace(place, sum);
        }
        for entry in &list {
            let place = &mut next[digit(*entry, at)];
            other[*place as usize] = *entry;
            *place += 1;
        }
        std::mem::swap(&mut list, &mut other);
    }
    list
}

/// Which keys were met more than once, about: most keys are of one record alone, and need no sorting.
struct Met {
    /// Two bits a place, so many keys a place, two at most.
    counts: Vec<u8>,
    /// Places, as a power of two.
    bits: u32,
}

impl Met {
    fn of(column: &[u32]) -> Self {
        // few enough for the processor to have them at hand
        let bits = (8 * column.len()).max(16).ilog2().min(24);
        let mut met = Self {
            counts: vec![0; (1 << bits) / 4],
            bits,
        };
        for key in column {
            let (at, shift) = met.place(*key);
            let count = &mut met.counts[at];
            let may_grow = (*count >> shift) & 2 == 0 && *key != 0;
            *count += u8::from(may_grow) << shift;
        }
        met
    }

    /// The byte of a key, and where in it.
    fn place(&self, key: u32) -> (usize, u32) {
        let place = key.wrapping_mul(0x9E37_79B1) >> (32 - self.bits);
        ((place / 4) as usize, place % 4 * 2)
    }

    /// Whether it was met more than once, or another of the same place; false for 0.
    fn is_twice(&self, key: u32) -> bool {
        let (at, shift) = self.place(key);
        (self.counts[at] >> shift) & 2 != 0 && key != 0
    }
}

/// The blocks of a sorted list, without those of one record and those without a key, by their first record.
fn by_first(list: &[u64], column: &[u32]) -> Vec<u64> {
    // by first record: where its block begins, counted from 1
    let mut begins = vec![0_u32; column.len()];
    let (mut from, mut kept) = (0, 0);
    for block in list.chunk_by(is_one_block) {
        let first = (block[0] as u32) as usize;
        // a key of one record brings no pair
        if block.len() > 1 && column[first] != 0 {
            begins[first] = from + 1;
            kept += block.len();
        }
        from += block.len() as u32;
    }
    let mut sorted = Vec::with_capacity(kept);
    for begin in begins.into_iter().filter(|begin| *begin != 0) {
        let rest = &list[begin as usize - 1..];
        let block = rest
            .iter()
            .take_while(|entry| is_one_block(entry, &rest[0]));
        sorted.extend(block);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_split_where_they_would_bring_too_many_pairs() {
        let block = |key: u64, records: u64| (0..records).map(move |at| (key << 32) | at);
        let list: Vec<u64> = block(1, 2)
            .chain(block(2, 10))
            .chain(block(3, 12))
            .collect();
        assert_eq!(largest(&list, 200), LARGEST);
        assert_eq!(largest(&list, 100), 11);
        assert_eq!(largest(&list, 40), 9);
        assert_eq!(largest(&list, 0), SMALLEST);
        assert_eq!(largest(&[], 0), LARGEST);
    }

    proptest! {
        #[test]
        fn records_come_by_key_and_then_by_record(
            column in proptest::collection::vec(prop_oneof![0..4_u32, any::<u32>()], 0..300),
        ) {
            let mut wanted: Vec<u64> = column
                .iter()
                .enumerate()
                .filter(|(_, key)| **key != 0)
                .map(|(at, key)| (u64::from(*key) << 32) | at as u64)
                .collect();
            wanted.sort_unstable();
            let found = by_key(&column);
            prop_assert!(found.is_sorted());
            let blocks = |list: &[u64]| -> Vec<Vec<u64>> {
                let blocks = list.chunk_by(is_one_block).map(<[u64]>::to_vec);
                blocks.filter(|block| block.len() > 1).collect()
            };
            prop_assert_eq!(blocks(&found), blocks(&wanted));
            let mut by_first_record = blocks(&wanted);
            by_first_record.sort_unstable_by_key(|block| block[0] as u32);
            prop_assert_eq!(by_first(&found, &column), by_first_record.concat());
        }
    }
}
