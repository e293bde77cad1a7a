//! Twins whose names are alike: Jayden and Hayden, or Mohammed Ali and Mohammed Umar. Where an agency has both in one household,
//! they are two for every other agency as well.

use std::collections::BTreeMap;

use super::compare::{
    Comparison, at, compare, crosswise, date_of_birth, family_name, given_name, middle_names,
};
use super::household::LARGEST_HOUSEHOLD;
use super::prepare::Description;
use super::score::Scorer;

/// Finds the records that one agency has in one household of its own as two children with like names.
pub fn known(all: &[Description]) -> Vec<Vec<usize>> {
    let mut homes: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        if one.described && !one.household_id.is_empty() {
            let home = (one.agency, one.household_id.as_str());
            homes.entry(home).or_default().push(at);
        }
    }
    let mut twins = vec![Vec::new(); all.len()];
    // more records under one number are a hostel's, in which nobody is told by a name
    for home in homes
        .values()
        .filter(|home| home.len() <= LARGEST_HOUSEHOLD)
    {
        for (place, left) in home.iter().enumerate() {
            for right in &home[place + 1..] {
                let (a, b) = (&all[*left], &all[*right]);
                let found = compare(a, b);
                if is_one_birth_and_surname(&found) && have_two_names(a, b, &found) {
                    twins[*left].push(*right);
                    twins[*right].push(*left);
                }
            }
        }
    }
    twins
}

/// Whether surname and date of birth are one.
pub fn is_one_birth_and_surname(found: &Comparison) -> bool {
    matches!(
        found.level(at::BIRTH),
        date_of_birth::SAME | date_of_birth::SAME_JANUARY
    ) && matches!(
        found.level(at::FAMILY),
        family_name::SAME..=family_name::CLOSE
    ) && found.level(at::ORDER) < crosswise::SWAPPED
}

/// Whether given names are like each other and not the same, or other names follow them.
fn have_two_names(a: &Description, b: &Description, found: &Comparison) -> bool {
    matches!(
        found.level(at::GIVEN),
        given_name::NEAR..=given_name::ONE_OF
    ) || middle_names::are_different(&a.forenames, &b.forenames)
}

/// Why two of one surname and date of birth are two although their names are alike, if an agency knows both.
pub fn known_as_two(
    scorer: &Scorer<'_>,
    (left, right): (usize, usize),
    found: &Comparison,
) -> Option<&'static str> {
    let (a, b) = (&scorer.all[left], &scorer.all[right]);
    if !have_two_names(a, b, found) {
        return None;
    }
    let none = Vec::new();
    let twins = |of: usize| scorer.families.twins.get(of).unwrap_or(&none);
    if twins(left).binary_search(&right).is_ok() {
        return Some(
            "one agency knows two children of that surname and date of birth by different forenames",
        );
    }
    let is_other = |one: usize, other: usize| {
        twins(one)
            .iter()
            .any(|twin| is_called_the_same(&scorer.all[*twin], &scorer.all[other]))
    };
    (is_other(left, right) || is_other(right, left)).then_some(
        "one agency knows two children of that surname and date of birth, and the name is the other one's",
    )
}

/// Whether two records have one surname, date of birth and name, with nothing in the names that differs.
fn is_called_the_same(a: &Description, b: &Description) -> bool {
    let found = compare(a, b);
    let agrees = found.agrees(at::GIVEN);
    agrees && is_one_birth_and_surname(&found) && !have_two_names(a, b, &found)
}
