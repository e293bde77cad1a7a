//! Prints how the weight of one pair comes about: the prior, field by field, the sum, and what follows.

use std::fmt::Write as _;

use rapidfuzz::distance::levenshtein;
use rayon::prelude::*;

use super::{Failure, Linked};
use crate::model::id::AgencyId;
use crate::model::person::Agreement;
use crate::model::roster::Roster;
use crate::model::settings::WithinSource;
use crate::people::scale::model::Model;
use crate::people::scale::{self, Explained, FieldWeight};
use crate::report::link::figures::{bits, counted, number};

/// Where the second and the third column begin.
const SECOND: usize = 16;
const THIRD: usize = 38;

/// How many near ids are named.
const NEAR: usize = 3;

/// Finds the two records that are to be explained.
///
/// # Errors
/// When an id is unknown, several agencies have it, or both are one record.
pub fn find(ids: &[String], roster: &Roster) -> Result<(usize, usize), Failure> {
    let [left, right] = ids else {
        return Err(Failure::new(
            "--explain takes two ids",
            "write --explain LEFT RIGHT",
        ));
    };
    let pair = (record(left, roster)?, record(right, roster)?);
    if pair.0 == pair.1 {
        return Err(Failure::new(
            format!("--explain {left} {right}: both are one record"),
            "name two records",
        ));
    }
    Ok((pair.0.min(pair.1), pair.0.max(pair.1)))
}

/// The record of an id as printed, or of the agency's own id where only one agency has it.
fn record(id: &str, roster: &Roster) -> Result<usize, Failure> {
    let id = id.trim();
    if let Some(record) = roster.find(id) {
        return Ok(record);
    }
    if let Some((agency, local)) = id.split_once(':')
        && let Some(record) = roster.find(&format!("{}:{local}", AgencyId::new(agency)))
    {
        return Ok(record);
    }
    let found: Vec<usize> = (0..roster.len())
        .into_par_iter()
        .filter(|record| local(roster.id(*record)) == id)
        .collect();
    match found.as_slice() {
        [record] => Ok(*record),
        [] => Err(Failure::new(
            format!("--explain {id}: no record has this id"),
            format!(
                "ids are written AGENCY:RECORD as in persons.csv; near ones: {}",
                near(id, roster)
            ),
        )),
        several => {
            let ids: Vec<&str> = several
                .iter()
                .take(NEAR)
                .map(|record| roster.id(*record))
                .collect();
            Err(Failure::new(
                format!(
                    "--explain {id}: {} agencies have a record of this id",
                    several.len()
                ),
                format!("write one of: {}", ids.join(", ")),
            ))
        }
    }
}

fn local(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, local)| local)
}

/// The ids that differ least from one that is not there.
fn near(id: &str, roster: &Roster) -> String {
    let scorer = levenshtein::BatchComparator::new(id.chars());
    let mut all: Vec<(usize, usize)> = (0..roster.len())
        .into_par_iter()
        .map(|record| {
            let known = roster.id(record);
            let far = |text: &str| scorer.distance(text.chars());
            (far(known).min(far(local(known))), record)
        })
        .collect();
    all.par_sort_unstable();
    let ids: Vec<&str> = all
        .iter()
        .take(NEAR)
        .map(|(_, record)| roster.id(*record))
        .collect();
    if ids.is_empty() {
        "there are none".to_owned()
    } else {
        ids.join(", ")
    }
}

/// Lays out the explanation of a pair, with what a run made of it where there was one.
///
/// # Errors
/// When the pair cannot be explained by this model.
pub fn text(
    roster: &Roster,
    model: &Model,
    pair: (usize, usize),
    run: Option<(&Linked, WithinSource)>,
) -> Result<String, Failure> {
    let explained = scale::explain(roster, model, pair).ok_or_else(|| {
        Failure::new(
            "--explain: this pair cannot be weighed by this model",
            "leave --model out to learn a new one",
        )
    })?;
    Ok(laid_out(&explained, model, roster, run))
}

