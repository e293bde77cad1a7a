//! Entry rows -> entries; rows with one id and one content are one entry about all their persons.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::basis::Vocabulary;
use crate::model::entry::Entry;
use crate::model::id::{AgencyId, EntryId, RecordId, short_hash};
use crate::model::source::{Kept, Reject, RowRef};

use super::entry_cells::{
    basis, consent, handling, origin, reference, significance, slot, value, when_and_time,
};
use super::headers::{Column, Group};
use super::known::Known;
use super::names::is_not_known;
use super::notes::Notes;
use super::row::Row;

/// An entry as one row gives it, before rows are put together.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// The entry, its id still without a suffix.
    pub entry: Entry,
    /// Whether the supplier gave it an id.
    pub has_id: bool,
    /// The entry cells of the row as one text.
    pub content: String,
    /// A line about its id, used when it turns out to be a second content of the id.
    pub doubled: Option<Reject>,
}

fn is_content(column: Column) -> bool {
    column.group() == Group::Entry && !matches!(column, Column::EntryId | Column::RecordIds)
}

/// The supplier's own id for the entry, empty where it has none.
pub fn own_id<'a>(row: &'a Row) -> &'a str {
    let text = row.text(Column::EntryId);
    if is_not_known(text) { "" } else { text }
}

/// Reads the entry part of a row; `None` when it has none. The record ids that it names are told in `mentions`.
pub fn read_entry(
    row: &Row,
    supplier: &AgencyId,
    known: &Known,
    words: &Vocabulary,
    out: &mut Notes,
) -> Option<EntryRow> {
    let local = own_id(row);
    let content = row.content(is_content);
    if content.is_empty() && local.is_empty() {
        return None;
    }
    let id = if local.is_empty() {
        format!("~{}", short_hash(&format!("{supplier}\u{1f}{content}"), 12))
    } else {
        local.to_owned()
    };
    let entry = said(
        row,
        EntryId::new(supplier, &id),
        known,
        words,
        &mut out.rejects,
    );
    let entry = Entry {
        persons: persons(row, supplier, known, out),
        ..entry
    };
    let doubled = known.repeated.contains(&entry.id).then(|| {
        row.reject(
            Column::EntryId,
            "another row has this id and says something else",
            "the rows are kept as entries of their own (id.2 …); check the ids with the agency",
            Kept::Row,
        )
    });
    Some(EntryRow {
        entry,
        has_id: !local.is_empty(),
        content,
        doubled,
    })
}

/// What a row says, about nobody yet.
fn said(
    row: &Row,
    id: EntryId,
    known: &Known,
    words: &Vocabulary,
    rejects: &mut Vec<Reject>,
) -> Entry {
    use Column as C;
    let supplier = id.agency().clone();
    let (when, time) = when_and_time(row, rejects);
    let (basis, basis_raw) = basis(row, words, rejects);
    Entry {
        id,
        rows: vec![row.at()],
        persons: Vec::new(),
        when,
        time,
        text: row.owned(C::Text),
        reference: reference(row, C::Reference),
        slot: slot(row.text(C::Slot)),
        value: value(row),
        kind: row.coded(C::Kind, rejects),
        category: row.owned(C::Category),
        domains: row.list(C::Domain).map(str::to_owned).collect(),
        significance: significance(row, rejects),
        polarity: row.coded(C::Polarity, rejects),
        channel: row.coded(C::Channel, rejects),
        told_by: row.owned(C::ToldBy),
        origin: origin(row, &supplier, known, rejects),
        cites: row
            .list(C::Cites)
            .filter_map(|part| known.entry(part, Some(&supplier)))
            .collect(),
        recorded_on: row.date(C::RecordedOn, rejects),
        received_on: row.date(C::ReceivedOn, rejects),
        basis,
        basis_raw,
        consent: consent(row, known, rejects),
        told: row.coded(C::Told, rejects),
        handling: row
            .list(C::Handling)
            .map(|part| handling(row, part, rejects))
            .collect(),
        purpose: row.owned(C::Purpose),
        threshold: row.coded(C::Threshold, rejects),
        action: row.owned(C::Action),
        action_owner: row.owned(C::ActionOwner),
        action_due: row.date(C::ActionDue, rejects),
        outcome: row.owned(C::Outcome),
        child_seen: row.coded(C::ChildSeen, rejects),
        child_seen_alone: row.coded(C::ChildSeenAlone, rejects),
        child_view: row.owned(C::ChildView),
        family_view: row.owned(C::FamilyView),
        grade: row.owned(C::Grade),
        document: reference(row, C::Document),
    }
}

