//! The flag about a child on a plan whom nobody saw lately: child-not-seen.

use super::plan::{self, runs_on};
use super::timing::working_days_after;
use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::person::LinkStatus;
use crate::model::words::{Kind, YesNo};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, spoken_day};
use crate::reliance::thresholds::{NO_ACCESS, SEEN_ALONE_AGE, SEEN_ALONE_DAYS, SEEN_DAYS};

/// One of the reasons: what it says, its value and threshold, and the facts behind it.
struct Reason {
    say: String,
    value: String,
    threshold: String,
    facts: Vec<usize>,
}

/// A child on a plan was not seen for ten working days, not alone for thirty days, or three visits running met nobody.
///
/// The time runs from the day the child was last seen, or from the start of the plan where that is later.
pub fn not_seen(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if !plan::is_supplied(input) {
        return Err("no plan supplied");
    }
    let mut entries = input.supplied.entries.iter();
    let says = |e: &Entry| !e.child_seen.is_blank() || !e.child_seen_alone.is_blank();
    if !entries.any(|entry| says(entry) || entry.kind.is(Kind::MissedContact)) {
        return Err("nobody recorded whether a child was seen");
    }
    let plans = plan::plans(evidence);
    let found = plans.into_iter().filter_map(|(child, spans)| {
        let mut now = spans.into_iter().filter(|span| runs_on(*span, input.as_of));
        let (since, _) = now.next()?;
        let person = input.people.persons.get(child)?;
        let born = evidence.age(child).is_none_or(|age| age >= 0);
        let one_child = evidence.is_child(child) && person.status != LinkStatus::Ambiguous;
        (one_child && born).then(|| judge(evidence, child, since))?
    });
    Ok(found.collect())
}

fn judge(evidence: &Evidence<'_>, child: usize, since: Option<Day>) -> Option<Finding> {
    let reasons: Vec<Reason> = [
        unseen(evidence, child, since),
        unseen_alone(evidence, child, since),
        no_access(evidence, child),
    ]
    .into_iter()
    .flatten()
    .collect();
    let first = reasons.first()?;
    let name = evidence.name(child);
    let say: Vec<&str> = reasons.iter().map(|reason| reason.say.as_str()).collect();
    Some(Finding {
        direction: "under",
        persons: vec![child],
        value: first.value.clone(),
        threshold: first.threshold.clone(),
        sentence: format!(
            "{name} is on a plan, and {}. Who has seen the child?",
            say.join(", and ")
        ),
        facts: reasons.iter().flat_map(|r| &r.facts).copied().collect(),
        would_clear: format!("Record when {name} was seen, by whom, and whether alone."),
        ..Finding::default()
    })
}

/// More than so many working days without anybody seeing the child.
fn unseen(evidence: &Evidence<'_>, child: usize, since: Option<Day>) -> Option<Reason> {
    let limit = evidence.limit(&SEEN_DAYS);
    let last = last(evidence, child, |entry| {
        entry.child_seen.is(YesNo::Yes) || entry.child_seen_alone.is(YesNo::Yes)
    });
    let start = last.map(|(day, _)| day).max(since);
    let within = start.is_some_and(|day| working_days_after(day, limit) >= evidence.input.as_of);
    (!within).then(|| Reason {
        say: format!(
            "is not recorded as seen in the last {limit} working days ({})",
            state(evidence, child, last.map(|(day, _)| day))
        ),
        value: ago(evidence, last),
        threshold: number(limit),
        facts: last.map(|(_, fact)| fact).into_iter().collect(),
    })
}

/// More than so many days without anybody seeing the child alone. Of a child too young to be asked nobody expects it, and
/// where no entry at all says whether a child was seen alone, nothing can be said.
fn unseen_alone(evidence: &Evidence<'_>, child: usize, since: Option<Day>) -> Option<Reason> {
    let mut entries = evidence.input.supplied.entries.iter();
    let recorded = entries.any(|entry| !entry.child_seen_alone.is_blank());
    let age = evidence.age(child).map(f64::from);
    if !recorded || age.is_some_and(|age| age < evidence.limit(&SEEN_ALONE_AGE)) {
        return None;
    }
    let limit = evidence.limit(&SEEN_ALONE_DAYS);
    let last = last(evidence, child, |entry| {
        entry.child_seen_alone.is(YesNo::Yes)
    });
    let start = last.map(|(day, _)| day).max(since);
    let over = start.is_none_or(|day| (evidence.input.as_of - day).num_days() as f64 > limit);
    over.then(|| Reason {
        say: format!(
            "is not recorded as seen alone in the last {limit} days ({})",
            state(evidence, child, last.map(|(day, _)| day))
        ),
        value: ago(evidence, last),
        threshold: number(limit),
        facts: last.map(|(_, fact)| fact).into_iter().collect(),
    })
}

/// The last visits, so many running, met nobody.
fn no_access(evidence: &Evidence<'_>, child: usize) -> Option<Reason> {
    let input = evidence.input;
    let mut missed: Vec<usize> = Vec::new();
    for at in evidence.facts_of.get(child)?.iter().rev() {
        let fact = input.timeline.facts.get(*at)?;
        let entries = || {
            let entries = fact.entries.iter();
            entries.filter_map(|at| input.supplied.entries.get(*at))
        };
        let later = fact.when.start().is_none_or(|day| day > input.as_of);
        if later {
            continue;
        }
        let met = |entry: &Entry| entry.kind.is(Kind::Contact) || entry.child_seen.is(YesNo::Yes);
        if entries().any(|entry| entry.kind.is(Kind::MissedContact)) {
            missed.push(*at);
        } else if entries().any(met) {
            break;
        }
    }
    let limit = evidence.limit(&NO_ACCESS);
    let count = missed.len();
    (count > 0 && count as f64 >= limit).then(|| Reason {
        say: format!("the last {} running met nobody", counted(count, "visit")),
        value: count.to_string(),
        threshold: number(limit),
        facts: missed,
    })
}

/// The last fact about the child up to the as-of date with such an entry.
fn last(
    evidence: &Evidence<'_>,
    child: usize,
    of: impl Fn(&Entry) -> bool,
) -> Option<(Day, usize)> {
    let input = evidence.input;
    let facts = evidence.facts_of.get(child)?.iter().filter_map(|at| {
        let fact = input.timeline.facts.get(*at)?;
        let mut entries = fact.entries.iter();
        let has = entries.any(|at| input.supplied.entries.get(*at).is_some_and(&of));
        let begun = fact.when.start().is_some_and(|day| day <= input.as_of);
        let day = fact.when.end()?.min(input.as_of);
        (has && begun).then_some((day, *at))
    });
    facts.max_by_key(|(day, at)| (*day, std::cmp::Reverse(*at)))
}

fn ago(evidence: &Evidence<'_>, last: Option<(Day, usize)>) -> String {
    last.map_or_else(
        || "never".to_owned(),
        |(day, _)| (evidence.input.as_of - day).num_days().to_string(),
    )
}

/// In what state the absence is.
fn state(evidence: &Evidence<'_>, child: usize, last: Option<Day>) -> String {
    let told_of = evidence.facts_of.get(child).is_some_and(|f| !f.is_empty());
    match last {
        Some(day) => format!(
            "the last time was {}, which is older than the limit",
            spoken_day(day)
        ),
        None if told_of => "entries were supplied, and none says so".to_owned(),
        None => "no entry about this child was supplied".to_owned(),
    }
}
