//! What holds at every size: no broken frame after a change of size, and nothing hostile in any overlay.

use std::sync::Arc;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::tests::{SIZES, digit, drawn, shown};
use crate::case::DraftOf;
use crate::import::check::FileReport;
use crate::import::look::{Look, Sample};
use crate::model::decision::About;
use crate::model::id::{AgencyId, EntryId};
use crate::model::source::{Kept, Reject};
use crate::tui::action::View;
use crate::tui::adding::{Adding, Step};
use crate::tui::choice::{Choice, Choosing};
use crate::tui::keymap::Key::{self, Char, Down, Enter, Tab};
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Msg;
use crate::tui::sample::{HOSTILE, press, screen};
use crate::tui::update::update;
use crate::tui::view::draw;

/// A look into a file whose every text is hostile.
pub(crate) fn look() -> Look {
    let row = |number: u32| {
        (
            number,
            vec![
                format!("{HOSTILE}{number}"),
                HOSTILE.to_owned(),
                "12/03/2025".to_owned(),
            ],
        )
    };
    Look {
        path: HOSTILE.to_owned(),
        encoding: HOSTILE.to_owned(),
        tables: ["", HOSTILE]
            .map(|name| Sample {
                name: name.to_owned(),
                rows: (1..=12).map(row).collect(),
                count: 12,
                header: 0,
            })
            .to_vec(),
    }
}

fn report() -> FileReport {
    let reject = Reject {
        file: HOSTILE.to_owned(),
        row: Some(4),
        column: HOSTILE.to_owned(),
        value: HOSTILE.to_owned(),
        problem: HOSTILE.to_owned(),
        hint: HOSTILE.to_owned(),
        kept: Kept::None,
    };
    FileReport {
        path: HOSTILE.to_owned(),
        agency: None,
        profile: HOSTILE.to_owned(),
        encoding: HOSTILE.to_owned(),
        rows: (11, 10, 1),
        sheets: Vec::new(),
        counts: vec![("entries", 10)],
        codes: Vec::new(),
        rejects: vec![reject; 9],
    }
}

/// The wizard in each of its steps, with hostile text wherever a file or a key can bring it.
pub(crate) fn wizards() -> Vec<Adding> {
    let mut adding = Adding {
        path: HOSTILE.to_owned(),
        listed: Some((
            String::new(),
            vec![HOSTILE.to_owned(), "police/".to_owned()],
        )),
        look: Some(Arc::new(look())),
        report: Some(Ok(Arc::new(report()))),
        agency: HOSTILE.to_owned(),
        of: Some(AgencyId::new("police")),
        root: HOSTILE.to_owned(),
        ..Adding::default()
    };
    adding.take_table();
    let steps = [
        Step::Path,
        Step::Table,
        Step::Columns,
        Step::Column(String::new(), 0),
        Step::Agency,
        Step::Root,
        Step::Importing,
    ];
    let mut all: Vec<Adding> = steps
        .into_iter()
        .map(|step| Adding {
            step,
            ..adding.clone()
        })
        .collect();
    let columns = Adding {
        step: Step::Columns,
        ..adding
    };
    all.push(Adding {
        rows: Some(0),
        ..columns.clone()
    });
    all.push(Adding {
        report: Some(Err(HOSTILE.to_owned())),
        ..columns.clone()
    });
    all.push(Adding {
        report: None,
        ..columns
    });
    all
}

/// Every overlay, with hostile text in it.
pub(crate) fn overlays() -> Vec<Option<Overlay>> {
    let entry = EntryId::new(&AgencyId::new("police"), "E2");
    let typed = || HOSTILE.to_owned();
    let of = |of: Choosing| {
        Overlay::Choice(Choice {
            of,
            entry: entry.clone(),
            query: String::new(),
            at: 0,
        })
    };
    let mut all = vec![
        None,
        Some(Overlay::Help(0)),
        Some(Overlay::Palette(typed(), 0)),
        Some(Overlay::Palette(String::new(), 3)),
        Some(Overlay::Search),
        Some(Overlay::Name(typed(), None)),
        Some(Overlay::Text(
            DraftOf::Note(About::Entry(entry.clone())),
            typed(),
        )),
        Some(Overlay::Text(DraftOf::Note(About::Case), typed())),
        Some(of(Choosing::Significance)),
        Some(of(Choosing::Origin)),
        Some(of(Choosing::Conclusion)),
    ];
    all.extend(
        wizards()
            .into_iter()
            .map(|one| Some(Overlay::Adding(Box::new(one)))),
    );
    all
}

