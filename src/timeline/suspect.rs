//! Suspected echoes: an entry cites another, or both were taken from one document. They stay facts of their own and only
//! move the lower and upper count of independent origins.

use std::collections::{BTreeMap, BTreeSet};

use super::echo::recorded;
use crate::model::decision::{Decision, EchoVerdict, Verdict, standing};
use crate::model::fact::{Origin, Suspicion, Timeline};
use crate::model::phrase::fold;
use crate::model::supply::Supplied;

/// A suspicion between two facts: the first may repeat the second, with why.
type Repeats = BTreeMap<(usize, usize), String>;

/// Fills in `suspected`, `origins_low` and `origins_high` of every fact.
///
/// The lower count takes suspected echoes as echoes, the upper one as independent (measure M5).
pub fn suspect(supplied: &Supplied, decisions: &[Decision], timeline: &mut Timeline) {
    let rejected = rejected(supplied, decisions);
    let mut repeats = Repeats::new();
    for (entry, of, why) in citing(supplied)
        .into_iter()
        .chain(sharing_a_document(supplied))
    {
        if rejected.contains(&(entry.min(of), entry.max(of))) {
            continue;
        }
        let (fact, other) = (timeline.fact_of[entry], timeline.fact_of[of]);
        if fact != other {
            repeats.entry((fact, other)).or_insert(why);
        }
    }
    for (fact, low, high) in Walk::of(&repeats).counts(timeline) {
        timeline.facts[fact].origins_low = low;
        timeline.facts[fact].origins_high = high;
    }
    for ((fact, other), why) in repeats {
        timeline.facts[fact].suspected.push(Suspicion {
            other,
            repeats: true,
            why: why.clone(),
        });
        timeline.facts[other].suspected.push(Suspicion {
            other: fact,
            repeats: false,
            why,
        });
    }
}

/// Pairs of entries that an analyst said are independent, the smaller index first.
fn rejected(supplied: &Supplied, decisions: &[Decision]) -> BTreeSet<(usize, usize)> {
    let mut rejected = BTreeSet::new();
    for decision in standing(decisions) {
        let Verdict::Echo { entry, of, verdict } = &decision.verdict else {
            continue;
        };
        let (Some(entry), Some(of)) = (supplied.entry(entry), supplied.entry(of)) else {
            continue;
        };
        let pair = (entry.min(of), entry.max(of));
        match verdict {
            EchoVerdict::Independent => rejected.insert(pair),
            EchoVerdict::Echo => rejected.remove(&pair),
        };
    }
    rejected
}

/// Entries that cite another agency's entry, and further origins that an entry names beside the first.
fn citing(supplied: &Supplied) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        for id in entry
            .cites
            .iter()
            .chain(entry.origin.entries.iter().skip(1))
        {
            if let Some(of) = supplied
                .entry(id)
                .filter(|of| supplied.entries[*of].agency() != entry.agency())
            {
                found.push((at, of, format!("{} cites {id}", entry.id)));
            }
        }
    }
    found
}

/// Entries of different agencies taken from one document: each may repeat the earliest recorded one of another agency that
/// speaks of the same day. A document of which every agency made a single entry is taken to speak of one thing, whatever
/// the days; minutes from which an agency made many entries are not.
fn sharing_a_document(supplied: &Supplied) -> Vec<(usize, usize, String)> {
    let mut documents: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        let document = fold(&entry.document);
        if !document.is_empty() {
            documents.entry(document).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for mut group in documents.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|&at| (recorded(&supplied.entries[at]), at));
        let agencies: BTreeSet<_> = group
            .iter()
            .map(|&at| supplied.entries[at].agency())
            .collect();
        let one_each = agencies.len() == group.len();
        let mut told: Vec<usize> = Vec::new();
        let mut known = BTreeSet::new();
        for at in group {
            let entry = &supplied.entries[at];
            let earlier = told.iter().copied().find(|&of| {
                let other = &supplied.entries[of];
                other.agency() != entry.agency() && (one_each || other.when.overlaps(&entry.when))
            });
            // of one agency's entries of the same days only the earliest recorded can be the one repeated
            if known.insert((entry.agency(), entry.when.from, entry.when.until)) {
                told.push(at);
            }
            if let Some(of) = earlier {
                found.push((
                    at,
                    of,
                    format!(
                        "{} and {} are from one document, “{}”",
                        entry.id,
                        supplied.entries[of].id,
                        entry.document.trim()
                    ),
                ));
            }
        }
    }
    found
}

/// Who repeats whom. Origins are carried along it one at a time, so that a long chain costs its length once for each
/// agency, and not once for each fact.
#[derive(Default)]
struct Walk {
    repeating: BTreeMap<usize, Vec<usize>>,
    repeated_by: BTreeMap<usize, Vec<usize>>,
}

impl Walk {
    fn of(repeats: &Repeats) -> Self {
        let mut walk = Self::default();
        for &(fact, other) in repeats.keys() {
            walk.repeating.entry(fact).or_default().push(other);
            walk.repeated_by.entry(other).or_default().push(fact);
        }
        walk
    }

    /// Each fact that repeats or is repeated, with its origins when suspected echoes are echoes, and when they are
    /// independent: those it goes back to, and with them those of all that may repeat it.
    fn counts(&self, timeline: &Timeline) -> Vec<(usize, usize, usize)> {
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

    use super::super::merge;
    use super::*;
    use crate::model::entry::Entry;
    use crate::model::id::{AgencyId, EntryId};
    use crate::model::person::People;
    use crate::model::source::RowRef;

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
