//! What each conclusion of the draft rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conclusion, Input};
use crate::model::id::ConclusionId;

/// Gathers the conclusions, by id. A conclusion of which no citation could be used is there too, resting on nothing.
pub fn of(input: &Input<'_>) -> Vec<Conclusion> {
    let mut found: BTreeMap<&ConclusionId, Conclusion> = BTreeMap::new();
    for citation in &input.supplied.citations {
        let conclusion = found
            .entry(&citation.conclusion)
            .or_insert_with(|| empty(&citation.conclusion));
        let text = citation.text.trim();
        // the smallest of several texts, so that the order of rows changes nothing
        if !text.is_empty() && (conclusion.text.is_empty() || text < conclusion.text.as_str()) {
            text.clone_into(&mut conclusion.text);
        }
    }
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        for id in &fact.cited_by {
            let conclusion = found.entry(id).or_insert_with(|| empty(id));
            if input.is_available(at) {
                conclusion.facts.push(at);
            } else {
                conclusion.not_counted.push(at);
            }
        }
    }
    let mut conclusions: Vec<Conclusion> = found.into_values().collect();
    for conclusion in &mut conclusions {
        let facts = conclusion
            .facts
            .iter()
            .filter_map(|at| input.timeline.facts.get(*at));
        let origins: BTreeSet<_> = facts
            .flat_map(|fact| &fact.origins)
            .filter_map(|origin| origin.agency())
            .collect();
        conclusion.origins = origins.into_iter().cloned().collect();
    }
    conclusions
}

fn empty(id: &ConclusionId) -> Conclusion {
    Conclusion {
        id: id.clone(),
        text: String::new(),
        facts: Vec::new(),
        not_counted: Vec::new(),
        origins: Vec::new(),
    }
}
