//! The sources: what each agency's export covers, so that silence can be told from no data.

use super::Pack;
use super::document::{Grid, Section};
use super::words::{or_dash, when};
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
        &[
            "Agency",
            "Facts shown here",
            "Covers",
            "Last brought up to date",
            "Note",
        ],
    );
    for agency in &supplied.agencies {
        let coverage: Vec<&Coverage> = supplied
            .coverage
            .iter()
            .filter(|of| of.agency == agency.id)
            .collect();
        if !agency.supplied && coverage.is_empty() {
            continue;
        }
        let told = shown
            .iter()
            .filter_map(|&at| facts.get(at))
            .filter(|fact| fact.agencies.contains(&agency.id))
            .count();
        let covers: Vec<String> = coverage
            .iter()
            .map(|of| format!("{} to {}", or_dash(&of.from), or_dash(&of.to)))
            .collect();
        let synchronised: Vec<String> = coverage
            .iter()
            .filter(|of| of.last_synchronised.is_known())
            .map(|of| when(&of.last_synchronised))
            .collect();
        let mut notes: Vec<String> = Vec::new();
        if !agency.supplied {
            notes.push("No export came.".to_owned());
        }
        if coverage.iter().any(|of| of.records_available.is(YesNo::No)) {
            notes.push("Records are not available.".to_owned());
        }
        notes.extend(
            coverage
                .iter()
                .map(|of| of.explanation.trim().to_owned())
                .filter(|note| !note.is_empty()),
        );
        table.rows.push(vec![
            agency.name.clone(),
            told.to_string(),
            if covers.is_empty() {
                "not said".to_owned()
            } else {
                covers.join("\n")
            },
            if synchronised.is_empty() {
                "not said".to_owned()
            } else {
                synchronised.join("\n")
            },
            notes.join("\n"),
        ]);
    }
    section.table(table);
    section.say("Silence outside the time that an export covers says nothing about the family.");
    section
}
