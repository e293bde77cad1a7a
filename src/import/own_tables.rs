//! Knows the tables that this program writes: put beside the exports, they are not to be read back as an agency's.

use super::table::Read;

/// How the headers of the merged tables begin. A file that is named on the command line or in `case.toml` is read all the same.
const HEADERS: [&[&str]; 7] = [
    &[
        "date",
        "end_date",
        "time",
        "date_precision",
        "persons",
        "agency",
        "agencies",
        "text",
    ],
    &[
        "person_id",
        "name",
        "other_names",
        "date_of_birth",
        "sex",
        "roles",
    ],
    &[
        "left",
        "right",
        "probability",
        "weight",
        "outcome",
        "decided_by",
    ],
    &[
        "grouping",
        "group",
        "available",
        "cited",
        "expected",
        "uptake",
    ],
    &[
        "flag_id",
        "code",
        "strength",
        "direction",
        "agency",
        "group",
    ],
    &["file", "row", "column", "value", "problem", "hint", "kept"],
    // the summary: what is tabular in it are the files that were read
    &["file", "agency", "sha256", "profile", "encoding"],
];

/// Whether all that was read is such a table.
pub fn are_of(read: &Read) -> bool {
    let begins = |cells: &[String]| {
        let mut headers = HEADERS.iter();
        headers.any(|header| {
            let same = cells.iter().zip(*header).all(|(cell, name)| cell == name);
            cells.len() >= header.len() && same
        })
    };
    let mut tables = read.tables.iter();
    !read.tables.is_empty()
        && tables.all(|table| table.rows.first().is_some_and(|row| begins(&row.cells)))
}
