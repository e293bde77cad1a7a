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

#[cfg(test)]
mod tests {
    use super::*;

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
