//! Flags about the course of a case: start-again, child-not-seen, optimism-after-output.

use super::{family, id};
use crate::model::date::When;
use crate::model::phrase::Coded;
use crate::model::supply::Involvement;
use crate::model::words::{Kind, Polarity, YesNo};
use crate::reliance::fixture::{ROW, Scene, on};

fn count(scene: &Scene, code: &str) -> usize {
    scene.flags(code).len()
}

/// A family with further facts of social care about the child: category and day of each.
fn course(steps: &[(&str, &str)]) -> Scene {
    let mut scene = family();
    for (category, day) in steps {
        let fact = scene.fact(&["social-care"], false);
        scene.about(fact, 0);
        scene.when(fact, day);
        scene.entry(fact).category = (*category).into();
    }
    scene
}

/// What happened, and when.
type Contacts = &'static [(&'static str, &'static str)];

#[test]
fn three_contacts_in_twelve_months_without_an_assessment() {
    assert_eq!(
        family().raise().cannot_judge["start-again"],
        "no categories or kinds supplied"
    );
    let cases: [(&str, Contacts, usize); 7] = [
        (
            "three",
            &[
                ("contact", "2025-03-01"),
                ("referral", "2025-06-01"),
                ("Contact", "2026-03-01"),
            ],
            1,
        ),
        (
            "a day too far apart",
            &[
                ("contact", "2025-02-28"),
                ("referral", "2025-06-01"),
                ("contact", "2026-03-01"),
            ],
            0,
        ),
        (
            "two",
            &[("contact", "2025-06-01"), ("referral", "2025-09-01")],
            0,
        ),
        (
            "assessed in between",
            &[
                ("contact", "2025-06-01"),
                ("referral", "2025-07-01"),
                ("assessment", "2025-08-01"),
                ("contact", "2025-09-01"),
            ],
            0,
        ),
        (
            "assessed after the last",
            &[
                ("contact", "2025-06-01"),
                ("referral", "2025-07-01"),
                ("contact", "2025-09-01"),
                ("section 47 start", "2025-09-02"),
            ],
            0,
        ),
        (
            "another category",
            &[
                ("contact", "2025-06-01"),
                ("referral", "2025-07-01"),
                ("home visit", "2025-09-01"),
            ],
            0,
        ),
        (
            "on a plan",
            &[
                ("plan start", "2025-05-01"),
                ("contact", "2025-06-01"),
                ("contact", "2025-07-01"),
                ("contact", "2025-09-01"),
            ],
            0,
        ),
    ];
    for (what, steps, flags) in cases {
        assert_eq!(count(&course(steps), "start-again"), flags, "{what}");
    }
    let flags = course(cases[0].1).flags("start-again");
    assert_eq!(
        (
            flags[0].persons.clone(),
            flags[0].agencies.join("|"),
            flags[0].facts.clone(),
            flags[0].value.as_str()
        ),
        (vec![0], "social-care".into(), vec![3, 4, 5], "3")
    );
    assert!(
        flags[0].sentence.starts_with(
            "Ada Example: 3 contacts or referrals between 1 March 2025 and 1 March 2026;"
        ),
        "{}",
        flags[0].sentence
    );
}

#[test]
fn a_contact_by_kind_is_the_lead_agencys() {
    let mut scene = course(&[("", "2025-06-01"), ("", "2025-07-01"), ("", "2025-09-01")]);
    for fact in 3..6 {
        scene.entry(fact).kind = Coded::Known(Kind::Contact);
    }
    assert_eq!(count(&scene, "start-again"), 1);
    scene.settings.own_agency = Some(id("school"));
    for agency in &mut scene.supplied.agencies {
        agency.kind = crate::model::words::AgencyKind::Gp;
    }
    assert_eq!(
        count(&scene, "start-again"),
        0,
        "consultations are no contacts in this sense"
    );
}

#[test]
fn closed_and_opened_again_twice_without_citing() {
    let rounds = [
        ("closed", "2025-03-01"),
        ("referral", "2025-06-01"),
        ("closed", "2025-08-01"),
        ("reopened", "2026-03-01"),
    ];
    let mut scene = course(&rounds);
    assert_eq!(scene.flags("start-again")[0].facts, [3, 4, 5, 6]);
    let cited = scene.supplied.entries[3].id.clone();
    scene.entry(6).cites = vec![cited];
    assert_eq!(count(&scene, "start-again"), 0, "what went before is cited");
    assert_eq!(count(&course(&rounds[..3]), "start-again"), 0, "once");
    let mut slow = rounds;
    slow[0].1 = "2025-02-28";
    assert_eq!(
        count(&course(&slow), "start-again"),
        0,
        "a day over twelve months"
    );
}

