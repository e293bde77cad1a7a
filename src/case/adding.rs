//! What adds to a case: exports, and the decisions of another copy. Each is one transaction.

use std::sync::Arc;

use super::importing::{self, Held, ImportOptions, Plan};
use super::store::{NewExport, Store, StoredExport};
use super::{CaseError, Hand, OpenCase, bring, made};
use crate::import::{Folder, Limits};
use crate::model::decision::Decision;
use crate::model::supply::Supplied;
use crate::model::watch::Watch;

/// What an import did.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Its number; `None` when there was nothing that the case did not hold.
    pub number: Option<u32>,
    /// What was planned and is done now.
    pub plan: Plan,
    /// For each file that took the place of an older one: its path, and that of the older one.
    pub newer: Vec<(String, String)>,
}

/// What bringing the decisions of another copy did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtIn {
    /// How many decisions were added.
    pub added: usize,
    /// Pairs decided differently, ours and theirs; they are questions now.
    pub contested: Vec<(Decision, Decision)>,
    /// Decisions added that name a record or entry which is not in the exports here.
    pub lost: Vec<Decision>,
}

impl OpenCase {
    /// Imports exports: all of it, or nothing when something goes wrong.
    ///
    /// # Errors
    /// When the case is in memory only, a file cannot be read and may not be left out, nothing can be used, or the case
    /// cannot be written.
    pub fn import(
        &mut self,
        given: &Folder,
        limits: &Limits,
        options: ImportOptions,
        hand: Hand<'_>,
    ) -> Result<Imported, CaseError> {
        let decisions = self.case.decisions.clone();
        let before = Arc::clone(&self.case.supplied);
        let store = self.store.as_mut().ok_or(CaseError::InMemory("import"))?;
        let current = current(store)?;
        let held: Vec<Held> = current.iter().map(|(_, held)| held.clone()).collect();
        let mut plan = importing::plan(&held, (&before, &decisions), given, limits, options)?;
        let newer = |(new, older): &(Held, Option<usize>)| {
            let older = held.get((*older)?)?;
            Some((new.path.clone(), older.path.clone()))
        };
        let newer = plan.files.iter().filter_map(newer).collect();
        if plan.is_nothing() {
            return Ok(Imported {
                number: None,
                plan,
                newer,
            });
        }
        let number = store.write(|writing| {
            let import = writing.add_import(hand)?;
            for (new, older) in &plan.files {
                if let Some((old, _)) = older.and_then(|at| current.get(at)) {
                    writing.replace_export(*old, import)?;
                }
                writing.add_export(&NewExport {
                    path: &new.path,
                    agency: new.named.as_ref(),
                    found: new.found.as_ref(),
                    bytes: &new.bytes,
                    import,
                })?;
            }
            writing.log_import(import, hand)?;
            Ok(import)
        })?;
        self.case.supplied = Arc::new(std::mem::take(&mut plan.supplied));
        Ok(Imported {
            number: Some(number),
            plan,
            newer,
        })
    }

    /// Adds what another copy of this case decided; what both decided differently becomes a question.
    ///
    /// # Errors
    /// When the case is in memory only or cannot be written; then nothing was added.
    pub fn bring(&mut self, other: &Self, hand: Hand<'_>) -> Result<BroughtIn, CaseError> {
        let head = other.head()?.to_string();
        let ours = &self.case.decisions;
        let brought = bring::plan(ours, &other.case.decisions);
        let questions = bring::questions(&brought);
        let largest = ours
            .iter()
            .chain(&brought.added)
            .map(|one| one.number)
            .max();
        let first = largest.unwrap_or(0) + 1;
        let questions = questions.into_iter().zip(first..).map(|(verdict, number)| {
            let why = "decided differently in two copies of the case";
            made((number, 0), (verdict, Vec::new()), why, hand)
        });
        let questions: Vec<Decision> = questions.collect();
        if brought.added.is_empty() && questions.is_empty() {
            return Ok(BroughtIn {
                added: 0,
                contested: Vec::new(),
                lost: Vec::new(),
            });
        }
        let store = self
            .store
            .as_mut()
            .ok_or(CaseError::InMemory("file to add decisions to"))?;
        store.write(|writing| {
            writing.add_brought(&brought.added, &head, hand)?;
            if questions.is_empty() {
                return Ok(());
            }
            writing.add_decisions(&questions, hand)
        })?;
        self.case.decisions = bring::together(&self.case.decisions, &brought, questions);
        let is_added = |one: &&Decision| brought.added.iter().any(|added| added.id == one.id);
        let lost = importing::orphans(&self.case.supplied, &self.case.decisions).filter(is_added);
        Ok(BroughtIn {
            added: brought.added.len(),
            lost: lost.cloned().collect(),
            contested: brought.contested,
        })
    }

    /// What the agencies had supplied after the import of this number, read anew.
    ///
    /// # Errors
    /// When there was no such import, or its exports cannot be read any more.
    pub fn supplied_at_import(&self, number: u32, limits: &Limits) -> Result<Supplied, CaseError> {
        let store = self.store.as_ref().ok_or(CaseError::InMemory("import"))?;
        let imports = store.imports()?;
        if !imports.iter().any(|import| import.number == number) {
            let last = imports
                .iter()
                .map(|import| import.number)
                .max()
                .unwrap_or(0);
            return Err(CaseError::Unknown {
                problem: format!("import {number}: this case has no such import"),
                hint: match last {
                    0 => "casepicture import CASE EXPORTS makes the first".to_owned(),
                    _ => format!("give a number from 1 to {last}"),
                },
            });
        }
        let was_there = |export: &StoredExport| {
            export.import <= number && export.replaced_by.is_none_or(|by| by > number)
        };
        let held: Vec<Held> = held(store, was_there)?
            .into_iter()
            .map(|(_, held)| held)
            .collect();
        importing::read(&held, limits)
    }
}

impl OpenCase {
    /// The bytes of a file that the case holds now, by its path; `None` when it holds none.
    ///
    /// # Errors
    /// When the case is in memory only, or cannot be read.
    pub fn held(&self, path: &str) -> Result<Option<Vec<u8>>, CaseError> {
        let store = self.store.as_ref().ok_or(CaseError::InMemory("import"))?;
        let exports = store.exports()?;
        let is_it = |one: &&StoredExport| one.replaced_by.is_none() && one.path == path;
        let found = exports.iter().find(is_it);
        found.map(|one| store.bytes(one.id)).transpose()
    }
}

/// Reads what the case holds now.
///
/// # Errors
/// When an export cannot be read any more.
pub fn read_current(
    store: &Store,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Supplied, CaseError> {
    let held: Vec<Held> = current(store)?.into_iter().map(|(_, held)| held).collect();
    importing::read_watched(&held, limits, watch)
}

/// The exports that hold now, each with its number.
fn current(store: &Store) -> Result<Vec<(u32, Held)>, CaseError> {
    held(store, |export| export.replaced_by.is_none())
}

fn held(
    store: &Store,
    wanted: impl Fn(&StoredExport) -> bool,
) -> Result<Vec<(u32, Held)>, CaseError> {
    let exports = store.exports()?.into_iter().filter(wanted);
    let with_bytes = exports.map(|export| {
        let bytes = store.bytes(export.id)?;
        let held = Held {
            path: export.path,
            named: export.agency,
            found: export.found,
            bytes,
        };
        Ok((export.id, held))
    });
    with_bytes.collect()
}
