//! The further tables of `reliance` and the letters of `requests`: their columns, formats, and what a recipient gets.

use crate::common::{Row, casepicture, exports, fixture, run, table};

/// What a command printed for a bundled case, and what it said.
fn printed(case: &str, arguments: &[&str]) -> (String, String) {
    let mut command = casepicture();
    let output = command
        .arg(arguments[0])
        .arg(fixture(case))
        .args(&arguments[1..])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    (String::from_utf8(output.stdout).unwrap(), said)
}

fn rows(case: &str, arguments: &[&str]) -> Vec<Row> {
    table(printed(case, arguments).0.as_bytes())
}

#[test]
fn each_further_table_has_its_columns() {
    for (arguments, columns) in [
        (
            ["reliance", "--silence"],
            "agency,month,state,involved,entries,asked,answered,withheld,outside_coverage",
        ),
        (
            ["reliance", "--slots"],
            "person_id,person,slot,standing,settled_on,agency,value,from,until,vague_dates,known_how,fact_id,record",
        ),
        (
            ["reliance", "--disagreements"],
            "person_id,person,slot,standing,settled_on,agency,value,from,until,vague_dates,known_how,fact_id,record",
        ),
        (
            ["reliance", "--knock-out"],
            "without,agencies,left,right,probability,outcome,conclusions,fall,weaker,fallen,facts,sentence",
        ),
        (
            ["requests", "--questions"],
            "agency,name,number,question,person_ids,entries,flags",
        ),
    ] {
        let csv = [&arguments[..], &["--format", "csv"]].concat();
        let (text, _) = printed("hollow-lane", &csv);
        assert_eq!(text.lines().next(), Some(columns), "{arguments:?}");
        assert!(text.lines().count() > 3, "{arguments:?}");
        for format in ["json", "text"] {
            let (other, _) = printed(
                "hollow-lane",
                &[&arguments[..], &["--format", format]].concat(),
            );
            assert!(other.len() > 200 && other != text, "{arguments:?} {format}");
        }
        for (format, file) in [("parquet", "t.parquet"), ("csv", "t.csv")] {
            let folder = tempfile::tempdir().unwrap();
            let to = folder.path().join(file);
            let to_file = ["--format", format, "-o", to.to_str().unwrap()];
            printed("hollow-lane", &[&arguments[..], &to_file].concat());
            let bytes = std::fs::read(&to).unwrap();
            match format {
                "parquet" => assert!(bytes.starts_with(b"PAR1"), "{arguments:?}"),
                _ => assert_eq!(bytes, text.as_bytes(), "{arguments:?}"),
            }
        }
    }
}

#[test]
fn the_family_gets_none_of_it_and_one_sentence() {
    for arguments in [
        ["reliance", "--silence"],
        ["reliance", "--slots"],
        ["reliance", "--disagreements"],
        ["reliance", "--knock-out"],
        ["requests", "--questions"],
    ] {
        let family = ["--format", "csv", "--recipient", "family"];
        let (text, said) = printed("river-street", &[&arguments[..], &family].concat());
        assert_eq!(text.lines().count(), 1, "{arguments:?}: {text}");
        assert_eq!(
            said,
            "This copy holds what may be shared with the family. Other information may be held; ask the worker who gave it to you.\n"
        );
    }
}

#[test]
fn what_is_left_out_for_an_agency_is_counted() {
    for (arguments, because) in [
        (
            ["reliance", "--silence"],
            "nothing that this agency told may be seen",
        ),
        (
            ["reliance", "--slots"],
            "what was said there may not be seen",
        ),
        (
            ["requests", "--questions"],
            "put to another agency, or about what may not be seen",
        ),
    ] {
        let school = ["--format", "csv", "--recipient", "school"];
        let (less, said) = printed("river-street", &[&arguments[..], &school].concat());
        let (whole, quiet) = printed(
            "river-street",
            &[&arguments[..], &["--format", "csv"]].concat(),
        );
        assert!(said.contains(because), "{arguments:?}: {said}");
        assert!(less.lines().count() < whole.lines().count());
        assert_eq!(quiet, "");
    }
}

