//! The reference numbers O-1 to O-10 and the laws, through the room's own functions.

use proptest::prelude::*;

use super::fixture::Scene;
use super::{GroupMeasure, Grouping, Reliance, SideVerdict};
use crate::model::date::When;
use crate::model::id::ConclusionId;
use crate::model::phrase::Coded;
use crate::model::words::{Channel, Polarity};

fn group<'a>(reliance: &'a Reliance, grouping: Grouping, name: &str) -> &'a GroupMeasure {
    let mut groups = reliance.groups.iter();
    groups
        .find(|g| g.grouping == grouping && g.group == name)
        .unwrap()
}

fn agency<'a>(reliance: &'a Reliance, name: &str) -> &'a GroupMeasure {
    group(reliance, Grouping::Agency, name)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// O-1: sixty facts of four agencies, twenty cited.
fn sixty() -> Scene {
    let mut scene = Scene::new(&["social-care", "health", "police", "school"]);
    for (agency, available, cited) in [
        ("police", 22, 14),
        ("social-care", 18, 5),
        ("health", 12, 0),
        ("school", 8, 1),
    ] {
        scene.facts(&[agency], available, cited);
    }
    scene
}

#[test]
fn o1_four_agencies() {
    let reliance = sixty().measure();
    assert_eq!((reliance.facts, reliance.cited), (60, 20));
    // E, RR, p under, p over, Holm under, Holm over
    let rows = [
        (
            "police",
            [
                7.333_333,
                1.909_091,
                0.999_978,
                0.000_232_385,
                0.999_978,
                0.000_929_539,
            ],
        ),
        (
            "social-care",
            [6.0, 0.833_333, 0.387_758, 0.813_926, 0.775_516, 1.0],
        ),
        ("health", [4.0, 0.0, 0.003_992_440, 1.0, 0.015_969_8, 1.0]),
        (
            "school",
            [2.666_667, 0.375, 0.175_788, 0.969_943, 0.527_365, 1.0],
        ),
    ];
    for (name, wanted) in rows {
        let g = agency(&reliance, name);
        let (p, adjusted) = (g.p.unwrap(), g.p_adjusted.unwrap());
        let (e, ratio) = (g.expected.unwrap(), g.ratio.unwrap());
        for (a, b) in [e, ratio, p.0, p.1, adjusted.0, adjusted.1]
            .into_iter()
            .zip(wanted)
        {
            assert!(close(a, b), "{name}: {g:?}");
        }
        let sides = match name {
            "police" => (SideVerdict::None, SideVerdict::Flag),
            "health" => (SideVerdict::Flag, SideVerdict::None),
            _ => (SideVerdict::None, SideVerdict::None),
        };
        assert_eq!((g.verdict_under, g.verdict_over), sides, "{name}");
    }
    assert_eq!(
        agency(&reliance, "health").sentence,
        "If facts had been chosen without looking at their source, Health would be cited 4 times; it is cited 0 times. As few happens in 0.4% of such choices. Is there a reason?"
    );
}

#[test]
fn o1_concentration() {
    let reliance = sixty().measure();
    for (c, hhi, effective, evenness) in [
        (&reliance.available, 0.282_222, 3.543_307, 0.951_898),
        (&reliance.relied_on, 0.555, 1.801_802, 0.679_068),
    ] {
        assert!(close(c.hhi.unwrap(), hhi) && close(c.effective.unwrap(), effective));
        assert!(close(c.evenness.unwrap(), evenness));
    }
}

#[test]
fn o2_too_few_is_said_and_the_statement_stands() {
    let mut scene = Scene::new(&["social-care", "health"]);
    scene.facts(&["health"], 3, 0);
    scene.facts(&["social-care"], 17, 6);
    let reliance = scene.measure();
    let health = agency(&reliance, "health");
    assert!(
        close(health.p.unwrap().0, 0.319_298) && close(health.smallest_p.unwrap().0, 0.319_298)
    );
    assert_eq!(health.verdict_under, SideVerdict::TooFew);
    assert!(
        health.sentence.contains("too few facts to judge"),
        "{}",
        health.sentence
    );
    let said = |text: &str| reliance.statements.iter().any(|(s, _)| s == text);
    assert!(
        said("3 facts are available from Health, and none is cited."),
        "{:?}",
        reliance.statements
    );
}

