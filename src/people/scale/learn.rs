//! Learns m, u and the priors without labels: u from random pairs, m by expectation and maximisation over blocked pairs.
//!
//! Each stratum (`model`) is learnt apart. Among pairs that share a home the others of a household stand beside the true
//! pairs: what they share (family name, address) is learnt too, while their given names, sexes and numbers are as different
//! as those of strangers, so that damaged true pairs cannot pass for relatives. How names, dates and numbers are damaged is
//! learnt over all strata. Everything is drawn a little towards the shipped parameters (`shares`), and stays with them where
//! the data says nothing.

use rayon::prelude::*;

use super::alike::Alike;
use super::block::Blocks;
use super::compare::{Comparer, level_of};
use super::damage::ByCount;
use super::doubt::doubt;
use super::evidence::Counts;
use super::fields::{Kind, Spec, value_text};
use super::frequency::Frequencies;
use super::model::{Expected, Field, Level, Model, Prior, Share, Stratum};
use super::shares::shipped;
use crate::people::model::{Parameters, probability};

const LOST_NOTE: &str = "Learning took more pairs for one person than there can be, since many people here are called alike; so how records of one person differ is taken from the shipped parameters.";

/// Fewer true pairs than this that have a field on both sides teach nothing about it.
const FEWEST: f64 = 30.0;
pub(super) const APART: usize = Stratum::Apart as usize;
pub(super) const TOGETHER: usize = Stratum::Together as usize;
pub(super) const NAMESAKES: usize = Stratum::Namesakes as usize;
pub(super) const TWINS: usize = Stratum::Twins as usize;
pub(super) const KIN: usize = Stratum::Kin as usize;

/// m and u in all strata, for all fields and levels.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    /// By stratum, field, level.
    pub(super) m: [Vec<[f64; 16]>; Stratum::COUNT],
    pub(super) u: [Vec<[f64; 16]>; Stratum::COUNT],
    /// By stratum and agency (across, within).
    pub(super) priors: [[f64; 2]; Stratum::COUNT],
    /// What agreement on both names loses among strangers.
    pub(super) alike: Alike,
    /// What a pair gains or loses by how many of its fields do not agree.
    pub(super) damage: ByCount,
    /// What pairs of one home and birthday lose where a given name is not known.
    pub(super) unnamed: f64,
}

/// What is learnt from.
pub(super) struct Evidence {
    /// By field and level: m, u, u in a household.
    pub(super) shipped: Vec<Vec<[f64; 3]>>,
    pub(super) random: Counts,
    pub(super) blocked: Counts,
    /// How large a part of all blocked pairs those are.
    pub(super) part: f64,
    /// All pairs of two records, across agencies and within one.
    pub(super) apart: [f64; 2],
    /// How many pairs across agencies there can be where nobody is known twice to one.
    pub(super) partners: f64,
    /// All pairs that share both names and no home, across agencies and within one.
    pub(super) namesakes: [f64; 2],
    /// By further column: the share of pairs of records that both have it.
    pub(super) texts_known: Vec<f64>,
}

/// Learns from a table.
pub struct Learner<'a> {
    /// Compares.
    pub comparer: &'a Comparer<'a>,
    /// The pairs to learn from.
    pub blocks: &'a Blocks,
    /// Pairs the blocks hold, about.
    pub pairs: u64,
}

