use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

fn file(path: &str, bytes: Vec<u8>) -> InputFile {
    InputFile {
        path: path.to_owned(),
        bytes: Ok(bytes),
        agency: None,
    }
}

fn of_sheet(sheet: &str, numbers: &[u32]) -> Rows {
    let numbers = numbers.iter().copied().collect();
    BTreeMap::from([(sheet.to_owned(), numbers)])
}

fn without(path: &str, bytes: &[u8], numbers: &[u32]) -> Vec<u8> {
    let rows = of_sheet("", numbers);
    let cut = cut(&file(path, bytes.to_vec()), &rows, &Limits::default()).unwrap();
    assert!(cut.left.is_empty(), "{:?}", cut.left);
    cut.bytes
}

fn wide(text: &str, mark: &[u8], little: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    let bytes = units.flat_map(|unit| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    });
    mark.iter().copied().chain(bytes).collect()
}

#[test]
fn a_row_of_text_becomes_an_empty_line_and_no_other_byte_changes() {
    for (whole, numbers, left) in [
        ("a,b\n1,2\n3,4\n5,6\n", &[3][..], "a,b\n1,2\n\n5,6\n"),
        ("a,b\r\n1,2\r\n3,4", &[2, 3], "a,b\r\n\r\n"),
        ("a,b\n1,\"x\ny\r\nz\"\n3,4\n", &[2], "a,b\n\n3,4\n"),
        ("a,b\n\n1,2\n\n3,4\n", &[3], "a,b\n\n\n\n3,4\n"),
        ("a,b\r1,2\n3,4\n", &[2], "a,b\r\r\n3,4\n"),
        ("sep=;\na;b\n1;2\n3;4\n", &[2], "sep=;\na;b\n\n3;4\n"),
        // the quote of row 2 is read as text because of the one that opens in row 3
        (
            "a,b\n1,\"x\n\"y\",2\n3,\"z\"\n",
            &[3],
            "a,b\n1,\"x\n\n3,\"z\"\n",
        ),
        (
            "a,b\n1,\"x\n\"y\",2\n3,4\n",
            &[3],
            "a,b\n1,\"x\n\" \"\n3,4\n",
        ),
        // without the rows the commas would look like the better delimiter
        ("a;b,c\n1;2\n3;4,5\n", &[2], "sep=;\r\na;b,c\n\n3;4,5\n"),
    ] {
        let cut = without("x.csv", whole.as_bytes(), numbers);
        assert_eq!(String::from_utf8(cut).unwrap(), left, "{whole}");
    }
}

#[test]
fn encoding_and_mark_are_kept() {
    let (whole, left) = (
        "name\tnote\r\nZoë\tcafé €\r\nKöhler\t“naïve” 😀\r\nJosé\tü\r\n",
        "name\tnote\r\nZoë\tcafé €\r\n\r\nJosé\tü\r\n",
    );
    let marked = |mark: &[u8], text: &str| [mark, text.as_bytes()].concat();
    for (whole, left) in [
        (whole.as_bytes().to_vec(), left.as_bytes().to_vec()),
        (
            marked(b"\xEF\xBB\xBF", whole),
            marked(b"\xEF\xBB\xBF", left),
        ),
        (
            wide(whole, b"\xFF\xFE", true),
            wide(left, b"\xFF\xFE", true),
        ),
        (
            wide(whole, b"\xFE\xFF", false),
            wide(left, b"\xFE\xFF", false),
        ),
        (wide(whole, b"", true), wide(left, b"", true)),
        (
            b"name,note\r\nZo\xEB,\x80\r\nK\xF6hler,\x93na\xEFve\x94\r\nJos\xE9,\xFC\r\n".to_vec(),
            b"name,note\r\nZo\xEB,\x80\r\n\r\nJos\xE9,\xFC\r\n".to_vec(),
        ),
        // bytes that are no UTF-8 stay what they were
        (
            b"\xEF\xBB\xBFname,note\r\nZo\xEB,\xF0\x9F\r\nK\xF6hler,x\r\nJos\xE9,\xFC\r\n".to_vec(),
            b"\xEF\xBB\xBFname,note\r\nZo\xEB,\xF0\x9F\r\n\r\nJos\xE9,\xFC\r\n".to_vec(),
        ),
        (
            b"name,note\r\nZo\xC3\xAB,Jos\xE9\r\nK\xC3\xB6hler,\x93x\x94\r\nJos\xC3\xA9,\xC3\xBC\r\n".to_vec(),
            b"name,note\r\nZo\xC3\xAB,Jos\xE9\r\n\r\nJos\xC3\xA9,\xC3\xBC\r\n".to_vec(),
        ),
    ] {
        assert_eq!(without("x.csv", &whole, &[3]), left);
    }
}

