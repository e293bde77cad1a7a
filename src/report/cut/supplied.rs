//! What the agencies supplied, as far as it stays: of the files only the rows that something shown came from.

use std::collections::{BTreeMap, BTreeSet};

use super::Cut;
use crate::model::id::AgencyId;
use crate::model::record::Record;
use crate::model::source::{RowRef, Sheet, SourceFile};
use crate::model::supply::{Citation, Cited, Supplied};
use crate::picture::PROTECTED;
use crate::sharing::Rules;

/// A file that is not there.
const NOWHERE: u32 = u32::MAX - 1;

/// Cuts what was supplied.
pub fn cut(cut: &Cut<'_>) -> Supplied {
    let all = &cut.picture.supplied;
    let is_shown = |id: &crate::model::id::RecordId| {
        let at = all.record(id);
        at.is_some_and(|at| cut.records.at(at).is_some())
    };
    let may_know = |agency: &AgencyId| cut.is_for_own() || cut.view.is_recipient(agency);
    let is_family = cut.view.is_family();
    let mut left = Supplied {
        agencies: kept(&all.agencies, |one| cut.agencies.contains(&one.id)),
        records: records(cut),
        entries: cut.entries.of(&all.entries),
        relationships: kept(&all.relationships, |one| {
            is_shown(&one.record) && is_shown(&one.related)
        }),
        involvements: kept(&all.involvements, |one| {
            !is_family && may_know(&one.agency) && is_shown(&one.record)
        }),
        coverage: kept(&all.coverage, |one| {
            !is_family && cut.agencies.contains(&one.agency)
        }),
        requests: kept(&all.requests, |one| cut.is_party(one)),
        consultations: kept(&all.consultations, |one| {
            cut.view.is_recipient(&one.consulted) || cut.view.is_recipient(&AgencyId::new(&one.by))
        }),
        citations: citations(cut),
        config: all.config.clone(),
        ..Supplied::default()
    };
    for entry in &mut left.entries {
        entry
            .cites
            .retain(|id| all.entry(id).is_some_and(|at| cut.entries.at(at).is_some()));
        entry
            .origin
            .entries
            .retain(|id| all.entry(id).is_some_and(|at| cut.entries.at(at).is_some()));
        entry.persons.retain(is_shown);
    }
    let own = cut.picture.settings.own_agency.as_ref();
    let rules = Rules::of(all, &cut.picture.vocabulary, own);
    let is_read_out = |file: &SourceFile, cell: &str| {
        cut.is_for_own()
            || file.agency.as_ref().is_some_and(may_know)
            || !rules.holds_protected_detail(cell)
    };
    files(&all.files, &hidden_rows(cut), &is_read_out, &mut left);
    left
}

fn kept<T: Clone>(list: &[T], stays: impl Fn(&T) -> bool) -> Vec<T> {
    list.iter().filter(|one| stays(one)).cloned().collect()
}

/// The records that stay, without where somebody lives whose address is protected, unless the recipient said it.
fn records(cut: &Cut<'_>) -> Vec<Record> {
    let guard = &cut.picture.guard.records;
    let hidden = hidden_rows(cut);
    let kept = cut.records.kept.iter().filter_map(|at| {
        let mut record = cut.picture.supplied.records.get(*at)?.clone();
        let is_guarded = guard.get(*at).copied().unwrap_or(record.protected_address);
        if cut.view.is_family() || is_guarded && !cut.view.is_recipient(record.id.agency()) {
            without_place(&mut record);
        }
        record.rows.retain(|row| !hidden.contains(row));
        Some(record)
    });
    kept.collect()
}

/// The rows in which what is held back stands: one that tells of an incident may also describe who was there.
fn hidden_rows(cut: &Cut<'_>) -> BTreeSet<RowRef> {
    let all = cut.picture.supplied.entries.iter().enumerate();
    let mut hidden = BTreeSet::new();
    for (at, entry) in all {
        if cut.entries.at(at).is_none() {
            hidden.extend(entry.rows.iter().copied());
        }
    }
    for entry in cut.entries.of(&cut.picture.supplied.entries) {
        for row in &entry.rows {
            hidden.remove(row);
        }
    }
    hidden
}

/// Takes out where somebody lives and how they are reached, and the row in which that stands.
fn without_place(record: &mut Record) {
    record.address.clear();
    record.postcode.clear();
    record.uprn.clear();
    record.phones.clear();
    record.emails.clear();
    record.household_id.clear();
    record.rows.clear();
}

