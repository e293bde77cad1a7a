//! What a table of a file is: the table of a profile, one read by a mapping file, or one known by its headers.

use super::config::ExportHelp;
use super::family_context::Part;
use super::files::{File, Known};
use super::layout::Layout;
use super::profiles;
use super::table::Table;

/// Rows among which the header of a profile's table is looked for: titles may stand above it.
const PROFILE_TITLES: usize = 6;

/// Finds what a table is. A profile that `case.toml` names is the only one that is tried; the records of a nested file are
/// those of its profile or nothing, since their names are no headers that a person wrote.
pub(super) fn recognise(
    table: Table,
    records_of: &str,
    help: Option<&ExportHelp>,
) -> Option<Known> {
    let mapping = help.and_then(|help| help.mapping.clone());
    let named = help.and_then(|help| help.profile.as_deref());
    let named = named.filter(|name| mapping.is_none() && !name.is_empty());
    let only = if records_of.is_empty() {
        named
    } else {
        Some(records_of)
    };
    let of = if records_of.is_empty() {
        ""
    } else {
        table.name.as_str()
    };
    let tried = if mapping.is_some() { 0 } else { PROFILE_TITLES };
    for (at, row) in table.rows.iter().take(tried).enumerate() {
        if let Some(fitted) = profiles::recognise(&row.cells, of, only) {
            return Some(Known {
                layout: fitted.layout(&row.cells, (at, row.number)),
                part: None,
                fitted: Some(fitted),
                table,
                mapping: None,
            });
        }
    }
    if !records_of.is_empty() || named.is_some_and(|name| profiles::named(name).is_some()) {
        return None;
    }
    let unmapped = if mapping.is_some() { 0 } else { 2 };
    for (at, row) in table.rows.iter().take(unmapped).enumerate() {
        if let Some(part) = Part::of_header(&row.cells) {
            let layout = Layout {
                header_at: at,
                header_row: row.number,
                ..part.layout(&row.cells)
            };
            return Some(Known {
                layout,
                part: Some(part),
                fitted: None,
                table,
                mapping: None,
            });
        }
    }
    let layout = Layout::find(&table, mapping.as_deref())?;
    Some(Known {
        table,
        layout,
        part: None,
        fitted: None,
        mapping,
    })
}

/// An index of people alone may be any agency's list: it is of the family-context profile only beside other files of it,
/// or under its name.
pub fn settle_profiles(files: &mut [File]) {
    let of_a_service = |known: &Known| known.part.is_some_and(|part| part != Part::Person);
    let any_other = files.iter().flat_map(|file| &file.tables).any(of_a_service);
    for file in files {
        if any_other || file.source.path.to_lowercase().contains("familycontext") {
            continue;
        }
        for known in &mut file.tables {
            if known.part.take().is_some()
                && let Some(layout) = Layout::find(&known.table, None)
            {
                known.layout = layout;
            }
        }
        if file.source.profile == "family-context" {
            "plain".clone_into(&mut file.source.profile);
        }
    }
}