impl Learner<'_> {
    /// Learns a model; without a cut-off yet.
    pub fn learn(&self) -> Model {
        let parameters =
            Parameters::shipped().unwrap_or_else(|fault| Parameters::neutral(&fault, 0.005, 0.2));
        let specs = &self.comparer.fields;
        let rarities = self.frequencies(1.0);
        let (blocked, part) = self.blocked(&rarities);
        let evidence = Evidence {
            shipped: specs
                .iter()
                .map(|spec| shipped(&parameters, spec))
                .collect(),
            random: self.random(),
            apart: self.pairs_apart(),
            partners: self.partners(),
            namesakes: self.namesake_pairs(&blocked, part),
            texts_known: self.texts_known(),
            blocked,
            part,
        };
        let fitted = self.fitted(&evidence);
        let (shares, true_pairs) = (fitted.shares, fitted.believed);
        let known = self.known(&shares, &evidence.blocked);
        let records = self.comparer.table.len() as f64;
        let each = 1.0 + 2.0 * true_pairs / part / records.max(1.0);
        let frequencies = specs
            .par_iter()
            .zip(rarities)
            .map(|(field, before)| self.frequencies_again(field.kind, before, each))
            .collect();
        let mut model = self.model(&shares, frequencies, &known);
        self.note_doubts(&mut model, &shares, &evidence.blocked, fitted.is_lost);
        model
    }

    /// What the model should doubt of itself.
    fn note_doubts(&self, model: &mut Model, shares: &Shares, blocked: &Counts, is_lost: bool) {
        if is_lost {
            model.notes.push(LOST_NOTE.to_owned());
        }
        if let Some(sex) = self
            .comparer
            .fields
            .iter()
            .position(|spec| spec.kind == Kind::Sex)
        {
            model.doubt = doubt(&self.bits(shares), shares, blocked, sex);
        }
        if model.doubt > 0.0 {
            model.notes.push(format!(
                "The sex differs more often than by mistake among pairs that are one person by all else, so about {:.0}% of those may be two persons who are alike; what is expected of the result is lowered by that.",
                100.0 * model.doubt
            ));
        }
    }

    /// By field, how many true pairs have it on both sides.
    fn known(&self, shares: &Shares, blocked: &Counts) -> Vec<f64> {
        let scale = self.bits(shares);
        let mut known = vec![0.0; self.comparer.fields.len()];
        for (seen, count) in blocked {
            let believed = count * probability(scale.of(seen));
            for (at, sum) in known.iter_mut().enumerate() {
                if level_of(seen.pattern, at) != 0 {
                    *sum += believed;
                }
            }
        }
        known
    }

    fn model(&self, shares: &Shares, frequencies: Vec<Frequencies>, known: &[f64]) -> Model {
        let specs = || self.comparer.fields.iter();
        let notes = specs()
            .zip(known)
            .filter(|(spec, known)| **known < FEWEST && spec.kind != Kind::Order)
            .map(|(spec, _)| {
                format!(
                    "{}: too few pairs have it on both sides to learn from; mostly the shipped parameters are used.",
                    spec.name
                )
            })
            .collect();
        let fields = specs()
            .zip(frequencies)
            .enumerate()
            .map(|(at, (spec, of_value))| Field {
                name: spec.name.clone(),
                learnt: known[at] >= FEWEST,
                levels: levels(shares, at, spec, &of_value),
                frequencies: of_value
                    .common(|value| value_text(self.comparer.table, spec.kind, value)),
                floor: of_value.floor,
                alike: shares.alike.told_of_text(at),
            })
            .collect();
        let prior = |stratum: Stratum| Prior {
            across: shares.priors[stratum as usize][0],
            within: shares.priors[stratum as usize][1],
        };
        Model {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            learnt_from: "the records linked, without labels".to_owned(),
            records: self.comparer.table.len() as u64,
            prior_apart: prior(Stratum::Apart),
            prior_together: prior(Stratum::Together),
            prior_namesakes: prior(Stratum::Namesakes),
            prior_twins: prior(Stratum::Twins),
            prior_kin: prior(Stratum::Kin),
            alike: shares.alike.told(),
            damage: shares.damage.to_vec(),
            unnamed: shares.unnamed,
            fields,
            threshold: 0.0,
            doubt: 0.0,
            expected: Expected {
                precision: 0.0,
                recall: 0.0,
                f1: 0.0,
            },
            notes,
        }
    }
}

/// The levels of a field, with what was learnt of them.
fn levels(shares: &Shares, at: usize, spec: &Spec, of_value: &Frequencies) -> Vec<Level> {
    let levels = spec.levels.iter().enumerate();
    let mut levels: Vec<Level> = levels
        .map(|(number, level)| Level {
            name: level.name.to_owned(),
            agreement: level.agreement,
            apart: share(shares, Stratum::Apart, at, number),
            together: share(shares, Stratum::Together, at, number),
            namesakes: share(shares, Stratum::Namesakes, at, number),
            twins: share(shares, Stratum::Twins, at, number),
            kin: share(shares, Stratum::Kin, at, number),
        })
        .collect();
    if of_value.floor > 0.0
        && let Some(same) = levels.get_mut(1)
    {
        same.apart.u = of_value.usual;
    }
    levels
}

fn share(shares: &Shares, stratum: Stratum, at: usize, level: usize) -> Share {
    Share {
        m: shares.m[stratum as usize][at][level],
        u: shares.u[stratum as usize][at][level],
    }
}
