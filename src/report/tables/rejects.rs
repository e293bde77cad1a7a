//! `rejects.csv`: one row a cell or row that was not used as given.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::source::{Kept, Reject, RowRef};
use crate::model::supply::Cited;
use crate::picture::Picture;
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 7] = ["file", "row", "column", "value", "problem", "hint", "kept"];

/// All rejects of a picture, by file, row, column: those of the import, and citations of fact ids that no fact has.
pub fn all(picture: &Picture) -> Vec<Reject> {
    let supplied = &picture.supplied;
    let known: BTreeSet<&str> = picture
        .timeline
        .facts
        .iter()
        .map(|fact| fact.id.as_str())
        .collect();
    let unknown = supplied
        .citations
        .iter()
        .filter_map(|citation| match &citation.cited {
            Cited::Fact(id) if !known.contains(id.as_str()) => Some(Reject {
                file: citation
                    .row
                    .text(&supplied.files)
                    .rsplit_once('#')
                    .map_or_else(String::new, |(file, _)| file.to_owned()),
                row: Some(citation.row.row),
                column: "entry".to_owned(),
                value: id.as_str().to_owned(),
                problem: "the citation names a fact that is not in the timeline".to_owned(),
                hint: "take the fact_id from timeline.csv, or name the entry as agency:entry_id"
                    .to_owned(),
                kept: Kept::None,
            }),
            _ => None,
        });
    let mut rejects: Vec<Reject> = supplied.rejects.iter().cloned().chain(unknown).collect();
    rejects.sort();
    rejects
}

/// How many rows of each file were read, yet gave nothing in the end: citations of facts that are not in the timeline. The
/// import cannot know them, since fact ids are made later.
pub fn lost_rows(picture: &Picture) -> BTreeMap<u32, usize> {
    let facts = &picture.timeline.facts;
    let known: BTreeSet<&str> = facts.iter().map(|fact| fact.id.as_str()).collect();
    let mut lives: BTreeMap<RowRef, bool> = BTreeMap::new();
    for citation in &picture.supplied.citations {
        let found = match &citation.cited {
            Cited::Fact(id) => known.contains(id.as_str()),
            Cited::Entry(_) => true,
        };
        *lives.entry(citation.row).or_default() |= found;
    }
    let mut lost = BTreeMap::new();
    for (row, _) in lives.into_iter().filter(|(_, lives)| !lives) {
        *lost.entry(row.file).or_default() += 1;
    }
    lost
}

/// Lays out the rejects of a picture; for a recipient none: they quote what may not be shown.
pub fn rejects(view: &View<'_>) -> Table {
    if view.is_limited() {
        rejects_of(Vec::new())
    } else {
        rejects_of(all(view.picture))
    }
}

/// Lays out these rejects, in their order.
pub fn rejects_of(rejects: Vec<Reject>) -> Table {
    let mut table = Table::new("rejects", COLUMNS);
    table.rows = rejects
        .into_iter()
        .map(|reject| {
            vec![
                Cell::text(reject.file),
                reject
                    .row
                    .map_or(Cell::text(""), |row| Cell::Count(row as usize)),
                Cell::text(reject.column),
                Cell::text(reject.value),
                Cell::text(reject.problem),
                Cell::text(reject.hint),
                Cell::text(reject.kept.to_string()),
            ]
        })
        .collect();
    table
}
