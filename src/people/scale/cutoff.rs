//! The cut-off, set without labels: where the pairs' own probabilities promise the best balance of false and missed links.

use super::Pair;
use super::model::Expected;

/// The cut-off is not below this: what is more likely false than true is not linked.
const LEAST: f64 = 0.5;

/// The probability from which linking promises the highest F1, and what it promises there.
///
/// F1 grows with each further pair whose probability is more than half of it (Lipton, Elkan and Naryanaswamy, "Optimal
/// Thresholding of Classifiers to Maximize F1 Measure", 2014). It is 1 at most, so every pair that is not more likely false
/// than true is worth linking.
pub fn best(pairs: &[Pair]) -> (f64, Expected) {
    if pairs.is_empty() {
        return (1.0, at(pairs, 1.0));
    }
    let likely = pairs.iter().map(|pair| pair.probability);
    let last = likely.filter(|p| *p >= LEAST).reduce(f64::min);
    let cut = last.unwrap_or(LEAST);
    (cut, at(pairs, cut))
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
