//! The consultations table: who asked whom for advice, what was said both ways, and what came of it.

use crate::model::id::{AgencyId, RecordId};
use crate::model::supply::Consultation;
use crate::report::{Cell, Table, View};

/// The columns of the plain profile, so that the table can be read back as it is.
const COLUMNS: [&str; 15] = [
    "consultation_id",
    "consulted_by",
    "consulted_agency",
    "consulted_person",
    "consulted_on",
    "how",
    "setting",
    "record_ids",
    "question",
    "information_received",
    "information_given",
    "outcome",
    "became_referral",
    "family_agreed",
    "told",
];

/// Lays out the consultations by day, then id. For a recipient: those that it took part in; for the family none.
pub fn consultations(view: &View<'_>) -> Table {
    let mut table = Table::new("consultations", COLUMNS).headed_by(&[
        "consultation_id",
        "consulted_on",
        "consulted_agency",
    ]);
    for one in &view.picture.supplied.consultations {
        if view.is_limited() && !took_part(view, one) {
            table.withhold("between other agencies");
        } else {
            table.rows.push(row(one));
        }
    }
    table.sort_by_columns(&["consulted_on", "consultation_id"]);
    table
}

fn took_part(view: &View<'_>, one: &Consultation) -> bool {
    view.is_recipient(&one.consulted) || view.is_recipient(&AgencyId::new(&one.by))
}

fn row(one: &Consultation) -> Vec<Cell> {
    vec![
        Cell::text(&one.id),
        Cell::text(&one.by),
        Cell::text(one.consulted.as_str()),
        Cell::text(&one.person),
        Cell::Day(one.on.date_cell()),
        Cell::text(one.how.text()),
        Cell::text(one.setting.text()),
        Cell::list(one.records.iter().map(RecordId::as_str)),
        Cell::text(&one.question),
        Cell::text(&one.received),
        Cell::text(&one.given),
        Cell::text(&one.outcome),
        Cell::text(one.became_referral.text()),
        Cell::text(one.family_agreed.text()),
        Cell::text(one.told.text()),
    ]
}
