//! Which rows of the exports are a person's alone, and which are about others too.

use std::collections::{BTreeMap, BTreeSet};

use super::Shared;
use crate::model::id::{AgencyId, EntryId, FactId, RecordId, short_hash};
use crate::model::record::Record;
use crate::model::source::{RowRef, SourceFile};
use crate::model::supply::{Cited, Supplied};

/// How many hex digits a fact's id has.
const FACT_DIGITS: usize = 12;

/// The columns that name individuals.
const WHO: [&str; 3] = ["record_id", "record_ids", "related_record_id"];

/// What one reading of exports holds of a person.
#[derive(Debug, Default)]
pub struct Found {
    /// The person's records in it.
    pub records: BTreeSet<RecordId>,
    /// Entries about nobody else.
    pub entries: BTreeSet<EntryId>,
    /// Rows to take out.
    pub rows: BTreeSet<RowRef>,
    /// What stays, since it is about others too.
    pub shared: Vec<Shared>,
    /// Relationships that go with the person, since they say nothing without them.
    pub relationships: Vec<Shared>,
}

/// Finds the rows of a person, who has these records.
pub fn find(supplied: &Supplied, person: &BTreeSet<RecordId>) -> Found {
    let records = supplied.records.iter().map(|record| &record.id);
    let mut found = Found {
        records: records.filter(|id| person.contains(id)).cloned().collect(),
        ..Found::default()
    };
    let mut kept = Kept::default();
    people(supplied, &mut found, &mut kept);
    entries(supplied, &mut found, &mut kept);
    relations(supplied, &mut found);
    questions(supplied, &mut found, &mut kept);
    citations(supplied, &mut found, &mut kept);
    read_as_nothing(supplied, &mut found, &kept);
    settle(supplied, &mut found, &kept);
    found
}

/// Rows that must stay, with what they hold of others.
#[derive(Default)]
struct Kept {
    rows: BTreeMap<RowRef, Shared>,
    /// All rows that anything was read from.
    read: BTreeSet<RowRef>,
}

impl Kept {
    fn keep(&mut self, row: RowRef, what: &str, others: &[&RecordId], files: &[SourceFile]) {
        self.rows.entry(row).or_insert_with(|| Shared {
            what: what.to_owned(),
            place: row.text(files),
            others: others.iter().map(|id| (*id).clone()).collect(),
        });
    }
}

/// Adds records without an id of their own that say the same of the person as one that is known: an earlier export has
/// another such id when any other cell of the row was different.
pub fn with_unnamed(
    known: &[&Record],
    supplied: &Supplied,
    current: &Supplied,
    person: &mut BTreeSet<RecordId>,
) {
    let is_unnamed = |record: &Record| record.id.local().starts_with('~');
    for record in supplied.records.iter().filter(|one| is_unnamed(one)) {
        let says_the_same = |one: &&&Record| {
            one.id.agency() == record.id.agency()
                && !record.name().is_empty()
                && one.name().to_lowercase() == record.name().to_lowercase()
                && one.birth.is_known()
                && one.birth.from == record.birth.from
                && one.birth.until == record.birth.until
        };
        let is_somebody_now = current.record(&record.id).is_some();
        if !is_somebody_now && known.iter().any(|one| says_the_same(&one)) {
            person.insert(record.id.clone());
        }
    }
}

fn people(supplied: &Supplied, found: &mut Found, kept: &mut Kept) {
    for record in &supplied.records {
        kept.read.extend(&record.rows);
        if found.records.contains(&record.id) {
            found.rows.extend(&record.rows);
            continue;
        }
        for row in &record.rows {
            kept.keep(*row, record.id.as_str(), &[&record.id], &supplied.files);
        }
    }
}

