//! What holds of a case: decisions are shown once they are written, the lock keeps what lies under it, texts are not lost.

use crate::case::audit::Event;
use crate::case::{Draft, DraftOf, OpenCase};
use crate::model::decision::About;
use crate::model::fact::Origin;
use crate::tui::keymap::Key;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::{Effect, Held, Msg};
use crate::tui::sample::{case, press, screen};
use crate::tui::update::update;

use super::tests::{carry_out, find, written};
use Key::{Char, Enter, Esc};

/// Types a text and presses Enter.
fn typed(model: &mut Model, text: &str) -> Vec<Effect> {
    press(model, &text.chars().map(Char).collect::<Vec<_>>());
    press(model, &[Enter])
}

/// A screen over a case that is kept.
fn kept() -> Model {
    let mut model = screen(80, 24);
    model.is_kept = true;
    model
}

#[test]
fn what_cannot_be_written_is_not_shown_and_the_same_key_tries_again() {
    let mut model = screen(80, 24);
    find(&mut model, "shouting");
    let fact = model.selected_fact().unwrap();
    let first = press(&mut model, &[Char(' ')]);
    assert!(press(&mut model, &[Char(' ')]).is_empty(), "one at a time");
    assert!(model.status.contains("being written"));
    update(&mut model, Msg::NotWritten("the disk is full".into()));
    assert!(model.status.contains("the disk is full"));
    assert!(!model.is_relied_on(fact) && model.held == Held::default());
    assert_eq!(press(&mut model, &[Char(' ')]), first);
}

#[test]
fn a_text_that_cannot_be_written_stays_and_enter_tries_again() {
    let mut model = screen(80, 24);
    find(&mut model, "shouting");
    press(&mut model, &[Char('n')]);
    let first = typed(&mut model, "Ask the school.");
    press(&mut model, &[Char('x'), Key::Backspace, Enter]);
    update(&mut model, Msg::NotWritten("the disk is full".into()));
    assert!(
        matches!(&model.overlay, Some(Overlay::Text(_, text)) if text == "Ask the school."),
        "{:?}",
        model.overlay
    );
    let again = press(&mut model, &[Enter]);
    assert_eq!(again, first);
    written(&mut model, again);
    assert_eq!(model.overlay, None);
}

#[test]
fn a_note_is_written_changed_and_taken_away() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    find(&mut model, "shouting");
    let note = |model: &Model| {
        let notes = &model.picture.as_ref().unwrap().0.by_hand.notes;
        notes
            .values()
            .map(|(text, _)| text.clone())
            .collect::<Vec<_>>()
    };
    press(&mut model, &[Char('n')]);
    let effects = typed(&mut model, "Ask the school.");
    carry_out(&mut model, &mut open, effects);
    assert_eq!(note(&model), ["Ask the school."]);
    press(&mut model, &[Char('n')]);
    assert!(press(&mut model, &[Enter]).is_empty(), "nothing is changed");
    press(&mut model, &[Char('n')]);
    let effects = typed(&mut model, " Then the GP.");
    carry_out(&mut model, &mut open, effects);
    assert_eq!(note(&model), ["Ask the school. Then the GP."]);
    press(&mut model, &[Char('n'), Key::Ctrl('u')]);
    let effects = press(&mut model, &[Enter]);
    carry_out(&mut model, &mut open, effects);
    assert!(note(&model).is_empty());
    let effects = press(&mut model, &[Char('u')]);
    carry_out(&mut model, &mut open, effects);
    assert_eq!(note(&model), ["Ask the school. Then the GP."]);
}

#[test]
fn significance_and_origin_are_set_for_every_entry_of_a_fact_and_undone_as_one() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    let before = model.picture.clone().unwrap().0;
    find(&mut model, "shouting");
    let fact = |model: &Model| {
        let picture = &model.picture.as_ref().unwrap().0;
        picture.timeline.facts[model.selected_fact().unwrap()].clone()
    };
    press(&mut model, &[Char('s')]);
    let effects = typed(&mut model, "3");
    carry_out(&mut model, &mut open, effects);
    assert_eq!(fact(&model).significance, Some(3));
    press(&mut model, &[Char('o')]);
    let effects = typed(&mut model, "school, social-care");
    carry_out(&mut model, &mut open, effects);
    let origins: Vec<String> = fact(&model)
        .origins
        .iter()
        .map(|one| Origin::text(one).to_owned())
        .collect();
    assert_eq!(origins, ["school", "social-care"]);
    for _ in 0..2 {
        let effects = press(&mut model, &[Char('u')]);
        carry_out(&mut model, &mut open, effects);
    }
    assert_eq!(model.picture.clone().unwrap().0, before);
    let effects = press(&mut model, &[Key::Ctrl('r')]);
    carry_out(&mut model, &mut open, effects);
    assert_eq!(fact(&model).significance, Some(3));
}

