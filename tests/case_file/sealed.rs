//! Without the passphrase nothing in the file or beside it can be read, and damage is told without detail.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use casepicture::case::CaseError;
use casepicture::case::store::{Cost, NewExport, Store, is_case};
use casepicture::model::decision::Sameness;
use rusqlite::Connection;

use super::made::{CANARY, HAND, open, open_case, phrase, place, raw, same, small};

/// Words of the small case, its tables and its decisions.
const WORDS: [&str; 10] = [
    "Quokkaberry",
    "Zephyrine",
    "Example",
    "school/people.csv",
    "record_id",
    "Adeyemi",
    "SQLite format 3",
    "CREATE TABLE",
    "NotSure",
    "decision",
];

/// The words that stand in any file of a folder, in any of the usual encodings.
fn readable(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        for word in WORDS {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let stands = |text: &[u8]| {
                let begins = bytes
                    .iter()
                    .enumerate()
                    .filter(|(_, byte)| **byte == text[0]);
                begins
                    .map(|(at, _)| at)
                    .any(|at| bytes[at..].starts_with(text))
            };
            if stands(word.as_bytes()) || stands(&wide) {
                found.push(format!("{word} in {}", path.display()));
            }
        }
    }
    found
}

/// Bytes that do not pack: the same on every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn a_case_looks_like_noise_from_its_first_byte() {
    let (folder, path) = place();
    drop(small(&path, "one two three"));
    let (_other_folder, other) = place();
    drop(small(&other, "one two three"));
    let (one, two) = (fs::read(&path).unwrap(), fs::read(&other).unwrap());
    assert_ne!(one[..16], two[..16], "the salt is each file's own");
    assert!(is_case(&path).unwrap() && is_case(&other).unwrap());
    // pages of the same content are not the same bytes
    let equal = one.iter().zip(&two).filter(|(one, two)| one == two).count();
    assert!(
        equal < one.len() / 64,
        "{equal} of {} bytes are equal",
        one.len()
    );
    assert_eq!(readable(folder.path()), Vec::<String>::new());
}

#[test]
fn nothing_beside_the_case_can_be_read_while_it_is_written_and_after_a_kill() {
    let (folder, path) = place();
    let mut case = small(&path, "one two three");
    case.decide(same("S1", "S2", Sameness::Same), HAND).unwrap();
    drop(case);
    let mut store = open(&path, "one two three").unwrap();
    let before = store.head().unwrap();
    let (killed, copy) = place();
    let refused: Result<(), CaseError> = store.write(|writing| {
        let import = writing.add_import(HAND)?;
        // more than the cache holds, so that pages reach the journal and the file before the commit
        let large = [CANARY.as_bytes(), &noise(3 << 20)].concat();
        writing.add_export(&NewExport {
            path: CANARY,
            agency: None,
            found: None,
            bytes: &large,
            import,
        })?;
        writing.log_import(import, HAND)?;
        assert_eq!(readable(folder.path()), Vec::<String>::new());
        for item in fs::read_dir(folder.path()).unwrap() {
            let item = item.unwrap();
            assert_eq!(item.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            fs::copy(item.path(), killed.path().join(item.file_name())).unwrap();
        }
        Err(CaseError::Exports("not kept".to_owned()))
    });
    assert_eq!(refused, Err(CaseError::Exports("not kept".to_owned())));
    assert_eq!(store.head().unwrap(), before, "nothing of it was kept");
    assert!(
        killed.path().join("river-journal").exists(),
        "the journal was seen"
    );
    // what a kill at that moment would have left: nothing readable, and the old state
    assert_eq!(readable(killed.path()), Vec::<String>::new());
    let store = open(&copy, "one two three").unwrap();
    assert_eq!(store.head().unwrap(), before);
    assert_eq!(store.verify(None).unwrap(), []);
    drop(store);
    assert_eq!(fs::read_dir(killed.path()).unwrap().count(), 1);
}

/// Opens a changed copy of a case; it must be told as sealed and as nothing else.
fn is_sealed(path: &Path, bytes: &[u8]) -> bool {
    let mut file = fs::File::create(path).unwrap();
    file.write_all(bytes).unwrap();
    drop(file);
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    let told = open_case(path, "one two three").map(drop);
    told == Err(CaseError::Sealed(
        path.canonicalize().unwrap().display().to_string(),
    ))
}

fn damage(every: usize) {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    let whole = fs::read(&path).unwrap();
    let mut passed = Vec::new();
    for at in (0..whole.len()).step_by(every) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        if !is_sealed(&path, &flipped) {
            passed.push(format!("byte {at} flipped"));
        }
        if !is_sealed(&path, &whole[..at]) {
            passed.push(format!("cut to {at} bytes"));
        }
    }
    for more in [1, 15, 4095, 4096, 8192] {
        if !is_sealed(&path, &[whole.clone(), noise(more)].concat()) {
            passed.push(format!("{more} bytes longer"));
        }
    }
    assert_eq!(passed, Vec::<String>::new());
    assert!(!is_sealed(&path, &whole), "unchanged it opens");
}

#[test]
fn a_flipped_byte_and_a_cut_file_are_told_without_detail() {
    damage(97);
}

