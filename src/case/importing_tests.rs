//! Imports into a case: the same file, newer exports, files beside each other, decisions that lose their target.

use super::*;
use crate::case::{Hand, OpenCase, Step};
use crate::model::case::Case;
use crate::model::decision::Verdict;
use crate::model::id::{ConclusionId, EntryId};

fn folder(files: &[(&str, &str)]) -> Folder {
    let files = files.iter().map(|(path, text)| InputFile {
        path: (*path).to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
        agency: None,
    });
    Folder {
        files: files.collect(),
        skipped: Vec::new(),
    }
}

fn planned(held: &[Held], decisions: &[Decision], given: &Folder) -> Plan {
    let limits = Limits::default();
    let before = read(held, &limits).unwrap();
    plan(
        held,
        (&before, decisions),
        given,
        &limits,
        ImportOptions::default(),
    )
    .unwrap()
}

fn import(held: &[Held], given: &Folder) -> (Plan, Vec<Held>) {
    let plan = planned(held, &[], given);
    let after = after(held, &plan);
    (plan, after)
}

const OLD: &str = "entry_id,date,text,record_ids\n1,2025-01-01,seen at home,r1\n2,2025-01-02,rang,r1\n3,2025-01-03,called,r1\n";
const NEWER: &str = "entry_id,date,text,record_ids\n2,2025-01-02,rang twice,r1\n3,2025-01-03,called,r1\n4,2025-02-01,seen at school,r1\n";
const OTHER: &str =
    "entry_id,date,text,record_ids\n90,2024-01-01,an older time,r1\n91,2024-01-02,another,r1\n";

#[test]
fn the_same_bytes_again_change_nothing_even_under_another_name() {
    let (_, held) = import(&[], &folder(&[("police/log.csv", OLD)]));
    for path in ["police/log.csv", "police/log (1).csv"] {
        let (plan, after) = import(&held, &folder(&[(path, OLD)]));
        assert!(plan.is_nothing() && plan.changes.is_empty());
        assert_eq!(plan.taken, [(path.to_owned(), Taken::Same)]);
        assert_eq!(after, held);
    }
    let (plan, _) = import(&held, &folder(&[("gp/log.csv", OLD)]));
    assert_eq!(plan.taken[0].1, Taken::New, "another agency's");
}

#[test]
fn a_newer_export_says_what_is_new_changed_and_gone() {
    let (_, held) = import(&[], &folder(&[("police/log.csv", OLD)]));
    for path in ["police/log.csv", "police/log march.csv"] {
        let (plan, after) = import(&held, &folder(&[(path, NEWER)]));
        assert_eq!(plan.taken, [(path.to_owned(), Taken::Newer(0))]);
        assert_eq!(after.len(), 1);
        let [changes] = &plan.changes[..] else {
            panic!("{:?}", plan.changes)
        };
        assert_eq!(changes.agency, "police");
        assert_eq!(changes.entries.new, ["police:4"]);
        assert_eq!(changes.entries.changed, ["police:2"]);
        assert_eq!(changes.entries.gone, ["police:1"]);
        assert!(changes.records.is_empty());
    }
}

#[test]
fn an_export_of_another_time_stands_beside() {
    let (_, held) = import(&[], &folder(&[("police/log.csv", OLD)]));
    let (plan, after) = import(&held, &folder(&[("police/older.csv", OTHER)]));
    assert_eq!(plan.taken[0].1, Taken::New);
    assert_eq!(after.len(), 2);
    assert_eq!(plan.changes[0].entries.gone, Vec::<String>::new());
}

#[test]
fn a_file_takes_the_place_of_its_namesake_before_that_of_a_likeness() {
    let (_, held) = import(&[], &folder(&[("police/b.csv", OLD)]));
    // a.csv shares its ids too, and comes first
    let (plan, after) = import(
        &held,
        &folder(&[("police/a.csv", OLD), ("police/b.csv", NEWER)]),
    );
    assert_eq!(
        plan.taken,
        [
            ("police/a.csv".to_owned(), Taken::Same),
            ("police/b.csv".to_owned(), Taken::Newer(0))
        ]
    );
    assert_eq!(after.len(), 1);
}

#[test]
fn a_flat_file_keeps_its_agency_beside_folders() {
    let (_, held) = import(&[], &folder(&[("police_log.csv", OLD)]));
    let (plan, _) = import(&held, &folder(&[("gp/log.csv", OLD)]));
    let ids: Vec<&str> = plan
        .supplied
        .entries
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["gp:1", "gp:2", "gp:3", "police:1", "police:2", "police:3"]
    );
}

