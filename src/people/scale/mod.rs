//! Who is who in large files: the same comparisons and the same kind of model as in a case, learnt from the data.
//!
//! A roster is made comparable value by value (`table`, `values`, `births`), candidate pairs come from sorted keys (`block`),
//! each is compared once (`compare`), m, u and the priors are learnt without labels (`learn`), and the cut-off follows from the
//! model (`cutoff`). Pairs become persons from the strongest down (`cluster`). Truth, where a file has it, is for `truth` alone.

mod alike;
mod apart;
pub mod away;
mod batch;
mod births;
mod block;
mod bound;
mod calibrate;
mod called;
mod cluster;
mod compare;
mod cutoff;
mod damage;
mod digits;
mod doubt;
mod evidence;
mod explain;
mod fields;
pub mod fits;
mod frequency;
mod glance;
mod keys;
mod learn;
mod lists;
mod memory;
pub mod model;
mod namesakes;
mod near;
mod notes;
mod ordered;
mod places;
mod priors;
mod rounds;
mod row;
mod rules;
#[cfg(test)]
pub mod sample;
pub mod shape;
mod shares;
mod sketch;
mod sorted;
mod spelled;
mod stratum;
mod table;
pub mod truth;
mod unnamed;
mod values;
mod weigh;

use rayon::prelude::*;

use crate::model::roster::Roster;
use crate::model::settings::WithinSource;
use crate::model::watch::Watch;
use crate::people::model::probability;
pub use explain::{Explained, FieldWeight, explain};

use apart::Telling;
use block::Blocks;
use compare::Comparer;
use learn::Learner;
use model::Model;
use near::Near;
use row::Side;
use rules::Rules;
use table::Table;
use weigh::Weights;

/// How a roster is to be linked.
#[derive(Debug, Clone)]
pub struct Options {
    /// What may become of two records of one agency.
    pub within_source: WithinSource,
    /// The probability from which pairs are linked; `None`: set from the data.
    pub threshold: Option<f64>,
    /// A model learnt earlier; `None`: learn one.
    pub model: Option<Model>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            within_source: WithinSource::Link,
            threshold: None,
            model: None,
        }
    }
}

/// A pair that was kept: its probability is at least 0.01.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pair {
    /// The record with the bytewise smaller id.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// In bits, prior included.
    pub weight: f64,
    /// That the two are one person.
    pub probability: f64,
}

/// What one blocking pass did.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// The key, in words.
    pub name: String,
    /// Pairs that it was the first to bring.
    pub pairs: u64,
    /// Values that too many records shared, and that were split by a further field.
    pub split: u64,
    /// Parts that were still too large and were left to the other passes.
    pub left_out: u64,
}

/// The result of linking.
#[derive(Debug, Clone)]
pub struct Linked {
    /// For each record the smallest record of its person.
    pub person: Vec<u32>,
    /// The pairs kept, by left, right.
    pub pairs: Vec<Pair>,
    /// The model they were scored by, with its cut-off.
    pub model: Model,
    /// The blocking passes, in their order.
    pub passes: Vec<Pass>,
    /// What should be known of this run: fields that could not be learnt, keys that were left out.
    pub notes: Vec<String>,
}

/// Work was stopped before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before it was done")]
pub struct Stopped;

/// How right the result is, and how much memory it takes (about 700 bytes a record), was tried up to so many records.
pub const MOST_RECORDS: usize = 5_000_000;

/// Pairs below this probability are not kept.
const LEAST_PROBABILITY: f64 = 0.01;

/// Stretches that a thread takes on at most, so that none is left alone with many of them at the end.
const AT_ONCE: usize = 16;

/// The weight from which pairs are kept, in bits.
fn least_weight() -> f64 {
    (LEAST_PROBABILITY / (1.0 - LEAST_PROBABILITY)).log2()
}

/// Links a roster.
///
/// # Errors
/// When the watch says stop.
pub fn link(roster: &Roster, options: &Options, watch: &dyn Watch) -> Result<Linked, Stopped> {
    run(roster, options, watch, scored_here(options, watch), free)
}

/// Links a roster as the last thing that a process does: what was built up is left to the system, which is quicker at it.
///
/// # Errors
/// When the watch says stop.
pub fn link_at_last(
    roster: &Roster,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Linked, Stopped> {
    run(roster, options, watch, scored_here(options, watch), |of| {
        std::mem::forget(of);
    })
}

/// Links a roster with the scoring done elsewhere: `score` is given what is to be done, and gives the edges that came back.
///
/// # Errors
/// When the watch says stop, when `score` fails, or when what came back does not fit together.
pub fn link_away<E: From<Stopped> + From<away::Fault>>(
    roster: &Roster,
    options: &Options,
    watch: &dyn Watch,
    score: impl FnOnce(&away::Job<'_>) -> Result<Vec<away::Edge>, E>,
) -> Result<Linked, E> {
    let score = |work: Work<'_>| {
        let table = work.comparer.table;
        let edges = score(&away::Job {
            roster,
            plan: away::Plan::of(roster, options.within_source, table, work.blocks),
            model: work.model,
        })?;
        let telling = Telling::of(work.model, &work.comparer.fields);
        work.blocks.count_pairs(telling, watch);
        Ok(away::pairs(edges, table.len())?)
    };
    run(roster, options, watch, score, free)
}

/// Scores pairs in this process.
fn scored_here(
    options: &Options,
    watch: &dyn Watch,
) -> impl Fn(Work<'_>) -> Result<Vec<Pair>, Stopped> {
    |work: Work<'_>| {
        let weights = Weights::of(work.model, &work.comparer.fields, work.comparer.table);
        Ok(score(work.comparer, work.blocks, &weights, options, watch))
    }
}

