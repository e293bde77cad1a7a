//! Two candidates too close to call: then no link, whichever comes first, and one question a candidate.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{at, identifiers};
use super::score::Scorer;
use super::wish::Wish;
use crate::model::person::Outcome;
use crate::model::settings::{Settings, WithinSource};

/// Candidates within this many bits of each other are too close.
const BITS: f64 = 3.0;
/// So are candidates whose probabilities are within this of each other.
const PROBABILITY: f64 = 0.2;

/// What was found about rivals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rivals {
    /// Records with candidates too close to call, by position, and how many candidates each has.
    pub candidates: BTreeMap<usize, usize>,
    /// Pairs that ask what a stronger pair with the same candidate asks already; positions among the wishes.
    pub answered: BTreeSet<usize>,
}

/// Marks the pairs of records that have rival candidates: the strongest pair with each candidate stays open as the question.
///
/// Everything is judged on the wishes as they come in, so the order of the records makes no difference.
pub fn mark(
    scorer: &Scorer<'_>,
    wishes: &mut [Wish],
    settings: &Settings,
    id: impl Fn(usize) -> String,
) -> Rivals {
    let proposals = Proposals::read(scorer, wishes, settings);
    let mut found = Rivals::default();
    let mut rivals: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut others: BTreeSet<usize> = BTreeSet::new();
    for (record, pairs) in &proposals.of_record {
        let groups = proposals.groups(scorer, wishes, *record, pairs);
        let close = too_close(wishes, &groups);
        if close < 2 {
            continue;
        }
        found.candidates.insert(*record, close);
        for (place, group) in groups.iter().enumerate() {
            if place < close {
                rivals.entry(group[0]).or_default().push(id(*record));
                found.answered.extend(&group[1..]);
            } else {
                others.extend(group);
            }
        }
    }
    found.answered.retain(|pair| !rivals.contains_key(pair));
    others.extend(&found.answered);
    for (pair, records) in &rivals {
        wishes[*pair].outcome = Outcome::Ambiguous;
        "rule".clone_into(&mut wishes[*pair].by);
        wishes[*pair].reason = format!(
            "Not linked: {} {} another candidate too close to call.",
            records.join(" and "),
            if records.len() > 1 {
                "each have"
            } else {
                "has"
            }
        );
    }
    for pair in others {
        if wishes[pair].outcome == Outcome::Linked {
            wishes[pair].outcome = Outcome::Review;
            "rule".clone_into(&mut wishes[pair].by);
            "Please look: one of the two has candidates that are too close to call."
                .clone_into(&mut wishes[pair].reason);
        }
    }
    found
}

/// Who is proposed to be whom, before anything is joined.
struct Proposals {
    /// For each record its pairs with other candidates, as positions among the wishes.
    of_record: BTreeMap<usize, Vec<usize>>,
    /// The position among the wishes of each proposed pair.
    proposed: BTreeMap<(usize, usize), usize>,
    /// For each record those that an analyst keeps apart from it.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Proposals {
    fn read(scorer: &Scorer<'_>, wishes: &[Wish], settings: &Settings) -> Self {
        let mut found = Self {
            of_record: BTreeMap::new(),
            proposed: BTreeMap::new(),
            apart: BTreeMap::new(),
        };
        let mut settled: BTreeSet<usize> = BTreeSet::new();
        for wish in wishes.iter().filter(|wish| wish.by_analyst) {
            let (left, right) = (wish.scored.left, wish.scored.right);
            match wish.outcome {
                Outcome::Separate => {
                    found.apart.entry(left).or_default().insert(right);
                    found.apart.entry(right).or_default().insert(left);
                }
                Outcome::Linked => settled.extend([left, right]),
                _ => {}
            }
        }
        for (number, wish) in wishes.iter().enumerate() {
            if wish.outcome != Outcome::Separate {
                let ends = (wish.scored.left, wish.scored.right);
                found.proposed.insert(ends, number);
            }
        }
        for (number, wish) in wishes.iter().enumerate() {
            let (left, right) = (wish.scored.left, wish.scored.right);
            let within = scorer.all[left].agency == scorer.all[right].agency
                && settings.within_source != WithinSource::Link;
            let is_candidate = wish.outcome != Outcome::Separate
                && !within
                && !wish.by_analyst
                && !wish.scored.ruling.is_brought_up()
                && !found.is_decided(wishes, wish);
            if is_candidate {
                found.of_record.entry(left).or_default().push(number);
                found.of_record.entry(right).or_default().push(number);
            }
        }
        found
            .of_record
            .retain(|record, pairs| pairs.len() > 1 && !settled.contains(record));
        found
    }

