//! What holds of viewing as somebody else, the audit and the pack.

use crate::case::OpenCase;
use crate::model::case::Case;
use crate::model::settings::Recipient;
use crate::tui::action::{Action, View};
use crate::tui::index::Row;
use crate::tui::keymap::Key;
use crate::tui::log::Log;
use crate::tui::msg::{Effect, Msg};
use crate::tui::pack_out::NotWritten;
use crate::tui::sample::{press, screen};
use crate::tui::update::update;

use super::tests::find;
use super::tests_desk::{Desk, rows};
use Key::{Char, Enter, Esc};

#[test]
fn as_the_family_only_what_they_may_see_is_anywhere_and_a_brings_everything_back() {
    let mut desk = Desk::new();
    let before = desk.model.picture.clone();
    let all = desk.facts();
    desk.view_as("the family", "no purpose");
    let seen = desk.model.picture.as_ref().unwrap().1.seen.clone().unwrap();
    assert_eq!(seen.view_as.recipient, Recipient::Family);
    assert!(seen.sign().starts_with("VIEW AS the family") && seen.held_back.is_empty());
    assert_eq!(desk.facts(), 1);
    for view in View::ALL {
        update(&mut desk.model, Msg::Do(Action::Go(view)));
        let found = format!("{:?}", rows(&desk.model));
        assert!(
            !found.contains("Officers") && !found.contains("tidy"),
            "{view:?} {found}"
        );
    }
    find(&mut desk.model, "shouting");
    assert!(
        desk.model.place().shown.is_empty(),
        "not by searching either"
    );
    desk.press(&[Esc, Esc, Char('a'), Enter]);
    assert_eq!((desk.model.view_as.clone(), desk.facts()), (None, all));
    assert_eq!(desk.model.picture, before, "nothing is left of it");
}

#[test]
fn an_agency_sees_counts_by_reason_of_what_is_held_back() {
    let mut desk = Desk::new();
    let mut supplied = (*desk.open.case().supplied).clone();
    supplied.entries[0].handling = vec![crate::model::phrase::Coded::Known(
        crate::model::words::Handling::AskOriginator,
    )];
    desk.open = OpenCase::in_memory(Case::new(supplied));
    desk.compute(0);
    let all = desk.facts();
    desk.view_as("school", "s47");
    let (_, index) = desk.model.picture.clone().unwrap();
    let seen = index.seen.clone().unwrap();
    assert_eq!(seen.held_back, [("ask police".to_owned(), 1)]);
    assert!(
        seen.sign().contains("1 fact held back (1 ask police)"),
        "{}",
        seen.sign()
    );
    assert!(seen.sign().contains(", s47"));
    assert_eq!(desk.facts(), all - 1);
}

#[test]
fn until_what_they_may_see_is_there_nothing_of_the_case_is_drawn_or_done() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('a'), Key::Down, Enter]);
    let effects = press(&mut model, &[Enter]);
    assert!(matches!(
        effects.as_slice(),
        [Effect::ViewAs(Some(_)), Effect::Compute { .. }]
    ));
    assert!(model.is_covered());
    press(&mut model, &[Char('3')]);
    assert!(model.view == View::Timeline && model.status.contains("being computed"));
    let (picture, index) = model.picture.clone().unwrap();
    let whole = Msg::PictureReady(model.jobs, picture, index);
    update(&mut model, whole);
    assert!(
        model.is_covered(),
        "a picture of everything is not what was asked for"
    );
    let effects = press(&mut model, &[Esc]);
    assert_eq!(effects, [Effect::ViewAs(None)]);
    assert!(!model.is_covered() && model.view_as.is_none());
}

#[test]
fn nothing_is_decided_while_facts_are_held_back() {
    let mut desk = Desk::new();
    desk.view_as("school", "no purpose");
    desk.press(&[Char('4')]);
    for key in [' ', 'n', 's', 'o', 'M', 'u', 'S', 'R'] {
        assert!(desk.press(&[Char(key)]).is_empty(), "{key}");
        assert!(desk.model.overlay.is_none(), "{key}");
        assert!(
            desk.model.status.contains("Nothing is decided"),
            "{key} {}",
            desk.model.status
        );
    }
}

