//! How well suspected echoes are found: precision and recall on invented families in which it is known who copied whom.
//!
//! `cargo test --test echoes -- --nocapture` prints the figures. The families are made by a seeded generator; beside the
//! echoes they hold what is hardest to tell from one: two agencies that saw the same thing and wrote it down for themselves.
#![allow(clippy::unwrap_used)] // a test may fail by panic

#[path = "../benches/people/dice.rs"]
#[allow(dead_code, missing_docs)] // the bench uses all of it
mod dice;
#[path = "echoes/families.rs"]
mod families;

use std::collections::BTreeMap;

use casepicture::timeline::{chain, merge};

use families::{Family, Way};

/// What was found of one way of repeating.
#[derive(Debug, Default, Clone, Copy)]
struct Found {
    echoes: usize,
    found: usize,
}

/// Counts over many families.
#[derive(Debug, Default)]
struct Counts {
    by_way: BTreeMap<Way, Found>,
    proposed: usize,
    right: usize,
    independent: usize,
    taken_for_echoes: usize,
}

impl Counts {
    fn precision(&self) -> f64 {
        self.right as f64 / self.proposed as f64
    }

    fn recall(&self) -> f64 {
        let (echoes, found) = self
            .by_way
            .values()
            .fold((0, 0), |(e, f), way| (e + way.echoes, f + way.found));
        found as f64 / echoes as f64
    }

    fn add(&mut self, family: &Family) {
        let timeline = merge(&family.supplied, &family.people, &[]);
        let at = |id: &str| {
            let entries = &family.supplied.entries;
            let entry = entries
                .iter()
                .position(|entry| entry.id.as_str() == id)
                .unwrap();
            timeline.fact_of[entry]
        };
        let mut truth: BTreeMap<usize, (usize, Way)> = BTreeMap::new();
        for (echo, source, way) in &family.echoes {
            truth.insert(at(echo), (at(source), *way));
        }
        for (fact, (source, way)) in &truth {
            let suspected = &timeline.facts[*fact].suspected;
            let found = suspected.iter().any(|s| s.repeats && s.other == *source);
            let of = self.by_way.entry(*way).or_default();
            of.echoes += 1;
            of.found += usize::from(found);
        }
        for (at, fact) in timeline.facts.iter().enumerate() {
            for suspicion in fact.suspected.iter().filter(|s| s.repeats) {
                self.proposed += 1;
                let right = truth
                    .get(&at)
                    .is_some_and(|(source, _)| *source == suspicion.other);
                self.right += usize::from(right);
            }
        }
        for id in &family.independent {
            self.independent += 1;
            let suspected = &timeline.facts[at(id)].suspected;
            self.taken_for_echoes += usize::from(suspected.iter().any(|s| s.repeats));
        }
    }
}

fn count(families: u64, seed: u64) -> Counts {
    let mut counts = Counts::default();
    for family in 0..families {
        counts.add(&Family::of(seed + family));
    }
    counts
}

#[test]
fn suspected_echoes_are_mostly_right_and_mostly_found() {
    // the thresholds were set on families 1 to 300; these are others
    let counts = count(300, 10_000);
    println!(
        "precision {:.3}, recall {:.3}",
        counts.precision(),
        counts.recall()
    );
    println!(
        "independent tellings {}, taken for echoes {}",
        counts.independent, counts.taken_for_echoes
    );
    for (way, found) in &counts.by_way {
        println!("{way:?}: {} of {}", found.found, found.echoes);
    }
    assert!(counts.precision() >= 0.9, "{}", counts.precision());
    assert!(counts.recall() >= 0.8, "{}", counts.recall());
}

#[test]
#[ignore = "for setting the thresholds; run by name"]
fn the_families_on_which_thresholds_are_set() {
    let counts = count(300, 1);
    println!(
        "precision {:.3}, recall {:.3}",
        counts.precision(),
        counts.recall()
    );
    println!("{counts:#?}");
    for family in (1..40).map(Family::of) {
        let timeline = merge(&family.supplied, &family.people, &[]);
        let entry = |fact: usize| &family.supplied.entries[timeline.facts[fact].lead];
        for (at, fact) in timeline.facts.iter().enumerate() {
            for suspicion in fact.suspected.iter().filter(|s| s.repeats) {
                let ids = (entry(at).id.as_str(), entry(suspicion.other).id.as_str());
                let right = family
                    .echoes
                    .iter()
                    .any(|(echo, of, _)| (echo.as_str(), of.as_str()) == ids);
                if !right {
                    println!(
                        "{} | {} | {}",
                        entry(suspicion.other).text,
                        entry(at).text,
                        suspicion.why
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_is_made_one_fact_by_likeness() {
    for seed in 0..20 {
        let family = Family::of(seed);
        let timeline = merge(&family.supplied, &family.people, &[]);
        assert_eq!(timeline.facts.len(), family.supplied.entries.len());
        for fact in &timeline.facts {
            assert!(fact.origins_low <= fact.origins_high);
        }
    }
}

#[test]
fn a_chain_is_told_from_the_first_with_its_words() {
    let family = (0..1_000)
        .map(Family::of)
        .find(|family| !family.echoes.is_empty())
        .unwrap();
    let timeline = merge(&family.supplied, &family.people, &[]);
    let suspected = timeline
        .facts
        .iter()
        .position(|fact| fact.suspected.iter().any(|s| s.repeats));
    let told = chain(&family.supplied, &timeline, suspected.unwrap());
    assert!(told.len() >= 2 && told[0].why.is_empty() && told[0].shared.is_empty());
    assert!(
        told.windows(2)
            .all(|pair| pair[0].said_on <= pair[1].said_on)
    );
    assert!(
        told[1..]
            .iter()
            .any(|telling| !telling.why.is_empty() && !telling.shared.is_empty())
    );
}
