//! The Wilson 95% interval of a share: measure M1.

/// The two-sided 95% point of the normal distribution.
const Z: f64 = 1.959_964;

/// The share `x` of `k` with the ends of its interval; `None` when there is nothing to take a share of.
pub fn interval(x: usize, k: usize) -> Option<(f64, f64, f64)> {
    if k == 0 {
        return None;
    }
    let (share, k) = (x as f64 / k as f64, k as f64);
    let scale = 1.0 + Z * Z / k;
    let centre = (share + Z * Z / (2.0 * k)) / scale;
    let half = Z * (share * (1.0 - share) / k + Z * Z / (4.0 * k * k)).sqrt() / scale;
    // at 0 of k and k of k the exact ends are 0 and 1; the sum misses them by a rounding error
    let low = if x == 0 {
        0.0
    } else {
        (centre - half).max(0.0)
    };
    let high = if share == 1.0 {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    Some((share, low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_reference_tables() {
        let cases = [
            (14, 22, 0.636_364, 0.4295, 0.8027),
            (5, 18, 0.277_778, 0.1250, 0.5087),
            (0, 12, 0.0, 0.0, 0.2425),
            (1, 8, 0.125, 0.0224, 0.4709),
            (0, 3, 0.0, 0.0, 0.5615),
            (3, 3, 1.0, 0.4385, 1.0),
        ];
        for (x, k, share, low, high) in cases {
            let (u, l, h) = interval(x, k).unwrap();
            assert!((u - share).abs() < 1e-6, "{x}/{k}");
            assert!(
                (l - low).abs() < 5.1e-5 && (h - high).abs() < 5.1e-5,
                "{x}/{k}: {l} {h}"
            );
        }
        assert_eq!(interval(0, 0), None);
    }
}
