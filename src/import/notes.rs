//! What is noted while rows are read: lines of rejects, and ids of records that nobody describes.

use std::collections::BTreeMap;

use crate::model::id::RecordId;
use crate::model::source::{Kept, Reject};

use super::headers::Column;
use super::known::Known;
use super::row::Row;

/// What is noted while rows are read.
#[derive(Debug, Default)]
pub struct Notes {
    /// Lines of rejects.
    pub rejects: Vec<Reject>,
    /// For each record that is named and not described, the one line that says so.
    pub undescribed: BTreeMap<RecordId, Reject>,
}

impl Notes {
    /// Notes that a row names a record. Of several rows that name it the line is about the first of a file, so that it
    /// does not depend on the order of rows but for the number.
    pub fn mention(&mut self, row: &Row, column: Column, id: &RecordId, known: &Known) {
        if known.records.contains(id) {
            return;
        }
        let place = (
            row.place.name.as_str(),
            row.place.header(column),
            Some(row.number),
        );
        let earlier = |line: &Reject| (line.file.as_str(), line.column.as_str(), line.row) <= place;
        if self.undescribed.get(id).is_some_and(earlier) {
            return;
        }
        let mut line = row.reject(
            column,
            format!("no people row describes {id}"),
            "ask the agency for its people list; the id is kept, without a name",
            Kept::Cell,
        );
        id.local().clone_into(&mut line.value);
        self.undescribed.insert(id.clone(), line);
    }
}
