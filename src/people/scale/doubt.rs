//! What a run should doubt of itself: where the sex differs among pairs that are believed to be one person by all else more often
//! than it is written down wrongly, some of them are two who are alike in all else.

use super::compare::level_of;
use super::evidence::Counts;
use super::learn::Shares;
use super::model::Stratum;
use super::rounds::Bits;
use crate::people::compare::sex;
use crate::people::model::probability;

/// Pairs of a stratum, fewer of which say nothing.
const FEWEST: f64 = 20.0;
/// The sex of one person is written down wrongly so often at least.
const WRONG: f64 = 0.02;
/// A smaller share of two persons than this is no doubt.
const LEAST: f64 = 0.01;
/// Among strangers it must differ so much more often, else it tells nothing: a given name says it already.
const TELLS: f64 = 0.2;

/// Of the pairs of a stratum that all else takes for one person: how many there are, of how many the sex is known, of how many it
/// differs, and of how many it would if all were strangers.
#[derive(Debug, Default, Clone, Copy)]
struct Believed {
    all: f64,
    known: f64,
    differ: f64,
    by_chance: f64,
}

/// The share of the believed pairs that are two persons, beyond what their probabilities say; `at` is where the sex stands.
pub(super) fn doubt(scale: &Bits<'_>, shares: &Shares, counts: &Counts, at: usize) -> f64 {
    let mut of = [Believed::default(); Stratum::COUNT];
    for (seen, count) in counts {
        let s = seen.stratum as usize;
        let level = level_of(seen.pattern, at);
        let without = scale.of(seen) - scale.level(s, at, level);
        let believed = probability(without);
        if believed < 0.5 {
            continue;
        }
        let pairs = count * believed;
        let different = match level {
            sex::SAME | sex::DIFFERENT => sex::DIFFERENT,
            sex::SAME_BY_NAME | sex::DIFFERENT_BY_NAME => sex::DIFFERENT_BY_NAME,
            _ => 0,
        };
        of[s].all += pairs;
        if different != 0 {
            of[s].known += pairs;
            of[s].by_chance += pairs * shares.u[s][at][different];
            if level == different {
                of[s].differ += pairs;
            }
        }
    }
    let all: f64 = of.iter().map(|one| one.all).sum();
    let doubted: f64 = of.iter().map(|one| one.all * one.share_of_two()).sum();
    let share = if all > 0.0 { doubted / all } else { 0.0 };
    if share < LEAST { 0.0 } else { share }
}

impl Believed {
    /// The share of two persons among them, where it is more than chance says.
    fn share_of_two(self) -> f64 {
        let by_mistake = WRONG * self.known;
        let could = self.by_chance - by_mistake;
        let more = self.differ - by_mistake - 3.0 * (by_mistake + 1.0).sqrt();
        if self.known < FEWEST || could < TELLS * self.known || more <= 0.0 {
            return 0.0;
        }
        ((self.differ - by_mistake) / could).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_whose_sex_differs_as_among_strangers_are_doubted_and_a_few_mistakes_are_not() {
        let of = |known: f64, differ: f64| Believed {
            all: known,
            known,
            differ,
            by_chance: known / 2.0,
        };
        assert_eq!(of(100.0, 2.0).share_of_two(), 0.0);
        assert_eq!(of(10.0, 5.0).share_of_two(), 0.0);
        assert_eq!(of(100.0, 50.0).share_of_two(), 1.0);
        assert!((of(100.0, 26.0).share_of_two() - 0.5).abs() < 1e-9);
        let named = Believed {
            by_chance: 5.0,
            ..of(100.0, 50.0)
        };
        assert_eq!(named.share_of_two(), 0.0);
    }
}
