//! Suspected echoes: an entry cites another, or both were taken from one document. They stay facts of their own and only
//! move the lower and upper count of independent origins.

use std::collections::{BTreeMap, BTreeSet};

use super::echo::recorded;
use super::fact::count;
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
    let mut repeated_by: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut repeating: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(fact, other) in repeats.keys() {
        repeated_by.entry(other).or_default().push(fact);
        repeating.entry(fact).or_default().push(other);
    }
    let mut touched: BTreeSet<usize> = repeated_by.keys().copied().collect();
    touched.extend(repeating.keys());
    let counts: Vec<(usize, usize, usize)> = touched
        .into_iter()
        .map(|fact| {
            let sources = roots(fact, &repeating);
            let mut all = reach(fact, &repeated_by);
            all.extend(&sources);
            all.insert(fact);
            let low = origins(timeline, &sources).min(origins(timeline, &all));
            (fact, low.max(1), origins(timeline, &all))
        })
        .collect();
    for (fact, low, high) in counts {
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
        for (place, &at) in group.iter().enumerate().skip(1) {
            let entry = &supplied.entries[at];
            let earlier = group[..place].iter().copied().find(|&of| {
                let other = &supplied.entries[of];
                other.agency() != entry.agency() && (one_each || other.when.overlaps(&entry.when))
            });
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

/// All facts that can be reached from one, itself left out.
fn reach(from: usize, next: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(fact) = open.pop() {
        for &other in next.get(&fact).into_iter().flatten() {
            if other != from && seen.insert(other) {
                open.push(other);
            }
        }
    }
    seen
}

/// The facts that a fact goes back to: those it reaches that repeat nothing themselves; itself when it repeats nothing or
/// when all go round in a circle.
fn roots(fact: usize, repeating: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<usize> {
    if !repeating.contains_key(&fact) {
        return BTreeSet::from([fact]);
    }
    let roots: BTreeSet<usize> = reach(fact, repeating)
        .into_iter()
        .filter(|other| !repeating.contains_key(other))
        .collect();
    if roots.is_empty() {
        BTreeSet::from([fact])
    } else {
        roots
    }
}

fn origins(timeline: &Timeline, facts: &BTreeSet<usize>) -> usize {
    let all: BTreeSet<&Origin> = facts
        .iter()
        .filter_map(|&fact| timeline.facts.get(fact))
        .flat_map(|fact| &fact.origins)
        .collect();
    count(&all.into_iter().cloned().collect::<Vec<_>>())
}
