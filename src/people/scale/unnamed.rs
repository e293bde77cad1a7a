//! Two of one home and birthday of whom one's given name is not known: they may be twins for all one knows. Twins who are called
//! are counted apart from others of a home (`stratum`), so that these seem to share no birthday; what agreement on it is worth
//! where a given name is missing is lowered by how many twins there are.

use super::compare::{Pattern, level_of};
use super::fields::Positions;
use super::learn::{Learner, Shares, TOGETHER};
use super::model::Stratum;
use super::rounds::Found;
use crate::people::compare::{address, date_of_birth, phone, postcode};
use crate::people::model::grain;

/// The levels of one birthday.
const ONE_DAY: [usize; 2] = [date_of_birth::SAME, date_of_birth::SAME_JANUARY];

/// What a pair gains by it, 0 or less, of the bits that a model takes off such pairs.
pub fn of_pair(bits: f64, at: &Positions, stratum: Stratum, pattern: Pattern) -> f64 {
    let level = |field: Option<usize>| field.map_or(0, |at| level_of(pattern, at));
    let may_be_twins =
        stratum == Stratum::Together && level(at.given) == 0 && ONE_DAY.contains(&level(at.birth));
    if may_be_twins { bits } else { 0.0 }
}

/// Whether two that look like twins share a home.
pub fn are_at_home(at: &Positions, pattern: Pattern) -> bool {
    let is =
        |field: Option<usize>, same: usize| field.is_some_and(|at| level_of(pattern, at) == same);
    is(at.address, address::SAME) || is(at.phone, phone::SAME) || is(at.postcode, postcode::SAME)
}

impl Learner<'_> {
    /// What such pairs lose, in bits, 0 or less; agreement never becomes evidence against.
    pub(super) fn unnamed(&self, shares: &Shares, found: &Found) -> f64 {
        let Some(birth) = self.comparer.position.birth else {
            return 0.0;
        };
        let at_home =
            found.met[TOGETHER].iter().sum::<f64>() - found.believed[TOGETHER].iter().sum::<f64>();
        let sum = |of: &[f64; 16]| ONE_DAY.iter().map(|level| of[*level]).sum::<f64>();
        let m = sum(&shares.m[TOGETHER][birth]);
        let u = sum(&shares.u[TOGETHER][birth]);
        lost((m, u), found.twins_at_home, at_home)
    }
}

/// The bits lost where m and u are those of one birthday, and of people of a home so many pairs are twins, and others.
fn lost((m, u): (f64, f64), twins: f64, others: f64) -> f64 {
    let share = twins / (twins + others + 1.0);
    -grain(((u + share) / u).log2().min((m / u).log2()).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::compare::given_name;

    #[test]
    fn the_more_twins_there_are_the_less_a_birthday_tells_of_one_who_is_not_named() {
        let lost = |twins| lost((0.8, 0.01), twins, 999.0);
        assert_eq!(lost(0.0), 0.0);
        // one in a hundred: as many as share a birthday by chance
        assert!((lost(10.0) + 1.0).abs() < 0.02, "{}", lost(10.0));
        assert!(lost(30.0) < lost(10.0));
        // agreement is no evidence against
        assert_eq!(lost(1e9), -grain(80_f64.log2()));
    }

    #[test]
    fn only_those_of_one_home_and_birthday_lose_of_whom_a_given_name_is_not_known() {
        let at = Positions {
            given: Some(0),
            birth: Some(1),
            address: Some(2),
            ..Positions::default()
        };
        let of = |stratum, given: usize, born: usize| {
            let pattern = given as Pattern | (born as Pattern) << 4 | 1 << 8;
            assert!(are_at_home(&at, pattern));
            of_pair(-2.0, &at, stratum, pattern)
        };
        let home = Stratum::Together;
        assert_eq!(of(home, 0, date_of_birth::SAME), -2.0);
        assert_eq!(of(home, 0, date_of_birth::SAME_JANUARY), -2.0);
        assert_eq!(of(home, given_name::SAME, date_of_birth::SAME), 0.0);
        assert_eq!(of(home, 0, date_of_birth::DIFFERENT), 0.0);
        assert_eq!(of(home, 0, 0), 0.0);
        assert_eq!(of(Stratum::Apart, 0, date_of_birth::SAME), 0.0);
    }
}
