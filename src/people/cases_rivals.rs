//! Small cases with several candidates or analysts' decisions: rivals, groups, and what is asked.

use super::cases::{HOME, case, decided, outcome, pair, solve};
use crate::model::decision::Sameness;
use crate::model::person::{LinkStatus, Outcome, People};
use crate::model::settings::Settings;
use crate::model::supply::Supplied;
use crate::people::resolve;

#[test]
fn two_candidates_too_close_to_call_are_left_open_whatever_the_order() {
    let father = format!("gp:1 Thomas,Ashdown,1984-11-20,M,{HOME}");
    let son = format!("gp:2 Thomas,Ashdown,2015-05-05,M,{HOME}");
    let unclear = format!("police:1 Thomas,Ashdown,,M,{HOME}");
    let supplied = case(&[&father, &son, &unclear]);
    let people = solve(&supplied);
    assert_eq!(
        outcome(&supplied, &people, "gp:1", "police:1"),
        Some(Outcome::Ambiguous)
    );
    assert_eq!(
        outcome(&supplied, &people, "gp:2", "police:1"),
        Some(Outcome::Ambiguous)
    );
    let person = &people.persons[people.person_of[2]];
    assert_eq!(
        (person.status, person.candidates, person.records.len()),
        (LinkStatus::Ambiguous, 2, 1)
    );
    // whoever it may be is resolved
    assert_eq!(
        people.persons[people.person_of[0]].status,
        LinkStatus::Single
    );
}

#[test]
fn records_that_are_one_candidate_are_no_rivals() {
    let told = |agency: &str| format!("{agency}:1 Thomas,Ashdown,2015-05-05,M,{HOME}");
    let supplied = case(&[&told("gp"), &told("police"), &told("school")]);
    let people = solve(&supplied);
    assert_eq!(people.persons.len(), 1);
    assert_eq!(people.persons[0].records, [0, 1, 2]);

    let twice = case(&[
        &told("gp"),
        &format!("gp:2 Tom,Ashdown,2015-05-05,M,{HOME}"),
        &told("police"),
    ]);
    let people = solve(&twice);
    assert_eq!(
        outcome(&twice, &people, "gp:1", "police:1"),
        Some(Outcome::Linked),
        "the stronger"
    );
    assert_eq!(
        outcome(&twice, &people, "gp:1", "gp:2"),
        Some(Outcome::Review)
    );
    assert_eq!(
        outcome(&twice, &people, "gp:2", "police:1"),
        None,
        "asked once"
    );
}

#[test]
fn a_link_that_would_join_twins_through_a_third_is_refused_and_names_them() {
    let supplied = case(&[
        &format!("gp:1 Jayden,Ashdown,2015-05-05,M,{HOME}"),
        &format!("police:1 Hayden,Ashdown,2015-05-05,M,{HOME}"),
        &format!("school:1 Jayden,Ashdown,2015-05-05,M,{HOME}"),
    ]);
    let decisions = [
        decided("police:1", "school:1", Sameness::Different, "A. Analyst"),
        decided("gp:1", "police:1", Sameness::Same, "B. Analyst"),
    ];
    let people = resolve(&supplied, &decisions, &Settings::default());
    let refused = pair(&supplied, &people, "gp:1", "school:1").unwrap();
    assert_eq!(refused.outcome, Outcome::Review);
    assert!(
        refused.reason.contains("police:1 and school:1"),
        "{}",
        refused.reason
    );
    assert_eq!(people.persons.len(), 2);
}

#[test]
fn an_analyst_s_word_wins_and_can_be_withdrawn() {
    let supplied = case(&[
        &format!("gp:1 Thomas,Ashdown,2015-05-05,M,{HOME}"),
        &format!("police:1 Thomas,Ashdown,2015-05-05,M,{HOME}"),
        "school:1 Rowan,Ashdown,2015-05-05,M,,",
    ]);
    let plain = solve(&supplied);
    let say = |same, by: &str| decided("gp:1", "police:1", same, by);
    for (decisions, expected, by) in [
        (vec![say(Sameness::Different, "A")], Outcome::Separate, "A"),
        (vec![say(Sameness::NotSure, "A")], Outcome::Review, "A"),
        (vec![say(Sameness::Same, "A")], Outcome::Linked, "A"),
        (
            vec![say(Sameness::Same, "A"), say(Sameness::Different, "B")],
            Outcome::Review,
            "rule",
        ),
        (
            vec![say(Sameness::Different, "A"), say(Sameness::Same, "A")],
            Outcome::Linked,
            "A",
        ),
    ] {
        let people = resolve(&supplied, &decisions, &Settings::default());
        let found = pair(&supplied, &people, "gp:1", "police:1").unwrap();
        assert_eq!(
            (found.outcome, found.decided_by.as_str()),
            (expected, by),
            "{decisions:?}"
        );
    }
    let twins = [decided("gp:1", "school:1", Sameness::Same, "A")];
    let people = resolve(&supplied, &twins, &Settings::default());
    assert_eq!(people.person_of[0], people.person_of[2], "over a rule");
    let mut withdrawn = say(Sameness::Different, "A");
    withdrawn.withdrawn_by = Some(2);
    assert_eq!(
        resolve(&supplied, &[withdrawn], &Settings::default()),
        plain
    );
}

