//! Files of real formats, all the way to a timeline.

use crate::built::build;

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nK1,2,02/01/2015,WBRI,,0,\n";
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\nK1,01/01/2024,S,C1,N1,U6,PR1,,,,ZZ1 1ZZ,,\n";
const PEOPLE: &str = "record_id,given_name,family_name,date_of_birth,sex,postcode\nP1,Alma,Reed,2015-01-02,female,ZZ1 1ZZ\n";

#[test]
fn a_child_without_a_name_is_linked_to_nobody_on_a_date_of_birth_and_a_postcode() {
    let built = build(&[
        ("social-care/header.csv", HEADER),
        ("social-care/episodes.csv", EPISODES),
        ("police/people.csv", PEOPLE),
    ]);
    assert_eq!(built.table("people").len(), 2);
    assert!(built.table("matches").is_empty());
    let files = built.summary()["files"].clone();
    let profiles: Vec<&str> = files
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["profile"].as_str().unwrap())
        .collect();
    assert_eq!(profiles, ["plain", "ssda903", "ssda903"]);
}

#[test]
fn visits_under_a_child_protection_plan_say_whether_the_child_was_seen() {
    let built = build(&[(
        "social-care/ssd_cp_visits.csv",
        "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen,cppv_cp_visit_seen_alone\n\
         V1,P1,L1,2025-03-01,Y,N\n",
    )]);
    assert_eq!(
        built.facts(["date", "category"]),
        [["2025-03-01", "statutory visit"]]
    );
}
