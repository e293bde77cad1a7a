//! The screen over a case file: lock, suspend, hang-up, and decisions that outlive the session.

use std::collections::BTreeMap;
use std::time::Duration;

use casepicture::case::audit::Event;
use casepicture::case::{OpenCase, Passphrase};
use casepicture::import::Limits;
use casepicture::model::decision::Verdict;

use super::{PROGRAM, Terminal, common};

/// A passphrase of these tests; the case that it opens is invented.
const PASSPHRASE: &str = "seven calm otters by the weir";

/// A case file in a folder of its own that holds the bundled exports, and the file with its passphrase.
pub struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    pub fn new() -> Self {
        let kept = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::write(kept.secret(), PASSPHRASE).unwrap();
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(kept.secret(), owner_only).unwrap();
        kept.run(&["new", &kept.case()]);
        let exports = common::fixture("hollow-lane");
        kept.run(&["import", &kept.case(), exports.to_str().unwrap()]);
        kept
    }

    fn case(&self) -> String {
        let path = self.folder.path().join("hollow-lane.case");
        path.to_str().unwrap().to_owned()
    }

    fn secret(&self) -> String {
        let path = self.folder.path().join("passphrase");
        path.to_str().unwrap().to_owned()
    }

    /// Runs a command with the passphrase and a name.
    fn run(&self, args: &[&str]) {
        let secret = self.secret();
        let given = ["--passphrase-file", &secret, "--by", "A. Lyst"];
        let output = common::run(&[args, &given].concat());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() != Some(2), "{args:?}: {told}");
    }

    /// The lines of the log, who caused each and what it was.
    pub fn log(&self) -> Vec<(String, Event)> {
        let passphrase = Passphrase::new(PASSPHRASE.to_owned().into()).unwrap();
        let path = self.case();
        let case = OpenCase::open(path.as_ref(), &passphrase, &Limits::default()).unwrap();
        let lines = case.audit().unwrap().into_iter();
        lines.map(|line| (line.by, line.event)).collect()
    }

    /// What was decided, in order.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let passphrase = Passphrase::new(PASSPHRASE.to_owned().into()).unwrap();
        let path = self.case();
        let case = OpenCase::open(path.as_ref(), &passphrase, &Limits::default()).unwrap();
        let decisions = case.case().decisions.iter();
        decisions.map(|one| one.verdict.clone()).collect()
    }

    /// The folder that the case is in.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    fn args(&self) -> [String; 6] {
        let (case, secret) = (self.case(), self.secret());
        [
            "open",
            &case,
            "--passphrase-file",
            &secret,
            "--by",
            "A. Lyst",
        ]
        .map(str::to_owned)
    }

    /// Opens it in a terminal.
    pub fn open(&self) -> Terminal {
        let args = self.args();
        let terminal = Terminal::start(&args.each_ref().map(String::as_str), &[]);
        terminal.expect("Hollow Lane");
        terminal.expect("  kept  ");
        terminal
    }
}

/// Whether a screen shows anything of the bundled case.
fn shows_the_case(screen: &str) -> bool {
    ["Hollow", "Social care", "Overview", "INC-", "2026-"]
        .iter()
        .any(|word| screen.contains(word))
}

#[test]
fn a_locked_screen_shows_nothing_and_opens_as_it_was() {
    let kept = Kept::new();
    let mut terminal = kept.open();
    terminal.press("4");
    terminal.expect("what is told");
    terminal.press("nhalf a thought");
    terminal.expect("half a thought_");
    terminal.press("\x0c");
    let screen = terminal.expect("locked");
    assert!(
        !shows_the_case(&screen) && !screen.contains("half"),
        "{screen}"
    );
    // what a key means under the lock it does not mean here
    terminal.press("q");
    terminal.expect("typed");
    terminal.press("\x15");
    terminal.press("not the passphrase\r");
    let screen = terminal.expect("Wrong passphrase");
    assert!(!shows_the_case(&screen), "{screen}");
    terminal.press(PASSPHRASE);
    terminal.press("\r");
    terminal.expect("half a thought_");
    terminal.expect("Hollow Lane");
    terminal.press("\x03");
    assert_eq!(terminal.ends(), 0);
    let raw = terminal.raw();
    let raw = String::from_utf8_lossy(&raw);
    assert!(
        !raw.contains("otters"),
        "no letter of the passphrase is drawn"
    );
    let log = kept.log();
    let failed = ("A. Lyst".to_owned(), Event::FailedUnlock { times: 1 });
    assert_eq!(log.iter().filter(|line| **line == failed).count(), 1);
}

