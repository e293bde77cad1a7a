//! Small cases that turn on names: middle names, spacing, other scripts, short forms, and twins with like names.

use super::cases::{HOME, case, decided, outcome, pair, solve, with};
use crate::model::decision::Sameness;
use crate::model::person::{Outcome, People};
use crate::model::settings::Settings;
use crate::model::supply::Supplied;
use crate::people::resolve;

/// Children of one date of birth and address, `agency:id given|middle family`; `household` is each agency's own.
fn children(lines: &[&str], household: &str) -> Supplied {
    let parts = |line: &str| -> (String, String, String) {
        let (id, rest) = line.split_once(' ').unwrap();
        let (names, family) = rest.rsplit_once(' ').unwrap();
        let (given, middle) = names.split_once('|').unwrap_or((names, ""));
        (
            format!("{id} {given},{family},2020-01-02,M,{HOME}"),
            id.to_owned(),
            middle.to_owned(),
        )
    };
    let told: Vec<String> = lines.iter().map(|line| parts(line).0).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let mut supplied = case(&told);
    for (_, id, middle) in lines.iter().map(|line| parts(line)) {
        supplied = with(supplied, &id, |record| {
            record.middle_names.clone_from(&middle);
            household.clone_into(&mut record.household_id);
        });
    }
    supplied
}

/// The same with all names in one cell.
fn with_full_names(mut supplied: Supplied) -> Supplied {
    for record in &mut supplied.records {
        let names = [
            &record.given_name,
            &record.middle_names,
            &record.family_name,
        ];
        record.full_name = names.map(String::as_str).join(" ").replace("  ", " ");
        for part in [
            &mut record.given_name,
            &mut record.middle_names,
            &mut record.family_name,
        ] {
            part.clear();
        }
    }
    supplied
}

fn linked(supplied: &Supplied, people: &People) -> Vec<String> {
    let id = |at: &usize| supplied.records[*at].id.as_str();
    let several = people.persons.iter().filter(|one| one.records.len() > 1);
    let mut told: Vec<String> = several
        .map(|one| one.records.iter().map(id).collect::<Vec<_>>().join(" "))
        .collect();
    told.sort();
    told
}

#[test]
fn middle_names_decide_which_of_two_namesakes_it_is_whatever_the_order() {
    for (mine, first, second, right) in [
        ("Mohammed|Umar", "Mohammed|Ali", "Mohammed|Umar", "2"),
        ("Mohammed|Ali", "Mohammed|Ali", "Mohammed|Umar", "1"),
        ("Jack|Peter", "Jack|Paul", "Jack|Peter", "2"),
        ("Jack|Paul", "Jack|Paul", "Jack|Peter", "1"),
        ("Jack|Peter", "Jack|", "Jack|Peter", "2"),
        ("Jack|Paul", "Jack|Paul", "Jack|", "1"),
    ] {
        for household in ["", "H1"] {
            for full in [false, true] {
                let lines = [
                    format!("hv:1 {mine} Khan"),
                    format!("sc:1 {first} Khan"),
                    format!("sc:2 {second} Khan"),
                ];
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                let mut supplied = children(&lines, household);
                if full {
                    supplied = with_full_names(supplied);
                }
                let people = solve(&supplied);
                assert_eq!(
                    linked(&supplied, &people),
                    [format!("hv:1 sc:{right}")],
                    "{mine} {first} {second} {household} {full}: {:?}",
                    people.pairs
                );
            }
        }
    }
}

