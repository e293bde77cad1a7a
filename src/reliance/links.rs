//! What falls when a doubtful link between two records does not hold: measure M6 for identity.

use std::collections::{BTreeMap, BTreeSet};

use super::sentence::{possessive, spoken, verb};
use super::{Conclusion, Input, LinkKnockOut};
use crate::model::id::ConclusionId;
use crate::model::person::{Outcome, Pair};

/// Persons with more records are left out: to take each link away in turn would take too long, and who reads of that many
/// records has another question first.
const MOST_RECORDS: usize = 200;

/// For each link that a machine made or that is open, and on which a conclusion hangs: what falls without it. By left and
/// right record.
///
/// Of a link that holds two parts of a person together the smaller part goes; of an open question the record that is
/// linked to fewer others. A fact goes with it when all records that it names are gone.
pub fn of(input: &Input<'_>, conclusions: &[Conclusion]) -> Vec<LinkKnockOut> {
    if conclusions
        .iter()
        .all(|conclusion| conclusion.facts.is_empty())
    {
        return Vec::new();
    }
    let cited = cited_records(input, conclusions);
    let mut linked: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for pair in &input.people.pairs {
        if let (Outcome::Linked, Some(person)) = (pair.outcome, person(input, pair.left)) {
            linked
                .entry(person)
                .or_default()
                .push((pair.left, pair.right));
        }
    }
    let pairs = input.people.pairs.iter();
    let found = pairs.filter_map(|pair| {
        let gone = gone(input, pair, &linked)?;
        knock_out(input, pair, &gone, &cited, conclusions)
    });
    found.collect()
}

fn person(input: &Input<'_>, record: usize) -> Option<usize> {
    input.people.person_of.get(record).copied()
}

/// For each cited fact the records that its entries name.
fn cited_records(
    input: &Input<'_>,
    conclusions: &[Conclusion],
) -> BTreeMap<usize, BTreeSet<usize>> {
    let cited = conclusions.iter().flat_map(|conclusion| &conclusion.facts);
    let records = cited.map(|at| {
        let fact = input.timeline.facts.get(*at);
        let entries = fact.into_iter().flat_map(|fact| &fact.entries);
        let entries = entries.filter_map(|entry| input.supplied.entries.get(*entry));
        let named = entries.flat_map(|entry| &entry.persons);
        let named = named.filter_map(|id| input.supplied.record(id));
        (*at, named.collect())
    });
    records.collect()
}

/// The records that are no longer whom they were taken for when a pair is not one person.
fn gone(
    input: &Input<'_>,
    pair: &Pair,
    linked: &BTreeMap<usize, Vec<(usize, usize)>>,
) -> Option<BTreeSet<usize>> {
    let records = |record: usize| {
        let person = person(input, record)?;
        Some(&input.people.persons.get(person)?.records)
    };
    let (left, right) = (records(pair.left)?, records(pair.right)?);
    match pair.outcome {
        Outcome::Linked => {
            let machine = matches!(pair.decided_by.as_str(), "model" | "identifier" | "rule");
            if !machine || left.len() > MOST_RECORDS {
                return None;
            }
            let links = linked.get(&person(input, pair.left)?)?;
            let others = links
                .iter()
                .filter(|link| **link != (pair.left, pair.right));
            let reached = reach(pair.left, others);
            // held together by other links as well: nothing falls
            if reached.contains(&pair.right) {
                return None;
            }
            let rest: BTreeSet<usize> = left
                .iter()
                .copied()
                .filter(|at| !reached.contains(at))
                .collect();
            let core_is_left = (reached.len(), rest.first()) >= (rest.len(), reached.first());
            Some(if core_is_left { rest } else { reached })
        }
        Outcome::Review | Outcome::Ambiguous if left != right => {
            let less = if left.len() < right.len() {
                left
            } else {
                right
            };
            Some(less.iter().copied().collect())
        }
        _ => None,
    }
}

/// All records that links join to one.
fn reach<'a>(
    from: usize,
    links: impl Iterator<Item = &'a (usize, usize)> + Clone,
) -> BTreeSet<usize> {
    let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (left, right) in links {
        next.entry(*left).or_default().push(*right);
        next.entry(*right).or_default().push(*left);
    }
    let mut reached = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for other in next.get(&at).into_iter().flatten() {
            if reached.insert(*other) {
                open.push(*other);
            }
        }
    }
    reached
}

fn knock_out(
    input: &Input<'_>,
    pair: &Pair,
    gone: &BTreeSet<usize>,
    cited: &BTreeMap<usize, BTreeSet<usize>>,
    conclusions: &[Conclusion],
) -> Option<LinkKnockOut> {
    let lost: BTreeSet<usize> = cited
        .iter()
        .filter(|(_, records)| !records.is_empty() && records.is_subset(gone))
        .map(|(fact, _)| *fact)
        .collect();
    let (mut fall, mut weaker) = (Vec::new(), Vec::new());
    for conclusion in conclusions {
        let left = conclusion.facts.iter().filter(|at| !lost.contains(at));
        match left.count() {
            n if n == conclusion.facts.len() => {}
            0 => fall.push(conclusion.id.clone()),
            _ => weaker.push(conclusion.id.clone()),
        }
    }
    (!fall.is_empty() || !weaker.is_empty()).then(|| LinkKnockOut {
        records: [pair.left, pair.right],
        probability: pair.probability,
        outcome: pair.outcome,
        sentence: say(input, pair, gone, &fall, &weaker),
        facts: lost.into_iter().collect(),
        fall,
        weaker,
    })
}

