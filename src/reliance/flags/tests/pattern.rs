//! Flags about what several things say together: adult-only-focus, domain-gap, cross-agency-cluster, broken-pattern,
//! status-hierarchy.

use super::{family, id};
use crate::model::id::ConclusionId;
use crate::model::phrase::Coded;
use crate::model::supply::{Coverage, Request};
use crate::model::words::{Kind, Polarity, RequestResult, YesNo};
use crate::reliance::fixture::{ROW, Scene, day, on};

fn count(scene: &Scene, code: &str) -> usize {
    scene.flags(code).len()
}

#[test]
fn seven_of_ten_facts_about_adults_only() {
    let mut scene = family();
    let adult = scene.person("social-care:2", "Ben Example", "1990-05-01");
    for _ in 0..6 {
        let fact = scene.fact(&["police"], false);
        scene.about(fact, adult);
    }
    assert_eq!(count(&scene, "adult-only-focus"), 0, "six of nine");
    let fact = scene.fact(&["police"], false);
    scene.about(fact, adult);
    let flags = scene.flags("adult-only-focus");
    assert_eq!((flags[0].value.as_str(), flags[0].facts.len()), ("0.7", 7));
    scene.about(fact, 0);
    assert_eq!(
        count(&scene, "adult-only-focus"),
        0,
        "one of them is about the child as well"
    );
    assert_eq!(
        Scene::new(&["gp"]).raise().cannot_judge["adult-only-focus"],
        "no child of the case is known"
    );
}

#[test]
fn dimensions_that_nobody_or_one_agency_speaks_of() {
    let mut scene = family();
    assert_eq!(
        scene.raise().cannot_judge["domain-gap"],
        "no domains supplied"
    );
    scene.entry(0).domains = vec!["Health".into(), "family & social relationships".into()];
    scene.entry(1).domains = vec!["health".into()];
    let flags = scene.flags("domain-gap");
    assert_eq!(
        (
            flags.len(),
            flags[0].value.as_str(),
            flags[0].threshold.as_str(),
            flags[0].facts.clone()
        ),
        (1, "1", "20", vec![0])
    );
    assert!(
        flags[0].sentence.contains("under 18 dimensions")
            && flags[0]
                .sentence
                .contains("recorded under family and social relationships comes"),
        "{}",
        flags[0].sentence
    );
    let every = [
        "health|education|emotional and behavioural development|identity|family and social relationships",
        "social presentation|self-care|basic care|ensuring safety|emotional warmth|stimulation",
        "guidance and boundaries|stability|family history and functioning|wider family|housing",
        "employment|income|family's social integration|community resources",
    ];
    for fact in 0..2 {
        let domains = every.iter().flat_map(|cells| cells.split('|'));
        scene.entry(fact).domains = domains.map(str::to_owned).collect();
    }
    assert_eq!(
        count(&scene, "domain-gap"),
        0,
        "two agencies on each of the twenty"
    );
}

/// Social care, police and school each tell a small thing about the child on these days.
fn small_things(days: [&str; 3]) -> Scene {
    let mut scene = family();
    for (fact, day) in days.into_iter().enumerate() {
        scene.significance(fact, 1);
        scene.when(fact, day);
    }
    scene
}

