//! `case.toml`: every key works, and a wrong one stops the program.

use crate::built::build;

const FILES: [(&str, &str); 2] = [
    ("police/people.csv", "record_id,name\n1,Ann Lee\n"),
    (
        "police/e.csv",
        "entry_id,date,text,recorded_on,significance\n1,03/04/2025,a,20/04/2025,3\n",
    ),
];

#[test]
fn what_is_wrong_in_case_toml_stops_with_2_and_says_where() {
    for (text, named) in [
        ("titel = \"x\"", "line 1: `titel`"),
        ("title = ", "line 1"),
        ("as_of = \"soon\"", "as_of"),
        ("jurisdiction = \"mars\"", "jurisdiction"),
        ("day_first = \"yes\"", "day_first"),
        ("[[agency]]\nname = \"x\"", "`id`"),
        ("[[agency]]\nid = \"hv\"\nkind = \"policee\"", "kind"),
        ("[[export]]\nfile = \"../x.csv\"", "../x.csv"),
        ("[[export]]\nfile = \"/etc/hostname\"", "/etc/hostname"),
        (
            "[[export]]\nfile = \"police/e.csv\"\nprofile = \"../m.toml\"",
            "../m.toml",
        ),
        (
            "[[export]]\nfile = \"police/e.csv\"\ndate_order = \"dym\"",
            "date_order",
        ),
        (
            "[[export]]\nfile = \"police/e.csv\"\ncolour = \"red\"",
            "line 3: `colour`",
        ),
        ("[output]\nrecipient = \"nobody\"", "nobody"),
        ("[output]\npurpose = \"fun\"", "fun"),
        ("[output]\nperiod = \"2024\"", "period"),
        ("[flags]\n\"late-recorded.dayz\" = 7", "late-recorded.dayz"),
        (
            "[flags]\n\"late-recorded.days\" = \"many\"",
            "late-recorded.days",
        ),
        (
            "[flags]\nlate-recorded.days = -7",
            "line 2: days = -7 is below zero",
        ),
        (
            "[flags]\n\"over-relied.p\" = 5",
            "over-relied.p = 5 can never be met",
        ),
        (
            "[flags]\n\"not-asked.school_until\" = 4",
            "not-asked.school_from = 5 lies above not-asked.school_until = 4",
        ),
        (
            "[[agency]]\nid = \"hv\"\n[[agency]]\nid = \"HV\"",
            "line 4: id = \"HV\" is in an earlier [[agency]] too",
        ),
        (
            "[expected_rate]\nstarlight = { per_month = 1, source = \"x\" }",
            "starlight",
        ),
        ("[expected_rate]\npolice = { per_month = 1 }", "police"),
    ] {
        let built = build(&[FILES[0], FILES[1], ("case.toml", text)]);
        assert_eq!(built.code, 2, "{text}");
        assert!(
            built.said.contains(named) && built.said.contains("hint: "),
            "{text}: {}",
            built.said
        );
        assert!(!built.path("timeline.csv").exists(), "{text}");
    }
}

#[test]
fn what_case_toml_says_holds() {
    let all = "title = \"x\"\nown_agency = \"police\"\nas_of = 2026-03-01\njurisdiction = \"scotland\"\nday_first = false\n\
               [[agency]]\nid = \"police\"\nname = \"Wessex Police\"\nkind = \"police\"\n\
               [output]\nrecipient = \"police\"\npurpose = \"s47\"\nperiod = \"2024-01-01/2026-03-01\"\n\
               [flags]\n\"late-recorded.days\" = 7\n[expected_rate]\nhealth-visiting = { per_month = 0.5, source = \"here\" }\n";
    let built = build(&[FILES[0], FILES[1], ("case.toml", all)]);
    let summary = built.summary();
    assert_eq!(built.facts(["date"]), [["2025-03-04".to_owned()]]);
    assert_eq!(
        [
            &summary["as_of"],
            &summary["own_agency"],
            &summary["jurisdiction"]
        ],
        ["2026-03-01", "police", "scotland"]
    );
}

#[test]
fn an_order_of_dates_and_a_threshold_are_followed() {
    let order = "[[export]]\nfile = \"police/e.csv\"\ndate_order = \"ymd\"\n";
    assert_eq!(
        build(&[FILES[1], ("case.toml", order)]).facts(["date"]),
        [["2025-04-03".to_owned()]]
    );
    for (days, flagged) in [("7", true), ("30", false)] {
        let text = format!("[flags]\nlate-recorded.days = {days}\n");
        let built = build(&[FILES[1], ("case.toml", &text)]);
        let late = built
            .table("flags")
            .iter()
            .any(|flag| flag["code"] == "late-recorded");
        assert_eq!(late, flagged, "{days}");
    }
}

#[test]
fn a_file_that_is_not_there_is_told_and_a_link_is_refused() {
    let built = build(&[
        FILES[1],
        ("case.toml", "[[export]]\nfile = \"police/none.csv\"\n"),
    ]);
    assert_eq!(built.code, 1);
    assert_eq!(
        built.rejects(["file", "value", "kept"]),
        [["case.toml", "police/none.csv", "none"].map(str::to_owned)]
    );
    #[cfg(unix)]
    {
        let folder = crate::common::exports(&[
            FILES[1],
            ("case.toml", "[[export]]\nfile = \"police/link.csv\"\n"),
        ]);
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("police/link.csv")).unwrap();
        let output = crate::common::run(&["timeline".as_ref(), folder.path().as_os_str()]);
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn the_output_section_judges_and_drops_no_row() {
    let built = build(&[
        (
            "police/e.csv",
            "entry_id,date,text,handling\n1,2025-01-01,x,ask the originator\n2,2025-01-02,y,not for crime use\n3,2020-01-01,z,\n",
        ),
        ("school/e.csv", "entry_id,date,text\n1,2025-01-03,s\n"),
        (
            "case.toml",
            "[output]\nrecipient = \"school\"\npurpose = \"crime\"\nperiod = \"2024-01-01/2026-01-01\"\n",
        ),
    ]);
    assert_eq!(
        built.facts(["text", "shareable"]),
        [
            ["z", "yes"],
            ["x", "ask police"],
            ["y", "not for crime use"],
            ["s", "yes"]
        ]
        .map(|fact| fact.map(str::to_owned))
    );
    let summary = built.summary();
    assert_eq!(
        (
            &summary["reliance"]["facts"],
            &summary["reliance"]["withheld"]
        ),
        (&1.into(), &2.into())
    );
}