fn say(
    input: &Input<'_>,
    pair: &Pair,
    gone: &BTreeSet<usize>,
    fall: &[ConclusionId],
    weaker: &[ConclusionId],
) -> String {
    let record = |at: usize| {
        let record = input.supplied.records.get(at)?;
        let owner = possessive(input.supplied.agency_name(record.id.agency()));
        // the name that this record has: by which other one somebody is known is another agency's to tell
        let name = match record.name() {
            name if name.is_empty() => "somebody without a name".to_owned(),
            name => name,
        };
        Some(format!("{owner} record of {name}"))
    };
    let record = |at: usize| record(at).unwrap_or_else(|| "this record".to_owned());
    let if_not = if pair.outcome == Outcome::Linked {
        format!(
            "If {} and {} are not the same person",
            record(pair.left),
            record(pair.right)
        )
    } else {
        let stray = gone.first().copied().unwrap_or(pair.left);
        format!("If {} is not about whom it is taken for", record(stray))
    };
    let ids = |ids: &[ConclusionId]| {
        let noun = verb(ids.len(), "conclusion", "conclusions");
        let ids: Vec<&str> = ids.iter().map(ConclusionId::as_str).collect();
        format!("{noun} {}", spoken(&ids))
    };
    let mut then = Vec::new();
    if !fall.is_empty() {
        then.push(format!(
            "{} {} no fact left",
            ids(fall),
            verb(fall.len(), "has", "have")
        ));
    }
    if !weaker.is_empty() {
        then.push(format!(
            "{} {} part of what {} on",
            ids(weaker),
            verb(weaker.len(), "loses", "lose"),
            verb(weaker.len(), "it rests", "they rest")
        ));
    }
    format!("{if_not}, {}.", then.join(", and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliance::fixture::Scene;

    fn pair(left: usize, right: usize, outcome: Outcome) -> Pair {
        Pair {
            left,
            right,
            probability: 0.8,
            weight: 0.0,
            prior_weight: 0.0,
            outcome,
            decided_by: "model".into(),
            reason: String::new(),
            fields: Vec::new(),
        }
    }

    /// Three records of one child in a chain, and a conclusion on a fact about each end.
    fn chain() -> Scene {
        let mut scene = Scene::new(&["gp", "police", "school"]);
        for record in ["gp:1", "police:1", "school:1"] {
            scene.person(record, "Ada Example", "2016-05-01");
        }
        scene.people.persons.truncate(1);
        scene.people.persons[0].records = vec![0, 1, 2];
        scene.people.person_of = vec![0; 3];
        scene.people.pairs = vec![pair(0, 1, Outcome::Linked), pair(1, 2, Outcome::Linked)];
        for (record, conclusion) in [(0, "C1"), (2, "C2")] {
            let fact = scene.fact(&["gp"], false);
            let id = scene.supplied.records[record].id.clone();
            scene.entry(fact).persons = vec![id];
            scene.timeline.facts[fact].persons = vec![0];
            scene.timeline.facts[fact].cited_by = vec![ConclusionId::new(conclusion)];
        }
        scene
    }

    #[test]
    fn a_conclusion_on_facts_of_one_record_falls_with_its_link() {
        let links = chain().measure().knock_out.links;
        let fallen: Vec<_> = links
            .iter()
            .map(|link| (link.records, link.fall[0].as_str()))
            .collect();
        assert_eq!(fallen, [([0, 1], "C1"), ([1, 2], "C2")]);
        assert_eq!(
            links[1].sentence,
            "If Police’s record of Ada Example and School’s record of Ada Example are not the same person, conclusion C2 has no fact left."
        );
    }

    #[test]
    fn a_link_beside_others_or_by_an_analyst_takes_nothing_with_it() {
        let mut scene = chain();
        scene.people.pairs.insert(1, pair(0, 2, Outcome::Linked));
        assert!(
            scene.measure().knock_out.links.is_empty(),
            "held together by the third link"
        );
        let mut scene = chain();
        for link in &mut scene.people.pairs {
            link.decided_by = "A. Analyst".into();
        }
        assert!(scene.measure().knock_out.links.is_empty());
    }

    #[test]
    fn a_conclusion_with_other_facts_is_weaker_and_stands() {
        let mut scene = chain();
        let fact = scene.fact(&["school"], true);
        scene.about(fact, 0);
        scene.timeline.facts[fact].cited_by = vec![ConclusionId::new("C2")];
        let links = scene.measure().knock_out.links;
        let last = links.iter().find(|link| link.records == [1, 2]).unwrap();
        assert!(last.fall.is_empty() && last.weaker[0].as_str() == "C2");
        assert!(
            last.sentence
                .ends_with("conclusion C2 loses part of what it rests on."),
            "{}",
            last.sentence
        );
    }
}
