//! Where a passphrase comes from: the prompt, a file or a descriptor. Never the command line, the environment or, unless it
//! is named, standard input.

use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::failure::Failure;
use super::source::shown;
use crate::case::Passphrase;
use crate::report::safe::terminal_safe_line;

/// Where these options stand in the help.
const HEADING: &str = "Passphrase (asked on a terminal when none of these is given)";
/// A passphrase is no longer than this, in bytes; a file that is longer is another file.
const LONGEST: u64 = 4096;

/// Where the passphrase of a case comes from.
#[derive(Debug, Clone, Default, Args)]
pub struct Secret {
    /// Read the passphrase of the case from this file, which must be readable by you alone; one line end at its end is not
    /// part of it
    #[arg(long, help_heading = HEADING, value_name = "PATH", conflicts_with = "passphrase_fd")]
    passphrase_file: Option<PathBuf>,
    /// Read it from this open file descriptor, up to the first line end
    #[arg(long, help_heading = HEADING, value_name = "N")]
    passphrase_fd: Option<String>,
}

/// Where the passphrase of another copy of the case comes from.
#[derive(Debug, Clone, Default, Args)]
pub struct OtherSecret {
    /// Read the passphrase of the other copy from this file, as for --passphrase-file
    #[arg(long, help_heading = HEADING, value_name = "PATH", conflicts_with = "other_passphrase_fd", requires = "decisions")]
    other_passphrase_file: Option<PathBuf>,
    /// Read it from this open file descriptor
    #[arg(long, help_heading = HEADING, value_name = "N", requires = "decisions")]
    other_passphrase_fd: Option<String>,
}

/// Where a new passphrase comes from.
#[derive(Debug, Clone, Default, Args)]
pub struct NewSecret {
    /// Read the new passphrase from this file, as for --passphrase-file
    #[arg(long, help_heading = HEADING, value_name = "PATH")]
    new_passphrase_file: Option<PathBuf>,
}

impl Secret {
    /// Takes the passphrase of a case that is there.
    ///
    /// # Errors
    /// When it cannot be had: exit code 2 at once, without waiting on anything that was not named.
    pub fn take(&self, case: &Path) -> Result<Passphrase, Failure> {
        let given = given(
            self.passphrase_file.as_deref(),
            self.passphrase_fd.as_deref(),
            "",
        );
        given.unwrap_or_else(|| passphrase(asked(&format!("Passphrase of {}: ", shown(case)), "")?))
    }

    /// Takes the passphrase of a case that is to be made: on a terminal it is asked twice.
    ///
    /// # Errors
    /// As for [`Secret::take`], and when the two are not the same.
    pub fn choose(&self, case: &Path) -> Result<Passphrase, Failure> {
        let given = given(
            self.passphrase_file.as_deref(),
            self.passphrase_fd.as_deref(),
            "",
        );
        given.unwrap_or_else(|| twice(case, ""))
    }
}

impl OtherSecret {
    /// Takes the passphrase of the other copy.
    ///
    /// # Errors
    /// As for [`Secret::take`].
    pub fn take(&self, case: &Path) -> Result<Passphrase, Failure> {
        let (file, fd) = (&self.other_passphrase_file, &self.other_passphrase_fd);
        given(file.as_deref(), fd.as_deref(), "other-").unwrap_or_else(|| {
            let prompt = format!("Passphrase of the other copy, {}: ", shown(case));
            passphrase(asked(&prompt, "other-")?)
        })
    }
}

impl NewSecret {
    /// Takes the new passphrase: on a terminal it is asked twice.
    ///
    /// # Errors
    /// As for [`Secret::choose`].
    pub fn choose(&self, case: &Path) -> Result<Passphrase, Failure> {
        let given = given(self.new_passphrase_file.as_deref(), None, "new-");
        given.unwrap_or_else(|| twice(case, "new-"))
    }
}

/// What a file or a descriptor gives; `None` when neither was named.
fn given(
    file: Option<&Path>,
    fd: Option<&str>,
    which: &str,
) -> Option<Result<Passphrase, Failure>> {
    let text = match (file, fd) {
        (Some(path), _) => of_file(path, which),
        (None, Some(fd)) => of_descriptor(fd, which),
        (None, None) => return None,
    };
    Some(text.and_then(passphrase))
}

fn passphrase(text: Zeroizing<String>) -> Result<Passphrase, Failure> {
    Passphrase::new(text).map_err(|fault| Failure::told(&fault.to_string()))
}

/// Asks for a passphrase that is to be set, twice.
fn twice(case: &Path, which: &str) -> Result<Passphrase, Failure> {
    let first = asked(&format!("New passphrase for {}: ", shown(case)), which)?;
    // a blank one is refused before it is asked again
    let chosen = passphrase(first.clone())?;
    let second = asked("The same again: ", which)?;
    if first == second {
        Ok(chosen)
    } else {
        Err(Failure::new(
            "the two passphrases are not the same",
            "try again; nothing was changed",
        ))
    }
}

/// Whether there is somebody to ask: a terminal of the process that is also its input or where it tells things.
pub fn can_ask() -> bool {
    (io::stdin().is_terminal() || io::stderr().is_terminal()) && File::open("/dev/tty").is_ok()
}

/// Asks on the terminal without showing what is typed.
fn asked(prompt: &str, which: &str) -> Result<Zeroizing<String>, Failure> {
    if !can_ask() {
        return Err(Failure::new(
            "there is no terminal to ask for the passphrase on",
            format!("add --{which}passphrase-file PATH"),
        ));
    }
    rpassword::prompt_password(terminal_safe_line(prompt))
        .map(Zeroizing::new)
        .map_err(|fault| {
            Failure::new(
                format!("no passphrase was given: {fault}"),
                format!("type it and press Enter, or add --{which}passphrase-file PATH"),
            )
        })
}

