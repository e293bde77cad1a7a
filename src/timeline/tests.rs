//! What holds of merging: echoes, origins, order, disagreements.

use super::merge;
use crate::model::date::{Precision, When};
use crate::model::decision::{Decision, EchoVerdict, Verdict};
use crate::model::entry::Entry;
use crate::model::fact::{Origin, Timeline};
use crate::model::id::{AgencyId, EntryId, RecordId};
use crate::model::person::{LinkStatus, People, Person};
use crate::model::record::Record;
use crate::model::source::RowRef;
use crate::model::supply::Supplied;

fn id(text: &str) -> EntryId {
    EntryId::read(text, &AgencyId::new("none"))
}

fn day(text: &str) -> When {
    When::day(text.parse().unwrap())
}

pub fn entry(name: &str, date: &str) -> Entry {
    Entry {
        when: day(date),
        ..Entry::blank(
            id(name),
            RowRef {
                file: 0,
                sheet: 0,
                row: 2,
            },
        )
    }
}

/// Merges entries that are all about one person.
pub fn merged(entries: Vec<Entry>, decisions: &[Decision]) -> (Supplied, Timeline) {
    let record = Record::named_only(RecordId::read("school:1", &AgencyId::new("school")));
    let entries = entries.into_iter().map(|entry| Entry {
        persons: vec![record.id.clone()],
        ..entry
    });
    let mut supplied = Supplied {
        entries: entries.collect(),
        records: vec![record],
        ..Supplied::default()
    };
    supplied.entries.sort_by(|one, other| one.id.cmp(&other.id));
    let person = Person {
        id: crate::model::id::PersonId::new("P1"),
        records: vec![0],
        status: LinkStatus::Single,
        lowest_probability: None,
        decided_by: Vec::new(),
        candidates: 0,
        name: "A".into(),
        other_names: Vec::new(),
        births: Vec::new(),
        sexes: Vec::new(),
        roles: Vec::new(),
    };
    let people = People {
        persons: vec![person],
        person_of: vec![0],
        ..People::default()
    };
    let timeline = merge(&supplied, &people, decisions);
    (supplied, timeline)
}

