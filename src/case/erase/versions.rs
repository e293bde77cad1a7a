//! The exports of a case as they were current at one time or another, and the rows of a person in each.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{self, Found};
use crate::case::CaseError;
use crate::case::importing::{self, Held, folder_of};
use crate::case::store::{Store, StoredExport};
use crate::import::Limits;
use crate::import::cut::{Rows, cut};
use crate::model::id::RecordId;
use crate::model::record::Record;
use crate::model::source::RowRef;
use crate::model::supply::Supplied;

/// Exports that are cut: by position, the new bytes, and how many rows are gone.
pub type Cuts = BTreeMap<usize, (Vec<u8>, usize)>;

/// All exports with their bytes.
pub fn kept(store: &Store) -> Result<Vec<(StoredExport, Held)>, CaseError> {
    let exports = store.exports()?.into_iter().map(|export| {
        let held = Held {
            path: export.path.clone(),
            named: export.agency.clone(),
            found: export.found.clone(),
            bytes: store.bytes(export.id)?,
        };
        Ok((export, held))
    });
    exports.collect()
}

/// The exports that were current at one time, read.
pub struct Version {
    /// What is said behind a place in it; blank for the current one.
    pub name: String,
    /// Its exports, as positions in the list of all.
    pub exports: Vec<usize>,
    pub before: Supplied,
    pub found: Found,
    pub after: Supplied,
}

pub fn of_import(number: u32) -> String {
    format!(" of import {number}")
}

/// The current exports, then those of each import of which one was replaced.
pub fn versions(kept: &[(StoredExport, Held)], limits: &Limits) -> Result<Vec<Version>, CaseError> {
    let replaced = kept
        .iter()
        .filter(|(export, _)| export.replaced_by.is_some());
    let imports: BTreeSet<u32> = replaced.map(|(export, _)| export.import).collect();
    let mut versions = Vec::new();
    for import in std::iter::once(None).chain(imports.into_iter().map(Some)) {
        let was_there = |export: &StoredExport| match import {
            None => export.replaced_by.is_none(),
            Some(import) => {
                export.import <= import && export.replaced_by.is_none_or(|by| by > import)
            }
        };
        let exports: Vec<usize> = (0..kept.len())
            .filter(|at| kept.get(*at).is_some_and(|(export, _)| was_there(export)))
            .collect();
        let before = read(kept, &exports, &BTreeMap::new(), limits)?;
        versions.push(Version {
            name: import.map_or(String::new(), of_import),
            exports,
            after: before.clone(),
            before,
            found: Found::default(),
        });
    }
    Ok(versions)
}

/// Reads some exports, with other bytes for those that are cut.
fn read(
    kept: &[(StoredExport, Held)],
    exports: &[usize],
    cuts: &Cuts,
    limits: &Limits,
) -> Result<Supplied, CaseError> {
    let held = exports.iter().filter_map(|at| {
        let (_, held) = kept.get(*at)?;
        Some(match cuts.get(at) {
            Some((bytes, _)) => Held {
                bytes: bytes.clone(),
                ..held.clone()
            },
            None => held.clone(),
        })
    });
    importing::read(&held.collect::<Vec<Held>>(), limits)
}

pub fn find_all(versions: &mut [Version], person: &BTreeSet<RecordId>) {
    let mut person = person.clone();
    for _ in 1..versions.len() {
        let known = records_of(versions, &person);
        let before = person.len();
        let current = versions.first().map(|version| version.before.clone());
        for version in versions.iter().skip(1) {
            let known: Vec<&Record> = known.iter().collect();
            let current = current.as_ref().unwrap_or(&version.before);
            rows::with_unnamed(&known, &version.before, current, &mut person);
        }
        if person.len() == before {
            break;
        }
    }
    for version in versions {
        version.found = rows::find(&version.before, &person);
    }
}

/// The records of the person in all versions.
fn records_of(versions: &[Version], person: &BTreeSet<RecordId>) -> Vec<Record> {
    let all = versions.iter().flat_map(|version| &version.before.records);
    all.filter(|record| person.contains(&record.id))
        .cloned()
        .collect()
}

/// Cuts the rows found out of their files, and looks again until there are no more.
pub fn cut_all(
    kept: &[(StoredExport, Held)],
    versions: &mut [Version],
    limits: &Limits,
) -> Result<Cuts, CaseError> {
    let mut rows: BTreeMap<usize, Rows> = BTreeMap::new();
    let mut cuts = BTreeMap::new();
    // rows that repeat each other may show only once the first of them is gone; each look finds a row more, or is the last
    loop {
        let mut is_more = false;
        for version in versions.iter() {
            for row in &version.found.rows {
                if let Some((at, sheet)) = place(version, kept, *row) {
                    let of_file = rows.entry(at).or_default();
                    is_more |= of_file.entry(sheet).or_default().insert(row.row);
                }
            }
        }
        if !is_more {
            break;
        }
        cuts.clear();
        for (at, rows) in &rows {
            let Some((_, held)) = kept.get(*at) else {
                continue;
            };
            let folder = folder_of(std::slice::from_ref(held));
            let Some(file) = folder.files.first() else {
                continue;
            };
            let made = cut(file, rows, limits)
                .map_err(|fault| CaseError::Exports(format!("{fault}; nothing was erased")))?;
            let count = rows.values().map(BTreeSet::len).sum();
            cuts.insert(*at, (made.bytes, count));
        }
        for version in versions.iter_mut() {
            version.after = read(kept, &version.exports, &cuts, limits)?;
            let again = rows::find(&version.after, &version.found.records);
            version.found.rows.extend(again.rows);
            version.found.entries.extend(again.entries);
        }
    }
    Ok(cuts)
}

/// Which export a row is in, and in which sheet.
fn place(version: &Version, kept: &[(StoredExport, Held)], row: RowRef) -> Option<(usize, String)> {
    let file = version.before.files.get(row.file as usize)?;
    let sheet = file.sheets.get(usize::from(row.sheet))?;
    let mut exports = version.exports.iter().copied();
    let at = exports.find(|at| {
        kept.get(*at)
            .is_some_and(|(_, held)| held.path == file.path)
    })?;
    Some((at, sheet.name.clone()))
}
