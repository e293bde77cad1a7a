//! `casepicture import`: exports, or the decisions of another copy, into a case. All of it or nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::by::{By, hand};
use super::failure::Failure;
use super::kept::{self, told};
use super::output::{rows, say, tell};
use super::passphrase::{OtherSecret, Secret};
use super::progress::Progress;
use super::source::{LimitArgs, Source, folder_of, shown};
use super::{DONE, FINDINGS};
use crate::case::importing::{Changes, Difference, ImportOptions, Plan, Taken};
use crate::case::words::words;
use crate::case::{BroughtIn, Imported, OpenCase};
use crate::import::Folder;
use crate::model::case::Case;
use crate::model::source::SourceFile;
use crate::report::guard::escape_controls;

/// So many ids of a kind are named; the rest are counted.
const NAMED: usize = 20;

/// Arguments of `import`.
#[derive(Debug, Clone, Args)]
pub struct Import {
    /// The case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// A folder of exports (one folder an agency, or one file an agency), or a single export
    #[arg(value_name = "EXPORTS", required_unless_present_any = ["decisions", "agency"])]
    exports: Option<PathBuf>,
    /// A file and the agency it is from, as NAME=FILE; may be given several times
    #[arg(long, value_name = "NAME=FILE")]
    agency: Vec<String>,
    /// Leave out files that cannot be read, instead of importing nothing
    #[arg(long)]
    skip_unreadable: bool,
    /// Bring in the decisions of another copy of this case; what was decided differently becomes a question
    #[arg(long, value_name = "OTHER", conflicts_with_all = ["exports", "agency", "skip_unreadable"])]
    decisions: Option<PathBuf>,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    other: OtherSecret,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Imports exports, or brings in decisions.
///
/// # Errors
/// When anything cannot be read, opened or written; the case is then as it was.
pub fn run(args: &Import) -> Result<u8, Failure> {
    if let Some(other) = &args.decisions {
        return bring(args, other);
    }
    let by = args.by.or_unnamed()?;
    let limits = args.limits.limits();
    let (named, plain) = Source::named_files(&args.agency)?;
    if let Some(agency) = plain.first() {
        return Err(Failure::new(
            format!("--agency {agency}: import takes NAME=FILE here"),
            "write --agency police=FILE",
        ));
    }
    kept::refuse_missing(&args.case)?;
    if let Some(path) = args.exports.as_deref().filter(|path| kept::is_case(path)) {
        return Err(Failure::new(
            format!("{}: this is a case file, not an export", shown(path)),
            "casepicture import CASE --decisions OTHER brings in what another copy decided",
        ));
    }
    if let Some(path) = args.exports.as_deref().filter(|path| !path.exists()) {
        // a slip in the path is told before a passphrase is asked for
        folder_of(Some(path), &named, &limits)?;
    }
    let passphrase = args.secret.take(&args.case)?;
    let folder = folder_of(args.exports.as_deref(), &named, &limits)?;
    let progress = Progress::start("opening the case and reading the exports");
    let mut case =
        OpenCase::open(&args.case, &passphrase, &limits).map_err(|fault| told(&fault))?;
    let options = ImportOptions {
        skip_unreadable: args.skip_unreadable,
    };
    let imported = case
        .import(&folder, &limits, options, hand(&by))
        .map_err(|fault| told(&fault))?;
    drop(progress);
    let plan = &imported.plan;
    tell_left_aside(&folder, plan);
    say(&report(&imported, case.case()).join("\n"))?;
    let is_whole = folder.skipped.is_empty() && plan.left_out.is_empty();
    let rejected = taken_in(plan, case.case()).any(|file| file.rejected > 0);
    Ok(if rejected || !is_whole {
        FINDINGS
    } else {
        DONE
    })
}

/// Says which files were given and are not in the case.
fn tell_left_aside(folder: &Folder, plan: &Plan) {
    for (path, reason) in &folder.skipped {
        tell(&format!(
            "{}: not opened: {reason}\n  hint: put a copy of the file itself into the folder if it is an export",
            escape_controls(path)
        ));
    }
    for (path, reason) in &plan.left_out {
        tell(&format!("{}: left out: {reason}", escape_controls(path)));
    }
    let left_out = |path: &str| plan.left_out.iter().any(|(left, _)| left == path);
    let taken = |path: &str| plan.taken.iter().any(|(taken, _)| taken == path);
    for file in &folder.files {
        if !left_out(&file.path) && !taken(&file.path) {
            tell(&format!(
                "{}: no export, left aside",
                escape_controls(&file.path)
            ));
        }
    }
}

/// The files that this import added to the case.
fn taken_in<'a>(plan: &Plan, case: &'a Case) -> impl Iterator<Item = &'a SourceFile> {
    let added = plan.taken.iter().filter(|(_, taken)| *taken != Taken::Same);
    let given: BTreeSet<String> = added.map(|(path, _)| path.clone()).collect();
    let files = case.supplied.files.iter();
    files.filter(move |file| given.contains(&file.path))
}

