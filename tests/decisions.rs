//! Decisions come and go and leave no trace: whatever sequence of links, marks, notes, undo and redo, the picture is the one
//! that the decisions in force give; taken back, every byte is as before; two copies brought together agree.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail by panic

mod common;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use casepicture::case::bring::{plan, questions, together};
use casepicture::case::{Hand, OpenCase, Step, touches};
use casepicture::import::{Folder, InputFile, Limits, read};
use casepicture::model::case::Case;
use casepicture::model::decision::{
    About, Asked, Consulted, Decision, EchoVerdict, Matter, Sameness, ShareRecord, Verdict,
    contested, settle, standing,
};
use casepicture::model::fact::Origin;
use casepicture::model::id::{AgencyId, ConclusionId, DecisionId, EntryId, RecordId};
use casepicture::model::settings::Settings;
use casepicture::picture::{Picture, Since};
use casepicture::report::{View, csv};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

const POLICE: &str = "entry_id,date,text,record_id,given_name,family_name,date_of_birth,basis,cites\n\
e1,2025-03-01,Seen at the shop alone,1,Ann,Lee,2018-02-03,s47,\n\
e2,2025-03-04,Neighbour rang about shouting,2,Bob,Lee,1985-01-01,,\n\
e3,2025-03-05,Welfare check,1,Ann,Lee,2018-02-03,s47,school:e1\n";
const SCHOOL: &str = "entry_id,date,text,record_ids,basis\n\
e1,2025-03-04,Came without a coat,1,consent\n\
e2,2025-03-06,Absent,1|2,\n";
const PUPILS: &str = "record_id,given_name,family_name,date_of_birth,upn\n\
1,Anne,Lee,2018-02-03,\n2,Robert,Lee,,\n";
const CITATIONS: &str = "conclusion_id,entry,conclusion\nc1,police:e1,Left alone at times\n";

fn small_case() -> Case {
    let files = [
        ("citations.csv", CITATIONS),
        ("police/log.csv", POLICE),
        ("school/log.csv", SCHOOL),
        ("school/pupils.csv", PUPILS),
    ];
    let files = files.map(|(path, text)| InputFile {
        path: path.to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
        agency: None,
    });
    let folder = Folder {
        files: files.to_vec(),
        skipped: Vec::new(),
    };
    Case::new(read(&folder, &Limits::default()).unwrap())
}

fn picture(case: &Case) -> Picture {
    Picture::of(case, &Settings::of_config(&case.supplied.config)).unwrap()
}

/// The bytes of all tables.
fn bytes(picture: &Picture) -> Vec<u8> {
    let view = View::whole(picture);
    let mut bytes = Vec::new();
    for table in common::all_tables(&view) {
        csv::write(&table, &mut bytes).unwrap();
    }
    bytes
}

/// What may be done: a step of one or two verdicts, undo, redo.
#[derive(Debug, Clone)]
enum Act {
    Decide(Vec<(u8, u8, u8)>),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let verdict = (0..14_u8, any::<u8>(), any::<u8>());
    prop_oneof![
        6 => prop::collection::vec(verdict, 1..3).prop_map(Act::Decide),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ]
}