fn entries(supplied: &Supplied, found: &mut Found, kept: &mut Kept) {
    for entry in &supplied.entries {
        kept.read.extend(&entry.rows);
        let (own, others): (Vec<&RecordId>, Vec<&RecordId>) = entry
            .persons
            .iter()
            .partition(|id| found.records.contains(id));
        if own.is_empty() {
            for row in &entry.rows {
                kept.keep(*row, entry.id.as_str(), &others, &supplied.files);
            }
            continue;
        }
        if others.is_empty() {
            found.entries.insert(entry.id.clone());
            found.rows.extend(&entry.rows);
            continue;
        }
        for row in &entry.rows {
            let names = |ids: &[&RecordId]| {
                let mut ids = ids.iter();
                ids.any(|id| is_about(supplied, *row, id, entry.agency()))
            };
            // a log with a row a person: this one is the person's alone
            if names(&own) && !names(&others) {
                found.rows.insert(*row);
                continue;
            }
            // the others' rows stay, and the words in them may be about the person
            kept.keep(*row, entry.id.as_str(), &others, &supplied.files);
            found.shared.push(Shared {
                what: entry.id.to_string(),
                place: row.text(&supplied.files),
                others: others.iter().map(|id| (*id).clone()).collect(),
            });
        }
    }
}

/// Whether a row describes this individual or names them in a cell.
fn is_about(supplied: &Supplied, row: RowRef, id: &RecordId, supplier: &AgencyId) -> bool {
    let described = supplied.record(id).and_then(|at| supplied.records.get(at));
    described.is_some_and(|record| record.rows.contains(&row))
        || cells(supplied, row, &WHO).any(|part| is_named(part, id, supplier))
}

fn is_named(part: &str, id: &RecordId, supplier: &AgencyId) -> bool {
    // an id that holds a colon may be another agency's own, named whole
    RecordId::new(supplier, part) == *id
        || RecordId::read(part, supplier) == *id
        || (part.contains(':') && id.local() == part)
}

/// The parts of the cells of these columns in a row.
fn cells<'a>(
    supplied: &'a Supplied,
    row: RowRef,
    columns: &'a [&str],
) -> impl Iterator<Item = &'a str> {
    let file = supplied.files.get(row.file as usize);
    let sheet = file.and_then(|file| file.sheets.get(usize::from(row.sheet)));
    let cells = sheet.into_iter().flat_map(move |sheet| {
        let cells = sheet.row(row.row).into_iter().zip(&sheet.meanings);
        cells.filter(|(_, meaning)| columns.contains(&meaning.as_str()))
    });
    cells
        .flat_map(|(cell, _)| cell.split(['|', ';']))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn relations(supplied: &Supplied, found: &mut Found) {
    for one in &supplied.involvements {
        if found.records.contains(&one.record) {
            found.rows.insert(one.row);
        }
    }
    for one in &supplied.relationships {
        let ids = [&one.record, &one.related];
        let others = ids.into_iter().filter(|id| !found.records.contains(id));
        let others: Vec<RecordId> = others.cloned().collect();
        if others.len() == 2 {
            continue;
        }
        found.rows.insert(one.row);
        if !others.is_empty() {
            found.relationships.push(Shared {
                what: one.relationship.clone(),
                place: one.row.text(&supplied.files),
                others,
            });
        }
    }
}

/// Requests and consultations: those about nobody else go.
fn questions(supplied: &Supplied, found: &mut Found, kept: &mut Kept) {
    let requests = supplied.requests.iter();
    let requests = requests.map(|one| (format!("request {}", one.id), one.row, &one.records));
    let consultations = supplied.consultations.iter();
    let consultations =
        consultations.map(|one| (format!("consultation {}", one.id), one.row, &one.records));
    for (what, row, records) in requests.chain(consultations) {
        kept.read.insert(row);
        let (own, others): (Vec<&RecordId>, Vec<&RecordId>) =
            records.iter().partition(|id| found.records.contains(id));
        if !own.is_empty() && others.is_empty() {
            found.rows.insert(row);
            continue;
        }
        kept.keep(row, &what, &others, &supplied.files);
        if !own.is_empty() {
            found.shared.push(Shared {
                what,
                place: row.text(&supplied.files),
                others: others.into_iter().cloned().collect(),
            });
        }
    }
}

