//! The commands: exit codes, what is written where and never over something, what is said.

use std::process::Stdio;

use crate::built::{build, build_with};
use crate::common::{casepicture, exports, fixture, run};

const ENTRIES: (&str, &str) = ("police/e.csv", "entry_id,date,text\n1,2025-01-01,a\n");

#[test]
fn an_unreadable_file_is_told_and_the_others_are_used() {
    let built = build(&[
        ENTRIES,
        ("gp/y.json", "{\"a\": ["),
        ("hv/z.csv", ""),
        ("school/x.xlsx", "no workbook"),
    ]);
    assert_eq!(built.code, 1);
    for file in ["gp/y.json", "hv/z.csv", "school/x.xlsx"] {
        assert!(
            built.said.lines().any(|line| line.starts_with(file)),
            "{}",
            built.said
        );
        assert!(
            built
                .rejects(["file", "row", "kept"])
                .contains(&[file, "", "none"].map(str::to_owned))
        );
        assert!(built.counts().contains(&(file.to_owned(), 0, 0, 0)));
    }
    assert_eq!(built.facts(["entries"]), [["police:1".to_owned()]]);
}

#[test]
fn what_is_no_export_is_left_aside_and_changes_no_exit_code() {
    let built = build(&[
        ENTRIES,
        ("README.txt", "hello"),
        (".DS_Store", "x"),
        ("police/.DS_Store", "x"),
    ]);
    assert_eq!(built.code, 0);
    assert_eq!(
        built.summary()["ignored"],
        serde_json::json!([".DS_Store", "README.txt", "police/.DS_Store"])
    );
    assert_eq!(built.said.matches("no export").count(), 3);
}

#[test]
fn with_nothing_to_use_nothing_is_written() {
    for files in [
        vec![],
        vec![("README.txt", "hello")],
        vec![("gp/x.xlsx", "no workbook")],
    ] {
        let built = build(&files);
        assert_eq!(built.code, 2, "{files:?}");
        assert!(built.said.contains("hint: "), "{}", built.said);
        assert_eq!(std::fs::read_dir(built.out.path()).unwrap().count(), 0);
    }
}

#[test]
fn what_is_unknown_stops_with_2_and_is_never_all() {
    let folder = exports(&[ENTRIES]);
    let path = folder.path().to_str().unwrap();
    for (arguments, named) in [
        (vec!["timeline", path, "--recipient", "nobody"], "nobody"),
        (vec!["timeline", path, "--recipient", ""], "--recipient"),
        (vec!["timeline", path, "--purpose", "fun"], "fun"),
        (vec!["people", path, "--recipient", "nobody"], "nobody"),
        (vec!["timeline", path, "--person", "Nobody"], "Nobody"),
        (vec!["timeline", path, "--agency", "nobody"], "nobody"),
        (vec!["timeline", path, "--kind", "rumour"], "rumour"),
        (vec!["timeline", path, "--from", "2025-13-01"], "2025-13-01"),
        (
            vec![
                "timeline",
                path,
                "--from",
                "2025-03-02",
                "--until",
                "2025-03-01",
            ],
            "--from 2025-03-02 is after --until 2025-03-01",
        ),
        (
            vec!["timeline", path, "--agency", "=x.csv"],
            "--agency =x.csv: the agency is missing",
        ),
        (
            vec!["open", "--agency", "..=x.csv"],
            "--agency ..=x.csv: the agency is missing",
        ),
        (
            vec!["timeline", "--agency", "police="],
            "--agency police=: the file is missing",
        ),
        (vec!["timeline", path, "--format", "xml"], "xml"),
        (vec!["timeline", path, "--own-agency", "nobody"], "nobody"),
        (vec!["timeline", path, "--jurisdiction", "mars"], "mars"),
        (vec!["timeline", "/no/such/folder"], "/no/such/folder"),
        (vec!["timeline"], "EXPORTS"),
        (vec!["conjure"], "conjure"),
    ] {
        let output = run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{arguments:?}"
        );
        assert!(
            said.contains(&named.to_lowercase()),
            "{arguments:?}: {said}"
        );
    }
}

