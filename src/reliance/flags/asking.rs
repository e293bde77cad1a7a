//! The flag about an agency that would be expected to know a person and that nobody asked: not-asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Judged};
use crate::model::entry::Entry;
use crate::model::phrase::Phrase;
use crate::model::words::{AgencyKind, Role};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{capital, number};
use crate::reliance::thresholds::{ASKED_SCHOOL_FROM, ASKED_SCHOOL_UNTIL, ASKED_YOUNG_UNTIL};

/// The services that would know a young child, and those that would know a child of school age.
const YOUNG: [AgencyKind; 2] = [AgencyKind::HealthVisiting, AgencyKind::Gp];
const SCHOOL: [AgencyKind; 2] = [AgencyKind::School, AgencyKind::SchoolNursing];

/// Services for needs of adults, and further words of `category` and `domain` that name the need.
const NEEDS: [(AgencyKind, &[&str]); 3] = [
    (
        AgencyKind::SubstanceUse,
        &["substance", "alcohol", "drugs", "alcohol use", "drug use"],
    ),
    (
        AgencyKind::MentalHealth,
        &[
            "mental ill health",
            "mental illness",
            "parental mental health",
        ],
    ),
    (
        AgencyKind::DomesticAbuse,
        &[
            "domestic incident",
            "family violence",
            "domestic and family violence",
        ],
    ),
];

/// An agency is expected for a child's age or an adult's known need, and there is no entry, request or coverage of it.
pub fn not_asked(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let people = &evidence.input.people.persons;
    if people.iter().all(|person| person.births.is_empty()) {
        return Err("no dates of birth supplied");
    }
    let mut found = Vec::new();
    for person in 0..people.len() {
        if evidence.is_child(person) {
            let Some(age) = evidence.age(person) else {
                continue;
            };
            let missing = expected(evidence, person, f64::from(age));
            let why = format!("who is {age}");
            let one = |kind| finding(evidence, person, kind, &why, Vec::new());
            found.extend(missing.into_iter().map(one));
        }
    }
    for ((person, kind), facts) in needs(evidence) {
        if !is_known(evidence, person, kind) {
            let why = "about whom an entry names that need";
            found.push(finding(evidence, person, kind, why, facts));
        }
    }
    Ok(found)
}

/// The services expected for a child of an age of which there is no trace. In the year in which a child may be with
/// either set of services, either set will do.
fn expected(evidence: &Evidence<'_>, person: usize, age: f64) -> Vec<AgencyKind> {
    let young = age >= 0.0 && age <= evidence.limit(&ASKED_YOUNG_UNTIL);
    let school =
        age >= evidence.limit(&ASKED_SCHOOL_FROM) && age <= evidence.limit(&ASKED_SCHOOL_UNTIL);
    let missing = |set: [AgencyKind; 2]| {
        let missing = set
            .into_iter()
            .filter(|kind| !is_known(evidence, person, *kind));
        missing.collect::<Vec<_>>()
    };
    match (young, school) {
        (true, true) => {
            let (young, school) = (missing(YOUNG), missing(SCHOOL));
            if young.len() < school.len() {
                young
            } else {
                school
            }
        }
        (true, false) => missing(YOUNG),
        (false, true) => missing(SCHOOL),
        (false, false) => Vec::new(),
    }
}

/// Whether an agency of a kind told of the person, was asked, or says what it covers.
fn is_known(evidence: &Evidence<'_>, person: usize, kind: AgencyKind) -> bool {
    let supplied = evidence.input.supplied;
    let mut agencies = supplied
        .agencies
        .iter()
        .filter(|agency| agency.kind == kind);
    agencies.any(|agency| {
        evidence.told(&agency.id, person).is_some()
            || evidence.requests(&agency.id, person).next().is_some()
            || supplied.coverage.iter().any(|row| row.agency == agency.id)
    })
}

/// Needs of adults that an entry names in its category or domain, with the facts. Words in the text say nothing.
fn needs(evidence: &Evidence<'_>) -> BTreeMap<(usize, AgencyKind), Vec<usize>> {
    let input = evidence.input;
    let mut found: BTreeMap<(usize, AgencyKind), Vec<usize>> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        if !input.is_inside(at) {
            continue;
        }
        let entries = fact.entries.iter();
        let entries = entries.filter_map(|entry| input.supplied.entries.get(*entry));
        let kinds: BTreeSet<AgencyKind> = entries.flat_map(named).collect();
        for kind in kinds {
            for person in fact.persons.iter().filter(|at| is_adult(evidence, **at)) {
                found.entry((*person, kind)).or_default().push(at);
            }
        }
    }
    found
}

fn named(entry: &Entry) -> impl Iterator<Item = AgencyKind> + '_ {
    let words = entry.domains.iter().chain([&entry.category]);
    words.filter(|word| !word.is_empty()).filter_map(|word| {
        let mut needs = NEEDS.iter();
        let need = needs.find(|(kind, words)| {
            let is =
                |other: &str| crate::model::phrase::fold(other) == crate::model::phrase::fold(word);
            AgencyKind::read(word) == Some(*kind) || words.iter().any(|other| is(other))
        });
        need.map(|(kind, _)| *kind)
    })
}

fn is_adult(evidence: &Evidence<'_>, person: usize) -> bool {
    let roles = evidence.input.people.persons.get(person);
    let roles = roles.map_or(&[][..], |person| &person.roles);
    let grown = |role: &Role| {
        !matches!(
            role,
            Role::Child | Role::Sibling | Role::Professional | Role::Reporter
        )
    };
    let by_role = !roles.is_empty() && roles.iter().all(grown);
    evidence.age(person).map_or(by_role, |age| age >= 18) && !evidence.is_stranger(person)
}

fn finding(
    evidence: &Evidence<'_>,
    person: usize,
    kind: AgencyKind,
    why: &str,
    facts: Vec<usize>,
) -> Finding {
    let service = service(kind);
    let name = evidence.name(person);
    let mut agencies = evidence.input.supplied.agencies.iter();
    let agency = agencies.find(|agency| agency.kind == kind && agency.supplied);
    let state = match agency {
        Some(agency) => format!(
            "{} supplied data, and nothing about {name} was found",
            agency.name
        ),
        None => "no data was supplied".to_owned(),
    };
    Finding {
        direction: "under",
        agencies: vec![
            agency.map_or_else(|| kind.phrase().to_owned(), |a| a.id.as_str().to_owned()),
        ],
        persons: vec![person],
        value: number(0.0),
        threshold: "1".to_owned(),
        sentence: format!(
            "{} would usually know {name}, {why}: {state}, and no request is recorded. Should it be asked?",
            capital(service)
        ),
        facts,
        would_clear: format!("Ask {service} about {name}, or record why that is not needed."),
        ..Finding::default()
    }
}

/// A service as it is spoken of.
fn service(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::HealthVisiting => "the health visiting service",
        AgencyKind::Gp => "a general practice",
        AgencyKind::School => "a school",
        AgencyKind::SchoolNursing => "the school nursing service",
        AgencyKind::SubstanceUse => "a drug and alcohol service",
        AgencyKind::MentalHealth => "a mental health service",
        AgencyKind::DomesticAbuse => "a domestic abuse service",
        _ => "a service",
    }
}
