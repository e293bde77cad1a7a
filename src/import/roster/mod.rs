//! Reads person files of a thousand to millions of rows into a [`Roster`], for linking at scale.
//!
//! A file is opened (`source`), its columns are settled (`plan`), it is read in pieces at the same time (`pieces`), the
//! records are put in the order of their ids (`ids`) and each column is made of the pieces' own (`merge`). Nothing is lost
//! in silence: rows = used + rejected, and what was left out or read in a doubtful way is told (`account`).

mod account;
mod agencies;
mod cells;
mod columns;
mod fault;
mod further;
mod ids;
mod meaning;
mod merge;
mod numbered;
mod piece;
mod pieces;
mod plan;
mod reader;
mod settle;
mod shard;
mod source;
mod spec;
mod table;
mod told;
mod unknown;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::model::date::When;
use crate::model::roster::{Column, Roster};
use crate::model::source::Reject;
use crate::model::watch::Watch;

pub use super::config::DateOrder;
pub use fault::Fault;

use account::Account;
use agencies::Agencies;
use columns::Field;
use ids::Order;
use merge::{Merged, Parts};
use piece::Piece;
use pieces::{PIECE_BYTES, Stop, Task};
use plan::{Ids, Plan};
use source::Source;

/// How the files are to be read, as far as their headers do not say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// `--map`: a field, and the column or the columns joined by `+` or `-` that it comes from.
    pub map: Vec<(String, String)>,
    /// `--compare`: further columns.
    pub compare: Vec<String>,
    /// `--date-order`; else it is found from the dates of each file.
    pub date_order: Option<DateOrder>,
    /// `--truth`: the column that says who is who.
    pub truth: Option<String>,
}

/// People read from files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// The people.
    pub roster: Roster,
    /// The files, in the order they were named.
    pub files: Vec<FileRead>,
    /// Rows and cells that were not used as given, by file and row.
    pub rejects: Vec<Reject>,
    /// What should be known of how the files were read, a sentence each.
    pub notes: Vec<String>,
}

/// One file that was read. Its rows are those that were used and those that were rejected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRead {
    /// The path as named.
    pub name: String,
    /// Rows of data; empty ones are left out.
    pub rows: usize,
    /// Rows that are records of the roster.
    pub used: usize,
    /// Rows of which nothing was used.
    pub rejected: usize,
    /// Each header with what it was read as; empty where the column is not used.
    pub columns: Vec<(String, String)>,
}

/// More pieces than this are made larger: each has a part of every shard, and many small parts are slow to go through.
const PIECES: usize = 256;

/// The part of the files whose values are numbered in one table.
const SHARD_BYTES: usize = 8 << 20;

/// Into how many parts at most, as a power of two.
const MOST_BITS: u32 = 9;

/// Reads person files.
///
/// # Errors
/// When a file cannot be read or has no names, when an option names what is not there, or when the watch says stop.
pub fn read(files: &[PathBuf], layout: &Layout, watch: &dyn Watch) -> Result<Read, Fault> {
    read_by(files, layout, watch, None)
}

fn read_by(
    files: &[PathBuf],
    layout: &Layout,
    watch: &dyn Watch,
    piece_bytes: Option<usize>,
) -> Result<Read, Fault> {
    if files.is_empty() {
        return Err(Fault::NoFile);
    }
    let mut sources = source::open_all(files, watch)?;
    let bytes: usize = sources.iter().map(Source::length).sum();
    let piece_bytes = piece_bytes.unwrap_or((bytes / PIECES).clamp(PIECE_BYTES, 4 * PIECE_BYTES));
    let (plans, further, mut pieces) = loop {
        let (mut plans, further) = plan::plans(&sources, layout)?;
        match pieces(&sources, &mut plans, piece_bytes, watch) {
            Ok(pieces) => break (plans, further, pieces),
            Err((_, Stop::Fault(fault))) => return Err(fault),
            // the header may read otherwise then
            Err((file, Stop::NotUtf8)) => {
                if let Some(source) = sources.get_mut(file) {
                    *source = source.decoded(watch)?;
                }
            }
        }
    };
    let bits = bits(&sources);
    watch.stage("putting in order", 0);
    let mut account = Account::new(&sources, &plans, &pieces);
    let order = settle_ids(&mut pieces, &plans, &sources, &mut account)?;
    if watch.is_stopped() {
        return Err(Fault::Stopped);
    }
    let mut rows: Vec<u32> = Vec::with_capacity(account.records());
    for (_, places) in &order.buckets {
        rows.par_extend(places.par_iter().map(|place| place.row));
    }
    let unused: Vec<u32> = order.repeated.iter().map(|again| again.place.row).collect();
    let parts = Parts {
        pieces: &pieces,
        plans: &plans,
        order: &order,
        rows: &rows,
        all: account.records(),
        unused: &unused,
        bits,
    };
    watch.stage("numbering values", 0);
    let roster = roster(parts, &further, layout, &mut account);
    Ok(account.told(roster, parts))
}

/// Into how many shards the values of these files are sorted, as a power of two.
fn bits(sources: &[Source]) -> u32 {
    let bytes: usize = sources.iter().map(Source::length).sum();
    (bytes / SHARD_BYTES)
        .checked_ilog2()
        .map_or(0, |log| log + 1)
        .min(MOST_BITS)
}

