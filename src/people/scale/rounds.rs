//! Expectation and maximisation, round by round.

use super::alike::{Alike, Met};
use super::compare::level_of;
use super::damage::{self, ByCount, Counted};
use super::fields::{Kind, Positions, Spec};
use super::learn::{APART, Evidence, Learner, NAMESAKES, Shares, TOGETHER, TWINS};
use super::model::Stratum;
use super::rules::Rules;
use super::shares::{
    Pull, Source, Sums, TELLS_OF_STRANGERS, agrees, among, limit_to_agreeing, limits_of_m, u_from,
};
use super::unnamed;
use super::weigh::{Seen, weight};
use crate::people::compare::crosswise;
use crate::people::model::probability;

/// Rounds of expectation and maximisation at most.
const ROUNDS: usize = 60;
/// The first rounds, in which m stays with the shipped parameters: what strangers share, and how many true pairs there are, is
/// learnt first, else whoever is somewhat alike has passed for one person, and how unlike those are was then learnt as damage.
const FIRST: usize = 8;
/// Where learning believes in more pairs than there can be, so that there is this share of them at most, it is lost.
const LOST: f64 = 0.8;
/// So many pairs do the shipped shares weigh for dates of birth of people of one home: where there are no households, nothing
/// may pass for one.
const PULL_BIRTH: f64 = 200.0;
/// How many more people of one home are called the same than strangers are: fathers and sons, mothers and daughters.
const FATHER_AND_SON: f64 = 0.004;

