//! What is gathered from a picture when somebody asks for it: the silence map, the questions to the agencies, who says what
//! of changing things, doubtful links. Computed on demand, so that a picture of 100,000 facts costs nothing for it.
//!
//! Each takes for whom it is: `None` is the analyst at the terminal, from whom nothing is left out. For the family there is
//! none of it: who is silent, who differs and who is asked are judgements about the agencies, and counts of what is held.

use super::{Picture, Shown};
use crate::model::fact::Side;
use crate::model::id::AgencyId;
use crate::model::person::People;
use crate::model::phrase::Phrase;
use crate::model::settings::Recipient;
use crate::model::supply::Supplied;
use crate::reliance::{self, LinkKnockOut, Questions, SilenceMap};
use crate::timeline::{self, Slot};

/// Stands where an address, telephone number or the like of somebody whose address is protected would be read out.
pub const PROTECTED: &str = "(protected)";

impl Picture {
    /// The silence map: agency by month.
    ///
    /// For a recipient: entries of facts that it may see, what it was asked or asked itself, and of nobody but itself
    /// whether it is involved and what its export covers. A month of another agency without a word says nothing then: what
    /// looks like silence may be held back.
    pub fn silence(&self, recipient: Option<&Recipient>) -> SilenceMap {
        let (period, as_of) = (self.settings.period, self.as_of);
        match recipient {
            None => reliance::silence_map(&self.supplied, period, as_of),
            Some(Recipient::Family) => SilenceMap::default(),
            Some(_) => {
                let seen = self.told_to(&self.shown_to(recipient));
                reliance::silence_map(&seen, period, as_of)
            }
        }
    }

    /// What of the supply a recipient may see of who works with whom, and when.
    fn told_to(&self, shown: &Shown) -> Supplied {
        let all = &self.supplied;
        let is_own = |agency: &AgencyId| self.is_of(shown.recipient(), agency);
        let entries = all.entries.iter().enumerate().filter(|(at, entry)| {
            let fact = self.timeline.fact_of.get(*at);
            // what it told itself it knows of, whoever forbids the fact
            is_own(entry.agency()) || fact.is_some_and(|&fact| shown.fact(fact))
        });
        let entries: Vec<_> = entries.map(|(_, entry)| entry.clone()).collect();
        let tells = |agency: &AgencyId| entries.iter().any(|entry| entry.agency() == agency);
        let involvements = all.involvements.iter();
        let coverage = all.coverage.iter();
        let requests = all.requests.iter();
        let agencies = all.agencies.iter();
        Supplied {
            agencies: agencies
                .filter(|agency| is_own(&agency.id) || tells(&agency.id))
                .cloned()
                .collect(),
            involvements: involvements
                .filter(|row| row.involved.as_ref().is_some_and(is_own))
                .cloned()
                .collect(),
            coverage: coverage
                .filter(|row| is_own(&row.agency))
                .cloned()
                .collect(),
            requests: requests
                .filter(|one| is_own(&one.asked) || is_own(&AgencyId::new(&one.asked_by)))
                .cloned()
                .collect(),
            entries,
            ..Supplied::default()
        }
    }

    /// The letters: what the own agency could ask each other one before a meeting, from flags that an answer could clear.
    ///
    /// A letter never tells its reader what another agency said. For a recipient: the letter to it alone, or all of them
    /// where it is the own agency, and of both only what rests on facts that it may see.
    pub fn questions(&self, recipient: Option<&Recipient>) -> Vec<Questions> {
        if recipient == Some(&Recipient::Family) {
            return Vec::new();
        }
        let own = self.settings.own_agency.as_ref();
        let of = (&*self.supplied, &*self.people, &*self.timeline);
        let Some(recipient) = recipient else {
            return reliance::questions(of, &self.flags.flags, own);
        };
        let shown = self.shown_to(Some(recipient));
        let flags = self.flags.flags.iter().filter(|flag| shown.flag(flag));
        let mut letters = reliance::questions(of, flags, own);
        if !own.is_some_and(|own| self.is_of(Some(recipient), own)) {
            letters.retain(|letter| self.is_to(recipient, &letter.agency));
        }
        letters
    }

