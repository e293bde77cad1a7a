//! Flags about what came late or not yet: late-recorded, late-shared, asked-no-reply, action-no-outcome.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Weekday};

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::supply::Request;
use crate::model::words::{RequestResult, Threshold as Stage};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, possessive, spoken_day, verb};
use crate::reliance::thresholds::{
    NO_OUTCOME_DAYS, RECORDED_DAYS, RECORDED_DAYS_S47, RECORDED_SIGNIFICANCE, REPLY_DAYS,
    SHARED_DAYS, SHARED_DAYS_OTHER, SHARED_SIGNIFICANCE,
};

/// What is gathered for one agency and person: facts, the longest time in days, and the limit it went over.
#[derive(Default)]
struct Late {
    facts: Vec<usize>,
    days: i64,
    limit: f64,
}

type ByAgencyAndPerson<'a> = BTreeMap<(&'a AgencyId, Option<usize>), Late>;

/// Gathers what `late` says of each entry that an agency tells at first hand: echoes are late by their nature.
fn gather<'a>(
    evidence: &Evidence<'a>,
    late: impl Fn(&'a Fact, &'a Entry) -> Option<(i64, f64)>,
) -> ByAgencyAndPerson<'a> {
    let input = evidence.input;
    let mut found = ByAgencyAndPerson::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let entries = fact.entries.iter().filter(|_| input.is_inside(at));
        for entry in entries.filter_map(|entry| input.supplied.entries.get(*entry)) {
            let mut origins = fact.origins.iter();
            if !origins.any(|origin| origin.agency() == Some(entry.agency())) {
                continue;
            }
            let Some((days, limit)) = late(fact, entry) else {
                continue;
            };
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                let late = found.entry((entry.agency(), person)).or_default();
                late.facts.push(at);
                if days > late.days {
                    (late.days, late.limit) = (days, limit);
                }
            }
        }
    }
    found
}

/// Makes the findings; `say` gives the sentence and what would clear it, of the agency's name, "facts about …", the days,
/// and how many facts there are.
fn findings(
    evidence: &Evidence<'_>,
    found: ByAgencyAndPerson<'_>,
    say: impl Fn(&str, &str, &str, usize) -> (String, String),
) -> Vec<Finding> {
    let found = found.into_iter().map(|((agency, person), mut late)| {
        late.facts.dedup();
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        let facts = format!("{}{about}", counted(late.facts.len(), "fact"));
        let (sentence, would_clear) = say(
            evidence.agency(agency),
            &facts,
            &counted(late.days.max(0) as usize, "day"),
            late.facts.len(),
        );
        Finding {
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: late.days.to_string(),
            threshold: number(late.limit),
            sentence,
            facts: late.facts,
            would_clear,
            ..Finding::default()
        }
    });
    found.collect()
}

/// A significant fact was written down long after it happened.
pub fn late_recorded(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let mut entries = evidence.input.supplied.entries.iter();
    if !entries.any(|entry| entry.recorded_on.is_known()) {
        return Err("no recording dates supplied");
    }
    let least = evidence.limit(&RECORDED_SIGNIFICANCE);
    let found = gather(evidence, |fact, entry| {
        let significant = fact.significance.is_some_and(|s| f64::from(s) >= least);
        let days = (entry.recorded_on.start()? - entry.when.end()?).num_days();
        let enquiry = entry.threshold.is(Stage::S47);
        let limit = evidence.limit(if enquiry {
            &RECORDED_DAYS_S47
        } else {
            &RECORDED_DAYS
        });
        (significant && days as f64 > limit).then_some((days, limit))
    });
    Ok(findings(evidence, found, |agency, facts, days, count| {
        let up_to = verb(count, "", "up to ");
        let it = verb(count, "it", "they");
        let say = format!(
            "{agency} wrote down {facts} {up_to}{days} after {it} happened. Is the account from that day, or from memory?"
        );
        let clear = format!(
            "Ask {agency} whether notes of the day exist, and record the reason for the time between."
        );
        (say, clear)
    }))
}

