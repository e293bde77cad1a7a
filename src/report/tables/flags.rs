//! `flags.csv`: one row a flag.

use crate::reliance::Flag;
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 13] = [
    "flag_id",
    "code",
    "strength",
    "direction",
    "agency",
    "group",
    "persons",
    "value",
    "threshold",
    "sentence",
    "facts",
    "would_clear",
    "explained_by",
];

/// Lays out the flags by strength (3 first), code, id. For a recipient: those whose facts and persons are all shown; for
/// the family none.
pub fn flags(view: &View<'_>) -> Table {
    let mut table = Table::new("flags", COLUMNS).headed_by(&["strength", "code", "sentence"]);
    for flag in &view.picture.flags.flags {
        if view.is_family() || !view.shows_flag(flag) {
            table.withhold("it rests on facts that may not be seen");
        } else {
            table.rows.push(row(view, flag));
        }
    }
    table
}

fn row(view: &View<'_>, flag: &Flag) -> Vec<Cell> {
    let persons = flag
        .persons
        .iter()
        .filter_map(|&at| Some(view.picture.people.persons.get(at)?.id.as_str()));
    let facts = flag
        .facts
        .iter()
        .filter_map(|&at| Some(view.picture.timeline.facts.get(at)?.id.as_str()));
    vec![
        Cell::text(&flag.id),
        Cell::text(flag.code),
        Cell::Count(usize::from(flag.strength)),
        Cell::text(flag.direction),
        Cell::list(&flag.agencies),
        Cell::text(&flag.group),
        Cell::list(persons),
        Cell::text(&flag.value),
        Cell::text(&flag.threshold),
        Cell::text(&flag.sentence),
        Cell::list(facts),
        Cell::text(&flag.would_clear),
        Cell::text(&flag.explained_by),
    ]
}
