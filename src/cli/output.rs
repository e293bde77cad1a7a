//! Where output goes: standard output, a file, a folder. Foreign text reaches a terminal through one function.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::kept::Leaving;
use super::source::shown;
use super::staged::Staged;
use crate::report::{self, Table, safe::terminal_safe};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    /// Comma separated values, safe to open in a spreadsheet
    #[default]
    Csv,
    /// A list of objects
    Json,
    /// A columnar file for analysis; needs -o
    Parquet,
    /// Paragraphs, for reading from top to bottom
    Text,
}

/// Where a table goes.
#[derive(Debug, Clone, Args)]
pub struct Output {
    /// How to write it [default: csv]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// File to write, instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long)]
    pub force: bool,
}

impl Output {
    /// Writes a table once it is logged, and says on standard error what was left out for the recipient.
    ///
    /// # Errors
    /// When the output cannot be logged or written.
    pub fn write(
        &self,
        table: &Table,
        family: bool,
        leaving: &mut Leaving<'_>,
    ) -> Result<(), Failure> {
        self.write_once(table, |bytes| leaving.table(table, bytes))?;
        tell_withheld(table, family);
        Ok(())
    }

    /// Writes a table that is laid out as a text of its own, as [`Output::write`] writes one.
    ///
    /// # Errors
    /// As for [`Output::write`].
    pub fn write_laid_out(
        &self,
        (table, text): (&Table, &str),
        family: bool,
        leaving: &mut Leaving<'_>,
    ) -> Result<(), Failure> {
        self.write_bytes(text.as_bytes(), |bytes| leaving.table(table, bytes))?;
        tell_withheld(table, family);
        Ok(())
    }

    /// Writes a table when `log` has taken note of the very bytes that will leave.
    ///
    /// # Errors
    /// When the output cannot be written, or not be logged: then nothing is written.
    pub fn write_once(
        &self,
        table: &Table,
        log: impl FnOnce(&[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.write_bytes(&rendered(table, self.format())?, log)
    }

    /// The format asked for, else CSV.
    pub fn format(&self) -> Format {
        self.format.unwrap_or_default()
    }

    /// Writes what is laid out already when `log` has taken note of the very bytes that will leave.
    ///
    /// # Errors
    /// As for [`Output::write_once`].
    pub fn write_bytes(
        &self,
        bytes: &[u8],
        log: impl FnOnce(&[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.to else {
            return self.to_stdout(bytes, log);
        };
        if is_there(path) && !self.force {
            return Err(Failure::new(
                format!("{}: the file exists", shown(path)),
                "choose another name, or add --force",
            ));
        }
        let staged = Staged::default();
        staged.write(path, |to| to.write_all(bytes))?;
        log(bytes)?;
        staged.put_in_place().map(|_| ())
    }

    fn to_stdout(
        &self,
        bytes: &[u8],
        log: impl FnOnce(&[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut safe = Vec::new();
        let mut bytes = bytes;
        let mut stdout = io::stdout().lock();
        if stdout.is_terminal() {
            if self.format() == Format::Parquet {
                return Err(Failure::new(
                    "a Parquet file is not for a terminal",
                    "add -o FILE",
                ));
            }
            for line in String::from_utf8_lossy(bytes).lines() {
                safe.extend_from_slice(terminal_safe(line).as_bytes());
                safe.push(b'\n');
            }
            bytes = &safe;
        }
        log(bytes)?;
        stdout
            .write_all(bytes)
            .and_then(|()| stdout.flush())
            .map_err(|fault| Failure::of_write("the output", &fault))
    }
}

/// Says on standard error what was left out for the recipient.
fn tell_withheld(table: &Table, family: bool) {
    if family {
        tell(report::view::FAMILY_SENTENCE);
    } else {
        for (because, count) in &table.withheld {
            tell(&format!("{count} {} withheld: {because}", rows(*count)));
        }
    }
}

/// The rows of a count, in words.
pub fn rows(count: usize) -> &'static str {
    if count == 1 { "row" } else { "rows" }
}

/// Renders a table in a format.
///
/// # Errors
/// When a format cannot hold the table.
pub fn rendered(table: &Table, format: Format) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match format {
        Format::Csv => report::csv::write(table, &mut bytes),
        Format::Json => report::json::write(table, &mut bytes),
        Format::Parquet => report::parquet::write(table, &mut bytes),
        Format::Text => report::text::write(table, &mut bytes),
    }
    .map_err(|fault| Failure::of_write(table.name, &fault))?;
    Ok(bytes)
}

/// Writes a file beside its target and renames it, readable by its owner alone.
///
/// # Errors
/// When it cannot be written; the target is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let staged = Staged::default();
    staged.write(path, |to| to.write_all(bytes))?;
    staged.put_in_place().map(|_| ())
}

/// Makes a file that only its owner may read or write; there must be none.
///
/// # Errors
/// When it is there already, or cannot be made.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether something has this name already; a link that leads nowhere is something too.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Refuses a folder for output that is none, or in which one of these files is already, unless they may be overwritten.
///
/// # Errors
/// When it is refused.
pub fn refuse_overwriting(out: &Path, files: &[&str], force: bool) -> Result<(), Failure> {
    if out.exists() && !out.is_dir() {
        return Err(Failure::new(
            format!("{}: this is a file", shown(out)),
            "name a folder, or a path where nothing is yet",
        ));
    }
    let there = files.iter().find(|file| is_there(&out.join(file)));
    match there {
        Some(file) if !force => {
            let hint = "choose another folder, or add --force to overwrite";
            Err(Failure::new(
                format!("{}: {file} is there already", shown(out)),
                hint,
            ))
        }
        _ => Ok(()),
    }
}

/// Makes a folder that only its owner may open; an existing one is left as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|fault| Failure::of_write(&shown(path), &fault))
}

/// Writes a line to standard error, made safe. A closed standard error is nobody to tell.
pub fn tell(text: &str) {
    let mut stderr = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(stderr, "{}", terminal_safe(line));
    }
}

/// Writes a text to standard output, made safe.
///
/// # Errors
/// When it cannot be written.
pub fn say(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    text.lines()
        .try_for_each(|line| writeln!(stdout, "{}", terminal_safe(line)))
        .and_then(|()| stdout.flush())
        .map_err(|fault| Failure::of_write("the output", &fault))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Cell;

    #[test]
    fn what_cannot_be_logged_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        let output = Output {
            format: None,
            to: Some(path.clone()),
            force: false,
        };
        let mut table = Table::new("people", ["name"]);
        table.rows.push(vec![Cell::text("Ann")]);
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let refused = output.write_once(&table, |_| Err(Failure::new("full", "make room")));
        assert!(refused.is_err());
        assert_eq!(count(), 0);
        let mut logged = Vec::new();
        let log = |bytes: &[u8]| {
            logged = bytes.to_vec();
            assert!(!path.exists(), "it is logged first");
            Ok(())
        };
        output.write_once(&table, log).unwrap();
        assert_eq!((fs::read(&path).unwrap(), count()), (logged, 1));
    }
}
