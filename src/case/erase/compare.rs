//! Makes sure that everything about others is read as before once a person's rows are gone.

use std::collections::BTreeMap;

use super::super::CaseError;
use super::versions::Version;
use crate::model::entry::{Consent, Entry, OriginCells};
use crate::model::id::EntryId;
use crate::model::record::Record;
use crate::model::source::RowRef;
use crate::model::supply::Involvement;

/// Compares a version before and after; gives the entries that have another id now, since of several with one text the
/// first is gone.
///
/// # Errors
/// When something about others would be read otherwise: the gone rows were the ones that told how dates are written.
pub fn others_are_as_before(version: &Version) -> Result<BTreeMap<EntryId, EntryId>, CaseError> {
    let told = |what: &str| {
        CaseError::Exports(format!(
            "without the rows of this person {what}{} would be read in another way; nothing was erased\n  hint: say in \
             case.toml how dates are written in that file (date_order under [[export]]), import it, and erase again",
            version.name
        ))
    };
    if !records_are(version) {
        return Err(told("another person's record"));
    }
    if !relations_are(version) {
        return Err(told("another row"));
    }
    entries(version).map_err(|id| told(&format!("{id}")))
}

fn records_are(version: &Version) -> bool {
    let described = |all: &[Record]| -> Vec<Record> {
        let others = all
            .iter()
            .filter(|one| one.described && !version.found.records.contains(&one.id));
        others.cloned().collect()
    };
    described(&version.before.records) == described(&version.after.records)
}

fn relations_are(version: &Version) -> bool {
    let (before, after) = (&version.before, &version.after);
    let stays = |row: RowRef| !version.found.rows.contains(&row);
    let plain = |one: &Involvement| Involvement {
        // which agency a name means may hang on who supplied something
        involved: None,
        ..one.clone()
    };
    let involvements = before.involvements.iter().filter(|one| stays(one.row));
    let relationships = before.relationships.iter().filter(|one| stays(one.row));
    let coverage = before.coverage.iter().filter(|one| stays(one.row));
    let requests = before.requests.iter().filter(|one| stays(one.row));
    let consultations = before.consultations.iter().filter(|one| stays(one.row));
    involvements
        .map(plain)
        .eq(after.involvements.iter().map(plain))
        && relationships.eq(&after.relationships)
        && coverage.eq(&after.coverage)
        && requests.eq(&after.requests)
        && consultations.eq(&after.consultations)
}

/// Compares the entries about others by where they stand; gives the ids that changed.
fn entries(version: &Version) -> Result<BTreeMap<EntryId, EntryId>, EntryId> {
    // one row may tell several things
    let mut by_row: BTreeMap<RowRef, Vec<&Entry>> = BTreeMap::new();
    for entry in &version.after.entries {
        for row in &entry.rows {
            by_row.entry(*row).or_default().push(entry);
        }
    }
    let plain = |entry: &Entry| Entry {
        id: entry.id.clone(),
        rows: Vec::new(),
        persons: Vec::new(),
        origin: OriginCells::default(),
        cites: Vec::new(),
        consent: Consent {
            scope: Vec::new(),
            ..entry.consent.clone()
        },
        ..entry.clone()
    };
    let mut renamed = BTreeMap::new();
    for entry in &version.before.entries {
        if version.found.entries.contains(&entry.id) {
            continue;
        }
        let mut rows = entry
            .rows
            .iter()
            .filter(|row| !version.found.rows.contains(row));
        let here = rows.next().and_then(|row| by_row.get(row));
        let says_the_same = |now: &&&Entry| {
            let same_but_id = Entry {
                id: entry.id.clone(),
                ..plain(now)
            };
            same_but_id == plain(entry)
        };
        let mut same: Vec<&&Entry> = here.into_iter().flatten().filter(says_the_same).collect();
        same.sort_by_key(|now| now.id != entry.id);
        let Some(now) = same.first() else {
            return Err(entry.id.clone());
        };
        if now.id != entry.id {
            renamed.insert(entry.id.clone(), now.id.clone());
        }
    }
    Ok(renamed)
}
