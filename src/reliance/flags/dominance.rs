//! Flags about a picture that comes mostly from one agency: own-agency-dominance, agency-dominance.

use std::collections::BTreeSet;

use super::{Finding, Judged};
use crate::model::id::AgencyId;
use crate::model::words::{RequestResult, YesNo};
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{number, percent};
use crate::reliance::thresholds::{AGENCY_EFFECTIVE, AGENCY_SHARE, OWN_AGENCIES, OWN_SHARE};

/// The own agency's share is large while others are known to hold data.
pub fn own(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    let Some(own) = &evidence.input.settings.own_agency else {
        return Err("no own agency named");
    };
    if reliance.facts == 0 {
        return Err("no facts available");
    }
    let holding = holding(evidence);
    let share = reliance.available.shares.get(own.as_str());
    let share = share.copied().unwrap_or(0.0);
    let limit = evidence.limit(&OWN_SHARE);
    if share < limit || (holding.len() as f64) < evidence.limit(&OWN_AGENCIES) {
        return Ok(Vec::new());
    }
    let sentence = format!(
        "{}, the own agency, told {} of the available facts first, while {} agencies are known to hold something. What do the others know?",
        evidence.agency(own),
        percent(share),
        holding.len()
    );
    let would_clear =
        "Ask the other agencies that hold data, or record that they have nothing to add.";
    Ok(vec![leaning(
        evidence,
        own.as_str(),
        (share, limit),
        (sentence, would_clear),
    )])
}

/// Another agency's share is large, or the facts come effectively from few of those that supply.
pub fn agency(evidence: &Evidence<'_>, reliance: &Reliance) -> Judged {
    if reliance.facts == 0 {
        return Err("no facts available");
    }
    let own = evidence.input.settings.own_agency.as_ref();
    let shares = &reliance.available.shares;
    let limit = evidence.limit(&AGENCY_SHARE);
    let is_other = |name: &str| name != "unknown" && own.is_none_or(|own| own.as_str() != name);
    let mut found: Vec<Finding> = Vec::new();
    for (name, share) in shares.iter().filter(|(n, s)| is_other(n) && **s >= limit) {
        let id = AgencyId::new(name);
        let sentence = format!(
            "{} told {} of the available facts first. What do the others know?",
            evidence.input.supplied.agency_name(&id),
            percent(*share)
        );
        let would_clear =
            "Ask the other agencies for what they hold, or record that they have nothing to add.";
        found.push(leaning(
            evidence,
            name,
            (*share, limit),
            (sentence, would_clear),
        ));
    }
    let supplying = evidence.input.supplied.agencies.iter();
    let supplying = supplying.filter(|agency| agency.supplied).count();
    let least = evidence.limit(&AGENCY_EFFECTIVE) * supplying as f64;
    let (Some(effective), true) = (reliance.available.effective, found.is_empty()) else {
        return Ok(found);
    };
    // ties go to the first by id
    let top = shares.iter().filter(|(name, _)| *name != "unknown");
    let top = top.fold(None, |best: Option<(&String, &f64)>, next| match best {
        Some((_, share)) if share >= next.1 => best,
        _ => Some(next),
    });
    if let Some((name, share)) = top.filter(|_| effective < least) {
        let id = AgencyId::new(name);
        let sentence = format!(
            "{} told {} of the available facts first; {supplying} agencies supplied something, yet the facts are spread as if there were about {effective:.1}. What do the others know?",
            evidence.input.supplied.agency_name(&id),
            percent(*share)
        );
        let would_clear = "Ask the agencies with few facts for what they hold, or record that they have nothing to add.";
        found.push(leaning(
            evidence,
            name,
            (effective, least),
            (sentence, would_clear),
        ));
    }
    Ok(found)
}

fn leaning(
    evidence: &Evidence<'_>,
    agency: &str,
    (value, threshold): (f64, f64),
    (sentence, would_clear): (String, &str),
) -> Finding {
    let input = evidence.input;
    let facts = input.timeline.facts.iter().enumerate();
    let facts = facts.filter(|(at, fact)| {
        input.is_available(*at) && fact.origins.iter().any(|origin| origin.text() == agency)
    });
    Finding {
        direction: "over",
        agencies: vec![agency.to_owned()],
        value: number(value),
        threshold: number(threshold),
        sentence,
        facts: facts.map(|(at, _)| at).collect(),
        would_clear: would_clear.to_owned(),
        ..Finding::default()
    }
}

/// Agencies known to hold data: they supplied, work with somebody, have records available, or answered with something.
fn holding<'a>(evidence: &Evidence<'a>) -> BTreeSet<&'a AgencyId> {
    let supplied = evidence.input.supplied;
    let rows = supplied.agencies.iter().filter(|agency| agency.supplied);
    let involved = supplied.involvements.iter();
    let covered = supplied
        .coverage
        .iter()
        .filter(|row| row.records_available.is(YesNo::Yes));
    let answered = supplied.requests.iter().filter(|request| {
        request.result.is(RequestResult::Supplied) || request.result.is(RequestResult::Withheld)
    });
    rows.map(|agency| &agency.id)
        .chain(involved.filter_map(|row| row.involved.as_ref()))
        .chain(covered.map(|row| &row.agency))
        .chain(answered.map(|request| &request.asked))
        .collect()
}
