//! The forms of the views: what their keys do, and that nothing is lost between them.

use proptest::prelude::*;

use crate::case::OpenCase;
use crate::tui::action::View;
use crate::tui::form::{Form, FormRow};
use crate::tui::index::Row;
use crate::tui::keymap::Key::{self, Char, Down, End, Enter, Esc, Home, Left, Right, Tab};
use crate::tui::lanes::Zoom;
use crate::tui::model::{Model, Pane};
use crate::tui::mouse::{Mouse, What};
use crate::tui::msg::{Effect, Msg};
use crate::tui::sample::{case, press, screen};
use crate::tui::update::lanes::span;
use crate::tui::update::update;

use super::tests::{carry_out, find};

fn fact_text(model: &Model) -> String {
    let (picture, _) = model.picture.clone().unwrap();
    let at = model.selected_fact();
    at.map_or(String::new(), |at| picture.text(at).to_owned())
}

fn all_again(model: &mut Model) {
    press(model, &[Char('/'), Key::Ctrl('u'), Enter]);
}

#[test]
fn list_and_lanes_keep_the_selected_fact() {
    let mut model = screen(80, 24);
    find(&mut model, "calm and tidy");
    all_again(&mut model);
    // the filter gives the first row; go to the last dated one
    press(&mut model, &[Home, Down, Down]);
    let before = fact_text(&model);
    press(&mut model, &[Char('v')]);
    assert_eq!(model.place().form, Form::Lanes);
    assert_eq!(fact_text(&model), before);
    let (picture, index) = model.picture.clone().unwrap();
    let at = model.selected_fact().unwrap();
    let agency = &index.agencies[model.lanes.lane].id;
    assert!(picture.timeline.facts[at].agencies.contains(agency));
    press(&mut model, &[Char('v')]);
    assert_eq!(
        (model.place().form, fact_text(&model)),
        (Form::List, before)
    );
}

#[test]
fn keys_walk_through_a_lane_fact_by_fact_and_the_list_follows() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('v'), Home]);
    let (_, index) = model.picture.clone().unwrap();
    let lane = index.lanes.all[model.lanes.lane].clone();
    let mut seen = Vec::new();
    press(&mut model, &[Char('+'); 7]);
    assert_eq!(model.lanes.zoom, Some(Zoom::Week));
    press(&mut model, &[Home]);
    for _ in 0..=lane.facts.len() {
        seen.extend(model.selected_fact().map(|at| at as u32));
        press(&mut model, &[Char('.')]);
    }
    seen.dedup();
    assert_eq!(seen, lane.facts);
    assert!(model.status.contains("No later fact"), "{}", model.status);
    press(&mut model, &[Char(',')]);
    assert_eq!(
        model.selected_fact().map(|at| at as u32),
        Some(lane.facts[lane.facts.len() - 2])
    );
}

#[test]
fn on_a_cell_without_facts_nothing_is_marked() {
    let mut model = screen(80, 24);
    press(
        &mut model,
        &[
            Char('4'),
            Char('v'),
            Char('+'),
            Char('+'),
            Char('+'),
            Char('+'),
            Char('+'),
            Char('+'),
        ],
    );
    press(&mut model, &[Home, Right]);
    assert_eq!(model.selected(), None);
    let effects = press(&mut model, &[Char(' ')]);
    assert!(effects.is_empty() && model.status.contains("Select a fact"));
    press(&mut model, &[Left]);
    assert!(model.selected_fact().is_some());
}

#[test]
fn a_cell_opens_its_facts_and_esc_comes_back_to_it() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('v'), Home]);
    let (lane, day, zoom) = (model.lanes.lane, model.lanes.day, model.lanes.zoom);
    let (_, index) = model.picture.clone().unwrap();
    let facts = index.lanes.all[lane].facts(span(&model)).len();
    press(&mut model, &[Enter]);
    assert_eq!(
        (model.place().form, model.place().shown.len()),
        (Form::List, facts)
    );
    press(&mut model, &[Esc]);
    assert_eq!(model.place().form, Form::Lanes);
    assert_eq!(
        (model.lanes.lane, model.lanes.day, model.lanes.zoom),
        (lane, day, zoom)
    );
    assert_eq!(model.place().shown.len(), 6);
    press(&mut model, &[Esc]);
    assert_eq!(
        (model.view, model.place().form),
        (View::Timeline, Form::List)
    );
    press(&mut model, &[Esc]);
    assert_eq!(model.view, View::Overview);
}