#[test]
fn the_audit_lists_every_decision_newest_first_and_what_was_taken_back() {
    let mut desk = Desk::new();
    find(&mut desk.model, "shouting");
    desk.press(&[Char(' ')]);
    desk.press(&[Char('s')]);
    desk.typed("3");
    desk.press(&[Char('u'), Esc, Char('9')]);
    let decisions: Vec<usize> = rows(&desk.model)
        .iter()
        .filter_map(|row| match row {
            Row::Decision(at) => Some(*at),
            _ => None,
        })
        .collect();
    assert_eq!(decisions, [2, 1, 0]);
    let (_, index) = desk.model.picture.clone().unwrap();
    let all = &index.decisions;
    assert!(all[0].stands() && !all[1].stands() && all[2].is_withdrawal);
    assert_eq!(all[1].taken_back.as_ref().unwrap().0, "A. Analyst");
    assert_eq!(all[0].when, "1970-01-01 00:01");
    // what took it back concerns the fact that it was about
    desk.press(&[Key::Down, Enter]);
    assert_eq!(
        (desk.model.view, desk.model.place().shown.len()),
        (View::Timeline, 1)
    );
    desk.press(&[Esc]);
    assert_eq!(desk.model.view, View::Audit);
    assert!(
        matches!(&rows(&desk.model)[0], Row::Text(words) if words.contains("keeps no decisions"))
    );
}

#[test]
fn the_log_of_a_kept_case_is_read_when_it_is_looked_at_and_held_against_the_case() {
    let mut model = screen(80, 24);
    model.is_kept = true;
    assert!(press(&mut model, &[Char('9')]).contains(&Effect::ReadLog { is_verified: false }));
    assert!(
        press(&mut model, &[Char('1'), Char('9')]).is_empty(),
        "once"
    );
    let log = Log {
        is_read: true,
        ..Log::default()
    };
    update(&mut model, Msg::LogRead(Ok(log)));
    assert_eq!(
        press(&mut model, &[Char('v')]),
        [Effect::ReadLog { is_verified: true }]
    );
    let found = Log {
        verified: vec!["line 3: it was changed".into()],
        is_read: true,
        ..Log::default()
    };
    update(&mut model, Msg::LogRead(Ok(found)));
    assert!(model.status.contains("line 3"));
    assert!(rows(&model).contains(&Row::Text("line 3: it was changed".into())));
    update(&mut model, Msg::LogRead(Err("the disk is gone".into())));
    assert!(model.status.contains("the disk is gone"));
}

#[test]
fn the_pack_is_laid_out_for_whom_is_chosen_and_a_file_is_not_written_over_unasked() {
    let mut desk = Desk::new();
    desk.press(&[Char('8')]);
    let name = |desk: &Desk| desk.model.pack.outline.as_ref().unwrap().name.clone();
    assert_eq!(name(&desk), "Social care");
    desk.press(&[Char('w')]);
    desk.typed("school");
    assert_eq!(name(&desk), "School");
    desk.press(&[Char('w')]);
    desk.typed("partners at the");
    assert_eq!(name(&desk), "the partners at the meeting");
    assert_eq!(desk.model.pack.ask.as_ref().unwrap().whom, None);
    assert!(
        rows(&desk.model).contains(&Row::Heading(
            "Strategy discussion for the partners at the meeting".to_owned()
        )),
        "{:?}",
        rows(&desk.model)
    );
    desk.press(&[Char('w')]);
    desk.typed("school");
    desk.press(&[Char('m')]);
    desk.typed("conference");
    let ask = desk.model.pack.ask.clone().unwrap();
    assert_eq!(ask.purpose, Some(ask.meeting.threshold()));
    assert!(
        rows(&desk.model)
            .iter()
            .any(|row| matches!(row, Row::Section(_)))
    );
    desk.press(&[Char('s')]);
    let effects = desk.press(&[Enter]);
    let [
        Effect::WritePack {
            path,
            is_forced: false,
            ..
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(path.to_str(), Some("conference.html"));
    let exists = Err(NotWritten::Exists(path.clone()));
    update(&mut desk.model, Msg::PackWritten(exists));
    let effects = desk.press(&[Enter]);
    assert!(effects.is_empty(), "Enter by itself writes over nothing");
    desk.press(&[Esc, Char('s'), Enter]);
    let exists = Err(NotWritten::Exists("conference.html".into()));
    update(&mut desk.model, Msg::PackWritten(exists));
    let effects = desk.press(&[Key::Down, Enter]);
    assert!(matches!(
        effects.as_slice(),
        [Effect::WritePack {
            is_forced: true,
            ..
        }]
    ));
    update(&mut desk.model, Msg::PackWritten(Ok(())));
    assert!(desk.model.status.contains("Written: conference.html"));
    desk.view_as("the family", "no purpose");
    desk.press(&[Char('8'), Char('w')]);
    assert!(desk.model.status.contains("viewed as"));
    assert_eq!(name(&desk), "the family");
    assert!(
        desk.model
            .pack
            .outline
            .as_ref()
            .unwrap()
            .held_back
            .is_empty()
    );
}
