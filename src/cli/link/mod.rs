//! `casepicture link`: large person files in, who is who out. No case, no questions.

mod args;
mod explain;
mod files;
mod kept_model;
mod measures;
mod names;
mod spark;
mod told;

use std::io::{self, Write};
use std::path::Path;

use super::failure::Failure;
use super::output::{Format, make_folder, refuse_overwriting, rendered, say};
use super::progress::Follow;
use super::staged::Staged;
use super::stop::Stop;
use super::{DONE, FINDINGS};
use crate::import::roster::{self, Read};
use crate::model::watch::Watch;
use crate::people::scale::truth::{Measures, measure};
use crate::people::scale::{self, Linked, Options};
use crate::report::{link as report, tables};
pub use args::Link;
use args::{Asked, Engine};

/// What a run leaves in the folder.
const FILES: [&str; 4] = ["persons.csv", "pairs.csv", "model.json", "rejects.csv"];

/// Reads, links, and writes or prints what was asked for.
///
/// # Errors
/// When an option is wrong, nothing can be read or written, or the user stopped it.
pub fn run(args: &Link) -> Result<u8, Failure> {
    let asked = args.read()?;
    if let Some(out) = &args.out {
        refuse_overwriting(out, &FILES, args.force)?;
    }
    files::refuse(args)?;
    let stop = Stop::listen();
    let result = match args.threads {
        None => work(args, &asked, &stop),
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let pool = pool.map_err(|fault| {
                Failure::new(
                    format!("--threads {threads}: {fault}"),
                    "ask for fewer, or leave it out",
                )
            })?;
            pool.install(|| work(args, &asked, &stop))
        }
    };
    match (result, stop.code()) {
        (Err(_), Some(code)) => Err(Failure::Stopped(code)),
        (result, _) => result,
    }
}

fn work(args: &Link, asked: &Asked, stop: &Stop) -> Result<u8, Failure> {
    let follow = Follow::start(stop.clone());
    let mut read = roster::read(&args.files, &asked.layout, &follow)
        .map_err(|fault| Failure::told(&fault.to_string()))?;
    let count = read.roster.len();
    if count > scale::MOST_RECORDS {
        return Err(Failure::new(
            format!(
                "{count} records: more than {} are not linked in one run, since nobody has tried how right that is",
                scale::MOST_RECORDS
            ),
            "link a part at a time, for example by area or by year of birth",
        ));
    }
    names::shorten(&mut read, &args.files);
    let model = args
        .model
        .as_deref()
        .map(|path| kept_model::read(path, &mut read.roster, &asked.layout.compare))
        .transpose()?;
    let pair = args
        .explain
        .as_deref()
        .map(|ids| explain::find(ids, &read.roster))
        .transpose()?;
    if let (Some(pair), Some(model), true) = (pair, &model, args.only_explains()) {
        let told = explain::text(&read.roster, model, pair, None)?;
        drop(follow);
        say(&told)?;
        return Ok(told::code(&read));
    }
    let options = Options {
        within_source: asked.within_source,
        threshold: args.threshold,
        model,
    };
    let folder = args.out.as_deref().map(files::Folder::make).transpose()?;
    let linked = link(args, &read, &options, &follow)?;
    let measures = measured(args, &read, &linked, &follow)?;
    let written = write(args, &read, &linked, measures.as_ref(), &follow)?;
    if let Some(folder) = folder {
        folder.keep();
    }
    drop(follow);
    told::summary(args, &read, &linked, written);
    if let Some(measures) = &measures {
        say(&measures::lines(measures))?;
    }
    if let Some(pair) = pair {
        say(&explain::text(
            &read.roster,
            &linked.model,
            pair,
            Some((&linked, options.within_source)),
        )?)?;
    }
    let code = told::code(&read);
    // the process ends here, and the system takes everything back quicker than piece by piece
    std::mem::forget((read, linked));
    Ok(code)
}

/// Links by the engine asked for; each gives the same persons.
fn link(args: &Link, read: &Read, options: &Options, watch: &dyn Watch) -> Result<Linked, Failure> {
    match args.engine {
        Engine::Local => scale::link_at_last(&read.roster, options, watch)
            .map_err(|stopped| Failure::new(stopped.to_string(), "run it again")),
        Engine::Spark => spark::link(args, read, options, watch),
    }
}

fn measured(
    args: &Link,
    read: &Read,
    linked: &Linked,
    watch: &dyn Watch,
) -> Result<Option<Measures>, Failure> {
    let Some(column) = &args.truth else {
        return Ok(None);
    };
    watch.stage("measuring", 0);
    let nothing = || {
        Failure::new(
            format!(
                "--truth {column}: the column is blank in every record, so nothing can be measured"
            ),
            "name the column that says who is who, or leave --truth out",
        )
    };
    measure(&read.roster.truth, linked)
        .map(Some)
        .ok_or_else(nothing)
}

/// Writes the files asked for, all or none, and says how many.
fn write(
    args: &Link,
    read: &Read,
    linked: &Linked,
    measures: Option<&Measures>,
    watch: &Follow,
) -> Result<usize, Failure> {
    let roster = &read.roster;
    let rows = linked.pairs.len() + roster.len();
    watch.stage("writing", if args.out.is_some() { rows as u64 } else { 0 });
    let staged = Staged::default();
    if let Some(out) = &args.out {
        let mut rejects = read.rejects.clone();
        rejects.sort();
        let rejects = rendered(&tables::rejects_of(rejects), Format::Csv)?;
        staged.write(&out.join("rejects.csv"), |to| to.write_all(&rejects))?;
        let write = |name: &str, write: &(dyn Fn(&mut dyn Write) -> io::Result<()> + Sync)| {
            staged.write(&out.join(name), write)
        };
        // side by side: while one waits for the disk the other is made
        let (pairs, others) = rayon::join(
            || write("pairs.csv", &|to| report::pairs(roster, linked, to, watch)),
            || {
                write("model.json", &|to| report::model(&linked.model, to))?;
                write("persons.csv", &|to| {
                    report::persons(roster, linked, to, watch)
                })
            },
        );
        pairs?;
        others?;
    }
    if let Some(page) = &args.report {
        let text = report::html::page(&report::Run {
            files: &read.files,
            roster,
            linked,
            measures,
            rejects: read.rejects.len(),
            notes: &read.notes,
        });
        staged.write(page, |to| to.write_all(text.as_bytes()))?;
    }
    if watch.is_stopped() {
        return Err(Failure::new("stopped", "run it again"));
    }
    staged.put_in_place()
}

/// The last part of a path: where a file lies on this machine is nobody's business.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
