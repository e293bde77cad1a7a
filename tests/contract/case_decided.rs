//! Decisions of a case from outside: reviews through a pipe, two readers, two copies, the log, erasing.

use sha2::{Digest, Sha256};

use crate::case_made::{Made, made_of, plain, private};
use crate::common::{exports, fixture, table};

fn people() -> Made {
    made_of(&fixture("hollow-lane"))
}

/// The first lines of the questions of a review.
fn heads(out: &str) -> Vec<String> {
    let lines: Vec<&str> = out.lines().collect();
    let begins = lines
        .windows(3)
        .filter(|lines| lines[0].is_empty() && lines[2].starts_with("  "));
    begins.map(|lines| lines[1].to_owned()).collect()
}

#[test]
fn a_review_through_a_pipe_keeps_each_answer_and_undo_restores_every_byte() {
    let made = people();
    let before = made.run("matches", &[] as &[&str]).bytes;
    let gave = made.typed("review", &["--by", "Ann"], "different\n");
    assert_eq!(gave.code, 0, "{}", gave.said);
    let heads = heads(&gave.out);
    assert!(heads.len() >= 2, "{}", gave.out);
    let after = made.run("matches", &[] as &[&str]).bytes;
    let (left, right) = heads[0].split_once(' ').unwrap();
    let row = table(&after)
        .into_iter()
        .find(|row| row["left"] == left && row["right"] == right)
        .unwrap();
    assert_eq!(
        (row["outcome"].as_str(), row["decided_by"].as_str()),
        ("separate", "Ann")
    );
    // the end of input was quit; another session takes it back, another analyst does not
    let gave = made.typed("review", &["--by", "Ben"], "u\nq\n");
    assert!(
        gave.out.contains("the last decision is Ann's"),
        "{}",
        gave.out
    );
    assert_eq!(made.run("matches", &[] as &[&str]).bytes, after);
    let gave = made.typed("review", &["--by", "Ann"], "u\nq\n");
    assert!(gave.out.contains("taken back: "), "{}", gave.out);
    assert_eq!(made.run("matches", &[] as &[&str]).bytes, before);
}

#[test]
fn whoever_decides_gives_a_name() {
    let made = people();
    for command in [
        &["review"][..],
        &["review", "--blind"],
        &["review", "--agreement"],
        &["erase", "--person", "x", "--yes"],
    ] {
        let gave = made.typed(command[0], &command[1..], "same\n");
        assert_eq!((gave.code, gave.out.len()), (2, 0), "{command:?}");
        assert!(gave.said.contains("--by NAME"), "{}", gave.said);
    }
    for name in ["", "  ", "A\nB", "\u{1b}[2J", "A\u{202e}B"] {
        let gave = made.typed("review", &["--by", name], "same\n");
        assert_eq!((gave.code, gave.out.len()), (2, 0), "{name:?}");
        assert!(!gave.said.contains('\u{1b}'), "{name:?}");
    }
}

#[test]
fn a_second_reader_reads_blind_and_the_differences_become_questions() {
    let made = people();
    let first = made.typed("review", &["--by", "Ann First"], "s\nd\nn\n");
    assert!(first.out.contains("3 answers are kept"), "{}", first.out);
    let answered: Vec<String> = heads(&first.out)[..3].to_vec();
    let gave = made.typed("review", &["--agreement", "--by", "Ann First"], "");
    assert!(
        gave.out
            .contains("No pair was answered by two readers yet."),
        "{}",
        gave.out
    );
    let typed = "s\n".repeat(100);
    let gave = made.typed("review", &["--by", "Ben Second", "--blind"], &typed);
    assert_eq!(gave.code, 0, "{}", gave.said);
    let asked = heads(&gave.out);
    let mut sorted = asked.clone();
    sorted.sort_by(|one, other| one.split(' ').cmp(other.split(' ')));
    assert_eq!(asked, sorted);
    assert!(
        answered.iter().all(|head| asked.contains(head)),
        "{asked:?}"
    );
    let (questions, agreement) = gave.out.split_once("Two readers answered").unwrap();
    assert!(!questions.contains("Ann First"), "{questions}");
    assert!(
        agreement.contains(" 3 pairs, 1 of them alike (33%)."),
        "{agreement}"
    );
    assert!(
        agreement.contains("2 pairs are questions again"),
        "{agreement}"
    );
    assert!(!agreement.contains("NaN"), "{agreement}");
    // said again, not queued again
    let again = made.typed("review", &["--agreement", "--by", "Ben Second"], "");
    assert!(
        again.out.contains(" 3 pairs, 1 of them alike"),
        "{}",
        again.out
    );
    assert!(!again.out.contains("questions again"), "{}", again.out);
    let gave = made.typed("review", &["--by", "Cy"], "");
    let asked = heads(&gave.out);
    assert!(answered.contains(&asked[0]), "{}", gave.out);
    assert!(
        gave.out.contains("Ann First says") && gave.out.contains("Ben Second says"),
        "{}",
        gave.out
    );
}

