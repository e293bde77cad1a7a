//! The exact chance of citing so few or so many facts of one group when nobody looked at the source: measure M3.
//!
//! With strata (facts of like significance) the distributions of the strata are convolved. Weights are built from the
//! mode outwards by their ratios, which needs no factorials and stays exact for a hundred thousand facts.

/// One stratum, seen from one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stratum {
    /// N: available facts.
    pub total: usize,
    /// K: those of the group.
    pub group: usize,
    /// n: those cited.
    pub cited: usize,
}

/// Both tails of the distribution at what was seen, and the smallest that they could have been.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// P(X ≤ x).
    pub under: f64,
    /// P(X ≥ x).
    pub over: f64,
    /// P(X ≤ least possible).
    pub smallest_under: f64,
    /// P(X ≥ most possible).
    pub smallest_over: f64,
}

/// Probabilities of the counts from `low` on.
struct Distribution {
    low: usize,
    p: Vec<f64>,
}

/// Relative to the peak; what is left out of a convolution stays far below 1e-9 in sum.
const NEGLIGIBLE: f64 = 1e-20;

/// How much is expected: E = Σ n·K/N over the strata.
pub fn expected(strata: &[Stratum]) -> f64 {
    let filled = strata.iter().filter(|stratum| stratum.total > 0);
    filled
        .map(|s| s.cited as f64 * s.group as f64 / s.total as f64)
        .sum()
}

/// Computes both tails at `seen` cited facts of the group.
pub fn tails(strata: &[Stratum], seen: usize) -> Tails {
    let parts: Vec<Distribution> = strata.iter().map(|s| one_stratum(*s)).collect();
    let first = |d: &Distribution| d.p.first().copied().unwrap_or(1.0);
    let last = |d: &Distribution| d.p.last().copied().unwrap_or(1.0);
    let smallest_under: f64 = parts.iter().map(first).product();
    let smallest_over: f64 = parts.iter().map(last).product();
    let certain = Distribution {
        low: 0,
        p: vec![1.0],
    };
    let whole = parts.into_iter().fold(certain, convolve);
    // `below` counts are under `seen`; the tails share the count `seen` itself
    let below = seen.saturating_sub(whole.low).min(whole.p.len());
    let through = (seen + 1).saturating_sub(whole.low).min(whole.p.len());
    let under: f64 = whole.p.iter().take(through).sum();
    let over: f64 = whole.p.iter().skip(below).rev().sum();
    Tails {
        under: under.max(smallest_under).min(1.0),
        over: over.max(smallest_over).min(1.0),
        smallest_under: smallest_under.min(1.0),
        smallest_over: smallest_over.min(1.0),
    }
}

/// The hypergeometric distribution of one stratum over its whole support.
fn one_stratum(stratum: Stratum) -> Distribution {
    let Stratum {
        total,
        group,
        cited,
    } = stratum;
    let low = (cited + group).saturating_sub(total);
    let high = cited.min(group);
    let (n, k) = (cited as f64, group as f64);
    let rest = total as f64 - k - n;
    let mode = ((cited + 1) * (group + 1) / (total + 2)).clamp(low, high.max(low));
    let mut p = vec![0.0; high.max(low) - low + 1];
    let mut weight = 1.0;
    for (slot, count) in p.iter_mut().skip(mode - low).zip(mode..) {
        *slot = weight;
        let i = count as f64;
        weight *= (k - i) * (n - i) / ((i + 1.0) * (rest + i + 1.0));
        if weight < f64::MIN_POSITIVE {
            break;
        }
    }
    weight = 1.0;
    for (slot, count) in p.iter_mut().take(mode - low).rev().zip((low..mode).rev()) {
        let i = (count + 1) as f64;
        weight *= i * (rest + i) / ((k - i + 1.0) * (n - i + 1.0));
        if weight < f64::MIN_POSITIVE {
            break;
        }
        *slot = weight;
    }
    let sum: f64 = p.iter().sum();
    for weight in &mut p {
        *weight /= sum;
    }
    Distribution { low, p }
}

/// The distribution of the sum of two independent counts.
fn convolve(left: Distribution, right: Distribution) -> Distribution {
    if let [_] = left.p.as_slice() {
        return Distribution {
            low: left.low + right.low,
            ..right
        };
    }
    if let [_] = right.p.as_slice() {
        return Distribution {
            low: left.low + right.low,
            ..left
        };
    }
    let (left, right) = (trim(left), trim(right));
    let mut p = vec![0.0; left.p.len() + right.p.len() - 1];
    for (at, a) in left.p.iter().enumerate() {
        for (slot, b) in p.iter_mut().skip(at).zip(&right.p) {
            *slot += a * b;
        }
    }
    Distribution {
        low: left.low + right.low,
        p,
    }
}

