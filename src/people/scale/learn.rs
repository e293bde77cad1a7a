//! Learns m, u and the priors without labels: u from random pairs, m by expectation and maximisation over blocked pairs.
//!
//! Pairs that share a home and pairs that do not are learnt apart. Among the first, the others of a household stand beside
//! the true pairs: what they share (family name, address) is learnt too, while their given names, sexes and numbers are as
//! different as those of strangers, so that damaged true pairs cannot pass for relatives. Everything is drawn a little
//! towards the shipped parameters, and stays with them where the data says nothing.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::block::Blocks;
use super::compare::{Comparer, level_of};
use super::fields::{Kind, MOST_FIELDS, value_of, value_text, values_in};
use super::model::{Expected, Field, Level, Model, Prior, Share};
use super::values;
use super::weigh::{Seen, is_by_value, is_on_value, weight};
use crate::people::compare::{FIELDS, at, given_name};
use crate::people::model::{Parameters, probability};

/// Random pairs for u.
const RANDOM_PAIRS: u64 = 400_000;
/// Blocked pairs for m, about.
const LEARN_FROM: u64 = 400_000;
/// Rounds of expectation and maximisation at most.
const ROUNDS: usize = 60;
/// So many pairs do the shipped parameters weigh.
const PULL: f64 = 12.0;
/// Fewer true pairs than this that have a field on both sides teach nothing about it.
const FEWEST: f64 = 30.0;
/// A value shared by fewer records than this share is as rare as any.
const LEAST_SHARE: f64 = 2e-5;

/// m, u in both homes, for all fields and levels.
#[derive(Debug, Clone)]
struct Shares {
    /// By home, field, level.
    m: [Vec<[f64; 16]>; 2],
    u: [Vec<[f64; 16]>; 2],
    /// By home and agency (across, within).
    priors: [[f64; 2]; 2],
}

/// Counted patterns.
type Counts = Vec<(Seen, f64)>;

/// Learns from a table.
pub struct Learner<'a> {
    /// Compares.
    pub comparer: &'a Comparer<'a>,
    /// The pairs to learn from.
    pub blocks: &'a Blocks,
    /// Pairs the blocks hold, about.
    pub pairs: u64,
}

/// The shipped shares of a level: m, u, u in a household. Blank and unknown levels say nothing.
fn shipped(parameters: &Parameters, kind: Kind, level: usize) -> [f64; 3] {
    let field = match kind {
        Kind::Given => at::GIVEN,
        Kind::Family => at::FAMILY,
        Kind::Order => at::ORDER,
        Kind::Birth => at::BIRTH,
        Kind::Sex => at::SEX,
        Kind::Postcode => at::POSTCODE,
        Kind::Address => at::ADDRESS,
        Kind::Phone => at::PHONE,
        Kind::Email => at::EMAIL,
        Kind::Number(_) => at::IDENTIFIERS,
        Kind::Text(_) => {
            const TEXT: [[f64; 3]; 6] = [
                [1.0; 3],
                [0.6, 0.02, 0.6],
                [0.06, 0.005, 0.02],
                [0.04, 0.01, 0.02],
                [0.06, 0.03, 0.06],
                [0.24, 0.93, 0.3],
            ];
            return TEXT[level];
        }
    };
    let share = parameters.shares[field][level];
    [share.m, share.u, share.household_u]
}