#[test]
fn a_conclusion_is_chosen_or_named() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    find(&mut model, "shouting");
    let cited = |model: &Model| {
        let picture = &model.picture.as_ref().unwrap().0;
        let fact = &picture.timeline.facts[model.selected_fact().unwrap()];
        fact.cited_by
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    for (keys, now) in [
        ("C1", vec!["C1"]),
        ("safety", vec!["C1", "safety"]),
        ("Nights are not safe for her.", vec!["C1", "C2", "safety"]),
        ("C1", vec!["C2", "safety"]),
    ] {
        press(&mut model, &[Char('M')]);
        let effects = typed(&mut model, keys);
        carry_out(&mut model, &mut open, effects);
        assert_eq!(cited(&model), now, "after {keys}");
        assert!(model.is_relied_on(model.selected_fact().unwrap()));
    }
    let said = &model.picture.as_ref().unwrap().0.by_hand.conclusions;
    assert!(
        said.values()
            .any(|(text, _)| text == "Nights are not safe for her.")
    );
}

#[test]
fn under_the_lock_everything_stays_as_it_was() {
    let mut model = kept();
    find(&mut model, "shouting");
    press(&mut model, &[Char('n'), Char('h'), Char('a'), Char('l')]);
    let before = (model.overlay.clone(), model.places.clone(), model.view);
    assert_eq!(press(&mut model, &[Key::Ctrl('l')]), [Effect::Wipe]);
    press(&mut model, &"u q:?4".chars().map(Char).collect::<Vec<_>>());
    update(&mut model, Msg::Pasted("more\n".into()));
    let effects = press(&mut model, &[Enter]);
    let [Effect::Unlock { job, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(press(&mut model, &[Enter]).is_empty(), "one try at a time");
    update(&mut model, Msg::Tried(*job, Ok(true)));
    assert_eq!(model.lock, None);
    assert_eq!(before, (model.overlay, model.places, model.view));
}

#[test]
fn a_wrong_passphrase_is_said_logged_and_makes_the_next_try_wait() {
    let mut model = kept();
    press(&mut model, &[Key::Ctrl('l')]);
    let mut waits = Vec::new();
    for _ in 0..3 {
        let effects = typed(&mut model, "not this");
        let [Effect::Unlock { job, wait, .. }] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        waits.push(wait.as_secs());
        let effects = update(&mut model, Msg::Tried(*job, Ok(false)));
        assert_eq!(effects, [Effect::Log(Event::FailedUnlock { times: 1 })]);
        let lock = model.lock.as_ref().unwrap();
        assert!(lock.said.contains("Wrong passphrase") && lock.typed.is_empty());
    }
    assert_eq!(waits, [0, 1, 2]);
    assert!(press(&mut model, &[Enter]).is_empty(), "nothing is typed");
    assert!(press(&mut model, &[Key::Ctrl('c')]).contains(&Effect::Quit));
}

#[test]
fn a_result_of_an_earlier_try_opens_nothing() {
    let mut model = kept();
    press(&mut model, &[Key::Ctrl('l')]);
    update(&mut model, Msg::Tried(7, Ok(true)));
    assert!(model.lock.is_some());
}

#[test]
fn the_screen_is_locked_before_the_shell_has_the_terminal() {
    let mut model = kept();
    for _ in 0..2 {
        let effects = press(&mut model, &[Key::Ctrl('z')]);
        assert_eq!(effects, [Effect::Wipe, Effect::Suspend]);
        assert!(model.lock.is_some());
    }
}

#[test]
fn results_are_taken_in_under_the_lock() {
    let mut model = kept();
    find(&mut model, "shouting");
    let effects = press(&mut model, &[Char(' ')]);
    let effects = written(&mut model, effects);
    let [Effect::Compute { job, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    press(&mut model, &[Key::Ctrl('l')]);
    let (picture, index) = model.picture.clone().unwrap();
    update(&mut model, Msg::PictureReady(*job, picture, index));
    assert!(model.computing.is_none() && model.lock.is_some());
}

#[test]
fn a_case_in_memory_has_no_passphrase_and_enter_goes_on() {
    let mut model = screen(80, 24);
    press(&mut model, &[Key::Ctrl('l'), Char('x')]);
    assert!(model.lock.as_ref().unwrap().typed.is_empty());
    press(&mut model, &[Enter]);
    assert_eq!(model.lock, None);
}

#[test]
fn what_was_being_typed_is_unfinished_and_offered_again() {
    let mut model = kept();
    find(&mut model, "shouting");
    press(
        &mut model,
        &[Char('n'), Char('h'), Char('a'), Char('l'), Char('f')],
    );
    let mut unfinished = model.unfinished();
    unfinished.push(Draft {
        of: DraftOf::Reason("gone".into()),
        text: "because".into(),
    });
    assert_eq!(unfinished.len(), 2);
    let mut model = kept();
    let opened = Msg::Opened {
        is_kept: true,
        held: Held::default(),
        drafts: unfinished.clone(),
    };
    update(&mut model, opened);
    assert!(
        matches!(&model.overlay, Some(Overlay::Text(DraftOf::Note(About::Entry(_)), text)) if text == "half")
    );
    assert_eq!(
        model.unfinished(),
        unfinished,
        "also while it is only offered"
    );
    press(&mut model, &[Esc]);
    assert!(
        matches!(&model.overlay, Some(Overlay::Text(DraftOf::Note(About::Case), text)) if text == "because"),
        "the flag is gone, its reason is not lost"
    );
    press(&mut model, &[Esc]);
    assert!(model.overlay.is_none() && model.unfinished().is_empty());
}
