//! Takes what is known of one person out of a case: their records, the entries about nobody else, and what was decided of
//! them, from the current exports and from those that newer ones replaced.
//!
//! Rows go whole. What is about others too (an entry about several persons, a request) stays as its agency supplied it and
//! is told to the analyst; a relationship goes, since it says nothing without the person. Afterwards the case is searched for
//! what identifies the person and nobody else in it, and whatever is still found is told.

mod compare;
mod decisions;
mod rows;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Draft;
use super::importing::{self, Held, folder_of};
use super::store::{Store, StoredExport};
use super::{CaseError, Hand, OpenCase};
use crate::import::Limits;
use crate::import::cut::{Rows, cut, raw_text};
use crate::model::case::Case;
use crate::model::decision::{Decision, settle};
use crate::model::id::{DecisionId, RecordId};
use crate::model::record::Record;
use crate::model::settings::Settings;
use crate::model::source::RowRef;
use crate::model::supply::Supplied;
use crate::picture::Picture;
use decisions::{Gone, Left};
use rows::Found;
use search::Marks;

/// After how many looks no further row is found: rows that repeat each other show only once the first of them is gone.
const LOOKS: usize = 8;

/// What erasing did, in words for the analyst.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// How many rows are gone, by file.
    pub rows: Vec<(String, usize)>,
    /// Decisions that are gone.
    pub decisions: Vec<DecisionId>,
    /// How many decisions about others say less than before.
    pub changed: usize,
    /// How many half-typed texts are gone.
    pub drafts: usize,
    /// Relationships to others that went with the person: what it was, and to whom.
    pub relationships: Vec<String>,
    /// What is about others too and stays: what it is, where, and about whom else.
    pub shared: Vec<String>,
    /// Where else something of the person may still be, and what.
    pub left: Vec<String>,
}

/// Something that is about others too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    /// Where, as `file#row`.
    place: String,
    /// What it is: an entry's id, a request, a relationship.
    what: String,
    /// About whom else.
    others: Vec<RecordId>,
}

impl Shared {
    fn told(&self, version: &str) -> String {
        let others: Vec<&str> = self.others.iter().map(RecordId::as_str).collect();
        let others = match others.as_slice() {
            [] => String::new(),
            ids => format!(", about {} too", ids.join(", ")),
        };
        format!("{} in {}{version}{others}", self.what, self.place)
    }
}

impl OpenCase {
    /// Erases a person, given by their records. When this returns, the rows and decisions are gone from the file.
    ///
    /// Copies of the case, backups and the exports that the agencies sent are not reached; importing one of them again brings
    /// the person back.
    ///
    /// # Errors
    /// When the case is in memory only, nothing in it names these records, a file cannot be cut, or the case cannot be
    /// written; then nothing was erased.
    pub fn erase(
        &mut self,
        records: &[RecordId],
        limits: &Limits,
        hand: Hand<'_>,
    ) -> Result<Erased, CaseError> {
        let store = self.store.as_mut();
        let store = store.ok_or(CaseError::InMemory("file to erase from"))?;
        let kept = kept(store)?;
        let mut decided = store.decisions()?;
        settle(&mut decided);
        let plan = Plan::of(&kept, (&self.case, &decided), records, limits)?;
        let drafts = store.drafts()?;
        let (gone, rest): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| plan.concerns(draft));
        let is_anything = !plan.cuts.is_empty() || !plan.decisions.is_nothing() || !gone.is_empty();
        let mut erased = plan.erased(&kept, gone.len());
        if is_anything {
            store.write(|writing| {
                for (at, (bytes, _)) in &plan.cuts {
                    if let Some((export, _)) = kept.get(*at) {
                        writing.set_export_bytes(export.id, bytes)?;
                    }
                }
                writing.remove_decisions(&plan.decisions.gone)?;
                for decision in &plan.decisions.less {
                    writing.set_decision(decision)?;
                }
                if !gone.is_empty() {
                    writing.remove_drafts()?;
                    writing.add_drafts(&rest)?;
                }
                writing.log_erased(hand)
            })?;
            if store.compact().is_err() {
                // what was erased is overwritten already, only its room is still there
                let told = "the room that the rows took: it is overwritten, but the file could not be made smaller";
                erased.left.push(told.to_owned());
            }
        }
        let decided = store.decisions()?;
        erased.left.extend(plan.left(&kept, &decided, store)?);
        self.case.decisions = decided;
        settle(&mut self.case.decisions);
        self.case.supplied = Arc::new(plan.into_current());
        Ok(erased)
    }
}

