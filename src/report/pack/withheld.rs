//! What is held back from this recipient and why, as counts.

use std::collections::BTreeMap;

use super::Pack;
use super::document::{Grid, Section};
use super::words::sentence;

/// What is withheld.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("withheld", "What is withheld, and why");
    let picture = pack.view.picture;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for at in 0..picture.timeline.facts.len() {
        if !pack.view.shows(at) && !picture.outside.get(at).copied().unwrap_or(false) {
            *counts.entry(pack.view.because(at)).or_default() += 1;
        }
    }
    if counts.is_empty() {
        section.say(format!(
            "Nothing is withheld from {} for this purpose.",
            pack.recipient()
        ));
        return section;
    }
    section.say(format!("Held in the case, and not shown to {} for this purpose. Nothing of it stands anywhere in this pack.", pack.recipient()));
    let mut table = Grid::new(
        "withheld",
        "Facts withheld, by reason.",
        &["Reason", "Facts"],
    );
    table.rows = counts
        .into_iter()
        .map(|(because, count)| vec![sentence(because), count.to_string()])
        .collect();
    section.table(table);
    section
}
