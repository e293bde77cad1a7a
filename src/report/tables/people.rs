//! `people.csv`: one row a person.

use crate::model::date::When;
use crate::model::person::Person;
use crate::model::phrase::Phrase;
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 12] = [
    "person_id",
    "name",
    "other_names",
    "date_of_birth",
    "sex",
    "roles",
    "agencies",
    "records",
    "identifiers",
    "link_status",
    "lowest_probability",
    "decided_by",
];

/// Columns that a copy for the family never holds: who else knows the person, and ids made from content.
const NOT_FOR_FAMILY: [&str; 8] = [
    "person_id",
    "other_names",
    "agencies",
    "records",
    "identifiers",
    "link_status",
    "lowest_probability",
    "decided_by",
];

/// Lays out the persons, by id; for the family by name.
pub fn people(view: &View<'_>) -> Table {
    let mut table = Table::new("people", COLUMNS).headed_by(&["name", "date_of_birth"]);
    for at in 0..view.picture.people.persons.len() {
        if let Some(person) = view.person(at) {
            let cells = row(view, person);
            table.rows.push(if view.is_family() {
                for_family(cells)
            } else {
                cells
            });
        } else {
            table.withhold("no fact about this person may be seen");
        }
    }
    table.sort_by_columns(if view.is_family() {
        &["name", "date_of_birth"]
    } else {
        &["person_id"]
    });
    table
}

fn row(view: &View<'_>, person: &Person) -> Vec<Cell> {
    let records: Vec<_> = person
        .records
        .iter()
        .filter_map(|&at| view.picture.supplied.records.get(at))
        .collect();
    let agencies: std::collections::BTreeSet<&str> = records
        .iter()
        .map(|record| record.id.agency().as_str())
        .collect();
    let identifiers: std::collections::BTreeSet<String> = records
        .iter()
        .flat_map(|record| &record.identifiers)
        .map(|identifier| format!("{}={}", identifier.scheme.name(), identifier.value))
        .collect();
    vec![
        Cell::text(person.id.as_str()),
        Cell::text(view.without_id(person.name.clone())),
        Cell::list(&person.other_names),
        Cell::list(person.births.iter().map(When::interval_cell)),
        Cell::list(person.sexes.iter().map(|sex| sex.phrase())),
        Cell::list(person.roles.iter().map(|role| role.phrase())),
        Cell::list(agencies),
        Cell::list(records.iter().map(|record| record.id.as_str())),
        Cell::list(identifiers),
        Cell::text(person.status.phrase()),
        Cell::number(person.lowest_probability),
        Cell::list(&person.decided_by),
    ]
}

fn for_family(cells: Vec<Cell>) -> Vec<Cell> {
    COLUMNS
        .iter()
        .zip(cells)
        .map(|(column, cell)| {
            if NOT_FOR_FAMILY.contains(column) {
                Cell::text("")
            } else {
                cell
            }
        })
        .collect()
}
