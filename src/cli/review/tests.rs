//! A review over the bundled case, in memory: what is asked, what is kept, what a second reader does not see.

use super::*;
use crate::case::reading::Agreement;
use crate::import::{Limits, read};
use crate::model::decision::{EchoVerdict, Sameness, standing};
use crate::model::id::{AgencyId, EntryId};

fn case() -> OpenCase {
    let supplied = read(&crate::cli::demo::bundled(), &Limits::default()).unwrap();
    OpenCase::in_memory(Case::new(supplied))
}

/// Answers as typed; gives what was printed and how it ended.
fn answered(case: &mut OpenCase, by: &str, blind: bool, typed: &str) -> (String, Ended) {
    let (mut answers, mut out) = (typed.as_bytes(), Vec::new());
    let mut asking = Asking {
        case,
        by,
        now: || 7,
        answers: &mut answers,
        out: &mut out,
    };
    let ended = if blind {
        asking.blind()
    } else {
        asking.plain()
    };
    (String::from_utf8(out).unwrap(), ended.unwrap())
}

/// The first lines of the questions.
fn heads(printed: &str) -> Vec<&str> {
    let mut lines = printed.lines();
    let mut heads = Vec::new();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            heads.extend(lines.next());
        }
    }
    heads
}

fn verdicts(case: &OpenCase) -> Vec<(String, Sameness)> {
    let all = standing(&case.case().decisions);
    all.filter_map(|one| match &one.verdict {
        Verdict::Persons { left, right, same } | Verdict::SecondReading { left, right, same } => {
            Some((format!("{left} {right}"), *same))
        }
        _ => None,
    })
    .collect()
}

#[test]
fn every_answer_settles_the_question_it_was_asked() {
    let mut case = case();
    let (printed, ended) = answered(&mut case, "A", false, "");
    let open = ended.open;
    assert!(
        open >= 3,
        "the bundled case has too few questions for this test"
    );
    assert_eq!((heads(&printed).len(), ended.answered), (1, 0));
    let (printed, ended) = answered(&mut case, "A", false, "same\nD\nnot sure\nk\nquit\nsame\n");
    let heads = heads(&printed);
    assert_eq!(ended.answered, 3);
    let kept = verdicts(&case);
    assert_eq!(
        kept,
        [
            (heads[0].to_owned(), Sameness::Same),
            (heads[1].to_owned(), Sameness::Different),
            (heads[2].to_owned(), Sameness::NotSure)
        ]
    );
    let decision = &case.case().decisions[0];
    assert_eq!((decision.by.as_str(), decision.at), ("A", 7));
    // what was printed is what is kept
    assert!(decision.evidence.len() >= 4);
    for line in &decision.evidence {
        assert!(
            printed.contains(&format!("  {}", terminal_safe_line(line))),
            "{line}"
        );
    }
}

#[test]
fn what_is_no_answer_is_asked_again() {
    let mut case = case();
    let (printed, ended) = answered(&mut case, "A", false, "yes\n\nsamee\nfirst\nSame\n");
    assert_eq!(ended.answered, 1);
    assert_eq!(printed.matches("none of the answers").count(), 4);
    let (_, ended) = answered(
        &mut case,
        "A",
        false,
        &format!("{}\ns", "x".repeat(100_000)),
    );
    assert_eq!(ended.answered, 1, "the end of input ends the line too");
}

#[test]
fn undo_takes_back_the_last_answer_and_asks_it_again_and_redo_brings_it_back() {
    let mut case = case();
    let before = case.case().clone();
    let (printed, ended) = answered(&mut case, "A", false, "n\nu\nk\n");
    let heads_printed = heads(&printed);
    assert_eq!(heads_printed[0], heads_printed[2], "{printed}");
    assert!(printed.contains("taken back: "));
    assert_eq!((ended.answered, verdicts(&case).len()), (0, 0));
    let picture =
        |case: &Case| Picture::of(case, &Settings::of_config(&case.supplied.config)).unwrap();
    assert_eq!(picture(&before).people, picture(case.case()).people);
    let (printed, _) = answered(&mut case, "A", false, "redo\nredo\n");
    assert!(printed.contains("brought back: ") && printed.contains("nothing was taken back"));
    assert_eq!(verdicts(&case).len(), 1);
    // an answer of an earlier session can be taken back too
    answered(&mut case, "A", false, "undo\n");
    assert_eq!(verdicts(&case).len(), 0);
}

#[test]
fn undo_takes_back_only_what_this_analyst_answered() {
    let mut case = case();
    answered(&mut case, "Ann", false, "n\n");
    answered(&mut case, "Ben", false, "n\n");
    assert_eq!(verdicts(&case).len(), 2);
    let (printed, ended) = answered(&mut case, "Cat", false, "undo\nquit\n");
    assert!(
        printed.contains("nothing of yours is there to take back; the last decision is Ben's"),
        "{printed}"
    );
    assert_eq!((ended.answered, verdicts(&case).len()), (0, 2));
    answered(&mut case, "Ann", false, "undo\nundo\n");
    let standing: Vec<&str> = standing(&case.case().decisions)
        .map(|one| one.by.as_str())
        .collect();
    assert_eq!(standing, ["Ben"]);
    // nor does one bring back what another took back
    answered(&mut case, "Ben", false, "redo\n");
    assert_eq!(verdicts(&case).len(), 1);
    answered(&mut case, "Ann", false, "redo\n");
    assert_eq!(verdicts(&case).len(), 2);
}