/// The child on a plan since the summer, seen and seen alone on these days by social care.
fn on_a_plan(seen: &str, alone: &str) -> Scene {
    let mut scene = family();
    scene.supplied.involvements = vec![Involvement {
        agency: id("social-care"),
        row: ROW,
        record: scene.supplied.records[0].id.clone(),
        service: "Child protection plan".into(),
        involved: None,
        from: on("2025-07-01"),
        to: When::default(),
        worker: String::new(),
        evidence: String::new(),
    }];
    for (day, is_alone) in [(seen, false), (alone, true)] {
        let fact = scene.fact(&["social-care"], false);
        scene.about(fact, 0);
        scene.when(fact, day);
        let entry = scene.entry(fact);
        entry.child_seen = Coded::Known(YesNo::Yes);
        entry.child_seen_alone = Coded::Known(if is_alone { YesNo::Yes } else { YesNo::No });
    }
    scene
}

#[test]
fn a_child_on_a_plan_is_to_be_seen() {
    let mut scene = family();
    assert_eq!(
        scene.raise().cannot_judge["child-not-seen"],
        "no plan supplied"
    );
    scene.entry(0).category = "plan start".into();
    assert_eq!(
        scene.raise().cannot_judge["child-not-seen"],
        "nobody recorded whether a child was seen"
    );
    // the as-of date is Sunday 1 March 2026: ten working days after Monday 16 February end on Monday 2 March
    for (seen, alone, raised) in [
        ("2026-02-16", "2026-01-30", 0),
        ("2026-02-13", "2026-01-30", 1),
        ("2026-02-16", "2026-01-29", 1),
        ("2026-03-01", "2026-02-28", 0),
    ] {
        assert_eq!(
            count(&on_a_plan(seen, alone), "child-not-seen"),
            raised,
            "{seen} {alone}"
        );
    }
    let mut off = on_a_plan("2026-01-01", "2026-01-01");
    off.supplied.involvements[0].to = on("2026-02-28");
    assert_eq!(count(&off, "child-not-seen"), 0, "the plan has ended");
    off.supplied.involvements[0].to = When::default();
    off.supplied.involvements[0].from = on("2026-02-20");
    assert_eq!(count(&off, "child-not-seen"), 0, "the plan has just begun");
    let mut baby = on_a_plan("2026-02-16", "2025-12-01");
    assert_eq!(baby.flags("child-not-seen")[0].threshold, "30");
    baby.people.persons[0].births = vec![on("2025-01-01")];
    assert_eq!(
        count(&baby, "child-not-seen"),
        0,
        "too young to be seen alone"
    );
}

#[test]
fn three_visits_running_met_nobody() {
    let mut scene = on_a_plan("2026-02-16", "2026-02-16");
    for (at, day) in ["2026-02-23", "2026-02-24", "2026-02-25"]
        .into_iter()
        .enumerate()
    {
        assert_eq!(count(&scene, "child-not-seen"), 0, "{at} visits");
        let fact = scene.fact(&["social-care"], false);
        scene.about(fact, 0);
        scene.when(fact, day);
        scene.entry(fact).kind = Coded::Known(Kind::MissedContact);
    }
    let flags = scene.flags("child-not-seen");
    assert_eq!(
        (flags[0].value.as_str(), flags[0].facts.clone()),
        ("3", vec![5, 6, 7])
    );
    assert_eq!(
        flags[0].sentence,
        "Ada Example is on a plan, and the last 3 visits running met nobody. Who has seen the child?"
    );
    let met = scene.fact(&["social-care"], false);
    scene.about(met, 0);
    scene.when(met, "2026-02-26");
    scene.entry(met).kind = Coded::Known(Kind::Contact);
    assert_eq!(count(&scene, "child-not-seen"), 0);
}

#[test]
fn a_good_outcome_for_coming_while_concerns_go_on() {
    let mut scene = family();
    assert_eq!(
        scene.raise().cannot_judge["optimism-after-output"],
        "no outcomes supplied"
    );
    scene.when(0, "2025-12-22");
    scene.entry(0).outcome = "Good attendance at all sessions".into();
    scene.entry(1).polarity = Coded::Known(Polarity::Concern);
    scene.timeline.facts[1].polarity = Coded::Known(Polarity::Concern);
    let flags = scene.flags("optimism-after-output");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].facts.clone()
        ),
        (1, "social-care".into(), vec![0, 1]),
        "sixty days later"
    );
    for (outcome, raised) in [
        ("Engaged well", 1),
        ("Good progress: sleeps through", 0),
        ("Did not attend", 0),
        ("No engagement, poor attendance", 0),
    ] {
        scene.entry(0).outcome = outcome.into();
        assert_eq!(count(&scene, "optimism-after-output"), raised, "{outcome}");
    }
    scene.entry(0).outcome = "Engaged well".into();
    scene.when(0, "2025-12-21");
    assert_eq!(count(&scene, "optimism-after-output"), 0, "sixty-one days");
    scene.when(0, "2026-02-20");
    assert_eq!(
        count(&scene, "optimism-after-output"),
        0,
        "on the same day nothing goes on"
    );
}
