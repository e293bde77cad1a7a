//! Tests of the reader of workbooks, on workbooks made here: cells as text, row numbers, bombs, broken files.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn read(bytes: &[u8]) -> Read {
    read_workbook(bytes, "xlsx", &Limits::default()).unwrap()
}

fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
    table
        .rows
        .iter()
        .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
        .collect()
}

/// A workbook with every kind of cell, a title above, an empty column in front, and a hidden sheet.
fn sample() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let time = Format::new().set_num_format("hh:mm");
    let at = |text: &str| ExcelDateTime::parse_from_str(text).unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("People").unwrap();
    sheet.write(1, 1, "Export of the police").unwrap();
    for (column, header) in ["id", "born", "seen", "time", "nhs", "share", "flag", "note"]
        .iter()
        .enumerate()
    {
        sheet.write(3, column as u16 + 1, *header).unwrap();
    }
    sheet.write(4, 1, "P1").unwrap();
    sheet
        .write_with_format(4, 2, at("2015-02-28"), &day)
        .unwrap();
    sheet
        .write_with_format(4, 3, at("2025-03-01T14:30:00"), &moment)
        .unwrap();
    sheet
        .write_with_format(4, 4, at("14:30:00"), &time)
        .unwrap();
    sheet.write(4, 5, 9_434_765_919_i64).unwrap();
    sheet.write(4, 6, 0.25).unwrap();
    sheet.write(4, 7, true).unwrap();
    sheet.write(6, 1, "P2").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("Notes").unwrap().set_hidden(true);
    hidden.write(0, 0, "only").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn cells_come_as_text_in_their_places_with_their_row_numbers() {
    let read = read(&sample());
    assert_eq!(read.encoding, "xlsx");
    let [people, notes] = read.tables.as_slice() else {
        unreachable!()
    };
    assert_eq!(
        (people.name.as_str(), people.serial_dates),
        ("People", true)
    );
    assert_eq!(
        rows(people),
        [
            (
                2,
                vec!["", "Export of the police", "", "", "", "", "", "", ""]
            ),
            (
                4,
                vec![
                    "", "id", "born", "seen", "time", "nhs", "share", "flag", "note"
                ]
            ),
            (
                5,
                vec![
                    "",
                    "P1",
                    "2015-02-28",
                    "2025-03-01 14:30",
                    "14:30",
                    "9434765919",
                    "0.25",
                    "true",
                    ""
                ]
            ),
            (7, vec!["", "P2", "", "", "", "", "", "", ""]),
        ]
    );
    assert_eq!(
        (notes.name.as_str(), rows(notes)),
        ("Notes", vec![(1, vec!["only"])])
    );
}

#[test]
fn a_cell_merged_over_several_rows_is_read_in_each_of_them_and_told_once() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 1, 2, "Log of the school", &plain)
        .unwrap();
    for (column, header) in ["id", "date", "text"].iter().enumerate() {
        sheet.write(2, column as u16, *header).unwrap();
    }
    sheet.merge_range(3, 1, 5, 1, "2025-03-01", &plain).unwrap();
    sheet.merge_range(6, 1, 6, 2, "seen", &plain).unwrap();
    for (row, id) in ["E1", "E2", "E3", "E4"].iter().enumerate() {
        sheet.write(row as u32 + 3, 0, *id).unwrap();
    }
    let read = read(&book.save_to_buffer().unwrap());
    assert_eq!(
        rows(&read.tables[0]),
        [
            (1, vec!["Log of the school", "", ""]),
            (3, vec!["id", "date", "text"]),
            (4, vec!["E1", "2025-03-01", ""]),
            (5, vec!["E2", "2025-03-01", ""]),
            (6, vec!["E3", "2025-03-01", ""]),
            (7, vec!["E4", "seen", ""]),
        ]
    );
    let [told] = read.rejects.as_slice() else {
        panic!("{:?}", read.rejects)
    };
    assert_eq!((told.file.as_str(), told.row), ("Sheet1", Some(4)));
    assert_eq!(
        told.problem,
        "a merged cell of column B covers rows 4 to 6; each of the rows was read with its value"
    );
    assert!(
        super::read_workbook(&sample(), "xlsx", &Limits::default())
            .unwrap()
            .rejects
            .is_empty()
    );
}

/// A zip of these members.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An XLSX by hand, with this sheet data and these workbook properties.
fn by_hand(data: &str, properties: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\">{properties}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>");
    let root = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    zipped(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|(at, rest)| format!("<c r=\"{at}{number}\" {rest}</c>"))
        .collect();
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

