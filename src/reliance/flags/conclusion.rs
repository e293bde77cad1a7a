//! The flag about a conclusion that stands on one source at second hand: single-origin-conclusion.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::fact::{Fact, Origin};
use crate::model::id::AgencyId;
use crate::model::words::{Channel, Kind};
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{number, spoken, verb as verb_of};
use crate::reliance::thresholds::SINGLE_ORIGINS;
use crate::reliance::{Conclusion, Input, Reliance};

/// A conclusion has one origin, suspected echoes taken as echoes, and its facts are second-hand, alleged or opinion.
pub fn single_origin(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    if reliance.conclusions.is_empty() {
        return Err("no citations supplied");
    }
    let input = evidence.input;
    let limit = evidence.limit(&SINGLE_ORIGINS);
    let mut by_agency: BTreeMap<String, Vec<&Conclusion>> = BTreeMap::new();
    for conclusion in &reliance.conclusions {
        let facts = || {
            let facts = conclusion.facts.iter();
            facts.filter_map(|at| input.timeline.facts.get(*at))
        };
        let origins = origins_low(input, &conclusion.facts);
        // an unknown origin may be one of the known ones, so it adds nothing to the low bound
        let known = origins.iter().filter_map(|origin| origin.agency()).count();
        if !conclusion.facts.is_empty() && known.max(1) as f64 <= limit && facts().all(is_soft) {
            let names = origins.iter().filter_map(|origin| origin.agency());
            let names: Vec<&str> = names.map(AgencyId::as_str).collect();
            let cell = if names.is_empty() {
                "unknown".to_owned()
            } else {
                names.join("|")
            };
            by_agency.entry(cell).or_default().push(conclusion);
        }
    }
    let found = by_agency.into_iter().map(|(agency, conclusions)| {
        let facts: Vec<usize> = conclusions.iter().flat_map(|c| &c.facts).copied().collect();
        let persons = facts.iter().filter_map(|at| input.timeline.facts.get(*at));
        let ids: Vec<&str> = conclusions.iter().map(|c| c.id.as_str()).collect();
        let (noun, verb) = if ids.len() == 1 { ("Conclusion", "rests") } else { ("Conclusions", "rest") };
        let source = AgencyId::new(&agency);
        let source = if agency == "unknown" { "a source that nobody recorded" } else { evidence.input.supplied.agency_name(&source) };
        Finding {
            direction: "over",
            persons: persons.flat_map(|fact| &fact.persons).copied().collect(),
            value: "1".to_owned(),
            threshold: number(limit),
            sentence: format!(
                "{noun} {} {verb} on one source, {source}, and what it tells is second-hand, alleged or an opinion. Does anything else bear on {}?",
                spoken(&ids),
                verb_of(ids.len(), "it", "them")
            ),
            would_clear: "Find a second source that saw or heard it for itself, or say in the conclusion that it rests on one account.".to_owned(),
            agencies: agency.split('|').map(str::to_owned).collect(),
            facts,
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// The origins of facts when each suspected echo has the origins of what it may repeat.
fn origins_low<'a>(input: &Input<'a>, facts: &[usize]) -> BTreeSet<&'a Origin> {
    let mut origins = BTreeSet::new();
    for at in facts {
        let root = root(input, *at);
        let root = input.timeline.facts.get(root);
        origins.extend(root.into_iter().flat_map(|fact| &fact.origins));
    }
    origins
}

/// Follows suspected echoes to what they may repeat; a circle ends at its smallest fact.
fn root(input: &Input<'_>, fact: usize) -> usize {
    let mut path = vec![fact];
    loop {
        let here = path.last().copied().unwrap_or(fact);
        let suspected = input.timeline.facts.get(here).map(|fact| &fact.suspected);
        let mut repeated = suspected.into_iter().flatten().filter(|s| s.repeats);
        let Some(next) = repeated.next().map(|s| s.other) else {
            return here;
        };
        if let Some(start) = path.iter().position(|seen| *seen == next) {
            return path.iter().skip(start).copied().min().unwrap_or(here);
        }
        path.push(next);
    }
}

/// Whether a fact is second-hand, alleged or an opinion.
fn is_soft(fact: &Fact) -> bool {
    let claimed = fact.kind.is(Kind::Allegation) || fact.kind.is(Kind::Opinion);
    let voice = [
        Channel::Parent,
        Channel::OtherPerson,
        Channel::ProfessionalOpinion,
    ];
    let relayed = voice.iter().any(|channel| fact.channel.is(*channel));
    let own_telling = |agency: &AgencyId| {
        let mut origins = fact.origins.iter().filter_map(|origin| origin.agency());
        origins.any(|origin| origin == agency)
    };
    claimed || relayed || !fact.agencies.iter().any(own_telling)
}
