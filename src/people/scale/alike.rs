//! What agreement on both names loses among strangers: given and family name go together, since people of one tradition share
//! parts of both. Strangers called alike in both are counted, and where they are more than the shares of their names foretell,
//! the pair loses that much.

use rayon::prelude::*;

use super::compare::{Pattern, level_of};
use super::fields::{Kind, Positions, Spec, TEXT_LEVELS, TEXT_SAME, value_of};
use super::learn::{APART, Evidence, Learner, Shares};
use super::model::{AlikeText, CalledAlike, Model, Stratum};
use super::weigh::Seen;
use crate::people::compare::{family_name, given_name};
use crate::people::model::grain;

/// So many pairs foretold weigh against those that were met: few pairs say nothing.
const PULL: f64 = 12.0;

/// By levels of given and family name, in bits, none above 0.
#[derive(Debug, Clone, Default)]
pub struct Alike {
    /// By levels of given and family name.
    names: [[f64; 16]; 16],
    /// By further column: its field, and what is lost by levels of the family name and of the text.
    texts: Vec<(usize, [[f64; 16]; 16])>,
}

/// Strangers met, by levels: of given and family name, and, a further column each, of family name and text.
#[derive(Debug, Clone)]
pub struct Met {
    /// Given and family name.
    pub names: [[f64; 16]; 16],
    /// Family name and text.
    pub texts: Vec<[[f64; 16]; 16]>,
}

impl Met {
    /// None yet, of so many further columns.
    pub fn new(texts: usize) -> Self {
        Self {
            names: [[0.0; 16]; 16],
            texts: vec![[[0.0; 16]; 16]; texts],
        }
    }

    /// Adds pairs of strangers.
    pub fn add(&mut self, at: &Positions, seen: &Seen, pairs: f64) {
        if seen.stratum == Stratum::Apart
            && let Some((given, family)) = at.in_order(seen.pattern)
        {
            self.names[given][family] += pairs;
        }
        let shares_a_home = matches!(seen.stratum, Stratum::Together | Stratum::Twins);
        if let Some(family) = at.family.filter(|_| !shares_a_home) {
            let family = level_of(seen.pattern, family);
            for ((text, _), met) in at.texts.iter().zip(&mut self.texts) {
                met[family][level_of(seen.pattern, *text)] += pairs;
            }
        }
    }
}

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
                alike.names[given][family] = grain(one.weight.min(0.0));
            }
        }
        for (at, spec) in specs.iter().enumerate() {
            let Some(field) = model.fields.get(at) else {
                continue;
            };
            let mut lost = [[0.0; 16]; 16];
            for one in &field.alike {
                let text = spec.levels.iter().position(|level| level.name == one.level);
                if let (Some(family), Some(text)) = (level(Kind::Family, &one.family), text) {
                    lost[family][text] = grain(one.weight.min(0.0));
                }
            }
            if matches!(spec.kind, Kind::Text(_)) && !field.alike.is_empty() {
                alike.texts.push((at, lost));
            }
        }
        alike
    }

    /// What a pair of a stratum loses, by the levels of given and family name.
    pub fn of_pair(&self, stratum: Stratum, levels: Option<(usize, usize)>) -> f64 {
        match levels {
            Some((given, family)) if stratum == Stratum::Apart => self.names[given][family],
            _ => 0.0,
        }
    }

    /// What a pair of strangers loses by the levels of the family name and of one further column.
    pub fn of_text(&self, at: usize, family: Option<usize>, pattern: Pattern) -> f64 {
        let (Some(family), Some((_, lost))) =
            (family, self.texts.iter().find(|(field, _)| *field == at))
        else {
            return 0.0;
        };
        lost[level_of(pattern, family)][level_of(pattern, at)]
    }

    /// The same, of all further columns.
    pub fn of_texts(&self, family: Option<usize>, pattern: Pattern) -> f64 {
        let texts = self.texts.iter();
        texts
            .map(|(at, _)| self.of_text(*at, family, pattern))
            .sum()
    }

    /// What agreement on a further column loses, as a model keeps it.
    pub(super) fn told_of_text(&self, at: usize) -> Vec<AlikeText> {
        let mut told = Vec::new();
        let Some((_, lost)) = self.texts.iter().find(|(field, _)| *field == at) else {
            return told;
        };
        for (family, row) in lost.iter().enumerate().take(family_name::LEVELS.len()) {
            for (text, weight) in row.iter().enumerate().take(TEXT_LEVELS.len()) {
                if *weight < 0.0 {
                    told.push(AlikeText {
                        family: family_name::LEVELS[family].name.to_owned(),
                        level: TEXT_LEVELS[text].name.to_owned(),
                        weight: *weight,
                    });
                }
            }
        }
        told
    }

    /// The same, as a model keeps it.
    pub(super) fn told(&self) -> Vec<CalledAlike> {
        let (given, family) = (given_name::LEVELS, family_name::LEVELS);
        let mut told = Vec::new();
        for (at, row) in self.names.iter().enumerate().take(given.len()) {
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
    pub(super) fn alike(&self, shares: &Shares, met: &Met, from: &Evidence) -> Alike {
        let mut alike = Alike::default();
        let position = &self.comparer.position;
        let (Some(given_at), Some(family_at)) = (position.given, position.family) else {
            return alike;
        };
        let pairs: f64 = from.apart.iter().sum();
        alike.texts = self.texts_alike(shares, met, from, pairs * from.part);
        let names = given_name::SAME..given_name::SWAPPED;
        let same_family = family_name::SAME..family_name::SWAPPED;
        for (given, met) in met
            .names
            .iter()
            .enumerate()
            .filter(|(at, _)| names.contains(at))
        {
            for (family, met) in met
                .iter()
                .enumerate()
                .filter(|(at, _)| same_family.contains(at))
            {
                let share = shares.u[APART][given_at][given] * shares.u[APART][family_at][family];
                let foretold = pairs * from.part * share;
                let more = (met + PULL) / (foretold + PULL);
                alike.names[given][family] = grain(-more.log2()).min(0.0);
            }
        }
        alike
    }

    /// What agreement on a further column loses beside that on the family name: kin come from one place.
    fn texts_alike(
        &self,
        shares: &Shares,
        met: &Met,
        from: &Evidence,
        pairs: f64,
    ) -> Vec<(usize, [[f64; 16]; 16])> {
        let position = &self.comparer.position;
        let Some(family_at) = position.family else {
            return Vec::new();
        };
        let texts = position.texts.iter().zip(&met.texts).zip(&from.texts_known);
        texts
            .map(|(((at, _), met), known)| {
                let mut lost = [[0.0; 16]; 16];
                for family in family_name::SAME..family_name::SWAPPED {
                    for text in TEXT_SAME..TEXT_LEVELS.len() - 1 {
                        let share =
                            shares.u[APART][family_at][family] * shares.u[APART][*at][text] * known;
                        let more = (met[family][text] + PULL) / (pairs * share + PULL);
                        lost[family][text] = grain(-more.log2()).min(0.0);
                    }
                }
                (*at, lost)
            })
            .collect()
    }

    /// By further column, the share of pairs of records that both have it.
    pub(super) fn texts_known(&self) -> Vec<f64> {
        let table = self.comparer.table;
        let share = |(at, _): &(usize, usize)| {
            let kind = self.comparer.fields[*at].kind;
            let has = |record: &usize| value_of(table, kind, self.comparer.side(*record)) != 0;
            let known = (0..table.len()).into_par_iter().filter(has).count() as f64;
            (known / (table.len() as f64).max(1.0)).powi(2)
        };
        self.comparer.position.texts.iter().map(share).collect()
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