/// A verdict about the small case; which one follows from the numbers.
#[allow(clippy::too_many_lines)] // a table is as long as the kinds of verdict
fn verdict(picture: &Picture, (kind, one, other): (u8, u8, u8)) -> Verdict {
    let supplied = &picture.supplied;
    let entry = |at: u8| -> EntryId {
        let entries = &supplied.entries;
        entries[usize::from(at) % entries.len()].id.clone()
    };
    let record = |at: u8| -> RecordId {
        let records = &supplied.records;
        records[usize::from(at) % records.len()].id.clone()
    };
    let other_record = if record(one) == record(other) {
        record(one.wrapping_add(1))
    } else {
        record(other)
    };
    let (left, right) = (
        record(one).min(other_record.clone()),
        record(one).max(other_record),
    );
    let (left, right) = if left == right {
        (record(0), record(1))
    } else {
        (left, right)
    };
    let same = [Sameness::Same, Sameness::Different, Sameness::NotSure][usize::from(other) % 3];
    let conclusion = ConclusionId::new(["c1", "draft"][usize::from(other) % 2]);
    let text = ["", "seen twice", "=1+1"][usize::from(other) % 3].to_owned();
    match kind {
        0 | 1 => Verdict::Persons { left, right, same },
        2 => Verdict::SecondReading { left, right, same },
        3 => Verdict::Echo {
            entry: entry(one),
            of: entry(other),
            verdict: [EchoVerdict::Echo, EchoVerdict::Independent][usize::from(other) / 2 % 2],
        },
        4 => Verdict::ReliedOn {
            conclusion,
            entry: entry(one),
        },
        5 => Verdict::NotReliedOn {
            conclusion,
            entry: entry(one),
        },
        6 => Verdict::Conclusion { conclusion, text },
        7 => {
            let flags = &picture.flags.flags;
            let flag_id = match flags.len() {
                0 => "none".to_owned(),
                count => flags[usize::from(one) % count].id.clone(),
            };
            Verdict::FlagExplained {
                flag_id,
                reason: text,
            }
        }
        8 => Verdict::Origin {
            entry: entry(one),
            origins: match other % 3 {
                0 => vec![Origin::Unknown],
                1 => vec![Origin::Agency(AgencyId::new("school"))],
                _ => vec![
                    Origin::Agency(AgencyId::new("gp")),
                    Origin::Agency(AgencyId::new("police")),
                ],
            },
        },
        9 => Verdict::Significance {
            entry: entry(one),
            level: other % 4,
        },
        10 => Verdict::Noted {
            about: match one % 3 {
                0 => About::Entry(entry(other)),
                1 => About::Record(record(other)),
                _ => About::Case,
            },
            text,
        },
        11 => Verdict::Requested(Box::new(Asked {
            request: format!("q{}", one % 2),
            agency: "gp".to_owned(),
            asked_on: "2025-03-02".to_owned(),
            question: text,
            records: vec![record(other)],
            ..Asked::default()
        })),
        12 => Verdict::Consulted(Box::new(Consulted {
            consultation: format!("k{}", one % 2),
            agency: "gp".to_owned(),
            on: "2025-03-03".to_owned(),
            received: text,
            records: vec![record(other)],
            ..Consulted::default()
        })),
        _ => Verdict::Shared(Box::new(ShareRecord {
            entries: vec![entry(one)],
            is_shared: other.is_multiple_of(2),
            ..ShareRecord::default()
        })),
    }
}

/// Two stacks, the plainest idea of undo and redo: what the program must agree with.
#[derive(Debug, Clone, Default)]
struct Model {
    done: Vec<Vec<Verdict>>,
    undone: Vec<Vec<Verdict>>,
}

#[test]
fn what_is_asked_today_does_not_move_the_day_at_which_all_is_judged() {
    let mut open = OpenCase::in_memory(small_case());
    let before = picture(open.case());
    let asked = Asked {
        request: "hub-1".into(),
        agency: "school".into(),
        asked_on: "2025-11-22".into(),
        answered_on: "2025-12-01".into(),
        question: "Who fetches her?".into(),
        ..Asked::default()
    };
    let held = Consulted {
        consultation: "hub-c1".into(),
        agency: "school".into(),
        on: "2025-11-22".into(),
        ..Consulted::default()
    };
    let verdicts = vec![
        Verdict::Requested(Box::new(asked)),
        Verdict::Consulted(Box::new(held)),
    ];
    open.decide(step(verdicts), hand(1_763_800_000)).unwrap();
    let after = picture(open.case());
    assert_eq!(after.supplied.requests.len(), 1);
    assert_eq!(after.as_of, before.as_of);
    let again = Picture::again(
        open.case(),
        &Settings::of_config(&open.case().supplied.config),
        Some((&after, Since::Citations)),
    );
    assert_eq!(again.unwrap().as_of, before.as_of);
}

