//! Lays a compared pair out for a person to read: both values, the level in words and the bits of every field.

use super::compare::{FIELDS, at};
use super::model::Parameters;
use super::wish::Wish;
use crate::model::date::{Precision, When};
use crate::model::identifier::{Identifier, Scheme};
use crate::model::person::{FieldComparison, Pair};
use crate::model::record::Record;

/// Lays out a pair; `left` and `right` are indexes of the two records.
pub fn pair(
    wish: Wish,
    parameters: &Parameters,
    records: &[Record],
    (left, right): (usize, usize),
) -> Pair {
    let comparison = &wish.scored.comparison;
    let weights = parameters.weights(comparison);
    let fields = FIELDS
        .iter()
        .enumerate()
        .map(|(number, field)| {
            let level = field.levels[comparison.level(number)];
            FieldComparison {
                field: field.name,
                level: level.name,
                agreement: level.agreement,
                weight: weights[number],
                left: value(&records[left], number),
                right: value(&records[right], number),
            }
        })
        .collect();
    Pair {
        left,
        right,
        probability: wish.scored.probability,
        weight: wish.scored.weight,
        prior_weight: parameters.prior_weight(comparison.one_household),
        outcome: wish.outcome,
        decided_by: wish.by,
        reason: wish.reason,
        fields,
    }
}

/// A record's value of a field, as supplied; a spreadsheet's day number as the day that it is.
fn value(record: &Record, field: usize) -> String {
    match field {
        at::GIVEN => record.given_name.trim().to_owned(),
        at::MIDDLE => record.middle_names.trim().to_owned(),
        at::FAMILY => record.family_name.trim().to_owned(),
        at::ORDER => joined(
            std::iter::once(record.name())
                .chain(record.other_names.iter().cloned())
                .collect::<Vec<_>>(),
            " | ",
        ),
        at::BIRTH => date(&record.birth, &record.expected),
        at::SEX => record.sex.text().to_owned(),
        at::POSTCODE => record.postcode.trim().to_owned(),
        at::ADDRESS => record.address.trim().to_owned(),
        at::PHONE => joined(&record.phones, " | "),
        at::EMAIL => joined(&record.emails, " | "),
        at::IDENTIFIERS => identifiers(record, |id| id.scheme != Scheme::Medicare),
        _ => joined(
            [
                record.household_id.clone(),
                if record.uprn.is_empty() {
                    String::new()
                } else {
                    format!("uprn {}", record.uprn)
                },
                identifiers(record, |id| id.scheme == Scheme::Medicare),
            ],
            " | ",
        ),
    }
}

fn identifiers(record: &Record, wanted: impl Fn(&Identifier) -> bool) -> String {
    let list: Vec<String> = record
        .identifiers
        .iter()
        .filter(|id| wanted(id))
        .map(|id| format!("{} {}", id.scheme.name(), id.value))
        .collect();
    joined(&list, " | ")
}

fn date(birth: &When, expected: &When) -> String {
    let text = |when: &When| {
        if !when.raw.is_empty() && !is_day_number(when) {
            return when.raw.trim().to_owned();
        }
        let end = when.end_cell();
        let start = when.date_cell();
        if end.is_empty() {
            start
        } else {
            format!("{start}/{end}")
        }
    };
    if birth.is_known() || !expected.is_known() {
        return text(birth);
    }
    format!("expected {}", text(expected))
}

/// Whether a day was given as a spreadsheet's count of days, which says nothing to who reads it: a number of at most five
/// digits, and no year.
fn is_day_number(when: &When) -> bool {
    let raw = when.raw.trim();
    let whole = raw.split_once('.').map_or(raw, |(whole, _)| whole);
    let is_number = raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    when.precision == Precision::Day && is_number && (1..=5).contains(&whole.len())
}

fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>, between: &str) -> String {
    let kept: Vec<String> = parts
        .into_iter()
        .map(|part| part.as_ref().trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    kept.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_is_shown_as_supplied_but_for_a_number_of_days() {
        for (raw, shown) in [
            ("32874", "1990-01-01"),
            ("32874.0", "1990-01-01"),
            ("01/01/1990", "01/01/1990"),
            ("19900101", "19900101"),
            ("010190", "010190"),
        ] {
            let birth = When {
                raw: raw.into(),
                ..When::day("1990-01-01".parse().unwrap())
            };
            assert_eq!(date(&birth, &When::default()), shown, "{raw}");
        }
    }
}
