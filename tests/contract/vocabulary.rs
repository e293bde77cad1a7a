//! Codes of lawful bases: each place's own, a hub's file over them, and what `check` says of those that nobody knows.

use crate::built::build;
use crate::common::{exports, run};

fn basis_of(basis: &str, config: &str, more: &[(&str, &str)]) -> Vec<String> {
    let entries = format!("entry_id,date,text,basis\n1,2025-01-01,a,{basis}\n");
    let mut files = vec![("police/e.csv", entries.as_str()), ("case.toml", config)];
    files.extend(more);
    let built = build(&files);
    let facts = built.facts(["basis", "basis_label", "basis_status", "handling"]);
    facts[0].to_vec()
}

#[test]
fn each_place_has_its_codes() {
    for (place, basis, printed) in [
        ("scotland", "IRD", ["S-CP", "valid", "need to know"]),
        ("wales", "s130", ["W-RPT", "valid", "need to know"]),
        (
            "victoria",
            "CISS",
            ["VIC-CISS", "valid", "open to partners"],
        ),
        (
            "queensland",
            "159MC",
            ["QLD-MC", "valid", "open to partners"],
        ),
        (
            "new-zealand",
            "s66",
            ["NZ-66", "valid", "need to know|not for crime use"],
        ),
        ("nsw", "16A", ["NSW-16A", "valid", "open to partners"]),
        ("scotland", "s47", ["U-MAP", "unknown", "need to know"]),
    ] {
        let config = format!("jurisdiction = \"{place}\"\n");
        let cells = basis_of(basis, &config, &[]);
        assert_eq!(
            [&cells[0], &cells[2], &cells[3]],
            printed,
            "{place} {basis}"
        );
    }
}

#[test]
fn the_place_of_the_command_line_is_the_law_that_codes_are_read_by() {
    let folder = exports(&[(
        "police/e.csv",
        "entry_id,date,text,basis\n1,2025-01-01,a,NZ-66\n",
    )]);
    let printed = run(&[
        "timeline".as_ref(),
        folder.path().as_os_str(),
        "--jurisdiction".as_ref(),
        "new-zealand".as_ref(),
    ]);
    let rows = crate::common::table(&printed.stdout);
    assert_eq!(rows[0]["basis"], "NZ-66");
    assert_eq!(rows[0]["basis_status"], "valid");
}

#[test]
fn a_slip_of_the_pen_does_not_take_the_law_away() {
    let folder = exports(&[(
        "police/e.csv",
        "entry_id,date,text,basis\n1,2025-01-01,a,public task\n2,2025-01-02,b,publc task\n",
    )]);
    let printed = run(&["timeline".as_ref(), folder.path().as_os_str()]);
    let rows = crate::common::table(&printed.stdout);
    assert_eq!([&*rows[0]["basis"], &rows[1]["basis"]], ["L6-E", "U-MAP"]);
}

const HUB: &str = "[[code]]\ncode = \"HUB-1\"\nlabel = \"Hub protocol\"\nmeaning = \"Ours.\"\nrests_on_consent = \"no\"\n\
    handling = [\"need to know\"]\nread_as = [\"protocol 1\"]\n\n[[spelling]]\ncode = \"L6-E\"\nread_as = [\"PT\"]\n";

#[test]
fn a_hubs_own_file_is_laid_over_the_shipped_codes() {
    let config = "vocabulary = \"hub.toml\"\n";
    let hub = [("hub.toml", HUB)];
    for (basis, printed) in [
        ("protocol 1", ["HUB-1", "Hub protocol", "valid"]),
        ("PT", ["L6-E", "Article 6(1)(e) public task", "valid"]),
        (
            "s47",
            ["E-S47", "Children Act 1989 section 47, enquiry", "valid"],
        ),
    ] {
        assert_eq!(basis_of(basis, config, &hub)[..3], printed, "{basis}");
    }
    // it holds only where case.toml names it: an agency's folder may hold any file
    assert_eq!(basis_of("protocol 1", "", &hub)[0], "U-MAP");
    let built = build(&[
        ("police/e.csv", "entry_id,date,text\n1,2025-01-01,a\n"),
        ("case.toml", config),
        ("hub.toml", HUB),
    ]);
    assert_eq!(built.summary()["ignored"].as_array().unwrap().len(), 0);
}

