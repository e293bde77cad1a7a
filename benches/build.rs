//! Times `casepicture build` as a whole process on invented exports of several sizes, and watches its memory.
//!
//! `cargo bench --bench build` prints a table: medians of five runs (one for the large ones). Linux only for the memory.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)] // a bench may fail, and prints

mod exports;
mod measure;

use std::path::Path;
use std::process::{Command, Stdio};

use measure::Run;

/// Entries, records, runs.
const SIZES: [(usize, usize, usize); 5] = [
    (300, 60, 5),
    (12_500, 5_000, 3),
    (25_000, 5_000, 3),
    (50_000, 5_000, 3),
    (100_000, 5_000, 3),
];

fn main() {
    println!(
        "{:>8} {:>8} {:>10} {:>8} {:>12} {:>14}",
        "entries", "records", "seconds", "cpu s", "peak MB", "us per entry"
    );
    for (entries, records, runs) in SIZES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let exports = folder.path().join("exports");
        std::fs::create_dir(&exports).expect("a folder");
        exports::write(&exports, entries, records);
        let mut all: Vec<Run> = (0..runs)
            .map(|run| build(&exports, &folder.path().join(format!("out{run}"))))
            .collect();
        all.sort_by_key(|run| run.time);
        let Run {
            time, cpu, memory, ..
        } = all[runs / 2];
        let seconds = time.as_secs_f64();
        println!(
            "{entries:>8} {records:>8} {seconds:>10.3} {cpu:>8.2} {:>12.1} {:>14.1}",
            memory as f64 / 1024.0,
            seconds * 1e6 / entries as f64
        );
    }
}

/// Runs one build.
fn build(exports: &Path, out: &Path) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casepicture"));
    command.arg("build").arg(exports).arg("--out").arg(out);
    let run = measure::run(command.stderr(Stdio::null()));
    assert!(run.code.is_some_and(|code| code < 2), "the build failed");
    run
}
