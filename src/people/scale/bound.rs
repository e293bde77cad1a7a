//! What a pair can come to at most, before what costs most is compared: most pairs that share a key are nobody's, and are
//! told so by what stands in their rows.

use super::compare::{Begun, level_of};
use super::fields::{Kind, Positions, Spec};
use super::glance::Glance;
use super::model::Stratum;
use super::row::Side;
use super::table::Table;
use super::weigh::Weights;
use crate::people::compare::{
    address, crosswise, date_of_birth, family_name, given_name, phone, postcode, sex,
};

/// By stratum: the most that fields can still add, in bits.
#[derive(Debug, Clone, Copy, Default)]
struct Most {
    /// Given names that differ somehow.
    given: f64,
    /// Given names that may be swapped with the family names.
    given_swapped: f64,
    family: f64,
    family_swapped: f64,
    /// The order where they are swapped, and where they are not.
    swapped: f64,
    in_order: f64,
    /// Sexes that are the same, and that differ.
    sex: [f64; 2],
    /// Addresses with other numbers, and with the same ones.
    address: [f64; 2],
    email: f64,
    texts: f64,
}

/// The most that the fields of each stratum can add.
#[derive(Debug)]
pub struct Bounds {
    at: Positions,
    most: [Most; Stratum::COUNT],
}

impl Bounds {
    /// Finds the most; `bits` by stratum, field and level, `rarest` by field.
    pub fn of(specs: &[Spec], bits: &[Vec<[f64; 16]>; Stratum::COUNT], rarest: &[f64]) -> Self {
        let at = Positions::of(specs);
        let most = Stratum::ALL.map(|stratum| {
            let bits = &bits[stratum as usize];
            let level = |at: Option<usize>, level: usize| at.map_or(0.0, |at| bits[at][level]);
            let best = |at: Option<usize>, levels: std::ops::Range<usize>| {
                at.map_or(0.0, |at| {
                    bits[at][levels].iter().copied().fold(f64::MIN, f64::max)
                })
            };
            let texts = specs.iter().enumerate();
            let texts = texts.filter(|(_, spec)| matches!(spec.kind, Kind::Text(_)));
            Most {
                given: best(at.given, given_name::SAME_FIRST..16),
                given_swapped: level(at.given, given_name::SWAPPED),
                family: best(at.family, family_name::PART..16),
                family_swapped: level(at.family, family_name::SWAPPED),
                swapped: best(at.order, crosswise::SWAPPED..16),
                in_order: best(at.order, 0..crosswise::SWAPPED),
                sex: [
                    best(at.sex, sex::SAME..sex::DIFFERENT),
                    best(at.sex, sex::DIFFERENT..sex::DIFFERENT_BY_NAME + 1),
                ],
                // a level that is not there is worth 0, as blank is
                address: [
                    best(at.address, address::STREET..16),
                    best(at.address, 0..16),
                ],
                email: at.email.map_or(0.0, |at| {
                    rarest[at] + bits[at].iter().copied().fold(0.0, f64::max)
                }),
                texts: texts
                    .map(|(at, _)| bits[at].iter().copied().fold(0.0, f64::max) + rarest[at])
                    .sum(),
            }
        });
        Self { at, most }
    }
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
    may_be[Stratum::Apart as usize] = !together && !(one_family && is_called_alike);
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
        let may_be = may_be(glance).into_iter().zip(Stratum::ALL);
        let mut strata = may_be.filter(|(may_be, _)| *may_be);
        strata.any(|(_, stratum)| self.at_most(glance, stratum, table, (left, right)) >= least)
    }

    /// What is compared last can add so much to a pair at most.
    pub fn to_come(&self, pair: &Begun, table: &Table, (left, right): (Side<'_>, Side<'_>)) -> f64 {
        let (at, most) = (&self.bounds.at, &self.bounds.most[pair.stratum as usize]);
        let level = |field: Option<usize>| field.map_or(0, |field| level_of(pair.pattern, field));
        let (given, family) = (level(at.given), level(at.family));
        let mut sum = most.texts;
        let (a, b) = (left.row.address, right.row.address);
        if level(at.address) == 0 && a != 0 && b != 0 {
            sum += most.address[usize::from(left.row.door_numbers == right.row.door_numbers)];
        }
        if given == 0 || family == 0 {
            return sum;
        }
        if given < given_name::CLOSE && family < family_name::CLOSE {
            return sum + most.in_order;
        }
        let turned = |field: Option<usize>, swapped: f64| {
            field.map_or(0.0, |field| swapped - self.field(field, pair, table, left))
        };
        let given = turned(at.given, most.given_swapped);
        let family = turned(at.family, most.family_swapped);
        sum + most.in_order.max(most.swapped + given + family)
    }

    /// What a pair can come to in a stratum.
    fn at_most(
        &self,
        glance: &Glance,
        stratum: Stratum,
        table: &Table,
        (left, right): (Side<'_>, Side<'_>),
    ) -> f64 {
        let (at, most) = (&self.bounds.at, &self.bounds.most[stratum as usize]);
        let mut sum = self.prior(stratum, glance.within);
        let known = [at.birth, at.postcode, at.phone].into_iter().flatten();
        for field in known.chain(at.numbers.iter().map(|(field, _)| *field)) {
            sum += self.level(field, level_of(glance.pattern, field), stratum, table, left);
        }
        let name = |field: Option<usize>, level: Option<usize>, most: f64| match (field, level) {
            (Some(field), Some(level)) => self.level(field, level, stratum, table, left),
            (Some(_), None) => most,
            (None, _) => 0.0,
        };
        let given = name(at.given, glance.given, most.given);
        let family = name(at.family, glance.family, most.family);
        let in_order = given + family + most.in_order;
        let is_close =
            |level: Option<usize>, close: usize| matches!(level, Some(level) if level < close);
        sum += if is_close(glance.given, given_name::CLOSE)
            && is_close(glance.family, family_name::CLOSE)
        {
            // a blank name has no order
            in_order
        } else {
            in_order.max(most.given_swapped + most.family_swapped + most.swapped)
        };
        let (a, b) = (left.row, right.row);
        if a.sex != 0 && b.sex != 0 {
            sum += match (at.sex, glance.given) {
                (Some(field), Some(given)) => {
                    let level = sex::level_of(a.sex == b.sex, given);
                    self.level(field, level, stratum, table, left)
                }
                _ => most.sex[usize::from(a.sex != b.sex)],
            };
        }
        if a.address != 0 && b.address != 0 {
            sum += most.address[usize::from(glance.same_door)];
        }
        sum + most.email + most.texts
    }
}
