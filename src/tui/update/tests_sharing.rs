//! What holds of share or not, and of requests.

use crate::model::decision::Verdict;
use crate::sharing::flow::missing;
use crate::tui::index::Row;
use crate::tui::keymap::Key;
use crate::tui::model::Overlay;
use crate::tui::msg::{Held, Msg};
use crate::tui::update::update;

use super::tests::find;
use super::tests_desk::{Desk, rows};
use Key::{Backspace, Char, Enter, Esc};

#[test]
fn deciding_not_to_share_is_kept_with_its_record_and_undo_takes_it_back() {
    let mut desk = Desk::new();
    find(&mut desk.model, "shouting");
    desk.press(&[Char('S')]);
    desk.typed("somebody new");
    desk.typed("no purpose");
    assert!(matches!(desk.model.overlay, Some(Overlay::Share(_))));
    // no duty, no listed body, no purpose
    let mut asked = 0;
    while matches!(&desk.model.overlay, Some(Overlay::Share(sheet))
        if sheet.flow(&desk.whole.vocabulary).decided().is_none())
    {
        desk.typed("no");
        asked += 1;
        assert!(asked < 9);
    }
    desk.press(&[Backspace]);
    desk.typed("no");
    for answer in [
        "They do nothing for a child.",
        "curiosity",
        "",
        "",
        "yes",
        "not applicable",
        "",
        "by letter",
        "",
        "",
    ] {
        desk.typed(answer);
    }
    let Some(Overlay::Share(sheet)) = &desk.model.overlay else {
        panic!("{:?} {}", desk.model.overlay, desk.model.status)
    };
    let record = sheet.flow(&desk.whole.vocabulary).record().unwrap();
    assert!(
        !record.is_shared && missing(&record).is_empty(),
        "{record:?}"
    );
    assert!(
        desk.open.case().decisions.is_empty(),
        "nothing before it is looked at"
    );
    desk.press(&[Enter]);
    assert!(desk.model.overlay.is_none());
    let decision = desk.open.case().decisions[0].clone();
    assert_eq!(decision.verdict, Verdict::Shared(Box::new(record)));
    assert!(decision.evidence.len() > 9, "each question with its answer");
    desk.press(&[Char('7')]);
    assert!(rows(&desk.model).contains(&Row::Decision(0)));
    desk.press(&[Char('u')]);
    assert!(!rows(&desk.model).contains(&Row::Decision(0)));
}

#[test]
fn answers_of_a_sheet_that_is_left_wait_for_the_same_question() {
    let mut desk = Desk::new();
    find(&mut desk.model, "shouting");
    let start = |desk: &mut Desk| {
        desk.press(&[Char('S')]);
        desk.typed("somebody new");
        desk.typed("no purpose");
    };
    start(&mut desk);
    desk.typed("no");
    desk.typed("perhaps");
    let Some(Overlay::Share(sheet)) = desk.model.overlay.clone() else {
        panic!()
    };
    assert!(sheet.said.contains("yes, no or not sure"), "{}", sheet.said);
    desk.press(&[Esc]);
    assert!(desk.model.overlay.is_none() && desk.model.status.contains("Nothing is decided"));
    start(&mut desk);
    let Some(Overlay::Share(again)) = &desk.model.overlay else {
        panic!()
    };
    assert_eq!(again.answers, ["no"]);
}

#[test]
fn a_request_is_made_answered_and_taken_back() {
    let mut desk = Desk::new();
    update(&mut desk.model, Msg::Today("2026-03-01".parse().unwrap()));
    let count = |desk: &Desk| {
        desk.model
            .picture
            .as_ref()
            .unwrap()
            .0
            .supplied
            .requests
            .len()
    };
    let before = count(&desk);
    desk.press(&[Char('7'), Char('R')]);
    desk.typed("police");
    desk.press(&[Enter]);
    assert!(desk.model.status.contains("Type the question"));
    desk.typed("What is known of February?");
    desk.typed("soon");
    assert!(desk.model.status.contains("no day"));
    desk.press(&[Key::Ctrl('u')]);
    desk.typed("2026-03-10");
    assert_eq!(count(&desk), before + 1);
    let asked = |desk: &Desk| {
        let picture = desk.model.picture.clone().unwrap().0;
        let requests = picture.supplied.requests.iter();
        requests.clone().find(|one| one.id == "hub-1").cloned()
    };
    let request = asked(&desk).unwrap();
    assert_eq!(request.asked_on.date_cell(), "2026-03-01");
    assert_eq!(request.due_on.date_cell(), "2026-03-10");
    assert_eq!(
        (request.asked.as_str(), request.asked_by.as_str()),
        ("police", "social-care")
    );
    let at = rows(&desk.model).iter().position(|row| {
        let picture = &desk.model.picture.as_ref().unwrap().0;
        matches!(row, Row::Request(at) if picture.supplied.requests[*at].id == "hub-1")
    });
    desk.model.place_mut().at = at.unwrap();
    desk.press(&[Char('y')]);
    desk.typed("withheld");
    desk.typed("A court case.");
    let answered = asked(&desk).unwrap();
    assert_eq!(
        (answered.result.text(), answered.reason.as_str()),
        ("withheld", "A court case.")
    );
    assert_eq!(answered.question, "What is known of February?");
    desk.press(&[Char('u'), Char('u')]);
    assert_eq!((asked(&desk), count(&desk)), (None, before));
}

