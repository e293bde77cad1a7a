//! The flag about an agency that tells less than the hub expects of its kind: low-contribution.

use std::collections::BTreeMap;

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::phrase::{Phrase, fold};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, probability};
use crate::reliance::silence::{clustered, poisson};
use crate::reliance::thresholds::CONTRIBUTION_P;

/// Days in a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// An agency told far less about a person it works with than the rate that the hub configured for its kind.
///
/// Both ways of counting must find it rare, so that an agency whose facts come in clusters is not named for its rhythm.
pub fn low(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.config.expected_rate.is_empty() {
        return Err("no expected rate configured");
    }
    let limit = evidence.limit(&CONTRIBUTION_P);
    let mut days: BTreeMap<(&AgencyId, usize), i64> = BTreeMap::new();
    for row in &input.supplied.involvements {
        let (Some(agency), Some(person)) = (&row.involved, evidence.person(&row.record)) else {
            continue;
        };
        let first = input.settings.period.map_or(Day::MIN, |(first, _)| first);
        let last = input
            .settings
            .period
            .map_or(input.as_of, |(_, last)| last.min(input.as_of));
        // without a start nobody knows how many months there were
        let from = row.from.start().map(|day| day.max(first));
        let until = row.to.end().map_or(last, |day| day.min(last));
        let length = from.map_or(0, |from| (until - from).num_days() + 1);
        if length > 0 && !evidence.is_stranger(person) {
            let longest = days.entry((agency, person)).or_default();
            *longest = length.max(*longest);
        }
    }
    let found = days.into_iter().filter_map(|((agency, person), days)| {
        let (per_month, source) = rate(evidence, agency)?;
        let mean = per_month * days as f64 / MONTH;
        let told = evidence.told(agency, person);
        let seen = told.map_or(0, |told| told.facts.len());
        let p = poisson(seen, mean).max(clustered(seen, mean));
        let name = evidence.agency(agency);
        let whom = evidence.name(person);
        (p <= limit).then(|| Finding {
            direction: "under",
            agencies: vec![evidence.cell(agency)],
            persons: vec![person],
            value: probability(p),
            threshold: number(limit),
            sentence: format!(
                "{name} told {} about {whom} in {:.0} months of working together; about {mean:.0} would be expected ({source}). Is there more that it knows?",
                counted(seen, "fact"),
                days as f64 / MONTH
            ),
            facts: told.map(|told| told.facts.clone()).unwrap_or_default(),
            would_clear: format!("Ask {name} whether its record about {whom} is complete."),
            ..Finding::default()
        })
    });
    Ok(found.collect())
}

/// The rate that is expected of an agency, by its kind, and where it comes from.
fn rate<'a>(evidence: &Evidence<'a>, agency: &AgencyId) -> Option<(f64, &'a str)> {
    let kind = evidence.input.supplied.agency(agency)?.kind;
    let mut rates = evidence.input.config.expected_rate.iter();
    let (_, (per_month, source)) = rates.find(|(name, _)| fold(name) == fold(kind.phrase()))?;
    (per_month.is_finite() && *per_month > 0.0).then_some((*per_month, source))
}
