//! Checks the basis of every entry for what cannot be right, and says how to mend it. A fault changes nothing by itself.

use std::collections::BTreeSet;

use crate::model::basis::{BasisCode, NOT_MAPPED, RestsOnConsent, Vocabulary};
use crate::model::date::{Day, When, iso};
use crate::model::entry::Entry;
use crate::model::phrase::{Coded, Phrase, fold};
use crate::model::supply::Supplied;
use crate::model::words::{AgencyKind, ConsentState, Handling, Threshold, Told};

use super::directory::Named;
use super::ground::Basis;
use super::standing::SomeDay;
use super::{Fault, Rules, judge};

/// Words by which a text gives a reason for sharing without consent.
const REASONS: [&str; 14] = [
    "because", "reason", "since", "unsafe", "risk", "urgent", "override", "overrid", "threat",
    "capacity", "contact", "danger", "safety", "so that",
];

/// Finds the faults of all entries, sorted by entry.
pub fn find(rules: &Rules, supplied: &Supplied, vocabulary: &Vocabulary) -> Vec<Fault> {
    let case = Case {
        rules,
        vocabulary,
        enquiry: enquiry_start(supplied),
        latest: latest_day(supplied),
    };
    let mut faults = Vec::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        let mut found = Found {
            entry: at,
            name: entry.id.as_str(),
            faults: &mut faults,
        };
        case.check(entry, &mut found);
    }
    faults
}

/// What the checks of one entry need of the whole case.
struct Case<'a> {
    rules: &'a Rules,
    vocabulary: &'a Vocabulary,
    /// The first day on which a section 47 enquiry or a strategy discussion is known.
    enquiry: Option<Day>,
    /// The latest day of the case: nothing can have been shared after it.
    latest: Option<Day>,
}

/// Takes down the faults of one entry.
struct Found<'a> {
    entry: usize,
    name: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Found<'_> {
    fn add(&mut self, problem: &str, fix: &str) {
        self.faults.push(Fault {
            entry: self.entry,
            problem: format!("{}: {problem}.", self.name),
            fix: format!("{fix}."),
        });
    }
}

/// An entry with what its codes say, as the checks look at it.
struct Checked<'a> {
    entry: &'a Entry,
    codes: Vec<&'a BasisCode>,
    basis: &'a Basis,
    /// Whether consent is all that it rests on.
    consent_alone: bool,
    kind: Option<AgencyKind>,
}

