//! The flag about small things that several agencies know at the same time: cross-agency-cluster.

use std::collections::BTreeSet;

use super::kin::{facts_about, families};
use super::{Finding, Judged};
use crate::model::date::Day;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::words::Polarity;
use crate::reliance::Reliance;
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, spoken, spoken_day};
use crate::reliance::thresholds::{CLUSTER_AGENCIES, CLUSTER_DAYS, CLUSTER_FACTS};

/// One family's facts that come together: the first and last day, and the facts.
struct Cluster {
    first: Day,
    last: Day,
    facts: Vec<usize>,
}

/// Several facts of little significance, each from another agency, lie close together, and none is important alone.
///
/// A fact of blank significance is not known to be small, and one that is cited or recorded as a strength is not
/// overlooked. Of each family the time in which most agencies come together is told, of as many the latest.
pub fn across_agencies(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let mut facts = evidence.input.timeline.facts.iter();
    if facts.all(|fact| fact.significance.is_none()) {
        return Err("no significance supplied");
    }
    let found = families(evidence).into_iter().filter_map(|family| {
        let cluster = densest(evidence, &facts_about(evidence, &family))?;
        Some(finding(evidence, &family, cluster))
    });
    Ok(found.collect())
}

/// The days within the limit in which most agencies told small facts.
fn densest(evidence: &Evidence<'_>, facts: &[usize]) -> Option<Cluster> {
    let input = evidence.input;
    let dated = facts.iter().filter_map(|at| {
        let fact = input.timeline.facts.get(*at)?;
        let small = fact.significance.is_some_and(|s| s <= 1) && fact.cited_by.is_empty();
        let counts = small && !fact.polarity.is(Polarity::Strength) && input.is_available(*at);
        // a month or a year is no day on which things come together
        let day = fact.when.exact().filter(|day| *day <= input.as_of)?;
        counts.then_some((day, *at))
    });
    let mut dated: Vec<(Day, usize)> = dated.collect();
    dated.sort_unstable();
    let days = evidence.limit(&CLUSTER_DAYS);
    let mut best: Option<(usize, Cluster)> = None;
    for (place, (first, _)) in dated.iter().enumerate() {
        let within = dated.iter().skip(place);
        let within = within.take_while(|(day, _)| (*day - *first).num_days() as f64 <= days);
        let within: Vec<(Day, usize)> = within.copied().collect();
        let agencies = origins(evidence, within.iter().map(|(_, at)| *at)).len();
        let enough = agencies as f64 >= evidence.limit(&CLUSTER_AGENCIES)
            && within.len() as f64 >= evidence.limit(&CLUSTER_FACTS);
        let more = best
            .as_ref()
            .is_none_or(|(most, cluster)| (agencies, within.len()) >= (*most, cluster.facts.len()));
        if let (true, Some((last, _))) = (enough && more, within.last()) {
            let cluster = Cluster {
                first: *first,
                last: *last,
                facts: within.iter().map(|(_, at)| *at).collect(),
            };
            best = Some((agencies, cluster));
        }
    }
    best.map(|(_, cluster)| cluster)
}

/// The agencies from which facts come.
fn origins<'a>(evidence: &Evidence<'a>, facts: impl Iterator<Item = usize>) -> BTreeSet<&'a str> {
    let facts = facts.filter_map(|at| evidence.input.timeline.facts.get(at));
    let known = facts.flat_map(|fact: &Fact| fact.origins.iter().filter_map(|o| o.agency()));
    known.map(AgencyId::as_str).collect()
}

fn finding(evidence: &Evidence<'_>, family: &[usize], cluster: Cluster) -> Finding {
    let input = evidence.input;
    let agencies = origins(evidence, cluster.facts.iter().copied());
    let names = input.supplied.agencies.iter();
    let names = names.filter(|agency| agencies.contains(agency.id.as_str()));
    let names: Vec<&str> = names.map(|agency| agency.name.as_str()).collect();
    let named = cluster.facts.iter();
    let named = named.filter_map(|at| input.timeline.facts.get(*at));
    let named: BTreeSet<usize> = named
        .flat_map(|fact| &fact.persons)
        .copied()
        .filter(|person| family.binary_search(person).is_ok())
        .collect();
    let whom: Vec<&str> = named.iter().map(|person| evidence.name(*person)).collect();
    Finding {
        agencies: agencies.iter().map(|id| (*id).to_owned()).collect(),
        persons: named.into_iter().collect(),
        value: cluster.facts.len().to_string(),
        threshold: number(evidence.limit(&CLUSTER_FACTS)),
        sentence: format!(
            "{} about {} from {}, between {} and {}, are each small by themselves. What do they say when they are read together?",
            counted(cluster.facts.len(), "fact"),
            spoken(&whom),
            spoken(&names),
            spoken_day(cluster.first),
            spoken_day(cluster.last)
        ),
        facts: cluster.facts,
        would_clear:
            "Read them side by side with those who told them, and record what they make of it."
                .to_owned(),
        ..Finding::default()
    }
}
