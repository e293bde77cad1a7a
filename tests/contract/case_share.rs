//! Share or not from outside: the questions through a pipe, and a record of either decision.

use crate::case_made::{Made, made_of, plain};
use crate::common::exports;

const CONFIG: (&str, &str) = ("case.toml", "own_agency = \"social-care\"\n");
const LOG: (&str, &str) = (
    "police/e.csv",
    "entry_id,date,text,basis,handling\n1,2025-01-01,called to the house,L6-E,\n2,2025-01-02,\"told in\n\nconfidence\",E-MAPPA,\n",
);
const ASKED: (&str, &str) = (
    "requests.csv",
    "request_id,asked_agency,asked_on,question\nR1,police,2025-02-01,Any call-outs?\n",
);

fn case() -> Made {
    let school = (
        "school/e.csv",
        "entry_id,date,text\n1,2025-01-03,at school\n",
    );
    made_of(exports(&[CONFIG, LOG, school, ASKED]).path())
}

fn listed(made: &Made) -> String {
    made.run("share", &["--list"]).out
}

const TO_SCHOOL: [&str; 8] = [
    "--entry",
    "police:1",
    "--recipient",
    "school",
    "--on",
    "2026-03-01",
    "--by",
    "Ann",
];

#[test]
fn a_decision_to_share_is_kept_with_its_nine_things() {
    let made = case();
    let answers = "no\nyes\nyes\nyes\nno\nyes\nC-NRQ\npublic task\nto keep her safe at school\n\nHead teacher\nyes\nyes\nby phone\nsecure mail\n\n\n";
    let gave = made.typed("share", &TO_SCHOOL, answers);
    assert_eq!(gave.code, 0, "{}", gave.said);
    for line in [
        "Share or not: called to the house",
        "It may be shared without consent, on the ground and for the reason named.",
        "  what it is: called to the house",
        "  basis or ground: C-NRQ|L6-E",
        "  when: 2026-03-01",
        "  who decided: Ann",
        "The record holds all nine things that it needs.",
        "The record is kept.",
    ] {
        assert!(gave.out.contains(line), "{line}\n{}", gave.out);
    }
    let list = listed(&made);
    assert!(
        list.contains("1 shared police:1") && list.contains("recipient: Head teacher"),
        "{list}"
    );
    assert_eq!(made.run("audit", &["--verify"]).code, 0);
}

#[test]
fn a_decision_not_to_share_is_kept_like_the_other_and_says_what_is_missing() {
    let made = case();
    let gave = made.typed(
        "share",
        &TO_SCHOOL,
        "no\nno\nthey need not know\n\n\n\nno\nnot yet\n\n\n\n\n",
    );
    assert_eq!(gave.code, 0, "{}", gave.said);
    let missing = "Missing from the record: purpose; whether the family was told, or why not; fact kept apart from opinion; how it was sent or answered.";
    assert!(gave.out.contains(missing), "{}", gave.out);
    let list = listed(&made);
    assert!(list.contains("1 decided not to share police:1"), "{list}");
    assert!(
        list.contains("no clear and legitimate purpose: they need not know"),
        "{list}"
    );
}

#[test]
fn what_stands_against_it_on_the_record_is_asked_about() {
    let made = case();
    let about = [
        "--entry",
        "police:2",
        "--recipient",
        "school",
        "--on",
        "2026-03-01",
        "--by",
        "Ann",
    ];
    let gave = made.typed(
        "share",
        &about,
        "yes\nE-CRT\nno\nit is theirs to say\n\n\n\nyes\nnot applicable\n\n\n\n\n",
    );
    assert!(
        gave.out
            .contains("on the record school may not see it: ask police"),
        "{}",
        gave.out
    );
    // a text with line breaks cannot pass for a question
    assert!(
        gave.out.contains("Share or not: told in confidence\n"),
        "{}",
        gave.out
    );
    assert!(
        listed(&made).contains("decided not to share"),
        "{}",
        gave.out
    );
}

