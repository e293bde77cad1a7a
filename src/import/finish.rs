//! Puts what the rows gave in order, and proves that no row is lost: rows = used + rejected, for each file.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::AgencyId;
use crate::model::source::{Kept, Reject, RowRef, Sheet as RawSheet, SourceFile};
use crate::model::supply::{
    Citation, Consultation, Coverage, Involvement, Relationship, Request, Supplied,
};

use super::files::{File, Known};
use super::gather::Sheet;
use super::row::when_key;

/// Sorts the lists by their ids and contents; rows that say the same as another are taken once. Gives the rows used.
pub fn sort(supplied: &mut Supplied) -> BTreeSet<RowRef> {
    let mut used = BTreeSet::new();
    supplied
        .relationships
        .sort_by(|a, b| relationship_key(a).cmp(&relationship_key(b)));
    once(&mut supplied.relationships, &mut used, |item| &mut item.row);
    supplied
        .involvements
        .sort_by(|a, b| involvement_key(a).cmp(&involvement_key(b)));
    once(&mut supplied.involvements, &mut used, |item| &mut item.row);
    supplied
        .coverage
        .sort_by(|a, b| coverage_key(a).cmp(&coverage_key(b)));
    once(&mut supplied.coverage, &mut used, |item| &mut item.row);
    supplied
        .requests
        .sort_by(|a, b| request_key(a).cmp(&request_key(b)));
    once(&mut supplied.requests, &mut used, |item| &mut item.row);
    supplied
        .consultations
        .sort_by(|a, b| consultation_key(a).cmp(&consultation_key(b)));
    once(&mut supplied.consultations, &mut used, |item| &mut item.row);
    supplied
        .citations
        .sort_by(|a, b| citation_key(a).cmp(&citation_key(b)));
    once(&mut supplied.citations, &mut used, |item| &mut item.row);
    for record in &supplied.records {
        used.extend(record.rows.iter().copied());
    }
    for entry in &supplied.entries {
        used.extend(entry.rows.iter().copied());
    }
    used
}

// The keys below hold everything that two items may differ in, the row last, so that the order never depends on rows
// unless nothing else differs.

fn relationship_key(item: &Relationship) -> impl Ord + '_ {
    let dates = (when_key(&item.from), when_key(&item.to));
    (
        &item.record,
        &item.related,
        &item.relationship,
        dates,
        &item.agency,
        item.parental_responsibility.text(),
        item.row,
    )
}

fn involvement_key(item: &Involvement) -> impl Ord + '_ {
    let dates = (when_key(&item.from), when_key(&item.to));
    (
        &item.record,
        &item.service,
        dates,
        &item.agency,
        &item.worker,
        &item.evidence,
        item.row,
    )
}

fn coverage_key(item: &Coverage) -> impl Ord + '_ {
    let dates = (
        when_key(&item.from),
        when_key(&item.to),
        when_key(&item.last_synchronised),
    );
    (
        &item.agency,
        dates,
        item.records_available.text(),
        &item.explanation,
        item.row,
    )
}

fn request_key(item: &Request) -> impl Ord + '_ {
    let dates = (
        when_key(&item.asked_on),
        when_key(&item.due_on),
        when_key(&item.answered_on),
    );
    let texts = (
        &item.asked_by,
        item.result.text(),
        &item.question,
        &item.reason,
        &item.basis,
    );
    (&item.id, &item.asked, dates, texts, &item.records, item.row)
}

fn consultation_key(item: &Consultation) -> impl Ord + '_ {
    let who = (&item.by, &item.consulted, &item.person, when_key(&item.on));
    let words = (
        item.how.text(),
        item.setting.text(),
        item.became_referral.text(),
        item.family_agreed.text(),
        item.told.text(),
    );
    let texts = (&item.question, &item.received, &item.given, &item.outcome);
    (&item.id, who, words, texts, &item.records, item.row)
}

fn citation_key(item: &Citation) -> impl Ord + '_ {
    (
        &item.conclusion,
        &item.cited,
        &item.text,
        when_key(&item.decided_on),
        &item.decided_by,
        item.row,
    )
}

/// Of items that differ in their rows alone the first is kept; all their rows are used.
fn once<T: Clone + PartialEq>(
    list: &mut Vec<T>,
    used: &mut BTreeSet<RowRef>,
    row: fn(&mut T) -> &mut RowRef,
) {
    list.dedup_by(|later, earlier| {
        let at = *row(later);
        used.insert(at);
        let of_earlier = *row(earlier);
        *row(later) = of_earlier;
        let same = later == earlier;
        *row(later) = at;
        same
    });
    used.extend(list.iter_mut().map(|item| *row(item)));
}

