//! Which of many exact tests stand together: Holm's steps with Tarone's count (Biometrics 46, 1990).
//!
//! A group so small that no count could reach the level cannot be flagged by mistake, so it needs no correction. Leaving
//! such groups out of the count keeps the chance of any false flag under the level and costs the others less.

/// One test: its p, and the smallest that it could have been.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The p value.
    pub p: f64,
    /// The smallest that the counts allow.
    pub smallest: f64,
}

/// For each test whether it stands at the level, all of them taken together.
pub fn standing(tests: &[Tested], level: f64) -> Vec<bool> {
    let mut stands = vec![false; tests.len()];
    loop {
        let open: Vec<usize> = (0..tests.len())
            .filter(|at| stands.get(*at) == Some(&false))
            .collect();
        let test = |at: &usize| tests.get(*at);
        let reachable = |count: usize| {
            let bound = level / count as f64;
            let reach = |at: &&usize| test(at).is_some_and(|test| test.smallest <= bound);
            open.iter().filter(reach).count()
        };
        // the fewest that have to be corrected for: so many at most can reach their share of the level
        let Some(count) = (1..=open.len()).find(|count| reachable(*count) <= *count) else {
            return stands;
        };
        let bound = level / count as f64;
        let mut more = false;
        for at in open {
            if let (Some(test), Some(slot)) = (tests.get(at), stands.get_mut(at)) {
                *slot = test.p <= bound;
                more |= *slot;
            }
        }
        if !more {
            return stands;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliance::holm;
    use proptest::prelude::*;

    fn tested(p: f64, smallest: f64) -> Tested {
        Tested { p, smallest }
    }

    #[test]
    fn groups_too_small_to_reach_the_level_cost_the_others_nothing() {
        let mut tests = vec![tested(0.03, 0.001)];
        tests.extend([tested(0.4, 0.3); 9]);
        assert!(standing(&tests, 0.05)[0]);
        tests[1] = tested(0.4, 0.001);
        assert!(!standing(&tests, 0.05)[0], "two that could reach it");
    }

    proptest! {
        #[test]
        fn what_holms_adjustment_lets_stand_stands_here_too(
            cells in prop::collection::vec((0.0f64..=0.1, 0.0f64..=1.0), 0..12),
        ) {
            let tests: Vec<Tested> = cells.iter().map(|(p, share)| tested(*p, p * share)).collect();
            let adjusted = holm::adjust(&cells.iter().map(|(p, _)| *p).collect::<Vec<_>>());
            for (stands, adjusted) in standing(&tests, 0.05).into_iter().zip(adjusted) {
                prop_assert!(stands || adjusted > 0.05 - 1e-9);
            }
        }

        #[test]
        fn nothing_stands_that_is_over_the_level(
            cells in prop::collection::vec((0.0f64..=1.0, 0.0f64..=1.0), 0..12),
        ) {
            let tests: Vec<Tested> = cells.iter().map(|(p, share)| tested(*p, p * share)).collect();
            for (stands, test) in standing(&tests, 0.05).into_iter().zip(&tests) {
                prop_assert!(!stands || test.p <= 0.05);
            }
        }
    }
}
