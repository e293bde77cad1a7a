//! Which side of a disagreement the conclusions cite: measure M9.

use std::collections::{BTreeMap, BTreeSet};

use super::sentence::{chance, counted, possessive};
use super::{CitedSides, Input};
use crate::model::fact::{Disagreement, Side};
use crate::model::id::AgencyId;
use crate::model::slot::is_alike;

/// From so many disagreements on a sign test says something; with fewer even the most one-sided count is no surprise.
const TESTED_FROM: usize = 6;

/// Two agencies that disagree, the smaller id first.
type Pair<'a> = (&'a AgencyId, &'a AgencyId);

/// How often each of the two is cited, the things they disagree on, and the facts.
#[derive(Default)]
struct Count<'a> {
    first: usize,
    second: usize,
    things: BTreeSet<(usize, &'a str)>,
    facts: BTreeSet<usize>,
}

/// Counts, for every two agencies that disagree, whose side is cited where only one is. By the ids of both.
pub fn of(input: &Input<'_>) -> Vec<CitedSides> {
    let mut counts: BTreeMap<Pair<'_>, Count<'_>> = BTreeMap::new();
    for disagreement in &input.timeline.disagreements {
        for ((first, second), (is_first, facts)) in cited(input, disagreement) {
            let count = counts.entry((first, second)).or_default();
            count.first += usize::from(is_first);
            count.second += usize::from(!is_first);
            count
                .things
                .insert((disagreement.person, &disagreement.slot));
            count.facts.extend(facts);
        }
    }
    counts
        .into_iter()
        .map(|(pair, count)| describe(input, pair, count))
        .collect()
}

/// For each two agencies that differ: whether the first one's side is cited and the second one's not, or the other way
/// round. Where both or neither are cited nobody chose.
fn cited<'a>(
    input: &Input<'_>,
    disagreement: &'a Disagreement,
) -> BTreeMap<Pair<'a>, (bool, BTreeSet<usize>)> {
    let is_cited = |side: &Side| {
        side.fact.is_some_and(|at| {
            let fact = input.timeline.facts.get(at);
            input.is_available(at) && fact.is_some_and(|fact| !fact.cited_by.is_empty())
        })
    };
    let mut pairs: BTreeMap<Pair<'a>, (bool, bool, BTreeSet<usize>)> = BTreeMap::new();
    for (at, one) in disagreement.sides.iter().enumerate() {
        for other in disagreement.sides.iter().skip(at + 1) {
            if one.agency == other.agency || is_alike(&one.value, &other.value) {
                continue;
            }
            let (one, other) = if one.agency < other.agency {
                (one, other)
            } else {
                (other, one)
            };
            let (first, second, facts) = pairs.entry((&one.agency, &other.agency)).or_default();
            *first |= is_cited(one);
            *second |= is_cited(other);
            facts.extend([one.fact, other.fact].into_iter().flatten());
        }
    }
    let chosen = pairs.into_iter();
    chosen
        .filter(|(_, (first, second, _))| first != second)
        .map(|(pair, (first, _, facts))| (pair, (first, facts)))
        .collect()
}

fn describe(input: &Input<'_>, (first, second): Pair<'_>, count: Count<'_>) -> CitedSides {
    let pairs = count.first + count.second;
    let p = (pairs >= TESTED_FROM).then(|| sign_test(count.first, count.second));
    let name = |id: &AgencyId| input.supplied.agency_name(id).to_owned();
    let (one, other) = (name(first), name(second));
    let sentence = if let Some(p) = p {
        let of = if p < 0.000_1 { "" } else { "of " };
        format!(
            "{one} and {other} disagree on {}, and the draft cites one side: {} {}, {} {}. If either were as likely, a count as uneven happens in {} {of}cases. Is there a reason?",
            counted(pairs, "thing"),
            possessive(&one),
            times(count.first),
            possessive(&other),
            times(count.second),
            chance(p)
        )
    } else {
        let things = count.things.iter().map(|(person, slot)| {
            let person = input.people.persons.get(*person);
            let person = person.map_or("somebody", |person| &person.name);
            format!("{} {}", possessive(person), slot.replace('_', " "))
        });
        let things: Vec<String> = things.collect();
        format!(
            "{one} and {other} disagree on {}; the draft cites {} side {}, {} {}. Are both known to those who decide?",
            super::sentence::spoken(&things),
            possessive(&one),
            times(count.first),
            possessive(&other),
            times(count.second)
        )
    };
    CitedSides {
        agencies: [first.clone(), second.clone()],
        cited: [count.first, count.second],
        p,
        facts: count.facts.into_iter().collect(),
        sentence,
    }
}

fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        many => format!("{many} times"),
    }
}

/// The two-sided sign test: the chance of a split at least as uneven when each side is as likely.
fn sign_test(one: usize, other: usize) -> f64 {
    let n = one + other;
    let mut term = 0.5_f64.powi(n as i32);
    let mut tail = 0.0;
    for k in 0..=one.min(other) {
        tail += term;
        term *= (n - k) as f64 / (k + 1) as f64;
    }
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliance::fixture::{Scene, on};

    #[test]
    fn the_sign_test_counts_both_ends() {
        for (one, other, p) in [
            (6, 0, 0.031_25),
            (5, 1, 0.218_75),
            (3, 3, 1.0),
            (0, 7, 0.015_625),
        ] {
            assert!((sign_test(one, other) - p).abs() < 1e-12, "{one} {other}");
        }
    }

    /// So many things on which police and school disagree; the police's side of the first `cited` is cited.
    fn disagreeing(things: usize, cited: usize) -> Scene {
        let mut scene = Scene::new(&["social-care", "police", "school"]);
        let child = scene.person("social-care:1", "Ada Example", "2016-05-01");
        for thing in 0..things {
            let sides = ["police", "school"].map(|agency| {
                let fact = scene.fact(&[agency], agency == "police" && thing < cited);
                scene.about(fact, child);
                Side {
                    agency: AgencyId::new(agency),
                    value: format!("{agency} says so"),
                    when: on("2026-01-10"),
                    fact: Some(fact),
                    record: None,
                }
            });
            scene.timeline.disagreements.push(Disagreement {
                person: child,
                slot: format!("thing {thing}"),
                sides: sides.to_vec(),
            });
        }
        scene
    }

    #[test]
    fn six_one_sided_disagreements_are_tested_and_five_are_listed() {
        let tested = disagreeing(7, 6).measure().sides;
        assert_eq!((tested.len(), tested[0].cited), (1, [6, 0]));
        assert!((tested[0].p.unwrap() - 0.031_25).abs() < 1e-12);
        assert!(
            tested[0].sentence.contains("3.1% of cases"),
            "{}",
            tested[0].sentence
        );
        let listed = disagreeing(5, 5).measure().sides;
        assert_eq!((listed[0].p, listed[0].facts.len()), (None, 10));
        assert!(disagreeing(3, 0).measure().sides.is_empty(), "nobody chose");
    }
}
