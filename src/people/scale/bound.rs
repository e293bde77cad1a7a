//! What a pair can come to at most, before what costs most is compared: most pairs that share a key are nobody's, and are
//! told so by what stands in their rows.

use super::compare::{Begun, level_of};
use super::fields::{Positions, Spec};
use super::glance::{Glance, Spots, may_be_swapped};
use super::model::Stratum;
use super::row::Side;
use super::stratum::may_be_of_twins;
use super::table::Table;
use super::weigh::Weights;
use crate::people::compare::{address, crosswise, family_name, given_name, phone, postcode, sex};

/// A number a stratum, and some room, so that all are added up at once.
/// The numbers lie on a grid of 1/4096 bit, which so few digits hold.
pub type ByStratum = [f32; 8];

/// By what is known of given and family name so far: 0 where it takes a comparison, else one more than the level.
type ByNames = Vec<[ByStratum; 16]>;

/// What the rarity of values adds, in the strata where it counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rare {
    apart: f32,
    namesakes: f32,
}

impl Rare {
    #[inline]
    fn and(self, other: Self) -> Self {
        Self {
            apart: self.apart + other.apart,
            namesakes: self.namesakes + other.namesakes,
        }
    }
}

/// What a pair comes to at most, but for names and sexes.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    sum: ByStratum,
    rare: Rare,
}

/// What fields of a pair add at most, in bits.
#[derive(Debug)]
pub struct Bounds {
    at: Positions,
    /// The prior, and what dates of birth, postcodes and telephone numbers add, by agency and their three levels.
    told: Vec<ByStratum>,
    /// How many levels the three have.
    told_by: [usize; 3],
    /// What each identifier adds, by its level.
    numbers: Vec<[ByStratum; 16]>,
    /// Further texts and e-mail addresses, and addresses, by [`Spots`].
    beside: [ByStratum; 4],
    /// Names that are in order.
    called: ByNames,
    /// Names that are swapped: all three fields.
    turned: ByNames,
    /// Sexes not known, the same, and that differ, by what is known of the given name.
    sexes: [[ByStratum; 16]; 3],
    /// By field: what levels are worth in [`Stratum::Apart`].
    alone: Vec<[f32; 16]>,
    /// By what may be: nothing, and far too little for the other strata.
    kept_out: [ByStratum; 1 << Stratum::COUNT],
    /// Names that are in order, by what says so.
    in_order: ByStratum,
    /// Names that are swapped: all three fields.
    swapped: ByStratum,
    /// Addresses with other numbers, and with the same ones.
    address: [ByStratum; 2],
    texts: ByStratum,
}

/// What the fields of a run are worth.
struct Worth<'a> {
    at: Positions,
    specs: &'a [Spec],
    /// By stratum, field and level.
    bits: &'a [Vec<[f64; 16]>; Stratum::COUNT],
    /// By field: what the rarest value adds.
    rarest: &'a [f64],
}

