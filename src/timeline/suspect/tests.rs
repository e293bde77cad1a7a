//! Each ground on a case where it must propose and on its clean twin.

use crate::model::agency::Agency;
use crate::model::date::When;
use crate::model::decision::{Decision, EchoVerdict, Verdict};
use crate::model::entry::Entry;
use crate::model::fact::Timeline;
use crate::model::id::{AgencyId, EntryId, PersonId, RecordId};
use crate::model::person::{LinkStatus, People, Person};
use crate::model::record::Record;
use crate::model::source::RowRef;
use crate::model::supply::Supplied;
use crate::timeline::merge;

fn day(text: &str) -> When {
    When::day(text.parse().unwrap())
}

fn says(id: &str, date: &str, recorded: &str, text: &str) -> Entry {
    let row = RowRef {
        file: 0,
        sheet: 0,
        row: 2,
    };
    Entry {
        when: day(date),
        recorded_on: day(recorded),
        text: text.to_owned(),
        ..Entry::blank(EntryId::read(id, &AgencyId::new("none")), row)
    }
}

/// All entries are about one child, Florian Hale.
fn supplied(entries: Vec<Entry>) -> Supplied {
    let mut record = Record::named_only(RecordId::read("school:1", &AgencyId::new("school")));
    record.given_name = "Florian".into();
    record.family_name = "Hale".into();
    let entries = entries.into_iter().map(|entry| Entry {
        persons: vec![record.id.clone()],
        ..entry
    });
    let mut supplied = Supplied {
        entries: entries.collect(),
        ..Supplied::default()
    };
    supplied.records = vec![record];
    let ids: std::collections::BTreeSet<AgencyId> = supplied
        .entries
        .iter()
        .map(|entry| entry.agency().clone())
        .collect();
    supplied.agencies = ids.iter().map(Agency::of_id).collect();
    supplied.entries.sort_by(|one, other| one.id.cmp(&other.id));
    supplied
}

fn people() -> People {
    let person = Person {
        id: PersonId::new("P1"),
        records: vec![0],
        status: LinkStatus::Single,
        lowest_probability: None,
        decided_by: Vec::new(),
        candidates: 0,
        name: "Florian Hale".into(),
        other_names: Vec::new(),
        births: Vec::new(),
        sexes: Vec::new(),
        roles: Vec::new(),
    };
    People {
        persons: vec![person],
        person_of: vec![0],
        ..People::default()
    }
}

/// What is suspected: "gp:1 < school:1" where the first may repeat the second, with why.
fn suspected(supplied: &Supplied, timeline: &Timeline) -> Vec<(String, String)> {
    let lead = |fact: usize| supplied.entries[timeline.facts[fact].lead].id.as_str();
    let mut found = Vec::new();
    for (at, fact) in timeline.facts.iter().enumerate() {
        for suspicion in fact.suspected.iter().filter(|s| s.repeats) {
            let pair = format!("{} < {}", lead(at), lead(suspicion.other));
            found.push((pair, suspicion.why.clone()));
        }
    }
    found
}

fn proposed(entries: Vec<Entry>) -> Vec<String> {
    let supplied = supplied(entries);
    let timeline = merge(&supplied, &people(), &[]);
    suspected(&supplied, &timeline)
        .into_iter()
        .map(|(pair, _)| pair)
        .collect()
}

const SEEN: &str = "Florian came without a coat and hungry, and said that he had been up in the night because of shouting.";

#[test]
fn wording_must_be_close_later_and_another_agencys() {
    let copy = "Letter to the file. Florian came without a coat and hungry, and said that he had been up in the night.";
    let apart = "He was cold at the gate and ate two breakfasts; there had been a row.";
    let cases = [
        (
            "a copy",
            "gp:1",
            "2025-11-18",
            "2025-11-20",
            copy,
            vec!["gp:1 < school:1"],
        ),
        (
            "the same agency",
            "school:2",
            "2025-11-18",
            "2025-11-20",
            copy,
            vec![],
        ),
        (
            "other words",
            "gp:1",
            "2025-11-18",
            "2025-11-20",
            apart,
            vec![],
        ),
        (
            "months later",
            "gp:1",
            "2026-02-18",
            "2026-02-20",
            copy,
            vec![],
        ),
        (
            "recorded first",
            "gp:1",
            "2025-11-18",
            "2025-11-17",
            copy,
            vec!["school:1 < gp:1"],
        ),
    ];
    for (what, id, date, recorded, text, wanted) in cases {
        let entries = vec![
            says("school:1", "2025-11-18", "2025-11-18", SEEN),
            says(id, date, recorded, text),
        ];
        assert_eq!(proposed(entries), wanted, "{what}");
    }
}

