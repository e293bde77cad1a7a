//! The shape of what linking gave: how large the persons are, and which of them hang together by little.

use std::collections::BTreeMap;

use super::{Linked, Pair};

/// Where a person would fall in two: its weakest joint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joint {
    /// The strongest pair that joins the two sides.
    pub pair: Pair,
    /// How many records are on the side of the pair's left record, and on the other.
    pub sides: (usize, usize),
    /// How many kept pairs join the two sides, the strongest included.
    pub pairs: usize,
}

/// How many persons have how many records.
pub fn sizes(persons: &[u32]) -> BTreeMap<u32, u64> {
    let mut sizes = BTreeMap::new();
    for records in records_of(persons).into_iter().filter(|n| *n > 0) {
        *sizes.entry(records).or_default() += 1;
    }
    sizes
}

/// How many records each person has, by its smallest record; 0 for every other record.
fn records_of(persons: &[u32]) -> Vec<u32> {
    let mut records = vec![0; persons.len()];
    for person in persons {
        if let Some(count) = records.get_mut(*person as usize) {
            *count += 1;
        }
    }
    records
}

/// The joints of the persons with at least `records` records that are weakest, weakest first, at most `count` of them.
pub fn weakest_joints(linked: &Linked, records: u32, count: usize) -> Vec<Joint> {
    let sizes = records_of(&linked.person);
    let person = |record: u32| linked.person.get(record as usize).copied();
    let mut pairs: Vec<(u32, Pair)> = linked
        .pairs
        .iter()
        .filter_map(|pair| {
            let of = person(pair.left).filter(|of| Some(*of) == person(pair.right))?;
            (sizes.get(of as usize).copied().unwrap_or(0) >= records).then_some((of, *pair))
        })
        .collect();
    pairs.sort_unstable_by(|(one, a), (other, b)| {
        let order = b.weight.total_cmp(&a.weight);
        let ids = (a.left, a.right).cmp(&(b.left, b.right));
        one.cmp(other).then(order).then(ids)
    });
    let mut joints: Vec<Joint> = pairs
        .chunk_by(|(one, _), (other, _)| one == other)
        .filter_map(weakest_joint)
        .collect();
    joints.sort_unstable_by(|one, other| {
        let order = one.pair.weight.total_cmp(&other.pair.weight);
        order.then((one.pair.left, one.pair.right).cmp(&(other.pair.left, other.pair.right)))
    });
    joints.truncate(count);
    joints
}

/// The weakest joint of one person, whose pairs come strongest first: the last pair that joins two groups as they grow.
fn weakest_joint(pairs: &[(u32, Pair)]) -> Option<Joint> {
    let mut whole = Groups::of(pairs);
    let mut last = None;
    for (at, (_, pair)) in pairs.iter().enumerate() {
        if let Some(sides) = whole.join(pair) {
            last = Some((at, sides));
        }
    }
    let (at, sides) = last?;
    let (stronger, rest) = pairs.split_at_checked(at)?;
    let mut before = Groups::of(pairs);
    for (_, pair) in stronger {
        before.join(pair);
    }
    Some(Joint {
        pair: rest.first()?.1,
        sides,
        pairs: rest
            .iter()
            .filter(|(_, pair)| before.are_apart(pair))
            .count(),
    })
}

/// Records in groups that grow.
struct Groups {
    /// The records, sorted.
    records: Vec<u32>,
    /// For each the position of another of its group, its own at the root.
    up: Vec<usize>,
    /// At a root the size of its group.
    size: Vec<usize>,
}

impl Groups {
    fn of(pairs: &[(u32, Pair)]) -> Self {
        let mut records: Vec<u32> = pairs
            .iter()
            .flat_map(|(_, pair)| [pair.left, pair.right])
            .collect();
        records.sort_unstable();
        records.dedup();
        Self {
            up: (0..records.len()).collect(),
            size: vec![1; records.len()],
            records,
        }
    }

    fn root(&self, record: u32) -> Option<usize> {
        let mut at = self.records.binary_search(&record).ok()?;
        while let Some(&up) = self.up.get(at).filter(|up| **up != at) {
            at = up;
        }
        Some(at)
    }

    fn are_apart(&self, pair: &Pair) -> bool {
        self.root(pair.left) != self.root(pair.right)
    }

    /// Joins the groups of a pair and gives the sizes that they had; `None` when they are one already.
    fn join(&mut self, pair: &Pair) -> Option<(usize, usize)> {
        let (left, right) = (self.root(pair.left)?, self.root(pair.right)?);
        if left == right {
            return None;
        }
        let sides = (*self.size.get(left)?, *self.size.get(right)?);
        // the smaller below the larger, so that no way up is long
        let (below, above) = if sides.0 < sides.1 {
            (left, right)
        } else {
            (right, left)
        };
        *self.up.get_mut(below)? = above;
        *self.size.get_mut(above)? = sides.0 + sides.1;
        Some(sides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::sample::linked;

    #[test]
    fn persons_are_counted_by_size() {
        assert_eq!(sizes(&[0, 0, 2, 0, 4]), BTreeMap::from([(1, 2), (3, 1)]));
        assert!(sizes(&[]).is_empty());
    }

    #[test]
    fn a_bridge_between_two_firm_groups_is_found_with_its_sides() {
        // 0 1 2 and 3 4 hang together by 2 with 3; 5 6 7 are firm; 8 9 are too few to ask
        let run = linked(
            &[0, 0, 0, 0, 0, 5, 5, 5, 8, 8],
            &[
                (0, 1, 0.99),
                (0, 2, 0.98),
                (2, 3, 0.6),
                (3, 4, 0.97),
                (5, 6, 0.99),
                (5, 7, 0.9),
                (6, 7, 0.8),
                (8, 9, 0.55),
            ],
        );
        let found = weakest_joints(&run, 3, 50);
        let told: Vec<_> = found
            .iter()
            .map(|joint| (joint.pair.left, joint.pair.right, joint.sides, joint.pairs))
            .collect();
        assert_eq!(told, [(2, 3, (3, 2), 1), (5, 7, (2, 1), 2)]);
        assert_eq!(weakest_joints(&run, 2, 1)[0].pair.left, 8);
        assert_eq!(weakest_joints(&run, 3, 1).len(), 1);
    }

    #[test]
    fn pairs_across_two_persons_join_nothing() {
        let run = linked(&[0, 0, 2, 2], &[(0, 1, 0.9), (1, 2, 0.95), (2, 3, 0.9)]);
        let found = weakest_joints(&run, 2, 9);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|joint| joint.sides == (1, 1)));
    }
}
