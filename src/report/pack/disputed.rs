//! What only one source says though it matters, and what agencies say differently.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Pack;
use super::document::{Grid, Section};
use super::words::{join, sentence, when};
use crate::model::fact::{Disagreement, Fact, Side};

/// What is uncorroborated or disputed.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("disputed", "Uncorroborated or disputed");
    disagreements(pack, &mut section);
    lone(pack, &mut section);
    section
}

/// What agencies say differently: what it is about, of whom, and each thing said with those who say it.
struct Dispute {
    slot: String,
    persons: Vec<String>,
    told: Vec<(String, BTreeSet<String>)>,
}

/// The disagreements that may be shown; those with the same sides are one, about several people.
fn disputes(pack: &Pack<'_>) -> Vec<Dispute> {
    let mut found: Vec<Dispute> = Vec::new();
    for disagreement in &pack.view.picture.timeline.disagreements {
        let Some(name) = pack.index.name(disagreement.person) else {
            continue;
        };
        let shown = disagreement.sides.iter().filter(|side| shows(pack, side));
        let mut by_value: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for side in shown {
            let said = by_value.entry(said(pack, disagreement, side)).or_default();
            said.insert(by_whom(pack, side));
        }
        if by_value.len() < 2 {
            continue;
        }
        let told: Vec<_> = by_value.into_iter().collect();
        let mut same = found.iter_mut();
        match same.find(|other| other.slot == disagreement.slot && other.told == told) {
            Some(same) => same.persons.push(name.to_owned()),
            None => found.push(Dispute {
                slot: disagreement.slot.clone(),
                persons: vec![name.to_owned()],
                told,
            }),
        }
    }
    found
}

/// Who says it, of which time, and in which line.
fn by_whom(pack: &Pack<'_>, side: &Side) -> String {
    let mut told = pack.agency(&side.agency).to_owned();
    if side.when.is_known() {
        let _ = write!(told, ", {}", when(&side.when));
    }
    let fact = side
        .fact
        .and_then(|at| pack.view.picture.timeline.facts.get(at));
    if let Some(channel) = fact
        .map(|fact| fact.channel.text())
        .filter(|text| !text.is_empty())
    {
        let _ = write!(told, ", from {channel}");
    }
    if let Some(line) = side.fact.and_then(|fact| pack.index.line(fact)) {
        let _ = write!(told, ", line {line}");
    }
    told
}

fn disagreements(pack: &Pack<'_>, section: &mut Section) {
    let mut table = Grid::new(
        "disputed",
        "Agencies say different things of the same person over the same time.",
        &[
            "About",
            "What is said, and by whom",
            "Settled at the meeting",
        ],
    );
    for dispute in disputes(pack) {
        let told = dispute.told.into_iter().map(|(value, by)| {
            let by: Vec<String> = by.into_iter().collect();
            format!("{value} ({})", by.join("; "))
        });
        table.rows.push(vec![
            format!("{}: {}", join(&dispute.persons), dispute.slot),
            told.collect::<Vec<_>>().join("\n"),
            String::new(),
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

/// What the first page says of it: each dispute in one line, those about where somebody lives in one together.
pub fn in_short(pack: &Pack<'_>) -> Vec<String> {
    let (homes, others): (Vec<Dispute>, Vec<Dispute>) = disputes(pack)
        .into_iter()
        .partition(|dispute| dispute.slot == "address");
    let mut lines: Vec<String> = others
        .into_iter()
        .map(|dispute| {
            let told = dispute.told.iter().map(|(value, by)| {
                let by: Vec<&str> = by.iter().map(String::as_str).collect();
                format!("{value} ({})", by.join("; "))
            });
            let told: Vec<String> = told.collect();
            format!(
                "Disputed, {}, {}: {}.",
                join(&dispute.persons),
                dispute.slot,
                told.join(" against ")
            )
        })
        .collect();
    let persons: BTreeSet<String> = homes.into_iter().flat_map(|home| home.persons).collect();
    let persons: Vec<String> = persons.into_iter().collect();
    if !persons.is_empty() {
        lines.push(format!(
            "Disputed, the address of {}: see \u{201c}Disputed\u{201d}.",
            join(&persons)
        ));
    }
    lines
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

/// By agency the lines that matter and that nobody else has told; their words stand in the chronology.
fn lone(pack: &Pack<'_>, section: &mut Section) {
    let facts = &pack.view.picture.timeline.facts;
    let is_cited = |fact: &Fact| !fact.cited_by.is_empty();
    let matters = |fact: &Fact| fact.significance.is_some_and(|level| level >= 3) || is_cited(fact);
    let mut by_agency: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for at in pack.printed() {
        let fact = facts
            .get(at)
            .filter(|fact| fact.origins_high <= 1 && matters(fact));
        if let Some(fact) = fact {
            let [cited, left] = by_agency
                .entry(pack.agency(&fact.first_agency))
                .or_default();
            if is_cited(fact) { cited } else { left }.push(at);
        }
    }
    let mut table = Grid::new(
        "uncorroborated",
        if pack.is_for_own() {
            "Lines of the chronology that matter and that only one origin tells. It may well be so; nobody else has said it."
        } else {
            "Lines of the chronology that matter and that only one origin tells, as far as it may be shown here. It may well be so."
        },
        &[
            "Agency",
            "Relied on in the draft",
            "Of the highest significance, not relied on",
        ],
    );
    for (agency, [cited, left]) in by_agency {
        table.rows.push(vec![
            agency.to_owned(),
            sentence(&pack.index.lines(&cited)),
            sentence(&pack.index.lines(&left)),
        ]);
    }
    section.head("From one origin only");
    if table.rows.is_empty() {
        section.say("No line of this chronology that matters rests on one origin alone.");
    } else {
        section.table(table);
    }
}