impl Learner<'_> {
    /// Learns a model; without a cut-off yet.
    pub fn learn(&self) -> Model {
        let parameters =
            Parameters::shipped().unwrap_or_else(|fault| Parameters::neutral(&fault, 0.005, 0.2));
        let random = self.random();
        let rarities: Vec<Frequencies> = self
            .comparer
            .fields
            .iter()
            .map(|field| self.frequencies(field.kind, 1.0))
            .collect();
        let (blocked, share) = self.blocked(&rarities);
        let mut shares = self.start(&parameters);
        let mut true_pairs = 0.0;
        for _ in 0..ROUNDS {
            let next = self.round(&shares, &parameters, &random, &blocked, share);
            let still = (next.1 - true_pairs).abs() < 1e-4 * next.1.max(1.0);
            (shares, true_pairs) = next;
            if still {
                break;
            }
        }
        let known = self.known(&shares, &blocked);
        let records = self.comparer.table.len() as f64;
        let each = 1.0 + 2.0 * true_pairs / share / records.max(1.0);
        let frequencies = self
            .comparer
            .fields
            .iter()
            .map(|field| self.frequencies(field.kind, each))
            .collect();
        self.model(&shares, frequencies, &known)
    }

    /// Pairs at random over the whole table, each with an equal chance, the same on every run.
    fn random(&self) -> Counts {
        let records = self.comparer.table.len() as u64;
        if records < 2 {
            return Vec::new();
        }
        let all = records * (records - 1) / 2;
        let pairs = RANDOM_PAIRS.min(all);
        let parts: Vec<FxHashMap<Seen, f64>> = (0..64_u64)
            .into_par_iter()
            .map(|part| {
                let mut counts = FxHashMap::default();
                for number in (part * pairs / 64)..((part + 1) * pairs / 64) {
                    let (left, right) = if all <= RANDOM_PAIRS {
                        nth_pair(number)
                    } else {
                        random_pair(number, records)
                    };
                    if left != right {
                        *counts.entry(self.seen(left, right, &[])).or_insert(0.0) += 1.0;
                    }
                }
                counts
            })
            .collect();
        gathered(parts)
    }

    /// A part of the blocked pairs, and how large a part it is.
    fn blocked(&self, frequencies: &[Frequencies]) -> (Counts, f64) {
        let every = (self.pairs / LEARN_FROM).max(1) as u32;
        let rarity: Vec<Vec<f64>> = frequencies.iter().map(|one| one.rarity.clone()).collect();
        let parts: Vec<FxHashMap<Seen, f64>> = self
            .blocks
            .stretches()
            .into_par_iter()
            .map(|stretch| {
                let mut counts = FxHashMap::default();
                let wanted = |first: u32| values::key(&(first, stretch.pass as u32)) % every == 0;
                self.blocks.pairs(stretch, wanted, |left, right| {
                    let seen = self.seen(left as usize, right as usize, &rarity);
                    *counts.entry(seen).or_insert(0.0) += 1.0;
                });
                counts
            })
            .collect();
        (gathered(parts), 1.0 / f64::from(every))
    }

    fn seen(&self, left: usize, right: usize, rarity: &[Vec<f64>]) -> Seen {
        let pair = self.comparer.compare(left, right);
        let mut rare = 0.0;
        if !pair.together {
            for (at, of_field) in rarity.iter().enumerate() {
                let kind = self.comparer.fields[at].kind;
                if !of_field.is_empty() && is_on_value(kind, level_of(pair.pattern, at)) {
                    rare += of_field[value_of(self.comparer.table, kind, left) as usize];
                }
            }
        }
        Seen {
            pattern: pair.pattern,
            together: pair.together,
            within: pair.within,
            rarity: rare.round().clamp(-100.0, 100.0) as i8,
        }
    }

    fn start(&self, parameters: &Parameters) -> Shares {
        let fields = &self.comparer.fields;
        let mut shares = Shares {
            m: [vec![[1.0; 16]; fields.len()], vec![[1.0; 16]; fields.len()]],
            u: [vec![[1.0; 16]; fields.len()], vec![[1.0; 16]; fields.len()]],
            priors: [[0.0; 2]; 2],
        };
        for (field, spec) in fields.iter().enumerate() {
            for level in 1..spec.levels.len() {
                let [m, u, household_u] = shipped(parameters, spec.kind, level);
                for home in 0..2 {
                    shares.m[home][field][level] = m;
                }
                shares.u[0][field][level] = u;
                shares.u[1][field][level] = household_u;
            }
        }
        let records = self.comparer.table.len().max(2) as f64;
        shares.priors = [[(1.0 / records).min(0.01); 2], [0.3; 2]];
        shares
    }

    /// One round; the new shares, and how many true pairs it believes in.
    fn round(
        &self,
        old: &Shares,
        parameters: &Parameters,
        random: &Counts,
        blocked: &Counts,
        part: f64,
    ) -> (Shares, f64) {
        let fields = &self.comparer.fields;
        let scale = self.bits(old);
        let mut new = old.clone();
        let (mut m, mut u) = (Sums::new(fields.len()), Sums::new(fields.len()));
        let mut believed = [[0.0; 2]; 2];
        let mut met = [[0.0; 2]; 2];
        for (seen, count) in blocked {
            let true_share = probability(scale.of(seen));
            let home = usize::from(seen.together);
            m.add(home, seen, count * true_share);
            believed[home][usize::from(seen.within)] += count * true_share;
            met[home][usize::from(seen.within)] += count;
            if seen.together {
                u.add(1, seen, count * (1.0 - true_share));
            }
        }
        for (seen, count) in random.iter().filter(|(seen, _)| !seen.together) {
            u.add(0, seen, count * (1.0 - probability(scale.of(seen))));
        }
        for (at, spec) in fields.iter().enumerate() {
            for home in 0..2 {
                for level in 1..spec.levels.len() {
                    let given = shipped(parameters, spec.kind, level);
                    new.m[home][at][level] = m.share(home, at, level, given[0]);
                    new.u[home][at][level] = u.share(home, at, level, given[1 + home]);
                }
            }
            // those who share a home are called and numbered as differently as strangers
            if matches!(spec.kind, Kind::Given | Kind::Sex | Kind::Number(_)) {
                new.u[1][at] = new.u[0][at];
                if spec.kind == Kind::Given {
                    new.u[1][at][given_name::SAME] += 0.004;
                }
            }
        }
        let pairs = self.pairs_apart();
        for side in 0..2 {
            let apart = believed[0][side] / part;
            new.priors[0][side] = ((apart + 0.5) / (pairs[side] + 1.0)).clamp(1e-12, 0.5);
            new.priors[1][side] =
                ((believed[1][side] + 1.0) / (met[1][side] + 3.0)).clamp(1e-6, 0.9999);
        }
        let all = believed.iter().flatten().sum();
        (new, all)
    }

    /// How many pairs of two records there are across agencies and within one; those that share a home are few among them.
    fn pairs_apart(&self) -> [f64; 2] {
        let mut sizes = vec![0.0_f64; self.comparer.table.agencies.max(1)];
        for row in &self.comparer.table.rows {
            sizes[usize::from(row.agency)] += 1.0;
        }
        let within: f64 = sizes.iter().map(|n| n * (n - 1.0) / 2.0).sum();
        let all = self.comparer.table.len() as f64;
        [(all * (all - 1.0) / 2.0 - within).max(0.0), within]
    }

    fn bits(&self, shares: &Shares) -> Bits {
        let fields = &self.comparer.fields;
        let mut bits = Bits {
            levels: [vec![[0.0; 16]; fields.len()], vec![[0.0; 16]; fields.len()]],
            priors: shares
                .priors
                .map(|side| side.map(|share| (share / (1.0 - share)).log2())),
        };
        for home in 0..2 {
            for (at, spec) in fields.iter().enumerate() {
                for (number, level) in spec.levels.iter().enumerate().skip(1) {
                    bits.levels[home][at][number] = weight(
                        shares.m[home][at][number],
                        shares.u[home][at][number],
                        level.agreement,
                    );
                }
            }
        }
        bits
    }

    /// By field, how many true pairs have it on both sides.
    fn known(&self, shares: &Shares, blocked: &Counts) -> Vec<f64> {
        let scale = self.bits(shares);
        let mut known = vec![0.0; self.comparer.fields.len()];
        for (seen, count) in blocked {
            let believed = count * probability(scale.of(seen));
            for (at, sum) in known.iter_mut().enumerate() {
                if level_of(seen.pattern, at) != 0 {
                    *sum += believed;
                }
            }
        }
        known
    }

    fn frequencies(&self, kind: Kind, each: f64) -> Frequencies {
        if !is_by_value(kind) {
            return Frequencies::default();
        }
        let table = self.comparer.table;
        let (raw, known) = values::shares(table.len(), |record| value_of(table, kind, record));
        let known = (known as f64).max(1.0);
        // a person's own records do not make their name common
        let floor = (0.5 / known).max(LEAST_SHARE);
        let shares: Vec<f64> = raw
            .into_iter()
            .map(|share| (share - each / known).max(floor))
            .collect();
        let usual: f64 = shares
            .iter()
            .skip(1)
            .map(|share| share * share)
            .sum::<f64>()
            .max(1e-7);
        let missing = values_in(table, kind) as usize;
        let rarity = (0..missing)
            .map(|value| (usual / shares.get(value).copied().unwrap_or(floor)).log2())
            .collect();
        Frequencies {
            shares,
            rarity,
            floor,
            usual,
        }
    }

    fn model(&self, shares: &Shares, frequencies: Vec<Frequencies>, known: &[f64]) -> Model {
        let mut notes = Vec::new();
        let fields = self
            .comparer
            .fields
            .iter()
            .zip(frequencies)
            .enumerate()
            .map(|(at, (spec, of_value))| {
                if known[at] < FEWEST && spec.kind != Kind::Order {
                    notes.push(format!(
                        "{}: too few pairs have it on both sides to learn from; mostly the shipped parameters are used.",
                        spec.name
                    ));
                }
                let mut levels: Vec<Level> = spec
                    .levels
                    .iter()
                    .enumerate()
                    .map(|(number, level)| Level {
                        name: level.name.to_owned(),
                        agreement: level.agreement,
                        apart: Share {
                            m: shares.m[0][at][number],
                            u: shares.u[0][at][number],
                        },
                        together: Share {
                            m: shares.m[1][at][number],
                            u: shares.u[1][at][number],
                        },
                    })
                    .collect();
                if of_value.floor > 0.0
                    && let Some(same) = levels.get_mut(1)
                {
                    same.apart.u = of_value.usual;
                }
                let common = of_value.shares.iter().enumerate().skip(1);
                Field {
                    name: spec.name.clone(),
                    learnt: known[at] >= FEWEST,
                    levels,
                    frequencies: common
                        .filter(|(_, share)| **share > of_value.floor)
                        .map(|(value, share)| (value_text(self.comparer.table, spec.kind, value as u32).to_owned(), *share))
                        .collect(),
                    floor: of_value.floor,
                }
            })
            .collect();
        let prior = |home: usize| Prior {
            across: shares.priors[home][0],
            within: shares.priors[home][1],
        };
        Model {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            learnt_from: "the records linked, without labels".to_owned(),
            records: self.comparer.table.len() as u64,
            prior_apart: prior(0),
            prior_together: prior(1),
            fields,
            threshold: 0.0,
            expected: Expected {
                precision: 0.0,
                recall: 0.0,
                f1: 0.0,
            },
            notes,
        }
    }
}

