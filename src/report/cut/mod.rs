//! Cuts a picture down to what its recipient may see, so that what looks at the cut cannot show more.
//!
//! The tables of a copy leave rows out through [`View`]. A screen has too many lists, counts, boxes and searches to trust each
//! of them with that: it is given a picture in which nothing else is there. What is left is as it was, and the tables of the
//! cut are those of the copy.

mod family;
mod measures;
mod people;
mod supplied;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::View;
use crate::model::fact::{Fact, Timeline};
use crate::model::id::AgencyId;
use crate::picture::{ByHand, Guard, Picture};

/// Cuts a picture down to what the recipient of its settings may see; without a recipient it is the whole picture. One for
/// the family must have been computed from what is shown alone.
pub fn cut(picture: &Picture) -> Picture {
    let view = View::for_recipient(picture);
    if !view.is_limited() {
        return picture.clone();
    }
    let cut = Cut::of(&view);
    let mut left = Picture {
        supplied: Arc::new(supplied::cut(&cut)),
        by_hand: cut.by_hand(),
        people: Arc::new(people::cut(&cut)),
        timeline: Arc::new(cut.timeline()),
        conditions: Arc::new(cut.facts.of(&picture.conditions)),
        answers: cut.facts.of(&picture.answers),
        outside: cut.facts.of(&picture.outside),
        faults: Arc::new(cut.faults()),
        guard: Arc::new(Guard {
            facts: cut.facts.of(&picture.guard.facts),
            records: cut.records.of(&picture.guard.records),
        }),
        reliance: measures::reliance(&cut),
        flags: measures::flags(&cut),
        ..picture.clone()
    };
    if view.is_family() {
        family::plain(&mut left);
    }
    left
}

/// How many facts a view holds back, by reason; for the family nothing, since counts tell.
pub fn held_back(view: &View<'_>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    if view.is_family() {
        return counts;
    }
    let hidden = (0..view.picture.timeline.facts.len()).filter(|at| !view.shows(*at));
    for at in hidden {
        *counts.entry(view.because(at).to_owned()).or_default() += 1;
    }
    counts
}

/// Which of a list stay, and where they are then.
struct Places {
    kept: Vec<usize>,
    now: BTreeMap<usize, usize>,
}

impl Places {
    /// Those that are to stay, in order.
    fn new(kept: impl IntoIterator<Item = usize>) -> Self {
        let kept: Vec<usize> = kept.into_iter().collect();
        let now = kept.iter().enumerate().map(|(now, was)| (*was, now));
        Self {
            now: now.collect(),
            kept,
        }
    }

    /// Where one is now, if it stays.
    fn at(&self, was: usize) -> Option<usize> {
        self.now.get(&was).copied()
    }

    /// Where these are now, those that do not stay left out.
    fn all(&self, were: &[usize]) -> Vec<usize> {
        were.iter().filter_map(|was| self.at(*was)).collect()
    }

    /// Whether all of these stay.
    fn has_all(&self, were: &[usize]) -> bool {
        were.iter().all(|was| self.now.contains_key(was))
    }

    /// What stays of a list that has one for each.
    fn of<T: Clone>(&self, list: &[T]) -> Vec<T> {
        let kept = self.kept.iter();
        kept.filter_map(|was| list.get(*was).cloned()).collect()
    }
}

/// What stays.
struct Cut<'a> {
    view: &'a View<'a>,
    picture: &'a Picture,
    facts: Places,
    entries: Places,
    records: Places,
    persons: Places,
    agencies: BTreeSet<AgencyId>,
}

impl<'a> Cut<'a> {
    fn of(view: &'a View<'a>) -> Self {
        let picture = view.picture;
        let all = &picture.timeline.facts;
        let facts = Places::new((0..all.len()).filter(|at| view.shows(*at)));
        let entries: BTreeSet<usize> = facts
            .of(all)
            .iter()
            .flat_map(|fact| fact.entries.iter().copied())
            .collect();
        let records = (0..picture.supplied.records.len()).filter(|at| view.shows_record(*at));
        let persons = (0..picture.people.persons.len()).filter(|at| view.shows_person(*at));
        let mut cut = Self {
            view,
            picture,
            facts,
            entries: Places::new(entries),
            records: Places::new(records),
            persons: Places::new(persons),
            agencies: BTreeSet::new(),
        };
        cut.agencies = cut.known_agencies();
        cut
    }

