//! Grounds that the rows themselves state: an entry cites another, or both were taken from one document.

use std::collections::{BTreeMap, BTreeSet};

use super::Proposal;
use crate::model::phrase::fold;
use crate::model::supply::Supplied;
use crate::timeline::echo::recorded;

/// Entries that cite another agency's entry, and further origins that an entry names beside the first.
pub fn citing(supplied: &Supplied) -> Vec<Proposal> {
    let mut found = Vec::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        for id in entry
            .cites
            .iter()
            .chain(entry.origin.entries.iter().skip(1))
        {
            if let Some(of) = supplied
                .entry(id)
                .filter(|of| supplied.entries[*of].agency() != entry.agency())
            {
                found.push((at, of, format!("{} cites {id}", entry.id)));
            }
        }
    }
    found
}

/// Entries of different agencies taken from one document: each may repeat the earliest recorded one of another agency that
/// speaks of the same day. A document of which every agency made a single entry is taken to speak of one thing, whatever
/// the days; minutes from which an agency made many entries are not.
pub fn sharing_a_document(supplied: &Supplied) -> Vec<Proposal> {
    let mut documents: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        let document = fold(&entry.document);
        if !document.is_empty() {
            documents.entry(document).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for mut group in documents.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|&at| (recorded(&supplied.entries[at]), at));
        let agencies: BTreeSet<_> = group
            .iter()
            .map(|&at| supplied.entries[at].agency())
            .collect();
        let one_each = agencies.len() == group.len();
        let mut told: Vec<usize> = Vec::new();
        let mut known = BTreeSet::new();
        for at in group {
            let entry = &supplied.entries[at];
            let earlier = told.iter().copied().find(|&of| {
                let other = &supplied.entries[of];
                other.agency() != entry.agency() && (one_each || other.when.overlaps(&entry.when))
            });
            // of one agency's entries of the same days only the earliest recorded can be the one repeated
            if known.insert((entry.agency(), entry.when.from, entry.when.until)) {
                told.push(at);
            }
            if let Some(of) = earlier {
                found.push((
                    at,
                    of,
                    format!(
                        "{} and {} are from one document, “{}”",
                        entry.id,
                        supplied.entries[of].id,
                        entry.document.trim()
                    ),
                ));
            }
        }
    }
    found
}
