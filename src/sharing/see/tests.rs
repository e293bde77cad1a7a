//! Who may see a fact, cell by cell, and what a family copy never holds.

use super::*;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::phrase::Coded;
use crate::model::words::{Channel, Role};
use crate::sharing::testing::{answer, case, england, entry, fact, on, record, rules, with};

fn says(entries: Vec<Entry>, who: &str) -> String {
    answer(&case(entries, Vec::new()), who, "2026-03-01")
        .text()
        .to_owned()
}

fn handled(id: &str, cell: &str) -> Entry {
    with(entry(id, "L6-E"), |e| {
        e.handling = vec![Coded::read(cell)];
        e.told = Coded::Known(Told::Yes);
    })
}

#[test]
fn the_reason_says_what_to_do() {
    for (entry, who, reason) in [
        (handled("police:1", "ask the originator"), "", "ask police"),
        (
            handled("police:1", "ask the originator"),
            "gp",
            "ask police",
        ),
        (
            handled("police:1", "ask the originator"),
            "social-care",
            "yes",
        ),
        (
            handled("police:1", "no onward sharing"),
            "gp",
            "no onward sharing",
        ),
        (
            handled("police:1", "named recipients only"),
            "gp",
            "named recipients only",
        ),
        (handled("police:1", "eyes only"), "", "no onward sharing"),
        (
            handled("police:1", "not to the family"),
            "family",
            "not to the family",
        ),
        (
            handled("police:1", "not to the alleged perpetrator"),
            "family",
            "not to the alleged perpetrator",
        ),
        (handled("police:1", "need to know"), "family", "yes"),
    ] {
        assert_eq!(says(vec![entry], who), reason, "{who}");
    }
}

#[test]
fn the_originator_is_the_origin_where_it_is_named() {
    let told = with(handled("housing:1", "ask the originator"), |e| {
        e.origin.agencies = vec![AgencyId::new("police")];
    });
    assert_eq!(says(vec![told.clone()], ""), "ask police");
    assert_eq!(says(vec![told], "police"), "yes");
}

#[test]
fn a_supplier_sees_its_own_words_and_not_what_others_add() {
    let own = with(entry("gp:1", "C-VRB"), |e| {
        e.consent.state = Coded::read("refused");
    });
    assert_eq!(says(vec![own.clone()], "gp"), "yes");
    assert_eq!(says(vec![own.clone()], ""), "consent refused");
    let added = handled("police:1", "ask the originator");
    assert_eq!(says(vec![entry("gp:1", "L6-E"), added], "gp"), "ask police");
}

#[test]
fn a_kind_sees_what_every_agency_of_it_may_see() {
    let supplied = case(vec![handled("school-a:1", "no onward sharing")], Vec::new());
    let alone = rules(&supplied);
    let conditions = alone.conditions(&supplied, england(), &fact(&supplied));
    let kind = Recipient::Kind(AgencyKind::School);
    let viewing = Viewing {
        recipient: Some(&kind),
        purpose: None,
        date: "2026-03-01".parse().unwrap(),
    };
    assert!(
        may_see(&conditions, &viewing).is_yes(),
        "the only school is the supplier"
    );
    let two = case(
        vec![
            handled("school-a:1", "no onward sharing"),
            entry("school-b:1", "L6-E"),
        ],
        Vec::new(),
    );
    let mut fact = fact(&two);
    fact.entries = vec![0];
    let conditions = rules(&two).conditions(&two, england(), &fact);
    assert_eq!(may_see(&conditions, &viewing).text(), "no onward sharing");
}

#[test]
fn named_recipients_need_a_partner_to_be_open_to_the_meeting() {
    let named = |scope: &[&str]| {
        with(entry("gp:1", "C-EXP"), |e| {
            e.consent.scope = scope.iter().map(|word| AgencyId::new(word)).collect();
        })
    };
    for (scope, who, reason) in [
        (&[][..], "", "named recipients only"),
        (&["gp"], "", "named recipients only"),
        (&["nobody known"], "", "named recipients only"),
        (&["social-care"], "", "yes"),
        (&["housing"], "", "yes"),
        (&[], "social-care", "yes"),
        (&["housing"], "social-care", "named recipients only"),
        (&["housing"], "gp", "yes"),
    ] {
        assert_eq!(says(vec![named(scope)], who), reason, "{scope:?} {who}");
    }
}

#[test]
fn what_a_parent_said_to_a_worker_is_not_the_familys_own_words() {
    let said = |id: &str, channel: Channel, told: &str| {
        with(entry(id, "L6-E"), |e| {
            e.channel = Coded::Known(channel);
            e.told = Coded::read(told);
        })
    };
    for (entry, shown) in [
        (said("health-visiting:1", Channel::Parent, ""), false),
        (said("health-visiting:1", Channel::Parent, "yes"), true),
        (said("school:1", Channel::Child, ""), false),
        (said("family:1", Channel::Parent, ""), true),
        (said("family:1", Channel::Parent, "unsafe"), false),
        (said("family:1", Channel::OtherPerson, ""), false),
    ] {
        let found = says(vec![entry.clone()], "family");
        assert_eq!(found == "yes", shown, "{} {found}", entry.id);
    }
}

