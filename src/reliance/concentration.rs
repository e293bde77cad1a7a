//! How concentrated a set of facts is on few agencies: measure M7, a description and never a flag of its own.

use std::collections::BTreeMap;

use super::Concentration;
use crate::model::fact::Fact;

/// Measures a set of facts. Each gives 1/k to each of its k origins; `unknown` is an origin like any other here.
pub fn of<'a>(facts: impl Iterator<Item = &'a Fact>) -> Concentration {
    // whole numbers by k first, so that the order of the facts cannot move the last digit
    let mut tally: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut total = 0_usize;
    for fact in facts {
        total += 1;
        for origin in &fact.origins {
            *tally
                .entry(origin.text())
                .or_default()
                .entry(fact.origins.len())
                .or_default() += 1;
        }
    }
    if total == 0 {
        return Concentration::default();
    }
    let shares: BTreeMap<String, f64> = tally
        .into_iter()
        .map(|(origin, by_k)| {
            let credits: f64 = by_k.into_iter().map(|(k, n)| n as f64 / k as f64).sum();
            (origin.to_owned(), credits / total as f64)
        })
        .collect();
    // summed smallest first, so that renaming an agency changes nothing
    let mut sorted: Vec<f64> = shares.values().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let hhi: f64 = sorted.iter().map(|s| s * s).sum();
    let entropy: f64 = sorted.iter().map(|s| -s * s.ln()).sum();
    let evenness = (sorted.len() > 1).then(|| entropy / (sorted.len() as f64).ln());
    Concentration {
        shares,
        hhi: Some(hhi),
        effective: Some(1.0 / hhi),
        evenness,
    }
}
