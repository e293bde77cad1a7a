//! The flag about a story that begins anew each time: start-again.

use std::collections::BTreeSet;

use super::plan::{self, Plans, runs_on};
use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::phrase::{Coded, fold};
use crate::model::words::{AgencyKind, Kind};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, spoken_day};
use crate::reliance::thresholds::{AGAIN_CONTACTS, AGAIN_MONTHS, AGAIN_REOPENED};

/// What an entry is in the course of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Contact,
    Assessment,
    Closed,
    Reopened,
}

/// A step with its day, its fact, and whether it cites something earlier.
struct Taken {
    step: Step,
    day: Day,
    fact: usize,
    cites: bool,
}

/// Several contacts or referrals within a year led to no assessment, or a case was closed and opened again twice within a
/// year and nobody cited what went before.
///
/// Contacts while a plan runs are part of the plan's work, and not a new beginning.
pub fn start_again(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let mut entries = evidence.input.supplied.entries.iter();
    if entries.all(|entry| entry.category.trim().is_empty() && entry.kind.is_blank()) {
        return Err("no categories or kinds supplied");
    }
    let plans = plan::plans(evidence);
    let children = (0..evidence.facts_of.len()).filter(|at| evidence.is_child(*at));
    let found = children.flat_map(|child| {
        let steps = steps(evidence, &plans, child);
        [
            unassessed(evidence, child, &steps),
            reopened(evidence, child, &steps),
        ]
    });
    Ok(found.flatten().collect())
}

/// The steps about a child up to the as-of date, by day.
fn steps(evidence: &Evidence<'_>, plans: &Plans, child: usize) -> Vec<Taken> {
    let input = evidence.input;
    let planned = |day: Day| {
        let mut spans = plans.get(&child).into_iter().flatten();
        spans.any(|span| runs_on(*span, day))
    };
    let facts = evidence.facts_of.get(child).into_iter().flatten();
    let steps = facts.filter_map(|at| {
        let fact = input.timeline.facts.get(*at)?;
        let day = fact.when.start().filter(|day| *day <= input.as_of)?;
        let entries = || {
            let entries = fact.entries.iter();
            entries.filter_map(|at| input.supplied.entries.get(*at))
        };
        let step = entries().find_map(|entry| step(evidence, entry))?;
        let cites = entries().any(|e| !e.cites.is_empty() || !e.origin.entries.is_empty());
        (step != Step::Contact || !planned(day)).then_some(Taken {
            step,
            day,
            fact: *at,
            cites,
        })
    });
    steps.collect()
}

/// What an entry is, by its category, else by its kind. The kind "contact" alone is a contact only where it is the lead
/// agency's or social care's: a consultation or a lesson is no contact in this sense.
fn step(evidence: &Evidence<'_>, entry: &Entry) -> Option<Step> {
    let category = fold(&entry.category);
    if !category.is_empty() {
        return named(&category);
    }
    if let Coded::Unknown(kind) = &entry.kind {
        return named(&fold(kind));
    }
    let input = evidence.input;
    let receives = || {
        let agency = input.supplied.agency(entry.agency());
        Some(entry.agency()) == input.settings.own_agency.as_ref()
            || agency.is_some_and(|agency| agency.kind == AgencyKind::SocialCare)
    };
    (entry.kind.is(Kind::Contact) && receives()).then_some(Step::Contact)
}

fn named(folded: &str) -> Option<Step> {
    match folded {
        "contact" | "initialcontact" | "referral" | "rereferral" | "contactandreferral"
        | "contact/referral" => Some(Step::Contact),
        "closed" | "closure" | "caseclosed" | "caseclosure" | "nfa" | "nofurtheraction" => {
            Some(Step::Closed)
        }
        "reopened" | "opened" | "caseopened" | "casereopened" => Some(Step::Reopened),
        other => {
            let words = ["assessment", "section47", "s47", "enquiry"];
            let assesses = words.iter().any(|word| other.contains(word));
            assesses.then_some(Step::Assessment)
        }
    }
}

/// So many days are the months of a threshold.
fn days_of(months: f64) -> i64 {
    (months * 365.25 / 12.0).round() as i64
}

