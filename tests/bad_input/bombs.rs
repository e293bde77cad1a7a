//! Small files that want to become large ones, and large ones that hold nothing.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{GOOD, beside_a_good_one, build, is_refused};
use crate::common;

/// The promise for a bomb: refused with the process under 64 MB.
const MOST_KB: u64 = 64 * 1024;

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with further sheets of nothing but blanks, eight megabytes each, packed once and copied as packed.
fn with_blanks(book: &[u8], sheets: usize) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_level(Some(9));
    let mut blank = ZipWriter::new(Cursor::new(Vec::new()));
    blank.start_file("blank", options).unwrap();
    blank.write_all(&vec![b' '; 8 << 20]).unwrap();
    let mut blank = blank.finish_into_readable().unwrap();
    let mut zip = ZipWriter::new_append(Cursor::new(book.to_vec())).unwrap();
    for at in 0..sheets {
        let packed = blank.by_index(0).unwrap();
        zip.raw_copy_file_rename(packed, format!("xl/worksheets/blank{at}.xml"))
            .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn xlsx(sheet: &str, texts: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", TYPES),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

const NO_TEXTS: &str =
    r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>"#;

fn sheet(rows: &str) -> String {
    let cell =
        |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let head = [
        cell("A1", "entry_id"),
        cell("B1", "date"),
        cell("C1", "text"),
    ]
    .concat();
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{head}</row>{rows}</sheetData></worksheet>"#
    )
}

#[test]
fn a_workbook_of_half_a_megabyte_that_unpacks_to_512_is_refused_in_little_memory() {
    let bytes = with_blanks(&xlsx(&sheet(""), NO_TEXTS), 64);
    assert!(bytes.len() < 600_000, "{}", bytes.len());
    let built = beside_a_good_one("police/a.xlsx", &bytes);
    is_refused(&built, "police/a.xlsx", "unpacks to more than");
    assert!(built.peak_kb < MOST_KB, "{} KB", built.peak_kb);
    assert!(built.took.as_secs() < 10, "{:?}", built.took);
}

#[test]
fn a_workbook_that_says_it_holds_more_than_it_does_is_refused() {
    let lie = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="4294967295"><si><t>a</t></si></sst>"#;
    let built = beside_a_good_one("police/a.xlsx", &xlsx(&sheet(""), lie));
    is_refused(&built, "police/a.xlsx", "more texts than it holds");
    assert!(built.peak_kb < MOST_KB, "{} KB", built.peak_kb);
}

#[test]
fn a_cell_in_the_last_corner_costs_no_more_than_itself() {
    let far = sheet(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    let built = beside_a_good_one("police/a.xlsx", &xlsx(&far, NO_TEXTS));
    assert!(matches!(built.code, Some(0 | 1)), "{}", built.stderr);
    assert!(built.peak_kb < MOST_KB, "{} KB", built.peak_kb);
}

#[test]
fn cells_that_repeat_over_a_whole_sheet_are_refused() {
    let names = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#;
    let row = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let content = format!(
        r#"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="S">{row}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let bytes = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ]);
    let built = beside_a_good_one("police/a.ods", &bytes);
    is_refused(&built, "police/a.ods", "cells");
    assert!(built.peak_kb < MOST_KB, "{} KB", built.peak_kb);
}

#[test]
fn a_gigabyte_of_nothing_is_refused_unread() {
    let folder = common::exports(&[("school/ok.csv", GOOD)]);
    fs::create_dir(folder.path().join("police")).unwrap();
    for (name, megabytes) in [
        ("a.csv", 1024),
        ("b.csv", 300),
        ("film.mp4", 1024),
        ("c.xlsx", 1024),
    ] {
        let file = fs::File::create(folder.path().join("police").join(name)).unwrap();
        file.set_len(megabytes << 20).unwrap();
    }
    let built = build(folder.path());
    is_refused(&built, "police/a.csv", "1024 MB");
    is_refused(
        &built,
        "police/b.csv",
        "line 1 is longer than 16777216 bytes",
    );
    is_refused(&built, "police/c.xlsx", "1024 MB");
    assert!(built.peak_kb < MOST_KB, "{} KB", built.peak_kb);
}
