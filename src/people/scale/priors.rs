//! The priors of a round of learning: of all pairs of a stratum, the share that is believed to be one person.

use rayon::prelude::*;

use super::fields::Kind;
use super::learn::{APART, Evidence, KIN, Learner, NAMESAKES, Shares, TOGETHER, TWINS};
use super::rounds::Found;
use super::shares::twins;
use crate::people::compare::{date_of_birth, family_name, given_name};

/// The prior of pairs that share a family name and nothing else that names a person is not above this.
const MOST_KIN: f64 = 0.01;
/// So many pairs that look like twins does it weigh how often one person is called by another name elsewhere.
const PULL_TWINS: f64 = 50.0;

/// Records that are counted at a time.
const STRETCH: usize = 1 << 14;

/// What is learnt from is a part, so that so many times as many may be believed in as there can be.
const MORE: f64 = 1.05;

/// So many true pairs a record are believed in at most.
const MOST_EACH: f64 = 4.0;

impl Learner<'_> {
    /// Sets the priors that fit best what was found, and no more than there can be.
    pub(super) fn set_priors(&self, new: &mut Shares, found: &Found, from: &Evidence) {
        let part = from.part;
        let others = (1.0 - self.namesakes(new)).max(0.02);
        let too_many = self.too_many(found, from);
        for (side, pairs) in from.apart.into_iter().enumerate() {
            // by their names alone, so many true pairs are namesakes: the others are what is left
            let most = MOST_EACH * self.comparer.table.len() as f64;
            let alone = (found.believed[APART][side] / part / others).min(most);
            new.priors[APART][side] =
                (too_many[side] * (alone + 0.5) / (pairs + 1.0)).clamp(1e-12, 0.05);
            for s in [TOGETHER, NAMESAKES, TWINS, KIN] {
                let all = match s {
                    // the others were not met: they are two persons
                    NAMESAKES => (from.namesakes[side] * part).max(found.met[s][side]),
                    _ => found.met[s][side],
                };
                let share = match s {
                    TWINS => self.twins(new, found, side),
                    _ => too_many[side] * (found.believed[s][side] + 1.0) / (all + 3.0),
                };
                let (least, most) = match s {
                    TWINS => twins(new.priors[TOGETHER][side]),
                    KIN => (1e-6, MOST_KIN),
                    _ => (1e-6, 0.9999),
                };
                new.priors[s][side] = share.clamp(least, most);
            }
        }
    }

    /// What the priors across agencies and within one are multiplied by, 1 at most. Where one agency hardly holds anyone twice, a
    /// record has one true pair in another at most; learning that believes in more has taken a tradition's namesakes for one.
    pub(super) fn too_many(&self, found: &Found, from: &Evidence) -> [f64; 2] {
        let believed = |side: usize| {
            let all: f64 = found.believed.iter().map(|of| of[side]).sum();
            all / from.part
        };
        let records = (self.comparer.table.len() as f64).max(1.0);
        let each = 1.0 + 2.0 * believed(1) / records;
        let most = MORE * from.partners * each;
        let across = believed(0);
        [if across > most { most / across } else { 1.0 }, 1.0]
    }

    /// How many pairs across agencies there can be where nobody is known twice to one.
    pub(super) fn partners(&self) -> f64 {
        let mut sizes = self.sizes();
        sizes.sort_unstable();
        // of two agencies the smaller one says how many: each is the smaller of so many pairs
        let larger = (0..sizes.len()).rev();
        sizes
            .iter()
            .zip(larger)
            .map(|(n, larger)| *n as f64 * larger as f64)
            .sum()
    }

    /// The share of true pairs without a home in common whose names are such that they are namesakes.
    fn namesakes(&self, shares: &Shares) -> f64 {
        let same = |kind: Kind, last: usize| -> f64 {
            let at = self
                .comparer
                .fields
                .iter()
                .position(|field| field.kind == kind);
            at.map_or(0.0, |at| shares.m[APART][at][1..=last].iter().sum())
        };
        same(Kind::Given, given_name::SAME_FIRST) * same(Kind::Family, family_name::FOLDED)
    }

    /// The share of true pairs among those that look like twins. What twins share tells nothing: numbers do, and how often
    /// one person is called by another name elsewhere.
    fn twins(&self, shares: &Shares, found: &Found, side: usize) -> f64 {
        let at = &self.comparer.position;
        let sum = |field: Option<usize>, levels: std::ops::RangeInclusive<usize>| {
            field.map_or(0.0, |at| shares.m[APART][at][levels].iter().sum::<f64>())
        };
        let given = sum(at.given, given_name::DIFFERENT..=given_name::DIFFERENT);
        let rest = sum(at.family, family_name::SAME..=family_name::FOLDED)
            * sum(at.birth, date_of_birth::SAME..=date_of_birth::SAME_JANUARY);
        // those who look like twins are not among whom the share was learnt
        let others = (given * rest).min(0.5);
        let given = given * (1.0 - others) / (1.0 - rest).max(0.05);
        let expected = found.named[side] * (given * rest).min(0.5);
        let expected = ((expected + 0.5) / (found.met[TWINS][side] + 1.0)).min(0.5);
        let [believed, met] = found.numbered[side];
        (believed + PULL_TWINS * expected) / (met + PULL_TWINS)
    }

    /// How many pairs of two records there are across agencies and within one; those that share a home are few among them.
    pub(super) fn pairs_apart(&self) -> [f64; 2] {
        let sizes = self.sizes().into_iter().map(|n| n as f64);
        let within: f64 = sizes.map(|n| n * (n - 1.0) / 2.0).sum();
        let all = self.comparer.table.len() as f64;
        [(all * (all - 1.0) / 2.0 - within).max(0.0), within]
    }

    /// How many records each agency has.
    fn sizes(&self) -> Vec<u64> {
        let none = || vec![0_u64; self.comparer.table.agencies.max(1)];
        let counted = self.comparer.table.rows.par_chunks(STRETCH).map(|rows| {
            let mut sizes = none();
            for row in rows {
                sizes[usize::from(row.agency)] += 1;
            }
            sizes
        });
        counted.reduce(none, |mut all, some| {
            all.iter_mut()
                .zip(some)
                .for_each(|(all, some)| *all += some);
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::alike::Met;
    use crate::people::scale::block::Blocks;
    use crate::people::scale::compare::Comparer;
    use crate::people::scale::damage;
    use crate::people::scale::model::Stratum;
    use crate::people::scale::shares::Sums;
    use crate::people::scale::table::Table;
    use crate::people::scale::{fields, sample};

    #[test]
    fn no_more_pairs_across_agencies_are_believed_in_than_there_can_be() {
        let roster = sample::roster(&["csc:1", "csc:2", "csc:3", "gp:1", "gp:2"]);
        let table = Table::of(&roster);
        let comparer = Comparer::new(&table, fields::fields(&roster));
        let learner = Learner {
            comparer: &comparer,
            blocks: &Blocks::of(&table),
            pairs: 10,
        };
        // each of the smaller agency's records has one partner at most
        assert_eq!(learner.partners(), 2.0);
        let too_many = |across: f64, within: f64| {
            let mut believed = [[0.0; 2]; Stratum::COUNT];
            believed[APART] = [across / 2.0, within];
            believed[NAMESAKES] = [across / 2.0, 0.0];
            let found = Found {
                m: Sums::new(0),
                u: Sums::new(0),
                believed,
                met: [[0.0; 2]; Stratum::COUNT],
                named: [0.0; 2],
                numbered: [[0.0; 2]; 2],
                alike: Met::new(0),
                damage: damage::Met::default(),
            };
            let evidence = Evidence {
                shipped: Vec::new(),
                random: Vec::new(),
                blocked: Vec::new(),
                part: 0.5,
                apart: [0.0; 2],
                partners: learner.partners(),
                namesakes: [0.0; 2],
                texts_known: Vec::new(),
            };
            learner.too_many(&found, &evidence)
        };
        // a half of all pairs is learnt from, so that one of them stands for two
        assert_eq!(too_many(1.0, 0.0), [1.0, 1.0]);
        assert_eq!(too_many(4.0, 0.0), [MORE * 2.0 / 8.0, 1.0]);
        // where an agency knows people several times, each of those records has its partners
        assert_eq!(too_many(2.0, 2.5), [1.0, 1.0]);
    }
}
