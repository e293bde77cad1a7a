//! An open case: its exports, its decisions, and the picture that follows from them.
//!
//! For now a case is kept in memory while it is open; the screen says so.

use crate::model::case::Case;
use crate::model::decision::{Decision, Verdict};
use crate::model::settings::Settings;
use crate::picture::{Picture, PictureError, Since};

/// A case that is open, and who is deciding.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCase {
    case: Case,
    by: String,
}

impl OpenCase {
    /// Opens a case in memory for the analyst `by`.
    pub fn in_memory(case: Case, by: &str) -> Self {
        Self {
            case,
            by: by.to_owned(),
        }
    }

    /// The case as it stands.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Adds a decision; `at` is seconds since 1970 and comes from outside.
    pub fn decide(&mut self, verdict: Verdict, why: &str, at: i64) -> &Decision {
        let number = self.case.decisions.len() as u32 + 1;
        let decision = Decision {
            number,
            verdict,
            by: self.by.clone(),
            why: why.to_owned(),
            at,
            withdrawn_by: None,
        };
        self.case.decisions.push(decision);
        &self.case.decisions[self.case.decisions.len() - 1]
    }

    /// Takes back the last decision that stands and gives it, so that it can be named; `None` when none stands.
    pub fn undo(&mut self) -> Option<Decision> {
        let count = self.case.decisions.len() as u32;
        let last = self
            .case
            .decisions
            .iter_mut()
            .rev()
            .find(|decision| decision.withdrawn_by.is_none())?;
        last.withdrawn_by = Some(count);
        Some(last.clone())
    }

    /// Computes the picture; `earlier` is the picture before the last decision and what it changed.
    pub fn picture(
        &self,
        settings: &Settings,
        earlier: Option<(&Picture, Since)>,
    ) -> Result<Picture, PictureError> {
        Picture::again(&self.case, settings, earlier)
    }
}

/// How much of a picture a decision changes.
pub fn touches(verdict: &Verdict) -> Since {
    match verdict {
        Verdict::Persons { .. } => Since::Exports,
        Verdict::Echo { .. } => Since::Echoes,
        Verdict::ReliedOn { .. } | Verdict::NotReliedOn { .. } | Verdict::FlagExplained { .. } => {
            Since::Citations
        }
    }
}