impl Worth<'_> {
    /// The most of some levels of a field; 0 where the files do not have it.
    fn best(&self, field: Option<usize>, levels: std::ops::Range<usize>) -> ByStratum {
        each(|s| {
            field.map_or(0.0, |at| {
                let levels = self.bits[s][at][levels.clone()].iter().copied();
                levels.fold(f64::MIN, f64::max)
            })
        })
    }

    fn level(&self, field: Option<usize>, level: usize) -> ByStratum {
        each(|s| field.map_or(0.0, |at| self.bits[s][at][level]))
    }

    /// The most that a field adds, however rare its value.
    fn any(&self, field: usize, s: usize) -> f64 {
        self.rarest[field] + self.bits[s][field].iter().copied().fold(0.0, f64::max)
    }

    fn swapped(&self) -> ByStratum {
        let mut sum = self.best(self.at.order, crosswise::SWAPPED..16);
        add(&mut sum, &self.level(self.at.given, given_name::SWAPPED));
        add(&mut sum, &self.level(self.at.family, family_name::SWAPPED));
        sum
    }

    /// Names in order, and swapped, by what is known of them.
    fn by_names(&self) -> (ByNames, ByNames) {
        let in_order = self.best(self.at.order, 0..crosswise::SWAPPED);
        let swapped = self.swapped();
        let given = |known: usize| match known.checked_sub(1) {
            None => self.best(self.at.given, given_name::SAME_FIRST..16),
            Some(level) => self.level(self.at.given, level),
        };
        let family = |known: usize| match known.checked_sub(1) {
            None => self.best(self.at.family, family_name::PART..16),
            Some(level) => self.level(self.at.family, level),
        };
        let called = |x: usize, y: usize| {
            let mut sum = given(x);
            add(&mut sum, &family(y));
            add(&mut sum, &in_order);
            sum
        };
        let turned = |x: usize, y: usize| {
            let is_below = |known: usize, last: usize| known != 0 && known - 1 < last;
            if is_below(x, given_name::CLOSE) && is_below(y, family_name::CLOSE) {
                [f32::NEG_INFINITY; 8]
            } else {
                swapped
            }
        };
        let by = |of: &dyn Fn(usize, usize) -> ByStratum| -> ByNames {
            (0..16)
                .map(|given| std::array::from_fn(|family| of(given, family)))
                .collect()
        };
        (by(&called), by(&turned))
    }

    fn sexes(&self) -> [[ByStratum; 16]; 3] {
        let at = self.at.sex;
        let most = [
            self.best(at, sex::SAME..sex::DIFFERENT),
            self.best(at, sex::DIFFERENT..sex::DIFFERENT_BY_NAME + 1),
        ];
        let known = |same: bool| {
            std::array::from_fn(|given: usize| match given.checked_sub(1) {
                None => most[usize::from(!same)],
                Some(given) => self.level(at, sex::level_of(same, given)),
            })
        };
        [[ByStratum::default(); 16], known(true), known(false)]
    }
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
        let worth = Worth {
            at: Positions::of(specs),
            specs,
            bits,
            rarest,
        };
        let texts = each(|s| at.texts.iter().map(|(at, _)| worth.any(*at, s)).sum());
        let rest = each(|s| f64::from(texts[s]) + at.email.map_or(0.0, |at| worth.any(at, s)));
        // a level that is not there is worth 0, as blank is
        let most_of_address = [
            worth.best(at.address, address::STREET..16),
            worth.best(at.address, 0..16),
        ];
        let with_rest = |more: &ByStratum| {
            let mut sum = rest;
            add(&mut sum, more);
            sum
        };
        let (called, turned) = worth.by_names();
        let all = |at: usize| std::array::from_fn(|level| worth.level(Some(at), level));
        Self {
            told: told(&worth, priors),
            told_by: [at.birth, at.postcode, at.phone].map(|field| levels_of(specs, field)),
            numbers: at.numbers.iter().map(|(at, _)| all(*at)).collect(),
            beside: [
                rest,
                with_rest(&worth.level(at.address, address::DIFFERENT)),
                with_rest(&most_of_address[0]),
                with_rest(&most_of_address[1]),
            ],
            called,
            turned,
            sexes: worth.sexes(),
            alone: (0..specs.len())
                .map(|at| {
                    std::array::from_fn(|level| bits[Stratum::Apart as usize][at][level] as f32)
                })
                .collect(),
            kept_out: std::array::from_fn(|may_be| {
                std::array::from_fn(|s| if may_be >> s & 1 == 1 { 0.0 } else { f32::MIN })
            }),
            in_order: worth.best(at.order, 0..crosswise::SWAPPED),
            swapped: worth.swapped(),
            address: most_of_address,
            texts,
            at,
        }
    }
}

/// What is so much in each stratum.
fn each(of: impl Fn(usize) -> f64) -> ByStratum {
    std::array::from_fn(|s| {
        if s < Stratum::COUNT {
            of(s) as f32
        } else {
            0.0
        }
    })
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

/// The prior, and what dates of birth, postcodes and telephone numbers add, by agency and their three levels.
fn told(worth: &Worth<'_>, priors: &[[f64; 2]; Stratum::COUNT]) -> Vec<ByStratum> {
    let at = &worth.at;
    let three = [at.birth, at.postcode, at.phone];
    let [births, codes, phones] = three.map(|field| levels_of(worth.specs, field));
    let mut told = Vec::with_capacity(2 * births * codes * phones);
    for within in [0, 1] {
        for born in 0..births {
            for code in 0..codes {
                for phone in 0..phones {
                    let mut sum = each(|s| priors[s][within]);
                    for (field, level) in three.into_iter().zip([born, code, phone]) {
                        add(&mut sum, &worth.level(field, level));
                    }
                    told.push(sum);
                }
            }
        }
    }
    told
}

/// The strata that a pair may be of, a bit each.
#[inline]
#[allow(
    clippy::needless_bitwise_bool,
    reason = "no early end: a branch that is guessed wrong costs more than both"
)]
fn may_be(glance: &Glance) -> usize {
    let one_family = matches!(glance.family, Some(family_name::SAME | family_name::FOLDED));
    let is_called_alike = matches!(glance.given, Some(given_name::SAME | given_name::FOLDED));
    let together = (glance.phone == phone::SAME)
        | ((glance.code == postcode::SAME) & one_family)
        | glance.same_household;
    let one_birth = may_be_of_twins(glance.born);
    let may_be_one_family = glance.family != Some(family_name::DIFFERENT);
    let called_apart = matches!(glance.given, None | Some(given_name::DIFFERENT));
    let namesakes = one_family & (glance.given != Some(0));
    let bit = |stratum: Stratum, may_be: bool| usize::from(may_be) << stratum as usize;
    bit(
        Stratum::Together,
        together | (glance.spots == Spots::SameNumbers),
    ) | bit(Stratum::Twins, may_be_one_family & one_birth & called_apart)
        | bit(Stratum::Namesakes, !together & namesakes)
        | bit(Stratum::Kin, !together & !is_called_alike)
        | bit(Stratum::Apart, !(together | one_family & is_called_alike))
}