#[test]
fn other_people_and_stock_phrases_are_no_echo() {
    let mut two = supplied(vec![
        says("school:1", "2025-11-18", "2025-11-18", SEEN),
        says("gp:1", "2025-11-18", "2025-11-20", SEEN),
    ]);
    assert_eq!(suspected(&two, &merge(&two, &people(), &[])).len(), 1);
    two.entries[0].persons.clear();
    assert!(
        suspected(&two, &merge(&two, &people(), &[])).is_empty(),
        "about somebody else"
    );
    let stock =
        "Home visit by appointment. The house was warm and tidy and there was food in the kitchen.";
    let all_year = ["2025-01-05", "2025-05-05", "2025-09-05", "2025-11-03"];
    let mut entries: Vec<Entry> = all_year
        .iter()
        .enumerate()
        .map(|(at, date)| says(&format!("social-care:{at}"), date, date, stock))
        .collect();
    entries.push(says("health-visiting:1", "2025-11-05", "2025-11-05", stock));
    assert!(proposed(entries).is_empty(), "written the whole year round");
}

#[test]
fn a_text_that_names_its_source_points_to_that_agency() {
    let seen = || says("school:1", "2025-11-18", "2025-11-18", SEEN);
    let cases = [
        ("Per school: no coat, hungry.", true),
        (
            "Advised by the head of the school that he was hungry and had no coat.",
            true,
        ),
        ("Reported to us by school.", true),
        ("As per school he was cold.", true),
        ("According to his uncle he was hungry.", false),
        ("Ten per cent of the class were away.", false),
        ("He is superb at school.", false),
    ];
    for (text, proposes) in cases {
        let wanted: &[&str] = if proposes { &["gp:1 < school:1"] } else { &[] };
        let told = says("gp:1", "2025-11-18", "2025-11-19", text);
        assert_eq!(proposed(vec![seen(), told]), wanted, "{text}");
    }
    let own = says(
        "school:2",
        "2025-11-18",
        "2025-11-19",
        "Per school he was cold.",
    );
    assert!(proposed(vec![seen(), own]).is_empty(), "its own agency");
    let early = says(
        "gp:1",
        "2025-11-18",
        "2025-11-17",
        "Per school he was cold.",
    );
    assert!(
        proposed(vec![seen(), early]).is_empty(),
        "said before the school said it"
    );
}

#[test]
fn a_shared_slip_in_a_name_is_proposed_and_a_known_spelling_is_not() {
    let entries = |slip: &str| {
        vec![
            says(
                "school:1",
                "2025-11-18",
                "2025-11-18",
                &format!("{slip} limped to the swings."),
            ),
            says(
                "gp:1",
                "2025-11-20",
                "2025-11-21",
                &format!("{slip} has a sore knee."),
            ),
        ]
    };
    assert_eq!(proposed(entries("Florain")), ["gp:1 < school:1"]);
    assert!(proposed(entries("Florian")).is_empty());
    let mut spelled = supplied(entries("Florain"));
    spelled.records[0].other_names = vec!["Florain".into()];
    assert!(
        suspected(&spelled, &merge(&spelled, &people(), &[])).is_empty(),
        "known as such"
    );
}

#[test]
fn what_an_analyst_rejected_is_not_proposed_again_by_another_entry_of_the_fact() {
    let mut repeat = says("police:1", "2025-11-18", "2025-11-19", SEEN);
    repeat.origin.entries = vec![EntryId::read("school:1", &AgencyId::new("none"))];
    let told = supplied(vec![
        says("school:1", "2025-11-18", "2025-11-18", SEEN),
        repeat,
        says("gp:1", "2025-11-18", "2025-11-20", SEEN),
    ]);
    let id = |text: &str| EntryId::read(text, &AgencyId::new("none"));
    assert_eq!(suspected(&told, &merge(&told, &people(), &[])).len(), 1);
    let verdict = Verdict::Echo {
        entry: id("gp:1"),
        of: id("school:1"),
        verdict: EchoVerdict::Independent,
    };
    let rejected = merge(
        &told,
        &people(),
        &[Decision::plain(1, verdict, "A. Analyst")],
    );
    assert!(suspected(&told, &rejected).is_empty());
    assert!(rejected.facts.iter().all(|fact| fact.origins_high == 1));
}

#[test]
fn reasons_say_both_entries_and_the_rare_words() {
    let told = supplied(vec![
        says("school:1", "2025-11-18", "2025-11-18", SEEN),
        says(
            "gp:1",
            "2025-11-18",
            "2025-11-20",
            &format!("Per school: {SEEN}"),
        ),
    ]);
    let found = suspected(&told, &merge(&told, &people(), &[]));
    assert_eq!(found.len(), 1);
    let why = &found[0].1;
    assert!(
        why.starts_with("gp:1 says “per school”, and school:1 tells the like; gp:1 shares words with school:1, which was recorded first: “"),
        "{why}"
    );
    assert!(!why.to_lowercase().contains("florian"), "{why}");
}
