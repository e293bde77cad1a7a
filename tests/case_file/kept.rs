//! What is put into a case comes out of it again, and only with the passphrase.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use casepicture::case::audit::Event;
use casepicture::case::{CaseError, Draft};
use casepicture::model::decision::Sameness;

use super::made::{HAND, open, open_case, people_csv, phrase, place, same, small};

#[test]
fn exports_decisions_and_the_log_come_back_as_they_were() {
    let (_folder, path) = place();
    let case = small(&path, "one two three");
    let decisions = case.case().decisions.clone();
    let supplied = case.case().supplied.clone();
    assert_eq!(supplied.records.len(), 3);
    drop(case);
    let case = open_case(&path, "one two three").unwrap();
    assert_eq!(case.case().decisions, decisions);
    assert_eq!(case.case().supplied, supplied);
    let what: Vec<Event> = case
        .audit()
        .unwrap()
        .into_iter()
        .map(|line| line.event)
        .collect();
    assert!(matches!(
        what.as_slice(),
        [
            Event::Created,
            Event::Imported { import: 1, .. },
            Event::Decided { .. },
            Event::Decided { .. }
        ]
    ));
    assert_eq!(case.verify(Some(&case.head().unwrap())).unwrap(), []);
    drop(case);
    let store = open(&path, "one two three").unwrap();
    let exports = store.exports().unwrap();
    assert_eq!(store.bytes(exports[0].id).unwrap(), people_csv().as_bytes());
    assert_eq!(store.imports().unwrap()[0].by, HAND.by);
}

#[test]
fn nothing_is_left_beside_a_case_that_is_closed() {
    let (folder, path) = place();
    drop(small(&path, "one two three"));
    let names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|item| item.unwrap().file_name())
        .collect();
    assert_eq!(names, ["river"]);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_second_opening_is_told_so_and_the_first_goes_on() {
    let (_folder, path) = place();
    let mut first = small(&path, "one two three");
    assert!(matches!(
        open(&path, "one two three"),
        Err(CaseError::Busy(_))
    ));
    assert!(matches!(open(&path, "wrong"), Err(CaseError::Busy(_))));
    first
        .decide(same("S1", "S2", Sameness::Same), HAND)
        .unwrap();
    drop(first);
    assert_eq!(
        open(&path, "one two three")
            .unwrap()
            .decisions()
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn a_mode_that_lets_others_read_is_refused() {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    for mode in [0o644, 0o660, 0o604, 0o601] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let refused = open(&path, "one two three").map(drop);
        assert!(
            matches!(refused, Err(CaseError::Mode { mode: told, .. }) if told == mode),
            "{mode:o}"
        );
    }
}

#[test]
fn the_passphrase_changes_in_one_move_and_the_case_goes_on() {
    let (folder, path) = place();
    let mut case = small(&path, "one two three");
    let before = fs::read(&path).unwrap();
    case.change_passphrase(&phrase("fünf 'six'"), HAND).unwrap();
    assert!(
        case.is_passphrase(&phrase("fu\u{308}nf 'six'")).unwrap(),
        "composed or not is one passphrase"
    );
    assert!(!case.is_passphrase(&phrase("one two three")).unwrap());
    case.decide(same("S1", "S2", Sameness::Same), HAND).unwrap();
    assert_eq!(case.verify(None).unwrap(), []);
    drop(case);
    assert_ne!(before[..16], fs::read(&path).unwrap()[..16], "a new salt");
    assert!(matches!(
        open(&path, "one two three"),
        Err(CaseError::Sealed(_))
    ));
    assert_eq!(
        open(&path, "fünf 'six'")
            .unwrap()
            .decisions()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn texts_being_typed_are_kept_and_given_back_once() {
    let (_folder, path) = place();
    let mut case = small(&path, "one two three");
    let draft = Draft {
        of: casepicture::case::DraftOf::Note(casepicture::model::decision::About::Case),
        text: "half a sent".to_owned(),
    };
    case.keep_drafts(std::slice::from_ref(&draft)).unwrap();
    case.keep_drafts(std::slice::from_ref(&draft)).unwrap();
    drop(case);
    let mut case = open_case(&path, "one two three").unwrap();
    assert_eq!(case.take_drafts().unwrap(), [draft]);
    assert_eq!(case.take_drafts().unwrap(), []);
}
