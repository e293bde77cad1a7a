//! Every path of the flowchart ends where the guidance says, with a record, and nothing is shared without a ground.

mod aloud;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::basis::Jurisdiction;
use crate::model::date::When;
use crate::model::entry::Consent;
use crate::model::fact::BasisStatus;
use crate::sharing::ground::Basis as Compiled;
use crate::sharing::standing::{Terms, standing};
use crate::sharing::testing::{day, england};

fn subject(on: &str, barrier: Option<&str>) -> Subject {
    Subject {
        entries: Vec::new(),
        about: "seen with a bruise".to_owned(),
        recipient: "the school".to_owned(),
        barrier: barrier.map(str::to_owned),
        on: day(on),
        decided_by: "A. Worker".to_owned(),
    }
}

/// Answers the questions in order, a line each, and gives the flow; an answer that is not taken fails the test.
fn answered<'a>(
    on: &str,
    barrier: Option<&str>,
    vocabulary: &'a Vocabulary,
    lines: &[&str],
) -> Flow<'a> {
    let mut flow = Flow::new(subject(on, barrier), vocabulary);
    for line in lines {
        if let Err(why) = flow.answer(line) {
            panic!("{line}: {why}");
        }
    }
    flow
}

/// An answer that fits each question of the record.
fn complete(flow: &mut Flow<'_>) {
    while let Next::Ask(question) = flow.next() {
        let text = match question {
            Question::FactAndOpinion => "yes",
            Question::Told => "not yet",
            _ => "as agreed",
        };
        let text = if question == Question::On { "" } else { text };
        flow.answer(text).unwrap();
    }
}

const BEFORE: &str = "2026-03-01";
const AFTER: &str = "2026-10-01";

/// The paths of the chart as it is drawn: the day, what stands against it, the answers, and the end.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_path_of_the_chart_ends_where_it_is_drawn() {
    let law = "E-CRT";
    let none: Option<&str> = None;
    let table: Vec<(&str, Option<&str>, Vec<&str>, &str)> = vec![
        (BEFORE, none, vec!["yes", law], "Share(Duty) E-CRT"),
        (BEFORE, none, vec!["no", "no"], "DoNotShare(NoPurpose)"),
        (
            BEFORE,
            none,
            vec!["no", "yes", "no"],
            "Share(Anonymous) U-NA",
        ),
        (
            BEFORE,
            none,
            vec!["no", "yes", "yes", "no", "public task"],
            "Share(NotConfidential) L6-E",
        ),
        (
            BEFORE,
            none,
            vec![
                "no",
                "yes",
                "yes",
                "yes",
                "yes",
                "verbal consent",
                "her mother, 2 March",
            ],
            "Share(Consent) C-VRB: her mother, 2 March",
        ),
        (
            BEFORE,
            none,
            vec!["no", "yes", "yes", "yes", "no", "no"],
            "DoNotShare(NoReason)",
        ),
        (
            BEFORE,
            none,
            vec![
                "no",
                "yes",
                "yes",
                "yes",
                "no",
                "yes",
                "N-RSK",
                "s47",
                "he would be warned",
            ],
            "Share(Ground) N-RSK|E-S47: he would be warned",
        ),
        (
            BEFORE,
            none,
            vec!["no", "yes", "yes", "yes", "no", "yes", "C-NRQ", "L6-E"],
            "Share(Ground) C-NRQ|L6-E",
        ),
        // from 30 September 2026 on listed bodies have a duty, unless it harms the child more
        (AFTER, none, vec!["no", "yes", "no"], "Share(Duty) E-ISD"),
        (
            AFTER,
            none,
            vec!["no", "yes", "yes"],
            "DoNotShare(Detriment)",
        ),
        (AFTER, none, vec!["no", "no", "no"], "DoNotShare(NoPurpose)"),
        // what stands against it on the record is asked about whatever the ground
        (
            BEFORE,
            Some("ask police"),
            vec!["yes", law, "no"],
            "DoNotShare(Barrier)",
        ),
        (
            BEFORE,
            Some("ask police"),
            vec!["yes", law, "yes"],
            "Share(Duty) E-CRT",
        ),
        (
            BEFORE,
            Some("ask police"),
            vec!["no", "yes", "no", "no"],
            "DoNotShare(Barrier)",
        ),
    ];
    for (on, barrier, lines, end) in table {
        let mut flow = answered(on, barrier, england(), &lines);
        let decided = flow
            .decided()
            .unwrap_or_else(|| panic!("{lines:?} is not at an end"));
        complete(&mut flow);
        assert_eq!(flow.next(), Next::Ended(decided), "{lines:?}");
        let record = flow.record().unwrap();
        let (name, basis) = end.split_once(' ').unwrap_or((end, ""));
        assert_eq!(format!("{decided:?}"), name, "{lines:?}");
        assert_eq!(record.is_shared, name.starts_with("Share"), "{lines:?}");
        if record.is_shared {
            assert_eq!(record.basis, basis, "{lines:?}");
        }
        assert_eq!(missing(&record), [], "{lines:?}");
    }
}

