//! Takes out of a picture what is not read out to its reader: words that hold the address, telephone number or the like of
//! somebody whose address is protected. Nothing but a slip lets them pass, whatever cell they stand in.
//!
//! Those who wrote the words read them, and the agency that prepares the copy. A copy for the family needs none of this: a
//! fact with such words is withheld from it whole.

use std::sync::Arc;

use super::{PROTECTED, Picture};
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::phrase::{Coded, Phrase};
use crate::model::settings::Recipient;
use crate::model::supply::Supplied;
use crate::sharing::Rules;

impl Picture {
    /// The picture as it is read out to a recipient; `None`: to all who sit at one table.
    #[must_use]
    pub fn read_out_to(mut self, recipient: Option<&Recipient>) -> Self {
        let own = self.settings.own_agency.clone();
        let is_own = own.as_ref().is_some_and(|own| self.is_of(recipient, own));
        if is_own || recipient == Some(&Recipient::Family) {
            return self;
        }
        let rules = Rules::of(&self.supplied, &self.vocabulary, own.as_ref());
        if !rules.protect_somebody() {
            return self;
        }
        let out = ReadOut { rules: &rules };
        let mut supplied = (*self.supplied).clone();
        let whole = Arc::clone(&self.supplied);
        let is_author = |agency: &AgencyId| self.is_of(recipient, agency);
        out.supply(&mut supplied, &is_author, &whole);
        let mut timeline = (*self.timeline).clone();
        let facts = timeline.facts.iter_mut();
        let is_of_author = |lead: usize| {
            let lead = whole.entries.get(lead);
            lead.is_some_and(|lead| is_author(lead.agency()))
        };
        facts
            .filter(|fact| !is_of_author(fact.lead))
            .for_each(|fact| out.fact(fact));
        let sides = timeline.disagreements.iter_mut();
        sides
            .flat_map(|one| &mut one.sides)
            .filter(|side| !is_author(&side.agency))
            .for_each(|side| out.cell(&mut side.value));
        for flag in &mut self.flags.flags {
            out.cell(&mut flag.sentence);
            out.cell(&mut flag.would_clear);
            out.cell(&mut flag.explained_by);
        }
        for conclusion in &mut self.reliance.conclusions {
            out.cell(&mut conclusion.text);
        }
        self.supplied = Arc::new(supplied);
        self.timeline = Arc::new(timeline);
        self
    }
}

/// What is printed in place of the words of an entry.
fn not_printed(agency: &str) -> String {
    format!(
        "The words hold an address or a number that is protected, and are not printed. Please ask {agency}."
    )
}

/// Reads cells for what is protected.
struct ReadOut<'a> {
    rules: &'a Rules,
}

impl ReadOut<'_> {
    fn holds(&self, cell: &str) -> bool {
        self.rules.holds_protected_detail(cell)
    }

    fn cell(&self, cell: &mut String) {
        if self.holds(cell) {
            PROTECTED.clone_into(cell);
        }
    }

    fn code<T: Phrase>(&self, cell: &mut Coded<T>) {
        if matches!(cell, Coded::Unknown(text) if self.holds(text)) {
            *cell = Coded::Unknown(PROTECTED.into());
        }
    }

    /// Everything that was supplied in somebody's own words. `whole` names the agencies.
    fn supply(
        &self,
        supplied: &mut Supplied,
        is_author: &dyn Fn(&AgencyId) -> bool,
        whole: &Supplied,
    ) {
        let entries = supplied.entries.iter_mut();
        for entry in entries.filter(|entry| !is_author(entry.agency())) {
            if self.holds(&entry.text) {
                entry.text = not_printed(whole.agency_name(entry.agency()));
            }
            self.entry(entry);
        }
        let coverage = supplied.coverage.iter_mut();
        for one in coverage.filter(|one| !is_author(&one.agency)) {
            self.cell(&mut one.explanation);
        }
        let involvements = supplied.involvements.iter_mut();
        for one in involvements.filter(|one| !is_author(&one.agency)) {
            self.cell(&mut one.service);
            self.cell(&mut one.worker);
            self.cell(&mut one.evidence);
        }
        let relationships = supplied.relationships.iter_mut();
        for one in relationships.filter(|one| !is_author(&one.agency)) {
            self.cell(&mut one.relationship);
        }
        for one in &mut supplied.requests {
            if !is_author(&AgencyId::new(&one.asked_by)) {
                self.cell(&mut one.question);
                self.cell(&mut one.basis);
            }
            if !is_author(&one.asked) {
                self.cell(&mut one.reason);
            }
        }
        for one in &mut supplied.consultations {
            if !is_author(&AgencyId::new(&one.by)) && !is_author(&one.consulted) {
                self.cell(&mut one.question);
                self.cell(&mut one.received);
                self.cell(&mut one.given);
                self.cell(&mut one.outcome);
            }
        }
        for one in &mut supplied.citations {
            self.cell(&mut one.text);
        }
    }

    /// The cells of an entry beside its text.
    fn entry(&self, entry: &mut Entry) {
        for cell in [
            &mut entry.action,
            &mut entry.action_owner,
            &mut entry.outcome,
            &mut entry.child_view,
            &mut entry.family_view,
            &mut entry.slot,
            &mut entry.value,
            &mut entry.category,
            &mut entry.reference,
            &mut entry.told_by,
            &mut entry.purpose,
            &mut entry.document,
            &mut entry.basis_raw,
            &mut entry.consent.by,
            &mut entry.grade,
        ] {
            self.cell(cell);
        }
        entry.domains.iter_mut().for_each(|cell| self.cell(cell));
        entry.handling.iter_mut().for_each(|cell| self.code(cell));
        self.code(&mut entry.kind);
        self.code(&mut entry.polarity);
        self.code(&mut entry.channel);
        self.code(&mut entry.consent.state);
        self.code(&mut entry.told);
        self.code(&mut entry.threshold);
    }

    /// The codes of a fact, which are those of the entry that tells it first.
    fn fact(&self, fact: &mut Fact) {
        fact.handling.iter_mut().for_each(|cell| self.code(cell));
        self.code(&mut fact.kind);
        self.code(&mut fact.polarity);
        self.code(&mut fact.channel);
        self.code(&mut fact.consent_state);
        self.code(&mut fact.told);
        for one in &mut fact.suspected {
            self.cell(&mut one.why);
        }
        let values = fact.differences.iter_mut().flat_map(|one| &mut one.values);
        values.for_each(|(_, value)| self.cell(value));
    }
}