#[test]
fn other_middle_names_never_link_and_the_same_ones_are_stronger() {
    use Outcome::{Linked, Review, Separate};
    for (left, right, expected) in [
        ("Jack|Paul", "Jack|Peter", Review),
        ("Jack Paul|", "Jack Peter|", Review),
        ("Jack Paul|", "Jack|Peter", Review),
        ("Mohammed|Ali", "Mohammed|Umar", Separate),
        ("Mohammed Ali|", "Mohammed|Umar", Separate),
        ("Mohammed Ali|", "Mohammed Umar|", Separate),
        ("Jack|Paul", "Jack|P", Linked),
        ("Jack|Paul", "Jack|", Linked),
        ("Mohammed|Umar", "Mohammed Umar|", Linked),
        ("Mohammed|Umar", "Mohammed|", Linked),
    ] {
        let lines = [format!("gp:1 {left} Khan"), format!("sc:1 {right} Khan")];
        let supplied = children(&[&lines[0], &lines[1]], "");
        let strong = |supplied: Supplied| {
            ["gp:1", "sc:1"].iter().fold(supplied, |all, id| {
                with(all, id, |record| {
                    record.phones = vec!["07700900123".to_owned()];
                    record.emails = vec!["home@example.org".to_owned()];
                })
            })
        };
        let people = solve(&supplied);
        let found = pair(&supplied, &people, "gp:1", "sc:1").unwrap();
        assert_eq!(found.outcome, expected, "{left} {right}: {found:?}");
        let supplied = strong(supplied);
        let people = solve(&supplied);
        let found = pair(&supplied, &people, "gp:1", "sc:1").unwrap();
        assert_eq!(found.outcome, expected, "{left} {right}: {found:?}");
    }
    let weight = |right: &str| {
        let supplied = children(&["gp:1 Jack|Paul Khan", right], "");
        pair(&supplied, &solve(&supplied), "gp:1", "sc:1").map(|pair| pair.weight)
    };
    assert!(weight("sc:1 Jack|Paul Khan") > weight("sc:1 Jack| Khan"));
    assert!(weight("sc:1 Jack| Khan") > weight("sc:1 Jack|Peter Khan"));
}

#[test]
fn records_that_fit_equally_well_are_asked_about_and_neither_is_linked() {
    for names in [
        ["Rowan", "Rowan", "Rowan"],
        ["Mohammed|", "Mohammed|Ali", "Mohammed|Umar"],
        ["Mohammed|Ali", "Mohammed|Ali", "Mohammed|Ali"],
    ] {
        for ids in [
            ["gp:1", "sc:a", "sc:b"],
            ["zz:1", "sc:a", "sc:b"],
            ["mm:1", "gp:1", "gp:2"],
        ] {
            let lines: Vec<String> = ids
                .iter()
                .zip(names)
                .map(|(id, name)| format!("{id} {name} Khan"))
                .collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let supplied = children(&lines, "");
            let people = solve(&supplied);
            assert_eq!(people.persons.len(), 3, "{names:?}: {:?}", people.pairs);
            for other in &ids[1..] {
                let (left, right) = if ids[0] < *other {
                    (ids[0], *other)
                } else {
                    (*other, ids[0])
                };
                let found = pair(&supplied, &people, left, right).unwrap();
                assert!(
                    matches!(found.outcome, Outcome::Review | Outcome::Ambiguous),
                    "{found:?}"
                );
            }
        }
    }
}

#[test]
fn a_tie_says_who_fits_equally_well_and_leaves_others_linked() {
    let lines = [
        "gp:1 Rowan Khan",
        "hv:a Rowan Khan",
        "hv:b Rowan Khan",
        "sc:1 Rowan Khan",
    ];
    let supplied = children(&lines, "");
    let people = solve(&supplied);
    assert_eq!(
        linked(&supplied, &people),
        ["gp:1 sc:1"],
        "{:?}",
        people.pairs
    );
    let asked: Vec<&str> = people
        .pairs
        .iter()
        .filter(|pair| pair.outcome == Outcome::Review)
        .map(|pair| pair.reason.as_str())
        .collect();
    assert!(
        asked.contains(
            &"Please look: hv:a and hv:b fit equally well, and they are not linked to each other."
        ),
        "{asked:?}"
    );
    // once an analyst has said which, the tie is broken
    let said = [decided("gp:1", "hv:b", Sameness::Same, "A")];
    let people = resolve(&supplied, &said, &Settings::default());
    assert_eq!(linked(&supplied, &people), ["gp:1 hv:b sc:1"]);
}

