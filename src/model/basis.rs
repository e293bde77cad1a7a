//! The vocabulary of lawful bases and consent: data files, one a jurisdiction, under `model/basis/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::Day;
use super::phrase::{Phrase, fold};
use super::words::{AgencyKind, ConsentState, Handling, Told};

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: Vec<BasisCode>,
    #[serde(default)]
    ambiguous: Vec<String>,
}

/// The codes that apply in one jurisdiction: the common part and its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    codes: BTreeMap<String, BasisCode>,
    /// Folded spelling to code.
    read_as: BTreeMap<String, String>,
    /// Folded spellings that nobody can read one way ("No consent").
    ambiguous: Vec<String>,
}

const COMMON: &str = include_str!("basis/common.toml");
const ENGLAND: &str = include_str!("basis/england.toml");
const NSW: &str = include_str!("basis/nsw.toml");

/// The data files shipped: each jurisdiction that has codes of its own.
const SHIPPED: [(Jurisdiction, &str); 2] =
    [(Jurisdiction::England, ENGLAND), (Jurisdiction::Nsw, NSW)];

impl Vocabulary {
    /// The vocabulary of a jurisdiction: the common part, and its own codes where they are shipped.
    ///
    /// # Errors
    /// The text of the fault when a data file cannot be read (a test reads all that are shipped).
    pub fn of(jurisdiction: Jurisdiction) -> Result<Self, String> {
        let own = SHIPPED
            .iter()
            .filter(|(place, _)| *place == jurisdiction)
            .map(|(_, text)| *text);
        Self::from_toml(jurisdiction, std::iter::once(COMMON).chain(own))
    }

    /// Puts a vocabulary together from the text of data files; a later file overlays an earlier one, code by code.
    pub fn from_toml<'a>(
        jurisdiction: Jurisdiction,
        files: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, String> {
        let mut vocabulary = Self {
            jurisdiction,
            codes: BTreeMap::new(),
            read_as: BTreeMap::new(),
            ambiguous: Vec::new(),
        };
        for text in files {
            let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
            for code in file.code {
                for spelling in code.read_as.iter().chain([&code.code, &code.label]) {
                    vocabulary.read_as.insert(fold(spelling), code.code.clone());
                }
                for word in &code.handling {
                    Handling::read(word)
                        .ok_or_else(|| format!("{}: `{word}` is no handling", code.code))?;
                }
                for word in &code.recipient_kinds {
                    AgencyKind::read(word)
                        .ok_or_else(|| format!("{}: `{word}` is no agency kind", code.code))?;
                }
                vocabulary.codes.insert(code.code.clone(), code);
            }
            vocabulary
                .ambiguous
                .extend(file.ambiguous.iter().map(|spelling| fold(spelling)));
        }
        Ok(vocabulary)
    }

    /// Finds a code by its printed name.
    pub fn code(&self, code: &str) -> Option<&BasisCode> {
        self.codes.get(code)
    }

    /// All codes, by name.
    pub fn codes(&self) -> impl Iterator<Item = &BasisCode> {
        self.codes.values()
    }

    /// Reads one spelling of a basis cell: the code, or `None` when it is ambiguous or not known.
    pub fn read(&self, spelling: &str) -> Option<&BasisCode> {
        let folded = fold(spelling);
        if self.ambiguous.contains(&folded) {
            return None;
        }
        self.read_as
            .get(&folded)
            .and_then(|code| self.codes.get(code))
    }

    /// Whether the spelling is one that can be read in two ways.
    pub fn is_ambiguous(&self, spelling: &str) -> bool {
        self.ambiguous.contains(&fold(spelling))
    }

