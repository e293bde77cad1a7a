//! Workbooks: written anew, with the texts of their cells and nothing else, under whatever kind they came.
//!
//! Excel's own files keep a text in many places beside its cell: tables of shared texts, comments, filters, pivot caches,
//! pictures, names, the properties of the document. None of them is read here, so none of them is carried over.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::import::decode::decode;
use crate::import::table::{Read, Table};

use super::{Rows, Way, is_cut};

/// How much of one file inside a workbook is searched.
const MOST_UNPACKED: u64 = 256 << 20;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The one way to write a workbook without the rows.
pub fn ways<'a>(read: &'a Read, rows: &'a Rows) -> Vec<Way<'a>> {
    // what cannot be written is no workbook, and the comparison that follows says so
    vec![Box::new(|| written(read, rows).unwrap_or_default())]
}

fn written(read: &Read, rows: &Rows) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // not compressed: the case compresses it, and a sheet of repeated words must not look like a bomb
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in members(read, rows) {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The files inside, in a fixed order.
fn members(read: &Read, rows: &Rows) -> Vec<(String, String)> {
    let (mut types, mut sheets, mut links) = (String::new(), String::new(), String::new());
    for (at, table) in read.tables.iter().enumerate() {
        let number = at + 1;
        let name = escaped(&table.name, true);
        // writing to a string cannot fail
        let _ = write!(
            types,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEET}.worksheet+xml\"/>"
        );
        let _ = write!(
            sheets,
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        );
        let _ = write!(
            links,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    let from_1904 = read.tables.iter().any(|table| table.dates_from_1904);
    let properties = if from_1904 {
        "<workbookPr date1904=\"1\"/>"
    } else {
        "<workbookPr/>"
    };
    let mut members = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET}.sheet.main+xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}<sheets>{sheets}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"
            ),
        ),
    ];
    for (at, table) in read.tables.iter().enumerate() {
        let name = format!("xl/worksheets/sheet{}.xml", at + 1);
        members.push((name, sheet(table, rows)));
    }
    members
}

fn sheet(table: &Table, rows: &Rows) -> String {
    let mut xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>");
    for row in &table.rows {
        if is_cut(rows, &table.name, row.number) {
            continue;
        }
        // writing to a string cannot fail
        let _ = write!(xml, "<row r=\"{}\">", row.number);
        for (at, cell) in row.cells.iter().enumerate() {
            if !cell.is_empty() {
                let _ = write!(
                    xml,
                    "<c r=\"{}{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    letters(at),
                    row.number,
                    escaped(cell, false)
                );
            }
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

/// All text in the files inside a workbook, as it stands and with its entities read.
pub fn raw_text(bytes: &[u8]) -> String {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        return String::new();
    };
    let mut all = String::new();
    for at in 0..zip.len() {
        let Ok(file) = zip.by_index(at) else { continue };
        let mut content = Vec::new();
        // what can be unpacked of a damaged file is searched
        let _ = file.take(MOST_UNPACKED).read_to_end(&mut content);
        let text = decode(&content).0;
        if let Ok(read) = quick_xml::escape::unescape(&text) {
            all.push_str(&read);
        }
        all.push_str(&text);
        all.push('\n');
    }
    all
}

/// The letters of a column: A to Z, AA …
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// A text as XML. What XML cannot hold is written as Excel writes it, `_x000D_`, and so is what looks like that; not in the
/// names of sheets, which no reader unescapes.
fn escaped(text: &str, is_name: bool) -> String {
    let mut xml = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' if !is_name => xml.push(c),
            _ if c < ' ' && is_name => {
                let _ = write!(xml, "&#{};", u32::from(c));
            }
            _ if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(xml, "_x{:04X}_", u32::from(c));
            }
            '_' if !is_name && looks_escaped(text.get(at..).unwrap_or_default()) => {
                xml.push_str("_x005F_");
            }
            _ => xml.push(c),
        }
    }
    xml
}

fn looks_escaped(text: &str) -> bool {
    let Some(digits) = text.strip_prefix("_x").or(text.strip_prefix("_X")) else {
        return false;
    };
    let is_hex = digits
        .get(..4)
        .is_some_and(|four| four.bytes().all(|b| b.is_ascii_hexdigit()));
    is_hex && digits.get(4..5) == Some("_")
}
