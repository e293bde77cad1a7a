//! How right a run of `link` was, where a file says who is who. For measuring only: nothing here reaches the matching.
//!
//! Records without a truth are left out of every measure, and so are pairs with such a record. Recall counts every true
//! pair of the file, whether or not it was ever compared.

use rayon::prelude::*;

use super::{Linked, Pair};
use crate::model::roster::Column;

/// Pairs below this probability are not kept, so calibration is not judged there.
const FROM: f64 = 0.01;

/// How many bins the calibration table has.
const BINS: usize = 10;

/// Precision, recall and the harmonic mean of the two; each `None` where nothing can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rates {
    /// Share of what was linked that is true.
    pub precision: Option<f64>,
    /// Share of what is true that was linked.
    pub recall: Option<f64>,
    /// The harmonic mean.
    pub f1: Option<f64>,
}

impl Rates {
    /// From counts: how much was linked and is true, how much was linked, how much is true.
    fn of(both: f64, linked: f64, truth: f64) -> Self {
        let share = |all: f64| (all > 0.0).then(|| both / all);
        Self {
            precision: share(linked),
            recall: share(truth),
            f1: (linked + truth > 0.0).then(|| 2.0 * both / (linked + truth)),
        }
    }
}

/// One bin of the calibration table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The probability from which pairs are in it.
    pub from: f64,
    /// How many pairs are in it.
    pub pairs: u64,
    /// Their mean probability; 0 when there are none.
    pub probability: f64,
    /// The share of them that are true; 0 when there are none.
    pub is_true: f64,
}

/// What would be linked from one weight on, pair by pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The weight from which pairs are taken, in bits.
    pub weight: f64,
    /// The probability from which pairs are taken.
    pub threshold: f64,
    /// Share of the pairs taken that are true.
    pub precision: f64,
    /// Share of all true pairs that are taken.
    pub recall: f64,
}

impl Point {
    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 {
            2.0 * self.precision * self.recall / sum
        } else {
            0.0
        }
    }
}

/// How right a run was.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Records with a truth.
    pub records: u64,
    /// Pairs of such records that are one person in truth.
    pub true_pairs: u64,
    /// Pairs of records in one person, after clustering.
    pub pairwise: Rates,
    /// Averaged over records: how much of a record's person is right, how much of the right person is there.
    pub bcubed: Rates,
    /// The threshold at which pairs taken one by one have the highest F1; `None` when no pair is true.
    pub best: Option<Point>,
    /// The mean precision over the true pairs, strongest first, those not kept counted as never found.
    pub average_precision: Option<f64>,
    /// The mean distance between probability and share true over the bins, weighted by pairs.
    pub calibration_error: Option<f64>,
    /// The calibration table: ten bins of equal width.
    pub bins: Vec<Bin>,
    /// The share of true pairs that were kept as a pair.
    pub true_pairs_kept: Option<f64>,
    /// Precision and recall from the highest weight down, at most one point for each 64th of a bit.
    pub curve: Vec<Point>,
}

/// Measures a run against the truth; `None` when no record has one.
pub fn measure(truth: &Column, linked: &Linked) -> Option<Measures> {
    if truth.is_absent() {
        return None;
    }
    let cells = cells(truth, &linked.person);
    if cells.is_empty() {
        return None;
    }
    let counts = Counts::of(&cells);
    let judged = judge(truth, &linked.pairs);
    let (bins, calibration_error) = calibration(&judged);
    let sweep = Sweep::over(&judged, counts.true_pairs);
    Some(Measures {
        records: cells.len() as u64,
        true_pairs: counts.true_pairs,
        pairwise: counts.pairwise(),
        bcubed: counts.bcubed(cells.len()),
        best: sweep.best,
        average_precision: sweep.average_precision,
        calibration_error,
        bins,
        true_pairs_kept: (counts.true_pairs > 0)
            .then(|| sweep.found as f64 / counts.true_pairs as f64),
        curve: sweep.curve,
    })
}

/// Person and true person of each record with a truth, as one number each, sorted.
fn cells(truth: &Column, persons: &[u32]) -> Vec<u64> {
    let mut cells: Vec<u64> = persons
        .par_iter()
        .enumerate()
        .map(|(record, person)| (u64::from(*person) << 32) | u64::from(truth.cell(record)))
        .filter(|cell| *cell as u32 != 0)
        .collect();
    cells.par_sort_unstable();
    cells
}

/// Sizes of runs of equal keys in a sorted list, with the first of each run.
fn runs<T: Copy, K: PartialEq>(
    sorted: &[T],
    key: impl Fn(T) -> K,
) -> impl Iterator<Item = (T, u64)> {
    sorted
        .chunk_by(move |one, other| key(*one) == key(*other))
        .filter_map(|run| Some((*run.first()?, run.len() as u64)))
}

fn pairs_of(records: u64) -> u64 {
    records * records.saturating_sub(1) / 2
}

/// What clustering gave beside what is true, counted.
struct Counts {
    linked_pairs: u64,
    true_pairs: u64,
    both: u64,
    /// Sum over records of the share of their person that is right.
    precision: f64,
    /// Sum over records of the share of their true person that is there.
    recall: f64,
}

