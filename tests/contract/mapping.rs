//! A mapping file from the outside: drafted, corrected by hand, named in `case.toml`.

use std::fs;

use crate::common::{build, exports, run, written};

const LOG: &str = "Pastoral log\n\nNr,Wer,Wann,Was,Wie\n1,S1,05/03/2025,Tired,Prof Op\n";
const PEOPLE: &str = "record_id,given_name,family_name\nS1,Ann,Example\n";

fn stdout(args: &[&str]) -> (Option<i32>, String) {
    let output = run(args);
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn a_draft_that_is_filled_in_reads_the_file() {
    let folder = exports(&[("school/people.csv", PEOPLE), ("school/log.csv", LOG)]);
    let at = |name: &str| folder.path().join(name);
    let before = written(build(folder.path()).path(), "timeline.csv");
    assert!(before.is_empty(), "nobody knows these headers");

    let log = at("school/log.csv");
    let map = at("map.toml");
    let drafted = run(&[
        "check".as_ref(),
        log.as_os_str(),
        "--draft".as_ref(),
        "-o".as_ref(),
        map.as_os_str(),
    ]);
    assert_eq!(drafted.status.code(), Some(0));
    let mut draft = fs::read_to_string(&map).unwrap();
    assert!(draft.contains("title_rows = 2"), "{draft}");
    for (header, column) in [
        ("Nr", "entry_id"),
        ("Wer", "record_ids"),
        ("Wann", "date"),
        ("Was", "text"),
        ("Wie", "channel"),
    ] {
        let line = format!("\"{header}\" = \"\"");
        assert!(draft.contains(&line), "{draft}");
        draft = draft.replace(&line, &format!("\"{header}\" = \"{column}\""));
    }
    draft.push_str("\n[codes.channel]\n\"prof op\" = \"professional-opinion\"\n");
    fs::write(&map, draft).unwrap();
    let set_up = "[[export]]\nfile = \"school/log*.csv\"\nprofile = \"map.toml\"\n";
    fs::write(at("case.toml"), set_up).unwrap();

    let facts = written(build(folder.path()).path(), "timeline.csv");
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0]["date"], "2025-03-05");
    assert_eq!(facts[0]["channel"], "a professional's opinion");
    assert_eq!(facts[0]["source_rows"], "school/log.csv#4");
    assert_eq!(facts[0]["persons"], "Ann Example");
}

#[test]
fn a_draft_overwrites_nothing_and_is_made_from_one_file() {
    let folder = exports(&[("a.csv", PEOPLE), ("b.csv", LOG)]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (code, text) = stdout(&["check", &path("a.csv"), "--draft"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("\"given_name\" = \"given_name\""), "{text}");
    for args in [
        &["check", &path("a.csv"), &path("b.csv"), "--draft"][..],
        &["check", folder.path().to_str().unwrap(), "--draft"],
        &["check", &path("a.csv"), "--draft", "-o", &path("b.csv")],
        &["check", &path("a.csv"), "-o", &path("c.toml")],
    ] {
        assert_eq!(stdout(args), (Some(2), String::new()), "{args:?}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("b.csv")).unwrap(),
        LOG
    );
}

#[test]
fn a_wrong_mapping_stops_the_build_and_names_its_line() {
    let set_up = "[[export]]\nfile = \"school/log.csv\"\nprofile = \"map.toml\"\n";
    let map = "[columns]\n\"Was\" = \"txet\"\n";
    let folder = exports(&[
        ("case.toml", set_up),
        ("map.toml", map),
        ("school/log.csv", LOG),
    ]);
    let output = run(&["timeline".as_ref(), folder.path().as_os_str()]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("profile = \"map.toml\": line 2: there is no column `txet`"),
        "{told}"
    );
    assert!(told.contains("did you mean `text`?"), "{told}");
}
