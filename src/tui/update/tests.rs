//! What holds whatever keys are pressed.

use std::sync::Arc;

use proptest::prelude::*;

use crate::case::audit::Event;
use crate::case::{Draft, DraftOf, Hand, OpenCase, Step, to_redo, to_undo, touches};
use crate::model::decision::{About, Sameness, Verdict, standing};
use crate::model::fact::Origin;
use crate::picture::{Picture, Since};
use crate::tui::action::{Action, View};
use crate::tui::index::{Index, Row};
use crate::tui::keymap::{Key, TABLE};
use crate::tui::lock::Cause;
use crate::tui::model::{Model, Overlay, Pane};
use crate::tui::msg::{Effect, Held, Msg};
use crate::tui::sample::{case, press, screen};
use crate::tui::update::update;

use Key::{Char, Enter, Esc};

fn keys() -> impl Strategy<Value = Key> {
    let bound: Vec<Key> = TABLE.iter().flat_map(|b| b.keys.iter().copied()).collect();
    prop_oneof![8 => prop::sample::select(bound), 1 => any::<char>().prop_map(Char)]
}

fn messages() -> impl Strategy<Value = Msg> {
    let sizes = (0u16..200, 0u16..60);
    prop_oneof![
        20 => keys().prop_map(Msg::Key),
        1 => sizes.prop_map(|(width, height)| Msg::Resize(width, height)),
        1 => Just(Msg::Tick),
        1 => (0u64..20, prop::collection::vec(0usize..9, 0..5)).prop_map(|(job, shown)| Msg::Filtered(job, shown)),
        1 => (1u64..20).prop_map(|job| Msg::Failed(job, "no".into())),
        1 => ".{0,20}".prop_map(Msg::Pasted),
        3 => Just(Msg::NotWritten("no".into())),
        1 => Just(Msg::Lock(Cause::Asked)),
        1 => (0u64..20, any::<bool>()).prop_map(|(job, is_right)| Msg::Tried(job, Ok(is_right))),
    ]
}

fn is_in_bounds(model: &Model) -> bool {
    let place = model.place();
    let is_landed = model.selected().is_some()
        || !place
            .shown
            .iter()
            .enumerate()
            .any(|(at, _)| model.row(at).is_some_and(|r| !r.is_heading()));
    is_landed
        && (place.shown.is_empty() && place.at == 0 || place.at < place.shown.len())
        && place.top <= place.at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_pressed_leads_out_of_bounds_and_esc_leads_home(messages in prop::collection::vec(messages(), 200)) {
        let mut model = screen(80, 24);
        for msg in messages {
            update(&mut model, msg.clone());
            prop_assert!(is_in_bounds(&model), "{msg:?} {:?}", model.place());
        }
        update(&mut model, Msg::Key(Enter));
        for _ in 0..12 {
            update(&mut model, Msg::Key(Esc));
        }
        prop_assert_eq!(model.view, View::Overview);
        prop_assert_eq!(&model.overlay, &None);
        prop_assert_eq!(model.place().pane, Pane::List);
        prop_assert!(model.place().query.is_empty() && model.tour.is_none() && model.computing.is_none());
    }
}

/// Does what the loop does with effects, in one thread.
fn carry_out(model: &mut Model, case: &mut OpenCase, effects: Vec<Effect>) {
    let hand = Hand {
        by: "A. Analyst",
        at: 0,
    };
    for effect in effects {
        let (then, changed) = match effect {
            Effect::Decide {
                verdicts,
                why,
                then,
            } => {
                let verdicts = verdicts.into_iter().map(|one| (one, Vec::new()));
                let step = Step {
                    verdicts: verdicts.collect(),
                    why,
                };
                (Some(then), case.decide(step, hand).unwrap())
            }
            Effect::Undo => (None, case.undo(hand).unwrap()),
            Effect::Redo => (None, case.redo(hand).unwrap()),
            _ => continue,
        };
        let since = changed.iter().map(touches).min().unwrap();
        let decisions = &case.case().decisions;
        let held = Held {
            decided: standing(decisions).count(),
            can_undo: to_undo(decisions).is_some(),
            can_redo: to_redo(decisions).is_some(),
        };
        let msg = match then {
            Some(then) => Msg::Decided(then, held, since),
            None => Msg::Turned(String::new(), held, since),
        };
        let effects = update(model, msg);
        let [Effect::Compute { job, since }] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        let (picture, _) = model.picture.clone().unwrap();
        let again = Picture::again(case.case(), &picture.settings, Some((&picture, *since)));
        let picture = Arc::new(again.unwrap());
        let index = Arc::new(Index::of(&picture));
        update(model, Msg::PictureReady(*job, picture, index));
    }
}

/// Takes decisions as written, without a case.
fn written(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    let mut follow = Vec::new();
    for effect in effects {
        let Effect::Decide { then, .. } = effect else {
            continue;
        };
        let held = Held {
            decided: model.held.decided + 1,
            can_undo: true,
            can_redo: false,
        };
        follow.extend(update(model, Msg::Decided(then, held, Since::Citations)));
    }
    follow
}

fn find(model: &mut Model, text: &str) {
    press(model, &[Char('4'), Char('/')]);
    press(model, &text.chars().map(Char).collect::<Vec<_>>());
    press(model, &[Enter]);
}

