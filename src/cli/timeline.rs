//! `casepicture timeline`: the merged timeline, with filters.

use std::collections::BTreeSet;

use clap::Args;

use super::DONE;
use super::by::By;
use super::failure::Failure;
use super::kept::{self, Leaving};
use super::output::Output;
use super::progress::Progress;
use super::source::{Loaded, Source, Then};
use crate::case::importing;
use crate::model::date::Day;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::phrase::{Phrase, fold};
use crate::model::supply::Supplied;
use crate::model::words::Kind;
use crate::picture::Picture;
use crate::report::{View, tables};

/// Arguments of `timeline`.
#[derive(Debug, Clone, Args)]
pub struct TimelineTable {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    then: Then,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    by: By,
    /// Only facts that an entry tells which came, or says something else, since this import of the case (0: all)
    #[arg(long, value_name = "NUMBER")]
    since_import: Option<u32>,
    /// Only facts about this person: its id, a record as AGENCY:ID, or a name
    #[arg(long, value_name = "PERSON")]
    person: Vec<String>,
    /// Only facts that this agency tells; or a file and its agency, as NAME=FILE
    #[arg(long, value_name = "AGENCY")]
    agency: Vec<String>,
    /// Only facts on or after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Day>,
    /// Only facts on or before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Day>,
    /// Only facts of this kind: observation, allegation, opinion, decision, action, contact, missed-contact
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only facts that a flag names
    #[arg(long)]
    flagged: bool,
    /// Only facts that a conclusion cites
    #[arg(long)]
    cited: bool,
}

/// Prints the merged timeline.
///
/// # Errors
/// When the exports cannot be read, a filter names nothing, or the table cannot be written.
pub fn run(args: &TimelineTable) -> Result<u8, Failure> {
    let kinds = args
        .kind
        .iter()
        .map(|kind| read_kind(kind))
        .collect::<Result<Vec<Kind>, Failure>>()?;
    let (named, agencies) = Source::named_files(&args.agency);
    let by = args.by.or_unnamed()?;
    let ready = args.source.ready()?;
    let progress = Progress::start("reading and merging the exports");
    let mut loaded = ready.load(&named)?;
    args.then.put_back(&mut loaded, &args.source);
    let picture = loaded.picture()?;
    drop(progress);
    for agency in &agencies {
        if picture.supplied.agency(agency).is_none() {
            let known: Vec<&str> = picture
                .supplied
                .agencies
                .iter()
                .map(|agency| agency.id.as_str())
                .collect();
            return Err(Failure::new(
                format!("--agency {agency}: no such agency"),
                format!("use one of: {}", known.join(", ")),
            ));
        }
    }
    let persons = args
        .person
        .iter()
        .map(|person| find_persons(&picture, person))
        .collect::<Result<Vec<_>, _>>()?
        .concat();
    let fresh = args
        .since_import
        .map(|number| entries_since(&loaded, number, args))
        .transpose()?;
    let is_fresh = |fact: &Fact| {
        let ids = fact
            .entries
            .iter()
            .filter_map(|&at| picture.supplied.entries.get(at));
        fresh.as_ref().is_none_or(|fresh| {
            ids.map(|entry| entry.id.as_str())
                .any(|id| fresh.contains(id))
        })
    };
    let flagged: BTreeSet<usize> = picture
        .flags
        .flags
        .iter()
        .flat_map(|flag| flag.facts.iter().copied())
        .collect();
    let keep_fact = |at: usize, fact: &Fact| {
        (persons.is_empty() || fact.persons.iter().any(|person| persons.contains(person)))
            && (agencies.is_empty() || tells(fact, &agencies))
            && (kinds.is_empty() || fact.kind.known().is_some_and(|kind| kinds.contains(&kind)))
            && (!args.flagged || flagged.contains(&at))
            && (!args.cited || !fact.cited_by.is_empty())
            && tables::lies_between(fact, args.from, args.until)
            && is_fresh(fact)
    };
    let keep = |at: usize| {
        picture
            .timeline
            .facts
            .get(at)
            .is_some_and(|fact| keep_fact(at, fact))
    };
    let view = if args.source.recipient.is_some() {
        View::for_recipient(&picture)
    } else {
        View::whole(&picture)
    };
    let mut leaving = Leaving::new(&mut loaded.open, &by, &picture.settings, view.is_limited());
    let table = tables::timeline(&view, &keep);
    args.output.write(&table, view.is_family(), &mut leaving)?;
    Ok(DONE)
}

/// The entries that are new or say something else since an import.
fn entries_since(
    loaded: &Loaded,
    number: u32,
    args: &TimelineTable,
) -> Result<BTreeSet<String>, Failure> {
    if !loaded.open.is_kept() {
        return Err(Failure::new(
            "--since-import: a folder of exports has no imports",
            "name a case, or use --known-at to see what was known on a day",
        ));
    }
    let then = match number {
        0 => Supplied::default(),
        _ => loaded
            .open
            .supplied_at_import(number, &args.source.limits.limits())
            .map_err(|fault| kept::told(&fault))?,
    };
    let changes = importing::changes(&then, &loaded.open.case().supplied);
    let entries = changes.into_iter().map(|one| one.entries);
    Ok(entries
        .flat_map(|one| [one.new, one.changed].concat())
        .collect())
}

fn tells(fact: &Fact, agencies: &[AgencyId]) -> bool {
    fact.agencies
        .iter()
        .chain([&fact.first_agency])
        .any(|agency| agencies.contains(agency))
}

fn read_kind(kind: &str) -> Result<Kind, Failure> {
    Kind::read(kind).ok_or_else(|| {
        let known: Vec<&str> = Kind::PHRASES.iter().map(|(_, phrase, _)| *phrase).collect();
        Failure::new(
            format!("--kind {kind}: this kind is not known"),
            format!("use one of: {}", known.join(", ")),
        )
    })
}

/// The persons that an id, a record or a name means. A name may mean several; all are shown.
pub fn find_persons(picture: &Picture, wanted: &str) -> Result<Vec<usize>, Failure> {
    let folded = fold(wanted);
    let means = |at: usize| {
        let Some(person) = picture.people.persons.get(at) else {
            return false;
        };
        let mut records = person
            .records
            .iter()
            .filter_map(|&record| picture.supplied.records.get(record));
        person.id.as_str() == wanted
            || records.any(|record| record.id.as_str() == wanted)
            || fold(&person.name) == folded
            || person.other_names.iter().any(|name| fold(name) == folded)
    };
    let found: Vec<usize> = (0..picture.people.persons.len())
        .filter(|&at| means(at))
        .collect();
    if found.is_empty() {
        let hint = "casepicture people lists the persons with their ids, names and records";
        return Err(Failure::new(
            format!("--person {wanted}: nobody of this id or name"),
            hint,
        ));
    }
    Ok(found)
}
