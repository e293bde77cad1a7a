//! Gathers what a copy for the family must never hold: the details of people whose address is protected, and who
//! reported something. Whoever supplied them, they are guarded in every cell of the case.

use std::collections::BTreeSet;

use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::phrase::{Coded, fold};
use crate::model::record::Record;
use crate::model::supply::Supplied;
use crate::model::words::{Channel, Handling, Role};

use super::address;
use super::conditions::{Secret, has_handling};
use super::ground::Basis;
use super::needle::{Folded, Needles, squash, words};
use super::reporter::Name;

/// How many of the last digits of a telephone number are guarded: country and area are often left out.
const PHONE_DIGITS: usize = 8;

/// What no copy for the family may hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Secrets {
    details: Needles,
    reporters: Needles,
    /// For each record whether its name is a reporter's, or it was supplied as one.
    is_reporter: Vec<bool>,
    /// For each entry whether what it tells came from somebody who must not be named.
    is_report: Vec<bool>,
}

impl Secrets {
    /// Gathers them from a case. `basis_of` gives the compiled codes of an entry.
    pub fn of<'a>(supplied: &'a Supplied, basis_of: impl Fn(&'a Entry) -> &'a Basis) -> Self {
        let mut secrets = Self::default();
        for record in supplied.records.iter().filter(|r| r.protected_address) {
            secrets.guard_details(record);
        }
        secrets.is_report = supplied
            .entries
            .iter()
            .map(|entry| is_report(entry, basis_of(entry)))
            .collect();
        let is_agency = |name: &str| {
            supplied
                .agencies
                .iter()
                .any(|a| fold(&a.name) == fold(name))
        };
        let told_by: BTreeSet<&str> = supplied
            .entries
            .iter()
            .zip(&secrets.is_report)
            .filter(|(_, report)| **report)
            .map(|(entry, _)| entry.told_by.trim())
            .filter(|name| !name.is_empty() && !is_agency(name))
            .collect();
        let mut names: Vec<Name> = told_by.into_iter().map(Name::in_cell).collect();
        for record in supplied
            .records
            .iter()
            .filter(|r| r.has_role(Role::Reporter))
        {
            names.extend(names_of(record).iter().map(|name| Name::of_record(name)));
        }
        names.retain(|name| !name.parts.is_empty());
        names.sort();
        names.dedup();
        secrets.guard_reporters(supplied, &names);
        secrets
    }

    /// Whether there is any address, telephone number or the like to guard.
    pub fn protect_somebody(&self) -> bool {
        !self.details.is_empty()
    }

    /// Whether a text holds an address, telephone number or the like of somebody whose address is protected.
    pub fn holds_protected_detail(&self, text: &str) -> bool {
        self.details.are_in(text)
    }

    /// Whether a text names somebody who reported something.
    pub fn names_reporter(&self, text: &str) -> bool {
        self.reporters.are_in(text)
    }

    /// Whether a record is a reporter's, by its role or its name.
    pub fn is_reporter(&self, record: usize) -> bool {
        self.is_reporter.get(record).copied().unwrap_or(false)
    }

    /// What the cells of a fact hold that a copy for the family must not.
    pub fn found_in(&self, supplied: &Supplied, fact: &Fact) -> Option<Secret> {
        let mut found = None;
        let mut descriptions = Needles::default();
        for at in &fact.entries {
            let Some(entry) = supplied.entries.get(*at) else {
                continue;
            };
            // "grandmother" is no name, but in the fact that she told it says who she is
            if self.is_report.get(*at) == Some(&true) && !entry.told_by.trim().is_empty() {
                descriptions.guard(squash(&entry.told_by));
            }
            let persons = entry.persons.iter().filter_map(|id| supplied.record(id));
            if persons.into_iter().any(|record| self.is_reporter(record)) {
                found = Some(Secret::Reporter);
            }
        }
        if self.details.is_empty() && self.reporters.is_empty() && descriptions.is_empty() {
            return found;
        }
        let entries = fact
            .entries
            .iter()
            .filter_map(|at| supplied.entries.get(*at));
        for cell in entries
            .flat_map(shown_cells)
            .filter(|cell| !cell.is_empty())
        {
            let folded = Folded::of(cell);
            if self.details.are_in_folded(&folded) {
                return Some(Secret::ProtectedDetail);
            }
            if self.reporters.are_in_folded(&folded) || descriptions.are_in_folded(&folded) {
                found = Some(Secret::Reporter);
            }
        }
        found
    }

    /// Whether the cells of a fact hold a protected detail, and whether they name a reporter.
    pub fn exposed_in(&self, supplied: &Supplied, fact: &Fact) -> (bool, bool) {
        if self.details.is_empty() && self.reporters.is_empty() {
            return (false, false);
        }
        let entries = fact.entries.iter();
        let entries = entries.filter_map(|at| supplied.entries.get(*at));
        let cells = entries.flat_map(shown_cells);
        let cells = cells.filter(|cell| !cell.is_empty()).map(Folded::of);
        cells.fold((false, false), |(detail, reporter), cell| {
            (
                detail || self.details.are_in_folded(&cell),
                reporter || self.reporters.are_in_folded(&cell),
            )
        })
    }

