//! The flag about a rhythm that broke off: broken-pattern.

use std::collections::{BTreeMap, BTreeSet};

use super::kin::{facts_about, families};
use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::id::AgencyId;
use crate::model::phrase::fold;
use crate::model::words::{AgencyKind, Kind, RequestResult};
use crate::reliance::Reliance;
use crate::reliance::absence::is_explained;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, is_plural, number, possessive, spoken, spoken_day};
use crate::reliance::thresholds::{PATTERN_DAYS, PATTERN_FACTS, PATTERN_TIMES};

/// Agencies that see to a person's health.
const HEALTH: [AgencyKind; 8] = [
    AgencyKind::Gp,
    AgencyKind::HealthVisiting,
    AgencyKind::Midwifery,
    AgencyKind::Hospital,
    AgencyKind::SchoolNursing,
    AgencyKind::MentalHealth,
    AgencyKind::ChildMentalHealth,
    AgencyKind::SubstanceUse,
];
/// Agencies from which a child can be absent.
const SCHOOL: [AgencyKind; 3] = [
    AgencyKind::School,
    AgencyKind::EarlyYears,
    AgencyKind::EducationWelfare,
];

/// An agency that told of a family regularly has fallen silent, or a child was absent, a health appointment was missed and
/// somebody did not reply within one month.
pub fn broken(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let mut facts = evidence.input.timeline.facts.iter();
    if facts.all(|fact| fact.when.exact().is_none()) {
        return Err("no entries dated to the day supplied");
    }
    let families = families(evidence);
    let found = families.iter().flat_map(|family| {
        let facts = facts_about(evidence, family);
        let mut found = silences(evidence, family, &facts);
        found.extend(three_at_once(evidence, family, &facts));
        found
    });
    Ok(found.collect())
}

/// The agencies that told of the family and then, for much longer than they used to, did not.
fn silences(evidence: &Evidence<'_>, family: &[usize], facts: &[usize]) -> Vec<Finding> {
    let input = evidence.input;
    let mut told: BTreeMap<&AgencyId, Vec<(Day, usize)>> = BTreeMap::new();
    for at in facts {
        let Some(fact) = input.timeline.facts.get(*at) else {
            continue;
        };
        let day = fact.when.exact().filter(|day| *day <= input.as_of);
        for (agency, day) in fact.agencies.iter().filter_map(|id| Some((id, day?))) {
            told.entry(agency).or_default().push((day, *at));
        }
    }
    let least = evidence.limit(&PATTERN_FACTS);
    let times = evidence.limit(&PATTERN_TIMES);
    let found = told.into_iter().filter_map(|(agency, mut told)| {
        told.sort_unstable();
        let days: BTreeSet<Day> = told.iter().map(|(day, _)| *day).collect();
        let (last, at) = *told.last()?;
        let usual = median_gap(&days)?;
        let gap = (input.as_of - last).num_days();
        let long = gap as f64 > times * usual && told.len() as f64 >= least;
        (long && is_open(evidence, agency, family, last))
            .then(|| silence(evidence, family, agency, (gap, usual), (last, at)))
    });
    found.collect()
}

/// The median of the days between one day and the next.
fn median_gap(days: &BTreeSet<Day>) -> Option<f64> {
    let next = days.iter().skip(1);
    let mut gaps: Vec<i64> = days
        .iter()
        .zip(next)
        .map(|(one, other)| (*other - *one).num_days())
        .collect();
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    let upper = *gaps.get(middle)? as f64;
    let lower = *gaps.get(middle.checked_sub(1).unwrap_or(middle))? as f64;
    Some(if gaps.len() % 2 == 1 {
        upper
    } else {
        f64::midpoint(lower, upper)
    })
}

