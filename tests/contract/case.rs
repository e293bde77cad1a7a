//! Cases from outside: making, importing, the same bytes as from the folder, passphrases, modes, a second process, kills.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::case_made::{made, made_of, mode, plain, private, shell};
use crate::common::{casepicture, exports, fixture, table};

const ONE: (&str, &str) = (
    "police/e.csv",
    "entry_id,date,text\n1,2025-01-01,a\n2,2025-01-02,b\n",
);

#[test]
fn a_new_case_is_private_and_takes_the_place_of_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let made = made();
    let bits = std::fs::metadata(&made.case).unwrap().permissions().mode();
    assert_eq!(bits & 0o7777, 0o600);
    let before = made.bytes();
    let again = made.run("new", &[] as &[&str]);
    assert_eq!(again.code, 2);
    assert!(again.said.contains("the file exists"), "{}", again.said);
    assert_eq!(made.bytes(), before);
    // an empty case can be looked at
    for command in ["timeline", "people", "flags"] {
        let gave = made.run(command, &[] as &[&str]);
        assert_eq!(
            (gave.code, gave.out.lines().count()),
            (0, 1),
            "{}",
            gave.said
        );
    }
    assert_eq!(made.run("audit", &["--verify"]).code, 0);
    assert!(
        made.beside()
            .iter()
            .all(|name| name.rsplit('.').next() == Some("lock")),
        "{:?}",
        made.beside()
    );
}

#[test]
fn a_case_gives_the_same_bytes_as_the_folder_it_was_imported_from() {
    let folder = fixture("hollow-lane");
    let made = made_of(&folder);
    let (one, other) = (
        made.folder.path().join("one"),
        made.folder.path().join("other"),
    );
    let out = |path: &std::path::Path| vec!["--out".to_owned(), path.display().to_string()];
    let mut from_folder = vec!["build".to_owned(), folder.display().to_string()];
    from_folder.extend(out(&one));
    let first = plain(&from_folder);
    let second = made.run("build", &out(&other));
    assert_eq!(first.code, second.code);
    for name in [
        "timeline.csv",
        "people.csv",
        "matches.csv",
        "reliance.csv",
        "flags.csv",
        "rejects.csv",
    ] {
        let read = |folder: &std::path::Path| std::fs::read(folder.join(name)).unwrap();
        assert_eq!(read(&one), read(&other), "{name}");
    }
    let summary = |folder: &std::path::Path| {
        let text = std::fs::read(folder.join("summary.json")).unwrap();
        let mut summary: serde_json::Value = serde_json::from_slice(&text).unwrap();
        summary.as_object_mut().unwrap().remove("seconds");
        summary
    };
    assert_eq!(summary(&one), summary(&other));
    for (command, more) in [
        ("timeline", &["--recipient", "school"][..]),
        ("people", &["--format", "json"]),
        ("matches", &[]),
        ("reliance", &["--as-of", "2025-12-01"]),
        ("flags", &["--recipient", "family", "--format", "text"]),
        ("requests", &[]),
    ] {
        let mut arguments = vec![command.to_owned(), folder.display().to_string()];
        arguments.extend(more.iter().map(|&one| one.to_owned()));
        let (from_folder, from_case) = (plain(&arguments), made.run(command, more));
        assert_eq!(from_folder.bytes, from_case.bytes, "{command}");
        assert_eq!(
            (from_folder.code, from_folder.said),
            (from_case.code, from_case.said)
        );
    }
}

