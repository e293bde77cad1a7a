//! The sources: what each agency's export covers, so that silence can be told from no data.

use super::Pack;
use super::document::{Grid, Section};
use super::words::{or_dash, when};
use crate::model::agency::Agency;
use crate::model::supply::Coverage;
use crate::model::words::YesNo;

/// The sources with their coverage.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("sources", "Sources and what they cover");
    let supplied = &pack.view.picture.supplied;
    let facts = &pack.view.picture.timeline.facts;
    let shown = pack.facts();
    let mut table = Grid::new(
        "sources",
        "Each agency: what it sent, over what time, and when it was last brought up to date.",
        &["Agency", "Facts here", "Covers", "Up to date to", "Note"],
    );
    let known = pack.known_agencies();
    for agency in &supplied.agencies {
        let coverage = supplied.coverage.iter();
        let coverage: Vec<&Coverage> = coverage.filter(|of| of.agency == agency.id).collect();
        if known.contains(&agency.id) && (agency.supplied || !coverage.is_empty()) {
            let shown = shown.iter().filter_map(|&at| facts.get(at));
            let told = shown
                .filter(|fact| fact.agencies.contains(&agency.id))
                .count();
            table.rows.push(row(agency, &coverage, told));
        }
    }
    section.table(table);
    section.say("Silence outside the time that an export covers says nothing about the family.");
    section
}

fn row(agency: &Agency, coverage: &[&Coverage], told: usize) -> Vec<String> {
    let said = |lines: Vec<String>| {
        if lines.is_empty() {
            "not said".to_owned()
        } else {
            lines.join("\n")
        }
    };
    let covers = coverage
        .iter()
        .map(|of| format!("{} to {}", or_dash(&of.from), or_dash(&of.to)));
    let synchronised = coverage.iter().map(|of| &of.last_synchronised);
    let synchronised = synchronised.filter(|date| date.is_known()).map(when);
    let mut notes: Vec<String> = Vec::new();
    if !agency.supplied {
        notes.push("No export came.".to_owned());
    }
    if coverage.iter().any(|of| of.records_available.is(YesNo::No)) {
        notes.push("Records are not available.".to_owned());
    }
    let explained = coverage.iter().map(|of| of.explanation.trim().to_owned());
    notes.extend(explained.filter(|note| !note.is_empty()));
    vec![
        agency.name.clone(),
        told.to_string(),
        said(covers.collect()),
        said(synchronised.collect()),
        notes.join("\n"),
    ]
}
