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
use super::unread::tell_unread;
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
    if let (Some(from), Some(until)) = (args.from, args.until)
        && from > until
    {
        return Err(Failure::new(
            format!("--from {from} is after --until {until}, so no fact lies between them"),
            format!("give the earlier day first: --from {until} --until {from}"),
        ));
    }
    let (named, agencies) = Source::named_files(&args.agency)?;
    let by = args.by.or_unnamed()?;
    let ready = args.source.ready()?;
    let progress = Progress::start("reading and merging the exports");
    let mut loaded = ready.load(&named)?;
    args.then.put_back(&mut loaded, &args.source);
    let picture = loaded.picture()?;
    drop(progress);
    let filter = Filter::of(args, (kinds, agencies), &picture, &loaded)?;
    let view = if args.source.recipient.is_some() {
        View::for_recipient(&picture)
    } else {
        View::whole(&picture)
    };
    tell_unread(&view);
    let mut leaving = Leaving::new(&mut loaded.open, &by, &picture.settings, view.is_limited());
    let table = tables::timeline(&view, &|at| filter.keeps(at));
    args.output.write(&table, view.is_family(), &mut leaving)?;
    Ok(DONE)
}

/// Which facts are asked for.
struct Filter<'a> {
    args: &'a TimelineTable,
    picture: &'a Picture,
    kinds: Vec<Kind>,
    agencies: Vec<AgencyId>,
    /// Indexes of the persons asked for.
    persons: Vec<usize>,
    /// Indexes of the facts that a flag names.
    flagged: BTreeSet<usize>,
    /// Entries that came since an import, where that was asked for.
    fresh: Option<BTreeSet<String>>,
}

impl<'a> Filter<'a> {
    fn of(
        args: &'a TimelineTable,
        (kinds, agencies): (Vec<Kind>, Vec<AgencyId>),
        picture: &'a Picture,
        loaded: &Loaded,
    ) -> Result<Self, Failure> {
        for agency in &agencies {
            refuse_unknown(agency, picture)?;
        }
        let persons = args
            .person
            .iter()
            .map(|person| find_persons(picture, person))
            .collect::<Result<Vec<_>, _>>()?
            .concat();
        let fresh = args
            .since_import
            .map(|number| entries_since(loaded, number, args))
            .transpose()?;
        let flags = picture.flags.flags.iter();
        Ok(Self {
            args,
            picture,
            kinds,
            agencies,
            persons,
            flagged: flags.flat_map(|flag| flag.facts.iter().copied()).collect(),
            fresh,
        })
    }

    fn keeps(&self, at: usize) -> bool {
        let Some(fact) = self.picture.timeline.facts.get(at) else {
            return false;
        };
        let is_one_of = |kind| self.kinds.contains(&kind);
        (self.persons.is_empty() || fact.persons.iter().any(|one| self.persons.contains(one)))
            && (self.agencies.is_empty() || tells(fact, &self.agencies))
            && (self.kinds.is_empty() || fact.kind.known().is_some_and(is_one_of))
            && (!self.args.flagged || self.flagged.contains(&at))
            && (!self.args.cited || !fact.cited_by.is_empty())
            && tables::lies_between(fact, self.args.from, self.args.until)
            && self.is_fresh(fact)
    }

    /// Whether one of its entries came since the import asked for.
    fn is_fresh(&self, fact: &Fact) -> bool {
        let Some(fresh) = &self.fresh else {
            return true;
        };
        let entries = fact.entries.iter();
        entries
            .filter_map(|&at| self.picture.supplied.entries.get(at))
            .any(|entry| fresh.contains(entry.id.as_str()))
    }
}

fn refuse_unknown(agency: &AgencyId, picture: &Picture) -> Result<(), Failure> {
    if picture.supplied.agency(agency).is_some() {
        return Ok(());
    }
    let agencies = picture.supplied.agencies.iter();
    let known: Vec<&str> = agencies.map(|agency| agency.id.as_str()).collect();
    Err(Failure::new(
        format!("--agency {agency}: no such agency"),
        format!("use one of: {}", known.join(", ")),
    ))
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
