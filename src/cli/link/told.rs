//! Says on standard error what a run of `link` did, in plain sentences.

use super::{DONE, FINDINGS, Link, Linked, Read, file_name};
use crate::cli::output::tell;
use crate::cli::source::shown;
use crate::import::roster::FileRead;
use crate::model::source::Kept;
use crate::report::link::figures::{count, counted, percent, probability};

/// So many names are listed before "and more".
const NAMES: usize = 30;

/// A name longer than this is cut.
const LONGEST: usize = 60;

/// The exit code: whether rows were rejected.
pub fn code(read: &Read) -> u8 {
    let lost = read.rejects.iter().any(|reject| reject.kept == Kept::None);
    if lost || read.files.iter().any(|file| file.rejected > 0) {
        FINDINGS
    } else {
        DONE
    }
}

/// Says what was read, what came of it, and where it is.
pub fn summary(args: &Link, read: &Read, linked: &Linked, written: usize) {
    for file in &read.files {
        of_file(file);
    }
    for note in read.notes.iter().chain(&linked.notes) {
        tell(note);
    }
    if !read.rejects.is_empty() {
        let lines = counted(read.rejects.len() as u64, "line", "lines");
        let place = if args.out.is_some() {
            "rejects.csv"
        } else {
            "rejects.csv, which --out writes"
        };
        tell(&format!(
            "{lines} in {place}: cells and rows that were not used as given, and why"
        ));
    }
    of_persons(read, linked);
    of_cutoff(args, linked);
    if written > 0 {
        let place = args.out.iter().map(|out| shown(out));
        let page = args.report.iter().map(|page| file_name(page));
        let places: Vec<String> = place.chain(page).collect();
        tell(&format!(
            "wrote {} to {}",
            counted(written as u64, "file", "files"),
            places.join(" and ")
        ));
    }
}

fn of_file(file: &FileRead) {
    tell(&format!(
        "{}: {}, {} used, {} rejected",
        cut(&file.name),
        counted(file.rows as u64, "row", "rows"),
        count(file.used as u64),
        count(file.rejected as u64)
    ));
    let unused: Vec<String> = file
        .columns
        .iter()
        .filter(|(_, meaning)| meaning.is_empty())
        .map(|(header, _)| cut(header))
        .collect();
    if unused.is_empty() {
        return;
    }
    let more = unused.len().saturating_sub(NAMES);
    let named: Vec<&str> = unused.iter().take(NAMES).map(String::as_str).collect();
    let rest = if more > 0 {
        format!(" and {} more", count(more as u64))
    } else {
        String::new()
    };
    tell(&format!(
        "  not used: {}{rest} (no field that link compares; --compare or --map uses them)",
        named.join(", ")
    ));
}

fn of_persons(read: &Read, linked: &Linked) {
    let persons = linked
        .person
        .iter()
        .enumerate()
        .filter(|(record, person)| **person as usize == *record)
        .count();
    let compared: u64 = linked.passes.iter().map(|pass| pass.pairs).sum();
    tell(&format!(
        "compared {}, kept {} of probability 0.01 or more",
        counted(compared, "pair", "pairs"),
        count(linked.pairs.len() as u64)
    ));
    let records = read.roster.len() as u64;
    tell(&format!(
        "{} of {} {} {}",
        counted(records, "record", "records"),
        counted(read.roster.agencies.len() as u64, "agency", "agencies"),
        if records == 1 {
            "describes"
        } else {
            "describe"
        },
        counted(persons as u64, "person", "persons"),
    ));
}

fn of_cutoff(args: &Link, linked: &Linked) {
    if linked.pairs.is_empty() {
        tell("no pair is of probability 0.01 or more, so nothing is linked");
        return;
    }
    let model = &linked.model;
    let set = if args.threshold.is_some() {
        "as asked for"
    } else if args.model.is_some() {
        "as the model says"
    } else {
        "set from the data"
    };
    let from = format!(
        "linked from probability {} on, {set}",
        probability(model.threshold)
    );
    if linked
        .pairs
        .iter()
        .all(|pair| pair.probability < model.threshold)
    {
        tell(&format!("{from}; no pair reaches it"));
        return;
    }
    tell(&format!(
        "{from}; expected there: {} of linked pairs true, {} of true pairs linked (no person has confirmed them)",
        percent(model.expected.precision),
        percent(model.expected.recall)
    ));
}

/// A name from outside, cut where it gets long.
fn cut(name: &str) -> String {
    let name = name.replace(['\n', '\r', '\t'], " ");
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name,
    }
}
