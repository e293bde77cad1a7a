//! What the screens look like at four sizes, and what never reaches them.

use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use crate::model::decision::{About, Decision, Verdict};
use crate::model::fact::Origin;
use crate::model::settings::Settings;
use crate::picture::Picture;
use crate::sharing::Answer;
use crate::tui::action::View;
use crate::tui::index::{Index, Row};
use crate::tui::keymap::Key::{self, Char, Enter, Tab};
use crate::tui::model::Model;
use crate::tui::msg::{Msg, Progress};
use crate::tui::sample::{HOSTILE, press, screen};
use crate::tui::theme::Theme;
use crate::tui::update::update;
use crate::tui::view::{draw, withheld};

pub(super) const SIZES: [(u16, u16); 4] = [(60, 15), (80, 24), (120, 40), (200, 50)];

pub(super) fn drawn(model: &Model) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal.draw(|frame| draw(model, frame)).unwrap();
    terminal
}

pub(super) fn shown(model: &Model) -> String {
    drawn(model).backend().to_string()
}

pub(super) fn digit(view: View) -> Key {
    Char(char::from(b'1' + view.index() as u8))
}

#[test]
fn every_view_at_four_sizes() {
    for (width, height) in SIZES {
        for view in View::ALL {
            let mut model = screen(width, height);
            press(&mut model, &[digit(view)]);
            insta::assert_snapshot!(
                format!("{}_{width}x{height}", view.name().to_lowercase()),
                shown(&model)
            );
        }
    }
}

#[test]
fn what_lies_over_a_view() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('?')]);
    insta::assert_snapshot!("help", shown(&model));
    press(
        &mut model,
        &[
            Key::Esc,
            Char(':'),
            Char('u'),
            Char('n'),
            Char('d'),
            Char('o'),
        ],
    );
    insta::assert_snapshot!("palette", shown(&model));
    let mut model = screen(80, 24);
    press(&mut model, &[Char('3')]);
    let at = (0..9).find(|at| matches!(model.row(*at), Some(Row::Pair(_))));
    model.place_mut().at = at.unwrap();
    press(&mut model, &[Tab]);
    insta::assert_snapshot!("waterfall", shown(&model));
    let mut model = screen(80, 24);
    press(&mut model, &[Char('6'), Char('x'), Char('o'), Char('k')]);
    insta::assert_snapshot!("reason", shown(&model));
    for (key, name) in [
        ('n', "note"),
        ('s', "significance"),
        ('o', "origin"),
        ('M', "conclusion"),
    ] {
        let mut model = screen(80, 24);
        press(&mut model, &[Char('4'), Char(key), Char('s')]);
        insta::assert_snapshot!(name, shown(&model));
    }
    let mut model = screen(80, 24);
    press(
        &mut model,
        &[
            Char('4'),
            Char('/'),
            Char('t'),
            Char('i'),
            Char('d'),
            Char('y'),
        ],
    );
    insta::assert_snapshot!("filter", shown(&model));
    let mut model = screen(60, 15);
    model.tour = Some(0);
    press(&mut model, &[Char('4'), Enter]);
    insta::assert_snapshot!("tour_and_detail_60x15", shown(&model));
}

/// A screen of 80 columns and 24 rows that is viewed as the school, which may not see one fact.
fn viewed_as_the_school(size: (u16, u16)) -> Model {
    let mut case = crate::tui::sample::case();
    let mut supplied = (*case.supplied).clone();
    supplied.entries[0].handling = vec![crate::model::phrase::Coded::Known(
        crate::model::words::Handling::AskOriginator,
    )];
    case.supplied = Arc::new(supplied);
    let settings = Settings::of_config(&case.supplied.config);
    let whole = Arc::new(Picture::of(&case, &settings).unwrap());
    let mut model = screen(size.0, size.1);
    press(&mut model, &[Char('a')]);
    press(&mut model, &"school".chars().map(Char).collect::<Vec<_>>());
    press(&mut model, &[Enter, Enter]);
    let view_as = model.view_as.clone();
    let shown = crate::tui::viewing::shown(&whole, &case, &settings, view_as.as_ref());
    let (picture, index) = shown.unwrap();
    let job = model.jobs;
    update(&mut model, Msg::PictureReady(job, picture, index));
    model
}

