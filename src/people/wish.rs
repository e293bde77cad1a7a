//! What is wished for each pair before anyone looks at the pairs around it: link, question, or keep apart.

use super::compare::{Found, at, identifiers};
use super::rules::{self, Ruling};
use super::score::{Scored, Scorer};
use super::verdicts::{Settled, Verdicts};
use crate::model::person::Outcome;
use crate::model::settings::{Settings, WithinSource};

/// A pair with what is to become of it, by whose word, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The scored pair.
    pub scored: Scored,
    /// What is to become of it.
    pub outcome: Outcome,
    /// `model`, `identifier`, `rule`, or the analyst's name.
    pub by: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Whether an analyst settled it.
    pub by_analyst: bool,
}

/// Wishes for all scored pairs, in their order.
pub fn wishes(
    scale: &Scorer<'_>,
    scored: Vec<Scored>,
    verdicts: &Verdicts,
    settings: &Settings,
) -> Vec<Wish> {
    scored
        .into_iter()
        .map(|pair| match verdicts.get(&(pair.left, pair.right)) {
            Some(settled) => by_analyst(pair, settled),
            None => by_machine(scale, pair, settings),
        })
        .collect()
}

fn by_analyst(scored: Scored, settled: &Settled) -> Wish {
    let (outcome, by, reason) = match settled {
        Settled::Same(by) => (
            Outcome::Linked,
            by.clone(),
            format!("{by} decided that they are the same person."),
        ),
        Settled::Different(by) => (
            Outcome::Separate,
            by.clone(),
            format!("{by} decided that they are different persons."),
        ),
        Settled::NotSure(by) => (
            Outcome::Review,
            by.clone(),
            format!("{by} could not tell yet."),
        ),
        Settled::Disputed(same, different) => (
            Outcome::Review,
            "rule".to_owned(),
            format!(
                "{same} says the same person, {different} says different persons: please settle it together."
            ),
        ),
    };
    Wish {
        scored,
        outcome,
        by,
        reason,
        by_analyst: true,
    }
}

fn by_machine(scale: &Scorer<'_>, scored: Scored, settings: &Settings) -> Wish {
    let same_agency = scale.all[scored.left].agency == scale.all[scored.right].agency;
    let percent = percent(scored.probability);
    let (outcome, by, reason) = match scored.ruling {
        Ruling::Apart(why) => (Outcome::Separate, "rule", format!("Kept apart: {why}.")),
        Ruling::BroughtUp(why) | Ruling::Review(why) => {
            (Outcome::Review, "rule", format!("Please look: {why}."))
        }
        _ if scored.probability < settings.link_from => (
            Outcome::Review,
            "model",
            format!("Possible: {percent}, below the level for a link."),
        ),
        _ if same_agency && settings.within_source != WithinSource::Link => (
            Outcome::Review,
            "rule",
            "Please look: one agency has the two under different numbers.".to_owned(),
        ),
        _ if is_decided_by_identifier(scale, &scored, settings) => (
            Outcome::Linked,
            "identifier",
            "Linked: the same number, and its check digits fit.".to_owned(),
        ),
        _ => (
            Outcome::Linked,
            "model",
            format!("Linked by the program: {percent}, not confirmed by a person."),
        ),
    };
    Wish {
        scored,
        outcome,
        by: by.to_owned(),
        reason,
        by_analyst: false,
    }
}

/// Whether the pair would not be linked without its verified number.
fn is_decided_by_identifier(scale: &Scorer<'_>, scored: &Scored, settings: &Settings) -> bool {
    if scored.comparison.level(at::IDENTIFIERS) != identifiers::SAME {
        return false;
    }
    let mut without = scored.comparison.clone();
    without.found[at::IDENTIFIERS] = Found::default();
    let weights = scale.parameters.weights(&scored.comparison);
    let weight = scored.weight - weights[at::IDENTIFIERS];
    super::model::probability(weight) < settings.link_from
        || rules::judge(scale, (scored.left, scored.right), &without, weight) != Ruling::Free
}

/// A probability in words: "98%", "over 99.9%".
pub fn percent(probability: f64) -> String {
    if probability > 0.999 {
        "over 99.9%".to_owned()
    } else if probability < 0.001 {
        "under 0.1%".to_owned()
    } else {
        // cut and not rounded, so that 98.96% does not read as the 99% that links
        format!("{}%", (probability * 1000.0).floor() / 10.0)
    }
}