#[test]
fn the_question_that_would_clear_a_flag_stands_ready() {
    let mut desk = Desk::new();
    let picture = desk.model.picture.clone().unwrap().0;
    let flags = picture.flags.flags.iter();
    let askable = flags
        .enumerate()
        .find_map(|(at, flag)| {
            let questions = super::requests::of_flag(&picture, &flag.id);
            Some((at, questions.into_iter().next()?))
        })
        .unwrap();
    desk.press(&[Char('6')]);
    let row = rows(&desk.model)
        .iter()
        .position(|row| *row == Row::Flag(askable.0));
    desk.model.place_mut().at = row.unwrap();
    desk.press(&[Char('R'), Enter]);
    let (_, (agency, question)) = askable;
    let Some(Overlay::OneLine(line)) = &desk.model.overlay else {
        panic!("{:?}", desk.model.overlay)
    };
    assert_eq!(line.text, question.text);
    assert!(line.of.about().contains(agency.as_str()));
}

#[test]
fn a_half_answered_sheet_is_kept_over_a_hang_up_and_offered_again() {
    let begun = || {
        let mut desk = Desk::new();
        desk.model.is_kept = true;
        desk.press(&[Char('4'), Char('S'), Enter, Enter]);
        let Some(Overlay::Share(sheet)) = &desk.model.overlay else {
            panic!("{:?}", desk.model.overlay)
        };
        assert!(sheet.draft().is_none() && desk.model.unfinished().is_empty());
        desk.press(&[Enter, Char('n')]);
        desk
    };
    let mut desk = begun();
    let Some(Overlay::Share(open)) = desk.model.overlay.clone() else {
        panic!("{:?}", desk.model.overlay)
    };
    assert!(!open.answers.is_empty() && open.typed == "n");
    let under_the_hand = desk.model.unfinished();
    desk.press(&[Esc]);
    assert_eq!(desk.model.unfinished(), under_the_hand, "left or not");
    // the next session
    let mut next = Desk::new();
    let opened = Msg::Opened {
        is_kept: true,
        held: Held::default(),
        drafts: under_the_hand.clone(),
    };
    update(&mut next.model, opened);
    let Some(Overlay::Share(sheet)) = &next.model.overlay else {
        panic!("{:?}", next.model.overlay)
    };
    assert_eq!((&sheet.answers, &sheet.typed), (&open.answers, &open.typed));
    assert!(next.model.status.contains("last left"));
    next.press(&[Esc]);
    assert_eq!(
        next.model.unfinished(),
        under_the_hand,
        "Esc leaves them for later"
    );
    next.press(&[Char('4'), Char('S'), Enter, Enter]);
    assert!(
        next.model.status.contains("still there"),
        "{}",
        next.model.status
    );
    // what it was about is gone: the words are not lost
    let mut gone = under_the_hand;
    if let crate::case::DraftOf::Share(subject, _) = &mut gone[0].of {
        subject.entries = vec![crate::model::id::EntryId::new(
            &crate::model::id::AgencyId::new("gp"),
            "gone",
        )];
    }
    let mut last = Desk::new();
    let opened = Msg::Opened {
        is_kept: true,
        held: Held::default(),
        drafts: gone,
    };
    update(&mut last.model, opened);
    assert!(
        matches!(&last.model.overlay, Some(Overlay::Text(_, text)) if text.contains("half answered"))
    );
}