/// The records that a row names: its own, and those of its list. `record_id` is a list here too.
fn persons(row: &Row, supplier: &AgencyId, known: &Known, notes: &mut Notes) -> Vec<RecordId> {
    let mut persons = BTreeSet::new();
    let own = known.of_row.get(&row.at());
    persons.extend(own.cloned());
    let columns = if own.is_some() {
        &[Column::RecordIds][..]
    } else {
        &[Column::RecordId, Column::RecordIds]
    };
    for column in columns {
        for part in row.list(*column).filter(|part| !is_not_known(part)) {
            if let Some(id) = known.record(part, Some(supplier)) {
                notes.mention(row, *column, &id, known);
                persons.insert(id);
            }
        }
    }
    persons.into_iter().collect()
}

/// Puts rows together: one entry for each id and content, about all the persons of its rows.
///
/// Ids that several contents share get `.2`, `.3` … in the order of their contents, never of their rows.
///
/// `copies` names, for a file that is the same as an earlier one byte for byte, that earlier file: rows without an id of the
/// supplier's own are then the same entry, since a file that was sent twice says nothing twice.
pub fn merge(
    rows: Vec<EntryRow>,
    copies: &BTreeMap<u32, u32>,
    rejects: &mut Vec<Reject>,
) -> Vec<Entry> {
    let mut taken: BTreeSet<EntryId> = rows.iter().map(|row| row.entry.id.clone()).collect();
    let mut by_id: BTreeMap<EntryId, BTreeMap<String, Vec<EntryRow>>> = BTreeMap::new();
    for row in rows {
        by_id
            .entry(row.entry.id.clone())
            .or_default()
            .entry(row.content.clone())
            .or_default()
            .push(row);
    }
    let mut entries = Vec::new();
    for (id, contents) in by_id {
        let mut entries_of_id = Vec::new();
        for rows in contents.into_values() {
            if rows.first().is_some_and(|row| row.has_id) {
                entries_of_id.push(rows);
            } else {
                entries_of_id.extend(one_an_entry(rows, copies));
            }
        }
        let mut suffix = 1;
        for (at, rows) in entries_of_id.into_iter().enumerate() {
            let own = if at == 0 {
                id.clone()
            } else {
                next_free(&id, &mut suffix, &mut taken)
            };
            if at > 0 {
                rejects.extend(
                    rows.iter()
                        .filter(|row| row.has_id)
                        .filter_map(|row| row.doubled.clone()),
                );
            }
            entries.extend(joined(own, rows));
        }
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

/// Rows of one content without an id: an entry each, the same row of a copied file with that of the first.
fn one_an_entry(rows: Vec<EntryRow>, copies: &BTreeMap<u32, u32>) -> Vec<Vec<EntryRow>> {
    let mut of_row: BTreeMap<Vec<RowRef>, Vec<EntryRow>> = BTreeMap::new();
    for row in rows {
        let first = |at: &RowRef| RowRef {
            file: copies.get(&at.file).copied().unwrap_or(at.file),
            ..*at
        };
        let at = row.entry.rows.iter().map(first).collect();
        of_row.entry(at).or_default().push(row);
    }
    let mut entries: Vec<(Vec<RowRef>, Vec<EntryRow>)> = of_row.into_iter().collect();
    entries.sort_by(|(at, a), (other, b)| {
        let persons = |rows: &[EntryRow]| rows.first().map(|row| row.entry.persons.clone());
        (persons(a), at).cmp(&(persons(b), other))
    });
    entries.into_iter().map(|(_, rows)| rows).collect()
}

fn next_free(id: &EntryId, suffix: &mut usize, taken: &mut BTreeSet<EntryId>) -> EntryId {
    loop {
        *suffix += 1;
        let next = EntryId::new(id.agency(), &format!("{}.{suffix}", id.local()));
        if taken.insert(next.clone()) {
            return next;
        }
    }
}

fn joined(id: EntryId, rows: Vec<EntryRow>) -> Option<Entry> {
    let mut all_rows: Vec<RowRef> = rows
        .iter()
        .flat_map(|row| row.entry.rows.iter().copied())
        .collect();
    all_rows.sort_unstable();
    let persons: BTreeSet<RecordId> = rows
        .iter()
        .flat_map(|row| row.entry.persons.iter().cloned())
        .collect();
    // rows may come from files that write dates in different orders; the smallest row does not depend on shuffles inside one
    let first = rows
        .into_iter()
        .min_by(|a, b| a.entry.rows.cmp(&b.entry.rows))?
        .entry;
    Some(Entry {
        id,
        rows: all_rows,
        persons: persons.into_iter().collect(),
        ..first
    })
}