/// The most contacts within the months that no assessment followed within them; of as many the latest.
fn unassessed(evidence: &Evidence<'_>, child: usize, steps: &[Taken]) -> Option<Finding> {
    let months = evidence.limit(&AGAIN_MONTHS);
    let least = evidence.limit(&AGAIN_CONTACTS);
    let inside = |first: Day, taken: &Taken| {
        taken.day >= first && (taken.day - first).num_days() <= days_of(months)
    };
    let mut best: Vec<&Taken> = Vec::new();
    for first in steps.iter().filter(|taken| taken.step == Step::Contact) {
        let within = steps.iter().filter(|taken| inside(first.day, taken));
        let (contacts, others): (Vec<&Taken>, Vec<&Taken>) =
            within.partition(|taken| taken.step == Step::Contact);
        let assessed = others.iter().any(|taken| taken.step == Step::Assessment);
        if !assessed && contacts.len() as f64 >= least && contacts.len() >= best.len() {
            best = contacts;
        }
    }
    let (first, last) = (best.first()?, best.last()?);
    let name = evidence.name(child);
    Some(Finding {
        value: best.len().to_string(),
        threshold: number(least),
        sentence: format!(
            "{name}: {} between {} and {}; entries were supplied, and no assessment was found in them for that time. What do they say when they are read together?",
            counted(best.len(), "contact or referral")
                .replace("contact or referrals", "contacts or referrals"),
            spoken_day(first.day),
            spoken_day(last.day)
        ),
        would_clear:
            "Read them together and assess what they say, or record why that is not needed."
                .to_owned(),
        ..about(evidence, child, &best)
    })
}

/// Closed and opened again so often within the months, and no opening cites anything earlier.
fn reopened(evidence: &Evidence<'_>, child: usize, steps: &[Taken]) -> Option<Finding> {
    let months = evidence.limit(&AGAIN_MONTHS);
    let least = evidence.limit(&AGAIN_REOPENED);
    let mut rounds: Vec<(&Taken, &Taken)> = Vec::new();
    let mut closed: Option<&Taken> = None;
    for taken in steps {
        match (taken.step, closed) {
            (Step::Closed, None) => closed = Some(taken),
            (Step::Contact | Step::Reopened | Step::Assessment, Some(before)) => {
                rounds.push((before, taken));
                closed = None;
            }
            _ => {}
        }
    }
    let needed = least.max(1.0) as usize;
    let run = rounds.windows(needed).rev().find(|run| {
        let days = run.first().zip(run.last());
        let span = days.map(|(first, last)| (last.1.day - first.0.day).num_days());
        span.is_some_and(|days| days <= days_of(months))
            && run.iter().all(|(_, again)| !again.cites)
    })?;
    let taken: Vec<&Taken> = run.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let (first, last) = (taken.first()?, taken.last()?);
    let name = evidence.name(child);
    Some(Finding {
        value: run.len().to_string(),
        threshold: number(least),
        sentence: format!(
            "{name}: closed and opened again {} between {} and {}, and what went before is not cited. What had changed each time?",
            counted(run.len(), "time"),
            spoken_day(first.day),
            spoken_day(last.day)
        ),
        would_clear: "Read what went before, and name in the new work what it builds on."
            .to_owned(),
        ..about(evidence, child, &taken)
    })
}

/// The part of a finding that names the child, the agencies and the facts.
fn about(evidence: &Evidence<'_>, child: usize, taken: &[&Taken]) -> Finding {
    let facts = || taken.iter().map(|taken| taken.fact);
    let told = |at: usize| evidence.input.timeline.facts.get(at);
    let agencies = facts().filter_map(told).map(lead_agency(evidence));
    let agencies: BTreeSet<String> = agencies.collect();
    Finding {
        agencies: agencies.into_iter().collect(),
        persons: vec![child],
        facts: facts().collect(),
        ..Finding::default()
    }
}

/// The agency whose entry leads a fact.
fn lead_agency<'a>(evidence: &'a Evidence<'_>) -> impl Fn(&Fact) -> String + 'a {
    |fact| {
        let entry = evidence.input.supplied.entries.get(fact.lead);
        let agency = entry.map_or(&fact.first_agency, Entry::agency);
        agency.as_str().to_owned()
    }
}