/// All exports with their bytes.
fn kept(store: &Store) -> Result<Vec<(StoredExport, Held)>, CaseError> {
    let exports = store.exports()?.into_iter().map(|export| {
        let held = Held {
            path: export.path.clone(),
            named: export.agency.clone(),
            found: export.found.clone(),
            bytes: store.bytes(export.id)?,
        };
        Ok((export, held))
    });
    exports.collect()
}

/// The exports that were current at one time, read.
struct Version {
    /// What is said behind a place in it; blank for the current one.
    name: String,
    /// Its exports, as positions in the list of all.
    exports: Vec<usize>,
    before: Supplied,
    found: Found,
    after: Supplied,
}

/// What erasing will do.
struct Plan {
    versions: Vec<Version>,
    /// By export: its new bytes, and how many rows are gone.
    cuts: BTreeMap<usize, (Vec<u8>, usize)>,
    gone: Gone,
    decisions: Left,
    marks: Marks,
}

impl Plan {
    fn of(
        kept: &[(StoredExport, Held)],
        (case, decided): (&Case, &[Decision]),
        records: &[RecordId],
        limits: &Limits,
    ) -> Result<Self, CaseError> {
        let person: BTreeSet<RecordId> = records.iter().cloned().collect();
        let mut versions = versions(kept, limits)?;
        find_all(&mut versions, &person);
        demand_known(&versions, decided, &person)?;
        let cuts = cut_all(kept, &mut versions, limits)?;
        let mut gone = gone(&versions, &person);
        for version in &versions {
            let renamed = compare::others_are_as_before(version)?;
            if version.name.is_empty() {
                gone.renamed = renamed;
            }
        }
        gone.flags = flags(case, &gone)?;
        let decisions = decisions::left(decided, &gone);
        let marks = marks(&versions, &gone);
        Ok(Self {
            versions,
            cuts,
            gone,
            decisions,
            marks,
        })
    }

    /// Whether a half-typed text is about the person.
    fn concerns(&self, draft: &Draft) -> bool {
        let names = |text: &str| {
            let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ';'));
            words.any(|word| {
                let records = self.gone.records.iter().map(RecordId::as_str);
                let mut ids = records.chain(self.gone.entries.iter().map(|id| id.as_str()));
                ids.any(|id| id == word)
            })
        };
        let texts = [draft.of.id(), draft.text.as_str()];
        texts
            .iter()
            .any(|text| names(text) || !self.marks.found_in(text).is_empty())
    }

    fn erased(&self, kept: &[(StoredExport, Held)], drafts: usize) -> Erased {
        let rows = self.cuts.iter().filter_map(|(at, (_, rows))| {
            let (export, held) = kept.get(*at)?;
            let version = match export.replaced_by {
                Some(_) => of_import(export.import),
                None => String::new(),
            };
            Some((format!("{}{version}", held.path), *rows))
        });
        Erased {
            rows: rows.collect(),
            decisions: self.decisions.gone.clone(),
            changed: self.decisions.less.len(),
            drafts,
            relationships: self.each(|found| &found.relationships),
            shared: self.each(|found| &found.shared),
            left: Vec::new(),
        }
    }

    fn each(&self, of: impl Fn(&Found) -> &Vec<Shared>) -> Vec<String> {
        let told = self.versions.iter().flat_map(|version| {
            let items = of(&version.found).iter();
            items.map(|item| item.told(&version.name))
        });
        let mut seen = BTreeSet::new();
        told.filter(|one| seen.insert(one.clone())).collect()
    }

    /// Searches everything that the case holds now.
    fn left(
        &self,
        kept: &[(StoredExport, Held)],
        decided: &[Decision],
        store: &Store,
    ) -> Result<Vec<String>, CaseError> {
        let mut left: BTreeSet<String> = BTreeSet::new();
        if self.marks.is_empty() {
            return Ok(Vec::new());
        }
        for version in &self.versions {
            self.left_in_files(version, kept, &mut left);
        }
        let mut tell = |place: String, text: &str| {
            let what = self.marks.found_in(text);
            if !what.is_empty() {
                left.insert(format!("{place}: {}", what.join(", ")));
            }
        };
        for decision in decided {
            let texts = [&decision.why, &decision.evidence.join("\n")].map(String::clone);
            let verdict = serde_json::to_value(&decision.verdict).unwrap_or_default();
            let all = format!("{}\n{}", texts.join("\n"), all_texts(&verdict));
            tell(format!("decision {}", decision.number), &all);
        }
        for line in store.audit()? {
            let event = serde_json::to_value(&line.event).unwrap_or_default();
            tell(
                format!("line {} of the log", line.number),
                &all_texts(&event),
            );
        }
        Ok(left.into_iter().collect())
    }

    fn left_in_files(
        &self,
        version: &Version,
        kept: &[(StoredExport, Held)],
        left: &mut BTreeSet<String>,
    ) {
        let told: BTreeSet<&str> = version
            .found
            .shared
            .iter()
            .map(|one| one.place.as_str())
            .collect();
        for at in &version.exports {
            let Some((_, held)) = kept.get(*at) else {
                continue;
            };
            let bytes = self.cuts.get(at).map_or(&held.bytes, |(bytes, _)| bytes);
            let everything = raw_text(bytes);
            let files = &version.after.files;
            let found = match files.iter().position(|file| file.path == held.path) {
                Some(file) => {
                    search::in_file(&self.marks, (file, &files[file]), files, &everything)
                }
                None => vec![(held.path.clone(), self.marks.found_in(&everything))],
            };
            let of_name = self.marks.found_in(&held.path);
            let all = found
                .into_iter()
                .chain([(format!("the name of the file {}", held.path), of_name)]);
            for (place, what) in all {
                if !what.is_empty() && !told.contains(place.as_str()) {
                    left.insert(format!("{place}{}: {}", version.name, what.join(", ")));
                }
            }
        }
    }

    /// What the agencies supplied, as it is read from now on.
    fn into_current(self) -> Supplied {
        let current = self.versions.into_iter().next();
        current.map(|version| version.after).unwrap_or_default()
    }
}

