//! No report of a case is written without a decision for whom it is: each is laid out from a [`View`], and a view is made for
//! the analyst at the terminal or for a recipient, and in no other way. The sources are read to see that it stays so.
//!
//! [`View`]: casepicture::report::View

#![allow(clippy::unwrap_used)] // a test may fail by panic

use std::fs;
use std::path::{Path, PathBuf};

/// What is told of a case as a whole and shown to nobody but the analyst: exit codes and counts on standard error.
const NOT_A_REPORT: [&str; 3] = ["all", "lost_rows", "person_shown"];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file under a folder of `src`: its path, and its code without comments and tests.
fn files(under: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![src().join(under)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|item| item.unwrap().path()),
            );
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path
                .strip_prefix(src())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            let text = text
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            let code: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            if !name.contains("test") {
                found.push((name, code.join("\n")));
            }
        }
    }
    found.sort();
    found
}

/// The public functions of a text: each its name and its parameters.
fn public_functions(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, mark) in code.match_indices("pub fn ") {
        let rest = &code[at + mark.len()..];
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let open = rest.find('(').unwrap();
        let mut depth = 0;
        let close = rest[open..]
            .char_indices()
            .find_map(|(at, c)| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                (depth == 0).then_some(open + at)
            })
            .unwrap();
        found.push((name, rest[open..close].to_owned()));
    }
    found
}

/// What a report must not be made from directly.
fn is_of_a_case(parameters: &str) -> bool {
    let held = [
        "&Picture",
        "&'a Picture",
        "&Supplied",
        "&Timeline",
        "&Case",
        "&OpenCase",
    ];
    held.iter().any(|one| parameters.contains(one))
}

#[test]
fn every_report_is_laid_out_from_a_view() {
    let mut wrong = Vec::new();
    for (path, code) in files("report") {
        for (name, parameters) in public_functions(&code) {
            let makes_a_view = path == "report/view.rs";
            if is_of_a_case(&parameters) && !makes_a_view && !NOT_A_REPORT.contains(&&*name) {
                wrong.push(format!("{path}: {name}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these see a case without knowing for whom: {wrong:#?}"
    );
}

#[test]
fn a_view_is_made_for_the_analyst_a_recipient_or_all_at_a_table_and_in_no_other_way() {
    let view = fs::read_to_string(src().join("report/view.rs")).unwrap();
    let makers: Vec<String> = public_functions(&view)
        .into_iter()
        .filter(|(_, parameters)| is_of_a_case(parameters))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(makers, ["whole", "for_recipient", "for_partners"]);
    assert!(view.contains("\n    shown: Shown,"), "it stays private");
    let shown = fs::read_to_string(src().join("picture/shown.rs")).unwrap();
    for field in [
        "recipient:",
        "is_limited:",
        "facts:",
        "records:",
        "persons:",
    ] {
        assert!(
            shown.contains(&format!("\n    {field}")),
            "{field} stays private"
        );
    }
}

#[test]
fn tables_are_made_in_the_room_of_reports_and_written_in_one_place() {
    let mut wrong = Vec::new();
    for room in ["cli", "tui", "case", "picture"] {
        for (path, code) in files(room) {
            // the log of a case holds no personal text
            if code.contains("Table::new(") && path != "cli/audit.rs" {
                wrong.push(format!("{path} makes a table"));
            }
            let writes = [
                "csv::write(",
                "json::write(",
                "parquet::write(",
                "text::write(",
            ];
            if path != "cli/output.rs" && writes.iter().any(|write| code.contains(write)) {
                wrong.push(format!("{path} writes a table"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_command_that_shows_everything_has_asked_for_whom_first() {
    let mut asked = 0;
    for (path, code) in files("cli") {
        let whole = code.matches("View::whole(").count();
        let limited = code.matches("View::for_recipient(").count();
        assert!(
            whole <= limited,
            "{path}: everything is shown without asking for whom"
        );
        asked += whole;
    }
    assert!(
        asked > 0,
        "no command makes a view any more: this test looks in the wrong place"
    );
}

#[test]
fn the_test_would_see_a_report_without_a_recipient() {
    let code = "pub fn leak(picture: &Picture, of: fn(u8) -> u8) -> Table { } pub fn fine(view: &View<'_>) {}";
    let seen: Vec<(String, bool)> = public_functions(code)
        .into_iter()
        .map(|(name, parameters)| (name, is_of_a_case(&parameters)))
        .collect();
    assert_eq!(
        seen,
        [("leak".to_owned(), true), ("fine".to_owned(), false)]
    );
}
