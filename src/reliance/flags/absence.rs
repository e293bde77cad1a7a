//! Flags about agencies that work with a person and are not heard, or not lately: involved-but-silent, stale-source.

use std::collections::BTreeMap;

use super::{Finding, Judged};
use crate::model::date::{Day, iso};
use crate::model::id::AgencyId;
use crate::model::supply::Coverage;
use crate::model::words::YesNo;
use crate::reliance::Reliance;
use crate::reliance::absence::{is_answered, silences};
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, is_plural, number, possessive, spoken_day};
use crate::reliance::thresholds::{
    SILENT_ENTRIES, STALE_DAYS, STALE_DAYS_INFANT, STALE_SYNCHRONISED,
};

const NOT_SUPPLIED: &str = "no involvement supplied";

/// An agency is known to work with a person and told nothing about them, and nothing explains it.
pub fn involved_but_silent(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let involvements = &evidence.input.supplied.involvements;
    if involvements.iter().all(|row| row.involved.is_none()) {
        return Err(NOT_SUPPLIED);
    }
    let found = silences(evidence).into_iter().map(|silence| {
        let (agency, person) = (
            evidence.agency(silence.agency),
            evidence.name(silence.person),
        );
        let since = silence
            .from
            .map_or_else(String::new, |day| format!(" since {}", iso(day)));
        Finding {
            direction: "under",
            agencies: vec![evidence.cell(silence.agency)],
            persons: vec![silence.person],
            value: silence.entries.to_string(),
            threshold: number(evidence.limit(&SILENT_ENTRIES)),
            sentence: silence.sentence(evidence.input),
            would_clear: if silence.unresolved.is_empty() {
                format!(
                    "Obtain {} record about {person}{since}, or its answer that it holds none.",
                    possessive(agency)
                )
            } else {
                format!(
                    "Decide whether what {agency} told is about {person}; if not, obtain its record about {person}{since}."
                )
            },
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// An agency still works with a person, and what it told last, or its export, is older than the limit.
pub fn stale_source(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let involvements = &input.supplied.involvements;
    if involvements.iter().all(|row| row.involved.is_none()) {
        return Err(NOT_SUPPLIED);
    }
    let mut found: BTreeMap<(&AgencyId, usize), Finding> = BTreeMap::new();
    for row in involvements {
        let begun = row.from.start().is_none_or(|day| day <= input.as_of);
        let open = row.to.end().is_none_or(|day| day >= input.as_of);
        let (Some(agency), Some(person)) = (&row.involved, evidence.person(&row.record)) else {
            continue;
        };
        if begun && open && !evidence.is_stranger(person) && !found.contains_key(&(agency, person))
        {
            found
                .extend(stale(evidence, agency, person).map(|finding| ((agency, person), finding)));
        }
    }
    Ok(found.into_values().collect())
}

/// Judges one agency that works with one person now.
fn stale<'a>(evidence: &Evidence<'a>, agency: &'a AgencyId, person: usize) -> Option<Finding> {
    let coverage = evidence.input.supplied.coverage.iter();
    let rows: Vec<&Coverage> = coverage.filter(|row| row.agency == *agency).collect();
    let explained = !rows.is_empty() && rows.iter().all(|row| row.records_available.is(YesNo::No));
    if explained || is_answered(evidence, agency, person) {
        return None;
    }
    let told = evidence.told(agency, person);
    let last = told.and_then(|told| told.last);
    let (days, limit, old) = too_old(evidence, person, last, &rows)?;
    let mut facts = told.into_iter().flat_map(|told| told.facts.iter().rev());
    let newest = facts.find(|at| is_last(evidence, **at, last));
    let (name, whom) = (evidence.agency(agency), evidence.name(person));
    let since = last.map_or_else(String::new, |day| format!(" since {}", iso(day)));
    Some(Finding {
        direction: "under",
        agencies: vec![evidence.cell(agency)],
        persons: vec![person],
        value: days.to_string(),
        threshold: number(limit),
        sentence: format!(
            "{name} {} still known to work with {whom}, and {old}. Has anything changed since?",
            if is_plural(name) { "are" } else { "is" }
        ),
        facts: newest.copied().into_iter().collect(),
        would_clear: format!(
            "Obtain {} record about {whom}{since}, or its answer that there is nothing new.",
            possessive(name)
        ),
        ..Finding::default()
    })
}

/// The days, the limit they are over, and in words what is too old: the last fact, else the export.
///
/// Nothing told at all is for `involved-but-silent` to say, unless the export's age is known.
fn too_old(
    evidence: &Evidence<'_>,
    person: usize,
    last: Option<Day>,
    rows: &[&Coverage],
) -> Option<(i64, f64, String)> {
    let as_of = evidence.input.as_of;
    let past = |day: Day, limit: f64| {
        let days = (as_of - day).num_days();
        (days as f64 > limit).then(|| (days, counted(days as usize, "day")))
    };
    let infant = evidence.age(person).is_some_and(|age| age < 1);
    let limit = evidence.limit(if infant {
        &STALE_DAYS_INFANT
    } else {
        &STALE_DAYS
    });
    if let Some((last, (days, ago))) = last.and_then(|day| Some((day, past(day, limit)?))) {
        let state = state(rows, last, as_of);
        let old = format!(
            "the last it told is from {}, {ago} ago ({state})",
            spoken_day(last)
        );
        return Some((days, limit, old));
    }
    let limit = evidence.limit(&STALE_SYNCHRONISED);
    let synchronised = rows
        .iter()
        .filter_map(|row| row.last_synchronised.end())
        .max()?;
    let (days, ago) = past(synchronised, limit)?;
    let old = format!(
        "its export was last brought up to date on {}, {ago} ago",
        spoken_day(synchronised)
    );
    Some((days, limit, old))
}

/// Whether a fact is from the last day that was told of.
fn is_last(evidence: &Evidence<'_>, fact: usize, last: Option<Day>) -> bool {
    let fact = evidence.input.timeline.facts.get(fact);
    fact.is_some_and(|fact| last.is_some() && fact.when.end() == last)
}

/// In what state the absence after the last fact is.
fn state(rows: &[&Coverage], last: Day, as_of: Day) -> String {
    let covered = rows.iter().map(|row| row.to.end().unwrap_or(as_of)).max();
    match covered {
        None => "older than the limit; what its export covers is not recorded".to_owned(),
        Some(day) if day <= last => format!("its export covers nothing after {}", spoken_day(day)),
        Some(day) if day < as_of => {
            format!(
                "its export covers the time to {}, and nothing newer was found",
                spoken_day(day)
            )
        }
        Some(_) => "its export covers the time since, and nothing was found".to_owned(),
    }
}
