//! Which open pairs are asked: one a pair of persons, so that an analyst is asked once and not once a record.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Clusters;
use super::wish::Wish;
use crate::model::person::Outcome;

/// Positions of the wishes that need no row, since another pair of the same two persons asks or has answered already.
///
/// A pair with rivals is asked before others, then the heaviest. Where analysts spoke about the two persons already, only a
/// link that contradicts them is asked, and nothing once they spoke twice.
pub fn answered(wishes: &[Wish], clusters: &Clusters) -> BTreeSet<usize> {
    let persons = |wish: &Wish| {
        let (a, b) = (
            clusters.root[wish.scored.left],
            clusters.root[wish.scored.right],
        );
        (a.min(b), a.max(b))
    };
    let is_open = |wish: &Wish| matches!(wish.outcome, Outcome::Review | Outcome::Ambiguous);
    let mut asked: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut decided: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (number, wish) in wishes.iter().enumerate() {
        let pair = persons(wish);
        if pair.0 == pair.1 {
            continue;
        }
        if wish.by_analyst {
            *decided.entry(pair).or_default() += 1;
        } else if is_open(wish) {
            asked.entry(pair).or_default().push(number);
        }
    }
    let mut unasked = BTreeSet::new();
    for (pair, mut numbers) in asked {
        numbers.sort_by(|a, b| {
            let (a, b) = (&wishes[*a], &wishes[*b]);
            let rivalled = |wish: &Wish| wish.outcome == Outcome::Ambiguous;
            (rivalled(b).cmp(&rivalled(a)))
                .then_with(|| b.scored.weight.total_cmp(&a.scored.weight))
                .then_with(|| (a.scored.left, a.scored.right).cmp(&(b.scored.left, b.scored.right)))
        });
        let asks = match decided.get(&pair) {
            None => numbers.first(),
            Some(1) => numbers.iter().find(|n| clusters.refused.contains(n)),
            Some(_) => None,
        }
        .copied();
        unasked.extend(numbers.into_iter().filter(|number| Some(*number) != asks));
    }
    unasked
}