/// What an import did, a line each.
fn report(imported: &Imported, case: &Case) -> Vec<String> {
    let plan = &imported.plan;
    let count = |which: fn(&Taken) -> bool| plan.taken.iter().filter(|(_, one)| which(one)).count();
    let same = count(|one| *one == Taken::Same);
    let Some(number) = imported.number else {
        return vec![format!(
            "nothing is new: the case holds {} already and stays as it was",
            counted(same, "file")
        )];
    };
    let mut lines = vec![format!(
        "import {number}: {} new, {} newer, {same} the same",
        counted(count(|one| *one == Taken::New), "file"),
        count(|one| matches!(one, Taken::Newer(_))),
    )];
    for (path, taken) in &plan.taken {
        let what = match taken {
            Taken::Same => continue,
            Taken::New => "new".to_owned(),
            Taken::Newer(_) => of_newer(path, &imported.newer),
        };
        let mut files = taken_in(plan, case);
        let counts = files.find(|file| file.path == *path).map(|file| {
            format!(
                "; {} {}, {} used, {} rejected",
                file.rows,
                rows(file.rows),
                file.used,
                file.rejected
            )
        });
        let counts = counts.unwrap_or_default();
        lines.push(format!("{}: {what}{counts}", escape_controls(path)));
    }
    if taken_in(plan, case).any(|file| file.rejected > 0) {
        lines.push("casepicture check EXPORTS says why rows were rejected".to_owned());
    }
    for changes in &plan.changes {
        of_agency(changes, case, &mut lines);
    }
    if !plan.lost.is_empty() {
        let count = counted(plan.lost.len(), "decision");
        lines.push(format!(
            "{count} with a record or entry that no export has now; kept, and in force again when it comes back:"
        ));
        for one in &plan.lost {
            let what = words(&one.verdict, &case.decisions);
            lines.push(format!("  decision {} by {}: {what}", one.number, one.by));
        }
    }
    lines
}

/// What a file took the place of.
fn of_newer(path: &str, newer: &[(String, String)]) -> String {
    let older = newer.iter().find(|(new, _)| new == path);
    match older {
        Some((_, older)) if older != path => {
            format!("newer, in place of {}", escape_controls(older))
        }
        _ => "newer".to_owned(),
    }
}

/// What an agency's data says otherwise than before.
fn of_agency(changes: &Changes, case: &Case, lines: &mut Vec<String>) {
    let supplied = &case.supplied;
    let entries = supplied.entries.iter();
    let of_it = entries
        .filter(|entry| entry.agency().as_str() == changes.agency)
        .count();
    for (what, difference) in [("records", &changes.records), ("entries", &changes.entries)] {
        if difference.is_empty() {
            continue;
        }
        let Difference { new, changed, gone } = difference;
        lines.push(format!(
            "{}, {what}: {} new, {} changed, {} gone",
            changes.agency,
            new.len(),
            changed.len(),
            gone.len()
        ));
        // of an agency that was not there before all is new, and that is no news
        let is_first = of_it == changes.entries.new.len() && gone.is_empty();
        for (which, ids) in [("new", new), ("changed", changed), ("gone", gone)] {
            let is_news = which != "new" || !is_first;
            if is_news && !ids.is_empty() {
                lines.push(format!("  {which}: {}", named(ids)));
            }
        }
    }
}

/// The first of many ids, and how many more there are.
fn named(ids: &[String]) -> String {
    let mut said: Vec<String> = ids.iter().take(NAMED).cloned().collect();
    if ids.len() > NAMED {
        said.push(format!("and {} more", ids.len() - NAMED));
    }
    said.join(", ")
}

/// A count in words.
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// Brings in the decisions of another copy of the case.
fn bring(args: &Import, other: &Path) -> Result<u8, Failure> {
    let by = args.by.decider()?;
    let limits = args.limits.limits();
    kept::refuse_missing(&args.case)?;
    kept::refuse_missing(other)?;
    if is_same_file(&args.case, other) {
        return Err(Failure::new(
            format!("{}: this is the case itself", shown(other)),
            "name the other copy with --decisions",
        ));
    }
    let (passphrase, others) = (args.secret.take(&args.case)?, args.other.take(other)?);
    let progress = Progress::start("opening both copies of the case");
    let mut case =
        OpenCase::open(&args.case, &passphrase, &limits).map_err(|fault| told(&fault))?;
    let theirs = OpenCase::open(other, &others, &limits).map_err(|fault| told(&fault))?;
    let brought = case
        .bring(&theirs, hand(&by))
        .map_err(|fault| told(&fault))?;
    drop(progress);
    say(&of_bringing(&brought, &case, &args.case).join("\n"))?;
    Ok(DONE)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(one).is_some() && real(one) == real(other)
}

fn of_bringing(brought: &BroughtIn, case: &OpenCase, path: &Path) -> Vec<String> {
    if brought.added == 0 && brought.contested.is_empty() {
        return vec![
            "the other copy holds no decision that is not here; nothing was changed".to_owned(),
        ];
    }
    let decisions = &case.case().decisions;
    let mut lines = vec![format!("{} brought in", counted(brought.added, "decision"))];
    for (ours, theirs) in &brought.contested {
        lines.push(format!(
            "decided differently: {} says {}; {} says {}",
            ours.by,
            words(&ours.verdict, decisions),
            theirs.by,
            words(&theirs.verdict, decisions)
        ));
    }
    if !brought.contested.is_empty() {
        lines.push(format!(
            "neither holds until somebody decides: casepicture review {}",
            shown(path)
        ));
    }
    for one in &brought.lost {
        lines.push(format!(
            "kept, though no export here has its record or entry: {} by {}",
            words(&one.verdict, decisions),
            one.by
        ));
    }
    lines
}
