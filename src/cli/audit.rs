//! `casepicture audit`: the log of a case, and whether it agrees with the case and with a head that was kept elsewhere.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use clap::Args;

use super::failure::Failure;
use super::kept::{self, told};
use super::output::{Output, is_there, say, write_file};
use super::passphrase::Secret;
use super::source::{LimitArgs, shown};
use super::{DONE, FINDINGS};
use crate::case::audit::{Head, Line};
use crate::case::{OpenCase, words};
use crate::report::{Cell, Table};

/// Arguments of `audit`.
#[derive(Debug, Clone, Args)]
pub struct Audit {
    /// The case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Check that no line was changed, taken out, put in or moved, and that the exports and decisions are those of the log;
    /// exit code 1 when something does not agree. That the end of the log was cut off is only seen with --head
    #[arg(long)]
    verify: bool,
    /// Check against a head that was exported earlier, too
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
    /// Write the head of the log, one line, to a file to be kept elsewhere
    #[arg(long, value_name = "FILE", conflicts_with_all = ["verify", "head", "to"])]
    export_head: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    limits: LimitArgs,
}

/// A file that holds a head is no longer than this, in bytes.
const LONGEST: u64 = 4096;

/// Prints, checks or exports the log.
///
/// # Errors
/// When the case cannot be opened, the head not be read, or the output not be written.
pub fn run(args: &Audit) -> Result<u8, Failure> {
    let head = args.head.as_deref().map(read_head).transpose()?;
    if let Some(path) = &args.export_head
        && is_there(path)
        && !args.output.force
    {
        return Err(Failure::new(
            format!("{}: the file exists", shown(path)),
            "choose another name, or add --force",
        ));
    }
    let case = kept::open(&args.case, &args.secret, &args.limits.limits())?;
    if let Some(path) = &args.export_head {
        let head = case.head().map_err(|fault| told(&fault))?;
        write_file(path, format!("{head}\n").as_bytes())?;
        say(&format!(
            "wrote the head of the log, line {}, to {}; keep it where whoever changes the case cannot change it",
            head.number,
            shown(path)
        ))?;
        return Ok(DONE);
    }
    if args.verify || head.is_some() {
        return verify(&case, head.as_ref());
    }
    let lines = case.audit().map_err(|fault| told(&fault))?;
    // the log names no one that the case is about, and to look at it is no export
    args.output.write_once(&table(&lines), |_| Ok(()))?;
    Ok(DONE)
}

fn read_head(path: &Path) -> Result<Head, Failure> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
        .map_err(|fault| {
            Failure::new(
                format!("{}: the head cannot be read: {fault}", shown(path)),
                "name a file that casepicture audit --export-head wrote",
            )
        })?;
    text.parse().map_err(|_| {
        Failure::new(
            format!("{}: this is no head of a log", shown(path)),
            "it is one line: casepicture-head 1 NUMBER HASH",
        )
    })
}

fn verify(case: &OpenCase, head: Option<&Head>) -> Result<u8, Failure> {
    let findings = case.verify(head).map_err(|fault| told(&fault))?;
    if findings.is_empty() {
        let lines = case.audit().map_err(|fault| told(&fault))?.len();
        let against = match head {
            Some(head) => format!(", and leads to the head of line {}", head.number),
            None => "; whether its end was cut off is only seen with --head FILE".to_owned(),
        };
        say(&format!(
            "the log of {lines} lines agrees with itself and with the case{against}"
        ))?;
        return Ok(DONE);
    }
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    say(&lines.join("\n"))?;
    Ok(FINDINGS)
}

/// Lays the log out, a row a line.
fn table(lines: &[Line]) -> Table {
    let columns = ["number", "at", "by", "event", "detail", "version", "hash"];
    let mut table = Table::new("audit", columns).headed_by(&["number", "at", "by", "event"]);
    for line in lines {
        let (event, detail) = words::event(&line.event);
        table.rows.push(vec![
            Cell::Count(line.number as usize),
            Cell::text(time(line.at)),
            Cell::text(&line.by),
            Cell::text(event),
            Cell::text(detail),
            Cell::text(&line.version),
            Cell::text(&line.hash),
        ]);
    }
    table
}

/// A time as `yyyy-mm-ddThh:mm:ssZ`.
fn time(at: i64) -> String {
    DateTime::from_timestamp(at, 0).map_or_else(
        || at.to_string(),
        |time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_so_that_it_sorts() {
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(1_795_313_732), "2026-11-22T02:15:32Z");
    }
}
