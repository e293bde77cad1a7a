//! Holm's adjustment: with many groups looked at, one of them looks odd by chance alone.

/// Adjusts the p values of one family of tests, in their order.
pub fn adjust(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    let of = |at: usize| p.get(at).copied().unwrap_or(1.0);
    order.sort_by(|a, b| of(*a).total_cmp(&of(*b)));
    let mut adjusted = vec![1.0; p.len()];
    let mut floor = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        floor = floor.max(((p.len() - rank) as f64 * of(at)).min(1.0));
        if let Some(slot) = adjusted.get_mut(at) {
            *slot = floor;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_smallest_is_multiplied_most() {
        let adjusted = adjust(&[0.999_978, 0.387_758, 0.003_992_44, 0.175_788]);
        for (a, b) in adjusted
            .iter()
            .zip([0.999_978, 0.775_516, 0.015_969_8, 0.527_365])
        {
            assert!((a - b).abs() < 1.5e-6, "{adjusted:?}");
        }
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_lowers(p in prop::collection::vec(0.0f64..=1.0, 0..12)) {
            let adjusted = adjust(&p);
            for i in 0..p.len() {
                prop_assert!(adjusted[i] >= p[i] && adjusted[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}
