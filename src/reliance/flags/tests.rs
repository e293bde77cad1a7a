//! Each flag on a small case that meets its rule, and on one that just does not.

use crate::model::basis::NOT_RECORDED;
use crate::model::date::When;
use crate::model::decision::{Decision, Verdict};
use crate::model::fact::{Difference, Disagreement, Side, Suspicion};
use crate::model::id::{AgencyId, ConclusionId};
use crate::model::person::{Agreement, FieldComparison, Outcome, Pair};
use crate::model::phrase::Coded;
use crate::model::supply::{Coverage, Request};
use crate::model::words::{Channel, ConsentState, Kind, RequestResult, Role, Threshold, YesNo};
use crate::reliance::fixture::{ROW, Scene, day, on};

fn id(agency: &str) -> AgencyId {
    AgencyId::new(agency)
}

/// Own agency, police and school; a child of nine and a fact about the child from each.
fn family() -> Scene {
    let mut scene = Scene::new(&["social-care", "police", "school"]);
    let child = scene.person("social-care:1", "Ada Example", "2016-05-01");
    scene.people.persons[child].roles = vec![Role::Child];
    for agency in ["social-care", "police", "school"] {
        let fact = scene.fact(&[agency], false);
        scene.about(fact, child);
        scene.when(fact, "2026-02-20");
    }
    scene
}

#[test]
fn one_family_with_nothing_wrong_raises_nothing() {
    let mut scene = family();
    scene.entry(0).channel = Coded::Known(Channel::Child);
    scene.timeline.facts[0].cited_by = vec![ConclusionId::new("C1")];
    scene.involvement("school", 0, "2025-09-01");
    assert_eq!(scene.raise().flags, Vec::new());
}

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

fn covering(agency: &str, from: &str, to: &str, available: YesNo) -> Coverage {
    Coverage {
        agency: id(agency),
        row: ROW,
        from: on(from),
        to: on(to),
        last_synchronised: When::default(),
        records_available: Coded::Known(available),
        explanation: String::new(),
    }
}

fn asking(agency: &str, result: Option<RequestResult>) -> Request {
    Request {
        id: "R1".into(),
        row: ROW,
        asked: id(agency),
        asked_by: String::new(),
        asked_on: on("2026-02-20"),
        due_on: When::default(),
        answered_on: When::default(),
        result: result.map_or(Coded::Blank, Coded::Known),
        records: Vec::new(),
        question: String::new(),
        reason: String::new(),
        basis: String::new(),
    }
}

#[test]
fn a_silent_agency_is_named_with_its_state() {
    let mut scene = family();
    assert_eq!(
        scene.raise().cannot_judge["involved-but-silent"],
        "no involvement supplied"
    );
    scene.agency("health-visiting", false);
    scene.involvement("health-visiting", 0, "2025-06-01");
    scene.involvement("police", 0, "2025-06-01");
    let flags = scene.flags("involved-but-silent");
    assert_eq!(flags.len(), 1, "police told of the child");
    assert_eq!(
        (flags[0].agencies.join("|"), flags[0].persons.clone()),
        ("health-visiting".into(), vec![0])
    );
    assert!(
        flags[0].sentence.contains("no data was supplied")
            && flags[0].sentence.contains("No request is recorded")
    );
    assert!(flags[0].would_clear.contains("since 2025-06-01"));

    let away = covering("health-visiting", "2025-01-01", "2026-03-01", YesNo::No);
    let elsewhere = covering("health-visiting", "2024-01-01", "2025-05-31", YesNo::Yes);
    let covered = covering("health-visiting", "2025-01-01", "2026-03-01", YesNo::Yes);
    for (coverage, count) in [(away, 0), (elsewhere, 0), (covered, 1)] {
        scene.supplied.coverage = vec![coverage];
        assert_eq!(scene.flags("involved-but-silent").len(), count);
    }
    scene.supplied.requests = vec![asking("health-visiting", Some(RequestResult::NoneHeld))];
    assert!(scene.flags("involved-but-silent").is_empty(), "it answered");
}

#[test]
fn involvement_outside_the_period_or_of_a_stranger_is_no_silence() {
    let mut scene = family();
    scene.involvement("gp", 0, "2025-06-01");
    scene.settings.period = Some((day("2024-01-01"), day("2025-05-31")));
    assert!(scene.flags("involved-but-silent").is_empty());
    scene.settings.period = None;
    let stranger = scene.person("social-care:2", "Somebody Else", "1980-01-01");
    scene.supplied.records[stranger].household_id.clear();
    scene.involvement("gp", stranger, "2025-06-01");
    assert_eq!(scene.flags("involved-but-silent").len(), 1);
}

#[test]
fn a_stale_source_is_one_that_still_works_with_the_person() {
    let mut scene = family();
    scene.involvement("police", 0, "2025-01-01");
    scene.when(1, "2025-12-01");
    assert!(
        scene.flags("stale-source").is_empty(),
        "90 days are not over 90 days"
    );
    scene.when(1, "2025-11-30");
    let flags = scene.flags("stale-source");
    assert_eq!(
        (
            flags[0].value.as_str(),
            flags[0].threshold.as_str(),
            flags[0].facts.clone()
        ),
        ("91", "90", vec![1])
    );
    scene.supplied.involvements[0].to = on("2025-12-31");
    assert!(scene.flags("stale-source").is_empty());
    scene.supplied.involvements[0].to = When::default();
    scene.when(1, "2026-02-28");
    let mut coverage = covering("police", "2024-01-01", "2026-01-29", YesNo::Yes);
    coverage.last_synchronised = on("2026-01-29");
    scene.supplied.coverage = vec![coverage];
    assert_eq!(scene.flags("stale-source")[0].threshold, "30");
}

