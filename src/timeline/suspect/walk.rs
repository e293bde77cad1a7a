//! Counts independent origins along suspected echoes: the lower and the upper count of measure M5.

use std::collections::{BTreeMap, BTreeSet};

use super::Repeats;
use crate::model::fact::{Origin, Timeline};

/// Who repeats whom. Origins are carried along it one at a time, so that a long chain costs its length once for each
/// agency, and not once for each fact.
#[derive(Default)]
pub struct Walk {
    repeating: BTreeMap<usize, Vec<usize>>,
    repeated_by: BTreeMap<usize, Vec<usize>>,
}

impl Walk {
    /// Takes the suspicions.
    pub fn of(repeats: &Repeats) -> Self {
        let mut walk = Self::default();
        for &(fact, other) in repeats.keys() {
            walk.repeating.entry(fact).or_default().push(other);
            walk.repeated_by.entry(other).or_default().push(fact);
        }
        walk
    }

    /// Each fact that repeats or is repeated, with its origins when suspected echoes are echoes, and when they are
    /// independent: those it goes back to, and with them those of all that may repeat it.
    pub fn counts(&self, timeline: &Timeline) -> Vec<(usize, usize, usize)> {
        let touched: BTreeSet<usize> = self
            .repeating
            .keys()
            .chain(self.repeated_by.keys())
            .copied()
            .collect();
        let is_root = |fact: &usize| !self.repeating.contains_key(fact);
        let rooted = spread(touched.iter().copied().filter(is_root), &self.repeated_by);
        let mut tellers: BTreeMap<&Origin, Vec<usize>> = BTreeMap::new();
        for &fact in &touched {
            for origin in timeline
                .facts
                .get(fact)
                .into_iter()
                .flat_map(|fact| &fact.origins)
            {
                // an unknown origin may be any of the known ones
                if origin.agency().is_some() {
                    tellers.entry(origin).or_default().push(fact);
                }
            }
        }
        let mut counts: BTreeMap<usize, (usize, usize)> =
            touched.iter().map(|&fact| (fact, (0, 0))).collect();
        for told in tellers.into_values() {
            // a fact in a circle that goes back to nothing is its own source
            let own = told.iter().copied().filter(|fact| !rooted.contains(fact));
            let mut sources = spread(told.iter().copied().filter(is_root), &self.repeated_by);
            sources.extend(own);
            for fact in &sources {
                counts.entry(*fact).or_default().0 += 1;
            }
            sources.extend(spread(told.into_iter(), &self.repeating));
            for fact in sources {
                counts.entry(fact).or_default().1 += 1;
            }
        }
        counts
            .into_iter()
            .map(|(fact, (low, high))| (fact, low.min(high).max(1), high.max(1)))
            .collect()
    }
}

/// All facts that can be reached from these, these among them.
fn spread(
    from: impl Iterator<Item = usize>,
    next: &BTreeMap<usize, Vec<usize>>,
) -> BTreeSet<usize> {
    let mut open: Vec<usize> = from.collect();
    let mut seen: BTreeSet<usize> = open.iter().copied().collect();
    while let Some(fact) = open.pop() {
        for &other in next.get(&fact).into_iter().flatten() {
            if seen.insert(other) {
                open.push(other);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::entry::Entry;
    use crate::model::id::{AgencyId, EntryId};
    use crate::model::person::People;
    use crate::model::source::RowRef;
    use crate::model::supply::Supplied;
    use crate::timeline::merge;

    /// The counts by the plain reading of the measure: for each fact, all that it reaches, looked at one by one.
    fn plain(timeline: &Timeline, fact: usize) -> (usize, usize) {
        let reach = |repeats: bool| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![fact]);
            while let Some(at) = open.pop() {
                let next = timeline.facts[at]
                    .suspected
                    .iter()
                    .filter(|s| s.repeats == repeats);
                open.extend(next.map(|s| s.other).filter(|other| seen.insert(*other)));
            }
            seen
        };
        let is_root = |at: &usize| !timeline.facts[*at].suspected.iter().any(|s| s.repeats);
        let mut sources: BTreeSet<usize> = reach(true).into_iter().filter(is_root).collect();
        if sources.is_empty() {
            sources.insert(fact);
        }
        let mut all = reach(false);
        all.extend(&sources);
        all.insert(fact);
        let count = |facts: &BTreeSet<usize>| {
            let origins = facts.iter().flat_map(|at| &timeline.facts[*at].origins);
            let known: BTreeSet<&AgencyId> = origins.filter_map(Origin::agency).collect();
            known.len().max(1)
        };
        (count(&sources).min(count(&all)), count(&all))
    }

    fn entry(at: usize, (agency, origin, cites): (usize, usize, Vec<usize>)) -> Entry {
        let agencies = ["gp", "police", "school"];
        let id = |at: usize, agency: usize| {
            EntryId::read(
                &format!("{}:{at}", agencies[agency]),
                &AgencyId::new("none"),
            )
        };
        let row = RowRef {
            file: 0,
            sheet: 0,
            row: 2,
        };
        let mut entry = Entry::blank(id(at, agency), row);
        entry.cites = cites
            .into_iter()
            .flat_map(|of| (0..3).map(move |agency| id(of, agency)))
            .collect();
        match origin {
            0..3 => entry.origin.agencies = vec![AgencyId::new(agencies[origin])],
            3 => entry.origin.unknown = true,
            _ => {}
        }
        entry
    }

    proptest! {
        #[test]
        fn origins_are_counted_as_if_every_chain_were_walked(
            cells in prop::collection::vec((0..3_usize, 0..6_usize, prop::collection::vec(0..9_usize, 0..3)), 1..9),
        ) {
            let mut entries: Vec<Entry> = cells.into_iter().enumerate().map(|(at, cell)| entry(at, cell)).collect();
            entries.sort_by(|one, other| one.id.cmp(&other.id));
            let supplied = Supplied { entries, ..Supplied::default() };
            let timeline = merge(&supplied, &People::default(), &[]);
            for (at, fact) in timeline.facts.iter().enumerate() {
                prop_assert_eq!((fact.origins_low, fact.origins_high), plain(&timeline, at), "{}", &fact.id);
            }
        }
    }
}