fn step(verdicts: Vec<Verdict>) -> Step {
    let verdicts = verdicts
        .into_iter()
        .map(|verdict| (verdict, vec!["as shown".to_owned()]));
    Step {
        verdicts: verdicts.collect(),
        why: "why".to_owned(),
    }
}

fn hand(at: i64) -> Hand<'static> {
    Hand {
        by: "A. Worker",
        at,
    }
}

fn verdicts(decisions: &[Decision]) -> Vec<Verdict> {
    let all = decisions.iter();
    all.map(|decision| decision.verdict.clone()).collect()
}

/// Does one thing in the case and in the model, and compares what was named as undone or done again.
fn act_on(
    open: &mut OpenCase,
    model: &mut Model,
    (act, base, at): (&Act, &Picture, i64),
) -> Result<Vec<Decision>, TestCaseError> {
    let (told, expected) = match act {
        Act::Decide(choices) => {
            let made: Vec<Verdict> = choices.iter().map(|one| verdict(base, *one)).collect();
            let told = open.decide(step(made.clone()), hand(at)).unwrap();
            model.done.push(made.clone());
            model.undone.clear();
            (told, made)
        }
        Act::Undo => {
            let told = open.undo(hand(at)).unwrap();
            let top = model.done.pop();
            model.undone.extend(top.clone());
            (told, top.unwrap_or_default())
        }
        Act::Redo => {
            let told = open.redo(hand(at)).unwrap();
            let top = model.undone.pop();
            model.done.extend(top.clone());
            (told, top.unwrap_or_default())
        }
    };
    prop_assert_eq!(verdicts(&told), expected, "{:?}", act);
    let in_force: Vec<Verdict> = standing(&open.case().decisions)
        .map(|decision| decision.verdict.clone())
        .collect();
    prop_assert_eq!(in_force, model.done.concat(), "after {:?}", act);
    Ok(told)
}

/// A case with these decisions alone, none of them taken back.
fn replayed(case: &Case) -> Case {
    let decisions: Vec<Decision> = standing(&case.decisions).cloned().collect();
    Case {
        supplied: case.supplied.clone(),
        decisions,
    }
}

/// The decisions written down and read back, as a case file keeps them: what follows from others is worked out anew.
fn reread(decisions: &[Decision]) -> Vec<Decision> {
    let text = serde_json::to_string(decisions).unwrap();
    let mut read: Vec<Decision> = serde_json::from_str(&text).unwrap();
    for decision in &mut read {
        decision.withdrawn_by = None;
    }
    settle(&mut read);
    read
}

/// What every test starts from.
struct Base {
    case: Case,
    picture: Picture,
    bytes: Vec<u8>,
    /// Pictures by what was decided of persons, since who is who takes most of the time.
    persons: RefCell<BTreeMap<String, Picture>>,
    /// How many questions two copies gave, so that no test passes for want of any.
    asked: Cell<usize>,
}

impl Base {
    fn new() -> Self {
        let case = small_case();
        let picture = picture(&case);
        let bytes = bytes(&picture);
        Self {
            case,
            picture,
            bytes,
            persons: RefCell::default(),
            asked: Cell::new(0),
        }
    }

    /// The picture of a case, who is who taken from an earlier picture in which the same was decided of persons.
    fn picture(&self, case: &Case) -> Picture {
        let persons: Vec<&Verdict> = standing(&case.decisions)
            .map(|decision| &decision.verdict)
            .filter(|verdict| matches!(verdict, Verdict::Persons { .. }))
            .collect();
        let key = format!("{persons:?}");
        let mut pictures = self.persons.borrow_mut();
        if pictures.len() > 500 {
            pictures.clear();
        }
        let earlier = pictures.entry(key).or_insert_with(|| picture(case));
        let settings = Settings::of_config(&case.supplied.config);
        Picture::again(case, &settings, Some((earlier, Since::Echoes))).unwrap()
    }
}

