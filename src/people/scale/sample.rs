//! Invented runs for the tests of what comes after linking.

use super::model::{Expected, Field, Level, Model, Prior, Share, Stratum};
use super::{Linked, Pair, Pass};
use crate::model::date::{Precision, When};
use crate::model::person::Agreement;
use crate::model::roster::{Column, Roster};

/// A column with these values.
pub fn column(values: &[&str]) -> Column {
    let mut column = Column::default();
    for value in values {
        let known = column.values.iter().position(|known| known == *value);
        let number = known.map_or_else(|| column.values.push(value), |at| at as u32);
        column.cells.push(number);
    }
    column
}

/// Records with these ids, which must be sorted; nothing else is known of them.
pub fn roster(ids: &[&str]) -> Roster {
    let mut roster = Roster::default();
    let agency = |id: &str| {
        id.split_once(':')
            .map_or("", |(agency, _)| agency)
            .to_owned()
    };
    roster.agencies = ids.iter().map(|id| agency(id)).collect();
    roster.agencies.dedup();
    for id in ids {
        let at = roster
            .agencies
            .iter()
            .position(|known| *known == agency(id));
        roster.agency.push(at.unwrap_or(0) as u16);
        roster.ids.push(id);
    }
    roster
}

/// Two agencies that each know the same so many people; `change` changes the given name, family name and date of birth of a
/// record, by whether it is the second agency's and by the person's number.
pub fn two_agencies(people: usize, change: impl Fn(bool, usize, [&mut String; 3])) -> Roster {
    const SYLLABLES: [&str; 10] = ["ka", "lo", "mi", "ru", "te", "sa", "no", "vi", "du", "be"];
    let name = |at: usize, long: usize| -> String {
        let of = |step: usize| SYLLABLES[(at / 10_usize.pow(step as u32) + step * 3) % 10];
        (0..long).map(of).collect()
    };
    let mut ids = Vec::new();
    let mut columns: [Vec<String>; 3] = Default::default();
    for (agency, is_second) in [("csc", false), ("gp", true)] {
        for at in 0..people {
            ids.push(format!("{agency}:{at:04}"));
            let (year, month, day) = (1960 + at % 40, at % 12 + 1, at % 28 + 1);
            let mut record = [
                name(at * 7, 3),
                name(at * 13 + 5, 4),
                format!("{year}-{month:02}-{day:02}"),
            ];
            change(is_second, at, record.each_mut());
            columns
                .iter_mut()
                .zip(record)
                .for_each(|(column, value)| column.push(value));
        }
    }
    let mut roster = roster(&texts(&ids));
    [roster.given, roster.family, roster.birth] =
        columns.each_ref().map(|values| column(&texts(values)));
    roster.births = roster.birth.values.iter().map(born).collect();
    roster
}

fn texts(of: &[String]) -> Vec<&str> {
    of.iter().map(String::as_str).collect()
}

/// A date of birth, known to the day or to the year.
fn born(text: &str) -> When {
    let day = |text: &str| text.parse().ok();
    let year = || {
        Some((
            day(&format!("{text}-01-01"))?,
            day(&format!("{text}-12-31"))?,
        ))
    };
    match (day(text), year()) {
        (Some(day), _) => When::day(day),
        (None, Some((from, until))) => When::span(from, until, Precision::Year),
        (None, None) => When::default(),
    }
}

/// A run that gave these persons and these pairs, each with its probability.
pub fn linked(person: &[u32], pairs: &[(u32, u32, f64)]) -> Linked {
    Linked {
        person: person.to_vec(),
        pairs: pairs
            .iter()
            .map(|&(left, right, probability)| Pair {
                left,
                right,
                weight: (probability / (1.0 - probability)).log2(),
                probability,
            })
            .collect(),
        model: model(),
        passes: vec![Pass {
            name: "family name and date of birth".to_owned(),
            pairs: 1_234_567,
            split: 2,
            left_out: 0,
        }],
        notes: Vec::new(),
    }
}

/// A level that is worth this much in each stratum.
pub fn level(name: &str, agreement: Agreement, share: impl Fn(Stratum) -> Share) -> Level {
    Level {
        name: name.to_owned(),
        agreement,
        apart: share(Stratum::Apart),
        together: share(Stratum::Together),
        namesakes: share(Stratum::Namesakes),
        twins: share(Stratum::Twins),
        kin: share(Stratum::Kin),
    }
}

/// A model of one field.
pub fn model() -> Model {
    let prior = |across: f64| Prior {
        across,
        within: across / 2.0,
    };
    let worth = |m: f64, u: f64| {
        move |stratum| Share {
            m,
            u: if stratum == Stratum::Together {
                u.sqrt()
            } else {
                u
            },
        }
    };
    Model {
        version: "0.1.0".to_owned(),
        learnt_from: "this data".to_owned(),
        records: 6,
        prior_apart: prior(0.0001),
        prior_together: prior(0.2),
        prior_namesakes: prior(0.02),
        prior_twins: prior(0.01),
        prior_kin: prior(0.001),
        alike: Vec::new(),
        damage: vec![0.125, -0.25, 0.5],
        unnamed: -1.5,
        fields: vec![Field {
            name: "given_name".to_owned(),
            learnt: true,
            levels: vec![
                level("blank", Agreement::Blank, worth(0.1, 0.1)),
                level("same", Agreement::Agree, worth(0.9, 0.01)),
                level("different", Agreement::Differ, worth(0.05, 0.95)),
            ],
            frequencies: [("ann".to_owned(), 0.02)].into(),
            floor: 0.001,
            alike: Vec::new(),
        }],
        doubt: 0.0,
        threshold: 0.8,
        expected: Expected {
            precision: 0.99,
            recall: 0.95,
            f1: 0.9696,
        },
        notes: vec!["email could not be learnt: too few values".to_owned()],
    }
}
