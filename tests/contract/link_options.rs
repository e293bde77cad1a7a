//! `link`: what each option does, and what is said when one is wrong.

use std::fs;

use crate::link_place::{Place, said};

#[test]
#[allow(clippy::too_many_lines)] // as long as its cases
fn what_is_wrong_stops_with_2_and_says_what_and_what_to_do() {
    let place = Place::of_people(30);
    fs::write(place.path("empty.csv"), "").unwrap();
    fs::write(place.path("binary.csv"), [0_u8, 159, 146, 150, 0, 1, 2]).unwrap();
    fs::write(place.path("nameless.csv"), "shoe,size\n1,2\n").unwrap();
    fs::write(place.path("model.json"), "{\"version\":1}").unwrap();
    fs::create_dir(place.path("folder")).unwrap();
    let out = ["--out", "out"];
    for (words, named) in [
        (vec!["csc.csv"], "--out"),
        (vec!["--out", "out"], "FILE"),
        (vec!["none.csv", "--out", "out"], "none.csv"),
        (vec!["folder", "--out", "out"], "folder"),
        (vec!["empty.csv", "--out", "out"], "empty.csv"),
        (vec!["binary.csv", "--out", "out"], "binary.csv"),
        (vec!["nameless.csv", "--out", "out"], "nameless.csv"),
        (vec!["csc.csv", "--out", "csc.csv"], "csc.csv"),
        (
            vec!["csc.csv", "--out", "out", "--map", "given_name"],
            "FIELD=COLUMN",
        ),
        (
            vec!["csc.csv", "--out", "out", "--map", "given_nmae=shoe_size"],
            "given_nmae",
        ),
        (
            vec!["csc.csv", "--out", "out", "--map", "given_name=shoes"],
            "shoes",
        ),
        (
            vec!["csc.csv", "--out", "out", "--map", "sex=a,sex=b"],
            "twice",
        ),
        (
            vec!["csc.csv", "--out", "out", "--compare", "hat_size"],
            "hat_size",
        ),
        (
            vec!["csc.csv", "--out", "out", "--compare", ""],
            "--compare",
        ),
        (
            vec!["csc.csv", "--out", "out", "--truth", "clutser"],
            "clutser",
        ),
        (vec!["csc.csv", "--out", "out", "--truth", " "], "--truth"),
        (
            vec!["csc.csv", "--out", "out", "--date-order", "ydm"],
            "ydm",
        ),
        (
            vec!["csc.csv", "--out", "out", "--within-source", "maybe"],
            "maybe",
        ),
        (
            vec!["csc.csv", "--out", "out", "--threshold", "1.5"],
            "0.015",
        ),
        (vec!["csc.csv", "--out", "out", "--threshold", "0"], "0.01"),
        (
            vec!["csc.csv", "--out", "out", "--threads", "0"],
            "--threads",
        ),
        (
            vec!["csc.csv", "--out", "out", "--engine", "abacus"],
            "abacus",
        ),
        (
            vec!["csc.csv", "--out", "out", "--model", "none.json"],
            "none.json",
        ),
        (
            vec!["csc.csv", "--out", "out", "--model", "csc.csv"],
            "no model of link",
        ),
        (
            vec!["csc.csv", "--out", "out", "--model", "model.json"],
            "no model of link",
        ),
        (
            vec!["csc.csv", "--out", "out", "--model", "folder"],
            "folder",
        ),
        (vec!["csc.csv", "--report", "folder"], "folder"),
        (vec!["csc.csv", "--report", "nowhere/r.html"], "nowhere"),
        (vec!["csc.csv", "--explain", "C00001"], "--explain"),
        (vec!["csc.csv", "--explain", "C00001", "C99999"], "C99999"),
        (
            vec!["csc.csv", "--explain", "C00001", "csc:C00001"],
            "one record",
        ),
    ] {
        let output = place.link(&words);
        let told = said(&output);
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{words:?}: {told}"
        );
        assert!(told.contains(named), "{words:?}: {told}");
        assert!(!place.path(out[1]).exists(), "{words:?}");
    }
}

