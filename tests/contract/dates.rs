//! Every form of a date, how a column is read, and the as-of date.

use std::fmt::Write as _;

use crate::built::build;

#[test]
fn every_form_of_a_date_is_an_interval_with_its_precision() {
    let forms = [
        ("2025-03-31", "2025-03-31||day"),
        ("31/03/2025", "2025-03-31||day"),
        ("31-03-2025", "2025-03-31||day"),
        ("31.03.2025", "2025-03-31||day"),
        ("3 Mar 2025", "2025-03-03||day"),
        ("3 September 2025", "2025-09-03||day"),
        ("20250331", "2025-03-31||day"),
        ("31/03/25", "2025-03-31||day"),
        ("31/03/27", "1927-03-31||day"),
        ("31/03/2025 14:30", "2025-03-31||day"),
        ("2025", "2025-01-01|2025-12-31|year"),
        ("2025-02", "2025-02-01|2025-02-28|month"),
        ("Mar 2025", "2025-03-01|2025-03-31|month"),
        ("c. 2025", "2025-01-01|2025-12-31|approximate"),
        ("?12/03/2025", "2025-03-12||uncertain"),
        ("before 2025-03-01", "2025-03-01||before"),
        ("after 2025-03-01", "2025-03-01||after"),
        ("2025-03-01/2025-03-05", "2025-03-01|2025-03-05|range"),
        ("01/01/1900", "||unknown"),
        ("31/12/9999", "||unknown"),
        ("00/00/0000", "||unknown"),
        ("#N/A", "||unknown"),
        ("not known", "||unknown"),
        ("", "||unknown"),
        ("32/03/2025", "||unknown"),
        ("45000", "||unknown"),
    ];
    let mut file = "entry_id,date,text\n".to_owned();
    for (at, (form, _)) in forms.iter().enumerate() {
        writeln!(file, "{at},{form},{at}").unwrap();
    }
    let built = build(&[
        ("police/e.csv", &file),
        ("case.toml", "as_of = 2026-01-01\n"),
    ]);
    let facts = built.facts(["text", "date", "end_date", "date_precision"]);
    for (at, (form, expected)) in forms.iter().enumerate() {
        let fact = facts.iter().find(|fact| fact[0] == at.to_string()).unwrap();
        assert_eq!(fact[1..].join("|"), *expected, "{form}");
    }
    // a placeholder is known to be unknown; what fits no reading is told, and the row stays
    assert_eq!(
        built.rejects(["row", "value", "kept"]),
        [["26", "32/03/2025", "row"], ["27", "45000", "row"]].map(|row| row.map(str::to_owned))
    );
    assert_eq!((built.code, built.counts()[0].2), (0, 26));
    let first = facts.iter().position(|fact| fact[1].is_empty()).unwrap();
    assert!(
        facts[first..].iter().all(|fact| fact[1].is_empty()),
        "undated facts come last"
    );
}

#[test]
fn one_date_that_only_fits_month_first_turns_its_column() {
    let built = build(&[(
        "police/e.csv",
        "entry_id,date,text,recorded_on\n1,03/04/2025,a,03/04/2025\n2,03/25/2025,b,26/04/2025\n",
    )]);
    assert_eq!(
        built.facts(["date", "recorded_on"]),
        [["2025-03-04", "2025-04-03"], ["2025-03-25", "2025-04-26"]].map(|f| f.map(str::to_owned))
    );
    assert_eq!(
        built.rejects(["row", "column"]),
        [["", "date"].map(str::to_owned)]
    );
}

