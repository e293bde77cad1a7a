//! Invented runs for the tests of what comes after linking.

use super::model::{Expected, Field, Level, Model, Prior, Share};
use super::{Linked, Pair, Pass};
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

/// A model of one field.
pub fn model() -> Model {
    let level = |name: &str, agreement, m: f64, u: f64| Level {
        name: name.to_owned(),
        agreement,
        apart: Share { m, u },
        together: Share { m, u: u.sqrt() },
        namesakes: Share { m, u },
    };
    Model {
        version: "0.1.0".to_owned(),
        learnt_from: "this data".to_owned(),
        records: 6,
        prior_apart: Prior {
            across: 0.0001,
            within: 0.00005,
        },
        prior_together: Prior {
            across: 0.2,
            within: 0.1,
        },
        prior_namesakes: Prior {
            across: 0.02,
            within: 0.01,
        },
        fields: vec![Field {
            name: "given_name".to_owned(),
            learnt: true,
            levels: vec![
                level("blank", Agreement::Blank, 0.1, 0.1),
                level("same", Agreement::Agree, 0.9, 0.01),
                level("different", Agreement::Differ, 0.05, 0.95),
            ],
            frequencies: [("ann".to_owned(), 0.02)].into(),
            floor: 0.001,
        }],
        threshold: 0.8,
        expected: Expected {
            precision: 0.99,
            recall: 0.95,
            f1: 0.9696,
        },
        notes: vec!["email could not be learnt: too few values".to_owned()],
    }
}
