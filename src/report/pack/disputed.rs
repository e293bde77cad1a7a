//! What only one source says though it matters, and what agencies say differently.

use std::collections::{BTreeMap, BTreeSet};

use super::Pack;
use super::chronology;
use super::document::{Grid, Section};
use super::words::when;
use crate::model::fact::{Disagreement, Fact, Side};

/// What is uncorroborated or disputed.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("disputed", "Uncorroborated or disputed");
    disagreements(pack, &mut section);
    lone(pack, &mut section);
    section
}

fn disagreements(pack: &Pack<'_>, section: &mut Section) {
    let mut table = Grid::new(
        "disputed",
        "Agencies say different things of the same person over the same time.",
        &["About", "What is said, and by whom"],
    );
    for disagreement in &pack.view.picture.timeline.disagreements {
        let shown = disagreement.sides.iter().filter(|side| shows(pack, side));
        let mut by_value: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for side in shown {
            let when = if side.when.is_known() {
                format!(", {}", when(&side.when))
            } else {
                String::new()
            };
            let told = format!("{}{when}", pack.agency(&side.agency));
            by_value
                .entry(said(pack, disagreement, side))
                .or_default()
                .insert(told);
        }
        let Some(person) = pack
            .view
            .person(disagreement.person)
            .filter(|_| by_value.len() > 1)
        else {
            continue;
        };
        let told = by_value.iter().map(|(value, by)| {
            let by: Vec<&str> = by.iter().map(String::as_str).collect();
            format!("{value} ({})", by.join("; "))
        });
        let told: Vec<String> = told.collect();
        table.rows.push(vec![
            format!("{}: {}", person.name, disagreement.slot),
            told.join("\n"),
        ]);
    }
    section.head("Disputed");
    if table.rows.is_empty() {
        section.say(
            "No two agencies say different things of one person, as far as it may be shown here.",
        );
    } else {
        section.table(table);
    }
}

fn shows(pack: &Pack<'_>, side: &Side) -> bool {
    side.fact.is_some_and(|fact| pack.view.shows(fact))
        || side
            .record
            .is_some_and(|record| pack.view.shows_record(record))
}

/// What a side says; an address that is protected is not read out.
fn said(pack: &Pack<'_>, disagreement: &Disagreement, side: &Side) -> String {
    let guard = &pack.view.picture.guard;
    let protected = side
        .record
        .is_some_and(|record| guard.records.get(record).copied().unwrap_or(false))
        || side
            .fact
            .is_some_and(|fact| guard.facts.get(fact).is_some_and(|exposed| exposed.detail));
    if protected && disagreement.slot == "address" {
        "a protected address, not printed".to_owned()
    } else {
        side.value.clone()
    }
}

fn lone(pack: &Pack<'_>, section: &mut Section) {
    let facts = &pack.view.picture.timeline.facts;
    let matters = |fact: &Fact| {
        fact.significance.is_some_and(|level| level >= 3) || !fact.cited_by.is_empty()
    };
    let lone = pack
        .printed()
        .into_iter()
        .filter_map(|at| facts.get(at))
        .filter(|fact| fact.origins_high <= 1 && matters(fact));
    let mut table = Grid::new(
        "uncorroborated",
        "Relied on in the draft or of the highest significance, and from one origin only. It may well be so; nobody else has said it.",
        &["When", "Agency", "What", "Relied on"],
    );
    for fact in lone {
        let entries = chronology::entries(pack, fact);
        table.rows.push(vec![
            when(&fact.when),
            pack.agency(&fact.first_agency).to_owned(),
            chronology::first(&entries, |entry| &entry.text).to_owned(),
            if fact.cited_by.is_empty() {
                "no"
            } else {
                "yes"
            }
            .to_owned(),
        ]);
    }
    section.head("From one origin only");
    if table.rows.is_empty() {
        section.say("Nothing significant rests on one origin alone.");
    } else {
        section.table(table);
    }
}
