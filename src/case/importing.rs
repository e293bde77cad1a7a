//! What an import does to a case: which files are the same, new, or newer exports of files it holds, and what that changes.
//!
//! Nothing is written here: a plan is made from what is held and what is given, and the store carries it out whole.

use std::collections::{BTreeMap, BTreeSet};

use super::CaseError;
pub use super::changes::{Changes, Difference, changes};
use crate::import::{self, Folder, InputFile, Limits};
use crate::model::decision::{Decision, standing};
use crate::model::id::AgencyId;
use crate::model::source::{RowRef, SourceFile};
use crate::model::supply::Supplied;
use crate::model::watch::{Unwatched, Watch};

/// The file that sets a case up; it is nobody's export.
const CASE_TOML: &str = "case.toml";

/// A file that the case holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its path under the folder it came in.
    pub path: String,
    /// The agency that was named for it at import.
    pub named: Option<AgencyId>,
    /// The agency it was found to be from at import; `None` where its rows say so, or where it needs none.
    pub found: Option<AgencyId>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How an import is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOptions {
    /// Leave out files that cannot be read, instead of refusing the whole import.
    pub skip_unreadable: bool,
}

/// What becomes of one file that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The case holds these bytes already: nothing is done.
    Same,
    /// It is added.
    New,
    /// It takes the place of the file held at this position.
    Newer(usize),
}

/// What an import will do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Files to add, each with the position of the held file that it takes the place of.
    pub files: Vec<(Held, Option<usize>)>,
    /// All files given, by path, with what becomes of them.
    pub taken: Vec<(String, Taken)>,
    /// Files that were left out, with the reason.
    pub left_out: Vec<(String, String)>,
    /// What changes, by agency.
    pub changes: Vec<Changes>,
    /// Decisions whose record or entry is gone with this import.
    pub lost: Vec<Decision>,
    /// What the case will be read as.
    pub supplied: Supplied,
}

impl Plan {
    /// Whether the case stays as it is.
    pub fn is_nothing(&self) -> bool {
        self.files.is_empty()
    }
}

/// The folder that files held make. Where some lie in folders, an agency told by a file's own name is named outright, since
/// the rule for flat folders does not hold then.
pub fn folder_of(held: &[Held]) -> Folder {
    let in_folders = held.iter().any(|file| file.path.contains('/'));
    let files = held.iter().map(|file| InputFile {
        path: file.path.clone(),
        bytes: Ok(file.bytes.clone()),
        agency: match &file.named {
            Some(named) => Some(named.clone()),
            None if in_folders && !file.path.contains('/') => file.found.clone(),
            None => None,
        },
    });
    let mut files: Vec<InputFile> = files.collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Folder {
        files,
        skipped: Vec::new(),
    }
}

/// Reads what a case holds. A case that holds nothing yet is an empty one.
///
/// # Errors
/// When none of its files can be read any more.
pub fn read(held: &[Held], limits: &Limits) -> Result<Supplied, CaseError> {
    read_watched(held, limits, &Unwatched)
}