#[test]
fn the_same_import_twice_changes_nothing() {
    let folder = exports(&[ONE]);
    let made = made_of(folder.path());
    let (before, log) = (made.bytes(), made.run("audit", &[] as &[&str]).out);
    let again = made.run("import", &[folder.path()]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert!(again.out.contains("nothing is new"), "{}", again.out);
    assert_eq!(made.bytes(), before);
    assert_eq!(made.run("audit", &[] as &[&str]).out, log);
}

#[test]
fn a_newer_export_says_what_is_new_changed_and_gone_and_lost_decisions_are_named() {
    let people = "record_id,given_name,family_name,date_of_birth,sex,postcode\n";
    let ann = "r1,Ann,Vey,2015-03-02,female,XW1 1AA\n";
    let files = |entries: &'static str, more: &str| {
        exports(&[
            ("police/e.csv", entries),
            ("police/people.csv", &format!("{people}{ann}{more}")),
            (
                "school/people.csv",
                &format!("{people}s1,Anne,Vey,2015-03-02,female,\n"),
            ),
        ])
    };
    let first = files(
        "entry_id,date,text\n1,2025-01-01,a\n2,2025-01-02,b\n",
        "r2,Anne,Vey,2015-03-20,female,\n",
    );
    let made = made_of(first.path());
    let gave = made.typed("review", &["--by", "Ann"], "not sure\nnot sure\n");
    assert_eq!(gave.code, 0, "{}", gave.said);
    assert!(gave.out.contains("kept: "), "{}", gave.out);
    let second = files(
        "entry_id,date,text\n2,2025-01-02,b, and more\n3,2025-01-03,c\n",
        "",
    );
    // a cell too many is rejected, so quote it
    std::fs::write(
        second.path().join("police/e.csv"),
        "entry_id,date,text\n2,2025-01-02,\"b, and more\"\n3,2025-01-03,c\n",
    )
    .unwrap();
    std::fs::write(
        second.path().join("school/people.csv"),
        format!("{people}s9,Zed,Other,2001-01-01,male,\n"),
    )
    .unwrap();
    let gave = made.run("import", &[second.path()]);
    assert_eq!(gave.code, 0, "{}", gave.said);
    for line in [
        "police, entries: 1 new, 1 changed, 1 gone",
        "  new: police:3",
        "  changed: police:2",
        "  gone: police:1",
        "  gone: police:r2",
        "police/e.csv: newer; 2 rows, 2 used, 0 rejected",
    ] {
        assert!(
            gave.out.lines().any(|said| said == line),
            "{line}\n{}",
            gave.out
        );
    }
    assert!(
        gave.out.contains("that no export has now; kept"),
        "{}",
        gave.out
    );
    assert!(gave.out.contains(" by Ann: "), "{}", gave.out);
    let ids = |arguments: &[&str]| {
        let gave = made.run("timeline", arguments);
        assert_eq!(gave.code, 0, "{}", gave.said);
        table(&gave.bytes)
            .iter()
            .map(|row| row["entries"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--since-import", "1"]), ["police:2", "police:3"]);
    assert_eq!(ids(&["--since-import", "0"]), ["police:2", "police:3"]);
    assert_eq!(ids(&["--since-import", "2"]), [""; 0]);
    assert_eq!(ids(&["--known-at", "2025-01-02"]), ["police:2"]);
    let unknown = made.run("timeline", &["--since-import", "9"]);
    assert_eq!((unknown.code, unknown.out.len()), (2, 0));
    assert!(unknown.said.contains("from 1 to 2"), "{}", unknown.said);
    let folder = plain(&[
        "timeline",
        second.path().to_str().unwrap(),
        "--since-import",
        "1",
    ]);
    assert_eq!((folder.code, folder.out.len()), (2, 0));
}

#[test]
fn what_was_known_on_a_day_is_shown_of_a_folder_too() {
    let folder = exports(&[(
        "police/e.csv",
        "entry_id,date,recorded_on,text\n1,2024-01-01,2024-01-02,a\n2,2024-01-01,2025-06-01,b\n3,2024-01-01,,c\n",
    )]);
    let gave = plain(&[
        "timeline",
        folder.path().to_str().unwrap(),
        "--known-at",
        "2024-12-31",
    ]);
    let ids: Vec<String> = table(&gave.bytes)
        .iter()
        .map(|row| row["entries"].clone())
        .collect();
    assert_eq!(
        (gave.code, ids),
        (0, vec!["police:1".to_owned(), "police:3".to_owned()])
    );
    assert!(
        gave.said
            .contains("1 entry came later; of those shown, 1 counts from the day"),
        "{}",
        gave.said
    );
}

/// A folder of which one part came later, and the same without that part.
const LATER: [(&str, &str); 4] = [
    (
        "case.toml",
        "own_agency = \"social-care\"\nas_of = 2025-12-31\n",
    ),
    (
        "social-care/p.csv",
        "record_id,name,date_of_birth,role\na,Ann Lee,2015-01-02,child\n",
    ),
    (
        "social-care/e.csv",
        "entry_id,date,recorded_on,received_on,text,record_ids,significance\n1,2024-01-01,2024-01-02,,seen,a,2\n",
    ),
    (
        "requests.csv",
        "request_id,asked_agency,asked_by,asked_on,due_on,answered_on,result,record_ids,question\nR1,police,social-care,2024-05-01,2024-05-10,2025-03-01,supplied,social-care:a,Call-outs?\n",
    ),
];
const CAME_LATER: (&str, &str) = (
    "police/e.csv",
    "entry_id,date,recorded_on,received_on,text,record_ids,significance\n1,2023-06-01,2023-06-02,2025-03-01,fire,social-care:a,3\n",
);

#[test]
fn every_measure_of_a_day_is_the_same_whatever_came_later_and_whatever_day_the_case_names() {
    let before = exports(&LATER);
    let after = exports(&[&LATER[..], &[CAME_LATER]].concat());
    // what came of it later is no part of that day
    let open = LATER[3].1.replace("2025-03-01,supplied", ",");
    std::fs::write(before.path().join("requests.csv"), open).unwrap();
    std::fs::create_dir(before.path().join("police")).unwrap();
    std::fs::write(before.path().join("police/e.csv"), "entry_id,date,text\n").unwrap();
    let day = ["--known-at", "2024-06-30"];
    for command in [
        &["timeline"][..],
        &["people"],
        &["reliance"],
        &["reliance", "--silence"],
        &["reliance", "--slots"],
        &["flags"],
        &["requests"],
        &["requests", "--questions"],
    ] {
        let printed = |folder: &std::path::Path, more: &[&str]| {
            let mut arguments = vec![command[0], folder.to_str().unwrap()];
            arguments.extend(&command[1..]);
            arguments.extend(day);
            arguments.extend(more);
            plain(&arguments)
        };
        let (then, now) = (printed(before.path(), &[]), printed(after.path(), &[]));
        assert_eq!((then.code, now.code), (0, 0), "{command:?}: {}", now.said);
        let same = |a: &str, b: &str| assert_eq!(a, b, "{command:?}");
        same(&then.out, &now.out);
        let later = printed(after.path(), &["--as-of", "2025-12-31"]);
        same(&now.out, &later.out);
        assert!(
            later
                .said
                .contains("judged at that day, not at a later one"),
            "{}",
            later.said
        );
        assert_eq!(now.said.matches("known at 2024-06-30").count(), 1);
    }
    let flags = |more: &[&str]| {
        let path = after.path().to_str().unwrap();
        plain(&[&["flags", path][..], more].concat()).out
    };
    assert!(flags(&day).contains("asked-no-reply"), "open on that day");
    assert_ne!(flags(&day), flags(&[]));
    let family = ["--recipient", "family"];
    let path = after.path().to_str().unwrap();
    let copy = plain(&[&["timeline", path][..], &day, &family].concat());
    assert!(!copy.said.contains("later"), "{}", copy.said);
}

#[test]
fn an_unreadable_file_stops_the_import_unless_it_may_be_left_out() {
    let folder = exports(&[ONE, ("gp/y.json", "{\"a\": ["), ("README.txt", "hello")]);
    let made = made();
    let before = made.bytes();
    let gave = made.run("import", &[folder.path()]);
    assert_eq!((gave.code, gave.out.len()), (2, 0));
    assert!(
        gave.said.contains("gp/y.json") && gave.said.contains("--skip-unreadable"),
        "{}",
        gave.said
    );
    assert_eq!(made.bytes(), before);
    let gave = made.run(
        "import",
        &[folder.path().as_os_str(), "--skip-unreadable".as_ref()],
    );
    assert_eq!(gave.code, 1, "{}", gave.said);
    assert!(gave.said.contains("gp/y.json: left out"), "{}", gave.said);
    assert!(
        gave.said.contains("README.txt: no export, left aside"),
        "{}",
        gave.said
    );
    // rows that were rejected
    let rejected = crate::case_made::made();
    let gave = rejected.run("import", &[fixture("hollow-lane")]);
    assert_eq!(gave.code, 1, "{}", gave.said);
    assert!(gave.out.contains(" 1 rejected"), "{}", gave.out);
}

#[test]
fn a_passphrase_on_the_command_line_is_refused_and_not_repeated() {
    let made = made();
    let case = made.case.to_str().unwrap();
    for command in [
        "new", "import", "open", "review", "audit", "passwd", "erase", "build", "timeline",
        "people", "flags",
    ] {
        for option in [
            &["--passphrase", "s3cret-canary"][..],
            &["--passphrase=s3cret-canary"],
            &["--passphras", "s3cret-canary"],
            &["--pass=s3cret-canary"],
            &["-p", "s3cret-canary"],
            &["-ps3cret-canary"],
            &["--password", "s3cret-canary"],
            &["--new-passphrase=s3cret-canary"],
        ] {
            for is_first in [true, false] {
                let mut arguments = vec![command, case];
                let at = if is_first { 0 } else { 2 };
                arguments.splice(at..at, option.iter().copied());
                let gave = plain(&arguments);
                assert_eq!(gave.code, 2, "{arguments:?}");
                assert!(gave.out.is_empty(), "{arguments:?}");
                assert!(!gave.said.contains("canary"), "{}", gave.said);
                assert!(gave.said.contains("--passphrase-file"), "{}", gave.said);
            }
        }
    }
    let gave = plain(&["people", case, "--passphrase-fd", "s3cret-canary"]);
    assert_eq!(gave.code, 2);
    assert!(!gave.said.contains("canary"), "{}", gave.said);
}

#[test]
fn a_passphrase_comes_from_a_private_file_or_a_descriptor_and_from_nowhere_else() {
    let folder = exports(&[ONE]);
    let made = made_of(folder.path());
    for bits in [0o640, 0o604, 0o644] {
        mode(&made.secret, bits);
        let gave = made.run("people", &[] as &[&str]);
        assert_eq!((gave.code, gave.out.len()), (2, 0));
        assert!(gave.said.contains(&format!("{bits:o}")), "{}", gave.said);
    }
    mode(&made.secret, 0o600);
    for line in [
        r#""$0" timeline "$1" --passphrase-fd 3 3< secret"#,
        r#""$0" timeline "$1" --passphrase-fd 7 7< <(cat secret)"#,
        r#""$0" timeline "$1" --passphrase-fd 0 < secret"#,
        r#""$0" timeline "$1" --passphrase-file <(cat secret)"#,
        // the answers follow the passphrase
        r#"(cat secret; echo quit) | "$0" review "$1" --by A --passphrase-fd 0"#,
    ] {
        let gave = shell(line, &made);
        assert_eq!(gave.code, 0, "{line}: {}", gave.said);
    }
    for line in [
        r#""$0" timeline "$1" --passphrase-fd 9"#,
        r#""$0" timeline "$1" --passphrase-fd 3 --passphrase-file secret 3< secret"#,
        r#""$0" timeline "$1" --passphrase-file none"#,
        r#"PASSPHRASE='plum kettle ridge' CASEPICTURE_PASSPHRASE='plum kettle ridge' "$0" timeline "$1""#,
        r#""$0" timeline "$1" < secret"#,
    ] {
        let gave = shell(line, &made);
        assert_eq!((gave.code, gave.out.len()), (2, 0), "{line}: {}", gave.said);
        assert!(!gave.said.contains("plum"), "{}", gave.said);
    }
}

#[test]
fn without_a_terminal_a_file_or_a_descriptor_nothing_is_waited_for() {
    let made = made();
    let case = made.case.to_str().unwrap();
    let other = made.folder.path().join("x");
    let other = other.to_str().unwrap();
    for arguments in [
        vec!["new", other],
        vec!["import", case, "."],
        vec!["open", case],
        vec!["review", case, "--by", "A"],
        vec!["audit", case],
        vec!["passwd", case],
        vec!["erase", case, "--person", "x", "--yes", "--by", "A"],
        vec!["timeline", case],
        vec!["build", case, "--out", other],
    ] {
        let started = Instant::now();
        let mut child = casepicture()
            .args(&arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // held open, and nothing comes
        let held = child.stdin.take();
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{arguments:?} waits"
            );
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(ended.code(), Some(2), "{arguments:?}");
        drop(held);
    }
    assert!(!std::path::Path::new(other).exists());
}

#[test]
fn a_wrong_passphrase_and_damage_are_told_alike_and_hold_nothing_back_but_the_content() {
    let folder = exports(&[(
        "police/e.csv",
        "entry_id,date,text\n1,2025-01-01,canary of the lane\n",
    )]);
    let made = made_of(folder.path());
    let whole = made.bytes();
    assert!(!whole.windows(6).any(|part| part == b"canary"));
    let told = |gave: &crate::case_made::Gave| {
        assert_eq!((gave.code, gave.out.len()), (2, 0), "{}", gave.said);
        assert!(
            gave.said
                .contains("wrong passphrase, or the file is damaged"),
            "{}",
            gave.said
        );
        gave.said.clone()
    };
    private(&made.secret, "another one\n");
    let wrong = told(&made.run("timeline", &[] as &[&str]));
    private(&made.secret, "plum kettle ridge\n");
    let mut flipped = whole.clone();
    flipped[9000] ^= 1;
    for damaged in [
        flipped,
        whole[..whole.len() - 4096].to_vec(),
        whole[..5000].to_vec(),
    ] {
        std::fs::write(&made.case, damaged).unwrap();
        assert_eq!(told(&made.run("timeline", &[] as &[&str])), wrong);
    }
    std::fs::write(&made.case, &whole).unwrap();
    mode(&made.case, 0o640);
    let gave = made.run("timeline", &[] as &[&str]);
    assert_eq!((gave.code, gave.out.len()), (2, 0));
    assert!(gave.said.contains("640"), "{}", gave.said);
    mode(&made.case, 0o600);
    assert_eq!(made.run("timeline", &[] as &[&str]).code, 0);
}

#[test]
fn a_second_process_is_told_that_the_case_is_open() {
    let folder = fixture("hollow-lane");
    let made = made_of(&folder);
    let mut child = made.started("review", &["--by", "A"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // the first question is there, so the case is open
    assert!(lines.any(|line| line.unwrap().contains("Answer same")));
    let gave = made.run("people", &[] as &[&str]);
    assert_eq!((gave.code, gave.out.len()), (2, 0));
    assert!(
        gave.said.contains("open in another window"),
        "{}",
        gave.said
    );
    // an answer that is said to be kept is kept, whatever becomes of the program
    let mut to = child.stdin.take().unwrap();
    to.write_all(b"same\n").unwrap();
    to.flush().unwrap();
    let kept = lines.find_map(|line| line.unwrap().strip_prefix("kept: ").map(str::to_owned));
    assert!(kept.unwrap().contains("same person"));
    child.kill().unwrap();
    child.wait().unwrap();
    let gave = made.run("matches", &["--format", "json"]);
    assert_eq!(gave.code, 0, "{}", gave.said);
    let rows: serde_json::Value = serde_json::from_slice(&gave.bytes).unwrap();
    let by_a = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["decided_by"] == "A");
    assert_eq!(by_a.count(), 1);
}

#[test]
fn a_killed_import_leaves_the_old_state_or_the_new_one() {
    let folder = fixture("hollow-lane");
    let made = made();
    for wait in [0, 300, 500, 600, 700, 1000] {
        let mut child = made.started("import", &[&folder]);
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        let gave = made.run("audit", &["--verify"]);
        assert_eq!(gave.code, 0, "{}{}", gave.said, gave.out);
    }
    let gave = made.run("import", &[&folder]);
    assert!(matches!(gave.code, 0 | 1), "{}", gave.said);
    let gave = made.run("timeline", &[] as &[&str]);
    assert_eq!(
        gave.bytes,
        plain(&["timeline".as_ref(), folder.as_os_str()]).bytes
    );
}

#[test]
fn the_passphrase_can_be_changed() {
    let folder = exports(&[ONE]);
    let made = made_of(folder.path());
    let before = made.run("timeline", &[] as &[&str]).bytes;
    let new = made.folder.path().join("new");
    private(&new, "wren alder stone\n");
    mode(&new, 0o644);
    let gave = made.run(
        "passwd",
        &["--new-passphrase-file".as_ref(), new.as_os_str()],
    );
    assert_eq!(gave.code, 2, "{}", gave.said);
    mode(&new, 0o600);
    let gave = made.run(
        "passwd",
        &["--new-passphrase-file".as_ref(), new.as_os_str()],
    );
    assert_eq!(gave.code, 0, "{}", gave.said);
    assert_eq!(made.run("timeline", &[] as &[&str]).code, 2);
    private(&made.secret, "wren alder stone\n");
    let gave = made.run("timeline", &[] as &[&str]);
    assert_eq!((gave.code, gave.bytes), (0, before));
    assert!(
        made.run("audit", &[] as &[&str])
            .out
            .contains("passphrase changed")
    );
    private(&new, " \n");
    assert_eq!(
        made.run(
            "passwd",
            &["--new-passphrase-file".as_ref(), new.as_os_str()]
        )
        .code,
        2
    );
}
