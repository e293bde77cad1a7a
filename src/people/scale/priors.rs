//! The priors of a round of learning: of all pairs of a stratum, the share that is believed to be one person.

use rayon::prelude::*;

use super::fields::Kind;
use super::learn::{APART, Evidence, KIN, Learner, NAMESAKES, Shares, TOGETHER, TWINS};
use super::rounds::Found;
use super::rules::NO_FAMILIES;
use super::shares::twins;
use crate::people::compare::{date_of_birth, family_name, given_name};

/// The prior of pairs that share a family name and nothing else that names a person is not above this.
const MOST_KIN: f64 = 0.01;
/// So many pairs that look like twins does it weigh how often one person is called by another name elsewhere.
const PULL_TWINS: f64 = 50.0;

/// What is counted of twins in one agency is so far off, as a share, for what it is in two.
const UNLIKE: f64 = 0.1;
/// So many times its error less is what a number of pairs is at least.
const SURE: f64 = 2.0;
/// The prior of pairs that look like twins is not above this where there are none.
const MOST_OTHERS: f64 = 0.999;

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
                let share = too_many[side] * (found.believed[s][side] + 1.0) / (all + 3.0);
                new.priors[s][side] = match s {
                    TWINS => self.twins(new, found, from, side),
                    KIN => share.clamp(1e-6, MOST_KIN),
                    _ => share.clamp(1e-6, 0.9999),
                };
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

    /// The share of true pairs among those that look like twins. What twins share tells nothing: numbers do, how often one
    /// person is called by another name elsewhere, and how many of one agency look like twins.
    fn twins(&self, shares: &Shares, found: &Found, from: &Evidence, side: usize) -> f64 {
        let renamed = self.renamed(shares, found, side);
        let met = found.met[TWINS][side] + 1.0;
        let [believed, numbered] = found.numbered[side];
        let (least, most) = twins(shares.priors[TOGETHER][side]);
        let Some(others) = Estimate::others(found, from).filter(|_| side == 0) else {
            let share = (believed + PULL_TWINS * renamed) / (numbered + PULL_TWINS);
            return share.clamp(least, most);
        };
        // how often anyone is called otherwise is known no better than to its own size
        let by_name = Estimate {
            pairs: renamed * met,
            error: (renamed * met).max(1.0),
        };
        let share = (others.and(by_name).pairs / met).clamp(0.0, 1.0);
        // a share that is known to so much is worth as many pairs as would tell it so well, half of them one person
        let pull = PULL_TWINS + (met / others.error).powi(2) / 4.0;
        let share = (believed + pull * share) / (numbered + pull);
        let at_least = (others.pairs - SURE * others.error) / met;
        let most = if at_least >= NO_FAMILIES {
            MOST_OTHERS
        } else {
            most.max(at_least)
        };
        share.clamp(least, most)
    }

    /// The share of pairs that look like twins which are one person, by how often one person is called by another name.
    fn renamed(&self, shares: &Shares, found: &Found, side: usize) -> f64 {
        let at = &self.comparer.position;
        let sum = |field: Option<usize>, levels: std::ops::RangeInclusive<usize>| {
            field.map_or(0.0, |at| shares.m[APART][at][levels].iter().sum::<f64>())
        };
        let given = sum(at.given, given_name::DIFFERENT..=given_name::DIFFERENT);
        let rest = sum(at.family, family_name::SAME..=family_name::NEAR)
            * sum(at.birth, date_of_birth::SAME..=date_of_birth::SAME_JANUARY);
        // those who look like twins are not among whom the share was learnt
        let others = (given * rest).min(0.5);
        let given = given * (1.0 - others) / (1.0 - rest).max(0.05);
        let expected = found.named[side] * (given * rest).min(0.5);
        ((expected + 0.5) / (found.met[TWINS][side] + 1.0)).min(0.5)
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

/// A number of pairs, and how far off it may be (one standard deviation).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Estimate {
    pairs: f64,
    error: f64,
}

