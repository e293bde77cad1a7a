//! The five groupings of facts, and the measures M1 to M3 of each group.

use std::collections::BTreeMap;

use super::hypergeometric::{Stratum, Tails, expected, tails};
use super::tarone::{self, Tested};
use super::{GroupMeasure, Grouping, Input, SideVerdict, holm, sentence, thresholds, wilson};
use crate::model::fact::{Fact, Origin};
use crate::model::words::{Channel, Polarity};

/// A fact that starts at most so many days before the as-of date is `recent` (the contract of `reliance.csv`).
pub const RECENT_DAYS: i64 = 90;

const CHANNELS: [(Channel, &str); 5] = [
    (Channel::Child, "child"),
    (Channel::Parent, "parent"),
    (Channel::Observation, "observation"),
    (Channel::OtherPerson, "other-person"),
    (Channel::ProfessionalOpinion, "professional-opinion"),
];
const POLARITIES: [(Polarity, &str); 3] = [
    (Polarity::Strength, "strength"),
    (Polarity::Concern, "concern"),
    (Polarity::Neutral, "neutral"),
];
const NOT_RECORDED: &str = "not-recorded";

/// Counts of one group, by stratum of significance.
#[derive(Default)]
struct Tally {
    by_stratum: [usize; 3],
    cited: usize,
    facts: Vec<usize>,
}

/// N and n of the strata: significant, background, not recorded.
type Totals = [(usize, usize); 3];

/// Measures all groups, in the order of `reliance.csv`.
pub fn measure(input: &Input<'_>) -> Vec<GroupMeasure> {
    let mut totals = Totals::default();
    let mut tallies: BTreeMap<Grouping, BTreeMap<(usize, &str), Tally>> = BTreeMap::new();
    let agencies = tallies.entry(Grouping::Agency).or_default();
    for agency in &input.supplied.agencies {
        if agency.supplied {
            agencies.entry((0, agency.id.as_str())).or_default();
        }
    }
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        if !input.is_available(at) {
            continue;
        }
        let (stratum, cited) = (stratum_of(fact), usize::from(!fact.cited_by.is_empty()));
        if let Some((total, relied)) = totals.get_mut(stratum) {
            *total += 1;
            *relied += cited;
        }
        for_each_group(input, fact, |grouping, order, name| {
            let groups = tallies.entry(grouping).or_default();
            let tally = groups.entry((order, name)).or_default();
            if let Some(count) = tally.by_stratum.get_mut(stratum) {
                *count += 1;
            }
            tally.cited += cited;
            tally.facts.push(at);
        });
    }
    let mut measures: Vec<GroupMeasure> = tallies
        .into_iter()
        .flat_map(|(grouping, groups)| measure_grouping(grouping, groups, totals))
        .collect();
    let overall = standing_together(input, &measures);
    let (total, cited) = totals.iter().fold((0, 0), |(n, c), s| (n + s.0, c + s.1));
    for (measure, overall) in measures.iter_mut().zip(overall) {
        judge(input, measure, overall);
        measure.sentence = sentence::of_group(input, measure, total, cited);
    }
    measures
}

/// The stratum of a fact: 0 significant, 1 background, 2 not recorded.
fn stratum_of(fact: &Fact) -> usize {
    match fact.significance {
        Some(2..) => 0,
        Some(_) => 1,
        None => 2,
    }
}

/// Names each group that a fact belongs to, with its place in the listed order of the grouping.
fn for_each_group<'a>(
    input: &Input<'a>,
    fact: &'a Fact,
    mut count: impl FnMut(Grouping, usize, &'a str),
) {
    for origin in &fact.origins {
        count(Grouping::Agency, 0, origin.text());
    }
    if let Some(own) = &input.settings.own_agency {
        let known = || fact.origins.iter().filter_map(Origin::agency);
        if known().any(|agency| agency == own) {
            count(Grouping::Own, 0, "own");
        }
        if known().any(|agency| agency != own) {
            count(Grouping::Own, 1, "other");
        }
    }
    let (order, name) = place(&CHANNELS, fact.channel.known().as_ref());
    count(Grouping::Channel, order, name);
    let (order, name) = match fact.when.start() {
        None => (2, "undated"),
        Some(day) if (input.as_of - day).num_days() <= RECENT_DAYS => (0, "recent"),
        Some(_) => (1, "older"),
    };
    count(Grouping::Recency, order, name);
    let (order, name) = place(&POLARITIES, fact.polarity.known().as_ref());
    count(Grouping::Polarity, order, name);
}