#[test]
fn ways_of_writing_one_name_are_one_name() {
    for (left, right, level) in [
        (
            "Abdul Rahman",
            "Abdulrahman",
            "same but for accents or spacing",
        ),
        (
            "Abdul Rahman",
            "Abdul-Rahman",
            "same but for accents or spacing",
        ),
        ("Abdul Aziz", "Abdulaziz", "same but for accents or spacing"),
        ("Abdul-Aziz", "Abdulaziz", "same but for accents or spacing"),
        (
            "Abdul Karim",
            "Abdulkarim",
            "same but for accents or spacing",
        ),
        ("Abdul Karim", "Abdulkareem", "known variant"),
        (
            "Abd al-Rahman",
            "Abdulrahman",
            "same but for accents or spacing",
        ),
        (
            "Abdul|Rahman",
            "Abdulrahman",
            "same but for accents or spacing",
        ),
        (
            "Mohammed Ali",
            "Mohammedali",
            "same but for accents or spacing",
        ),
        ("Anne Marie", "Annemarie", "same but for accents or spacing"),
        ("Юлия", "Yulia", "same but for accents or spacing"),
        ("Юлия", "Yuliya", "same but for accents or spacing"),
        ("Юлия", "Julia", "same but for accents or spacing"),
        ("Алексей", "Alexey", "same but for accents or spacing"),
        ("Iuliia", "Yulia", "nearly the same spelling"),
        ("Mo", "Mohammed", "known variant"),
    ] {
        let lines = [format!("gp:1 {left} Khan"), format!("sc:1 {right} Khan")];
        let supplied = children(&[&lines[0], &lines[1]], "");
        let people = solve(&supplied);
        let found = pair(&supplied, &people, "gp:1", "sc:1").unwrap();
        assert_eq!(found.fields[0].level, level, "{left} {right}");
        assert_eq!(found.outcome, Outcome::Linked, "{left} {right}: {found:?}");
    }
}

#[test]
fn the_beginning_of_a_name_is_a_question_and_another_name_is_another_child() {
    for (left, right, expected) in [
        ("Abdul", "Abdul Rahman", Outcome::Review),
        ("Abdul", "Abdulrahman", Outcome::Review),
        ("Mohammed", "Mohammed Ali", Outcome::Review),
        ("Mo", "Mohammed Ali", Outcome::Review),
        ("Abdul Rahman", "Abdul Karim", Outcome::Separate),
        ("Abdulrahman", "Abdulkarim", Outcome::Separate),
        ("Abdulrahim", "Abdulkarim", Outcome::Separate),
        ("Юлия", "Galina", Outcome::Separate),
        ("Jan", "Ian", Outcome::Separate),
    ] {
        let lines = [format!("gp:1 {left} Khan"), format!("sc:1 {right} Khan")];
        let supplied = children(&[&lines[0], &lines[1]], "");
        let people = solve(&supplied);
        assert_eq!(
            outcome(&supplied, &people, "gp:1", "sc:1"),
            Some(expected),
            "{left} {right}: {:?}",
            people.pairs
        );
    }
}

#[test]
fn surnames_agree_however_their_particles_are_spaced() {
    for (left, right, expected) in [
        (
            "De La Cruz",
            "Delacruz",
            "same but for accents, spacing or particles",
        ),
        (
            "Van der Berg",
            "Vanderberg",
            "same but for accents, spacing or particles",
        ),
        ("van den Bergh", "Vandenberg", "nearly the same spelling"),
        (
            "Иванова",
            "Ivanova",
            "same but for accents, spacing or particles",
        ),
        (
            "Чайковский",
            "Chaykovskiy",
            "same but for accents, spacing or particles",
        ),
        ("Delacruz", "Vanderberg", "different"),
    ] {
        let supplied = case(&[
            &format!("gp:1 Rose,{left},2020-01-02,F,{HOME}"),
            &format!("sc:1 Rose,{right},2020-01-02,F,{HOME}"),
        ]);
        let people = solve(&supplied);
        let found = pair(&supplied, &people, "gp:1", "sc:1").unwrap();
        assert_eq!(found.fields[1].level, expected, "{left} {right}");
    }
}

#[test]
fn twins_with_like_names_that_an_agency_knows_are_linked_each_to_its_own() {
    for (one, other) in [
        ("Jayden", "Hayden"),
        ("Ella", "Bella"),
        ("Jack|Paul", "Jack|Peter"),
    ] {
        for household in ["", "H1"] {
            let lines = [
                format!("hv:2 {other} Quill"),
                format!("hv:4 {one} Quill"),
                format!("sc:1 {one} Quill"),
                format!("sc:3 {other} Quill"),
            ];
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let supplied = children(&lines, household);
            let people = solve(&supplied);
            assert_eq!(
                linked(&supplied, &people),
                ["hv:2 sc:3", "hv:4 sc:1"],
                "{one} {household}: {:?}",
                people.pairs
            );
            if household == "H1" {
                let crossed = pair(&supplied, &people, "hv:2", "sc:1").unwrap();
                assert_eq!(crossed.outcome, Outcome::Separate);
                assert!(
                    crossed.reason.contains("the other one's"),
                    "{}",
                    crossed.reason
                );
            }
        }
    }
}
