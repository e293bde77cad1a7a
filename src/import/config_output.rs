//! What `case.toml` says of what is put out: for whom and over which time, the thresholds of the flags, and the rates expected.

use super::ImportError;
use super::config::{FileHelp, Section};
use super::config_value::Place;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::settings::{Config, Recipient};
use crate::model::words::{AgencyKind, Threshold};

/// Reads `[output]`, `[flags]` and `[expected_rate]`.
pub(super) fn read(
    top: &Section<'_>,
    help: &FileHelp,
    config: &mut Config,
) -> Result<(), ImportError> {
    if let Some(place) = top.get("output") {
        output(&place.section()?, help, config)?;
    }
    if let Some(place) = top.get("flags") {
        thresholds("", &place.section()?, config)?;
    }
    if let Some(place) = top.get("expected_rate") {
        rates(&place.section()?, help, config)?;
    }
    Ok(())
}

fn output(section: &Section<'_>, help: &FileHelp, config: &mut Config) -> Result<(), ImportError> {
    section.only(&["recipient", "purpose", "period"])?;
    if let Some(place) = section.get("recipient") {
        config.recipient = Some(recipient(&place, help)?);
    }
    if let Some(place) = section.get("purpose") {
        config.purpose = Some(place.word::<Threshold>("a purpose")?);
    }
    if let Some(place) = section.get("period") {
        config.period = Some(place.period()?);
    }
    Ok(())
}

/// An agency that is declared wins over a kind of the same word. Another id is let through as an agency: that there is
/// no such one is only known when all files are read.
fn recipient(place: &Place<'_>, help: &FileHelp) -> Result<Recipient, ImportError> {
    let text = place.text()?;
    if text.trim().is_empty() {
        return Err(place.wrong("blank", "an agency id, an agency kind, or \"family\""));
    }
    let id = AgencyId::new(&text);
    if help.agencies.iter().any(|agency| agency.id == id) {
        return Ok(Recipient::Agency(id));
    }
    Ok(match AgencyKind::read(&text) {
        Some(AgencyKind::Family) => Recipient::Family,
        Some(kind) => Recipient::Kind(kind),
        None => Recipient::Agency(id),
    })
}

/// `"late-recorded.days" = 7`, or the same without quotes, which TOML takes for a table in a table.
fn thresholds(before: &str, section: &Section<'_>, config: &mut Config) -> Result<(), ImportError> {
    for place in section.all() {
        let name = format!("{before}{}", place.key);
        if place.value.is_table() {
            thresholds(&format!("{name}."), &place.section()?, config)?;
        } else {
            config
                .thresholds
                .insert(name, place.not_negative("zero or more")?);
        }
    }
    Ok(())
}

fn rates(section: &Section<'_>, help: &FileHelp, config: &mut Config) -> Result<(), ImportError> {
    for place in section.all() {
        let id = AgencyId::new(place.key);
        let name = match AgencyKind::read(place.key) {
            Some(kind) => kind.phrase().to_owned(),
            None if help.agencies.iter().any(|agency| agency.id == id) => id.as_str().to_owned(),
            None => {
                return Err(place.wrong(
                    "no agency kind",
                    "a kind of section 4 of the formats page, such as health-visiting",
                ));
            }
        };
        let inner = place.section()?;
        inner.only(&["per_month", "source"])?;
        let (Some(rate), Some(source)) = (inner.get("per_month"), inner.get("source")) else {
            return Err(place.wrong(
                "not complete",
                "{ per_month = 0.5, source = \"where the figure comes from\" }",
            ));
        };
        let number = rate.not_negative("facts a month, zero or more")?;
        config.expected_rate.insert(name, (number, source.text()?));
    }
    Ok(())
}
