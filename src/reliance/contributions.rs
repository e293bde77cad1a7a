//! How much each agency told over the time that it worked with somebody, and how long it was silent: measure M8.
//!
//! A description and no flag: what is usual differs from service to service, and the program ships no rates. Against a
//! rate that the hub itself expects, `flags/contribution.rs` judges.

use std::collections::BTreeMap;

use super::evidence::Evidence;
use super::sentence::{counted, percent};
use super::silence::longest_gap;
use super::{Contribution, Input};
use crate::model::date::Day;
use crate::model::id::AgencyId;

/// Days in a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// Describes every agency and person of whom an involvement with a known start is recorded, by agency, then person.
pub fn of(input: &Input<'_>) -> Vec<Contribution> {
    let supplied = input.supplied;
    if supplied.involvements.is_empty() {
        return Vec::new();
    }
    let evidence = Evidence::of(input);
    let (first, last) = input.settings.period.unwrap_or((Day::MIN, input.as_of));
    let mut spans: BTreeMap<(&AgencyId, usize), (Day, Day)> = BTreeMap::new();
    for row in &supplied.involvements {
        let (Some(agency), Some(person)) = (&row.involved, evidence.person(&row.record)) else {
            continue;
        };
        let from = row.from.start().map(|day| day.max(first));
        let until = row.to.end().map_or(last, |day| day.min(last));
        let until = until.min(input.as_of);
        let Some(from) = from.filter(|from| *from < until) else {
            continue;
        };
        // of several rows the longest: whether the agency worked with them in between, nobody said
        let span = spans.entry((agency, person)).or_insert((from, until));
        if until - from > span.1 - span.0 {
            *span = (from, until);
        }
    }
    let strangers = |person: usize| evidence.is_stranger(person);
    let spans = spans.into_iter().filter(|((_, at), _)| !strangers(*at));
    spans
        .map(|((agency, person), span)| describe(&evidence, agency, person, span))
        .collect()
}

fn describe(
    evidence: &Evidence<'_>,
    agency: &AgencyId,
    person: usize,
    (from, until): (Day, Day),
) -> Contribution {
    let input = evidence.input;
    let facts = evidence.facts_of.get(person).into_iter().flatten();
    let told = facts.copied().filter(|at| {
        let fact = input.timeline.facts.get(*at);
        fact.is_some_and(|fact| fact.agencies.contains(agency))
    });
    let dated = told.filter_map(|at| {
        let day = input.timeline.facts.get(at)?.when.start()?;
        (from..=until).contains(&day).then_some((day, at))
    });
    let mut dated: Vec<(Day, usize)> = dated.collect();
    dated.sort_unstable();
    let days = dated.iter().map(|(day, _)| *day);
    let ends = [from].into_iter().chain(days).chain([until]);
    let ends: Vec<Day> = ends.collect();
    let gaps = ends.iter().zip(ends.iter().skip(1));
    let longest = gaps.map(|(one, other)| (*other - *one).num_days()).max();
    let longest = longest.unwrap_or(0);
    let length = (until - from).num_days();
    let share = longest as f64 / length as f64;
    let count = dated.len();
    let chance = (count > 0).then(|| longest_gap(count, share));
    let months = length as f64 / MONTH;
    let silence = match chance {
        None => String::new(),
        Some(chance) => format!(
            "; the longest silence lasted {}. Among as many facts at random times one as long is seen in {} of cases",
            counted(longest.max(0) as usize, "day"),
            percent(chance)
        ),
    };
    Contribution {
        agency: agency.clone(),
        person,
        months,
        longest,
        share,
        chance,
        sentence: format!(
            "{} told {} about {} in {} of working together{silence}.",
            input.supplied.agency_name(agency),
            counted(count, "fact"),
            evidence.name(person),
            counted(months.round().max(1.0) as usize, "month")
        ),
        facts: dated.into_iter().map(|(_, at)| at).collect(),
    }
}
