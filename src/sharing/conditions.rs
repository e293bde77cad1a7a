//! Gathers what decides who may see a fact: of each entry that tells it the supplier, the ground, and the onward rules.

use std::sync::Arc;

use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::phrase::Coded;
use crate::model::supply::Supplied;
use crate::model::words::{Channel, Handling, Told};

use super::directory::{Directory, Named};
use super::ground::Basis;
use super::standing::{Standing, Terms, standing};
use super::{Rules, judge};

/// Everything about one fact that [`super::may_see`] looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    /// One part for each entry that tells the fact. Never empty for a fact of the timeline.
    pub(super) parts: Vec<Part>,
    /// The agencies of the case.
    pub(super) directory: Arc<Directory>,
    /// What the family knows.
    pub(super) told: Option<Told>,
    /// Whether every entry is the family's own contribution.
    pub(super) own_words: bool,
    /// Whether it is about somebody who does not belong to the family, and about nobody who does.
    pub(super) about_a_stranger: bool,
    /// What a copy for the family must not hold; looked for only where the family might otherwise see the fact.
    pub(super) secret: Option<Secret>,
}

/// A detail that a family copy never holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// An address, telephone number or the like of somebody whose address is protected.
    ProtectedDetail,
    /// Who reported something.
    Reporter,
}

/// What one entry says about who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub supplier: Option<usize>,
    /// Who first had it: those to ask. Agencies that the case does not list are asked by name all the same.
    pub originators: Vec<crate::model::id::AgencyId>,
    pub basis: Arc<Basis>,
    pub terms: Terms,
    /// The row's own handling cells; `None` where the codes decide.
    pub handling: Option<Vec<Coded<Handling>>>,
    pub scope: Vec<Named>,
}

impl Part {
    /// Gathers it from an entry.
    pub fn of(entry: &Entry, rules: &Rules) -> Self {
        Self {
            supplier: rules.directory.find(entry.agency()),
            originators: originators(entry),
            basis: rules.basis_of(entry),
            terms: Terms::of(&entry.consent),
            handling: has_handling(entry).then(|| entry.handling.clone()),
            scope: entry
                .consent
                .scope
                .iter()
                .map(|word| rules.directory.read_scope(word))
                .collect(),
        }
    }

    /// How its basis stands on a day.
    pub fn standing(&self, day: Day) -> Standing {
        standing(&self.basis, &self.terms, day)
    }

    /// Whether an onward rule holds on a day.
    pub fn has(&self, rule: Handling, day: Day) -> bool {
        match &self.handling {
            Some(cells) => cells.iter().any(|cell| cell.is(rule)),
            None => self.basis.handling_on(day).contains(&rule),
        }
    }

    /// Whether nothing may be passed on: said so, or said in words that nobody here can read.
    pub fn is_closed(&self, day: Day) -> bool {
        let unreadable = |cell: &Coded<Handling>| matches!(cell, Coded::Unknown(_));
        let cells = self.handling.as_deref().unwrap_or_default();
        cells.iter().any(unreadable) || self.has(Handling::NoOnward, day)
    }
}

/// Whether the row itself says how it is to be handled.
pub(super) fn has_handling(entry: &Entry) -> bool {
    entry.handling.iter().any(|cell| !cell.is_blank())
}

/// Who first had what an entry tells: the origin where it is named, else the supplier.
fn originators(entry: &Entry) -> Vec<crate::model::id::AgencyId> {
    let mut originators = entry.origin.agencies.clone();
    if originators.is_empty() {
        originators.extend(entry.origin.entries.iter().map(|id| id.agency().clone()));
    }
    if originators.is_empty() {
        originators.push(entry.agency().clone());
    }
    originators.sort();
    originators.dedup();
    originators
}

impl Conditions {
    /// Gathers them for a fact.
    pub(super) fn of(rules: &Rules, supplied: &Supplied, fact: &Fact) -> Self {
        let entries = || {
            fact.entries
                .iter()
                .filter_map(|entry| supplied.entries.get(*entry))
        };
        let mut conditions = Self {
            parts: entries().map(|entry| Part::of(entry, rules)).collect(),
            directory: Arc::clone(&rules.directory),
            told: judge::told(rules, entries()),
            own_words: entries().next().is_some()
                && entries().all(|entry| is_own_words(entry, &rules.directory)),
            about_a_stranger: false,
            secret: None,
        };
        // reading every cell is dear, and settles nothing for a fact that the family does not see anyway
        if conditions.told == Some(Told::Yes) || conditions.own_words {
            conditions.secret = rules.secrets.found_in(supplied, fact);
        }
        conditions
    }

    /// Whether the family sent it in themselves: then it is theirs to read, whoever it is about.
    pub fn is_own_words(&self) -> bool {
        self.own_words
    }

    /// Says whether the fact is about the family, as [`super::Members`] finds it. Until it is said, every fact is.
    pub fn set_about_the_family(&mut self, is_about: bool) {
        self.about_a_stranger = !is_about;
    }

    /// How the basis of the fact stands on a day: a valid ground of any entry carries it.
    pub fn standing(&self, day: Day) -> Standing {
        let mut standings = self.parts.iter().map(|part| part.standing(day));
        let first = standings.next().unwrap_or_else(Standing::unknown);
        standings.fold(first, Standing::or)
    }
}

/// Whether an entry is the family's own contribution: sent in by the family, and not about what somebody else told.
///
/// A parent's account that a worker wrote down is not one: what a mother said in confidence must not come back to the
/// father as "the family's own words". Such an entry is shown to the family when they were told of it.
fn is_own_words(entry: &Entry, directory: &Directory) -> bool {
    let kind = directory
        .find(entry.agency())
        .and_then(|at| directory.member(at))
        .map(|member| member.kind);
    let own_channel = match &entry.channel {
        Coded::Known(channel) => matches!(channel, Channel::Parent | Channel::Child),
        Coded::Blank => entry.told_by.trim().is_empty(),
        Coded::Unknown(_) => false,
    };
    kind == Some(crate::model::words::AgencyKind::Family) && own_channel
}