#[test]
fn near_ids_are_named_and_a_bare_id_is_enough_where_one_agency_has_it() {
    let place = Place::of_people(60);
    let near = place.link(&["csc.csv", "police.csv", "--explain", "csc:C0001x", "P00001"]);
    assert!(
        said(&near).contains("near ones: csc:C0001"),
        "{}",
        said(&near)
    );
    fs::write(
        place.path("gp.csv"),
        fs::read(place.path("csc.csv")).unwrap(),
    )
    .unwrap();
    let several = place.link(&["csc.csv", "gp.csv", "--explain", "C00001", "csc:C00002"]);
    assert!(
        said(&several).contains("csc:C00001, gp:C00001"),
        "{}",
        said(&several)
    );
    let given = |left: &str, right: &str| {
        place
            .link(&["csc.csv", "police.csv", "--explain", left, right])
            .stdout
    };
    let text = given("csc:C00001", "police:P00001");
    assert!(!text.is_empty() && text == given("P00001", "CSC:C00001"));
}

#[test]
fn an_explanation_adds_up_and_says_what_follows() {
    let place = Place::of_people(300);
    let output = place.link_all(&["--explain", "C00007", "P00007", "--out", "out"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for words in [
        "left   csc:C00007",
        "right  police:P00007",
        "prior",
        "given_name",
        "date_of_birth",
        "probability",
        "cut-off",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // the bits of the waterfall add up to the weight that pairs.csv has
    let bits = |line: &str| {
        line.split_whitespace()
            .rev()
            .nth(1)
            .and_then(|bits| bits.parse::<f64>().ok())
    };
    let is_step = |line: &&str| {
        line.ends_with(|c: char| c.is_ascii_digit()) && (line.contains('+') || line.contains(" -"))
    };
    let sum: f64 = text
        .lines()
        .skip(3)
        .take_while(|line| !line.is_empty())
        .filter(is_step)
        .filter_map(bits)
        .sum();
    let pairs = place.table("out/pairs.csv");
    let pair = pairs
        .iter()
        .find(|pair| pair["left"] == "csc:C00007" && pair["right"] == "police:P00007")
        .unwrap();
    let weight: f64 = pair["weight"].parse().unwrap();
    assert!((sum - weight).abs() < 0.1, "{sum} is not {weight}: {text}");
    assert!(text.contains("the two are one person"), "{text}");
}

#[test]
fn a_kept_model_gives_the_same_and_fits_its_own_columns_alone() {
    let place = Place::of_people(300);
    place.link_all(&["--out", "first"]);
    place.link_all(&["--out", "second", "--model", "first/model.json"]);
    for name in ["persons.csv", "pairs.csv"] {
        let bytes = |folder: &str| fs::read(place.path(folder).join(name)).unwrap();
        assert!(bytes("first") == bytes("second"), "{name}");
    }
    let other = place.link(&[
        "csc.csv",
        "--out",
        "third",
        "--model",
        "first/model.json",
        "--compare",
        "shoe_size",
    ]);
    assert_eq!(other.status.code(), Some(2));
    assert!(
        said(&other).contains("`shoe_size`") && !place.path("third").exists(),
        "{}",
        said(&other)
    );
    // a model is enough to explain a pair without linking
    let explained = place.link_all(&[
        "--model",
        "first/model.json",
        "--explain",
        "C00007",
        "P00007",
    ]);
    assert!(String::from_utf8_lossy(&explained.stdout).contains("weight"));
}

#[test]
fn a_town_that_a_kept_model_does_not_know_is_left_out_unless_it_is_asked_for() {
    let place = Place::of_people(300);
    place.link_all(&["--out", "first"]);
    let text = fs::read_to_string(place.path("csc.csv")).unwrap();
    let with_town: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(row, line)| format!("{line},{}", if row == 0 { "town" } else { "Ely" }))
        .collect();
    fs::write(place.path("csc.csv"), with_town.join("\n")).unwrap();
    place.link_all(&["--out", "second", "--model", "first/model.json"]);
    let bytes = |folder: &str| fs::read(place.path(folder).join("persons.csv")).unwrap();
    assert!(bytes("first") == bytes("second"));
    let kept = [
        "csc.csv",
        "--out",
        "third",
        "--model",
        "first/model.json",
        "--compare",
        "town",
    ];
    let asked = place.link(&kept);
    assert_eq!(asked.status.code(), Some(2));
    assert!(said(&asked).contains("`town`"), "{}", said(&asked));
    // without a model it is compared
    place.link_all(&["--out", "fourth"]);
    let model = fs::read_to_string(place.path("fourth/model.json")).unwrap();
    assert!(model.contains("\"town\""), "{model}");
}

#[test]
fn columns_are_mapped_joined_and_compared() {
    let place = Place::of_people(300);
    for (name, text) in ["csc.csv", "police.csv", "health.csv"]
        .map(|name| (name, fs::read_to_string(place.path(name)).unwrap()))
    {
        let mut lines: Vec<String> = vec!["record_id,a,b,yy,mm,dd,hat,cluster".to_owned()];
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let mut birth = cells[3].split('-');
            let mut part = || birth.next().unwrap_or("").to_owned();
            lines.push(format!(
                "{},{},{},{},{},{},{},{}",
                cells[0],
                cells[1],
                cells[2],
                part(),
                part(),
                part(),
                cells[5],
                cells[8]
            ));
        }
        fs::write(place.path(name), lines.join("\n")).unwrap();
    }
    let output = place.link_all(&[
        "--out",
        "out",
        "--map",
        "given_name=a,family_name=b,date_of_birth=yy-mm-dd",
        "--compare",
        "hat",
        "--truth",
        "cluster",
    ]);
    let model: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("out/model.json")).unwrap()).unwrap();
    let fields: Vec<&str> = model["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    for field in ["given_name", "family_name", "date_of_birth", "hat"] {
        assert!(fields.contains(&field), "{fields:?}");
    }
    assert!(!said(&output).contains("not used"), "{}", said(&output));
}