fn leaves_no_trace(base: &Base, acts: &[Act]) -> Result<(), TestCaseError> {
    let mut open = OpenCase::in_memory(base.case.clone());
    let mut model = Model::default();
    for (at, act) in acts.iter().enumerate() {
        act_on(&mut open, &mut model, (act, &base.picture, at as i64))?;
        // a case that is closed and opened again goes on where it was
        if at % 5 == 4 {
            let mut case = open.case().clone();
            case.decisions = reread(&case.decisions);
            prop_assert_eq!(&case.decisions, &open.case().decisions);
            open = OpenCase::in_memory(case);
        }
    }
    let now = base.picture(open.case());
    prop_assert!(now == base.picture(&replayed(open.case())), "replayed");
    // one in twenty without the short cut
    if acts.len() == 20 {
        prop_assert!(now == picture(open.case()), "by the short cut");
    }
    let numbers: Vec<u32> = open.case().decisions.iter().map(|one| one.number).collect();
    prop_assert!(numbers.is_sorted_by(|one, next| one < next));

    let steps = model.done.len();
    for _ in 0..steps {
        act_on(&mut open, &mut model, (&Act::Undo, &base.picture, 0))?;
    }
    let emptied = base.picture(open.case());
    prop_assert!(emptied == base.picture, "taken back, something is left");
    prop_assert_eq!(&bytes(&emptied), &base.bytes);
    prop_assert!(open.undo(hand(0)).unwrap().is_empty());
    for _ in 0..steps {
        act_on(&mut open, &mut model, (&Act::Redo, &base.picture, 0))?;
    }
    let again = base.picture(open.case());
    prop_assert!(
        bytes(&again) == bytes(&now),
        "done again, something differs"
    );
    Ok(())
}

