//! Tells how files would be read: profile, encoding, header row, what each column means, what was rejected.

use std::collections::BTreeMap;

use crate::model::basis::{Jurisdiction, NOT_MAPPED, Vocabulary, places_that_read};
use crate::model::entry::Entry;
use crate::model::id::AgencyId;
use crate::model::source::{Reject, RowRef};
use crate::model::supply::Supplied;

use super::files::name_with_sheet;
use super::gather::Sheet;
use super::row::DATES;

/// How one file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// The path under the folder.
    pub path: String,
    /// Whose it is, when it is one agency's.
    pub agency: Option<AgencyId>,
    /// The profile; empty when the file cannot be used.
    pub profile: String,
    /// The text encoding or kind of workbook.
    pub encoding: String,
    /// Data rows, those used, those rejected.
    pub rows: (usize, usize, usize),
    /// Its tables.
    pub sheets: Vec<SheetReport>,
    /// What it gives: `records`, `entries` … with how many, those above 0.
    pub counts: Vec<(&'static str, usize)>,
    /// Basis codes that nobody here can read, by spelling.
    pub codes: Vec<UnknownCode>,
    /// Cells and rows that are not used as given; codes that are not known are those kept as given.
    pub rejects: Vec<Reject>,
}

/// A spelling in basis cells that is no code of the vocabulary in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// The spelling as supplied.
    pub spelling: String,
    /// How many entries have it.
    pub entries: usize,
    /// Whether it can be read in more than one way, so that only the agency can say.
    pub is_ambiguous: bool,
    /// The nearest codes, with their labels, nearest first.
    pub nearest: Vec<(String, String)>,
    /// Places whose vocabulary has it.
    pub places: Vec<Jurisdiction>,
}

/// How one table is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetReport {
    /// The sheet's name in a workbook, empty otherwise.
    pub name: String,
    /// The number of the header row.
    pub header_row: u32,
    /// What its rows are: `people`, `entries` …
    pub kinds: Vec<&'static str>,
    /// Its columns in their order.
    pub columns: Vec<ColumnReport>,
}

/// How one column is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReport {
    /// The header as supplied.
    pub header: String,
    /// The column of the plain profile that it is read as; `None`: kept as an extra.
    pub read_as: Option<&'static str>,
    /// For dates: `day first`, `month first` or `year first`.
    pub dates: Option<&'static str>,
}

/// The tables of all files, with the index of the file.
pub(super) fn sheets(sheets: &[Sheet]) -> Vec<(u32, SheetReport)> {
    sheets
        .iter()
        .map(|sheet| (sheet.place.file, sheet_report(sheet)))
        .collect()
}

fn sheet_report(sheet: &Sheet) -> SheetReport {
    let layout = &sheet.known.layout;
    let columns = layout
        .headers
        .iter()
        .zip(&layout.meanings)
        .map(|(header, meaning)| {
            let dates = meaning
                .filter(|column| DATES.contains(column))
                .and_then(|column| {
                    let rules = sheet.place.rules.get(column as usize)?;
                    Some(match (rules.year_first, rules.day_first) {
                        (true, _) => "year first",
                        (false, true) => "day first",
                        (false, false) => "month first",
                    })
                });
            ColumnReport {
                header: header.clone(),
                read_as: meaning.map(super::headers::Column::name),
                dates,
            }
        });
    SheetReport {
        name: sheet.known.table.name.clone(),
        header_row: layout.header_row,
        kinds: layout.kinds.names(),
        columns: columns.collect(),
    }
}

/// The reports of all files.
pub(super) fn reports(
    supplied: &Supplied,
    sheets: &[(u32, SheetReport)],
    words: &Vocabulary,
) -> Vec<FileReport> {
    let report = |(index, file): (usize, &crate::model::source::SourceFile)| {
        let sheets: Vec<SheetReport> = sheets
            .iter()
            .filter(|(of, _)| *of as usize == index)
            .map(|(_, sheet)| sheet.clone())
            .collect();
        let names: Vec<String> = sheets
            .iter()
            .map(|sheet| name_with_sheet(&file.path, &sheet.name))
            .collect();
        let is_of_file =
            |reject: &&Reject| reject.file == file.path || names.contains(&reject.file);
        FileReport {
            path: file.path.clone(),
            agency: file.agency.clone(),
            profile: file.profile.clone(),
            encoding: file.encoding.clone(),
            rows: (file.rows, file.used, file.rejected),
            sheets,
            counts: counts(supplied, index as u32),
            codes: unknown_codes(supplied, index as u32, words),
            rejects: supplied
                .rejects
                .iter()
                .filter(is_of_file)
                .cloned()
                .collect(),
        }
    };
    supplied.files.iter().enumerate().map(report).collect()
}

/// The spellings of a file's basis cells that are no codes, each once.
fn unknown_codes(supplied: &Supplied, file: u32, words: &Vocabulary) -> Vec<UnknownCode> {
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let of_file = |entry: &&Entry| entry.rows.iter().any(|row| row.file == file);
    for entry in supplied.entries.iter().filter(of_file) {
        if entry.basis.iter().any(|code| **code == *NOT_MAPPED) {
            let cells = words.read_cell(&entry.basis_raw).into_iter();
            for (spelling, _) in cells.filter(|(_, code)| code.is_none()) {
                *unknown.entry(spelling).or_default() += 1;
            }
        }
    }
    let told = |(spelling, entries): (&str, usize)| UnknownCode {
        spelling: spelling.to_owned(),
        entries,
        is_ambiguous: words.is_ambiguous(spelling),
        nearest: words
            .nearest(spelling)
            .into_iter()
            .map(|code| (code.code.clone(), code.label.clone()))
            .collect(),
        places: places_that_read(spelling),
    };
    unknown.into_iter().map(told).collect()
}

fn counts(supplied: &Supplied, file: u32) -> Vec<(&'static str, usize)> {
    fn of<T>(list: &[T], is_of_file: impl Fn(&T) -> bool) -> usize {
        list.iter().filter(|item| is_of_file(item)).count()
    }
    let any = |rows: &[RowRef]| rows.iter().any(|row| row.file == file);
    let mut counts = vec![
        ("records", of(&supplied.records, |item| any(&item.rows))),
        ("entries", of(&supplied.entries, |item| any(&item.rows))),
        (
            "relationships",
            of(&supplied.relationships, |item| item.row.file == file),
        ),
        (
            "involvement",
            of(&supplied.involvements, |item| item.row.file == file),
        ),
        (
            "coverage",
            of(&supplied.coverage, |item| item.row.file == file),
        ),
        (
            "requests",
            of(&supplied.requests, |item| item.row.file == file),
        ),
        (
            "consultations",
            of(&supplied.consultations, |item| item.row.file == file),
        ),
        (
            "citations",
            of(&supplied.citations, |item| item.row.file == file),
        ),
    ];
    counts.retain(|(_, count)| *count > 0);
    counts
}
