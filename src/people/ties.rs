//! Links of one weight that cannot all be made: then none of them is, since only the order of the records could decide.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::{Clusters, Joiner};
use super::wish::Wish;

impl Joiner<'_> {
    /// The links among these, all of one weight, that lead to records which fit equally well and cannot be one person; with the
    /// reason to show. The others of a person who is sure without them are joined all the same.
    pub fn tied(
        &self,
        clusters: &Clusters,
        wishes: &[Wish],
        of_one_weight: &[usize],
    ) -> BTreeMap<usize, String> {
        let ends = |at: usize| {
            let scored = &wishes[at].scored;
            (clusters.root[scored.left], clusters.root[scored.right])
        };
        let by_analyst = |at: usize| wishes[at].by_analyst;
        let links: Vec<usize> = of_one_weight
            .iter()
            .copied()
            .filter(|at| {
                let (a, b) = ends(*at);
                a != b && self.at_odds(clusters, (a, b), by_analyst(*at)).is_none()
            })
            .collect();
        let mut links_of: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
        for at in &links {
            let (a, b) = ends(*at);
            for (one, with) in [(a, b), (b, a)] {
                let list = links_of.entry(one).or_default().entry(with).or_default();
                list.push(*at);
            }
        }
        let between = |a: &usize, b: &usize| links_of.get(a).and_then(|with| with.get(b));
        let mut tied = BTreeMap::new();
        for group in groups(links.iter().map(|at| ends(*at))) {
            for one in &group {
                let mut open = links_of.get(one).cloned().unwrap_or_default();
                let analyst = open.values().flatten().all(|at| by_analyst(*at));
                for other in group.iter().filter(|other| *other != one) {
                    if open.is_empty() {
                        break;
                    }
                    let Some((x, y)) = self.at_odds(clusters, (*one, *other), analyst) else {
                        continue;
                    };
                    let why = self.why(x, y);
                    open.retain(|with, own| {
                        // more links of that weight are stronger than fewer
                        let is_stronger =
                            between(with, other).is_some_and(|rivals| own.len() > rivals.len());
                        if !is_stronger {
                            tied.extend(own.iter().map(|at| (*at, why.clone())));
                        }
                        is_stronger
                    });
                }
            }
        }
        tied
    }

    fn why(&self, x: usize, y: usize) -> String {
        let (x, y) = ((self.id)(x.min(y)), (self.id)(x.max(y)));
        format!("Please look: {x} and {y} fit equally well, and they are not linked to each other.")
    }

    /// Two records that are kept apart, one of each person.
    fn at_odds(
        &self,
        clusters: &Clusters,
        (a, b): (usize, usize),
        by_analyst: bool,
    ) -> Option<(usize, usize)> {
        let members = |of: usize| clusters.members.get(&of).into_iter().flatten().copied();
        members(a)
            .flat_map(|x| members(b).map(move |y| (x, y)))
            .find(|(x, y)| {
                self.kept_apart(((*x).min(*y), (*x).max(*y)), by_analyst)
                    .is_some()
            })
    }
}

/// Those that would be joined with each other if all links were made, three or more.
fn groups(links: impl Iterator<Item = (usize, usize)>) -> Vec<BTreeSet<usize>> {
    let mut root: BTreeMap<usize, usize> = BTreeMap::new();
    let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (x, y) in links {
        let [x, y] = [x, y].map(|one| {
            let root = *root.entry(one).or_insert(one);
            members.entry(root).or_insert_with(|| [one].into());
            root
        });
        if x == y {
            continue;
        }
        let size = |of: &usize| members.get(of).map_or(0, BTreeSet::len);
        let (keep, gone) = if size(&x) < size(&y) { (y, x) } else { (x, y) };
        let moved = members.remove(&gone).unwrap_or_default();
        for one in &moved {
            root.insert(*one, keep);
        }
        members.entry(keep).or_default().extend(moved);
    }
    members
        .into_values()
        .filter(|group| group.len() > 2)
        .collect()
}
