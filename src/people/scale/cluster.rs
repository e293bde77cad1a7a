//! Joins pairs into persons, from the strongest down. Two groups join when what is known between them speaks for it on the
//! whole, so that one weak bridge, or a chain of near misses, does not make one person of two.
//!
//! Records that no chain of pairs connects have nothing to do with each other: each cluster of them is settled for itself, side
//! by side.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::Pair;
use super::ordered::by_number;

/// A pair counts for at most so many bits, for or against.
const MOST: f64 = 10.0;
/// What counts for two records of two groups of whom no pair was kept.
const UNKNOWN: f64 = -6.0;
/// Records of one person at most, beyond which only single strong pairs are looked at: it bounds the work.
const LARGE: usize = 400;
/// Equally strong pairs of one group at most among which a tie is looked for: it bounds the work.
const RIVALS: usize = 50;

/// Pairs that one thread sorts into clusters at a time.
const PAIRS_AT_ONCE: usize = 1 << 14;

/// What pairs became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// For each record the smallest record of its person.
    pub person: Vec<u32>,
    /// Two records each that are kept apart, and that others would have made one person; the joins that would have are refused.
    pub refused: Vec<(u32, u32)>,
    /// Pairs left undone, since one of the two had another candidate, equally strong, who is kept apart from this one.
    pub tied: Vec<(u32, u32)>,
}

/// What a cluster left undone, each as two records.
#[derive(Debug, Default)]
struct Undone {
    refused: Vec<(u32, u32)>,
    tied: Vec<(u32, u32)>,
}

impl Undone {
    fn and(mut self, other: Self) -> Self {
        self.refused.extend(other.refused);
        self.tied.extend(other.tied);
        self
    }
}

/// Joins pairs into persons; records that are `kept_apart` never become one, neither by their own pair nor through others.
pub fn join(
    records: usize,
    pairs: &[Pair],
    threshold: f64,
    may_join: impl Fn(u32, u32) -> bool + Sync,
    kept_apart: impl Fn(u32, u32) -> bool + Sync,
) -> Joined {
    let cut = (threshold / (1.0 - threshold).max(1e-12)).log2();
    let is_wanted = |pair: &Pair| pair.probability >= threshold && may_join(pair.left, pair.right);
    let within = within_clusters(records, pairs, &is_wanted);
    let person: Vec<AtomicU32> = (0..records as u32).map(AtomicU32::new).collect();
    let undone = within
        .par_chunk_by(|a, b| a >> 32 == b >> 32)
        .map(|cluster| {
            let pairs = || cluster.iter().map(|entry| &pairs[(*entry as u32) as usize]);
            let settle = |record: u32, of: u32| {
                person[record as usize].store(of, Ordering::Relaxed);
            };
            // most are two or three records that are all alike: what connects them joins them
            let is_firm = |pair: &Pair| {
                pair.weight >= cut && is_wanted(pair) && !kept_apart(pair.left, pair.right)
            };
            if cluster.len() == 1 || (is_triangle(pairs()) && pairs().all(is_firm)) {
                let first = pairs().next().map_or(0, |pair| pair.left);
                pairs().for_each(|pair| settle(pair.right, first));
                Undone::default()
            } else {
                let pairs: Vec<Pair> = pairs().copied().collect();
                Cluster::of(&pairs, cut).settled((is_wanted, &kept_apart), settle)
            }
        })
        .reduce(Undone::default, Undone::and);
    let sorted = |mut list: Vec<(u32, u32)>| {
        list.par_sort_unstable();
        list.dedup();
        list
    };
    Joined {
        person: person.into_iter().map(AtomicU32::into_inner).collect(),
        refused: sorted(undone.refused),
        tied: sorted(undone.tied),
    }
}

/// Whether pairs, by left, right, are those of three records with each other.
fn is_triangle<'a>(pairs: impl ExactSizeIterator<Item = &'a Pair>) -> bool {
    let is_three = pairs.len() == 3;
    let mut pairs = pairs;
    let mut next = || pairs.next().map(|pair| (pair.left, pair.right));
    is_three
        && matches!((next(), next(), next()),
            (Some((a, b)), Some((also_a, c)), Some(last)) if a == also_a && last == (b, c))
}

