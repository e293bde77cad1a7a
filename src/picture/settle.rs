//! Settles what the user left open: the as-of date, the own agency, the jurisdiction, the period.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::basis::{Jurisdiction, Vocabulary, places_that_read};
use crate::model::date::{Day, When, latest_but_a_lone_one};
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::settings::Settings;
use crate::model::supply::Supplied;
use crate::model::words::AgencyKind;

/// Gives the as-of date: the user's, else the latest date of the exports, leaving out one that lies over a year after all
/// others; never the clock's. Exports without any date give the first day of the common era, which is shown as such.
pub fn as_of(supplied: &Supplied, settings: &Settings) -> Day {
    if let Some(day) = settings.as_of.or(supplied.config.as_of) {
        return day;
    }
    latest_but_a_lone_one(dates(supplied)).unwrap_or_default()
}

/// The days of everything that happened, was written, received, asked, answered, decided or synchronised; each day of one row
/// once, so that a slip that was written twice is still one.
fn dates(supplied: &Supplied) -> Vec<Day> {
    let mut days = Vec::new();
    let mut take = |of_row: &[&When]| {
        let of_row: BTreeSet<Day> = of_row.iter().filter_map(|when| when.latest()).collect();
        days.extend(of_row);
    };
    for entry in &supplied.entries {
        take(&[&entry.when, &entry.recorded_on, &entry.received_on]);
    }
    for request in &supplied.requests {
        take(&[&request.asked_on, &request.answered_on]);
    }
    for coverage in &supplied.coverage {
        take(&[&coverage.last_synchronised]);
    }
    for citation in &supplied.citations {
        take(&[&citation.decided_on]);
    }
    days
}

/// Gives the own agency: the user's, else social care where exactly one such agency supplied something.
pub fn own_agency(supplied: &Supplied, settings: &Settings) -> Option<AgencyId> {
    settings
        .own_agency
        .clone()
        .or_else(|| supplied.config.own_agency.clone())
        .or_else(|| {
            let mut social_care = supplied
                .agencies
                .iter()
                .filter(|agency| agency.supplied && agency.kind == AgencyKind::SocialCare);
            match (social_care.next(), social_care.next()) {
                (Some(agency), None) => Some(agency.id.clone()),
                _ => None,
            }
        })
}

/// Gives the jurisdiction: the user's, else England, unless codes of another place are supplied and none of England's own.
///
/// One code from elsewhere takes no law away: a fact that the law of England guards would be open without it.
pub fn jurisdiction(supplied: &Supplied, settings: &Settings) -> Result<Jurisdiction, String> {
    if let Some(place) = settings.jurisdiction.or(supplied.config.jurisdiction) {
        return Ok(place);
    }
    let own_codes = supplied.config.own_codes();
    let england = Vocabulary::with_own(Jurisdiction::England, own_codes)?;
    let common = Vocabulary::with_own(Jurisdiction::None, own_codes)?;
    let cells = supplied.entries.iter().map(|entry| &*entry.basis_raw);
    let cells: BTreeSet<&str> = cells.collect();
    let spellings = cells.into_iter().flat_map(|cell| england.read_cell(cell));
    let (mut of_england, mut of_elsewhere) = (false, false);
    for (spelling, code) in spellings {
        of_england |= code.is_some() && common.read(spelling).is_none();
        // a slip of the pen is no other country's law: only what another vocabulary reads speaks against England
        of_elsewhere |= code.is_none()
            && !england.is_ambiguous(spelling)
            && !places_that_read(spelling).is_empty();
    }
    Ok(if of_england || !of_elsewhere {
        Jurisdiction::England
    } else {
        Jurisdiction::None
    })
}

/// Reads the basis cells again where the law asked for is another than that they were read by.
pub fn bases(supplied: Arc<Supplied>, vocabulary: &Vocabulary) -> Arc<Supplied> {
    let read_by = supplied
        .config
        .jurisdiction
        .unwrap_or(Jurisdiction::England);
    if [read_by, Jurisdiction::None].contains(&vocabulary.jurisdiction) {
        return supplied;
    }
    let mut again = (*supplied).clone();
    for entry in &mut again.entries {
        entry.basis = vocabulary.codes_of(&entry.basis_raw);
    }
    Arc::new(again)
}

/// Whether a fact lies outside the period: no possible day of it is inside. Undated facts are never outside.
pub fn is_outside(when: &When, period: Option<(Day, Day)>) -> bool {
    let Some((from, until)) = period else {
        return false;
    };
    when.is_known()
        && !when.overlaps(&When::span(
            from,
            until,
            crate::model::date::Precision::Range,
        ))
}

/// Reads a recipient: an agency id of the case, an agency kind, or `family`.
pub fn recipient(text: &str, supplied: &Supplied) -> Option<crate::model::settings::Recipient> {
    use crate::model::settings::Recipient;
    let id = AgencyId::new(text);
    if let Some(agency) = supplied.agency(&id).filter(|_| id.as_str() != "family") {
        // what relatives or neighbours supplied makes them no partner: they get what the family may see
        return Some(match agency.kind {
            AgencyKind::Family => Recipient::Family,
            _ => Recipient::Agency(id),
        });
    }
    match AgencyKind::read(text) {
        Some(AgencyKind::Family) => Some(Recipient::Family),
        Some(kind) => Some(Recipient::Kind(kind)),
        None => None,
    }
}
