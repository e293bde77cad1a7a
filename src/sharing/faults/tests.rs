//! Each fault is found, and a sound entry has none.

use super::*;
use crate::model::id::AgencyId;
use crate::sharing::testing::{case, england, entry, on, rules, with};

/// What the faults of one entry say, in one string.
fn faults_of(entry: Entry) -> String {
    let supplied = case(vec![entry], Vec::new());
    let found = rules(&supplied).faults(&supplied, england());
    assert!(
        found
            .iter()
            .all(|fault| fault.problem.contains(':') && fault.fix.ends_with('.'))
    );
    found
        .iter()
        .map(|fault| fault.problem.as_str())
        .collect::<Vec<_>>()
        .join(" / ")
}

type Change = fn(&mut Entry);

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_fault_is_found_and_its_absence_is_not() {
    let consented: Change = |e| {
        e.consent.by = "Mother".to_owned();
        e.consent.on = on("2025-01-01");
    };
    let table: Vec<(&str, &str, Change, &str)> = vec![
        ("gp:1", "L6-E", |_| {}, ""),
        ("gp:1", "U-NR", |_| {}, ""),
        ("gp:1", "L9-G18", |_| {}, "reason why there is no consent"),
        (
            "gp:1",
            "L9-G18|N-RSK",
            |e| e.purpose = "tipping off".to_owned(),
            "",
        ),
        ("gp:1", "L6-E|N-OVR", |_| {}, "without a reason"),
        (
            "gp:1",
            "N-RSK",
            |e| e.outcome = "shared".to_owned(),
            "not on what ground",
        ),
        ("gp:1", "C-VRB", |_| {}, "not who gave it and when"),
        ("gp:1", "C-VRB", consented, ""),
        (
            "gp:1",
            "C-VRB",
            |e| e.consent.state = Coded::read("refused"),
            "",
        ),
        (
            "gp:1",
            "C-EXP",
            |e| {
                e.consent.by = "Mother".to_owned();
                e.consent.on = on("2025-01-01");
                e.consent.scope = vec![AgencyId::new("school")];
            },
            "does not name social-care",
        ),
        (
            "gp:1",
            "C-EXP",
            |e| {
                e.consent.by = "Mother".to_owned();
                e.consent.on = on("2025-01-01");
                e.consent.withdrawn_on = on("2025-02-01");
                e.received_on = on("2025-02-02");
            },
            "after consent was withdrawn",
        ),
        (
            "gp:1",
            "C-EXP|L6-E",
            |e| {
                e.consent.by = "Mother".to_owned();
                e.consent.on = on("2025-01-01");
                e.consent.withdrawn_on = on("2025-02-01");
                e.received_on = on("2025-02-02");
            },
            "",
        ),
        (
            "gp:1",
            "E-ISD",
            |e| e.received_on = on("2026-09-29"),
            "was not law before 2026-09-30",
        ),
        ("gp:1", "E-ISD", |e| e.received_on = on("2026-09-30"), ""),
        ("gp:1", "E-ISD", |_| {}, "was not law before 2026-09-30"),
        (
            "police:1",
            "L6-EA-SG",
            |e| e.received_on = on("2026-03-01"),
            "not for a public authority",
        ),
        (
            "lantern-house:1",
            "L6-EA-SG",
            |e| e.received_on = on("2026-03-01"),
            "",
        ),
        (
            "gp:1",
            "C-IMP",
            |_| {},
            "its ground is for ambulance, child-mental-health, gp",
        ),
        ("gp:1", "C-IMP|L6-E", |_| {}, ""),
        ("gp:1", "L9-H", |_| {}, ""),
        ("police:1", "E-S47", |_| {}, "no enquiry"),
        (
            "police:1",
            "E-S47",
            |e| e.threshold = Coded::read("s47"),
            "",
        ),
        (
            "police:1",
            "E-S47",
            |e| e.category = "Strategy discussion".to_owned(),
            "",
        ),
        (
            "police:1",
            "C-VRB",
            |e| {
                e.consent.by = "Mother".to_owned();
                e.consent.on = on("2025-01-01");
                e.threshold = Coded::read("s47");
            },
            "names consent as its basis at section 47",
        ),
        (
            "gp:1",
            "L6-E",
            |e| {
                e.told = Coded::read("yes");
                e.handling = vec![Coded::read("not to the family")];
            },
            "the family was told",
        ),
        (
            "gp:1",
            "U-MAP",
            |e| e.basis_raw = "No consent".to_owned(),
            "more than one way",
        ),
        (
            "gp:1",
            "U-MAP",
            |e| e.basis_raw = "ZZ9".to_owned(),
            "not in the vocabulary",
        ),
        (
            "gp:1",
            "L6-E",
            |e| e.handling = vec![Coded::read("eyes only")],
            "not understood",
        ),
        (
            "gp:1",
            "U-MAP",
            |e| {
                e.basis_raw = "NZ-66".to_owned();
                e.purpose = "crime".to_owned();
            },
            "does not allow crime use",
        ),
    ];
    for (id, basis, change, words) in table {
        let found = faults_of(with(entry(id, basis), change));
        if words.is_empty() {
            assert_eq!(found, "", "{basis}");
        } else {
            assert!(found.contains(words), "{basis}: {found} should say {words}");
        }
    }
}

#[test]
fn an_enquiry_counts_from_the_day_it_began() {
    let start = with(entry("social-care:1", "L6-E"), |e| {
        e.category = "strategy discussion".to_owned();
        e.when = on("2025-03-01");
    });
    for (received, faults) in [("2025-02-28", 1), ("2025-03-01", 0)] {
        let shared = with(entry("police:1", "E-S47"), |e| e.received_on = on(received));
        let supplied = case(vec![start.clone(), shared], Vec::new());
        assert_eq!(
            rules(&supplied).faults(&supplied, england()).len(),
            faults,
            "{received}"
        );
    }
}
