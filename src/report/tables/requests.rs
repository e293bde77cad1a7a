//! The requests table: what was asked of whom, and what came of it.

use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 11] = [
    "request_id",
    "asked_agency",
    "asked_by",
    "asked_on",
    "due_on",
    "answered_on",
    "result",
    "record_ids",
    "question",
    "reason",
    "basis",
];

/// Lays out the requests by agency asked, then id. For a recipient: those asked of it or by it; for the family none.
pub fn requests(view: &View<'_>) -> Table {
    let mut table =
        Table::new("requests", COLUMNS).headed_by(&["request_id", "asked_agency", "asked_on"]);
    for request in &view.picture.supplied.requests {
        let by = crate::model::id::AgencyId::new(&request.asked_by);
        if view.is_limited() && !view.is_recipient(&request.asked) && !view.is_recipient(&by) {
            table.withhold("asked of another agency");
            continue;
        }
        table.rows.push(vec![
            Cell::text(&request.id),
            Cell::text(request.asked.as_str()),
            Cell::text(&request.asked_by),
            Cell::Day(request.asked_on.date_cell()),
            Cell::Day(request.due_on.date_cell()),
            Cell::Day(request.answered_on.date_cell()),
            Cell::text(request.result.text()),
            Cell::list(
                request
                    .records
                    .iter()
                    .map(crate::model::id::RecordId::as_str),
            ),
            Cell::text(&request.question),
            Cell::text(&request.reason),
            Cell::text(&request.basis),
        ]);
    }
    table.sort_by_columns(&["asked_agency", "request_id"]);
    table
}
