//! Takes what is known of one person out of a case: their records, the entries about nobody else, and what was decided of
//! them, from the current exports and from those that newer ones replaced.
//!
//! Rows go whole. What is about others too (an entry about several persons, a request) stays as its agency supplied it and
//! is told to the analyst; a relationship goes, since it says nothing without the person. Afterwards the case is searched for
//! what identifies the person and nobody else in it, and whatever is still found is told.

mod compare;
mod decisions;
mod plan;
mod rows;
mod search;
mod versions;

use std::sync::Arc;

use super::{CaseError, Draft, Hand, OpenCase};
use crate::import::Limits;
use crate::model::decision::settle;
use crate::model::id::{DecisionId, RecordId};
use plan::Plan;
use versions::kept;

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