#[test]
fn two_copies_come_together_and_what_they_decided_differently_is_asked() {
    let made = people();
    let other = made.folder.path().join("copy.case");
    std::fs::copy(&made.case, &other).unwrap();
    let copy = Made {
        folder: tempfile::tempdir().unwrap(),
        case: other.clone(),
        secret: made.folder.path().join("other secret"),
    };
    private(&copy.secret, "plum kettle ridge\n");
    let changed = copy.folder.path().join("new");
    private(&changed, "wren alder stone\n");
    assert_eq!(
        copy.run(
            "passwd",
            &["--new-passphrase-file".as_ref(), changed.as_os_str()]
        )
        .code,
        0
    );
    private(&copy.secret, "wren alder stone\n");
    made.typed("review", &["--by", "Ann"], "s\n");
    copy.typed("review", &["--by", "Ben"], "d\nd\n");
    let bring = |by: &[&str]| {
        let mut arguments = vec![
            "--decisions".as_ref(),
            other.as_os_str(),
            "--other-passphrase-file".as_ref(),
            copy.secret.as_os_str(),
        ];
        arguments.extend(by.iter().map(std::ffi::OsStr::new));
        made.run("import", &arguments)
    };
    assert_eq!(bring(&[]).code, 2);
    let gave = bring(&["--by", "Ann"]);
    assert_eq!(gave.code, 0, "{}", gave.said);
    assert!(
        gave.out.starts_with("2 decisions brought in\n"),
        "{}",
        gave.out
    );
    assert_eq!(
        gave.out.matches("decided differently").count(),
        1,
        "{}",
        gave.out
    );
    let again = bring(&["--by", "Ann"]);
    assert!(again.out.contains("nothing was changed"), "{}", again.out);
    let gave = made.typed("review", &["--by", "Ann"], "d\n");
    assert!(
        gave.out.contains("Ann says") && gave.out.contains("Ben says"),
        "{}",
        gave.out
    );
    let same = made.run(
        "import",
        &[
            "--decisions".as_ref(),
            made.case.as_os_str(),
            "--by".as_ref(),
            "A".as_ref(),
        ],
    );
    assert_eq!(same.code, 2);
    assert!(same.said.contains("the case itself"), "{}", same.said);
    assert_eq!(made.run("audit", &["--verify"]).code, 0);
}

#[test]
fn what_leaves_a_case_is_in_its_log_with_the_digest_of_what_left() {
    let made = people();
    let gave = made.run(
        "timeline",
        &[
            "--recipient",
            "school",
            "--purpose",
            "s47",
            "--by",
            "A. Lyst",
        ],
    );
    assert_eq!(gave.code, 0, "{}", gave.said);
    let file = made.folder.path().join("people.json");
    let arguments = [
        "-o".as_ref(),
        file.as_os_str(),
        "--format".as_ref(),
        "json".as_ref(),
    ];
    assert_eq!(made.run("people", &arguments).code, 0);
    let out = made.folder.path().join("out");
    made.run("build", &["--out".as_ref(), out.as_os_str()]);
    // what was refused is not said to have left
    assert_eq!(made.run("people", &arguments).code, 2);
    assert_eq!(made.run("timeline", &["--recipient", "nobody"]).code, 2);
    let log = made.run("audit", &[] as &[&str]);
    let exported: Vec<_> = table(&log.bytes)
        .into_iter()
        .filter(|row| row["event"] == "exported")
        .collect();
    assert_eq!(exported.len(), 9, "{}", log.out);
    let digest = |bytes: &[u8]| {
        Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .concat()
    };
    let rows = table(&gave.bytes).len();
    assert_eq!(
        exported[0]["detail"],
        format!(
            "timeline, {rows} rows, to school, for s47, SHA-256 {}",
            digest(&gave.bytes)
        )
    );
    assert_eq!(exported[0]["by"], "A. Lyst");
    assert!(exported[1]["detail"].contains(&digest(&std::fs::read(&file).unwrap())));
    for row in &exported[2..] {
        let name = row["detail"]
            .strip_prefix("build ")
            .unwrap()
            .split(',')
            .next()
            .unwrap();
        let written = std::fs::read(out.join(name)).unwrap();
        assert!(row["detail"].contains(&digest(&written)), "{name}");
    }
}

