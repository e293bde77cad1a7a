//! The other forms say the same; and a long pack is laid out.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use super::common::{exports, fixture, run};
use super::pack;

#[test]
fn other_forms_say_the_same() {
    let case = fixture("hollow-lane");
    let text = pack(
        &case,
        "strategy-discussion",
        "police",
        &["--format", "text"],
    );
    assert!(text.contains("MERGED CHRONOLOGY") && text.contains("WHAT IS WITHHELD, AND WHY"));
    let report = pack(
        &case,
        "strategy-discussion",
        "social-care",
        &["--report", "school", "--format", "text"],
    );
    assert!(
        report.contains("Millrace Primary School")
            && report.contains("TO BE COMPLETED BY THE AGENCY")
    );
    assert!(
        !report.contains("check F"),
        "a report has no list of what to check"
    );
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("tables");
    let output = run(&[
        "pack",
        case.to_str().unwrap(),
        "--for",
        "conference",
        "--recipient",
        "police",
        "--format",
        "csv-folder",
        "-o",
        folder.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0));
    for name in [
        "chronology.csv",
        "sources.csv",
        "family.csv",
        "withheld.csv",
        "actions.csv",
    ] {
        assert!(folder.join(name).exists(), "{name}");
    }
}

/// A pack of 5,000 facts of two agencies, and how many milliseconds the program took from reading to writing.
pub fn five_thousand() -> (String, u128) {
    let mut logs = [(); 2].map(|()| {
        String::from("entry_id,date,text,record_id,name,told,polarity,significance,basis\n")
    });
    for at in 0..5000 {
        let (year, month, day) = (10 + at % 15, at % 12 + 1, at % 28 + 1);
        let polarity = ["concern", "strength", "neutral"][at % 3];
        writeln!(
            logs[at % 2],
            "{at},20{year:02}-{month:02}-{day:02},line {at} of the log: the child was seen at home and said that it had been loud again at night,a,Ann Lee,yes,{polarity},{},L6-E",
            at % 4
        )
        .unwrap();
    }
    let [police, school] = &logs;
    let folder = exports(&[("police/e.csv", police), ("school/e.csv", school)]);
    let start = Instant::now();
    let page = pack(folder.path(), "conference", "police", &[]);
    (page, start.elapsed().as_millis())
}

#[test]
fn five_thousand_facts_are_laid_out() {
    let (page, milliseconds) = five_thousand();
    let mut stderr = std::io::stderr();
    writeln!(
        stderr,
        "a pack of 5,000 facts is written in {milliseconds} ms"
    )
    .unwrap();
    assert!(page.matches(" of the log").count() >= 5000);
    assert!(page.len() < 8_000_000, "{} bytes", page.len());
}