    fn guard_details(&mut self, record: &Record) {
        for street in address::guarded_parts(&record.address) {
            self.details.guard(street);
        }
        let postcode = squash(&record.postcode);
        // a postcode of four digits (Australia) would be found inside any longer number
        if postcode.bytes().all(|b| b.is_ascii_digit()) {
            self.details.guard_word(postcode);
        } else if postcode.len() >= 5 {
            self.details.guard(postcode);
        }
        if record.uprn.len() >= 5 {
            self.details.guard(squash(&record.uprn));
        }
        for phone in &record.phones {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            if digits.len() >= 6 {
                let from = digits.len().saturating_sub(PHONE_DIGITS);
                self.details.guard(digits[from..].to_owned());
            }
        }
        for email in record.emails.iter().map(|email| squash(email)) {
            if email.len() >= 5 {
                self.details.guard(email);
            }
        }
    }

    /// Guards whole names, and single parts of them that no other record of the case bears.
    fn guard_reporters(&mut self, supplied: &Supplied, names: &[Name]) {
        if !names.is_empty() {
            let borne = names_borne_by_others(supplied, names);
            for name in names {
                for whole in name.whole() {
                    self.reporters.guard(whole);
                }
                for part in name.guarded_parts().filter(|part| !borne.contains(*part)) {
                    self.reporters.guard_word(part.to_owned());
                    // "the Fishers next door" is who told as well
                    let family = ["s", "es"].map(|end| format!("{part}{end}"));
                    let family = family
                        .into_iter()
                        .filter(|word| !borne.contains(word.as_str()));
                    family.for_each(|word| self.reporters.guard_word(word));
                }
            }
        }
        let records = supplied.records.iter();
        self.is_reporter = records
            .map(|record| {
                record.has_role(Role::Reporter)
                    || (!self.reporters.is_empty()
                        && names_of(record)
                            .iter()
                            .any(|name| self.reporters.are_in(name)))
            })
            .collect();
    }
}

/// The parts of names that people of the case bear who are no reporters: "Brackwell" gives nobody away in a family of that name.
fn names_borne_by_others(supplied: &Supplied, names: &[Name]) -> BTreeSet<String> {
    let others = supplied
        .records
        .iter()
        .filter(|record| !record.has_role(Role::Reporter));
    others
        .flat_map(names_of)
        .map(|name| words(&name))
        .filter(|own| {
            !names
                .iter()
                .any(|name| name.parts.iter().all(|part| own.contains(part)))
        })
        .flatten()
        .chain(
            supplied
                .agencies
                .iter()
                .flat_map(|agency| words(&agency.name)),
        )
        .collect()
}

/// The names of a record: its parts together, as given in full, and the others.
fn names_of(record: &Record) -> Vec<String> {
    let mut names = vec![record.name(), record.full_name.clone()];
    names.extend(record.other_names.iter().cloned());
    names.retain(|name| !name.trim().is_empty());
    names.sort();
    names.dedup();
    names
}

/// Whether an entry tells what came from somebody who must not be named to the family: another person, a report of risk
/// of significant harm, a report of concern, or whatever must not go to the family.
fn is_report(entry: &Entry, basis: &Basis) -> bool {
    let reports = ["NSW-ROSH", "NZ-15"];
    let not_to_family = if has_handling(entry) {
        entry
            .handling
            .iter()
            .any(|cell| cell.is(Handling::NotToFamily))
    } else {
        basis.handling.contains(&Handling::NotToFamily)
    };
    entry.channel.is(Channel::OtherPerson)
        || matches!(&entry.channel, Coded::Unknown(text) if !text.is_empty())
        || entry.basis.iter().any(|code| reports.contains(&&**code))
        || entry
            .basis_raw
            .split(['|', ';'])
            .any(|code| reports.iter().any(|r| code.trim().eq_ignore_ascii_case(r)))
        || not_to_family
}

/// Every cell of an entry that some output shows. `told_by` is not among them: the family is never shown it.
fn shown_cells(entry: &Entry) -> impl Iterator<Item = &str> {
    [
        &entry.text,
        &entry.action,
        &entry.action_owner,
        &entry.outcome,
        &entry.child_view,
        &entry.family_view,
        &entry.value,
        &entry.slot,
        &entry.category,
        &entry.reference,
        &entry.purpose,
        &entry.document,
        &entry.basis_raw,
        &entry.consent.by,
        &entry.grade,
    ]
    .into_iter()
    .chain(&entry.domains)
    .map(String::as_str)
    .chain(not_understood(entry))
}

/// The cells of codes that none of the list's words fits: they are shown as they were supplied.
fn not_understood(entry: &Entry) -> impl Iterator<Item = &str> {
    [
        verbatim(&entry.kind),
        verbatim(&entry.polarity),
        verbatim(&entry.channel),
        verbatim(&entry.consent.state),
        verbatim(&entry.told),
        verbatim(&entry.threshold),
    ]
    .into_iter()
    .chain(entry.handling.iter().map(verbatim))
    .flatten()
}

fn verbatim<T>(cell: &Coded<T>) -> Option<&str> {
    match cell {
        Coded::Unknown(text) => Some(text),
        Coded::Blank | Coded::Known(_) => None,
    }
}