impl Learner<'_> {
    /// Round by round what fits best.
    pub(super) fn fitted(&self, evidence: &Evidence) -> Fitted {
        let start = self.start(&evidence.shipped);
        let mut shares = start.clone();
        let (mut true_pairs, mut is_lost) = (0.0, false);
        for round in 0..ROUNDS {
            let mut next = self.round(&shares, evidence);
            if !is_lost && round >= FIRST && next.too_many < LOST {
                is_lost = true;
                shares = start.clone();
                continue;
            }
            if is_lost || round < FIRST {
                next.shares.m.clone_from(&start.m);
                next.shares.damage = start.damage;
            }
            let still = (next.believed - true_pairs).abs() < 1e-4 * next.believed.max(1.0);
            (shares, true_pairs) = (next.shares, next.believed);
            if still && round > FIRST {
                break;
            }
        }
        Fitted {
            shares,
            believed: true_pairs,
            is_lost,
        }
    }

    fn start(&self, shipped: &[Vec<[f64; 3]>]) -> Shares {
        let fields = &self.comparer.fields;
        let blank = || Stratum::ALL.map(|_| vec![[1.0; 16]; fields.len()]);
        let mut shares = Shares {
            m: blank(),
            u: blank(),
            priors: [[0.0; 2]; Stratum::COUNT],
            alike: Alike::default(),
            damage: ByCount::default(),
            unnamed: 0.0,
        };
        for (field, levels) in shipped.iter().enumerate() {
            for (level, [m, u, household_u]) in levels.iter().enumerate().skip(1) {
                for stratum in Stratum::ALL {
                    let s = stratum as usize;
                    let is_home = stratum == Stratum::Together;
                    shares.m[s][field][level] = *m;
                    shares.u[s][field][level] = if is_home { *household_u } else { *u };
                }
            }
        }
        let records = self.comparer.table.len().max(2) as f64;
        shares.priors = [
            [(1.0 / records).min(0.01); 2],
            [0.3; 2],
            [0.1; 2],
            [0.05; 2],
            [(1.0 / records).min(0.01); 2],
        ];
        shares
    }

    /// One round.
    fn round(&self, old: &Shares, from: &Evidence) -> Round {
        let fields = self.comparer.fields.len();
        let scale = self.bits(old);
        let at = &self.comparer.position;
        let mut found = Found {
            m: Sums::new(fields),
            u: Sums::new(fields),
            believed: [[0.0; 2]; Stratum::COUNT],
            met: [[0.0; 2]; Stratum::COUNT],
            named: [0.0; 2],
            numbered: [[0.0; 2]; 2],
            alike: Met::new(at.texts.len()),
            damage: damage::Met::default(),
            twins_at_home: 0.0,
        };
        let numbers: Vec<usize> = at.numbers.iter().map(|(field, _)| *field).collect();
        let named: Vec<usize> = [at.given, at.family, at.birth]
            .into_iter()
            .flatten()
            .collect();
        let rules = Rules::among(&self.comparer.fields, old.priors[TWINS]);
        for (seen, count) in &from.blocked {
            let true_share = probability(rules.to_learning(seen, scale.of(seen)));
            let stratum = seen.stratum as usize;
            let side = usize::from(seen.within);
            found.m.add(stratum, seen, count * true_share);
            found.damage.add(&scale.counted, seen, count * true_share);
            found.believed[stratum][side] += count * true_share;
            found.met[stratum][side] += count;
            let is_known = |at: &usize| level_of(seen.pattern, *at) != 0;
            if stratum == TWINS {
                if unnamed::are_at_home(at, seen.pattern) {
                    found.twins_at_home += count * (1.0 - true_share);
                }
                if numbers.iter().any(is_known) {
                    found.numbered[side][0] += count * true_share;
                    found.numbered[side][1] += count;
                }
            } else if named.iter().all(is_known) {
                found.named[side] += count * true_share;
            }
            found.alike.add(at, seen, count * (1.0 - true_share));
            if seen.stratum != Stratum::Apart {
                found.u.add(stratum, seen, count * (1.0 - true_share));
            }
        }
        let random = from.random.iter();
        for (seen, count) in random.filter(|(seen, _)| seen.stratum != Stratum::Together) {
            let believed = probability(scale.of(seen));
            if believed <= TELLS_OF_STRANGERS {
                self.add_strangers(&mut found.u, seen, count * (1.0 - believed));
            }
        }
        Round {
            shares: self.maximised(old, from, &found),
            believed: found.believed.iter().flatten().sum(),
            too_many: self.too_many(&found, from)[0],
        }
    }

    /// Adds random pairs of strangers. Names that agree neither in order nor swapped are in order for all one knows: were they
    /// left out, swapped names would pass for common among strangers.
    fn add_strangers(&self, sums: &mut Sums, seen: &Seen, pairs: f64) {
        let at = &self.comparer.position;
        sums.add(APART, seen, pairs);
        let is_known = |at: &usize| level_of(seen.pattern, *at) != 0;
        if let Some(order) = at.order
            && !is_known(&order)
            && [at.given, at.family].iter().flatten().all(is_known)
        {
            sums.0[APART][order][crosswise::IN_ORDER] += pairs;
        }
    }

    /// The shares and priors that fit best what was found.
    fn maximised(&self, old: &Shares, from: &Evidence, found: &Found) -> Shares {
        let mut new = old.clone();
        // names, dates and numbers are damaged alike, whatever two records of one person share; homes are not
        let everywhere = found.m.pooled(&[APART, NAMESAKES, TOGETHER]);
        let no_home = found.m.pooled(&[APART, NAMESAKES]);
        for (at, spec) in self.comparer.fields.iter().enumerate() {
            let is_personal = matches!(
                spec.kind,
                Kind::Given
                    | Kind::Family
                    | Kind::Order
                    | Kind::Birth
                    | Kind::Sex
                    | Kind::Number(_)
            );
            let agreeing = agreeing(old, at, spec);
            for level in 1..spec.levels.len() {
                let [m_given, u_given, household_u] = from.shipped[at][level];
                let among = among(spec, level);
                let apart = found.u.share((APART, at, level), among, u_given);
                for stratum in Stratum::ALL {
                    let s = stratum as usize;
                    let sums = match stratum {
                        _ if is_personal => &everywhere,
                        Stratum::Together => &found.m,
                        _ => &no_home,
                    };
                    let m = sums.share((s, at, level), among, m_given);
                    let (least, most) = limits_of_m(spec, level);
                    let most = most.min(limit_to_agreeing(spec, level, agreeing[s]));
                    new.m[s][at][level] = m.clamp(least.min(most), most);
                    new.u[s][at][level] = match u_from((stratum, spec.kind), level) {
                        Source::SaysNothing => new.m[s][at][level],
                        Source::Strangers => apart,
                        Source::StrangersAndNamedAfter => apart + FATHER_AND_SON,
                        Source::Itself(Pull::Strangers) => {
                            found.u.share((s, at, level), among, apart)
                        }
                        Source::Itself(Pull::Home) => {
                            found.u.share((s, at, level), among, household_u)
                        }
                        Source::Itself(Pull::HomeStrongly) => {
                            found
                                .u
                                .drawn((s, at, level), among, (household_u, PULL_BIRTH))
                        }
                    };
                }
            }
        }
        self.set_priors(&mut new, found, from);
        new.alike = self.alike(&new, &found.alike, from);
        new.unnamed = self.unnamed(&new, found);
        new.damage = self.damage(&new, &Counted::of(&self.comparer.fields), &found.damage);
        new
    }

    pub(super) fn bits<'s>(&'s self, shares: &'s Shares) -> Bits<'s> {
        let fields = &self.comparer.fields;
        let odds = |share: f64| (share / (1.0 - share)).log2();
        let mut bits = Bits {
            levels: Stratum::ALL.map(|_| vec![[0.0; 16]; fields.len()]),
            priors: shares.priors.map(|side| side.map(odds)),
            alike: &shares.alike,
            damage: &shares.damage,
            unnamed: shares.unnamed,
            counted: Counted::of(&self.comparer.fields),
            at: &self.comparer.position,
        };
        for s in 0..Stratum::ALL.len() {
            for (at, spec) in fields.iter().enumerate() {
                for (number, level) in spec.levels.iter().enumerate().skip(1) {
                    let (m, u) = (shares.m[s][at][number], shares.u[s][at][number]);
                    bits.levels[s][at][number] = weight(m, u, level.agreement);
                }
            }
        }
        bits
    }
}