/// Reads a passphrase file.
fn of_file(path: &Path, which: &str) -> Result<Zeroizing<String>, Failure> {
    let name = shown(path);
    let told = |fault: io::Error| {
        Failure::new(
            format!("{name}: the passphrase file cannot be read: {fault}"),
            format!("check the path after --{which}passphrase-file"),
        )
    };
    let file = File::open(path).map_err(told)?;
    let about = file.metadata().map_err(told)?;
    if about.is_dir() {
        let hint = format!("name a file after --{which}passphrase-file");
        return Err(Failure::new(format!("{name}: this is a folder"), hint));
    }
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o7777;
        if mode & 0o066 != 0 {
            return Err(Failure::new(
                format!("{name}: its mode is {mode:03o}, so others than you may read or change it"),
                format!("chmod 600 {name}, then try again"),
            ));
        }
    }
    let mut bytes = buffer();
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(told)?;
    text(&bytes, &name)
}

/// Reads the first line of an open file descriptor. What is given for N is never repeated, since it may be a passphrase
/// that was typed in the wrong place.
fn of_descriptor(fd: &str, which: &str) -> Result<Zeroizing<String>, Failure> {
    let option = format!("--{which}passphrase-fd");
    let number: u32 = fd.parse().map_err(|_| {
        let hint = format!("write {option} 3 with 3<FILE, or use --{which}passphrase-file PATH");
        Failure::new(format!("{option}: this is no number of a descriptor"), hint)
    })?;
    let told = |fault: io::Error| {
        let hint = format!("open it for the program, as in {option} {number} {number}<FILE");
        Failure::new(
            format!("{option} {number}: it cannot be read: {fault}"),
            hint,
        )
    };
    let mut bytes = buffer();
    if number == 0 {
        // read through the same buffer as the rest of standard input, which may be answers
        let mut stdin = io::stdin().lock();
        refuse_terminal(stdin.is_terminal(), &option, number)?;
        let mut line = (&mut stdin).take(LONGEST + 1);
        line.read_until(b'\n', &mut bytes).map_err(told)?;
        return text(&bytes, &format!("{option} {number}"));
    }
    let open = File::open(format!("/dev/fd/{number}"))
        .or_else(|_| File::open(format!("/proc/self/fd/{number}")))
        .map_err(told)?;
    refuse_terminal(open.is_terminal(), &option, number)?;
    let mut byte = Zeroizing::new([0_u8; 1]);
    // one byte at a time: what follows the line is left to whoever reads next
    while bytes.len() as u64 <= LONGEST {
        match (&open).read(&mut byte[..]) {
            Ok(0) => break,
            Ok(_) => bytes.extend_from_slice(&byte[..]),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            Err(fault) => return Err(told(fault)),
        }
        if bytes.last() == Some(&b'\n') {
            break;
        }
    }
    text(&bytes, &format!("{option} {number}"))
}

fn refuse_terminal(is_terminal: bool, option: &str, number: u32) -> Result<(), Failure> {
    if is_terminal {
        let hint = format!("leave {option} out, and it is asked without being shown");
        return Err(Failure::new(
            format!("{option} {number}: this is a terminal, where it would be seen"),
            hint,
        ));
    }
    Ok(())
}

/// Room for all that is read, so that no part of it is left behind where a smaller buffer was.
fn buffer() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(LONGEST as usize + 2))
}

/// What was read as text, without one line end.
fn text(bytes: &[u8], from: &str) -> Result<Zeroizing<String>, Failure> {
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::new(
            format!("{from}: this is longer than {LONGEST} bytes, so it is no passphrase"),
            "check that this is the right file",
        ));
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line = line
        .strip_suffix(b"\r")
        .filter(|_| line.len() < bytes.len())
        .unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Failure::new(
            format!("{from}: the passphrase is not in UTF-8"),
            "save the file as UTF-8, as the terminal gives it",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_not_part_of_it() {
        let read = |bytes: &[u8]| {
            let text = text(bytes, "f");
            text.map(|text| text.as_str().to_owned())
        };
        for (bytes, passphrase) in [
            (&b"three plain words"[..], "three plain words"),
            (b"three plain words\n", "three plain words"),
            (b"three plain words\r\n", "three plain words"),
            (b" spaces stay \n", " spaces stay "),
            (b"two\n\n", "two\n"),
            (b"a return alone stays\r", "a return alone stays\r"),
            (b"\n", ""),
            (b"", ""),
        ] {
            assert_eq!(read(bytes).as_deref(), Ok(passphrase));
        }
        assert!(read(b"\xff\xfe").is_err());
        assert!(read(&[b'a'; 5000]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused_with_its_mode() {
        use std::fs::Permissions;
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p");
        std::fs::write(&path, "three plain words\n").unwrap();
        for (mode, is_fine) in [
            (0o600, true),
            (0o400, true),
            (0o640, false),
            (0o604, false),
            (0o644, false),
            (0o620, false),
        ] {
            std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let read = of_file(&path, "");
            assert_eq!(read.is_ok(), is_fine, "{mode:o}");
            if let Err(failure) = read {
                assert!(
                    failure.to_string().contains(&format!("{mode:o}")),
                    "{failure}"
                );
            }
        }
        assert!(of_file(folder.path(), "").is_err());
        assert!(of_file(&folder.path().join("none"), "").is_err());
    }

    #[test]
    fn what_is_given_for_a_descriptor_is_not_repeated() {
        for wrong in ["hunter2", "-1", "99999999999999", ""] {
            let told = of_descriptor(wrong, "").unwrap_err().to_string();
            assert!(wrong.is_empty() || !told.contains(wrong), "{told}");
        }
    }
}