/// Walks every path of choices, each code question answered with what fits or with none.
fn walk(flow: &Flow<'_>, ends: &mut BTreeSet<String>, paths: &mut usize) {
    let question = match flow.next() {
        Next::Ended(end) => {
            *paths += 1;
            ends.insert(format!("{end:?}"));
            let record = flow.record();
            assert_eq!(record.is_none(), matches!(end, End::AskAdvice(_)));
            assert!(!end.sentence().is_empty());
            return;
        }
        Next::Ask(question) => question,
    };
    let asked = flow.asked(question);
    assert!(
        asked.text.ends_with(['?', '.']) && !asked.means.is_empty(),
        "{}",
        asked.text
    );
    let codes = flow.choices(question);
    let texts: Vec<String> = match question.sort() {
        Sort::Choice => ["yes", "no", "not sure"].map(str::to_owned).to_vec(),
        Sort::Codes => {
            let fitting = codes.iter().find(|code| !code.needs_no_consent_ground);
            let fitting = fitting.map(|code| code.code.clone());
            fitting.into_iter().chain(["none".to_owned()]).collect()
        }
        Sort::Told => vec!["yes".to_owned(), "not sure".to_owned()],
        _ => vec!["words".to_owned()],
    };
    for text in texts {
        let text = if question.sort() == Sort::Day {
            ""
        } else {
            &text
        };
        let mut next = flow.clone();
        next.answer(text).unwrap();
        walk(&next, ends, paths);
    }
}

#[test]
fn every_path_ends_and_each_end_is_reached() {
    let (mut ends, mut paths) = (BTreeSet::new(), 0);
    for (on, barrier) in [(BEFORE, None), (AFTER, Some("ask police"))] {
        walk(
            &Flow::new(subject(on, barrier), england()),
            &mut ends,
            &mut paths,
        );
    }
    assert!(paths > 100, "{paths}");
    for end in [
        "Share(Duty)",
        "Share(Anonymous)",
        "Share(NotConfidential)",
        "Share(Consent)",
        "Share(Ground)",
        "DoNotShare(NoPurpose)",
        "DoNotShare(NoReason)",
        "DoNotShare(Detriment)",
        "DoNotShare(Barrier)",
        "AskAdvice(Duty)",
        "AskAdvice(Ground)",
        "AskAdvice(Settled)",
        "AskAdvice(Told)",
    ] {
        assert!(ends.contains(end), "{end} is never reached: {ends:?}");
    }
}

#[test]
fn answers_that_cannot_be_taken_say_why_and_the_question_stays() {
    let ground = ["no", "yes", "yes", "yes", "no", "yes"];
    for (lines, answer, says) in [
        (&[][..], "perhaps", "yes, no or not sure"),
        (&["yes"], "C-VRB", "is no duty or order"),
        (&["yes"], "E-ISD", "law from 2026-09-30"),
        (&["yes"], "Secton 47", "the nearest are E-S47"),
        (&["yes"], "No consent", "more than one way"),
        (&["yes"], "", "Name at least one code"),
        (&["no", "yes", "yes", "yes", "yes"], "L6-E", "is no consent"),
        (
            &["no", "yes", "yes", "yes", "yes"],
            "C-REF",
            "is no consent",
        ),
        (
            &["no", "yes", "yes", "yes", "yes", "C-VRB"],
            "",
            "A reason is needed",
        ),
        (&ground, "L6-E", "is no reason for sharing without consent"),
        (
            &["no", "yes", "yes", "yes", "no", "yes", "C-NRQ"],
            "para 18",
            "why there is no consent",
        ),
        (
            &["no", "yes", "yes", "yes", "no", "yes", "N-RSK"],
            "C-VRB",
            "is no ground that carries it",
        ),
        (
            &["no", "yes", "yes", "yes", "no", "yes", "N-RSK"],
            "E-ISD-NOT",
            "law from",
        ),
        (&["no", "no"], "", "A reason is needed"),
    ] {
        let mut flow = answered(BEFORE, None, england(), lines);
        let before = flow.clone();
        let why = flow.answer(answer).unwrap_err();
        assert!(why.contains(says), "{answer}: {why} should say {says}");
        assert_eq!(flow, before, "{answer}");
    }
}

