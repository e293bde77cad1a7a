//! Whether a model that was kept fits the people it is to be used on.

use super::damage;
use super::fields::{Spec, fields};
use super::model::{Model, Stratum};
use crate::model::roster::Roster;

/// So many bits are taken off at most where a given name is not known: no share is below one in a million.
const MOST_UNNAMED: f64 = -20.0;

/// What makes a model unusable for a roster, a sentence each; empty when it fits.
pub fn misfits(model: &Model, roster: &Roster) -> Vec<String> {
    let mut found = faults(model);
    let wanted = comparable(roster);
    let names = |of: &[&str]| {
        of.iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let has = |name: &str| model.fields.iter().any(|field| field.name == name);
    let missing: Vec<&str> = wanted
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !has(name))
        .collect();
    if !missing.is_empty() {
        found.push(format!(
            "the files have {}, which the model does not know",
            names(&missing)
        ));
    }
    let known = |name: &str| wanted.iter().any(|(field, _)| field == name);
    let more: Vec<&str> = model
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .filter(|name| !known(name))
        .collect();
    if !more.is_empty() {
        found.push(format!(
            "the model compares {}, which the files do not have",
            names(&more)
        ));
    }
    let order = model.fields.iter().map(|field| &field.name);
    if found.is_empty() && !order.eq(wanted.iter().map(|(name, _)| name)) {
        let wanted: Vec<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
        found.push(format!(
            "the model has its fields in another order, or one of them twice; these files are compared by {}, in that order (--compare sets the order of further columns)",
            names(&wanted)
        ));
    }
    for field in &model.fields {
        let levels: Vec<&str> = field
            .levels
            .iter()
            .map(|level| level.name.as_str())
            .collect();
        if wanted
            .iter()
            .any(|(name, wanted)| *name == field.name && *wanted != levels)
        {
            found.push(format!(
                "the levels of `{}` are others than this version of the program has",
                field.name
            ));
        }
    }
    found
}

/// What makes a model no model: shares that are none.
fn faults(model: &Model) -> Vec<String> {
    let is_share = |of: f64| (0.0..=1.0).contains(&of);
    let mut found = Vec::new();
    for field in &model.fields {
        let mut shares = field
            .levels
            .iter()
            .flat_map(|level| Stratum::ALL.map(|stratum| level.share(stratum)));
        if shares.any(|share| !is_share(share.m) || !is_share(share.u)) || !is_share(field.floor) {
            found.push(format!("m or u of `{}` lies outside 0 to 1", field.name));
        }
    }
    let mut priors = Stratum::ALL.iter().map(|stratum| model.prior(*stratum));
    if priors.any(|prior| !is_share(prior.across) || !is_share(prior.within)) {
        found.push("a prior lies outside 0 to 1".to_owned());
    }
    if model.damage.iter().any(|bits| bits.abs() > damage::MOST) {
        found.push(format!(
            "what the number of fields that do not agree is worth is more than {} bits",
            damage::MOST
        ));
    }
    if !(MOST_UNNAMED..=0.0).contains(&model.unnamed) {
        found.push(format!(
            "what is taken off where a given name is not known is more than {} bits, or is added",
            -MOST_UNNAMED
        ));
    }
    if !is_share(model.threshold) {
        found.push("the threshold lies outside 0 to 1".to_owned());
    }
    found
}

/// The fields that a roster is compared by, each with the names of its levels.
fn comparable(roster: &Roster) -> Vec<(String, Vec<&'static str>)> {
    let names = |spec: Spec| {
        let levels = spec.levels.iter().map(|level| level.name);
        (spec.name, levels.collect())
    };
    fields(roster).into_iter().map(names).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::model::{Field, Share};
    use crate::people::scale::sample;

    /// People with given names, and with towns where these are compared too.
    fn people(towns: bool) -> Roster {
        let mut roster = sample::roster(&["gp:1", "gp:2"]);
        roster.given = sample::column(&["Ann", "Bob"]);
        if towns {
            roster.further = vec![("town".to_owned(), sample::column(&["Ely", "Ely"]))];
        }
        roster
    }

    /// A model of the fields of these people.
    fn model(roster: &Roster) -> Model {
        let share = Share { m: 0.5, u: 0.5 };
        let mut model = sample::model();
        model.fields = fields(roster)
            .iter()
            .map(|spec| Field {
                name: spec.name.clone(),
                levels: spec
                    .levels
                    .iter()
                    .map(|level| sample::level(level.name, level.agreement, |_| share))
                    .collect(),
                ..sample::model().fields.remove(0)
            })
            .collect();
        model
    }

    #[test]
    fn a_model_fits_files_with_its_own_fields_alone() {
        let (with, without) = (people(true), people(false));
        assert!(misfits(&model(&with), &with).is_empty());
        let found = misfits(&model(&without), &with);
        assert_eq!(
            found,
            ["the files have `town`, which the model does not know"]
        );
        let found = misfits(&model(&with), &without);
        assert_eq!(
            found,
            ["the model compares `town`, which the files do not have"]
        );
    }

    #[test]
    fn a_model_with_fields_in_another_order_or_twice_is_refused() {
        let mut people = people(true);
        people.family = sample::column(&["Fisher", "Ng"]);
        let model = model(&people);
        let (mut turned, mut twice) = (model.clone(), model.clone());
        turned.fields.reverse();
        twice.fields.push(model.fields[0].clone());
        for other in [turned, twice] {
            let found = misfits(&other, &people);
            assert!(
                found[0].contains("another order, or one of them twice"),
                "{found:?}"
            );
        }
        assert!(misfits(&model, &people).is_empty());
    }

    #[test]
    fn other_levels_and_shares_that_are_none_are_told() {
        let roster = people(false);
        let mut other = model(&roster);
        other.fields[0].levels.pop();
        assert!(misfits(&other, &roster)[0].contains("the levels of `given_name`"));
        for spoil in [
            |model: &mut Model| model.fields[0].levels[1].apart.m = 1.5,
            |model: &mut Model| model.fields[0].levels[1].together.u = -0.1,
            |model: &mut Model| model.fields[0].floor = f64::NAN,
            |model: &mut Model| model.prior_apart.across = 2.0,
            |model: &mut Model| model.prior_together.within = -1.0,
            |model: &mut Model| model.damage = vec![0.0, 2.0],
            |model: &mut Model| model.unnamed = 1.0,
            |model: &mut Model| model.unnamed = f64::NAN,
            |model: &mut Model| model.threshold = f64::INFINITY,
        ] {
            let mut model = model(&roster);
            spoil(&mut model);
            assert_eq!(misfits(&model, &roster).len(), 1);
        }
    }
}
