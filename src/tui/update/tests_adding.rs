//! What the wizard for a file and the mouse do to the state.

use std::sync::Arc;

use crate::import::check::FileReport;
use crate::import::look::{Look, Sample};
use crate::model::id::AgencyId;
use crate::picture::Since;
use crate::tui::action::{Action, View};
use crate::tui::adding::{Adding, News, Order, Saving, Step, Unsaved};
use crate::tui::keymap::Key::{self, Char, Down, Enter, Esc, Tab};
use crate::tui::model::{Model, Overlay, Pane};
use crate::tui::mouse::{Mouse, What};
use crate::tui::msg::{Effect, Held, Msg};
use crate::tui::sample::{press, screen};
use crate::tui::update::update;

fn type_in(model: &mut Model, text: &str) -> Vec<Effect> {
    press(model, &text.chars().map(Char).collect::<Vec<Key>>())
}

fn wizard(model: &Model) -> &Adding {
    match &model.overlay {
        Some(Overlay::Adding(adding)) => adding,
        other => panic!("{other:?}"),
    }
}

/// The last order among effects.
fn order(effects: &[Effect]) -> Order {
    match effects.last() {
        Some(Effect::Adding(order)) => order.clone(),
        other => panic!("{other:?}"),
    }
}

fn look() -> Look {
    let rows = [
        ["Log of the desk", "", ""],
        ["Our key", "Happened", "What we saw"],
        ["X1", "03/04/2025", "She was alone in the house again"],
    ];
    let rows = (1u32..)
        .zip(rows)
        .map(|(number, cells)| (number, cells.map(str::to_owned).to_vec()));
    Look {
        path: "desk.csv".to_owned(),
        encoding: "UTF-8".to_owned(),
        tables: vec![Sample {
            name: String::new(),
            rows: rows.collect(),
            count: 3,
            header: 1,
        }],
    }
}

fn report(used: usize) -> FileReport {
    FileReport {
        path: "police/desk.csv".to_owned(),
        agency: None,
        profile: if used > 0 { "mapping" } else { "" }.to_owned(),
        encoding: String::new(),
        rows: (1, used, 1 - used),
        sheets: Vec::new(),
        counts: Vec::new(),
        codes: Vec::new(),
        rejects: Vec::new(),
    }
}

/// Opens the wizard, names a file and gets its first rows.
fn looked(model: &mut Model) -> Order {
    let effects = press(model, &[Char('2'), Char('w')]);
    let Order::List(job, base) = order(&effects) else {
        panic!("{effects:?}")
    };
    let names = vec!["police/".to_owned(), "desk.csv".to_owned()];
    update(model, Msg::Adding(News::Listed(job, base, names)));
    type_in(model, "dsk");
    let Order::Look(job, path) = order(&press(model, &[Enter])) else {
        panic!("no look")
    };
    assert_eq!(path, "desk.csv", "the name that is found is taken");
    let news = News::Looked(job, Ok((Arc::new(look()), "exports".to_owned())));
    order(&update(model, Msg::Adding(news)))
}

#[test]
fn a_file_is_added_from_its_path_to_the_mapping_that_is_kept() {
    let mut model = screen(80, 24);
    let Order::Try(job, draft, _) = looked(&mut model) else {
        panic!("the guesses are tried at once")
    };
    let guessed: Vec<Option<&str>> = draft.columns.iter().map(|(_, column)| *column).collect();
    assert_eq!(guessed, [None, Some("date"), Some("text")]);
    assert_eq!(draft.title_rows, None, "the header is found by its words");
    // nothing can be used yet: that is said, and the wizard stays
    update(
        &mut model,
        Msg::Adding(News::Tried(job, Ok(Arc::new(report(0))))),
    );
    press(&mut model, &[Tab]);
    assert!(
        model.status.contains("No row can be used"),
        "{}",
        model.status
    );
    // the first column is the id of the entry
    press(&mut model, &[Enter]);
    type_in(&mut model, "entry_id");
    let Order::Try(newer, draft, _) = order(&press(&mut model, &[Enter])) else {
        panic!()
    };
    assert_eq!(draft.columns[0].1, Some("entry_id"));
    update(
        &mut model,
        Msg::Adding(News::Tried(job, Ok(Arc::new(report(0))))),
    );
    assert_eq!(
        wizard(&model).report,
        None,
        "the answer to an older trial is dropped"
    );
    update(
        &mut model,
        Msg::Adding(News::Tried(newer, Ok(Arc::new(report(1))))),
    );
    press(&mut model, &[Tab]);
    assert_eq!(wizard(&model).step, Step::Agency);
    press(&mut model, &[Key::Ctrl('u')]);
    type_in(&mut model, "polic");
    press(&mut model, &[Enter]);
    assert_eq!(wizard(&model).step, Step::Root);
    let Order::Save(job, saving) = order(&press(&mut model, &[Enter])) else {
        panic!()
    };
    let wanted = Saving {
        draft: wizard(&model).draft(),
        agency: AgencyId::new("police"),
        root: "exports".to_owned(),
        replace: false,
    };
    assert_eq!(saving, wanted);
    let there = News::Saved(
        job,
        Err(Unsaved::IsThere("exports/p.mapping.toml".to_owned())),
    );
    update(&mut model, Msg::Adding(there));
    assert!(model.status.contains("Enter again replaces it"));
    let Order::Save(job, saving) = order(&press(&mut model, &[Enter])) else {
        panic!()
    };
    assert!(saving.replace);
    update(
        &mut model,
        Msg::Adding(News::Saved(job, Ok("Kept.".to_owned()))),
    );
    assert_eq!(
        (model.overlay.is_none(), model.status.as_str()),
        (true, "Kept.")
    );
}

