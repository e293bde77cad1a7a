//! Joins pairs into persons, from the strongest down. Two groups join when what is known between them speaks for it on the
//! whole, so that one weak bridge, or a chain of near misses, does not make one person of two.

use rayon::prelude::*;

use super::Pair;

/// A pair counts for at most so many bits, for or against.
const MOST: f64 = 10.0;
/// What counts for two records of two groups of whom no pair was kept.
const UNKNOWN: f64 = -7.0;
/// Records of one person at most, beyond which only single strong pairs are looked at: it bounds the work.
const LARGE: usize = 400;

/// For each record the smallest record of its person.
pub fn join(
    records: usize,
    pairs: &[Pair],
    threshold: f64,
    may_join: impl Fn(u32, u32) -> bool,
) -> Vec<u32> {
    let starts = starts(records, pairs);
    let wanted = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| pair.probability >= threshold && may_join(pair.left, pair.right));
    let mut order: Vec<(f64, u32)> = wanted.map(|(at, pair)| (pair.weight, at as u32)).collect();
    order.par_sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let cut = (threshold / (1.0 - threshold).max(1e-12)).log2();
    let mut groups = Groups {
        root: (0..records as u32).collect(),
        members: vec![Vec::new(); records],
    };
    for (_, at) in order {
        let pair = &pairs[at as usize];
        let (a, b) = (
            groups.root[pair.left as usize],
            groups.root[pair.right as usize],
        );
        if a != b && groups.speaks_for(a, b, pairs, &starts, cut) {
            groups.unite(a, b);
        }
    }
    groups.root
}

/// For each record, the pairs it is in: positions in `list` from `first[record]` on.
struct Starts {
    first: Vec<u32>,
    list: Vec<u32>,
}

fn starts(records: usize, pairs: &[Pair]) -> Starts {
    let mut first = vec![0_u32; records + 1];
    for pair in pairs {
        first[pair.left as usize + 1] += 1;
        first[pair.right as usize + 1] += 1;
    }
    for at in 0..records {
        first[at + 1] += first[at];
    }
    let mut next = first.clone();
    let mut list = vec![0; pairs.len() * 2];
    for (at, pair) in pairs.iter().enumerate() {
        for record in [pair.left, pair.right] {
            list[next[record as usize] as usize] = at as u32;
            next[record as usize] += 1;
        }
    }
    Starts { first, list }
}

struct Groups {
    root: Vec<u32>,
    /// By root: the records, where there are more than one.
    members: Vec<Vec<u32>>,
}

impl Groups {
    fn size(&self, root: u32) -> usize {
        self.members[root as usize].len().max(1)
    }

    fn speaks_for(&self, a: u32, b: u32, pairs: &[Pair], starts: &Starts, cut: f64) -> bool {
        let (few, many) = if self.size(a) <= self.size(b) {
            (a, b)
        } else {
            (b, a)
        };
        if self.size(few) == 1 && self.size(many) == 1 || self.size(many) > LARGE {
            return true;
        }
        let alone = [few];
        let list: &[u32] = if self.size(few) == 1 {
            &alone
        } else {
            &self.members[few as usize]
        };
        let (mut sum, mut met) = (0.0, 0_usize);
        for record in list {
            let of = starts.first[*record as usize] as usize
                ..starts.first[*record as usize + 1] as usize;
            for at in &starts.list[of] {
                let pair = &pairs[*at as usize];
                let other = if pair.left == *record {
                    pair.right
                } else {
                    pair.left
                };
                if self.root[other as usize] == many {
                    sum += (pair.weight - cut).clamp(-MOST, MOST);
                    met += 1;
                }
            }
        }
        let all = self.size(few) * self.size(many);
        sum + (all - met) as f64 * (UNKNOWN - cut).clamp(-MOST, MOST) >= 0.0
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
