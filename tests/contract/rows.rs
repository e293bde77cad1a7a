//! Rows and their numbers, ids that are made, repeats, ragged rows, and text that comes back as it went out.

use crate::built::build;
use crate::common::exports;

fn owned<const N: usize, const M: usize>(rows: [[&str; N]; M]) -> Vec<[String; N]> {
    rows.map(|row| row.map(str::to_owned)).to_vec()
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does() {
    for (path, content, rows) in [
        (
            "police/e.csv",
            "Police extract\n\nentry_id,date,text\n1,2025-01-01,a\n2,2025-01-02,b\n",
            ["4", "5"],
        ),
        (
            "police/e.csv",
            "entry_id,date,text\n1,2025-01-01,\"two\nlines\"\n\n2,2025-01-02,b\n",
            ["2", "4"],
        ),
        (
            "police/e.tsv",
            "entry_id\tdate\ttext\n1\t2025-01-01\ta, b; c\n2\t2025-01-02\tb\n",
            ["2", "3"],
        ),
        (
            "police/e.csv",
            "entry_id;date;text\n1;2025-01-01;a, b\n2;2025-01-02;b\n",
            ["2", "3"],
        ),
        (
            "police/e.json",
            "[{\"entry_id\": 1, \"date\": \"2025-01-01\", \"text\": \"a\"},\n\n{\"entry_id\": 2, \"date\": \"2025-01-02\", \"text\": \"b\"}]",
            ["2", "3"],
        ),
        (
            "police/e.jsonl",
            "{\"entry_id\": \"1\", \"date\": \"2025-01-01\", \"text\": \"a\"}\n\n{\"entry_id\": \"2\", \"date\": \"2025-01-02\", \"text\": \"b\"}\n",
            ["2", "3"],
        ),
    ] {
        let built = build(&[(path, content)]);
        let expected = rows.map(|row| [format!("{path}#{row}")]).to_vec();
        assert_eq!(built.facts(["source_rows"]), expected, "{content}");
        assert_eq!(built.counts(), [(path.to_owned(), 2, 2, 0)], "{content}");
    }
}

#[test]
fn the_encoding_that_was_used_is_told() {
    let text = "entry_id,date,text\n1,2025-01-01,café ’\n";
    let utf16 = |be: bool| -> Vec<u8> {
        let bytes = |unit: u16| {
            if be {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(bytes)
            .collect()
    };
    let windows = text.replace('é', "\u{1}").replace('’', "\u{2}");
    let windows = windows.bytes().map(|byte| match byte {
        1 => 0xE9,
        2 => 0x92,
        byte => byte,
    });
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (["\u{feff}", text].concat().into_bytes(), "UTF-8 with BOM"),
        (utf16(false), "UTF-16LE"),
        (utf16(true), "UTF-16BE"),
        (windows.collect(), "windows-1252"),
    ] {
        let folder = exports(&[("police/e.csv", "")]);
        std::fs::write(folder.path().join("police/e.csv"), bytes).unwrap();
        let out = crate::common::build(folder.path());
        let summary = std::fs::read_to_string(out.path().join("summary.json")).unwrap();
        assert!(
            summary.contains(&format!("\"encoding\": \"{encoding}\"")),
            "{encoding}: {summary}"
        );
        assert_eq!(
            crate::common::written(out.path(), "timeline.csv")[0]["text"],
            "café ’",
            "{encoding}"
        );
    }
}

#[test]
fn rows_of_another_width_are_used_and_told() {
    let built = build(&[(
        "police/e.csv",
        "entry_id,date,text,Description\n1,2025-01-01\n2,2025-01-02,b,,x,y\n3,2025-01-03,c,other\n4,2025-01-04,,only\n5,2025-01-05,a \"bare\" quote,\n",
    )]);
    assert_eq!(
        built.facts(["text"]),
        owned([[""], ["b"], ["c"], ["only"], ["a \"bare\" quote"]])
    );
    assert_eq!(
        built.rejects(["row", "column", "value", "kept"]),
        owned([
            ["2", "", "", "row"],
            ["3", "+1", "x|y", "row"],
            ["4", "Description", "other", "cell"],
            ["6", "text", "a \"bare\" quote", "cell"],
        ])
    );
    assert_eq!(built.counts(), [("police/e.csv".to_owned(), 5, 5, 0)]);
}

#[test]
fn a_quote_that_is_never_closed_rejects_the_rows_from_there_on() {
    let built = build(&[(
        "police/e.csv",
        "entry_id,date,text\n1,2025-01-01,a\n2,2025-01-02,\"never\n3,2025-01-03,c\n",
    )]);
    assert_eq!(built.facts(["entries"]), owned([["police:1"]]));
    assert_eq!(
        built.rejects(["row", "kept"]),
        owned([["3", "none"], ["4", "none"]])
    );
    assert_eq!(
        (built.code, built.counts()),
        (1, vec![("police/e.csv".to_owned(), 3, 1, 2)])
    );
}

#[test]
fn ids_that_are_made_come_from_the_content() {
    let built = build(&[(
        "police/log.csv",
        "Name,DOB,Date,Details\nAnn Lee,2015-01-02,2025-01-01,x\nAnn Lee,2015-01-02,2025-01-01,x\nBob Roe,1980-05-06,2025-02-01,y\n",
    )]);
    let entries: Vec<String> = built
        .facts(["entries"])
        .into_iter()
        .map(|[entry]| entry)
        .collect();
    let hex = |id: &str| {
        id.strip_prefix("police:~")
            .is_some_and(|id| id.len() == 12 && id.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let (mut plain, second): (Vec<&String>, Vec<&String>) = entries.iter().partition(|id| hex(id));
    plain.sort();
    assert_eq!((plain.len(), second.len()), (2, 1), "{entries:?}");
    assert!(
        plain.iter().any(|id| *second[0] == format!("{id}.2")),
        "{entries:?}"
    );
    assert!(built.table("people").iter().all(|row| hex(&row["records"])));
    assert_eq!(built.rejects(["row", "kept"]), owned([["3", "row"]]));
}

#[test]
fn a_row_a_person_is_one_entry_and_another_text_is_another() {
    let built = build(&[(
        "police/log.csv",
        "entry_id,record_id,name,date,text\n1,a,Ann Lee,2025-01-01,x\n1,b,Bob Roe,2025-01-01,x\n1,a,Ann Lee,2025-01-03,zzz\n",
    )]);
    assert_eq!(
        built.facts(["entries", "source_rows"]),
        owned([
            ["police:1", "police/log.csv#2|police/log.csv#3"],
            ["police:1.2", "police/log.csv#4"]
        ])
    );
    assert_eq!(
        built.rejects(["row", "column", "value"]),
        owned([["4", "entry_id", "1"]])
    );
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let log =
        "Name,Date,Details\nAnn Lee,2025-01-01,x\nAnn Lee,2025-01-01,x\nBob Roe,2025-02-01,y\n";
    let once = build(&[("police/log.csv", log)]);
    let twice = build(&[("police/log.csv", log), ("police/log copy.csv", log)]);
    let columns = ["date", "persons", "text", "fact_id", "entries"];
    assert_eq!(once.facts(columns), twice.facts(columns));
    assert!(
        twice
            .rejects(["file", "row"])
            .contains(&["police/log.csv", ""].map(str::to_owned))
    );
    assert_eq!(twice.counts().iter().map(|file| file.2).sum::<u64>(), 6);
}

#[test]
fn a_timeline_that_is_read_back_says_the_same() {
    let texts = [
        "=1+1",
        "+1-2",
        "-2+3",
        "@x",
        " =x",
        "＝x",
        "\u{200b}=x",
        "'=x",
        "''=x",
        "-5",
        "+44 7700 900123",
        "-",
        "'tis",
        "'quoted'",
        "2025-01-01",
        "a\u{1b}[31mb",
        "=\u{7}x",
        "-x\ny",
    ];
    let file = |texts: &[String]| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["entry_id", "date", "text"]).unwrap();
        for (at, text) in texts.iter().enumerate() {
            writer
                .write_record([&at.to_string(), "2025-01-01", text])
                .unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let printed = |texts: &[String]| {
        let built = build(&[("police/e.csv", &file(texts))]);
        let facts = built.facts(["entries", "text"]);
        let text_of = |at: usize| {
            facts
                .iter()
                .find(|fact| fact[0] == format!("police:{at}"))
                .unwrap()[1]
                .clone()
        };
        (0..texts.len()).map(text_of).collect::<Vec<String>>()
    };
    let first = printed(&texts.map(str::to_owned));
    let no_formula = |text: &&String| !text.starts_with(['=', '@', '＝', '\t']);
    assert_eq!(
        first.iter().filter(no_formula).count(),
        texts.len(),
        "{first:?}"
    );
    assert_eq!(first[..4], ["'=1+1", "'+1-2", "'-2+3", "'@x"]);
    assert_eq!(first[9..12], ["-5", "+44 7700 900123", "-"]);
    assert_eq!(first[15], "a\\u{1B}[31mb");
    assert_eq!(printed(&first), first);
}

#[test]
fn a_missing_column_makes_a_file_unusable_and_a_blank_cell_does_not() {
    let built = build(&[
        ("police/e.csv", "entry_id,text\n1,x\n"),
        ("school/e.csv", "entry_id,date,text\n,2025-01-01,x\n3,,\n"),
    ]);
    assert_eq!(
        built.facts(["date", "text"]),
        owned([["2025-01-01", "x"], ["", ""]])
    );
    assert_eq!(built.code, 1);
    assert_eq!(
        built.rejects(["file", "row", "kept"]),
        owned([["police/e.csv", "", "none"]])
    );
}

#[test]
fn a_name_is_never_made_of_two_rows() {
    let built = build(&[(
        "gp/people.csv",
        "record_id,given_name,family_name,date_of_birth\n1,Cat,Bell,2015-01-01\n1,Kat,Ball,2015-01-01\n",
    )]);
    let people = built.table("people");
    assert_eq!(people.len(), 1);
    assert!(
        ["Cat Bell", "Kat Ball"].contains(&&*people[0]["name"]),
        "{people:?}"
    );
}

#[test]
fn a_number_that_a_spreadsheet_spoilt_is_read_or_told() {
    let built = build(&[(
        "gp/people.csv",
        "record_id,name,nhs_number\n1,Ann Bell,9434765870.0\n2,Bea Bell,9.43E+09\n",
    )]);
    let people = built.table("people");
    let numbers: Vec<&str> = people
        .iter()
        .map(|person| &*person["identifiers"])
        .collect();
    assert!(
        numbers.contains(&"nhs_number=9434765870") && numbers.contains(&""),
        "{numbers:?}"
    );
    assert_eq!(
        built.rejects(["row", "value", "kept"]),
        [["3", "9.43E+09", "row"]]
    );
}
