//! Finds which entries are one fact: confirmed echoes, by the agencies' own rows or by an analyst.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::Day;
use crate::model::decision::{Decision, EchoVerdict, Verdict, standing};
use crate::model::entry::Entry;
use crate::model::id::{AgencyId, EntryId};
use crate::model::supply::Supplied;

/// The entries of one fact, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Indexes of the entries, in the order of their ids. Never empty.
    pub entries: Vec<usize>,
    /// The root that all others repeat.
    pub root: Root,
}

/// What the entries of a group go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A supplied entry, by its index.
    Entry(usize),
    /// An entry that was named as the origin but not supplied: all that is known is whose it is.
    NotSupplied(AgencyId),
}

/// How one entry is known to repeat another; the first is the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    Analyst,
    OriginEntry,
    Reference,
}

/// One confirmed echo: `entry` repeats the node `of`.
struct Edge {
    entry: usize,
    of: usize,
    ground: Ground,
}

/// Sorts all entries into groups, each one fact, by the smallest entry of each.
///
/// `origin_entry` is a confirmed echo, also of an entry that nobody supplied: two entries that name it are one fact. Two
/// entries of different agencies with the same `reference` and event date are an echo of the earliest recorded. Chains
/// collapse to their root; a circle is one fact whose origin is the earliest recorded, then the smallest id.
pub fn groups(supplied: &Supplied, decisions: &[Decision]) -> Vec<Group> {
    let entries = &supplied.entries;
    let missing = missing_origins(supplied);
    let edges = edges(supplied, decisions, &missing);
    let mut sets = Sets::new(entries.len() + missing.len());
    let mut repeats: Vec<Option<Ground>> = vec![None; entries.len()];
    let mut named_by: BTreeMap<usize, Ground> = BTreeMap::new();
    for edge in &edges {
        sets.join(edge.entry, edge.of);
        let strongest = repeats[edge.entry].map_or(edge.ground, |ground| ground.min(edge.ground));
        repeats[edge.entry] = Some(strongest);
        let known = named_by.entry(edge.of).or_insert(edge.ground);
        *known = (*known).min(edge.ground);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..entries.len() + missing.len() {
        members.entry(sets.find(node)).or_default().push(node);
    }
    let mut groups: Vec<Group> = members
        .into_values()
        .filter_map(|nodes| {
            let told: Vec<usize> = nodes
                .iter()
                .copied()
                .filter(|node| *node < entries.len())
                .collect();
            let root = root(supplied, &missing, &nodes, &repeats, &named_by)?;
            (!told.is_empty()).then_some(Group {
                entries: told,
                root,
            })
        })
        .collect();
    groups.sort_by_key(|group| group.entries.first().copied());
    groups
}

/// The root of a group: a node that repeats nothing, one named by an analyst or an `origin_entry` before one found by
/// reference, then the earliest recorded, then the smallest id. In a circle every node repeats another: then among all.
fn root(
    supplied: &Supplied,
    missing: &[EntryId],
    nodes: &[usize],
    repeats: &[Option<Ground>],
    named_by: &BTreeMap<usize, Ground>,
) -> Option<Root> {
    let count = supplied.entries.len();
    let is_root = |node: &usize| repeats.get(*node).is_none_or(Option::is_none);
    let roots: Vec<usize> = nodes.iter().copied().filter(is_root).collect();
    let candidates = if roots.is_empty() {
        nodes.to_vec()
    } else {
        roots
    };
    let chosen = candidates.into_iter().min_by_key(|&node| {
        let ground = named_by.get(&node).copied().unwrap_or(Ground::Reference);
        let recorded = supplied.entries.get(node).map_or(Day::MAX, recorded);
        (ground, recorded, node)
    })?;
    if chosen < count {
        Some(Root::Entry(chosen))
    } else {
        missing
            .get(chosen - count)
            .map(|id| Root::NotSupplied(id.agency().clone()))
    }
}

/// The day an entry was written down; an unknown one comes after all others.
pub fn recorded(entry: &Entry) -> Day {
    entry.recorded_on.start().unwrap_or(Day::MAX)
}

/// Entries that are named as origins but were not supplied, by id.
fn missing_origins(supplied: &Supplied) -> Vec<EntryId> {
    let named = supplied
        .entries
        .iter()
        .filter_map(|entry| entry.origin.entries.first());
    let missing: BTreeSet<&EntryId> = named.filter(|id| supplied.entry(id).is_none()).collect();
    missing.into_iter().cloned().collect()
}

fn edges(supplied: &Supplied, decisions: &[Decision], missing: &[EntryId]) -> Vec<Edge> {
    let count = supplied.entries.len();
    let node = |id: &EntryId| {
        supplied
            .entry(id)
            .or_else(|| missing.binary_search(id).ok().map(|at| count + at))
    };
    let mut edges = by_reference(supplied);
    for (at, entry) in supplied.entries.iter().enumerate() {
        // one entry tells one fact: of several origins named the first is the one repeated, the others are citations
        if let Some(of) = entry
            .origin
            .entries
            .first()
            .and_then(node)
            .filter(|of| *of != at)
        {
            edges.push(Edge {
                entry: at,
                of,
                ground: Ground::OriginEntry,
            });
        }
    }
    for decision in standing(decisions) {
        let Verdict::Echo { entry, of, verdict } = &decision.verdict else {
            continue;
        };
        let (Some(entry), Some(of)) = (supplied.entry(entry), supplied.entry(of)) else {
            continue;
        };
        // the analyst's word wins over the rows, and a later word over an earlier one
        edges.retain(|edge| {
            (edge.entry, edge.of) != (entry, of) && (edge.entry, edge.of) != (of, entry)
        });
        if *verdict == EchoVerdict::Echo && entry != of {
            edges.push(Edge {
                entry,
                of,
                ground: Ground::Analyst,
            });
        }
    }
    edges
}

/// Echoes by shared reference and event date: each entry repeats the earliest recorded one, if that is another agency's.
fn by_reference(supplied: &Supplied) -> Vec<Edge> {
    let mut shared: BTreeMap<(String, Option<Day>, Option<Day>), Vec<usize>> = BTreeMap::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        let reference = entry.reference.trim().to_lowercase();
        if !reference.is_empty() && entry.when.is_known() {
            shared
                .entry((reference, entry.when.from, entry.when.until))
                .or_default()
                .push(at);
        }
    }
    let mut edges = Vec::new();
    for group in shared.values().filter(|group| group.len() > 1) {
        let earliest = group
            .iter()
            .copied()
            .min_by_key(|&at| supplied.entries.get(at).map(|entry| (recorded(entry), at)));
        let Some(of) = earliest else { continue };
        let agency = supplied.entries[of].agency();
        let others = group
            .iter()
            .filter(|&&at| supplied.entries[at].agency() != agency);
        edges.extend(others.map(|&entry| Edge {
            entry,
            of,
            ground: Ground::Reference,
        }));
    }
    edges
}

/// Disjoint sets of nodes.
struct Sets {
    parent: Vec<usize>,
    size: Vec<Reverse<usize>>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
            size: vec![Reverse(1); count],
        }
    }

    fn find(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.find(left), self.find(right));
        if left == right {
            return;
        }
        let (small, large) = if self.size[left] > self.size[right] {
            (left, right)
        } else {
            (right, left)
        };
        self.parent[small] = large;
        self.size[large] = Reverse(self.size[large].0 + self.size[small].0);
    }
}
