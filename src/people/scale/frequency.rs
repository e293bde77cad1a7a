//! How common the values of a field are, and what that adds to agreement on one of them.

use std::collections::BTreeMap;

use super::fields::{Kind, value_of, values_in};
use super::learn::Learner;
use super::values;
use super::weigh::is_by_value;

/// A value shared by fewer records than this share is as rare as any.
const LEAST_SHARE: f64 = 2e-5;

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

impl Learner<'_> {
    /// How common the values of a field are, where so many records of one person are taken for one.
    pub(super) fn frequencies(&self, kind: Kind, each: f64) -> Frequencies {
        if !is_by_value(kind) {
            return Frequencies::default();
        }
        let table = self.comparer.table;
        let counted = values::shares(table.len(), |record| {
            value_of(table, kind, self.comparer.side(record))
        });
        self.frequencies_of(kind, counted, each)
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
