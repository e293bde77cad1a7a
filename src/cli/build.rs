//! `casepicture build`: a folder of exports in, the merged tables out. No questions, no case file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::output::{Format, make_folder, refuse_overwriting, rendered, rows, tell, write_file};
use super::progress::Progress;
use super::source::{Source, shown};
use super::{DONE, FINDINGS};
use crate::model::source::{Kept, Reject, SourceFile};
use crate::picture::Picture;
use crate::report::{Table, View, guard, summary::summary, tables};

/// Arguments of `build`.
#[derive(Debug, Clone, Args)]
pub struct Build {
    #[command(flatten)]
    source: Source,
    /// A file and the agency it is from, as NAME=FILE; may be given several times
    #[arg(long, value_name = "NAME=FILE")]
    agency: Vec<String>,
    /// Folder for the tables; made when it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Overwrite tables that are there already
    #[arg(long)]
    force: bool,
}

const FILES: [&str; 7] = [
    "timeline.csv",
    "people.csv",
    "matches.csv",
    "reliance.csv",
    "flags.csv",
    "rejects.csv",
    "summary.json",
];

/// Reads the exports, computes the picture and writes the tables.
///
/// # Errors
/// When nothing could be read or written.
pub fn run(args: &Build) -> Result<u8, Failure> {
    refuse_overwriting(&args.out, &FILES, args.force)?;
    let (named, plain) = Source::named_files(&args.agency);
    if let Some(agency) = plain.first() {
        return Err(Failure::new(
            format!("--agency {agency}: build takes NAME=FILE here"),
            "write --agency police=FILE",
        ));
    }
    let progress = Progress::start("reading and merging the exports");
    let loaded = args.source.load(&named)?;
    let picture = loaded.picture()?;
    drop(progress);
    let view = if args.source.recipient.is_some() {
        View::for_recipient(&picture)
    } else {
        View::whole(&picture)
    };
    make_folder(&args.out)?;
    let family = view.is_family();
    for table in tables_of(&view) {
        write_file(
            &args.out.join(format!("{}.csv", table.name)),
            &rendered(&table, Format::Csv)?,
        )?;
        for (because, count) in table.withheld.iter().filter(|_| !family) {
            tell(&format!(
                "{}: {count} {} withheld: {because}",
                table.name,
                rows(*count)
            ));
        }
    }
    let summary = summary(&view, loaded.read_seconds);
    let mut text = serde_json::to_string_pretty(&summary)
        .map_err(|fault| Failure::new(fault.to_string(), "tell the maintainers"))?;
    text.push('\n');
    write_file(&args.out.join("summary.json"), text.as_bytes())?;
    if family {
        tell(crate::report::view::FAMILY_SENTENCE);
        return Ok(DONE);
    }
    tell_what_was_found(&picture, &args.out);
    Ok(if has_findings(&picture) {
        FINDINGS
    } else {
        DONE
    })
}

/// The tables of a build.
fn tables_of(view: &View<'_>) -> Vec<Table> {
    vec![
        tables::timeline(view, &|_| true),
        tables::people(view),
        tables::matches(view),
        tables::reliance(view),
        tables::flags(view),
        tables::rejects(view),
    ]
}

/// Whether rows were rejected, or flags of strength 3 are not explained.
pub fn has_findings(picture: &Picture) -> bool {
    let rejected = picture.supplied.files.iter().any(|file| file.rejected > 0);
    let lost = tables::all_rejects(picture)
        .iter()
        .any(|reject| reject.kept == Kept::None);
    let open = picture
        .flags
        .flags
        .iter()
        .any(|flag| flag.strength == 3 && flag.explained_by.is_empty());
    rejected || lost || open
}

/// Says what was named or found and is no file that was read: links, pipes, files of `case.toml` that are not there, an own
/// agency that supplied nothing.
fn tell_not_opened(picture: &Picture) {
    let supplied = &picture.supplied;
    let is_read = |path: &str| supplied.files.iter().any(|file| file.path == path);
    let whole_file = |reject: &&Reject| reject.row.is_none() && reject.kept == Kept::None;
    for reject in supplied.rejects.iter().filter(whole_file) {
        if !is_read(&reject.file) && !reject.file.contains('!') {
            tell(&format!(
                "{}: {}\n  hint: {}",
                guard::escape_controls(&reject.file),
                reject.problem,
                reject.hint
            ));
        }
    }
    let own = picture.settings.own_agency.as_ref();
    if let Some(own) = own.filter(|id| !supplied.agency(id).is_some_and(|own| own.supplied)) {
        tell(&format!(
            "own agency {own}: none of the files is from it\n  hint: check own_agency in case.toml or --own-agency"
        ));
    }
}

fn tell_what_was_found(picture: &Picture, out: &Path) {
    let supplied = &picture.supplied;
    for path in &supplied.ignored {
        tell(&format!(
            "{}: no export, left aside",
            guard::escape_controls(path)
        ));
    }
    for file in supplied.files.iter().filter(|file| file.profile.is_empty()) {
        let why = supplied
            .rejects
            .iter()
            .find(|reject| reject.file == file.path && reject.row.is_none());
        let (problem, hint) = why.map_or(("it could not be read", ""), |reject| {
            (&reject.problem, &reject.hint)
        });
        tell(&format!(
            "{}: {problem}\n  hint: {hint}",
            guard::escape_controls(&file.path)
        ));
    }
    tell_not_opened(picture);
    let sum = |count: fn(&SourceFile) -> usize| supplied.files.iter().map(count).sum::<usize>();
    let lost: usize = tables::lost_rows(picture).values().sum();
    tell(&format!(
        "read {} files: {} rows, {} used, {} rejected",
        supplied.files.len(),
        sum(|file| file.rows),
        sum(|file| file.used) - lost,
        sum(|file| file.rejected) + lost,
    ));
    let strength = |strength: u8| picture.flags.of_strength(strength);
    tell(&format!(
        "{} people from {} records, {} facts from {} entries; flags: {} of strength 3, {} of 2, {} of 1",
        picture.people.persons.len(),
        supplied.records.len(),
        picture.timeline.facts.len(),
        supplied.entries.len(),
        strength(3),
        strength(2),
        strength(1),
    ));
    tell(&format!("wrote {} files to {}", FILES.len(), shown(out)));
}
