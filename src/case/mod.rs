//! An open case: its exports, its decisions, and the picture that follows from them.
//!
//! A case is kept in an encrypted file ([`store`]) or, for a folder of exports, in memory while it is open. Exports and
//! decisions are only ever added; a decision is on disk before anything that follows from it is shown.

mod adding;
pub mod audit;
pub mod bring;
mod changes;
mod draft;
mod erase;
mod error;
mod evidence;
pub mod importing;
mod keeping;
mod passphrase;
pub mod reading;
mod steps;
pub mod store;
pub mod words;

pub use adding::{BroughtIn, Imported};
pub use draft::{Draft, DraftOf};
pub use erase::Erased;
pub use error::CaseError;
pub use evidence::evidence;
pub use passphrase::Passphrase;
pub use steps::{last_decided_by, last_taken_back_by, to_redo, to_undo};

use std::hash::{BuildHasher as _, RandomState};

use sha2::{Digest, Sha256};

use crate::model::case::Case;
use crate::model::decision::{Decision, Verdict, settle};
use crate::model::id::DecisionId;
use crate::picture::Since;
use store::Store;

/// Who does something, and when: seconds since 1970, given from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand<'a> {
    /// Who.
    pub by: &'a str,
    /// When.
    pub at: i64,
}

/// What is decided in one step, and taken back as one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// What is decided, with what was shown of each when it was, a line each.
    pub verdicts: Vec<(Verdict, Vec<String>)>,
    /// Why, if the analyst said.
    pub why: String,
}

/// A case that is open.
#[derive(Debug)]
pub struct OpenCase {
    case: Case,
    store: Option<Store>,
}

impl OpenCase {
    /// Opens a case in memory.
    pub fn in_memory(case: Case) -> Self {
        Self { case, store: None }
    }

    /// The case as it stands.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Whether decisions outlive the session.
    pub fn is_kept(&self) -> bool {
        self.store.is_some()
    }

    /// Adds the decisions of one step; they are on disk when this returns. Gives them.
    ///
    /// # Errors
    /// When they cannot be written; then none of them was made.
    pub fn decide(&mut self, step: Step, hand: Hand<'_>) -> Result<Vec<Decision>, CaseError> {
        // erased decisions leave gaps, so numbers go on from the largest
        let largest = |of: fn(&Decision) -> u32| self.case.decisions.iter().map(of).max();
        let number = largest(|one| one.step).unwrap_or(0) + 1;
        let first = largest(|one| one.number).unwrap_or(0) + 1;
        let mut made_now = Vec::new();
        for (at, (verdict, evidence)) in step.verdicts.into_iter().enumerate() {
            let number = (first + at as u32, number);
            made_now.push(made(number, (verdict, evidence), &step.why, hand));
        }
        if let Some(store) = &mut self.store {
            store.add_decisions(&made_now, hand)?;
        }
        self.case.decisions.extend(made_now.iter().cloned());
        settle(&mut self.case.decisions);
        Ok(made_now)
    }

    /// Takes back the newest step of this analyst's that stands, and gives its decisions so that they can be named; none when
    /// none stands.
    ///
    /// # Errors
    /// When it cannot be written; then everything stands as before.
    pub fn undo(&mut self, hand: Hand<'_>) -> Result<Vec<Decision>, CaseError> {
        match steps::to_undo(&self.case.decisions, hand.by) {
            Some(of) => self.withdraw(of, hand),
            None => Ok(Vec::new()),
        }
    }

    /// Brings back what this analyst's last undo took back, and gives those decisions; none when something was decided since.
    ///
    /// # Errors
    /// As for [`OpenCase::undo`].
    pub fn redo(&mut self, hand: Hand<'_>) -> Result<Vec<Decision>, CaseError> {
        let Some(of) = steps::to_redo(&self.case.decisions, hand.by) else {
            return Ok(Vec::new());
        };
        let withdrawals = self.withdraw(of, hand)?;
        let brought_back = withdrawals.iter().filter_map(|one| match &one.verdict {
            Verdict::Withdrawn { of } => Some(of),
            _ => None,
        });
        let brought_back: Vec<&DecisionId> = brought_back.flatten().collect();
        let decisions = self.case.decisions.iter();
        let found = decisions.filter(|decision| brought_back.contains(&&decision.id));
        Ok(found.cloned().collect())
    }

    /// Takes decisions back, and gives them.
    ///
    /// # Errors
    /// As for [`OpenCase::undo`].
    fn withdraw(
        &mut self,
        of: Vec<DecisionId>,
        hand: Hand<'_>,
    ) -> Result<Vec<Decision>, CaseError> {
        let decisions = self.case.decisions.iter();
        let gone: Vec<Decision> = decisions
            .filter(|decision| of.contains(&decision.id))
            .cloned()
            .collect();
        let step = Step {
            verdicts: vec![(Verdict::Withdrawn { of }, Vec::new())],
            why: String::new(),
        };
        self.decide(step, hand)?;
        Ok(gone)
    }
}

/// A decision as it is made, with its number and step.
fn made(
    (number, step): (u32, u32),
    (verdict, evidence): (Verdict, Vec<String>),
    why: &str,
    hand: Hand<'_>,
) -> Decision {
    let mut decision = Decision {
        step,
        why: why.to_owned(),
        at: hand.at,
        evidence,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Decision::plain(number, verdict, hand.by)
    };
    decision.id = id_of(&decision);
    decision
}

/// What names a decision: 16 hex digits of a hash over all that it says and over numbers drawn for it. The name stays in the
/// log when the decision is erased, and without the numbers, which are kept nowhere, no guess can be tried against it.
fn id_of(decision: &Decision) -> DecisionId {
    let drawn = [RandomState::new(), RandomState::new()].map(|keys| keys.hash_one(decision.number));
    let content = serde_json::to_vec(&(
        drawn,
        decision.number,
        decision.step,
        &decision.verdict,
        &decision.by,
        &decision.why,
        decision.at,
    ));
    let digest = Sha256::digest(content.unwrap_or_default());
    let hex: Vec<String> = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    DecisionId::new(&hex.concat())
}

/// How much of a picture a decision changes.
pub fn touches(decision: &Decision) -> Since {
    match &decision.verdict {
        Verdict::Echo { .. } | Verdict::Origin { .. } | Verdict::Significance { .. } => {
            Since::Echoes
        }
        Verdict::ReliedOn { .. }
        | Verdict::NotReliedOn { .. }
        | Verdict::Conclusion { .. }
        | Verdict::FlagExplained { .. }
        | Verdict::Noted { .. }
        | Verdict::Shared(_)
        | Verdict::SecondReading { .. } => Since::Citations,
        // what is asked of an agency becomes part of what is supplied; the last two change what the ones they name change
        Verdict::Persons { .. }
        | Verdict::Requested(_)
        | Verdict::Consulted(_)
        | Verdict::Withdrawn { .. }
        | Verdict::Contested { .. } => Since::Exports,
    }
}
