//! Goes over all rows twice: first for the people, then for everything that may refer to them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::basis::Vocabulary;
use crate::model::id::{AgencyId, EntryId, RecordId};
use crate::model::record::Record;
use crate::model::source::RowRef;
use crate::model::supply::{Consultation, Coverage, Involvement, Relationship, Request};
use crate::model::watch::Watch;

use super::agencies::Agencies;
use super::entries::{self, EntryRow};
use super::family_context;
use super::files::{self, File};
use super::headers::{Column, Group};
use super::known;
use super::layout::{Kinds, Layout};
use super::links;
use super::notes::Notes;
use super::people;
use super::profiles::{self, PlainRow};
use super::row::{Place, Row};
use super::table::TableRow;
use super::told::Steps;

/// One table with its place.
pub struct Sheet<'a> {
    /// The table and what its columns mean.
    pub known: &'a files::Known,
    /// Where it is.
    pub place: Place,
}

/// What the rows give, before it is put in order.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Records, one a row.
    pub people: Vec<Record>,
    /// Entries, one a row.
    pub entries: Vec<EntryRow>,
    /// Relationships.
    pub relationships: Vec<Relationship>,
    /// Involvement.
    pub involvements: Vec<Involvement>,
    /// Coverage.
    pub coverage: Vec<Coverage>,
    /// Requests.
    pub requests: Vec<Request>,
    /// Consultations.
    pub consultations: Vec<Consultation>,
    /// Lines and named records.
    pub notes: Notes,
}

impl Sheet<'_> {
    fn layout(&self) -> &Layout {
        &self.known.layout
    }

    /// The data rows.
    pub fn data(&self) -> &[TableRow] {
        self.known
            .table
            .rows
            .get(self.layout().header_at + 1..)
            .unwrap_or_default()
    }

    /// Whose a row is: its agency column, else the file's.
    pub fn supplier(&self, row: &Row, agencies: &Agencies) -> Option<AgencyId> {
        let named = row.text(Column::Agency);
        if named.is_empty() || !self.layout().kinds.need_a_supplier() {
            return self.place.supplier.clone();
        }
        Some(agencies.supplier(named))
    }

    /// One row as rows of the plain profile. A header that is repeated further down gives none.
    pub fn plain<'a>(&'a self, data: &'a TableRow) -> Vec<PlainRow<'a>> {
        let layout = self.layout();
        if data
            .cells
            .iter()
            .map(|cell| cell.trim())
            .eq(layout.headers.iter().map(String::as_str))
            || super::shape::is_no_data(layout, data).is_some()
        {
            return Vec::new();
        }
        if let Some(fitted) = &self.known.fitted {
            return profiles::plain_rows(fitted, &self.place, data);
        }
        let mut row = Row::blank(&self.place, data.number);
        for (cell, meaning) in data.cells.iter().zip(&layout.meanings) {
            if let Some(column) = meaning.filter(|column| row.text(*column).is_empty()) {
                row.set(
                    column,
                    one_line_end(self.known.cell(column, without_guard(cell))),
                );
            }
        }
        match self.known.part {
            Some(part) => family_context::plain_rows(part, row, layout, &data.cells, &self.place),
            None => vec![PlainRow {
                row,
                kinds: layout.kinds,
            }],
        }
    }
}