fn citations(supplied: &Supplied, found: &mut Found, kept: &mut Kept) {
    let facts: BTreeSet<FactId> = found.entries.iter().map(fact_of).collect();
    let mut by_row: BTreeMap<RowRef, Vec<bool>> = BTreeMap::new();
    for citation in &supplied.citations {
        let is_gone = match &citation.cited {
            Cited::Entry(entry) => found.entries.contains(entry),
            Cited::Fact(fact) => facts.contains(fact),
        };
        by_row.entry(citation.row).or_default().push(is_gone);
    }
    for (row, gone) in by_row {
        kept.read.insert(row);
        if gone.iter().all(|gone| *gone) {
            found.rows.insert(row);
            continue;
        }
        kept.keep(row, "a citation", &[], &supplied.files);
        if gone.contains(&true) {
            found.shared.push(Shared {
                what: "a citation of several entries".to_owned(),
                place: row.text(&supplied.files),
                others: Vec::new(),
            });
        }
    }
    for coverage in &supplied.coverage {
        kept.keep(coverage.row, "coverage", &[], &supplied.files);
    }
}

/// The id of the fact that an entry tells when its id is the smallest.
fn fact_of(entry: &EntryId) -> FactId {
    let digits = short_hash(entry.as_str(), FACT_DIGITS);
    FactId::new(&format!("F{digits}"))
}

/// Rows that nothing was read from: repeats of others, and rows that were rejected. They go when all that they name is the
/// person, or what goes with the person.
fn read_as_nothing(supplied: &Supplied, found: &mut Found, kept: &Kept) {
    let names: BTreeSet<String> = found
        .entries
        .iter()
        .flat_map(|entry| [entry.to_string(), fact_of(entry).to_string()])
        .collect();
    let mut more = Vec::new();
    for (file_at, file) in supplied.files.iter().enumerate() {
        for (sheet_at, sheet) in file.sheets.iter().enumerate() {
            for number in sheet.numbers() {
                let row = RowRef {
                    file: file_at as u32,
                    sheet: sheet_at as u16,
                    row: number,
                };
                if kept.read.contains(&row) || found.rows.contains(&row) {
                    continue;
                }
                let named = cells(supplied, row, &["agency"]).next().map(AgencyId::new);
                let supplier = named.or_else(|| file.agency.clone());
                let is_own = |part: &str| {
                    let mut ids = found.records.iter();
                    ids.any(|id| match &supplier {
                        Some(supplier) => is_named(part, id, supplier),
                        None => id.as_str() == part,
                    })
                };
                let who: Vec<bool> = cells(supplied, row, &WHO).map(is_own).collect();
                let cited: Vec<&str> = cells(supplied, row, &["entry"]).collect();
                let is_relation = cells(supplied, row, &["related_record_id"])
                    .next()
                    .is_some();
                let is_persons = !who.is_empty() && who.iter().all(|own| *own);
                let is_of_relation = is_relation && who.contains(&true);
                let is_of_entry =
                    !cited.is_empty() && cited.iter().all(|part| names.contains(*part));
                if is_persons || is_of_relation || is_of_entry {
                    more.push(row);
                }
            }
        }
    }
    found.rows.extend(more);
}

/// A row that is to go and must stay as well stays, and is told.
fn settle(supplied: &Supplied, found: &mut Found, kept: &Kept) {
    let both: Vec<RowRef> = found
        .rows
        .iter()
        .filter(|row| kept.rows.contains_key(row))
        .copied()
        .collect();
    for row in both {
        found.rows.remove(&row);
        let place = row.text(&supplied.files);
        found.relationships.retain(|one| one.place != place);
        if let Some(shared) = kept.rows.get(&row) {
            found.shared.push(shared.clone());
        }
    }
    found.shared.sort();
    found.shared.dedup_by(|one, other| one.place == other.place);
    found.relationships.sort();
}
