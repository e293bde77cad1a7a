//! The meeting pack: a picture laid out for one meeting and one recipient.
//!
//! A section is a file, and a function from what the recipient may see to headings, paragraphs, tables and pictures
//! ([`document`]); [`html`], [`text`] and [`folder`] write any of them. Nothing here looks at a fact but through [`View`].
//! A copy for the family is a document of its own (`family_copy`).

mod agency_report;
mod appendix;
mod bars;
mod chronology;
mod cover;
mod decide;
mod disputed;
pub mod document;
mod family;
mod family_copy;
mod flags;
pub mod folder;
mod genogram;
mod grid;
mod holders;
pub mod html;
mod index;
mod invited;
mod lanes;
mod links;
mod questions;
mod silence;
mod sources;
pub mod template;
pub mod text;
mod withheld;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::model::date::Day;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::settings::Recipient;
use crate::model::supply;
use crate::model::words::Threshold;
use crate::report::View;

use document::{Document, Section};
use index::Index;
use template::Template;

/// What the pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// Agencies decide together whether a child may be suffering harm, and what is done.
    StrategyDiscussion,
    /// A child protection conference.
    Conference,
    /// A review of a child in need plan.
    CinMeeting,
    /// A Team Around the Family.
    TeamAroundFamily,
}

impl Phrase for Meeting {
    const PHRASES: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (
            Self::StrategyDiscussion,
            "strategy-discussion",
            &["strategy meeting", "strategy"],
        ),
        (
            Self::Conference,
            "conference",
            &["child protection conference", "icpc"],
        ),
        (
            Self::CinMeeting,
            "cin-meeting",
            &["child in need meeting", "cin"],
        ),
        (
            Self::TeamAroundFamily,
            "team-around-family",
            &["team around the family", "taf", "tac"],
        ),
    ];
}

impl Meeting {
    /// What it is called at the top of the pack.
    pub fn title(self) -> &'static str {
        match self {
            Self::StrategyDiscussion => "Strategy discussion",
            Self::Conference => "Child protection conference",
            Self::CinMeeting => "Child in need meeting",
            Self::TeamAroundFamily => "Team Around the Family meeting",
        }
    }

    /// How far the concern has come when such a meeting is held, where nothing else is said.
    pub fn threshold(self) -> Threshold {
        match self {
            Self::StrategyDiscussion => Threshold::S47,
            Self::Conference => Threshold::Conference,
            Self::CinMeeting => Threshold::S17,
            Self::TeamAroundFamily => Threshold::EarlyHelp,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The meeting.
    pub meeting: Meeting,
    /// What neither happened nor came in since this day is left out of the chronology; what has neither date stays.
    pub since: Option<Day>,
    /// A written report of this agency alone, for one that cannot attend.
    pub report_of: Option<AgencyId>,
}

/// A pack while it is laid out: what may be seen, and what was asked for.
#[derive(Debug, Clone)]
pub struct Pack<'a> {
    /// What may be seen.
    pub view: &'a View<'a>,
    /// What was asked for.
    pub request: &'a Request,
    /// How it refers to its own lines and people.
    index: Index,
}

