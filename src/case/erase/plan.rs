//! What erasing will do, worked out before anything is written, and what is left afterwards.

use std::collections::BTreeSet;

use super::decisions::{self, Gone, Left};
use super::rows::Found;
use super::search::{self, Marks};
use super::versions::{Cuts, Version, cut_all, find_all, of_import, versions};
use super::{Erased, Shared, compare};
use crate::case::importing::Held;
use crate::case::store::{Store, StoredExport};
use crate::case::{CaseError, Draft};
use crate::import::Limits;
use crate::import::cut::raw_text;
use crate::model::case::Case;
use crate::model::decision::Decision;
use crate::model::id::RecordId;
use crate::model::record::Record;
use crate::model::settings::Settings;
use crate::model::supply::Supplied;
use crate::picture::Picture;

/// What erasing will do.
pub struct Plan {
    versions: Vec<Version>,
    /// By export: its new bytes, and how many rows are gone.
    pub cuts: Cuts,
    gone: Gone,
    pub decisions: Left,
    marks: Marks,
}

impl Plan {
    pub fn of(
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
    pub fn concerns(&self, draft: &Draft) -> bool {
        let gone = &self.gone;
        let is_gone = draft.of.ids().iter().any(|of| {
            gone.records.iter().any(|id| id.as_str() == *of)
                || gone.entries.iter().any(|id| id.as_str() == *of)
                || gone.flags.contains(*of)
        });
        is_gone || !self.marks.found_in(&draft.words()).is_empty()
    }

    pub fn erased(&self, kept: &[(StoredExport, Held)], drafts: usize) -> Erased {
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
    pub fn left(
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
    pub fn into_current(self) -> Supplied {
        let current = self.versions.into_iter().next();
        current.map(|version| version.after).unwrap_or_default()
    }
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