/// The same, watched.
///
/// # Errors
/// As for [`read`], and when it was stopped.
pub fn read_watched(
    held: &[Held],
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Supplied, CaseError> {
    if held.iter().all(|file| file.path == CASE_TOML) {
        return Ok(Supplied::default());
    }
    let read = import::read_watched(&folder_of(held), limits, watch);
    read.map_err(|fault| CaseError::Exports(fault.to_string()))
}

/// Plans an import into a case that holds these files, was read as `before`, and in which this was decided.
///
/// A file with bytes that the case holds already, from the same agency, is the same. One with the path of a file held, or of
/// the same agency and kind and with at least half of the ids of a file held, is a newer export of it. Any other is new.
///
/// # Errors
/// When a file cannot be read and may not be left out, or nothing can be used.
pub fn plan(
    held: &[Held],
    (before, decisions): (&Supplied, &[Decision]),
    given: &Folder,
    limits: &Limits,
    options: ImportOptions,
) -> Result<Plan, CaseError> {
    let mut plan = Plan::default();
    let read = read_given((held, before), given, limits, options, &mut plan.left_out)?;
    let is_set_up = |path: &str| sets_up(before, path) || sets_up(&read, path);
    let ids_held = ids_by_file(before);
    let ids_given = ids_by_file(&read);
    let mut free: BTreeSet<usize> = (0..held.len()).collect();
    let has_heir = |at: usize| given.files.iter().any(|file| file.path == held[at].path);
    for file in &given.files {
        let Ok(bytes) = &file.bytes else { continue };
        let source = read.files.iter().find(|one| one.path == file.path);
        if !is_set_up(&file.path) && source.is_none_or(|source| source.profile.is_empty()) {
            continue;
        }
        let new = Held {
            path: file.path.clone(),
            named: file.agency.clone(),
            found: source.and_then(|source| source.agency.clone()),
            bytes: bytes.clone(),
        };
        let is_same = |one: &Held| {
            one.bytes == new.bytes
                && (one.found == new.found || one.path == new.path)
                && (is_set_up(&one.path) || is_set_up(&new.path)) <= (one.path == new.path)
        };
        if held.iter().any(is_same) {
            plan.taken.push((new.path, Taken::Same));
            continue;
        }
        let by_path = held.iter().position(|one| one.path == new.path);
        let older = by_path
            .or_else(|| {
                let mut free = free.clone();
                free.retain(|at| !has_heir(*at));
                older_export(held, &free, &new, (&ids_held, &ids_given))
            })
            .filter(|at| free.remove(at));
        plan.taken
            .push((new.path.clone(), older.map_or(Taken::New, Taken::Newer)));
        plan.files.push((new, older));
    }
    if plan.is_nothing() {
        plan.supplied = before.clone();
        return Ok(plan);
    }
    let after = after(held, &plan);
    plan.supplied = self::read(&after, limits)?;
    plan.changes = changes(before, &plan.supplied);
    let known: BTreeSet<u32> = orphans(before, decisions).map(|one| one.number).collect();
    plan.lost = orphans(&plan.supplied, decisions)
        .filter(|one| !known.contains(&one.number))
        .cloned()
        .collect();
    Ok(plan)
}

/// The files that the case holds once a plan is carried out.
pub fn after(held: &[Held], plan: &Plan) -> Vec<Held> {
    let replaced: BTreeSet<usize> = plan.files.iter().filter_map(|(_, older)| *older).collect();
    let stay = held
        .iter()
        .enumerate()
        .filter(|(at, _)| !replaced.contains(at));
    let stay = stay.map(|(_, file)| file.clone());
    stay.chain(plan.files.iter().map(|(new, _)| new.clone()))
        .collect()
}

/// Decisions that stand and name a record or an entry that no export has now. They are kept, and hold again when it comes
/// back.
pub fn orphans<'a>(
    supplied: &'a Supplied,
    decisions: &'a [Decision],
) -> impl Iterator<Item = &'a Decision> {
    standing(decisions).filter(|decision| {
        let verdict = &decision.verdict;
        verdict
            .records()
            .iter()
            .any(|id| supplied.record(id).is_none())
            || verdict
                .entries()
                .iter()
                .any(|id| supplied.entry(id).is_none())
    })
}

/// Whether a file sets the case up and is nobody's export: `case.toml`, and the hub's own codes and mapping files
/// that it names.
fn sets_up(supplied: &Supplied, path: &str) -> bool {
    let own_codes = supplied.config.vocabulary.as_ref();
    path == CASE_TOML
        || own_codes.is_some_and(|own| own.file == path)
        || supplied.config.mappings.contains(path)
}

