//! What agreement on both names loses among strangers: given and family name go together, since people of one tradition share
//! parts of both. Strangers called alike in both are counted, and where they are more than the shares of their names foretell,
//! the pair loses that much.

use super::fields::Kind;
use super::fields::Spec;
use super::learn::{APART, Evidence, Learner, Shares};
use super::model::{CalledAlike, Model, Stratum};
use crate::people::compare::{family_name, given_name};
use crate::people::model::grain;

/// So many pairs foretold weigh against those that were met: few pairs say nothing.
const PULL: f64 = 12.0;

/// By levels of given and family name, in bits, none above 0.
#[derive(Debug, Clone, Default)]
pub struct Alike([[f64; 16]; 16]);

impl Alike {
    /// What a model says.
    pub fn of(model: &Model, specs: &[Spec]) -> Self {
        let mut alike = Self::default();
        let level = |kind: Kind, name: &str| {
            let spec = specs.iter().find(|spec| spec.kind == kind)?;
            spec.levels.iter().position(|level| level.name == name)
        };
        for one in &model.alike {
            if let (Some(given), Some(family)) = (
                level(Kind::Given, &one.given),
                level(Kind::Family, &one.family),
            ) {
                alike.0[given][family] = grain(one.weight.min(0.0));
            }
        }
        alike
    }

    /// What a pair of a stratum loses, by the levels of given and family name.
    pub fn of_pair(&self, stratum: Stratum, levels: Option<(usize, usize)>) -> f64 {
        match levels {
            Some((given, family)) if stratum == Stratum::Apart => self.0[given][family],
            _ => 0.0,
        }
    }

    /// The same, as a model keeps it.
    pub(super) fn told(&self) -> Vec<CalledAlike> {
        let (given, family) = (given_name::LEVELS, family_name::LEVELS);
        let mut told = Vec::new();
        for (at, row) in self.0.iter().enumerate().take(given.len()) {
            for (other, weight) in row.iter().enumerate().take(family.len()) {
                if *weight < 0.0 {
                    told.push(CalledAlike {
                        given: given[at].name.to_owned(),
                        family: family[other].name.to_owned(),
                        weight: *weight,
                    });
                }
            }
        }
        told
    }
}

impl Learner<'_> {
    /// What fits best; `met` are the strangers that keys bring together.
    pub(super) fn alike(&self, shares: &Shares, met: &[[f64; 16]; 16], from: &Evidence) -> Alike {
        let mut alike = Alike::default();
        let position = &self.comparer.position;
        let (Some(given_at), Some(family_at)) = (position.given, position.family) else {
            return alike;
        };
        let pairs: f64 = from.apart.iter().sum();
        let names = given_name::SAME..given_name::SWAPPED;
        let same_family = family_name::SAME..family_name::SWAPPED;
        for (given, met) in met.iter().enumerate().filter(|(at, _)| names.contains(at)) {
            for (family, met) in met
                .iter()
                .enumerate()
                .filter(|(at, _)| same_family.contains(at))
            {
                let share = shares.u[APART][given_at][given] * shares.u[APART][family_at][family];
                let foretold = pairs * from.part * share;
                let more = (met + PULL) / (foretold + PULL);
                alike.0[given][family] = grain(-more.log2()).min(0.0);
            }
        }
        alike
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::fields::fields;
    use crate::people::scale::sample;

    #[test]
    fn what_a_model_keeps_is_what_strangers_lose() {
        let mut roster = sample::roster(&["gp:1", "gp:2"]);
        roster.given = sample::column(&["Wei Ming", "Wei Jun"]);
        roster.family = sample::column(&["Tan", "Tan"]);
        let mut model = sample::model();
        let one = |weight: f64| CalledAlike {
            given: given_name::LEVELS[given_name::ONE_OF].name.to_owned(),
            family: family_name::LEVELS[family_name::SAME].name.to_owned(),
            weight,
        };
        let levels = Some((given_name::ONE_OF, family_name::SAME));
        for (kept, lost) in [(-3.5, -3.5), (2.0, 0.0)] {
            model.alike = vec![one(kept)];
            let alike = Alike::of(&model, &fields(&roster));
            assert_eq!(alike.of_pair(Stratum::Apart, levels), lost);
            assert_eq!(alike.of_pair(Stratum::Together, levels), 0.0);
            assert_eq!(alike.of_pair(Stratum::Apart, None), 0.0);
        }
    }
}
