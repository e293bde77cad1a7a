//! `link`: person files in, who is who out. The outputs, that they are the same bytes, and that the exit code tells.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::common::{Row, run};
use crate::link_place::{FILES, Place, said};

/// The lines of a file in another order, the header first all the same.
fn turned(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let half = lines.len() / 2;
    lines[1..].rotate_left(half);
    lines.join("\n") + "\n"
}

#[test]
fn every_output_has_its_header_and_order() {
    let place = Place::of_people(300);
    place.link_all(&[
        "--out",
        "out",
        "--report",
        "report.html",
        "--truth",
        "cluster",
    ]);
    assert_eq!(place.files("out"), FILES);
    let head = |name: &str| {
        fs::read_to_string(place.path(name))
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(head("out/persons.csv"), "record,person_id");
    assert_eq!(head("out/pairs.csv"), "left,right,probability,weight");
    assert_eq!(
        head("out/rejects.csv"),
        "file,row,column,value,problem,hint,kept"
    );

    let persons = place.table("out/persons.csv");
    assert_eq!(persons.len(), 700);
    assert!(persons.is_sorted_by(|a, b| a["record"] < b["record"]));
    let pairs = place.table("out/pairs.csv");
    let key = |row: &Row| (row["left"].clone(), row["right"].clone());
    assert!(!pairs.is_empty() && pairs.is_sorted_by(|a, b| key(a) < key(b)));
    for pair in &pairs {
        let probability: f64 = pair["probability"].parse().unwrap();
        let weight: f64 = pair["weight"].parse().unwrap();
        assert!(
            (0.01..=1.0).contains(&probability) && pair["left"] < pair["right"],
            "{pair:?}"
        );
        assert!(
            (probability - 1.0 / (1.0 + (-weight).exp2())).abs() < 0.001,
            "{pair:?}"
        );
        assert_eq!(
            pair["weight"],
            format!("{weight}"),
            "no longer than it must be"
        );
    }
    // a person's id is made from the smallest record
    let hash = casepicture::model::id::short_hash(&persons[0]["record"], 12);
    assert_eq!(persons[0]["person_id"], format!("P{hash}"));
}

#[test]
fn the_model_the_page_and_what_is_said_hold_what_matters() {
    let place = Place::of_people(300);
    let output = place.link_all(&[
        "--out",
        "out",
        "--report",
        "report.html",
        "--truth",
        "cluster",
    ]);
    let model: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("out/model.json")).unwrap()).unwrap();
    for key in [
        "version",
        "prior_apart",
        "prior_together",
        "fields",
        "threshold",
        "expected",
    ] {
        assert!(!model[key].is_null(), "{key}");
    }
    let page = fs::read_to_string(place.path("report.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("How right it was"));
    let told = said(&output);
    for words in [
        "csc.csv: 300 rows, 300 used, 0 rejected",
        "not used: shoe_size",
        "700 records of 3 agencies",
        "linked from probability",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains(place.folder.path().to_str().unwrap()));
}

#[test]
fn most_of_what_is_plain_is_found_and_the_measures_are_printed() {
    let place = Place::of_people(300);
    let output = place.link_all(&["--truth", "cluster"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let figure = |name: &str| -> f64 {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_else(|| panic!("{name}: {text}"));
        line.trim().parse().unwrap()
    };
    assert_eq!(
        (figure("records with truth"), figure("true pairs")),
        (700.0, 500.0)
    );
    for name in [
        "pairwise precision",
        "pairwise recall",
        "pairwise F1",
        "B-cubed precision",
        "B-cubed recall",
        "B-cubed F1",
        "best-threshold F1",
        "average precision",
        "true pairs kept",
    ] {
        assert!((0.8..=1.0).contains(&figure(name)), "{name}: {text}");
    }
    assert!(
        (0.0..0.5).contains(&figure("calibration error"))
            && (0.0..=1.0).contains(&figure("best threshold"))
    );
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_in_any_row_order() {
    let place = Place::of_people(300);
    place.link_all(&["--out", "one", "--threads", "1", "--report", "one.html"]);
    place.link_all(&["--out", "many", "--threads", "16", "--report", "many.html"]);
    for name in ["csc.csv", "police.csv", "health.csv"] {
        let text = turned(&place.path(name));
        fs::write(place.path(name), text).unwrap();
    }
    place.link_all(&["--out", "turned", "--report", "turned.html"]);
    let bytes = |name: &str| fs::read(place.path(name)).unwrap();
    for name in FILES {
        for other in ["many", "turned"] {
            assert!(
                bytes(&format!("one/{name}")) == bytes(&format!("{other}/{name}")),
                "{other}/{name}"
            );
        }
    }
    assert!(bytes("one.html") == bytes("many.html") && bytes("one.html") == bytes("turned.html"));
}

#[test]
fn the_truth_is_never_an_input() {
    let place = Place::of_people(200);
    place.link_all(&["--out", "with", "--truth", "cluster"]);
    for name in ["csc.csv", "police.csv", "health.csv"] {
        let text = fs::read_to_string(place.path(name)).unwrap();
        let without: Vec<&str> = text
            .lines()
            .map(|line| line.rsplit_once(',').unwrap().0)
            .collect();
        fs::write(place.path(name), without.join("\n")).unwrap();
    }
    place.link_all(&["--out", "without"]);
    for name in FILES {
        let bytes = |folder: &str| fs::read(place.path(folder).join(name)).unwrap();
        assert!(bytes("with") == bytes("without"), "{name}");
    }
}

#[test]
fn hostile_cells_stay_cells() {
    let mut text = "record_id,given_name,family_name,date_of_birth,<b>town</b>\n".to_owned();
    for at in 0..60 {
        writeln!(
            text,
            "r{at},Ann{},Smith{},1980-01-{:02},x",
            at % 7,
            at % 11,
            1 + at % 28
        )
        .unwrap();
    }
    text.push_str("\"=1+1,\"\"x\"\"\",=cmd(),<script>alert(1)</script>,1980-01-01,x\n");
    text.push_str("\u{1b}[2J\u{202e},\u{1b}[2J,Smith1,1980-01-02,x\n");
    let huge = "ü".repeat(300_000);
    writeln!(text, "huge,{huge},Smith2,1980-01-03,x").unwrap();
    let place = Place::with(&[("gp.csv", text.as_bytes())]);
    let output = place.link(&["gp.csv", "--out", "out", "--report", "r.html"]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        said(&output)
    );
    let persons = place.table("out/persons.csv");
    let records: Vec<&str> = persons.iter().map(|row| row["record"].as_str()).collect();
    assert!(records.contains(&"gp:=1+1,\"x\""), "{records:?}");
    let page = fs::read_to_string(place.path("r.html")).unwrap();
    assert!(
        !page.contains("<script") && !page.contains("<b>town") && page.contains("&lt;b&gt;town")
    );
    for file in FILES {
        let text = fs::read_to_string(place.path("out").join(file)).unwrap();
        assert!(!text.contains('\u{1b}') && text.len() < 2_000_000, "{file}");
    }
    let explained = place.link(&["gp.csv", "--explain", "huge", "r2"]);
    assert_eq!(explained.status.code(), Some(0), "{}", said(&explained));
    assert!(!said(&output).contains('\u{1b}') && !explained.stdout.contains(&0x1b));
}

#[test]
fn rejected_rows_are_told_by_the_exit_code_and_the_table() {
    let mut text = "record_id,given_name,family_name,date_of_birth\n".to_owned();
    for at in 0..50 {
        writeln!(
            text,
            "r{at},Ann{at},Smith{},1980-01-{:02}",
            at % 5,
            1 + at % 28
        )
        .unwrap();
    }
    text.push_str("r1,Twice,Named,1980-02-01\n");
    let place = Place::with(&[("gp.csv", text.as_bytes())]);
    let output = place.link(&["gp.csv", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let rejects = place.table("out/rejects.csv");
    assert_eq!(
        (
            rejects.len(),
            rejects[0]["file"].as_str(),
            rejects[0]["kept"].as_str()
        ),
        (1, "gp.csv", "none")
    );
    assert!(said(&output).contains("in rejects.csv: cells and rows"));
}

#[test]
fn the_help_and_the_completions_know_every_option() {
    let help = String::from_utf8(run(&["link", "--help"]).stdout).unwrap();
    let script = String::from_utf8(run(&["completions", "bash"]).stdout).unwrap();
    for option in [
        "--out",
        "--map",
        "--compare",
        "--date-order",
        "--within-source",
        "--threshold",
        "--truth",
        "--model",
        "--report",
        "--explain",
        "--threads",
        "--engine",
        "--force",
    ] {
        assert!(help.contains(option) && script.contains(option), "{option}");
    }
}
