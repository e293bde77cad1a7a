//! In how many fields two records of one person do not agree. A badly written record is wrong in several, a well written one in
//! none, and some files hold nobody twice without a mistake: the fields one by one do not foretell it. So it is learnt beside
//! them, and a pair gains or loses by it.

use std::collections::BTreeMap;

use super::compare::{Pattern, level_of};
use super::fields::{Kind, Spec};
use super::learn::{Learner, Shares};
use super::model::Stratum;
use super::shares::agrees;
use super::weigh::Seen;
use crate::model::person::Agreement::{Close, Differ};
use crate::people::compare::{family_name, given_name};
use crate::people::model::grain;

/// From so many fields on, more make no difference.
const MANY: usize = 6;
/// So many pairs do the fields, taken one by one, weigh against what was counted.
const PULL: f64 = 50.0;
/// No pair gains or loses more by this, in bits.
pub const MOST: f64 = 1.5;

/// By in how many fields a pair does not agree, what it gains or loses, in bits.
pub type ByCount = [f64; MANY + 1];

/// What a model keeps; what it does not know is worth nothing.
pub fn told(kept: &[f64]) -> ByCount {
    std::array::from_fn(|count| grain(kept.get(count).copied().unwrap_or(0.0)))
}

/// In how many fields a pair does not agree, in words.
pub fn phrase(count: usize) -> String {
    match count {
        0 => "all that are known agree".to_owned(),
        1 => "one field does not agree".to_owned(),
        MANY => format!("{MANY} fields or more do not agree"),
        _ => format!("{count} fields do not agree"),
    }
}

/// By field the levels on which it does not agree, a bit each; none where it does not count.
#[derive(Debug, Clone, Default)]
pub struct Counted(Vec<u16>);

impl Counted {
    /// Names, dates of birth, sexes, numbers, e-mail addresses and further texts count. Homes and telephone numbers do not: who
    /// moves has not been written down wrongly; nor do swapped names, which differ in one thing and not in two.
    pub fn of(specs: &[Spec]) -> Self {
        let swapped = |kind: Kind| match kind {
            Kind::Given => Some(given_name::SWAPPED),
            Kind::Family => Some(family_name::SWAPPED),
            _ => None,
        };
        let levels = specs.iter().map(|spec| match spec.kind {
            Kind::Order | Kind::Postcode | Kind::Address | Kind::Phone => 0,
            kind => (1..spec.levels.len())
                .filter(|at| matches!(spec.levels[*at].agreement, Close | Differ))
                .filter(|at| !agrees(spec, *at))
                .filter(|at| Some(*at) != swapped(kind))
                .fold(0, |levels, at| levels | 1 << at),
        });
        Self(levels.collect())
    }

    /// What a pair of a stratum gains or loses.
    pub fn of_pair(&self, worth: &ByCount, stratum: Stratum, pattern: Pattern) -> f64 {
        if counts_in(stratum) {
            worth[self.count(pattern)]
        } else {
            0.0
        }
    }

    /// In how many fields a pair does not agree, [`MANY`] at most.
    pub fn count(&self, pattern: Pattern) -> usize {
        let mut rest = pattern;
        let mut count = 0;
        for levels in &self.0 {
            count += usize::from(levels >> (rest as u16 & 15) & 1);
            rest >>= 4;
        }
        count.min(MANY)
    }

    /// The fields that count and that both records have, a bit each.
    fn known(&self, pattern: Pattern) -> u32 {
        let fields = self.0.iter().enumerate();
        fields.fold(0, |known, (at, levels)| {
            let is_known = *levels != 0 && level_of(pattern, at) != 0;
            known | u32::from(is_known) << at
        })
    }
}

/// Whether it counts in a stratum: twins and kin are such by what agrees.
fn counts_in(stratum: Stratum) -> bool {
    matches!(
        stratum,
        Stratum::Apart | Stratum::Namesakes | Stratum::Together
    )
}

/// Pairs believed to be one person.
#[derive(Debug, Clone, Default)]
pub struct Met {
    /// By in how many fields they do not agree.
    by_count: ByCount,
    /// By stratum and the fields that both records have.
    by_known: BTreeMap<(usize, u32), f64>,
}

impl Met {
    /// Adds pairs.
    pub fn add(&mut self, counted: &Counted, seen: &Seen, pairs: f64) {
        if counts_in(seen.stratum) {
            self.by_count[counted.count(seen.pattern)] += pairs;
            let key = (seen.stratum as usize, counted.known(seen.pattern));
            *self.by_known.entry(key).or_insert(0.0) += pairs;
        }
    }

    /// How many of them the fields, taken one by one, foretell to disagree in so many; `damaged` is by stratum and field how
    /// often one does.
    fn foretold(&self, damaged: impl Fn(usize, usize) -> f64) -> ByCount {
        let mut foretold = ByCount::default();
        for ((stratum, known), pairs) in &self.by_known {
            let mut by_count = ByCount::default();
            by_count[0] = *pairs;
            for at in (0..u32::BITS as usize).filter(|at| known >> at & 1 == 1) {
                let share = damaged(*stratum, at);
                for count in (0..MANY).rev() {
                    let more = by_count[count] * share;
                    by_count[count] -= more;
                    by_count[count + 1] += more;
                }
            }
            foretold
                .iter_mut()
                .zip(by_count)
                .for_each(|(sum, pairs)| *sum += pairs);
        }
        foretold
    }
}

