//! Files that are empty, cut off, wrongly written, or no files at all.

use std::fs;

use super::{GOOD, beside_a_good_one, build, is_refused};
use crate::common;

#[test]
fn what_is_no_table_is_refused_in_plain_words() {
    let many_columns = format!("entry_id,date,text{}\n", ",x".repeat(16_383));
    let large_cell = format!(
        "entry_id,date,text\ne1,2024-01-01,{}\n",
        "x".repeat(2_000_000)
    );
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (path, bytes, because) in [
        ("police/a.csv", &b""[..], "empty"),
        ("police/a.csv", b"\n\n \n", "empty"),
        ("police/a.csv", &[0; 5000], "NUL characters"),
        ("police/a.csv", b"%PDF-1.7", "PDF"),
        ("police/a.csv", many_columns.as_bytes(), "16384 columns"),
        ("police/a.csv", large_cell.as_bytes(), "1048576 bytes"),
        (
            "police/a.csv",
            b"colour,size\nred,3\n",
            "columns of any kind",
        ),
        ("police/a.json", deep.as_bytes(), "128 brackets"),
        ("police/a.json", b"[{\"entry_id\":\"e1\",\"da", "broken"),
        ("police/a.json", b"[]", "no rows"),
        ("police/a.xlsx", b"hello", "no workbook"),
        ("police/a.xlsx", b"PK\x03\x04", "cut off"),
        (
            "police/a.xls",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "cut off",
        ),
        ("police/a.xml", b"<a/>", "not read by this version"),
    ] {
        is_refused(&beside_a_good_one(path, bytes), path, because);
    }
}

#[test]
fn a_workbook_cut_off_anywhere_is_refused() {
    for (fixture, path) in [
        ("hollow-lane/police/incidents.xlsx", "police/a.xlsx"),
        ("hollow-lane/lantern-house/contacts.ods", "police/a.ods"),
    ] {
        let whole = fs::read(common::fixture(fixture)).unwrap();
        for part in [1, 10, 50, 90, 99] {
            let cut = &whole[..whole.len() * part / 100];
            is_refused(&beside_a_good_one(path, cut), path, "workbook");
        }
    }
}

#[test]
fn rows_that_are_lost_are_told_one_by_one() {
    for (text, row) in [
        (
            "entry_id,date,text\n\"e1,2024-01-01,a\ne2,2024-01-01,b\n",
            "2",
        ),
        (
            "entry_id,date,text\ne1,2024-01-01,a\ne2,2024-01-01,\"b\n",
            "3",
        ),
    ] {
        let built = beside_a_good_one("police/a.csv", text.as_bytes());
        assert_eq!(built.code, Some(1));
        let line = built
            .rejects
            .iter()
            .find(|line| line["kept"] == "none")
            .unwrap();
        assert_eq!(line["row"], row);
        assert!(line["problem"].contains("never closed"), "{line:?}");
    }
    let lines = b"{\"entry_id\":\"e1\",\"date\":\"2024-01-01\",\"text\":\"a\"}\nnot json\n{\"entry_id\":\"e2\",\"date\":\"2024-01-01\",\"text\":\"b\"}\n";
    let built = beside_a_good_one("police/a.jsonl", lines);
    assert_eq!(built.rejects.len(), 1, "{:?}", built.rejects);
    assert_eq!(built.rejects[0]["row"], "3");
}

#[test]
fn odd_but_readable_files_are_used() {
    let wide: Vec<u8> = "\u{feff}entry_id,date,text\ne1,2024-01-01,h\u{e9}\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        &b"entry_id,date,text"[..],
        b"entry_id,date,text\ne1,2024-01-01,a\0b\n",
        b"entry_id,date,text\ne1,2024-01-01,caf\xe9\n",
        b"entry_id,date,text\ne1\ne2,2024-01-01,a,b,c\n",
        b"entry_id,date,text\re1,2024-01-01,a\r",
        &wide,
        &wide[..wide.len() - 1],
    ] {
        let built = beside_a_good_one("police/a.csv", bytes);
        assert_eq!(built.code, Some(0), "{}", built.stderr);
        assert!(
            built.rejects.iter().all(|line| line["kept"] != "none"),
            "{:?}",
            built.rejects
        );
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_sockets_and_devices_are_never_opened() {
    use std::os::unix::fs::symlink;
    let folder = common::exports(&[("police/ok.csv", GOOD)]);
    let at = |name: &str| folder.path().join("police").join(name);
    symlink("/etc/passwd", at("out.csv")).unwrap();
    symlink("loop.csv", at("loop.csv")).unwrap();
    symlink("..", at("up")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.csv")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe.csv"))
        .status();
    fs::create_dir(at("empty.csv")).unwrap();
    let built = build(folder.path());
    assert_eq!(built.code, Some(1), "{}", built.stderr);
    let mut told: Vec<&str> = built
        .rejects
        .iter()
        .map(|row| row["file"].as_str())
        .collect();
    told.retain(|name| *name != "police/pipe.csv");
    assert_eq!(
        told,
        [
            "police/empty.csv",
            "police/loop.csv",
            "police/out.csv",
            "police/socket.csv",
            "police/up"
        ]
    );
    if made.is_ok_and(|status| status.success()) {
        assert!(
            built
                .rejects
                .iter()
                .any(|row| row["file"] == "police/pipe.csv")
        );
    }
}

