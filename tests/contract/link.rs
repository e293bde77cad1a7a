//! `link`: person files in, who is who out. The outputs, that they are the same bytes, and that none is half written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::common::{Row, casepicture, run, table};

/// What `link` leaves in its folder.
pub const FILES: [&str; 4] = ["model.json", "pairs.csv", "persons.csv", "rejects.csv"];

const GIVEN: [&str; 24] = [
    "Amelia", "Oliver", "Noor", "Harpreet", "Chidi", "Zofia", "Grace", "Thomas", "Ibrahim", "Mei",
    "Rosa", "Callum", "Leila", "Piotr", "Adaeze", "Samuel", "Hannah", "Yusuf", "Ivy", "Dylan",
    "Saoirse", "Kofi", "Esther", "Rafael",
];
const FAMILY: [&str; 31] = [
    "Whitlock",
    "Okafor",
    "Kowalczyk",
    "Begum",
    "Singh",
    "Fairweather",
    "Nguyen",
    "Baptiste",
    "Hollins",
    "Achterberg",
    "Delacroix",
    "Mbeki",
    "Pemberton",
    "Rahman",
    "Sandoval",
    "Thistlewood",
    "Uddin",
    "Varga",
    "Winterbourne",
    "Yeboah",
    "Zielinski",
    "Ashdown",
    "Brannigan",
    "Castellano",
    "Drummond",
    "Eastwick",
    "Farrukh",
    "Gallagher",
    "Hussain",
    "Ibanez",
    "Jankowski",
];