    /// The labels of codes, joined by `|`; a code that is not in the vocabulary stands for itself.
    pub fn labels<S: AsRef<str>>(&self, codes: &[S]) -> String {
        let labels: Vec<&str> = codes
            .iter()
            .map(|code| {
                self.code(code.as_ref())
                    .map_or(code.as_ref(), |c| c.label.as_str())
            })
            .collect();
        labels.join("|")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vocabularies_are_read() {
        for place in [Jurisdiction::England, Jurisdiction::Nsw, Jurisdiction::None] {
            let vocabulary = Vocabulary::of(place).unwrap();
            assert!(
                vocabulary
                    .code(NOT_RECORDED)
                    .is_some_and(|code| !code.is_ground)
            );
            assert!(
                vocabulary.is_ambiguous("No consent"),
                "nobody knows whether it is refused or not asked"
            );
        }
    }

    #[test]
    fn no_spelling_is_read_in_two_ways() {
        for place in [Jurisdiction::England, Jurisdiction::Nsw, Jurisdiction::None] {
            let vocabulary = Vocabulary::of(place).unwrap();
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for code in vocabulary.codes() {
                let spellings = code.read_as.iter().chain([&code.code, &code.label]);
                for folded in spellings.map(|spelling| fold(spelling)) {
                    assert!(!vocabulary.is_ambiguous(&folded), "{folded}: {}", code.code);
                    let other = seen.insert(folded.clone(), &code.code);
                    assert!(
                        other.is_none_or(|o| o == code.code),
                        "{folded}: {other:?} and {}",
                        code.code
                    );
                }
            }
        }
    }

    #[test]
    fn spellings_of_agencies_are_read_as_codes() {
        let table = [
            (Jurisdiction::England, "s47", Some("E-S47")),
            (Jurisdiction::England, "Section 47", Some("E-S47")),
            (Jurisdiction::England, "GDPR 6(1)(e)", Some("L6-E")),
            (Jurisdiction::England, "UK GDPR 6(1)(e)", Some("L6-E")),
            (Jurisdiction::England, "public task", Some("L6-E")),
            (Jurisdiction::England, "s29", Some("E-CRX")),
            (Jurisdiction::England, "DPA 1998 s29(3)", Some("E-CRX")),
            (Jurisdiction::England, "l9_g18", Some("L9-G18")),
            (Jurisdiction::England, "Verbal consent", Some("C-VRB")),
            (Jurisdiction::England, "written consent", Some("C-EXP")),
            (Jurisdiction::England, "Yes", Some("C-GVN")),
            (Jurisdiction::England, "CG", Some("C-GVN")),
            (Jurisdiction::England, "NZ-66", None),
            (Jurisdiction::England, "16A", None),
            (Jurisdiction::Nsw, "Chapter 16A", Some("NSW-16A")),
            (Jurisdiction::Nsw, "16A on request", Some("NSW-16A-R")),
            (Jurisdiction::Nsw, "ROSH", Some("NSW-ROSH")),
            (Jurisdiction::Nsw, "s47", None),
        ];
        for (place, spelling, code) in table {
            let vocabulary = Vocabulary::of(place).unwrap();
            let read = vocabulary.read(spelling).map(|read| read.code.as_str());
            assert_eq!(read, code, "{spelling} in {place:?}");
        }
        let common = Vocabulary::of(Jurisdiction::None).unwrap();
        for spelling in [
            "No",
            "N",
            "no consent",
            "Without consent",
            "Information shared without consent",
        ] {
            assert!(
                common.is_ambiguous(spelling) && common.read(spelling).is_none(),
                "{spelling}"
            );
        }
    }

    #[test]
    fn every_code_of_the_field_is_there() {
        let england = "C-EXP C-VRB C-IMP C-CHD C-PRX C-LTD C-SVC C-PEN C-REF C-WDN C-XPD C-NAS C-NRQ C-UNK N-CNG N-CRE N-RSK \
            N-OVR N-THR L6-A L6-C L6-D L6-E L6-EA-SG L6-EA-PT L6-EA-CR L6-F L9-A L9-C L9-G18 L9-G6 L9-H L10-CR X-RLI2 \
            E-ISD E-ISD-NOT E-S17 E-S47 E-S10 E-S11 E-CIC E-CRT E-CLC E-CDA115 E-CRX E-MAPPA E-MARAC E-CPIS PRI-OVR U-NR \
            U-MAP U-NA";
        let nsw = "NSW-CON NSW-16A-V NSW-16A-R NSW-16A-X NSW-248-D NSW-248-F NSW-ROSH";
        for (place, codes) in [(Jurisdiction::England, england), (Jurisdiction::Nsw, nsw)] {
            let vocabulary = Vocabulary::of(place).unwrap();
            for code in codes.split_whitespace() {
                let found = vocabulary
                    .code(code)
                    .unwrap_or_else(|| panic!("{code} is missing"));
                assert!(
                    !found.label.is_empty() && found.meaning.ends_with('.'),
                    "{code}"
                );
            }
        }
    }
}