#[test]
fn settings_that_cannot_be_read_stop_everything() {
    let deep = format!("x={}", "[".repeat(100_000));
    for (text, because) in [
        ("title = ", "line 1"),
        ("title = 5", "no text"),
        ("as_of = \"yesterday\"", "no day"),
        ("jurisdiction = \"mars\"", "jurisdiction"),
        ("[[agency]]\nid = \"\"", "no agency id"),
        (
            "[[agency]]\nid = \"x\"\nkind = \"wizard\"",
            "no agency kind\u{0}not an agency kind",
        ),
        (
            "[[export]]\nfile = \"../../etc/passwd\"",
            "not under the folder",
        ),
        ("[[export]]\nfile = \"/etc/passwd\"", "not under the folder"),
        (
            "[[export]]\nfile = \"school/../school/ok.csv\"",
            "not under the folder",
        ),
        ("[flags]\nnope = 1", "no threshold"),
        ("[flags]\n\"late-recorded.days\" = nan", "no number"),
        (
            "[output]\nperiod = \"2025-01-01/2024-01-01\"",
            "wrong way round",
        ),
        (
            "[output]\nrecipient = \"nobody-of-this-name\"",
            "nobody-of-this-name",
        ),
        ("unknown_key = 1", "not known"),
        (&deep, "line 1"),
    ] {
        let folder = common::exports(&[("school/ok.csv", GOOD), ("case.toml", text)]);
        let built = build(folder.path());
        let shown: String = text.chars().take(60).collect();
        assert_eq!(built.code, Some(2), "{shown}: {}", built.stderr);
        assert!(
            because
                .split('\0')
                .any(|words| built.stderr.contains(words)),
            "{shown}: {}",
            built.stderr
        );
        assert!(built.stderr.contains("hint: "), "{shown}: {}", built.stderr);
    }
}

#[cfg(unix)]
#[test]
fn settings_behind_a_link_are_not_passed_over_in_silence() {
    let folder = common::exports(&[("school/ok.csv", GOOD)]);
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("case.toml")).unwrap();
    let built = build(folder.path());
    assert_eq!(built.code, Some(2), "{}", built.stderr);
    assert!(
        built.stderr.contains("case.toml: not opened"),
        "{}",
        built.stderr
    );
}

#[test]
fn a_file_that_case_toml_names_and_nobody_sent_is_told() {
    let folder = common::exports(&[
        ("school/ok.csv", GOOD),
        ("case.toml", "[[export]]\nfile = \"police/x.csv\"\n"),
    ]);
    let built = build(folder.path());
    assert_eq!(built.code, Some(1), "{}", built.stderr);
    assert_eq!(built.rejects[0]["value"], "police/x.csv");
}

#[test]
fn one_kind_alone_or_nothing_is_no_reason_to_fall_over() {
    for (path, text, code) in [
        (
            "citations.csv",
            "conclusion_id,entry,conclusion\nc1,police:e1,x\n",
            1,
        ),
        ("requests.csv", "request_id,asked_agency\nr1,police\n", 0),
        (
            "coverage.csv",
            "agency,from,to\npolice,2024-01-01,2024-02-01\n",
            0,
        ),
        ("police/p.csv", "record_id,given_name\np1,Ann\n", 0),
        (
            "police/p.csv",
            "record_id,given_name,date_of_birth\n,,\np1,,\n",
            0,
        ),
        ("police/p.csv", "record_id,given_name\n", 0),
        ("README.txt", "hello", 2),
    ] {
        let folder = common::exports(&[(path, text)]);
        let built = build(folder.path());
        assert_eq!(built.code, Some(code), "{path}: {}", built.stderr);
    }
}

#[test]
fn dates_at_the_ends_of_time_are_read_or_told() {
    let dates = [
        "0001-01-01",
        "9999-12-31",
        "262142-12-31",
        "262143-12-31",
        "-0001-01-01",
        "0000-00-00",
        "9999",
        "after 9999-12-31",
        "before 0001-01-01",
    ];
    let rows: Vec<String> = dates
        .iter()
        .enumerate()
        .map(|(at, date)| format!("e{at},{date},{date},{date},t,p1,address,{at} High Street\n"))
        .collect();
    let rows = rows.concat();
    let entries = format!("entry_id,date,end_date,recorded_on,text,record_ids,slot,value\n{rows}");
    let people = format!(
        "record_id,given_name,family_name,date_of_birth\n{}",
        dates
            .iter()
            .enumerate()
            .map(|(at, date)| format!("p{at},Ann,Lee,{date}\n"))
            .collect::<Vec<_>>()
            .concat()
    );
    for as_of in ["0001-01-01", "9999-12-31"] {
        let case = format!("as_of = {as_of}\n");
        let folder = common::exports(&[
            ("gp/e.csv", &entries),
            ("school/e.csv", &entries),
            ("gp/p.csv", &people),
            ("school/p.csv", &people),
            ("case.toml", &case),
        ]);
        let built = build(folder.path());
        assert!(
            matches!(built.code, Some(0 | 1)),
            "{as_of}: {}",
            built.stderr
        );
        assert!(
            !built.stderr.contains("fault of the program"),
            "{}",
            built.stderr
        );
    }
}
