//! Who said it first, what is one fact, what disagrees, and what is cited.

use crate::built::build;

/// What three agencies say, much of it from each other.
fn told_again() -> [String; 3] {
    let head = "entry_id,date,text,origin_agency,origin_entry,reference,recorded_on,cites\n";
    let police = format!(
        "{head}1,2025-01-01,first,,,,,\n2,2025-01-02,two origins,school|GP,,,,\n3,2025-01-03,nobody knows,unknown,,,,\n\
         4,2025-01-04,repeats,school,s1,,,\n5,2025-01-05,of one not supplied,,school:none9,,,\n6,2025-01-06,by reference,,,REF1,2025-01-08,\n"
    );
    let school = format!(
        "{head}s1,2025-01-04,said first,,,,,\ns2,2025-01-05,of the same,,school:none9,,,\nc1,2025-02-01,in a circle,,gp:c2,,2025-02-05,\n\
         s6,2025-01-06,earliest recorded,,,REF1,2025-01-07,\ns7,2025-03-01,only cites,,,,,police:1\n"
    );
    let gp = format!(
        "{head}c2,2025-02-01,circle begins,,school:c1,,2025-02-03,\ng1,2025-02-02,of the repeat,,police:4,,,\n"
    );
    [police, school, gp]
}

#[test]
fn origins_and_confirmed_echoes() {
    let [police, school, gp] = told_again();
    let built = build(&[
        ("police/e.csv", &police),
        ("school/e.csv", &school),
        ("gp/e.csv", &gp),
    ]);
    assert_eq!(
        built.facts([
            "text",
            "agency",
            "origin",
            "origins_low",
            "origins_high",
            "entries"
        ]),
        [
            ["first", "police", "police", "1", "2", "police:1"],
            ["two origins", "gp", "gp|school", "2", "2", "police:2"],
            ["nobody knows", "police", "unknown", "1", "1", "police:3"],
            [
                "said first",
                "school",
                "school",
                "1",
                "1",
                "gp:g1|police:4|school:s1"
            ],
            [
                "of one not supplied",
                "school",
                "school",
                "1",
                "1",
                "police:5|school:s2"
            ],
            [
                "earliest recorded",
                "school",
                "school",
                "1",
                "1",
                "police:6|school:s6"
            ],
            ["circle begins", "gp", "gp", "1", "1", "gp:c2|school:c1"],
            ["only cites", "school", "school", "1", "2", "school:s7"],
        ]
        .map(|fact| fact.map(str::to_owned))
    );
    assert_eq!(
        built.facts(["source_rows"])[3][0],
        "gp/e.csv#3|police/e.csv#5|school/e.csv#2"
    );
    assert_eq!(built.summary()["counts"]["echoes"], 5);
    assert!(built.rejects(["row"]).is_empty());
}

#[test]
fn a_slot_with_two_values_over_the_same_time_disagrees() {
    let built = build(&[
        (
            "police/p.csv",
            "record_id,name,nhs_number\na,Ann Lee,9434765919\n",
        ),
        (
            "school/p.csv",
            "record_id,name,nhs_number\ns,Ann Lee,9434765919\n",
        ),
        (
            "police/e.csv",
            "entry_id,record_ids,date,end_date,text,slot,value\n1,a,2025-01-01,2025-03-01,x,address,1 High St\n",
        ),
        (
            "school/e.csv",
            "entry_id,record_ids,date,end_date,text,slot,value\n1,s,2025-02-01,2025-04-01,y,Address,9 Low Rd\n2,s,2025-04-02,,z,address,9 Low Rd\n",
        ),
    ]);
    let facts = built.facts(["text", "fact_id", "disagrees_with"]);
    assert_eq!(facts[0][2], facts[1][1]);
    assert_eq!(facts[1][2], facts[0][1]);
    assert_eq!(facts[2][2], "");
}

#[test]
fn citations_name_entries_or_facts_and_an_unknown_one_is_told() {
    let entries = (
        "police/e.csv",
        "entry_id,date,text\n1,2025-01-01,a\n2,2025-01-02,b\n",
    );
    let ids = build(&[entries]).facts(["fact_id"]);
    let citations = format!(
        "conclusion_id,entry\nC1,{}\nC2,{}|police:2\nC3,F000000000000\nC4,police:7|police:1\nC5,police:9\n",
        ids[0][0], ids[0][0]
    );
    let built = build(&[entries, ("citations.csv", &citations)]);
    assert_eq!(
        built.facts(["cited"]),
        [["C1|C2|C4"], ["C2"]].map(|cited| cited.map(str::to_owned))
    );
    assert_eq!(
        built.rejects(["row", "value", "kept"]),
        [
            ["4", "F000000000000", "none"],
            ["5", "police:7", "none"],
            ["6", "police:9", "none"]
        ]
        .map(|r| r.map(str::to_owned))
    );
    assert_eq!(
        (built.code, &built.counts()[0]),
        (1, &("citations.csv".to_owned(), 5, 3, 2))
    );
}

#[test]
fn a_bare_entry_of_several_origins_is_that_of_the_one_that_has_it() {
    let head = "entry_id,date,text,origin_agency,origin_entry\n";
    let gp = format!(
        "{head}G1,2025-03-02,heard,school|police,E1\nG2,2025-03-03,heard too,school|police,E2\n"
    );
    let school = format!("{head}E1,2025-03-01,said,,\nE2,2025-03-01,said two,,\n");
    let police = format!("{head}E2,2025-03-01,logged,,\n");
    let built = build(&[
        ("gp/e.csv", &gp),
        ("school/e.csv", &school),
        ("police/e.csv", &police),
    ]);
    let mut told = built.facts(["text", "origin", "entries"]);
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ["heard too", "police|school", "gp:G2"],
            ["logged", "police", "police:E2"],
            ["said", "school", "gp:G1|school:E1"],
            ["said two", "school", "school:E2"],
        ]
    );
}
