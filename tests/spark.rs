//! `link --engine spark` gives what `link` gives. Runs where Spark is: `tests/spark/cluster.sh start` installs and starts it.

#![allow(clippy::unwrap_used)]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// People that the files tell of; two of three times in each.
const PEOPLE: usize = 1500;

/// The Spark to be tested with, and its master.
struct Spark {
    /// `None`: `spark-sql` is on the path.
    home: Option<PathBuf>,
    master: String,
}

/// Finds Spark as the program does, and where the script puts it.
fn spark() -> Option<Spark> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/spark");
    let is_there = |home: &PathBuf| home.join("bin/spark-sql").is_file();
    let home = env::var_os("SPARK_HOME").map(PathBuf::from);
    let home = [home, Some(own.join("home"))]
        .into_iter()
        .flatten()
        .find(is_there);
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).any(|folder| folder.join("spark-sql").is_file());
    if home.is_none() && !on_path {
        return None;
    }
    // the cluster of the script, where it runs; else two threads
    let master = fs::read_to_string(own.join("master.url")).unwrap_or_default();
    let answers = master
        .trim()
        .strip_prefix("spark://")
        .is_some_and(|at| TcpStream::connect(at).is_ok());
    let master = if answers {
        master.trim().to_owned()
    } else {
        "local[2]".to_owned()
    };
    Some(Spark { home, master })
}

/// Numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<'a>(&mut self, pool: &[&'a str]) -> &'a str {
        pool[self.below(pool.len())]
    }
}

const GIVEN: [&str; 16] = [
    "Ann",
    "Anne",
    "Katherine",
    "Catherine",
    "Bob",
    "Robert",
    "José",
    "Zoe",
    "Ali",
    "Mohammed",
    "Liam",
    "Noah",
    "Olivia",
    "Amelia",
    "Isla",
    "George",
];
const FAMILY: [&str; 12] = [
    "Smith",
    "Smyth",
    "O'Brien",
    "Lee\tHall",
    "Jones",
    "Back\\slash",
    "Müller",
    "Khan",
    "Patel",
    "\\N",
    "Evans",
    "Walker",
];
const STREETS: [&str; 5] = [
    "High Street",
    "Mill Lane",
    "Church Road",
    "\"The\" Green",
    "Station Road",
];

/// Writes the exports of two agencies on invented people, with slips, tabs and backslashes; gives their paths.
#[allow(clippy::too_many_lines, reason = "lists of names, a line each")]
fn invent(folder: &Path) -> [PathBuf; 2] {
    let mut numbers = Numbers(11);
    let header = "record_id,given_name,family_name,date_of_birth,sex,address,postcode,phone\n";
    let mut texts = [header.to_owned(), header.to_owned()];
    for person in 0..PEOPLE {
        let (given, family) = (numbers.of(&GIVEN), numbers.of(&FAMILY));
        let (year, month, day) = (
            2005 + numbers.below(15),
            1 + numbers.below(12),
            1 + numbers.below(28),
        );
        let street = numbers.of(&STREETS).replace('"', "\"\"");
        let (house, code, phone) = (
            1 + numbers.below(60),
            format!("CB{} {}AA", numbers.below(9), numbers.below(9)),
            numbers.below(1000),
        );
        let sex = numbers.of(&["m", "f", ""]);
        for text in &mut texts {
            if numbers.below(3) == 0 {
                continue;
            }
            let swapped = numbers.below(10) == 0 && day <= 12;
            let (month, day) = if swapped { (day, month) } else { (month, day) };
            let given = if numbers.below(8) == 0 {
                &given[..2]
            } else {
                given
            };
            let phone = if numbers.below(2) == 0 {
                format!("07700 900{phone:03}")
            } else {
                String::new()
            };
            writeln!(
                text,
                "{person},{given},\"{family}\",{year}-{month:02}-{day:02},{sex},\"{house} {street}\",{code},{phone}"
            )
            .unwrap();
        }
    }
    ["csc", "police"]
        .map(|agency| folder.join(format!("{agency}.csv")))
        .map(|path| {
            let at = usize::from(path.ends_with("police.csv"));
            fs::write(&path, &texts[at]).unwrap();
            path
        })
}