#[test]
fn the_log_is_checked_against_itself_and_against_a_head_kept_elsewhere() {
    let folder = exports(&[(
        "police/e.csv",
        "entry_id,date,text\n1,2025-01-01,canary Rowan Pike\n",
    )]);
    let made = made_of(folder.path());
    let head = made.folder.path().join("head");
    let export = ["--export-head".as_ref(), head.as_os_str()];
    assert_eq!(made.run("audit", &export).code, 0);
    assert_eq!(made.run("audit", &export).code, 2, "nothing is overwritten");
    let text = std::fs::read_to_string(&head).unwrap();
    assert!(
        text.starts_with("casepicture-head 1 2 ") && text.ends_with('\n'),
        "{text}"
    );
    let before = made.bytes();
    assert_eq!(made.run("timeline", &[] as &[&str]).code, 0);
    let against = ["--verify".as_ref(), "--head".as_ref(), head.as_os_str()];
    let gave = made.run("audit", &against);
    assert_eq!(gave.code, 0, "{}{}", gave.said, gave.out);
    // an older copy of the file lacks what a later head tells
    std::fs::remove_file(&head).unwrap();
    assert_eq!(made.run("audit", &export).code, 0);
    std::fs::write(&made.case, before).unwrap();
    assert_eq!(made.run("audit", &["--verify"]).code, 0);
    let gave = made.run("audit", &against);
    assert_eq!(
        (gave.code, gave.out.lines().count()),
        (1, 1),
        "{}",
        gave.out
    );
    std::fs::write(&head, "no head\n").unwrap();
    assert_eq!(made.run("audit", &against).code, 2);
    for format in ["csv", "json", "text"] {
        let gave = made.run("audit", &["--format", format]);
        assert_eq!(gave.code, 0, "{}", gave.said);
        assert!(
            gave.out.contains("imported")
                && !gave.out.contains("canary")
                && !gave.out.contains("Rowan"),
            "{}",
            gave.out
        );
    }
}

#[test]
fn erasing_asks_names_one_person_and_leaves_no_byte() {
    let made = made_of(
        exports(&[
            (
                "police/people.csv",
                "record_id,given_name,family_name,date_of_birth\nr1,Rowanna,Pikestaff,2015-03-02\nr2,Bram,Oldacre,2001-01-01\nr3,Bram,Oldacre,1971-01-01\n",
            ),
            (
                "police/e.csv",
                "entry_id,date,text,person_ids\n1,2025-01-01,Rowanna was seen,r1\n2,2025-01-02,Bram called,r2\n3,2025-01-03,both were there,r1|r2\n",
            ),
        ])
        .path(),
    );
    let before = made.bytes();
    let gave = made.run("erase", &["--person", "Rowanna Pikestaff", "--by", "A"]);
    assert_eq!((gave.code, gave.out.len()), (2, 0));
    assert!(gave.said.contains("--yes"), "{}", gave.said);
    for (person, says) in [
        ("Bram Oldacre", "2 persons"),
        ("Nobody", "nobody of this id"),
    ] {
        let gave = made.run("erase", &["--person", person, "--by", "A", "--yes"]);
        assert_eq!(gave.code, 2);
        assert!(gave.said.contains(says), "{}", gave.said);
    }
    assert_eq!(made.bytes(), before);
    let gave = made.run("erase", &["--person", "police:r1", "--by", "A", "--yes"]);
    assert_eq!(gave.code, 0, "{}", gave.said);
    for says in [
        "police/people.csv: 1 row",
        "police/e.csv: 1 row",
        "about others too",
        "police:3",
    ] {
        assert!(gave.out.contains(says), "{says}\n{}", gave.out);
    }
    let out = made.run("timeline", &[] as &[&str]).out + &made.run("people", &[] as &[&str]).out;
    assert!(
        !out.contains("Rowanna") && !out.contains("Pikestaff"),
        "{out}"
    );
    assert_eq!(made.run("audit", &["--verify"]).code, 0);
}

#[test]
fn the_program_opens_no_connection() {
    let strace = std::process::Command::new("strace").arg("-V").output();
    if strace.is_err() {
        println!("skipped: strace is not here");
        return;
    }
    let made = people();
    let out = made.folder.path().join("out");
    let trace = made.folder.path().join("trace");
    let runs: [(&str, Vec<&std::ffi::OsStr>); 4] = [
        ("build", vec!["--out".as_ref(), out.as_os_str()]),
        ("review", vec!["--by".as_ref(), "A".as_ref()]),
        ("timeline", vec![]),
        ("audit", vec!["--verify".as_ref()]),
    ];
    for (command, arguments) in runs {
        let output = std::process::Command::new("strace")
            .args(["-f", "-e", "trace=connect,sendto,sendmsg,bind,socket", "-o"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_casepicture"))
            .arg(command)
            .arg(&made.case)
            .args(&arguments)
            .arg("--passphrase-file")
            .arg(&made.secret)
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let calls = std::fs::read_to_string(&trace).unwrap();
        assert!(calls.contains("exited with"), "{calls}");
        assert!(
            !calls.contains("connect(") && !calls.contains("socket("),
            "{command}: {calls}"
        );
    }
    // and the trace would show one
    let seen = std::process::Command::new("strace")
        .args(["-f", "-e", "trace=connect,socket", "-o"])
        .arg(&trace)
        .args(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"])
        .output();
    assert!(
        seen.is_ok()
            && std::fs::read_to_string(&trace)
                .unwrap()
                .contains("connect(")
    );
    assert_eq!(plain(&["--version"]).code, 0);
}