#[test]
fn nothing_is_kept_before_the_end_or_where_advice_is_asked_for() {
    let made = case();
    for answers in [
        "",
        "no\n",
        "no\nyes\nquit\n",
        "no\nnot sure\n",
        "perhaps\n",
        "no\nyes\nundo\nundo\nundo\n",
    ] {
        let gave = made.typed("share", &TO_SCHOOL, answers);
        assert_eq!(gave.code, 0, "{answers:?} {}", gave.said);
        assert!(
            gave.out.to_lowercase().contains("nothing was"),
            "{answers:?} {}",
            gave.out
        );
    }
    assert_eq!(
        listed(&made),
        "Nothing was shared or kept back by a decision in this case.\n"
    );
}

#[test]
fn what_or_who_is_not_known_is_told_before_anything_is_asked() {
    let made = case();
    for (arguments, says) in [
        (&["--by", "Ann"][..], "it is not said what"),
        (
            &["--by", "Ann", "--entry", "police:1"],
            "it is not said for whom",
        ),
        (
            &[
                "--by",
                "Ann",
                "--entry",
                "police:9",
                "--recipient",
                "school",
            ],
            "police:9",
        ),
        (&["--by", "Ann", "--request", "R9"], "R9"),
        (
            &["--entry", "police:1", "--recipient", "school"],
            "--by NAME",
        ),
        (
            &[
                "--by",
                "Ann",
                "--entry",
                "police:1",
                "--recipient",
                "school",
                "--purpose",
                "fun",
            ],
            "--purpose fun",
        ),
    ] {
        let gave = made.typed("share", arguments, "yes\n");
        assert_eq!(
            (gave.code, gave.out.len()),
            (2, 0),
            "{arguments:?} {}",
            gave.said
        );
        assert!(gave.said.contains(says), "{arguments:?} {}", gave.said);
    }
}

#[test]
fn a_request_is_shared_with_the_agency_asked_and_codes_can_be_listed() {
    let made = case();
    let gave = made.typed(
        "share",
        &["--request", "R1", "--on", "2026-03-01", "--by", "Ann"],
        "yes\ncodes\nSecton 47\nquit\n",
    );
    for line in [
        "Share or not: request R1: Any call-outs?",
        "  for police",
        "  E-CRT: Court order",
        "the nearest are E-S47",
    ] {
        assert!(gave.out.contains(line), "{line}\n{}", gave.out);
    }
}

#[test]
fn a_request_is_kept_in_the_case_and_answered_there_and_can_be_taken_back() {
    let made = case();
    let people = "record_id,given_name\nP1,Ann\n";
    let more = exports(&[("police/p.csv", people)]);
    assert_eq!(made.run("import", &[more.path().to_str().unwrap()]).code, 0);
    let table = || made.run::<&str>("requests", &[]).out;
    let before = table();
    let ask = [
        "--ask",
        "Probation",
        "--question",
        "Known to you?",
        "--on",
        "2025-02-03",
    ];
    let about = ["--due", "2025-02-10", "--about", "police:P1", "--by", "Ann"];
    let gave = made.run("requests", &[&ask[..], &about].concat());
    assert_eq!(gave.code, 0, "{}", gave.said);
    let asked = "hub-1,probation,social-care,2025-02-03,2025-02-10,,,police:P1,Known to you?,,";
    assert!(table().contains(asked), "{}", table());
    let answer = [
        "--answered",
        "hub-1",
        "--result",
        "withheld",
        "--on",
        "2025-02-11",
    ];
    let why = ["--reason", "not ours to give", "--by", "Ann"];
    assert_eq!(made.run("requests", &[&answer[..], &why].concat()).code, 0);
    let answered = "2025-02-10,2025-02-11,withheld,police:P1,Known to you?,not ours to give,";
    assert!(table().contains(answered), "{}", table());
    // an answer to a request that came with an export
    let to_theirs = [
        "--answered",
        "R1",
        "--result",
        "none held",
        "--on",
        "2025-02-12",
        "--by",
        "Ann",
    ];
    assert_eq!(made.run("requests", &to_theirs).code, 0);
    assert!(
        table().contains("R1,police,,2025-02-01,,2025-02-12,none held,"),
        "{}",
        table()
    );
    for _ in 0..3 {
        assert_eq!(
            made.typed("review", &["--by", "Ann"], "undo\nquit\n").code,
            0
        );
    }
    assert_eq!(table(), before);
    for (wrong, says) in [
        (
            ["--answered", "R9", "--result", "supplied"],
            "no request of this case",
        ),
        (["--answered", "R1", "--result", "perhaps"], "none held"),
    ] {
        let gave = made.run(
            "requests",
            &[&wrong[..], &["--on", "2025-02-12", "--by", "Ann"]].concat(),
        );
        assert_eq!(gave.code, 2);
        assert!(gave.said.contains(says), "{}", gave.said);
    }
    // an answer before it was asked, and a question that asks nothing
    let by = ["--by", "Ann"];
    let early = [
        "--answered",
        "R1",
        "--result",
        "supplied",
        "--on",
        "2025-01-31",
    ];
    let blank = ["--ask", "police", "--question", " ", "--on", "2025-02-03"];
    for (wrong, says) in [
        (early, "request R1 was asked on 2025-02-01, which is later"),
        (blank, "--question: nothing is asked"),
    ] {
        let gave = made.run("requests", &[&wrong[..], &by].concat());
        assert_eq!(gave.code, 2, "{}", gave.out);
        assert!(gave.said.contains(says), "{}", gave.said);
        assert!(gave.said.contains("hint: "), "{}", gave.said);
    }
    assert_eq!(table(), before);
}