/// Keeps the rows as supplied and counts them; each row that gave nothing has a line that says so.
pub fn account(
    files: Vec<File>,
    sheets: &[(u32, RawSheet)],
    used: &BTreeSet<RowRef>,
    rejects: &mut Vec<Reject>,
) -> Vec<SourceFile> {
    let told: BTreeSet<(String, u32)> = rejects
        .iter()
        .filter(|r| r.kept == Kept::None)
        .filter_map(|r| Some((r.file.clone(), r.row?)))
        .collect();
    let mut sources = Vec::new();
    for (index, file) in files.into_iter().enumerate() {
        let index = index as u32;
        let mut source = file.source;
        source.rows = file.rows_lost;
        source.rejected = file.rows_lost;
        for (at, (_, sheet)) in sheets.iter().filter(|(of, _)| *of == index).enumerate() {
            let name = super::files::name_with_sheet(&source.path, &sheet.name);
            for row in sheet.numbers() {
                source.rows += 1;
                if used.contains(&RowRef {
                    file: index,
                    sheet: at as u16,
                    row,
                }) {
                    source.used += 1;
                    continue;
                }
                source.rejected += 1;
                if !told.contains(&(name.clone(), row)) {
                    rejects.push(nothing_in(&name, row));
                }
            }
            source.sheets.push(sheet.clone());
        }
        let used_of_file = used.iter().filter(|at| at.file == index).count();
        if source.rows != source.used + source.rejected || used_of_file != source.used {
            rejects.push(miscounted(&source));
        }
        sources.push(source);
    }
    sources
}

fn nothing_in(file: &str, row: u32) -> Reject {
    Reject {
        file: file.to_owned(),
        row: Some(row),
        column: String::new(),
        value: String::new(),
        problem: "the row holds nothing in the columns that are read".into(),
        hint: "check it against the file; a repeated header or a total line may be left as it is"
            .into(),
        kept: Kept::None,
    }
}

fn miscounted(source: &SourceFile) -> Reject {
    Reject {
        file: source.path.clone(),
        row: None,
        column: String::new(),
        value: format!("{} rows, {} used, {} rejected", source.rows, source.used, source.rejected),
        problem: "the rows of this file do not add up: a fault of this program".into(),
        hint: "do not rely on this file's rows; please report it with the file's shape, not its content".into(),
        kept: Kept::None,
    }
}

/// The rows of a table as supplied.
pub fn raw_sheet(sheet: &Sheet) -> RawSheet {
    let Known { table, layout, .. } = sheet.known;
    let width = sheet
        .data()
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0);
    let extras = width.saturating_sub(layout.headers.len());
    let mut raw = RawSheet::default();
    raw.name.clone_from(&table.name);
    raw.headers.clone_from(&layout.headers);
    raw.headers.extend((1..=extras).map(|n| format!("+{n}")));
    let mut seen = BTreeSet::new();
    raw.meanings = layout
        .meanings
        .iter()
        .map(|meaning| {
            meaning
                .filter(|column| seen.insert(*column))
                .map_or(String::new(), |column| column.name().to_owned())
        })
        .collect();
    raw.meanings.resize(raw.headers.len(), String::new());
    for row in sheet.data() {
        raw.push(row.number, &row.cells);
    }
    raw
}

/// Agencies that supplied at least one row that was used, and those that are only named somewhere.
pub fn agencies(
    supplied: &Supplied,
    own: Option<&AgencyId>,
) -> (BTreeSet<AgencyId>, BTreeSet<AgencyId>) {
    let mut gave: BTreeSet<AgencyId> = BTreeSet::new();
    gave.extend(
        supplied
            .records
            .iter()
            .filter(|r| r.described)
            .map(|r| r.id.agency().clone()),
    );
    gave.extend(supplied.entries.iter().map(|e| e.agency().clone()));
    gave.extend(supplied.relationships.iter().map(|r| r.agency.clone()));
    gave.extend(supplied.involvements.iter().map(|i| i.agency.clone()));
    gave.extend(
        supplied
            .files
            .iter()
            .filter(|f| f.used > 0)
            .filter_map(|f| f.agency.clone()),
    );
    let mut named: BTreeSet<AgencyId> = own.cloned().into_iter().collect();
    named.extend(supplied.records.iter().map(|r| r.id.agency().clone()));
    named.extend(
        supplied
            .involvements
            .iter()
            .filter_map(|i| i.involved.clone()),
    );
    named.extend(supplied.coverage.iter().map(|c| c.agency.clone()));
    named.extend(supplied.requests.iter().map(|r| r.asked.clone()));
    named.extend(supplied.consultations.iter().map(|c| c.consulted.clone()));
    for entry in &supplied.entries {
        named.extend(entry.origin.agencies.iter().cloned());
        named.extend(
            entry
                .origin
                .entries
                .iter()
                .chain(&entry.cites)
                .map(|id| id.agency().clone()),
        );
    }
    (gave, named)
}

/// The agency of each file whose rows name one: the one that all name, or none.
pub fn agency_of_rows(supplied: &Supplied, files: &mut [SourceFile]) {
    let mut of_file: BTreeMap<u32, BTreeSet<AgencyId>> = BTreeMap::new();
    let mut note = |row: RowRef, agency: &AgencyId| {
        of_file.entry(row.file).or_default().insert(agency.clone());
    };
    for entry in &supplied.entries {
        entry.rows.iter().for_each(|row| note(*row, entry.agency()));
    }
    for record in supplied.records.iter().filter(|r| r.described) {
        record
            .rows
            .iter()
            .for_each(|row| note(*row, record.id.agency()));
    }
    supplied
        .relationships
        .iter()
        .for_each(|item| note(item.row, &item.agency));
    supplied
        .involvements
        .iter()
        .for_each(|item| note(item.row, &item.agency));
    for (index, file) in files.iter_mut().enumerate() {
        let Some(named) = of_file.get(&(index as u32)) else {
            continue;
        };
        match (named.first(), named.len()) {
            (Some(one), 1) => file.agency = Some(one.clone()),
            _ => file.agency = None,
        }
    }
}