#[test]
fn o3_a_look_is_no_flag() {
    let mut scene = Scene::new(&["social-care", "police", "school"]);
    scene.facts(&["police"], 6, 5);
    scene.facts(&["school"], 2, 0);
    scene.facts(&["social-care"], 2, 0);
    let reliance = scene.measure();
    let police = agency(&reliance, "police");
    assert!(
        close(police.p.unwrap().1, 0.023_809_5) && close(police.p_adjusted.unwrap().1, 0.071_428_6)
    );
    assert_eq!(police.verdict_over, SideVerdict::Look);
    assert!(
        scene
            .flags("over-relied")
            .iter()
            .all(|flag| !flag.agencies.contains(&"police".to_owned()))
    );
}

#[test]
fn o4_strata_are_not_pooled() {
    let mut scene = Scene::new(&["social-care", "health"]);
    for (agency, significance, count, cited) in [
        ("health", 3, 4, 1),
        ("social-care", 2, 6, 5),
        ("health", 1, 6, 0),
        ("social-care", 0, 14, 2),
    ] {
        for at in 0..count {
            let fact = scene.fact(&[agency], at < cited);
            scene.significance(fact, significance);
        }
    }
    let reliance = scene.measure();
    let health = agency(&reliance, "health");
    assert!(close(health.expected.unwrap(), 3.0) && close(health.p.unwrap().0, 0.059_122_8));
}

#[test]
fn o5_credits_are_shared_among_origins() {
    let mut scene = Scene::new(&["police", "health", "school"]);
    for origins in [
        &["police"][..],
        &["police"],
        &["police", "health"],
        &["health"],
        &["school", "police", "health"],
    ] {
        scene.fact(origins, false);
    }
    let a = scene.measure().available;
    assert!(
        close(a.shares["police"] * 5.0, 17.0 / 6.0)
            && close(a.shares["health"] * 5.0, 11.0 / 6.0)
            && close(a.shares["school"] * 5.0, 1.0 / 3.0)
    );
    assert!(close(a.hhi.unwrap(), 0.46) && close(a.effective.unwrap(), 2.173_913));
}

#[test]
fn o7_knock_out() {
    let mut scene = Scene::new(&["social-care", "health", "police"]);
    for (origins, conclusion) in [
        (&["police"][..], "C1"),
        (&["police"], "C1"),
        (&["police", "health"], "C2"),
        (&["social-care"], "C3"),
        (&["police"], "C3"),
        (&["police"], "C4"),
    ] {
        let fact = scene.fact(origins, false);
        scene.timeline.facts[fact].cited_by = vec![ConclusionId::new(conclusion)];
    }
    let knock_out = scene.measure().knock_out;
    let unsupported: Vec<(&str, usize)> = knock_out
        .unsupported
        .iter()
        .map(|(id, n)| (id.as_str(), *n))
        .collect();
    assert_eq!(
        unsupported,
        [("health", 0), ("police", 2), ("social-care", 0)]
    );
    assert_eq!(
        (knock_out.conclusions, knock_out.smallest_set.len()),
        (4, 1)
    );
    assert_eq!(knock_out.smallest_set[0].as_str(), "police");
}

#[test]
fn o10_edges() {
    let mut one = Scene::new(&["police"]);
    one.facts(&["police"], 5, 2);
    let reliance = one.measure();
    let police = agency(&reliance, "police");
    assert_eq!(
        (police.p, police.ratio, reliance.available.evenness),
        (Some((1.0, 1.0)), Some(1.0), None)
    );

    let mut uncited = Scene::new(&["police", "school"]);
    uncited.facts(&["police"], 3, 0);
    let reliance = uncited.measure();
    let police = agency(&reliance, "police");
    assert!(police.p.is_none() && police.uptake.is_none() && police.ratio.is_none());
    assert_eq!(police.verdict_over, SideVerdict::NotComputed);
    assert!(police.sentence.starts_with("Nothing is cited yet."));
    let school = agency(&reliance, "school");
    assert_eq!(
        (school.available, school.expected, school.uptake),
        (0, Some(0.0), None)
    );

    let reliance = Scene::new(&["police"]).measure();
    assert_eq!(reliance.facts, 0);
    assert_eq!(reliance.statements[0].0, "There are no facts.");
    assert_eq!(
        agency(&reliance, "police").sentence,
        "There are no facts to judge."
    );
}