impl Learner<'_> {
    /// What fits best the pairs that were believed in.
    pub(super) fn damage(&self, shares: &Shares, counted: &Counted, met: &Met) -> ByCount {
        let damaged = |stratum: usize, at: usize| {
            let of = &shares.m[stratum][at];
            let levels = 1..self.comparer.fields[at].levels.len();
            let all: f64 = levels.clone().map(|level| of[level]).sum();
            let is_damage = |level: &usize| counted.0[at] >> level & 1 == 1;
            let damaged: f64 = levels.filter(is_damage).map(|level| of[level]).sum();
            damaged / all.max(f64::MIN_POSITIVE)
        };
        let foretold = met.foretold(damaged);
        std::array::from_fn(|count| {
            let more = (met.by_count[count] + PULL) / (foretold[count] + PULL);
            grain(more.log2().clamp(-MOST, MOST))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::watch::Unwatched;
    use crate::people::compare::date_of_birth;
    use crate::people::scale::fields::{TEXT_SAME, fields};
    use crate::people::scale::{Options, link, sample};

    fn counted() -> (Counted, Vec<Spec>) {
        let mut roster = sample::roster(&["gp:1", "gp:2"]);
        roster.given = sample::column(&["Ann", "Bob"]);
        roster.family = sample::column(&["Ng", "Ng"]);
        roster.birth = sample::column(&["2001-01-02", "2001-01-02"]);
        roster.postcode = sample::column(&["AB1 2CD", "AB1 2CD"]);
        roster.further = vec![("town".to_owned(), sample::column(&["Ely", "Ely"]))];
        let specs = fields(&roster);
        (Counted::of(&specs), specs)
    }

    /// The levels of given name, family name, date of birth, postcode and town.
    fn pattern(specs: &[Spec], levels: [usize; 5]) -> Pattern {
        let kinds = [
            Kind::Given,
            Kind::Family,
            Kind::Birth,
            Kind::Postcode,
            Kind::Text(0),
        ];
        kinds.iter().zip(levels).fold(0, |all, (kind, level)| {
            let at = specs.iter().position(|spec| spec.kind == *kind).unwrap();
            all | (level as Pattern) << (4 * at)
        })
    }

    #[test]
    fn fields_that_differ_or_are_close_count_and_homes_blanks_and_swapped_names_do_not() {
        let (counted, specs) = counted();
        let different = [
            given_name::DIFFERENT,
            family_name::DIFFERENT,
            date_of_birth::DIFFERENT,
        ];
        let [given, family, born] = different;
        let swapped = [given_name::SWAPPED, family_name::SWAPPED];
        for (levels, count) in [
            ([1, 1, 1, 1, TEXT_SAME], 0),
            ([0, 0, 0, 0, 0], 0),
            ([swapped[0], swapped[1], 1, 1, 1], 0),
            ([1, 1, 1, 4, 1], 0),
            ([given_name::CLOSE, 1, 1, 1, 1], 1),
            ([given, family, born, 4, 5], 4),
        ] {
            assert_eq!(counted.count(pattern(&specs, levels)), count, "{levels:?}");
        }
        let all = pattern(&specs, [given, family, born, 4, 5]);
        let worth = std::array::from_fn(|count| count as f64);
        assert_eq!(counted.of_pair(&worth, Stratum::Together, all), 4.0);
        assert_eq!(counted.of_pair(&worth, Stratum::Twins, all), 0.0);
    }

    #[test]
    fn the_fields_one_by_one_foretell_what_chance_would_make_of_them() {
        let mut met = Met::default();
        met.by_known.insert((0, 0b11), 100.0);
        met.by_known.insert((0, 0b01), 10.0);
        let foretold = met.foretold(|_, at| [0.5, 0.2][at]);
        let wanted = [100.0 * 0.4 + 5.0, 100.0 * 0.5 + 5.0, 10.0];
        for (found, wanted) in foretold.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-9, "{foretold:?}");
        }
    }

    #[test]
    fn where_everyone_is_written_down_with_one_mistake_one_field_that_differs_speaks_for_a_pair() {
        let roster =
            sample::two_agencies(400, |is_second, at, [given, family, birth]| match at % 3 {
                _ if !is_second => {}
                0 => given.push('q'),
                1 => family.push('w'),
                _ => {
                    let year = birth[..4].parse::<usize>().unwrap() + 1;
                    birth.replace_range(..4, &year.to_string());
                }
            });
        let linked = link(&roster, &Options::default(), &Unwatched).unwrap();
        let worth = told(&linked.model.damage);
        assert!(worth[0] < -0.5 && worth[1] > 0.5, "{worth:?}");
        assert!((0..400).all(|at| linked.person[400 + at] == at as u32));
    }
}
