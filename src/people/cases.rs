//! Small cases of a pair or a family, each with what must become of it: weights, rules and numbers.

// a table of cases reads best in one piece
#![allow(clippy::too_many_lines)]

use crate::model::date::When;
use crate::model::decision::{Decision, Sameness, Verdict};
use crate::model::id::{AgencyId, RecordId};
use crate::model::identifier::{Identifier, Scheme};
use crate::model::person::{LinkStatus, Outcome, Pair, People};
use crate::model::phrase::Coded;
use crate::model::record::Record;
use crate::model::settings::{Settings, WithinSource};
use crate::model::source::RowRef;
use crate::model::supply::{Relationship, Supplied};
use crate::model::words::Sex;
use crate::people::resolve;

/// `agency:id given,family,birth,sex,address,postcode`; blank parts are not known.
pub fn record(text: &str) -> Record {
    let (id, rest) = text.split_once(' ').unwrap();
    let cells: Vec<&str> = rest.split(',').map(str::trim).chain([""; 6]).collect();
    let mut record = Record::named_only(RecordId::read(id, &AgencyId::new("x")));
    record.described = true;
    record.given_name = cells[0].to_owned();
    record.family_name = cells[1].to_owned();
    record.birth = cells[2].parse().map_or_else(|_| When::default(), When::day);
    record.sex = Coded::<Sex>::read(cells[3]);
    record.address = cells[4].to_owned();
    record.postcode = cells[5].to_owned();
    record
}

pub fn case(lines: &[&str]) -> Supplied {
    let mut records: Vec<Record> = lines.iter().map(|line| record(line)).collect();
    records.sort_by(|a, b| a.id.cmp(&b.id));
    Supplied {
        records,
        ..Supplied::default()
    }
}

pub fn with(mut supplied: Supplied, id: &str, change: impl Fn(&mut Record)) -> Supplied {
    supplied
        .records
        .iter_mut()
        .filter(|record| record.id.as_str() == id)
        .for_each(change);
    supplied
}

pub fn relate(mut supplied: Supplied, who: &str, said: &str, whom: &str) -> Supplied {
    let id = |text: &str| RecordId::read(text, &AgencyId::new("x"));
    supplied.relationships.push(Relationship {
        agency: AgencyId::new("x"),
        row: RowRef {
            file: 0,
            sheet: 0,
            row: 2,
        },
        record: id(who),
        related: id(whom),
        relationship: said.to_owned(),
        from: When::default(),
        to: When::default(),
        parental_responsibility: Coded::Blank,
    });
    supplied
}

pub fn decided(left: &str, right: &str, same: Sameness, by: &str) -> Decision {
    let id = |text: &str| RecordId::read(text, &AgencyId::new("x"));
    let verdict = Verdict::Persons {
        left: id(left),
        right: id(right),
        same,
    };
    Decision::plain(1, verdict, by)
}

pub fn solve(supplied: &Supplied) -> People {
    resolve(supplied, &[], &Settings::default())
}

pub fn pair<'a>(
    supplied: &Supplied,
    people: &'a People,
    left: &str,
    right: &str,
) -> Option<&'a Pair> {
    people.pairs.iter().find(|pair| {
        supplied.records[pair.left].id.as_str() == left
            && supplied.records[pair.right].id.as_str() == right
    })
}

pub fn outcome(supplied: &Supplied, people: &People, left: &str, right: &str) -> Option<Outcome> {
    pair(supplied, people, left, right).map(|pair| pair.outcome)
}

pub const HOME: &str = "12 Mill Lane,EX1 2AB";

