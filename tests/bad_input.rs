//! Bad input: damaged, hostile and absurd files. Each is told in a clear line and a row of `rejects.csv`, the other files
//! are used, nothing panics, and neither time nor memory runs away.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail by panic

mod common;

#[path = "bad_input/bombs.rs"]
mod bombs;
#[path = "bad_input/crowds.rs"]
mod crowds;
#[path = "bad_input/files.rs"]
mod files;
#[path = "bad_input/old_excel.rs"]
mod old_excel;
#[path = "bad_input/terminal.rs"]
mod terminal;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A file that is well.
const GOOD: &str = "entry_id,date,text\ne1,2024-01-01,hello\n";

/// What a run of `build` did.
struct Built {
    code: Option<i32>,
    stderr: String,
    rejects: Vec<common::Row>,
    took: Duration,
    /// The most memory that it held, in KB, as far as it was seen.
    peak_kb: u64,
}

/// Runs `build` and watches its memory. One that takes longer than a minute is ended.
fn build(exports: &Path) -> Built {
    let out = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let told = tempfile::NamedTempFile::new().unwrap();
    let mut child = common::casepicture()
        .arg("build")
        .arg(exports)
        .arg("--out")
        .arg(out.path())
        .stdout(Stdio::null())
        .stderr(told.reopen().unwrap())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = 0;
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let seen = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak_kb = peak_kb.max(seen.unwrap_or(0));
        if started.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let rejects = fs::read(out.path().join("rejects.csv")).unwrap_or_default();
    Built {
        code,
        stderr: fs::read_to_string(told.path()).unwrap(),
        rejects: common::table(&rejects),
        took: started.elapsed(),
        peak_kb,
    }
}

/// A folder with a good file and a bad one, and what a build of it gives.
fn beside_a_good_one(path: &str, bytes: &[u8]) -> Built {
    let folder = common::exports(&[("school/ok.csv", GOOD)]);
    let bad = folder.path().join(path);
    fs::create_dir_all(bad.parent().unwrap()).unwrap();
    fs::write(bad, bytes).unwrap();
    build(folder.path())
}

/// The bad file is refused as a whole, in these words; the good one is used.
fn is_refused(built: &Built, path: &str, because: &str) {
    assert_eq!(built.code, Some(1), "{path}: {}", built.stderr);
    let line = built.rejects.iter().find(|row| row["file"] == path);
    let line = line.unwrap_or_else(|| panic!("{path} is not in rejects.csv: {:?}", built.rejects));
    assert_eq!(
        (line["row"].as_str(), line["kept"].as_str()),
        ("", "none"),
        "{path}: {line:?}"
    );
    assert!(
        line["problem"].contains(because),
        "{path}: {because}? {line:?}"
    );
    assert!(!line["hint"].is_empty(), "{path}: {line:?}");
    assert!(
        built.stderr.contains(path),
        "{path} is not told: {}",
        built.stderr
    );
    assert!(
        !built.stderr.contains("panicked") && !built.stderr.contains("fault of the program"),
        "{}",
        built.stderr
    );
}
