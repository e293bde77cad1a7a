//! Same input, same bytes: whatever the order of rows, the number of threads, the time zone and the locale.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const TABLES: [&str; 6] = [
    "timeline.csv",
    "people.csv",
    "matches.csv",
    "reliance.csv",
    "flags.csv",
    "rejects.csv",
];

/// All tables of a build, and the summary without its seconds.
fn outputs(exports: &Path, env: &[(&str, &str)]) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let mut command = common::casepicture();
    command.args([
        "build".as_ref(),
        exports.as_os_str(),
        "--out".as_ref(),
        out.path().as_os_str(),
    ]);
    let output = command.envs(env.iter().copied()).output().unwrap();
    assert!(
        output.status.code().is_some_and(|code| code < 2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut outputs: BTreeMap<String, String> = TABLES
        .iter()
        .map(|table| {
            (
                (*table).to_owned(),
                fs::read_to_string(out.path().join(table)).unwrap(),
            )
        })
        .collect();
    let mut summary: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("summary.json")).unwrap()).unwrap();
    summary.as_object_mut().unwrap().remove("seconds");
    outputs.insert("summary.json".into(), summary.to_string());
    for further in [
        ["reliance", "--silence", "--format", "csv"],
        ["reliance", "--slots", "--format", "csv"],
        ["reliance", "--knock-out", "--format", "csv"],
        ["requests", "--questions", "--format", "csv"],
    ] {
        let mut command = common::casepicture();
        command.args(further).arg(exports);
        let output = command.envs(env.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{further:?}");
        outputs.insert(further.concat(), String::from_utf8(output.stdout).unwrap());
    }
    outputs
}

#[test]
fn threads_time_zones_and_locales_change_nothing() {
    for case in ["hollow-lane", "river-street"] {
        let exports = common::fixture(case);
        let first = outputs(&exports, &[]);
        for env in [
            [
                ("RAYON_NUM_THREADS", "1"),
                ("TZ", "Pacific/Auckland"),
                ("LC_ALL", "C"),
            ],
            [
                ("RAYON_NUM_THREADS", "16"),
                ("TZ", "Pacific/Pago_Pago"),
                ("LC_ALL", "tr_TR.UTF-8"),
            ],
        ] {
            assert_eq!(outputs(&exports, &env), first, "{case} {env:?}");
        }
    }
}

/// A small generator of numbers, the same everywhere.
fn shuffled(lines: &[&str], seed: u64) -> Vec<String> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for at in (1..lines.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        lines.swap(at, (state % (at as u64 + 1)) as usize);
    }
    lines
}

/// Copies a case, with the rows of its plain text files in another order. Quoted line breaks are not in these files.
fn copy_shuffled(from: &Path, to: &Path, seed: u64) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_shuffled(&path, &target, seed);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let is_table = path.extension().is_some_and(|extension| {
            extension == "csv" || extension == "tsv" || extension == "jsonl"
        });
        let text = if is_table && !bytes.contains(&0) {
            String::from_utf8(bytes.clone()).ok()
        } else {
            None
        };
        let Some(text) = text else {
            fs::write(target, bytes).unwrap();
            continue;
        };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let headers = usize::from(
            path.extension()
                .is_some_and(|extension| extension != "jsonl"),
        );
        let (header, rows) = lines.split_at(headers);
        let whole = rows.iter().all(|row| row.ends_with('\n'));
        let rows = if whole {
            shuffled(rows, seed)
        } else {
            rows.iter().map(|row| (*row).to_owned()).collect()
        };
        fs::write(target, header.concat() + &rows.concat()).unwrap();
    }
}

/// Takes out what names a row or a file's bytes.
fn without_row_numbers(outputs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    outputs
        .iter()
        .map(|(name, text)| {
            let plain = if name == "summary.json" {
                let mut summary: serde_json::Value = serde_json::from_str(text).unwrap();
                for file in summary["files"].as_array_mut().unwrap() {
                    file["sha256"] = "".into();
                }
                summary.to_string()
            } else {
                let mut rows = common::table(text.as_bytes());
                for row in &mut rows {
                    for column in ["source_rows", "row"] {
                        row.entry(column.to_owned()).and_modify(String::clear);
                    }
                }
                if name == "rejects.csv" {
                    rows.sort();
                }
                format!("{rows:#?}")
            };
            (name.clone(), plain)
        })
        .collect()
}

#[test]
fn the_order_of_rows_changes_nothing_but_their_numbers() {
    let case = common::fixture("hollow-lane");
    let first = without_row_numbers(&outputs(&case, &[]));
    for seed in 1..=4 {
        let folder = tempfile::tempdir().unwrap();
        copy_shuffled(&case, folder.path(), seed);
        let other = without_row_numbers(&outputs(folder.path(), &[]));
        for (name, text) in &first {
            assert!(
                other[name] == *text,
                "{name} differs for seed {seed}:\n{}",
                first_difference(text, &other[name])
            );
        }
    }
}

fn first_difference(one: &str, other: &str) -> String {
    let differ = one
        .lines()
        .zip(other.lines())
        .find(|(left, right)| left != right);
    differ.map_or_else(
        || "one is longer".to_owned(),
        |(left, right)| format!("- {left}\n+ {right}"),
    )
}

#[test]
fn the_same_file_under_another_name_adds_nothing() {
    let case = common::fixture("hollow-lane");
    let folder = tempfile::tempdir().unwrap();
    copy_shuffled(&case, folder.path(), 7);
    fs::copy(
        folder.path().join("school/safeguarding_log.tsv"),
        folder.path().join("school/safeguarding_log_again.tsv"),
    )
    .unwrap();
    let (first, twice) = (outputs(&case, &[]), outputs(folder.path(), &[]));
    let ids = |outputs: &BTreeMap<String, String>, table: &str, column: &str| {
        common::table(outputs[table].as_bytes())
            .into_iter()
            .map(|row| row[column].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(&first, "timeline.csv", "fact_id"),
        ids(&twice, "timeline.csv", "fact_id")
    );
    assert_eq!(
        ids(&first, "people.csv", "person_id"),
        ids(&twice, "people.csv", "person_id")
    );
    assert_eq!(first["reliance.csv"], twice["reliance.csv"]);
}