/// Whether nothing says why the agency tells nothing since a day: its work with the family ended, its export covers no
/// more, or it answered.
fn is_open(evidence: &Evidence<'_>, agency: &AgencyId, family: &[usize], last: Day) -> bool {
    let input = evidence.input;
    let mut rows = input.supplied.involvements.iter().filter(|row| {
        let person = evidence.person(&row.record);
        row.involved.as_ref() == Some(agency)
            && person.is_some_and(|p| family.binary_search(&p).is_ok())
    });
    let ended = rows.clone().next().is_some()
        && rows.all(|row| row.to.end().is_some_and(|day| day < input.as_of));
    let since = (last.succ_opt().unwrap_or(last), input.as_of);
    // what the export covers ends before the silence can be told from the end of the data
    let mut coverage = input
        .supplied
        .coverage
        .iter()
        .filter(|row| row.agency == *agency);
    let cut = coverage.clone().next().is_some()
        && coverage.all(|row| row.to.end().is_some_and(|day| day <= last));
    let mut persons = family.iter();
    !ended && !cut && !persons.any(|person| is_explained(evidence, agency, *person, since))
}

fn silence(
    evidence: &Evidence<'_>,
    family: &[usize],
    agency: &AgencyId,
    (gap, usual): (i64, f64),
    (last, at): (Day, usize),
) -> Finding {
    let supplied = evidence.input.supplied;
    let name = supplied.agency_name(agency);
    let fact = evidence.input.timeline.facts.get(at);
    let persons = fact.map_or(&[][..], |fact| &fact.persons).iter().copied();
    let persons: Vec<usize> = persons
        .filter(|p| family.binary_search(p).is_ok())
        .collect();
    let whom: Vec<&str> = persons
        .iter()
        .map(|person| evidence.name(*person))
        .collect();
    let rows = supplied.coverage.iter();
    let covered = rows.filter(|row| row.agency == *agency);
    let covered = covered.map(|row| row.to.end().unwrap_or(evidence.input.as_of));
    let state = match covered.max() {
        None => "what its export covers is not recorded".to_owned(),
        Some(day) => format!(
            "its export covers the time to {}, and nothing newer was found",
            spoken_day(day)
        ),
    };
    Finding {
        direction: "under",
        agencies: vec![agency.as_str().to_owned()],
        value: gap.to_string(),
        threshold: number(evidence.limit(&PATTERN_TIMES) * usual),
        sentence: format!(
            "{name} used to tell something about this family about every {}; the last is from {}, {} ago, about {} ({state}). Has anything changed?",
            counted(usual.round().max(1.0) as usize, "day").replace("1 day", "day"),
            spoken_day(last),
            counted(gap.max(0) as usize, "day"),
            spoken(&whom)
        ),
        persons,
        facts: vec![at],
        would_clear: format!(
            "Ask {name} whether there is anything since {}, or record why {} {} nothing.",
            spoken_day(last),
            if is_plural(name) { "they" } else { "it" },
            if is_plural(name) { "have" } else { "has" }
        ),
        ..Finding::default()
    }
}

/// An absence, a missed health appointment and no reply within the days: the latest such time.
fn three_at_once(evidence: &Evidence<'_>, family: &[usize], facts: &[usize]) -> Option<Finding> {
    let input = evidence.input;
    let mut absent = Vec::new();
    let mut missed = Vec::new();
    let mut silent: Vec<(Day, Option<usize>)> = Vec::new();
    for at in facts {
        let fact = input.timeline.facts.get(*at)?;
        let Some(day) = fact.when.start().filter(|day| *day <= input.as_of) else {
            continue;
        };
        let entries = fact.entries.iter();
        for entry in entries.filter_map(|entry| input.supplied.entries.get(*entry)) {
            match break_of(evidence, entry) {
                Some(Break::Absence) => absent.push((day, *at)),
                Some(Break::Appointment) => missed.push((day, *at)),
                Some(Break::NoReply) => silent.push((day, Some(*at))),
                None => {}
            }
        }
    }
    silent.extend(
        unanswered(evidence, family)
            .into_iter()
            .map(|day| (day, None)),
    );
    silent.sort_unstable();
    let days = evidence.limit(&PATTERN_DAYS);
    let near = |one: Day, other: Day| (one - other).num_days().abs() as f64 <= days;
    // the latest of each that lie within the days of each other
    for (day, absence) in absent.iter().rev() {
        for (on, appointment) in missed.iter().rev().filter(|(on, _)| near(*on, *day)) {
            let mut silent = silent.iter().rev();
            let third = silent.find(|(when, _)| near(*when, *day) && near(*when, *on));
            if let Some((when, reply)) = third {
                let facts = [Some(*absence), Some(*appointment), *reply];
                let facts: Vec<usize> = facts.into_iter().flatten().collect();
                let span = [*day, *on, *when];
                return Some(at_once(evidence, family, facts, span));
            }
        }
    }
    None
}

