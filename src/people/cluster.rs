//! Joins records into persons, from the strongest pair down, and refuses a link that would join what is kept apart.

use std::collections::{BTreeMap, BTreeSet};

use super::score::Scorer;
use super::verdicts::{Settled, Verdicts};
use super::wish::Wish;
use crate::model::person::Outcome;
use crate::model::settings::{Settings, WithinSource};

/// Persons as they grow.
#[derive(Debug, Clone)]
pub struct Clusters {
    /// For each record the smallest position of its person's records.
    pub root: Vec<usize>,
    /// The records of each person, by root, sorted.
    pub members: BTreeMap<usize, Vec<usize>>,
    /// The wishes whose links hold the persons together, in the order in which they were joined.
    pub joins: Vec<usize>,
    /// The wishes whose links were refused.
    pub refused: BTreeSet<usize>,
}

/// What joining looks at.
pub struct Joiner<'a> {
    /// Scores pairs that nobody compared yet.
    pub scorer: &'a Scorer<'a>,
    /// What analysts decided.
    pub verdicts: &'a Verdicts,
    /// Thresholds.
    pub settings: &'a Settings,
    /// The printed id of a record by its position.
    pub id: &'a dyn Fn(usize) -> String,
}

impl Joiner<'_> {
    /// Joins all pairs that are to be linked; a refused one becomes a review with its reason.
    pub fn join(&self, wishes: &mut [Wish]) -> Clusters {
        let count = self.scorer.all.len();
        let mut clusters = Clusters {
            root: (0..count).collect(),
            members: (0..count).map(|at| (at, vec![at])).collect(),
            joins: Vec::new(),
            refused: BTreeSet::new(),
        };
        let mut order: Vec<usize> = (0..wishes.len())
            .filter(|at| wishes[*at].outcome == Outcome::Linked)
            .collect();
        order.sort_by(|a, b| {
            let (a, b) = (&wishes[*a], &wishes[*b]);
            (b.by_analyst.cmp(&a.by_analyst))
                .then(b.scored.weight.total_cmp(&a.scored.weight))
                .then((a.scored.left, a.scored.right).cmp(&(b.scored.left, b.scored.right)))
        });
        let strength = |at: usize| (wishes[at].by_analyst, wishes[at].scored.weight);
        let batches: Vec<Vec<usize>> = order
            .chunk_by(|a, b| strength(*a) == strength(*b))
            .map(<[usize]>::to_vec)
            .collect();
        for batch in batches {
            let tied = self.tied(&clusters, wishes, &batch);
            for at in batch {
                let ends = [wishes[at].scored.left, wishes[at].scored.right];
                let [a, b] = ends.map(|end| clusters.root[end]);
                if a == b {
                    continue;
                }
                let hindrance = tied.get(&at).cloned().or_else(|| {
                    self.hindrance(&clusters.members[&a], &clusters.members[&b], &wishes[at])
                });
                match hindrance {
                    None => {
                        clusters.unite(a, b);
                        clusters.joins.push(at);
                    }
                    Some(reason) => {
                        wishes[at].outcome = Outcome::Review;
                        "rule".clone_into(&mut wishes[at].by);
                        wishes[at].reason = reason;
                        clusters.refused.insert(at);
                    }
                }
            }
        }
        clusters
    }

    /// Why two groups cannot be joined by this pair, if they cannot.
    fn hindrance(&self, a: &[usize], b: &[usize], wish: &Wish) -> Option<String> {
        let crossing = || {
            a.iter()
                .flat_map(|x| b.iter().map(move |y| (*x.min(y), *x.max(y))))
        };
        let own = (wish.scored.left, wish.scored.right);
        for pair in crossing().filter(|pair| *pair != own) {
            if let Some(reason) = self.kept_apart(pair, wish.by_analyst) {
                return Some(reason);
            }
        }
        if wish.by_analyst {
            return None;
        }
        let (mut proposed, mut compared) = (0, 0);
        for (left, right) in
            crossing().filter(|(l, r)| self.is_described(*l) && self.is_described(*r))
        {
            let scored = self.scorer.score(left, right);
            compared += 1;
            proposed += usize::from(
                scored.probability >= self.settings.review_from && !scored.ruling.is_dropped(),
            );
        }
        (2 * proposed < compared).then(|| {
            "Please look: this pair alone would join two groups of records that otherwise do not fit together.".to_owned()
        })
    }

    pub(super) fn kept_apart(
        &self,
        (left, right): (usize, usize),
        by_analyst: bool,
    ) -> Option<String> {
        let names = format!("{} and {}", (self.id)(left), (self.id)(right));
        match self.verdicts.get(&(left, right)) {
            Some(Settled::Same(_)) => return None,
            Some(Settled::Different(by)) => {
                return Some(format!(
                    "Not linked: it would join {names}, which {by} decided are different persons."
                ));
            }
            Some(Settled::NotSure(_) | Settled::Disputed(..)) if !by_analyst => {
                return Some(format!(
                    "Not linked: it would join {names}, which an analyst left open."
                ));
            }
            _ => {}
        }
        if by_analyst || !self.is_described(left) || !self.is_described(right) {
            return None;
        }
        let all = self.scorer.all;
        if all[left].agency == all[right].agency
            && self.settings.within_source != WithinSource::Link
        {
            return Some(format!(
                "Not linked: it would join {names}, which one agency has under different numbers."
            ));
        }
        let scored = self.scorer.score(left, right);
        match scored.ruling {
            super::rules::Ruling::Apart(why) => Some(format!(
                "Not linked: it would join {names}, kept apart: {why}."
            )),
            _ => None,
        }
    }

    fn is_described(&self, at: usize) -> bool {
        self.scorer.all[at].described
    }
}

impl Clusters {
    fn unite(&mut self, a: usize, b: usize) {
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = self.members.remove(&gone).unwrap_or_default();
        for at in &moved {
            self.root[*at] = keep;
        }
        let list = self.members.entry(keep).or_default();
        list.extend(moved);
        list.sort_unstable();
    }
}
