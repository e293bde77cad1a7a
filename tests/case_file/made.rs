//! Invented cases for the tests of the case file.

use std::path::{Path, PathBuf};

use casepicture::case::store::{Cost, NewExport, Store};
use casepicture::case::{CaseError, Hand, OpenCase, Passphrase, Step};
use casepicture::import::Limits;
use casepicture::model::decision::{Sameness, Verdict};
use casepicture::model::id::{AgencyId, RecordId};
use rusqlite::Connection;

pub const HAND: Hand<'_> = Hand {
    by: "R. Adeyemi",
    at: 1_700_000_000,
};

/// A text that stands nowhere but in the exports and decisions.
pub const CANARY: &str = "Quokkaberry Zephyrine";

pub fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned().into()).unwrap()
}

/// A folder with the path of a case that is not there yet.
pub fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("river");
    (folder, path)
}

pub fn open(path: &Path, text: &str) -> Result<Store, CaseError> {
    Store::open_with(path, &phrase(text), Cost::CHEAP)
}

pub fn open_case(path: &Path, text: &str) -> Result<OpenCase, CaseError> {
    OpenCase::open_with(path, &phrase(text), Cost::CHEAP, &Limits::default())
}

pub fn same(left: &str, right: &str, same: Sameness) -> Step {
    let record = |id: &str| RecordId::new(&AgencyId::new("school"), id);
    let verdict = Verdict::Persons {
        left: record(left),
        right: record(right),
        same,
    };
    Step {
        verdicts: vec![(verdict, vec![format!("name: {CANARY}")])],
        why: format!("{CANARY} said so"),
    }
}

pub fn people_csv() -> String {
    format!(
        "record_id,given_name,family_name,date_of_birth\nS1,{CANARY},Example,2012-03-04\nS2,Ada,Example,2014-01-02\n"
    )
}

/// A case with one import of two files, two decisions and a few lines of the log.
pub fn small(path: &Path, text: &str) -> OpenCase {
    let mut store = Store::create_with(path, &phrase(text), Cost::CHEAP, HAND).unwrap();
    import(
        &mut store,
        &[
            ("school/people.csv", &people_csv()),
            ("police/people.csv", "record_id,given_name\nP1,Ada\n"),
        ],
    );
    drop(store);
    let mut case = open_case(path, text).unwrap();
    case.decide(same("S1", "S2", Sameness::Different), HAND)
        .unwrap();
    case.decide(same("S1", "S3", Sameness::NotSure), HAND)
        .unwrap();
    case
}

pub fn import(store: &mut Store, files: &[(&str, &str)]) -> u32 {
    store
        .write(|writing| {
            let import = writing.add_import(HAND)?;
            for (path, content) in files {
                writing.add_export(&NewExport {
                    path,
                    agency: None,
                    found: None,
                    bytes: content.as_bytes(),
                    import,
                })?;
            }
            writing.log_import(import, HAND)?;
            Ok(import)
        })
        .unwrap()
}

/// The database under a cheap case, as somebody with the key and another program has it.
pub fn raw(path: &Path, text: &str) -> Connection {
    let database = Connection::open(path).unwrap();
    database.pragma_update(None, "key", text).unwrap();
    database.pragma_update(None, "kdf_iter", 4).unwrap();
    database
}
