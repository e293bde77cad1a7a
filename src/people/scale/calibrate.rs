//! What files of known truth showed of the sums: pairs that lie around even, or below, are one person more often than the sum of
//! their bits says, since one mistake seldom comes alone, and each field counts it anew. Such a pair gains by that; those who look
//! like twins do not, since little is counted of them but how many there are.

use super::model::Stratum;
use crate::people::model::grain;

/// What a pair that is no more likely than not gains, in bits. Of 16 labelled files ten have a lower calibration error by it (.022
/// became .015 for a census, .023 became .015 for a damaged list), two the same, and four a higher one, by .003 at most; with a
/// whole bit four rise by .003 to .016.
pub const MOST: f64 = 0.5;
/// From so many bits on a pair gains nothing.
const FROM: f64 = 4.0;

/// What a pair of such a sum gains, in bits; the more it has, the less, yet never so that it would come below one that had less.
pub fn gain(stratum: Stratum, sum: f64) -> f64 {
    if stratum == Stratum::Twins {
        return 0.0;
    }
    grain(MOST * ((FROM - sum) / FROM).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_a_pair_has_the_less_it_gains_and_its_place_stays() {
        let gain = |sum| gain(Stratum::Together, sum);
        assert_eq!((gain(-9.0), gain(0.0)), (MOST, MOST));
        assert_eq!((gain(2.0), gain(4.0), gain(30.0)), (MOST / 2.0, 0.0, 0.0));
        let sums = (-80..80).map(|step| f64::from(step) / 10.0);
        let after: Vec<f64> = sums.map(|sum| sum + gain(sum)).collect();
        assert!(after.is_sorted_by(|one, next| one < next));
        assert_eq!(super::gain(Stratum::Twins, 0.0), 0.0);
    }
}
