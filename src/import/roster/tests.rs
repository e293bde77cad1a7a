use std::fs;
use std::path::PathBuf;

use super::*;
use crate::model::source::Kept;
use crate::model::watch::Unwatched;

/// Files in a folder of their own.
pub(super) fn files(named: &[(&str, &[u8])]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = named
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    (folder, paths)
}

/// Rows of a table, one a number.
pub(super) fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(row).collect();
    rows.concat()
}

pub(super) fn try_read(named: &[(&str, &str)], layout: &Layout) -> Result<Read, Fault> {
    let named: Vec<(&str, &[u8])> = named
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let (_folder, paths) = files(&named);
    read(&paths, layout, &Unwatched)
}

pub(super) fn read_text(text: &str) -> Read {
    try_read(&[("police.csv", text)], &Layout::default()).unwrap()
}

pub(super) fn mapped(pairs: &[(&str, &str)]) -> Layout {
    Layout {
        map: pairs
            .iter()
            .map(|(field, columns)| ((*field).into(), (*columns).into()))
            .collect(),
        ..Layout::default()
    }
}

pub(super) fn ids(roster: &Roster) -> Vec<&str> {
    (0..roster.len()).map(|record| roster.id(record)).collect()
}

pub(super) fn all(column: &Column, roster: &Roster) -> Vec<String> {
    (0..roster.len())
        .map(|record| column.get(record).to_owned())
        .collect()
}

pub(super) fn birth(roster: &Roster, record: usize) -> &When {
    &roster.births[roster.birth.cell(record) as usize]
}

pub(super) fn iso(roster: &Roster, record: usize) -> String {
    birth(roster, record)
        .exact()
        .map(crate::model::date::iso)
        .unwrap_or_default()
}

#[test]
fn the_agency_is_the_column_else_the_files_name() {
    let read = try_read(
        &[
            ("Social Care.csv", "id,name\n1,A\n"),
            ("x.csv", "id,agency,name\n1,GP 2,B\n2,GP,C\n3,,D\n"),
        ],
        &Layout::default(),
    )
    .unwrap();
    let roster = &read.roster;
    let folders = [
        ("police/people.csv", "id,name\n1,A\n"),
        ("health/people.csv", "id,name\n1,B\n"),
    ];
    let folders = try_read(&folders, &Layout::default()).unwrap().roster;
    assert_eq!(ids(&folders), ["health:1", "police:1"]);
    assert_eq!(roster.agencies, ["gp", "gp-2", "social-care", "x"]);
    // as printed: `-` comes before `:`
    assert_eq!(ids(roster), ["gp-2:1", "gp:2", "social-care:1", "x:3"]);
    let named: Vec<&str> = roster
        .agency
        .iter()
        .map(|at| roster.agencies[*at as usize].as_str())
        .collect();
    assert_eq!(named, ["gp-2", "gp", "social-care", "x"]);
    assert_eq!(all(&roster.full, roster), ["B", "C", "A", "D"]);
    assert_eq!(roster.find("gp:2"), Some(1));
}

#[test]
fn a_repeated_id_is_rejected_with_where_the_other_is() {
    let read = try_read(
        &[
            ("a/police.csv", "record_id,name\n1,A\n2,B\n1,C\n"),
            ("b/police.csv", "record_id,name\n2,D\n3,E\n"),
        ],
        &Layout::default(),
    )
    .unwrap();
    assert_eq!(ids(&read.roster), ["police:1", "police:2", "police:3"]);
    assert_eq!(all(&read.roster.full, &read.roster), ["A", "B", "E"]);
    let files: Vec<(usize, usize, usize)> = read
        .files
        .iter()
        .map(|file| (file.rows, file.used, file.rejected))
        .collect();
    assert_eq!(files, [(3, 2, 1), (2, 1, 1)]);
    let told: Vec<(Option<u32>, &str, Kept)> = read
        .rejects
        .iter()
        .map(|reject| (reject.row, reject.value.as_str(), reject.kept))
        .collect();
    assert_eq!(
        told,
        [(Some(4), "1", Kept::None), (Some(2), "2", Kept::None)]
    );
    assert!(
        read.rejects[0].problem.contains("row 2 already"),
        "{}",
        read.rejects[0].problem
    );
    assert!(
        read.rejects[1].problem.contains("police.csv already"),
        "{}",
        read.rejects[1].problem
    );
    // a value that only rejected rows have is no value
    assert_eq!(read.roster.full.values.len(), 4);
}

#[test]
fn rows_without_an_id_have_the_number_of_the_row() {
    let read = read_text("record_id,name\nx,A\n,B\nN/K,C\n");
    assert_eq!(ids(&read.roster), ["police:x", "police:~3", "police:~4"]);
    let two = [("a.csv", "name\nA\n"), ("b.csv", "name\nB\n")];
    assert_eq!(
        ids(&try_read(&two, &Layout::default()).unwrap().roster),
        ["a:2", "b:2"]
    );
    let same = [("1/a.csv", "name\nA\n"), ("2/b.csv", "agency,name\na,B\n")];
    assert_eq!(
        ids(&try_read(&same, &Layout::default()).unwrap().roster),
        ["a:a.csv#2", "a:b.csv#2"]
    );
}

