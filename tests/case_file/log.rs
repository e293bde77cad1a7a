//! Whoever has the key and another program can change what a case holds; the log tells that they did.

use std::path::Path;

use casepicture::case::audit::{Event, Head};
use casepicture::case::store::NewExport;
use casepicture::model::decision::Sameness;

use super::made::{HAND, import, open, open_case, people_csv, place, raw, same, small};

const WORDS: &str = "one two three";

/// A case in which all kinds of things happened.
fn busy(path: &Path) -> Head {
    let mut case = small(path, WORDS);
    case.undo(HAND).unwrap();
    case.redo(HAND).unwrap();
    for level in 0..3 {
        let fact = format!("F-{level}");
        case.log(&Event::SawWithheld { fact }, HAND).unwrap();
    }
    case.log(&Event::FailedUnlock { times: 2 }, HAND).unwrap();
    drop(case);
    let mut store = open(path, WORDS).unwrap();
    store
        .write(|writing| {
            let import = writing.add_import(HAND)?;
            writing.replace_export(1, import)?;
            let newer = people_csv().replace("2014", "2015");
            writing.add_export(&NewExport {
                path: "school/people.csv",
                agency: None,
                found: None,
                bytes: newer.as_bytes(),
                import,
            })?;
            writing.log_import(import, HAND)
        })
        .unwrap();
    store.head().unwrap()
}

/// What is told after a change by other means.
fn told(change: &str, head: Option<&Head>) -> Vec<String> {
    let (_folder, path) = place();
    busy(&path);
    raw(&path, WORDS).execute_batch(change).unwrap();
    findings(&path, head)
}