/// Reads the pieces of all files; a fault comes with the file that it is about.
fn pieces(
    sources: &[Source],
    plans: &mut [Plan],
    piece_bytes: usize,
    watch: &dyn Watch,
) -> Result<Vec<Piece>, (usize, Stop)> {
    watch.stage(
        "reading",
        sources.iter().map(|source| source.length() as u64).sum(),
    );
    let bits = bits(sources);
    let mut pieces = Vec::new();
    for (file, (source, plan)) in sources.iter().zip(plans).enumerate() {
        plan.shape.bits = bits;
        let task = Task {
            source,
            file,
            start: plan.start,
            shape: &plan.shape,
            piece_bytes,
        };
        pieces.extend(pieces::read_all(task, watch).map_err(|stop| (file, stop))?);
    }
    Ok(pieces)
}

/// Gives every record its id and puts them in order.
fn settle_ids(
    pieces: &mut [Piece],
    plans: &[Plan],
    sources: &[Source],
    account: &mut Account,
) -> Result<Order, Fault> {
    if account.records() > 2_000_000_000 {
        return Err(Fault::Records);
    }
    let stems: Vec<String> = sources.iter().map(|source| source.stem.clone()).collect();
    let by_row: Vec<bool> = plans.iter().map(|plan| plan.ids == Ids::Rows).collect();
    account.number_rows(pieces, plans, &by_row);
    let order = ids::order(pieces, Agencies::new(pieces, plans, &stems)?);
    let guessed = account.wrongly_guessed(&order, plans, pieces);
    if !guessed.contains(&true) {
        return Ok(order);
    }
    account.number_rows(pieces, plans, &guessed);
    Ok(ids::order(pieces, Agencies::new(pieces, plans, &stems)?))
}

/// Puts the roster together.
fn roster(parts: Parts, further: &[String], layout: &Layout, account: &mut Account) -> Roster {
    let orders = account.date_orders(parts, layout);
    let (columns, ids) = rayon::join(
        || columns(parts, &orders),
        || parts.order.printed(parts.pieces),
    );
    let mut roster = Roster {
        agencies: parts.order.agencies.clone(),
        agency: Vec::with_capacity(parts.rows.len()),
        ids,
        births: vec![When::default()],
        further: further
            .iter()
            .map(|name| (name.clone(), Column::default()))
            .collect(),
        ..Roster::default()
    };
    for (agency, places) in &parts.order.buckets {
        let records = roster.agency.len() + places.len();
        roster.agency.resize(records, *agency);
    }
    for (field, merged) in columns {
        if field == Field::Birth {
            let (births, unreadable) = meaning::births(&merged);
            account.unreadable(&merged, &unreadable, parts);
            roster.births = births;
        }
        put(&mut roster, field, merged);
    }
    let (sexes, unknown) = meaning::sexes(&roster.sex);
    account.unknown_sexes(&unknown);
    roster.sexes = sexes;
    roster
}

/// Makes the columns, several at a time.
fn columns(parts: Parts, orders: &[DateOrder]) -> Vec<(Field, Merged)> {
    let fields = parts
        .plans
        .iter()
        .flat_map(|plan| plan.fields.iter().cloned());
    let fields: BTreeSet<Field> = fields.filter(|field| *field != Field::Agency).collect();
    let way = |file: usize, value: &str| {
        orders
            .get(file)
            .map_or(0, |order| meaning::way(*order, value))
    };
    // only then is a date alone not enough to tell how it is to be read
    let mixed = orders.windows(2).any(|two| two.first() != two.last());
    // the longest first, so that no thread is left alone with one of them at the end
    let mut by_length: Vec<Field> = fields.into_iter().collect();
    by_length.sort_by_cached_key(|field| std::cmp::Reverse(merge::length(parts, field)));
    let columns = by_length.into_iter().par_bridge();
    let columns: BTreeMap<Field, Merged> = columns
        .map(|field| {
            let apart: Option<merge::Way> = (field == Field::Birth && mixed).then_some(&way);
            let mut merged = merge::column(parts, &field, apart);
            if field == Field::Birth && !mixed {
                merged.ways = merged
                    .column
                    .values
                    .iter()
                    .map(|value| way(0, value))
                    .collect();
            }
            (field, merged)
        })
        .collect();
    columns.into_iter().collect()
}

fn put(roster: &mut Roster, field: Field, merged: Merged) {
    let column = merged.column;
    match field {
        Field::Given => roster.given = column,
        Field::Middle => roster.middle = column,
        Field::Family => roster.family = column,
        Field::Other => roster.other = column,
        Field::Full => roster.full = column,
        Field::Birth => roster.birth = column,
        Field::Sex => roster.sex = column,
        Field::Address => roster.address = column,
        Field::Postcode => roster.postcode = column,
        Field::Phone => roster.phone = column,
        Field::Email => roster.email = column,
        Field::Household => roster.household = column,
        Field::Truth => roster.truth = column,
        Field::Identifier(scheme) => roster.identifiers.push((scheme, column)),
        Field::Further(at) => {
            if let Some((_, further)) = roster.further.get_mut(at) {
                *further = column;
            }
        }
        Field::Agency | Field::RecordId => {}
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
#[path = "column_tests.rs"]
mod column_tests;

#[cfg(test)]
#[path = "value_tests.rs"]
mod value_tests;

#[cfg(test)]
#[path = "hostile_tests.rs"]
mod hostile_tests;