#[test]
fn errors_and_odd_numbers_are_text() {
    let data = row(
        1,
        &[
            ("A", "t=\"e\"><v>#N/A</v>"),
            ("B", "><v>1.234567891E9</v>"),
            ("C", "><v>-0</v>"),
            ("D", "t=\"b\"><v>0</v>"),
            ("E", "t=\"str\"><v>a &amp; b</v>"),
            ("F", "><v>3.0</v>"),
        ],
    );
    assert_eq!(
        rows(&read(&by_hand(&data, "")).tables[0]),
        [(1, vec!["#N/A", "1234567891", "0", "false", "a & b", "3"])]
    );
}

#[test]
fn dates_that_count_from_1904_are_the_same_days() {
    let data = row(1, &[("A", "s=\"1\"><v>44255</v>")]);
    let read = read(&by_hand(&data, "<workbookPr date1904=\"1\"/>"));
    assert_eq!(rows(&read.tables[0]), [(1, vec!["2025-03-01"])]);
    assert!(read.tables[0].dates_from_1904);
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing_and_many_of_them_are_refused() {
    let corner = row(1, &[("A", "><v>1</v>")]) + &row(1_048_576, &[("XFD", "><v>2</v>")]);
    let corner = read(&by_hand(&corner, ""));
    let [_, last] = corner.tables[0].rows.as_slice() else {
        unreachable!()
    };
    assert_eq!((last.number, last.cells.len()), (1_048_576, 16_384));
    let many: String = (1..500).map(|n| row(n, &[("XFD", "><v>2</v>")])).collect();
    let error = read_workbook(&by_hand(&many, ""), "xlsx", &Limits::default()).unwrap_err();
    assert!(error.hint.contains("--limit-workbook-cells"), "{error}");
}

#[test]
fn each_limit_is_named_with_its_option() {
    let data = row(
        1,
        &[("A", "t=\"str\"><v>123456789</v>"), ("D", "><v>1</v>")],
    );
    let bytes = by_hand(&data, "");
    let normal = Limits::default();
    for (limits, option) in [
        (
            Limits {
                cell_bytes: 8,
                ..normal
            },
            "--limit-cell-bytes",
        ),
        (
            Limits {
                columns: 3,
                ..normal
            },
            "--limit-columns",
        ),
        (
            Limits {
                workbook_cells: 3,
                ..normal
            },
            "--limit-workbook-cells",
        ),
        (
            Limits {
                workbook_bytes: 500,
                ..normal
            },
            "--limit-workbook-bytes",
        ),
    ] {
        let error = read_workbook(&bytes, "xlsx", &limits).unwrap_err();
        assert!(error.hint.contains(option), "{option}: {error}");
    }
    let bomb = zipped(&[("xl/workbook.xml", &vec![b' '; 20 << 20])]);
    let error = read_workbook(&bomb, "xlsx", &normal).unwrap_err();
    assert!(error.hint.contains("--limit-workbook-ratio"), "{error}");
}

#[test]
fn a_directory_that_lies_about_sizes_is_found_out() {
    let mut bomb = zipped(&[("xl/workbook.xml", &vec![b' '; 20 << 20])]);
    let real = (20_u32 << 20).to_le_bytes();
    for at in 0..bomb.len() - 4 {
        if bomb[at..at + 4] == real {
            bomb[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert!(read_workbook(&bomb, "xlsx", &Limits::default()).is_err());
    // the zip crate stops at the size that the directory tells; should that change, the guard's own count must hold
    let mut zip = zip::ZipArchive::new(Cursor::new(&bomb)).unwrap();
    let mut out = Vec::new();
    let stopped = zip
        .by_index(0)
        .map(|mut file| std::io::Read::read_to_end(&mut file, &mut out));
    assert!(
        !matches!(stopped, Ok(Ok(_))) && out.len() < 1 << 20,
        "{}",
        out.len()
    );
}

/// An ODS with these rows.
fn ods_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"m\"/>",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_ods_sheet_keeps_its_row_numbers_and_its_empty_ends_cost_nothing() {
    let text = |t: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>"
        )
    };
    let body = format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row><table:table-cell/>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row><table:table-cell/>{}\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2025-03-01T14:30:00\"><text:p>x</text:p></table:table-cell></table:table-row>\
         <table:table-row><table:table-cell/>\
         <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>x</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"time\" office:time-value=\"PT14H05M00S\"><text:p>x</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        text("id"),
        text("seen"),
        text("P1")
    );
    let read = read_workbook(&ods_of(&body), "ods", &Limits::default()).unwrap();
    assert_eq!(read.encoding, "ods");
    assert_eq!(
        rows(&read.tables[0]),
        [
            (3, vec!["", "id", "seen"]),
            (7, vec!["", "P1", "2025-03-01 14:30"]),
            (8, vec!["", "true", "14:05"]),
        ]
    );
}

#[test]
fn an_ods_with_cells_over_several_rows_says_that_they_are_read_in_the_first() {
    let body = |rows: u32| {
        format!(
            "<table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"{rows}\">\
             <text:p>a</text:p></table:table-cell></table:table-row>"
        )
    };
    for (rows, told) in [(1, false), (2, true)] {
        let read = read_workbook(&ods_of(&body(rows)), "ods", &Limits::default()).unwrap();
        let said: Vec<&str> = read
            .rejects
            .iter()
            .map(|one| one.problem.as_str())
            .collect();
        assert_eq!(!said.is_empty(), told, "{said:?}");
    }
}

#[test]
fn an_ods_cell_repeated_to_the_last_corner_is_refused_before_it_unfolds() {
    let body = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" \
                office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell></table:table-row>";
    let error = read_workbook(&ods_of(body), "ods", &Limits::default()).unwrap_err();
    assert!(error.hint.contains("--limit-workbook-cells"), "{error}");
}

#[test]
fn what_is_no_workbook_is_told_with_a_way_out() {
    for (bytes, hint) in [
        (&b"id,name\n1,x\n"[..], ".csv"),
        (b"<html><table>", "web page"),
        (b"%PDF-1.7", "save it"),
        (&zipped(&[("a.txt", b"x")]), "unpack"),
        (&zipped(&[("xl/workbook.bin", b"x")]), "XLSX"),
    ] {
        let error = read_workbook(bytes, "xls", &Limits::default()).unwrap_err();
        assert!(error.hint.contains(hint), "{error}");
        assert_eq!(error.fault, Fault::NotReadable);
    }
    assert_eq!(
        read_workbook(b"", "xlsx", &Limits::default())
            .unwrap_err()
            .fault,
        Fault::Empty
    );
}

#[test]
fn half_a_workbook_is_an_error_within_a_moment() {
    let whole = sample();
    for end in (4..whole.len()).step_by(100) {
        let start = std::time::Instant::now();
        let error = read_workbook(&whole[..end], "xlsx", &Limits::default()).unwrap_err();
        assert_eq!(error.fault, Fault::Damaged, "{end}: {error}");
        assert!(start.elapsed().as_secs() < 2, "{end}");
    }
}

/// The same pseudo-random numbers on every run.
fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    }
}

