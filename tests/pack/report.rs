//! The written report of an agency: what it wrote itself, and what it heard from others marked so.

use super::common::fixture;
use super::pack;

fn report(case: &str, agency: &str, own: &str, meeting: &str) -> String {
    let more = ["--report", agency, "--format", "text"];
    pack(&fixture(case), meeting, own, &more)
}

#[test]
fn a_report_holds_the_agencys_own_words_and_says_what_it_heard_from_others() {
    let police = report("hollow-lane", "police", "social-care", "conference");
    // the school wrote of the coat first, and the police wrote down what the school told them
    assert!(police.contains("Report passed on by the school"));
    assert!(police.contains("heard from Millrace Primary School"));
    assert!(!police.contains("Nell came without a coat"));
    // and no child spoke with them
    assert!(police.contains("Nobody\u{2019}s words are recorded"));
    assert!(police.contains("17 Jan 2026, allegation: It is said"));
    assert!(!police.contains("relied on") && !police.contains("check F"));
    let school = report("hollow-lane", "school", "social-care", "conference");
    assert!(school.contains("Nell came without a coat"));
    assert!(school.contains("18 Nov 2025, child (Eleanor): There was shouting and I was up."));
}

#[test]
fn a_report_is_ready_to_be_completed_in_the_headings_of_its_meeting() {
    for (meeting, asks) in [
        ("strategy-discussion", "Is there reason to suspect"),
        (
            "conference",
            "at continuing risk of significant harm? Our view",
        ),
        ("cin-meeting", "Does the plan help? Our view"),
        ("team-around-family", "What would help most? Our view"),
    ] {
        let text = report("river-street", "housing", "hearthside", meeting);
        for heading in [
            asks,
            "WHOM WE KNOW",
            "OUR INVOLVEMENT",
            "WHAT IS WORKING WELL",
            "WHAT WORRIES US",
            "WHAT THE CHILD AND THE FAMILY SAY",
            "A child last seen: not recorded",
            "What we can offer, and by when",
            "if not, why not",
        ] {
            assert!(text.contains(heading), "{meeting}: {heading}");
        }
        assert!(
            text.contains("Drawn up by Hearthside Family Services from what River Housing sent.")
        );
    }
}
