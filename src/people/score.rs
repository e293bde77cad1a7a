//! Scores pairs of records: compares them, adds up the weights, and finds what rules say about them.

use rayon::prelude::*;

use super::compare::{Comparison, compare};
use super::model::{Parameters, probability};
use super::prepare::Description;
use super::rules::{self, Ruling};

/// A scored pair; positions are in the order of the record ids, the left one first.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Position of the record with the smaller id.
    pub left: usize,
    /// Position of the other.
    pub right: usize,
    /// What the fields found.
    pub comparison: Comparison,
    /// In bits, prior included.
    pub weight: f64,
    /// What follows from the weight.
    pub probability: f64,
    /// What the rules say.
    pub ruling: Ruling,
}

/// What pairs are scored by.
pub struct Scorer<'a> {
    /// The records.
    pub all: &'a [Description],
    /// The model.
    pub parameters: &'a Parameters,
    /// What is known of families.
    pub families: &'a rules::Families,
}

impl Scorer<'_> {
    /// Scores one pair.
    pub fn score(&self, left: usize, right: usize) -> Scored {
        let (a, b) = (&self.all[left], &self.all[right]);
        let comparison = compare(a, b);
        let prior = self.parameters.prior_weight(comparison.one_household);
        let weights = self.parameters.weights(&comparison);
        let weight = weights.iter().fold(prior, |sum, bits| sum + bits);
        let ruling = rules::judge(self, (left, right), &comparison, weight);
        Scored {
            left,
            right,
            comparison,
            weight,
            probability: probability(weight),
            ruling,
        }
    }

    /// Scores pairs and keeps those from `review_from` on, and those that a rule brings up; in the order given.
    pub fn score_all(&self, pairs: &[(usize, usize)], review_from: f64) -> Vec<Scored> {
        pairs
            .par_iter()
            .map(|(left, right)| self.score(*left, *right))
            .filter(|scored| {
                scored.ruling.is_brought_up()
                    || (scored.probability >= review_from && !scored.ruling.is_dropped())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare::{FIELDS, at, date_of_birth, family_name, given_name, sex};
    use super::super::model::Share;
    use super::super::prepare::descriptions;
    use super::super::rules::Families;
    use super::*;
    use crate::model::date::When;
    use crate::model::id::{AgencyId, RecordId};
    use crate::model::phrase::Coded;
    use crate::model::record::Record;
    use crate::model::supply::Supplied;
    use crate::model::words::Sex;

    fn twin(agency: &str, given: &str, address: &str) -> Record {
        let mut record = Record::named_only(RecordId::new(&AgencyId::new(agency), "1"));
        record.given_name = given.to_owned();
        record.family_name = "Example".to_owned();
        record.birth = When::day("2015-05-05".parse().unwrap());
        record.sex = Coded::Known(Sex::Male);
        record.address = address.to_owned();
        record.described = true;
        record
    }

    /// Agreement and difference of five fields, with the usual textbook weights; all other levels say nothing.
    fn textbook() -> Parameters {
        let mut parameters = Parameters::neutral("the textbook", 1.0 / 200.0, 1.0 / 5.0);
        for (field, agree, differ, m, u, household_u) in [
            (
                at::FAMILY,
                family_name::SAME,
                family_name::DIFFERENT,
                0.95,
                0.01,
                0.95,
            ),
            (
                at::GIVEN,
                given_name::SAME,
                given_name::DIFFERENT,
                0.9,
                0.02,
                0.02,
            ),
            (
                at::BIRTH,
                date_of_birth::SAME,
                date_of_birth::DIFFERENT,
                0.97,
                1.0 / 25_000.0,
                0.03,
            ),
            (at::SEX, sex::SAME, sex::DIFFERENT, 0.99, 0.5, 0.5),
            (at::ADDRESS, 1, 4, 0.6, 0.001, 0.98),
        ] {
            parameters.shares[field][agree] = Share { m, u, household_u };
            parameters.shares[field][differ] = Share {
                m: 1.0 - m,
                u: 1.0 - u,
                household_u: 1.0 - household_u,
            };
        }
        parameters
    }

    fn score(parameters: &Parameters, one_household: bool) -> (f64, f64) {
        let supplied = Supplied {
            records: vec![
                twin("a", "Thomas", "1 High Street"),
                twin("b", "Rowan", "1 High Street"),
            ],
            ..Supplied::default()
        };
        let all = descriptions(&supplied);
        let families = Families::default();
        let scale = Scorer {
            all: &all,
            parameters,
            families: &families,
        };
        let mut scored = scale.score(0, 1);
        assert!(scored.comparison.one_household, "they share an address");
        if !one_household {
            // the textbook does not know of households: the same comparison, weighed without one
            scored.comparison.one_household = false;
            let prior = parameters.prior_weight(false);
            scored.weight = parameters
                .weights(&scored.comparison)
                .iter()
                .fold(prior, |s, w| s + w);
            scored.probability = probability(scored.weight);
        }
        let prior = parameters.prior_weight(one_household);
        (scored.weight - prior, scored.probability)
    }

    #[test]
    fn the_textbook_merges_twins_and_households_do_not() {
        let (bits, p) = score(&textbook(), false);
        assert!((bits - 28.06).abs() < 0.005, "{bits}");
        assert!((p - 0.999_999_3).abs() < 1e-7, "{p}");
        let (bits, p) = score(&textbook(), true);
        assert!((bits - 2.71).abs() < 0.005, "{bits}");
        assert!((p - 0.62).abs() < 0.005, "{p}");
    }

    #[test]
    fn every_field_begins_with_blank() {
        assert!(FIELDS.iter().all(|field| field.levels[0].name == "blank"));
    }
}
