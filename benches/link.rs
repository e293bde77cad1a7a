//! Times `casepicture link` as a whole process on invented people, and says how right it was.
//!
//! `cargo bench --bench link` measures 10,000, 500,000 and 1,000,000 records of three agencies: medians of three runs.
//! After `--`: sizes (`5000000`), `--runs N`, `--keep FOLDER` (files stay there and are made once), and
//! `--splink PYTHON`, which runs `benches/splink/people.py` with that Python on the same file. Linux only.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)] // a bench may fail, and prints

mod measure;
mod people;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::Run;

/// Numbers of records where none are asked for.
const SIZES: [usize; 3] = [10_000, 500_000, 1_000_000];

/// What is asked for.
struct Wanted {
    sizes: Vec<usize>,
    runs: usize,
    keep: Option<PathBuf>,
    python: Option<PathBuf>,
}

fn main() {
    let wanted = wanted();
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = wanted.keep.as_deref().unwrap_or(temporary.path());
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>8} {:>9} {:>8}",
        "records", "seconds", "cpu s", "peak MB", "F1", "us/record", "growth"
    );
    let mut first_large: Option<f64> = None;
    for &size in &wanted.sizes {
        let file = folder.join(format!("people_{size}.csv"));
        if !file.exists() {
            people::write(&file, size, size as u64).expect("people can be written");
        }
        let (run, f1) = median(&wanted, &file, folder);
        let each = run.time.as_secs_f64() * 1e6 / size as f64;
        // small files are mostly the program's start, so growth is told against the first that is large
        let growth = first_large.map_or_else(String::new, |first| format!("{:.2}", each / first));
        if size >= 500_000 {
            first_large.get_or_insert(each);
        }
        row(size, run, f1, &format!("{each:>9.2} {growth:>8}"));
        if let Some(python) = &wanted.python {
            beside(python, &file, size, run, f1);
        }
    }
}

/// Reads what is asked for; cargo itself adds `--bench`.
fn wanted() -> Wanted {
    let mut wanted = Wanted {
        sizes: Vec::new(),
        runs: 3,
        keep: None,
        python: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("a value after the option");
        match argument.as_str() {
            "--bench" => {}
            "--runs" => wanted.runs = value().parse().expect("a number of runs"),
            "--keep" => wanted.keep = Some(value().into()),
            "--splink" => wanted.python = Some(value().into()),
            size => wanted
                .sizes
                .push(size.parse().expect("a number of records")),
        }
    }
    if wanted.sizes.is_empty() {
        wanted.sizes = SIZES.to_vec();
    }
    wanted
}

/// Links the file several times; gives the run of median time, and F1.
fn median(wanted: &Wanted, file: &Path, folder: &Path) -> (Run, f64) {
    // the truth is read in a run of its own, so that measuring it costs the others nothing
    let f1 = measured(file, folder);
    let mut runs: Vec<Run> = (0..wanted.runs.max(1))
        .map(|_| {
            let mut command = link(file, folder);
            let run = measure::run(command.stdout(Stdio::null()).stderr(Stdio::null()));
            assert!(run.code.is_some_and(|code| code < 2), "linking failed");
            run
        })
        .collect();
    runs.sort_by_key(|run| run.time);
    (runs[runs.len() / 2], f1)
}

/// The command that links the file.
fn link(file: &Path, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casepicture"));
    command.arg("link").arg(file).arg("--force").arg("--out");
    command.arg(folder.join("linked"));
    command
}

/// Links the file once more with the truth beside it; gives pairwise F1 as the program prints it.
fn measured(file: &Path, folder: &Path) -> f64 {
    let mut command = link(file, folder);
    let output = command.args(["--truth", "cluster"]).output();
    let output = output.expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|line| line.starts_with("pairwise F1"));
    line.and_then(|line| line.split_whitespace().last()?.parse().ok())
        .expect("a line `pairwise F1`")
}

/// Runs Splink on the same file and prints it below, with the ratios.
fn beside(python: &Path, file: &Path, size: usize, ours: Run, f1: f64) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/splink/people.py");
    let answer = tempfile::NamedTempFile::new().expect("a temporary file");
    let mut command = Command::new(python);
    command.arg(script).arg(file).arg("--json");
    command.stdout(answer.reopen().expect("the temporary file"));
    let theirs = measure::run(command.stderr(Stdio::null()));
    assert_eq!(theirs.code, Some(0), "Splink failed");
    let text = std::fs::read_to_string(answer.path()).expect("its answer");
    let told: serde_json::Value = serde_json::from_str(&text).expect("a line of JSON");
    let figure = |name: &str| told.get(name).and_then(serde_json::Value::as_f64);
    let linking = figure("seconds").expect("seconds");
    row(size, theirs, figure("f1").expect("f1"), "   Splink");
    println!(
        "{:>9} {:>9} times the time of this program as a process, {:.1} in Splink's own count (without starting Python); \
         {:.1} times its processor time, {:.1} times its memory, F1 {:+.4}",
        "",
        format!("{:.1}", theirs.time.as_secs_f64() / ours.time.as_secs_f64()),
        linking / ours.time.as_secs_f64(),
        theirs.cpu / ours.cpu,
        theirs.memory as f64 / ours.memory as f64,
        f1 - figure("f1").unwrap_or_default(),
    );
}

/// Prints one line of the table.
fn row(size: usize, run: Run, f1: f64, rest: &str) {
    println!(
        "{size:>9} {:>9.2} {:>9.2} {:>9.0} {f1:>8.4} {rest}",
        run.time.as_secs_f64(),
        run.cpu,
        run.memory as f64 / 1024.0,
    );
}
