//! Entry rows -> entries: dates with their end, codes, basis, consent, origin; rows with one id and one content are one.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::basis::{NOT_MAPPED, NOT_RECORDED, Vocabulary};
use crate::model::date::{Precision, When};
use crate::model::entry::{Consent, Entry, OriginCells};
use crate::model::id::{AgencyId, EntryId, RecordId, short_hash};
use crate::model::phrase::{Coded, fold};
use crate::model::source::{Kept, Reject, RowRef};

use super::dates::read_time;
use super::headers::{Column, Group};
use super::known::Known;
use super::names::is_not_known;
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
    pub doubled: Reject,
}

fn is_content(column: Column) -> bool {
    column.group() == Group::Entry && !matches!(column, Column::EntryId | Column::RecordIds)
}

/// Reads the entry part of a row; `None` when it has none. The record ids that it names are told in `mentions`.
pub fn read_entry(
    row: &Row,
    supplier: &AgencyId,
    known: &Known,
    words: &Vocabulary,
    out: &mut Notes,
) -> Option<EntryRow> {
    use Column as C;
    let local = row.text(C::EntryId);
    let content = row.content(is_content);
    if content.is_empty() && local.is_empty() {
        return None;
    }
    let id = if local.is_empty() {
        format!("~{}", short_hash(&format!("{supplier}\u{1f}{content}"), 12))
    } else {
        local.to_owned()
    };
    let rejects = &mut out.rejects;
    let (when, time) = when_and_time(row, rejects);
    let (basis, basis_raw) = basis(row, words, rejects);
    let entry = Entry {
        id: EntryId::new(supplier, &id),
        rows: vec![row.at()],
        persons: Vec::new(),
        when,
        time,
        text: row.owned(C::Text),
        reference: row.owned(C::Reference),
        slot: slot(row.text(C::Slot)),
        value: row.owned(C::Value),
        kind: row.coded(C::Kind, rejects),
        category: row.owned(C::Category),
        domains: row.list(C::Domain).map(str::to_owned).collect(),
        significance: significance(row, rejects),
        polarity: row.coded(C::Polarity, rejects),
        channel: row.coded(C::Channel, rejects),
        told_by: row.owned(C::ToldBy),
        origin: origin(row, supplier, known),
        cites: row
            .list(C::Cites)
            .filter_map(|part| known.entry(part, Some(supplier)))
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
        document: row.owned(C::Document),
    };
    let entry = Entry {
        persons: persons(row, supplier, known, &mut out.mentions),
        ..entry
    };
    let doubled = row.reject(
        C::EntryId,
        "another row has this id and says something else",
        "the rows are kept as entries of their own (id.2 …); check the ids with the agency",
        Kept::Row,
    );
    Some(EntryRow {
        entry,
        has_id: !local.is_empty(),
        content,
        doubled,
    })
}

/// What is noted while rows are read.
#[derive(Debug, Default)]
pub struct Notes {
    /// Lines of rejects.
    pub rejects: Vec<Reject>,
    /// Record ids that rows name.
    pub mentions: Vec<Mention>,
}

/// A record id that a row names, and the line to tell if nobody describes it.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The record.
    pub id: RecordId,
    /// Where it is named.
    pub at: RowRef,
    /// The line.
    pub undescribed: Reject,
}

impl Mention {
    /// Notes that a row names a record.
    pub fn new(row: &Row, column: Column, id: RecordId) -> Self {
        let mut undescribed = row.reject(
            column,
            format!("no people row describes {id}"),
            "ask the agency for its people list; the id is kept, without a name",
            Kept::Cell,
        );
        undescribed.value = id.local().to_owned();
        Self {
            id,
            at: row.at(),
            undescribed,
        }
    }
}

/// The records that a row names: its own, and those of its list. `record_id` is a list here too.
fn persons(
    row: &Row,
    supplier: &AgencyId,
    known: &Known,
    mentions: &mut Vec<Mention>,
) -> Vec<RecordId> {
    let mut persons = BTreeSet::new();
    if let Some(own) = known.of_row.get(&row.at()) {
        persons.insert(own.clone());
    } else {
        for part in row.list(Column::RecordId) {
            persons.extend(named(
                row,
                Column::RecordId,
                part,
                supplier,
                known,
                mentions,
            ));
        }
    }
    for part in row.list(Column::RecordIds) {
        persons.extend(named(
            row,
            Column::RecordIds,
            part,
            supplier,
            known,
            mentions,
        ));
    }
    persons.into_iter().collect()
}

