//! Two candidates too close to call: then no link, whichever comes first.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{at, identifiers};
use super::prepare::Description;
use super::wish::Wish;
use crate::model::person::Outcome;
use crate::model::settings::{Settings, WithinSource};

/// Candidates within this many bits of each other are too close (`linkage.md`, rule 4).
const BITS: f64 = 3.0;
/// So are candidates whose probabilities are within this of each other.
const PROBABILITY: f64 = 0.2;

/// Marks the pairs of records that have rival candidates; gives each such record's number of candidates.
///
/// Everything is judged on the wishes as they come in, so the order of the records makes no difference.
pub fn mark(
    all: &[Description],
    wishes: &mut [Wish],
    settings: &Settings,
    id: impl Fn(usize) -> String,
) -> BTreeMap<usize, usize> {
    let mut of_record: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    let mut proposed: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (number, wish) in wishes.iter().enumerate() {
        let (left, right) = (wish.scored.left, wish.scored.right);
        if wish.outcome == Outcome::Separate {
            continue;
        }
        proposed.insert((left, right));
        if wish.by_analyst && wish.outcome == Outcome::Linked {
            settled.extend([left, right]);
        }
        let within =
            all[left].agency == all[right].agency && settings.within_source != WithinSource::Link;
        if !within && !wish.by_analyst && !wish.scored.ruling.is_brought_up() {
            of_record.entry(left).or_default().push(number);
            of_record.entry(right).or_default().push(number);
        }
    }
    let mut candidates = BTreeMap::new();
    let mut rivals: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut runners_up: Vec<usize> = Vec::new();
    for (record, pairs) in of_record
        .iter()
        .filter(|(record, _)| !settled.contains(record))
    {
        let groups = groups(wishes, *record, pairs, &proposed);
        let close = too_close(wishes, &groups);
        if close < 2 {
            continue;
        }
        candidates.insert(*record, close);
        for (place, group) in groups.iter().enumerate() {
            if place < close {
                for pair in group {
                    rivals.entry(*pair).or_default().push(id(*record));
                }
            } else {
                runners_up.extend(group);
            }
        }
    }
    for (pair, records) in rivals {
        wishes[pair].outcome = Outcome::Ambiguous;
        "rule".clone_into(&mut wishes[pair].by);
        wishes[pair].reason = format!(
            "Not linked: {} has another candidate too close to call.",
            records.join(" and ")
        );
    }
    for pair in runners_up {
        if wishes[pair].outcome == Outcome::Linked {
            wishes[pair].outcome = Outcome::Review;
            "rule".clone_into(&mut wishes[pair].by);
            "Please look: one of the two has better candidates that are too close to call."
                .clone_into(&mut wishes[pair].reason);
        }
    }
    candidates
}

/// A record's pairs by candidate, the best first. Candidates proposed as one person with each other are one candidate.
fn groups(
    wishes: &[Wish],
    record: usize,
    pairs: &[usize],
    proposed: &BTreeSet<(usize, usize)>,
) -> Vec<Vec<usize>> {
    let other = |pair: usize| {
        let scored = &wishes[pair].scored;
        if scored.left == record {
            scored.right
        } else {
            scored.left
        }
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for pair in pairs {
        let one = other(*pair);
        let is_near = |group: &Vec<usize>| {
            group.iter().any(|known| {
                let two = other(*known);
                proposed.contains(&(one.min(two), one.max(two)))
            })
        };
        let (near, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_near);
        let mut joined: Vec<usize> = near.into_iter().flatten().collect();
        joined.push(*pair);
        rest.push(joined);
        groups = rest;
    }
    let best = |group: &Vec<usize>| {
        group
            .iter()
            .map(|pair| wishes[*pair].scored.weight)
            .fold(f64::MIN, f64::max)
    };
    groups.sort_by(|a, b| {
        best(b)
            .total_cmp(&best(a))
            .then_with(|| a.iter().min().cmp(&b.iter().min()))
    });
    groups
}

/// How many of the groups, the best first, are too close to the best one.
fn too_close(wishes: &[Wish], groups: &[Vec<usize>]) -> usize {
    let best_of = |group: &Vec<usize>| {
        let best = group.iter().max_by(|a, b| {
            wishes[**a]
                .scored
                .weight
                .total_cmp(&wishes[**b].scored.weight)
        });
        best.map(|pair| &wishes[*pair])
    };
    let Some(first) = groups.first().and_then(best_of) else {
        return 0;
    };
    let identified = |wish: &Wish| {
        wish.outcome == Outcome::Linked
            && wish.scored.comparison.level(at::IDENTIFIERS) == identifiers::SAME
    };
    let close = |wish: &Wish| {
        // a number that fits decides against likeness without one
        (!identified(first) || identified(wish))
            && (first.scored.weight - wish.scored.weight <= BITS
                || first.scored.probability - wish.scored.probability <= PROBABILITY)
    };
    1 + groups
        .iter()
        .skip(1)
        .filter_map(best_of)
        .take_while(|wish| close(wish))
        .count()
}