/// The entries of each fact, and its origins.
fn told(supplied: &Supplied, timeline: &Timeline) -> Vec<(String, String)> {
    let names = |entries: &[usize]| {
        entries
            .iter()
            .map(|&at| supplied.entries[at].id.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let origins = |origins: &[Origin]| {
        origins
            .iter()
            .map(Origin::text)
            .collect::<Vec<_>>()
            .join(" ")
    };
    timeline
        .facts
        .iter()
        .map(|fact| (names(&fact.entries), origins(&fact.origins)))
        .collect()
}

fn echo(name: &str, date: &str, of: &str) -> Entry {
    let mut entry = entry(name, date);
    entry.origin.entries = vec![id(of)];
    entry
}

/// O-6: four tell it, two of them confirmed echoes and one suspected: between one and two independent origins.
#[test]
fn o6_four_tellings_of_one_observation_have_one_origin_or_two() {
    let school = Entry {
        reference: "R1".into(),
        recorded_on: day("2025-03-01"),
        ..entry("school:1", "2025-03-01")
    };
    let police = Entry {
        reference: "r1 ".into(),
        recorded_on: day("2025-03-02"),
        ..entry("police:7", "2025-03-01")
    };
    let social_care = echo("social-care:3", "2025-03-02", "school:1");
    let gp = Entry {
        cites: vec![id("social-care:3")],
        ..entry("gp:9", "2025-03-09")
    };
    let (supplied, timeline) = merged(vec![school, police, social_care, gp], &[]);
    let facts = told(&supplied, &timeline);
    assert_eq!(
        facts,
        [
            ("police:7 school:1 social-care:3".into(), "school".into()),
            ("gp:9".into(), "gp".into())
        ]
    );
    for fact in &timeline.facts {
        assert_eq!((fact.origins_low, fact.origins_high), (1, 2), "{}", fact.id);
    }
    assert_eq!(
        supplied.entries[timeline.facts[0].lead].id.as_str(),
        "school:1"
    );
}

#[test]
fn chains_collapse_to_their_root_and_circles_to_the_earliest_recorded() {
    let chain = vec![
        entry("a:1", "2025-01-01"),
        echo("b:1", "2025-01-02", "a:1"),
        echo("c:1", "2025-01-03", "b:1"),
    ];
    let (supplied, timeline) = merged(chain, &[]);
    assert_eq!(
        told(&supplied, &timeline),
        [("a:1 b:1 c:1".into(), "a".into())]
    );
    let mut circle = vec![
        echo("a:1", "2025-01-01", "b:1"),
        echo("b:1", "2025-01-02", "a:1"),
    ];
    circle[0].recorded_on = day("2025-02-02");
    circle[1].recorded_on = day("2025-02-01");
    let (supplied, timeline) = merged(circle, &[]);
    assert_eq!(told(&supplied, &timeline), [("a:1 b:1".into(), "b".into())]);
}

#[test]
fn two_entries_that_repeat_one_that_was_not_supplied_are_one_fact_of_its_agency() {
    let entries = vec![
        echo("gp:1", "2025-01-01", "school:9"),
        echo("police:1", "2025-01-02", "school:9"),
    ];
    let (supplied, timeline) = merged(entries, &[]);
    assert_eq!(
        told(&supplied, &timeline),
        [("gp:1 police:1".into(), "school".into())]
    );
    assert_eq!(timeline.facts[0].first_agency.as_str(), "school");
}

#[test]
fn a_reference_joins_agencies_on_one_day_and_nothing_else() {
    let with = |name: &str, date: &str| Entry {
        reference: "R1".into(),
        ..entry(name, date)
    };
    let (supplied, timeline) = merged(
        vec![
            with("a:1", "2025-01-01"),
            with("a:2", "2025-01-01"),
            with("b:1", "2025-01-01"),
            with("c:1", "2025-01-02"),
        ],
        &[],
    );
    let facts: Vec<String> = told(&supplied, &timeline)
        .into_iter()
        .map(|(entries, _)| entries)
        .collect();
    assert!(
        facts.contains(&"a:1 b:1".to_owned())
            && facts.contains(&"a:2".to_owned())
            && facts.contains(&"c:1".to_owned()),
        "{facts:?}"
    );
}

#[test]
fn several_origins_are_each_independent_and_unknown_counts_alone() {
    let mut both = entry("gp:1", "2025-01-01");
    both.origin.agencies = vec![AgencyId::new("school"), AgencyId::new("police")];
    let mut unknown = entry("gp:2", "2025-01-02");
    unknown.origin.unknown = true;
    let (_, timeline) = merged(vec![both, unknown], &[]);
    let counts: Vec<_> = timeline
        .facts
        .iter()
        .map(|fact| (fact.origins.len(), fact.origins_low, fact.origins_high))
        .collect();
    assert_eq!(counts, [(2, 2, 2), (1, 1, 1)]);
    assert_eq!(
        timeline.facts[0].first_agency.as_str(),
        "police",
        "its origin, though it supplied nothing"
    );
}

fn decision(verdict: EchoVerdict) -> Decision {
    let verdict = Verdict::Echo {
        entry: id("gp:1"),
        of: id("school:1"),
        verdict,
    };
    Decision::plain(1, verdict, "A")
}

#[test]
fn an_analyst_confirms_or_rejects_a_suspected_echo_and_can_take_it_back() {
    let entries = || {
        vec![
            entry("school:1", "2025-01-01"),
            Entry {
                cites: vec![id("school:1")],
                ..entry("gp:1", "2025-01-02")
            },
        ]
    };
    let (_, suspected) = merged(entries(), &[]);
    assert_eq!(
        (suspected.facts.len(), suspected.facts[0].suspected.len()),
        (2, 1)
    );
    let (_, confirmed) = merged(entries(), &[decision(EchoVerdict::Echo)]);
    assert_eq!(confirmed.facts.len(), 1);
    let (_, rejected) = merged(entries(), &[decision(EchoVerdict::Independent)]);
    assert!(
        rejected
            .facts
            .iter()
            .all(|fact| fact.suspected.is_empty() && fact.origins_high == 1)
    );
    let withdrawn = Decision {
        withdrawn_by: Some(2),
        ..decision(EchoVerdict::Echo)
    };
    assert_eq!(merged(entries(), &[withdrawn]).1, suspected);
}

#[test]
fn minutes_with_many_lines_do_not_make_every_line_an_echo_of_the_first() {
    let from = |name: &str, date: &str| Entry {
        document: "Minutes".into(),
        ..entry(name, date)
    };
    let (_, one_each) = merged(
        vec![from("a:1", "2025-01-01"), from("b:1", "2025-02-01")],
        &[],
    );
    assert!(one_each.facts.iter().all(|fact| fact.suspected.len() == 1));
    let many = vec![
        from("a:1", "2025-01-01"),
        from("a:2", "2025-01-05"),
        from("b:1", "2025-02-01"),
        from("b:2", "2025-01-05"),
    ];
    let (supplied, many) = merged(many, &[]);
    let suspected: Vec<&str> = many
        .facts
        .iter()
        .filter(|fact| !fact.suspected.is_empty())
        .map(|fact| supplied.entries[fact.lead].id.as_str())
        .collect();
    assert_eq!(suspected, ["a:2", "b:2"], "the two that speak of one day");
}

#[test]
fn facts_are_in_order_of_date_time_and_id_and_undated_ones_come_last() {
    let month = When::span(
        "2025-01-01".parse().unwrap(),
        "2025-01-31".parse().unwrap(),
        Precision::Month,
    );
    let at = |name: &str, hour: u32| Entry {
        time: chrono::NaiveTime::from_hms_opt(hour, 0, 0),
        ..entry(name, "2025-01-01")
    };
    let undated = Entry {
        when: When::default(),
        ..entry("a:0", "2025-01-01")
    };
    let (supplied, timeline) = merged(
        vec![
            undated,
            at("a:1", 17),
            at("a:2", 9),
            Entry {
                when: month,
                ..entry("a:3", "2025-01-01")
            },
            entry("a:4", "2024-12-31"),
        ],
        &[],
    );
    let order: Vec<&str> = timeline
        .facts
        .iter()
        .map(|fact| supplied.entries[fact.lead].id.local())
        .collect();
    assert_eq!(order, ["4", "3", "2", "1", "0"]);
}

#[test]
fn agencies_disagree_when_values_differ_over_the_same_time() {
    let says = |name: &str, date: &str, value: &str| Entry {
        slot: "school".into(),
        value: value.into(),
        ..entry(name, date)
    };
    let (_, timeline) = merged(
        vec![
            says("a:1", "2025-01-01", "Hill"),
            says("b:1", "2025-02-01", "Lake"),
        ],
        &[],
    );
    assert_eq!(timeline.disagreements.len(), 1);
    assert_eq!(
        (
            timeline.facts[0].disagrees_with.as_slice(),
            timeline.facts[1].disagrees_with.as_slice()
        ),
        (&[1][..], &[0][..])
    );
    let moved = vec![
        says("a:1", "2025-01-01", "Hill"),
        says("a:2", "2025-01-20", "Lake"),
        says("b:1", "2025-02-01", "lake"),
    ];
    assert!(
        merged(moved, &[]).1.disagreements.is_empty(),
        "the first agency had said that it changed"
    );
    let mut ended = vec![
        says("a:1", "2025-01-01", "Hill"),
        says("b:1", "2025-02-01", "Lake"),
    ];
    ended[0].when = When::span(
        "2025-01-01".parse().unwrap(),
        "2025-01-31".parse().unwrap(),
        Precision::Range,
    );
    assert!(merged(ended, &[]).1.disagreements.is_empty());
    let detail = vec![
        says("a:1", "2025-01-01", "Hill"),
        says("b:1", "2025-02-01", "Hill Primary"),
    ];
    assert!(
        merged(detail, &[]).1.disagreements.is_empty(),
        "one says more than the other, not another thing"
    );
}

#[test]
fn what_the_tellers_of_one_fact_say_differently_stands_side_by_side() {
    let mut repeats = echo("b:1", "2025-01-09", "a:1");
    repeats.value = "two".into();
    let (_, timeline) = merged(
        vec![
            Entry {
                value: "three".into(),
                ..entry("a:1", "2025-01-01")
            },
            repeats,
        ],
        &[],
    );
    let columns: Vec<&str> = timeline.facts[0]
        .differences
        .iter()
        .map(|difference| difference.column)
        .collect();
    assert_eq!(columns, ["date", "value"]);
}
