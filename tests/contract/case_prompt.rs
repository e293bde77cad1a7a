//! What is asked on a terminal: passphrases without showing them, a name once, the id of a person before erasing.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::case_made::{made_of, plain, private};
use crate::common::exports;

/// The program in a terminal.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    fn start(arguments: &[&str]) -> Self {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_casepicture"));
        command.args(arguments);
        command.env("TERM", "xterm-256color");
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

    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    /// Types a line that must not be shown, once the program has asked for it and the terminal no longer echoes.
    fn secret(&mut self, asked: &str, line: &str) {
        const ECHO: u64 = 0o10;
        let until = Instant::now() + Duration::from_secs(30);
        let echoes = |terminal: &Self| {
            let modes = terminal.master.get_termios();
            modes.is_none_or(|modes| u64::from(modes.local_flags.bits()) & ECHO != 0)
        };
        while !self.shown().contains(asked) || echoes(self) {
            assert!(
                Instant::now() < until,
                "{asked} is not asked: {}",
                self.shown()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        self.answer(asked, line);
    }

    /// Types a line once the program has asked for it.
    fn answer(&mut self, asked: &str, line: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while !self.shown().contains(asked) {
            assert!(
                Instant::now() < until,
                "{asked} is not asked: {}",
                self.shown()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        self.keys.write_all(format!("{line}\n").as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for the end; gives the exit code and all that was shown.
    fn end(mut self) -> (u32, String) {
        let code = self.child.wait().unwrap().exit_code();
        let until = Instant::now() + Duration::from_secs(1);
        let mut length = 0;
        // the last bytes may still be on their way
        while Instant::now() < until && (length == 0 || self.shown().len() > length) {
            length = self.shown().len();
            std::thread::sleep(Duration::from_millis(100));
        }
        (code, self.shown())
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_new_passphrase_is_asked_twice_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("a.case");
    let mut terminal = Terminal::start(&["new", text(&case)]);
    terminal.secret("New passphrase for", "plum canary ridge");
    terminal.secret("The same again", "plum canary rigde");
    let (code, shown) = terminal.end();
    assert_eq!(code, 2);
    assert!(shown.contains("not the same") && !case.exists(), "{shown}");
    let mut terminal = Terminal::start(&["new", text(&case)]);
    terminal.secret("New passphrase for", "plum canary ridge");
    terminal.secret("The same again", "plum canary ridge");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
    let mut terminal = Terminal::start(&["audit", text(&case), "--verify"]);
    terminal.secret("Passphrase of", "plum canary ridge");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
    let mut terminal = Terminal::start(&["people", text(&case)]);
    terminal.secret("Passphrase of", "another canary");
    let (code, shown) = terminal.end();
    assert_eq!(code, 2);
    assert!(
        shown.contains("wrong passphrase") && !shown.contains("canary"),
        "{shown}"
    );
    // a blank one is refused before it is asked again
    let other = folder.path().join("b.case");
    let mut terminal = Terminal::start(&["new", text(&other)]);
    terminal.secret("New passphrase for", "  ");
    let (code, shown) = terminal.end();
    assert!(code == 2 && !shown.contains("again:"), "{shown}");
}

#[test]
fn whoever_decides_is_asked_for_a_name_and_whoever_erases_for_the_id() {
    let people = "record_id,given_name,family_name,date_of_birth\nr1,Rowanna,Pikestaff,2015-03-02\nr2,Bram,Oldacre,2001-01-01\n";
    let made = made_of(exports(&[("police/people.csv", people)]).path());
    let case = text(&made.case);
    let mut terminal = Terminal::start(&["review", case, "--passphrase-file", text(&made.secret)]);
    terminal.answer("Your name", "Ann Lyst");
    let (code, shown) = terminal.end();
    assert!(code == 0 && shown.contains("nothing is open"), "{shown}");
    let before = made.bytes();
    let erase = [
        "erase",
        case,
        "--person",
        "police:r1",
        "--by",
        "A",
        "--passphrase-file",
        text(&made.secret),
    ];
    let mut terminal = Terminal::start(&erase);
    terminal.answer("to erase: ", "yes");
    let (code, shown) = terminal.end();
    assert!(code == 2 && shown.contains("nothing was erased"), "{shown}");
    assert_eq!(made.bytes(), before);
    let list = made.run("people", &["--format", "json"]);
    let rows: serde_json::Value = serde_json::from_slice(&list.bytes).unwrap();
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == "Rowanna Pikestaff");
    let id = row.unwrap()["person_id"].as_str().unwrap().to_owned();
    let mut terminal = Terminal::start(&erase);
    terminal.answer("to erase: ", &id);
    let (code, shown) = terminal.end();
    assert!(
        code == 0 && shown.contains("police/people.csv: 1 row"),
        "{shown}"
    );
    let list = made.run("people", &[] as &[&str]);
    assert!(!list.out.contains("Rowanna"), "{}", list.out);
    let new = made.folder.path().join("new");
    private(&new, "wren alder stone\n");
    assert_eq!(
        plain(&["people", case, "--passphrase-file", text(&new)]).code,
        2
    );
}