/// Runs sequences of up to `longest` acts.
fn sequences(count: u32, longest: usize) {
    let base = Base::new();
    let config = ProptestConfig {
        cases: count,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let acts = prop::collection::vec(act(), 1..longest);
    TestRunner::new(config)
        .run(&acts, |acts| leaves_no_trace(&base, &acts))
        .unwrap();
}

/// The screen computes on from the last picture; that must give what computing afresh gives.
#[test]
fn computed_on_after_each_act_it_is_the_picture_computed_afresh() {
    let base = Base::new();
    let settings = Settings::of_config(&base.case.supplied.config);
    let config = ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let run = |acts: Vec<Act>| {
        let mut open = OpenCase::in_memory(base.case.clone());
        let mut model = Model::default();
        let mut now = base.picture.clone();
        for (at, act) in acts.iter().enumerate() {
            let told = act_on(&mut open, &mut model, (act, &base.picture, at as i64))?;
            let since = told.iter().map(touches).min();
            if let Some(since) = since {
                now = Picture::again(open.case(), &settings, Some((&now, since))).unwrap();
            }
            prop_assert!(now == base.picture(open.case()), "after {act:?}");
        }
        Ok(())
    };
    let acts = prop::collection::vec(act(), 1..12);
    TestRunner::new(config).run(&acts, run).unwrap();
}

/// What holds of each matter, whoever decided it.
fn in_force(decisions: &[Decision]) -> BTreeMap<Matter, String> {
    let with_matter = standing(decisions).filter_map(|one| {
        let said = format!("{:?}", one.verdict);
        Some((one.verdict.matter()?, said))
    });
    with_matter.collect()
}

/// What is a question again, whichever copy it was decided in.
fn open_questions(decisions: &[Decision]) -> BTreeSet<(String, String)> {
    let pairs = contested(decisions).into_iter();
    pairs
        .map(|(one, other)| {
            let one = format!("{:?}", one.verdict);
            let other = format!("{:?}", other.verdict);
            (one.clone().min(other.clone()), one.max(other))
        })
        .collect()
}

/// One copy with the other's decisions brought in.
fn brought(case: &Case, other: &Case) -> Case {
    let plan = plan(&case.decisions, &other.decisions);
    // questions are no step of the analyst's, so undo passes over them
    let first = case.decisions.len() + plan.added.len() + 1;
    let made: Vec<Decision> = questions(&plan)
        .into_iter()
        .enumerate()
        .map(|(at, verdict)| Decision {
            step: 0,
            id: DecisionId::new(&format!("question {}", first + at)),
            ..Decision::plain((first + at) as u32, verdict, "A. Worker")
        })
        .collect();
    Case {
        supplied: case.supplied.clone(),
        decisions: together(&case.decisions, &plan, made),
    }
}

fn standing_ids(open: &OpenCase) -> Vec<DecisionId> {
    let all = open.case().decisions.iter();
    all.filter(|one| {
        one.withdrawn_by.is_none() && !matches!(one.verdict, Verdict::Withdrawn { .. })
    })
    .map(|one| one.id.clone())
    .collect()
}

fn copies_agree(base: &Base, [first, here, there]: [&[Act]; 3]) -> Result<(), TestCaseError> {
    let go_on = |case: &Case, acts: &[Act], start: i64| -> Result<Case, TestCaseError> {
        let mut open = OpenCase::in_memory(case.clone());
        // undo and redo of what was there before the copy are part of it, so there is no model to compare with
        for (act, at) in acts.iter().zip(start..) {
            match act {
                Act::Decide(choices) => {
                    let made = choices.iter().map(|one| verdict(&base.picture, *one));
                    open.decide(step(made.collect()), hand(at)).unwrap();
                }
                Act::Undo => drop(open.undo(hand(at)).unwrap()),
                Act::Redo => drop(open.redo(hand(at)).unwrap()),
            }
        }
        Ok(open.case().clone())
    };
    let common = go_on(&base.case, first, 0)?;
    let one = go_on(&common, here, 1_000)?;
    let other = go_on(&common, there, 2_000)?;
    let (ours, theirs) = (brought(&one, &other), brought(&other, &one));
    let asked = open_questions(&ours.decisions).len();
    base.asked.set(base.asked.get() + asked);
    prop_assert_eq!(
        open_questions(&ours.decisions),
        open_questions(&theirs.decisions)
    );
    prop_assert_eq!(in_force(&ours.decisions), in_force(&theirs.decisions));
    let once_more = plan(&ours.decisions, &other.decisions);
    prop_assert!(once_more.added.is_empty() && once_more.contested.is_empty());
    // afterwards undo and redo go on as ever: what undo names was in force, and redo brings all of it back
    let mut open = OpenCase::in_memory(ours.clone());
    let before = standing_ids(&open);
    let mut undone = 0;
    loop {
        let named = open.undo(hand(3_000)).unwrap();
        if named.is_empty() {
            break;
        }
        prop_assert!(
            named.iter().all(|one| one.withdrawn_by.is_none()),
            "{named:?}"
        );
        undone += 1;
    }
    for _ in 0..undone {
        prop_assert!(!open.redo(hand(3_001)).unwrap().is_empty());
    }
    prop_assert_eq!(standing_ids(&open), before);
    Ok(())
}

#[test]
fn two_copies_brought_together_agree_in_either_order() {
    let base = Base::new();
    let config = ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let acts = || prop::collection::vec(act(), 0..8);
    TestRunner::new(config)
        .run(&(acts(), acts(), acts()), |(first, here, there)| {
            copies_agree(&base, [&first, &here, &there])
        })
        .unwrap();
    // some 120 over 2,000 trials: half of it would say that the acts no longer touch the same things
    assert!(base.asked.get() > 60, "the copies hardly ever differ");
}

#[test]
fn decisions_replay_and_leave_no_trace_when_taken_back() {
    sequences(1_000, 24);
}

#[test]
#[ignore = "10,000 sequences: cargo test --release --test decisions -- --ignored"]
fn ten_thousand_sequences_replay_and_leave_no_trace() {
    sequences(10_000, 24);
}
