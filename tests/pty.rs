//! The screen in a terminal: it starts, answers keys, ends, and leaves the terminal as it was.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use casepicture::case::audit::Event;
use casepicture::case::{OpenCase, Passphrase};
use casepicture::import::Limits;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a test waits for what it expects.
const DEADLINE: Duration = Duration::from_secs(30);

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_casepicture");

/// The program in a terminal of 80 columns and 24 rows.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    fn start(args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::of(PROGRAM, args, env)
    }

    fn of(program: &str, args: &[&str], env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: 24,
                cols: 80,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        command.env_remove("NO_COLOR");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, sink) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&bytes));
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                sink.lock().unwrap().extend_from_slice(&buffer[..read]);
            }
        });
        Self {
            child,
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            bytes,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn raw(&self) -> Vec<u8> {
        self.bytes.lock().unwrap().clone()
    }

    /// Whether a sequence was written; what is still on its way is waited for.
    fn raw_has(&self, sequence: &str) -> bool {
        let until = Instant::now() + Duration::from_secs(3);
        while Instant::now() < until {
            if String::from_utf8_lossy(&self.raw()).contains(sequence) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// What stands on the screen.
    fn screen(&self, rows: u16, columns: u16) -> String {
        let size = |size: u16| std::num::NonZeroU16::new(size).unwrap();
        let mut parser = vt100::Parser::new(size(rows), size(columns), 0);
        parser.process(&self.raw());
        parser.screen().contents()
    }

    /// Waits until the screen shows a text.
    fn expect(&self, text: &str) -> String {
        let until = Instant::now() + DEADLINE;
        loop {
            let screen = self.screen(24, 80);
            if screen.contains(text) {
                return screen;
            }
            assert!(Instant::now() < until, "{text:?} never came:\n{screen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the screen no longer shows a text.
    fn expect_no(&self, text: &str) {
        let until = Instant::now() + DEADLINE;
        while self.screen(24, 80).contains(text) {
            assert!(Instant::now() < until, "{text:?} never went");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for the end and gives the exit code.
    fn ends(&mut self) -> u32 {
        let until = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(
                Instant::now() < until,
                "it does not end:\n{}",
                self.screen(24, 80)
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Leaves the tour, which a demo begins with.
fn demo(env: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::start(&["demo"], env);
    terminal.expect("Hollow Lane");
    terminal.expect("Tour 1/5");
    terminal.press("\x1b");
    // a key straight after Esc would be read as Alt and that key
    terminal.expect_no("Tour 1/5");
    terminal
}

#[test]
fn demo_opens_the_bundled_case_and_q_ends_it() {
    let mut terminal = demo(&[]);
    terminal.press("4");
    terminal.expect("what is told");
    terminal.press("q");
    terminal.press("q");
    terminal.press("q");
    assert_eq!(terminal.ends(), 0);
    assert!(
        terminal.raw_has("\x1b[?1049h") && terminal.raw_has("\x1b[?1049l"),
        "the alternate screen is left again"
    );
    assert!(terminal.raw_has("\x1b[?25h"), "the cursor is shown again");
}

#[test]
fn ctrl_c_always_ends_it() {
    let mut terminal = Terminal::start(&["demo"], &[]);
    terminal.expect("1 Overview");
    terminal.press("\x03");
    terminal.ends();
    assert!(terminal.raw_has("\x1b[?1049l"));
}

#[test]
fn marking_a_fact_moves_what_is_relied_on_and_u_takes_it_back() {
    let mut terminal = demo(&[]);
    terminal.press("5");
    terminal.expect("of 22 facts");
    terminal.press("4");
    terminal.expect("what is told");
    // the third fact is open to partners and nobody relies on it yet
    terminal.press("jj ");
    // the first decision asks once for a name
    terminal.expect("Enter accept");
    terminal.press("A. Lyst\r");
    terminal.expect("Relied on in the draft");
    terminal.press("5");
    terminal.expect("of 23 facts");
    terminal.press("u");
    terminal.expect("Taken back");
    terminal.expect("of 22 facts");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn without_colour_no_colour_is_set_and_the_selection_is_seen() {
    let mut terminal = demo(&[("NO_COLOR", "1")]);
    terminal.press("4");
    terminal.expect("what is told");
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    let colours = raw
        .split("\x1b[")
        .skip(1)
        .filter_map(|rest| rest.split_once('m'))
        .map(|(codes, _)| codes);
    let sets_colour = |codes: &str| {
        codes.chars().all(|c| c.is_ascii_digit() || c == ';')
            && codes
                .split(';')
                .any(|code| matches!(code.parse::<u32>(), Ok(30..=38 | 40..=48 | 90..=107)))
    };
    let set: Vec<&str> = colours.filter(|codes| sets_colour(codes)).collect();
    assert!(set.is_empty(), "{set:?}");
    assert!(
        raw.contains("\x1b[7m"),
        "the selected line is in reverse video"
    );
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_smaller_and_a_larger_terminal_are_drawn_whole() {
    let mut terminal = demo(&[]);
    for (rows, columns) in [(15, 60), (50, 200), (10, 40), (24, 80)] {
        terminal
            .master
            .resize(PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        terminal.press("1");
        std::thread::sleep(Duration::from_millis(200));
    }
    terminal.press("6");
    terminal.expect("would clear it");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn only_our_own_control_sequences_reach_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{9b}2J\u{202e}evil";
    let log = format!("entry_id,date,text,record_ids\nE1,2025-01-01,\"{hostile}\",R1\n");
    let people = format!(
        "record_id,given_name,family_name,date_of_birth\nR1,\"{hostile}\",Example,2016-01-01\n"
    );
    let exports = common::exports(&[("police/log.csv", &log), ("police/people.csv", &people)]);
    let mut terminal = Terminal::start(&["open", exports.path().to_str().unwrap()], &[]);
    terminal.expect("1 Overview");
    for view in ["2", "3", "4", "\r", "\x1b", "6"] {
        terminal.press(view);
        std::thread::sleep(Duration::from_millis(100));
    }
    terminal.press("\x03");
    terminal.ends();
    let raw = terminal.raw();
    let text = String::from_utf8_lossy(&raw);
    assert!(
        !text.contains("\x1b]0;owned") && !text.contains('\u{9b}') && !text.contains('\u{202e}')
    );
    assert!(!text.contains("\x1bP") && !text.contains("\x1b_") && !text.contains("\x1b^"));
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let output = common::run(&["demo"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
}

/// A passphrase of these tests; the case that it opens is invented.
const PASSPHRASE: &str = "seven calm otters by the weir";

/// A case file in a folder of its own that holds the bundled exports, and the file with its passphrase.
struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
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
    fn log(&self) -> Vec<(String, Event)> {
        let passphrase = Passphrase::new(PASSPHRASE.to_owned().into()).unwrap();
        let path = self.case();
        let case = OpenCase::open(path.as_ref(), &passphrase, &Limits::default()).unwrap();
        let lines = case.audit().unwrap().into_iter();
        lines.map(|line| (line.by, line.event)).collect()
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
    fn open(&self) -> Terminal {
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
    terminal.expect("Social care");
    terminal.press("4");
    terminal.expect("what is told");
    let before = terminal.raw().len();
    terminal.press("\x1a");
    terminal.expect("Stopped");
    terminal.expect("shell>");
    let after = terminal.raw().split_off(before);
    let after = String::from_utf8_lossy(&after).into_owned();
    assert!(
        after.contains("\x1b[?1049l") && !after.contains("Overview"),
        "{after}"
    );
    assert!(!terminal.screen(24, 80).contains("Social care"));
    terminal.press("fg\n");
    let screen = terminal.expect("casepicture: locked");
    assert!(!shows_the_case(&screen), "{screen}");
    terminal.press(PASSPHRASE);
    terminal.press("\r");
    terminal.expect("what is told");
    terminal.press("\x03");
    terminal.expect("shell>");
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