#[test]
fn a_file_whose_encoding_only_the_cut_row_told_is_written_as_utf_8() {
    // without row 2 these bytes would be read as another letter
    let cut = without("x.csv", b"a,b\n1,\xE9\xE8\n2,\xC3\xA9\n", &[2]);
    assert_eq!(cut, "\u{feff}a,b\n\n2,Ã©\n".as_bytes());
}

#[test]
fn an_object_of_json_keeps_its_place_and_the_order_of_the_keys() {
    for (path, whole, numbers, left) in [
        (
            "x.json",
            "[ {\"id\": 1, \"n\": \"é\"},\n {\"id\": 007, \"zz\": [1, \"}\"], \"n\": \"x\"} , {\"id\":3}]\n",
            &[2][..],
            "[ {\"id\":null,\"n\":null},\n {\"id\": 007, \"zz\": [1, \"}\"], \"n\": \"x\"} , {\"id\":3}]\n",
        ),
        (
            "x.json",
            "[{\"record_id\":1,\"x\":2}]",
            &[2],
            "[{\"record_id\":null}]",
        ),
        (
            "x.json",
            "{\"data\":{\"rows\":[{\"k\":1},3,{\"k\":\"\\\"]\"}]}}",
            &[4],
            "{\"data\":{\"rows\":[{\"k\":1},3,{\"k\":null}]}}",
        ),
        (
            "x.jsonl",
            "{\"k\":1}\n\n{\"k\":2}\r\nbroken\n{\"k\":3}",
            &[3],
            "{\"k\":1}\n\n{\"k\":null}\r\nbroken\n{\"k\":3}",
        ),
        ("x.json", "{\"k\":\"x\",\"j\":2}", &[2], "{}"),
    ] {
        let cut = String::from_utf8(without(path, whole.as_bytes(), numbers)).unwrap();
        assert_eq!(cut, left, "{whole}");
    }
    let two = b"{\"people\":[{\"k\":\"x\"},{\"k\":\"y\"}],\"more\":[{\"k\":\"x\"},{\"k\":\"z\"}]}";
    let rows = of_sheet("more", &[3]);
    let cut = cut(&file("x.json", two.to_vec()), &rows, &Limits::default()).unwrap();
    let text = String::from_utf8(cut.bytes).unwrap();
    assert_eq!(
        text,
        "{\"people\":[{\"k\":\"x\"},{\"k\":\"y\"}],\"more\":[{\"k\":\"x\"},{\"k\":null}]}"
    );
}

/// All files inside a workbook, one after another.
fn unpacked(bytes: &[u8]) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..zip.len() {
        zip.by_index(at).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

#[test]
fn a_workbook_is_written_anew_without_comments_names_or_properties() {
    use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Note, Workbook};
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author("Canary Author"));
    book.define_name("Secret", "=\"Canary Name\"").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("A & <B>").unwrap();
    for (column, header) in ["id", "date", "text", "sum"].into_iter().enumerate() {
        sheet.write(0, column as u16, header).unwrap();
    }
    for (row, text) in [
        (1, "first _x0041_ \u{1} & <b>"),
        (2, "Canary Text"),
        (5, " last\r\nline "),
    ] {
        let moment = ExcelDateTime::from_ymd(2025, 3, row as u8).unwrap();
        sheet.write(row, 0, row).unwrap();
        sheet.write_with_format(row, 1, &moment, &day).unwrap();
        sheet.write(row, 2, text).unwrap();
        let formula = rust_xlsxwriter::Formula::new("=A2&\"Canary Formula\"").set_result("7.5");
        sheet.write(row, 3, formula).unwrap();
    }
    sheet.insert_note(2, 2, &Note::new("Canary Note")).unwrap();
    sheet.set_header("Canary Header");
    book.add_worksheet().set_name("Empty").unwrap();
    book.add_worksheet()
        .set_name("Other")
        .unwrap()
        .write(3, 30, 0.1)
        .unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert!(unpacked(&bytes).contains("Canary Text"));

    let rows = of_sheet("A & <B>", &[3]);
    let made = cut(&file("x.xlsx", bytes.clone()), &rows, &Limits::default()).unwrap();
    assert!(!unpacked(&made.bytes).contains("Canary"));
    let again = cut(&file("x.xlsx", bytes), &rows, &Limits::default()).unwrap();
    assert_eq!(made, again, "the same bytes each time");
}

