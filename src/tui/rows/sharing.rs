//! The rows of sharing: on what basis the facts of each agency and about each person were shared and how it stands, consent
//! and when it ends, handling, what was asked and answered, and what was decided about sharing.

use std::collections::BTreeMap;

use super::{count, heading};
use crate::model::date::{Day, iso};
use crate::model::fact::{BasisStatus, Fact};
use crate::model::phrase::Coded;
use crate::model::supply::Request;
use crate::model::words::RequestResult;
use crate::picture::Picture;
use crate::tui::index::{Index, Row};
use crate::tui::text;
use crate::tui::viewing::is_for_family;

/// Facts by what they are listed under, in the order of the key.
type By<K> = BTreeMap<K, Vec<usize>>;

/// Lays the rows out.
pub fn rows(picture: &Picture, index: &Index) -> Vec<Row> {
    let is_family = is_for_family(picture);
    let mut rows = Vec::new();
    if !is_family {
        overdue(picture, &mut rows);
    }
    by_agency(picture, index, is_family, &mut rows);
    by_person(picture, index, is_family, &mut rows);
    consent(picture, is_family, &mut rows);
    told_and_handling(picture, is_family, &mut rows);
    asked(picture, &mut rows);
    decided(index, &mut rows);
    rows
}

/// Whether a request waits for its answer.
pub fn is_open(request: &Request) -> bool {
    (request.result.is_blank() || request.result.is(RequestResult::NoReply))
        && !request.answered_on.is_known()
}

/// Whether an answer was due before a day and has not come.
pub fn is_overdue(request: &Request, day: Day) -> bool {
    is_open(request) && request.due_on.end().is_some_and(|due| due < day)
}

/// What does not stand, first of all.
fn overdue(picture: &Picture, rows: &mut Vec<Row>) {
    let mut not_standing: By<(u8, &str)> = By::new();
    for (at, fact) in picture.timeline.facts.iter().enumerate() {
        let (rank, words) = match fact.status {
            BasisStatus::Withdrawn => (0, "consent withdrawn: not shared anew"),
            BasisStatus::Expired => (1, "expired: not shared anew"),
            BasisStatus::NotValid => (2, "not valid: refused, or no law on the day"),
            BasisStatus::Unknown => (3, "unknown: nobody recorded enough to tell"),
            BasisStatus::Valid => continue,
        };
        not_standing.entry((rank, words)).or_default().push(at);
    }
    rows.push(heading("Bases that do not stand, or that nobody can tell"));
    if not_standing.is_empty() {
        let words = if picture.timeline.facts.is_empty() {
            "There are no facts."
        } else {
            "Every fact has a basis that stands."
        };
        rows.push(Row::Text(words.to_owned()));
    }
    rows.extend(
        not_standing
            .into_iter()
            .map(|((_, words), facts)| count(words, facts)),
    );
}

/// The codes of a fact and how they stand, in words.
fn basis(picture: &Picture, fact: &Fact, is_family: bool) -> String {
    let codes = fact.basis.join("|");
    let labels = picture.vocabulary.labels(&fact.basis);
    let named = if labels.is_empty() {
        codes
    } else {
        format!("{codes} {labels}")
    };
    if is_family {
        return labels;
    }
    format!("{}: {named}", fact.status.phrase())
}

fn by_agency(picture: &Picture, index: &Index, is_family: bool, rows: &mut Vec<Row>) {
    for agency in index.agencies.iter().filter(|one| !one.facts.is_empty()) {
        let name = picture.supplied.agency_name(&agency.id);
        rows.push(Row::Heading(format!("Basis of what {name} tells")));
        rows.extend(by_basis(picture, &agency.facts, is_family));
    }
}

fn by_basis(picture: &Picture, facts: &[usize], is_family: bool) -> Vec<Row> {
    let mut by: By<(u8, String)> = By::new();
    for at in facts {
        if let Some(fact) = picture.timeline.facts.get(*at) {
            let rank = if is_family { 0 } else { rank(fact.status) };
            let key = (rank, basis(picture, fact, is_family));
            by.entry(key).or_default().push(*at);
        }
    }
    by.into_iter()
        .map(|((_, words), facts)| count(&words, facts))
        .collect()
}

/// What does not stand comes first.
fn rank(status: BasisStatus) -> u8 {
    match status {
        BasisStatus::Withdrawn => 0,
        BasisStatus::Expired => 1,
        BasisStatus::NotValid => 2,
        BasisStatus::Unknown => 3,
        BasisStatus::Valid => 4,
    }
}

