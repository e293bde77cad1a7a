//! What holds whatever keys are pressed.

use std::sync::Arc;

use proptest::prelude::*;

use crate::case::{Hand, OpenCase, Step, last_decided_by, last_taken_back_by, touches};
use crate::model::decision::{Sameness, Verdict, standing};
use crate::picture::{Picture, Since};
use crate::tui::action::{Action, View};
use crate::tui::adding::{News, Unsaved};
use crate::tui::form::Form;
use crate::tui::index::{Index, Row};
use crate::tui::keymap::{Key, TABLE};
use crate::tui::lock::Cause;
use crate::tui::model::{Model, Pane};
use crate::tui::mouse::{Mouse, What};
use crate::tui::msg::{Effect, Held, Msg};
use crate::tui::sample::{case, press, screen};
use crate::tui::update::update;

use Key::{Char, Enter, Esc};

fn keys() -> impl Strategy<Value = Key> {
    let bound: Vec<Key> = TABLE.iter().flat_map(|b| b.keys.iter().copied()).collect();
    prop_oneof![8 => prop::sample::select(bound), 1 => any::<char>().prop_map(Char)]
}

/// What the desk of the wizard may answer, whatever was asked.
fn news() -> impl Strategy<Value = News> {
    let look = Arc::new(crate::tui::view::look_for_tests());
    let job = 0u64..60;
    prop_oneof![
        job.clone().prop_map(|job| News::Listed(
            job,
            String::new(),
            vec!["a/".into(), "b.csv".into()]
        )),
        job.clone()
            .prop_map(move |job| News::Looked(job, Ok((Arc::clone(&look), String::new())))),
        job.clone()
            .prop_map(|job| News::Looked(job, Err("no".into()))),
        job.clone()
            .prop_map(|job| News::Tried(job, Err("no".into()))),
        job.clone()
            .prop_map(|job| News::Saved(job, Ok("kept".into()))),
        job.clone()
            .prop_map(|job| News::Saved(job, Err(Unsaved::IsThere("x".into())))),
        job.prop_map(|job| News::Imported(job, Err("no".into()))),
    ]
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
        4 => (0u16..200, 0u16..60, prop::sample::select(vec![What::Press, What::WheelUp, What::WheelDown]))
            .prop_map(|(x, y, what)| Msg::Mouse(Mouse { what, x, y })),
        2 => news().prop_map(Msg::Adding),
    ]
}

fn is_in_bounds(model: &Model) -> bool {
    let place = model.place();
    let is_landed = model.selected().is_some()
        || model.place().form == Form::Lanes
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
    fn nothing_pressed_leads_out_of_bounds_and_esc_leads_home(
        view in prop::sample::select(View::ALL.to_vec()),
        overlay in prop::sample::select(crate::tui::view::overlays_for_tests()),
        is_kept in any::<bool>(),
        messages in prop::collection::vec(messages(), 200),
    ) {
        let mut model = screen(80, 24);
        model.is_kept = is_kept;
        update(&mut model, Msg::Do(Action::Go(view)));
        model.overlay = overlay;
        for msg in messages {
            update(&mut model, msg.clone());
            prop_assert!(is_in_bounds(&model), "{msg:?} {:?}", model.place());
        }
        // a lock over a case that is kept opens with its passphrase alone
        model.lock = model.lock.filter(|_| !is_kept);
        update(&mut model, Msg::Key(Enter));
        for _ in 0..18 {
            update(&mut model, Msg::Key(Esc));
        }
        prop_assert_eq!(model.view, View::Overview);
        prop_assert_eq!(&model.overlay, &None);
        prop_assert_eq!(model.place().pane, Pane::List);
        prop_assert!(model.place().query.is_empty() && model.tour.is_none() && model.computing.is_none());
    }
}

/// Does what the loop does with effects, in one thread.
pub(super) fn carry_out(model: &mut Model, case: &mut OpenCase, effects: Vec<Effect>) {
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
            can_undo: last_decided_by(decisions).is_some(),
            can_redo: last_taken_back_by(decisions).is_some(),
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
pub(super) fn written(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
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

pub(super) fn find(model: &mut Model, text: &str) {
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
