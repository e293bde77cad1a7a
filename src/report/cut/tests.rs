//! What is cut is what the tables of a copy leave out, no more and no less.

use std::path::Path;
use std::sync::Arc;

use super::{cut, held_back};
use crate::import::{Limits, folder::read_folder, read};
use crate::model::case::Case;
use crate::model::settings::{Recipient, Settings};
use crate::model::supply::Supplied;
use crate::picture::{Picture, recipient};
use crate::report::{Cell, Table, View, tables};

fn supplied(name: &str) -> Supplied {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    let limits = Limits::default();
    read(&read_folder(&folder, &limits).unwrap(), &limits).unwrap()
}

fn settings(supplied: &Supplied, who: &str) -> Settings {
    Settings {
        recipient: Some(recipient(who, supplied).unwrap()),
        ..Settings::of_config(&supplied.config)
    }
}

/// Rows without what is only true of a whole picture: the answer, and where a row stands among the files that are left.
fn rows(table: &Table) -> Vec<Vec<String>> {
    // a fact does not name a flag that is left out
    let is_kept = |column: &str| table.name != "timeline" || column != "flags";
    let cells = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row);
        let kept = cells.filter(|(column, _)| is_kept(column));
        kept.map(|(_, cell)| format!("{cell:?}")).collect()
    };
    table.rows.iter().map(cells).collect()
}

/// Both fixtures, with every agency, a kind, and nobody of the case.
fn viewers() -> Vec<(Supplied, String)> {
    let mut all = Vec::new();
    for name in ["hollow-lane", "river-street"] {
        let supplied = supplied(name);
        let mut who: Vec<String> = supplied
            .agencies
            .iter()
            .map(|agency| agency.id.as_str().to_owned())
            .collect();
        who.push("school".to_owned());
        all.extend(who.into_iter().map(|who| (supplied.clone(), who)));
    }
    all
}

#[test]
fn the_tables_of_the_cut_are_those_of_the_copy() {
    let mut hidden = 0;
    for (supplied, who) in viewers() {
        let settings = settings(&supplied, &who);
        let whole = Picture::of(&Case::new(supplied), &settings).unwrap();
        if settings.recipient == Some(Recipient::Family) {
            continue;
        }
        let left = cut(&whole);
        let copy = View::for_recipient(&whole);
        let all = View::whole(&left);
        for (copied, shown) in [
            (
                tables::timeline(&copy, &|_| true),
                tables::timeline(&all, &|_| true),
            ),
            (tables::people(&copy), tables::people(&all)),
            (tables::matches(&copy), tables::matches(&all)),
            (tables::requests(&copy), tables::requests(&all)),
            (tables::consultations(&copy), tables::consultations(&all)),
            (tables::reliance(&copy), tables::reliance(&all)),
        ] {
            assert_eq!(rows(&copied), rows(&shown), "{} for {who}", copied.name);
        }
        // a flag that quotes a record that is not shown is left out as well
        let (copied, shown) = (rows(&tables::flags(&copy)), rows(&tables::flags(&all)));
        assert!(
            shown.iter().all(|row| copied.contains(row)),
            "flags for {who}"
        );
        hidden += held_back(&View::for_recipient(&whole))
            .values()
            .sum::<usize>();
        let is_counted = held_back(&View::for_recipient(&whole))
            .values()
            .sum::<usize>()
            + left.timeline.facts.len();
        assert_eq!(is_counted, whole.timeline.facts.len());
    }
    assert!(hidden > 20, "the fixtures hold something back");
}

/// Everything that a screen could show of a picture, as one text.
fn everything(picture: &Picture) -> String {
    format!("{picture:?}")
}

#[test]
fn nothing_of_what_is_held_back_is_left_anywhere() {
    for (supplied, who) in viewers() {
        let settings = settings(&supplied, &who);
        let case = Case::new(supplied);
        let whole = Picture::of(&case, &settings).unwrap();
        let left = if settings.recipient == Some(Recipient::Family) {
            cut(&whole.of_what_is_shown(&case, &settings).unwrap())
        } else {
            cut(&whole)
        };
        let left = everything(&left);
        let view = View::for_recipient(&whole);
        for (at, fact) in whole.timeline.facts.iter().enumerate() {
            if view.shows(at) {
                continue;
            }
            for entry in &fact.entries {
                let entry = &whole.supplied.entries[*entry];
                let id = format!("{:?}", entry.id);
                let found = left
                    .find(&id)
                    .map(|at| left.get(at.saturating_sub(300)..at + 100));
                assert_eq!(found, None, "{} for {who}", entry.id);
                let found = left
                    .find(&entry.text)
                    .map(|at| left.get(at.saturating_sub(600)..at + 100));
                assert_eq!(found, None, "{} for {who}", entry.id);
            }
        }
    }
}

#[test]
fn what_the_family_sees_is_the_same_with_and_without_what_is_hidden_from_them() {
    for name in ["hollow-lane", "river-street"] {
        let supplied = supplied(name);
        let settings = Settings {
            recipient: Some(Recipient::Family),
            ..Settings::of_config(&supplied.config)
        };
        let of = |supplied: Supplied| {
            let case = Case::new(supplied);
            let whole = Picture::of(&case, &settings).unwrap();
            let shown = whole.of_what_is_shown(&case, &settings).unwrap();
            (cut(&shown), whole)
        };
        let (with, whole) = of(supplied.clone());
        let mut without = supplied;
        let hidden: Vec<usize> = (0..whole.answers.len())
            .filter(|at| !whole.answers[*at].is_yes())
            .collect();
        assert!(!hidden.is_empty() && !with.timeline.facts.is_empty());
        let gone: Vec<_> = hidden
            .iter()
            .flat_map(|at| &whole.timeline.facts[*at].entries)
            .map(|at| whole.supplied.entries[*at].id.clone())
            .collect();
        without.entries.retain(|entry| !gone.contains(&entry.id));
        let (mut without, _) = of(without);
        // what the rules were made from is not shown
        without.conditions = Arc::clone(&with.conditions);
        without.guard = Arc::clone(&with.guard);
        assert!(with == without, "{name}");
        assert!(held_back(&View::for_recipient(&whole)).is_empty());
    }
}

#[test]
fn without_a_recipient_nothing_is_cut() {
    let supplied = supplied("hollow-lane");
    let settings = Settings::of_config(&supplied.config);
    let whole = Picture::of(&Case::new(supplied), &settings).unwrap();
    if settings.recipient.is_none() {
        assert_eq!(cut(&whole), whole);
    }
    assert!(
        matches!(rows(&tables::people(&View::whole(&whole))).first(), Some(row) if !row.is_empty())
    );
}