#[test]
fn the_shell_gets_a_terminal_that_shows_nothing_of_the_case_and_fg_finds_it_locked() {
    let kept = Kept::new();
    let mut terminal = Terminal::of("sh", &["-i"], &[("PS1", "shell> ")]);
    terminal.expect("shell>");
    let line = kept.args().map(|arg| format!("'{arg}'")).join(" ");
    terminal.press(&format!("clear; {PROGRAM} {line}\n"));
    terminal.expect("Still open before");
    terminal.press("4");
    terminal.expect("what is told");
    let before = terminal.raw().len();
    terminal.press("\x1a");
    terminal.expect("Stopped");
    terminal.expect("shell>");
    let after = terminal.raw().split_off(before);
    let after = String::from_utf8_lossy(&after).into_owned();
    assert!(
        after.contains("\x1b[?1049l")
            && after.contains("\x1b[?1000l")
            && !after.contains("Overview"),
        "{after}"
    );
    assert!(!terminal.screen(24, 80).contains("Social care"));
    terminal.press("fg\n");
    let screen = terminal.expect("casepicture: locked");
    assert!(!shows_the_case(&screen), "{screen}");
    terminal.press(PASSPHRASE);
    terminal.press("\r");
    terminal.expect("what is told");
    let before = terminal.raw().len();
    terminal.press("\x03");
    // the prompts of before are on the screen again at once, when the program has not ended yet
    terminal.expect_behind(before, "shell>");
    terminal.press("exit\n");
    terminal.ends();
}

