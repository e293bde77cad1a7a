//! Flags about what is guarded, held, asked, acted on and cited: each that fires, its clean twin, and the border.

use super::{family, id};
use crate::model::fact::{Disagreement, Side, Suspicion};
use crate::model::id::ConclusionId;
use crate::model::phrase::Coded;
use crate::model::settings::Recipient;
use crate::model::supply::{Citation, Cited, Coverage, Request};
use crate::model::words::{
    Channel, ConsentState, Handling, Kind, RequestResult, Role, Told, YesNo,
};
use crate::reliance::Exposed;
use crate::reliance::fixture::{ROW, Scene, day, on};

fn count(scene: &Scene, code: &str) -> usize {
    scene.flags(code).len()
}

#[test]
fn a_protected_detail_in_an_open_entry_blocks_the_pack() {
    let mut scene = family();
    assert_eq!(
        scene.raise().cannot_judge["protected-detail-exposed"],
        "no protected addresses supplied"
    );
    scene.guarded = vec![true];
    assert_eq!(count(&scene, "protected-detail-exposed"), 0);
    scene.exposed = vec![
        Exposed::default(),
        Exposed {
            detail: true,
            reporter: false,
        },
    ];
    let flags = scene.flags("protected-detail-exposed");
    assert_eq!(
        (flags.len(), flags[0].strength, flags[0].facts.clone()),
        (1, 3, vec![1])
    );
    for (handling, raised) in [
        (Handling::OpenPartners, 1),
        (Handling::NeedToKnow, 0),
        (Handling::NotToFamily, 0),
    ] {
        scene.timeline.facts[1].handling = vec![Coded::Known(handling)];
        assert_eq!(
            count(&scene, "protected-detail-exposed"),
            raised,
            "{handling:?}"
        );
    }
    scene.timeline.facts[1].handling.clear();
    scene.settings.recipient = Some(Recipient::Agency(id("police")));
    assert_eq!(
        count(&scene, "protected-detail-exposed"),
        0,
        "police told it"
    );
    scene.settings.recipient = Some(Recipient::Agency(id("school")));
    assert_eq!(count(&scene, "protected-detail-exposed"), 1);
    scene.withheld[1] = Some("need to know".into());
    assert_eq!(
        count(&scene, "protected-detail-exposed"),
        0,
        "it is not shown"
    );
}

#[test]
fn nothing_that_is_not_for_the_family_is_shown_to_them_unseen() {
    let mut scene = family();
    scene.settings.recipient = Some(Recipient::Family);
    assert_eq!(count(&scene, "protected-detail-exposed"), 0);
    scene.timeline.facts[1].handling = vec![Coded::Known(Handling::NotToFamily)];
    scene.exposed = vec![Exposed {
        detail: false,
        reporter: true,
    }];
    assert_eq!(count(&scene, "protected-detail-exposed"), 2);
    scene.withheld = vec![Some("not to the family".into()); 3];
    assert_eq!(count(&scene, "protected-detail-exposed"), 0);
}

fn asking(agency: &str, result: RequestResult) -> Request {
    Request {
        id: "R1".into(),
        row: ROW,
        asked: id(agency),
        asked_by: String::new(),
        asked_on: on("2026-02-20"),
        due_on: on("2026-02-28"),
        answered_on: on("2026-02-25"),
        result: Coded::Known(result),
        records: Vec::new(),
        question: String::new(),
        reason: String::new(),
        basis: String::new(),
    }
}

fn expected(scene: &Scene) -> Vec<String> {
    let flags = scene.flags("not-asked").into_iter();
    let mut expected: Vec<String> = flags.map(|flag| flag.agencies.join("|")).collect();
    expected.sort();
    expected
}

#[test]
fn services_are_expected_by_age() {
    let mut scene = family();
    for (birth, who) in [
        ("2008-03-02", vec![]),
        ("2009-03-02", vec!["school-nursing"]),
        ("2020-03-02", vec!["school-nursing"]),
        ("2021-03-02", vec!["gp", "health-visiting"]),
        ("2026-03-02", vec![]),
    ] {
        scene.people.persons[0].births = vec![on(birth)];
        assert_eq!(expected(&scene), who, "{birth}");
    }
    scene.people.persons[0].births = vec![on("2021-03-02")];
    scene.agency("gp", false);
    scene.supplied.requests = vec![asking("gp", RequestResult::NoneHeld)];
    assert_eq!(
        expected(&scene),
        ["health-visiting"],
        "the surgery was asked"
    );
    scene.agency("health-visiting", false);
    scene.supplied.coverage = vec![Coverage {
        agency: id("health-visiting"),
        row: ROW,
        from: on("2024-01-01"),
        to: on("2024-12-31"),
        last_synchronised: crate::model::date::When::default(),
        records_available: Coded::Known(YesNo::No),
        explanation: String::new(),
    }];
    assert!(expected(&scene).is_empty(), "coverage says why");
}

