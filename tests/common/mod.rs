//! What the tests of the whole program share: running it, and reading what it wrote.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)] // each test file uses its part; a test may fail by panic

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A row of a table by column.
pub type Row = BTreeMap<String, String>;

/// The folder of a bundled case.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

/// The program, ready to run.
pub fn casepicture() -> Command {
    Command::new(env!("CARGO_BIN_EXE_casepicture"))
}

/// Runs the program with these arguments.
pub fn run<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Output {
    casepicture().args(args).output().unwrap()
}

/// Builds a folder of exports into a new folder, which it gives; the build must not fail.
pub fn build(exports: &Path) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let output = run(&[
        "build".as_ref(),
        exports.as_os_str(),
        "--out".as_ref(),
        out.path().as_os_str(),
    ]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    out
}

/// Reads a CSV text.
pub fn table(text: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text);
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader.records().map(|record| {
        record
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    rows.map(|cells| header.iter().cloned().zip(cells).collect())
        .collect()
}

/// Reads a table that a build wrote.
pub fn written(folder: &Path, name: &str) -> Vec<Row> {
    table(&std::fs::read(folder.join(name)).unwrap())
}

/// Writes a folder of exports: path and content of each file.
pub fn exports(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// Every table that a command prints of a picture, by one viewer.
pub fn all_tables(view: &casepicture::report::View<'_>) -> Vec<casepicture::report::Table> {
    use casepicture::report::tables;
    vec![
        tables::timeline(view, &|_| true),
        tables::people(view),
        tables::matches(view),
        tables::reliance(view),
        tables::flags(view),
        tables::requests(view),
        tables::consultations(view),
        tables::rejects(view),
        tables::silence(view),
        tables::slots(view),
        tables::disagreements(view),
        tables::knock_out(view),
        tables::questions(view, None),
    ]
}
