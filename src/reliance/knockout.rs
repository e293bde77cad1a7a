//! What falls when an agency's origins are taken away: measure M6.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conclusion, KnockOut};
use crate::model::id::AgencyId;

/// How many sets of agencies are tried before the search takes the best single step each time instead.
const TRIES: usize = 40_000;

/// Measures the conclusions. Every agency of `supplying`, and every origin of a conclusion, has a count.
///
/// A conclusion that has no known origin to begin with falls with nobody's removal, yet it is unsupported.
pub fn of<'a>(
    conclusions: &[Conclusion],
    supplying: impl Iterator<Item = &'a AgencyId>,
) -> KnockOut {
    let mut unsupported: BTreeMap<AgencyId, usize> =
        supplying.map(|agency| (agency.clone(), 0)).collect();
    for conclusion in conclusions {
        for origin in &conclusion.origins {
            let count = unsupported.entry(origin.clone()).or_default();
            *count += usize::from(conclusion.origins.len() == 1);
        }
    }
    KnockOut {
        conclusions: conclusions.len(),
        unsupported,
        smallest_set: smallest_set(conclusions),
        links: Vec::new(),
    }
}

/// The smallest set of agencies without which at least half of the conclusions have no origin; the first by id of its size.
fn smallest_set(conclusions: &[Conclusion]) -> Vec<AgencyId> {
    let agencies: BTreeSet<&AgencyId> = conclusions.iter().flat_map(|c| &c.origins).collect();
    let agencies: Vec<&AgencyId> = agencies.into_iter().collect();
    let half = conclusions.len().div_ceil(2);
    let fallen = |set: &[usize]| {
        let gone = |origin: &AgencyId| set.iter().any(|at| agencies.get(*at) == Some(&origin));
        conclusions
            .iter()
            .filter(|c| c.origins.iter().all(gone))
            .count()
    };
    let named = |set: &[usize]| {
        let ids = set.iter().filter_map(|at| agencies.get(*at));
        ids.map(|id| (*id).clone()).collect::<Vec<_>>()
    };
    let mut tries = 0;
    for size in 0..=agencies.len() {
        let mut set: Vec<usize> = (0..size).collect();
        loop {
            if fallen(&set) >= half {
                return named(&set);
            }
            tries += 1;
            if tries > TRIES {
                return named(&greedy(agencies.len(), half, &fallen));
            }
            if !next_set(&mut set, agencies.len()) {
                break;
            }
        }
    }
    Vec::new()
}

/// Moves to the next set of the same size in the order of ids; false after the last.
fn next_set(set: &mut [usize], of: usize) -> bool {
    let size = set.len();
    for at in (0..size).rev() {
        let room = of - size + at;
        let here = set.get(at).copied().unwrap_or(room);
        if here < room {
            for (slot, value) in set.iter_mut().skip(at).zip(here + 1..) {
                *slot = value;
            }
            return true;
        }
    }
    false
}

/// Takes away, one at a time, the agency that leaves the most conclusions unsupported.
fn greedy(agencies: usize, half: usize, fallen: &impl Fn(&[usize]) -> usize) -> Vec<usize> {
    let mut set: Vec<usize> = Vec::new();
    while fallen(&set) < half && set.len() < agencies {
        let with = |at: usize| set.iter().copied().chain([at]).collect::<Vec<_>>();
        let left = (0..agencies).filter(|at| !set.contains(at));
        let Some(best) = left.max_by_key(|at| (fallen(&with(*at)), std::cmp::Reverse(*at))) else {
            break;
        };
        set.push(best);
    }
    set.sort_unstable();
    set
}