#[test]
fn the_childs_voice_is_missed_after_ninety_days() {
    let mut scene = family();
    assert!(
        scene
            .raise()
            .cannot_judge
            .contains_key("child-voice-missing")
    );
    scene.entry(1).kind = Coded::Known(Kind::Observation);
    let flags = scene.flags("child-voice-missing");
    assert_eq!(
        (
            flags.len(),
            flags[0].persons.clone(),
            flags[0].value.as_str()
        ),
        (1, vec![0], "never")
    );
    scene.entry(1).child_view = "I like the new house".into();
    assert!(scene.flags("child-voice-missing").is_empty());
    scene.when(1, "2025-11-30");
    assert_eq!(scene.flags("child-voice-missing")[0].value, "91");
}

#[test]
fn a_baby_is_to_be_seen_and_an_adult_is_no_child() {
    let mut scene = family();
    scene.people.persons[0].births = vec![on("2024-01-01")];
    scene.entry(1).child_seen = Coded::Known(YesNo::Yes);
    assert!(scene.flags("child-voice-missing").is_empty());
    scene.when(1, "2026-01-29");
    assert_eq!(scene.flags("child-voice-missing")[0].threshold, "30");
    scene.people.persons[0].births = vec![on("2008-03-01")];
    assert!(
        scene.flags("child-voice-missing").is_empty(),
        "eighteen on the day"
    );
}

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
        flags[0].sentence.contains("address and outcome"),
        "{}",
        flags[0].sentence
    );
}

#[test]
fn late_recording_counts_from_the_event() {
    let mut scene = family();
    scene.significance(1, 2);
    for (recorded, stage, count) in [
        ("2026-02-27", Coded::Blank, 0),
        ("2026-02-28", Coded::Blank, 1),
        ("2026-02-22", Coded::Known(Threshold::S47), 0),
        ("2026-02-23", Coded::Known(Threshold::S47), 1),
    ] {
        scene.entry(1).recorded_on = on(recorded);
        scene.entry(1).threshold = stage;
        assert_eq!(scene.flags("late-recorded").len(), count, "{recorded}");
    }
    scene.timeline.facts[1].significance = None;
    assert!(
        scene.flags("late-recorded").is_empty(),
        "blank is not significant"
    );
}

#[test]
fn late_sharing_counts_from_recording_and_leaves_the_own_agency_out() {
    let mut scene = family();
    for fact in 0..3 {
        scene.significance(fact, 2);
        scene.entry(fact).recorded_on = on("2026-02-20");
    }
    scene.entry(0).received_on = on("2026-02-28");
    scene.entry(1).received_on = on("2026-02-28");
    scene.entry(2).received_on = on("2026-02-27");
    let flags = scene.flags("late-shared");
    assert_eq!(
        (
            flags.len(),
            flags[0].agencies.join("|"),
            flags[0].value.as_str()
        ),
        (1, "police".into(), "8")
    );
}

#[test]
fn a_reply_is_due_after_three_working_days() {
    let mut scene = family();
    scene.supplied.requests = vec![asking("gp", None)];
    scene.as_of = day("2026-02-25");
    assert!(
        scene.flags("asked-no-reply").is_empty(),
        "asked on a Friday, due on the Wednesday"
    );
    scene.as_of = day("2026-02-26");
    assert_eq!(scene.flags("asked-no-reply")[0].value, "1");
    scene.supplied.requests[0].result = Coded::Known(RequestResult::NoneHeld);
    assert!(scene.flags("asked-no-reply").is_empty());
    scene.supplied.requests[0].answered_on = on("2026-02-27");
    assert_eq!(scene.flags("asked-no-reply").len(), 1, "answered late");
}

#[test]
fn an_action_without_an_outcome() {
    let mut scene = family();
    scene.entry(1).action = "visit".into();
    assert!(scene.flags("action-no-outcome").is_empty());
    scene.entry(1).action_due = on("2026-02-25");
    assert_eq!(scene.flags("action-no-outcome")[0].facts, [1]);
    scene.entry(1).outcome = "visited".into();
    assert!(scene.flags("action-no-outcome").is_empty());
}

#[test]
fn an_explanation_stands_beside_the_flag_until_it_is_withdrawn() {
    let mut scene = family();
    scene.entry(1).basis = vec![NOT_RECORDED.into()];
    let flag = scene.flags("basis-missing").remove(0);
    assert!(flag.id.starts_with('K') && flag.id.len() == 13);
    scene.decisions = vec![Decision {
        number: 1,
        verdict: Verdict::FlagExplained {
            flag_id: flag.id.clone(),
            reason: "asked today".into(),
        },
        by: "A. Analyst".into(),
        why: String::new(),
        at: 0,
        withdrawn_by: None,
    }];
    assert_eq!(
        scene.flags("basis-missing")[0].explained_by,
        "A. Analyst: asked today"
    );
    scene.decisions[0].withdrawn_by = Some(2);
    assert_eq!(scene.flags("basis-missing")[0].explained_by, "");
}

#[test]
fn thresholds_can_be_set() {
    let mut scene = family();
    scene.significance(1, 2);
    scene.entry(1).recorded_on = on("2026-02-23");
    assert!(scene.flags("late-recorded").is_empty());
    scene
        .settings
        .thresholds
        .insert("late-recorded.days".into(), 2.0);
    assert_eq!(scene.flags("late-recorded")[0].threshold, "2");
}
