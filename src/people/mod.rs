//! Works out which records are the same individual, and explains each link.
//!
//! Records are made comparable (`prepare`), candidate pairs chosen (`block`), compared field by field (`compare`), weighed
//! (`model`, `score`) and judged by rules that no weight overrules (`rules`). What analysts decided (`verdicts`) wins over
//! the program. Pairs with rivals are left open (`ambiguous`), the rest joined from the strongest down (`cluster`), and
//! everything is laid out to be read (`explain`, `describe`). Inside, records are numbered in the order of their ids, so
//! that the order in which they come makes no difference.

mod ambiguous;
mod block;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod cases_names;
#[cfg(test)]
mod cases_rivals;
mod cluster;
pub mod compare;
mod describe;
mod explain;
mod forenames;
mod forms;
mod household;
pub mod model;
mod names;
mod outcome;
mod prepare;
mod questions;
mod rules;
pub mod scale;
mod score;
mod sounds;
mod ties;
mod twins;
mod variants;
mod verdicts;
mod wish;

pub use describe::person as describe;

use crate::model::decision::Decision;
use crate::model::person::People;
use crate::model::settings::{Settings, WithinSource};
use crate::model::supply::Supplied;
use model::Parameters;
use score::Scorer;

/// Resolves the records of a case into persons.
pub fn resolve(supplied: &Supplied, decisions: &[Decision], settings: &Settings) -> People {
    match Parameters::shipped() {
        Ok(parameters) => resolve_with(supplied, decisions, settings, parameters),
        // a test reads the shipped file, so this is a damaged build: nobody is linked, and the reason is shown
        Err(fault) => {
            let none = Parameters::neutral("none: the parameters could not be read", 0.005, 0.005);
            let mut people = resolve_with(supplied, decisions, settings, none);
            people.notes.push(format!(
                "The parameters could not be read, nobody was linked: {fault}."
            ));
            people
        }
    }
}

/// Resolves the records of a case by parameters of the caller's.
pub fn resolve_with(
    supplied: &Supplied,
    decisions: &[Decision],
    settings: &Settings,
    mut parameters: Parameters,
) -> People {
    let all = prepare::descriptions(supplied);
    let described = all.iter().filter(|one| one.described).count();
    // a record has about one counterpart among all the others: the more there are, the less likely a given one is it
    parameters.prior = parameters.prior.min(1.0 / described.max(1) as f64);
    let families = rules::families(supplied, &all);
    let scale = Scorer {
        all: &all,
        parameters: &parameters,
        families: &families,
    };
    let verdicts = verdicts::settle(supplied, &all, decisions);

    let (mut pairs, notes) = block::candidates(&all);
    if settings.within_source == WithinSource::Never {
        pairs.retain(|(left, right)| all[*left].agency != all[*right].agency);
    }
    pairs.retain(|pair| !verdicts.contains_key(pair));
    let mut scored = scale.score_all(&pairs, settings.review_from);
    scored.extend(
        verdicts
            .keys()
            .map(|(left, right)| scale.score(*left, *right)),
    );
    scored.sort_by_key(|pair| (pair.left, pair.right));

    let id = |at: usize| supplied.records[all[at].index].id.to_string();
    let mut wishes = wish::wishes(&scale, scored, &verdicts, settings);
    let rivals = ambiguous::mark(&scale, &mut wishes, settings, id);
    let joiner = cluster::Joiner {
        scorer: &scale,
        verdicts: &verdicts,
        settings,
        id: &id,
    };
    let clusters = joiner.join(&mut wishes);
    let told = outcome::Told {
        supplied,
        all: &all,
        parameters: &parameters,
        rivals: &rivals,
    };
    let mut people = told.people(wishes, &clusters);
    people.notes = notes;
    people
}