#[test]
fn a_wrong_or_missing_file_of_the_hub_stops_before_anything_is_judged() {
    for (text, says) in [
        (None, "there is no such file"),
        (Some("[[code]]\ncode = 'H'\n"), "line 1"),
        (
            Some("[[spelling]]\ncode = 'U-NR'\nread_as = ['x']\n"),
            "U-NR",
        ),
    ] {
        let mut files = vec![
            ("police/e.csv", "entry_id,date,text\n1,2025-01-01,a\n"),
            ("case.toml", "vocabulary = \"hub.toml\"\n"),
        ];
        files.extend(text.map(|text| ("hub.toml", text)));
        let folder = exports(&files);
        let told = run(&["timeline".as_ref(), folder.path().as_os_str()]);
        let stderr = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.code(), Some(2), "{stderr}");
        assert!(
            stderr.contains("hub.toml") && stderr.contains(says),
            "{stderr}"
        );
    }
}

#[test]
fn check_names_codes_that_nobody_knows_with_the_nearest() {
    let folder = exports(&[(
        "police/e.csv",
        "entry_id,date,text,basis\n1,2025-01-01,a,Secton 47\n2,2025-01-01,b,secton 47\n3,2025-01-02,c,NZ-66\n\
         4,2025-01-03,d,No consent\n5,2025-01-04,e,the moon is made of cheese\n6,2025-01-05,f,L6-E\n",
    )]);
    let told = run(&["check".as_ref(), folder.path().as_os_str()]);
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    for line in [
        "basis `Secton 47` (1 entry): not known; the nearest are E-S47 (Children Act 1989 section 47, enquiry)",
        "basis `NZ-66` (1 entry): a code of new-zealand; set jurisdiction in case.toml",
        "basis `No consent` (1 entry): it can be read in more than one way",
        "basis `the moon is made of cheese` (1 entry): no known code comes near it",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("basis `L6-E`"), "{text}");
}

#[test]
fn consent_ended_also_on_a_day_that_cannot_be_read() {
    let cells = [
        ("2026-02-28", "withdrawn"),
        ("2026-03-02", "valid"),
        ("28 Febuary 2026", "withdrawn"),
        ("yes - by phone", "withdrawn"),
        ("not known", "withdrawn"),
        ("no", "valid"),
        ("n/a", "valid"),
        ("#N/A", "valid"),
        ("31/12/9999", "valid"),
        ("", "valid"),
    ];
    let rows = cells.iter().enumerate();
    let rows: Vec<String> = rows
        .map(|(at, (cell, _))| format!("{at},2026-01-10,{at},consent,Mum,2026-01-01,{cell}"))
        .collect();
    let file = format!(
        "entry_id,date,text,basis,consent_by,consent_on,consent_withdrawn_on\n{}\n",
        rows.join("\n")
    );
    let built = build(&[
        ("police/e.csv", &file),
        ("case.toml", "as_of = 2026-03-01\n"),
    ]);
    let facts = built.facts(["text", "basis_status"]);
    for (at, (cell, status)) in cells.iter().enumerate() {
        let fact = facts.iter().find(|fact| fact[0] == at.to_string()).unwrap();
        assert_eq!(fact[1], *status, "{cell}");
    }
    // told as no date, and kept
    assert_eq!(
        built.rejects(["value", "kept"]),
        [["28 Febuary 2026", "row"], ["yes - by phone", "row"]].map(|row| row.map(str::to_owned))
    );
}
