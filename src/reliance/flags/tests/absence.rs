//! Flags about what is missing, late or old.

use super::{family, id};
use crate::model::date::When;
use crate::model::phrase::Coded;
use crate::model::supply::{Coverage, Request};
use crate::model::words::{Kind, RequestResult, Threshold, YesNo};
use crate::reliance::fixture::{ROW, day, on};

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
fn low_contribution_needs_a_rate_of_the_hub() {
    let mut scene = family();
    scene.involvement("police", 0, "2024-03-01");
    assert_eq!(
        scene.raise().cannot_judge["low-contribution"],
        "no expected rate configured"
    );
    let rate = (0.3, "local standard".to_owned());
    scene
        .supplied
        .config
        .expected_rate
        .insert("police".into(), rate);
    assert!(
        scene.flags("low-contribution").is_empty(),
        "one of seven is not rare in clusters"
    );
    let rate = (2.0, "local standard".to_owned());
    scene
        .supplied
        .config
        .expected_rate
        .insert("police".into(), rate);
    let flags = scene.flags("low-contribution");
    assert_eq!((flags.len(), flags[0].facts.clone()), (1, vec![1]));
}
