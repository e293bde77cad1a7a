//! The picture of a copy for the family: computed again from what they may see, as if nothing else were in the case.
//!
//! Leaving rows out is not enough: a hidden entry brings a record, a spelling of a name, a date of birth, a basis code. Any
//! of them could change how the rows that stay are named, ordered or labelled, and so tell that something is held.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Picture, PictureError};
use crate::model::case::Case;
use crate::model::decision::{Decision, Verdict};
use crate::model::id::RecordId;
use crate::model::settings::Settings;
use crate::model::supply::Supplied;

impl Picture {
    /// Computes the picture of the facts that its recipient may see, and of nothing else. `settings` are those that the user
    /// gave: what they leave open is settled from what is shown, the as-of date aside, at which it was judged.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn of_what_is_shown(&self, case: &Case, settings: &Settings) -> Result<Self, PictureError> {
        let settings = Settings {
            as_of: Some(self.as_of),
            own_agency: self.settings.own_agency.clone(),
            ..settings.clone()
        };
        let shown = Case {
            supplied: Arc::new(self.supplied_as_shown()),
            decisions: case.decisions.iter().filter(may_shape).cloned().collect(),
        };
        Self::of(&shown, &settings)
    }

    /// The entries of the facts that are shown, and the records that they name.
    fn supplied_as_shown(&self) -> Supplied {
        let all = &self.supplied;
        let facts = self.timeline.facts.iter().zip(&self.answers);
        let kept: BTreeSet<usize> = facts
            .filter(|(_, answer)| answer.is_yes())
            .flat_map(|(fact, _)| fact.entries.iter().copied())
            .collect();
        let entries: Vec<_> = kept
            .iter()
            .filter_map(|&at| all.entries.get(at).cloned())
            .collect();
        let named: BTreeSet<&RecordId> = entries.iter().flat_map(|entry| &entry.persons).collect();
        let is_named = |record: &&crate::model::record::Record| named.contains(&record.id);
        let records = all.records.iter().filter(is_named).cloned().collect();
        Supplied {
            agencies: all.agencies.clone(),
            files: all.files.clone(),
            config: all.config.clone(),
            records,
            entries,
            ..Supplied::default()
        }
    }
}

/// Whether a decision may shape a copy for the family: notes and requests tell what the agencies think and ask.
fn may_shape(decision: &&Decision) -> bool {
    !matches!(
        decision.verdict,
        Verdict::Noted { .. } | Verdict::Requested(_) | Verdict::Shared(_)
    )
}