/// The citations of what stays.
fn citations(cut: &Cut<'_>) -> Vec<Citation> {
    let conclusions = &cut.picture.reliance.conclusions;
    let told: BTreeSet<&str> = conclusions
        .iter()
        .filter(|one| cut.facts.has_all(&one.facts) && cut.facts.has_all(&one.not_counted))
        .map(|one| one.id.as_str())
        .collect();
    let stays = |one: &Citation| {
        let cited = match &one.cited {
            Cited::Entry(id) => cut
                .picture
                .supplied
                .entry(id)
                .is_some_and(|at| cut.entries.at(at).is_some()),
            Cited::Fact(id) => {
                let mut facts = cut.facts.kept.iter();
                facts.any(|at| {
                    let fact = cut.picture.timeline.facts.get(*at);
                    fact.is_some_and(|fact| fact.id == *id)
                })
            }
        };
        cited && told.contains(one.conclusion.as_str()) && !cut.view.is_family()
    };
    kept(&cut.picture.supplied.citations, stays)
}

/// Keeps of each file the rows that something came from, and drops files of which none is left. Every row that is named
/// afterwards is named in the files that stay.
fn files(
    all: &[SourceFile],
    hidden: &BTreeSet<RowRef>,
    is_read_out: &dyn Fn(&SourceFile, &str) -> bool,
    left: &mut Supplied,
) {
    let mut wanted: BTreeMap<(u32, u16), BTreeSet<u32>> = BTreeMap::new();
    for_each_row(left, |row| {
        if !hidden.contains(row) {
            let rows = wanted.entry((row.file, row.sheet)).or_default();
            rows.insert(row.row);
        }
    });
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    for (at, file) in (0u32..).zip(all) {
        let rows: usize = wanted
            .range((at, 0)..=(at, u16::MAX))
            .map(|(_, rows)| rows.len())
            .sum();
        if rows == 0 {
            continue;
        }
        let sheets = (0u16..).zip(&file.sheets);
        let sheets = sheets.map(|(number, sheet)| {
            let rows = wanted.get(&(at, number));
            only(sheet, rows, &|cell| is_read_out(file, cell))
        });
        places.insert(at, left.files.len() as u32);
        left.files.push(SourceFile {
            path: file.path.clone(),
            agency: file.agency.clone(),
            sha256: file.sha256.clone(),
            profile: file.profile.clone(),
            encoding: file.encoding.clone(),
            rows,
            used: rows,
            rejected: 0,
            sheets: sheets.collect(),
        });
    }
    for_each_row(left, |row| {
        // what an analyst set names no file and stays as it is
        if row.file != u32::MAX {
            row.file = places.get(&row.file).copied().unwrap_or(NOWHERE);
        }
    });
}

/// A sheet with these rows alone, and of them what is read out.
fn only(sheet: &Sheet, rows: Option<&BTreeSet<u32>>, is_read_out: &dyn Fn(&str) -> bool) -> Sheet {
    let mut left = Sheet::default();
    left.name.clone_from(&sheet.name);
    left.headers.clone_from(&sheet.headers);
    left.meanings.clone_from(&sheet.meanings);
    for number in rows.into_iter().flatten() {
        let cells = sheet.row(*number).into_iter();
        let cells = cells.map(|cell| if is_read_out(cell) { cell } else { PROTECTED });
        left.push(*number, &cells.collect::<Vec<_>>());
    }
    left
}

fn for_each_row(left: &mut Supplied, mut with: impl FnMut(&mut RowRef)) {
    let records = left.records.iter_mut().flat_map(|one| &mut one.rows);
    let entries = left.entries.iter_mut().flat_map(|one| &mut one.rows);
    let relationships = left.relationships.iter_mut().map(|one| &mut one.row);
    let involvements = left.involvements.iter_mut().map(|one| &mut one.row);
    let coverage = left.coverage.iter_mut().map(|one| &mut one.row);
    let requests = left.requests.iter_mut().map(|one| &mut one.row);
    let consultations = left.consultations.iter_mut().map(|one| &mut one.row);
    let citations = left.citations.iter_mut().map(|one| &mut one.row);
    records
        .chain(entries)
        .chain(relationships)
        .chain(involvements)
        .chain(coverage)
        .chain(requests)
        .chain(consultations)
        .chain(citations)
        .for_each(&mut with);
}