    /// Whether a letter goes to a recipient. One to a kind goes to the agencies of that kind.
    fn is_to(&self, recipient: &Recipient, agency: &str) -> bool {
        let kind = match recipient {
            Recipient::Agency(id) => self.supplied.agency(id).map(|known| known.kind),
            Recipient::Kind(kind) => Some(*kind),
            Recipient::Family => return false,
        };
        self.is_of(Some(recipient), &AgencyId::new(agency))
            || kind.is_some_and(|kind| kind.phrase() == agency)
    }

    /// Who says what of address, household, school, partner, carer, date of birth, names and plans, over which time, how
    /// they know it, and whether it is open or settled; by person and slot. Protected details read [`PROTECTED`].
    ///
    /// For a recipient: what facts that it may see say, the names and dates of birth of records that it may see, and its own
    /// records and relationships; how a slot stands is judged from those alone.
    pub fn slots(&self, recipient: Option<&Recipient>) -> Vec<Slot> {
        if recipient == Some(&Recipient::Family) {
            return Vec::new();
        }
        let (supplied, timeline) = (&*self.supplied, &*self.timeline);
        let mut slots = if recipient.is_none() {
            timeline::slots((supplied, &self.people, timeline), self.as_of, &|_, _| true)
        } else {
            let shown = self.shown_to(recipient);
            let people = self.people_as(&shown);
            let keep = |slot: &str, side: &Side| self.is_told(&shown, slot, side);
            let mut slots = timeline::slots((supplied, &people, timeline), self.as_of, &keep);
            slots.retain(|slot| shown.person(slot.person).is_some());
            slots
        };
        for slot in &mut slots {
            for said in &mut slot.said {
                if self.is_guarded(&slot.name, &said.side) {
                    PROTECTED.clone_into(&mut said.side.value);
                }
            }
        }
        slots
    }

    /// The persons by the names that a viewer may see.
    fn people_as(&self, shown: &Shown) -> People {
        let mut people = (*self.people).clone();
        for (at, person) in people.persons.iter_mut().enumerate() {
            person.name = shown
                .person(at)
                .map_or_else(String::new, |shown| shown.name.clone());
        }
        people
    }

    /// Whether a viewer may see what one side says of a slot.
    fn is_told(&self, shown: &Shown, slot: &str, side: &Side) -> bool {
        let is_own = self.is_of(shown.recipient(), &side.agency);
        match (side.fact, side.record) {
            (Some(fact), _) => shown.fact(fact),
            (None, Some(record)) => is_own || (slot != "address" && shown.record(record)),
            (None, None) => is_own && !side.value.is_empty(),
        }
    }

    /// Whether what a side says of a slot must not be read out.
    fn is_guarded(&self, slot: &str, side: &Side) -> bool {
        let of_record = |at: usize| self.guard.records.get(at).copied().unwrap_or(false);
        let of_fact = |at: usize| self.guard.facts.get(at).is_some_and(|cells| cells.detail);
        match (side.fact, side.record) {
            (Some(fact), _) => of_fact(fact),
            (None, Some(record)) => slot == "address" && of_record(record),
            (None, None) => false,
        }
    }

    /// What falls when a doubtful link between two records does not hold, by left and right record. For a recipient: links of
    /// records, and on facts, that it may see.
    pub fn doubtful_links(&self, recipient: Option<&Recipient>) -> Vec<&LinkKnockOut> {
        let links = self.reliance.knock_out.links.iter();
        if recipient.is_none() {
            return links.collect();
        }
        let shown = self.shown_to(recipient);
        let is_shown = |link: &&LinkKnockOut| {
            !shown.is_family()
                && link.records.iter().all(|&at| shown.record(at))
                && link.facts.iter().all(|&at| shown.fact(at))
        };
        links.filter(is_shown).collect()
    }
}