#[test]
fn within_source_and_threshold_are_kept_to() {
    let place = Place::of_people(200);
    // the same people twice in one file
    let text = fs::read_to_string(place.path("csc.csv")).unwrap();
    let again: Vec<String> = text
        .lines()
        .skip(1)
        .map(|line| format!("D{line}"))
        .collect();
    fs::write(
        place.path("twice.csv"),
        format!("{text}{}\n", again.join("\n")),
    )
    .unwrap();
    let persons = |within: &str| {
        let output = place.link(&["twice.csv", "--out", within, "--within-source", within]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let ids: std::collections::BTreeSet<String> = place
            .table(&format!("{within}/persons.csv"))
            .into_iter()
            .map(|row| row["person_id"].clone())
            .collect();
        (ids.len(), place.table(&format!("{within}/pairs.csv")).len())
    };
    let (link, review, never) = (persons("link"), persons("review"), persons("never"));
    assert!(link.0 < 300 && link.1 > 100, "{link:?}");
    assert_eq!((review.0, never), (400, (400, 0)));
    assert!(review.1 > 100, "{review:?}");

    place.link_all(&["--out", "firm", "--threshold", "0.999999"]);
    place.link_all(&["--out", "loose", "--threshold", "0.05"]);
    let model = |folder: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(place.path(folder).join("model.json")).unwrap()).unwrap()
    };
    assert_eq!(
        (
            model("firm")["threshold"].as_f64(),
            model("loose")["threshold"].as_f64()
        ),
        (Some(0.999_999), Some(0.05))
    );
    let count = |folder: &str| {
        let rows = place.table(&format!("{folder}/persons.csv"));
        rows.into_iter()
            .map(|row| row["person_id"].clone())
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    assert!(count("firm") > count("loose"));
}
