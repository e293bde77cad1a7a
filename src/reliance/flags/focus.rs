//! Flags about what the picture looks at: adult-only-focus, domain-gap.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::phrase::fold;
use crate::model::words::Role;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, percent, probability, spoken, verb};
use crate::reliance::thresholds::{ADULT_SHARE, DOMAIN_AGENCIES};

/// The 20 dimensions of the Assessment Framework (Department of Health, 2000; `domain.md` 3.5).
const DIMENSIONS: [&str; 20] = [
    "health",
    "education",
    "emotional and behavioural development",
    "identity",
    "family and social relationships",
    "social presentation",
    "self-care",
    "basic care",
    "ensuring safety",
    "emotional warmth",
    "stimulation",
    "guidance and boundaries",
    "stability",
    "family history and functioning",
    "wider family",
    "housing",
    "employment",
    "income",
    "family's social integration",
    "community resources",
];

/// Most of the facts are about adults only.
///
/// Facts about nobody in particular are left out: they say nothing of whom was looked at.
pub fn adult_only(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let children = (0..evidence.facts_of.len()).any(|person| evidence.is_child(person));
    if !children {
        return Err("no child of the case is known");
    }
    let facts = input.timeline.facts.iter().enumerate();
    let facts: Vec<(usize, &Fact)> = facts
        .filter(|(at, fact)| input.is_available(*at) && !fact.persons.is_empty())
        .collect();
    if facts.is_empty() {
        return Err("no available fact says whom it is about");
    }
    let adults: Vec<usize> = facts
        .iter()
        .filter(|(_, fact)| {
            fact.persons
                .iter()
                .all(|person| is_adult(evidence, *person))
        })
        .map(|(at, _)| *at)
        .collect();
    let share = adults.len() as f64 / facts.len() as f64;
    let limit = evidence.limit(&ADULT_SHARE);
    if share < limit {
        return Ok(Vec::new());
    }
    Ok(vec![Finding {
        value: probability(share),
        threshold: number(limit),
        sentence: format!(
            "{} of {} ({}) {} about adults only. What do we know about each child’s own days?",
            adults.len(),
            counted(facts.len(), "available fact"),
            percent(share),
            verb(adults.len(), "is", "are")
        ),
        facts: adults,
        would_clear: "Ask those who see the children what they see and hear, or record why the adults come first here.".to_owned(),
        ..Finding::default()
    }])
}

/// Whether somebody is grown up at the as-of date. Without a date of birth the roles say it, and nobody is taken for an
/// adult of whom nothing is known.
fn is_adult(evidence: &Evidence<'_>, person: usize) -> bool {
    let roles = evidence.input.people.persons.get(person);
    let roles = roles.map_or(&[][..], |person| &person.roles);
    let young = |role: &Role| matches!(role, Role::Child | Role::Sibling);
    evidence.age(person).map_or_else(
        || !roles.is_empty() && !roles.iter().any(young),
        |age| age >= 18,
    )
}

/// Dimensions of the assessment with facts from no agency, or from one only: one flag a case.
pub fn domain_gap(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let mut entries = input.supplied.entries.iter();
    if entries.all(|entry| entry.domains.iter().all(|domain| domain.trim().is_empty())) {
        return Err("no domains supplied");
    }
    let mut told: BTreeMap<&str, (BTreeSet<&str>, Vec<usize>)> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        if !input.is_available(at) {
            continue;
        }
        let entries = fact.entries.iter();
        let entries = entries.filter_map(|entry| input.supplied.entries.get(*entry));
        let named = entries.flat_map(|entry| &entry.domains);
        let named: BTreeSet<&str> = named.filter_map(|domain| dimension(domain)).collect();
        for dimension in named {
            let (origins, facts) = told.entry(dimension).or_default();
            let known = fact.origins.iter().filter_map(|origin| origin.agency());
            origins.extend(known.map(AgencyId::as_str));
            facts.push(at);
        }
    }
    if told.is_empty() {
        return Err("no domain supplied is one of the assessment's dimensions");
    }
    let limit = evidence.limit(&DOMAIN_AGENCIES);
    let agencies = |dimension: &str| told.get(dimension).map_or(0, |(ids, _)| ids.len());
    let (mut none, mut one) = (Vec::new(), Vec::new());
    for dimension in DIMENSIONS {
        match agencies(dimension) {
            _ if !told.contains_key(dimension) => none.push(dimension),
            count if (count as f64) < limit => one.push(dimension),
            _ => {}
        }
    }
    if none.is_empty() && one.is_empty() {
        return Ok(Vec::new());
    }
    let facts = one.iter().filter_map(|dimension| told.get(dimension));
    Ok(vec![Finding {
        direction: "under",
        value: (DIMENSIONS.len() - none.len() - one.len()).to_string(),
        threshold: DIMENSIONS.len().to_string(),
        sentence: format!("{} Who could say more?", gaps(&none, &one)),
        facts: facts.flat_map(|(_, facts)| facts).copied().collect(),
        would_clear: "Ask the agencies that see this side of the family’s life, or record that there is nothing to add.".to_owned(),
        ..Finding::default()
    }])
}

/// The dimensions without facts, and those that one agency alone speaks of, in words.
fn gaps(none: &[&str], one: &[&str]) -> String {
    let spoken = |dimensions: &[&str]| spoken(dimensions).replace("family's", "the family’s");
    let mut say = Vec::new();
    if !none.is_empty() {
        say.push(format!(
            "No available fact is recorded under {} of the assessment: {}.",
            counted(none.len(), "dimension"),
            spoken(none)
        ));
    }
    if !one.is_empty() {
        say.push(format!(
            "What is recorded under {} comes from one agency only.",
            spoken(one)
        ));
    }
    say.join(" ")
}

/// The dimension that a cell names; `&` is read as "and".
fn dimension(cell: &str) -> Option<&'static str> {
    let wanted = fold(&cell.replace('&', "and"));
    let mut dimensions = DIMENSIONS.iter().copied();
    dimensions.find(|dimension| fold(dimension) == wanted)
}