fn named(
    row: &Row,
    column: Column,
    part: &str,
    supplier: &AgencyId,
    known: &Known,
    mentions: &mut Vec<Mention>,
) -> Option<RecordId> {
    let id = known
        .record(part, Some(supplier))
        .filter(|_| !is_not_known(part))?;
    mentions.push(Mention::new(row, column, id.clone()));
    Some(id)
}

fn when_and_time(row: &Row, rejects: &mut Vec<Reject>) -> (When, Option<chrono::NaiveTime>) {
    let (start, behind) = row.date_and_time(Column::Date, rejects);
    let end = row.date(Column::EndDate, rejects);
    let text = row.text(Column::Time);
    let time = read_time(text);
    if time.is_none() && !is_not_known(text) {
        rejects.push(row.reject(
            Column::Time,
            format!("`{text}` is no time of day"),
            "write it as 14:30",
            Kept::Row,
        ));
    }
    let when = match (start.is_known(), end.is_known()) {
        (true, true) => match (start.from, end.until) {
            (Some(from), Some(until)) if from == until => start,
            (Some(from), Some(until)) if from < until => {
                let raw = [&*start.raw, &*end.raw].join(" ").trim().to_owned();
                When::span(from, until, Precision::Range).with_raw(&raw)
            }
            (Some(_), Some(_)) => {
                rejects.push(row.reject(
                    Column::EndDate,
                    "the end is before the start",
                    "check both dates with the agency; the end is left out",
                    Kept::Row,
                ));
                start
            }
            _ => start,
        },
        (false, true) => end,
        _ => start,
    };
    (with_precision(row, when, rejects), time.or(behind))
}

/// A precision column says more than the date itself: a day given for a month means the whole month.
fn with_precision(row: &Row, when: When, rejects: &mut Vec<Reject>) -> When {
    let (Coded::Known(precision), Some(day)) =
        (row.coded(Column::DatePrecision, rejects), when.start())
    else {
        return when;
    };
    let raw = if when.raw.is_empty() {
        row.text(Column::Date)
    } else {
        &when.raw
    };
    let start_of = |text: &str| text.parse::<crate::model::date::Day>().ok();
    match precision {
        Precision::Day | Precision::Range => when,
        Precision::Approximate | Precision::Uncertain => When {
            precision,
            raw: raw.into(),
            ..when.clone()
        },
        Precision::Month => {
            let first = start_of(&day.format("%Y-%m-01").to_string());
            let last = first
                .and_then(|d| d.checked_add_months(chrono::Months::new(1)))
                .and_then(|d| d.pred_opt());
            first.zip(last).map_or(when.clone(), |(a, b)| {
                When::span(a, b, precision).with_raw(raw)
            })
        }
        Precision::Year => {
            let (first, last) = (
                start_of(&day.format("%Y-01-01").to_string()),
                start_of(&day.format("%Y-12-31").to_string()),
            );
            first.zip(last).map_or(when.clone(), |(a, b)| {
                When::span(a, b, precision).with_raw(raw)
            })
        }
        Precision::Before => When {
            from: None,
            until: day.pred_opt(),
            precision,
            raw: raw.into(),
        },
        Precision::After => When {
            from: day.succ_opt(),
            until: None,
            precision,
            raw: raw.into(),
        },
        Precision::Unknown => When::unknown(raw),
    }
}

fn slot(text: &str) -> String {
    text.to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-')
        .collect::<Vec<_>>()
        .join(" ")
}

fn significance(row: &Row, rejects: &mut Vec<Reject>) -> Option<u8> {
    let text = row.text(Column::Significance);
    if is_not_known(text) {
        return None;
    }
    let number = text
        .trim_end_matches(".0")
        .parse::<u8>()
        .ok()
        .filter(|n| *n <= 3);
    if number.is_none() {
        rejects.push(row.reject(
            Column::Significance,
            format!("`{text}` is no significance"),
            "use a number from 0 to 3",
            Kept::Cell,
        ));
    }
    number
}