#[test]
fn flipped_bytes_give_an_error_or_a_table_and_never_a_panic() {
    let mut next = numbers(7);
    let body = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    for whole in [
        sample(),
        by_hand(&row(1, &[("A", "><v>1</v>")]), ""),
        ods_of(body),
    ] {
        for _ in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                bytes[at] ^= 1 << next(8);
            }
            let _ = read_workbook(&bytes, "xlsx", &Limits::default());
        }
    }
}

/// Unpacks a workbook, flips bytes of what it holds, and packs it again: so the checksums fit and the reader sees it.
fn flipped_inside(whole: &[u8], next: &mut impl FnMut(usize) -> usize) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut members = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        members.push((file.name().unwrap().into_owned(), content));
    }
    for _ in 0..=next(6) {
        let member = next(members.len());
        let content = &mut members[member].1;
        if !content.is_empty() {
            let at = next(content.len());
            content[at] = b"0123456789ABZ<>/\"=&; -\xFF"[next(23)];
        }
    }
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(n, c)| (n.as_str(), c.as_slice()))
        .collect();
    zipped(&members)
}

#[test]
fn changed_contents_give_an_error_or_a_table_and_never_a_panic() {
    let mut next = numbers(11);
    let body = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let by_hand = by_hand(
        &row(1, &[("A", "s=\"1\"><v>1</v>"), ("B", "t=\"b\"><v>1</v>")]),
        "",
    );
    for whole in [sample(), by_hand, ods_of(body)] {
        for _ in 0..700 {
            let bytes = flipped_inside(&whole, &mut next);
            let _ = read_workbook(&bytes, "xlsx", &Limits::default());
        }
    }
}

#[test]
fn times_and_durations_are_printed_as_clocks_print_them() {
    assert_eq!(moment_text(0.5, false, false), "12:00");
    assert_eq!(moment_text(1.5, true, false), "36:00");
    assert_eq!(moment_text(45_717.0, false, false), "2025-03-01");
    assert_eq!(
        moment_text(45_717.25 + 5.0 / 86_400.0, false, false),
        "2025-03-01 06:00:05"
    );
    assert_eq!(moment_text(-3.0, false, false), "-3");
    assert_eq!(iso_text("2025-03-01T00:00:00"), "2025-03-01");
    assert_eq!(duration_text("PT14H05M09S").as_deref(), Some("14:05:09"));
}