/// What is open, `left right` by ids.
fn asked(supplied: &Supplied, people: &People) -> Vec<String> {
    let id = |at: usize| supplied.records[at].id.as_str();
    people
        .pairs
        .iter()
        .filter(|pair| matches!(pair.outcome, Outcome::Review | Outcome::Ambiguous))
        .map(|pair| format!("{} {}", id(pair.left), id(pair.right)))
        .collect()
}

/// Twins known to three agencies by name, and a record that fits either.
fn twins_and_one_of_them() -> Supplied {
    let told = |id: &str, given: &str| format!("{id} {given},Ashdown,2015-05-05,F,{HOME}");
    case(&[
        &told("gp:1", "Rose"),
        &told("police:1", "Rose"),
        &told("school:1", "Rose"),
        &told("gp:2", "Maeve"),
        &told("police:2", "Maeve"),
        &told("school:2", "Maeve"),
        &told("visiting:9", ""),
    ])
}

#[test]
fn one_of_two_twins_is_asked_once_a_twin() {
    let supplied = twins_and_one_of_them();
    let people = solve(&supplied);
    assert_eq!(people.persons.len(), 3);
    assert_eq!(
        asked(&supplied, &people),
        ["gp:1 visiting:9", "gp:2 visiting:9"]
    );
    let unresolved = &people.persons[people.person_of[6]];
    assert_eq!(
        (unresolved.status, unresolved.candidates),
        (LinkStatus::Ambiguous, 2)
    );
    for at in [0, 1] {
        let twin = &people.persons[people.person_of[at]];
        assert_eq!(
            (twin.status, twin.candidates, twin.records.len()),
            (LinkStatus::Linked, 0, 3)
        );
    }
}

#[test]
fn what_an_analyst_says_of_one_record_is_said_of_the_person() {
    let supplied = twins_and_one_of_them();
    // not Rose: one question is left
    let not_rose = decided("police:1", "visiting:9", Sameness::Different, "A");
    let people = resolve(
        &supplied,
        std::slice::from_ref(&not_rose),
        &Settings::default(),
    );
    assert_eq!(asked(&supplied, &people), ["gp:2 visiting:9"]);
    assert_eq!(
        people.persons[people.person_of[6]].status,
        LinkStatus::Review
    );
    // nor Maeve: none is left
    let not_maeve = decided("school:2", "visiting:9", Sameness::Different, "A");
    let people = resolve(
        &supplied,
        &[not_rose.clone(), not_maeve],
        &Settings::default(),
    );
    assert_eq!(asked(&supplied, &people), [""; 0]);
    assert_eq!(
        people.persons[people.person_of[6]].status,
        LinkStatus::Single
    );
    // Maeve: she has a fourth record
    let maeve = decided("gp:2", "visiting:9", Sameness::Same, "A");
    let people = resolve(&supplied, &[not_rose, maeve], &Settings::default());
    assert_eq!(asked(&supplied, &people), [""; 0]);
    assert_eq!(people.persons[people.person_of[6]].records, [1, 3, 5, 6]);
}

#[test]
fn a_family_name_alone_fits_nobody_in_the_family() {
    let supplied = case(&[
        &format!("gp:1 Rose,Ashdown,2015-05-05,F,{HOME}"),
        &format!("gp:2 Jane,Ashdown,1990-01-02,F,{HOME}"),
        &format!("midwifery:1 ,Ashdown,,,{HOME}"),
        &format!("housing:1 ,Ashdown,1962-04-03,F,{HOME}"),
    ]);
    let people = solve(&supplied);
    assert_eq!(asked(&supplied, &people), [""; 0]);
    assert!(
        people
            .persons
            .iter()
            .all(|person| person.status == LinkStatus::Single)
    );
}