/// An unknown rule of handling stays as given: the sharing room treats it as no onward sharing.
fn handling(
    row: &Row,
    part: &str,
    rejects: &mut Vec<Reject>,
) -> Coded<crate::model::words::Handling> {
    let coded = row.coded_part(Column::Handling, part, rejects);
    if coded.is_blank() {
        Coded::Unknown(part.into())
    } else {
        coded
    }
}

/// The codes of a basis cell. A blank is `U-NR`; what is not in the vocabulary, or can be read in two ways, is `U-MAP`.
fn basis(row: &Row, words: &Vocabulary, rejects: &mut Vec<Reject>) -> (Vec<Box<str>>, String) {
    let raw = row.text(Column::Basis);
    let mut codes: Vec<Box<str>> = Vec::new();
    let whole = words.read(raw).map(|code| code.code.as_str());
    let spellings: Vec<&str> = if whole.is_some() {
        vec![raw]
    } else {
        row.list(Column::Basis).collect()
    };
    for part in spellings {
        let code = words.read(part).map(|code| code.code.as_str());
        if code.is_none() {
            let problem = if words.is_ambiguous(part) {
                format!("`{part}` can be read in two ways")
            } else {
                format!("`{part}` is not in the list of bases")
            };
            let hint = "ask the agency which basis it means; until then the basis is not known";
            rejects.push(row.reject(Column::Basis, problem, hint, Kept::Cell));
        }
        let code: Box<str> = code.unwrap_or(NOT_MAPPED).into();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.is_empty() {
        codes.push(NOT_RECORDED.into());
    }
    (codes, raw.to_owned())
}

fn consent(row: &Row, known: &Known, rejects: &mut Vec<Reject>) -> Consent {
    use Column as C;
    Consent {
        state: row.coded(C::ConsentState, rejects),
        by: row.owned(C::ConsentBy),
        on: row.date(C::ConsentOn, rejects),
        expires_on: row.date(C::ConsentExpiresOn, rejects),
        withdrawn_on: row.date(C::ConsentWithdrawnOn, rejects),
        scope: row
            .list(C::ConsentScope)
            .map(|part| known.agencies.named_or_new(part))
            .collect(),
    }
}

/// `own` is the supplier, `received from X` is X, and a bare entry id belongs to the one agency named.
fn origin(row: &Row, supplier: &AgencyId, known: &Known) -> OriginCells {
    let mut origin = OriginCells::default();
    for part in row.list(Column::OriginAgency) {
        let name = part
            .strip_prefix("received from ")
            .or_else(|| part.strip_prefix("Received from "))
            .unwrap_or(part);
        if is_not_known(name) {
            origin.unknown = true;
        } else if fold(name) == "own" {
            origin.agencies.push(supplier.clone());
        } else {
            origin.agencies.push(known.agencies.named_or_new(name));
        }
    }
    origin.agencies.sort();
    origin.agencies.dedup();
    let of = match origin.agencies.as_slice() {
        [one] => one,
        _ => supplier,
    };
    origin.entries = row
        .list(Column::OriginEntry)
        .filter(|p| !is_not_known(p))
        .filter_map(|p| known.entry(p, Some(of)))
        .collect();
    origin.entries.sort();
    origin.entries.dedup();
    origin
}

/// Puts rows together: one entry for each id and content, about all the persons of its rows.
///
/// Ids that several contents share get `.2`, `.3` … in the order of their contents, never of their rows.
pub fn merge(rows: Vec<EntryRow>, rejects: &mut Vec<Reject>) -> Vec<Entry> {
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
                let mut rows = rows;
                rows.sort_by(|a, b| {
                    (&a.entry.persons, &a.entry.rows).cmp(&(&b.entry.persons, &b.entry.rows))
                });
                entries_of_id.extend(rows.into_iter().map(|row| vec![row]));
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
                        .map(|row| row.doubled.clone()),
                );
            }
            entries.extend(joined(own, rows));
        }
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
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