/// The pairs within one cluster each, by cluster: its smallest record in the upper half, the place of the pair in the lower.
fn within_clusters(
    records: usize,
    pairs: &[Pair],
    is_wanted: &(impl Fn(&Pair) -> bool + Sync),
) -> Vec<u64> {
    let mut up: Vec<u32> = (0..records as u32).collect();
    let root = |up: &mut [u32], of: u32| {
        let mut at = of;
        while up[at as usize] != at {
            // half the way for the next one
            up[at as usize] = up[up[at as usize] as usize];
            at = up[at as usize];
        }
        at
    };
    for pair in pairs.iter().filter(|pair| is_wanted(pair)) {
        let (a, b) = (root(&mut up, pair.left), root(&mut up, pair.right));
        up[a.max(b) as usize] = a.min(b);
    }
    let smallest = |of: u32| {
        let mut at = of;
        while up[at as usize] != at {
            at = up[at as usize];
        }
        at
    };
    let entry = |(at, pair): (usize, &Pair)| {
        let cluster = smallest(pair.left);
        (cluster == smallest(pair.right)).then_some(u64::from(cluster) << 32 | at as u64)
    };
    let within: Vec<Vec<u64>> = pairs
        .par_chunks(PAIRS_AT_ONCE)
        .enumerate()
        .map(|(chunk, some)| {
            let places = chunk * PAIRS_AT_ONCE..;
            places.zip(some).filter_map(entry).collect()
        })
        .collect();
    by_number(
        &within,
        records,
        |entry| (*entry >> 32) as u32,
        |entry| *entry,
    )
}

/// Records that pairs connect.
struct Cluster<'a> {
    /// The pairs between them, by left, right.
    pairs: &'a [Pair],
    /// The weight that a pair at the cut-off has.
    cut: f64,
    /// The records, sorted; they are called by their places here.
    records: Vec<u32>,
    /// The places of each pair's two records.
    ends: Vec<(u32, u32)>,
    /// For each record, the pairs it is in: positions in `list` from `first` on.
    first: Vec<u32>,
    list: Vec<u32>,
    /// For each record the smallest of its group.
    root: Vec<u32>,
    /// By root: the records, where there are more than one.
    members: Vec<Vec<u32>>,
}

impl<'a> Cluster<'a> {
    fn of(pairs: &'a [Pair], cut: f64) -> Self {
        let mut records: Vec<u32> = pairs
            .iter()
            .flat_map(|pair| [pair.left, pair.right])
            .collect();
        records.sort_unstable();
        records.dedup();
        let place = |record: u32| records.partition_point(|other| *other < record) as u32;
        let ends: Vec<(u32, u32)> = pairs
            .iter()
            .map(|pair| (place(pair.left), place(pair.right)))
            .collect();
        let mut first = vec![0_u32; records.len() + 1];
        for (left, right) in &ends {
            first[*left as usize + 1] += 1;
            first[*right as usize + 1] += 1;
        }
        for at in 0..records.len() {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut list = vec![0; pairs.len() * 2];
        for (at, (left, right)) in ends.iter().enumerate() {
            for record in [*left, *right] {
                list[next[record as usize] as usize] = at as u32;
                next[record as usize] += 1;
            }
        }
        Self {
            pairs,
            cut,
            ends,
            first,
            list,
            root: (0..records.len() as u32).collect(),
            members: vec![Vec::new(); records.len()],
            records,
        }
    }

    /// Joins what belongs together, and gives each record with the smallest one of its person; returns whom that kept apart.
    fn settled(
        mut self,
        (is_wanted, kept_apart): (impl Fn(&Pair) -> bool, impl Fn(u32, u32) -> bool),
        give: impl Fn(u32, u32),
    ) -> Undone {
        let mut undone = Undone::default();
        let wanted = (0..).zip(self.pairs).filter(|(_, pair)| is_wanted(pair));
        let mut order: Vec<(f64, u32)> = wanted.map(|(at, pair)| (pair.weight, at)).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for equal in order.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let tied = self.tied(equal, &kept_apart);
            for (_, at) in equal.iter().filter(|(_, at)| !tied.contains(at)) {
                let (left, right) = self.ends[*at as usize];
                let (a, b) = (self.root[left as usize], self.root[right as usize]);
                if a != b && self.speaks_for(a, b) {
                    match self.apart((a, b), &kept_apart) {
                        Some(pair) => undone.refused.push(pair),
                        None => self.unite(a, b),
                    }
                }
            }
            let pairs = tied.iter().map(|at| &self.pairs[*at as usize]);
            undone
                .tied
                .extend(pairs.map(|pair| (pair.left, pair.right)));
        }
        for (record, root) in self.records.iter().zip(&self.root) {
            give(*record, self.records[*root as usize]);
        }
        undone
    }

