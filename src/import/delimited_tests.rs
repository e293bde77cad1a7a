//! Tests of the reader of delimited text: cells, row numbers, quotes that are wrong, limits.

use proptest::prelude::*;

use super::super::read_error::Fault;
use super::*;

fn read(text: &str) -> Read {
    read_delimited(text.as_bytes(), &Limits::default()).unwrap()
}

fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let read = read(text);
    let table = read.tables.into_iter().next().unwrap();
    table
        .rows
        .into_iter()
        .map(|r| (r.number, r.cells))
        .collect()
}

fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (number, cells.iter().map(|c| (*c).to_owned()).collect())
}

#[test]
fn cells_come_as_supplied_whatever_the_delimiter_and_line_end() {
    for text in [
        "a,b,c\n1, x ,\n",
        "a,b,c\r\n1, x ,\r\n",
        "a,b,c\r1, x ,\r",
        "a;b;c\n1; x ;",
        "a\tb\tc\n1\t x \t\n",
        "\u{feff}a,b,c\n\"1\",\" x \",\"\"\n",
    ] {
        assert_eq!(
            rows(text),
            [row(1, &["a", "b", "c"]), row(2, &["1", " x ", ""])],
            "{text:?}"
        );
        assert_eq!(read(text).rejects, []);
    }
}

#[test]
fn a_row_is_a_record_and_empty_lines_have_numbers() {
    assert_eq!(
        rows("a,b\n\n\"one\ntwo\r\nthree\",x\n,\n5,y\n"),
        [
            row(1, &["a", "b"]),
            row(3, &["one\ntwo\r\nthree", "x"]),
            row(5, &["5", "y"]),
        ]
    );
}

#[test]
fn doubled_quotes_are_quotes() {
    assert_eq!(
        rows("a,b\n\"He said \"\"no\"\", then\",\"\"\"\"\n"),
        [row(1, &["a", "b"]), row(2, &["He said \"no\", then", "\""])]
    );
    assert_eq!(read("a,b\n\"x \"\"y\"\"\",2\n").rejects, []);
}

#[test]
fn a_wrong_quote_is_kept_literally_and_told_once() {
    for (line, cells) in [
        ("5' 2\" tall,x", ["5' 2\" tall", "x"]),
        (
            "\"Mum said \"stop, now\" twice\",x",
            ["Mum said \"stop, now\" twice", "x"],
        ),
        ("\"abc\"def,\"x\"", ["\"abc\"def", "x"]),
        (
            "\"one\ntwo \"three\" four\",x",
            ["one\ntwo \"three\" four", "x"],
        ),
        ("a \"b\" c,x", ["a \"b\" c", "x"]),
    ] {
        let text = format!("id,text,b\n7,{line}\n8,y,z\n");
        let read = read(&text);
        let table = read.tables.first().unwrap();
        assert_eq!(
            table.rows.get(1).unwrap().cells,
            ["7", cells[0], cells[1]],
            "{line}"
        );
        assert_eq!(table.rows.get(2).unwrap().cells, ["8", "y", "z"], "{line}");
        let [reject] = read.rejects.as_slice() else {
            unreachable!("{:?}", read.rejects)
        };
        assert_eq!(
            (
                reject.row,
                reject.column.as_str(),
                reject.value.as_str(),
                reject.kept
            ),
            (Some(2), "text", cells[0], Kept::Cell)
        );
        assert_eq!(read.rows_lost, 0);
    }
}

#[test]
fn a_quote_left_open_does_not_swallow_the_rows_up_to_the_next_quote() {
    assert_eq!(
        rows("id,text,who\n1,\"Mum said stop,Ann\n2,fine,Bob\n3,\"well, yes\",Col\n4,x,y\n"),
        [
            row(1, &["id", "text", "who"]),
            row(2, &["1", "\"Mum said stop", "Ann"]),
            row(3, &["2", "fine", "Bob"]),
            row(4, &["3", "well, yes", "Col"]),
            row(5, &["4", "x", "y"]),
        ]
    );
}

