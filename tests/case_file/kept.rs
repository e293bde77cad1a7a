//! What is put into a case comes out of it again, and only with the passphrase.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use casepicture::case::audit::Event;
use casepicture::case::store::{Cost, Store};
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
fn a_file_or_folder_that_may_only_be_read_is_told_and_left_as_it_is() {
    let (folder, path) = place();
    drop(small(&path, "one two three"));
    let before = fs::read(&path).unwrap();
    for (at, mode, back) in [
        (path.as_path(), 0o400, 0o600),
        (folder.path(), 0o500, 0o700),
    ] {
        fs::set_permissions(at, fs::Permissions::from_mode(mode)).unwrap();
        // whoever may do all may write here too, and then there is nothing to tell
        let told = open(&path, "one two three").map(drop);
        fs::set_permissions(at, fs::Permissions::from_mode(back)).unwrap();
        assert!(
            matches!(told, Ok(()) | Err(CaseError::Io { .. })),
            "{told:?}"
        );
    }
    assert_eq!(fs::read(&path).unwrap(), before);
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

#[test]
#[ignore = "not a test by itself: the process that holds a case open for the tests below"]
fn a_holder() {
    let asked = std::env::args().find_map(|arg| Some(arg.strip_prefix("hold:")?.to_owned()));
    let Some(path) = asked else {
        return;
    };
    let _held = open(path.as_ref(), "one two three").unwrap();
    println!("it is held");
    // until the other process closes its end or kills this one
    let _ = std::io::stdin().read_line(&mut String::new());
}

fn holder(path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--ignored", "--exact", "--nocapture", "kept::a_holder"])
        .arg(format!("hold:{}", path.display()))
        .env("RUST_BACKTRACE", "0");
    command
}

#[test]
fn a_second_process_is_told_so_and_a_killed_one_holds_nothing() {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    let mut holder = holder(&path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(told.any(|line| line.unwrap().contains("it is held")));
    assert!(matches!(
        open(&path, "one two three"),
        Err(CaseError::Busy(_))
    ));
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(open(&path, "one two three").is_ok());
}

#[test]
fn a_wrong_passphrase_prints_nothing_of_the_database() {
    let (_folder, path) = place();
    drop(small(&path, "something else"));
    let output = holder(&path).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).to_lowercase();
    assert!(text.contains("sealed"), "{text}");
    // the words of the database's own log
    for word in ["sqlcipher", "hmac", "codec", "error core"] {
        assert!(!text.contains(word), "{text}");
    }
}

#[test]
fn a_new_case_takes_the_place_of_nothing() {
    let (folder, path) = place();
    fs::write(&path, "notes").unwrap();
    let create = |path: &Path| Store::create_with(path, &phrase("a"), Cost::CHEAP, HAND).map(drop);
    assert!(matches!(create(&path), Err(CaseError::Exists(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "notes");
    let nowhere = folder.path().join("none/river");
    assert!(matches!(create(&nowhere), Err(CaseError::Missing(_))));
    let nothing = folder.path().join("none");
    assert!(matches!(open(&nothing, "a"), Err(CaseError::Missing(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_case_opens_through_a_link_and_what_is_beside_it_is_beside_the_file() {
    let (folder, path) = place();
    drop(small(&path, "one two three"));
    let links = tempfile::tempdir().unwrap();
    let link = links.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut case = open_case(&link, "one two three").unwrap();
    assert!(matches!(
        open(&path, "one two three"),
        Err(CaseError::Busy(_))
    ));
    case.change_passphrase(&phrase("four"), HAND).unwrap();
    drop(case);
    assert!(link.is_symlink() && open(&path, "four").is_ok());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(fs::read_dir(links.path()).unwrap().count(), 1);
}