/// A fact came long after it was written down, or after a conclusion about the same person.
///
/// A fact is taken to bear on a conclusion when it is significant, about a person of a fact that the conclusion cites,
/// and had happened when the conclusion was decided.
pub fn late_shared(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    let input = evidence.input;
    let mut entries = input.supplied.entries.iter();
    if !entries.any(|entry| entry.received_on.is_known()) {
        return Err("no receipt dates supplied");
    }
    let decided = decided_about(evidence, reliance);
    let least = evidence.limit(&SHARED_SIGNIFICANCE);
    let found = gather(evidence, |fact, entry| {
        if Some(entry.agency()) == input.settings.own_agency.as_ref() {
            return None;
        }
        let received = entry.received_on.start()?;
        let significant = fact.significance.is_some_and(|s| f64::from(s) >= least);
        let limit = evidence.limit(if significant {
            &SHARED_DAYS
        } else {
            &SHARED_DAYS_OTHER
        });
        let recorded = entry.recorded_on.end();
        let days = recorded.map(|recorded| (received - recorded).num_days());
        if let Some(days) = days.filter(|days| *days as f64 > limit) {
            return Some((days, limit));
        }
        let known = entry.when.end()?.max(recorded.unwrap_or(Day::MIN));
        let mut about = fact.persons.iter().filter_map(|person| decided.get(person));
        let missed = |days: &BTreeSet<Day>| {
            days.range(known..)
                .next()
                .is_some_and(|day| *day < received)
        };
        (significant && about.any(missed)).then(|| ((received - known).num_days(), 0.0))
    });
    Ok(findings(evidence, found, |agency, facts, days, count| {
        let up_to = verb(count, "", "up to ");
        let it = verb(count, "it was", "they were");
        let say = format!(
            "{agency} shared {facts} {up_to}{days} after {it} known there. Does what was decided before still hold?"
        );
        let clear = format!(
            "Read the conclusions again in the light of what came later, and agree with {agency} how soon such facts are passed on."
        );
        (say, clear)
    }))
}

/// For each person the days on which conclusions that cite facts about them were decided.
fn decided_about(evidence: &Evidence<'_>, reliance: &Reliance) -> BTreeMap<usize, BTreeSet<Day>> {
    let input = evidence.input;
    let mut days: BTreeMap<usize, BTreeSet<Day>> = BTreeMap::new();
    for citation in &input.supplied.citations {
        let Some(day) = citation.decided_on.end() else {
            continue;
        };
        let found = reliance
            .conclusions
            .binary_search_by(|c| c.id.cmp(&citation.conclusion));
        let conclusion = found.ok().and_then(|at| reliance.conclusions.get(at));
        let facts = conclusion.into_iter().flat_map(|c| &c.facts);
        for fact in facts.filter_map(|at| input.timeline.facts.get(*at)) {
            for person in &fact.persons {
                days.entry(*person).or_default().insert(day);
            }
        }
    }
    days
}

/// The longest time in days, each request in words, and whether one is still open.
type Overdue = (i64, Vec<String>, bool);