#[test]
fn the_last_answer_can_be_taken_back_when_nothing_is_open_any_more() {
    let mut case = case();
    let (printed, ended) = answered(&mut case, "A", false, &"d\n".repeat(30));
    assert_eq!(ended.open, 0, "{printed}");
    assert!(printed.contains("There is no further question."));
    let count = verdicts(&case).len();
    let (_, ended) = answered(&mut case, "A", false, "same\nskip\nu\nq\n");
    assert_eq!((ended.open, verdicts(&case).len()), (1, count - 1));
    // with nothing to ask and nothing to take back there is nothing to wait for
    let mut empty = OpenCase::in_memory(Case::default());
    let (printed, ended) = answered(&mut empty, "A", false, "q\n");
    assert_eq!((printed.as_str(), ended.open), ("", 0));
}

#[test]
fn a_second_reader_sees_no_answer_of_the_first_and_is_asked_in_the_order_of_ids() {
    let mut case = case();
    let (printed, first) = answered(&mut case, "Ann First", false, "s\nd\nn\n");
    let answered_first: Vec<String> = heads(&printed)[..3]
        .iter()
        .map(|&head| head.to_owned())
        .collect();
    let (printed, ended) = answered(&mut case, "Ben Second", true, "");
    let asked = ended.open;
    assert!(asked >= 3 && asked <= first.open + 3);
    assert!(
        !printed.contains("Ann") && !printed.contains("says"),
        "{printed}"
    );
    let (printed, ended) = answered(&mut case, "Ben Second", true, &"s\n".repeat(asked));
    assert_eq!((ended.open, ended.answered), (0, asked));
    let heads = heads(&printed);
    for head in &answered_first {
        assert!(heads.contains(&head.as_str()), "{head}");
    }
    assert!(!printed.contains("Ann First"));
    let pairs: Vec<(String, String)> = case
        .case()
        .decisions
        .iter()
        .filter_map(|one| match &one.verdict {
            Verdict::SecondReading { left, right, .. } => {
                Some((left.to_string(), right.to_string()))
            }
            _ => None,
        })
        .collect();
    assert!(pairs.is_sorted());
    let agreement = Agreement::of(&case.case().decisions);
    assert_eq!((agreement.readings.len(), agreement.alike()), (3, 1));
    // nothing is left for this reader, and a third may look too
    assert_eq!(answered(&mut case, "Ben Second", true, "").1.open, 0);
    assert_eq!(answered(&mut case, "Cy Third", true, "").1.open, asked);
}

#[test]
fn a_second_reader_takes_back_only_answers_of_this_session() {
    let mut case = case();
    answered(&mut case, "A", false, "s\n");
    let (printed, _) = answered(&mut case, "B", true, "u\ns\nu\nd\n");
    assert!(printed.contains("Nothing was answered in this session."));
    let kept = verdicts(&case);
    assert_eq!(
        kept.iter().map(|one| one.1).collect::<Vec<_>>(),
        [Sameness::Same, Sameness::Different]
    );
    let heads = heads(&printed);
    assert_eq!(heads[2], heads[3 - 1]);
}

#[test]
fn what_two_analysts_decided_differently_is_asked_first_whatever_it_is_about() {
    let mut case = case();
    let gp = AgencyId::new("gp");
    let echo = |verdict| Verdict::Echo {
        entry: EntryId::new(&gp, "1"),
        of: EntryId::new(&gp, "2"),
        verdict,
    };
    let decide = |case: &mut OpenCase, verdict: Verdict, by: &str| {
        let step = Step {
            verdicts: vec![(verdict, Vec::new())],
            why: String::new(),
        };
        let made = case.decide(step, Hand { by, at: 1 }).unwrap();
        made[0].id.clone()
    };
    let one = decide(&mut case, echo(EchoVerdict::Echo), "A");
    let other = decide(&mut case, echo(EchoVerdict::Independent), "B");
    let contested = Verdict::Contested {
        one: one.clone(),
        other: other.clone(),
    };
    decide(&mut case, contested, "A");
    let (printed, ended) = answered(&mut case, "C", false, "same\n2\nq\n");
    assert_eq!(heads(&printed)[0], format!("{one} {other}"));
    assert!(printed.contains("none of the answers") && printed.contains("first: A says"));
    assert_eq!(ended.answered, 1);
    let last = case.case().decisions.last().unwrap();
    assert_eq!(
        (last.verdict.clone(), last.by.as_str()),
        (echo(EchoVerdict::Independent), "C")
    );
    let (printed, _) = answered(&mut case, "C", false, "");
    assert_ne!(heads(&printed)[0], format!("{one} {other}"));
}