impl Estimate {
    /// How many pairs of two agencies that look like twins are one person who is called otherwise: where there are twins, they
    /// are met within one agency as often as across two, as any two people are; the others across are one person. Where agencies
    /// list one child of a home only, people of one home are met across more often than that, and so may twins be. `None` where
    /// the files do not hold several people of several agencies.
    fn others(found: &Found, from: &Evidence) -> Option<Self> {
        let [across, within] = from.apart;
        if across <= 0.0 || within <= 0.0 {
            return None;
        }
        let others =
            |s: usize, side: usize| (found.met[s][side] - found.believed[s][side]).max(0.0);
        let of_one_home = (others(TOGETHER, 0) + 1.0) / (others(TOGETHER, 1) + 1.0);
        let each = of_one_home.max(across / within);
        let two = others(TWINS, 1);
        let twins = each * two;
        // both counts are chance (Poisson), one pair more would be no wonder, and agencies know families unlike each other
        let error = (twins + each.powi(2) * (two + 1.0) + (UNLIKE * twins).powi(2)).sqrt();
        Some(Self {
            pairs: found.met[TWINS][0] - twins,
            error,
        })
    }

    /// Both taken together, the one that is known better for more.
    fn and(self, other: Self) -> Self {
        let (a, b) = (self.error.powi(-2), other.error.powi(-2));
        Self {
            pairs: (a * self.pairs + b * other.pairs) / (a + b),
            error: (a + b).powf(-0.5),
        }
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
    fn those_who_look_like_twins_are_one_person_where_no_agency_has_twins() {
        let others = |across: f64, within: f64, believed: f64, apart: [f64; 2]| {
            let mut found = nothing();
            found.met[TWINS] = [across, within];
            found.believed[TWINS] = [0.0, believed];
            Estimate::others(
                &found,
                &Evidence {
                    apart,
                    ..no_evidence()
                },
            )
        };
        let even = [100.0, 100.0];
        // as many across as within: they are twins
        let twins = others(50.0, 50.0, 0.0, even).unwrap();
        assert!(twins.pairs == 0.0 && twins.error > 10.0, "{twins:?}");
        // of three agencies of one size two pairs across come on one within
        assert_eq!(others(100.0, 50.0, 0.0, [200.0, 100.0]).unwrap().pairs, 0.0);
        // none within: those across are one person, but for one or so
        let none = others(50.0, 0.0, 0.0, even).unwrap();
        assert_eq!((none.pairs, none.error), (50.0, 1.0));
        // nobody's brothers and sisters within, many across: an agency lists one child of a home, so none within tells nothing
        let mut found = nothing();
        found.met[TWINS] = [50.0, 0.0];
        found.met[TOGETHER] = [99.0, 0.0];
        let listed = Estimate::others(
            &found,
            &Evidence {
                apart: even,
                ..no_evidence()
            },
        );
        assert_eq!(listed.unwrap().error, 100.0);
        // who is written down twice within one agency is no twin
        assert_eq!(others(50.0, 10.0, 10.0, even).unwrap().pairs, 50.0);
        // one agency alone tells nothing
        assert_eq!(others(50.0, 0.0, 0.0, [0.0, 100.0]), None);
        assert_eq!(others(50.0, 0.0, 0.0, [100.0, 0.0]), None);
    }

    #[test]
    fn of_two_counts_the_one_that_is_known_better_weighs_more() {
        let one = Estimate {
            pairs: 10.0,
            error: 1.0,
        };
        let other = Estimate {
            pairs: 20.0,
            error: 2.0,
        };
        let both = one.and(other);
        assert!(
            (both.pairs - 12.0).abs() < 1e-9 && both.error < 1.0,
            "{both:?}"
        );
        assert_eq!(both, other.and(one));
    }

    /// Nothing found.
    fn nothing() -> Found {
        Found {
            m: Sums::new(0),
            u: Sums::new(0),
            believed: [[0.0; 2]; Stratum::COUNT],
            met: [[0.0; 2]; Stratum::COUNT],
            named: [0.0; 2],
            numbered: [[0.0; 2]; 2],
            alike: Met::new(0),
            damage: damage::Met::default(),
            twins_at_home: 0.0,
        }
    }

    /// Nothing to learn from.
    fn no_evidence() -> Evidence {
        Evidence {
            shipped: Vec::new(),
            random: Vec::new(),
            blocked: Vec::new(),
            part: 1.0,
            apart: [0.0; 2],
            partners: 0.0,
            namesakes: [0.0; 2],
            texts_known: Vec::new(),
        }
    }

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
                believed,
                ..nothing()
            };
            let evidence = Evidence {
                part: 0.5,
                partners: learner.partners(),
                ..no_evidence()
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
