//! Learns m, u and the priors without labels: u from random pairs, m by expectation and maximisation over blocked pairs.
//!
//! Each stratum (`model`) is learnt apart. Among pairs that share a home the others of a household stand beside the true
//! pairs: what they share (family name, address) is learnt too, while their given names, sexes and numbers are as different
//! as those of strangers, so that damaged true pairs cannot pass for relatives. How names, dates and numbers are damaged is
//! learnt over all strata. Everything is drawn a little towards the shipped parameters (`shares`), and stays with them where
//! the data says nothing.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::block::Blocks;
use super::compare::{Comparer, level_of};
use super::fields::{Kind, Spec, value_of, value_text, values_in};
use super::model::{Expected, Field, Level, Model, Prior, Share, Stratum};
use super::shares::{Pull, Source, Sums, among, shipped, twins, u_from};
use super::values;
use super::weigh::{Seen, has_rarity, is_by_value, is_on_value, weight};
use crate::people::compare::{family_name, given_name};
use crate::people::model::{Parameters, probability};

/// Random pairs for u.
const RANDOM_PAIRS: u64 = 400_000;
/// Blocked pairs for m, about.
const LEARN_FROM: u64 = 400_000;
/// Rounds of expectation and maximisation at most.
const ROUNDS: usize = 60;
/// So many pairs do the shipped shares weigh for dates of birth of people of one home: where there are no households, nothing
/// may pass for one.
const PULL_BIRTH: f64 = 200.0;
/// The prior of pairs that share a family name and nothing else that names a person is not above this.
const MOST_KIN: f64 = 0.01;
/// Fewer true pairs than this that have a field on both sides teach nothing about it.
const FEWEST: f64 = 30.0;
/// A value shared by fewer records than this share is as rare as any.
const LEAST_SHARE: f64 = 2e-5;

const APART: usize = Stratum::Apart as usize;
const TOGETHER: usize = Stratum::Together as usize;
const NAMESAKES: usize = Stratum::Namesakes as usize;
const TWINS: usize = Stratum::Twins as usize;
const KIN: usize = Stratum::Kin as usize;
/// How many more people of one home are called the same than strangers are: fathers and sons, mothers and daughters.
const FATHER_AND_SON: f64 = 0.004;

/// m and u in all strata, for all fields and levels.
#[derive(Debug, Clone)]
struct Shares {
    /// By stratum, field, level.
    m: [Vec<[f64; 16]>; Stratum::COUNT],
    u: [Vec<[f64; 16]>; Stratum::COUNT],
    /// By stratum and agency (across, within).
    priors: [[f64; 2]; Stratum::COUNT],
}

/// Counted patterns.
type Counts = Vec<(Seen, f64)>;

/// What is learnt from.
struct Evidence {
    /// By field and level: m, u, u in a household.
    shipped: Vec<Vec<[f64; 3]>>,
    random: Counts,
    blocked: Counts,
    /// How large a part of all blocked pairs those are.
    part: f64,
}

/// Learns from a table.
pub struct Learner<'a> {
    /// Compares.
    pub comparer: &'a Comparer<'a>,
    /// The pairs to learn from.
    pub blocks: &'a Blocks,
    /// Pairs the blocks hold, about.
    pub pairs: u64,
}

