//! What a recipient may see is in their pack, and what they may not is nowhere in it.

use std::collections::BTreeSet;

use super::common::{fixture, run, table};
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
