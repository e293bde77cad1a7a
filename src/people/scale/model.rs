//! The model of a run of `link`: m and u a level and stratum, priors, term frequencies, cut-off. It can be kept and used again.
//!
//! Pairs fall into strata by what they share: family name and date of birth, called differently, as twins are; a home
//! (address, telephone, household); given and family name and no home; a family name alone, as kin do; none of these. Each has its own m, u and prior, since relatives share what strangers do not, and
//! namesakes are more than the shares of their names foretell. Within a stratum the weight of a pair is a plain sum.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::person::Agreement;

/// The stratum of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stratum {
    /// They share neither home nor name.
    Apart,
    /// They share a home.
    Together,
    /// They share given and family name, and no home.
    Namesakes,
    /// Family name and date of birth are alike, and they are called differently, as twins are.
    Twins,
    /// They share a family name, but neither home nor given name nor date of birth, as kin do.
    Kin,
}

impl Stratum {
    /// All strata, in the order of their numbers.
    pub const ALL: [Self; 5] = [
        Self::Apart,
        Self::Together,
        Self::Namesakes,
        Self::Twins,
        Self::Kin,
    ];
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// In words.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Apart => "neither home nor name in common",
            Self::Together => "a home in common",
            Self::Namesakes => "given and family name in common, no home",
            Self::Twins => "family name and date of birth alike, called differently",
            Self::Kin => "family name in common, neither given name nor date of birth nor home",
        }
    }
}

impl Level {
    /// What it is worth in a stratum.
    pub fn share(&self, stratum: Stratum) -> Share {
        match stratum {
            Stratum::Apart => self.apart,
            Stratum::Together => self.together,
            Stratum::Namesakes => self.namesakes,
            Stratum::Twins => self.twins,
            Stratum::Kin => self.kin,
        }
    }
}

impl Model {
    /// The prior of a stratum.
    pub fn prior(&self, stratum: Stratum) -> Prior {
        match stratum {
            Stratum::Apart => self.prior_apart,
            Stratum::Together => self.prior_together,
            Stratum::Namesakes => self.prior_namesakes,
            Stratum::Twins => self.prior_twins,
            Stratum::Kin => self.prior_kin,
        }
    }
}

/// What a level is worth in one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Share of true pairs on the level.
    pub m: f64,
    /// Share of pairs of two persons on the level.
    pub u: f64,
}

/// One level of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// In words.
    pub name: String,
    /// How it reads at a glance.
    #[serde(with = "agreement")]
    pub agreement: Agreement,
    /// Pairs that share neither home nor name.
    pub apart: Share,
    /// Pairs that share a home.
    pub together: Share,
    /// Pairs that share given and family name, and no home.
    pub namesakes: Share,
    /// Pairs whose family names and dates of birth are alike, and who are called differently.
    pub twins: Share,
    /// Pairs that share a family name, but neither home nor given name nor date of birth.
    pub kin: Share,
}

/// What agreement on both names loses among strangers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalledAlike {
    /// The level of the given names.
    pub given: String,
    /// The level of the family names.
    pub family: String,
    /// In bits, below 0.
    pub weight: f64,
}

/// What agreement on a further column loses among strangers beside agreement on the family name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlikeText {
    /// The level of the family names.
    pub family: String,
    /// The level of the field.
    pub level: String,
    /// In bits, below 0.
    pub weight: f64,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The name, as in the columns of `matches.csv`, or the further column asked for.
    pub name: String,
    /// Whether m was learnt from this data; else it is the shipped one, and the notes say why.
    pub learnt: bool,
    /// The levels; the first is blank and says nothing.
    pub levels: Vec<Level>,
    /// The share of records with a value, for values that are more common than `floor`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub frequencies: BTreeMap<String, f64>,
    /// The share taken for every other value; 0 where frequency plays no part.
    #[serde(default)]
    pub floor: f64,
    /// What agreement on it loses among strangers whose family names agree: kin come from one place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<AlikeText>,
}

/// The probability of being one person before anything is compared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// Two records of two agencies.
    pub across: f64,
    /// Two records of one agency.
    pub within: f64,
}

/// What the model expects of itself at its cut-off, without having seen any truth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// Share of linked pairs that are true.
    pub precision: f64,
    /// Share of true pairs that are linked, of all that the blocking brings and the model can tell.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The program's version.
    pub version: String,
    /// What it was learnt from.
    pub learnt_from: String,
    /// Records that it was learnt from.
    pub records: u64,
    /// Pairs that share neither home nor name.
    pub prior_apart: Prior,
    /// Pairs that share a home.
    pub prior_together: Prior,
    /// Pairs that share given and family name, and no home.
    pub prior_namesakes: Prior,
    /// Pairs whose family names and dates of birth are alike, and who are called differently.
    pub prior_twins: Prior,
    /// Pairs that share a family name, but neither home nor given name nor date of birth.
    pub prior_kin: Prior,
    /// What agreement on both names loses among strangers, where people of one tradition share parts of both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<CalledAlike>,
    /// By in how many fields a pair does not agree (names, date of birth, sex, numbers, e-mail, further columns; the last: so many
    /// or more), what it gains or loses by that, in bits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<f64>,
    /// What pairs of one home and birthday lose where a given name is not known, since they may be twins; in bits, 0 or less.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub unnamed: f64,
    /// The fields compared.
    pub fields: Vec<Field>,
    /// The probability from which pairs are linked.
    pub threshold: f64,
    /// The share of linked pairs that may be two persons beyond what their probabilities say: its expectation is lowered by it.
    #[serde(default, skip_serializing_if = "is_none")]
    pub doubt: f64,
    /// What it expects at that cut-off.
    pub expected: Expected,
    /// What should be known: fields that could not be learnt, and why.
    pub notes: Vec<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the caller is derived")]
fn is_nothing(bits: &f64) -> bool {
    *bits == 0.0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the caller is derived")]
fn is_none(share: &f64) -> bool {
    *share <= 0.0
}

impl Expected {
    /// What is left of it where so large a share of the linked pairs may be two persons.
    #[must_use]
    pub fn doubted(self, doubt: f64) -> Self {
        let precision = self.precision * (1.0 - doubt.clamp(0.0, 1.0));
        let sum = precision + self.recall;
        let f1 = if sum > 0.0 {
            2.0 * precision * self.recall / sum
        } else {
            0.0
        };
        if doubt > 0.0 {
            Self {
                precision,
                f1,
                ..self
            }
        } else {
            self
        }
    }
}

/// Agreements are kept by their printed word.
mod agreement {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::model::person::Agreement;

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "the caller is derived")]
    pub fn serialize<S: Serializer>(of: &Agreement, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(of.phrase())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Agreement, D::Error> {
        let word = String::deserialize(from)?;
        [
            Agreement::Agree,
            Agreement::Close,
            Agreement::Differ,
            Agreement::Blank,
        ]
        .into_iter()
        .find(|one| one.phrase() == word)
        .ok_or_else(|| D::Error::custom(format!("`{word}` is no agreement")))
    }
}
