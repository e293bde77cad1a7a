//! The flag about whose word is cited: status-hierarchy.

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::model::words::AgencyKind;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{number, percent, probability, spoken};
use crate::reliance::thresholds::{STATUS_FACTS, STATUS_RATIO};
use crate::reliance::{GroupMeasure, Grouping, Reliance};

const HIGH: [AgencyKind; 6] = [
    AgencyKind::Police,
    AgencyKind::Gp,
    AgencyKind::Hospital,
    AgencyKind::SocialCare,
    AgencyKind::Court,
    AgencyKind::MentalHealth,
];
const LOW: [AgencyKind; 7] = [
    AgencyKind::EarlyYears,
    AgencyKind::School,
    AgencyKind::SchoolNursing,
    AgencyKind::HealthVisiting,
    AgencyKind::Housing,
    AgencyKind::Voluntary,
    AgencyKind::Family,
];

/// Agencies of one standing: the median of their rates, and what was counted.
struct Side<'a> {
    rate: f64,
    ratio: f64,
    groups: Vec<&'a GroupMeasure>,
}

/// What agencies of high standing tell is cited at least twice as often as what others tell, at equal significance.
///
/// The rate of an agency is set against what its facts would have by their significance alone (cited to expected, measure
/// M2 with its strata): where all facts matter alike that is the plain rate. A side with few facts is not judged.
pub fn hierarchy(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    if reliance.cited == 0 {
        return Err("no citations supplied");
    }
    let (Some(high), Some(low)) = (
        side(evidence, reliance, &HIGH),
        side(evidence, reliance, &LOW),
    ) else {
        return Err("too few facts to compare");
    };
    let limit = evidence.limit(&STATUS_RATIO);
    if high.ratio <= 0.0 || high.ratio < limit * low.ratio {
        return Ok(Vec::new());
    }
    let names = |side: &Side<'_>| {
        let ids = side.groups.iter().map(|group| AgencyId::new(&group.group));
        let names = ids.map(|id| evidence.input.supplied.agency_name(&id).to_owned());
        spoken(&names.collect::<Vec<_>>())
    };
    let times = if low.ratio > 0.0 {
        hundredths(high.ratio / low.ratio)
    } else {
        "-".to_owned()
    };
    Ok(vec![Finding {
        direction: "under",
        agencies: low.groups.iter().map(|group| group.group.clone()).collect(),
        value: times,
        threshold: number(limit),
        sentence: format!(
            "At equal significance {} of what {} told is cited (the median of these agencies), and {} of what {} told. Would the same words be read otherwise if somebody else had said them?",
            percent(high.rate),
            names(&high),
            percent(low.rate),
            names(&low)
        ),
        facts: low.groups.iter().flat_map(|group| &group.facts).copied().collect(),
        would_clear: "Read the facts of these agencies that are not cited; cite those that bear on the draft, or record why they do not.".to_owned(),
        ..Finding::default()
    }])
}

/// A ratio with two decimals, rounded down.
fn hundredths(ratio: f64) -> String {
    format!(
        "{}{}",
        ratio.floor(),
        probability(ratio.fract()).trim_start_matches('0')
    )
}

/// The agencies of these kinds with facts available, when they have enough between them.
fn side<'a>(
    evidence: &Evidence<'_>,
    reliance: &'a Reliance,
    kinds: &[AgencyKind],
) -> Option<Side<'a>> {
    let groups: Vec<&GroupMeasure> = reliance
        .groups
        .iter()
        .filter(|group| group.grouping == Grouping::Agency && group.ratio.is_some())
        .filter(|group| {
            let agency = evidence.input.supplied.agency(&AgencyId::new(&group.group));
            agency.is_some_and(|agency| kinds.contains(&agency.kind))
        })
        .collect();
    let facts: usize = groups.iter().map(|group| group.available).sum();
    if (facts as f64) < evidence.limit(&STATUS_FACTS) {
        return None;
    }
    let rates = groups.iter().filter_map(|group| Some(group.uptake?.0));
    let ratios = groups.iter().filter_map(|group| group.ratio);
    Some(Side {
        rate: median(rates.collect())?,
        ratio: median(ratios.collect())?,
        groups,
    })
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = *values.get(middle.checked_sub(1).unwrap_or(middle))?;
    Some(if values.len() % 2 == 1 {
        upper
    } else {
        f64::midpoint(lower, upper)
    })
}