#[test]
fn a_filter_narrows_the_lanes_too() {
    let mut model = screen(80, 24);
    find(&mut model, "shouting");
    press(&mut model, &[Char('v')]);
    let narrowed = model.lanes.narrowed.clone().unwrap();
    let left: usize = narrowed
        .iter()
        .map(|lane| lane.facts.len() + lane.undated.len())
        .sum();
    assert_eq!(left, 1);
    assert!(fact_text(&model).contains("shouting"));
}

#[test]
fn a_view_with_one_form_says_so_and_the_palette_leads_to_the_lanes() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('1'), Char('v')]);
    assert!(
        model.status.contains("does nothing here"),
        "{}",
        model.status
    );
    assert!(
        model.status.contains("Timeline (4)") && model.status.contains("People (3)"),
        "{}",
        model.status
    );
    press(&mut model, &[Char('S')]);
    assert_eq!(
        model.status,
        "S does nothing here. It does in Timeline (4), Sharing (7). ? explains the keys."
    );
    press(&mut model, &[Char('Z')]);
    assert!(
        model.status.contains(": finds any action"),
        "{}",
        model.status
    );
    press(&mut model, &[Char(':')]);
    press(
        &mut model,
        &"silence map".chars().map(Char).collect::<Vec<_>>(),
    );
    press(&mut model, &[Enter]);
    assert_eq!(
        (model.view, model.place().form),
        (View::Reliance, Form::Silence)
    );
    press(&mut model, &[Char(':')]);
    press(&mut model, &"zoom in".chars().map(Char).collect::<Vec<_>>());
    press(&mut model, &[Enter]);
    assert_eq!(
        (model.view, model.place().form),
        (View::Timeline, Form::Lanes)
    );
}

#[test]
fn the_other_pane_is_reached_and_left_in_every_form() {
    for (view, form) in all_forms() {
        let mut model = in_form(view, form, (80, 24));
        press(&mut model, &[Tab]);
        assert_eq!(model.place().pane, Pane::Detail, "{form:?}");
        press(&mut model, &[Esc]);
        assert_eq!((model.place().pane, model.place().form), (Pane::List, form));
        press(&mut model, &[Esc]);
        assert_eq!((model.view, model.place().form), (view, Form::List));
    }
}

pub(super) fn all_forms() -> Vec<(View, Form)> {
    let views = View::ALL.into_iter();
    let all = views.flat_map(|view| Form::of(view).iter().map(move |form| (view, *form)));
    all.filter(|(_, form)| *form != Form::List).collect()
}

fn in_form(view: View, form: Form, size: (u16, u16)) -> Model {
    let mut model = screen(size.0, size.1);
    press(&mut model, &[Char(char::from(b'1' + view.index() as u8))]);
    while model.place().form != form {
        press(&mut model, &[Char('v')]);
    }
    model
}

fn typed(model: &mut Model, text: &str) -> Vec<Effect> {
    press(model, &text.chars().map(Char).collect::<Vec<_>>())
}

