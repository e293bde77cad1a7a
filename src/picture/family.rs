//! The picture of a copy for the family: computed again from what they may see, as if nothing else were in the case.
//!
//! Leaving rows out is not enough: a hidden entry brings a record, a spelling of a name, a date of birth, a basis code. Any
//! of them could change how the rows that stay are named, ordered or labelled, and so tell that something is held.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Picture, PictureError};
use crate::model::case::Case;
use crate::model::date::{Day, When};
use crate::model::decision::{Decision, Verdict};
use crate::model::id::RecordId;
use crate::model::settings::{Recipient, Settings};
use crate::model::supply::Supplied;
use crate::sharing::{Viewing, may_see};

/// The last day that a date of four digits can name.
const LAST_DAY: Day = match Day::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => Day::MAX,
};

impl Picture {
    /// Computes the picture of the facts that its recipient may see, and of nothing else. `settings` are those that the user
    /// gave: what they leave open is settled from what is shown, the as-of date too.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn of_what_is_shown(&self, case: &Case, settings: &Settings) -> Result<Self, PictureError> {
        let day = match settings.as_of.or(self.supplied.config.as_of) {
            Some(day) => day,
            None => self.day_of_what_is_shown(),
        };
        let settings = Settings {
            as_of: Some(day),
            own_agency: self.settings.own_agency.clone(),
            ..settings.clone()
        };
        let shown = Case {
            supplied: Arc::new(self.supplied_as_shown(day)),
            decisions: case
                .decisions
                .iter()
                .filter(|decision| may_shape(decision))
                .cloned()
                .collect(),
        };
        Self::of(&shown, &settings)
    }

    /// The day at which a copy is judged where nobody named one: the latest of the facts that the family could see on their
    /// own latest day. A hidden fact is none of them, so that its date cannot let a consent expire and take another fact out
    /// of the copy. Where no fact has a date, the last day that there is: no consent with an end outlives it.
    fn day_of_what_is_shown(&self) -> Day {
        let family = Recipient::Family;
        let viewing = |date: Day| Viewing {
            recipient: Some(&family),
            purpose: self.settings.purpose,
            date,
        };
        let facts = self.timeline.facts.iter().zip(self.conditions.iter());
        let days = facts.filter_map(|(fact, conditions)| {
            let entries = fact.entries.iter();
            let entries = entries.filter_map(|&at| self.supplied.entries.get(at));
            let days = entries.flat_map(|one| [&one.when, &one.recorded_on, &one.received_on]);
            let day = days.filter_map(When::end).max()?;
            may_see(conditions, &viewing(day)).is_yes().then_some(day)
        });
        days.max().unwrap_or(LAST_DAY)
    }

    /// The entries of the facts that are shown on a day, and the records that they name.
    fn supplied_as_shown(&self, day: Day) -> Supplied {
        let all = &self.supplied;
        let answers = self.answers_for(&Viewing {
            date: day,
            ..self.viewing()
        });
        let facts = self.timeline.facts.iter().zip(&answers);
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
fn may_shape(decision: &Decision) -> bool {
    !matches!(
        decision.verdict,
        Verdict::Noted { .. } | Verdict::Requested(_) | Verdict::Shared(_)
    )
}