fn of_import(number: u32) -> String {
    format!(" of import {number}")
}

/// All texts inside a value, a line each.
fn all_texts(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => format!("{text}\n"),
        serde_json::Value::Array(values) => values.iter().map(all_texts).collect(),
        serde_json::Value::Object(fields) => fields.values().map(all_texts).collect(),
        other => format!("{other}\n"),
    }
}

/// The current exports, then those of each import of which one was replaced.
fn versions(kept: &[(StoredExport, Held)], limits: &Limits) -> Result<Vec<Version>, CaseError> {
    let replaced = kept
        .iter()
        .filter(|(export, _)| export.replaced_by.is_some());
    let imports: BTreeSet<u32> = replaced.map(|(export, _)| export.import).collect();
    let mut versions = Vec::new();
    for import in std::iter::once(None).chain(imports.into_iter().map(Some)) {
        let was_there = |export: &StoredExport| match import {
            None => export.replaced_by.is_none(),
            Some(import) => {
                export.import <= import && export.replaced_by.is_none_or(|by| by > import)
            }
        };
        let exports: Vec<usize> = (0..kept.len())
            .filter(|at| kept.get(*at).is_some_and(|(export, _)| was_there(export)))
            .collect();
        let before = read(kept, &exports, &BTreeMap::new(), limits)?;
        versions.push(Version {
            name: import.map_or(String::new(), of_import),
            exports,
            after: before.clone(),
            before,
            found: Found::default(),
        });
    }
    Ok(versions)
}

/// Reads some exports, with other bytes for those that are cut.
fn read(
    kept: &[(StoredExport, Held)],
    exports: &[usize],
    cuts: &BTreeMap<usize, (Vec<u8>, usize)>,
    limits: &Limits,
) -> Result<Supplied, CaseError> {
    let held = exports.iter().filter_map(|at| {
        let (_, held) = kept.get(*at)?;
        Some(match cuts.get(at) {
            Some((bytes, _)) => Held {
                bytes: bytes.clone(),
                ..held.clone()
            },
            None => held.clone(),
        })
    });
    importing::read(&held.collect::<Vec<Held>>(), limits)
}

fn find_all(versions: &mut [Version], person: &BTreeSet<RecordId>) {
    let mut person = person.clone();
    for _ in 0..versions.len() {
        let known = records_of(versions, &person);
        let before = person.len();
        let current = versions.first().map(|version| version.before.clone());
        for version in versions.iter().skip(1) {
            let known: Vec<&Record> = known.iter().collect();
            let current = current.as_ref().unwrap_or(&version.before);
            rows::with_unnamed(&known, &version.before, current, &mut person);
        }
        if person.len() == before {
            break;
        }
    }
    for version in versions {
        version.found = rows::find(&version.before, &person);
    }
}

/// The records of the person in all versions.
fn records_of(versions: &[Version], person: &BTreeSet<RecordId>) -> Vec<Record> {
    let all = versions.iter().flat_map(|version| &version.before.records);
    all.filter(|record| person.contains(&record.id))
        .cloned()
        .collect()
}

fn demand_known(
    versions: &[Version],
    decided: &[Decision],
    person: &BTreeSet<RecordId>,
) -> Result<(), CaseError> {
    let in_exports = versions.iter().any(|one| !one.found.records.is_empty());
    let mut named = decided.iter().flat_map(|one| one.verdict.records());
    if in_exports || named.any(|id| person.contains(id)) {
        return Ok(());
    }
    let ids: Vec<&str> = person.iter().map(RecordId::as_str).collect();
    Err(CaseError::Unknown {
        problem: format!("{}: nothing in this case is about them", ids.join(", ")),
        hint: "casepicture people CASE lists the persons and their records".to_owned(),
    })
}

