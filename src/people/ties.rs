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
        let mut of_end: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in &links {
            let (a, b) = ends(*at);
            of_end.entry(a).or_default().push(*at);
            of_end.entry(b).or_default().push(*at);
        }
        let mut tied = BTreeMap::new();
        for group in groups(links.iter().map(|at| ends(*at))) {
            for one in &group {
                let own = of_end.get(one).into_iter().flatten().copied();
                let analyst = own.clone().all(by_analyst);
                let mut others = group.iter().filter(|other| *other != one);
                let odds = others.find_map(|other| self.at_odds(clusters, (*one, *other), analyst));
                let Some((x, y)) = odds else {
                    continue;
                };
                let (x, y) = ((self.id)(x.min(y)), (self.id)(x.max(y)));
                let why = format!(
                    "Please look: {x} and {y} fit equally well, and they are not linked to each other."
                );
                for at in own {
                    tied.entry(at).or_insert_with(|| why.clone());
                }
            }
        }
        tied
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
