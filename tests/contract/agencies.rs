//! Whose a file and a row is.

use crate::built::{build, build_with};
use crate::common::exports;

const ENTRIES: &str = "entry_id,date,text\n1,2025-01-01,a\n";

#[test]
fn a_folder_a_stem_or_a_column_names_the_agency() {
    let column = "entry_id,date,text,agency\n1,2025-01-01,a,\n2,2025-01-02,b,Health Visiting\n";
    for (files, agencies) in [
        (
            vec![("Health Visiting/list.csv", ENTRIES)],
            vec!["health-visiting"],
        ),
        (vec![("police_entries.csv", ENTRIES)], vec!["police"]),
        (vec![("police.entries.csv", ENTRIES)], vec!["police"]),
        (
            vec![("police_entries.csv", column)],
            vec!["police", "health-visiting"],
        ),
        (
            vec![("police/entries.csv", column)],
            vec!["police", "health-visiting"],
        ),
        (
            vec![
                ("police/e.csv", ENTRIES),
                (
                    "case.toml",
                    "[[export]]\nfile = \"police/e.csv\"\nagency = \"hv\"\n",
                ),
            ],
            vec!["hv"],
        ),
    ] {
        let built = build(&files);
        let found: Vec<String> = built
            .facts(["agency"])
            .into_iter()
            .map(|[agency]| agency)
            .collect();
        assert_eq!(found, agencies, "{files:?}");
    }
}

#[test]
fn the_command_line_names_an_agency() {
    let folder = exports(&[("log.csv", ENTRIES)]);
    let named = format!("police={}", folder.path().join("log.csv").display());
    let output = crate::common::run(&["timeline", "--agency", &named]);
    let rows = crate::common::table(&output.stdout);
    assert_eq!(
        (rows[0]["agency"].as_str(), rows[0]["source_rows"].as_str()),
        ("police", "police/log.csv#2")
    );
}

#[test]
fn at_the_top_of_a_folder_of_folders_only_what_needs_no_agency_is_used() {
    let built = build(&[
        ("police/e.csv", ENTRIES),
        ("school_entries.csv", ENTRIES),
        ("citations.csv", "conclusion_id,entry\nC1,police:1\n"),
        (
            "coverage.csv",
            "agency,last_synchronised\npolice,2025-01-02\n",
        ),
        ("requests.csv", "request_id,asked_agency\nR1,police\n"),
    ]);
    assert_eq!(
        built.facts(["agency", "cited"]),
        [["police", "C1"].map(str::to_owned)]
    );
    assert_eq!(
        built.rejects(["file", "row", "kept"]),
        [["school_entries.csv", "2", "none"].map(str::to_owned)]
    );
    assert_eq!(built.code, 1);
}

#[test]
fn a_combined_row_is_a_record_and_an_entry_about_it() {
    let built = build_with(
        &[(
            "school/log.csv",
            "\u{feff}Incident No,Date of Incident,Incident Details,Forename,SURNAME,D.O.B.,NHS No.,Post-Code,Lawful Basis,Family Told?,Shoe size\n\
             I1,01/02/2025,fell,Ann,Lee,02/01/2015,943 476 5919,AB1 2CD,,yes,3\n",
        )],
        &["--as-of", "2025-03-01"],
    );
    assert_eq!(
        built.facts(["date", "persons", "text", "told", "entries"]),
        [["2025-02-01", "Ann Lee", "fell", "yes", "school:I1"].map(str::to_owned)]
    );
    let people = built.table("people");
    assert_eq!(people[0]["date_of_birth"], "2015-01-02");
    assert_eq!(people[0]["identifiers"], "nhs_number=9434765919");
    assert_eq!(
        (built.rejects(["row"]).len(), &built.summary()["as_of"]),
        (0, &"2025-03-01".into())
    );
}