#[test]
fn a_quote_never_closed_loses_the_rows_from_where_it_opened_and_says_so() {
    let read = read("id,text\n1,fine\n2,\"open\n3,x\n\n4,y\n");
    assert_eq!(read.tables.first().unwrap().rows.len(), 2);
    assert_eq!(read.rows_lost, 3);
    let lost: Vec<_> = read
        .rejects
        .iter()
        .map(|r| (r.row, r.value.as_str(), r.kept))
        .collect();
    assert_eq!(
        lost,
        [
            (Some(3), "2,\"open", Kept::None),
            (Some(4), "3,x", Kept::None),
            (Some(6), "4,y", Kept::None),
        ]
    );
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    assert_eq!(rows("a,b\n"), [row(1, &["a", "b"])]);
    assert_eq!(rows("a,b"), [row(1, &["a", "b"])]);
}

#[test]
fn nothing_is_refused_as_empty() {
    for bytes in [&b""[..], b"\xEF\xBB\xBF", b" \r\n\n"] {
        let error = read_delimited(bytes, &Limits::default()).unwrap_err();
        assert_eq!(error.fault, Fault::Empty);
    }
}

#[test]
fn each_limit_is_named_with_its_option() {
    let small = Limits {
        cell_bytes: 8,
        line_bytes: 20,
        columns: 4,
        ..Limits::default()
    };
    for (text, option) in [
        ("a,b\n1,123456789\n", "--limit-cell-bytes"),
        ("a,b\n1,\"12345\n789\"\n", "--limit-cell-bytes"),
        ("a,b\n1234567,1234567,1234567\n", "--limit-line-bytes"),
        ("a,b,c,d,e\n", "--limit-columns"),
    ] {
        let error = read_delimited(text.as_bytes(), &small).unwrap_err();
        assert!(error.hint.contains(option), "{text}: {error}");
        assert_eq!(error.fault, Fault::Limit);
    }
    assert!(read_delimited(b"a,b,c,d\n1,12345678,,\n", &small).is_ok());
}

/// Writes rows as CSV with every cell quoted.
fn written(rows: &[Vec<String>], end: &str) -> String {
    rows.iter()
        .map(|cells| {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect();
            cells.join(",") + end
        })
        .collect()
}

#[test]
fn delimiters_and_line_ends_inside_quotes_settle_nothing() {
    // once read as semicolon separated, since every quoted cell held one
    let rows = [[";x", ";x", "\nx"], ["ax", ";\n;x", ",x"]];
    let rows = rows.map(|cells| cells.map(str::to_owned).to_vec());
    let read = read(&written(&rows, "\n"));
    let cells: Vec<Vec<String>> = read.tables[0]
        .rows
        .iter()
        .map(|r| r.cells.clone())
        .collect();
    assert_eq!(cells, rows);
}

#[test]
fn a_hundred_thousand_rows_are_read_in_a_moment() {
    let line = "some text,2025-03-01,\"quoted, text\",1234567890,".repeat(5) + "\n";
    let text = line.repeat(100_000);
    let start = std::time::Instant::now();
    let read = read(&text);
    let took = start.elapsed();
    assert_eq!(read.tables.first().unwrap().rows.len(), 100_000);
    // well under a second in release; a debug build on a busy machine gets more
    assert!(took.as_secs() < 10, "{took:?}");
}

proptest! {
    #[test]
    fn any_bytes_end_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_delimited(&bytes, &Limits::default());
    }

    #[test]
    fn any_mix_of_quotes_and_delimiters_ends_and_rows_keep_their_order(text in "[a\",;\t\r\n]{1,80}") {
        if let Ok(read) = read_delimited(text.as_bytes(), &Limits::default()) {
            let numbers: Vec<u32> = read.tables[0].rows.iter().map(|r| r.number).collect();
            prop_assert!(numbers.is_sorted_by(|a, b| a < b));
            let lost = read.rejects.iter().filter(|r| r.kept == Kept::None).count();
            prop_assert_eq!(lost, read.rows_lost);
        }
    }

    #[test]
    fn what_is_written_by_the_book_reads_back(
        rows in prop::collection::vec(prop::collection::vec("[a-z ,;\"\n]{1,8}x", 3), 1..6),
        crlf in any::<bool>(),
    ) {
        let read = read(&written(&rows, if crlf { "\r\n" } else { "\n" }));
        let cells: Vec<Vec<String>> = read.tables[0].rows.iter().map(|r| r.cells.clone()).collect();
        prop_assert_eq!(cells, rows);
        prop_assert_eq!(read.rejects, vec![]);
    }
}
