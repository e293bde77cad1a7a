//! What a pack says: the first page, the meeting as a whole, and that what it refers to is there.

use std::collections::BTreeSet;

use super::common::{self, fixture, run};
use super::{pack, read};

#[test]
fn the_meeting_as_a_whole_is_shown_what_is_open_to_the_partnership_and_no_more() {
    let case = fixture("hollow-lane");
    let page = read(&pack(&case, "strategy-discussion", "meeting", &[]));
    assert!(page.contains("the partners at the meeting"));
    // closed to the partnership: the police say to be asked
    assert!(
        page.contains("Ask police") && !page.contains("harm to a former partner in another area")
    );
    // whose silence is known to the own agency alone, and the words of its draft
    for (own, text) in [
        (true, "Probation"),
        (true, "no other adult lives at the home"),
        (false, "Merged chronology"),
    ] {
        assert_eq!(page.contains(text), !own, "{text}");
    }
    let own = read(&pack(&case, "strategy-discussion", "social-care", &[]));
    for text in [
        "Probation",
        "no other adult lives at the home",
        "Agency by month",
    ] {
        assert!(own.contains(text), "{text}");
    }
}

#[test]
fn every_link_leads_to_something_on_the_page() {
    for (case, recipient, more) in [
        ("hollow-lane", "social-care", &[][..]),
        ("hollow-lane", "housing", &["--since", "2025-10-01"]),
        ("river-street", "hearthside", &["--report", "school"]),
        ("river-street", "family", &[]),
    ] {
        let page = pack(&fixture(case), "conference", recipient, more);
        let links: Vec<&str> = page
            .split("<a href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let names: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let set: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(set.len(), names.len(), "a name stands for one thing");
        for link in &links {
            assert!(
                set.contains(link.strip_prefix('#').unwrap()),
                "{case}: {link}"
            );
        }
        assert!(links.len() > if recipient == "social-care" { 200 } else { 5 });
    }
}

#[test]
fn the_first_page_says_what_is_decided_and_what_to_know_before() {
    let case = fixture("hollow-lane");
    for (meeting, asks) in [
        (
            "strategy-discussion",
            "Is there reasonable cause to suspect",
        ),
        ("conference", "Is a child protection plan needed"),
        ("cin-meeting", "Should the plan go on, change, end"),
        (
            "team-around-family",
            "What does the family say that they need",
        ),
    ] {
        let page = read(&pack(&case, meeting, "social-care", &[]));
        let cover = page.split("Sources and what they cover").nth(1).unwrap();
        for text in [
            asks,
            "3 conclusions of 6 rest on Social care alone (C1, C2, C4)",
            "Lee Garrity is linked to a child of this case",
            "against none (Social care",
            "concerns of the highest significance",
            "No records came from",
        ] {
            assert!(cover.contains(text), "{meeting}: {text}");
        }
    }
    let elsewhere = read(&pack(
        &fixture("river-street"),
        "strategy-discussion",
        "hearthside",
        &[],
    ));
    assert!(!elsewhere.contains("section 47") && elsewhere.contains("New South Wales"));
    // three things that look small, from three agencies; and one agency that said that it holds nothing
    let first = elsewhere
        .split("Sources and what they cover")
        .nth(1)
        .unwrap();
    assert!(first.contains("are each small by themselves"));
    assert!(first.contains("No records came from The department."));
}

#[test]
fn every_line_and_check_that_is_named_is_there() {
    for (case, recipient) in [
        ("hollow-lane", "social-care"),
        ("hollow-lane", "school"),
        ("river-street", "meeting"),
    ] {
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().join("tables");
        let output = run(&[
            "pack".as_ref(),
            fixture(case).as_os_str(),
            "--for".as_ref(),
            "conference".as_ref(),
            "--recipient".as_ref(),
            recipient.as_ref(),
            "--format".as_ref(),
            "csv-folder".as_ref(),
            "-o".as_ref(),
            folder.as_os_str(),
        ]);
        assert_eq!(output.status.code(), Some(0));
        let lines = common::written(&folder, "chronology.csv");
        let numbers: Vec<usize> = lines
            .iter()
            .map(|row| row["line"].parse().unwrap())
            .collect();
        assert_eq!(numbers, (1..=lines.len()).collect::<Vec<_>>());
        let mut checks = BTreeSet::new();
        for at in ["flags.csv", "flags-2.csv", "flags-3.csv"] {
            if folder.join(at).exists() {
                let rows = common::written(&folder, at).into_iter();
                checks.extend(rows.map(|row| row["check"].split(' ').next().unwrap().to_owned()));
            }
        }
        let mut named = 0;
        for row in &lines {
            let Some((_, told)) = row["support"].split_once("check ") else {
                continue;
            };
            for check in told.split(", ") {
                named += 1;
                assert!(checks.contains(check), "{case}: {check}");
            }
        }
        assert!(named > 0, "{case}");
        // what is told of a line elsewhere is true of it
        for row in common::written(&folder, "uncorroborated.csv") {
            for cell in [
                "relied_on_in_the_draft",
                "of_the_highest_significance,_not_relied_on",
            ] {
                for number in row[cell]
                    .split(|c: char| !c.is_ascii_digit())
                    .filter_map(|part| part.parse::<usize>().ok())
                {
                    assert!(
                        lines[number - 1]["source"].starts_with(&row["agency"]),
                        "{case}: {number} {row:?}"
                    );
                    assert_eq!(
                        lines[number - 1]["support"].contains("relied on"),
                        cell.starts_with("relied")
                    );
                }
            }
        }
    }
}
