//! How likely it is that an agency tells so little, or is silent for so long, by chance: measure M8.
//!
//! Only against a rate that the hub itself expects; the program ships none.

/// P(X ≤ seen) when facts come at random, `mean` of them on average.
pub fn poisson(seen: usize, mean: f64) -> f64 {
    let mut term = (-mean).exp();
    let mut sum = term;
    for count in 1..=seen {
        term *= mean / count as f64;
        sum += term;
    }
    sum.min(1.0)
}

/// The same when facts come in clusters: the negative binomial of size 3, as visits and incidents do.
pub fn clustered(seen: usize, mean: f64) -> f64 {
    const SIZE: f64 = 3.0;
    let success = SIZE / (SIZE + mean);
    let mut term = success.powf(SIZE);
    let mut sum = term;
    for count in 1..=seen {
        let count = count as f64;
        term *= (count - 1.0 + SIZE) / count * (1.0 - success);
        sum += term;
    }
    sum.min(1.0)
}

/// P(longest gap ≥ share) when `facts` facts fall at random times into a stretch, both its ends included as gaps.
pub fn longest_gap(facts: usize, share: f64) -> f64 {
    // beyond this the terms of the sum are too large to be taken from one another, and the chance is 1 to eight digits
    const CERTAIN: f64 = 20.0;
    let m = facts as f64;
    if share <= 0.0 || (m + 1.0) * (1.0 - share).max(0.0).powf(m) > CERTAIN {
        return 1.0;
    }
    let (mut sum, mut choices, mut sign) = (0.0, 1.0, 1.0);
    for j in 1..=facts + 1 {
        let j = j as f64;
        choices *= (m + 2.0 - j) / j;
        if j * share >= 1.0 {
            break;
        }
        sum += sign * choices * (1.0 - j * share).powf(m);
        sign = -sign;
    }
    sum.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o8_the_longest_gap() {
        for (facts, share, chance) in [(11, 0.5, 0.005_859_375), (11, 0.3, 0.234_511)] {
            assert!((longest_gap(facts, share) - chance).abs() < 1e-6);
        }
        assert_eq!(
            longest_gap(500, 0.001),
            1.0,
            "so short a gap is always there"
        );
        assert_eq!(longest_gap(3, 1.0), 0.0);
    }

    #[test]
    fn o8_silence() {
        for (seen, mean, random, clusters) in [
            (4, 12.0, 0.007_600_39, 0.148_032),
            (0, 4.0, 0.018_315_6, 0.078_717_2),
        ] {
            assert!((poisson(seen, mean) - random).abs() < 1e-6);
            assert!((clustered(seen, mean) - clusters).abs() < 1e-6);
        }
    }
}
