//! Who holds what: for each agency how much it tells, how recent that is, and how its basis stands.

use super::Pack;
use super::document::{Grid, Section};
use super::words::day;
use crate::model::agency::Agency;
use crate::model::basis::{NOT_MAPPED, NOT_RECORDED};
use crate::model::date::Day;
use crate::model::fact::{Fact, Origin};
use crate::model::words::YesNo;

/// The column that says when an agency last saw a child.
const SEEN: &str = "Child last seen";

/// Who holds what.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("holders", "Who holds what");
    let picture = pack.view.picture;
    let shown: Vec<&Fact> = pack
        .facts()
        .into_iter()
        .filter_map(|at| picture.timeline.facts.get(at))
        .collect();
    let mut table = Grid::new(
        "who-holds-what",
        "Facts that may be shown here, how recent they are, how many have no recorded basis, and how many the draft relies on. \u{201c}First to know\u{201d} counts those that the agency observed or was told itself, and did not pass on.",
        &[
            "Agency",
            "Tells",
            "First to know",
            "Last fact",
            SEEN,
            "No basis",
            "Relied on",
        ],
    );
    if !pack.is_for_own() {
        // of another agency what is newest may be what is held back
        table.columns.retain(|column| *column != SEEN);
        section.say("Counts and dates are of what may be shown here. An agency may hold more, and newer: please ask it.");
    }
    let known = pack.known_agencies();
    let agencies = picture.supplied.agencies.iter();
    for agency in agencies.filter(|agency| agency.supplied && known.contains(&agency.id)) {
        table.rows.push(row(pack, agency, &shown));
    }
    section.table(table);
    section
}

/// The first day on which a fact can have happened.
fn began(fact: &Fact) -> Option<Day> {
    fact.when.start().or(fact.when.end())
}

fn saw_child(pack: &Pack<'_>, fact: &Fact) -> bool {
    let entries = &pack.view.picture.supplied.entries;
    fact.entries
        .iter()
        .filter_map(|&at| entries.get(at))
        .any(|entry| entry.child_seen.is(YesNo::Yes))
}

fn row(pack: &Pack<'_>, agency: &Agency, shown: &[&Fact]) -> Vec<String> {
    let told: Vec<&&Fact> = shown
        .iter()
        .filter(|fact| fact.agencies.contains(&agency.id))
        .collect();
    let origin = Origin::Agency(agency.id.clone());
    let first = told
        .iter()
        .filter(|fact| fact.origins.contains(&origin))
        .count();
    // an address that holds until today is not news of today
    let begun = told.iter().filter_map(|fact| began(fact));
    let last = begun.filter(|day| !pack.is_ahead(*day)).max();
    let seen = told
        .iter()
        .filter(|fact| saw_child(pack, fact))
        .filter_map(|fact| began(fact))
        .filter(|day| !pack.is_ahead(*day))
        .max();
    let bare = told
        .iter()
        .filter(|fact| {
            fact.basis
                .iter()
                .all(|code| matches!(&**code, NOT_RECORDED | NOT_MAPPED))
        })
        .count();
    let cited = told.iter().filter(|fact| !fact.cited_by.is_empty()).count();
    let mut row = vec![
        agency.name.clone(),
        told.len().to_string(),
        first.to_string(),
        last.map_or_else(|| "none dated".to_owned(), day),
    ];
    if pack.is_for_own() {
        row.push(seen.map_or_else(|| "not recorded".to_owned(), day));
    }
    row.extend([bare.to_string(), cited.to_string()]);
    row
}
