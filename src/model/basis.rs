//! The vocabulary of lawful bases and consent: data files, one a jurisdiction, under `model/basis/`.

mod vocabulary;

pub use vocabulary::{Vocabulary, places_that_read};

use serde::{Deserialize, Serialize};

use super::date::Day;
use super::phrase::Phrase;
use super::words::{ConsentState, Told};

/// The code of an entry without a basis.
pub const NOT_RECORDED: &str = "U-NR";
/// The code of a basis that is not in the vocabulary; the cell is kept verbatim.
pub const NOT_MAPPED: &str = "U-MAP";

/// Where a vocabulary applies.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "kebab-case")]
pub enum Jurisdiction {
    /// England.
    England,
    /// Scotland.
    Scotland,
    /// Wales.
    Wales,
    /// New South Wales.
    Nsw,
    /// Victoria.
    Victoria,
    /// Queensland.
    Queensland,
    /// New Zealand.
    NewZealand,
    /// The common part alone.
    #[default]
    None,
}

impl Phrase for Jurisdiction {
    const PHRASES: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::England, "england", &["uk", "gb", "eng"]),
        (Self::Scotland, "scotland", &[]),
        (Self::Wales, "wales", &["cymru"]),
        (Self::Nsw, "nsw", &["new south wales"]),
        (Self::Victoria, "victoria", &["vic"]),
        (Self::Queensland, "queensland", &["qld"]),
        (Self::NewZealand, "new-zealand", &["nz", "aotearoa"]),
        (Self::None, "none", &[]),
    ];
}

/// Whether a basis rests on consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestsOnConsent {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It may: the consent cells of the entry decide.
    Either,
}

/// One code of the vocabulary.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the data file, as the field lists them"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisCode {
    /// The code, as printed.
    pub code: String,
    /// The label, as printed.
    pub label: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// Whether it rests on consent.
    pub rests_on_consent: RestsOnConsent,
    /// Whether the code, on its own, lets anything be shared. `C-REF`, `C-NAS`, `U-NR` and the like do not.
    #[serde(default = "yes")]
    pub is_ground: bool,
    /// Records that somebody decided not to share: nothing beside it makes the fact shareable.
    #[serde(default)]
    pub is_refusal: bool,
    /// A ground for sharing without consent (`N-…`), which is named beside a basis.
    #[serde(default)]
    pub is_no_consent_ground: bool,
    /// What the code says of the consent state when the cell is blank.
    #[serde(default)]
    pub consent_state: Option<ConsentStateName>,
    /// Whether the family knows, when the cell is blank.
    #[serde(default)]
    pub told: Option<ToldName>,
    /// The onward rules, when the cell is blank: phrases of `handling`.
    #[serde(default)]
    pub handling: Vec<String>,
    /// Whether it may be refused.
    #[serde(default)]
    pub may_be_refused: bool,
    /// Whether it may be withdrawn.
    #[serde(default)]
    pub may_be_withdrawn: bool,
    /// Whether it may expire.
    #[serde(default)]
    pub may_expire: bool,
    /// Whether a reason must be recorded (in the text, outcome or explanation of the entry).
    #[serde(default)]
    pub needs_reason: bool,
    /// Whether a no-consent ground must stand beside it.
    #[serde(default)]
    pub needs_no_consent_ground: bool,
    /// Whether it may be used by public authorities; `false` for recognised legitimate interests.
    #[serde(default = "yes")]
    pub public_bodies: bool,
    /// Agency kinds that it lets see the fact; empty: no limit by kind.
    #[serde(default)]
    pub recipient_kinds: Vec<String>,
    /// The first day on which it was law.
    #[serde(default)]
    pub from: Option<Day>,
    /// The last day on which it was law.
    #[serde(default)]
    pub until: Option<Day>,
    /// The law, as a label.
    #[serde(default)]
    pub law: String,
    /// Where the facts of this line come from.
    #[serde(default)]
    pub source: String,
    /// Other spellings that are read as this code, without regard to case, space, `_`, `-`.
    #[serde(default)]
    pub read_as: Vec<String>,
}

fn yes() -> bool {
    true
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident of $of:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name(pub $of);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                <$of>::read(&text).map(Self).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is none of the known words")))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.phrase())
            }
        }
    };
}

named!(
    /// A consent state, written as its phrase in the data file.
    ConsentStateName of ConsentState
);
named!(
    /// A told state, written as its phrase in the data file.
    ToldName of Told
);

#[cfg(test)]
mod tests;
