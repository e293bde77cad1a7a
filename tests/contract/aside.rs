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

#[test]
fn a_table_of_people_with_a_telling_and_no_dates_is_told() {
    let folder = exports(&[(
        "social-care/notes.csv",
        "Note ID,Client ID,Surname,First name,DOB,Note,Significance\n\
         N1,C1,Vey,Ann,01/02/2015,Ann said she is hit at home.,3\n",
    )]);
    let out = crate::common::build(folder.path());
    let rejects = written(out.path(), "rejects.csv");
    assert_eq!(rejects.len(), 1, "{rejects:?}");
    assert_eq!(rejects[0]["column"], "Note");
    assert!(rejects[0]["problem"].contains("no column is understood as when"));
    assert!(rejects[0]["hint"].contains("mapping file"));
}

#[test]
fn a_second_line_of_headings_and_a_line_of_totals_are_nobody() {
    let folder = exports(&[(
        "social-care/notes.csv",
        "Note ID,Contact date,Client ID,Family name,First name,Note\n\
         ,of visit,,name,name,\n\
         N1,2025-01-02,C1,Total,Ann,Seen at home.\n\
         Total,7,,,,\n",
    )]);
    let out = crate::common::build(folder.path());
    let people = written(out.path(), "people.csv");
    assert_eq!(people.len(), 1, "{people:?}");
    assert_eq!(written(out.path(), "timeline.csv").len(), 1);
    let rejects = written(out.path(), "rejects.csv");
    let told: Vec<(&str, &str)> = rejects
        .iter()
        .map(|row| (&*row["row"], &*row["problem"]))
        .collect();
    assert_eq!(
        told,
        [
            ("2", "the row is a second line of headings"),
            ("4", "the row is a line of totals")
        ]
    );
}

#[test]
fn a_folder_that_cannot_be_read_is_told_and_not_left_aside() {
    use casepicture::import::{Folder, InputFile, Limits, read};
    let files = [
        ("police/", Err("the folder cannot be opened".to_owned())),
        (
            "school/e.csv",
            Ok(b"entry_id,date,text\n1,2025-01-01,x\n".to_vec()),
        ),
    ];
    let files = files.map(|(path, bytes)| InputFile {
        path: path.to_owned(),
        bytes,
        agency: None,
    });
    let folder = Folder {
        files: files.into(),
        skipped: Vec::new(),
    };
    let supplied = read(&folder, &Limits::default()).unwrap();
    assert_eq!(supplied.ignored, Vec::<String>::new());
    let told: Vec<&str> = supplied.rejects.iter().map(|one| &*one.file).collect();
    assert_eq!(told, ["police/"]);
}