#[test]
fn an_adults_need_is_read_from_the_category_and_never_from_the_text() {
    let mut scene = family();
    let adult = scene.person("social-care:2", "Ben Example", "1990-05-01");
    scene.about(1, adult);
    scene.entry(1).text = "drinks alcohol, substance misuse".into();
    assert_eq!(expected(&scene), ["school-nursing"]);
    scene.entry(1).category = "Substance misuse".into();
    assert_eq!(expected(&scene), ["school-nursing", "substance-use"]);
}

#[test]
fn what_is_held_and_may_be_shared_is_asked_after() {
    let mut scene = family();
    scene.significance(1, 2);
    assert_eq!(
        scene.raise().cannot_judge["held-not-shared"],
        "no receipt dates supplied"
    );
    scene.entry(2).received_on = on("2026-02-21");
    assert_eq!(count(&scene, "held-not-shared"), 1);
    scene.significance(0, 3);
    assert_eq!(
        count(&scene, "held-not-shared"),
        1,
        "the own agency holds its own"
    );
    scene.supplied.requests = vec![asking("police", RequestResult::Supplied)];
    assert_eq!(count(&scene, "held-not-shared"), 0, "it answered with it");
    scene.supplied.requests[0].answered_on = on("2026-02-19");
    assert_eq!(
        count(&scene, "held-not-shared"),
        1,
        "answered before it happened"
    );
    scene.timeline.facts[1].handling = vec![Coded::Known(Handling::AskOriginator)];
    assert_eq!(count(&scene, "held-not-shared"), 0);
    scene.timeline.facts[1].handling.clear();
    scene.significance(1, 1);
    assert_eq!(count(&scene, "held-not-shared"), 0);
}

#[test]
fn a_fact_waits_fourteen_days_for_an_action() {
    let mut scene = family();
    scene.significance(1, 2);
    scene.when(1, "2026-02-10");
    for (received, raised) in [("2026-02-15", 0), ("2026-02-14", 1)] {
        scene.entry(1).received_on = on(received);
        assert_eq!(count(&scene, "shared-no-action"), raised, "{received}");
    }
    scene.timeline.facts[1].cited_by = vec![ConclusionId::new("C1")];
    assert_eq!(count(&scene, "shared-no-action"), 0);
    scene.timeline.facts[1].cited_by.clear();
    scene.entry(2).kind = Coded::Known(Kind::Decision);
    assert_eq!(
        count(&scene, "shared-no-action"),
        0,
        "a later decision about the child"
    );
    scene.when(2, "2026-02-13");
    assert_eq!(
        count(&scene, "shared-no-action"),
        1,
        "decided before it came"
    );
    scene.entry(1).action = "visit".into();
    assert_eq!(count(&scene, "shared-no-action"), 0);
}

#[test]
fn asking_and_then_sharing_all_the_same_is_to_be_told() {
    let mut scene = family();
    let entry = scene.entry(1);
    entry.basis = vec!["CONS".into(), "DUTY".into()];
    entry.consent.state = Coded::Known(ConsentState::Refused);
    entry.consent.on = on("2026-01-01");
    for (received, told, raised) in [
        ("2026-01-31", Coded::Blank, 1),
        ("2026-02-01", Coded::Blank, 0),
        ("2025-12-31", Coded::Blank, 0),
        ("2026-01-31", Coded::Known(Told::NotYet), 1),
        ("2026-01-31", Coded::Known(Told::Yes), 0),
        ("2026-01-31", Coded::Known(Told::Unsafe), 0),
    ] {
        scene.entry(1).received_on = on(received);
        scene.entry(1).told = told.clone();
        assert_eq!(
            count(&scene, "asked-then-overridden"),
            raised,
            "{received} {told:?}"
        );
    }
    scene.entry(1).basis = vec!["CONS".into()];
    scene.entry(1).told = Coded::Blank;
    assert_eq!(
        count(&scene, "asked-then-overridden"),
        0,
        "there is no other ground"
    );
}

#[test]
fn the_familys_view_is_missed() {
    let mut scene = family();
    scene.timeline.facts[0].channel = Coded::Known(Channel::Parent);
    let flags = scene.flags("family-view-missing");
    assert_eq!((flags.len(), flags[0].facts.clone()), (1, vec![0]));
    scene.entry(2).family_view = "We would like help.".into();
    assert_eq!(count(&scene, "family-view-missing"), 0);
    scene.timeline.facts[0].told = Coded::Known(Told::Unrecorded);
    for fact in 1..3 {
        scene.timeline.facts[fact].told = Coded::Known(Told::Yes);
    }
    assert_eq!(
        count(&scene, "family-view-missing"),
        1,
        "one of three is over 30%"
    );
    let at = scene.fact(&["police"], false);
    scene.timeline.facts[at].told = Coded::Known(Told::Yes);
    assert_eq!(count(&scene, "family-view-missing"), 0, "one of four");
}

