//! What a recipient may see is in their pack, and what they may not is nowhere in it.

use std::collections::BTreeSet;

use super::common::{exports, fixture, run, table};
use super::{pack, read};

/// Where the mother and the children stayed: protected, and printed by the school in an entry that is open to partners.
const PROTECTED: &str = "8 Orchard Rise";

#[test]
fn what_a_recipient_may_not_see_is_nowhere_in_the_pack() {
    for (case, recipients) in [
        ("hollow-lane", ["police", "school", "housing"]),
        ("river-street", ["police", "gp", "housing"]),
    ] {
        let path = fixture(case);
        let texts = |recipient: Option<&str>| -> BTreeSet<String> {
            let mut args = vec!["timeline", path.to_str().unwrap(), "--purpose", "s47"];
            args.extend(recipient.iter().flat_map(|who| ["--recipient", who]));
            table(&run(&args).stdout)
                .into_iter()
                .map(|row| row["text"].split_whitespace().collect::<Vec<_>>().join(" "))
                .collect()
        };
        let all = texts(None);
        let mut hidden_from_anybody = 0;
        for recipient in recipients {
            let shown = texts(Some(recipient));
            let page = read(&pack(
                &path,
                "strategy-discussion",
                recipient,
                &["--purpose", "s47"],
            ));
            for text in shown.iter().filter(|text| !text.contains(PROTECTED)) {
                assert!(
                    page.contains(text.trim_start_matches('\'')),
                    "{recipient} may see: {text}"
                );
            }
            for text in all.difference(&shown) {
                hidden_from_anybody += 1;
                assert!(!page.contains(text), "{recipient} may not see: {text}");
            }
        }
        assert!(
            hidden_from_anybody > 0,
            "{case}: something is held back from somebody"
        );
    }
}

#[test]
fn a_protected_address_is_printed_for_those_alone_who_wrote_it_or_prepare_the_pack() {
    let case = fixture("hollow-lane");
    for (recipient, is_printed) in [
        ("social-care", true),
        ("school", true),
        ("police", false),
        ("housing", false),
        ("probation", false),
        ("voluntary", false),
        ("meeting", false),
        ("family", false),
    ] {
        let page = read(&pack(&case, "strategy-discussion", recipient, &[]));
        assert_eq!(page.contains(PROTECTED), is_printed, "{recipient}");
        let says_why = page.contains("The words hold an address or a number that is protected");
        assert_eq!(
            says_why,
            !is_printed && recipient != "family",
            "{recipient}"
        );
    }
}

#[test]
fn what_stands_in_the_pack_of_its_author_alone_is_not_named_in_another() {
    for (case, recipients) in [
        (
            "hollow-lane",
            &["school", "gp", "probation", "court", "meeting"][..],
        ),
        ("river-street", &["department", "housing", "meeting"]),
    ] {
        for recipient in recipients {
            let page = read(&pack(&fixture(case), "conference", recipient, &[]));
            for absent in [
                // the conclusions of the draft
                "relied on: ",
                "alone (",
                // what looks like silence may be held back
                "Longest silence",
                "Child last seen",
                // what others were asked, and when they answered
                "Settle before this pack is used",
                "never asked",
            ] {
                assert!(!page.contains(absent), "{case} for {recipient}: {absent}");
            }
            // the silence of another is for those who sit round the table, and for who prepares it
            let is_silent = page.contains("Health visiting is still known to work with");
            assert!(!is_silent || *recipient == "meeting", "{recipient}");
            // the surgery was asked, and answered late
            let is_late = page.contains("Weir Street Surgery was asked");
            assert_eq!(
                is_late,
                *recipient == "gp" && case == "hollow-lane",
                "{recipient}"
            );
        }
    }
}

#[test]
fn an_agency_that_sent_nothing_is_asked_to_bring_what_it_holds() {
    let page = read(&pack(
        &fixture("hollow-lane"),
        "conference",
        "probation",
        &[],
    ));
    assert!(page.contains("No records came from Probation. Please bring what you hold"));
    assert!(!page.contains("silent about what it knows"));
    assert!(page.contains("What do you hold about Lee Garrity?"));
}

#[test]
fn a_conclusion_of_which_a_reader_sees_a_part_is_not_said_to_rest_on_that_part() {
    let case = fixture("river-street");
    // D3 rests on three agencies, and the department sees the fact of one of them
    let own = read(&pack(&case, "conference", "hearthside", &[]));
    assert!(own.contains("There is no contact with Theo\u{2019}s father"));
    let department = read(&pack(&case, "conference", "department", &[]));
    for absent in ["rests on one source", "No available fact is recorded under"] {
        assert!(!department.contains(absent), "{absent}");
    }
    assert!(department.contains("Counts are of what may be shown here."));
}