#[test]
fn the_sign_that_somebody_else_looks_on_is_a_bar_in_words_at_every_size() {
    for (width, height) in SIZES {
        let mut model = viewed_as_the_school((width, height));
        press(&mut model, &[Char('4')]);
        let terminal = drawn(&model);
        let buffer = terminal.backend().buffer();
        for x in 0..width {
            let cell = &buffer[(x, 0)];
            let is_reversed = cell.modifier.contains(ratatui::style::Modifier::REVERSED);
            assert!(is_reversed, "column {x} of {width}");
        }
        let shown = terminal.backend().to_string();
        assert!(shown.contains("VIEW AS School") && shown.contains("1 fact held back"));
        assert!(!shown.contains("Officers"));
    }
    let mut model = viewed_as_the_school((80, 24));
    insta::assert_snapshot!("view_as", shown(&model));
    press(&mut model, &[Char('a'), Key::Down, Enter, Enter]);
    insta::assert_snapshot!("view_as_computing", shown(&model));
    let covered = shown(&model);
    assert!(!covered.contains("Katherine") && !covered.contains("2025"));
}

#[test]
fn the_boxes_of_sharing_and_requests() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4'), Char('S')]);
    insta::assert_snapshot!("share_with", shown(&model));
    press(&mut model, &[Enter, Enter]);
    insta::assert_snapshot!("share_question", shown(&model));
    let mut model = screen(60, 15);
    press(
        &mut model,
        &[Char('4'), Char('S'), Enter, Enter, Char('n'), Enter],
    );
    insta::assert_snapshot!("share_question_60x15", shown(&model));
    let mut model = screen(80, 24);
    press(&mut model, &[Char('6'), Char('R'), Enter]);
    insta::assert_snapshot!("request", shown(&model));
}

#[test]
fn before_there_is_a_picture_and_when_there_is_no_room() {
    let mut model = Model::new("Example", "A. Analyst", (60, 15));
    let progress = Progress {
        stage: "reading the files: 3 of 9 MB".into(),
        done: 3,
        total: 9,
        taken: Duration::from_secs(20),
        left: Some(Duration::from_secs(40)),
    };
    update(&mut model, Msg::Progress(progress));
    insta::assert_snapshot!("loading", shown(&model));
    let small = screen(40, 8);
    assert!(shown(&small).contains("60 by 15"));
}

/// A screen that is locked while a note is typed.
fn locked(is_kept: bool, size: (u16, u16)) -> Model {
    let mut model = screen(size.0, size.1);
    model.is_kept = is_kept;
    press(&mut model, &[Char('4'), Char('n'), Char('o'), Char('k')]);
    press(&mut model, &[Key::Ctrl('l')]);
    model
}

#[test]
fn a_locked_screen_shows_nothing_of_the_case_and_not_how_much_is_typed() {
    let empty = shown(&locked(true, (80, 24)));
    insta::assert_snapshot!("locked_in_memory", shown(&locked(false, (80, 24))));
    let mut model = locked(true, (80, 24));
    press(&mut model, &[Char('a')]);
    let one = shown(&model);
    insta::assert_snapshot!("locked", one);
    press(
        &mut model,
        &"long passphrase".chars().map(Char).collect::<Vec<_>>(),
    );
    assert_eq!(shown(&model), one);
    press(&mut model, &[Key::Ctrl('u')]);
    assert_eq!(shown(&model), empty);
    let of_the_case = ["Katherine", "Social", "School", "Police", "2026", "tired"];
    let mut open = screen(80, 24);
    press(&mut open, &[Char('4')]);
    let open = shown(&open);
    assert!(of_the_case.iter().all(|word| open.contains(word)), "{open}");
    for (size, is_kept) in [
        ((80, 24), true),
        ((60, 15), false),
        ((30, 5), true),
        ((1, 1), true),
    ] {
        let shown = shown(&locked(is_kept, size));
        for word in of_the_case {
            assert!(!shown.contains(word), "{word} in\n{shown}");
        }
    }
}