#[test]
fn withheld_and_outside_facts_count_in_no_x_and_no_n() {
    let mut scene = sixty();
    let before = scene.measure();
    let hidden = scene.fact(&["police"], true);
    scene.withheld[hidden] = Some("ask police".into());
    let old = scene.fact(&["school"], true);
    scene.outside[old] = true;
    let after = scene.measure();
    assert_eq!(after.groups, before.groups);
    assert_eq!((after.facts, after.cited), (60, 20));
    assert_eq!(after.withheld.get("ask police"), Some(&vec![hidden]));
    assert_eq!(after.conclusions[0].not_counted, [hidden, old]);
}

#[test]
fn an_unknown_origin_counts_for_nobody() {
    let mut scene = sixty();
    scene.facts(&["unknown"], 4, 1);
    scene.facts(&["police", "social-care"], 1, 0);
    let reliance = scene.measure();
    assert_eq!(agency(&reliance, "unknown").available, 4);
    assert_eq!(agency(&reliance, "police").available, 23);
    assert_eq!(group(&reliance, Grouping::Own, "own").available, 19);
    assert_eq!(group(&reliance, Grouping::Own, "other").available, 43);
}

#[test]
fn groups_come_in_the_order_of_the_contract() {
    let mut scene = sixty();
    scene.timeline.facts[0].channel = Coded::Known(Channel::Parent);
    scene.timeline.facts[1].channel = Coded::Known(Channel::Child);
    scene.timeline.facts[2].polarity = Coded::Known(Polarity::Strength);
    scene.when(3, "2025-12-01");
    scene.when(4, "2025-11-30");
    scene.timeline.facts[5].when = When::default();
    let reliance = scene.measure();
    let names: Vec<&str> = reliance.groups.iter().map(|g| g.group.as_str()).collect();
    assert_eq!(
        names,
        [
            "health",
            "police",
            "school",
            "social-care",
            "own",
            "other",
            "child",
            "parent",
            "not-recorded",
            "recent",
            "older",
            "undated",
            "strength",
            "not-recorded"
        ]
    );
    assert_eq!(
        group(&reliance, Grouping::Recency, "older").facts,
        [4],
        "90 days back is still recent"
    );
}

/// What a case says of each agency, apart from its name.
fn said(reliance: &Reliance, name: &str) -> String {
    let g = agency(reliance, name);
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        g.available, g.cited, g.p, g.p_adjusted, g.verdict_under
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn renaming_permutes_and_row_order_changes_nothing(
        facts in prop::collection::vec((0usize..3, any::<bool>(), prop::option::of(0u8..4)), 1..40),
        turn in 0usize..40,
    ) {
        let names = ["health", "police", "school"];
        let renamed = ["zeta", "alpha", "mid"];
        let build = |names: [&str; 3], turn: usize| {
            let mut scene = Scene::new(&names);
            let mut facts = facts.clone();
            let by = turn % facts.len();
            facts.rotate_left(by);
            for (agency, cited, significance) in &facts {
                let fact = scene.fact(&[names[*agency]], *cited);
                scene.timeline.facts[fact].significance = *significance;
            }
            scene.measure()
        };
        let (plain, other, turned) = (build(names, 0), build(renamed, 0), build(names, turn));
        for (a, b) in names.iter().zip(renamed) {
            prop_assert_eq!(said(&plain, a), said(&other, b));
            prop_assert_eq!(said(&plain, a), said(&turned, a));
        }
        for g in &plain.groups {
            if let (Some(p), Some(adjusted)) = (g.p, g.p_adjusted) {
                prop_assert!((0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1));
                prop_assert!(adjusted.0 >= p.0 && adjusted.1 >= p.1);
            }
        }
    }
}
