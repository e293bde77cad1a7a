//! `casepicture check`: how files would be read, before anything is built from them.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::output::{is_there, rows, say, tell, write_file};
use super::source::{LimitArgs, shown};
use super::{DONE, FINDINGS};
use crate::import::check::{FileReport, SheetReport, UnknownCode};
use crate::import::draft::Draft;
use crate::import::{self, Folder, ImportError};
use crate::model::phrase::Phrase;
use crate::model::source::{Kept, Reject};

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// Files or folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write a first draft of a mapping file from the headers of one file, to standard output or to -o
    #[arg(long)]
    draft: bool,
    /// Where the draft goes
    #[arg(short, long, value_name = "MAPPING", requires = "draft")]
    output: Option<PathBuf>,
    /// Overwrite the file of -o
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Says how files would be read.
///
/// # Errors
/// When a path cannot be opened, or none of the files can be used.
pub fn run(args: &Check) -> Result<u8, Failure> {
    if args.draft {
        return draft(args);
    }
    let mut findings = false;
    let mut usable = 0;
    let mut text = String::new();
    for path in &args.files {
        let limits = args.limits.limits();
        let folder = import::folder::read_folder(path, &limits)
            .map_err(|fault| Failure::told(&fault.to_string()))?;
        match import::check(&folder, &limits) {
            Ok(reports) => {
                usable += 1;
                for report in &reports {
                    findings |= report
                        .rejects
                        .iter()
                        .any(|reject| reject.kept == Kept::None);
                    describe(report, &mut text);
                }
                for ignored in not_read(&folder, &reports) {
                    let _ = writeln!(text, "{ignored}: no export, left aside\n");
                }
            }
            Err(fault @ ImportError::Config { .. }) => {
                return Err(Failure::told(&fault.to_string()));
            }
            Err(fault) => {
                let _ = writeln!(text, "{}: {fault}\n", shown(path));
            }
        }
    }
    say(text.trim_end())?;
    if usable == 0 {
        return Err(Failure::new(
            "none of these could be used",
            "the lines above say why",
        ));
    }
    Ok(if findings { FINDINGS } else { DONE })
}

/// Writes the first draft of a mapping file.
fn draft(args: &Check) -> Result<u8, Failure> {
    let one_file = || {
        Failure::new(
            "--draft is made from one file",
            "name one export: casepicture check FILE --draft",
        )
    };
    let ([path], limits) = (args.files.as_slice(), args.limits.limits()) else {
        return Err(one_file());
    };
    let folder = import::folder::read_folder(path, &limits)
        .map_err(|fault| Failure::told(&fault.to_string()))?;
    let [file] = folder.files.as_slice() else {
        return Err(one_file());
    };
    let draft = Draft::of(file, &limits)
        .map_err(|fault| Failure::new(format!("{}: {}", shown(path), fault.problem), fault.hint))?;
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let text = draft.toml(name);
    let Some(to) = &args.output else {
        say(text.trim_end())?;
        return Ok(DONE);
    };
    if is_there(to) && !args.force {
        return Err(Failure::new(
            format!("{}: the file exists", shown(to)),
            "choose another name, or add --force",
        ));
    }
    write_file(to, text.as_bytes())?;
    tell(&format!(
        "wrote {}; check each line, then name it in case.toml as its first lines say",
        shown(to)
    ));
    Ok(DONE)
}

/// Files of the folder that no report is about.
fn not_read<'a>(folder: &'a Folder, reports: &'a [FileReport]) -> impl Iterator<Item = &'a str> {
    let known =
        |path: &str| path == "case.toml" || reports.iter().any(|report| report.path == path);
    folder
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(move |path| !known(path))
}

// writing to a string cannot fail, so the results of `writeln!` below say nothing
fn describe(report: &FileReport, text: &mut String) {
    let agency = report
        .agency
        .as_ref()
        .map_or("several or none", |agency| agency.as_str());
    let _ = writeln!(text, "{}", report.path);
    if report.profile.is_empty() {
        let _ = writeln!(text, "  cannot be used");
    } else {
        let (all, used, rejected) = report.rows;
        let _ = writeln!(
            text,
            "  profile {}, {}, agency {agency}",
            report.profile, report.encoding
        );
        let counts: Vec<String> = report
            .counts
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let _ = writeln!(
            text,
            "  {all} {}, {used} used, {rejected} rejected: {}",
            rows(all),
            counts.join(", ")
        );
        for sheet in &report.sheets {
            describe_sheet(sheet, text);
        }
    }
    for code in &report.codes {
        describe_code(code, text);
    }
    for reject in &report.rejects {
        describe_reject(reject, text);
    }
    text.push('\n');
}

fn describe_sheet(sheet: &SheetReport, text: &mut String) {
    let name = if sheet.name.is_empty() {
        String::new()
    } else {
        format!("sheet {}, ", sheet.name)
    };
    let _ = writeln!(
        text,
        "  {name}header in row {}, holds {}",
        sheet.header_row,
        sheet.kinds.join(" and ")
    );
    let widest = sheet
        .columns
        .iter()
        .map(|column| column.header.chars().count())
        .max()
        .unwrap_or(0)
        .min(32);
    for column in &sheet.columns {
        let meaning = column.read_as.unwrap_or("kept as an extra");
        let dates = column
            .dates
            .map(|order| format!(", {order}"))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "    {:widest$}  {meaning}{dates}",
            column.header.trim()
        );
    }
}

fn describe_code(code: &UnknownCode, text: &mut String) {
    let entries = if code.entries == 1 {
        "entry"
    } else {
        "entries"
    };
    let _ = write!(
        text,
        "  basis `{}` ({} {entries}): ",
        code.spelling, code.entries
    );
    let _ = if code.is_ambiguous {
        writeln!(
            text,
            "it can be read in more than one way; ask the agency which it was: refused, not asked, or another ground"
        )
    } else if !code.places.is_empty() {
        let places: Vec<&str> = code.places.iter().map(|place| place.phrase()).collect();
        writeln!(
            text,
            "a code of {}; set jurisdiction in case.toml if that law holds here",
            places.join(", ")
        )
    } else if code.nearest.is_empty() {
        writeln!(text, "no known code comes near it")
    } else {
        let named: Vec<String> = code
            .nearest
            .iter()
            .map(|(code, label)| format!("{code} ({label})"))
            .collect();
        writeln!(text, "not known; the nearest are {}", named.join("; "))
    };
}

fn describe_reject(reject: &Reject, text: &mut String) {
    let mut place = reject
        .row
        .map(|row| format!("row {row}"))
        .unwrap_or_default();
    if !reject.column.is_empty() {
        let _ = write!(
            place,
            "{}{}",
            if place.is_empty() { "" } else { ", " },
            reject.column
        );
    }
    let sign = match reject.kept {
        Kept::None => "not used",
        Kept::Row => "row used",
        Kept::Cell => "kept as given",
    };
    let _ = writeln!(
        text,
        "  {place}: {} ({sign})\n    hint: {}",
        reject.problem, reject.hint
    );
}
