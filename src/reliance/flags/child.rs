//! The flag about the child's own voice: child-voice-missing.

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::person::LinkStatus;
use crate::model::words::{Channel, Kind, YesNo};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{number, possessive, spoken_day};
use crate::reliance::thresholds::{VOICE_AGE, VOICE_DAYS, VOICE_DAYS_YOUNG};

/// What was last heard or seen of a child, and the fact that tells it.
type Last = Option<(Day, usize)>;

/// A child's view or words are missing, or nobody lately observed a child too young to be asked.
pub fn voice_missing(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let mut entries = evidence.input.supplied.entries.iter();
    let says = |e: &Entry| is_voice(e) || is_seen(e) || !e.channel.is_blank() || !e.kind.is_blank();
    if !entries.any(says) {
        return Err("no child's views, channels or kinds supplied");
    }
    let children = (0..evidence.facts_of.len()).filter(|person| evidence.is_child(*person));
    Ok(children
        .filter_map(|child| judge(evidence, child))
        .collect())
}

fn judge(evidence: &Evidence<'_>, child: usize) -> Option<Finding> {
    let age = evidence.age(child);
    // a record that may be either of two children is no third child: identity-doubt speaks of it
    let person = evidence.input.people.persons.get(child)?;
    if person.status == LinkStatus::Ambiguous {
        return None;
    }
    // an unborn child can be neither heard nor seen
    if age.is_some_and(|age| age < 0) {
        return None;
    }
    let (days, days_young) = (
        evidence.limit(&VOICE_DAYS),
        evidence.limit(&VOICE_DAYS_YOUNG),
    );
    let (heard, seen) = (
        last(evidence, child, is_voice),
        last(evidence, child, is_seen),
    );
    let missing = |last: Last, limit: f64| {
        last.is_none_or(|(day, _)| (evidence.input.as_of - day).num_days() as f64 > limit)
    };
    let older = age.is_none_or(|age| f64::from(age) >= evidence.limit(&VOICE_AGE));
    let young = age.is_none_or(|age| f64::from(age) < evidence.limit(&VOICE_AGE));
    // without a date of birth both must be missing: nobody knows which of the two to expect
    if (older && !missing(heard, days)) || (young && !missing(seen, days_young)) {
        return None;
    }
    let (last, limit) = if older {
        (heard, days)
    } else {
        (seen, days_young)
    };
    let (sentence, would_clear) = words(evidence, child, older, (last, limit));
    let ago = |(day, _): (Day, usize)| (evidence.input.as_of - day).num_days().to_string();
    Some(Finding {
        direction: "under",
        persons: vec![child],
        value: last.map_or_else(|| "never".to_owned(), ago),
        threshold: number(limit),
        sentence,
        facts: last.map(|(_, fact)| fact).into_iter().collect(),
        would_clear,
        ..Finding::default()
    })
}

/// The sentence, with the state of the absence, and what would clear the flag.
fn words(
    evidence: &Evidence<'_>,
    child: usize,
    older: bool,
    (last, limit): (Last, f64),
) -> (String, String) {
    let name = evidence.name(child);
    let told_of = evidence
        .facts_of
        .get(child)
        .is_some_and(|facts| !facts.is_empty());
    let state = match last {
        Some((day, _)) => format!(
            "the last is from {}, which is older than the limit",
            spoken_day(day)
        ),
        None if told_of => "entries were supplied, and nothing was found in them".to_owned(),
        None => "no entry about this child was supplied".to_owned(),
    };
    if older {
        (
            format!(
                "{} own words or views are not recorded in the last {limit} days: {state}. Who could ask?",
                possessive(name)
            ),
            format!("Record what {name} says, in the child’s own words, and who heard it."),
        )
    } else {
        (
            format!(
                "{name} is not recorded as seen by anybody in the last {limit} days: {state}. Who has seen the child?"
            ),
            format!("Record who saw {name}, when, and what they saw."),
        )
    }
}

/// The last fact about the child that has an entry of a kind, not counting what lies after the as-of date.
fn last(evidence: &Evidence<'_>, child: usize, of: fn(&Entry) -> bool) -> Last {
    let input = evidence.input;
    let facts = evidence.facts_of.get(child)?.iter().filter_map(|at| {
        let fact = input.timeline.facts.get(*at)?;
        let mut entries = fact
            .entries
            .iter()
            .filter_map(|entry| input.supplied.entries.get(*entry));
        let day = fact.when.end()?.min(input.as_of);
        let begun = fact.when.start().is_some_and(|day| day <= input.as_of);
        (begun && entries.any(of)).then_some((day, *at))
    });
    facts.max_by_key(|(day, at)| (*day, std::cmp::Reverse(*at)))
}

fn is_voice(entry: &Entry) -> bool {
    !entry.child_view.trim().is_empty() || entry.channel.is(Channel::Child)
}

fn is_seen(entry: &Entry) -> bool {
    entry.child_seen.is(YesNo::Yes)
        || entry.child_seen_alone.is(YesNo::Yes)
        || entry.kind.is(Kind::Observation)
        || entry.channel.is(Channel::Observation)
}
