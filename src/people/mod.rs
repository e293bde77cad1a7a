//! Works out which records are the same individual, and explains each link.

use crate::model::decision::Decision;
use crate::model::person::People;
use crate::model::settings::Settings;
use crate::model::supply::Supplied;

/// Resolves the records of a case into persons.
pub fn resolve(_supplied: &Supplied, _decisions: &[Decision], _settings: &Settings) -> People {
    People::default()
}

/// The fields compared, in the order of the columns of `matches.csv`.
pub const FIELDS: &[&str] = &[];