#[test]
fn three_small_things_from_three_agencies_within_thirty_days() {
    assert_eq!(
        family().raise().cannot_judge["cross-agency-cluster"],
        "no significance supplied"
    );
    let mut scene = small_things(["2026-01-21", "2026-02-01", "2026-02-20"]);
    let flags = scene.flags("cross-agency-cluster");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].facts.clone()
        ),
        (1, "police|school|social-care".into(), vec![0, 1, 2])
    );
    assert_eq!(
        flags[0].sentence,
        "3 facts about Ada Example from Police, School and Social care, between 21 January 2026 and 20 February 2026, are each small by themselves. What do they say when they are read together?"
    );
    let apart = small_things(["2026-01-20", "2026-02-01", "2026-02-20"]);
    assert_eq!(count(&apart, "cross-agency-cluster"), 0, "thirty-one days");
    scene.significance(1, 2);
    assert_eq!(
        count(&scene, "cross-agency-cluster"),
        0,
        "one is important alone"
    );
    scene.significance(1, 0);
    assert_eq!(count(&scene, "cross-agency-cluster"), 1);
    scene.timeline.facts[1].significance = None;
    assert_eq!(
        count(&scene, "cross-agency-cluster"),
        0,
        "a blank is not known to be small"
    );
    scene.significance(1, 1);
    scene.timeline.facts[1].polarity = Coded::Known(Polarity::Strength);
    assert_eq!(count(&scene, "cross-agency-cluster"), 0, "a strength");
    scene.timeline.facts[1].polarity = Coded::Blank;
    scene.timeline.facts[1].origins = scene.timeline.facts[0].origins.clone();
    assert_eq!(count(&scene, "cross-agency-cluster"), 0, "two origins");
}

#[test]
fn a_household_counts_together_and_a_stranger_does_not() {
    let mut scene = small_things(["2026-02-01", "2026-02-02", "2026-02-03"]);
    let adult = scene.person("social-care:2", "Ben Example", "1990-05-01");
    let record = scene.supplied.records[adult].id.clone();
    scene.entry(2).persons = vec![record];
    scene.timeline.facts[2].persons = vec![adult];
    assert_eq!(scene.flags("cross-agency-cluster")[0].persons, [0, adult]);
    scene.supplied.records[adult].household_id = "another".into();
    assert_eq!(count(&scene, "cross-agency-cluster"), 0);
}

/// Police told of the child on each of these days.
fn rhythm(days: &[&str]) -> Scene {
    let mut scene = family();
    scene.when(1, days[0]);
    for text in &days[1..] {
        let fact = scene.fact(&["police"], false);
        scene.about(fact, 0);
        scene.when(fact, text);
    }
    scene
}

#[test]
fn a_silence_of_more_than_three_times_the_usual_gap() {
    // every ten days, and then nothing up to 1 March 2026
    let days = ["2025-12-31", "2026-01-10", "2026-01-20", "2026-01-30"];
    assert_eq!(
        count(&rhythm(&days), "broken-pattern"),
        0,
        "thirty days are three times ten"
    );
    let days = ["2025-12-30", "2026-01-09", "2026-01-19", "2026-01-29"];
    let flags = rhythm(&days).flags("broken-pattern");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].value.as_str(),
            flags[0].threshold.as_str()
        ),
        (1, "police".into(), "31", "30")
    );
    assert_eq!(
        flags[0].sentence,
        "Police used to tell something about this family about every 10 days; the last is from 29 January 2026, 31 days ago, about Ada Example (what its export covers is not recorded). Has anything changed?"
    );
    assert_eq!(
        count(&rhythm(&days[1..]), "broken-pattern"),
        0,
        "three facts have no rhythm"
    );
    let mut ended = rhythm(&days);
    ended.involvement("police", 0, "2025-01-01");
    assert_eq!(count(&ended, "broken-pattern"), 1);
    ended.supplied.involvements[0].to = on("2026-01-31");
    assert_eq!(count(&ended, "broken-pattern"), 0, "its work has ended");
    let mut covered = rhythm(&days);
    let coverage = |to: &str, available: YesNo| Coverage {
        agency: id("police"),
        row: ROW,
        from: on("2025-01-01"),
        to: on(to),
        last_synchronised: on(to),
        records_available: Coded::Known(available),
        explanation: String::new(),
    };
    for (to, available, raised) in [
        ("2026-03-01", YesNo::Yes, 1),
        ("2026-01-29", YesNo::Yes, 0),
        ("2026-03-01", YesNo::No, 0),
    ] {
        covered.supplied.coverage = vec![coverage(to, available)];
        assert_eq!(count(&covered, "broken-pattern"), raised, "{to}");
    }
}