#[test]
fn a_pair_alone_has_its_outcome() {
    use Outcome::{Linked, Review, Separate};
    for (why, left, right, expected) in [
        (
            "variant",
            "Thomas,Ashdown,2015-05-05,M,@",
            "Tom,ASHDOWN,2015-05-05,M,@",
            Some(Linked),
        ),
        (
            "twins",
            "Thomas,Ashdown,2015-05-05,M,@",
            "Rowan,Ashdown,2015-05-05,M,@",
            Some(Separate),
        ),
        (
            "father",
            "Thomas,Ashdown,2015-05-05,M,@",
            "Thomas,Ashdown,1984-11-20,M,@",
            None,
        ),
        (
            // one digit of the year may be a slip, so it is asked; it is never linked
            "father, 20 years to the day",
            "Thomas,Ashdown,2015-05-05,M,@",
            "Thomas,Ashdown,1995-05-05,M,@",
            None,
        ),
        (
            "father, one digit of the year",
            "Thomas,Ashdown,1990-05-05,M,@",
            "Thomas,Ashdown,1970-05-05,M,@",
            Some(Review),
        ),
        (
            "initial",
            "Thomas,Ashdown,2015-05-05,M,@",
            "T,Ashdown,2015-05-05,M,@",
            Some(Review),
        ),
        (
            "enough",
            "Thomas,Ashdown,2015-05-05,M,,",
            "Thomas,Ashdown,2015-05-05,M,@",
            Some(Linked),
        ),
        (
            "moved",
            "Ann,Ashdown,2015-05-05,F,7 High St,QQ9 8ZZ",
            "Ann,Ashdown,2015-05-05,F,@",
            Some(Review),
        ),
        (
            "no birth",
            "Thomas,Ashdown,,M,@",
            "Thomas,Ashdown,2015-05-05,M,@",
            Some(Review),
        ),
        (
            "no names",
            ",,2015-05-05,M,,EX1 2AB",
            ",,2015-05-05,M,,EX1 2AB",
            None,
        ),
        (
            "no name",
            "Unknown,,2015-05-05,M,,EX1 2AB",
            "Thomas,Ashdown,2015-05-05,M,,EX1 2AB",
            None,
        ),
        (
            "swapped",
            "Ashdown,Thomas,2015-05-05,M,@",
            "Thomas,Ashdown,2015-05-05,M,@",
            Some(Linked),
        ),
        (
            "brothers",
            "Muhammad Ali,Khan,2015-05-05,M,@",
            "Muhammad Zaki,Khan,2015-05-05,M,@",
            Some(Separate),
        ),
        (
            "sex",
            "Daniel,Ashdown,2015-05-05,M,@",
            "Danielle,Ashdown,2015-05-05,F,@",
            Some(Review),
        ),
    ] {
        let at_home = |text: &str| text.replace('@', HOME);
        let supplied = case(&[
            &at_home(&format!("gp:1 {left}")),
            &at_home(&format!("police:1 {right}")),
        ]);
        let people = solve(&supplied);
        let found = outcome(&supplied, &people, "gp:1", "police:1");
        assert_eq!(found, expected, "{why}: {:?}", people.pairs);
    }
}

#[test]
fn weights_add_up_exactly_and_fields_keep_their_order() {
    let supplied = case(&[
        "gp:1 Zoë,O'Brien,2012-02-29,F,12 Mill Lane,EX1 2AB",
        "police:1 Zoe,O Brien,2012-02-28,F,12 Mill Lane,EX1 2AB",
        "school:1 Zoe,OBrien,2012-02-29,F,,",
    ]);
    let people = solve(&supplied);
    assert_eq!(people.persons.len(), 1, "{:?}", people.pairs);
    for pair in &people.pairs {
        let forwards = pair
            .fields
            .iter()
            .fold(pair.prior_weight, |sum, field| sum + field.weight);
        let backwards = pair
            .fields
            .iter()
            .rev()
            .map(|field| field.weight)
            .sum::<f64>()
            + pair.prior_weight;
        assert_eq!((forwards, backwards), (pair.weight, pair.weight));
        assert!(pair.probability < 1.0);
        let names: Vec<&str> = pair.fields.iter().map(|field| field.field).collect();
        let expected: Vec<&str> = super::compare::FIELDS
            .iter()
            .map(|field| field.name)
            .collect();
        assert_eq!(names, expected);
    }
    assert_eq!(people.persons[0].status, LinkStatus::Linked);
    assert_eq!(people.persons[0].births.len(), 2);
    assert_eq!(people.persons[0].name, "Zoë O'Brien");
    assert!(people.persons[0].other_names.is_empty(), "one name");
}

