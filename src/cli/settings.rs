//! What a picture is computed for: what `case.toml` says, with what the command line says over it.

use super::failure::Failure;
use super::source::Source;
use crate::model::basis::Jurisdiction;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::settings::{Recipient, Settings};
use crate::model::supply::Supplied;
use crate::model::words::Threshold;
use crate::picture;
use crate::reliance::wrong_threshold;

/// What holds for these exports.
///
/// # Errors
/// When a recipient, a purpose, a place, an agency or a threshold is not known, or a threshold cannot be met.
pub fn of(source: &Source, supplied: &Supplied) -> Result<Settings, Failure> {
    let mut settings = Settings::of_config(&supplied.config);
    if let Some(day) = source.as_of {
        settings.as_of = Some(day);
    }
    if let Some(agency) = &source.own_agency {
        settings.own_agency = Some(known_agency(agency, supplied)?);
    }
    if let Some(place) = &source.jurisdiction {
        settings.jurisdiction = Some(read_jurisdiction(place)?);
    }
    if let Some(recipient) = &source.recipient {
        settings.recipient = Some(read_recipient(recipient, supplied)?);
    } else if let Some(Recipient::Agency(agency)) = &settings.recipient {
        known_agency(agency.as_str(), supplied)?;
    }
    if let Some(purpose) = &source.purpose {
        settings.purpose = Some(read_purpose(purpose)?);
    }
    match wrong_threshold(&settings) {
        Some((problem, hint)) => Err(Failure::new(format!("case.toml, [flags]: {problem}"), hint)),
        None => Ok(settings),
    }
}

/// A purpose by its name.
///
/// # Errors
/// When there is none of this name.
pub fn read_purpose(purpose: &str) -> Result<Threshold, Failure> {
    Threshold::read(purpose).ok_or_else(|| {
        let known: Vec<&str> = Threshold::PHRASES
            .iter()
            .map(|(_, phrase, _)| *phrase)
            .collect();
        Failure::new(
            format!("--purpose {purpose}: this purpose is not known"),
            format!("use one of: {}", known.join(", ")),
        )
    })
}

fn known_agency(agency: &str, supplied: &Supplied) -> Result<AgencyId, Failure> {
    let id = AgencyId::new(agency);
    if supplied.agency(&id).is_some() {
        return Ok(id);
    }
    let known: Vec<&str> = supplied
        .agencies
        .iter()
        .map(|agency| agency.id.as_str())
        .collect();
    Err(Failure::new(
        format!("{agency}: no agency of these exports has this id"),
        format!("use one of: {}", known.join(", ")),
    ))
}

fn read_jurisdiction(place: &str) -> Result<Jurisdiction, Failure> {
    Jurisdiction::read(place).ok_or_else(|| {
        let known: Vec<&str> = Jurisdiction::PHRASES
            .iter()
            .map(|(_, phrase, _)| *phrase)
            .collect();
        Failure::new(
            format!("--jurisdiction {place}: this place is not known"),
            format!("use one of: {}", known.join(", ")),
        )
    })
}

fn read_recipient(who: &str, supplied: &Supplied) -> Result<Recipient, Failure> {
    picture::recipient(who, supplied).ok_or_else(|| {
        let known: Vec<&str> = supplied
            .agencies
            .iter()
            .map(|agency| agency.id.as_str())
            .collect();
        let hint = format!(
            "use family, an agency kind such as school, or an agency: {}",
            known.join(", ")
        );
        Failure::new(
            format!("--recipient {who}: nobody of this name is known, so nothing is shown"),
            hint,
        )
    })
}
