//! The pack as the screen shows it before it is written: for which meeting and whom, its sections with what stands in them,
//! and what it holds back.

use std::path::PathBuf;
use std::sync::Arc;

use super::viewing;
use crate::model::settings::Recipient;
use crate::model::words::Threshold;
use crate::picture::Picture;
use crate::report::pack::document::{Document, Section};
use crate::report::pack::template::Template;
use crate::report::pack::{self, Meeting, Request};
use crate::report::{View, cut};

/// All who sit at the table, in words.
pub const PARTNERS: &str = "the partners at the meeting";
/// Deciders that are no person.
const MACHINE: [&str; 3] = ["model", "identifier", "rule"];

/// Which pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// For which meeting.
    pub meeting: Meeting,
    /// For whom; `None`: all who sit at the table.
    pub whom: Option<Recipient>,
    /// For what they get it.
    pub purpose: Option<Threshold>,
}

impl Ask {
    /// Whether it is for the family.
    pub fn is_family(&self) -> bool {
        self.whom == Some(Recipient::Family)
    }

    /// The recipient in words.
    pub fn name(&self, picture: &Picture) -> String {
        let whom = self.whom.as_ref();
        whom.map_or(PARTNERS.to_owned(), |whom| viewing::name(whom, picture))
    }

    /// What of its copy the recipient sees.
    pub fn view<'a>(&self, copy: &'a Picture) -> View<'a> {
        match self.whom {
            Some(_) => View::for_recipient(copy),
            None => View::for_partners(copy),
        }
    }
}

/// Where the pack stands on the screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Room {
    /// Which pack is looked at.
    pub ask: Option<Ask>,
    /// What it holds.
    pub outline: Option<Arc<Outline>>,
    /// The job that lays it out.
    pub job: Option<u64>,
    /// Whether it was laid out, or stopped, since the picture last changed.
    pub is_settled: bool,
    /// The file to which it is being written.
    pub writing: Option<PathBuf>,
    /// What became of the last pack that was written, or why one was not laid out.
    pub said: String,
}

/// What a pack holds and holds back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// Its title.
    pub title: String,
    /// For whom, in words.
    pub name: String,
    /// How many facts it shows.
    pub shown: usize,
    /// How many it holds back, by reason; none for the family, since counts tell.
    pub held_back: Vec<(String, usize)>,
    /// Links that no person confirmed.
    pub unconfirmed: usize,
    /// Flags of strength 3 that nobody explained: they block a safe pack.
    pub blocking: Vec<String>,
    /// The sections in order.
    pub sections: Vec<Part>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// Its heading.
    pub heading: String,
    /// How many rows its tables have.
    pub rows: usize,
    /// What stands in it, as the plain text of the pack has it.
    pub lines: Vec<String>,
}

/// Lays a pack out. `copy` is the picture that a copy for its recipient is made from.
pub fn document(copy: &Picture, ask: &Ask) -> Document {
    let request = Request {
        meeting: ask.meeting,
        since: None,
        report_of: None,
    };
    pack::lay_out(&ask.view(copy), &request, &Template::default())
}

/// What the screen shows of a pack.
pub fn outline(copy: &Picture, ask: &Ask) -> Outline {
    let view = ask.view(copy);
    let document = document(copy, ask);
    let facts = 0..copy.timeline.facts.len();
    let flags = copy.flags.flags.iter();
    let blocking = flags
        .filter(|flag| flag.strength == 3 && flag.explained_by.is_empty() && view.shows_flag(flag));
    let blocking = blocking.filter(|_| !view.is_family());
    Outline {
        name: ask.name(copy),
        shown: facts.filter(|at| view.shows(*at)).count(),
        held_back: cut::held_back(&view).into_iter().collect(),
        unconfirmed: unconfirmed(copy, &view),
        blocking: blocking.map(|flag| flag.sentence.clone()).collect(),
        sections: document.sections.iter().map(part).collect(),
        title: document.title,
    }
}

fn unconfirmed(copy: &Picture, view: &View<'_>) -> usize {
    let persons = (0..copy.people.persons.len()).filter_map(|at| view.person(at));
    let by_machine = persons.filter(|person| {
        let mut by = person.decided_by.iter();
        person.records.len() > 1 && by.all(|by| MACHINE.contains(&by.as_str()))
    });
    by_machine.count()
}

fn part(section: &Section) -> Part {
    let alone = Document {
        sections: vec![section.clone()],
        ..Document::default()
    };
    let text = pack::text::page(&alone);
    let lines = text.trim().lines().skip(1).map(str::to_owned);
    Part {
        heading: section.heading.clone(),
        rows: alone.rows(),
        lines: lines.collect(),
    }
}