/// The place and name of a value in its list; what is blank or not understood comes last.
fn place<T: PartialEq>(list: &[(T, &'static str)], value: Option<&T>) -> (usize, &'static str) {
    let found = list
        .iter()
        .enumerate()
        .find(|(_, (of, _))| Some(of) == value);
    found.map_or((list.len(), NOT_RECORDED), |(at, (_, name))| (at, name))
}

/// Measures the groups of one grouping and adjusts them together.
fn measure_grouping(
    grouping: Grouping,
    groups: BTreeMap<(usize, &str), Tally>,
    totals: Totals,
) -> Vec<GroupMeasure> {
    let mut measures: Vec<GroupMeasure> = groups
        .into_iter()
        .map(|((_, name), tally)| measure_group(grouping, name, tally, totals))
        .collect();
    let adjusted = adjusted(&measures);
    for (measure, adjusted) in measures.iter_mut().zip(adjusted) {
        measure.p_adjusted = adjusted;
    }
    measures
}

/// The p values of both sides, each side adjusted on its own over all of these groups that were tested.
fn adjusted(measures: &[GroupMeasure]) -> Vec<Option<(f64, f64)>> {
    let tested = || measures.iter().filter_map(|measure| measure.p);
    let under = holm::adjust(&tested().map(|p| p.0).collect::<Vec<_>>());
    let over = holm::adjust(&tested().map(|p| p.1).collect::<Vec<_>>());
    let mut pairs = under.into_iter().zip(over);
    let each = measures.iter();
    each.map(|measure| measure.p.and_then(|_| pairs.next()))
        .collect()
}

/// Computes what one group says on its own.
fn measure_group(grouping: Grouping, name: &str, tally: Tally, totals: Totals) -> GroupMeasure {
    let available = tally.facts.len();
    let relied: usize = totals.iter().map(|(_, cited)| cited).sum();
    let strata: Vec<Stratum> = totals
        .iter()
        .zip(tally.by_stratum)
        .map(|((total, cited), group)| Stratum {
            total: *total,
            group,
            cited: *cited,
        })
        .collect();
    let measured = available > 0 && relied > 0;
    let e = measured.then(|| expected(&strata));
    let t: Option<Tails> = measured.then(|| tails(&strata, tally.cited));
    GroupMeasure {
        grouping,
        group: name.to_owned(),
        available,
        cited: tally.cited,
        expected: if available == 0 { Some(0.0) } else { e },
        uptake: wilson::interval(tally.cited, available).filter(|_| measured),
        ratio: e.filter(|e| *e > 0.0).map(|e| tally.cited as f64 / e),
        p: t.map(|t| (t.under, t.over)),
        p_adjusted: None,
        smallest_p: t.map(|t| (t.smallest_under, t.smallest_over)),
        verdict_under: SideVerdict::NotComputed,
        verdict_over: SideVerdict::NotComputed,
        sentence: String::new(),
        facts: tally.facts,
    }
}

/// For each group whether its sides, under and over, stand when the groups of all groupings are taken together.
fn standing_together(input: &Input<'_>, measures: &[GroupMeasure]) -> Vec<(bool, bool)> {
    let side = |pick: fn((f64, f64)) -> f64, threshold| {
        let tests = measures.iter().map(|measure| Tested {
            p: measure.p.map_or(1.0, pick),
            smallest: measure.smallest_p.map_or(1.0, pick),
        });
        let level = thresholds::value(input.settings, threshold);
        tarone::standing(&tests.collect::<Vec<_>>(), level)
    };
    let under = side(|p| p.0, &thresholds::UNDER_P);
    let over = side(|p| p.1, &thresholds::OVER_P);
    under.into_iter().zip(over).collect()
}

/// Gives the verdict of each side on its own. `together` says whether the side stands among the groups of all groupings.
///
/// The agency grouping is what the measure is for, and is judged by itself. The four others look at the same choice of
/// facts again; each judged by itself, one family in nine in which nobody looked at the source would show a flag. They are
/// flagged only where they stand among all groups as well, and are a look otherwise.
fn judge(input: &Input<'_>, measure: &mut GroupMeasure, together: (bool, bool)) {
    let limit = |threshold| thresholds::value(input.settings, threshold);
    let (Some(p), Some(adjusted), Some(smallest)) =
        (measure.p, measure.p_adjusted, measure.smallest_p)
    else {
        return;
    };
    let first = measure.grouping == Grouping::Agency;
    // sums of fractions may miss 1/20 by a rounding
    let level_of = |threshold| limit(threshold) + 1e-12;
    let verdict = |p: f64, adjusted: f64, smallest: f64, level: f64, gate: bool, stands: bool| {
        if smallest > level {
            SideVerdict::TooFew
        } else if gate && adjusted <= level && (first || stands) {
            SideVerdict::Flag
        } else if gate && p <= level {
            SideVerdict::Look
        } else {
            SideVerdict::None
        }
    };
    let under_gate = measure
        .ratio
        .is_some_and(|r| r <= limit(&thresholds::UNDER_RATIO));
    let over_gate = measure
        .ratio
        .is_some_and(|r| r >= limit(&thresholds::OVER_RATIO));
    let (under_p, over_p) = (
        level_of(&thresholds::UNDER_P),
        level_of(&thresholds::OVER_P),
    );
    measure.verdict_under = verdict(p.0, adjusted.0, smallest.0, under_p, under_gate, together.0);
    measure.verdict_over = verdict(p.1, adjusted.1, smallest.1, over_p, over_gate, together.1);
}