#[test]
fn an_absence_a_missed_appointment_and_no_reply_within_a_month() {
    let mut scene = Scene::new(&["social-care", "gp", "school"]);
    let child = scene.person("social-care:1", "Ada Example", "2016-05-01");
    for (agency, day) in [("school", "2026-01-10"), ("gp", "2026-02-01")] {
        let fact = scene.fact(&[agency], false);
        scene.about(fact, child);
        scene.when(fact, day);
        scene.entry(fact).kind = Coded::Known(Kind::MissedContact);
    }
    assert_eq!(
        count(&scene, "broken-pattern"),
        0,
        "somebody may have replied"
    );
    let request = |asked: &str, result: Option<RequestResult>| Request {
        id: "R1".into(),
        row: ROW,
        asked: id("housing"),
        asked_by: String::new(),
        asked_on: on(asked),
        due_on: crate::model::date::When::default(),
        answered_on: crate::model::date::When::default(),
        result: result.map_or(Coded::Blank, Coded::Known),
        records: vec![scene.supplied.records[child].id.clone()],
        question: String::new(),
        reason: String::new(),
        basis: String::new(),
    };
    let cases = [
        (request("2026-02-09", None), 1),
        (request("2026-02-10", None), 0),
        (request("2026-02-01", Some(RequestResult::NoReply)), 1),
        (request("2026-02-01", Some(RequestResult::Supplied)), 0),
    ];
    for (request, raised) in cases {
        let asked = request.asked_on.clone();
        scene.supplied.requests = vec![request];
        assert_eq!(count(&scene, "broken-pattern"), raised, "{asked:?}");
    }
    assert!(day("2026-03-01") == scene.as_of);
}

/// Two agencies of high standing and two others, ten facts each, so many of each side cited.
fn standing(high: usize, low: usize) -> Scene {
    let mut scene = Scene::new(&["social-care", "police", "school", "housing"]);
    for (agency, cited) in [
        ("social-care", high),
        ("police", high),
        ("school", low),
        ("housing", low),
    ] {
        scene.facts(&[agency], 10, cited);
    }
    scene
}

#[test]
fn what_agencies_of_high_standing_tell_is_cited_twice_as_often() {
    assert_eq!(
        standing(0, 0).raise().cannot_judge["status-hierarchy"],
        "no citations supplied"
    );
    for (high, low, raised) in [(4, 2, 1), (5, 3, 0), (2, 4, 0), (1, 0, 1)] {
        assert_eq!(
            count(&standing(high, low), "status-hierarchy"),
            raised,
            "{high} {low}"
        );
    }
    let flags = standing(4, 2).flags("status-hierarchy");
    assert_eq!(
        (
            flags[0].agencies.join("|"),
            flags[0].value.as_str(),
            flags[0].facts.len()
        ),
        ("housing|school".into(), "2", 20)
    );
    assert!(
        flags[0].sentence.starts_with(
            "At equal significance 40% of what Police and Social care told is cited (the median of these agencies), and 20% of what Housing and School told."
        ),
        "{}",
        flags[0].sentence
    );
}

#[test]
fn standing_is_judged_at_equal_significance() {
    // of the significant facts half are cited whoever told them, of the others none: no question of standing
    let mut scene = Scene::new(&["social-care", "school"]);
    for (agency, significant, other) in [("social-care", 8, 2), ("school", 2, 8)] {
        for at in 0..significant {
            let fact = scene.fact(&[agency], at % 2 == 0);
            scene.significance(fact, 2);
        }
        for _ in 0..other {
            let fact = scene.fact(&[agency], false);
            scene.significance(fact, 1);
        }
    }
    assert_eq!(count(&scene, "status-hierarchy"), 0);
    let few = {
        let mut scene = Scene::new(&["social-care", "school"]);
        scene.facts(&["social-care"], 10, 5);
        scene.facts(&["school"], 3, 0);
        scene.timeline.facts[0].cited_by = vec![ConclusionId::new("C1")];
        scene
    };
    assert!(
        few.raise().cannot_judge.contains_key("status-hierarchy"),
        "three facts are too few"
    );
}
