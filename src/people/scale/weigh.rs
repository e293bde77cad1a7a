//! Weighs compared pairs by a model: a prior and the bits of each level, rarer values more, as sums on a fixed grid.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::alike::Alike;
use super::apart::Telling;
use super::bound::Bounds;
use super::calibrate;
use super::compare::{Begun, Comparer, Pattern, level_of};
use super::damage::{self, ByCount, Counted};
use super::fields::{Kind, Positions, Spec, value_of, value_text, values_in};
use super::glance::Glance;
use super::model::{Field, Model, Stratum};
use super::row::Side;
use super::rules::Rules;
use super::table::Table;
use super::unnamed;
use crate::model::person::Agreement;
use crate::people::model::grain;

/// A model made ready for a table.
#[derive(Debug)]
pub struct Weights {
    /// By stratum, then by agency (across, within).
    priors: [[f64; 2]; Stratum::COUNT],
    /// By stratum, field, level.
    bits: [Vec<[f64; 16]>; Stratum::COUNT],
    /// By field and value: what rarity adds, where no home is shared; empty where it plays no part. The numbers lie on a grid
    /// that so few digits hold.
    pub(super) rarity: Vec<Vec<f32>>,
    /// By field: what the most common value takes off, for names.
    pub(super) commonest: Vec<f64>,
    pub(super) kinds: Vec<Kind>,
    /// By field: the last level on which the value counts; 0 where it never does.
    pub(super) on_value: Vec<usize>,
    /// The fields whose value counts on some level.
    by_value: Vec<usize>,
    pub(super) bounds: Bounds,
    /// What tells two apart beforehand.
    pub telling: Telling,
    at: Positions,
    alike: Alike,
    damage: ByCount,
    counted: Counted,
    most_damage: f64,
    unnamed: f64,
    pub(super) rules: Rules,
}

/// Whether how common a value is counts in a field.
pub fn is_by_value(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Given | Kind::Family | Kind::Birth | Kind::Postcode | Kind::Email | Kind::Text(_)
    )
}

/// Whether a level of a field is agreement on one value, which is worth more the rarer it is.
pub fn is_on_value(kind: Kind, level: usize) -> bool {
    match kind {
        Kind::Given | Kind::Family | Kind::Birth => matches!(level, 1 | 2),
        Kind::Postcode | Kind::Email | Kind::Text(_) => level == 1,
        _ => false,
    }
}

/// The last level of a field on which the value counts; 0 where it never does.
fn last_on_value(spec: &Spec) -> usize {
    let is_on_value = |level: &usize| is_on_value(spec.kind, *level);
    (1..16).take_while(is_on_value).last().unwrap_or(0)
}

impl Weights {
    /// Makes a model ready; the fields must be those of the model, in its order.
    pub fn of(model: &Model, specs: &[Spec], table: &Table) -> Self {
        let mut bits = Stratum::ALL.map(|_| vec![[0.0; 16]; specs.len()]);
        for (at, field) in model.fields.iter().enumerate() {
            for (number, level) in field.levels.iter().enumerate().skip(1).take(15) {
                for stratum in Stratum::ALL {
                    let share = level.share(stratum);
                    bits[stratum as usize][at][number] = weight(share.m, share.u, level.agreement);
                }
            }
        }
        let pairs = model.fields.par_iter().zip(specs);
        let rarity: Vec<Vec<f32>> = pairs
            .map(|(field, spec)| rarities(field, spec.kind, table))
            .collect();
        let rarest: Vec<f64> = rarity
            .iter()
            .map(|of| of.iter().map(|bits| f64::from(*bits)).fold(0.0, f64::max))
            .collect();
        let bits_of = |share: f64| grain((share / (1.0 - share)).log2());
        // agreement is never evidence against: the namesakes' prior is that of those with the most common names
        let is_name = |at: usize| matches!(specs[at].kind, Kind::Given | Kind::Family);
        let commonest: Vec<f64> = (0..specs.len())
            .map(|at| {
                if is_name(at) {
                    least_rarity(&model.fields[at])
                } else {
                    0.0
                }
            })
            .collect();
        let priors = Stratum::ALL.map(|stratum| {
            let prior = model.prior(stratum);
            let less = match stratum {
                Stratum::Namesakes => commonest.iter().sum(),
                _ => 0.0,
            };
            [bits_of(prior.across) + less, bits_of(prior.within) + less]
        });
        let damage = damage::told(&model.damage);
        let on_value: Vec<usize> = specs.iter().map(last_on_value).collect();
        let by_value = (0..specs.len()).filter(|at| on_value[*at] > 0).collect();
        Self {
            at: Positions::of(specs),
            by_value,
            telling: Telling::of(model, specs),
            rules: Rules::of(model, specs),
            alike: Alike::of(model, specs),
            counted: Counted::of(specs),
            most_damage: damage.iter().copied().fold(0.0, f64::max),
            damage,
            unnamed: model.unnamed,
            bounds: Bounds::of(specs, &bits, &rarest, &priors),
            priors,
            bits,
            rarity,
            commonest,
            kinds: specs.iter().map(|spec| spec.kind).collect(),
            on_value,
        }
    }