#[test]
fn a_decision_whose_entry_is_gone_is_told_and_kept() {
    let (plan, held) = import(&[], &folder(&[("police/log.csv", OLD)]));
    let mut case = OpenCase::in_memory(Case::new(plan.supplied));
    for id in ["police:1", "police:3"] {
        let verdict = Verdict::ReliedOn {
            conclusion: ConclusionId::new("draft"),
            entry: EntryId::read(id, &AgencyId::new("x")),
        };
        let step = Step {
            verdicts: vec![(verdict, Vec::new())],
            why: String::new(),
        };
        case.decide(step, Hand { by: "A", at: 0 }).unwrap();
    }
    let plan = planned(
        &held,
        &case.case().decisions,
        &folder(&[("police/log.csv", NEWER)]),
    );
    let lost: Vec<u32> = plan.lost.iter().map(|one| one.number).collect();
    assert_eq!(lost, [1]);
}

#[test]
fn a_file_that_cannot_be_read_stops_the_import_unless_it_may_be_left_out() {
    let given = folder(&[
        ("police/log.csv", OLD),
        ("gp/broken.xlsx", "PK\u{3}\u{4}nothing"),
    ]);
    let limits = Limits::default();
    let empty = Supplied::default();
    let refused = plan(
        &[],
        (&empty, &[]),
        &given,
        &limits,
        ImportOptions::default(),
    );
    assert!(matches!(refused, Err(CaseError::Exports(ref why)) if why.contains("gp/broken.xlsx")));
    let options = ImportOptions {
        skip_unreadable: true,
    };
    let plan = plan(&[], (&empty, &[]), &given, &limits, options).unwrap();
    assert_eq!(plan.left_out.len(), 1);
    let kept: Vec<&str> = plan
        .files
        .iter()
        .map(|(file, _)| file.path.as_str())
        .collect();
    assert_eq!(kept, ["police/log.csv"]);
}

#[test]
fn a_case_toml_is_kept_and_a_new_one_takes_its_place() {
    let first = folder(&[("case.toml", "title = \"One\"\n"), ("police/log.csv", OLD)]);
    let (plan, held) = import(&[], &first);
    assert_eq!(
        (plan.supplied.config.title.as_str(), held.len()),
        ("One", 2)
    );
    let (plan, held) = import(&held, &folder(&[("case.toml", "title = \"Two\"\n")]));
    assert_eq!(
        (plan.supplied.config.title.as_str(), held.len()),
        ("Two", 2)
    );
}

#[test]
fn a_newer_export_is_read_as_the_case_was_set_up() {
    let set_up = "day_first = false\n\n[[agency]]\nid = \"police\"\nname = \"County police\"\nkind = \"police\"\n";
    let first = folder(&[("case.toml", set_up), ("police/log.csv", OLD)]);
    let (_, held) = import(&[], &first);
    let (plan, _) = import(&held, &folder(&[("County police/log.csv", NEWER)]));
    assert_eq!(
        plan.taken[0].1,
        Taken::Newer(1),
        "its folder has the name that case.toml gives"
    );
}

#[test]
fn the_hubs_own_codes_are_kept_and_can_be_given_anew() {
    let codes = |label: &str| {
        format!(
            "[[code]]\ncode = \"HUB-1\"\nlabel = \"{label}\"\nmeaning = \"Ours.\"\nrests_on_consent = \"no\"\n"
        )
    };
    let (one, two) = (codes("One"), codes("Two"));
    let set_up = "vocabulary = \"our-codes.toml\"\n";
    let files = [
        ("case.toml", set_up),
        ("our-codes.toml", &one),
        ("police/log.csv", OLD),
    ];
    let (_, held) = import(&[], &folder(&files));
    assert_eq!(held.len(), 3);
    let (plan, held) = import(&held, &folder(&[("our-codes.toml", &two)]));
    let own = plan.supplied.config.vocabulary.as_ref().unwrap();
    assert!(own.text.contains("Two"));
    let (plan, _) = import(&held, &folder(&[("police/log.csv", NEWER)]));
    assert_eq!(plan.taken[0].1, Taken::Newer(1));
}

#[test]
fn a_mapping_file_is_kept_for_the_next_export() {
    let set_up = "[[export]]\nfile = \"police/*.csv\"\nprofile = \"maps/police.toml\"\n";
    let map = "[columns]\n\"Nr\" = \"entry_id\"\n\"Wann\" = \"date\"\n\"Was\" = \"text\"\n\"Wer\" = \"record_ids\"\n";
    let in_german =
        |text: &str| text.replacen("entry_id,date,text,record_ids", "Nr,Wann,Was,Wer", 1);
    let (old, newer) = (in_german(OLD), in_german(NEWER));
    let files = [
        ("case.toml", set_up),
        ("maps/police.toml", map),
        ("police/may.csv", &old),
    ];
    let (plan, held) = import(&[], &folder(&files));
    assert_eq!((plan.supplied.entries.len(), held.len()), (3, 3));
    let (plan, held) = import(&held, &folder(&[("police/june.csv", &newer)]));
    assert_eq!(
        plan.taken,
        [("police/june.csv".to_owned(), Taken::Newer(2))]
    );
    let other = map.replace("\"Was\" = \"text\"", "\"Was\" = \"text\"\n\"Ort\" = \"\"");
    let (plan, _) = import(&held, &folder(&[("maps/police.toml", &other)]));
    assert_eq!(plan.supplied.config.mappings.len(), 1);
}
