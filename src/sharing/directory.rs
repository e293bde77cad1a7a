//! Knows the agencies of a case as far as sharing looks at them: their kind, whether they work with the family, which is
//! the own one, and whom a `consent_scope` names.

use std::collections::BTreeSet;

use crate::model::agency::Agency;
use crate::model::entry::Entry;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::supply::Supplied;
use crate::model::words::AgencyKind;

/// One agency of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: AgencyId,
    /// Its kind.
    pub kind: AgencyKind,
    /// Whether it is known to work with somebody of the case: it supplied something, or an involvement names it.
    pub involved: bool,
    /// Its name as an id, since a scope may name it so.
    named: AgencyId,
}

/// The agencies of a case, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    members: Vec<Member>,
    own: Option<usize>,
}

/// Somebody whom a scope names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// An agency of the case.
    Agency(usize),
    /// Every agency of a kind.
    Kind(AgencyKind),
    /// Nobody whom the case knows.
    Stranger(AgencyId),
}

impl Directory {
    /// Gathers the agencies of a case.
    pub fn of(supplied: &Supplied, own: Option<&AgencyId>) -> Self {
        let mut involved: BTreeSet<&AgencyId> = supplied
            .involvements
            .iter()
            .map(|involvement| involvement.involved.as_ref().unwrap_or(&involvement.agency))
            .collect();
        involved.extend(
            supplied
                .agencies
                .iter()
                .filter(|agency| agency.supplied)
                .map(|agency| &agency.id),
        );
        involved.extend(supplied.entries.iter().map(Entry::agency));
        let listed: BTreeSet<&AgencyId> =
            supplied.agencies.iter().map(|agency| &agency.id).collect();
        let unlisted: BTreeSet<&AgencyId> = involved
            .iter()
            .copied()
            .chain(
                supplied
                    .entries
                    .iter()
                    .flat_map(|entry| &entry.origin.agencies),
            )
            .chain(own)
            .filter(|id| !listed.contains(*id))
            .collect();
        let mut members: Vec<Member> = supplied
            .agencies
            .iter()
            .cloned()
            .chain(unlisted.into_iter().map(Agency::of_id))
            .map(|agency| Member {
                involved: involved.contains(&agency.id),
                named: AgencyId::new(&agency.name),
                kind: agency.kind,
                id: agency.id,
            })
            .collect();
        members.sort_by(|one, other| one.id.cmp(&other.id));
        let mut directory = Self { members, own: None };
        directory.own = own.and_then(|own| directory.find(own));
        directory
    }

    /// Finds an agency.
    pub fn find(&self, id: &AgencyId) -> Option<usize> {
        self.members
            .binary_search_by(|member| member.id.cmp(id))
            .ok()
    }

    /// The agency at an index that this directory gave.
    pub fn member(&self, at: usize) -> Option<&Member> {
        self.members.get(at)
    }

    /// The own agency.
    pub fn own(&self) -> Option<usize> {
        self.own
    }

    /// Whether it is the own agency.
    pub fn is_own(&self, at: Option<usize>) -> bool {
        at.is_some() && at == self.own
    }

    /// The agencies of a kind.
    pub fn of_kind(&self, kind: AgencyKind) -> impl Iterator<Item = usize> + '_ {
        let members = self.members.iter().enumerate();
        members
            .filter(move |(_, member)| member.kind == kind)
            .map(|(at, _)| at)
    }

    /// The agencies that work with somebody of the case; relatives and neighbours are none.
    pub fn partners(&self) -> impl Iterator<Item = usize> + '_ {
        let members = self.members.iter().enumerate();
        members
            .filter(|(_, member)| member.involved && member.kind != AgencyKind::Family)
            .map(|(at, _)| at)
    }

    /// Reads one word of a scope: an agency's id, its name, or a kind of agency.
    pub fn read_scope(&self, word: &AgencyId) -> Named {
        let named = || self.members.iter().position(|member| member.named == *word);
        if let Some(at) = self.find(word).or_else(named) {
            return Named::Agency(at);
        }
        AgencyKind::read(word.as_str()).map_or_else(|| Named::Stranger(word.clone()), Named::Kind)
    }
}
