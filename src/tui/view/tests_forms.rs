//! What the forms look like, at every size, and what never reaches them.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use crate::tui::action::View;
use crate::tui::form::Form;
use crate::tui::keymap::Key::{Char, Down, Right, Tab};
use crate::tui::model::Model;
use crate::tui::msg::Msg;
use crate::tui::sample::{press, screen};
use crate::tui::theme::Theme;
use crate::tui::update::update;
use crate::tui::view::draw;

const SIZES: [(u16, u16); 4] = [(60, 15), (80, 24), (120, 40), (200, 50)];

fn drawn(model: &Model) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(model.size.0, model.size.1)).unwrap();
    terminal.draw(|frame| draw(model, frame)).unwrap();
    terminal
}

fn in_form(view: View, form: Form, size: (u16, u16)) -> Model {
    let mut model = screen(size.0, size.1);
    press(&mut model, &[Char(char::from(b'1' + view.index() as u8))]);
    while model.place().form != form {
        press(&mut model, &[Char('v')]);
    }
    model
}

fn all_forms() -> Vec<(View, Form)> {
    let views = View::ALL.into_iter();
    let all = views.flat_map(|view| Form::of(view).iter().map(move |form| (view, *form)));
    all.filter(|(_, form)| *form != Form::List).collect()
}

#[test]
fn every_form_at_four_sizes() {
    for (width, height) in SIZES {
        for (view, form) in all_forms() {
            let model = in_form(view, form, (width, height));
            let name = format!(
                "form_{}_{width}x{height}",
                form.name().replace(' ', "_").to_lowercase()
            );
            insta::assert_snapshot!(name, drawn(&model).backend().to_string());
        }
    }
}

/// Whether a cell holds something that a terminal would obey.
fn is_raw(cell: &ratatui::buffer::Cell) -> bool {
    let mut signs = cell.symbol().chars();
    signs.any(|c| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}'))
}

#[test]
fn no_size_breaks_a_form_and_no_hostile_text_reaches_a_cell() {
    let sizes = [
        (60, 15),
        (61, 17),
        (79, 24),
        (109, 18),
        (110, 37),
        (300, 100),
    ];
    let keys = "+++".chars().map(Char);
    let keys: Vec<_> = [Right, Down, Tab, Down, Tab]
        .into_iter()
        .chain(keys)
        .collect();
    for (view, form) in all_forms() {
        for (width, height) in sizes {
            let mut model = in_form(view, form, (width, height));
            for key in &keys {
                press(&mut model, &[*key]);
                let terminal = drawn(&model);
                let cells = terminal.backend().buffer().content();
                assert!(!cells.iter().any(is_raw), "{form:?} {width}x{height}");
            }
            update(&mut model, Msg::Resize(height * 2, width / 4));
            drawn(&model);
        }
    }
}

#[test]
fn without_colour_no_form_sets_one_and_what_is_selected_is_still_seen() {
    for (view, form) in all_forms() {
        let mut model = in_form(view, form, (80, 24));
        model.theme = Theme::None;
        let terminal = drawn(&model);
        let cells = terminal.backend().buffer().content();
        assert!(
            cells
                .iter()
                .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset)
        );
        let is_reversed = |cell: &&ratatui::buffer::Cell| {
            cell.modifier.contains(ratatui::style::Modifier::REVERSED)
        };
        // one reversed stretch is the tab of the view; the other is what is selected
        let below = cells.iter().skip(2 * 80);
        assert!(below.clone().any(|cell| is_reversed(&cell)), "{form:?}");
    }
}