impl Case<'_> {
    fn check(&self, entry: &Entry, found: &mut Found<'_>) {
        let basis = self.rules.basis_of(entry);
        let codes: Vec<&BasisCode> = entry
            .basis
            .iter()
            .filter_map(|code| self.vocabulary.code(code))
            .collect();
        let directory = &self.rules.directory;
        let grounds = &basis.grounds;
        let checked = Checked {
            entry,
            codes,
            basis: &basis,
            consent_alone: !grounds.is_empty()
                && grounds.iter().all(|g| g.rests == RestsOnConsent::Yes),
            kind: directory
                .find(entry.agency())
                .and_then(|at| directory.member(at))
                .map(|member| member.kind),
        };
        self.unread(&checked, found);
        no_consent_grounds(&checked, found);
        self.consent(&checked, found);
        self.law(&checked, found);
        self.recipients(&checked, found);
        self.enquiry(&checked, found);
        self.onward(&checked, found);
    }

    /// A code or a handling that nobody here can read.
    fn unread(&self, checked: &Checked<'_>, found: &mut Found<'_>) {
        let entry = checked.entry;
        if entry.basis.iter().any(|code| code.as_ref() == NOT_MAPPED) {
            let raw = entry.basis_raw.trim();
            let mut spellings = raw.split(['|', ';']);
            if spellings.any(|spelling| self.vocabulary.is_ambiguous(spelling)) {
                found.add(
                    &format!("the basis “{raw}” can be read in more than one way"),
                    "Ask the agency which it was: refused, not asked, or shared on another ground",
                );
            } else {
                found.add(
                    &format!("the basis “{raw}” is not in the vocabulary"),
                    "Ask the agency for the ground, or add the code to the hub's own vocabulary file",
                );
            }
        }
        for cell in &entry.handling {
            if let Coded::Unknown(text) = cell {
                found.add(
                    &format!("the handling “{text}” is not understood and is treated as no onward sharing"),
                    "Use one of the handling phrases, or ask the agency what it means",
                );
            }
        }
    }

    /// Consent: who, when, for whom, and whether it still stood.
    fn consent(&self, checked: &Checked<'_>, found: &mut Found<'_>) {
        let (entry, consent) = (checked.entry, &checked.entry.consent);
        let rests = checked
            .basis
            .grounds
            .iter()
            .any(|g| g.rests == RestsOnConsent::Yes);
        if !rests {
            return;
        }
        let given = matches!(consent.state, Coded::Blank) || consent.state.is(ConsentState::Given);
        let missing = match (consent.by.trim().is_empty(), consent.on.is_known()) {
            (true, false) => Some("who gave it and when"),
            (true, true) => Some("who gave it"),
            (false, false) => Some("when it was given"),
            (false, true) => None,
        };
        if let Some(missing) = missing.filter(|_| given) {
            found.add(
                &format!("it rests on consent, but not {missing}"),
                &format!("Record {missing}, or name the ground that it was shared on"),
            );
        }
        let ended = SomeDay::of(consent);
        if ended.withdrawn || ended.expired {
            let (how, until_then) = if ended.withdrawn {
                ("be withdrawn", "it counts as withdrawn")
            } else {
                ("run out", "nobody knows whether it stands")
            };
            found.add(
                &format!("consent is said to {how}, but not on which day"),
                &format!("Ask the agency for the day; until then {until_then}"),
            );
        }
        if !checked.consent_alone {
            return;
        }
        self.scope(entry, found);
        let after = |end: &When| match (entry.received_on.start(), end.end()) {
            (Some(received), Some(end)) => received > end,
            _ => false,
        };
        if after(&consent.withdrawn_on) {
            found.add(
                "it was shared after consent was withdrawn, and no other ground is named",
                "Name the ground that it was shared on, or hold it back and tell the agency",
            );
        } else if after(&consent.expires_on) {
            found.add(
                "it was shared after consent had expired, and no other ground is named",
                "Ask for consent again, or name the ground that it was shared on",
            );
        }
    }

    /// The own agency holds the entry: a scope that does not name it does not cover that.
    fn scope(&self, entry: &Entry, found: &mut Found<'_>) {
        let directory = &self.rules.directory;
        let Some(own) = directory.own() else { return };
        let Some(member) = directory.member(own) else {
            return;
        };
        if entry.consent.scope.is_empty() || member.id == *entry.agency() {
            return;
        }
        let covered = entry
            .consent
            .scope
            .iter()
            .any(|word| match directory.read_scope(word) {
                Named::Agency(at) => at == own,
                Named::Kind(kind) => kind == member.kind,
                Named::Stranger(_) => false,
            });
        if !covered {
            found.add(
                &format!("the consent does not name {}, which holds it", member.id),
                "Ask for consent that names it, or name the ground that it was shared on",
            );
        }
    }

    /// A code before or after its law, or used by a body that it does not cover.
    fn law(&self, checked: &Checked<'_>, found: &mut Found<'_>) {
        let received = &checked.entry.received_on;
        let shared_by = received.end().or(self.latest);
        for code in &checked.codes {
            if let (Some(from), Some(shared)) = (code.from, shared_by)
                && shared < from
            {
                found.add(
                    &format!("{} was not law before {}", code.code, iso(from)),
                    "Name the ground that it was shared on",
                );
            }
            if let (Some(until), Some(shared)) = (code.until, received.start())
                && shared > until
            {
                found.add(
                    &format!("{} was no longer law after {}", code.code, iso(until)),
                    "Name the ground that it was shared on",
                );
            }
            if !code.public_bodies && checked.kind.is_some_and(is_public_body) {
                found.add(
                    &format!("{} is not for a public authority at its tasks", code.code),
                    "Name the task or duty that it was shared on (for a council, police or health body usually L6-E)",
                );
            }
        }
    }

    /// A ground that names who may receive it, held by an agency of another kind.
    fn recipients(&self, checked: &Checked<'_>, found: &mut Found<'_>) {
        let directory = &self.rules.directory;
        let own = directory.own().and_then(|own| directory.member(own));
        let Some(own) = own.filter(|own| own.id != *checked.entry.agency()) else {
            return;
        };
        let covers = |ground: &super::ground::Ground| {
            ground.kinds.is_empty() || ground.kinds.contains(&own.kind)
        };
        let grounds = &checked.basis.grounds;
        if grounds.is_empty() || grounds.iter().any(covers) {
            return;
        }
        let kinds: BTreeSet<&str> = grounds
            .iter()
            .flat_map(|ground| &ground.kinds)
            .map(|kind| kind.phrase())
            .collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        found.add(
            &format!(
                "its ground is for {}, and {} holds it",
                kinds.join(", "),
                own.id
            ),
            "Name the ground on which it was shared with you, or hold it back and tell the agency",
        );
    }

    /// Section 47: an enquiry must have begun, and consent is not its basis.
    fn enquiry(&self, checked: &Checked<'_>, found: &mut Found<'_>) {
        let entry = checked.entry;
        let shared = [&entry.received_on, &entry.recorded_on, &entry.when]
            .into_iter()
            .find_map(When::end);
        let begun = match (self.enquiry, shared) {
            (Some(start), Some(shared)) => start <= shared,
            (start, None) => start.is_some(),
            (None, Some(_)) => false,
        };
        if checked.codes.iter().any(|code| code.code == "E-S47") && !begun {
            found.add(
                "it was shared under section 47, but no enquiry or strategy discussion is known by then",
                "Add the strategy discussion or the start of the enquiry, or name the ground that stood at the time",
            );
        }
        if entry.threshold.is(Threshold::S47)
            && checked.consent_alone
            && checked.kind.is_some_and(is_public_body)
        {
            found.add(
                "a statutory agency names consent as its basis at section 47, where consent is not the basis",
                "Name the task or duty that it was shared on, and record what the family was told",
            );
        }
    }

    /// Onward rules that contradict what is recorded beside them.
    fn onward(&self, checked: &Checked<'_>, found: &mut Found<'_>) {
        let entry = checked.entry;
        let says = |rule: Handling| {
            if super::conditions::has_handling(entry) {
                entry.handling.iter().any(|cell| cell.is(rule))
            } else {
                checked.basis.handling.contains(&rule)
            }
        };
        let told = judge::told(self.rules, std::iter::once(entry));
        if told == Some(Told::Yes) && says(Handling::NotToFamily) {
            found.add(
                "the family was told, and it is not to go to the family",
                "Check with the agency which of the two holds; until then it stays out of a family copy",
            );
        }
        let not_for_crime = says(Handling::NotForCrime)
            || entry
                .basis_raw
                .split(['|', ';'])
                .any(|code| code.trim().eq_ignore_ascii_case("NZ-66"));
        let for_crime = || {
            entry.threshold.is(Threshold::Crime)
                || Threshold::read(&entry.purpose) == Some(Threshold::Crime)
        };
        if not_for_crime && for_crime() {
            found.add(
                "it was shared for a crime purpose, and its ground does not allow crime use",
                "Take it out of what is shared for crime, or name another ground",
            );
        }
    }
}

