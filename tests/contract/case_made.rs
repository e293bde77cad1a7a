//! A case file with its passphrase, for the tests of the commands on cases. The passphrases are invented.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::common::casepicture;

/// A case in a folder of its own.
pub struct Made {
    /// The folder.
    pub folder: tempfile::TempDir,
    /// The case file.
    pub case: PathBuf,
    /// The file that holds its passphrase.
    pub secret: PathBuf,
}

/// What a command gave.
pub struct Gave {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub said: String,
    /// Standard output as it came.
    pub bytes: Vec<u8>,
}

impl Gave {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
            bytes: output.stdout,
        }
    }
}

/// Writes a file that only its owner may read.
pub fn private(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    mode(path, 0o600);
}

/// Sets the permission bits of a file.
pub fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Makes an empty case.
pub fn made() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let made = Made {
        case: folder.path().join("family of lane 4.case"),
        secret: folder.path().join("secret"),
        folder,
    };
    private(&made.secret, "plum kettle ridge\n");
    let gave = made.run("new", &[] as &[&str]);
    assert_eq!(gave.code, 0, "{}", gave.said);
    made
}

/// Makes a case that holds a folder of exports.
pub fn made_of(exports: &Path) -> Made {
    let made = made();
    let gave = made.run("import", &[exports]);
    assert!(matches!(gave.code, 0 | 1), "{}", gave.said);
    made
}

impl Made {
    /// A command on the case with its passphrase, ready to run.
    pub fn command<S: AsRef<OsStr>>(&self, command: &str, arguments: &[S]) -> Command {
        let mut ready = casepicture();
        ready.arg(command).arg(&self.case);
        ready.args(arguments);
        ready.arg("--passphrase-file").arg(&self.secret);
        ready
    }

    /// Runs a command on the case with its passphrase; nothing on standard input.
    pub fn run<S: AsRef<OsStr>>(&self, command: &str, arguments: &[S]) -> Gave {
        let mut ready = self.command(command, arguments);
        Gave::of(ready.stdin(Stdio::null()).output().unwrap())
    }

    /// Runs it with this on standard input.
    pub fn typed<S: AsRef<OsStr>>(&self, command: &str, arguments: &[S], typed: &str) -> Gave {
        let mut child = self.started(command, arguments);
        let mut to = child.stdin.take().unwrap();
        // a program that has ended reads no more
        let _ = to.write_all(typed.as_bytes());
        drop(to);
        Gave::of(child.wait_with_output().unwrap())
    }

    /// Starts it, with pipes to and from it.
    pub fn started<S: AsRef<OsStr>>(&self, command: &str, arguments: &[S]) -> Child {
        let mut ready = self.command(command, arguments);
        ready
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        ready.spawn().unwrap()
    }

    /// The bytes of the case file.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.case).unwrap()
    }

    /// What stands beside the case and its passphrase.
    pub fn beside(&self) -> Vec<String> {
        let items = std::fs::read_dir(self.folder.path()).unwrap();
        let names = items.map(|item| item.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names
            .filter(|name| name != "secret" && name.rsplit('.').next() != Some("case"))
            .collect();
        names.sort();
        names
    }
}

/// Runs the program without a case file of this module.
pub fn plain<S: AsRef<OsStr>>(arguments: &[S]) -> Gave {
    let mut ready = casepicture();
    Gave::of(ready.args(arguments).stdin(Stdio::null()).output().unwrap())
}

/// Runs a line of the shell with the program as `$0` and the case as `$1`.
pub fn shell(line: &str, made: &Made) -> Gave {
    let mut bash = Command::new("bash");
    bash.arg("-c")
        .arg(line)
        .arg(env!("CARGO_BIN_EXE_casepicture"));
    bash.arg(&made.case).current_dir(made.folder.path());
    Gave::of(bash.stdin(Stdio::null()).output().unwrap())
}