#[test]
fn a_text_that_was_being_typed_when_the_line_went_dead_is_offered_again() {
    let kept = Kept::new();
    for (signal, typed) in [("-HUP", "half a thought"), ("-TERM", " and the rest")] {
        let mut terminal = kept.open();
        if signal == "-TERM" {
            terminal.expect("half a thought_");
            terminal.expect("You were typing this");
        } else {
            terminal.press("4");
            terminal.expect("what is told");
            terminal.press("n");
        }
        terminal.press(typed);
        terminal.expect(&format!("{typed}_"));
        let process = terminal.child.process_id().unwrap().to_string();
        let killed = std::process::Command::new("kill")
            .args([signal, &process])
            .status();
        assert!(killed.unwrap().success());
        terminal.ends();
    }
    let mut terminal = kept.open();
    terminal.expect("half a thought and the rest_");
    terminal.press("\r");
    terminal.expect("Noted");
    terminal.press("\x03");
    terminal.ends();
    let mut terminal = kept.open();
    terminal.press("4");
    let screen = terminal.expect("what is told");
    assert!(!screen.contains("You were typing"), "{screen}");
    terminal.expect("half a thought and the rest (A. Lyst)");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_decision_outlives_the_session_and_is_undone_and_done_again_in_the_next() {
    let kept = Kept::new();
    let mut terminal = kept.open();
    terminal.press("4");
    terminal.expect("what is told");
    terminal.press("jj ");
    terminal.expect("Relied on in the draft");
    terminal.press("qq");
    assert_eq!(terminal.ends(), 0, "no question is asked: it is kept");
    let mut terminal = kept.open();
    terminal.press("5");
    terminal.expect("of 23 facts");
    terminal.press("u");
    terminal.expect("Taken back: conclusion draft relies on");
    terminal.expect("of 22 facts");
    terminal.press("\x03");
    terminal.ends();
    let mut terminal = kept.open();
    terminal.press("5");
    terminal.expect("of 22 facts");
    terminal.press("\x12");
    terminal.expect("Decided again: conclusion draft relies on");
    terminal.expect("of 23 facts");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_killed_session_has_lost_no_decision() {
    let kept = Kept::new();
    let mut terminal = kept.open();
    terminal.press("4");
    terminal.expect("what is told");
    terminal.press("jj ");
    terminal.expect("Relied on in the draft");
    let process = terminal.child.process_id().unwrap().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-KILL", &process])
        .status();
    assert!(killed.unwrap().success());
    terminal.ends();
    let mut terminal = kept.open();
    terminal.press("5");
    terminal.expect("of 23 facts");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_file_added_in_a_case_is_imported_with_the_way_it_is_read() {
    let kept = Kept::new();
    let file = kept.folder.path().join("calls_1.csv");
    std::fs::write(
        &file,
        "Our key,Happened,What we saw\nX1,2025-03-04,She was alone in the house again\n",
    )
    .unwrap();
    let mut terminal = kept.open();
    terminal.press("2w");
    terminal.expect("Which file?");
    terminal.press(file.to_str().unwrap());
    terminal.expect("  calls_1.csv");
    terminal.press("\r");
    terminal.expect("rows used");
    terminal.press("\r");
    terminal.expect("What is");
    terminal.press("entry_id\r");
    terminal.expect("1 of 1 rows used");
    terminal.press("\t");
    terminal.expect("Whose file is it?");
    terminal.press("\x15helpline\r");
    terminal.expect("Import 2: helpline/calls_1.csv: 1 rows, 1 used");
    terminal.press("\x03");
    terminal.ends();
    // the next export of this agency needs nothing more
    let next = kept.folder.path().join("helpline");
    std::fs::create_dir(&next).unwrap();
    std::fs::write(
        next.join("calls_2.csv"),
        "Our key,Happened,What we saw\nX2,2025-03-05,She rang again and said nothing\n",
    )
    .unwrap();
    let exports = tempfile::tempdir().unwrap();
    std::fs::rename(&next, exports.path().join("helpline")).unwrap();
    kept.run(&["import", &kept.case(), exports.path().to_str().unwrap()]);
    let mut terminal = kept.open();
    terminal.press("4/helpline rang");
    terminal.expect("1 shown");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn who_saw_a_withheld_fact_is_in_the_log_once_a_session() {
    let kept = Kept::new();
    for session in 1..=2 {
        let mut terminal = kept.open();
        terminal.press("4");
        terminal.expect("what is told");
        for _ in 0..3 {
            terminal.press("j");
            terminal.press("k");
        }
        terminal.press("\x03");
        terminal.ends();
        let mut times = BTreeMap::new();
        for (by, event) in kept.log() {
            if let Event::SawWithheld { fact } = event {
                assert_eq!(by, "A. Lyst");
                *times.entry(fact).or_insert(0) += 1;
            }
        }
        assert!(
            !times.is_empty() && times.values().all(|count| *count <= session),
            "{times:?}"
        );
        assert!(times.values().any(|count| *count == session), "{times:?}");
    }
}

#[test]
#[ignore = "takes a minute, the shortest time that can be set"]
fn a_screen_that_nobody_touches_locks_itself() {
    let kept = Kept::new();
    let args = kept.args();
    let mut args: Vec<&str> = args.iter().map(String::as_str).collect();
    args.extend(["--lock-after", "1"]);
    let mut terminal = Terminal::start(&args, &[]);
    terminal.expect("Hollow Lane");
    std::thread::sleep(Duration::from_secs(50));
    assert!(terminal.screen(24, 80).contains("Hollow Lane"));
    let screen = terminal.expect("No key was pressed for 1 minute.");
    assert!(!shows_the_case(&screen), "{screen}");
    terminal.press("\x03");
    terminal.ends();
}