impl Pack<'_> {
    /// The name of an agency.
    fn agency<'b>(&'b self, id: &'b AgencyId) -> &'b str {
        self.view.picture.supplied.agency_name(id)
    }

    /// For whom, in words.
    fn recipient(&self) -> String {
        match &self.view.picture.settings.recipient {
            Some(Recipient::Agency(id)) => self.agency(id).to_owned(),
            Some(Recipient::Kind(kind)) => words::any_of(*kind),
            Some(Recipient::Family) => "the family".to_owned(),
            None => "the partners at the meeting".to_owned(),
        }
    }

    /// Whether the pack is for the agency that prepares it, which knows who else works with the family.
    fn is_for_own(&self) -> bool {
        let own = self.view.picture.settings.own_agency.as_ref();
        !self.view.is_limited() || own.is_some_and(|own| self.view.is_recipient(own))
    }

    /// The agencies that the recipient may know to be involved. That a service knows somebody can be the most private thing
    /// about them: to others than the own agency only those are named who tell something that is shown, and those with whom
    /// the recipient itself has to do.
    fn known_agencies(&self) -> BTreeSet<&AgencyId> {
        let picture = self.view.picture;
        let supplied = &picture.supplied;
        let every = supplied.agencies.iter().map(|agency| &agency.id);
        if self.is_for_own() {
            return every.collect();
        }
        let mut known: BTreeSet<&AgencyId> =
            every.filter(|id| self.view.is_recipient(id)).collect();
        known.extend(picture.settings.own_agency.as_ref());
        for fact in self
            .facts()
            .into_iter()
            .filter_map(|at| picture.timeline.facts.get(at))
        {
            known.extend(&fact.agencies);
            known.insert(&fact.first_agency);
        }
        let asked = supplied
            .requests
            .iter()
            .filter(|request| self.is_party(request));
        known.extend(asked.map(|request| &request.asked));
        let said = supplied
            .involvements
            .iter()
            .filter(|one| self.view.is_recipient(&one.agency));
        known.extend(said.filter_map(|one| one.involved.as_ref()));
        known
    }

    /// Whether the recipient asked, or was asked.
    fn is_party(&self, request: &supply::Request) -> bool {
        let by = AgencyId::new(&request.asked_by);
        !self.view.is_limited()
            || self.view.is_recipient(&request.asked)
            || self.view.is_recipient(&by)
    }

    /// Indexes of the facts that are shown and lie in the period asked for, in reading order.
    fn facts(&self) -> Vec<usize> {
        let picture = self.view.picture;
        (0..picture.timeline.facts.len())
            .filter(|&at| self.view.shows(at) && !picture.outside.get(at).copied().unwrap_or(false))
            .collect()
    }

    /// Those of them that the chronology prints: all, or what is new since a day.
    fn printed(&self) -> Vec<usize> {
        let facts = &self.view.picture.timeline.facts;
        let mut printed = self.facts();
        if let Some(since) = self.request.since {
            printed.retain(|&at| facts.get(at).is_some_and(|fact| self.is_new(fact, since)));
        }
        printed
    }

    /// Whether a day lies after the one at which everything is judged: a slip, or something still to come, and no time that
    /// went by. A copy for the family knows no such day.
    fn is_ahead(&self, day: Day) -> bool {
        let as_of = self.view.picture.as_of;
        !self.view.is_family() && as_of != Day::default() && day > as_of
    }

    /// Whether a fact is new since a day: it happened or went on since, or it came in since. What has neither date may be new.
    fn is_new(&self, fact: &Fact, since: Day) -> bool {
        match (fact.when.end(), self.came_in(fact)) {
            (Some(end), _) if end >= since => true,
            (_, Some(came)) => came >= since,
            (end, None) => end.is_none(),
        }
    }

    /// The day on which a fact first came to the partnership, where that is recorded.
    fn came_in(&self, fact: &Fact) -> Option<Day> {
        let entries = &self.view.picture.supplied.entries;
        let entries = fact.entries.iter().filter_map(|&at| entries.get(at));
        entries.filter_map(|entry| entry.received_on.start()).min()
    }

    /// The agency that prepares the pack, by its name.
    fn own_name(&self) -> Option<&str> {
        let own = self.view.picture.settings.own_agency.as_ref()?;
        Some(self.agency(own))
    }
}

/// Lays out a pack.
pub fn lay_out(view: &View<'_>, request: &Request, template: &Template) -> Document {
    let mut pack = Pack {
        view,
        request,
        index: Index::default(),
    };
    pack.index = Index::of(view, &pack.printed());
    let mut document = if view.is_family() {
        family_copy::document(&pack)
    } else if let Some(agency) = &request.report_of {
        agency_report::document(&pack, agency)
    } else {
        whole(&pack)
    };
    template.apply(&mut document);
    document
}

/// The pack for professionals.
fn whole(pack: &Pack<'_>) -> Document {
    let sections: Vec<Section> = vec![
        cover::section(pack),
        sources::section(pack),
        family::section(pack),
        holders::section(pack),
        invited::section(pack),
        lanes::section(pack),
        bars::section(pack),
        chronology::section(pack),
        disputed::section(pack),
        flags::section(pack),
        questions::section(pack),
        withheld::section(pack),
        grid::section(),
        appendix::section(pack),
    ];
    Document {
        title: format!("{}: pack", pack.request.meeting.title()),
        notice: "Confidential. For the person and purpose named on this page. Do not pass on beyond what each line allows.".to_owned(),
        sections,
        ..Document::default()
    }
}
