//! The flag about what relatives, neighbours and others outside the services told: lay-reports-discounted.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::{Fact, Origin};
use crate::model::id::AgencyId;
use crate::model::words::AgencyKind;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, verb};
use crate::reliance::thresholds::{LAY_MONTHS, LAY_REPORTS};

/// Words of `told_by` that name somebody outside the services.
const LAY: [&str; 18] = [
    "aunt",
    "uncle",
    "grandmother",
    "grandfather",
    "grandparent",
    "nan",
    "gran",
    "grandad",
    "cousin",
    "relative",
    "relatives",
    "neighbour",
    "neighbours",
    "neighbor",
    "anonymous",
    "public",
    "friend",
    "passer-by",
];

/// Outcomes that say that nothing was done.
const NOTHING_DONE: [&str; 4] = ["no further action", "no action", "nfa", "not pursued"];

/// A report: the fact, its day, who received it, and whether it was called malicious.
struct Report<'a> {
    fact: usize,
    day: Option<Day>,
    received_by: &'a AgencyId,
    dismissed: bool,
}

/// Several reports from outside the services led to no action, or one was called malicious and not checked.
pub fn discounted(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let is_lay_cell = |entry: &Entry| !entry.told_by.trim().is_empty() || !entry.channel.is_blank();
    let mut all = input.supplied.entries.iter();
    let has_family = input
        .supplied
        .agencies
        .iter()
        .any(|a| a.kind == AgencyKind::Family);
    if !has_family && !all.any(is_lay_cell) {
        return Err("nobody recorded who told it");
    }
    let least = evidence.limit(&LAY_REPORTS);
    let months = evidence.limit(&LAY_MONTHS);
    let reports = reports(evidence);
    let found = reports.into_iter().filter_map(|(person, reports)| {
        let together = within(&reports, months);
        let dismissed = reports.iter().any(|report| report.dismissed);
        if (together.len() as f64) < least && !dismissed {
            return None;
        }
        let counted_in = |at: &usize| together.contains(at) || reports.get(*at).is_some_and(|r| r.dismissed);
        let kept: Vec<&Report<'_>> = (0..reports.len()).filter(counted_in).filter_map(|at| reports.get(at)).collect();
        let agencies: BTreeSet<&str> = kept.iter().map(|report| report.received_by.as_str()).collect();
        let count = kept.len();
        let called = if dismissed { ", and the word malicious was used" } else { "" };
        Some(Finding {
            direction: "under",
            agencies: agencies.into_iter().map(str::to_owned).collect(),
            persons: vec![person],
            value: count.to_string(),
            threshold: number(least),
            sentence: format!(
                "{}: {} from outside the services within {} months {} no action on record{called}. What would we do if a professional had told us?",
                evidence.name(person),
                counted(count, "report"),
                number(months),
                verb(count, "has", "have")
            ),
            facts: kept.iter().map(|report| report.fact).collect(),
            would_clear: "Check what was reported against other sources, and record what was done about it.".to_owned(),
            ..Finding::default()
        })
    });
    Ok(found.collect())
}

/// The reports about each person that nobody acted on.
fn reports<'a>(evidence: &Evidence<'a>) -> BTreeMap<usize, Vec<Report<'a>>> {
    let input = evidence.input;
    let mut reports: BTreeMap<usize, Vec<Report<'_>>> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let entries = fact.entries.iter();
        let entries: Vec<&Entry> = entries
            .filter_map(|at| input.supplied.entries.get(*at))
            .collect();
        let acted = entries.iter().any(|entry| is_acted(entry));
        if acted || !input.is_inside(at) || !is_lay(evidence, fact, &entries) {
            continue;
        }
        for person in &fact.persons {
            reports.entry(*person).or_default().push(Report {
                fact: at,
                day: fact.when.start(),
                received_by: received_by(fact, &entries),
                dismissed: entries.iter().any(|entry| is_dismissed(entry)),
            });
        }
    }
    reports
}

/// The positions of the most reports that lie within so many months of each other; of as many the latest.
fn within(reports: &[Report<'_>], months: f64) -> BTreeSet<usize> {
    let days = (months * 365.25 / 12.0).round() as i64;
    let mut best: BTreeSet<usize> = BTreeSet::new();
    for first in reports.iter().filter_map(|report| report.day) {
        let inside = |report: &Report<'_>| {
            report
                .day
                .is_some_and(|day| day >= first && (day - first).num_days() <= days)
        };
        let found: BTreeSet<usize> = (0..reports.len())
            .filter(|at| reports.get(*at).is_some_and(inside))
            .collect();
        if found.len() >= best.len() {
            best = found;
        }
    }
    best
}

/// Whether it was told first by somebody outside the services: origin or supplier of kind family, or named so.
fn is_lay(evidence: &Evidence<'_>, fact: &Fact, entries: &[&Entry]) -> bool {
    let supplied = evidence.input.supplied;
    let is_family = |id: &AgencyId| {
        supplied
            .agency(id)
            .is_some_and(|a| a.kind == AgencyKind::Family)
    };
    let named = |entry: &&Entry| {
        let told_by = entry.told_by.to_lowercase();
        let mut words = told_by.split(|c: char| !c.is_alphanumeric() && c != '-');
        words.any(|word| LAY.contains(&word))
    };
    fact.origins
        .iter()
        .filter_map(Origin::agency)
        .any(is_family)
        || fact.agencies.iter().any(is_family)
        || entries.iter().any(named)
}

/// Whether an action is named, or an outcome that is more than "no further action".
fn is_acted(entry: &Entry) -> bool {
    let outcome = entry.outcome.trim().to_lowercase();
    let nothing = NOTHING_DONE.iter().any(|words| outcome.contains(words));
    !entry.action.trim().is_empty() || !(outcome.is_empty() || nothing)
}

/// The agency that the report was made to: the first to tell of it.
fn received_by<'a>(fact: &'a Fact, entries: &[&'a Entry]) -> &'a AgencyId {
    entries
        .first()
        .map_or(&fact.first_agency, |entry| entry.agency())
}

fn is_dismissed(entry: &Entry) -> bool {
    [&entry.text, &entry.outcome]
        .iter()
        .any(|cell| cell.to_lowercase().contains("malicious"))
}
