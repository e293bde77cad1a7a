//! The flag about an outcome that was called good since somebody came: optimism-after-output.

use std::collections::BTreeMap;

use super::kin::families;
use super::{Finding, Judged};
use crate::model::entry::Entry;
use crate::model::id::AgencyId;
use crate::model::words::Polarity;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, spoken_day, verb};
use crate::reliance::thresholds::OPTIMISM_DAYS;

/// Words of an outcome that speak of coming and taking part.
const OUTPUT: [&str; 8] = [
    "attend",
    "attendance",
    "engag",
    "took part",
    "taking part",
    "session",
    "appointments kept",
    "kept appointments",
];
/// Words that call it good.
const GOOD: [&str; 12] = [
    "good",
    "well",
    "positive",
    "progress",
    "improv",
    "success",
    "regular",
    "complet",
    "excellent",
    "full",
    "all ",
    "goals met",
];
/// Words that turn it round.
const NOT: [&str; 7] = ["not ", "no ", "poor", "declin", "refus", "stopped", "n’t"];

/// Facts with a good outcome, and the concerns after them.
type Told = (Vec<usize>, Vec<usize>);

/// An outcome was called good on attendance or taking part alone, and concerns about a child of that family went on.
pub fn after_output(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let entries = || input.supplied.entries.iter();
    if entries().all(|entry| entry.outcome.trim().is_empty()) {
        return Err("no outcomes supplied");
    }
    if entries().all(|entry| entry.polarity.is_blank()) {
        return Err("nobody recorded what is a concern");
    }
    let limit = evidence.limit(&OPTIMISM_DAYS);
    let mut found: BTreeMap<(&AgencyId, usize), Told> = BTreeMap::new();
    for family in families(evidence) {
        for (at, fact) in input.timeline.facts.iter().enumerate() {
            let about = fact.persons.iter().any(|p| family.binary_search(p).is_ok());
            let lead = input.supplied.entries.get(fact.lead);
            let good = fact.entries.iter().any(|at| {
                let entry = input.supplied.entries.get(*at);
                entry.is_some_and(is_good_on_output)
            });
            let (true, true, Some(lead)) = (about && good, input.is_inside(at), lead) else {
                continue;
            };
            for child in family.iter().filter(|child| evidence.is_child(**child)) {
                let concerns = concerns(evidence, *child, at, limit);
                if !concerns.is_empty() {
                    let (outcomes, after) = found.entry((lead.agency(), *child)).or_default();
                    outcomes.push(at);
                    after.extend(concerns);
                }
            }
        }
    }
    let found = found.into_iter();
    Ok(found
        .map(|(whose, (outcomes, after))| finding(evidence, whose, &outcomes, after))
        .collect())
}

/// Concerns about a child in the days after an outcome.
fn concerns(evidence: &Evidence<'_>, child: usize, outcome: usize, limit: f64) -> Vec<usize> {
    let input = evidence.input;
    let day = |at: usize| input.timeline.facts.get(at).and_then(|f| f.when.start());
    let Some(since) = day(outcome) else {
        return Vec::new();
    };
    let facts = evidence.facts_of.get(child).into_iter().flatten().copied();
    let after = |at: &usize| {
        let fact = input.timeline.facts.get(*at);
        let concern = fact.is_some_and(|fact| fact.polarity.is(Polarity::Concern));
        let days = day(*at).map(|day| (day - since).num_days());
        *at != outcome && concern && days.is_some_and(|days| days > 0 && days as f64 <= limit)
    };
    facts.filter(after).collect()
}

/// Whether an outcome is called good for coming or taking part.
fn is_good_on_output(entry: &Entry) -> bool {
    let outcome = format!("{} ", entry.outcome.trim().to_lowercase());
    let has = |words: &[&str]| words.iter().any(|word| outcome.contains(word));
    let good = has(&GOOD) || entry.polarity.is(Polarity::Strength);
    has(&OUTPUT) && good && !has(&NOT)
}

fn finding(
    evidence: &Evidence<'_>,
    (agency, child): (&AgencyId, usize),
    outcomes: &[usize],
    mut after: Vec<usize>,
) -> Finding {
    after.sort_unstable();
    after.dedup();
    let name = evidence.name(child);
    let limit = evidence.limit(&OPTIMISM_DAYS);
    let first = outcomes.first().and_then(|at| {
        let fact = evidence.input.timeline.facts.get(*at)?;
        fact.when.start()
    });
    let on = first.map_or_else(String::new, |day| format!(" on {}", spoken_day(day)));
    let count = after.len();
    Finding {
        direction: "over",
        agencies: vec![agency.as_str().to_owned()],
        persons: vec![child],
        value: count.to_string(),
        threshold: number(limit),
        sentence: format!(
            "{}: an outcome{on} is called good for coming or taking part, and within {} {} about {name} {} recorded. What is different for {name} now?",
            evidence.input.supplied.agency_name(agency),
            counted(limit.max(0.0) as usize, "day"),
            counted(count, "concern"),
            verb(count, "was", "were")
        ),
        facts: outcomes.iter().copied().chain(after).collect(),
        would_clear: format!("Record what has changed for {name}, beside who came and took part."),
        ..Finding::default()
    }
}