    /// The prior of a stratum in bits, across agencies or within one.
    pub fn prior(&self, stratum: Stratum, within: bool) -> f64 {
        self.priors[stratum as usize][usize::from(within)]
    }

    /// What one field adds, in bits.
    pub fn field(&self, at: usize, pair: &Begun, table: &Table, of: Side<'_>) -> f64 {
        let bits = self.level(at, level_of(pair.pattern, at), pair.stratum, table, of);
        if self.at.order == Some(at) && pair.stratum == Stratum::Apart {
            return bits
                + self
                    .alike
                    .of_pair(pair.stratum, self.at.in_order(pair.pattern));
        }
        if pair.stratum == Stratum::Apart && matches!(self.kinds[at], Kind::Text(_)) {
            return bits + self.alike.of_text(at, self.at.family, pair.pattern);
        }
        bits
    }

    /// What a level of a field adds in a stratum, in bits.
    pub fn level(
        &self,
        at: usize,
        level: usize,
        stratum: Stratum,
        table: &Table,
        of: Side<'_>,
    ) -> f64 {
        let bits = self.bits[stratum as usize][at][level];
        if level == 0 || level > self.on_value[at] || !has_rarity(stratum) {
            return bits;
        }
        let value = value_of(table, self.kinds[at], of) as usize;
        let rare = f64::from(self.rarity[at].get(value).copied().unwrap_or(0.0));
        if stratum == Stratum::Namesakes {
            return bits + rare - self.commonest[at];
        }
        (bits + rare).max(0.0)
    }

    /// What a pair gains or loses by how many of its fields do not agree.
    pub fn damage(&self, pair: &Begun) -> f64 {
        self.counted
            .of_pair(&self.damage, pair.stratum, pair.pattern)
    }

    /// What a pair of one home and birthday loses where a given name is not known.
    pub fn unnamed(&self, pair: &Begun) -> f64 {
        unnamed::of_pair(self.unnamed, &self.at, pair.stratum, pair.pattern)
    }

    /// In how many fields a pair does not agree, in words.
    pub fn damage_phrase(&self, pair: &Begun) -> String {
        damage::phrase(self.counted.count(pair.pattern))
    }

    /// What the prior and all fields of a pair that is compared throughout come to, in bits.
    pub fn fields(&self, pair: &Begun, table: &Table, left: Side<'_>) -> f64 {
        let prior = self.prior(pair.stratum, pair.within);
        let mut levels = pair.pattern;
        let mut sum = prior;
        for bits in &self.bits[pair.stratum as usize] {
            sum += bits[levels as usize & 15];
            levels >>= 4;
        }
        if !has_rarity(pair.stratum) {
            return sum;
        }
        let by_value = self.by_value.iter();
        let rare = by_value.fold(sum, |sum, at| {
            let level = level_of(pair.pattern, *at);
            sum + self.level(*at, level, pair.stratum, table, left)
                - self.bits[pair.stratum as usize][*at][level]
        });
        if pair.stratum == Stratum::Apart && self.at.order.is_some() {
            rare + self
                .alike
                .of_pair(pair.stratum, self.at.in_order(pair.pattern))
        } else {
            rare
        }
    }

