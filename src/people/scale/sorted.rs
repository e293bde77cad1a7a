//! The records of one pass, sorted by their key, keys that too many share split by a further field.

use super::Pass;
use super::block::{LARGEST, LARGEST_PART, most_pairs};
use super::keys::{Columns, Keys, Plan};

/// One pass, sorted.
pub struct Sorted {
    /// Key and record of the records that share their key with another, sorted.
    pub list: Vec<u64>,
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
        let mut kept = Vec::with_capacity(list.len());
        for block in list.chunk_by(is_one_block) {
            // a key of one record brings no pair
            if block.len() > 1 && column[(block[0] as u32) as usize] != 0 {
                kept.extend_from_slice(block);
            }
        }
        Self {
            list: kept,
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

/// Bits of a key that are sorted by at a time.
const DIGIT: u32 = 11;

/// Keys and records, sorted by key, then by record; those without a key left out.
fn by_key(column: &[u32]) -> Vec<u64> {
    let entries = column.iter().enumerate().filter(|(_, key)| **key != 0);
    let mut list: Vec<u64> = entries
        .map(|(at, key)| (u64::from(*key) << 32) | at as u64)
        .collect();
    let mut other = vec![0; list.len()];
    for shift in [32, 32 + DIGIT, 32 + 2 * DIGIT] {
        let digit = |entry: u64| ((entry >> shift) & ((1 << DIGIT) - 1)) as usize;
        let mut next = vec![0_u32; 1 << DIGIT];
        for entry in &list {
            next[digit(*entry)] += 1;
        }
        let mut sum = 0;
        for place in &mut next {
            sum += std::mem::replace(place, sum);
        }
        for entry in &list {
            let place = &mut next[digit(*entry)];
            other[*place as usize] = *entry;
            *place += 1;
        }
        std::mem::swap(&mut list, &mut other);
    }
    list
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
            prop_assert_eq!(by_key(&column), wanted);
        }
    }
}