/// Drops what is negligible at both ends, so that large strata stay quick.
fn trim(distribution: Distribution) -> Distribution {
    let peak = distribution.p.iter().copied().fold(0.0, f64::max);
    let counts = |p: &&f64| **p <= peak * NEGLIGIBLE;
    let front = distribution.p.iter().take_while(counts).count();
    let back = distribution.p.iter().rev().take_while(counts).count();
    let kept = distribution.p.len().saturating_sub(front + back);
    let p = distribution.p.into_iter().skip(front).take(kept).collect();
    Distribution {
        low: distribution.low + front,
        p,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    fn one(total: usize, group: usize, cited: usize, seen: usize) -> Tails {
        tails(
            &[Stratum {
                total,
                group,
                cited,
            }],
            seen,
        )
    }

    #[test]
    fn tails_are_those_of_the_reference_tables() {
        let cases = [
            (60, 22, 20, 14, 0.999_978, 0.000_232_385),
            (60, 18, 20, 5, 0.387_758, 0.813_926),
            (60, 12, 20, 0, 0.003_992_440, 1.0),
            (60, 8, 20, 1, 0.175_788, 0.969_943),
            (10, 6, 5, 5, 1.0, 0.023_809_5),
        ];
        for (total, group, cited, seen, under, over) in cases {
            let t = one(total, group, cited, seen);
            assert!(
                close(t.under, under) && close(t.over, over),
                "{group} {seen}: {t:?}"
            );
        }
        assert!(close(one(20, 3, 6, 0).smallest_under, 0.319_298));
        assert!((one(60, 8, 20, 1).smallest_under - 0.0301).abs() < 5e-5);
    }

    #[test]
    fn strata_are_convolved_and_not_pooled() {
        let strata = [
            Stratum {
                total: 10,
                group: 4,
                cited: 6,
            },
            Stratum {
                total: 20,
                group: 6,
                cited: 2,
            },
        ];
        assert!(close(expected(&strata), 3.0));
        assert!(close(tails(&strata, 1).under, 0.059_122_8));
        assert!(
            close(one(30, 10, 8, 1).under, 0.153_969),
            "pooled gives another number"
        );
    }

    #[test]
    fn a_group_that_is_everything_has_no_tail() {
        let t = one(7, 7, 3, 3);
        assert_eq!(
            (t.under, t.over, t.smallest_under, t.smallest_over),
            (1.0, 1.0, 1.0, 1.0)
        );
    }

    #[test]
    fn a_hundred_thousand_facts_keep_their_tails() {
        // The normal approximation with continuity correction is good to 1e-4 here, which a truncation gone wrong is not.
        let strata = [Stratum {
            total: 50_000,
            group: 20_000,
            cited: 10_000,
        }; 2];
        let t = tails(&strata, 8_000);
        let sd = (2.0_f64 * 10_000.0 * 0.4 * 0.6 * (40_000.0 / 49_999.0)).sqrt();
        assert!(
            (t.under + t.over - 1.0 - 1.0 / (sd * (2.0 * std::f64::consts::PI).sqrt())).abs()
                < 1e-6
        );
        assert!(t.under > 0.5 && t.over > 0.5);
    }

    proptest! {
        #[test]
        fn both_tails_share_just_the_count_seen(total in 1usize..60, group in 0usize..60, cited in 0usize..60, seen in 0usize..60) {
            let (group, cited) = (group.min(total), cited.min(total));
            let seen = seen.clamp((group + cited).saturating_sub(total), group.min(cited));
            let t = one(total, group, cited, seen);
            prop_assert!((0.0..=1.0).contains(&t.under) && (0.0..=1.0).contains(&t.over));
            prop_assert!(t.under >= t.smallest_under && t.over >= t.smallest_over);
            prop_assert!(t.under + t.over >= 1.0 - 1e-12);
        }

        #[test]
        fn one_stratum_agrees_with_counting_choices(total in 1usize..14, group in 0usize..14, cited in 0usize..14) {
            let (group, cited) = (group.min(total), cited.min(total));
            let (mut counts, mut all) = (vec![0u32; total + 1], 0u32);
            for choice in 0u32..(1 << total) {
                if choice.count_ones() as usize == cited {
                    counts[(choice & ((1 << group) - 1)).count_ones() as usize] += 1;
                    all += 1;
                }
            }
            for seen in (group + cited).saturating_sub(total)..=group.min(cited) {
                let under: u32 = counts[..=seen].iter().sum();
                prop_assert!((one(total, group, cited, seen).under - f64::from(under) / f64::from(all)).abs() < 1e-12);
            }
        }
    }
}