    /// The weight of a pair, or `None` when it cannot reach `least`; compares no further than it must.
    pub fn weigh(
        &self,
        comparer: &Comparer<'_>,
        (left, right): (Side<'_>, Side<'_>),
        least: f64,
    ) -> Option<f64> {
        let mut glance = comparer.glance(left, right);
        let told = self.told(&glance, left);
        let enough = least - self.most_damage - calibrate::MOST;
        let may_reach = |glance: &Glance| self.may_reach(&told, glance, (left, right), enough);
        if !may_reach(&glance) {
            return None;
        }
        if glance.given.is_none() {
            glance.given = Some(comparer.given_level(left, right));
            if !may_reach(&glance) {
                return None;
            }
        }
        if glance.family.is_none() {
            glance.family = Some(comparer.family_level(left, right));
            if !may_reach(&glance) {
                return None;
            }
        }
        let mut pair = comparer.begin(left, right, &glance);
        if !pair.is_named {
            return None;
        }
        let begun = pair;
        let sum = self.fields(&begun, comparer.table, left);
        if sum + self.to_come(&begun, comparer.table, (left, right)) < enough {
            return None;
        }
        comparer.finish(left, right, &mut pair);
        let sum = if pair.pattern == begun.pattern {
            sum
        } else {
            self.fields(&pair, comparer.table, left)
        };
        let sum = sum + self.unnamed(&pair) + self.damage(&pair);
        let sum = sum + calibrate::gain(pair.stratum, sum);
        let sum = sum + self.rules.take_off(&pair, sum);
        (sum >= least).then_some(sum)
    }
}

/// Whether agreement on a rare value is worth more in a stratum: not where a home, or kinship, explains it.
pub fn has_rarity(stratum: Stratum) -> bool {
    matches!(stratum, Stratum::Apart | Stratum::Namesakes)
}

/// The weight of a level in bits: agreement is never evidence against, a difference never for.
pub fn weight(m: f64, u: f64, agreement: Agreement) -> f64 {
    let bits = (m / u).log2();
    grain(match agreement {
        Agreement::Agree => bits.max(0.0),
        Agreement::Differ => bits.min(0.0),
        Agreement::Close => bits,
        Agreement::Blank => 0.0,
    })
}

fn rarities(field: &Field, kind: Kind, table: &Table) -> Vec<f32> {
    if field.floor <= 0.0 || !is_by_value(kind) {
        return Vec::new();
    }
    let usual = field.levels.get(1).map_or(1.0, |level| level.apart.u);
    let frequencies: FxHashMap<&str, f64> = field
        .frequencies
        .iter()
        .map(|(text, share)| (text.as_str(), *share))
        .collect();
    (0..values_in(table, kind))
        .into_par_iter()
        .map(|value| {
            let share = frequencies
                .get(value_text(table, kind, value))
                .copied()
                .unwrap_or(field.floor);
            grain((usual / share).log2()) as f32
        })
        .collect()
}

/// What the most common value of a field takes off; by the model alone, so that it is the same for any part of a table.
fn least_rarity(field: &Field) -> f64 {
    let most = field
        .frequencies
        .values()
        .copied()
        .fold(field.floor, f64::max);
    let usual = field.levels.get(1).map_or(1.0, |level| level.apart.u);
    if most > 0.0 {
        grain((usual / most).log2()).min(0.0)
    } else {
        0.0
    }
}

/// A pattern with its stratum, agency and rarity: what learning counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seen {
    /// The levels.
    pub pattern: Pattern,
    /// What the two share.
    pub stratum: Stratum,
    /// Whether they are of one agency.
    pub within: bool,
    /// What rarity adds, in whole bits.
    pub rarity: i8,
}