/// Cuts the rows found out of their files, and looks again until there are no more.
fn cut_all(
    kept: &[(StoredExport, Held)],
    versions: &mut [Version],
    limits: &Limits,
) -> Result<BTreeMap<usize, (Vec<u8>, usize)>, CaseError> {
    let mut rows: BTreeMap<usize, Rows> = BTreeMap::new();
    let mut cuts = BTreeMap::new();
    for _ in 0..LOOKS {
        let mut is_more = false;
        for version in versions.iter() {
            for row in &version.found.rows {
                if let Some((at, sheet)) = place(version, kept, *row) {
                    let of_file = rows.entry(at).or_default();
                    is_more |= of_file.entry(sheet).or_default().insert(row.row);
                }
            }
        }
        if !is_more {
            break;
        }
        cuts.clear();
        for (at, rows) in &rows {
            let Some((_, held)) = kept.get(*at) else {
                continue;
            };
            let folder = folder_of(std::slice::from_ref(held));
            let Some(file) = folder.files.first() else {
                continue;
            };
            let made = cut(file, rows, limits)
                .map_err(|fault| CaseError::Exports(format!("{fault}; nothing was erased")))?;
            let count = rows.values().map(BTreeSet::len).sum();
            cuts.insert(*at, (made.bytes, count));
        }
        for version in versions.iter_mut() {
            version.after = read(kept, &version.exports, &cuts, limits)?;
            let again = rows::find(&version.after, &version.found.records);
            version.found.rows.extend(again.rows);
            version.found.entries.extend(again.entries);
        }
    }
    Ok(cuts)
}

/// Which export a row is in, and in which sheet.
fn place(version: &Version, kept: &[(StoredExport, Held)], row: RowRef) -> Option<(usize, String)> {
    let file = version.before.files.get(row.file as usize)?;
    let sheet = file.sheets.get(usize::from(row.sheet))?;
    let mut exports = version.exports.iter().copied();
    let at = exports.find(|at| {
        kept.get(*at)
            .is_some_and(|(_, held)| held.path == file.path)
    })?;
    Some((at, sheet.name.clone()))
}

fn gone(versions: &[Version], person: &BTreeSet<RecordId>) -> Gone {
    let mut gone = Gone {
        records: person.clone(),
        ..Gone::default()
    };
    for (at, version) in versions.iter().enumerate() {
        gone.records.extend(version.found.records.iter().cloned());
        let is_gone_now = |id: &&_| {
            at == 0
                || versions
                    .iter()
                    .all(|one| !one.name.is_empty() || one.after.entry(id).is_none())
        };
        let entries = version.found.entries.iter().filter(is_gone_now);
        gone.entries.extend(entries.cloned());
    }
    gone
}

/// Flags that name the person, or nothing but facts that are gone.
fn flags(case: &Case, gone: &Gone) -> Result<BTreeSet<String>, CaseError> {
    let settings = Settings::of_config(&case.supplied.config);
    let picture =
        Picture::of(case, &settings).map_err(|fault| CaseError::Exports(fault.to_string()))?;
    let is_gone = |person: &usize| {
        let person = picture.people.persons.get(*person);
        let mut records = person.into_iter().flat_map(|person| &person.records);
        records.any(|at| {
            let record = picture.supplied.records.get(*at);
            record.is_some_and(|record| gone.records.contains(&record.id))
        })
    };
    let is_fact_gone = |fact: &usize| {
        let fact = picture.timeline.facts.get(*fact);
        fact.is_some_and(|fact| {
            let mut entries = fact.entries.iter();
            entries.all(|at| {
                let entry = picture.supplied.entries.get(*at);
                entry.is_some_and(|entry| gone.entries.contains(&entry.id))
            })
        })
    };
    let flags = picture.flags.flags.iter().filter(|flag| {
        flag.persons.iter().any(is_gone)
            || (!flag.facts.is_empty() && flag.facts.iter().all(is_fact_gone))
    });
    Ok(flags.map(|flag| flag.id.clone()).collect())
}

/// What identifies the person and nobody else in any version.
fn marks(versions: &[Version], gone: &Gone) -> Marks {
    let all = versions.iter().flat_map(|version| &version.before.records);
    let (own, others): (Vec<&Record>, Vec<&Record>) =
        all.partition(|record| gone.records.contains(&record.id));
    Marks::of(&own, &others)
}

#[cfg(test)]
mod tests;
