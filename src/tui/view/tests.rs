//! What the screens look like at three sizes, and what never reaches them.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use crate::tui::action::View;
use crate::tui::index::Row;
use crate::tui::keymap::Key::{self, Char, Enter, Tab};
use crate::tui::model::Model;
use crate::tui::msg::{Msg, Progress};
use crate::tui::sample::{press, screen};
use crate::tui::theme::Theme;
use crate::tui::update::update;
use crate::tui::view::draw;

const SIZES: [(u16, u16); 3] = [(60, 15), (80, 24), (120, 40)];

fn drawn(model: &Model) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal.draw(|frame| draw(model, frame)).unwrap();
    terminal
}

fn shown(model: &Model) -> String {
    drawn(model).backend().to_string()
}

fn digit(view: View) -> Key {
    Char(char::from(b'1' + view.index() as u8))
}

#[test]
fn every_view_at_three_sizes() {
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

#[test]
fn before_there_is_a_picture_and_when_there_is_no_room() {
    let mut model = Model::new("Example", "A. Analyst", (60, 15));
    let progress = Progress {
        stage: "reading police/log.csv".into(),
        done: 3,
        total: 9,
    };
    update(&mut model, Msg::Progress(progress));
    insta::assert_snapshot!("loading", shown(&model));
    let small = screen(40, 8);
    assert!(shown(&small).contains("60 by 15"));
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