#[test]
fn a_consultation_is_kept_in_the_case_changed_exported_and_taken_back() {
    let made = case();
    let people = "record_id,given_name\nP1,Ann\n";
    let more = exports(&[("police/p.csv", people)]);
    assert_eq!(made.run("import", &[more.path().to_str().unwrap()]).code, 0);
    let table = || made.run::<&str>("consultations", &[]).out;
    let before = table();
    let record = [
        "--record",
        "Health visiting",
        "--question",
        "Is she weighed?",
        "--on",
        "2025-03-02",
        "--person",
        "Nurse Okoro",
        "--how",
        "by phone",
        "--setting",
        "external",
        "--about",
        "police:P1",
        "--received",
        "Every month",
        "--by",
        "Ann",
    ];
    let gave = made.run("consultations", &record);
    assert_eq!(gave.code, 0, "{}", gave.said);
    let kept = "hub-1,social-care,health-visiting,Nurse Okoro,2025-03-02,spoken,external,police:P1,Is she weighed?,Every month,,,,,";
    assert!(table().contains(kept), "{}", table());
    let change = [
        "--change",
        "hub-1",
        "--given",
        "We visit weekly",
        "--outcome",
        "no more for now",
        "--became-referral",
        "no",
        "--told",
        "yes",
        "--by",
        "Ann",
    ];
    assert_eq!(made.run("consultations", &change).code, 0);
    let changed = "Is she weighed?,Every month,We visit weekly,no more for now,no,,yes";
    assert!(table().contains(changed), "{}", table());
    // the table reads back as it is
    let again = exports(&[("police/p.csv", people), ("consultations.csv", &table())]);
    let read = crate::common::run(&["consultations".as_ref(), again.path().as_os_str()]);
    assert_eq!(String::from_utf8(read.stdout).unwrap(), table());
    for _ in 0..2 {
        let gave = made.typed("review", &["--by", "Ann"], "undo\nquit\n");
        assert_eq!(gave.code, 0, "{}", gave.said);
    }
    assert_eq!(table(), before);
    for (wrong, says) in [
        (
            ["--change", "K9", "--given", "x"],
            "no consultation of this case",
        ),
        (["--change", "hub-1", "--how", "by drum"], "spoken, written"),
        (["--given", "x", "--told", "yes"], "--record AGENCY"),
        (["--record", "gp", "--given", "x"], "--question"),
    ] {
        let gave = made.run("consultations", &[&wrong[..], &["--by", "Ann"]].concat());
        assert_eq!(gave.code, 2);
        assert!(gave.said.contains(says), "{}", gave.said);
    }
    let folder = plain(&[
        "consultations",
        again.path().to_str().unwrap(),
        "--record",
        "gp",
        "--question",
        "x",
        "--on",
        "2025-01-01",
        "--by",
        "Ann",
    ]);
    assert!(folder.code == 2 && folder.said.contains("keeps no consultations"));
}
