//! Tests of the reader of JSON: its three shapes, what becomes of each kind of value, what is broken.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Read {
    read_json(text.as_bytes(), &Limits::default()).unwrap()
}

fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let read = read(text);
    let [table] = read.tables.as_slice() else {
        unreachable!("{text}")
    };
    table
        .rows
        .iter()
        .map(|r| (r.number, r.cells.clone()))
        .collect()
}

fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (number, cells.iter().map(|c| (*c).to_owned()).collect())
}

#[test]
fn each_shape_gives_the_same_rows() {
    for text in [
        r#"[{"a":1,"b":"x"},{"b":"y"}]"#,
        r#"{"version":"2","people":[{"a":1,"b":"x"},{"b":"y"}]}"#,
        r#"{"data":{"rows":[{"a":1,"b":"x"},{"b":"y"}]}}"#,
        "{\"a\":1,\"b\":\"x\"}\n\n{\"b\":\"y\"}\n",
        "\u{feff}{\"a\":1,\"b\":\"x\"}\r\n{\"b\":\"y\"}",
    ] {
        assert_eq!(
            rows(text),
            [row(1, &["a", "b"]), row(2, &["1", "x"]), row(3, &["", "y"])],
            "{text}"
        );
    }
}

#[test]
fn an_object_by_itself_is_one_row() {
    assert_eq!(
        rows(r#"{"a":1,"ids":["p","q"]}"#),
        [row(1, &["a", "ids"]), row(2, &["1", "p|q"])]
    );
}

#[test]
fn several_lists_are_a_table_each() {
    let read = read(r#"{"people":[{"a":1}],"entries":[{"b":2}]}"#);
    let names: Vec<&str> = read.tables.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["people", "entries"]);
}

#[test]
fn values_become_cells_without_losing_a_digit() {
    let text = r#"[{"nhs":9434765919,"long":123456789012345678901,"lead":0012,"exp":1.50e2,"yes":true,"no":null,
        "list":["a",null,1,{"k":"v"}],"deep":{ "x" : [1, null, "q\"\u0001"] },"uni":"Zo\u00eb \ud83d\ude00 \ud83d"}]"#;
    let (_, cells) = rows(text).pop().unwrap();
    assert_eq!(
        cells,
        [
            "9434765919",
            "123456789012345678901",
            "0012",
            "1.50e2",
            "true",
            "",
            "a|1|{\"k\":\"v\"}",
            "{\"x\":[1,null,\"q\\\"\\u0001\"]}",
            "Zoë 😀 \u{fffd}",
        ]
    );
}

