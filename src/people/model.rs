//! What a level of agreement is worth: m and u a level, the prior, and the weights in bits that follow from them.
//!
//! m is the share of true pairs on a level, u the share of pairs of two different persons. Inside a household u is
//! another: surname, address, telephone and date of birth agree between brothers and sisters as well.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::compare::{COUNT, Comparison, FIELDS, Found};
use crate::model::person::Agreement;

/// The parameters that ship, with what they were learnt from.
const SHIPPED: &str = include_str!("parameters.toml");

/// Weights are kept to this part of a bit, so that their sum is exact in any order of adding up.
const GRAIN: f64 = 4096.0;

/// m and u of one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Among true pairs.
    pub m: f64,
    /// Among pairs of two persons of different households.
    pub u: f64,
    /// Among pairs of two persons of one household.
    pub household_u: f64,
}

/// A model of how records agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// What they were learnt from, for `summary.json`.
    pub learnt_from: String,
    /// The probability that two records of different households are one person, before anything is compared.
    pub prior: f64,
    /// The same for two records of one household.
    pub household_prior: f64,
    /// A list a field in the order of [`FIELDS`], a share a level.
    pub shares: [Vec<Share>; COUNT],
}

#[derive(Deserialize)]
struct File {
    learnt_from: String,
    prior: f64,
    household_prior: f64,
    #[serde(flatten)]
    fields: BTreeMap<String, BTreeMap<String, [f64; 3]>>,
}

impl Parameters {
    /// The parameters that ship.
    ///
    /// # Errors
    /// The text of the fault, when a level is missing or no share (a test reads the file that ships).
    pub fn shipped() -> Result<Self, String> {
        Self::from_toml(SHIPPED)
    }

    /// Reads parameters: a table a field, `"level" = [m, u, u in a household]` a level.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
        let mut parameters = Self::neutral(&file.learnt_from, file.prior, file.household_prior);
        for (field, shares) in FIELDS.iter().zip(&mut parameters.shares) {
            for (level, share) in field.levels.iter().zip(shares.iter_mut()).skip(1) {
                let given = file
                    .fields
                    .get(field.name)
                    .and_then(|levels| levels.get(level.name));
                let Some([m, u, household_u]) = given.copied() else {
                    return Err(format!("no m and u for {} \"{}\"", field.name, level.name));
                };
                if [m, u, household_u]
                    .iter()
                    .any(|part| !(*part > 0.0 && *part <= 1.0))
                {
                    return Err(format!(
                        "a share of {} \"{}\" is not above 0 and up to 1",
                        field.name, level.name
                    ));
                }
                *share = Share { m, u, household_u };
            }
        }
        Ok(parameters)
    }

    /// Parameters in which no field says anything.
    pub fn neutral(learnt_from: &str, prior: f64, household_prior: f64) -> Self {
        let even = Share {
            m: 1.0,
            u: 1.0,
            household_u: 1.0,
        };
        Self {
            learnt_from: learnt_from.to_owned(),
            prior,
            household_prior,
            shares: FIELDS.map(|field| vec![even; field.levels.len()]),
        }
    }

    /// The prior in bits: the logarithm of its odds.
    pub fn prior_weight(&self, one_household: bool) -> f64 {
        let prior = if one_household {
            self.household_prior
        } else {
            self.prior
        };
        grain((prior / (1.0 - prior)).log2())
    }

    /// The weight of a field in bits. Blank is 0; agreement is never evidence against, a difference never for.
    pub fn weight(&self, field: usize, found: Found, one_household: bool) -> f64 {
        if found.level == 0 {
            return 0.0;
        }
        let share = self.shares[field][found.level];
        let u = if one_household {
            share.household_u
        } else {
            // agreeing on a common name is agreeing on little
            found
                .frequency
                .map_or(share.u, |frequency| share.u.max(frequency))
        };
        let bits = (share.m / u).log2();
        grain(match FIELDS[field].levels[found.level].agreement {
            Agreement::Agree => bits.max(0.0),
            Agreement::Differ => bits.min(0.0),
            Agreement::Close | Agreement::Blank => bits,
        })
    }

    /// The weights of all fields, in their order.
    pub fn weights(&self, comparison: &Comparison) -> [f64; COUNT] {
        let mut weights = [0.0; COUNT];
        for (field, weight) in weights.iter_mut().enumerate() {
            *weight = self.weight(field, comparison.found[field], comparison.one_household);
        }
        weights
    }
}

/// Rounds bits to the grid on which weights are added up.
pub fn grain(bits: f64) -> f64 {
    // adding 0 turns -0 into 0, which prints without a sign
    (bits * GRAIN).round() / GRAIN + 0.0
}

/// The probability that belongs to a weight in bits, prior included; always below 1.
pub fn probability(weight: f64) -> f64 {
    (1.0 / (1.0 + (-weight).exp2())).min(1.0 - f64::EPSILON / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_that_ship_are_complete() {
        let parameters = Parameters::shipped().unwrap();
        assert!(!parameters.learnt_from.is_empty());
    }

    #[test]
    fn a_missing_level_is_named() {
        let text = SHIPPED.replace("\"known variant\"", "\"other\"");
        let fault = Parameters::from_toml(&text).unwrap_err();
        assert!(fault.contains("given_name \"known variant\""), "{fault}");
    }

    #[test]
    fn probability_stays_below_one() {
        assert!(probability(500.0) < 1.0 && probability(-500.0) >= 0.0);
        assert!((probability(0.0) - 0.5).abs() < 1e-12);
    }
}
