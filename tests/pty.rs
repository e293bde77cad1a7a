//! The screen in a terminal: it starts, answers keys, ends, and leaves the terminal as it was.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
#[path = "pty/kept.rs"]
mod kept;
#[path = "pty/looks.rs"]
mod looks;
#[path = "pty/sharing.rs"]
mod sharing;

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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

    /// Whether a sequence was written until now.
    fn raw_has_now(&self, sequence: &str) -> bool {
        String::from_utf8_lossy(&self.raw()).contains(sequence)
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

    /// Waits until a text has come behind the first so many bytes.
    fn expect_behind(&self, bytes: usize, text: &str) {
        let until = Instant::now() + DEADLINE;
        while !String::from_utf8_lossy(&self.raw().split_off(bytes)).contains(text) {
            assert!(Instant::now() < until, "{text:?} never came anew");
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
    terminal.expect("1Overview");
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
    terminal.expect("1Overview");
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