#[test]
fn what_is_left_open_is_named_as_missing() {
    let mut flow = answered(BEFORE, None, england(), &["no", "no", "it is gossip"]);
    // purpose and how it was answered left out, not marked, told without saying how
    for line in [
        "",
        "what he said",
        "a neighbour",
        "no",
        "unsafe",
        "",
        "",
        "",
        "",
    ] {
        flow.answer(line).unwrap();
    }
    let record = flow.record().unwrap();
    let names: Vec<Thing> = missing(&record);
    assert_eq!(
        names,
        [
            Thing::Purpose,
            Thing::Told,
            Thing::FactAndOpinion,
            Thing::Sent
        ]
    );
    assert_eq!(
        record.basis,
        "no clear and legitimate purpose: it is gossip"
    );
    assert_eq!((&*record.on, &*record.decided_by), (BEFORE, "A. Worker"));
}

#[test]
fn an_answer_can_be_taken_back() {
    let mut flow = answered(BEFORE, None, england(), &["no", "no"]);
    assert_eq!(flow.back(), Some(Question::Purpose));
    assert_eq!(flow.next(), Next::Ask(Question::Purpose));
    flow.back();
    assert_eq!(flow.back(), None);
    assert_eq!(flow, Flow::new(subject(BEFORE, None), england()));
}

const WORDS: [&str; 26] = [
    "yes",
    "no",
    "not sure",
    "none",
    "",
    "C-VRB",
    "C-EXP",
    "C-REF",
    "C-NRQ",
    "N-RSK",
    "N-CNG",
    "N-OVR",
    "L6-E",
    "L9-G18",
    "E-S47",
    "E-ISD",
    "E-ISD-NOT",
    "E-CRT",
    "U-NR",
    "U-MAP",
    "unsafe",
    "not yet",
    "2026-02-28",
    "a sentence",
    "E-MARAC",
    "L6-EA-SG|L6-E",
];

/// Whether the codes of a record stand by themselves on the day, by the rules that facts are judged by.
fn stands(record: &ShareRecord, on: Day) -> bool {
    let codes = record.basis.split(':').next().unwrap_or_default();
    let codes: Vec<Box<str>> = codes.split('|').map(Into::into).collect();
    let consent = Consent {
        on: When::day(on),
        ..Consent::default()
    };
    let found = standing(
        &Compiled::compile(&codes, england()),
        &Terms::of(&consent),
        on,
    );
    found.status == BasisStatus::Valid
}

proptest! {
    /// Whatever is answered: it ends, it shares on a ground that stands, and both decisions have the same nine things.
    #[test]
    fn whatever_is_answered_it_ends_and_shares_only_on_a_ground(
        answers in proptest::collection::vec(0..WORDS.len(), 0..200),
        after in any::<bool>(),
        barrier in any::<bool>(),
    ) {
        let on = if after { AFTER } else { BEFORE };
        let mut flow = Flow::new(subject(on, barrier.then_some("ask police")), england());
        let mut taken = 0;
        for answer in answers {
            taken += usize::from(flow.answer(WORDS[answer]).is_ok());
        }
        // what is still open is finished with the first word that is taken
        while let Next::Ask(_) = flow.next() {
            let text = WORDS.iter().find(|word| flow.clone().answer(word).is_ok());
            flow.answer(text.expect("some word fits each question")).unwrap();
            taken += 1;
        }
        prop_assert!(taken < 25, "{taken} questions");
        let Next::Ended(end) = flow.next() else { unreachable!() };
        let record = flow.record();
        match end {
            End::AskAdvice(_) => prop_assert_eq!(record, None),
            End::Share(_) => {
                let record = record.unwrap();
                prop_assert!(record.is_shared && stands(&record, day(on)), "{}", record.basis);
            }
            End::DoNotShare(_) => {
                let record = record.unwrap();
                prop_assert!(!record.is_shared && !record.basis.is_empty());
                prop_assert!(!missing(&record).contains(&Thing::Basis));
            }
        }
    }

    /// The same questions are put whichever of the two was decided: the nine things.
    #[test]
    fn both_decisions_are_asked_the_same_nine_things(blanks in proptest::collection::vec(any::<bool>(), 12)) {
        let missing_of = |lines: &[&str]| {
            let mut flow = answered(BEFORE, None, england(), lines);
            while let Next::Ask(question) = flow.next() {
                let at = Question::ForWhat as usize;
                let blank = blanks[(question as usize - at) % blanks.len()];
                let text = match question.sort() {
                    Sort::Choice => if blank { "no" } else { "yes" },
                    Sort::Told => "unsafe",
                    Sort::Day => "",
                    _ => if blank { "" } else { "words" },
                };
                flow.answer(text).unwrap();
            }
            missing(&flow.record().unwrap())
        };
        prop_assert_eq!(missing_of(&["no", "no", "why not"]), missing_of(&["yes", "E-CRT"]));
    }
}

#[test]
fn a_place_without_grounds_of_its_own_asks_for_advice() {
    let common = Vocabulary::of(Jurisdiction::None).unwrap();
    let flow = answered(BEFORE, None, &common, &["yes", "none"]);
    assert_eq!(flow.next(), Next::Ended(End::AskAdvice(Question::DutyCode)));
    assert_eq!(flow.record(), None);
}
