//! The cut-off, set without labels: where the pairs' own probabilities promise the best balance of false and missed links.

use rayon::prelude::*;

use super::Pair;
use super::model::Expected;

/// The cut-off is not below this: what is more likely false than true is not linked.
const LEAST: f64 = 0.5;

/// The probability from which linking promises the highest F1, and what it promises there.
pub fn best(pairs: &[Pair]) -> (f64, Expected) {
    // numbers that are not negative are in the order of their bits
    let bits = pairs.par_iter().map(|pair| pair.probability.to_bits());
    let mut bits: Vec<u64> = bits.collect();
    bits.par_sort_unstable();
    bits.reverse();
    let probabilities: Vec<f64> = bits.into_iter().map(f64::from_bits).collect();
    let all: f64 = probabilities.iter().sum();
    let none = if pairs.is_empty() { 1.0 } else { LEAST };
    let mut best = (none, 0.0, 0.0, 0.0);
    let mut sum = 0.0;
    for (at, probability) in probabilities.iter().enumerate() {
        sum += probability;
        let f1 = 2.0 * sum / (at as f64 + 1.0 + all);
        let is_last_of_its_kind = probabilities.get(at + 1) != Some(probability);
        if is_last_of_its_kind && f1 > best.3 && *probability >= LEAST {
            best = (*probability, sum / (at as f64 + 1.0), sum / all, f1);
        }
    }
    (
        best.0,
        Expected {
            precision: best.1,
            recall: best.2,
            f1: best.3,
        },
    )
}

/// What a cut-off promises.
pub fn at(pairs: &[Pair], threshold: f64) -> Expected {
    let all: f64 = pairs.iter().map(|pair| pair.probability).sum();
    let linked: Vec<f64> = pairs
        .iter()
        .map(|pair| pair.probability)
        .filter(|p| *p >= threshold)
        .collect();
    let sum: f64 = linked.iter().sum();
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    Expected {
        precision: share(sum, linked.len() as f64),
        recall: share(sum, all),
        f1: share(2.0 * sum, linked.len() as f64 + all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_likely_false_is_not_linked_and_the_best_balance_is_kept() {
        let pair = |probability: f64| Pair {
            left: 0,
            right: 1,
            weight: 0.0,
            probability,
        };
        for (probabilities, cut) in [
            (vec![], 1.0),
            (vec![0.2, 0.4], 0.5),
            (vec![0.49, 0.51], 0.51),
            (vec![0.99, 0.98, 0.6, 0.02], 0.6),
        ] {
            let pairs: Vec<Pair> = probabilities.iter().copied().map(pair).collect();
            assert_eq!(best(&pairs).0, cut, "{probabilities:?}");
        }
    }
}
