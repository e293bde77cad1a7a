//! Consultations and requests are records of the case: read from CSV, printed as CSV that reads back to the same bytes.

use std::ffi::OsStr;

use crate::built::build;
use crate::common::{exports, run, table};

const PEOPLE: (&str, &str) = (
    "social-care/p.csv",
    "record_id,name,date_of_birth\na,Ann Lee,2015-01-02\n",
);
const CONSULTATIONS: &str = "consultation_id,consulted_by,consulted_agency,consulted_person,consulted_on,how,setting,record_ids,\
    question,information_received,information_given,outcome,became_referral,family_agreed,told\n\
    K1,Sam Field,health-visiting,Nurse Okoro,02/03/2025,by phone,external,social-care:a,Is she weighed?,Every month,We visit weekly,no more for now,no,yes,yes\n\
    K2,social-care,social-care,the safeguarding lead,2025-03-04,email,internal,,May we ask the school?,Yes,,asked,,,not yet\n";
const REQUESTS: &str = "request_id,asked_agency,asked_by,asked_on,due_on,answered_on,result,record_ids,question,reason,basis\n\
    R1,police,social-care,2025-03-01,2025-03-08,2025-03-09,withheld,social-care:a,Call-outs?,court case,E-S47\n";

fn printed(folder: &std::path::Path, command: &str, more: &[&str]) -> (Vec<u8>, String) {
    let arguments = [OsStr::new(command), folder.as_os_str()];
    let arguments: Vec<&OsStr> = arguments
        .into_iter()
        .chain(more.iter().map(OsStr::new))
        .collect();
    let output = run(&arguments);
    (output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_consultation_says_who_asked_whom_and_what_was_said_both_ways() {
    let folder = exports(&[PEOPLE, ("consultations.csv", CONSULTATIONS)]);
    let (bytes, _) = printed(folder.path(), "consultations", &[]);
    let rows = table(&bytes);
    let cells = |row: usize| {
        let columns = [
            "consultation_id",
            "consulted_by",
            "consulted_agency",
            "consulted_on",
            "how",
            "setting",
            "information_received",
            "information_given",
            "became_referral",
            "family_agreed",
            "told",
        ];
        columns.map(|column| rows[row][column].clone())
    };
    assert_eq!(
        cells(0),
        [
            "K1",
            "Sam Field",
            "health-visiting",
            "2025-03-02",
            "spoken",
            "external",
            "Every month",
            "We visit weekly",
            "no",
            "yes",
            "yes"
        ]
    );
    assert_eq!(
        cells(1),
        [
            "K2",
            "social-care",
            "social-care",
            "2025-03-04",
            "written",
            "internal",
            "Yes",
            "",
            "",
            "",
            "no not yet"
        ]
    );
    assert_eq!(rows.len(), 2);
}

#[test]
fn what_is_printed_reads_back_to_the_same_bytes() {
    for (command, path, text) in [
        ("consultations", "consultations.csv", CONSULTATIONS),
        ("requests", "requests.csv", REQUESTS),
    ] {
        let (first, _) = printed(exports(&[PEOPLE, (path, text)]).path(), command, &[]);
        let text = String::from_utf8(first).unwrap();
        assert!(text.lines().count() > 1, "{text}");
        let again = exports(&[PEOPLE, (path, &text)]);
        let (second, _) = printed(again.path(), command, &[]);
        assert_eq!(String::from_utf8(second).unwrap(), text, "{command}");
    }
}

#[test]
fn rows_are_accounted_for_and_one_without_an_agency_is_told() {
    let more = format!("{CONSULTATIONS}K3,Sam Field,,,2025-03-05,,,,,,,,,,\n");
    let built = build(&[PEOPLE, ("consultations.csv", &more)]);
    let summary = built.summary();
    let files = summary["files"].as_array().unwrap();
    let file = files
        .iter()
        .find(|file| file["file"] == "consultations.csv")
        .unwrap();
    assert_eq!(
        (&file["rows"], &file["used"], &file["rejected"]),
        (&3.into(), &2.into(), &1.into())
    );
    let told = built.rejects(["problem", "kept"]);
    assert_eq!(
        told,
        [["the row does not say which agency was consulted", "none"].map(str::to_owned)]
    );
}

#[test]
fn a_consultation_is_shown_to_those_who_took_part_and_never_to_the_family() {
    let log = ("police/e.csv", "entry_id,date,text\n1,2025-01-01,a\n");
    let folder = exports(&[PEOPLE, log, ("consultations.csv", CONSULTATIONS)]);
    for (who, rows, said) in [
        (
            "health-visiting",
            1,
            "1 row withheld: between other agencies",
        ),
        ("police", 0, "2 rows withheld: between other agencies"),
        ("social-care", 1, "1 row withheld"),
        (
            "family",
            0,
            "This copy holds what may be shared with the family.",
        ),
    ] {
        let (bytes, stderr) = printed(folder.path(), "consultations", &["--recipient", who]);
        assert_eq!(table(&bytes).len(), rows, "{who}");
        assert!(stderr.contains(said), "{who}: {stderr}");
    }
}

#[test]
fn a_health_records_consultation_log_stays_a_log_of_entries() {
    let built = build(&[(
        "gp/log.csv",
        "Consultation ID,Consultation date,Consultation notes,Setting,How\n7,2025-01-01,cough,surgery,in person\n",
    )]);
    assert_eq!(
        built.facts(["entries", "text"]),
        [["gp:7", "cough"].map(str::to_owned)]
    );
}
