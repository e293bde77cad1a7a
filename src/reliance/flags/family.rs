//! Flags about the family's part in the picture: asked-then-overridden, family-view-missing, self-report-reliance.

use std::collections::BTreeMap;

use super::basis::{is_refused, rests_on_consent_alone};
use super::{About, Finding, Judged};
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::words::{AgencyKind, Channel, Told};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, percent, probability, verb};
use crate::reliance::thresholds::{
    OVERRIDDEN_DAYS, SELF_REPORT_SHARE, SELF_REPORT_SIGNIFICANCE, UNRECORDED_SHARE,
};

/// Consent was asked and refused, the entry was shared soon after on another ground, and nobody recorded telling the family.
///
/// Refusal and sharing are looked for in one entry; without the days of both there is nothing to count.
pub fn overridden(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let mut all = input.supplied.entries.iter();
    if !all.any(|entry| is_refused(evidence, entry) || !entry.consent.state.is_blank()) {
        return Err("no consent cells supplied");
    }
    let limit = evidence.limit(&OVERRIDDEN_DAYS);
    let mut found: BTreeMap<About<'_>, (Vec<usize>, i64)> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let entries = fact.entries.iter().filter(|_| input.is_inside(at));
        for entry in entries.filter_map(|entry| input.supplied.entries.get(*entry)) {
            let days = entry.consent.on.end().zip(entry.received_on.start());
            let Some(days) = days.map(|(asked, shared)| (shared - asked).num_days()) else {
                continue;
            };
            let soon = days >= 0 && days as f64 <= limit;
            let other_ground = !rests_on_consent_alone(evidence, entry);
            if !(soon && other_ground && is_refused(evidence, entry) && is_untold(fact, entry)) {
                continue;
            }
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                let (facts, most) = found.entry((entry.agency(), person)).or_default();
                facts.push(at);
                *most = days.max(*most);
            }
        }
    }
    let found = found.into_iter().map(|((agency, person), (mut facts, days))| {
        facts.dedup();
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        Finding {
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: days.to_string(),
            threshold: number(limit),
            sentence: format!(
                "{} shared {}{about} on another ground within {} of consent being refused, and it is not recorded that the family was told. Do they know, and why it was done?",
                evidence.agency(agency),
                counted(facts.len(), "fact"),
                counted(days.max(0) as usize, "day")
            ),
            facts,
            would_clear: "Record when and how the family was told, or why telling them would not be safe.".to_owned(),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// Whether nothing says that the family was told, or why not.
fn is_untold(fact: &Fact, entry: &Entry) -> bool {
    let told = entry.told.known().or_else(|| fact.told.known());
    !matches!(told, Some(Told::Yes | Told::Unsafe | Told::NotApplicable))
}

/// Facts rest on the family and no view of theirs is recorded, or for many facts nobody recorded whether they were told.
pub fn view_missing(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    let input = evidence.input;
    let facts = || {
        let facts = input.timeline.facts.iter().enumerate();
        facts.filter(|(at, _)| input.is_available(*at))
    };
    let says = |fact: &Fact| !fact.told.is_blank() || !fact.channel.is_blank();
    if !facts().any(|(_, fact)| says(fact)) {
        return Err("neither channels nor told cells supplied");
    }
    let family: Vec<usize> = facts()
        .filter(|(_, fact)| is_familys(evidence, fact))
        .map(|(at, _)| at)
        .collect();
    let mut entries = facts().flat_map(|(_, fact)| &fact.entries);
    let viewed = entries.any(|at| {
        let entry = input.supplied.entries.get(*at);
        entry.is_some_and(|entry| !entry.family_view.trim().is_empty())
    });
    let is_open = |fact: &Fact| fact.told.known().is_none() || fact.told.is(Told::Unrecorded);
    let recorded = facts().any(|(_, fact)| !is_open(fact) || fact.told.is(Told::Unrecorded));
    let untold: Vec<usize> = facts()
        .filter(|(_, fact)| recorded && is_open(fact))
        .map(|(at, _)| at)
        .collect();
    let share = untold.len() as f64 / reliance.facts.max(1) as f64;
    let limit = evidence.limit(&UNRECORDED_SHARE);
    let (silent, unrecorded) = (!viewed && !family.is_empty(), recorded && share >= limit);
    if !silent && !unrecorded {
        return Ok(Vec::new());
    }
    let mut say = Vec::new();
    if silent {
        say.push(format!(
            "{} {} on what the family said, and no view of the family is recorded",
            counted(family.len(), "available fact"),
            verb(family.len(), "rests", "rest")
        ));
    }
    if unrecorded {
        say.push(format!(
            "for {} of the available facts ({}) it is not recorded whether the family was told",
            untold.len(),
            percent(share)
        ));
    }
    let sentence = format!("{}. How does the family see it?", say.join("; "));
    let mut facts = if silent { family } else { Vec::new() };
    facts.extend(untold.into_iter().filter(|_| unrecorded));
    Ok(vec![Finding {
        value: probability(share),
        threshold: number(limit),
        sentence: crate::reliance::sentence::capital(&sentence),
        facts,
        would_clear: "Record the family’s own view, and for each fact whether they were told of it, unless that would not be safe.".to_owned(),
        ..Finding::default()
    }])
}

/// Whether a fact rests on what the family said.
fn is_familys(evidence: &Evidence<'_>, fact: &Fact) -> bool {
    let supplied = evidence.input.supplied;
    let mut origins = fact.origins.iter().filter_map(|origin| origin.agency());
    let family = origins.any(|id| {
        let agency = supplied.agency(id);
        agency.is_some_and(|agency| agency.kind == AgencyKind::Family)
    });
    fact.channel.is(Channel::Parent) || family
}

/// Much of what is cited rests on a parent's account alone.
pub fn self_report(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    let input = evidence.input;
    if input
        .timeline
        .facts
        .iter()
        .all(|fact| fact.channel.is_blank())
    {
        return Err("no channels supplied");
    }
    let significant = evidence.limit(&SELF_REPORT_SIGNIFICANCE);
    let counts = |fact: &Fact| {
        if reliance.cited > 0 {
            !fact.cited_by.is_empty()
        } else {
            fact.significance
                .is_some_and(|s| f64::from(s) >= significant)
        }
    };
    let facts = input.timeline.facts.iter().enumerate();
    let facts: Vec<(usize, &Fact)> = facts
        .filter(|(at, fact)| input.is_available(*at) && counts(fact))
        .collect();
    if facts.is_empty() {
        return Err("nothing cited, and no significant facts supplied");
    }
    let alone = |fact: &Fact| fact.channel.is(Channel::Parent) && fact.origins_low <= 1;
    let account: Vec<usize> = facts
        .iter()
        .filter(|(_, fact)| alone(fact))
        .map(|(at, _)| *at)
        .collect();
    let share = account.len() as f64 / facts.len() as f64;
    let limit = evidence.limit(&SELF_REPORT_SHARE);
    if share < limit {
        return Ok(Vec::new());
    }
    let kind = if reliance.cited > 0 {
        "cited"
    } else {
        "important"
    };
    Ok(vec![Finding {
        direction: "over",
        value: probability(share),
        threshold: number(limit),
        sentence: format!(
            "A parent’s or carer’s account is all that {} of the {} {} on. Who else has seen or heard it?",
            account.len(),
            counted(facts.len(), &format!("{kind} fact")),
            verb(account.len(), "rests", "rest")
        ),
        facts: account,
        would_clear: "Look for another source for each of these facts, or say in the draft that it rests on one account.".to_owned(),
        ..Finding::default()
    }])
}
