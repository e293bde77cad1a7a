//! The built-in profiles of real formats, as data: a TOML file each, which says how a table is known by its headers and which
//! rows of the plain profile each of its rows becomes.
//!
//! What a TOML file may say:
//! - `agency`: whose the file is when nothing else says so; `date_order`; `strip`: what codes carry in front (`b) Female`).
//! - `[codes.HEADER]`: what the codes of a column mean; several headers with `|` between them.
//! - `[[table]]` with `has`: headers that a table must have (`|` between spellings), or `of`: the records of a file that is no
//!   table, by their name. `leave_out`: rows that must not be used, and why. `also`: cells that are set in all its rows.
//! - `[[table.person]]`, `entry`, `involvement`, `relationship`, `coverage`: a row of the plain profile for each row of the
//!   table: its columns as templates (see [`template`]); `needs`: headers without which there is no such row, `lacks`: those with
//!   which there is none; `when` and `unless`: cells that decide whether there is one.
//! - `[records]`: how a nested file is put into tables (see `tree`).

mod codes;
mod data;
mod rows;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::OnceLock;

pub use data::{Profile, Records};
pub use rows::{Fitted, PlainRow, id_of, plain_rows, tell};

use super::headers::fold_header;
use crate::model::id::RecordId;
use crate::model::phrase::Coded;
use crate::model::source::RowRef;
use crate::model::supply::Supplied;
use crate::model::words::Handling;

const FILES: &[(&str, &str)] = &[
    ("ssda903", include_str!("ssda903.toml")),
    ("annex-a", include_str!("annex-a.toml")),
    ("cin-census", include_str!("cin-census.toml")),
    ("fhir", include_str!("fhir.toml")),
    ("gedcom", include_str!("gedcom.toml")),
    ("ctf", include_str!("ctf.toml")),
    ("ssd", include_str!("ssd.toml")),
    ("emis", include_str!("emis.toml")),
    ("primero", include_str!("primero.toml")),
];

/// Holds back what a practice tells of patients whom it marks as confidential or sensitive: in its extract only the patient
/// carries the mark, and not each observation.
pub fn hold_back(supplied: &mut Supplied) {
    let is_emis = |row: &RowRef| {
        let file = supplied.files.get(row.file as usize);
        file.is_some_and(|file| file.profile == "emis")
    };
    let marked = supplied.records.iter();
    let marked = marked.filter(|one| one.protected_address && one.rows.iter().any(is_emis));
    let marked: BTreeSet<RecordId> = marked.map(|one| one.id.clone()).collect();
    for entry in &mut supplied.entries {
        let is_marked = entry.persons.iter().any(|id| marked.contains(id));
        let no_onward = Coded::Known(Handling::NoOnward);
        if is_marked && !entry.handling.contains(&no_onward) {
            entry.handling.push(no_onward);
        }
    }
}

/// All built-in profiles that are data, in the order in which they are tried.
pub fn all() -> &'static [Profile] {
    static ALL: OnceLock<Vec<Profile>> = OnceLock::new();
    ALL.get_or_init(|| {
        // a file that cannot be read is left out; a test proves that there is none
        let read = FILES
            .iter()
            .filter_map(|(name, text)| Profile::read(name, text).ok());
        read.collect()
    })
}

/// The profile of this name.
pub fn named(name: &str) -> Option<&'static Profile> {
    all().iter().find(|profile| profile.name == name)
}

/// Whether `case.toml` may name this profile.
pub fn is_known(name: &str) -> bool {
    ["", "plain", "chronology", "family-context"].contains(&name) || named(name).is_some()
}

/// The names of all profiles that `case.toml` may name, for a hint.
pub fn names() -> String {
    let mut names = vec!["plain", "chronology", "family-context"];
    names.extend(all().iter().map(|profile| profile.name));
    names.join(", ")
}

/// The table that this header row is of: of one profile where it is named, else of the first that fits. `of` is what a nested
/// file's records are called, empty for a table.
pub fn recognise(cells: &[String], of: &str, only: Option<&str>) -> Option<Fitted> {
    let folded: Vec<String> = cells.iter().map(|cell| fold_header(cell)).collect();
    let profiles = all()
        .iter()
        .filter(|profile| only.is_none_or(|name| name == profile.name));
    profiles
        .flat_map(|profile| profile.tables.iter().map(move |table| (profile, table)))
        .find(|(_, table)| table.is_of(&folded, of))
        .map(|(profile, table)| Fitted::new(profile, table, folded.clone()))
}
