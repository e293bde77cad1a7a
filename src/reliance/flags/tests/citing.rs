//! Flags about citing, dominance and repetition.

use super::{family, id};
use crate::model::fact::Suspicion;
use crate::model::id::ConclusionId;
use crate::model::phrase::Coded;
use crate::model::words::Kind;
use crate::reliance::fixture::Scene;

#[test]
fn over_and_under_relied_name_the_group() {
    let mut scene = Scene::new(&["social-care", "police"]);
    scene.facts(&["police"], 20, 15);
    scene.facts(&["social-care"], 20, 1);
    let over = scene.flags("over-relied");
    assert_eq!(over.len(), 2, "the agency grouping and the own one");
    let police = over.iter().find(|f| f.agencies == ["police"]).unwrap();
    assert_eq!(
        (police.direction, police.facts.len(), police.group.as_str()),
        ("over", 20, "")
    );
    assert!(
        over.iter()
            .any(|f| f.group == "own=other" && f.agencies.is_empty())
    );
    assert_ne!(over[0].id, over[1].id);
}

#[test]
fn own_agency_dominance_needs_three_that_hold_data() {
    let mut scene = Scene::new(&["social-care", "police"]);
    scene.facts(&["social-care"], 6, 0);
    scene.facts(&["police"], 4, 0);
    assert!(scene.flags("own-agency-dominance").is_empty());
    let person = scene.person("social-care:1", "Ada", "2016-05-01");
    scene.involvement("gp", person, "2025-01-01");
    let flags = scene.flags("own-agency-dominance");
    assert_eq!(
        (flags.len(), flags[0].value.as_str(), flags[0].facts.len()),
        (1, "0.6", 6)
    );
    scene.fact(&["police"], false);
    assert!(
        scene.flags("own-agency-dominance").is_empty(),
        "6 of 11 is below the limit"
    );
}

#[test]
fn agency_dominance_counts_credits_and_effective_agencies() {
    let mut scene = Scene::new(&["social-care", "police"]);
    scene.facts(&["police"], 6, 0);
    scene.facts(&["social-care"], 4, 0);
    assert_eq!(scene.flags("agency-dominance")[0].agencies, ["police"]);
    let mut scene = Scene::new(&["social-care", "a", "b", "c", "d", "e"]);
    scene.facts(&["social-care"], 8, 0);
    scene.facts(&["a"], 3, 0);
    let flags = scene.flags("agency-dominance");
    assert_eq!(
        flags[0].agencies,
        ["social-care"],
        "1.66 effective of 6 supplying"
    );
    assert_eq!(flags[0].threshold, "3");
}

#[test]
fn an_agency_with_significant_facts_and_none_cited() {
    let mut scene = family();
    scene.significance(1, 2);
    assert_eq!(
        scene.raise().cannot_judge["uncited-agency"],
        "no citations supplied"
    );
    scene.timeline.facts[0].cited_by = vec![ConclusionId::new("C1")];
    let flags = scene.flags("uncited-agency");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].facts.clone()
        ),
        (1, "police".into(), vec![1])
    );
    scene.timeline.facts[1].cited_by = vec![ConclusionId::new("C1")];
    assert!(scene.flags("uncited-agency").is_empty());
}

#[test]
fn a_conclusion_on_one_second_hand_source() {
    let mut scene = family();
    scene.timeline.facts[1].cited_by = vec![ConclusionId::new("C1")];
    assert!(
        scene.flags("single-origin-conclusion").is_empty(),
        "seen at first hand"
    );
    scene.timeline.facts[1].kind = Coded::Known(Kind::Allegation);
    assert_eq!(
        scene.flags("single-origin-conclusion")[0].agencies,
        ["police"]
    );
    scene.timeline.facts[2].cited_by = vec![ConclusionId::new("C1")];
    scene.timeline.facts[2].kind = Coded::Known(Kind::Opinion);
    assert!(
        scene.flags("single-origin-conclusion").is_empty(),
        "two origins"
    );
    let why = "cites police:e".to_owned();
    scene.timeline.facts[2].suspected = vec![Suspicion {
        other: 1,
        repeats: true,
        why,
    }];
    assert_eq!(
        scene.flags("single-origin-conclusion")[0].facts,
        [1, 2],
        "the second may repeat the first"
    );
}

#[test]
fn circular_reporting_fires_on_confirmed_and_suspected_echoes() {
    let mut scene = family();
    scene.timeline.facts[2].agencies = vec![id("police"), id("school")];
    let flags = scene.flags("circular-reporting");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].facts.clone()
        ),
        (1, "school".into(), vec![2])
    );
    scene.timeline.facts[2].origins_low = 2;
    assert!(scene.flags("circular-reporting").is_empty());

    let mut scene = family();
    scene.timeline.facts[1].suspected = vec![Suspicion {
        other: 2,
        repeats: true,
        why: "says so".into(),
    }];
    scene.timeline.facts[2].suspected = vec![Suspicion {
        other: 1,
        repeats: false,
        why: "says so".into(),
    }];
    let flags = scene.flags("circular-reporting");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].facts.clone()
        ),
        (1, "school".into(), vec![1, 2])
    );
}