/// A run of `link` in a folder of its own.
pub struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    /// A folder with these files.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    /// A folder with `people` people in the files of three agencies.
    pub fn of_people(people: usize) -> Self {
        let files = agencies(people);
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        Self::with(&files)
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `link` there: words that name a file of the folder are its path.
    pub fn link(&self, words: &[&str]) -> Output {
        casepicture()
            .current_dir(self.folder.path())
            .arg("link")
            .args(words)
            .output()
            .unwrap()
    }

    /// Runs it on the three agencies' files, which must succeed.
    pub fn link_all(&self, words: &[&str]) -> Output {
        let mut all = vec!["csc.csv", "police.csv", "health.csv"];
        all.extend(words);
        let output = self.link(&all);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        output
    }

    /// A table that it wrote.
    pub fn table(&self, path: &str) -> Vec<Row> {
        table(&fs::read(self.path(path)).unwrap())
    }

    /// The names of the files in a folder there.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .unwrap()
            .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// Standard error as text.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Files of three agencies about the same people: typing errors, moves and gaps at fixed places.
fn agencies(people: usize) -> Vec<(&'static str, String)> {
    let names = ["csc.csv", "police.csv", "health.csv"];
    names
        .iter()
        .enumerate()
        .map(|(agency, name)| {
            let mut text = "record_id,given_name,family_name,date_of_birth,sex,postcode,phone,shoe_size,cluster\n".to_owned();
            for person in (0..people).filter(|person| agency == 0 || (person + agency) % 3 != 0) {
                text.push_str(&row(person, agency));
            }
            (*name, text)
        })
        .collect()
}

fn row(person: usize, agency: usize) -> String {
    // steps that share no divisor with the lists, so that no two fields follow each other
    let given = GIVEN[(person * 5 + person / 24) % GIVEN.len()];
    let mut family = FAMILY[(person * 7 + person / 31) % FAMILY.len()].to_owned();
    if agency == 1 && person % 7 == 0 {
        family.remove(2);
    }
    let given = if agency == 2 && person % 11 == 0 {
        &given[..1]
    } else {
        given
    };
    let (year, month, day) = (
        1950 + person * 13 % 60,
        1 + person * 5 % 12,
        1 + person * 11 % 28,
    );
    let birth = if agency == 1 && person % 13 == 0 {
        String::new()
    } else {
        format!("{year}-{month:02}-{day:02}")
    };
    let moved = usize::from(agency == 2 && person % 5 == 0) * 17;
    let postcode = format!("ZZ{} {}AB", 1 + (person + moved) % 89, person % 9);
    let phone = if person % 4 == agency {
        String::new()
    } else {
        format!("07700 9{:05}", person * 37 % 100_000)
    };
    let sex = if person % 2 == 0 { "F" } else { "M" };
    format!(
        "{}{person:05},{given},{family},{birth},{sex},{postcode},{phone},{},c{person}\n",
        ["C", "P", "H"][agency],
        person % 12
    )
}

/// The lines of a file in another order, the header first all the same.
fn turned(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let half = lines.len() / 2;
    lines[1..].rotate_left(half);
    lines.join("\n") + "\n"
}

#[test]
fn every_output_has_its_header_and_order() {
    let place = Place::of_people(300);
    let output = place.link_all(&[
        "--out",
        "out",
        "--report",
        "report.html",
        "--truth",
        "cluster",
    ]);
    assert_eq!(place.files("out"), FILES);
    let head = |name: &str| {
        fs::read_to_string(place.path(name))
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(head("out/persons.csv"), "record,person_id");
    assert_eq!(head("out/pairs.csv"), "left,right,probability,weight");
    assert_eq!(
        head("out/rejects.csv"),
        "file,row,column,value,problem,hint,kept"
    );

    let persons = place.table("out/persons.csv");
    assert_eq!(persons.len(), 700);
    assert!(persons.is_sorted_by(|a, b| a["record"] < b["record"]));
    let pairs = place.table("out/pairs.csv");
    let key = |row: &Row| (row["left"].clone(), row["right"].clone());
    assert!(!pairs.is_empty() && pairs.is_sorted_by(|a, b| key(a) < key(b)));
    for pair in &pairs {
        let probability: f64 = pair["probability"].parse().unwrap();
        let weight: f64 = pair["weight"].parse().unwrap();
        assert!(
            (0.01..=1.0).contains(&probability) && pair["left"] < pair["right"],
            "{pair:?}"
        );
        assert!(
            (probability - 1.0 / (1.0 + (-weight).exp2())).abs() < 0.001,
            "{pair:?}"
        );
        assert_eq!(
            pair["weight"],
            format!("{weight}"),
            "no longer than it must be"
        );
    }
    // a person's id is made from the smallest record
    let first = &persons[0];
    let digest = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(
        &first["record"],
    ));
    let hex: String = digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(first["person_id"], format!("P{hex}"));

    let model: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("out/model.json")).unwrap()).unwrap();
    for key in [
        "version",
        "prior_apart",
        "prior_together",
        "fields",
        "threshold",
        "expected",
    ] {
        assert!(!model[key].is_null(), "{key}");
    }
    let page = fs::read_to_string(place.path("report.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("How right it was"));
    let told = said(&output);
    for words in [
        "csc.csv: 300 rows, 300 used, 0 rejected",
        "not used: shoe_size",
        "700 records of 3 agencies",
        "linked from probability",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains(place.folder.path().to_str().unwrap()));
}

#[test]
fn most_of_what_is_plain_is_found_and_the_measures_are_printed() {
    let place = Place::of_people(300);
    let output = place.link_all(&["--truth", "cluster"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let figure = |name: &str| -> f64 {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_else(|| panic!("{name}: {text}"));
        line.trim().parse().unwrap()
    };
    assert_eq!(
        (figure("records with truth"), figure("true pairs")),
        (700.0, 500.0)
    );
    for name in [
        "pairwise precision",
        "pairwise recall",
        "pairwise F1",
        "B-cubed precision",
        "B-cubed recall",
        "B-cubed F1",
        "best-threshold F1",
        "average precision",
        "true pairs kept",
    ] {
        assert!((0.8..=1.0).contains(&figure(name)), "{name}: {text}");
    }
    assert!(
        (0.0..0.5).contains(&figure("calibration error"))
            && (0.0..=1.0).contains(&figure("best threshold"))
    );
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_in_any_row_order() {
    let place = Place::of_people(300);
    place.link_all(&["--out", "one", "--threads", "1", "--report", "one.html"]);
    place.link_all(&["--out", "many", "--threads", "16", "--report", "many.html"]);
    for name in ["csc.csv", "police.csv", "health.csv"] {
        let text = turned(&place.path(name));
        fs::write(place.path(name), text).unwrap();
    }
    place.link_all(&["--out", "turned", "--report", "turned.html"]);
    let bytes = |name: &str| fs::read(place.path(name)).unwrap();
    for name in FILES {
        for other in ["many", "turned"] {
            assert!(
                bytes(&format!("one/{name}")) == bytes(&format!("{other}/{name}")),
                "{other}/{name}"
            );
        }
    }
    assert!(bytes("one.html") == bytes("many.html") && bytes("one.html") == bytes("turned.html"));
}

#[test]
fn the_truth_is_never_an_input() {
    let place = Place::of_people(200);
    place.link_all(&["--out", "with", "--truth", "cluster"]);
    for name in ["csc.csv", "police.csv", "health.csv"] {
        let text = fs::read_to_string(place.path(name)).unwrap();
        let without: Vec<&str> = text
            .lines()
            .map(|line| line.rsplit_once(',').unwrap().0)
            .collect();
        fs::write(place.path(name), without.join("\n")).unwrap();
    }
    place.link_all(&["--out", "without"]);
    for name in FILES {
        let bytes = |folder: &str| fs::read(place.path(folder).join(name)).unwrap();
        assert!(bytes("with") == bytes("without"), "{name}");
    }
}

#[test]
fn hostile_cells_stay_cells() {
    let mut text = "record_id,given_name,family_name,date_of_birth,<b>town</b>\n".to_owned();
    for at in 0..60 {
        text.push_str(&format!(
            "r{at},Ann{},Smith{},1980-01-{:02},x\n",
            at % 7,
            at % 11,
            1 + at % 28
        ));
    }
    text.push_str("\"=1+1,\"\"x\"\"\",=cmd(),<script>alert(1)</script>,1980-01-01,x\n");
    text.push_str("\u{1b}[2J\u{202e},\u{1b}[2J,Smith1,1980-01-02,x\n");
    let huge = "ü".repeat(300_000);
    text.push_str(&format!("huge,{huge},Smith2,1980-01-03,x\n"));
    let place = Place::with(&[("gp.csv", text.as_bytes())]);
    let output = place.link(&["gp.csv", "--out", "out", "--report", "r.html"]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        said(&output)
    );
    let persons = place.table("out/persons.csv");
    let records: Vec<&str> = persons.iter().map(|row| row["record"].as_str()).collect();
    assert!(records.contains(&"gp:=1+1,\"x\""), "{records:?}");
    let page = fs::read_to_string(place.path("r.html")).unwrap();
    assert!(
        !page.contains("<script") && !page.contains("<b>town") && page.contains("&lt;b&gt;town")
    );
    for file in FILES {
        let text = fs::read_to_string(place.path("out").join(file)).unwrap();
        assert!(!text.contains('\u{1b}') && text.len() < 2_000_000, "{file}");
    }
    let explained = place.link(&["gp.csv", "--explain", "huge", "r2"]);
    assert_eq!(explained.status.code(), Some(0), "{}", said(&explained));
    assert!(!said(&output).contains('\u{1b}') && !explained.stdout.contains(&0x1b));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn what_is_made_is_its_owners_alone_and_nothing_is_overwritten() {
        let place = Place::of_people(100);
        let mode =
            |name: &str| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
        place.link_all(&["--out", "out", "--report", "r.html"]);
        assert_eq!((mode("out"), mode("r.html")), (0o700, 0o600));
        for file in FILES {
            assert_eq!(mode(&format!("out/{file}")), 0o600);
        }
        let before = fs::read(place.path("out/persons.csv")).unwrap();
        for words in [["--out", "out"], ["--report", "r.html"]] {
            let output = place.link(&[&["csc.csv"][..], &words].concat());
            assert_eq!(output.status.code(), Some(2), "{words:?}");
            assert!(said(&output).contains("--force"));
        }
        assert!(before == fs::read(place.path("out/persons.csv")).unwrap());
        place.link_all(&["--out", "out", "--report", "r.html", "--force"]);
        // a folder with other files is accepted
        fs::create_dir(place.path("other")).unwrap();
        fs::write(place.path("other/letter.txt"), "x").unwrap();
        place.link_all(&["--out", "other"]);
        assert_eq!(place.files("other").len(), 5);
    }

    /// Ends a run after a while by a signal, and gives its exit code. A run that was faster gives `Some(0)`.
    fn stopped(place: &Place, after: Duration, signal: &str) -> Option<i32> {
        let mut child = casepicture()
            .current_dir(place.folder.path())
            .args([
                "link",
                "csc.csv",
                "police.csv",
                "health.csv",
                "--out",
                "out",
                "--report",
                "r.html",
                "--threads",
                "1",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(after);
        Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return status.code();
            }
            if Instant::now() > deadline {
                child.kill().unwrap();
                panic!("it did not stop");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_run_that_is_stopped_leaves_nothing_half_written() {
        let place = Place::of_people(4000);
        let inputs = place.files(".");
        let mut stops = 0;
        for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
            for after in [100, 300, 700, 1500] {
                let ended = stopped(&place, Duration::from_millis(after), signal);
                if ended == Some(0) {
                    // it was done before: everything is there
                    assert_eq!(place.files("out"), FILES);
                    fs::remove_dir_all(place.path("out")).unwrap();
                    fs::remove_file(place.path("r.html")).unwrap();
                    continue;
                }
                assert_eq!(ended, Some(code), "{signal} after {after} ms");
                assert_eq!(place.files("."), inputs, "{signal} after {after} ms");
                stops += 1;
            }
        }
        assert!(stops > 0, "every run was done before it could be stopped");
    }
}

#[test]
fn a_file_that_is_read_is_never_written_over() {
    let place = Place::of_people(50);
    fs::copy(place.path("csc.csv"), place.path("persons.csv")).unwrap();
    let before = fs::read(place.path("persons.csv")).unwrap();
    for words in [
        &["persons.csv", "--out", ".", "--force"][..],
        &["./persons.csv", "--report", "persons.csv", "--force"],
        &[
            "csc.csv",
            "--out",
            "new",
            "--report",
            "new/persons.csv",
            "--force",
        ],
    ] {
        let output = place.link(words);
        assert_eq!(
            output.status.code(),
            Some(if words[0] == "csc.csv" { 2 } else { 2 }),
            "{words:?}"
        );
        assert!(said(&output).contains("hint: "), "{}", said(&output));
    }
    assert!(before == fs::read(place.path("persons.csv")).unwrap());
}

#[test]
fn rejected_rows_are_told_by_the_exit_code_and_the_table() {
    let mut text = "record_id,given_name,family_name,date_of_birth\n".to_owned();
    for at in 0..50 {
        text.push_str(&format!(
            "r{at},Ann{at},Smith{},1980-01-{:02}\n",
            at % 5,
            1 + at % 28
        ));
    }
    text.push_str("r1,Twice,Named,1980-02-01\n");
    let place = Place::with(&[("gp.csv", text.as_bytes())]);
    let output = place.link(&["gp.csv", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let rejects = place.table("out/rejects.csv");
    assert_eq!(
        (
            rejects.len(),
            rejects[0]["file"].as_str(),
            rejects[0]["kept"].as_str()
        ),
        (1, "gp.csv", "none")
    );
    assert!(said(&output).contains("rejects.csv says why"));
}

#[test]
fn the_help_and_the_completions_know_every_option() {
    let help = String::from_utf8(run(&["link", "--help"]).stdout).unwrap();
    let script = String::from_utf8(run(&["completions", "bash"]).stdout).unwrap();
    for option in [
        "--out",
        "--map",
        "--compare",
        "--date-order",
        "--within-source",
        "--threshold",
        "--truth",
        "--model",
        "--report",
        "--explain",
        "--threads",
        "--engine",
        "--force",
    ] {
        assert!(help.contains(option) && script.contains(option), "{option}");
    }
}
