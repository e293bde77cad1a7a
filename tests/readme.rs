//! The README's commands work as they stand.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The lines of the README's shell blocks.
fn commands() -> Vec<String> {
    let text = readme();
    let blocks = text.split("```").skip(1).step_by(2);
    let shell = blocks.filter_map(|block| block.strip_prefix("sh\n"));
    shell.flat_map(str::lines).map(str::to_owned).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(path, target).unwrap();
        }
    }
}

#[test]
fn the_five_commands_work_from_the_projects_folder() {
    let folder = tempfile::tempdir().unwrap();
    copy(&common::fixture(""), &folder.path().join("fixtures"));
    let commands: Vec<String> = commands()
        .into_iter()
        .filter(|command| command.starts_with("casepicture "))
        .collect();
    assert_eq!(commands.len(), 5);
    for command in commands {
        let args = command.split_whitespace().skip(1);
        let output = common::casepicture()
            .args(args)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(
        folder.path().join("picture/timeline.csv").exists()
            && folder.path().join("matches.csv").exists()
    );
}

#[test]
fn the_two_commands_of_a_newcomer_are_there() {
    let commands = commands();
    // the first is run in a terminal by tests/pty.rs, the second is what runs this test
    assert!(
        commands.contains(&"cargo run -- demo".to_owned())
            && commands.contains(&"cargo test".to_owned())
    );
}

/// What stands between `<!-- name -->` and `<!-- /name -->`.
fn between(text: &str, name: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (_, rest) = text.split_once(&begin).unwrap();
    rest.split_once(&end).unwrap().0.to_owned()
}

/// Whether a part of the README is what the program gives. `UPDATE_README=1 cargo test --test readme -- --test-threads 1` puts it
/// in.
fn is_kept(name: &str, wanted: &str) -> bool {
    let text = readme();
    let there = between(&text, name);
    if there.trim() == wanted.trim() {
        return true;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        let begin = format!("<!-- {name} -->\n");
        let text = text.replace(&format!("{begin}{there}"), &format!("{begin}{wanted}"));
        fs::write(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"),
            text,
        )
        .unwrap();
        return true;
    }
    false
}

#[test]
fn the_table_of_keys_is_the_one_that_the_program_uses() {
    let keys = casepicture::tui::markdown();
    assert!(is_kept("keys", &keys), "put this into README.md:\n{keys}");
}

#[test]
fn the_words_are_the_ones_that_the_program_explains() {
    let words = casepicture::tui::words_markdown();
    assert!(
        is_kept("words", &words),
        "put this into README.md:\n{words}"
    );
}

/// The frames of the README: where they stand, and the keys that lead there in the bundled case. A digit opens a view, `_` goes
/// one row down, `>` is Enter; what stands behind `/` is typed.
const FRAMES: [(&str, &str); 5] = [
    ("frame", "5_________"),
    ("frame-timeline", "4/partner>"),
    ("frame-people", "3"),
    ("frame-lanes", "4v"),
    ("frame-family", "3v"),
];

/// What the bundled case looks like after some keys, in a terminal of 80 columns and 24 rows.
fn frame(keys: &str) -> String {
    use casepicture::tui::keymap::Key;
    use casepicture::tui::{index::Index, model::Model, msg::Msg, update::update, view};
    use std::sync::Arc;

    let limits = casepicture::import::Limits::default();
    let folder =
        casepicture::import::folder::read_folder(&common::fixture("hollow-lane"), &limits).unwrap();
    let supplied = casepicture::import::read(&folder, &limits).unwrap();
    let settings = casepicture::model::settings::Settings::of_config(&supplied.config);
    let case = casepicture::model::case::Case::new(supplied);
    let picture = Arc::new(casepicture::picture::Picture::of(&case, &settings).unwrap());
    let index = Arc::new(Index::of(&picture));
    let mut model = Model::new("", "", (80, 24));
    update(&mut model, Msg::PictureReady(0, picture, index));
    let mut is_typed = false;
    for key in keys.chars() {
        let key = match key {
            '>' => Key::Enter,
            '_' if !is_typed => Key::Down,
            key => Key::Char(key),
        };
        is_typed = (is_typed || key == Key::Char('/')) && key != Key::Enter;
        update(&mut model, Msg::Key(key));
    }
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| view::draw(&model, frame)).unwrap();
    let buffer = terminal.backend().buffer().clone();
    let rows = buffer.content().chunks(80).map(|row| {
        row.iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect::<String>()
    });
    rows.map(|row| row.trim_end().to_owned() + "\n").collect()
}

#[test]
fn the_pictures_of_the_screen_are_what_the_program_draws() {
    for (name, keys) in FRAMES {
        let frame = format!("```text\n{}```\n", frame(keys));
        assert!(is_kept(name, &frame), "put this into README.md:\n{frame}");
    }
}