#[test]
#[ignore = "every byte and every length: about two minutes"]
fn every_flipped_byte_and_every_length_are_told_without_detail() {
    damage(1);
}

#[test]
fn pages_that_changed_places_and_pages_of_another_case_are_told() {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    let whole = fs::read(&path).unwrap();
    let mut swapped = whole.clone();
    swapped[4096..8192].copy_from_slice(&whole[8192..12288]);
    swapped[8192..12288].copy_from_slice(&whole[4096..8192]);
    assert!(is_sealed(&path, &swapped));
    let (_other_folder, other) = place();
    drop(small(&other, "one two three"));
    let mut mixed = whole;
    mixed[4096..8192].copy_from_slice(&fs::read(&other).unwrap()[4096..8192]);
    assert!(is_sealed(&path, &mixed));
}

#[test]
fn what_is_no_case_is_told_as_a_wrong_passphrase_is() {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    let wrong = open(&path, "one two thre").map(drop).unwrap_err();
    let plain_database = {
        let (_folder, path) = place();
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch("CREATE TABLE decision(number)")
            .unwrap();
        drop(database);
        fs::read(&path).unwrap()
    };
    let other_database = {
        let (_folder, path) = place();
        drop(small(&path, "one two three"));
        raw(&path, "one two three")
            .execute_batch("PRAGMA application_id = 7")
            .unwrap();
        fs::read(&path).unwrap()
    };
    let made: [(&str, Vec<u8>); 6] = [
        ("empty", Vec::new()),
        ("text", b"record_id,given_name\nS1,Ada\n".repeat(400)),
        ("noise", noise(40_960)),
        ("zeroes", vec![0; 40_960]),
        ("a database without a key", plain_database),
        ("a database of something else", other_database),
    ];
    for (what, bytes) in made {
        assert!(is_sealed(&path, &bytes), "{what}");
        let told = open(&path, "one two three").map(drop).unwrap_err();
        assert_eq!(told.to_string(), wrong.to_string(), "{what}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{what}: untouched");
    }
}

#[test]
fn a_passphrase_is_told_by_nothing() {
    let (_folder, path) = place();
    let secret = "Xylograph'; DROP";
    let case = small(&path, secret);
    let shown = format!("{case:?} {:?} {:?}", phrase(secret), case.audit().unwrap());
    assert!(!shown.contains("Xylograph"));
    drop(case);
    let told = open(&path, "Xylograph").map(drop).unwrap_err();
    assert!(!format!("{told} {told:?}").contains("Xylograph"));
    let nul = casepicture::case::Passphrase::new("Xylograph\0".to_owned().into()).unwrap_err();
    assert!(!format!("{nul} {nul:?}").contains("Xylograph"));
    assert!(open(&path, secret).is_ok());
}

#[test]
fn a_cheap_file_does_not_open_as_a_case() {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    assert!(matches!(
        Store::open(&path, &phrase("one two three")),
        Err(CaseError::Sealed(_))
    ));
    assert_ne!(Cost::CHEAP, Cost::FORMAT_1);
}

#[test]
fn no_export_is_taken_for_a_case_and_a_damaged_case_still_is() {
    let (_folder, path) = place();
    drop(small(&path, "one two three"));
    let whole = fs::read(&path).unwrap();
    for length in [256, 1000, 4096, 5000, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(is_case(&path).unwrap(), "cut to {length}");
    }
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            assert!(!is_case(&path).unwrap());
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|item| item.unwrap().path()),
            );
        } else {
            seen += 1;
            let is_one = path.extension().is_some_and(|ending| ending == "case");
            assert_eq!(is_case(&path).unwrap(), is_one, "{}", path.display());
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn exports_in_every_encoding_and_packing_are_exports() {
    let (_folder, path) = place();
    let rows = "Фамилия;Имя;Родился\nПетрова;Анна;04.03.2012\n山田;花子;2012-03-04\nÅström,Zoë,x\n"
        .repeat(60);
    let utf16 = rows.encode_utf16();
    let made: [(&str, Vec<u8>); 7] = [
        ("UTF-8", rows.clone().into_bytes()),
        (
            "UTF-16LE without a mark",
            utf16.clone().flat_map(u16::to_le_bytes).collect(),
        ),
        (
            "UTF-16BE without a mark",
            utf16.flat_map(u16::to_be_bytes).collect(),
        ),
        (
            "Windows-1251",
            encoding_rs::WINDOWS_1251.encode(&rows).0.into_owned(),
        ),
        (
            "Shift-JIS",
            encoding_rs::SHIFT_JIS.encode(&rows).0.into_owned(),
        ),
        ("GB18030", encoding_rs::GB18030.encode(&rows).0.into_owned()),
        ("empty", Vec::new()),
    ];
    for (what, bytes) in made {
        fs::write(&path, bytes).unwrap();
        assert!(!is_case(&path).unwrap(), "{what}");
    }
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, CANARY).unwrap();
    fs::write(&path, workbook.save_to_buffer().unwrap()).unwrap();
    assert!(!is_case(&path).unwrap(), "a workbook");
}
