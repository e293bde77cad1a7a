//! The rooms use each other in one direction only, and each library stays in its room.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order that data walks through them, with how far each may look: a room uses those of a lower rank.
/// Rooms of one rank do not use each other.
const RANKS: [(&str, usize); 11] = [
    ("model", 0),
    ("import", 1),
    ("people", 1),
    ("timeline", 1),
    ("sharing", 1),
    ("reliance", 1),
    ("picture", 2),
    ("case", 3),
    ("report", 3),
    ("tui", 4),
    ("cli", 5),
];

/// A library, and the only paths under `src` that may name it.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("polars", &["picture/frame.rs"]),
    ("polars_io", &["picture/frame.rs"]),
    ("fuzzy_matcher", &["tui/search.rs"]),
    ("maud", &["report"]),
    ("rusqlite", &["case/store"]),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file: its path under `src`, and its text without comments.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![src()];
    while let Some(folder) = open.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code: Vec<&str> = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect();
                found.push((
                    path.strip_prefix(src())
                        .unwrap()
                        .to_string_lossy()
                        .replace('\\', "/"),
                    code.join("\n"),
                ));
            }
        }
    }
    found.sort();
    found
}

/// The rooms that a text names as `crate::room`, also inside `use crate::{room::…, room::…}`.
fn rooms_named(code: &str) -> Vec<&'static str> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let list = rest
            .strip_prefix('{')
            .map(|list| list.split(';').next().unwrap_or(list));
        for (room, _) in RANKS {
            let begins = |text: &str| {
                text.trim_start().strip_prefix(room).is_some_and(|after| {
                    !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            };
            if begins(rest) || list.is_some_and(|list| list.split(',').any(begins)) {
                named.push(room);
            }
        }
    }
    named
}

#[test]
fn arrows_between_rooms_go_one_way() {
    let rank: BTreeMap<&str, usize> = RANKS.into();
    let mut wrong = Vec::new();
    for (path, code) in files() {
        let Some((room, _)) = path.split_once('/') else {
            continue;
        };
        let own = rank
            .get(room)
            .unwrap_or_else(|| panic!("{room} is a room that this test does not know"));
        for named in rooms_named(&code) {
            if named != room && rank[named] >= *own {
                wrong.push(format!("{path} uses {named}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_library_stays_in_its_room() {
    let mut wrong = Vec::new();
    for (path, code) in files() {
        for (library, homes) in LIBRARIES {
            let at_home = homes
                .iter()
                .any(|home| path == *home || path.starts_with(&format!("{home}/")));
            if !at_home && code.contains(&format!("{library}::")) {
                wrong.push(format!("{path} uses {library}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_would_see_an_arrow_that_turns_round() {
    assert_eq!(rooms_named("use crate::tui::view;"), ["tui"]);
    assert_eq!(
        rooms_named("use crate::{people, report::Table};"),
        ["people", "report"]
    );
    assert!(rooms_named("use crate::modelling::x;").is_empty());
}
