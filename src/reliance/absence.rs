//! Agencies that are involved and from which nothing came. An absence is only told with its state.

use std::collections::BTreeMap;

use super::Input;
use super::evidence::Evidence;
use super::sentence::{is_plural, spoken, spoken_day};
use super::thresholds::SILENT_ENTRIES;
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::supply::Involvement;
use crate::model::words::{RequestResult, YesNo};

/// An agency that is known to work with a person and that told nothing about them.
pub struct Silence<'a> {
    /// The agency.
    pub agency: &'a AgencyId,
    /// The person.
    pub person: usize,
    /// How many entries it supplied about them.
    pub entries: usize,
    /// From when it is involved, where known.
    pub from: Option<Day>,
    /// Until when; `None` while it goes on.
    pub until: Option<Day>,
    /// Whether it supplied entries about anybody.
    pub supplied: bool,
    /// Whether it was asked about the person.
    pub asked: Asked,
    /// Persons it did tell of who may be the same one: an open question of identity.
    pub unresolved: Vec<usize>,
}

/// Whether an agency was asked, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// No request is recorded.
    Never,
    /// On a day that is not recorded.
    Sometime,
    /// On this day.
    On(Day),
}

/// Finds all silences that neither coverage nor an answer explains, by agency and person.
pub fn silent<'a>(input: &'a Input<'a>) -> Vec<Silence<'a>> {
    if input.supplied.involvements.is_empty() {
        return Vec::new();
    }
    silences(&Evidence::of(input))
}

/// The same over indexes that are there already.
pub fn silences<'a>(evidence: &Evidence<'a>) -> Vec<Silence<'a>> {
    let mut found: BTreeMap<(&AgencyId, usize), Silence<'a>> = BTreeMap::new();
    for involvement in &evidence.input.supplied.involvements {
        let Some(silence) = of_involvement(evidence, involvement) else {
            continue;
        };
        let key = (silence.agency, silence.person);
        let kept = found.entry(key).or_insert_with(|| Silence { ..silence });
        kept.from = kept
            .from
            .zip(involvement.from.start())
            .map(|(a, b)| a.min(b));
        kept.until = kept.until.zip(involvement.to.end()).map(|(a, b)| a.max(b));
    }
    found.into_values().collect()
}

fn of_involvement<'a>(
    evidence: &Evidence<'a>,
    involvement: &'a Involvement,
) -> Option<Silence<'a>> {
    let agency = involvement.involved.as_ref()?;
    let person = evidence.person(&involvement.record)?;
    let window = window(evidence.input, involvement)?;
    let entries = evidence
        .told(agency, person)
        .map_or(0, |told| told.facts.len());
    if entries as f64 >= evidence.limit(&SILENT_ENTRIES)
        || evidence.is_stranger(person)
        || is_explained(evidence, agency, person, window)
    {
        return None;
    }
    let asked = evidence.requests(agency, person);
    Some(Silence {
        agency,
        person,
        entries,
        from: involvement.from.start(),
        until: involvement.to.end(),
        supplied: evidence.telling.contains(agency),
        asked: asked
            .map(|request| request.asked_on.start().map_or(Asked::Sometime, Asked::On))
            .max()
            .unwrap_or(Asked::Never),
        unresolved: evidence.told_of_candidates(agency, person),
    })
}

/// The days on which an involvement lies in the period asked for; `None` when there are none.
fn window(input: &Input<'_>, involvement: &Involvement) -> Option<(Day, Day)> {
    let (first, last) = input.settings.period.unwrap_or((Day::MIN, input.as_of));
    let from = involvement.from.start().map_or(first, |day| day.max(first));
    let until = involvement.to.end().map_or(last, |day| day.min(last));
    (from <= until).then_some((from, until))
}

/// Whether coverage or an answer says why there is nothing.
pub fn is_explained(
    evidence: &Evidence<'_>,
    agency: &AgencyId,
    person: usize,
    (from, until): (Day, Day),
) -> bool {
    let rows = evidence.input.supplied.coverage.iter();
    let mut rows = rows.filter(|row| row.agency == *agency).peekable();
    let explains = rows.peek().is_some()
        && rows.all(|row| {
            let apart = row.from.start().is_some_and(|day| day > until)
                || row.to.end().is_some_and(|day| day < from);
            let said = row.records_available.is_blank() && !row.explanation.trim().is_empty();
            row.records_available.is(YesNo::No) || apart || said
        });
    explains || is_answered(evidence, agency, person)
}

/// Whether the agency answered that it holds nothing, or why it keeps what it holds.
pub fn is_answered(evidence: &Evidence<'_>, agency: &AgencyId, person: usize) -> bool {
    let requests = evidence.input.supplied.requests.iter();
    let mut about = requests.filter(|request| {
        let whom = |record| evidence.person(record) == Some(person);
        request.asked == *agency && (request.records.is_empty() || request.records.iter().any(whom))
    });
    about.any(|request| match request.result.known() {
        Some(RequestResult::NoneHeld) => true,
        Some(RequestResult::Withheld) => !request.reason.trim().is_empty(),
        _ => false,
    })
}

impl Silence<'_> {
    /// Says what is known, and in what state the absence is.
    pub fn sentence(&self, input: &Input<'_>) -> String {
        let agency = input.supplied.agency_name(self.agency);
        let person = input.people.persons.get(self.person);
        let name = person.map_or("somebody", |person| person.name.as_str());
        let names = self.unresolved.iter();
        let names = names.filter_map(|at| Some(input.people.persons.get(*at)?.name.as_str()));
        let names: Vec<&str> = names.collect();
        let state = if !names.is_empty() {
            format!(
                "what it told about {} may be about the same person, and nobody has decided yet",
                spoken(&names)
            )
        } else if self.supplied {
            "it supplied entries, and nothing about this person was found in them".to_owned()
        } else {
            "no data was supplied".to_owned()
        };
        let asked = match self.asked {
            Asked::Never => "No request is recorded.".to_owned(),
            Asked::Sometime => "It was asked, on a day that is not recorded.".to_owned(),
            Asked::On(day) => format!("It was last asked on {}.", spoken_day(day)),
        };
        format!(
            "{agency} {} recorded as working with {name}{}, and nothing from {} is known to be about {name}: {state}. {asked}",
            if is_plural(agency) { "are" } else { "is" },
            self.span(),
            if is_plural(agency) { "them" } else { "it" }
        )
    }

    /// From when to when, in words, with a space before.
    fn span(&self) -> String {
        match (self.from, self.until) {
            (Some(from), Some(until)) => {
                format!(" from {} to {}", spoken_day(from), spoken_day(until))
            }
            (Some(from), None) => format!(" since {}", spoken_day(from)),
            (None, Some(until)) => format!(" until {}", spoken_day(until)),
            (None, None) => String::new(),
        }
    }
}