type Change = fn(&mut Entry);

#[test]
fn a_family_copy_holds_no_protected_detail_in_any_cell() {
    let hidden = record("refuge:1", |r| {
        r.protected_address = true;
        r.address = "12 Acorn Road, Ambleton".to_owned();
        r.postcode = "AM1 2BT".to_owned();
        r.phones = vec!["+44 7700 900123".to_owned()];
        r.emails = vec!["new.start@example.org".to_owned()];
        r.uprn = "100012345678".to_owned();
    });
    let leaks: [Change; 8] = [
        |e| e.text = "Now at 12 ACORN RD.".to_owned(),
        |e| e.action = "Write to am12bt.".to_owned(),
        |e| e.outcome = "Rang 07700 900 123.".to_owned(),
        |e| e.child_view = "I like Acorn Road".to_owned(),
        |e| e.family_view = "mail New.Start@Example.org".to_owned(),
        |e| e.value = "UPRN 100012345678".to_owned(),
        |e| e.category = "AM1  2BT".to_owned(),
        |e| e.document = "letter to A M 1 2 B T".to_owned(),
    ];
    for (at, leak) in leaks.iter().enumerate() {
        let told = with(handled("gp:1", "open"), leak);
        let supplied = case(vec![told], vec![hidden.clone()]);
        assert_eq!(
            answer(&supplied, "family", "2026-03-01").text(),
            "holds a protected detail",
            "{at}"
        );
        assert!(answer(&supplied, "", "2026-03-01").is_yes(), "{at}");
    }
    let plain = case(vec![handled("gp:1", "open")], vec![hidden]);
    assert!(answer(&plain, "family", "2026-03-01").is_yes());
}

#[test]
fn a_reporter_is_named_in_no_fact_that_the_family_sees() {
    let report = with(handled("housing:1", "open"), |e| {
        e.channel = Coded::Known(Channel::OtherPerson);
        e.told_by = "June Harrow (grandmother)".to_owned();
    });
    let named = |text: &str| with(handled("gp:1", "open"), |e| e.text = text.to_owned());
    let see = |entry: Entry| {
        let supplied = case(vec![entry, report.clone()], Vec::new());
        let mut fact = fact(&supplied);
        fact.entries = vec![0];
        let rules = rules(&supplied);
        let conditions = rules.conditions(&supplied, england(), &fact);
        let viewing = Viewing {
            recipient: Some(&Recipient::Family),
            purpose: None,
            date: "2026-03-01".parse().unwrap(),
        };
        may_see(&conditions, &viewing).text().to_owned()
    };
    for (text, answer) in [
        ("Junehar row rang", "names a reporter"),
        ("Mrs HARROW rang", "names a reporter"),
        ("HARROW, June", "names a reporter"),
        ("Seen in June, the field was harrowed", "yes"),
        ("Grandmother collects on Fridays", "yes"),
    ] {
        assert_eq!(see(named(text)), answer, "{text}");
    }
}

#[test]
fn a_fact_about_a_reporter_is_withheld_from_the_family() {
    let reporter = record("police:r", |r| {
        r.full_name = "June Harrow".to_owned();
        r.roles = vec![Coded::Known(Role::Reporter)];
    });
    let id = reporter.id.clone();
    let told = with(handled("police:1", "open"), |e| {
        e.persons = vec![id];
        e.when = on("2025-02-02");
    });
    let supplied = case(vec![told], vec![reporter]);
    assert_eq!(
        answer(&supplied, "family", "2026-03-01").text(),
        "names a reporter"
    );
}

#[test]
fn all_at_a_table_may_see_what_each_of_them_may() {
    let at_table = |entry: Entry, others: &[&str]| {
        let more = others
            .iter()
            .map(|id| super::super::testing::entry(id, "L6-E"));
        let id = entry.id.clone();
        let supplied = case([entry].into_iter().chain(more).collect(), Vec::new());
        let at = supplied.entry(&id).unwrap();
        let told = Fact {
            lead: at,
            entries: vec![at],
            ..fact(&supplied)
        };
        let conditions = rules(&supplied).conditions(&supplied, england(), &told);
        let viewing = Viewing {
            recipient: None,
            purpose: None,
            date: crate::sharing::testing::day("2026-03-01"),
        };
        may_all_see(&conditions, &viewing).text().to_owned()
    };
    let scope = |scope: &str| {
        with(entry("gp:1", "C-EXP"), |e| {
            e.consent.scope = [scope, "social-care"].map(AgencyId::new).into();
        })
    };
    for (entry, others, says) in [
        (entry("gp:1", "L6-E"), &["police:2", "school:3"][..], "yes"),
        (scope("police"), &["police:2"], "yes"),
        (
            scope("police"),
            &["police:2", "school:3"],
            "for some at the table only",
        ),
        (
            handled("police:1", "ask the originator"),
            &["gp:2"],
            "ask police",
        ),
    ] {
        assert_eq!(at_table(entry, others), says, "{others:?}");
    }
}