#[test]
fn a_protected_address_is_read_out_of_no_cell_and_by_no_command() {
    let folder = exports(&[
        ("case.toml", "own_agency = \"school\"\n"),
        (
            "refuge/p.csv",
            "record_id,given_name,family_name,date_of_birth,role,address,protected_address\n\
             R1,Mara,Dune,01/02/1990,mother,12 Linden Road,yes\n",
        ),
        ("police/e.csv", "entry_id,date,text\nP1,2025-01-01,x\n"),
        (
            "school/e.csv",
            "entry_id,date,record_ids,text,category,kind,basis\n\
             S1,2025-02-01,refuge:R1,She rang.,visit to 12 Linden Road,,L6-E\n\
             S2,2025-02-02,refuge:R1,She rang again.,,call at 12 Linden Road,L6-E\n\
             S3,2025-02-03,refuge:R1,And again.,,,agreed by mother at 12 Linden Road\n\
             S4,2025-02-04,refuge:R1,She is at 12 Linden Road.,,,L6-E\n",
        ),
        (
            "coverage.csv",
            "agency,from,to,explanation\nschool,2025-01-01,2026-01-01,files moved to 12 Linden Road\n",
        ),
    ]);
    for (recipient, is_read) in [("school", true), ("police", false), ("meeting", false)] {
        let page = read(&pack(folder.path(), "conference", recipient, &[]));
        assert!(page.contains("She rang."), "{recipient}: {page}");
        assert_eq!(page.contains("Linden"), is_read, "{recipient}: {page}");
    }
    let path = folder.path().to_str().unwrap();
    for command in ["timeline", "reliance", "flags", "people", "requests"] {
        let output = run(&[command, path, "--recipient", "police"]);
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(!told.contains("Linden"), "{command}: {told}");
    }
    let hollow_lane = fixture("hollow-lane");
    let output = run(&[
        "timeline",
        hollow_lane.to_str().unwrap(),
        "--recipient",
        "police",
    ]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!told.contains("Orchard"), "{told}");
    assert!(told.contains("are not printed. Please ask"), "{told}");
}

#[test]
fn the_copy_for_a_meeting_holds_what_each_partner_may_see_and_says_that_there_is_more_for_some() {
    for case in ["hollow-lane", "river-street"] {
        let path = fixture(case);
        let texts = |recipient: Option<&str>| -> BTreeSet<String> {
            let mut args = vec![
                "timeline",
                path.to_str().unwrap(),
                "--purpose",
                "conference",
            ];
            args.extend(recipient.iter().flat_map(|who| ["--recipient", who]));
            table(&run(&args).stdout)
                .into_iter()
                .map(|row| row["fact_id"].clone())
                .collect()
        };
        let out = tempfile::tempdir().unwrap();
        let to = out.path().join("meeting");
        let args = ["--format", "csv-folder", "-o", to.to_str().unwrap()];
        let all = ["--for", "conference", "--recipient", "meeting"];
        let pack = ["pack", path.to_str().unwrap()];
        let output = run(&[&pack[..], &all, &args].concat());
        assert_eq!(output.status.code(), Some(0));
        let read = |name: &str| table(&std::fs::read(to.join(name)).unwrap());
        let at_table = read("chronology.csv").len();
        for partner in ["school", "police", "housing"] {
            assert!(at_table <= texts(Some(partner)).len(), "{case}: {partner}");
        }
        let withheld = read("withheld.csv");
        let of_some = withheld
            .iter()
            .find(|row| row["reason"] == "For some at the table only");
        assert!(of_some.is_some(), "{case}: {withheld:?}");
    }
}

#[test]
fn a_child_of_whom_it_is_open_who_they_are_stands_on_the_first_page() {
    let head = "entry_id,date,record_id,given_name,family_name,date_of_birth,sex,role,address,postcode,text,basis\n";
    let folder = exports(&[
        ("case.toml", "own_agency = \"school\"\nas_of = 2026-02-14\n"),
        (
            "school/l.csv",
            &format!(
                "{head}S1,2026-01-03,A1,Amy,Okonjo,02/05/2017,F,child,7 Tanner Row,ZZ1 1AA,Amy said that she is hit.,L6-E\n\
                 S2,2026-01-04,A2,Theo,Okonjo,28/02/2019,M,child,7 Tanner Row,ZZ1 1AA,Theo was late.,L6-E\n"
            ),
        ),
        (
            "refuge/l.csv",
            &format!(
                "{head}E1,2026-01-05,R1,Mara,Okonjo,01/03/1990,F,mother,1 Hill St,QQ7 7QQ,They came to stay.,L6-E\n\
                 E1,2026-01-05,R2,Amy,Okonjo,02/05/2017,F,child,1 Hill St,QQ7 7QQ,They came to stay.,L6-E\n"
            ),
        ),
    ]);
    let page = read(&pack(folder.path(), "conference", "school", &[]));
    for says in [
        "Theo Okonjo, born 28 Feb 2019",
        "Amy Okonjo, born 2 May 2017 (8); not settled whether this is somebody else on record",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
}

#[test]
fn a_date_after_the_day_that_all_is_judged_at_is_told_and_is_no_time_that_went_by() {
    let folder = exports(&[
        ("case.toml", "own_agency = \"school\"\nas_of = 2026-02-14\n"),
        (
            "school/e.csv",
            "entry_id,date,text\n1,2026-01-01,a\n2,2026-01-10,b\n3,2031-05-01,typo in the year\n",
        ),
    ]);
    let page = read(&pack(folder.path(), "conference", "school", &[]));
    assert!(page.contains("typo in the year"), "{page}");
    for says in [
        "1 Jan 2026 to 10 Jan 2026",
        "1 fact is dated after 14 Feb 2026",
        "9 days",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let output = run(&["timeline", folder.path().to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("1 fact is dated after 2026-02-14"), "{said}");
    assert!(said.contains("school:3"), "{said}");
}
