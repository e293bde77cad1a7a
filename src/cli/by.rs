//! Who does something with a case, and when.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::failure::Failure;
use super::passphrase::can_ask;
use crate::case::Hand;
use crate::report::safe::{terminal_safe, terminal_safe_line};

/// What the log says of somebody who gave no name where none is needed.
const UNNAMED: &str = "(no name given)";
/// A name is no longer than this, in characters.
const LONGEST: usize = 200;

/// Who does it.
#[derive(Debug, Clone, Default, Args)]
pub struct By {
    /// Your name, kept beside what you decide and in the log
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl By {
    /// The name, which whoever decides must give: asked once on a terminal.
    ///
    /// # Errors
    /// When there is none and nobody to ask, or it cannot be one.
    pub fn decider(&self) -> Result<String, Failure> {
        match &self.by {
            Some(name) => checked(name),
            None if can_ask() => checked(&asked()?),
            None => Err(Failure::new(
                "a decision needs a name beside it, and there is no terminal to ask on",
                "add --by NAME",
            )),
        }
    }

    /// The name if one was given, for what is logged and decides nothing.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn or_unnamed(&self) -> Result<String, Failure> {
        self.by.as_deref().map_or(Ok(UNNAMED.to_owned()), checked)
    }

    /// The name as given, for the screen, which asks by itself.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn as_given(&self) -> Result<String, Failure> {
        self.by.as_deref().map_or(Ok(String::new()), checked)
    }
}

/// Who, at the time that it is.
pub fn hand(by: &str) -> Hand<'_> {
    Hand { by, at: now() }
}

/// The time: seconds since 1970. The only clock of the program.
#[allow(clippy::disallowed_methods)] // this is where the clock is read
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() as i64)
}

fn asked() -> Result<String, Failure> {
    ask("Your name, kept beside what you decide: ").ok_or_else(|| {
        Failure::new(
            "no name was given",
            "type your name and press Enter, or add --by NAME",
        )
    })
}

/// Asks for a line on the terminal; `None` when there is none or it has ended.
pub fn ask(prompt: &str) -> Option<String> {
    let mut terminal = OpenOptions::new()
        .read(true)
        .write(true)
        .open("/dev/tty")
        .ok()?;
    terminal
        .write_all(terminal_safe_line(prompt).as_bytes())
        .ok()?;
    let mut line = String::new();
    let read = BufReader::new(terminal).read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim().to_owned())
}

/// A name as it is kept: one line of visible characters.
fn checked(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    let problem = if name.is_empty() {
        "--by: the name is blank"
    } else if name.chars().any(char::is_control) || terminal_safe(name) != name {
        "--by: the name holds characters that cannot be seen"
    } else if name.chars().count() > LONGEST {
        "--by: the name is longer than 200 characters"
    } else if name == UNNAMED {
        "--by: this is what is written where no name was given"
    } else {
        return Ok(name.to_owned());
    };
    Err(Failure::new(
        problem,
        "write it as on a letter: --by \"A. Lyst\"",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_visible_characters() {
        for (name, kept) in [
            ("A. Lyst", Some("A. Lyst")),
            ("  Zoë Łukasz ", Some("Zoë Łukasz")),
            ("", None),
            ("   ", None),
            ("A\nB", None),
            ("A\tB", None),
            ("\u{1b}[2JA", None),
            ("A\u{202e}B", None),
            ("A\u{200b}B", None),
            (UNNAMED, None),
        ] {
            assert_eq!(checked(name).ok().as_deref(), kept, "{name:?}");
        }
        assert!(checked(&"x".repeat(201)).is_err());
    }
}