fn laid_out(
    explained: &Explained,
    model: &Model,
    roster: &Roster,
    run: Option<(&Linked, WithinSource)>,
) -> String {
    // writing to a string cannot fail
    let mut text = String::new();
    let id = |record: u32| roster.id(record as usize);
    let _ = writeln!(
        text,
        "left   {}\nright  {}\n",
        id(explained.left),
        id(explained.right)
    );
    let _ = writeln!(
        text,
        "{}{:>10}{:>10}",
        two("field", "agreement"),
        "bits",
        "sum"
    );
    let mut sum = explained.prior_weight;
    row(
        &mut text,
        "prior",
        &explained.prior,
        explained.prior_weight,
        sum,
    );
    for field in &explained.fields {
        sum += field.weight;
        row(
            &mut text,
            &field.field,
            &agreement(field),
            field.weight,
            sum,
        );
        if has_values(field) {
            values(&mut text, field);
        }
    }
    let _ = writeln!(
        text,
        "\nweight          {} bits: the prior and the fields add up to it",
        bits(explained.weight)
    );
    let _ = writeln!(text, "probability     {}", number(explained.probability, 9));
    let _ = writeln!(text, "cut-off         {}", number(model.threshold, 9));
    let _ = write!(text, "\n{}", verdict(explained, model, roster, run));
    text
}

/// One line of the waterfall; words that are too long for their column take a line of their own.
fn row(text: &mut String, field: &str, words: &str, weight: f64, sum: f64) {
    let _ = writeln!(
        text,
        "{}{:>10}{:>10}",
        two(field, words),
        bits(weight),
        bits(sum)
    );
}

fn two(first: &str, second: &str) -> String {
    let mut line = format!("{first:SECOND$}");
    if first.chars().count() >= SECOND {
        line = format!("{first}\n{:SECOND$}", "");
    }
    if second.chars().count() >= THIRD {
        return format!("{line}{second}\n{:1$}", "", SECOND + THIRD);
    }
    format!("{line}{second:THIRD$}")
}

/// Whether it compares values; a rule, and what the fields say together, do not.
fn has_values(field: &FieldWeight) -> bool {
    field.agreement == Agreement::Blank || !(field.left.is_empty() && field.right.is_empty())
}

fn agreement(field: &FieldWeight) -> String {
    let glance = field.agreement.phrase();
    if !has_values(field) {
        field.level.clone()
    } else if field.level == glance {
        glance.to_owned()
    } else {
        format!("{glance}: {}", field.level)
    }
}

fn values(text: &mut String, field: &FieldWeight) {
    let shown = |value: &str| {
        if value.is_empty() {
            "(blank)".to_owned()
        } else {
            value.replace(['\n', '\r'], " ")
        }
    };
    if field.left == field.right && field.agreement != Agreement::Blank {
        let _ = writeln!(text, "  {:14}{}", "both", shown(&field.left));
    } else {
        let _ = writeln!(text, "  {:14}{}", "left", shown(&field.left));
        let _ = writeln!(text, "  {:14}{}", "right", shown(&field.right));
    }
}