/// Reads what is given, with the files that set the case up where they are not given anew, and finds what cannot be read.
fn read_given(
    (held, before): (&[Held], &Supplied),
    given: &Folder,
    limits: &Limits,
    options: ImportOptions,
    left_out: &mut Vec<(String, String)>,
) -> Result<Supplied, CaseError> {
    let sets_up_alone = |file: &InputFile| sets_up(before, &file.path);
    if given.files.iter().all(sets_up_alone) && !given.files.is_empty() {
        return Ok(Supplied::default());
    }
    let is_given = |path: &str| given.files.iter().any(|file| file.path == path);
    let kept = held
        .iter()
        .filter(|file| sets_up(before, &file.path) && !is_given(&file.path));
    let kept: Vec<Held> = kept.cloned().collect();
    let mut all = folder_of(&kept);
    all.files.extend(given.files.iter().cloned());
    all.skipped.clone_from(&given.skipped);
    let read = import::read(&all, limits).map_err(|fault| CaseError::Exports(fault.to_string()))?;
    let whole_file = read.rejects.iter().filter(|reject| reject.row.is_none());
    for reject in whole_file {
        let is_unread = |file: &SourceFile| file.path == reject.file && file.profile.is_empty();
        if read.files.iter().any(is_unread) {
            if !options.skip_unreadable {
                return Err(CaseError::Exports(format!(
                    "{}: {}\n  hint: {}; or add --skip-unreadable to leave this file out",
                    reject.file, reject.problem, reject.hint
                )));
            }
            left_out.push((reject.file.clone(), reject.problem.clone()));
        }
    }
    Ok(read)
}

/// The held file of which a new one is a newer export under another name: the same agency, the same kinds of rows, and at
/// least half of its ids; of several the one with the most.
fn older_export(
    held: &[Held],
    free: &BTreeSet<usize>,
    new: &Held,
    (ids_held, ids_given): (&Ids<'_>, &Ids<'_>),
) -> Option<usize> {
    let given = ids_given.get(new.path.as_str())?;
    let kinds = |ids: &BTreeSet<Id<'_>>| ids.iter().map(Id::kind).collect::<BTreeSet<u8>>();
    let mut found: Option<(usize, usize)> = None;
    for &at in free {
        let old = &held[at];
        let Some(ids) = ids_held.get(old.path.as_str()) else {
            continue;
        };
        let shared = ids.intersection(given).count();
        let is_newer = old.found == new.found
            && shared * 2 >= ids.len()
            && shared > 0
            && kinds(ids) == kinds(given);
        if is_newer && found.is_none_or(|(most, _)| shared > most) {
            found = Some((shared, at));
        }
    }
    found.map(|(_, at)| at)
}

/// What a row of a file is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Id<'a> {
    Record(&'a str),
    Entry(&'a str),
    Request(&'a str),
    /// The cells of a row that has no id of its own.
    Cells(Vec<&'a str>),
}

impl Id<'_> {
    fn kind(&self) -> u8 {
        match self {
            Self::Record(_) => 0,
            Self::Entry(_) => 1,
            Self::Request(_) => 2,
            Self::Cells(_) => 3,
        }
    }
}

type Ids<'a> = BTreeMap<&'a str, BTreeSet<Id<'a>>>;

/// What the rows of each file are known by; rows without any id of their own, by their cells.
fn ids_by_file(supplied: &Supplied) -> Ids<'_> {
    let mut ids = Ids::new();
    let path = |row: &RowRef| {
        supplied
            .files
            .get(row.file as usize)
            .map(|file| file.path.as_str())
    };
    let named = (supplied
        .records
        .iter()
        .map(|one| (&one.rows[..], Id::Record(one.id.as_str()))))
    .chain(
        supplied
            .entries
            .iter()
            .map(|one| (&one.rows[..], Id::Entry(one.id.as_str()))),
    );
    for (rows, id) in named {
        for file in rows.iter().filter_map(path) {
            ids.entry(file).or_default().insert(id.clone());
        }
    }
    for request in &supplied.requests {
        if let Some(file) = path(&request.row) {
            ids.entry(file)
                .or_default()
                .insert(Id::Request(&request.id));
        }
    }
    for file in supplied
        .files
        .iter()
        .filter(|file| !file.profile.is_empty())
    {
        if ids.contains_key(file.path.as_str()) {
            continue;
        }
        let rows = file
            .sheets
            .iter()
            .flat_map(|sheet| sheet.numbers().map(|row| sheet.row(row)));
        ids.insert(&file.path, rows.map(Id::Cells).collect());
    }
    ids
}

#[cfg(test)]
#[path = "importing_tests.rs"]
mod tests;
