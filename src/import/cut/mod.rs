//! Takes rows out of a file as supplied, so that no byte of them is left and every other row keeps its number and its text.
//!
//! A row of delimited text becomes an empty line, an object of JSON one without values; both are what the reader passes over.
//! A workbook is written anew from the texts of its cells: its formats, formulas, comments, pictures and properties go,
//! since any of them may repeat what a row said. What comes out is read again and compared before it is given.

mod edit;
mod json;
mod text;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::UTF_16LE;

use super::decode::decode;
use super::open::{extension, open};
use super::read_error::ReadError;
use super::table::{Read, Table};
use super::{InputFile, Limits};

/// Texts up to this length say nothing of anybody: "yes", "12", "GP".
const SHORT: usize = 3;

/// What the reader calls the kinds of workbook.
const WORKBOOKS: [&str; 3] = ["xlsx", "xls", "ods"];

/// The rows to take out: their numbers, by sheet; the sheet is empty for a text file.
pub type Rows = BTreeMap<String, BTreeSet<u32>>;

/// A file without the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Texts that only the rows held and that stand all the same in a part of the file that no row was read from.
    pub left: Vec<String>,
}

/// Why rows could not be taken out of a file. The file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}\n  hint: {hint}")]
pub struct CutError {
    /// The file.
    pub file: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub hint: String,
}

/// Takes rows out of a file.
///
/// # Errors
/// When the file cannot be read, has no such row, or would be read in another way without the rows.
pub fn cut(file: &InputFile, rows: &Rows, limits: &Limits) -> Result<Cut, CutError> {
    let told = |problem: String, hint: &str| CutError {
        file: file.path.clone(),
        problem,
        hint: hint.to_owned(),
    };
    let of_reader = |error: ReadError| told(error.problem, &error.hint);
    let bytes = file
        .bytes
        .as_ref()
        .map_err(|reason| told(reason.clone(), "supply the file again"))?;
    let before = open(&file.path, bytes, limits).map_err(of_reader)?;
    if let Some((sheet, number)) = missing(&before, rows) {
        let name = super::files::name_with_sheet(&file.path, sheet);
        let problem = format!("{name} has no row {number}");
        return Err(told(problem, "check the row's number"));
    }
    if rows.values().all(BTreeSet::is_empty) {
        let (bytes, left) = (bytes.clone(), Vec::new());
        return Ok(Cut { bytes, left });
    }
    if !before.records_of.is_empty() {
        return Err(told(
            "rows are not taken out of a nested file (XML, a family tree, records in JSON): what they say may stand in it again"
                .to_owned(),
            "take them out where the file was made, supply that in its place, or take the whole file out of the case",
        ));
    }
    let is_workbook = WORKBOOKS.contains(&before.encoding.as_str());
    let is_json =
        !is_workbook && ["json", "jsonl", "ndjson"].contains(&extension(&file.path).as_str());
    let ways = match is_workbook {
        true => workbook::ways(&before, rows),
        _ if is_json => json::ways(bytes, rows, limits),
        _ => text::ways(bytes, rows, limits).map_err(of_reader)?,
    };
    for way in ways {
        let bytes = way();
        let read = open(&file.path, &bytes, limits);
        if read.is_ok_and(|after| is_same_without(&before, &after, rows, is_json)) {
            let left = left(&bytes, &before, rows, (is_json, limits));
            return Ok(Cut { bytes, left });
        }
    }
    Err(told(
        "without these rows the rest of the file would be read in another way".to_owned(),
        "save it as XLSX in a spreadsheet program, supply that in its place, and erase again",
    ))
}

/// All text in the bytes of a file, whatever it is: for a search, not for reading.
pub fn raw_text(bytes: &[u8]) -> String {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::raw_text(bytes);
    }
    let mut text = decode(bytes).0.into_owned();
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        // an old workbook keeps its texts in one of two ways, anywhere
        for from in [0, 1] {
            let body = bytes.get(from..).unwrap_or_default();
            text.push_str(&UTF_16LE.decode_without_bom_handling(body).0);
        }
    }
    text
}

