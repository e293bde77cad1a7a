//! What a pair can come to at most, before what costs most is compared: most pairs that share a key are nobody's, and are
//! told so by what stands in their rows.

use super::compare::{Begun, level_of};
use super::fields::{Positions, Spec, value_of};
use super::glance::Glance;
use super::model::Stratum;
use super::row::Side;
use super::table::Table;
use super::weigh::Weights;
use crate::people::compare::{
    address, crosswise, date_of_birth, family_name, given_name, phone, postcode, sex,
};

/// A number a stratum, and some room, so that all are added up at once.
/// The numbers lie on a grid of 1/4096 bit, which so few digits hold.
type ByStratum = [f32; 8];

/// What fields of a pair add at most, in bits.
#[derive(Debug)]
pub struct Bounds {
    at: Positions,
    /// What dates of birth, postcodes and telephone numbers add together, by their three levels.
    told: Vec<ByStratum>,
    /// How many levels the latter two have.
    told_by: [usize; 2],
    /// By agency (across, within).
    priors: [ByStratum; 2],
    /// By field and level.
    levels: Vec<[ByStratum; 16]>,
    /// Given names that differ somehow.
    given: ByStratum,
    family: ByStratum,
    /// Names that are in order, by what says so.
    in_order: ByStratum,
    /// Names that are swapped: all three fields.
    swapped: ByStratum,
    /// Sexes that are the same, and that differ.
    sex: [ByStratum; 2],
    /// Addresses with other numbers, and with the same ones.
    address: [ByStratum; 2],
    /// E-mail addresses and further texts.
    rest: ByStratum,
    texts: ByStratum,
    /// By field and value: what rarity adds, as [`Weights`] has it, in less room.
    rarity: Vec<Vec<f32>>,
    /// By field: what the most common value takes off.
    commonest: Vec<f32>,
}

impl Bounds {
    /// Finds the most; `bits` by stratum, field and level, `rarest` by field, `priors` by stratum and agency.
    pub fn of(
        specs: &[Spec],
        bits: &[Vec<[f64; 16]>; Stratum::COUNT],
        rarest: &[f64],
        priors: &[[f64; 2]; Stratum::COUNT],
    ) -> Self {
        let at = Positions::of(specs);
        let each = |of: &dyn Fn(usize) -> f64| -> ByStratum {
            std::array::from_fn(|s| {
                if s < Stratum::COUNT {
                    of(s) as f32
                } else {
                    0.0
                }
            })
        };
        let best = |field: Option<usize>, levels: std::ops::Range<usize>| {
            each(&|s| {
                field.map_or(0.0, |at| {
                    let levels = bits[s][at][levels.clone()].iter().copied();
                    levels.fold(f64::MIN, f64::max)
                })
            })
        };
        let any = |field: usize, s: usize| {
            rarest[field] + bits[s][field].iter().copied().fold(0.0, f64::max)
        };
        let swapped = [
            (at.given, given_name::SWAPPED),
            (at.family, family_name::SWAPPED),
        ];
        let order = best(at.order, crosswise::SWAPPED..16);
        let texts = each(&|s| at.texts.iter().map(|(field, _)| any(*field, s)).sum());
        Self {
            told: told(specs, bits, &at),
            told_by: [at.postcode, at.phone].map(|field| levels_of(specs, field)),
            priors: [0, 1].map(|side| each(&|s| priors[s][side])),
            levels: (0..specs.len())
                .map(|at| std::array::from_fn(|level| each(&|s| bits[s][at][level])))
                .collect(),
            given: best(at.given, given_name::SAME_FIRST..16),
            family: best(at.family, family_name::PART..16),
            in_order: best(at.order, 0..crosswise::SWAPPED),
            swapped: each(&|s| {
                let level =
                    |(at, level): (Option<usize>, usize)| at.map_or(0.0, |at| bits[s][at][level]);
                f64::from(order[s]) + swapped.into_iter().map(level).sum::<f64>()
            }),
            sex: [
                best(at.sex, sex::SAME..sex::DIFFERENT),
                best(at.sex, sex::DIFFERENT..sex::DIFFERENT_BY_NAME + 1),
            ],
            // a level that is not there is worth 0, as blank is
            address: [
                best(at.address, address::STREET..16),
                best(at.address, 0..16),
            ],
            rest: each(&|s| f64::from(texts[s]) + at.email.map_or(0.0, |at| any(at, s))),
            texts,
            rarity: Vec::new(),
            commonest: Vec::new(),
            at,
        }
    }