/// What is known of a name, as [`ByNames`] has it.
#[inline]
fn known(level: Option<usize>) -> usize {
    level.map_or(0, |level| level + 1) & 15
}

impl Weights {
    /// The most that a pair comes to, but for names and sexes.
    #[inline]
    pub fn told(&self, glance: &Glance, left: Side<'_>) -> Told {
        let (bounds, a) = (&self.bounds, left.row);
        let [births, codes, phones] = bounds.told_by;
        let born = usize::from(glance.within) * births + glance.born;
        let mut sum = bounds.told[(born * codes + glance.code) * phones + glance.phone];
        if glance.numbers != 0 {
            for ((field, _), levels) in bounds.at.numbers.iter().zip(&bounds.numbers) {
                add(&mut sum, &levels[level_of(glance.numbers, *field)]);
            }
        }
        add(&mut sum, &bounds.beside[glance.spots as usize]);
        let birth = self.rare(bounds.at.birth, glance.born, a.birth);
        let code = self.rare(bounds.at.postcode, glance.code, a.postcode);
        let rare = birth.and(code);
        Told { sum, rare }
    }

    /// Whether a pair may come to `least`, by what was told and what is known of the names.
    #[inline]
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "no early end: a branch that is guessed wrong costs more than both"
    )]
    pub fn may_reach(
        &self,
        told: &Told,
        glance: &Glance,
        (left, right): (Side<'_>, Side<'_>),
        least: f64,
    ) -> bool {
        let (bounds, a, b) = (&self.bounds, left.row, right.row);
        let (given, family) = (known(glance.given), known(glance.family));
        let mut rest = told.sum;
        let is_known = (a.sex != 0) & (b.sex != 0);
        let sexes = usize::from(is_known) * (1 + usize::from(a.sex != b.sex));
        add(&mut rest, &bounds.sexes[sexes][given]);
        add(&mut rest, &bounds.kept_out[may_be(glance)]);
        let reaches = |names: &ByStratum, rare: Rare| {
            let mut sum = *names;
            add(&mut sum, &rest);
            // beside the others, since numbers that are changed one by one cannot be added up at once soon after
            let [apart, namesakes] = [Stratum::Apart as usize, Stratum::Namesakes as usize];
            let strangers = (sum[apart] + rare.apart).max(sum[namesakes] + rare.namesakes);
            let others = (0..Stratum::COUNT).filter(|s| *s != apart && *s != namesakes);
            f64::from(others.fold(strangers, |most, s| most.max(sum[s]))) >= least
        };
        let level = |level: Option<usize>| level.unwrap_or(0);
        let first = self.rare(bounds.at.given, level(glance.given), a.given_folded);
        let last = self.rare(bounds.at.family, level(glance.family), a.family_folded);
        let rare = told.rare.and(first).and(last);
        reaches(&bounds.called[given][family], rare)
            || (reaches(&bounds.turned[given][family], told.rare) && may_be_swapped(a, b))
    }

    /// What the rarity of a value adds to a level.
    #[inline]
    fn rare(&self, field: Option<usize>, level: usize, value: u32) -> Rare {
        let Some(at) = field.filter(|at| level != 0 && level <= self.on_value[*at]) else {
            return Rare::default();
        };
        let rare = self.rarity[at].get(value as usize).copied().unwrap_or(0.0);
        let alone = self.bounds.alone[at][level];
        Rare {
            // agreement is never evidence against: level and rarity come to 0 at least
            apart: (alone + rare).max(0.0) - alone,
            namesakes: rare - self.commonest[at] as f32,
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
        if !may_be_swapped(left.row, right.row) {
            let is_in_order = given < given_name::INITIAL || family < family_name::INITIAL;
            return sum + if is_in_order { in_order } else { 0.0 };
        }
        let now = |field: Option<usize>| field.map_or(0.0, |at| self.field(at, pair, table, left));
        sum + in_order.max(f64::from(bounds.swapped[s]) - now(at.given) - now(at.family))
    }
}