/// One way to write a file without rows, done when it is asked for.
type Way<'a> = Box<dyn Fn() -> Vec<u8> + 'a>;

fn missing<'a>(read: &Read, rows: &'a Rows) -> Option<(&'a str, u32)> {
    let has = |sheet: &str, number: u32| {
        let mut tables = read.tables.iter().filter(|table| table.name == sheet);
        tables.any(|table| table.rows.iter().any(|row| row.number == number))
    };
    let wanted = rows
        .iter()
        .flat_map(|(sheet, numbers)| numbers.iter().map(move |number| (sheet.as_str(), *number)));
    wanted
        .into_iter()
        .find(|(sheet, number)| !has(sheet, *number))
}

fn is_cut(rows: &Rows, sheet: &str, number: u32) -> bool {
    rows.get(sheet)
        .is_some_and(|numbers| numbers.contains(&number))
}

/// Whether all other rows are as before: their numbers, and their cells up to the last one with something in it.
fn is_same_without(before: &Read, after: &Read, rows: &Rows, by_key: bool) -> bool {
    let plain = |read: &Read, named: bool| -> Vec<(String, Vec<Row>)> {
        let tables = read.tables.iter();
        let kept = tables.map(|table| (table.name.clone(), kept(table, rows, named)));
        // a list without any object left in it gives no table
        kept.filter(|(_, rows)| !named || !rows.is_empty())
            .collect()
    };
    let dates = |read: &Read| {
        let tables = read.tables.iter();
        tables
            .map(|table| (table.serial_dates, table.dates_from_1904))
            .next()
    };
    before.rows_lost == after.rows_lost
        && before.rejects.len() >= after.rejects.len()
        && plain(before, by_key) == plain(after, by_key)
        && (by_key || dates(before) == dates(after))
}

/// A row as it is compared: its number, and its cells with their keys, if they have some.
type Row = (u32, Vec<(String, String)>);

fn kept(table: &Table, rows: &Rows, named: bool) -> Vec<Row> {
    let keys = table.rows.first().map_or(&[][..], |row| &row.cells);
    let others = table
        .rows
        .iter()
        .skip(usize::from(named))
        .filter(|row| !is_cut(rows, &table.name, row.number));
    let compared = others.map(|row| {
        let cells = row.cells.iter().enumerate();
        let mut cells: Vec<(String, String)> = cells
            .filter(|(_, cell)| !named || !cell.is_empty())
            .map(|(at, cell)| match keys.get(at).filter(|_| named) {
                Some(key) => (key.clone(), cell.clone()),
                None => (String::new(), cell.clone()),
            })
            .collect();
        while cells.last().is_some_and(|(_, cell)| cell.is_empty()) {
            cells.pop();
        }
        (row.number, cells)
    });
    compared.collect()
}

/// Texts of the rows taken out that no other row holds, and that the file holds outside of its rows.
fn left(
    bytes: &[u8],
    before: &Read,
    rows: &Rows,
    (is_json, limits): (bool, &Limits),
) -> Vec<String> {
    let outside = match before.encoding.as_str() {
        kind if WORKBOOKS.contains(&kind) => before
            .tables
            .iter()
            .map(|table| table.name.clone())
            .collect(),
        _ if is_json => json::outside(bytes, limits),
        _ => text::outside(bytes, limits),
    };
    if outside.is_empty() {
        return Vec::new();
    }
    let all = before
        .tables
        .iter()
        .flat_map(|table| table.rows.iter().map(|row| (table.name.as_str(), row)));
    let (gone, others): (Vec<_>, Vec<_>) =
        all.partition(|(sheet, row)| is_cut(rows, sheet, row.number));
    let texts: BTreeSet<&str> = gone
        .iter()
        .flat_map(|(_, row)| &row.cells)
        .map(|cell| cell.trim())
        .filter(|text| text.chars().count() > SHORT && outside.contains(text))
        .collect();
    let is_elsewhere = |text: &str| {
        let mut cells = others.iter().flat_map(|(_, row)| &row.cells);
        cells.any(|cell| cell.contains(text))
    };
    let left = texts.into_iter().filter(|text| !is_elsewhere(text));
    left.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