#[test]
fn a_mark_moves_the_reliance_view_and_undo_brings_every_bit_back() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    let before = model.picture.clone().unwrap().0;
    find(&mut model, "shouting");
    let fact = model.selected_fact().unwrap();
    assert!(!model.is_relied_on(fact));
    let effects = press(&mut model, &[Char(' ')]);
    assert!(
        !model.is_relied_on(fact),
        "nothing is shown before it is written"
    );
    carry_out(&mut model, &mut open, effects);
    assert!(model.is_relied_on(fact));
    let after = model.picture.clone().unwrap().0;
    assert_eq!(after.reliance.cited, before.reliance.cited + 1);
    assert_eq!(
        model
            .selected_fact()
            .map(|f| after.timeline.facts[f].id.clone()),
        Some(before.timeline.facts[fact].id.clone())
    );
    let effects = press(&mut model, &[Char('u')]);
    carry_out(&mut model, &mut open, effects);
    assert_eq!(model.picture.clone().unwrap().0, before);
    assert!(!model.is_relied_on(fact));
    assert!(
        press(&mut model, &[Char('u')]).is_empty(),
        "nothing is left to take back"
    );
}

#[test]
fn taking_a_mark_away_takes_it_from_every_conclusion_in_one_step() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    find(&mut model, "tidy");
    let fact = model.selected_fact().unwrap();
    assert!(model.is_relied_on(fact), "conclusion C1 cites it");
    let effects = press(&mut model, &[Char('m')]);
    carry_out(&mut model, &mut open, effects);
    assert!(!model.is_relied_on(fact));
    assert_eq!(model.picture.as_ref().unwrap().0.reliance.cited, 0);
}

#[test]
fn an_echo_can_be_rejected_and_then_is_no_longer_suspected() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    find(&mut model, "reports");
    let fact = model.selected_fact().unwrap();
    assert!(
        !model.picture.as_ref().unwrap().0.timeline.facts[fact]
            .suspected
            .is_empty()
    );
    let effects = press(&mut model, &[Char('i')]);
    carry_out(&mut model, &mut open, effects);
    assert!(
        model.picture.as_ref().unwrap().0.timeline.facts[fact]
            .suspected
            .is_empty()
    );
    press(&mut model, &[Char('e')]);
    assert!(
        model.status.contains("not suspected"),
        "the key says why it does nothing"
    );
}

#[test]
fn a_pair_is_decided_with_the_smaller_record_on_the_left() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('3')]);
    let at = (0..model.place().shown.len())
        .find(|at| matches!(model.row(*at), Some(Row::Pair(_))))
        .unwrap();
    model.place_mut().at = at;
    let effects = press(&mut model, &[Char('d')]);
    let [Effect::Decide { verdicts, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let [
        Verdict::Persons {
            left,
            right,
            same: Sameness::Different,
        },
    ] = verdicts.as_slice()
    else {
        panic!()
    };
    assert!(left < right);
}

#[test]
fn a_stopped_job_changes_nothing_when_it_ends() {
    let mut model = screen(80, 24);
    find(&mut model, "shouting");
    let before = model.picture.clone().unwrap();
    let effects = press(&mut model, &[Char(' ')]);
    let effects = written(&mut model, effects);
    let [Effect::Compute { job, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    press(&mut model, &[Esc]);
    assert!(model.is_behind && model.status.contains("Stopped"));
    let other = Arc::new(Index::default());
    update(&mut model, Msg::PictureReady(*job, before.0.clone(), other));
    assert_eq!(
        model.picture,
        Some(before),
        "the result of a stopped job is dropped"
    );
    assert!(matches!(
        press(&mut model, &[Char('r')]).as_slice(),
        [Effect::Compute { .. }]
    ));
}

#[test]
fn a_figure_opens_its_facts_and_esc_comes_back_to_it() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('5'), Enter]);
    assert_eq!(model.view, View::Timeline);
    let lens = model.lens.clone().unwrap();
    assert_eq!(model.place().shown.len(), lens.facts.len());
    assert!(model.banner().unwrap().contains("available"));
    press(&mut model, &[Esc]);
    assert_eq!((model.view, model.lens.is_none()), (View::Reliance, true));
}

#[test]
fn leaving_asks_once_when_decisions_would_be_lost() {
    let mut model = screen(80, 24);
    model.notice = Some("Decisions will not be kept.".into());
    find(&mut model, "shouting");
    let effects = press(&mut model, &[Char(' ')]);
    written(&mut model, effects);
    press(&mut model, &[Esc, Char('1')]);
    assert!(!press(&mut model, &[Char('q')]).contains(&Effect::Quit));
    assert!(model.status.contains("not be kept"));
    assert!(press(&mut model, &[Char('q')]).contains(&Effect::Quit));
    assert!(press(&mut model, &[Key::Ctrl('c')]).contains(&Effect::Quit));
}

#[test]
fn every_action_of_the_palette_can_be_chosen_from_every_view() {
    for view in View::ALL {
        for binding in crate::tui::search::actions("") {
            let mut model = screen(80, 24);
            update(&mut model, Msg::Do(Action::Go(view)));
            update(&mut model, Msg::Do(binding.action));
            assert!(is_in_bounds(&model), "{view:?} {:?}", binding.action);
        }
    }
}

#[test]
fn a_first_decision_asks_for_a_name_and_then_goes_on() {
    let mut model = screen(80, 24);
    model.by.clear();
    find(&mut model, "shouting");
    assert!(press(&mut model, &[Char(' ')]).is_empty());
    let effects = press(&mut model, &[Char('B'), Char('o'), Enter]);
    assert!(
        matches!(effects.as_slice(), [Effect::Name(name), Effect::Decide { .. }] if name == "Bo")
    );
}

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