#[test]
fn in_a_case_the_file_is_imported_and_the_picture_computed_anew() {
    let mut model = screen(80, 24);
    model.is_kept = true;
    let Order::Try(job, ..) = looked(&mut model) else {
        panic!()
    };
    update(
        &mut model,
        Msg::Adding(News::Tried(job, Ok(Arc::new(report(1))))),
    );
    press(&mut model, &[Tab, Key::Ctrl('u')]);
    type_in(&mut model, "New desk");
    let Order::Import(job, saving) = order(&press(&mut model, &[Enter])) else {
        panic!()
    };
    assert_eq!(saving.agency, AgencyId::new("new-desk"));
    assert!(model.writing && wizard(&model).step == Step::Importing);
    let held = Held::default();
    let news = News::Imported(job, Ok(("Import 2.".to_owned(), held)));
    let effects = update(&mut model, Msg::Adding(news));
    assert!(matches!(
        effects.as_slice(),
        [Effect::Compute {
            since: Since::Exports,
            ..
        }]
    ));
    assert!(!model.writing && model.overlay.is_none());
}

#[test]
fn a_header_row_and_an_order_of_dates_can_be_set() {
    let mut model = screen(80, 24);
    looked(&mut model);
    let Order::Try(_, draft, _) = order(&press(&mut model, &[Char('H')])) else {
        panic!()
    };
    assert_eq!(draft.title_rows, Some(0));
    assert_eq!(draft.columns[0].0, "Log of the desk");
    let Order::Try(_, draft, _) = order(&press(&mut model, &[Char('h'), Char('o'), Char('o')]))
    else {
        panic!()
    };
    assert_eq!((draft.title_rows, draft.date_order), (Some(1), Some("mdy")));
    let Order::Try(_, draft, _) = order(&press(&mut model, &[Down, Char('x')])) else {
        panic!()
    };
    assert_eq!(draft.columns[1].1, None, "x keeps a column as it is");
    press(&mut model, &[Enter]);
    type_in(&mut model, "date");
    let Order::Try(_, draft, _) = order(&press(&mut model, &[Enter])) else {
        panic!()
    };
    assert_eq!(
        draft.columns[1].1,
        Some("date"),
        "of the names that begin so the one that is typed"
    );
    assert_eq!(
        draft.columns[0].1, None,
        "the other columns stay as they were"
    );
}

#[test]
fn esc_leads_out_of_every_step() {
    for adding in crate::tui::view::wizards_for_tests() {
        let mut model = screen(80, 24);
        model.overlay = Some(Overlay::Adding(Box::new(adding)));
        for _ in 0..8 {
            press(&mut model, &[Esc]);
        }
        assert_eq!((model.overlay, model.view), (None, View::Overview));
    }
}

fn click(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    let what = What::Press;
    update(model, Msg::Mouse(Mouse { what, x, y }))
}

#[test]
fn a_press_on_a_tab_opens_its_view_at_every_width() {
    for width in [60, 76, 80, 120, 200] {
        for view in View::ALL {
            let mut model = screen(width, 24);
            let line = crate::tui::view::line_for_tests(&model, 1);
            let digit = char::from(b'1' + view.index() as u8);
            let at = line.chars().position(|c| c == digit).unwrap();
            click(&mut model, at as u16 + 1, 1);
            assert_eq!(model.view, view, "{width}");
        }
    }
}

#[test]
fn a_press_selects_a_row_and_on_the_selected_row_opens_it() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('5')]);
    let list = model.areas().unwrap().list;
    click(&mut model, 5, list.y + 3);
    assert_eq!((model.place().at, model.view), (3, View::Reliance));
    click(&mut model, 5, list.y + 3);
    assert_eq!(model.view, View::Timeline);
    press(&mut model, &[Esc, Char('5')]);
    let before = model.place().at;
    click(&mut model, 5, list.y);
    assert_eq!(model.place().at, before, "a heading is not selected");
    let detail = model.areas().unwrap().detail;
    click(&mut model, 5, detail.y + 1);
    assert_eq!(model.place().pane, Pane::Detail);
}

#[test]
fn the_wheel_scrolls_what_lies_under_it() {
    let mut model = screen(80, 24);
    press(&mut model, &[Char('4')]);
    let areas = model.areas().unwrap();
    let what = What::WheelDown;
    let (x, y) = (5, areas.list.y);
    update(&mut model, Msg::Mouse(Mouse { what, x, y }));
    assert_eq!(model.place().at, 3);
    let y = areas.detail.y;
    update(&mut model, Msg::Mouse(Mouse { what, x, y }));
    assert_eq!((model.place().at, model.place().pane), (3, Pane::List));
    assert!(model.place().scroll > 0, "the detail is scrolled");
    press(&mut model, &[Char('?')]);
    update(&mut model, Msg::Mouse(Mouse { what, x, y }));
    assert_eq!(model.overlay, Some(Overlay::Help(3)));
}

#[test]
fn a_mouse_that_is_left_to_the_terminal_does_nothing_and_a_lock_none_either() {
    let mut model = screen(80, 24);
    let effects = update(&mut model, Msg::Do(Action::Mouse));
    assert_eq!(effects, [Effect::Mouse(false)]);
    click(&mut model, 30, 1);
    assert_eq!(model.view, View::Overview);
    update(&mut model, Msg::Do(Action::Mouse));
    press(&mut model, &[Key::Ctrl('l')]);
    let before = model.clone();
    click(&mut model, 30, 1);
    assert_eq!(model, before);
}