/// By stratum, what m has on the levels on which a field agrees.
fn agreeing(shares: &Shares, at: usize, spec: &Spec) -> [f64; Stratum::COUNT] {
    let agrees = |level: &usize| agrees(spec, *level);
    Stratum::ALL.map(|stratum| {
        let of = &shares.m[stratum as usize][at];
        let levels = (1..spec.levels.len()).filter(agrees);
        levels.map(|level| of[level]).sum()
    })
}

/// What all rounds led to.
pub(super) struct Fitted {
    pub(super) shares: Shares,
    /// True pairs it believes in.
    pub(super) believed: f64,
    /// Whether it had to go back to the shipped m.
    pub(super) is_lost: bool,
}

/// What one round led to.
struct Round {
    shares: Shares,
    /// True pairs it believes in.
    believed: f64,
    /// The part of those across agencies that there can be.
    too_many: f64,
}

/// What one round found.
pub(super) struct Found {
    pub(super) m: Sums,
    pub(super) u: Sums,
    /// By stratum and agency: true pairs believed in, and pairs met.
    pub(super) believed: [[f64; 2]; Stratum::COUNT],
    pub(super) met: [[f64; 2]; Stratum::COUNT],
    /// True pairs believed in that have both names and the date of birth, but for those that look like twins.
    pub(super) named: [f64; 2],
    /// Of pairs that look like twins and have a number, by agency: true ones believed in, and met.
    pub(super) numbered: [[f64; 2]; 2],
    /// By levels of given and family name: pairs of strangers.
    pub(super) alike: Met,
    /// By how many fields do not agree: pairs believed in.
    pub(super) damage: damage::Met,
    /// Pairs of two persons that look like twins and share a home.
    pub(super) twins_at_home: f64,
}

/// Weights while learning.
pub(super) struct Bits<'s> {
    levels: [Vec<[f64; 16]>; Stratum::COUNT],
    priors: [[f64; 2]; Stratum::COUNT],
    alike: &'s Alike,
    damage: &'s ByCount,
    unnamed: f64,
    counted: Counted,
    at: &'s Positions,
}

impl Bits<'_> {
    /// What a level of a field adds.
    pub(super) fn level(&self, stratum: usize, at: usize, level: usize) -> f64 {
        self.levels[stratum][at][level]
    }

    /// What a pair weighs.
    pub(super) fn of(&self, seen: &Seen) -> f64 {
        let stratum = seen.stratum as usize;
        let levels = &self.levels[stratum];
        let alike = self
            .alike
            .of_pair(seen.stratum, self.at.in_order(seen.pattern));
        let alike = if seen.stratum == Stratum::Apart {
            alike + self.alike.of_texts(self.at.family, seen.pattern)
        } else {
            alike
        };
        let damage = self
            .counted
            .of_pair(self.damage, seen.stratum, seen.pattern);
        let start = self.priors[stratum][usize::from(seen.within)]
            + f64::from(seen.rarity)
            + alike
            + damage
            + unnamed::of_pair(self.unnamed, self.at, seen.stratum, seen.pattern);
        levels.iter().enumerate().fold(start, |sum, (at, bits)| {
            sum + bits[level_of(seen.pattern, at)]
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::model::watch::Unwatched;
    use crate::people::compare::date_of_birth;
    use crate::people::scale::{Options, link, sample};

    #[test]
    fn years_of_birth_do_where_no_file_knows_days() {
        let years = sample::two_agencies(400, |is_second, at, [given, _, birth]| {
            birth.truncate(4);
            if is_second && at % 5 == 0 {
                given.push('q');
            }
        });
        let linked = link(&years, &Options::default(), &Unwatched).unwrap();
        let birth = &linked.model.fields;
        let birth = birth.iter().find(|field| field.name == "date_of_birth");
        let partly = &birth.unwrap().levels[date_of_birth::PARTLY];
        assert!(partly.apart.m > 0.9, "{:?}", partly.apart);
        assert!((0..400).all(|at| linked.person[400 + at] == at as u32));
    }

    #[test]
    fn fathers_and_sons_do_not_teach_that_dates_of_birth_are_a_generation_off() {
        // of a fifth of the people the second agency knows a son of the same name
        let mut families = sample::two_agencies(400, |is_second, at, [_, _, birth]| {
            if is_second && at % 5 == 0 {
                let year = birth[..4].parse::<usize>().unwrap() + 27;
                birth.replace_range(..4, &year.to_string());
            }
        });
        let homes: Vec<String> = (0..800)
            .map(|at| format!("XW{} {}AB", at % 400 / 10 + 1, at % 10))
            .collect();
        let homes: Vec<&str> = homes.iter().map(String::as_str).collect();
        families.postcode = sample::column(&homes);
        let linked = link(&families, &Options::default(), &Unwatched).unwrap();
        let birth = &linked.model.fields;
        let birth = birth.iter().find(|field| field.name == "date_of_birth");
        let generation = &birth.unwrap().levels[date_of_birth::GENERATION].apart;
        assert!(generation.m < 0.02, "{generation:?}");
        let is_one = |at: usize| linked.person[400 + at] == at as u32;
        assert!((0..400).all(|at| is_one(at) == (at % 5 != 0)));
    }
}
