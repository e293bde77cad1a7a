//! `casepicture build`: a case or a folder of exports in, the merged tables out. No questions.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::by::By;
use super::course::Course;
use super::failure::Failure;
use super::kept::Leaving;
use super::output::{Format, make_folder, refuse_overwriting, rendered, rows, tell};
use super::progress::Bar;
use super::source::{Loaded, Source, Then, shown};
use super::staged::Staged;
use super::stop::Stop;
use super::unread::{tell_ahead, tell_files};
use super::{DONE, FINDINGS};
use crate::model::source::{Kept, SourceFile};
use crate::picture::Picture;
use crate::report::{Table, View, guard, summary::summary, tables};

/// Arguments of `build`.
#[derive(Debug, Clone, Args)]
pub struct Build {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    then: Then,
    #[command(flatten)]
    by: By,
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

/// Reads the case or the exports, computes the picture and writes the tables.
///
/// # Errors
/// When nothing could be read or written.
pub fn run(args: &Build) -> Result<u8, Failure> {
    refuse_overwriting(&args.out, &FILES, args.force)?;
    let (named, plain) = Source::named_files(&args.agency)?;
    if let Some(agency) = plain.first() {
        return Err(Failure::new(
            format!("--agency {agency}: build takes NAME=FILE here"),
            "write --agency police=FILE",
        ));
    }
    let by = args.by.or_unnamed()?;
    let ready = args.source.ready()?;
    let course = Arc::new(Course::start(Stop::default()));
    let bar = Bar::over(&course);
    let mut loaded = ready.load_watched(&named, &*course)?;
    args.then.put_back(&mut loaded, &args.source);
    let picture = loaded.picture_watched(&*course)?;
    drop(bar);
    let view = if args.source.recipient.is_some() {
        View::for_recipient(&picture)
    } else {
        View::whole(&picture)
    };
    let family = view.is_family();
    write(args, &view, &mut loaded, &by)?;
    if family {
        tell(crate::report::view::FAMILY_SENTENCE);
        return Ok(DONE);
    }
    tell_what_was_found(&view, &args.out);
    Ok(if has_findings(&picture) {
        FINDINGS
    } else {
        DONE
    })
}

/// Writes the tables and the summary, each logged before any of them is in place.
fn write(args: &Build, view: &View<'_>, loaded: &mut Loaded, by: &str) -> Result<(), Failure> {
    make_folder(&args.out)?;
    let (picture, family) = (view.picture, view.is_family());
    let summary = summary(view, loaded.read_seconds);
    let mut text = serde_json::to_string_pretty(&summary)
        .map_err(|fault| Failure::new(fault.to_string(), "tell the maintainers"))?;
    text.push('\n');
    let mut files = Vec::new();
    let tables = tables_of(view);
    for table in &tables {
        let bytes = rendered(table, Format::Csv)?;
        files.push((format!("{}.csv", table.name), table.rows.len(), bytes));
    }
    files.push(("summary.json".to_owned(), 1, text.into_bytes()));
    let staged = Staged::default();
    for (name, _, bytes) in &files {
        staged.write(&args.out.join(name), |to| to.write_all(bytes))?;
    }
    let mut leaving = Leaving::new(&mut loaded.open, by, &picture.settings, view.is_limited());
    let leave = files.iter();
    let leave = leave.map(|(name, rows, bytes)| (format!("build {name}"), *rows, &**bytes));
    leaving.log_all(&leave.collect::<Vec<_>>())?;
    staged.put_in_place()?;
    for table in tables.iter().filter(|_| !family) {
        for (because, count) in &table.withheld {
            tell(&format!(
                "{}: {count} {} withheld: {because}",
                table.name,
                rows(*count)
            ));
        }
    }
    Ok(())
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

fn tell_what_was_found(view: &View<'_>, out: &Path) {
    let picture = view.picture;
    let supplied = &picture.supplied;
    for path in &supplied.ignored {
        tell(&format!(
            "{}: no export, left aside",
            guard::escape_controls(path)
        ));
    }
    tell_files(picture);
    tell_ahead(view);
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
