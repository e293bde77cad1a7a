//! What a folder of exports holds beside exports, and what is said of files and rows that are not in a table.

use std::fs;
use std::path::Path;

use crate::built::build;
use crate::common::{exports, run, written};

const HEAD: &str = "entry_id,date,text\n";

fn facts(out: &Path) -> usize {
    written(out, "timeline.csv").len()
}

#[test]
fn tables_that_were_written_beside_the_exports_are_not_read_back() {
    let folder = exports(&[("gp/e.csv", &format!("{HEAD}E1,2025-03-01,one\n"))]);
    let out = folder.path().join("out");
    for _ in 0..2 {
        let args = [
            "build".as_ref(),
            folder.path().as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
            "--force".as_ref(),
        ];
        assert_eq!(run(&args).status.code(), Some(0));
        assert_eq!(facts(&out), 1);
    }
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    let ignored: Vec<&str> = summary["ignored"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap())
        .collect();
    assert_eq!(ignored.len(), 7, "{ignored:?}");
    assert!(ignored.contains(&"out/timeline.csv") && ignored.contains(&"out/summary.json"));
}

#[test]
fn a_file_named_for_an_agency_takes_nothing_from_the_others() {
    let folder = exports(&[
        ("export1.csv", &format!("{HEAD}E1,2025-03-01,one\n")),
        ("gp.csv", &format!("{HEAD}G1,2025-03-02,two\n")),
    ]);
    let named = format!("police={}", folder.path().join("export1.csv").display());
    let args = [
        "timeline".as_ref(),
        folder.path().as_os_str(),
        "--agency".as_ref(),
        named.as_ref(),
    ];
    let output = run(&args);
    let rows = crate::common::table(&output.stdout);
    let told: Vec<_> = rows
        .iter()
        .map(|row| (&*row["agency"], &*row["text"]))
        .collect();
    assert_eq!(told, [("police", "one"), ("gp", "two")]);
}

#[test]
fn every_table_says_what_is_missing_from_it() {
    let folder = exports(&[
        ("gp/e.csv", &format!("{HEAD}G1,2025-03-02,two\n")),
        ("police/e.xlsx", "PK\u{3}\u{4}damaged"),
        (
            "school/e.csv",
            &format!("{HEAD}S1,2025-03-02,\"never closed\n"),
        ),
    ]);
    for command in ["timeline", "people", "flags", "reliance"] {
        let output = run(&[command.as_ref(), folder.path().as_os_str()]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        assert!(told.contains("police/e.xlsx: "), "{command}: {told}");
        assert!(
            told.contains("school/e.csv: none of its rows is used"),
            "{command}: {told}"
        );
    }
}

#[test]
fn a_placeholder_makes_no_two_events_one() {
    for none in ["N/A", "-", "none", "Unknown", "0", "x", "TBC", "0000000000"] {
        let head = "entry_id,date,text,reference,document\n";
        let built = build(&[
            (
                "school/e.csv",
                &format!("{head}S1,2025-03-01,Bruise on arm,{none},{none}\n"),
            ),
            (
                "police/e.csv",
                &format!("{head}P1,2025-03-01,Car stolen,{none},{none}\n"),
            ),
        ]);
        assert_eq!(
            built.facts(["text", "origins_high"]),
            [["Car stolen", "1"], ["Bruise on arm", "1"]],
            "{none}"
        );
    }
}

#[test]
fn a_table_of_people_with_dates_and_no_telling_is_told() {
    let head = "Student ID,Student,Date of incident,Colour,Shape\n";
    let folder = exports(&[(
        "school/log.csv",
        &format!("{head}S1,Ann Bell,03/04/2025,Blue,Round\n"),
    )]);
    let out = crate::common::build(folder.path());
    let rejects = written(out.path(), "rejects.csv");
    assert_eq!(rejects.len(), 1, "{rejects:?}");
    assert_eq!(rejects[0]["column"], "Date of incident");
    assert!(rejects[0]["problem"].contains("no column is understood as what happened"));
    let told = build(&[(
        "school/log.csv",
        "Student ID,Student,Date of incident,Category,Incident,Actions\nS1,Ann Bell,03/04/2025,Bruise,Bruise on left arm,Rang\n",
    )]);
    assert_eq!(
        told.facts(["text", "category", "action"]),
        [["Bruise on left arm", "Bruise", "Rang"]]
    );
}
