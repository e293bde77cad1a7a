//! Flags about basis, identity and disagreement.

use super::{family, id};
use crate::model::basis::NOT_RECORDED;
use crate::model::date::When;
use crate::model::fact::{Difference, Disagreement, Side};
use crate::model::person::{Agreement, FieldComparison, Outcome, Pair};
use crate::model::phrase::Coded;
use crate::model::words::ConsentState;
use crate::reliance::fixture::on;

#[test]
fn refused_consent_used_needs_a_basis_that_rests_on_it_alone() {
    let mut scene = family();
    assert_eq!(
        scene.raise().cannot_judge["refused-consent-used"],
        "no consent cells supplied"
    );
    let cases: [(&[&str], ConsentState, &str, &str, usize); 7] = [
        (&["CONS"], ConsentState::Refused, "", "2026-02-10", 1),
        (
            &["CONS", "DUTY"],
            ConsentState::Refused,
            "",
            "2026-02-10",
            0,
        ),
        (&["DUTY"], ConsentState::Refused, "", "2026-02-10", 0),
        (
            &["MAYBE"],
            ConsentState::Withdrawn,
            "2026-02-01",
            "2026-02-10",
            1,
        ),
        (
            &["CONS"],
            ConsentState::Withdrawn,
            "2026-02-20",
            "2026-02-10",
            0,
        ),
        (&["CONS"], ConsentState::Given, "", "2026-02-10", 0),
        (&["CONS"], ConsentState::Expired, "", "2026-02-10", 1),
    ];
    for (basis, state, withdrawn, received, count) in cases {
        let entry = scene.entry(1);
        entry.when = on("2026-01-20");
        entry.basis = basis.iter().map(|code| (*code).into()).collect();
        entry.consent.state = Coded::Known(state);
        entry.consent.withdrawn_on = if withdrawn.is_empty() {
            When::default()
        } else {
            on(withdrawn)
        };
        entry.received_on = on(received);
        let flags = scene.flags("refused-consent-used");
        assert_eq!(flags.len(), count, "{basis:?} {state:?} {withdrawn}");
        assert!(
            flags
                .iter()
                .all(|flag| flag.strength == 3 && flag.facts == [1])
        );
    }
    // it is withheld for that very reason, and the flag must still be there
    scene.withheld[1] = Some("consent withdrawn".into());
    assert_eq!(scene.flags("refused-consent-used").len(), 1);
    let entry = scene.entry(1);
    entry.consent.state = Coded::Known(ConsentState::Given);
    entry.consent.expires_on = on("2026-02-09");
    assert_eq!(scene.flags("refused-consent-used")[0].value, "expired");
}

#[test]
fn a_missing_basis_is_counted_by_agency() {
    let mut scene = family();
    assert!(scene.flags("basis-missing").is_empty());
    scene.entry(1).basis = vec![NOT_RECORDED.into()];
    scene.faults = vec![(2, "shared after withdrawal".into(), "ask".into())];
    let flags = scene.flags("basis-missing");
    let agencies: Vec<String> = flags.iter().map(|f| f.agencies.join("|")).collect();
    assert_eq!((agencies.len(), flags[0].value.as_str()), (2, "1"));
    assert!(agencies.contains(&"police".to_owned()) && agencies.contains(&"school".to_owned()));
}

fn pair(left: usize, right: usize, probability: f64, outcome: Outcome) -> Pair {
    Pair {
        left,
        right,
        probability,
        weight: 0.0,
        prior_weight: 0.0,
        outcome,
        decided_by: "model".into(),
        reason: String::new(),
        fields: Vec::new(),
    }
}

#[test]
fn identity_doubt_blocks_only_facts_that_matter() {
    let mut scene = family();
    scene.person("social-care:2", "Ada Exampel", "2016-05-01");
    scene.people.pairs = vec![pair(0, 1, 0.7, Outcome::Review)];
    assert!(
        scene.flags("identity-doubt").is_empty(),
        "no fact is significant or cited"
    );
    scene.significance(1, 2);
    let flags = scene.flags("identity-doubt");
    assert_eq!(
        (
            flags.len(),
            flags[0].strength,
            flags[0].facts.clone(),
            flags[0].value.as_str()
        ),
        (1, 3, vec![1], "0.7")
    );
    scene.people.pairs = vec![pair(0, 1, 0.995, Outcome::Linked)];
    assert!(scene.flags("identity-doubt").is_empty());
    scene.people.pairs[0].fields = vec![FieldComparison {
        field: "identifiers",
        level: "differ",
        agreement: Agreement::Differ,
        weight: -5.0,
        left: "1".into(),
        right: "2".into(),
    }];
    assert_eq!(scene.flags("identity-doubt").len(), 1);
    scene.people.pairs[0].decided_by = "A. Analyst".into();
    assert!(
        scene.flags("identity-doubt").is_empty(),
        "a person decided it"
    );
}

#[test]
fn a_weak_link_puts_the_smaller_side_in_doubt() {
    let mut scene = family();
    for record in ["social-care:2", "social-care:3"] {
        scene.person(record, "Ada Example", "2016-05-01");
    }
    scene.people.persons[0].records = vec![0, 1, 2];
    scene.people.persons[0].lowest_probability = Some(0.8);
    scene.people.person_of = vec![0, 0, 0];
    scene.people.pairs = vec![
        pair(0, 1, 0.99, Outcome::Linked),
        pair(1, 2, 0.8, Outcome::Linked),
    ];
    scene.significance(0, 3);
    assert!(
        scene.flags("identity-doubt").is_empty(),
        "the fact is of record 1, which is held firmly"
    );
    let weak = scene.supplied.records[2].id.clone();
    scene.entry(0).persons = vec![weak];
    assert_eq!(scene.flags("identity-doubt")[0].value, "0.8");
}

#[test]
fn agencies_that_say_different_things() {
    let mut scene = family();
    let side = |agency: &str, value: &str, fact| Side {
        agency: id(agency),
        value: value.into(),
        when: on("2026-02-20"),
        fact,
        record: None,
    };
    scene.timeline.disagreements = vec![Disagreement {
        person: 0,
        slot: "address".into(),
        sides: vec![
            side("police", "1 Low Road", Some(1)),
            side("school", "2 High Road", Some(2)),
        ],
    }];
    scene.timeline.facts[2].differences = vec![Difference {
        column: "outcome",
        values: vec![
            (id("police"), "closed".into()),
            (id("school"), "open".into()),
        ],
    }];
    let flags = scene.flags("agencies-disagree");
    assert_eq!(flags.len(), 1, "one an agency set and person");
    assert_eq!(
        (flags[0].agencies.join("|"), flags[0].facts.clone()),
        ("police|school".into(), vec![1, 2])
    );
    assert!(
        flags[0].sentence.starts_with(
            "Ada Example’s address: Police say “1 Low Road”; School says “2 High Road”."
        ),
        "{}",
        flags[0].sentence
    );
}