impl Learner<'_> {
    /// Learns a model; without a cut-off yet.
    pub fn learn(&self) -> Model {
        let parameters =
            Parameters::shipped().unwrap_or_else(|fault| Parameters::neutral(&fault, 0.005, 0.2));
        let specs = &self.comparer.fields;
        let rarities: Vec<Frequencies> = specs
            .par_iter()
            .map(|field| self.frequencies(field.kind, 1.0))
            .collect();
        let (blocked, part) = self.blocked(&rarities);
        let evidence = Evidence {
            shipped: specs
                .iter()
                .map(|spec| shipped(&parameters, spec))
                .collect(),
            random: self.random(),
            blocked,
            part,
        };
        let mut shares = self.start(&evidence.shipped);
        let mut true_pairs = 0.0;
        for _ in 0..ROUNDS {
            let next = self.round(&shares, &evidence);
            let still = (next.1 - true_pairs).abs() < 1e-4 * next.1.max(1.0);
            (shares, true_pairs) = next;
            if still {
                break;
            }
        }
        let known = self.known(&shares, &evidence.blocked);
        let records = self.comparer.table.len() as f64;
        let each = 1.0 + 2.0 * true_pairs / part / records.max(1.0);
        let frequencies = specs
            .par_iter()
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
                let wanted =
                    |first: u32| values::key(&(first, stretch.pass as u32)).is_multiple_of(every);
                self.blocks.batches(stretch, wanted, |batch| {
                    batch.pairs(|left, right| {
                        let (left, right) = (batch.records[left], batch.records[right]);
                        let seen = self.seen(left as usize, right as usize, &rarity);
                        *counts.entry(seen).or_insert(0.0) += 1.0;
                    });
                });
                counts
            })
            .collect();
        (gathered(parts), 1.0 / f64::from(every))
    }

    fn seen(&self, left: usize, right: usize, rarity: &[Vec<f64>]) -> Seen {
        let pair = self.comparer.compare(left, right);
        let mut rare = 0.0;
        if has_rarity(pair.stratum) {
            for (at, of_field) in rarity.iter().enumerate() {
                let kind = self.comparer.fields[at].kind;
                if !of_field.is_empty() && is_on_value(kind, level_of(pair.pattern, at)) {
                    let side = self.comparer.side(left);
                    rare += of_field[value_of(self.comparer.table, kind, side) as usize];
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

    fn start(&self, shipped: &[Vec<[f64; 3]>]) -> Shares {
        let fields = &self.comparer.fields;
        let blank = || Stratum::ALL.map(|_| vec![[1.0; 16]; fields.len()]);
        let mut shares = Shares {
            m: blank(),
            u: blank(),
            priors: [[0.0; 2]; Stratum::COUNT],
        };
        for (field, levels) in shipped.iter().enumerate() {
            for (level, [m, u, household_u]) in levels.iter().enumerate().skip(1) {
                for stratum in Stratum::ALL {
                    let s = stratum as usize;
                    let is_home = stratum == Stratum::Together;
                    shares.m[s][field][level] = *m;
                    shares.u[s][field][level] = if is_home { *household_u } else { *u };
                }
            }
        }
        let records = self.comparer.table.len().max(2) as f64;
        shares.priors = [
            [(1.0 / records).min(0.01); 2],
            [0.3; 2],
            [0.1; 2],
            [0.05; 2],
            [(1.0 / records).min(0.01); 2],
        ];
        shares
    }

    /// One round; the new shares, and how many true pairs it believes in.
    fn round(&self, old: &Shares, from: &Evidence) -> (Shares, f64) {
        let fields = self.comparer.fields.len();
        let scale = self.bits(old);
        let mut found = Found {
            m: Sums::new(fields),
            u: Sums::new(fields),
            believed: [[0.0; 2]; Stratum::COUNT],
            met: [[0.0; 2]; Stratum::COUNT],
        };
        for (seen, count) in &from.blocked {
            let true_share = probability(scale.of(seen));
            let stratum = seen.stratum as usize;
            let side = usize::from(seen.within);
            found.m.add(stratum, seen, count * true_share);
            found.believed[stratum][side] += count * true_share;
            found.met[stratum][side] += count;
            if seen.stratum != Stratum::Apart {
                found.u.add(stratum, seen, count * (1.0 - true_share));
            }
        }
        let random = from.random.iter();
        for (seen, count) in random.filter(|(seen, _)| seen.stratum != Stratum::Together) {
            let other_share = 1.0 - probability(scale.of(seen));
            found.u.add(APART, seen, count * other_share);
        }
        let new = self.maximised(old, from, &found);
        let all = found.believed.iter().flatten().sum();
        (new, all)
    }

    /// The shares and priors that fit best what was found.
    fn maximised(&self, old: &Shares, from: &Evidence, found: &Found) -> Shares {
        let mut new = old.clone();
        // names, dates and numbers are damaged alike, whatever two records of one person share; homes are not
        let everywhere = found.m.pooled(&[APART, NAMESAKES, TOGETHER]);
        let no_home = found.m.pooled(&[APART, NAMESAKES]);
        for (at, spec) in self.comparer.fields.iter().enumerate() {
            let is_personal = matches!(
                spec.kind,
                Kind::Given
                    | Kind::Family
                    | Kind::Order
                    | Kind::Birth
                    | Kind::Sex
                    | Kind::Number(_)
            );
            for level in 1..spec.levels.len() {
                let [m_given, u_given, household_u] = from.shipped[at][level];
                let among = among(spec, level);
                let apart = found.u.share((APART, at, level), among, u_given);
                for stratum in Stratum::ALL {
                    let s = stratum as usize;
                    let sums = match stratum {
                        _ if is_personal => &everywhere,
                        Stratum::Together => &found.m,
                        _ => &no_home,
                    };
                    new.m[s][at][level] = sums.share((s, at, level), among, m_given);
                    new.u[s][at][level] = match u_from((stratum, spec.kind), level) {
                        Source::SaysNothing => new.m[s][at][level],
                        Source::Strangers => apart,
                        Source::StrangersAndNamedAfter => apart + FATHER_AND_SON,
                        Source::Itself(Pull::Strangers) => {
                            found.u.share((s, at, level), among, apart)
                        }
                        Source::Itself(Pull::Home) => {
                            found.u.share((s, at, level), among, household_u)
                        }
                        Source::Itself(Pull::HomeStrongly) => {
                            found
                                .u
                                .drawn((s, at, level), among, (household_u, PULL_BIRTH))
                        }
                    };
                }
            }
        }
        self.set_priors(&mut new, found, from.part);
        new
    }

    /// Sets the priors that fit best what was found.
    fn set_priors(&self, new: &mut Shares, found: &Found, part: f64) {
        let others = (1.0 - self.namesakes(new)).max(0.02);
        for (side, pairs) in self.pairs_apart().into_iter().enumerate() {
            // by their names alone, so many true pairs are namesakes: the others are what is left
            let alone = found.believed[APART][side] / part / others;
            new.priors[APART][side] = ((alone + 0.5) / (pairs + 1.0)).clamp(1e-12, 0.05);
            for s in [TOGETHER, NAMESAKES, TWINS, KIN] {
                let share = (found.believed[s][side] + 1.0) / (found.met[s][side] + 3.0);
                let (least, most) = match s {
                    TWINS => twins(new.priors[TOGETHER][side]),
                    KIN => (1e-6, MOST_KIN),
                    _ => (1e-6, 0.9999),
                };
                new.priors[s][side] = share.clamp(least, most);
            }
        }
    }

    /// The share of true pairs without a home in common whose names are such that they are namesakes.
    fn namesakes(&self, shares: &Shares) -> f64 {
        let same = |kind: Kind, last: usize| -> f64 {
            let at = self
                .comparer
                .fields
                .iter()
                .position(|field| field.kind == kind);
            at.map_or(0.0, |at| shares.m[APART][at][1..=last].iter().sum())
        };
        same(Kind::Given, given_name::SAME_FIRST) * same(Kind::Family, family_name::FOLDED)
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
        let odds = |share: f64| (share / (1.0 - share)).log2();
        let mut bits = Bits {
            levels: Stratum::ALL.map(|_| vec![[0.0; 16]; fields.len()]),
            priors: shares.priors.map(|side| side.map(odds)),
        };
        for s in 0..Stratum::ALL.len() {
            for (at, spec) in fields.iter().enumerate() {
                for (number, level) in spec.levels.iter().enumerate().skip(1) {
                    let (m, u) = (shares.m[s][at][number], shares.u[s][at][number]);
                    bits.levels[s][at][number] = weight(m, u, level.agreement);
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
        let (raw, known) = values::shares(table.len(), |record| {
            value_of(table, kind, self.comparer.side(record))
        });
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
        let specs = || self.comparer.fields.iter();
        let notes = specs()
            .zip(known)
            .filter(|(spec, known)| **known < FEWEST && spec.kind != Kind::Order)
            .map(|(spec, _)| {
                format!(
                    "{}: too few pairs have it on both sides to learn from; mostly the shipped parameters are used.",
                    spec.name
                )
            })
            .collect();
        let fields = specs()
            .zip(frequencies)
            .enumerate()
            .map(|(at, (spec, of_value))| Field {
                name: spec.name.clone(),
                learnt: known[at] >= FEWEST,
                levels: levels(shares, at, spec, &of_value),
                frequencies: of_value
                    .common(|value| value_text(self.comparer.table, spec.kind, value)),
                floor: of_value.floor,
            })
            .collect();
        let prior = |stratum: Stratum| Prior {
            across: shares.priors[stratum as usize][0],
            within: shares.priors[stratum as usize][1],
        };
        Model {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            learnt_from: "the records linked, without labels".to_owned(),
            records: self.comparer.table.len() as u64,
            prior_apart: prior(Stratum::Apart),
            prior_together: prior(Stratum::Together),
            prior_namesakes: prior(Stratum::Namesakes),
            prior_twins: prior(Stratum::Twins),
            prior_kin: prior(Stratum::Kin),
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

/// The levels of a field, with what was learnt of them.
fn levels(shares: &Shares, at: usize, spec: &Spec, of_value: &Frequencies) -> Vec<Level> {
    let levels = spec.levels.iter().enumerate();
    let mut levels: Vec<Level> = levels
        .map(|(number, level)| Level {
            name: level.name.to_owned(),
            agreement: level.agreement,
            apart: share(shares, Stratum::Apart, at, number),
            together: share(shares, Stratum::Together, at, number),
            namesakes: share(shares, Stratum::Namesakes, at, number),
            twins: share(shares, Stratum::Twins, at, number),
            kin: share(shares, Stratum::Kin, at, number),
        })
        .collect();
    if of_value.floor > 0.0
        && let Some(same) = levels.get_mut(1)
    {
        same.apart.u = of_value.usual;
    }
    levels
}

impl Frequencies {
    /// The values above the floor, by their text.
    fn common<'t>(&self, text: impl Fn(u32) -> &'t str) -> BTreeMap<String, f64> {
        let shares = self.shares.iter().enumerate().skip(1);
        shares
            .filter(|(_, share)| **share > self.floor)
            .map(|(value, share)| (text(value as u32).to_owned(), *share))
            .collect()
    }
}

fn share(shares: &Shares, stratum: Stratum, at: usize, level: usize) -> Share {
    Share {
        m: shares.m[stratum as usize][at][level],
        u: shares.u[stratum as usize][at][level],
    }
}

/// What one round found.
struct Found {
    m: Sums,
    u: Sums,
    /// By stratum and agency: true pairs believed in, and pairs met.
    believed: [[f64; 2]; Stratum::COUNT],
    met: [[f64; 2]; Stratum::COUNT],
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
    levels: [Vec<[f64; 16]>; Stratum::COUNT],
    priors: [[f64; 2]; Stratum::COUNT],
}

impl Bits {
    fn of(&self, seen: &Seen) -> f64 {
        let stratum = seen.stratum as usize;
        let levels = &self.levels[stratum];
        let start = self.priors[stratum][usize::from(seen.within)] + f64::from(seen.rarity);
        levels.iter().enumerate().fold(start, |sum, (at, bits)| {
            sum + bits[level_of(seen.pattern, at)]
        })
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
