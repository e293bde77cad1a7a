//! Which conclusions cite each fact: the citations supplied, and what analysts marked as relied on.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::decision::{Decision, Verdict, standing};
use crate::model::fact::Timeline;
use crate::model::id::{ConclusionId, FactId};
use crate::model::supply::{Cited, Supplied};

/// Fills in `cited_by` of every fact from the citations supplied and the decisions that stand.
pub fn cite(supplied: &Supplied, decisions: &[Decision], timeline: &mut Timeline) {
    let by_id: BTreeMap<&FactId, usize> = timeline
        .facts
        .iter()
        .enumerate()
        .map(|(at, fact)| (&fact.id, at))
        .collect();
    let mut cited: BTreeMap<usize, BTreeSet<ConclusionId>> = BTreeMap::new();
    for citation in &supplied.citations {
        let fact = match &citation.cited {
            Cited::Entry(id) => supplied
                .entry(id)
                .and_then(|entry| timeline.fact_of.get(entry).copied()),
            Cited::Fact(id) => by_id.get(id).copied(),
        };
        if let Some(fact) = fact {
            cited
                .entry(fact)
                .or_default()
                .insert(citation.conclusion.clone());
        }
    }
    for decision in standing(decisions) {
        let (conclusion, entry, relied_on) = match &decision.verdict {
            Verdict::ReliedOn { conclusion, entry } => (conclusion, entry, true),
            Verdict::NotReliedOn { conclusion, entry } => (conclusion, entry, false),
            _ => continue,
        };
        let Some(fact) = supplied
            .entry(entry)
            .and_then(|entry| timeline.fact_of.get(entry).copied())
        else {
            continue;
        };
        let conclusions = cited.entry(fact).or_default();
        if relied_on {
            conclusions.insert(conclusion.clone());
        } else {
            conclusions.remove(conclusion);
        }
    }
    for (at, fact) in timeline.facts.iter_mut().enumerate() {
        fact.cited_by = cited.remove(&at).unwrap_or_default().into_iter().collect();
    }
}