    /// Of equally strong pairs those that would join one group with two that are kept apart from each other: which of them came
    /// first would say who is who.
    fn tied(&self, equal: &[(f64, u32)], kept_apart: impl Fn(u32, u32) -> bool) -> Vec<u32> {
        let mut tied = Vec::new();
        if equal.len() < 2 {
            return tied;
        }
        let ways = equal.iter().flat_map(|(_, at)| {
            let (left, right) = self.ends[*at as usize];
            let (a, b) = (self.root[left as usize], self.root[right as usize]);
            [(a, b, *at), (b, a, *at)]
        });
        let mut ways: Vec<(u32, u32, u32)> = ways.filter(|(a, b, _)| a != b).collect();
        ways.sort_unstable();
        for of_one in ways.chunk_by(|x, y| x.0 == y.0) {
            let rivals = of_one.iter().take(RIVALS);
            for (place, (one, x, at)) in rivals.clone().enumerate() {
                for (_, y, other) in rivals.clone().skip(place + 1).filter(|way| way.1 != *x) {
                    if self.first_apart((*x, *y), &kept_apart).is_some()
                        && self.speaks_for(*one, *x)
                        && self.speaks_for(*one, *y)
                    {
                        tied.extend([*at, *other]);
                    }
                }
            }
        }
        tied.sort_unstable();
        tied.dedup();
        tied
    }

    /// Two records of two groups that are kept apart; of two single records their own pair has said it.
    fn apart(
        &self,
        (a, b): (u32, u32),
        kept_apart: impl Fn(u32, u32) -> bool,
    ) -> Option<(u32, u32)> {
        if self.size(a) == 1 && self.size(b) == 1 {
            return None;
        }
        self.first_apart((a, b), kept_apart)
    }

    fn first_apart(
        &self,
        (a, b): (u32, u32),
        kept_apart: impl Fn(u32, u32) -> bool,
    ) -> Option<(u32, u32)> {
        let group = |root: u32| self.group(root).take(LARGE);
        let of = |place: u32| self.records[place as usize];
        group(a)
            .flat_map(|x| group(b).map(move |y| (x.min(y), x.max(y))))
            .map(|(x, y)| (of(x), of(y)))
            .find(|(x, y)| kept_apart(*x, *y))
    }

    /// The records of a group.
    fn group(&self, root: u32) -> impl Iterator<Item = u32> + '_ {
        let list = &self.members[root as usize];
        let alone = list.is_empty().then_some(root);
        list.iter().copied().chain(alone)
    }

    fn size(&self, root: u32) -> usize {
        self.members[root as usize].len().max(1)
    }

    fn speaks_for(&self, a: u32, b: u32) -> bool {
        let (few, many) = if self.size(a) <= self.size(b) {
            (a, b)
        } else {
            (b, a)
        };
        if self.size(few) == 1 && self.size(many) == 1 || self.size(many) > LARGE {
            return true;
        }
        // of two groups of one size neither is the one that is looked at first
        let is_told = |group: u32, other: u32| {
            let records = self.group(group);
            records
                .map(|record| self.balance(record, other))
                .sum::<f64>()
                >= 0.0
        };
        is_told(few, many) && (self.size(few) != self.size(many) || is_told(many, few))
    }

    /// What speaks for a record as one of a group, less what speaks against it. Records of one person are alike, so that one who
    /// differs from one of them differs from most, as somebody who has moved does: what speaks against is not said anew by each.
    fn balance(&self, record: u32, group: u32) -> f64 {
        let of = self.first[record as usize] as usize..self.first[record as usize + 1] as usize;
        let (mut speaking_for, mut against) = (0.0, 0.0);
        let mut silent = self.size(group);
        let mut differing = 0_usize;
        for at in &self.list[of] {
            let (left, right) = self.ends[*at as usize];
            let other = if left == record { right } else { left };
            if self.root[other as usize] == group {
                let bits = (self.pairs[*at as usize].weight - self.cut).clamp(-MOST, MOST);
                silent -= 1;
                if bits >= 0.0 {
                    speaking_for += bits;
                } else {
                    against += bits;
                    differing += 1;
                }
            }
        }
        against += silent as f64 * (UNKNOWN - self.cut).clamp(-MOST, MOST);
        differing += silent;
        speaking_for + against / (differing.max(1) as f64).sqrt()
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (keep, gone) = (a.min(b), a.max(b));
        let mut moved = std::mem::take(&mut self.members[gone as usize]);
        if moved.is_empty() {
            moved.push(gone);
        }
        for record in &moved {
            self.root[*record as usize] = keep;
        }
        let list = &mut self.members[keep as usize];
        if list.is_empty() {
            list.push(keep);
        }
        list.extend(moved);
    }
}

#[cfg(test)]
#[path = "cluster_tests.rs"]
mod tests;