/// Takes off the one apostrophe that keeps a spreadsheet from reading a cell as a formula.
pub(super) fn without_guard(cell: &str) -> &str {
    const BEFORE: [char; 8] = [
        ' ', '"', '\'', '\u{200b}', '\u{200c}', '\u{200d}', '\u{feff}', '\u{2060}',
    ];
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches(BEFORE).starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// A line end inside a cell is one sign, whatever the system that wrote it.
fn one_line_end(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.contains("\r\n") {
        Cow::Owned(cell.replace("\r\n", "\n"))
    } else {
        cell
    }
}

/// The agencies named in the agency columns of rows that must be some agency's.
pub fn add_suppliers_of_rows(files: &[File], agencies: &mut Agencies) {
    for known in files
        .iter()
        .flat_map(|file| &file.tables)
        .filter(|known| known.layout.kinds.need_a_supplier())
    {
        let Some(at) = known.layout.positions(Column::Agency).next() else {
            continue;
        };
        let rows = known
            .table
            .rows
            .get(known.layout.header_at + 1..)
            .unwrap_or_default();
        let names: BTreeSet<Cow<'_, str>> = rows
            .iter()
            .filter_map(|row| row.cells.get(at))
            .map(|cell| known.cell(Column::Agency, cell.trim()))
            .collect();
        for name in names.iter().filter(|name| !name.is_empty()) {
            let id = agencies.supplier(name);
            agencies.add_supplier(&id);
        }
    }
}

/// First pass: records of people rows, the ids of entries, and what is wrong with the shape of rows.
pub fn people(
    sheets: &[Sheet],
    agencies: Agencies,
    watch: &dyn Watch,
    out: &mut Gathered,
) -> known::Known {
    let mut known = known::Known {
        agencies,
        ..known::Known::default()
    };
    for sheet in sheets {
        super::shape::shape(sheet, &mut out.notes.rejects);
        if let Some(fitted) = &sheet.known.fitted {
            profiles::tell(fitted, sheet, &mut out.notes.rejects);
        }
        let steps = Steps::of_rows(watch, sheet.data().len());
        for (at, data) in sheet.data().iter().enumerate() {
            if !steps.come_to(at) {
                break;
            }
            for PlainRow { row, kinds } in sheet.plain(data) {
                let Some(supplier) = sheet.supplier(&row, &known.agencies) else {
                    continue;
                };
                if kinds.entries && !entries::own_id(&row).is_empty() {
                    let id = EntryId::new(&supplier, entries::own_id(&row));
                    if !known.entries.insert(id.clone()) {
                        known.repeated.insert(id);
                    }
                }
                let describes = kinds.people
                    && (!kinds.entries || row.any(|column| column.group() == Group::Person));
                if !describes {
                    continue;
                }
                if let Some(id) = people::record_id(&row, &supplier, &known.agencies) {
                    known.of_row.entry(row.at()).or_insert_with(|| id.clone());
                    out.people
                        .push(people::read_person(&row, id, &mut out.notes.rejects));
                }
            }
        }
    }
    known.records = out.people.iter().map(|record| record.id.clone()).collect();
    known.locals = people::by_local_id(known.records.iter().cloned());
    known
}

/// Second pass: entries, relationships, involvement, coverage, requests. Citations wait for the ids of entries.
pub fn the_rest(
    sheets: &[Sheet],
    (known, words): (&known::Known, &Vocabulary),
    watch: &dyn Watch,
    out: &mut Gathered,
) {
    for sheet in sheets {
        let steps = Steps::of_rows(watch, sheet.data().len());
        for (at, data) in sheet.data().iter().enumerate() {
            if !steps.come_to(at) {
                break;
            }
            for PlainRow { row, kinds } in sheet.plain(data) {
                let supplier = sheet.supplier(&row, &known.agencies);
                of_nobody((&row, kinds), supplier.as_ref(), known, out);
                let Some(supplier) = supplier else {
                    if kinds.need_a_supplier() {
                        out.notes.rejects.push(row.dropped(
                            "nothing says which agency this row is from",
                            "put the file in a folder named as the agency, or add an agency column",
                        ));
                    }
                    continue;
                };
                if kinds.entries {
                    out.entries.extend(entries::read_entry(
                        &row,
                        &supplier,
                        known,
                        words,
                        &mut out.notes,
                    ));
                }
                if kinds.relationships {
                    out.relationships.extend(links::read_relationship(
                        &row,
                        &supplier,
                        known,
                        &mut out.notes,
                    ));
                }
                if kinds.involvement {
                    let wanted = !kinds.people || !row.text(Column::Service).is_empty();
                    out.involvements.extend(
                        wanted
                            .then(|| {
                                links::read_involvement(&row, &supplier, known, &mut out.notes)
                            })
                            .flatten(),
                    );
                }
            }
        }
    }
}

/// Rows that need no supplier: what is covered, asked, and talked over.
fn of_nobody(
    (row, kinds): (&Row<'_>, Kinds),
    supplier: Option<&AgencyId>,
    known: &known::Known,
    out: &mut Gathered,
) {
    let notes = &mut out.notes;
    if kinds.coverage {
        let read = links::read_coverage(row, supplier, known, &mut notes.rejects);
        out.coverage.extend(read);
    }
    if kinds.requests {
        out.requests
            .extend(links::read_request(row, supplier, known, notes));
    }
    if kinds.consultations {
        out.consultations
            .extend(links::read_consultation(row, supplier, known, notes));
    }
}

/// Puts people rows together, one record an id; then adds the ids that are only named.
pub fn records(gathered: &mut Gathered, sheets: &[Sheet]) -> Vec<Record> {
    let places: people::Places = sheets
        .iter()
        .map(|sheet| {
            (
                RowRef {
                    file: sheet.place.file,
                    sheet: sheet.place.sheet,
                    row: 0,
                },
                &sheet.place,
            )
        })
        .collect();
    let mut by_id: BTreeMap<RecordId, Vec<Record>> = BTreeMap::new();
    for record in std::mem::take(&mut gathered.people) {
        by_id.entry(record.id.clone()).or_default().push(record);
    }
    let mut records: Vec<Record> = by_id
        .into_values()
        .filter_map(|rows| people::merge(rows, &places, &mut gathered.notes.rejects))
        .collect();
    for (id, line) in std::mem::take(&mut gathered.notes.undescribed) {
        records.push(Record::named_only(id));
        gathered.notes.rejects.push(line);
    }
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_apostrophe_before_a_formula_is_taken_off() {
        for (cell, read) in [
            ("'=1+1", "=1+1"),
            ("''=1+1", "'=1+1"),
            ("' -3", " -3"),
            ("'t Hooft", "'t Hooft"),
            ("O'Brien", "O'Brien"),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(without_guard(cell), read, "{cell}");
        }
    }
}