/// How the bases stand for each person.
fn by_person(picture: &Picture, index: &Index, is_family: bool, rows: &mut Vec<Row>) {
    if is_family {
        return;
    }
    let persons = super::overview::family(picture).into_iter();
    let mut listed = Vec::new();
    for person in persons {
        let mut by: By<u8> = By::new();
        for at in index.facts_of_person.get(person).into_iter().flatten() {
            if let Some(fact) = picture.timeline.facts.get(*at) {
                by.entry(rank(fact.status)).or_default().push(*at);
            }
        }
        for (_, facts) in by {
            let status = facts.first().and_then(|at| picture.timeline.facts.get(*at));
            let status = status.map_or("", |fact| fact.status.phrase());
            listed.push(count(
                &format!("{}: {status}", picture.person_name(person)),
                facts,
            ));
        }
    }
    if !listed.is_empty() {
        rows.push(heading("Basis by person"));
        rows.extend(listed);
    }
}

/// What is said of consent, and the days on which it ends.
fn consent(picture: &Picture, is_family: bool, rows: &mut Vec<Row>) {
    if is_family {
        return;
    }
    let mut states: By<String> = By::new();
    let mut ends: By<Day> = By::new();
    for (at, fact) in picture.timeline.facts.iter().enumerate() {
        let state = match fact.consent_state.text() {
            "" => "consent: nothing recorded".to_owned(),
            state => format!("consent {state}"),
        };
        states.entry(state).or_default().push(at);
        let entries = fact.entries.iter();
        let entries = entries.filter_map(|at| picture.supplied.entries.get(*at));
        for day in entries.filter_map(|entry| entry.consent.expires_on.end()) {
            let facts = ends.entry(day).or_default();
            if facts.last() != Some(&at) {
                facts.push(at);
            }
        }
    }
    rows.push(heading("Consent, which is one ground among many"));
    rows.extend(
        states
            .into_iter()
            .map(|(words, facts)| count(&words, facts)),
    );
    rows.extend(ends.into_iter().map(|(day, facts)| {
        let words = if day < picture.as_of { "ended" } else { "ends" };
        count(&format!("consent {words} on {}", iso(day)), facts)
    }));
}

fn told_and_handling(picture: &Picture, is_family: bool, rows: &mut Vec<Row>) {
    let mut told: By<String> = By::new();
    let mut handling: By<&str> = By::new();
    for (at, fact) in picture.timeline.facts.iter().enumerate() {
        told.entry(text::told(&fact.told)).or_default().push(at);
        for rule in &fact.handling {
            handling.entry(Coded::text(rule)).or_default().push(at);
        }
    }
    rows.push(heading("Whether the family was told that it was shared"));
    rows.extend(told.into_iter().map(|(words, facts)| {
        let words = if words.is_empty() {
            "not recorded"
        } else {
            &words
        };
        count(words, facts)
    }));
    if !handling.is_empty() && !is_family {
        rows.push(heading("Handling: what the receiver may do with it"));
        rows.extend(
            handling
                .into_iter()
                .map(|(words, facts)| count(words, facts)),
        );
    }
}

/// Requests, those overdue first, then those open; and consultations.
fn asked(picture: &Picture, rows: &mut Vec<Row>) {
    let requests = &picture.supplied.requests;
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|at| {
        let request = requests.get(*at);
        let is = |of: &dyn Fn(&Request) -> bool| request.is_some_and(of);
        (
            !is(&|one| is_overdue(one, picture.as_of)),
            !is(&|one| is_open(one)),
            *at,
        )
    });
    let late = requests
        .iter()
        .filter(|one| is_overdue(one, picture.as_of))
        .count();
    let open = requests.iter().filter(|one| is_open(one)).count();
    if !requests.is_empty() {
        rows.push(Row::Heading(format!(
            "Requests ({}: {open} open, {late} overdue)",
            requests.len()
        )));
        rows.extend(order.into_iter().map(Row::Request));
    } else if !is_for_family(picture) {
        rows.push(heading("Requests: none. R asks an agency something"));
    }
    let consultations = picture.supplied.consultations.len();
    if consultations > 0 {
        rows.push(Row::Heading(format!("Consultations ({consultations})")));
        rows.extend((0..consultations).map(Row::Consultation));
    }
}

/// Decisions to share or not that stand, the newest first.
fn decided(index: &Index, rows: &mut Vec<Row>) {
    if index.seen.is_some() {
        return;
    }
    let all = index.decisions.iter().enumerate();
    let shared = all.filter(|(_, one)| one.share.is_some() && one.stands());
    let mut shared: Vec<Row> = shared.map(|(at, _)| Row::Decision(at)).collect();
    shared.reverse();
    rows.push(Row::Heading(match shared.len() {
        0 => "Decided to share or not: nothing yet. S on a fact asks".to_owned(),
        count => format!("Decided to share or not ({count})"),
    }));
    rows.extend(shared);
}
