use super::*;
use crate::import::roster::FileRead;
use crate::people::scale::sample::{column, linked, roster};
use crate::people::scale::truth::measure;

fn report(hostile: &str) -> String {
    let roster = roster(&["gp:1", "gp:2", "police:3", "police:4"]);
    let run = linked(&[0, 1, 0, 0], &[(0, 2, 0.97), (0, 3, 0.85), (1, 2, 0.3)]);
    let files = [FileRead {
        name: format!("{hostile}.csv"),
        rows: 5,
        used: 4,
        rejected: 1,
        columns: vec![
            (hostile.to_owned(), "given_name".to_owned()),
            ("shoe".to_owned(), String::new()),
        ],
    }];
    let measures = measure(&column(&["A", "B", "A", "A"]), &run);
    page(&Run {
        files: &files,
        roster: &roster,
        linked: &run,
        measures: measures.as_ref(),
        rejects: 1,
        notes: &[hostile.to_owned()],
    })
}

#[test]
fn nothing_from_outside_is_markup_and_nothing_is_loaded() {
    let text = report("<script>alert(1)</script>\"'&\u{202e}\0");
    assert!(!text.contains("<script") && !text.contains('\u{202e}') && !text.contains('\0'));
    assert!(text.contains("&lt;script&gt;") && text.contains("⟨U+202E⟩"));
    for outside in [
        "http://", "https://", "src=", "href=", "url(", "@import", " style=", "onload",
    ] {
        assert!(!text.contains(outside), "{outside}");
    }
}

#[test]
fn the_policy_allows_this_style_alone() {
    let text = report("x");
    let style = text
        .split_once("<style>")
        .unwrap()
        .1
        .split_once("</style>")
        .unwrap()
        .0;
    let hash = base64(&Sha256::digest(style.as_bytes()));
    assert!(text.contains(&format!("style-src 'sha256-{hash}'")));
    assert_eq!(
        [base64(b"a"), base64(b"ab"), base64(b"abc"), base64(b"")],
        ["YQ==", "YWI=", "YWJj", ""]
    );
}

#[test]
fn what_matters_is_said() {
    let text = report("x");
    for said in [
        "4 records of 2 agencies describe 2 persons",
        "Not used: shoe",
        "linked from probability 0.8",
        "99% of the linked pairs are true",
        "1,234,567",
        "fields that do not agree",
        "2 or more",
        "B-cubed",
        "2 and 1",
        "email could not be learnt",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn a_run_without_a_truth_says_nothing_of_it_and_an_empty_one_is_still_a_page() {
    let roster = roster(&[]);
    let run = linked(&[], &[]);
    let text = page(&Run {
        files: &[],
        roster: &roster,
        linked: &run,
        measures: None,
        rejects: 0,
        notes: &[],
    });
    assert!(
        !text.contains("How right it was") && text.contains("No person has more than one record")
    );
}

#[test]
fn what_is_very_long_is_cut() {
    assert_eq!(outside(&"ü".repeat(500)).chars().count(), LONGEST + 1);
}