    /// Takes over what rarity adds.
    pub fn with_rarity(mut self, rarity: &[Vec<f64>], commonest: &[f64]) -> Self {
        let less = |of: &[f64]| of.iter().map(|bits| *bits as f32).collect();
        self.rarity = rarity.iter().map(|of| less(of)).collect();
        self.commonest = less(commonest);
        self
    }
}

#[inline]
fn add(sum: &mut ByStratum, more: &ByStratum) {
    sum.iter_mut()
        .zip(more)
        .for_each(|(sum, more)| *sum += more);
}

/// How many levels a field has, blank included.
fn levels_of(specs: &[Spec], field: Option<usize>) -> usize {
    field.map_or(1, |at| specs[at].levels.len())
}

/// What dates of birth, postcodes and telephone numbers add together, by their three levels.
fn told(specs: &[Spec], bits: &[Vec<[f64; 16]>; Stratum::COUNT], at: &Positions) -> Vec<ByStratum> {
    let three = [at.birth, at.postcode, at.phone];
    let [births, codes, phones] = three.map(|field| levels_of(specs, field));
    let mut told = Vec::with_capacity(births * codes * phones);
    for born in 0..births {
        for code in 0..codes {
            for phone in 0..phones {
                let mut sum = ByStratum::default();
                for (field, level) in three.into_iter().zip([born, code, phone]) {
                    let levels = field.map(|at| bits.each_ref().map(|bits| bits[at][level]));
                    let levels = levels.unwrap_or_default();
                    let pairs = sum.iter_mut().zip(levels);
                    pairs.for_each(|(sum, bits)| *sum += bits as f32);
                }
                told.push(sum);
            }
        }
    }
    told
}

/// The strata that a pair may be of.
fn may_be(glance: &Glance) -> [bool; Stratum::COUNT] {
    let one_family = matches!(glance.family, Some(family_name::SAME | family_name::FOLDED));
    let is_called_alike = matches!(glance.given, Some(given_name::SAME | given_name::FOLDED));
    let together = glance.phone == phone::SAME
        || (glance.code == postcode::SAME && one_family)
        || glance.same_household;
    let born_alike = matches!(
        glance.born,
        date_of_birth::SAME | date_of_birth::SAME_JANUARY
    );
    let namesakes = one_family && glance.given != Some(0);
    let mut may_be = [false; Stratum::COUNT];
    may_be[Stratum::Together as usize] = together || glance.same_door;
    may_be[Stratum::Twins as usize] =
        one_family && born_alike && matches!(glance.given, None | Some(given_name::DIFFERENT));
    may_be[Stratum::Namesakes as usize] = !together && namesakes;
    may_be[Stratum::Kin as usize] = !together && !is_called_alike;
    may_be[Stratum::Apart as usize] = !(together || one_family && is_called_alike);
    may_be
}

