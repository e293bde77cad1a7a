//! Merges entries into facts in order: confirmed echoes are one fact, suspected ones are shown as such, origins are
//! counted, and what agencies say differently stands side by side.
//!
//! Entries are never made one fact by likeness alone: an agency's own row says so, or a shared reference with the same
//! event date, or an analyst.

mod cite;
mod disagree;
mod echo;
mod fact;
mod slots;
mod suspect;

pub use cite::cite;
pub use slots::{Knows, Said, Slot, Standing, slots};
pub use suspect::{Telling, chain, copied};

use crate::model::decision::Decision;
use crate::model::fact::{Fact, Timeline};
use crate::model::person::People;
use crate::model::supply::Supplied;

/// Merges the entries of a case into facts.
///
/// How a basis stands (`status`, `told`, `handling`, `consent_state`) is left to the room `sharing`, and which conclusions
/// cite a fact to [`cite`].
pub fn merge(supplied: &Supplied, people: &People, decisions: &[Decision]) -> Timeline {
    let groups = echo::groups(supplied, decisions);
    let mut facts: Vec<Fact> = groups
        .iter()
        .map(|group| fact::build(supplied, people, group))
        .collect();
    fact::make_ids_unique(supplied, &mut facts);
    facts.sort_by_cached_key(reading_order);
    let mut fact_of = vec![0; supplied.entries.len()];
    for (at, fact) in facts.iter().enumerate() {
        for &entry in &fact.entries {
            if let Some(slot) = fact_of.get_mut(entry) {
                *slot = at;
            }
        }
    }
    let mut timeline = Timeline {
        facts,
        fact_of,
        disagreements: Vec::new(),
    };
    suspect::suspect(supplied, decisions, &mut timeline);
    disagree::disagreements(supplied, people, &mut timeline);
    timeline
}

/// By date, undated facts last, then time (facts of a day without a time first), then id: total, and free of row order.
fn reading_order(fact: &Fact) -> (bool, String, Option<chrono::NaiveTime>, String) {
    let date = fact.when.date_cell();
    (
        date.is_empty(),
        date,
        fact.time,
        fact.id.as_str().to_owned(),
    )
}

#[cfg(test)]
mod tests;