#[test]
fn what_was_set_by_hand_is_shown_with_who_set_it() {
    let mut case = crate::tui::sample::case();
    let entry = crate::model::id::EntryId::new(&crate::model::id::AgencyId::new("police"), "E1");
    let about = About::Entry(entry.clone());
    let set = [
        Verdict::Noted {
            about,
            text: format!("Ask the school. {HOSTILE}"),
        },
        Verdict::Significance {
            entry: entry.clone(),
            level: 2,
        },
        Verdict::Origin {
            entry,
            origins: vec![Origin::Unknown],
        },
    ];
    let numbered = (1..).zip(set);
    case.decisions = numbered
        .map(|(number, verdict)| Decision::plain(number, verdict, "B. Other"))
        .collect();
    let settings = Settings::of_config(&case.supplied.config);
    let picture = Arc::new(Picture::of(&case, &settings).unwrap());
    let index = Arc::new(Index::of(&picture));
    let mut model = screen(220, 60);
    update(&mut model, Msg::PictureReady(0, picture, index));
    press(&mut model, &[Char('4'), Char('/')]);
    press(
        &mut model,
        &"shouting".chars().map(Char).collect::<Vec<_>>(),
    );
    press(&mut model, &[Enter]);
    let shown = shown(&model);
    for part in [
        "Ask the school.",
        "(B. Other)",
        "2, set by B. Other",
        "set by B. Other)",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn a_withheld_fact_in_sight_is_named_for_the_log() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4')]);
    let (picture, index) = model.picture.clone().unwrap();
    let mut picture = (*picture).clone();
    let at = model.selected_fact().unwrap();
    picture.answers = vec![Answer::Yes; picture.answers.len()];
    let shown = |picture: &Picture, keys: &[Key], size: (u16, u16)| {
        let mut model = screen(size.0, size.1);
        let msg = Msg::PictureReady(0, Arc::new(picture.clone()), Arc::clone(&index));
        update(&mut model, msg);
        press(&mut model, keys);
        withheld(&model).cloned()
    };
    assert_eq!(shown(&picture, &[Char('4')], (80, 24)), None);
    picture.answers[at] = Answer::No("ask police".into());
    let fact = Some(picture.timeline.facts[at].id.clone());
    assert_eq!(shown(&picture, &[Char('4')], (80, 24)), fact);
    assert_eq!(shown(&picture, &[Char('4'), Key::Down], (80, 24)), None);
    assert_eq!(
        shown(&picture, &[Char('4')], (60, 15)),
        None,
        "only its line is in sight"
    );
    assert_eq!(shown(&picture, &[Char('4'), Enter], (60, 15)), fact);
    assert_eq!(
        shown(&picture, &[Char('4'), Key::Ctrl('l')], (80, 24)),
        None
    );
}

#[test]
fn hostile_text_reaches_no_cell() {
    for (width, height) in SIZES {
        for view in View::ALL {
            let mut model = screen(width, height);
            press(&mut model, &[digit(view), Tab]);
            for _ in 0..12 {
                let terminal = drawn(&model);
                for cell in terminal.backend().buffer().content() {
                    let raw = cell
                        .symbol()
                        .chars()
                        .find(|c| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}'));
                    assert_eq!(raw, None, "{view:?}");
                }
                press(&mut model, &[Key::Down, Tab, Key::Down, Tab]);
            }
        }
    }
    let mut model = screen(80, 24);
    press(
        &mut model,
        &[Char('4'), Char('/'), Char('g'), Char('p'), Char('j'), Enter],
    );
    assert!(
        shown(&model).contains("⟨U+202E⟩gpj"),
        "it is shown by its number"
    );
}

#[test]
fn without_colour_no_cell_has_a_colour() {
    for view in View::ALL {
        let mut model = screen(80, 24);
        model.theme = Theme::None;
        press(&mut model, &[digit(view)]);
        let terminal = drawn(&model);
        let cells = terminal.backend().buffer().content();
        assert!(
            cells
                .iter()
                .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset)
        );
    }
}

#[test]
fn a_fact_opens_its_source_row_as_supplied() {
    let mut model = screen(120, 40);
    press(&mut model, &[Char('4'), Char('/')]);
    press(
        &mut model,
        &"shouting".chars().map(Char).collect::<Vec<_>>(),
    );
    press(&mut model, &[Enter, Enter]);
    let shown = shown(&model);
    for part in ["police/log.csv#2", "3/11/25", "Officers were called"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}