    /// A record's pairs by candidate, the best candidate and the best pair of each first.
    ///
    /// Records proposed as one person with each other are one candidate, the most likely first; what rules or analysts keep
    /// apart is never in one.
    fn groups(
        &self,
        scorer: &Scorer<'_>,
        wishes: &[Wish],
        record: usize,
        pairs: &[usize],
    ) -> Vec<Vec<usize>> {
        let other = |pair: usize| {
            let ends = &wishes[pair].scored;
            ends.left + ends.right - record
        };
        let mut groups: Vec<Vec<usize>> = pairs.iter().map(|pair| vec![*pair]).collect();
        for (x, y) in self.edges(wishes, pairs, other) {
            let find = |pair: &usize| groups.iter().position(|group| group.contains(pair));
            let Some((a, b)) = find(&x).zip(find(&y)).filter(|(a, b)| a != b) else {
                continue;
            };
            let apart = groups[a].iter().any(|x| {
                groups[b]
                    .iter()
                    .any(|y| self.are_apart(scorer, ordered(other(*x), other(*y))))
            });
            if !apart {
                let moved = groups.remove(a.max(b));
                groups[a.min(b)].extend(moved);
            }
        }
        for group in &mut groups {
            group.sort_by(|a, b| by_weight(wishes, *a, *b));
        }
        groups.sort_by(|a, b| by_weight(wishes, a[0], b[0]));
        groups
    }

    /// Which of a record's pairs lead to others that are proposed as one person with each other, the most likely first.
    fn edges(
        &self,
        wishes: &[Wish],
        pairs: &[usize],
        other: impl Fn(usize) -> usize,
    ) -> Vec<(usize, usize)> {
        let mut edges = Vec::new();
        for (place, x) in pairs.iter().enumerate() {
            for y in &pairs[place + 1..] {
                if let Some(edge) = self.proposed.get(&ordered(other(*x), other(*y))) {
                    edges.push((*edge, (*x, *y)));
                }
            }
        }
        edges.sort_by(|(a, _), (b, _)| by_weight(wishes, *a, *b));
        edges.into_iter().map(|(_, pair)| pair).collect()
    }

    /// Whether an analyst keeps one of the two apart from somebody who is more surely the same as the other.
    fn is_decided(&self, wishes: &[Wish], wish: &Wish) -> bool {
        let surer = |x: usize, y: usize| {
            self.proposed.get(&ordered(x, y)).is_some_and(|at| {
                let other = &wishes[*at];
                other.outcome == Outcome::Linked
                    && (wish.outcome != Outcome::Linked || other.scored.weight > wish.scored.weight)
            })
        };
        let decided = |x: usize, z: usize| {
            self.apart
                .get(&z)
                .is_some_and(|list| list.iter().any(|y| surer(x, *y)))
        };
        let (left, right) = (wish.scored.left, wish.scored.right);
        decided(left, right) || decided(right, left)
    }

    fn are_apart(&self, scorer: &Scorer<'_>, (x, y): (usize, usize)) -> bool {
        !self.proposed.contains_key(&(x, y))
            && (self.apart.get(&x).is_some_and(|list| list.contains(&y))
                || scorer.score(x, y).ruling.is_apart())
    }
}

fn ordered(x: usize, y: usize) -> (usize, usize) {
    (x.min(y), x.max(y))
}

/// The heavier pair first; pairs of one weight by their records' ids.
fn by_weight(wishes: &[Wish], a: usize, b: usize) -> std::cmp::Ordering {
    let (a, b) = (&wishes[a].scored, &wishes[b].scored);
    b.weight
        .total_cmp(&a.weight)
        .then_with(|| (a.left, a.right).cmp(&(b.left, b.right)))
}

/// How many of the groups, the best first, are too close to the best one.
fn too_close(wishes: &[Wish], groups: &[Vec<usize>]) -> usize {
    let Some(first) = groups.first().map(|group| &wishes[group[0]]) else {
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
        .map(|group| &wishes[group[0]])
        .take_while(|wish| close(wish))
        .count()
}