#[test]
fn only_narrows_step_by_step_and_esc_shows_all_again() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('F')]);
    typed(&mut model, "agency police");
    press(&mut model, &[Enter]);
    let police = model.place().shown.len();
    assert!(police > 0 && police < 6);
    assert!(model.banner().unwrap().contains("Only agency: Police."));
    press(&mut model, &[Char('F')]);
    typed(&mut model, "agency school");
    press(&mut model, &[Enter]);
    assert_eq!(model.place().shown.len(), police + 2, "either of the two");
    press(&mut model, &[Char('v')]);
    let lanes = model.lanes.narrowed.clone().unwrap();
    let shown: usize = lanes.iter().map(|lane| lane.facts.len()).sum();
    assert!(
        shown > 0 && shown <= police + 2,
        "the lanes are narrowed too"
    );
    press(&mut model, &[Esc, Char('F')]);
    typed(&mut model, "agency police");
    press(&mut model, &[Enter]);
    assert_eq!(model.place().shown.len(), 2, "the same again: no longer");
    press(&mut model, &[Esc]);
    assert_eq!((model.place().shown.len(), model.banner()), (6, None));
}

#[test]
fn agencies_are_switched_off_and_on_and_nothing_is_decided() {
    let mut model = in_form(View::Reliance, Form::KnockOut, (80, 24));
    let (picture, index) = model.picture.clone().unwrap();
    let at = index
        .drawn
        .switches
        .iter()
        .position(|id| id.as_str() == "social-care");
    let letter = crate::tui::drawn::knock::letter(at.unwrap()).unwrap();
    assert!(press(&mut model, &[Char(letter)]).is_empty());
    assert_eq!(
        model.forms.fall.fallen,
        picture.reliance.knock_out.unsupported[&index.drawn.switches[at.unwrap()]]
    );
    assert!(
        model.banner().unwrap().contains("Falls: 1 of 1"),
        "{:?}",
        model.banner()
    );
    press(&mut model, &[Char(letter)]);
    assert_eq!((model.forms.fall.fallen, model.banner()), (0, None));
    press(&mut model, &[Char(' ')]);
    assert_eq!(model.forms.off.len(), 1);
    press(&mut model, &[Char('0')]);
    assert!(model.forms.off.is_empty());
    press(&mut model, &[Char('Z')]);
    assert!(
        model.status.contains("No agency has the letter"),
        "{}",
        model.status
    );
}

#[test]
fn the_same_person_and_agency_stay_selected_from_form_to_form() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('3'), Char('v')]);
    let (picture, index) = model.picture.clone().unwrap();
    let Some(Row::Of(FormRow::Member(at))) = model.selected() else {
        panic!()
    };
    let person = index.drawn.family.person(at).unwrap();
    press(&mut model, &[Esc]);
    assert_eq!(
        model.selected(),
        Some(Row::Person(person)),
        "{}",
        picture.person_name(person)
    );
    let mut model = in_form(View::Reliance, Form::Silence, (80, 24));
    press(&mut model, &[Down, Left, Left]);
    let Some(Row::Of(FormRow::Silence(at))) = model.selected() else {
        panic!()
    };
    let agency = index.drawn.silence.agencies[at].0.clone();
    press(&mut model, &[Esc]);
    let Some(Row::Group(group)) = model.selected() else {
        panic!("{:?}", model.selected())
    };
    assert_eq!(picture.reliance.groups[group].group, agency.as_str());
}

#[test]
fn a_month_of_the_silence_map_opens_its_facts() {
    let mut model = in_form(View::Reliance, Form::Silence, (80, 24));
    let (_, index) = model.picture.clone().unwrap();
    let map = &index.drawn.silence;
    let (row, month) = map
        .agencies
        .iter()
        .enumerate()
        .find_map(|(row, (_, months))| {
            months
                .iter()
                .position(|month| month.entries > 0)
                .map(|month| (row, month))
        })
        .unwrap();
    press(&mut model, &vec![Down; row]);
    press(&mut model, &vec![Left; map.months.len() - 1 - month]);
    press(&mut model, &[Enter]);
    assert_eq!(
        (model.view, model.place().form),
        (View::Timeline, Form::List)
    );
    assert!(!model.place().shown.is_empty());
    press(&mut model, &[Esc]);
    assert_eq!(
        (model.view, model.place().form),
        (View::Reliance, Form::Silence)
    );
}