/// What broke.
enum Break {
    Absence,
    Appointment,
    NoReply,
}

fn break_of(evidence: &Evidence<'_>, entry: &Entry) -> Option<Break> {
    let kind = evidence.input.supplied.agency(entry.agency())?.kind;
    let category = fold(&entry.category);
    let is = |words: &[&str]| words.iter().any(|word| category.contains(word));
    let missed = entry.kind.is(Kind::MissedContact);
    if is(&["absen", "missingeducation", "truan"]) || (missed && SCHOOL.contains(&kind)) {
        return Some(Break::Absence);
    }
    if is(&["noreply", "noanswer", "noaccess", "noresponse"]) {
        return Some(Break::NoReply);
    }
    if is(&["missedappointment", "notbrought", "didnotattend"])
        || (missed && HEALTH.contains(&kind))
    {
        return Some(Break::Appointment);
    }
    missed.then_some(Break::NoReply)
}

/// The days on which something was asked about the family that nobody answered.
fn unanswered(evidence: &Evidence<'_>, family: &[usize]) -> Vec<Day> {
    let input = evidence.input;
    let requests = input.supplied.requests.iter().filter(|request| {
        let mut whom = request.records.iter().filter_map(|id| evidence.person(id));
        let about = whom.any(|person| family.binary_search(&person).is_ok());
        let none = matches!(request.result.known(), None | Some(RequestResult::NoReply));
        about && none && !request.answered_on.is_known()
    });
    let days = requests.filter_map(|request| request.asked_on.start());
    days.filter(|day| *day <= input.as_of).collect()
}

fn at_once(
    evidence: &Evidence<'_>,
    family: &[usize],
    facts: Vec<usize>,
    mut span: [Day; 3],
) -> Finding {
    let input = evidence.input;
    span.sort_unstable();
    let [first, _, last] = span;
    let told = || facts.iter().filter_map(|at| input.timeline.facts.get(*at));
    let persons: BTreeSet<usize> = told()
        .flat_map(|fact| &fact.persons)
        .copied()
        .filter(|person| family.binary_search(person).is_ok())
        .collect();
    let whom: Vec<String> = persons
        .iter()
        .map(|p| evidence.name(*p).to_owned())
        .collect();
    let agencies = told().flat_map(|fact| &fact.agencies);
    let agencies: BTreeSet<String> = agencies.map(|id| id.as_str().to_owned()).collect();
    let days = (last - first).num_days();
    Finding {
        agencies: agencies.into_iter().collect(),
        persons: persons.into_iter().collect(),
        value: days.to_string(),
        threshold: number(evidence.limit(&PATTERN_DAYS)),
        sentence: format!(
            "An absence, a missed health appointment and a question or visit without a reply lie within {} of each other, up to {}, in the family of {}. What was going on?",
            counted(days.max(1) as usize, "day"),
            spoken_day(last),
            spoken(&whom)
        ),
        facts,
        would_clear: format!(
            "Ask the family and the agencies about {} time, and record what they say.",
            possessive(&first.format("%B %Y").to_string())
        ),
        ..Finding::default()
    }
}
