//! The silence map as a table: one row an agency and month.

use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 9] = [
    "agency",
    "month",
    "state",
    "involved",
    "entries",
    "asked",
    "answered",
    "withheld",
    "outside_coverage",
];

/// Lays out the silence map by agency, then month; a month of which nothing is known has an empty state. For a recipient:
/// what it may see, and silence of nobody but itself; for the family none.
pub fn silence(view: &View<'_>) -> Table {
    let mut table = Table::new("silence", COLUMNS).headed_by(&["agency", "month", "state"]);
    let map = view.picture.silence(view.recipient());
    let yes_no = |yes: bool| Cell::text(if yes { "yes" } else { "no" });
    for (agency, cells) in &map.agencies {
        for (month, cell) in map.months.iter().zip(cells) {
            table.rows.push(vec![
                Cell::text(agency.as_str()),
                Cell::text(month.format("%Y-%m").to_string()),
                Cell::text(cell.state().phrase()),
                yes_no(cell.involved),
                Cell::Count(cell.entries),
                Cell::Count(cell.asked),
                Cell::Count(cell.answered),
                Cell::Count(cell.withheld),
                yes_no(cell.outside_coverage),
            ]);
        }
    }
    let shown: std::collections::BTreeSet<_> = map.agencies.iter().map(|(id, _)| id).collect();
    let left_out = view.picture.supplied.agencies.iter();
    for _ in left_out.filter(|agency| !shown.contains(&agency.id)) {
        table.withhold("nothing that this agency told may be seen");
    }
    table
}