#[test]
fn a_parents_account_alone_carries_four_of_ten_cited_facts() {
    let mut scene = Scene::new(&["social-care", "police"]);
    scene.facts(&["social-care"], 5, 5);
    for fact in 0..2 {
        scene.timeline.facts[fact].channel = Coded::Known(Channel::Parent);
    }
    assert_eq!(scene.flags("self-report-reliance")[0].value, "0.4");
    scene.timeline.facts[1].origins_low = 2;
    assert_eq!(
        count(&scene, "self-report-reliance"),
        0,
        "another saw it too"
    );
}

#[test]
fn an_adult_near_the_child_is_looked_for_among_the_lead_agencys_people() {
    let mut scene = family();
    let adult = scene.person("social-care:2", "Ben Example", "1990-05-01");
    scene.supplied.records[0].described = true;
    scene.supplied.records[adult].described = true;
    assert_eq!(count(&scene, "unseen-adult"), 1, "no facts of their own");
    scene.about(0, adult);
    scene.about(1, adult);
    assert_eq!(count(&scene, "unseen-adult"), 0);
    scene.supplied.records[adult].described = false;
    assert_eq!(
        count(&scene, "unseen-adult"),
        1,
        "not described by the own agency"
    );
    scene.people.persons[adult].roles = vec![Role::Professional];
    assert_eq!(count(&scene, "unseen-adult"), 0);
}

#[test]
fn an_opinion_repeated_as_an_observation() {
    let mut scene = family();
    scene.entry(1).kind = Coded::Known(Kind::Opinion);
    scene.entry(2).kind = Coded::Known(Kind::Observation);
    assert_eq!(
        count(&scene, "opinion-as-fact"),
        0,
        "nothing says that it repeats"
    );
    scene.timeline.facts[2].suspected = vec![Suspicion {
        other: 1,
        repeats: true,
        why: "cites".into(),
    }];
    let flags = scene.flags("opinion-as-fact");
    assert_eq!(
        (flags[0].agencies.join("|"), flags[0].facts.clone()),
        ("school".into(), vec![2])
    );
    scene.entry(2).child_seen = Coded::Known(YesNo::Yes);
    assert_eq!(
        count(&scene, "opinion-as-fact"),
        0,
        "somebody saw the child"
    );
    scene.entry(2).child_seen = Coded::Blank;
    scene.entry(1).recorded_on = on("2026-02-25");
    assert_eq!(
        count(&scene, "opinion-as-fact"),
        0,
        "the opinion came later"
    );
}

#[test]
fn a_conclusion_that_cites_one_side() {
    let mut scene = family();
    let side = |agency: &str, value: &str, fact: usize| Side {
        agency: id(agency),
        value: value.into(),
        when: on("2026-02-20"),
        fact: Some(fact),
        record: None,
    };
    scene.timeline.disagreements = vec![Disagreement {
        person: 0,
        slot: "partner".into(),
        sides: vec![
            side("social-care", "none", 0),
            side("police", "Ben Example", 1),
        ],
    }];
    scene.timeline.facts[0].cited_by = vec![ConclusionId::new("C1")];
    let cite = |decided: &str, fact: &Scene| Citation {
        row: ROW,
        conclusion: ConclusionId::new("C1"),
        cited: Cited::Entry(fact.supplied.entries[0].id.clone()),
        text: String::new(),
        decided_on: on(decided),
        decided_by: String::new(),
    };
    for (decided, raised) in [("2026-02-20", 1), ("2026-02-19", 0)] {
        scene.supplied.citations = vec![cite(decided, &scene)];
        assert_eq!(
            count(&scene, "disagreement-unresolved"),
            raised,
            "{decided}"
        );
    }
    scene.supplied.citations = vec![cite("2026-02-20", &scene)];
    scene.timeline.facts[1].cited_by = vec![ConclusionId::new("C1")];
    assert_eq!(
        count(&scene, "disagreement-unresolved"),
        0,
        "both sides are cited"
    );
}

#[test]
fn reports_from_outside_the_services_without_action() {
    let mut scene = family();
    for (fact, told_by) in [(1, "Aunt"), (2, "a neighbour")] {
        scene.entry(fact).told_by = told_by.into();
        scene.entry(fact).outcome = "Noted. No further action.".into();
    }
    scene.when(1, "2025-02-20");
    let flags = scene.flags("lay-reports-discounted");
    assert_eq!((flags.len(), flags[0].facts.clone()), (1, vec![1, 2]));
    assert!(
        !flags[0].sentence.to_lowercase().contains("aunt"),
        "nobody is named"
    );
    scene.when(1, "2025-02-18");
    assert_eq!(
        count(&scene, "lay-reports-discounted"),
        0,
        "over twelve months"
    );
    scene.when(1, "2025-03-20");
    scene.entry(2).outcome = "A visit was made.".into();
    assert_eq!(
        count(&scene, "lay-reports-discounted"),
        0,
        "one was acted on"
    );
    scene.entry(1).text = "Thought to be malicious.".into();
    assert_eq!(count(&scene, "lay-reports-discounted"), 1);
    assert!(day("2026-03-01") == scene.as_of);
}
