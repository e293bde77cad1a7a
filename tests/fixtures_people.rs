//! Who is who in the two example cases: the persons that `fixtures/README.md` tells, and every question that stays open.

// reading the repository's own files cannot fail here
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use casepicture::import;
use casepicture::model::person::{LinkStatus, Outcome, People, Person};
use casepicture::model::settings::Settings;
use casepicture::model::supply::Supplied;
use casepicture::people::resolve;

struct Case {
    supplied: Supplied,
    people: People,
}

impl Case {
    fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(name);
        let limits = import::Limits::default();
        let folder = import::folder::read_folder(&folder, &limits).unwrap();
        let supplied = import::read(&folder, &limits).unwrap();
        let people = resolve(&supplied, &[], &Settings::default());
        Self { supplied, people }
    }

    /// The records of each person, without their agencies, in the order of their ids.
    fn persons(&self) -> BTreeSet<String> {
        let local = |at: &usize| {
            let id = self.supplied.records[*at].id.as_str();
            id.split_once(':').unwrap().1.to_owned()
        };
        let all = |person: &Person| person.records.iter().map(local).collect::<Vec<_>>();
        self.people
            .persons
            .iter()
            .map(|person| all(person).join(" "))
            .collect()
    }

    fn person(&self, record: &str) -> &Person {
        let is = |at: &usize| self.supplied.records[*at].id.as_str() == record;
        let at = (0..self.supplied.records.len()).find(is).unwrap();
        &self.people.persons[self.people.person_of[at]]
    }

    /// What an analyst is asked: `review left right`, by ids.
    fn questions(&self) -> Vec<String> {
        let id = |at: usize| self.supplied.records[at].id.as_str();
        self.people
            .pairs
            .iter()
            .filter(|pair| matches!(pair.outcome, Outcome::Review | Outcome::Ambiguous))
            .map(|pair| {
                format!(
                    "{} {} {}",
                    pair.outcome.phrase(),
                    id(pair.left),
                    id(pair.right)
                )
            })
            .collect()
    }
}

fn expected(persons: &[&str]) -> BTreeSet<String> {
    persons.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn hollow_lane_has_its_people() {
    let case = Case::read("hollow-lane");
    let persons = [
        "GP-1 HV-C1 HOS-2 H-01 LH-1 MW-1 PN-101 K1 SC-P1", // Tessa
        "GP-2 HV-C2 HOS-3 H-03 LH-2 PN-105 P2388 SC-P2",   // Eleanor
        "GP-3 HV-C3 HOS-1 H-04 LH-3 PN-106 P2389 SC-P3",   // Maeve, her twin
        "GP-4 H-05 LH-4 PN-107 P2041 SC-P4",               // Rowan
        "GP-5 H-07 PN-103 K4 SC-P5",                       // Joseph
        "H-06 PN-104",                                     // his father of the same name
        "H-02 PN-102",                                     // the man whom social care does not list
        "K2",
        "K3",
        "SC-P7",
        "SC-P6",
        "MW-2",
        "HV-C4",  // one of the twins
        "PN-109", // one of the Josephs
        "PN-108", // strangers
        "H-08",
        "H-09",
    ];
    assert_eq!(case.persons(), expected(&persons));
}

#[test]
fn hollow_lane_asks_what_is_open_and_nothing_twice() {
    let questions = [
        "ambiguous health-visiting:HV-C4 school:P2388", // Eleanor or Maeve
        "ambiguous health-visiting:HV-C4 school:P2389",
        "review housing:H-02 school:K2", // another spelling, the same telephone
        "ambiguous housing:H-06 police:PN-109", // the father or the son
        "review midwifery:MW-2 social-care:SC-P6", // one unborn child
        "ambiguous police:PN-109 school:K4",
        "review school:K3 social-care:SC-P7", // no date of birth
    ];
    assert_eq!(Case::read("hollow-lane").questions(), questions);
}

#[test]
fn hollow_lane_leaves_two_records_unresolved_and_nobody_else() {
    let case = Case::read("hollow-lane");
    for record in ["health-visiting:HV-C4", "police:PN-109"] {
        let person = case.person(record);
        assert_eq!(
            (person.status, person.candidates, person.records.len()),
            (LinkStatus::Ambiguous, 2, 1),
            "{record}"
        );
    }
    for (record, status) in [
        ("social-care:SC-P1", LinkStatus::Linked),
        ("social-care:SC-P2", LinkStatus::Linked),
        ("social-care:SC-P3", LinkStatus::Linked),
        ("social-care:SC-P4", LinkStatus::Linked),
        ("social-care:SC-P5", LinkStatus::Linked),
        ("housing:H-06", LinkStatus::Linked),
        ("housing:H-02", LinkStatus::Review),
        ("school:K2", LinkStatus::Review),
        ("social-care:SC-P6", LinkStatus::Review),
        ("social-care:SC-P7", LinkStatus::Review),
        ("police:PN-108", LinkStatus::Single),
        ("housing:H-08", LinkStatus::Single),
        ("housing:H-09", LinkStatus::Single),
    ] {
        assert_eq!(case.person(record).status, status, "{record}");
    }
}

#[test]
fn hollow_lane_names_people_as_they_are_written() {
    let case = Case::read("hollow-lane");
    for (record, name, others) in [
        ("social-care:SC-P1", "Tessa Brackwell", "Tess Brackwell"),
        (
            "social-care:SC-P2",
            "Eleanor Brackwell",
            "Elinor Brackwell|Nell|Nell Brackwell",
        ),
        ("social-care:SC-P4", "Rowan Brackwell", ""),
        ("social-care:SC-P5", "Joseph Penhallow", "Joe Penhallow"),
        ("housing:H-02", "Lee Garrity", "Lee Anthony GARRITY"),
    ] {
        let person = case.person(record);
        assert_eq!(person.name, name);
        assert_eq!(person.other_names.join("|"), others, "{record}");
    }
}

#[test]
fn river_street_has_its_people() {
    let case = Case::read("river-street");
    let persons = [
        "B-1 G-1 HS-1 U-502 T-1 MRN-88 CNI-1", // Katarina
        "B-2 G-2 HS-2 U-501 T-2 CNI-3 S-307",  // Theo
        "HS-3",
        "CNI-2", // his father, and a record of him without a date of birth
        "B-3",
        "T-3", // strangers
        "U-503",
    ];
    assert_eq!(case.persons(), expected(&persons));
    assert_eq!(
        case.questions(),
        ["review banksia-support:B-3 police:CNI-2"]
    );
}