fn findings(path: &Path, head: Option<&Head>) -> Vec<String> {
    let store = open(path, WORDS).unwrap();
    let found = store.verify(head).unwrap();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_case_that_nobody_changed_agrees_with_its_log_and_every_head() {
    let (_folder, path) = place();
    let last = busy(&path);
    assert_eq!(findings(&path, None), Vec::<String>::new());
    let store = open(&path, WORDS).unwrap();
    for line in store.audit().unwrap() {
        let head = Head {
            number: line.number,
            hash: line.hash,
        };
        assert_eq!(head.to_string().parse(), Ok(head.clone()));
        assert_eq!(store.verify(Some(&head)).unwrap(), []);
    }
    assert_eq!(store.audit().unwrap().len() as u64, last.number);
}

#[test]
fn a_line_of_the_log_that_was_changed_deleted_inserted_or_moved_shows() {
    let flips = [
        "at = at + 1",
        "by = 'A. Other'",
        "version = '9'",
        "event = replace(event, 'F-1', 'F-2')",
        "hash = replace(hash, substr(hash, 1, 1), 'x')",
    ];
    for flip in flips {
        let found = told(&format!("UPDATE audit SET {flip} WHERE number = 8"), None);
        assert!(
            found
                .iter()
                .any(|one| one.starts_with("line 8: ") || one.starts_with("line 9: ")),
            "{flip}: {found:?}"
        );
    }
    let changes = [
        ("deleted", "DELETE FROM audit WHERE number = 8"),
        ("the first deleted", "DELETE FROM audit WHERE number = 1"),
        ("deleted and closed up", "DELETE FROM audit WHERE number = 8; UPDATE audit SET number = number - 1 WHERE number > 8"),
        (
            "inserted",
            "UPDATE audit SET number = -number WHERE number > 8; UPDATE audit SET number = 1 - number WHERE number < 0;
             INSERT INTO audit SELECT 9, at, by, event, version, hash FROM audit WHERE number = 8",
        ),
        (
            "moved",
            "UPDATE audit SET number = 99 WHERE number = 7; UPDATE audit SET number = 7 WHERE number = 8;
             UPDATE audit SET number = 8 WHERE number = 99",
        ),
        ("appended by hand", "INSERT INTO audit SELECT 12, at, by, event, version, hash FROM audit WHERE number = 8"),
        ("emptied", "DELETE FROM audit"),
        ("not understood", "UPDATE audit SET event = '{\"what\":\"party\"}' WHERE number = 8"),
    ];
    for (what, change) in changes {
        assert_ne!(told(change, None), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_decision_that_was_changed_deleted_inserted_or_moved_shows() {
    let changes = [
        ("verdict", "UPDATE decision SET verdict = replace(verdict, 'Different', 'Same') WHERE number = 1"),
        ("by", "UPDATE decision SET by = 'A. Other' WHERE number = 1"),
        ("why", "UPDATE decision SET why = '' WHERE number = 1"),
        ("at", "UPDATE decision SET at = at - 86400 WHERE number = 1"),
        ("evidence", "UPDATE decision SET evidence = '[]' WHERE number = 1"),
        ("version", "UPDATE decision SET version = '9' WHERE number = 1"),
        ("step", "UPDATE decision SET step = 0 WHERE number = 1"),
        ("salt", "UPDATE decision SET salt = randomblob(16) WHERE number = 1"),
        ("id", "UPDATE decision SET id = 'ffff' WHERE number = 1"),
        ("deleted", "DELETE FROM decision WHERE number = 2"),
        (
            "inserted",
            "INSERT INTO decision SELECT 50, 'ffff', 50, by, why, at, evidence, version, verdict, salt FROM decision WHERE number = 1",
        ),
        (
            "moved",
            "UPDATE decision SET number = 99 WHERE number = 1; UPDATE decision SET number = 1 WHERE number = 2;
             UPDATE decision SET number = 2 WHERE number = 99",
        ),
    ];
    for (what, change) in changes {
        assert_ne!(told(change, None), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_file_or_an_import_that_was_changed_deleted_or_inserted_shows() {
    let changes = [
        ("path", "UPDATE export SET path = 'police/other.csv' WHERE id = 2"),
        ("agency", "UPDATE export SET agency = 'police' WHERE id = 2"),
        ("bytes", "UPDATE export SET bytes = (SELECT bytes FROM export WHERE id = 1), size = (SELECT size FROM export WHERE id = 1)
            WHERE id = 2"),
        ("digest", "UPDATE export SET sha256 = '00' WHERE id = 2"),
        ("import", "UPDATE export SET import = 2 WHERE id = 2"),
        ("current again", "UPDATE export SET replaced_by = NULL WHERE id = 1"),
        ("replaced", "UPDATE export SET replaced_by = 2 WHERE id = 2"),
        ("deleted", "DELETE FROM export WHERE id = 2"),
        ("inserted", "INSERT INTO export SELECT 9, path, agency, found, sha256, size, bytes, salt, import, NULL FROM export WHERE id = 2"),
        ("import by", "UPDATE import SET by = 'A. Other' WHERE number = 1"),
        ("import at", "UPDATE import SET at = 0 WHERE number = 1"),
        ("import inserted", "INSERT INTO import SELECT 3, at, by, version FROM import WHERE number = 1"),
        ("a table", "CREATE TABLE more(text)"),
        (
            "a trigger",
            "CREATE TRIGGER more AFTER INSERT ON decision BEGIN DELETE FROM decision WHERE number = 1; END",
        ),
    ];
    for (what, change) in changes {
        assert_ne!(told(change, None), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_tail_that_was_cut_shows_against_a_head_that_was_kept_elsewhere_and_not_without() {
    let (_folder, path) = place();
    let mut case = small(&path, WORDS);
    case.log(&Event::FailedUnlock { times: 1 }, HAND).unwrap();
    let head = case.head().unwrap();
    drop(case);
    raw(&path, WORDS)
        .execute_batch("DELETE FROM audit WHERE number = 5")
        .unwrap();
    assert_eq!(
        findings(&path, None),
        Vec::<String>::new(),
        "this cannot be told from the case alone"
    );
    assert_eq!(
        findings(&path, Some(&head)),
        ["line 5: the given head names it, and it is not there: the log was cut"]
    );
    // another line in its place does not help
    let mut case = open_case(&path, WORDS).unwrap();
    case.log(&Event::FailedUnlock { times: 9 }, HAND).unwrap();
    drop(case);
    assert_eq!(
        findings(&path, Some(&head)),
        ["line 5: it is not the line that the given head names: the log was written anew"]
    );
}

#[test]
fn erasing_takes_files_and_decisions_away_and_the_log_still_agrees() {
    let (_folder, path) = place();
    busy(&path);
    let mut store = open(&path, WORDS).unwrap();
    let gone = store.decisions().unwrap()[0].id.clone();
    store
        .write(|writing| {
            writing.set_export_bytes(1, b"record_id\n")?;
            writing.remove_export(2)?;
            writing.remove_decisions(&[gone])?;
            let mut less = writing.decisions()?.remove(0);
            less.evidence = Vec::new();
            writing.set_decision(&less)?;
            writing.log_erased(HAND)
        })
        .unwrap();
    store.compact().unwrap();
    assert_eq!(store.verify(None).unwrap(), []);
    drop(store);
    assert_eq!(findings(&path, None), Vec::<String>::new());
    // what the log says was erased must not come back
    raw(&path, WORDS)
        .execute_batch("UPDATE export SET bytes = (SELECT bytes FROM export WHERE id = 3), size = (SELECT size FROM export WHERE id = 3)
            WHERE id = 1")
        .unwrap();
    assert_ne!(findings(&path, None), Vec::<String>::new());
}

#[test]
fn the_log_holds_no_text_of_the_case() {
    let (_folder, path) = place();
    busy(&path);
    let mut case = open_case(&path, WORDS).unwrap();
    case.decide(same("S1", "S2", Sameness::Same), HAND).unwrap();
    let log = format!("{:?}", case.audit().unwrap());
    for word in [
        "Quokkaberry",
        "Zephyrine",
        "S1",
        "S2",
        "school",
        "people.csv",
        "said so",
    ] {
        assert!(!log.contains(word), "{word}");
    }
}

#[test]
fn texts_that_are_no_head_are_refused() {
    let hash = "ab".repeat(32);
    for text in [
        String::new(),
        format!("casepicture-head 2 5 {hash}"),
        format!("casepicture-head 1 x {hash}"),
        "casepicture-head 1 5 abcd".to_owned(),
        format!("casepicture-head 1 5 {hash} more"),
    ] {
        assert!(text.parse::<Head>().is_err(), "{text}");
    }
    assert!(
        format!("casepicture-head 1 5 {hash}\r\n")
            .parse::<Head>()
            .is_ok()
    );
}

#[test]
fn a_failed_transaction_changes_nothing() {
    let (_folder, path) = place();
    busy(&path);
    let mut store = open(&path, WORDS).unwrap();
    let (head, decisions) = (store.head().unwrap(), store.decisions().unwrap());
    // the same decision once more: its number is taken
    assert!(store.add_decisions(&decisions[..1], HAND).is_err());
    assert_eq!(
        (store.head().unwrap(), store.decisions().unwrap()),
        (head, decisions)
    );
    import(&mut store, &[("gp/people.csv", "record_id\nG1\n")]);
    assert_eq!(store.verify(None).unwrap(), []);
}