impl Counts {
    fn of(cells: &[u64]) -> Self {
        let mut counts = Self {
            linked_pairs: runs(cells, |cell| cell >> 32)
                .map(|(_, n)| pairs_of(n))
                .sum(),
            true_pairs: 0,
            both: 0,
            precision: 0.0,
            recall: 0.0,
        };
        for person in cells.chunk_by(|one, other| one >> 32 == other >> 32) {
            for (_, n) in runs(person, |cell| cell) {
                counts.both += pairs_of(n);
                counts.precision += (n * n) as f64 / person.len() as f64;
            }
        }
        let mut by_truth: Vec<u64> = cells.iter().map(|cell| cell.rotate_left(32)).collect();
        by_truth.par_sort_unstable();
        for class in by_truth.chunk_by(|one, other| one >> 32 == other >> 32) {
            counts.true_pairs += pairs_of(class.len() as u64);
            for (_, n) in runs(class, |cell| cell) {
                counts.recall += (n * n) as f64 / class.len() as f64;
            }
        }
        counts
    }

    fn pairwise(&self) -> Rates {
        Rates::of(
            self.both as f64,
            self.linked_pairs as f64,
            self.true_pairs as f64,
        )
    }

    fn bcubed(&self, records: usize) -> Rates {
        let (precision, recall) = (
            self.precision / records as f64,
            self.recall / records as f64,
        );
        Rates {
            precision: Some(precision),
            recall: Some(recall),
            f1: Some(2.0 * precision * recall / (precision + recall)),
        }
    }
}

/// A kept pair of two records with a truth.
#[derive(Clone, Copy)]
struct Judged {
    weight: f64,
    probability: f64,
    is_true: bool,
}

/// The pairs that can be judged, strongest first; the same whatever order they came in.
fn judge(truth: &Column, pairs: &[Pair]) -> Vec<Judged> {
    let mut judged: Vec<Judged> = pairs
        .par_iter()
        .filter_map(|pair| {
            let (left, right) = (
                truth.cell(pair.left as usize),
                truth.cell(pair.right as usize),
            );
            (left != 0 && right != 0).then_some(Judged {
                weight: pair.weight,
                probability: pair.probability,
                is_true: left == right,
            })
        })
        .collect();
    judged.par_sort_unstable_by(|one, other| {
        let key = |pair: &Judged| (pair.probability, pair.weight);
        let (one, other) = (key(one), key(other));
        other
            .0
            .total_cmp(&one.0)
            .then_with(|| other.1.total_cmp(&one.1))
    });
    judged
}

/// The calibration table and the calibration error.
fn calibration(judged: &[Judged]) -> (Vec<Bin>, Option<f64>) {
    // pairs, sum of probabilities, true ones
    let mut sums = [(0_u64, 0.0_f64, 0_u64); BINS];
    for pair in judged.iter().filter(|pair| pair.probability >= FROM) {
        let at = ((pair.probability * BINS as f64) as usize).min(BINS - 1);
        if let Some((pairs, sum, is_true)) = sums.get_mut(at) {
            *pairs += 1;
            *sum += pair.probability;
            *is_true += u64::from(pair.is_true);
        }
    }
    let all: u64 = sums.iter().map(|(pairs, ..)| pairs).sum();
    let gap: f64 = sums
        .iter()
        .map(|(_, sum, is_true)| (sum - *is_true as f64).abs())
        .sum();
    let bins = sums.iter().enumerate().map(|(at, (pairs, sum, is_true))| {
        let mean = |sum: f64| {
            if *pairs == 0 {
                0.0
            } else {
                sum / *pairs as f64
            }
        };
        Bin {
            from: at as f64 / BINS as f64,
            pairs: *pairs,
            probability: mean(*sum),
            is_true: mean(*is_true as f64),
        }
    });
    (bins.collect(), (all > 0).then(|| gap / all as f64))
}

/// A walk over the judged pairs from the strongest down.
struct Sweep {
    found: u64,
    best: Option<Point>,
    average_precision: Option<f64>,
    curve: Vec<Point>,
}

impl Sweep {
    /// Pairs of one weight are taken together, and a threshold lies only where the probability changes.
    fn over(judged: &[Judged], true_pairs: u64) -> Self {
        let mut sweep = Self {
            found: 0,
            best: None,
            average_precision: None,
            curve: Vec::new(),
        };
        if true_pairs == 0 {
            return sweep;
        }
        let (mut taken, mut area) = (0_u64, 0.0);
        let same = |one: &Judged, other: &Judged| {
            one.weight == other.weight && one.probability == other.probability
        };
        let mut groups = judged.chunk_by(same).peekable();
        while let Some(group) = groups.next() {
            let Some(first) = group.first() else { continue };
            let news = group.iter().filter(|pair| pair.is_true).count() as u64;
            taken += group.len() as u64;
            sweep.found += news;
            let precision = sweep.found as f64 / taken as f64;
            area += news as f64 * precision;
            let next = groups.peek().and_then(|next| next.first());
            if next.is_some_and(|next| next.probability == first.probability) {
                continue;
            }
            let point = Point {
                weight: first.weight,
                threshold: first.probability,
                precision,
                recall: sweep.found as f64 / true_pairs as f64,
            };
            sweep.add(point);
        }
        sweep.average_precision = Some(area / true_pairs as f64);
        sweep
    }

    fn add(&mut self, point: Point) {
        // of two thresholds that are equally good the higher one: it links less
        if self.best.is_none_or(|best| point.f1() > best.f1()) {
            self.best = Some(point);
        }
        let step = |point: &Point| (point.weight * 64.0).floor();
        match self.curve.last_mut() {
            Some(last) if step(last) == step(&point) => *last = point,
            _ => self.curve.push(point),
        }
    }
}

#[cfg(test)]
#[path = "truth_tests.rs"]
mod tests;
