//! Flags about agencies that say different things of the same: agencies-disagree, disagreement-unresolved.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::fact::{Disagreement, Side};
use crate::model::id::{AgencyId, ConclusionId};
use crate::model::slot::is_alike;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{capital, is_plural, possessive, short, spoken, spoken_day};
use crate::reliance::{Conclusion, Input, Reliance};

/// How many values a sentence says one by one; a list of hundreds says nothing.
const MOST_SAID: usize = 12;

/// What an agency says of a thing; `None` for a value that must not be read out.
pub type Says<'a> = (&'a AgencyId, Option<&'a str>);

/// What is gathered for one set of agencies and one person: who says what of which thing, and the facts.
#[derive(Default)]
struct Apart<'a> {
    things: BTreeMap<&'a str, Vec<Says<'a>>>,
    columns: BTreeMap<&'a str, Vec<Says<'a>>>,
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
                let thing = apart.columns.entry(difference.column).or_default();
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
    let decided = decided(evidence);
    let mut found: BTreeMap<(&AgencyId, usize), Open<'_>> = BTreeMap::new();
    for disagreement in &input.timeline.disagreements {
        for conclusion in &reliance.conclusions {
            let day = decided.get(&conclusion.id).copied();
            let Some((mine, others)) = sides_of(input, disagreement, conclusion, day) else {
                continue;
            };
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
    let found = found.into_iter();
    Ok(found
        .map(|((agency, person), open)| open_finding(evidence, agency, person, open))
        .collect())
}

/// The latest day on which each conclusion was decided.
fn decided<'a>(evidence: &Evidence<'a>) -> BTreeMap<&'a ConclusionId, Day> {
    let input = evidence.input;
    let mut decided: BTreeMap<&ConclusionId, Day> = BTreeMap::new();
    for citation in &input.supplied.citations {
        if let Some(day) = citation.decided_on.end() {
            let last = decided.entry(&citation.conclusion).or_insert(day);
            *last = day.max(*last);
        }
    }
    decided
}

/// The sides that a conclusion cites, and those that differ from all of them; `None` where it cites none, knows of the
/// disagreement, or nobody differed when it was decided.
fn sides_of<'a>(
    input: &Input<'_>,
    disagreement: &'a Disagreement,
    conclusion: &Conclusion,
    day: Option<Day>,
) -> Option<(Vec<&'a Side>, Vec<&'a Side>)> {
    let cited = |side: &&Side| side.fact.is_some_and(|at| conclusion.facts.contains(&at));
    let known = |side: &&Side| {
        let later = side
            .when
            .start()
            .zip(day)
            .is_some_and(|(start, day)| start > day);
        !later && side.fact.is_none_or(|at| input.is_inside(at))
    };
    let sides: Vec<&Side> = disagreement.sides.iter().filter(known).collect();
    let mine: Vec<&Side> = sides.iter().copied().filter(cited).collect();
    let others = sides.iter().copied().filter(|side| {
        let apart = |one: &&Side| one.agency != side.agency && !is_alike(&one.value, &side.value);
        !cited(side) && !mine.is_empty() && mine.iter().all(apart)
    });
    let others: Vec<&Side> = others.collect();
    // a conclusion that cites both sides knows of the disagreement
    let both = mine
        .iter()
        .any(|one| mine.iter().any(|two| !is_alike(&one.value, &two.value)));
    (!others.is_empty() && !both).then_some((mine, others))
}

/// The finding about one cited agency and person.
fn open_finding(
    evidence: &Evidence<'_>,
    agency: &AgencyId,
    person: usize,
    open: Open<'_>,
) -> Finding {
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
}

/// What is gathered for one cited agency and person.
#[derive(Default)]
struct Open<'a> {
    conclusions: BTreeSet<&'a str>,
    things: BTreeMap<&'a str, Vec<Says<'a>>>,
    facts: Vec<usize>,
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
    let things = apart.things.iter().map(|(thing, says)| {
        let said = in_words(evidence, thing, says);
        let thing = thing.replace('_', " ");
        match person {
            Some(at) => format!("{} {thing}: {said}.", possessive(evidence.name(at))),
            None => format!("{}: {said}.", capital(&thing)),
        }
    });
    let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
    let columns = apart.columns.iter().map(|(column, says)| {
        let said = in_words(evidence, column, says);
        format!("{} of one fact{about}: {said}.", of_column(column))
    });
    let things: Vec<String> = things.chain(columns).collect();
    Finding {
        agencies: agencies.iter().map(|id| id.as_str().to_owned()).collect(),
        persons: person.into_iter().collect(),
        value: things.len().to_string(),
        threshold: "1".to_owned(),
        sentence: format!("{} Which holds, and since when?", things.join(" ")),
        facts: apart.facts,
        would_clear: "Ask each of them how it knows and as of when, and record which holds."
            .to_owned(),
        ..Finding::default()
    }
}

/// A column of an entry as it is spoken of.
fn of_column(column: &str) -> &'static str {
    match column {
        "date" => "The date",
        "polarity" => "The tone (strength or concern)",
        "child_seen" => "Whether the child was seen, in the telling",
        "child_seen_alone" => "Whether the child was seen alone, in the telling",
        _ => "The detail",
    }
}

/// Who says what, those who say the same together: "Housing and Police say 1 Low Road; School says 2 High Road".
pub fn in_words(evidence: &Evidence<'_>, thing: &str, says: &[Says<'_>]) -> String {
    let mut groups: Vec<(BTreeSet<&AgencyId>, &str)> = Vec::new();
    let mut says: Vec<Says<'_>> = says.to_vec();
    // the fullest value comes first and stands for all that say no more; never the order of rows
    says.sort_by_key(|(agency, value)| (Reverse(value.map(str::len)), *value, *agency));
    says.dedup();
    let mut more: BTreeSet<&str> = BTreeSet::new();
    for (agency, value) in says {
        let value = value.unwrap_or_default();
        let is_full = groups.len() == MOST_SAID;
        let same = groups
            .iter_mut()
            .find(|(_, known)| value.is_empty() == known.is_empty() && is_alike(value, known));
        match same {
            Some((agencies, _)) => {
                agencies.insert(agency);
            }
            None if is_full => {
                more.insert(value);
            }
            None => groups.push((BTreeSet::from([agency]), value)),
        }
    }
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
            match value.parse::<Day>() {
                Ok(day) => format!("{names} {verb} {}", spoken_day(day)),
                Err(_) => format!("{names} {verb} “{}”", short(value)),
            }
        }
    });
    let mut said: Vec<String> = said.collect();
    if !more.is_empty() {
        said.push(format!(
            "{} more {} given",
            more.len(),
            if more.len() == 1 { "is" } else { "are" }
        ));
    }
    said.join("; ")
}