#[test]
fn a_record_is_taken_out_and_persons_are_joined_and_undo_takes_it_back_whole() {
    let mut model = screen(80, 24);
    let mut open = OpenCase::in_memory(case());
    let persons = |model: &Model| model.picture.clone().unwrap().0.people.persons.len();
    let before = persons(&model);
    press(&mut model, &[Char('3')]);
    let (picture, _) = model.picture.clone().unwrap();
    let split = (0..model.place().shown.len()).find(|at| {
        matches!(model.row(*at), Some(Row::Person(person)) if picture.people.persons[person].records.len() > 1)
    });
    model.place_mut().at = split.expect("a person of several records");
    press(&mut model, &[Char('x')]);
    let effects = press(&mut model, &[Enter]);
    assert!(matches!(&effects[..], [Effect::Decide { verdicts, .. }] if !verdicts.is_empty()));
    carry_out(&mut model, &mut open, effects);
    assert_eq!(persons(&model), before + 1);
    let undone = press(&mut model, &[Char('u')]);
    carry_out(&mut model, &mut open, undone);
    assert_eq!(persons(&model), before);
    let one =
        (0..model.place().shown.len()).find(|at| matches!(model.row(*at), Some(Row::Person(_))));
    model.place_mut().at = one.unwrap();
    press(&mut model, &[Char('J')]);
    let effects = press(&mut model, &[Enter]);
    carry_out(&mut model, &mut open, effects);
    assert_eq!(persons(&model), before - 1);
}

#[test]
fn the_queue_begins_with_what_changes_most() {
    let model = screen(80, 24);
    let (_, index) = model.picture.clone().unwrap();
    let weights: Vec<_> = index
        .queue
        .iter()
        .map(|at| index.stakes[at].weight())
        .collect();
    assert!(
        weights.is_sorted_by(|one, other| one >= other),
        "{weights:?}"
    );
}

#[test]
fn the_mouse_selects_in_a_drawing_what_it_is_pressed_on() {
    let mut model = in_form(View::Timeline, Form::Lanes, (80, 24));
    let area = model.areas().unwrap().list;
    let press_at = |model: &mut Model, x: u16, y: u16| {
        update(
            model,
            Msg::Mouse(Mouse {
                what: What::Press,
                x,
                y,
            }),
        )
    };
    press_at(&mut model, area.x + 40, area.y + 2);
    assert_eq!(model.lanes.lane, 2);
    let mut model = in_form(View::People, Form::Family, (80, 24));
    let (_, index) = model.picture.clone().unwrap();
    let last = index.drawn.family.said.len() - 1;
    let (x, y, ..) = index.drawn.family.extent(last).unwrap();
    let area = model.areas().unwrap().list;
    press_at(&mut model, area.x + x as u16 + 1, area.y + y as u16);
    assert_eq!(model.selected(), Some(Row::Of(FormRow::Member(last))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_pressed_in_a_form_stays_in_bounds(
        at in 0usize..6,
        keys in prop::collection::vec(prop::sample::select(vec![
            Char('+'), Char('-'), Char('.'), Char(','), Left, Right, Key::Up, Down, Home, End,
            Key::PageUp, Key::PageDown, Enter, Esc, Tab, Char('v'), Char(' '), Char('f'), Char('/'), Char('a'),
        ]), 60),
        size in (60u16..=300, 15u16..=100),
    ) {
        let forms = all_forms();
        let (view, form) = forms[at % forms.len()];
        let mut model = in_form(view, form, (80, 24));
        for key in keys {
            update(&mut model, Msg::Key(key));
            let (_, index) = model.picture.clone().unwrap();
            prop_assert!(model.lanes.lane < index.agencies.len());
            let place = model.place();
            prop_assert!(place.at < place.shown.len().max(1));
            if let (Some(at), Form::Lanes) = (model.selected_fact(), place.form) {
                let lane = index.lanes.all[model.lanes.lane].facts(span(&model));
                prop_assert!(lane.contains(&(at as u32)));
            }
        }
        update(&mut model, Msg::Resize(size.0, size.1));
        let _ = model.selected() == Some(Row::Fact(0));
    }
}