/// The grounds for doing without consent: needed beside some codes, never enough alone, and always with a reason.
fn no_consent_grounds(checked: &Checked<'_>, found: &mut Found<'_>) {
    let basis = checked.basis;
    for code in &checked.codes {
        if code.needs_no_consent_ground && !basis.no_consent_ground {
            found.add(
                &format!("{} needs the reason why there is no consent", code.code),
                "Add N-CNG (cannot be given), N-CRE (cannot reasonably be gained) or N-RSK (asking would put a child at risk)",
            );
        }
        if code.needs_reason && !gives_reason(checked.entry) {
            found.add(
                &format!(
                    "{} ({}) is recorded without a reason",
                    code.code, code.label
                ),
                "Record the reason in the text, the purpose or the outcome",
            );
        }
    }
    if basis.no_consent_ground && basis.grounds.is_empty() {
        found.add(
            "it says why there was no consent, but not on what ground it was shared",
            "Add the basis beside it: the task, duty or power",
        );
    }
}

/// Whether the entry says why, anywhere that an agency would write it.
fn gives_reason(entry: &Entry) -> bool {
    let text = entry.text.to_lowercase();
    !entry.purpose.trim().is_empty()
        || !entry.outcome.trim().is_empty()
        || REASONS.iter().any(|word| text.contains(word))
}

/// Bodies that act on tasks that law gives them. A landlord, a nursery or a charity may be one or not.
fn is_public_body(kind: AgencyKind) -> bool {
    !matches!(
        kind,
        AgencyKind::EarlyYears
            | AgencyKind::EarlyHelp
            | AgencyKind::Housing
            | AgencyKind::DomesticAbuse
            | AgencyKind::SubstanceUse
            | AgencyKind::Voluntary
            | AgencyKind::Family
            | AgencyKind::Other
    )
}

/// The first day of a section 47 enquiry or strategy discussion in the case.
fn enquiry_start(supplied: &Supplied) -> Option<Day> {
    let names = ["strategydiscussion", "strategymeeting", "section47", "s47"];
    let begins = |entry: &&Entry| {
        let category = fold(&entry.category);
        entry.threshold.is(Threshold::S47) || names.iter().any(|name| category.contains(name))
    };
    let starting = supplied.entries.iter().filter(begins);
    starting.filter_map(|entry| entry.when.start()).min()
}

/// The as-of date that the case names, else its latest day.
fn latest_day(supplied: &Supplied) -> Option<Day> {
    let entries = supplied.entries.iter();
    let days = entries.flat_map(|entry| [&entry.when, &entry.recorded_on, &entry.received_on]);
    supplied.config.as_of.or(days.filter_map(When::end).max())
}

#[cfg(test)]
mod tests;