/// What follows from the weight, in sentences.
fn verdict(
    explained: &Explained,
    model: &Model,
    roster: &Roster,
    run: Option<(&Linked, WithinSource)>,
) -> String {
    let is_above = explained.probability >= model.threshold;
    let mut told = if is_above {
        "The probability reaches the cut-off".to_owned()
    } else {
        "The probability lies below the cut-off".to_owned()
    };
    let Some((linked, within)) = run else {
        told.push_str(if is_above {
            ": alone, the two would be linked."
        } else {
            ": alone, the two would not be linked."
        });
        return told;
    };
    let person = |record: u32| linked.person.get(record as usize).copied();
    let is_one = person(explained.left) == person(explained.right);
    let agency = |record: u32| roster.agency.get(record as usize).copied();
    let is_within = agency(explained.left) == agency(explained.right);
    let key = (explained.left, explained.right);
    let is_kept = linked
        .pairs
        .binary_search_by_key(&key, |pair| (pair.left, pair.right))
        .is_ok();
    let size = linked
        .person
        .iter()
        .filter(|other| Some(**other) == person(explained.left))
        .count();
    told.push_str(match (is_one, is_above) {
        (true, true) => ", and the two are one person",
        (true, false) => ", yet the two are one person: other records join them",
        (false, true) => ", yet the two are two persons",
        (false, false) => ", and the two are two persons",
    });
    if is_one {
        let _ = write!(told, " ({})", counted(size as u64, "record", "records"));
    }
    told.push('.');
    if !is_one && is_within && within != WithinSource::Link {
        told.push_str(
            " Both are of one agency, and --within-source does not let such pairs be linked.",
        );
    } else if !is_kept && explained.probability >= 0.01 {
        told.push_str(" Link did not compare the two by itself: no key brought them together, or none but their names, or the number of a house and a word of its street, with dates of birth (and postcodes of the house) that have nothing to do with each other.");
    } else if !is_one && is_above {
        told.push_str(" The groups that they belong to do not fit together: other pairs of these speak against it, or a rule keeps two of them apart.");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::sample;

    fn explained() -> Explained {
        let field = |field: &str, (left, right): (&str, &str), level: &str, agreement, weight| {
            FieldWeight {
                field: field.to_owned(),
                left: left.to_owned(),
                right: right.to_owned(),
                level: level.to_owned(),
                agreement,
                weight,
            }
        };
        Explained {
            left: 0,
            right: 1,
            prior: "two agencies, neither home nor name in common".to_owned(),
            prior_weight: -13.0,
            fields: vec![
                field(
                    "given_name",
                    ("Ann", "Anne"),
                    "known variant",
                    Agreement::Close,
                    5.5,
                ),
                field(
                    "family_name",
                    ("Smith", "Smith"),
                    "same",
                    Agreement::Agree,
                    11.25,
                ),
                field("postcode", ("", "AB1 2CD"), "blank", Agreement::Blank, 0.0),
            ],
            weight: 3.75,
            probability: 0.930_8,
        }
    }

    #[test]
    fn the_waterfall_adds_up_and_shows_both_values() {
        let roster = sample::roster(&["gp:1", "police:2"]);
        let text = laid_out(&explained(), &sample::model(), &roster, None);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "left   gp:1",
                "right  police:2",
                "",
                "field           agreement                                   bits       sum",
                "prior           two agencies, neither home nor name in common",
                "                                                          -13.00    -13.00",
                "given_name      close: known variant                       +5.50     -7.50",
                "  left          Ann",
                "  right         Anne",
                "family_name     agree: same                               +11.25     +3.75",
                "  both          Smith",
                "postcode        blank                                      +0.00     +3.75",
                "  left          (blank)",
                "  right         AB1 2CD",
                "",
                "weight          +3.75 bits: the prior and the fields add up to it",
                "probability     0.9308",
                "cut-off         0.8",
                "",
                "The probability reaches the cut-off: alone, the two would be linked.",
            ]
        );
    }

    #[test]
    fn what_a_run_made_of_the_pair_is_said() {
        let roster = sample::roster(&["gp:1", "police:2", "police:3"]);
        let tell = |person: &[u32], pairs: &[(u32, u32, f64)], within| {
            let run = sample::linked(person, pairs);
            verdict(&explained(), &run.model, &roster, Some((&run, within)))
        };
        let kept = [(0, 1, 0.93)];
        let link = WithinSource::Link;
        assert_eq!(
            tell(&[0, 0, 0], &kept, link),
            "The probability reaches the cut-off, and the two are one person (3 records)."
        );
        assert!(tell(&[0, 1, 2], &kept, link).ends_with("yet the two are two persons. The groups that they belong to do not fit together: other pairs of these speak against it, or a rule keeps two of them apart."));
        let unmet = tell(&[0, 1, 2], &[], link);
        assert!(
            unmet.contains("Link did not compare the two by itself: no key"),
            "{unmet}"
        );
    }

    #[test]
    fn records_are_found_by_what_is_clear() {
        let roster = sample::roster(&["gp:1", "gp:7", "police:1", "police:a:b"]);
        let found = |id: &str| record(id, &roster);
        assert_eq!(
            (found("gp:1"), found("7"), found(" GP:7 "), found("a:b")),
            (Ok(0), Ok(1), Ok(1), Ok(3))
        );
        let told = |id: &str| found(id).unwrap_err().to_string();
        assert!(
            told("1").contains("2 agencies have a record of this id")
                && told("1").contains("gp:1, police:1")
        );
        assert!(told("gp:8").contains("near ones: gp:1, gp:7"));
        assert!(find(&["gp:1".to_owned(), "gp:1".to_owned()], &roster).is_err());
    }
}
