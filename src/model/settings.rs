//! What a picture is computed for: dates, recipient, purpose, thresholds. Given by `case.toml`, the command line or the screen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::basis::Jurisdiction;
use super::date::Day;
use super::id::AgencyId;
use super::phrase::Phrase;
use super::words::{AgencyKind, Threshold};

/// What `case.toml` says, as far as it was given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// The case's title.
    pub title: String,
    /// The agency whose analyst is at the terminal.
    pub own_agency: Option<AgencyId>,
    /// The date at which basis, ages, gaps and flags are judged.
    pub as_of: Option<Day>,
    /// Whose law.
    pub jurisdiction: Option<Jurisdiction>,
    /// How to read 03/04/2025.
    pub day_first: Option<bool>,
    /// For whom `build` and `flags` judge.
    pub recipient: Option<Recipient>,
    /// For what.
    pub purpose: Option<Threshold>,
    /// The period: first and last day.
    pub period: Option<(Day, Day)>,
    /// Thresholds of flags by name.
    pub thresholds: BTreeMap<String, f64>,
    /// Facts a month that the hub expects of an agency kind, and where that comes from.
    pub expected_rate: BTreeMap<String, (f64, String)>,
    /// The hub's own codes of lawful bases.
    pub vocabulary: Option<OwnVocabulary>,
    /// The paths under the folder of the hub's own mapping files.
    pub mappings: BTreeSet<String>,
}

/// A hub's own file of codes, which `case.toml` names: what an agency puts among its exports never sets who may see what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnVocabulary {
    /// Its path under the folder.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Config {
    /// The text of the hub's own file of codes, if there is one.
    pub fn own_codes(&self) -> Option<&str> {
        self.vocabulary.as_ref().map(|own| own.text.as_str())
    }
}

/// For whom something is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Recipient {
    /// One agency.
    Agency(AgencyId),
    /// Any agency of this kind.
    Kind(AgencyKind),
    /// The family.
    Family,
}

impl Recipient {
    /// The recipient as a command line names it.
    pub fn who(&self) -> &str {
        match self {
            Self::Agency(id) => id.as_str(),
            Self::Kind(kind) => kind.phrase(),
            Self::Family => "family",
        }
    }
}

/// What is done with two records of one agency that have different local ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum WithinSource {
    /// Compared like any pair.
    Link,
    /// Compared like any pair, never more than a review.
    #[default]
    Review,
    /// Not compared.
    Never,
}

/// What a picture is computed for.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The date at which everything is judged; `None`: the latest date in the exports.
    pub as_of: Option<Day>,
    /// For whom; `None`: within the partnership.
    pub recipient: Option<Recipient>,
    /// For what.
    pub purpose: Option<Threshold>,
    /// First and last day; `None`: the whole period, undated facts too.
    pub period: Option<(Day, Day)>,
    /// The agency whose analyst is at the terminal.
    pub own_agency: Option<AgencyId>,
    /// Whose law; `None`: England if the basis codes fit, else the common part.
    pub jurisdiction: Option<Jurisdiction>,
    /// Thresholds of flags that differ from their defaults, by name.
    pub thresholds: BTreeMap<String, f64>,
    /// Probability from which a pair is linked.
    pub link_from: f64,
    /// Probability from which a pair is put to an analyst.
    pub review_from: f64,
    /// Pairs of records of one agency.
    pub within_source: WithinSource,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            as_of: None,
            recipient: None,
            purpose: None,
            period: None,
            own_agency: None,
            jurisdiction: None,
            thresholds: BTreeMap::new(),
            link_from: 0.99,
            review_from: 0.5,
            within_source: WithinSource::Review,
        }
    }
}

impl Settings {
    /// The settings that `case.toml` gives, defaults for the rest.
    pub fn of_config(config: &Config) -> Self {
        Self {
            as_of: config.as_of,
            recipient: config.recipient.clone(),
            purpose: config.purpose,
            period: config.period,
            own_agency: config.own_agency.clone(),
            jurisdiction: config.jurisdiction,
            thresholds: config.thresholds.clone(),
            ..Self::default()
        }
    }
}