/// Gives millions of small texts back, which takes a while, and nobody waits for it.
fn free(of: Built) {
    rayon::spawn(move || drop(of));
}

/// What was built up to find and compare pairs.
type Built = (Table, Blocks);

/// What is left to be done once a model is there.
struct Work<'a> {
    comparer: &'a Comparer<'a>,
    blocks: &'a mut Blocks,
    model: &'a Model,
}

/// Links a roster, its pairs scored by `score`; `at_last` is given what is no longer needed.
fn run<E: From<Stopped>>(
    roster: &Roster,
    options: &Options,
    watch: &dyn Watch,
    score: impl FnOnce(Work<'_>) -> Result<Vec<Pair>, E>,
    at_last: impl FnOnce(Built),
) -> Result<Linked, E> {
    let go_on = || {
        if watch.is_stopped() {
            Err(Stopped)
        } else {
            Ok(())
        }
    };
    watch.stage("making comparable", 0);
    let table = Table::of(roster);
    go_on()?;
    watch.stage("finding candidates", 0);
    let mut blocks = Blocks::of(&table);
    let comparer = Comparer::new(&table, fields::fields(roster));
    go_on()?;
    let learnt = || {
        watch.stage("learning", 0);
        let (comparer, blocks) = (&comparer, &blocks);
        let pairs = blocks.most_pairs();
        Learner {
            comparer,
            blocks,
            pairs,
        }
        .learn()
    };
    let mut model = options.model.clone().unwrap_or_else(learnt);
    go_on()?;
    let pairs = score(Work {
        comparer: &comparer,
        blocks: &mut blocks,
        model: &model,
    })?;
    go_on()?;
    watch.stage("joining", 0);
    set_cutoff(&mut model, options, &pairs);
    let rules = Rules::of(&model, &comparer.fields);
    let joined = joined(&comparer, &rules, options, (&pairs, model.threshold));
    let passes = std::mem::take(&mut blocks.passes);
    let mut notes = model.notes.clone();
    notes.extend(rules.note().map(str::to_owned));
    notes.extend(notes::refused(roster, &joined.refused));
    notes.extend(notes::tied(roster, &joined.tied));
    notes.extend(notes::large(roster, &joined.person));
    notes.extend(passes.iter().filter_map(notes::left_out));
    drop(comparer);
    at_last((table, blocks));
    Ok(Linked {
        person: joined.person,
        pairs,
        model,
        passes,
        notes,
    })
}

/// Joins pairs from a threshold on, without those whom a rule or the options keep apart.
fn joined(
    comparer: &Comparer<'_>,
    rules: &Rules,
    options: &Options,
    (pairs, threshold): (&[Pair], f64),
) -> cluster::Joined {
    let rows = &comparer.table.rows;
    let may_join = |left: u32, right: u32| {
        let agency = |record: u32| rows[record as usize].agency;
        options.within_source == WithinSource::Link || agency(left) != agency(right)
    };
    let kept_apart =
        |left: u32, right: u32| !may_join(left, right) || rules.keep_apart(comparer, (left, right));
    let by_weight = Rules::hold_by_weight(threshold);
    let may_link =
        |left: u32, right: u32| may_join(left, right) && (by_weight || !kept_apart(left, right));
    cluster::join(rows.len(), pairs, threshold, may_link, kept_apart)
}

/// Sets from where on pairs are linked: as asked for, else as a kept model says, else from the pairs.
fn set_cutoff(model: &mut Model, options: &Options, pairs: &[Pair]) {
    let kept = options.model.is_some().then_some(model.threshold);
    (model.threshold, model.expected) = match options.threshold.or(kept) {
        Some(threshold) => (threshold, cutoff::at(pairs, threshold)),
        None => cutoff::best(pairs),
    };
    model.expected = model.expected.doubted(model.doubt);
}

/// The weight of a pair that is worth keeping.
fn weigh(
    comparer: &Comparer<'_>,
    weights: &Weights,
    never_within: bool,
    (left, right): (Side<'_>, Side<'_>),
    least: f64,
) -> Option<f64> {
    if never_within && left.row.agency == right.row.agency {
        return None;
    }
    weights.weigh(comparer, (left, right), least)
}

/// Scores the pairs of all blocks; those kept, by left, right.
fn score(
    comparer: &Comparer<'_>,
    blocks: &mut Blocks,
    weights: &Weights,
    options: &Options,
    watch: &dyn Watch,
) -> Vec<Pair> {
    let least = least_weight();
    let never_within = options.within_source == WithinSource::Never;
    let stretches = blocks.stretches();
    watch.stage("comparing", blocks.most_pairs());
    let done: Vec<(usize, u64, Vec<Pair>)> = stretches
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|stretch| {
            let (mut pairs, mut count) = (Vec::new(), 0);
            let mut near = Near::default();
            if watch.is_stopped() {
                return (stretch.pass, 0, pairs);
            }
            blocks.batches(
                stretch,
                |_| true,
                |batch| {
                    near.pairs(batch, comparer.table, weights.telling, |left, right| {
                        count += 1;
                        if let Some(weight) =
                            weigh(comparer, weights, never_within, (left, right), least)
                        {
                            pairs.push(Pair {
                                left: left.record as u32,
                                right: right.record as u32,
                                weight,
                                probability: probability(weight),
                            });
                        }
                    });
                },
            );
            watch.done(blocks.most_pairs_of(stretch));
            (stretch.pass, count, pairs)
        })
        .collect();
    let mut lists = Vec::with_capacity(done.len());
    for (pass, count, pairs) in done {
        blocks.passes[pass].pairs += count;
        lists.push(pairs);
    }
    let records = comparer.table.len();
    ordered::by_number(&lists, records, |pair| pair.left, |pair| pair.right)
}