/// A request is past due without an answer, or was answered late.
pub fn asked_no_reply(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.requests.is_empty() {
        return Err("no requests supplied");
    }
    let limit = evidence.limit(&REPLY_DAYS);
    let mut found: BTreeMap<(&AgencyId, Option<usize>), Overdue> = BTreeMap::new();
    for request in &input.supplied.requests {
        let Some((days, say, open)) = overdue(request, limit, input.as_of) else {
            continue;
        };
        let persons: BTreeSet<usize> = request
            .records
            .iter()
            .filter_map(|r| evidence.person(r))
            .collect();
        let nobody = persons.is_empty().then_some(None);
        for person in persons.into_iter().map(Some).chain(nobody) {
            let (longest, says, waiting) = found.entry((&request.asked, person)).or_default();
            *longest = days.max(*longest);
            *waiting |= open;
            says.push(say.clone());
        }
    }
    Ok(found
        .into_iter()
        .map(|((agency, person), (days, mut says, open))| {
            // a list of requests has no order of its own
            says.sort();
            says.dedup();
            let name = evidence.agency(agency);
            let about =
                person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
            Finding {
                direction: "under",
                agencies: vec![evidence.cell(agency)],
                persons: person.into_iter().collect(),
                value: days.to_string(),
                threshold: number(limit),
                sentence: format!(
                    "{name} was asked{about} {}. What would help it to answer{}?",
                    says.join(", and "),
                    if open { "" } else { " in time" }
                ),
                would_clear: if open {
                    format!(
                        "Obtain {} answer, or record why there is none.",
                        possessive(name)
                    )
                } else {
                    format!(
                        "Record why {} answer came late, and agree how soon it can answer.",
                        possessive(name)
                    )
                },
                ..Finding::default()
            }
        })
        .collect())
}

/// How many days a request is or was overdue, with words for it, and whether it still is.
fn overdue(request: &Request, limit: f64, as_of: Day) -> Option<(i64, String, bool)> {
    let due = request.due_on.end().or_else(|| {
        request
            .asked_on
            .end()
            .map(|asked| working_days_after(asked, limit))
    })?;
    let answered = request.answered_on.start();
    let waiting = matches!(request.result.known(), None | Some(RequestResult::NoReply));
    let asked = request.asked_on.start().map_or_else(
        || "on an unknown day".to_owned(),
        |day| format!("on {}", spoken_day(day)),
    );
    let due_on = spoken_day(due);
    if let Some(day) = answered.filter(|day| *day > due) {
        let day_of = spoken_day(day);
        let say = format!("{asked}; the answer was due on {due_on} and came on {day_of}");
        return Some(((day - due).num_days(), say, false));
    }
    let open = answered.is_none() && waiting && as_of > due;
    let say = format!("{asked}; the answer was due on {due_on} and has not come");
    open.then(|| ((as_of - due).num_days(), say, true))
}

/// The day so many working days later; Saturdays and Sundays do not count, public holidays do (they differ by place).
pub fn working_days_after(day: Day, days: f64) -> Day {
    let works = |day: &Day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let count = days.clamp(0.0, 1000.0) as usize;
    let mut later = day.iter_days().skip(1).filter(works);
    count
        .checked_sub(1)
        .and_then(|n| later.nth(n))
        .unwrap_or(day)
}

/// An action is due, or was named long ago, and nobody recorded what came of it.
pub fn action_no_outcome(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input
        .supplied
        .entries
        .iter()
        .all(|entry| entry.action.trim().is_empty())
    {
        return Err("no actions supplied");
    }
    let limit = evidence.limit(&NO_OUTCOME_DAYS);
    let found = gather(evidence, |fact, entry| {
        let mut entries = fact
            .entries
            .iter()
            .filter_map(|at| input.supplied.entries.get(*at));
        if entry.action.trim().is_empty() || entries.any(|entry| !entry.outcome.trim().is_empty()) {
            return None;
        }
        let due = entry
            .action_due
            .end()
            .map(|due| (input.as_of - due).num_days());
        let age = entry.when.end().map(|day| (input.as_of - day).num_days());
        let over = due.is_some_and(|days| days > 0) || age.is_some_and(|days| days as f64 >= limit);
        over.then(|| (age.or(due).unwrap_or(0), limit))
    });
    Ok(findings(evidence, found, |agency, facts, days, count| {
        let up_to = verb(count, "", "up to ");
        let (name, it) = (verb(count, "names", "name"), verb(count, "it", "each"));
        let of = verb(count, "the action", "each action");
        let say = format!(
            "{agency}: {facts} {name} an action, {up_to}{days} ago, and what came of {it} is not recorded. What happened next?"
        );
        let clear = format!("Ask {agency} what came of {of}, and record it.");
        (say, clear)
    }))
}