#[test]
fn an_open_document_is_cut_into_a_workbook_under_its_name() {
    let cell = |t: &'static str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>"
        )
    };
    let rows = ["record_id", "first", "Canary", "last"].map(cell);
    let rows = rows.map(|cell| format!("<table:table-row>{cell}</table:table-row>"));
    let body = rows.concat();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"S\">{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"m\"/>",
        ),
        ("content.xml", content.as_str()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let rows = of_sheet("S", &[3]);
    let made = cut(&file("x.ods", bytes), &rows, &Limits::default()).unwrap();
    assert!(!unpacked(&made.bytes).contains("Canary"));
    let read = open("x.ods", &made.bytes, &Limits::default()).unwrap();
    let numbers: Vec<u32> = read.tables[0].rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 2, 4]);
}

#[test]
fn text_that_no_row_was_read_from_is_told() {
    let whole = b"a,b\n1,Canary Smith\n2,x\n3,\"Canary Smith\n4,y\n";
    let made = cut(
        &file("x.csv", whole.to_vec()),
        &of_sheet("", &[2]),
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(made.left, ["Canary Smith"]);
    let broken = b"{\"a\":\"Canary Smith\"}\n{\"a\":\"x\"}\nno json: Canary Smith\n";
    let made = cut(
        &file("x.jsonl", broken.to_vec()),
        &of_sheet("", &[2]),
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(made.left, ["Canary Smith"]);
}

#[test]
fn what_cannot_be_cut_is_refused_with_the_file_named() {
    for (path, bytes, numbers) in [
        ("x.csv", Ok(b"a,b\n1,2\n".to_vec()), &[7][..]),
        ("x.xlsx", Ok(b"PK\x03\x04 and no more".to_vec()), &[2]),
        ("x.csv", Err("it cannot be read".to_owned()), &[2]),
    ] {
        let file = InputFile {
            path: path.to_owned(),
            bytes,
            agency: None,
        };
        let error = cut(&file, &of_sheet("", numbers), &Limits::default()).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with(path) && text.contains("\n  hint: "),
            "{text}"
        );
    }
}

/// A cell that may hold anything, with a mark of its row in it.
fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "x",
        "é",
        "a,b;c",
        "\t",
        "\"",
        "say \"no\"",
        "line\nend",
        "line\r\nend",
        "\r",
        "😀",
        "=1+1",
        "€",
        " ",
        "{}",
        "null",
        "\u{1}",
    ])
}

fn marked(rows: &[Vec<&str>]) -> Vec<Vec<String>> {
    let rows = rows.iter().enumerate();
    let rows = rows.map(|(at, row)| {
        let cells = row.iter().map(|cell| format!("{cell}mark{at}end"));
        cells.collect()
    });
    rows.collect()
}

fn csv_of(rows: &[Vec<String>], delimiter: char, end: &str) -> String {
    let mut text = ["one", "two", "three"].join(&delimiter.to_string()) + end;
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect();
        text += &(cells.join(&delimiter.to_string()) + end);
    }
    text
}

fn json_of(rows: &[Vec<String>]) -> String {
    let objects: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| serde_json::json!({ "one": row[0], "two": row[1], "three": row[2] }))
        .collect();
    serde_json::Value::from(objects).to_string()
}

fn workbook_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["one", "two", "three"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
    }
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write(at as u32 + 1, column as u16, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_mark_of_a_cut_row_is_left_and_every_other_one_is(
        rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..8),
        picks in any::<u8>(),
    ) {
        let rows = marked(&rows);
        let gone: Vec<u32> = (0..rows.len() as u32).filter(|at| picks >> at & 1 == 1).map(|at| at + 2).collect();
        let text = csv_of(&rows, ';', "\r\n");
        let narrow: Vec<u8> = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        let files = [
            ("", "x.csv", text.clone().into_bytes()),
            ("", "x.csv", csv_of(&rows, '\t', "\n").into_bytes()),
            ("", "x.csv", wide(&text, b"\xFF\xFE", true)),
            ("", "x.csv", wide(&text, b"\xFE\xFF", false)),
            ("", "x.csv", narrow),
            ("", "x.json", json_of(&rows).into_bytes()),
            ("Sheet1", "x.xlsx", workbook_of(&rows)),
        ];
        for (sheet, path, bytes) in files {
            let made = cut(&file(path, bytes), &of_sheet(sheet, &gone), &Limits::default()).unwrap();
            let dump = if sheet.is_empty() {
                crate::import::decode::decode(&made.bytes).0.into_owned()
            } else if gone.is_empty() {
                continue;
            } else {
                unpacked(&made.bytes)
            };
            for at in 0..rows.len() {
                let is_gone = gone.contains(&(at as u32 + 2));
                let mark = format!("mark{at}end");
                prop_assert_eq!(dump.contains(&mark), !is_gone, "{} in {}", mark, dump);
            }
        }
    }
}
