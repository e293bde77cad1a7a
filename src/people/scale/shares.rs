//! What learning starts from and adds up: the shipped shares of levels, where u of a level comes from, and sums by stratum.

use super::compare::level_of;
use super::fields::{Kind, MOST_FIELDS, Spec};
use super::model::Stratum;
use super::weigh::Seen;
use crate::model::person::Agreement;
use crate::people::compare::{address, at, date_of_birth, family_name, given_name, sex};
use crate::people::model::Parameters;

/// So many pairs do the shipped parameters weigh.
const PULL: f64 = 12.0;
/// No level is rarer than this: no sample says so.
const LEAST: f64 = 1e-6;
/// A random pair that is one person more probably than this tells nothing of strangers: in a small file true pairs are many.
/// Much lower (0.01) it runs away in a small file of look-alikes: whoever seems like someone is then no stranger.
pub const TELLS_OF_STRANGERS: f64 = 0.05;
/// Of one person two dates of birth, or family names, that are close or differ are at most so many times as common, level by
/// level, as those that agree. Learning that believes otherwise has taken namesakes for one person.
const MOST_TO_AGREEING: f64 = 0.7;
/// The limits of [`limits_of_m`].
const LEAST_DIFFERENT: f64 = 0.01;
/// The same of dates of birth that are no generation apart, as half of those of strangers are.
const LEAST_OTHER_BIRTH: f64 = 0.005;
const MOST_DIFFERENT: f64 = 0.25;
/// The same of given names and of the sex. Of labelled files with dates of birth at most .08 and .05 were learnt, but for one whose
/// families share e-mail addresses; of one without dates .25 and .58, and people of one home passed for one.
const MOST_CALLED_DIFFERENTLY: f64 = 0.15;
const MOST_OTHER_SEX: f64 = 0.1;
/// The prior of pairs that look like twins is not above this in a file of families.
const MOST_TWINS: f64 = 0.4;

/// The shipped shares of the levels of a field: m, u, u in a household; drawn to sum up to 1 over the levels.
pub fn shipped(parameters: &Parameters, spec: &Spec) -> Vec<[f64; 3]> {
    let field = match spec.kind {
        Kind::Given => at::GIVEN,
        Kind::Family => at::FAMILY,
        Kind::Order => at::ORDER,
        Kind::Birth => at::BIRTH,
        Kind::Sex => at::SEX,
        Kind::Postcode => at::POSTCODE,
        Kind::Address => at::ADDRESS,
        Kind::Phone => at::PHONE,
        Kind::Email => at::EMAIL,
        Kind::Number(_) => at::IDENTIFIERS,
        Kind::Text(_) => return TEXT_SHARES.to_vec(),
    };
    let levels = &parameters.shares[field];
    let share = |at: usize| -> [f64; 3] {
        let share = levels[at];
        // a level that says nothing is as common among true pairs as among others
        if says_nothing(share) && spec.kind != Kind::Order {
            [0.01; 3]
        } else {
            [share.m, share.u, share.household_u]
        }
    };
    let drawn = |at: usize| {
        let mut sums = [0.0; 3];
        for other in (1..levels.len()).filter(|other| among(spec, at)[*other]) {
            let shares = share(other);
            sums.iter_mut()
                .zip(shares)
                .for_each(|(sum, share)| *sum += share);
        }
        let shares = share(at);
        [
            shares[0] / sums[0],
            shares[1] / sums[1],
            shares[2] / sums[2],
        ]
    };
    std::iter::once([1.0; 3])
        .chain((1..levels.len()).map(drawn))
        .collect()
}

/// What further columns start from, for the levels of [`super::fields::TEXT_LEVELS`].
const TEXT_SHARES: [[f64; 3]; 6] = [
    [1.0; 3],
    [0.6, 0.02, 0.6],
    [0.06, 0.005, 0.02],
    [0.04, 0.01, 0.02],
    [0.06, 0.03, 0.06],
    [0.24, 0.93, 0.3],
];

/// Whether a level says nothing by itself: another field says it.
fn says_nothing(share: crate::people::model::Share) -> bool {
    (share.m, share.u, share.household_u) == (1.0, 1.0, 1.0)
}

/// Where u of a level comes from.
pub enum Source {
    /// It is m: the level says nothing.
    SaysNothing,
    /// From random pairs.
    Strangers,
    /// From random pairs, and a few more: fathers and sons, mothers and daughters.
    StrangersAndNamedAfter,
    /// From the stratum's own pairs.
    Itself(Pull),
}

/// What learnt shares are drawn towards.
pub enum Pull {
    /// Those of strangers.
    Strangers,
    /// The shipped ones of a household.
    Home,
    /// The same, and more.
    HomeStrongly,
}

/// Where u of a level comes from in a stratum.
pub fn u_from((stratum, kind): (Stratum, Kind), level: usize) -> Source {
    if is_said_elsewhere(kind, level) {
        return Source::SaysNothing;
    }
    match (stratum, kind) {
        (Stratum::Twins, Kind::Sex | Kind::Number(_)) => Source::Strangers,
        // names say nothing among namesakes, and names and places nothing among twins and kin
        (Stratum::Namesakes, Kind::Given | Kind::Family)
        | (Stratum::Kin, Kind::Family | Kind::Postcode | Kind::Address)
        | (Stratum::Twins, _) => Source::SaysNothing,
        // people of one name are of one sex; what else kin share is learnt among them
        (Stratum::Namesakes, Kind::Sex) | (Stratum::Kin, Kind::Text(_)) => {
            Source::Itself(Pull::Strangers)
        }
        // people of one home are called and numbered as differently as strangers
        (Stratum::Together, Kind::Given) if level == given_name::SAME => {
            Source::StrangersAndNamedAfter
        }
        (Stratum::Together, Kind::Given | Kind::Order | Kind::Sex | Kind::Number(_)) => {
            Source::Strangers
        }
        (Stratum::Together, Kind::Birth) => Source::Itself(Pull::HomeStrongly),
        (Stratum::Together, _) => Source::Itself(Pull::Home),
        (Stratum::Apart | Stratum::Namesakes | Stratum::Kin, _) => Source::Strangers,
    }
}