/// How common the values of a field are.
#[derive(Debug, Clone, Default)]
struct Frequencies {
    shares: Vec<f64>,
    rarity: Vec<f64>,
    floor: f64,
    usual: f64,
}

/// Weights while learning.
struct Bits {
    levels: [Vec<[f64; 16]>; 2],
    priors: [[f64; 2]; 2],
}

impl Bits {
    fn of(&self, seen: &Seen) -> f64 {
        let home = usize::from(seen.together);
        let levels = &self.levels[home];
        let start = self.priors[home][usize::from(seen.within)] + f64::from(seen.rarity);
        levels.iter().enumerate().fold(start, |sum, (at, bits)| {
            sum + bits[level_of(seen.pattern, at)]
        })
    }
}

/// Sums by home, field and level.
struct Sums([Vec<[f64; 16]>; 2]);

impl Sums {
    fn new(fields: usize) -> Self {
        Self([vec![[0.0; 16]; fields], vec![[0.0; 16]; fields]])
    }

    fn add(&mut self, home: usize, seen: &Seen, weight: f64) {
        for (at, sums) in self.0[home].iter_mut().enumerate().take(MOST_FIELDS) {
            sums[level_of(seen.pattern, at)] += weight;
        }
    }

    /// The share of a level among what is not blank, drawn towards the shipped one.
    fn share(&self, home: usize, at: usize, level: usize, shipped: f64) -> f64 {
        let sums = &self.0[home][at];
        let known: f64 = sums[1..].iter().sum();
        ((sums[level] + PULL * shipped) / (known + PULL)).clamp(1e-9, 1.0)
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
    let mut right = ((1.0 + (1.0 + 8.0 * number as f64).sqrt()) / 2.0) as u64;
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
