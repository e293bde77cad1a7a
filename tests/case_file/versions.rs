//! Every format that was ever released opens; a newer one is refused and left as it is.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use casepicture::case::audit::Head;
use casepicture::case::importing::ImportOptions;
use casepicture::case::store::{FORMAT, Store};
use casepicture::case::{CaseError, OpenCase};
use casepicture::import::folder::read_folder;
use casepicture::import::{Folder, InputFile, Limits};
use casepicture::model::decision::Sameness;
use rusqlite::Connection;

use super::made::{HAND, phrase, place, same};

/// As in the README beside the fixtures.
const WORDS: &str = "seven invented words that protect nothing here";

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases")
}

/// A copy with the mode that a case must have, which version control does not keep.
fn copy(name: &str, to: &Path) {
    fs::copy(fixture().join(name), to).unwrap();
    fs::set_permissions(to, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
#[ignore = "makes the fixture of the newest format, once, when it is released"]
fn make_the_fixture() {
    let path = fixture().join(format!("format-{FORMAT}.case"));
    let mut case = OpenCase::create(&path, &phrase(WORDS), HAND).unwrap();
    let exports = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hollow-lane");
    let found = read_folder(&exports, &Limits::default()).unwrap();
    let is_police = |file: &InputFile| file.path.starts_with("police/");
    let folder = Folder {
        files: found.files.into_iter().filter(is_police).collect(),
        skipped: Vec::new(),
    };
    let options = ImportOptions::default();
    case.import(&folder, &Limits::default(), options, HAND)
        .unwrap();
    case.decide(same("S1", "S2", Sameness::Different), HAND)
        .unwrap();
    case.undo(HAND).unwrap();
    let head = format!("{}\n", case.head().unwrap());
    fs::write(fixture().join(format!("format-{FORMAT}.head")), head).unwrap();
}

#[test]
fn format_1_opens_and_agrees_with_its_log() {
    let (_folder, path) = place();
    copy("format-1.case", &path);
    let case = OpenCase::open(&path, &phrase(WORDS), &Limits::default()).unwrap();
    assert!(!case.case().supplied.entries.is_empty());
    assert_eq!(case.case().decisions.len(), 2);
    assert_eq!(case.case().decisions[0].withdrawn_by, Some(2));
    let head = fs::read_to_string(fixture().join("format-1.head")).unwrap();
    let head: Head = head.parse().unwrap();
    assert_eq!(case.verify(Some(&head)).unwrap(), []);
}

#[test]
fn a_newer_format_is_refused_and_left_as_it_is() {
    let (folder, path) = place();
    copy("format-1.case", &path);
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "key", WORDS).unwrap();
    newer.pragma_update(None, "kdf_iter", 600_000).unwrap();
    newer
        .pragma_update(None, "user_version", FORMAT + 1)
        .unwrap();
    drop(newer);
    let before = fs::read(&path).unwrap();
    let changed = fs::metadata(&path).unwrap().modified().unwrap();
    let told = Store::open(&path, &phrase(WORDS)).map(drop).unwrap_err();
    let newer = CaseError::Newer {
        path: path.canonicalize().unwrap().display().to_string(),
        found: FORMAT + 1,
        known: FORMAT,
    };
    assert_eq!(told, newer);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), changed);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
