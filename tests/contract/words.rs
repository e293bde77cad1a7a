//! Words and codes: phrases and codes are both read, what is not known is kept, a blank is unknown.

use crate::built::build;

#[test]
fn what_is_not_known_is_kept_and_told_and_never_becomes_a_default() {
    let columns = [
        "kind",
        "consent_state",
        "told",
        "handling",
        "polarity",
        "channel",
    ];
    let built = build(&[(
        "police/e.csv",
        "entry_id,date,text,kind,consent_state,told,handling,polarity,channel,significance,basis,time\n\
         1,2025-01-01,a,zzz,maybe,perhaps,weird,bad,telepathy,9,QQQ,25:99\n\
         2,2025-01-02,b,,,,,,,,,\n\
         3,2025-01-03,c,MISSED_contact,Not-Asked,No because unsafe,not-to-family,STRENGTH,Child,2,,9.15pm\n",
    )]);
    let facts = built.facts(columns);
    assert_eq!(
        facts[0],
        ["zzz", "maybe", "perhaps", "weird", "bad", "telepathy"]
    );
    assert_eq!(facts[1], ["", "", "", "need to know", "", ""]);
    assert_eq!(
        facts[2],
        [
            "missed contact",
            "not asked",
            "no because unsafe",
            "not to the family",
            "strength",
            "the child's own words"
        ]
    );
    assert_eq!(
        built.facts(["basis", "basis_status", "significance", "shareable", "time"]),
        [
            ["U-MAP", "unknown", "", "no onward sharing", ""],
            ["U-NR", "unknown", "", "yes", ""],
            ["U-NR", "unknown", "2", "yes", "21:15"],
        ]
        .map(|fact| fact.map(str::to_owned))
    );
    let told = built.rejects(["row", "column", "value", "kept"]);
    assert!(told.iter().all(|reject| reject[0] == "2"), "{told:?}");
    // the two that a fact has no place for are dropped from it, all others are kept as given
    let dropped: Vec<&str> = told
        .iter()
        .filter(|reject| reject[3] == "row")
        .map(|reject| reject[1].as_str())
        .collect();
    assert_eq!((told.len(), dropped), (9, vec!["significance", "time"]));
}

#[test]
fn no_consent_can_be_read_in_two_ways() {
    let built = build(&[(
        "police/e.csv",
        "entry_id,date,text,basis,consent_state\n1,2025-01-01,a,No consent,No consent\n",
    )]);
    assert_eq!(
        built.facts(["basis", "consent_state"]),
        [["U-MAP", "No consent"].map(str::to_owned)]
    );
    assert_eq!(
        built.rejects(["column"]),
        [["basis"], ["consent_state"]].map(|column| column.map(str::to_owned))
    );
}

#[test]
fn the_jurisdiction_is_england_only_if_the_codes_fit() {
    for (basis, config, jurisdiction, printed) in [
        ("E-S47", "", "england", "E-S47"),
        ("", "", "england", "U-NR"),
        ("NSW-16A", "", "none", "U-MAP"),
        ("NSW-16A", "jurisdiction = \"nsw\"\n", "nsw", "NSW-16A"),
    ] {
        let entries = format!("entry_id,date,text,basis\n1,2025-01-01,a,{basis}\n");
        let built = build(&[("police/e.csv", &entries), ("case.toml", config)]);
        assert_eq!(built.summary()["jurisdiction"], jurisdiction, "{basis}");
        assert_eq!(built.facts(["basis"]), [[printed.to_owned()]], "{basis}");
    }
}

#[test]
fn placeholders_name_nobody_and_identify_nobody() {
    let built = build(&[(
        "police/p.csv",
        "record_id,given_name,family_name,date_of_birth,nhs_number,pnc_id\n\
         a,NOT KNOWN,Unknown,01/01/1900,0000000000,\nb,Baby,Lee,2025-01-01,,UN1\nc,Mum,,,,\nd,Ann,Lee,31/12/9999,943 476 5919,\n",
    )]);
    let people = built.table("people");
    let of = |record: &str| {
        people
            .iter()
            .find(|row| row["records"] == format!("police:{record}"))
            .unwrap()
    };
    let shown = |record: &str| {
        ["name", "date_of_birth", "identifiers"].map(|column| of(record)[column].clone())
    };
    assert_eq!(shown("a"), ["(no name) police:a", "", ""]);
    assert_eq!(shown("b"), ["Lee", "2025-01-01", ""]);
    assert_eq!(shown("c"), ["(no name) police:c", "", ""]);
    assert_eq!(shown("d"), ["Ann Lee", "", "nhs_number=9434765919"]);
    assert!(people.iter().all(|row| row["lowest_probability"] == "-"));
}
