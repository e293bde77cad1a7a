//! Flags about the ground on which something was shared: refused-consent-used, basis-missing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::basis::{BasisCode, NOT_MAPPED, NOT_RECORDED, RestsOnConsent};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::BasisStatus;
use crate::model::id::AgencyId;
use crate::model::words::ConsentState;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, percent, verb};
use crate::reliance::thresholds::BASIS_ENTRIES;

/// Facts, and how consent for them stood.
type Used = (Vec<usize>, BTreeSet<&'static str>);

/// Consent was refused, withdrawn or expired when an entry was received; its basis rests on consent; no other ground.
pub fn refused_consent_used(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let says = |entry: &Entry| {
        let consent = &entry.consent;
        !consent.state.is_blank()
            || consent.withdrawn_on.is_known()
            || consent.expires_on.is_known()
            || codes(evidence, entry).any(|code| code.consent_state.is_some())
    };
    if !input.supplied.entries.iter().any(says) {
        return Err("no consent cells supplied");
    }
    let mut found: BTreeMap<(&AgencyId, Option<usize>), Used> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        if !input.is_inside(at) {
            continue;
        }
        let entries = fact.entries.iter();
        for entry in entries.filter_map(|entry| input.supplied.entries.get(*entry)) {
            let Some(state) = state_when_received(evidence, entry) else {
                continue;
            };
            if !rests_on_consent_alone(evidence, entry) {
                continue;
            }
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                let (facts, states) = found.entry((entry.agency(), person)).or_default();
                facts.push(at);
                states.insert(state);
            }
        }
    }
    let found = found.into_iter().map(|((agency, person), (mut facts, states))| {
        facts.dedup();
        let states: Vec<&str> = states.into_iter().collect();
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        Finding {
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: states.join("|"),
            threshold: "consent given".to_owned(),
            sentence: format!(
                "{} shared {}{about} on consent that was {} at the time, and no other ground is recorded. On what ground may {} be used?",
                evidence.agency(agency),
                counted(facts.len(), "fact"),
                states.join(" or "),
                verb(facts.len(), "it", "they")
            ),
            facts,
            would_clear: "Record the ground that holds without consent, and whether the family was told; else do not use it.".to_owned(),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// Whether consent was asked for and refused, by the cells or by a code.
pub fn is_refused(evidence: &Evidence<'_>, entry: &Entry) -> bool {
    let mut states = codes(evidence, entry).filter_map(|code| code.consent_state);
    match entry.consent.state.known() {
        Some(state) => state == ConsentState::Refused,
        None => states.any(|name| name.0 == ConsentState::Refused),
    }
}

fn codes<'a>(evidence: &Evidence<'a>, entry: &'a Entry) -> impl Iterator<Item = &'a BasisCode> {
    let vocabulary = evidence.input.vocabulary;
    entry.basis.iter().filter_map(|code| vocabulary.code(code))
}

/// `refused`, `withdrawn` or `expired`, when consent stood so on the day the entry was received.
///
/// Without that day the latest day before it that is known counts: nothing is received before it happened or was written.
fn state_when_received(evidence: &Evidence<'_>, entry: &Entry) -> Option<&'static str> {
    let consent = &entry.consent;
    let by_code = || codes(evidence, entry).find_map(|code| code.consent_state.map(|name| name.0));
    let state = consent.state.known().or_else(by_code);
    let earlier = || entry.recorded_on.start().max(entry.when.start());
    let received: Option<Day> = entry.received_on.start().or_else(earlier);
    // a date that is not known leaves the state as it is recorded
    let after = |day: Option<Day>| day.zip(received).map(|(day, received)| received > day);
    let refused_later = consent.on.start().zip(entry.received_on.start());
    let refused_later = refused_later.is_some_and(|(refused, received)| refused > received);
    if state == Some(ConsentState::Refused) && !refused_later {
        return Some("refused");
    }
    let withdrawn = after(consent.withdrawn_on.start());
    if withdrawn.unwrap_or(state == Some(ConsentState::Withdrawn)) {
        return Some("withdrawn");
    }
    let expired = after(consent.expires_on.end());
    expired
        .unwrap_or(state == Some(ConsentState::Expired))
        .then_some("expired")
}

/// Whether a recorded basis rests on consent, and nothing recorded beside it stands without.
pub fn rests_on_consent_alone(evidence: &Evidence<'_>, entry: &Entry) -> bool {
    let cells =
        !entry.consent.state.is_blank() && !entry.consent.state.is(ConsentState::NotRequired);
    let rests = |code: &BasisCode| match code.rests_on_consent {
        RestsOnConsent::Yes => true,
        RestsOnConsent::Either => cells,
        // `C-REF` and the like are no ground, and say that consent is what was looked for
        RestsOnConsent::No => !code.is_ground && code.consent_state.is_some(),
    };
    let other = |code: &BasisCode| code.is_no_consent_ground || (code.is_ground && !rests(code));
    codes(evidence, entry).any(rests) && !codes(evidence, entry).any(other)
}

/// Entries of an agency have no basis, a code that nobody knows or that is no ground by itself, or a basis that fails a check.
pub fn missing(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.entries.is_empty() {
        return Err("no entries supplied");
    }
    let faulty: BTreeSet<usize> = input.faults.iter().map(|(entry, ..)| *entry).collect();
    // by agency: entries in all, without a sound basis, and their facts
    let mut counts: BTreeMap<&AgencyId, (usize, usize, Vec<usize>)> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        for index in fact.entries.iter().filter(|_| input.is_inside(at)) {
            let Some(entry) = input.supplied.entries.get(*index) else {
                continue;
            };
            let (all, without, facts) = counts.entry(entry.agency()).or_default();
            *all += 1;
            let mut basis = entry.basis.iter();
            let unclear = basis.any(|code| matches!(&**code, NOT_RECORDED | NOT_MAPPED))
                // consent that was not asked for, or agreement to a service, is no ground by itself
                || fact.status == BasisStatus::Unknown;
            if unclear || entry.basis.is_empty() || faulty.contains(index) {
                *without += 1;
                facts.push(at);
            }
        }
    }
    let least = evidence.limit(&BASIS_ENTRIES);
    let found = counts
        .into_iter()
        .filter(|(_, (_, without, _))| *without > 0 && *without as f64 >= least);
    Ok(found.map(|(agency, (all, without, facts))| {
        let name = evidence.agency(agency);
        let share = without as f64 / all as f64;
        Finding {
            agencies: vec![agency.as_str().to_owned()],
            value: without.to_string(),
            threshold: number(least),
            sentence: format!(
                "{name}: {without} of {} ({}) {} no recorded basis, one that is not known, or one that does not pass a check. On what ground {} shared?",
                counted(all, "entry"),
                percent(share),
                verb(without, "has", "have"),
                verb(without, "was it", "were they")
            ),
            facts,
            would_clear: format!(
                "Ask {name} for the basis of {}, and record it.",
                verb(without, "this entry", "each of these entries")
            ),
            ..Finding::default()
        }
    }).collect())
}
