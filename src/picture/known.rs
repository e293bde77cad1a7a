//! What was known at an earlier date, so that a review does not judge with hindsight.

use crate::model::date::{Day, When};
use crate::model::entry::Entry;
use crate::model::phrase::Coded;
use crate::model::supply::Supplied;

/// What was known at a date, and how sure that is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnownAt {
    /// What was there by then.
    pub supplied: Supplied,
    /// How many entries were left out, since they came later.
    pub later: usize,
    /// How many entries are in, though nobody wrote when they were recorded or received: they are taken to have been known
    /// from the day on which they happened.
    pub not_said: usize,
}

/// Leaves out what came after a day: entries received after it (recorded, where no receipt is said; happened, where
/// neither is), what was asked, answered, decided or began later. Records carry no date of their own and stay.
///
/// A date that is not known to the day counts from its earliest day: what may have been known is not left out.
pub fn known_at(supplied: &Supplied, day: Day) -> KnownAt {
    let is_later = |when: &When| when.start().is_some_and(|start| start > day);
    let came = |entry: &Entry| -> (bool, bool) {
        let said = [&entry.received_on, &entry.recorded_on];
        let said = said.into_iter().find(|when| when.is_known());
        (is_later(said.unwrap_or(&entry.when)), said.is_some())
    };
    let mut known = KnownAt {
        supplied: supplied.clone(),
        ..KnownAt::default()
    };
    let all = &mut known.supplied;
    all.entries.retain(|entry| !came(entry).0);
    known.later = supplied.entries.len() - all.entries.len();
    known.not_said = all.entries.iter().filter(|entry| !came(entry).1).count();
    all.involvements.retain(|one| !is_later(&one.from));
    all.relationships.retain(|one| !is_later(&one.from));
    all.citations.retain(|one| !is_later(&one.decided_on));
    all.requests.retain(|one| !is_later(&one.asked_on));
    for request in all
        .requests
        .iter_mut()
        .filter(|one| is_later(&one.answered_on))
    {
        request.answered_on = When::default();
        request.result = Coded::Blank;
        request.reason.clear();
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{AgencyId, EntryId};
    use crate::model::source::RowRef;

    fn on(text: &str) -> When {
        text.parse::<Day>()
            .map_or_else(|_| When::default(), When::day)
    }

    fn entry(id: &str, happened: &str, recorded: &str, received: &str) -> Entry {
        let row = RowRef {
            file: 0,
            sheet: 0,
            row: 2,
        };
        let mut entry = Entry::blank(EntryId::read(id, &AgencyId::new("gp")), row);
        entry.when = on(happened);
        entry.recorded_on = on(recorded);
        entry.received_on = on(received);
        entry
    }

    #[test]
    fn an_entry_counts_from_the_day_it_came_not_from_the_day_it_speaks_of() {
        let supplied = Supplied {
            entries: vec![
                entry("gp:1", "2024-01-01", "2024-01-02", "2025-06-01"),
                entry("gp:2", "2024-01-01", "2024-01-02", ""),
                entry("gp:3", "2024-01-01", "2025-02-02", ""),
                entry("gp:4", "2024-01-01", "", ""),
                entry("gp:5", "2025-01-01", "", ""),
                entry("gp:6", "", "", ""),
            ],
            ..Supplied::default()
        };
        let known = known_at(&supplied, "2024-12-31".parse().unwrap());
        let ids: Vec<&str> = known
            .supplied
            .entries
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(ids, ["gp:2", "gp:4", "gp:6"]);
        assert_eq!((known.later, known.not_said), (3, 2));
        let all = known_at(&supplied, "2026-01-01".parse().unwrap());
        assert_eq!((all.later, all.supplied.entries.len()), (0, 6));
    }
}
