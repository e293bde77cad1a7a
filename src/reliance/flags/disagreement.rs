//! Flags about agencies that say different things of the same: agencies-disagree, disagreement-unresolved.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::fact::Side;
use crate::model::id::{AgencyId, ConclusionId};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{capital, is_plural, possessive, short, spoken};

/// What an agency says of a thing; `None` for a value that must not be read out.
pub type Says<'a> = (&'a AgencyId, Option<&'a str>);

/// What is gathered for one set of agencies and one person: who says what of which thing, and the facts.
#[derive(Default)]
struct Apart<'a> {
    things: BTreeMap<&'a str, Vec<Says<'a>>>,
    facts: Vec<usize>,
}

/// One fact, or one changing thing over the same time, is told differently by several agencies.
pub fn agencies_disagree(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    if input.supplied.entries.is_empty() && input.supplied.records.is_empty() {
        return Err("nothing supplied to compare");
    }
    let mut found: BTreeMap<(Vec<&AgencyId>, Option<usize>), Apart<'_>> = BTreeMap::new();
    for disagreement in &input.timeline.disagreements {
        let sides = disagreement.sides.iter();
        let sides: Vec<&Side> = sides
            .filter(|side| side.fact.is_none_or(|at| input.is_inside(at)))
            .collect();
        let agencies: BTreeSet<&AgencyId> = sides.iter().map(|side| &side.agency).collect();
        let values: BTreeSet<&str> = sides.iter().map(|side| side.value.as_str()).collect();
        if agencies.len() > 1 && values.len() > 1 {
            let key = (agencies.into_iter().collect(), Some(disagreement.person));
            let apart = found.entry(key).or_default();
            let says = sides.iter().map(|side| says(evidence, side));
            let thing = apart.things.entry(&disagreement.slot).or_default();
            thing.extend(says);
            apart
                .facts
                .extend(sides.iter().filter_map(|side| side.fact));
        }
    }
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        for difference in fact.differences.iter().filter(|_| input.is_inside(at)) {
            let values = difference.values.iter();
            let agencies: BTreeSet<&AgencyId> = values.map(|(id, _)| id).collect();
            if agencies.len() < 2 {
                continue;
            }
            let agencies: Vec<&AgencyId> = agencies.into_iter().collect();
            let persons = fact.persons.iter().copied().map(Some);
            for person in persons.chain(fact.persons.is_empty().then_some(None)) {
                let apart = found.entry((agencies.clone(), person)).or_default();
                let values = difference.values.iter();
                let says = values
                    .map(|(id, value)| (id, (!input.exposed(at).detail).then_some(value.as_str())));
                let thing = apart.things.entry(difference.column).or_default();
                thing.extend(says);
                apart.facts.push(at);
            }
        }
    }
    let found = found.into_iter();
    Ok(found
        .map(|((agencies, person), apart)| finding(evidence, &agencies, person, apart))
        .collect())
}

