//! Whether a model that was kept fits the people it is to be used on.

use super::fields::{Spec, fields};
use super::model::{Model, Share};
use crate::model::roster::Roster;

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
        let is_wrong = |of: Share| !is_share(of.m) || !is_share(of.u);
        if field
            .levels
            .iter()
            .any(|level| is_wrong(level.apart) || is_wrong(level.together))
            || !is_share(field.floor)
        {
            found.push(format!("m or u of `{}` lies outside 0 to 1", field.name));
        }
    }
    let priors = [model.prior_apart, model.prior_together];
    if priors
        .iter()
        .any(|prior| !is_share(prior.across) || !is_share(prior.within))
    {
        found.push("a prior lies outside 0 to 1".to_owned());
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