#[test]
fn the_as_of_date_is_the_latest_but_for_a_lone_late_one() {
    for (files, as_of) in [
        (
            vec![(
                "police/e.csv",
                "entry_id,date,text\n1,2025-01-01,a\n2,2026-01-01,b\n",
            )],
            "2026-01-01",
        ),
        (
            vec![(
                "police/e.csv",
                "entry_id,date,text\n1,2025-01-01,a\n2,2026-01-02,b\n",
            )],
            "2025-01-01",
        ),
        (
            vec![(
                "police/e.csv",
                "entry_id,date,text,received_on\n1,2025-01-01,a,2025-02-01\n",
            )],
            "2025-02-01",
        ),
        (
            vec![
                ("police/e.csv", "entry_id,date,text\n1,2025-01-01,a\n"),
                (
                    "requests.csv",
                    "request_id,asked_agency,asked_on,answered_on\nR,police,2025-01-02,2025-03-01\n",
                ),
            ],
            "2025-03-01",
        ),
        (
            vec![
                ("police/e.csv", "entry_id,date,text\n1,2025-01-01,a\n"),
                (
                    "coverage.csv",
                    "agency,last_synchronised\npolice,2025-04-01\n",
                ),
            ],
            "2025-04-01",
        ),
        (vec![("police/e.csv", "entry_id,date,text\n1,,a\n")], "-"),
    ] {
        assert_eq!(build(&files).summary()["as_of"], as_of, "{files:?}");
    }
}

#[test]
fn an_end_or_a_precision_widens_the_day() {
    let built = build(&[(
        "police/e.csv",
        "entry_id,date,text,end_date,date_precision\n\
         1,2025-01-01,a,2025-01-05,\n2,2025-01-05,b,2025-01-01,\n3,2025-02-03,c,,month\n4,2025-03-01,d,,approximate\n",
    )]);
    assert_eq!(
        built.facts(["text", "date", "end_date", "date_precision"]),
        [
            ["a", "2025-01-01", "2025-01-05", "range"],
            ["b", "2025-01-05", "", "day"],
            ["c", "2025-02-01", "2025-02-28", "month"],
            ["d", "2025-03-01", "", "approximate"],
        ]
        .map(|fact| fact.map(str::to_owned))
    );
    assert_eq!(
        built.rejects(["row", "column", "kept"]),
        [["3", "end_date", "row"].map(str::to_owned)]
    );
}

fn as_of(files: &[(&str, &str)]) -> String {
    build(files).summary()["as_of"].as_str().unwrap().to_owned()
}

#[test]
fn the_newest_year_of_two_digits_is_of_this_century() {
    let head = "entry_id,date,text\n";
    let gp = format!("{head}E1,01/03/2026,a\n");
    let school = format!("{head}E1,04/03/26,b\n");
    assert_eq!(
        as_of(&[("gp/e.csv", &gp), ("school/e.csv", &school)]),
        "2026-03-04"
    );
    let one = format!("{head}E1,01/03/2025,a\nE2,05/03/25,b\n");
    assert_eq!(as_of(&[("gp/e.csv", &one)]), "2025-03-05");
}

#[test]
fn two_rows_of_one_day_are_no_slip_and_one_row_is() {
    let head = "entry_id,date,recorded_on,text\n";
    let old = format!("{head}E1,01/03/2020,,a\n");
    let slip = format!("{old}E2,05/03/2026,05/03/2026,b\n");
    assert_eq!(as_of(&[("gp/e.csv", &slip)]), "2020-03-01");
    let two = format!("{slip}E3,05/03/2026,,c\n");
    assert_eq!(as_of(&[("gp/e.csv", &two)]), "2026-03-05");
}

#[test]
fn a_date_of_birth_is_one_however_it_is_written() {
    let built = build(&[
        (
            "gp/people.csv",
            "record_id,name,date_of_birth\n1,Ann Bell,2015-01-01\n",
        ),
        (
            "police/people.csv",
            "record_id,name,date_of_birth,nhs_number\n7,Ann Bell,01/01/2015,\n",
        ),
        (
            "police/entries.csv",
            "entry_id,date,text,record_ids,slot,value\nP1,2025-03-01,says,7,date of birth,01/01/2015\n",
        ),
    ]);
    let flags = built.table("flags");
    assert!(
        flags.iter().all(|flag| flag["code"] != "agencies-disagree"),
        "{flags:?}"
    );
}