/// A conclusion cites one side of a disagreement that was open when it was decided, and not the other.
///
/// Facts that are said to be of a later day than the conclusion were no side then. What a people row says has no day.
pub fn unresolved(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    let input = evidence.input;
    if reliance.conclusions.is_empty() {
        return Err("no citations supplied");
    }
    let mut decided: BTreeMap<&ConclusionId, Day> = BTreeMap::new();
    for citation in &input.supplied.citations {
        if let Some(day) = citation.decided_on.end() {
            let last = decided.entry(&citation.conclusion).or_insert(day);
            *last = day.max(*last);
        }
    }
    let mut found: BTreeMap<(&AgencyId, usize), Open<'_>> = BTreeMap::new();
    for disagreement in &input.timeline.disagreements {
        for conclusion in &reliance.conclusions {
            let day = decided.get(&conclusion.id);
            let cited = |side: &&Side| side.fact.is_some_and(|at| conclusion.facts.contains(&at));
            let known = |side: &&Side| {
                let later = side
                    .when
                    .start()
                    .zip(day)
                    .is_some_and(|(start, day)| start > *day);
                !later && side.fact.is_none_or(|at| input.is_inside(at))
            };
            let sides: Vec<&Side> = disagreement.sides.iter().filter(known).collect();
            let mine: Vec<&Side> = sides.iter().copied().filter(cited).collect();
            let others = sides.iter().copied().filter(|side| {
                let apart = |one: &&Side| one.agency != side.agency && !is_alike(one, side);
                !cited(side) && !mine.is_empty() && mine.iter().all(apart)
            });
            let others: Vec<&Side> = others.collect();
            // a conclusion that cites both sides knows of the disagreement
            let both = mine
                .iter()
                .any(|one| mine.iter().any(|two| !is_alike(one, two)));
            if others.is_empty() || both {
                continue;
            }
            for side in &mine {
                let open = found
                    .entry((&side.agency, disagreement.person))
                    .or_default();
                open.conclusions.insert(conclusion.id.as_str());
                let thing = open.things.entry(&disagreement.slot).or_default();
                thing.extend(mine.iter().chain(&others).map(|side| says(evidence, side)));
                open.facts
                    .extend(mine.iter().chain(&others).filter_map(|side| side.fact));
            }
        }
    }
    let found = found.into_iter().map(|((agency, person), open)| {
        let ids: Vec<&str> = open.conclusions.iter().copied().collect();
        let things = open.things.iter().map(|(thing, says)| {
            let said = in_words(evidence, thing, says);
            format!(
                "{} {}: {said}.",
                possessive(evidence.name(person)),
                thing.replace('_', " ")
            )
        });
        let (noun, verb) = if ids.len() == 1 {
            ("conclusion", "cites")
        } else {
            ("conclusions", "cite")
        };
        Finding {
            direction: "over",
            agencies: vec![agency.as_str().to_owned()],
            persons: vec![person],
            value: ids.len().to_string(),
            threshold: "1".to_owned(),
            sentence: format!(
                "{} {} {} {verb} {} alone. Is the other side known?",
                things.collect::<Vec<_>>().join(" "),
                capital(noun),
                spoken(&ids),
                evidence.agency(agency)
            ),
            facts: open.facts,
            would_clear: "Settle which holds, or name both sides in the conclusion.".to_owned(),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// What is gathered for one cited agency and person.
#[derive(Default)]
struct Open<'a> {
    conclusions: BTreeSet<&'a str>,
    things: BTreeMap<&'a str, Vec<Says<'a>>>,
    facts: Vec<usize>,
}

/// Whether two sides say the same, one perhaps in more detail.
fn is_alike(one: &Side, other: &Side) -> bool {
    let (one, other) = (letters(&one.value), letters(&other.value));
    one.starts_with(&other) || other.starts_with(&one)
}

/// What one side says. An address that is protected is never read out, whoever supplied it.
pub fn says<'a>(evidence: &Evidence<'a>, side: &'a Side) -> Says<'a> {
    let input = evidence.input;
    let guarded = side.fact.is_some_and(|at| input.exposed(at).detail)
        || side.record.is_some_and(|at| input.is_guarded(at));
    (&side.agency, (!guarded).then_some(side.value.as_str()))
}

fn finding(
    evidence: &Evidence<'_>,
    agencies: &[&AgencyId],
    person: Option<usize>,
    apart: Apart<'_>,
) -> Finding {
    let things: Vec<String> = apart
        .things
        .iter()
        .map(|(thing, says)| {
            let thing = thing.replace('_', " ");
            let said = in_words(evidence, &thing, says);
            match person {
                Some(at) => format!("{} {thing}: {said}.", possessive(evidence.name(at))),
                None => format!("{}: {said}.", capital(&thing)),
            }
        })
        .collect();
    Finding {
        agencies: agencies.iter().map(|id| id.as_str().to_owned()).collect(),
        persons: person.into_iter().collect(),
        value: apart.things.len().to_string(),
        threshold: "1".to_owned(),
        sentence: format!("{} Which holds, and since when?", things.join(" ")),
        facts: apart.facts,
        would_clear: "Ask each of them how it knows and as of when, and record which holds."
            .to_owned(),
        ..Finding::default()
    }
}

/// Who says what, those who say the same together: "Housing and Police say 1 Low Road; School says 2 High Road".
pub fn in_words(evidence: &Evidence<'_>, thing: &str, says: &[Says<'_>]) -> String {
    let mut groups: BTreeMap<Option<String>, (BTreeSet<&AgencyId>, &str)> = BTreeMap::new();
    for (agency, value) in says {
        let folded = value.map(letters);
        // of two values one may be the other in more detail: "1 Low Road" and "1 Low Road, XW1 2AB"
        let alike = folded.as_ref().and_then(|folded| {
            let mut known = groups.keys().flatten();
            let alike = known.find(|k| k.starts_with(folded) || folded.starts_with(k.as_str()));
            alike.cloned()
        });
        let group = groups.entry(alike.or(folded)).or_default();
        group.0.insert(*agency);
        // the shortest stands for all, of two as short the first in the alphabet: never the order of rows
        if let Some(value) = value
            && (group.1.is_empty() || (value.len(), *value) < (group.1.len(), group.1))
        {
            group.1 = value;
        }
    }
    let mut groups: Vec<(BTreeSet<&AgencyId>, &str)> = groups.into_values().collect();
    groups.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    let said = groups.iter().map(|(agencies, value)| {
        let names: Vec<&str> = agencies
            .iter()
            .map(|id| evidence.input.supplied.agency_name(id))
            .collect();
        let several = names.len() > 1 || names.iter().any(|name| is_plural(name));
        let names = spoken(&names);
        if value.is_empty() {
            let verb = if several { "give" } else { "gives" };
            let what = if thing == "address" {
                "an address"
            } else {
                "a detail"
            };
            format!("{names} {verb} {what} that is protected")
        } else {
            let verb = if several { "say" } else { "says" };
            format!("{names} {verb} “{}”", short(value))
        }
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The letters and digits of a value, lower case.
fn letters(value: &str) -> String {
    let lower = value.chars().flat_map(char::to_lowercase);
    lower.filter(|c| c.is_alphanumeric()).collect()
}