#[test]
fn faults_say_what_where_and_what_to_do() {
    let compare = |name: &str| Layout {
        compare: vec![name.into()],
        ..Layout::default()
    };
    let truth = Layout {
        truth: Some("clutser".into()),
        ..Layout::default()
    };
    let good = "id,given_name,cluster\n1,A,c\n";
    for (text, layout, words) in [
        (
            good,
            mapped(&[("given_nmae", "id")]),
            vec!["--map given_nmae=id", "`given_name`"],
        ),
        (
            good,
            mapped(&[("given_name", "givenname2")]),
            vec!["no file has the column `givenname2`", "`given_name`"],
        ),
        (good, mapped(&[("address", "id+stret")]), vec!["`stret`"]),
        (
            good,
            compare("clster"),
            vec!["--compare clster", "`cluster`"],
        ),
        (good, truth, vec!["--truth clutser", "`cluster`"]),
        (
            "id,foo\n1,2\n",
            Layout::default(),
            vec![
                "no column is known to hold names",
                "id, foo",
                "--map given_name=COLUMN",
            ],
        ),
        ("", Layout::default(), vec!["the file is empty"]),
        (" \r\n\n", Layout::default(), vec!["the file is empty"]),
        ("%PDF-1.4", Layout::default(), vec!["PDF", "save it as CSV"]),
        ("[{\"name\": 1}]", Layout::default(), vec!["JSON"]),
    ] {
        let fault = try_read(&[("a.csv", text)], &layout)
            .unwrap_err()
            .to_string();
        assert_eq!(fault.split("\n  hint: ").count(), 2, "{fault}");
        for word in words {
            assert!(fault.contains(word), "`{word}` is not in: {fault}");
        }
    }
    assert_eq!(
        read(&[], &Layout::default(), &Unwatched),
        Err(Fault::NoFile)
    );
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_owned(), folder.path().join("none.csv")] {
        let fault = read(&[path], &Layout::default(), &Unwatched)
            .unwrap_err()
            .to_string();
        assert!(fault.contains("cannot be read"), "{fault}");
    }
}

#[test]
fn ragged_rows_are_told() {
    let read = read_text("record_id,name,phone\n1,A\n2,B,5,extra\n3,C,6,,\n\n,,\n4,D,7\n");
    assert_eq!(
        ids(&read.roster),
        ["police:1", "police:2", "police:3", "police:4"]
    );
    assert_eq!(all(&read.roster.phone, &read.roster), ["", "5", "6", "7"]);
    let file = &read.files[0];
    assert_eq!((file.rows, file.used, file.rejected), (4, 4, 0));
    assert_eq!(read.rejects.len(), 1);
    assert_eq!(
        (read.rejects[0].row, read.rejects[0].kept),
        (Some(3), Kept::Row)
    );
    assert!(read.rejects[0].problem.contains("4 cells, the header 3"));
    assert!(
        read.notes
            .iter()
            .any(|note| note.contains("1 row has fewer cells") && note.contains("row 2"))
    );
}

#[test]
fn quotes_that_are_wrong_are_told_and_lose_no_more_than_they_must() {
    let read = read_text(
        "record_id,name,phone\n1,\"A \"\"x\"\", b\",5\n2,B \"c\" d,6\n3,\"said \"no\" to\",7\n4,\"open,8\n5,E,9\n",
    );
    assert_eq!(
        all(&read.roster.full, &read.roster),
        ["A \"x\", b", "B \"c\" d", "said \"no\" to"]
    );
    let told: Vec<(Option<u32>, Kept)> = read
        .rejects
        .iter()
        .map(|reject| (reject.row, reject.kept))
        .collect();
    assert_eq!(
        told,
        [
            (Some(3), Kept::Cell),
            (Some(4), Kept::Cell),
            (Some(5), Kept::None)
        ]
    );
    let file = &read.files[0];
    assert_eq!((file.rows, file.used, file.rejected), (5, 3, 2));
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let read = read_text("Report of the police\n\nrecord_id,given_name,phone\n1,Ada,5\n1,Bo,6\n");
    assert_eq!(ids(&read.roster), ["police:1"]);
    assert_eq!(read.rejects[0].row, Some(5));
}

#[test]
fn a_header_alone_gives_nobody() {
    let read = read_text("record_id,given_name\n");
    assert!(read.roster.is_empty() && read.rejects.is_empty());
    assert_eq!(
        (
            read.files[0].rows,
            read.roster.births.len(),
            read.roster.sexes.len()
        ),
        (0, 1, 1)
    );
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let rows: Vec<String> = (0..500)
        .map(|n| format!("{n},Name{},Sur{},{}\n", n % 7, n % 31, n % 3))
        .collect();
    let table = |rows: &mut dyn Iterator<Item = &String>| {
        let rows: String = rows.map(String::as_str).collect();
        format!("record_id,given_name,surname,agency\n{rows}")
    };
    let one = table(&mut rows.iter());
    let back = table(&mut rows.iter().rev());
    let (first, second) = (
        table(&mut rows.iter().take(200)),
        table(&mut rows.iter().skip(200)),
    );
    let wanted = try_read(&[("a.csv", &one)], &Layout::default())
        .unwrap()
        .roster;
    assert_eq!(wanted.len(), 500);
    for named in [
        vec![("a.csv", back.as_str())],
        vec![("x.csv", &second), ("y.csv", &first)],
    ] {
        assert_eq!(try_read(&named, &Layout::default()).unwrap().roster, wanted);
    }
}