impl Weights {
    /// Whether a pair may come to `least`, by a glance.
    pub fn may_reach(
        &self,
        glance: &Glance,
        table: &Table,
        (left, right): (Side<'_>, Side<'_>),
        least: f64,
    ) -> bool {
        let bounds = &self.bounds;
        let at = &bounds.at;
        let mut sum = bounds.priors[usize::from(glance.within)];
        let [codes, phones] = bounds.told_by;
        let told = (glance.born * codes + glance.code) * phones + glance.phone;
        add(&mut sum, &bounds.told[told]);
        for (field, level) in [(at.birth, glance.born), (at.postcode, glance.code)] {
            if let Some(field) = field {
                self.add_rarity(field, level, table, left, &mut sum);
            }
        }
        for (field, _) in &at.numbers {
            let level = level_of(glance.pattern, *field);
            add(&mut sum, &bounds.levels[*field][level]);
        }
        let name =
            |field: Option<usize>, level: Option<usize>, most: &ByStratum| match (field, level) {
                (Some(field), Some(level)) => self.levels(field, level, table, left),
                (Some(_), None) => *most,
                (None, _) => ByStratum::default(),
            };
        let mut names = name(at.given, glance.given, &bounds.given);
        add(&mut names, &name(at.family, glance.family, &bounds.family));
        add(&mut names, &bounds.in_order);
        let is_below = |level: Option<usize>, last: usize| level.is_some_and(|level| level < last);
        if !is_below(glance.given, given_name::CLOSE)
            || !is_below(glance.family, family_name::CLOSE)
        {
            let most = names.iter_mut().zip(&bounds.swapped);
            most.for_each(|(in_order, swapped)| *in_order = in_order.max(*swapped));
        }
        add(&mut sum, &names);
        let (a, b) = (left.row, right.row);
        if a.sex != 0 && b.sex != 0 {
            let bits = match (at.sex, glance.given) {
                (Some(field), Some(given)) => {
                    &bounds.levels[field][sex::level_of(a.sex == b.sex, given)]
                }
                _ => &bounds.sex[usize::from(a.sex != b.sex)],
            };
            add(&mut sum, bits);
        }
        if a.address != 0 && b.address != 0 {
            add(&mut sum, &bounds.address[usize::from(glance.same_door)]);
        }
        add(&mut sum, &bounds.rest);
        let mut may_be = may_be(glance).into_iter().zip(sum);
        may_be.any(|(may_be, sum)| may_be && f64::from(sum) >= least)
    }

    /// What a level of a field adds in each stratum, in bits, as [`Weights::level`] has it.
    #[inline]
    fn levels(&self, at: usize, level: usize, table: &Table, of: Side<'_>) -> ByStratum {
        let mut bits = self.bounds.levels[at][level];
        self.add_rarity(at, level, table, of, &mut bits);
        bits
    }

    /// Adds, to a sum that the level is in, what the rarity of the value adds.
    #[inline]
    fn add_rarity(
        &self,
        at: usize,
        level: usize,
        table: &Table,
        of: Side<'_>,
        sum: &mut ByStratum,
    ) {
        if level != 0 && level <= self.on_value[at] {
            let bounds = &self.bounds;
            let value = value_of(table, self.kinds[at], of) as usize;
            let rare = bounds.rarity[at].get(value).copied().unwrap_or(0.0);
            let alone = bounds.levels[at][level][Stratum::Apart as usize];
            sum[Stratum::Apart as usize] += (alone + rare).max(0.0) - alone;
            sum[Stratum::Namesakes as usize] += rare - bounds.commonest[at];
        }
    }

    /// What is compared last can add so much to a pair at most.
    pub fn to_come(&self, pair: &Begun, table: &Table, (left, right): (Side<'_>, Side<'_>)) -> f64 {
        let (bounds, s) = (&self.bounds, pair.stratum as usize);
        let at = &bounds.at;
        let level = |field: Option<usize>| field.map_or(0, |field| level_of(pair.pattern, field));
        let (given, family) = (level(at.given), level(at.family));
        let mut sum = f64::from(bounds.texts[s]);
        let (a, b) = (left.row.address, right.row.address);
        if level(at.address) == 0 && a != 0 && b != 0 {
            let same_door = usize::from(left.row.door_numbers == right.row.door_numbers);
            sum += f64::from(bounds.address[same_door][s]);
        }
        if given == 0 || family == 0 {
            return sum;
        }
        let in_order = f64::from(bounds.in_order[s]);
        if given < given_name::CLOSE && family < family_name::CLOSE {
            return sum + in_order;
        }
        let now = |field: Option<usize>| field.map_or(0.0, |at| self.field(at, pair, table, left));
        sum + in_order.max(f64::from(bounds.swapped[s]) - now(at.given) - now(at.family))
    }
}
