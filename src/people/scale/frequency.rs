//! How common the values of a field are, and what that adds to agreement on one of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fields::{Kind, value_of, values_in};
use super::learn::Learner;
use super::weigh::is_by_value;

/// A value shared by fewer records than this share is as rare as any.
const LEAST_SHARE: f64 = 2e-5;
/// A part of the records that is counted by one thread has at least so many.
const SHORT: usize = 1 << 14;

/// How common the values of a field are.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    /// By value: its share as counted, and how many records have any.
    counted: (Vec<f64>, usize),
    /// By value: its share.
    pub shares: Vec<f64>,
    /// By value: what its rarity adds, in bits.
    pub rarity: Vec<f64>,
    /// The share taken for values that are rarer; 0 where frequency plays no part.
    pub floor: f64,
    /// The share of a value that is neither rare nor common.
    pub usual: f64,
}

impl Frequencies {
    /// The values above the floor, by their text.
    pub fn common<'t>(&self, text: impl Fn(u32) -> &'t str) -> BTreeMap<String, f64> {
        let shares = self.shares.iter().enumerate().skip(1);
        shares
            .filter(|(_, share)| **share > self.floor)
            .map(|(value, share)| (text(value as u32).to_owned(), *share))
            .collect()
    }
}

/// The share of records with each value that are known by one, up to the last one that any record has, and how many are known.
fn shares(mut counts: Vec<u32>) -> (Vec<f64>, usize) {
    if let Some(blank) = counts.first_mut() {
        *blank = 0;
    }
    let last = counts.iter().rposition(|count| *count > 0);
    counts.truncate(last.map_or(0, |last| last + 1));
    let known = counts.iter().map(|count| *count as usize).sum();
    let of = f64::max(known as f64, 1.0);
    let shares = counts.into_iter().map(|count| f64::from(count) / of);
    (shares.collect(), known)
}

impl Learner<'_> {
    /// How common the values of each field are, where so many records of one person are taken for one.
    pub(super) fn frequencies(&self, each: f64) -> Vec<Frequencies> {
        let specs = &self.comparer.fields;
        let kinds: Vec<Kind> = specs.iter().map(|field| field.kind).collect();
        let counted: Vec<(Vec<f64>, usize)> =
            self.counts(&kinds).into_par_iter().map(shares).collect();
        let fields = kinds.into_par_iter().zip(counted);
        fields
            .map(|(kind, counted)| {
                if is_by_value(kind) {
                    self.frequencies_of(kind, counted, each)
                } else {
                    Frequencies::default()
                }
            })
            .collect()
    }

    /// By field and value: how many records have it. Each record is looked at once for all fields.
    fn counts(&self, kinds: &[Kind]) -> Vec<Vec<u32>> {
        let table = self.comparer.table;
        let kept = |kind: &Kind| is_by_value(*kind);
        let none = || -> Vec<Vec<u32>> {
            let values = |kind: &Kind| {
                if kept(kind) {
                    values_in(table, *kind)
                } else {
                    0
                }
            };
            kinds
                .iter()
                .map(|kind| vec![0; values(kind) as usize])
                .collect()
        };
        // each part has counts of its own for all values: few and large ones
        let long = table
            .len()
            .div_ceil(rayon::current_num_threads())
            .max(SHORT);
        let starts: Vec<usize> = (0..table.len()).step_by(long).collect();
        let parts = starts.into_par_iter().map(|from| {
            let mut counts = none();
            for record in from..table.len().min(from + long) {
                let side = self.comparer.side(record);
                for (kind, counts) in kinds.iter().zip(&mut counts).filter(|(kind, _)| kept(kind)) {
                    counts[value_of(table, *kind, side) as usize] += 1;
                }
            }
            counts
        });
        parts.reduce(none, |mut all, some| {
            for (all, some) in all.iter_mut().zip(&some) {
                all.iter_mut()
                    .zip(some)
                    .for_each(|(all, some)| *all += some);
            }
            all
        })
    }

    /// The same, where they were counted before.
    pub(super) fn frequencies_again(
        &self,
        kind: Kind,
        before: Frequencies,
        each: f64,
    ) -> Frequencies {
        if !is_by_value(kind) {
            return before;
        }
        self.frequencies_of(kind, before.counted, each)
    }

    fn frequencies_of(&self, kind: Kind, counted: (Vec<f64>, usize), each: f64) -> Frequencies {
        let known = (counted.1 as f64).max(1.0);
        // a person's own records do not make their name common
        let floor = (0.5 / known).max(LEAST_SHARE);
        let shares: Vec<f64> = counted
            .0
            .iter()
            .map(|share| (share - each / known).max(floor))
            .collect();
        let usual: f64 = shares
            .iter()
            .skip(1)
            .map(|share| share * share)
            .sum::<f64>()
            .max(1e-7);
        let missing = values_in(self.comparer.table, kind) as usize;
        let rarity = (0..missing)
            .map(|value| (usual / shares.get(value).copied().unwrap_or(floor)).log2())
            .collect();
        Frequencies {
            counted,
            shares,
            rarity,
            floor,
            usual,
        }
    }
}