/// A screen in which everything that can be foreign is hostile.
fn hostile(size: (u16, u16), view: View) -> Model {
    let mut model = screen(size.0, size.1);
    press(&mut model, &[digit(view)]);
    HOSTILE.clone_into(&mut model.title);
    HOSTILE.clone_into(&mut model.status);
    HOSTILE.clone_into(&mut model.by);
    HOSTILE.clone_into(&mut model.place_mut().query);
    model
}

fn find_raw(buffer: &Buffer) -> Option<char> {
    let mut symbols = buffer
        .content()
        .iter()
        .flat_map(|cell| cell.symbol().chars());
    symbols.find(|c| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}'))
}

#[test]
fn hostile_text_reaches_no_cell_of_any_overlay_over_any_view() {
    for size in SIZES {
        for view in View::ALL {
            let base = hostile(size, view);
            for overlay in overlays() {
                let model = Model {
                    overlay,
                    ..base.clone()
                };
                let raw = find_raw(drawn(&model).backend().buffer());
                assert_eq!(raw, None, "{size:?} {view:?} {:?}", model.overlay);
            }
        }
    }
}

#[test]
fn the_wizard_at_two_sizes() {
    for (width, height) in [(60, 15), (80, 24)] {
        for (name, at) in [
            ("path", 0),
            ("columns", 2),
            ("column", 3),
            ("agency", 4),
            ("rows", 7),
        ] {
            let mut model = screen(width, height);
            press(&mut model, &[Char('2')]);
            let mut adding = wizards().swap_remove(at);
            "police/desk_2025".clone_into(&mut adding.path);
            "pol".clone_into(&mut adding.agency);
            if let Step::Column(query, _) = &mut adding.step {
                "birth".clone_into(query);
            }
            model.overlay = Some(Overlay::Adding(Box::new(adding)));
            insta::assert_snapshot!(format!("wizard_{name}_{width}x{height}"), shown(&model));
        }
    }
}

/// Draws on a terminal that has another size already.
fn resized(model: &mut Model, from: (u16, u16), to: (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(from.0, from.1)).unwrap();
    update(model, Msg::Resize(from.0, from.1));
    terminal.draw(|frame| draw(model, frame)).unwrap();
    terminal.backend_mut().resize(to.0, to.1);
    update(model, Msg::Resize(to.0, to.1));
    terminal.draw(|frame| draw(model, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// What stands in a line.
fn line(buffer: &Buffer, y: u16) -> String {
    let columns = 0..buffer.area.width;
    columns.map(|x| buffer[(x, y)].symbol()).collect()
}

/// What stands in a line of a screen.
pub(crate) fn line_of(model: &Model, y: u16) -> String {
    line(drawn(model).backend().buffer(), y)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn after_a_change_of_size_the_frame_is_whole(
        from in (60u16..=300, 15u16..=100),
        to in (60u16..=300, 15u16..=100),
        view in prop::sample::select(View::ALL.to_vec()),
        overlay in prop::sample::select(overlays()),
        keys in prop::collection::vec(prop::sample::select(vec![Down, Tab, Enter, Key::End, Key::PageDown, Key::Up, Char('v'), Char('v')]), 0..6),
    ) {
        let mut model = screen(from.0, from.1);
        press(&mut model, &[digit(view)]);
        press(&mut model, &keys);
        model.overlay = overlay;
        let buffer = resized(&mut model, from, to);
        let fresh = drawn(&model);
        prop_assert_eq!(&buffer, fresh.backend().buffer(), "what was drawn before shines through");
        prop_assert!(line(&buffer, 0).contains("as of "), "{}", line(&buffer, 0));
        for view in View::ALL {
            let tab = format!("{}", view.index() + 1);
            prop_assert!(line(&buffer, 1).contains(&tab), "{}", line(&buffer, 1));
        }
        let footer = line(&buffer, to.1 - 1);
        prop_assert!(!footer.trim().is_empty(), "the keys are named: {footer}");
    }

    #[test]
    fn no_size_is_too_small_to_be_drawn(size in (1u16..90, 1u16..26), overlay in prop::sample::select(overlays())) {
        let mut model = screen(80, 24);
        model.overlay = overlay;
        update(&mut model, Msg::Resize(size.0, size.1));
        drawn(&model);
    }
}