fn link(files: &[PathBuf], out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casepicture"));
    command
        .arg("link")
        .args(files)
        .arg("--out")
        .arg(out)
        .stdin(Stdio::null());
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn spark_gives_what_this_machine_gives() {
    let Some(spark) = spark() else {
        // not by `println!`, which is shown only when a test fails
        let told = "skipped: spark is not installed (tests/spark/cluster.sh start)";
        writeln!(io::stderr(), "{told}").unwrap();
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let files = invent(folder.path());
    let (here, there) = (
        folder.path().join("local"),
        folder.path().join("it's spark"),
    );
    let local = link(&files, &here).output().unwrap();
    assert!(local.status.success(), "{}", told(&local));
    let mut command = link(&files, &there);
    command.args(["--engine", "spark", "--spark-master", &spark.master]);
    command.env("SPARK_LOCAL_IP", "127.0.0.1");
    if let Some(home) = &spark.home {
        command.env("SPARK_HOME", home);
    }
    let away = command.output().unwrap();
    assert!(away.status.success(), "{}", told(&away));
    for file in ["persons.csv", "pairs.csv", "model.json", "rejects.csv"] {
        let read = |out: &Path| fs::read_to_string(out.join(file)).unwrap();
        assert!(read(&here) == read(&there), "{file} differs");
    }
    let pairs = fs::read_to_string(here.join("pairs.csv")).unwrap();
    assert!(
        pairs.lines().count() > PEOPLE / 4,
        "there was something to find"
    );
    let without = |text: String, out: &Path| text.replace(&out.display().to_string(), "OUT");
    assert_eq!(without(told(&local), &here), without(told(&away), &there));
    assert_eq!(fs::read_dir(&there).unwrap().count(), 4, "the job is gone");
}

#[test]
fn a_job_that_fails_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = invent(folder.path());
    let out = folder.path().join("out");
    let run = |home: &Path, more: &[&str]| {
        let mut command = link(&files, &out);
        let output = command
            .args(["--engine", "spark"])
            .args(more)
            .env("SPARK_HOME", home)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(!out.exists());
        told(&output)
    };
    let told = run(&folder.path().join("nowhere"), &[]);
    assert!(
        told.contains("there is no bin/spark-sql in it") && told.contains("hint: "),
        "{told}"
    );

    // stands in for a Spark whose worker has failed
    let home = folder.path().join("home");
    fs::create_dir_all(home.join("bin")).unwrap();
    let program = home.join("bin/spark-sql");
    fs::write(&program, "#!/bin/sh\necho 'Subprocess exited with status 2. Error: casepicture: link-worker: gone' >&2\nexit 1\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let told = run(&home, &[]);
        assert!(
            told.contains("spark-sql --version"),
            "it cannot be started yet: {told}"
        );
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let told = run(&home, &[]);
        assert!(
            told.contains("the job failed (exit status: 1)") && told.contains("link-worker: gone"),
            "{told}"
        );
        // one that says it went well, and has written nothing
        fs::write(&program, "#!/bin/sh\nexit 0\n").unwrap();
        assert!(run(&home, &[]).contains("(it said nothing)"));
    }
}

#[test]
fn a_worker_says_what_it_cannot_read() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casepicture"));
    command
        .args(["link-worker", "keys", "--plan"])
        .arg(&plan)
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(told(&output).contains("plan.json") && told(&output).contains("--spark-dir"));
    fs::write(&plan, "{}").unwrap();
    let output = command.output().unwrap();
    assert!(
        told(&output).contains("the same version of casepicture"),
        "{}",
        told(&output)
    );
}