#[test]
fn a_key_that_stands_twice_keeps_both_values() {
    assert_eq!(
        rows(r#"[{"a":1,"a":2},{"a":3}]"#),
        [row(1, &["a", "a"]), row(2, &["1", "2"]), row(3, &["3", ""])]
    );
}

#[test]
fn nothing_in_it_is_no_rows_and_no_error() {
    assert_eq!(rows("[]"), []);
    assert_eq!(rows("{\"people\":[]}"), []);
    assert_eq!(rows("[{}]"), []);
}

#[test]
fn a_broken_line_is_rejected_and_the_others_are_used() {
    let read = read("{\"a\":1}\n{\"a\":\n{\"a\":3}\n[1]\n");
    let table = read.tables.first().unwrap();
    let numbers: Vec<u32> = table.rows.iter().map(|r| r.number).collect();
    assert_eq!(numbers, [1, 2, 4]);
    assert_eq!(read.rows_lost, 2);
    let told: Vec<_> = read
        .rejects
        .iter()
        .map(|r| (r.row, r.value.as_str()))
        .collect();
    assert_eq!(told, [(Some(3), "{\"a\":"), (Some(5), "[1]")]);
    assert!(
        read.rejects[0].problem.contains("column 6"),
        "{}",
        read.rejects[0].problem
    );
}

#[test]
fn the_first_line_may_be_the_broken_one() {
    let read = read("{\"a\":}\n{\"a\":3}\n");
    assert_eq!((read.rows_lost, read.tables[0].rows.len()), (1, 2));
}

#[test]
fn what_is_no_object_in_an_array_is_rejected() {
    let read = read(r#"[{"a":1},7,{"a":2}]"#);
    assert_eq!((read.rows_lost, read.rejects[0].row), (1, Some(3)));
    assert_eq!(read.tables[0].rows[2].number, 4);
}

#[test]
fn a_broken_array_names_line_and_column() {
    for (text, place) in [
        ("[{\"a\":1},\n {\"a\" 2}]", "line 2, column 7"),
        ("[{\"a\":1},\n {\"a\":2}", "line 2, column 9"),
        ("[{\"é\":01x}]", "line 1, column 9"),
        ("[1e]", "line 1, column 2"),
        ("[{}] x", "line 1, column 6"),
        ("[\"\\ud8", "line 1, column 5"),
        ("nothing", "line 1, column 1"),
        ("{\n\"a\": 1,\n\"b\"\n}", "line 4, column 1"),
    ] {
        let error = read_json(text.as_bytes(), &Limits::default()).unwrap_err();
        assert!(error.problem.contains(place), "{text}: {error}");
        assert_eq!(error.fault, Fault::Damaged);
    }
}

#[test]
fn what_holds_no_rows_is_refused() {
    for text in ["[1,2]", "7", "{\"a\":[1]}", "null"] {
        let error = read_json(text.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(error.fault, Fault::NotReadable, "{text}");
    }
    assert_eq!(
        read_json(b" \n", &Limits::default()).unwrap_err().fault,
        Fault::Empty
    );
}

#[test]
fn each_limit_is_named_with_its_option() {
    let small = Limits {
        cell_bytes: 8,
        line_bytes: 30,
        columns: 3,
        json_depth: 4,
        ..Limits::default()
    };
    for (text, option) in [
        ("[{\"a\":\"123456789\"}]", "--limit-cell-bytes"),
        (
            "{\"a\":1}\n{\"a\":1,                         \"b\":2}",
            "--limit-line-bytes",
        ),
        ("[{\"a\":1,\"b\":1},{\"c\":1,\"d\":1}]", "--limit-columns"),
        ("[{\"a\":[[[1]]]}]", "--limit-json-depth"),
        ("{\"a\":1}\n{\"a\":[[[[1]]]]}", "--limit-json-depth"),
    ] {
        let error = read_json(text.as_bytes(), &small).unwrap_err();
        assert!(error.hint.contains(option), "{text}: {error}");
    }
}

#[test]
fn brackets_without_end_are_refused_whatever_the_limit() {
    let limits = Limits {
        json_depth: usize::MAX,
        ..Limits::default()
    };
    let error = read_json("[".repeat(1_000_000).as_bytes(), &limits).unwrap_err();
    assert_eq!(error.fault, Fault::Limit);
}

#[test]
fn a_few_wide_objects_do_not_blow_up_the_others() {
    let wide: Vec<String> = (0..10_000).map(|n| format!("\"k{n}\":1")).collect();
    let text = format!("[{{{}}}{}]", wide.join(","), ",{\"k0\":1}".repeat(1000));
    let error = read_json(text.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(error.fault, Fault::Limit);
}

proptest! {
    #[test]
    fn any_bytes_end_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_json(&bytes, &Limits::default());
    }

    #[test]
    fn any_mix_of_json_signs_ends_without_a_panic(text in "[\\[\\]{}\",:a1\\\\u\n -]{0,60}") {
        if let Ok(read) = read_json(text.as_bytes(), &Limits::default()) {
            prop_assert_eq!(read.rejects.len(), read.rows_lost);
        }
    }

    #[test]
    fn texts_read_back(texts in prop::collection::vec(any::<String>(), 1..5)) {
        let written = serde_json::to_string(&texts.iter().map(|t| serde_json::json!({"k": t, "x": "y"})).collect::<Vec<_>>()).unwrap();
        let cells: Vec<String> = rows(&written).into_iter().skip(1).map(|(_, cells)| cells[0].clone()).collect();
        prop_assert_eq!(cells, texts);
    }
}