    /// Whether it is for the agency whose analyst is at the terminal, which knows who else works with the family.
    fn is_for_own(&self) -> bool {
        let own = self.picture.settings.own_agency.as_ref();
        own.is_some_and(|own| self.view.is_recipient(own))
    }

    /// The agencies that the recipient may know to be involved: that a service knows somebody can be the most private thing
    /// about them. Others than the own agency know of themselves, of the own agency, of those that tell something that is
    /// shown, and of those with whom they have to do.
    fn known_agencies(&self) -> BTreeSet<AgencyId> {
        let supplied = &self.picture.supplied;
        let every = supplied.agencies.iter().map(|agency| &agency.id);
        if self.is_for_own() {
            return every.cloned().collect();
        }
        let mut known: BTreeSet<&AgencyId> = BTreeSet::new();
        let facts = self.facts.kept.iter();
        for fact in facts.filter_map(|at| self.picture.timeline.facts.get(*at)) {
            known.insert(&fact.first_agency);
            if !self.view.is_family() {
                known.extend(&fact.agencies);
            }
        }
        if !self.view.is_family() {
            known.extend(every.filter(|id| self.view.is_recipient(id)));
            known.extend(self.picture.settings.own_agency.as_ref());
            let asked = supplied.requests.iter().filter(|one| self.is_party(one));
            known.extend(asked.map(|request| &request.asked));
            let said = supplied.involvements.iter();
            let said = said.filter(|one| self.view.is_recipient(&one.agency));
            known.extend(said.filter_map(|one| one.involved.as_ref()));
        }
        known.into_iter().cloned().collect()
    }

    /// Whether the recipient asked, or was asked.
    fn is_party(&self, request: &crate::model::supply::Request) -> bool {
        self.view.is_recipient(&request.asked)
            || self.view.is_recipient(&AgencyId::new(&request.asked_by))
    }

    /// The facts that stay, with what they name.
    fn timeline(&self) -> Timeline {
        let all = &self.picture.timeline;
        let facts = self.facts.of(&all.facts).into_iter();
        let disagreements = all.disagreements.iter().filter_map(|one| {
            let mut one = one.clone();
            one.person = self.persons.at(one.person)?;
            // a side that rests on nothing that stays would tell what is held back
            one.sides.retain_mut(|side| {
                side.fact = side.fact.and_then(|at| self.facts.at(at));
                side.record = side.record.and_then(|at| self.records.at(at));
                side.fact.is_some() || side.record.is_some()
            });
            (one.sides.len() > 1).then_some(one)
        });
        Timeline {
            disagreements: disagreements.collect(),
            fact_of: self.facts.all(&self.entries.of(&all.fact_of)),
            facts: facts.map(|fact| self.fact(fact)).collect(),
        }
    }

    fn fact(&self, mut fact: Fact) -> Fact {
        fact.lead = self.entries.at(fact.lead).unwrap_or_default();
        fact.entries = self.entries.all(&fact.entries);
        fact.persons = self.persons.all(&fact.persons);
        fact.disagrees_with = self.facts.all(&fact.disagrees_with);
        fact.suspected.retain_mut(|suspicion| {
            let other = self.facts.at(suspicion.other);
            suspicion.other = other.unwrap_or_default();
            other.is_some()
        });
        fact
    }

    /// What was set by hand on what stays. Notes are the analysts' own, and no copy holds one.
    fn by_hand(&self) -> ByHand {
        let all = &self.picture.by_hand;
        let stays = |id: &crate::model::id::EntryId| {
            let at = self.picture.supplied.entry(id);
            at.is_some_and(|at| self.entries.at(at).is_some())
        };
        let mut left = ByHand {
            origins: all.origins.clone(),
            significance: all.significance.clone(),
            ..ByHand::default()
        };
        left.origins.retain(|id, _| stays(id));
        left.significance.retain(|id, _| stays(id));
        left
    }

    fn faults(&self) -> Vec<(usize, String, String)> {
        let all = self.picture.faults.iter();
        let faults = all.filter_map(|(entry, problem, fix)| {
            Some((self.entries.at(*entry)?, problem.clone(), fix.clone()))
        });
        faults.collect()
    }
}
