//! Flags about what is cited and what is not: over-relied, under-relied, uncited-agency.

use std::collections::BTreeMap;

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, of_flag, verb};
use crate::reliance::thresholds::{
    OVER_RATIO, Threshold, UNCITED_FACTS, UNCITED_SIGNIFICANCE, UNDER_RATIO,
};
use crate::reliance::{GroupMeasure, Grouping, Reliance, SideVerdict};

const NOTHING_CITED: &str = "no citations supplied";

/// A group is cited far more often than chance would have it.
pub fn over(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    by_measure(evidence, reliance, "over", &OVER_RATIO, |group| {
        group.verdict_over
    })
}

/// A group is cited far less often than chance would have it.
pub fn under(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    by_measure(evidence, reliance, "under", &UNDER_RATIO, |group| {
        group.verdict_under
    })
}

fn by_measure(
    evidence: &Evidence<'_>,
    reliance: &Reliance,
    direction: &'static str,
    ratio: &Threshold,
    side: fn(&GroupMeasure) -> SideVerdict,
) -> Judged {
    if reliance.cited == 0 {
        return Err(NOTHING_CITED);
    }
    let flagged = reliance
        .groups
        .iter()
        .filter(|group| side(group) == SideVerdict::Flag);
    let found = flagged.map(|group| {
        let would_clear = if direction == "under" {
            "Read the facts of this group that are not cited; cite those that bear on the draft, or record why they do not."
        } else {
            "Look for facts from other sources that bear on the same conclusions, or record why these are enough."
        };
        let (agencies, name) = if group.grouping == Grouping::Agency {
            (vec![group.group.clone()], String::new())
        } else {
            (Vec::new(), format!("{}={}", grouping(group.grouping), group.group))
        };
        Finding {
            direction,
            agencies,
            group: name,
            value: group.ratio.map_or_else(String::new, number),
            threshold: number(evidence.limit(ratio)),
            sentence: of_flag(evidence.input, group),
            facts: group.facts.clone(),
            would_clear: would_clear.to_owned(),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// The name of a grouping, as in `reliance.csv`.
fn grouping(of: Grouping) -> &'static str {
    match of {
        Grouping::Agency => "agency",
        Grouping::Own => "own",
        Grouping::Channel => "channel",
        Grouping::Recency => "recency",
        Grouping::Polarity => "polarity",
    }
}

/// Conclusions exist, an agency has significant facts, and none of these is cited.
pub fn uncited_agency(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    if reliance.conclusions.is_empty() {
        return Err(NOTHING_CITED);
    }
    let mut entries = evidence.input.supplied.entries.iter();
    if entries.all(|entry| entry.significance.is_none()) {
        return Err("no significance supplied");
    }
    let input = evidence.input;
    let significant = evidence.limit(&UNCITED_SIGNIFICANCE);
    let facts = input
        .timeline
        .facts
        .iter()
        .enumerate()
        .filter(|(at, fact)| {
            input.is_available(*at)
                && fact
                    .significance
                    .is_some_and(|s| f64::from(s) >= significant)
        });
    let mut by_agency: BTreeMap<&AgencyId, (Vec<usize>, bool)> = BTreeMap::new();
    for (at, fact) in facts {
        for agency in fact.origins.iter().filter_map(|origin| origin.agency()) {
            let (held, cited) = by_agency.entry(agency).or_default();
            held.push(at);
            *cited |= !fact.cited_by.is_empty();
        }
    }
    let least = evidence.limit(&UNCITED_FACTS);
    let uncited = by_agency
        .into_iter()
        .filter(|(_, (held, cited))| !cited && held.len() as f64 >= least);
    let found = uncited.map(|(agency, (held, _))| {
        let name = evidence.agency(agency);
        let none = verb(held.len(), "it is not", "none is");
        Finding {
            direction: "under",
            agencies: vec![agency.as_str().to_owned()],
            value: held.len().to_string(),
            threshold: number(least),
            sentence: format!(
                "{name}: {} of significance {} or more {} available, and {none} cited in {}. Is there a reason?",
                counted(held.len(), "fact"),
                number(significant),
                verb(held.len(), "is", "are"),
                counted(reliance.conclusions.len(), "conclusion")
            ),
            facts: held,
            would_clear: format!(
                "Cite what {name} told where it bears on a conclusion, or record why it does not."
            ),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}
