//! The picture of a copy for the family: computed again from what they may see, as if nothing else were in the case.
//!
//! Leaving rows out is not enough: a hidden entry brings a record, a spelling of a name, a date of birth, a basis code. Any
//! of them could change how the rows that stay are named, ordered or labelled, and so tell that something is held.
//!
//! The same holds for what an agency filed here about a stranger of a like name: it is taken out before anything is computed.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{About, Picture, PictureError};
use crate::model::case::Case;
use crate::model::date::{Day, When};
use crate::model::decision::{Decision, Verdict};
use crate::model::fact::Fact;
use crate::model::id::RecordId;
use crate::model::settings::{Recipient, Settings};
use crate::model::supply::Supplied;
use crate::model::watch::Unwatched;
use crate::sharing::{Conditions, Members, Viewing, may_see};
use crate::{people, timeline};

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
        let decisions = case.decisions.iter().filter(|decision| may_shape(decision));
        let family = OfFamily::new(self, decisions.cloned().collect(), settings);
        let day = match settings.as_of.or(self.supplied.config.as_of) {
            Some(day) => day,
            None => family.day(),
        };
        let settings = Settings {
            as_of: Some(day),
            own_agency: self.settings.own_agency.clone(),
            ..settings.clone()
        };
        let entries = family.about_the_family(family.shown_on(day));
        let shown = Case {
            supplied: Arc::new(family.supplied_of(&entries)),
            decisions: family.decisions,
        };
        Self::computed(&shown, &settings, None, (About::TheFamily, &Unwatched))
    }
}

/// What a copy for the family is made from.
struct OfFamily<'a> {
    picture: &'a Picture,
    /// What `may_see` looks at, whoever the facts are about: who belongs to the family is found from what is shown alone.
    conditions: Vec<Conditions>,
    decisions: Vec<Decision>,
    settings: Settings,
}

impl<'a> OfFamily<'a> {
    fn new(picture: &'a Picture, decisions: Vec<Decision>, settings: &Settings) -> Self {
        let mut conditions = (*picture.conditions).clone();
        for one in &mut conditions {
            one.set_about_the_family(true);
        }
        Self {
            picture,
            conditions,
            decisions,
            settings: settings.clone(),
        }
    }

    /// The facts with what `may_see` looks at.
    fn facts(&self) -> impl Iterator<Item = (&'a Fact, &Conditions)> {
        self.picture.timeline.facts.iter().zip(&self.conditions)
    }

    fn sees(&self, conditions: &Conditions, date: Day) -> bool {
        let family = Recipient::Family;
        let viewing = Viewing {
            recipient: Some(&family),
            purpose: self.picture.settings.purpose,
            date,
        };
        may_see(conditions, &viewing).is_yes()
    }

    /// The day at which a copy is judged where nobody named one: the latest of the facts about the family that they could
    /// see on their own latest day. A hidden fact is none of them, so that its date cannot let a consent expire and take
    /// another fact out of the copy. Where no fact has a date, the last day that there is: no consent with an end outlives it.
    fn day(&self) -> Day {
        let dated: Vec<(&Fact, Day)> = self
            .facts()
            .filter_map(|(fact, conditions)| {
                let day = self.latest_day(fact)?;
                self.sees(conditions, day).then_some((fact, day))
            })
            .collect();
        let entries = dated.iter().flat_map(|(fact, _)| &fact.entries);
        let kept = self.about_the_family(entries.copied().collect());
        let dated = dated.into_iter();
        let days = dated.filter(|(fact, _)| kept.contains(&fact.lead));
        days.map(|(_, day)| day).max().unwrap_or(LAST_DAY)
    }

    /// The latest day that an entry of a fact names.
    fn latest_day(&self, fact: &Fact) -> Option<Day> {
        let entries = fact.entries.iter();
        let entries = entries.filter_map(|&at| self.picture.supplied.entries.get(at));
        let days = entries.flat_map(|one| [&one.when, &one.recorded_on, &one.received_on]);
        days.filter_map(When::end).max()
    }

    /// The entries of the facts that the family may see on a day, whoever they are about.
    fn shown_on(&self, day: Day) -> BTreeSet<usize> {
        self.facts()
            .filter(|(_, conditions)| self.sees(conditions, day))
            .flat_map(|(fact, _)| fact.entries.iter().copied())
            .collect()
    }

    /// Those entries that tell of the family. Who is who is worked out again without what is taken out, until nothing more
    /// is: a stranger's record shapes nothing that stays.
    fn about_the_family(&self, mut entries: BTreeSet<usize>) -> BTreeSet<usize> {
        loop {
            let supplied = self.supplied_of(&entries);
            let people = people::resolve(&supplied, &self.decisions, &self.settings);
            let merged = timeline::merge(&supplied, &people, &self.decisions);
            // relationships bear on who belongs, and are themselves told to nobody
            let named = |id: &RecordId| supplied.record(id).is_some();
            let related = self.picture.supplied.relationships.iter();
            let related = related.filter(|one| named(&one.record) && named(&one.related));
            let own = self.picture.settings.own_agency.as_ref();
            let members = Members::of(&supplied, related, &people, own);
            let kept: Vec<usize> = entries.iter().copied().collect();
            // the n-th entry supplied is the n-th that was kept
            let own_words = |at: &usize| kept.get(*at).is_some_and(|&at| self.is_own_words(at));
            let strangers: BTreeSet<usize> = merged
                .facts
                .iter()
                .filter(|fact| !members.concern(fact) && !fact.entries.iter().any(own_words))
                .flat_map(|fact| fact.entries.iter().copied())
                .collect();
            if strangers.is_empty() {
                return entries;
            }
            let numbered = kept.into_iter().enumerate();
            let stay = numbered.filter(|(at, _)| !strangers.contains(at));
            entries = stay.map(|(_, entry)| entry).collect();
        }
    }

    /// Whether an entry tells what the family sent in themselves.
    fn is_own_words(&self, entry: usize) -> bool {
        let fact = self.picture.timeline.fact_of.get(entry);
        let conditions = fact.and_then(|&fact| self.conditions.get(fact));
        conditions.is_some_and(Conditions::is_own_words)
    }

    /// These entries, and the records that they name.
    fn supplied_of(&self, kept: &BTreeSet<usize>) -> Supplied {
        let all = &self.picture.supplied;
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
        Verdict::Noted { .. } | Verdict::Requested(_) | Verdict::Consulted(_) | Verdict::Shared(_)
    )
}
