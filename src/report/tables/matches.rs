//! `matches.csv`: one row a compared pair that is linked, to review, ambiguous, or kept apart by a rule.

use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 8] = [
    "left",
    "right",
    "probability",
    "weight",
    "outcome",
    "decided_by",
    "reason",
    "prior_weight",
];

/// Lays out the pairs, by left and right record. For a recipient: the pairs of records that are shown; for the family none.
pub fn matches(view: &View<'_>) -> Table {
    let fields = crate::people::compare::FIELDS.map(|field| field.name);
    let columns = COLUMNS.iter().map(|column| (*column).to_owned());
    let per_field = fields
        .iter()
        .flat_map(|field| [format!("{field}_level"), format!("{field}_weight")]);
    let mut table =
        Table::new("matches", columns.chain(per_field)).headed_by(&["left", "right", "outcome"]);
    let (people, records) = (&view.picture.people, &view.picture.supplied.records);
    for pair in &people.pairs {
        if view.is_family() || !view.shows_record(pair.left) || !view.shows_record(pair.right) {
            table.withhold("no fact about one of the two may be seen");
            continue;
        }
        let id = |at: usize| records.get(at).map_or("", |record| record.id.as_str());
        let mut row = vec![
            Cell::text(id(pair.left)),
            Cell::text(id(pair.right)),
            Cell::Number(pair.probability),
            Cell::Number(pair.weight),
            Cell::text(pair.outcome.phrase()),
            Cell::text(&pair.decided_by),
            Cell::text(&pair.reason),
            Cell::Number(pair.prior_weight),
        ];
        for field in &pair.fields {
            row.extend([Cell::text(field.level), Cell::Number(field.weight)]);
        }
        table.rows.push(row);
    }
    table.sort_by_columns(&["left", "right"]);
    table
}
