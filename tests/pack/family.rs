//! The copy for the family, as a pack: more of it is in `tests/family_copy.rs`.

use super::common::{exports, fixture};
use super::pack;

const PEOPLE: &str =
    "record_id,name,date_of_birth,role\na,Ann Lee,2015-01-02,child\nm,Mo Lee,1985-01-02,mother\n";
const SOCIAL_CARE: &str = "entry_id,date,text,record_ids,told,basis,polarity\n1,2025-01-01,visit,a|m,yes,,strength\n2,2025-01-05,second,a,yes,,concern\n";
const SCHOOL: &str = "entry_id,date,text,record_id,name,dob,told\n1,2025-01-03,at school,s1,Ann Lee,02/01/2015,yes\n";

fn family_copy(more: &[(&str, &str)], form: &str) -> String {
    let mut files: std::collections::BTreeMap<&str, String> = [
        ("social-care/p.csv", PEOPLE.to_owned()),
        ("social-care/e.csv", SOCIAL_CARE.to_owned()),
        ("school/e.csv", SCHOOL.to_owned()),
    ]
    .into();
    for (path, text) in more {
        files.entry(path).or_default().push_str(text);
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    pack(
        exports(&files).path(),
        "team-around-family",
        "family",
        &["--format", form],
    )
}

#[test]
fn a_family_copy_is_the_same_whether_or_not_something_is_hidden() {
    for form in ["html", "text"] {
        let plain = family_copy(&[], form);
        for more in [
            (
                "social-care/e.csv",
                "9,2025-02-01,secret,a,no because unsafe,,concern\n",
            ),
            ("social-care/e.csv", "0,2034-02-01,secret,m,,NSW-16A,\n"),
            (
                "police/e.csv",
                "entry_id,date,text,told\n1,2025-06-01,intelligence,no not yet\n",
            ),
            ("social-care/p.csv", "n,Neighbour Nan,1950-01-01,reporter\n"),
            (
                "social-care/r.csv",
                "record_id,related_record_id,relationship\nm,a,mother of\n",
            ),
            (
                "social-care/i.csv",
                "record_id,service,from\na,police,2025-01-01\n",
            ),
            (
                "police/log.csv",
                "entry_id,date,text,record_id,name,dob,told,role\n7,2026-06-01,hidden,z9,Anne LEE,03/01/2015,no because unsafe,sibling\n",
            ),
            (
                "requests.csv",
                "request_id,asked_agency,asked_on,result,question\nR1,police,2025-01-09,no reply,What is known?\n",
            ),
        ] {
            assert_eq!(family_copy(&[more], form), plain, "{more:?}");
        }
    }
}

#[test]
fn a_family_copy_holds_strengths_first_room_for_their_view_and_nothing_of_the_machine() {
    for case in ["hollow-lane", "river-street"] {
        let page = pack(&fixture(case), "conference", "family", &[]);
        // the style sheet is the same for every pack
        let page = &page[page.find("<body>").unwrap()..];
        let place = |id: &str| page.find(&format!("<section id=\"{id}\"")).unwrap();
        assert!(place("working-well") < place("worries") && place("worries") < place("view"));
        for absent in [
            "withheld",
            "appendix",
            "SHA",
            "social-care:",
            "SC-0",
            "flag",
            "Flag",
            ".csv",
            ".xlsx",
            "probability",
            "relied",
        ] {
            assert!(!page.contains(absent), "{case}: {absent}");
        }
        assert!(page.contains("Other information may be held"));
        // a patient of a like name whom the hospital filed with this family
        assert!(
            !page.contains("Catherine") && !page.contains("eye test"),
            "{case}"
        );
    }
}