#[test]
fn recipients_get_fewer_rows_and_the_reasons_are_counted() {
    let folder = exports(&[
        (
            "police/e.csv",
            "entry_id,date,text,handling\n1,2025-01-01,x,ask the originator\n2,2025-01-02,y,open to partners\n",
        ),
        ("school/e.csv", "entry_id,date,text\n1,2025-01-03,s\n"),
    ]);
    for format in ["csv", "json", "text"] {
        let output = run(&[
            "timeline",
            folder.path().to_str().unwrap(),
            "--recipient",
            "school",
            "--format",
            format,
        ]);
        let (shown, said) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(
            !shown.contains("police:1") && shown.contains("police:2"),
            "{format}: {shown}"
        );
        assert_eq!(said, "1 row withheld: ask police\n", "{format}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = casepicture()
        .args(["timeline".as_ref(), fixture("hollow-lane").as_os_str()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn no_path_and_no_host_is_in_any_output() {
    let built = build_with(&[ENTRIES, ("gp/x.xlsx", "no workbook")], &[]);
    for file in std::fs::read_dir(built.out.path()).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for path in [&built.exports, &built.out] {
            assert!(!text.contains(path.path().to_str().unwrap()));
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    use super::{ENTRIES, exports, run};

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn build_into(folder: &Path, out: &Path, more: &[&str]) -> Option<i32> {
        let mut arguments = vec![
            "build",
            folder.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ];
        arguments.extend(more);
        run(&arguments).status.code()
    }

    #[test]
    fn what_is_made_is_its_owners_alone_and_nothing_is_overwritten() {
        let (folder, place) = (exports(&[ENTRIES]), tempfile::tempdir().unwrap());
        let out = place.path().join("new");
        assert_eq!(build_into(folder.path(), &out, &[]), Some(0));
        assert_eq!(mode(&out), 0o700);
        assert_eq!(std::fs::read_dir(&out).unwrap().count(), 7);
        for file in std::fs::read_dir(&out).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
        assert_eq!(build_into(folder.path(), &out, &[]), Some(2));
        assert_eq!(build_into(folder.path(), &out, &["--force"]), Some(0));

        // a folder with other files is accepted, one with a table, even a link that leads nowhere, is not
        let other = tempfile::tempdir().unwrap();
        std::fs::write(other.path().join("letter.txt"), "x").unwrap();
        assert_eq!(build_into(folder.path(), other.path(), &[]), Some(0));
        let linked = tempfile::tempdir().unwrap();
        symlink("/no/such/file", linked.path().join("flags.csv")).unwrap();
        assert_eq!(build_into(folder.path(), linked.path(), &[]), Some(2));
        assert_eq!(std::fs::read_dir(linked.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_named_file_is_written_once() {
        let (folder, place) = (exports(&[ENTRIES]), tempfile::tempdir().unwrap());
        let file = place.path().join("t.csv");
        let print = |more: &[&str]| {
            let mut arguments = vec![
                "timeline",
                folder.path().to_str().unwrap(),
                "-o",
                file.to_str().unwrap(),
            ];
            arguments.extend(more);
            run(&arguments).status.code()
        };
        assert_eq!(
            (print(&[]), mode(&file), print(&[]), print(&["--force"])),
            (Some(0), 0o600, Some(2), Some(0))
        );
    }

    #[test]
    fn links_are_skipped_and_told() {
        let folder = exports(&[ENTRIES]);
        symlink("/etc/hostname", folder.path().join("police/link.csv")).unwrap();
        let out = tempfile::tempdir().unwrap();
        let output = run(&[
            "build",
            folder.path().to_str().unwrap(),
            "--out",
            out.path().to_str().unwrap(),
        ]);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            String::from_utf8_lossy(&output.stderr)
                .starts_with("police/link.csv: not opened: a link")
        );
        let rejects = crate::common::written(out.path(), "rejects.csv");
        assert_eq!(
            (
                rejects.len(),
                rejects[0]["file"].as_str(),
                rejects[0]["kept"].as_str()
            ),
            (1, "police/link.csv", "none")
        );
    }
}

#[test]
fn a_recipient_learns_nothing_of_records_behind_what_is_withheld() {
    let folder = exports(&[
        (
            "school/e.csv",
            "entry_id,record_id,name,nhs_number,date,text\n1,s,Mo Lee,9434765919,2025-01-03,at school\n",
        ),
        (
            "substance-use/e.csv",
            "entry_id,record_id,name,nhs_number,date,text,handling,role\n1,d,Maureen Lee,9434765919,2025-01-01,seen,named recipients only,mother\n",
        ),
        ("police/e.csv", "entry_id,date,text\n1,2025-01-04,x\n"),
    ]);
    let path = folder.path().to_str().unwrap();
    for (table, whole) in [("people", 1), ("matches", 1), ("timeline", 3)] {
        let rows = crate::common::table(&run(&[table, path]).stdout);
        assert_eq!(rows.len(), whole, "{table}: {rows:?}");
        let output = run(&[table, path, "--recipient", "school"]);
        let shown = String::from_utf8_lossy(&output.stdout);
        for hidden in ["substance", "Maureen", "mother"] {
            assert!(!shown.contains(hidden), "{table} tells {hidden}: {shown}");
        }
        assert!(
            table == "matches" || shown.contains("Mo Lee"),
            "{table}: {shown}"
        );
    }
}