#[test]
fn disagreements_are_the_slots_that_are_open_or_were_settled() {
    let all = rows("hollow-lane", &["reliance", "--slots"]);
    let open: Vec<Row> = all
        .iter()
        .filter(|row| row["standing"] != "agreed")
        .cloned()
        .collect();
    assert!(open.len() < all.len());
    assert_eq!(rows("hollow-lane", &["reliance", "--disagreements"]), open);
    let school = |row: &&Row| row["slot"] == "school";
    let said: Vec<(&str, &str, &str)> = open
        .iter()
        .filter(school)
        .map(|row| (&*row["agency"], &*row["from"], &*row["settled_on"]))
        .collect();
    assert_eq!(
        said,
        [
            ("social-care", "2025-09-10", "2026-02-01"),
            ("school", "2025-09-29", "2026-02-01")
        ]
    );
}

#[test]
fn letters_are_ready_to_send_one_an_agency_or_that_of_one() {
    let (all, _) = printed("hollow-lane", &["requests", "--questions"]);
    let to: Vec<&str> = all
        .lines()
        .filter_map(|line| line.strip_prefix("To: "))
        .collect();
    assert!(to.len() > 5 && !to.contains(&"Social care"), "{to:?}");
    let (one, _) = printed(
        "hollow-lane",
        &["requests", "--questions", "--agency", "police"],
    );
    assert!(
        one.starts_with("To: Police\nFrom: Social care\nAs of: 2 March 2026\n\n"),
        "{one}"
    );
    assert!(all.contains(&one) && one.matches("To: ").count() == 1);
    let (none, _) = printed(
        "hollow-lane",
        &["requests", "--questions", "--agency", "court"],
    );
    assert_eq!(none, "There is nothing to ask.\n");
    let nobody = run(&[
        "requests".as_ref(),
        fixture("hollow-lane").as_os_str(),
        "--questions".as_ref(),
        "--agency".as_ref(),
        "nobody".as_ref(),
    ]);
    assert_eq!(nobody.status.code(), Some(2));
}

#[test]
fn the_further_tables_exclude_each_other() {
    let output = run(&["reliance", "x", "--silence", "--slots"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_formula_in_what_is_said_is_none_in_a_spreadsheet() {
    let folder = exports(&[
        ("police/p.csv", "record_id,name\na,=Ann()\n"),
        (
            "police/e.csv",
            "entry_id,date,text,record_ids,slot,value\n1,2025-01-01,x,a,school,=cmd|' /C calc'!A0\n",
        ),
    ]);
    let output = run(&[
        "reliance".as_ref(),
        folder.path().as_os_str(),
        "--slots".as_ref(),
    ]);
    let rows = table(&output.stdout);
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(
            row["value"].starts_with("'=") && row["person"].starts_with("'="),
            "{row:?}"
        );
    }
}

#[test]
fn a_doubtful_link_is_in_the_summary_and_the_table() {
    let folder = exports(&[
        (
            "police/p.csv",
            "record_id,given_name,family_name,date_of_birth\na,Ann,Lee,2015-01-02\n",
        ),
        (
            "school/p.csv",
            "record_id,given_name,family_name,date_of_birth\nb,Ann,Lee,2015-01-02\n",
        ),
        (
            "police/e.csv",
            "entry_id,date,text,record_ids\n1,2025-01-01,x,a\n",
        ),
        (
            "school/e.csv",
            "entry_id,date,text,record_ids\n1,2025-01-03,y,b\n",
        ),
        (
            "citations.csv",
            "conclusion_id,entry,conclusion\nC1,school:1,She is well\n",
        ),
    ]);
    let path = folder.path();
    let output = run(&[
        "reliance".as_ref(),
        path.as_os_str(),
        "--knock-out".as_ref(),
    ]);
    let rows = table(&output.stdout);
    let links: Vec<&Row> = rows.iter().filter(|row| row["without"] == "link").collect();
    assert_eq!(links.len(), 1, "{rows:?}");
    assert!(
        links[0]["sentence"].contains("are not the same person")
            || links[0]["sentence"].contains("is not about whom it is taken for"),
        "{links:?}"
    );
    let out = crate::common::build(path);
    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.path().join("summary.json")).unwrap()).unwrap();
    let told = &summary["reliance"]["knock_out"]["doubtful_links"];
    assert_eq!(told[0]["left"], "police:a", "{summary:#}");
}