/// Whether what a level says is said by another field: swapped names by their order, a street by its postcode.
fn is_said_elsewhere(kind: Kind, level: usize) -> bool {
    matches!(
        (kind, level),
        (Kind::Given, given_name::SWAPPED)
            | (Kind::Family, family_name::SWAPPED)
            | (Kind::Address, address::STREET_BY_POSTCODE)
    )
}

/// Sums by stratum, field and level.
pub struct Sums(pub [Vec<[f64; 16]>; Stratum::COUNT]);

impl Sums {
    /// No sums yet.
    pub fn new(fields: usize) -> Self {
        Self(Stratum::ALL.map(|_| vec![[0.0; 16]; fields]))
    }

    /// Adds a pair to its levels.
    pub fn add(&mut self, stratum: usize, seen: &Seen, weight: f64) {
        for (at, sums) in self.0[stratum].iter_mut().enumerate().take(MOST_FIELDS) {
            sums[level_of(seen.pattern, at)] += weight;
        }
    }

    /// The sums of several strata together, in each of them.
    pub fn pooled(&self, strata: &[usize]) -> Self {
        let mut pooled = self.0.clone();
        for at in 0..pooled[0].len() {
            let sums: [f64; 16] =
                std::array::from_fn(|level| strata.iter().map(|s| self.0[*s][at][level]).sum());
            for s in strata {
                pooled[*s][at] = sums;
            }
        }
        Self(pooled)
    }

    /// The share of a level (stratum, field, level) among the levels that `among` takes, drawn towards the shipped one.
    pub fn share(
        &self,
        (stratum, at, level): (usize, usize, usize),
        among: [bool; 16],
        shipped: f64,
    ) -> f64 {
        self.drawn((stratum, at, level), among, (shipped, PULL))
    }

    /// The same, drawn by so many pairs.
    pub fn drawn(
        &self,
        (stratum, at, level): (usize, usize, usize),
        among: [bool; 16],
        (towards, pull): (f64, f64),
    ) -> f64 {
        let sums = &self.0[stratum][at];
        let known: f64 = sums
            .iter()
            .zip(among)
            .filter(|(_, is_in)| *is_in)
            .map(|(sum, _)| sum)
            .sum();
        ((sums[level] + pull * towards) / (known + pull)).clamp(LEAST, 1.0)
    }
}

/// The levels among which a level has its share: all that are not blank; for the sex those with the same word on the given
/// name, since the name is weighed already.
pub fn among(spec: &Spec, level: usize) -> [bool; 16] {
    let by_name = |level: usize| matches!(level, sex::SAME_BY_NAME | sex::DIFFERENT_BY_NAME);
    std::array::from_fn(|other| {
        let is_level = (1..spec.levels.len()).contains(&other);
        is_level && (spec.kind != Kind::Sex || by_name(other) == by_name(level))
    })
}

/// Between what m of a level lies. Of one person family name and date of birth may always differ wholly, since some are damaged in
/// several fields at once, and those are seldom believed; the given name has no such floor, since it tells twins. And they never
/// differ for most: learning that believes so has taken people of one name, or of one home, for one person.
pub fn limits_of_m(spec: &Spec, level: usize) -> (f64, f64) {
    let differs = spec.levels[level].agreement == Agreement::Differ;
    match spec.kind {
        Kind::Birth if level == date_of_birth::GENERATION => (0.0, MOST_DIFFERENT),
        Kind::Birth if level == date_of_birth::DIFFERENT => (LEAST_OTHER_BIRTH, MOST_DIFFERENT),
        Kind::Birth if differs => (LEAST_DIFFERENT, MOST_DIFFERENT),
        Kind::Given if differs => (0.0, MOST_CALLED_DIFFERENTLY),
        Kind::Sex if differs => (0.0, MOST_OTHER_SEX),
        Kind::Family if differs => (LEAST_DIFFERENT, 1.0),
        _ => (0.0, 1.0),
    }
}

/// What m of a level may be at most where those on which the field agrees have so much together.
pub fn limit_to_agreeing(spec: &Spec, level: usize, agreeing: f64) -> f64 {
    match spec.kind {
        Kind::Birth | Kind::Family if !agrees(spec, level) => MOST_TO_AGREEING * agreeing,
        _ => 1.0,
    }
}

/// Whether a field agrees on a level as far as it is known: some files know years of birth only.
pub fn agrees(spec: &Spec, level: usize) -> bool {
    let is_partly = spec.kind == Kind::Birth && level == date_of_birth::PARTLY;
    is_partly || spec.levels[level].agreement == Agreement::Agree
}

/// Between what the prior of pairs that look like twins may be. Where a home in common says one person nearly always, the
/// file holds no families, and no twins.
pub fn twins(together: f64) -> (f64, f64) {
    let no_families = (2.0 * together - 1.0).clamp(0.0, 0.99).powi(2);
    (
        (0.97 * no_families).max(1e-6),
        MOST_TWINS + (0.99 - MOST_TWINS) * no_families,
    )
}