#[test]
fn a_verified_number_links_and_two_verified_numbers_keep_apart() {
    let nhs = |value: &'static str| {
        move |record: &mut Record| record.identifiers = vec![Identifier::new(Scheme::Nhs, value)]
    };
    let lines = [
        "gp:1 Thomas,Ashdown,,,,",
        "police:1 Thomas,Ashdown,2015-05-05,M,,",
    ];
    let base = || case(&lines);
    let same = with(
        with(base(), "gp:1", nhs("9434765870")),
        "police:1",
        nhs("943 476 5870"),
    );
    let people = solve(&same);
    let found = pair(&same, &people, "gp:1", "police:1").unwrap();
    assert_eq!(
        (found.outcome, found.decided_by.as_str()),
        (Outcome::Linked, "identifier")
    );

    let lines = [
        "gp:1 Thomas,Ashdown,2015-05-05,M,,",
        "police:1 Thomas,Ashdown,2015-05-05,M,,",
    ];
    let other = with(
        with(case(&lines), "gp:1", nhs("9434765870")),
        "police:1",
        nhs("4010232137"),
    );
    let people = solve(&other);
    assert_eq!(people.persons.len(), 2);
    let card = |record: &mut Record| {
        record.identifiers = vec![Identifier::new(Scheme::Medicare, "2123456701")];
    };
    let twins = case(&[
        "gp:1 Thomas,Ashdown,2015-05-05,M,,",
        "police:1 Rowan,Ashdown,2015-05-05,M,,",
    ]);
    let twins = with(with(twins, "gp:1", card), "police:1", card);
    assert_eq!(
        outcome(&twins, &solve(&twins), "gp:1", "police:1"),
        Some(Outcome::Separate),
        "a card is a family's"
    );
    // a format without names joins by its own number alone
    let nameless = || {
        case(&[
            "gp:1 ,,2015-05-05,M,,EX1 2AB",
            "police:1 Ann,Lee,2015-05-05,F,,EX1 2AB",
        ])
    };
    for (value, expected) in [
        ("9434765870", Some(Outcome::Linked)),
        ("9434765871", Some(Outcome::Review)),
    ] {
        let supplied = with(with(nameless(), "gp:1", nhs(value)), "police:1", nhs(value));
        assert_eq!(
            outcome(&supplied, &solve(&supplied), "gp:1", "police:1"),
            expected,
            "{value}"
        );
    }
    let empty = with(
        with(
            case(&["gp:1 Ann,Lee,,,,", "police:1 Joe,Fox,,,,"]),
            "gp:1",
            nhs("0000000000"),
        ),
        "police:1",
        nhs("0000000000"),
    );
    assert!(
        solve(&empty).pairs.is_empty(),
        "a number filled in to fill the field is none"
    );
}

#[test]
fn one_agency_s_records_follow_the_setting() {
    let told = |id: &str| format!("gp:{id} Thomas,Ashdown,2015-05-05,M,{HOME}");
    let supplied = case(&[&told("1"), &told("2")]);
    for (within_source, expected) in [
        (WithinSource::Link, Some(Outcome::Linked)),
        (WithinSource::Review, Some(Outcome::Review)),
        (WithinSource::Never, None),
    ] {
        let settings = Settings {
            within_source,
            ..Settings::default()
        };
        let people = resolve(&supplied, &[], &settings);
        assert_eq!(
            outcome(&supplied, &people, "gp:1", "gp:2"),
            expected,
            "{within_source:?}"
        );
    }
}

#[test]
fn an_expected_child_and_one_born_then_are_a_question() {
    let supplied = case(&[
        "midwifery:1 Unborn,Ashdown,,,,",
        "gp:1 Rose,Ashdown,2024-04-20,F,,",
        "gp:2 Jane,Ashdown,1990-01-02,F,,",
    ]);
    let supplied = with(supplied, "midwifery:1", |record| {
        record.expected = When::day("2024-05-05".parse().unwrap());
    });
    let supplied = relate(supplied, "gp:2", "mother of", "gp:1");
    let supplied = relate(supplied, "midwifery:1", "unborn child of", "gp:2");
    let people = solve(&supplied);
    assert_eq!(
        outcome(&supplied, &people, "gp:1", "midwifery:1"),
        Some(Outcome::Review)
    );
    let later = with(supplied, "gp:1", |record| {
        record.birth = When::day("2024-08-20".parse().unwrap());
    });
    assert_eq!(outcome(&later, &solve(&later), "gp:1", "midwifery:1"), None);
}

#[test]
fn a_record_that_is_only_named_is_a_person_of_its_own() {
    let mut supplied = case(&["gp:1 Thomas,Ashdown,2015-05-05,M,,"]);
    supplied.records.push(Record::named_only(RecordId::read(
        "school:9",
        &AgencyId::new("x"),
    )));
    let people = solve(&supplied);
    assert_eq!(people.persons.len(), 2);
    let named = &people.persons[people.person_of[1]];
    assert_eq!(
        (named.name.as_str(), named.status),
        ("(no name) school:9", LinkStatus::Single)
    );
    assert!(named.id.as_str().len() == 13 && named.id.as_str().starts_with('P'));
}
