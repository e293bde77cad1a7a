//! One build of a small folder of exports, with what it wrote.

use std::path::PathBuf;

use crate::common::{Row, exports, run, written};

/// What a build gave.
pub struct Built {
    /// The exports.
    pub exports: tempfile::TempDir,
    /// The folder of the tables.
    pub out: tempfile::TempDir,
    /// The exit code.
    pub code: i32,
    /// Standard error.
    pub said: String,
}

/// Builds these exports.
pub fn build(files: &[(&str, &str)]) -> Built {
    build_with(files, &[])
}

/// Builds these exports with further arguments.
pub fn build_with(files: &[(&str, &str)], arguments: &[&str]) -> Built {
    let exports = exports(files);
    let out = tempfile::tempdir().unwrap();
    let mut all = vec![
        "build".to_owned(),
        exports.path().to_string_lossy().into_owned(),
        "--out".to_owned(),
        out.path().to_string_lossy().into_owned(),
    ];
    all.extend(arguments.iter().map(|&argument| argument.to_owned()));
    let output = run(&all);
    Built {
        exports,
        out,
        code: output.status.code().unwrap(),
        said: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Built {
    /// A table.
    pub fn table(&self, name: &str) -> Vec<Row> {
        written(self.out.path(), &format!("{name}.csv"))
    }

    /// The path of a file that was written.
    pub fn path(&self, name: &str) -> PathBuf {
        self.out.path().join(name)
    }

    /// These columns of every fact, in the order of the table.
    pub fn facts<const N: usize>(&self, columns: [&str; N]) -> Vec<[String; N]> {
        cells(&self.table("timeline"), columns)
    }

    /// These columns of every reject.
    pub fn rejects<const N: usize>(&self, columns: [&str; N]) -> Vec<[String; N]> {
        cells(&self.table("rejects"), columns)
    }

    /// The summary.
    pub fn summary(&self) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.path("summary.json")).unwrap()).unwrap()
    }

    /// Rows, used and rejected of each file, by path.
    pub fn counts(&self) -> Vec<(String, u64, u64, u64)> {
        let summary = self.summary();
        let files = summary["files"].as_array().unwrap().iter();
        files
            .map(|file| {
                let number = |key: &str| file[key].as_u64().unwrap();
                let path = file["file"].as_str().unwrap().to_owned();
                assert_eq!(
                    number("rows"),
                    number("used") + number("rejected"),
                    "{path}"
                );
                (path, number("rows"), number("used"), number("rejected"))
            })
            .collect()
    }
}

/// These columns of each row.
pub fn cells<const N: usize>(rows: &[Row], columns: [&str; N]) -> Vec<[String; N]> {
    rows.iter()
        .map(|row| columns.map(|column| row[column].clone()))
        .collect()
}
