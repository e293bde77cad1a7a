//! A choice of one of several that is no choice about a fact: a recipient, a purpose, an agency to ask, a meeting. Found by
//! what is typed.

use super::index::Index;
use super::model::Model;
use super::only::{self, Only};
use super::search::Search;
use super::viewing;
use crate::model::id::{PersonId, RecordId};
use crate::model::phrase::Phrase;
use crate::model::settings::Recipient;
use crate::model::words::{AgencyKind, Threshold};
use crate::picture::Picture;

/// A choice that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// What is chosen.
    pub of: Picking,
    /// What is typed.
    pub query: String,
    /// The selected one of what is offered.
    pub at: usize,
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Picking {
    /// As whom the screen is viewed.
    ViewAs,
    /// For what it is viewed as somebody.
    ViewFor(Recipient),
    /// What the timeline is narrowed to.
    Only,
    /// Which record is taken out of a person.
    Split(PersonId),
    /// With whom a person is one.
    Join(PersonId),
}

/// One of what is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Whether it holds already.
    pub holds: bool,
    /// It, in words.
    pub words: String,
    /// What it is.
    pub chosen: Chosen,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// Somebody; nobody is the analyst.
    Recipient(Option<Recipient>),
    /// A purpose, or none in particular.
    Purpose(Option<Threshold>),
    /// Something that the timeline is narrowed to; nothing clears it all.
    Only(Option<Only>),
    /// A record.
    Record(RecordId),
    /// A person.
    Person(PersonId),
}

impl Pick {
    /// A choice with nothing typed.
    pub fn new(of: Picking) -> Self {
        Self {
            of,
            query: String::new(),
            at: 0,
        }
    }

    /// What is asked.
    pub fn question(&self) -> &'static str {
        match self.of {
            Picking::ViewAs => " View as whom? What they may not see is nowhere then ",
            Picking::ViewFor(_) => " For what would they see it? ",
            Picking::Only => " Only facts of which agency, person, kind, basis, flag? ",
            Picking::Split(_) => " Which record is somebody else? ",
            Picking::Join(_) => " With whom is this person one? ",
        }
    }

    /// What is offered for what is typed.
    pub fn offers(&self, model: &Model) -> Vec<Offer> {
        let Some((picture, index)) = &model.picture else {
            return Vec::new();
        };
        let offers = match &self.of {
            Picking::Only => return narrowings(model, picture, index, self.query.trim()),
            Picking::Split(person) => records(picture, person),
            Picking::Join(person) => others(picture, person),
            Picking::ViewAs => viewers(model, picture),
            Picking::ViewFor(_) => {
                let now = model.view_as.as_ref().map(|now| now.purpose);
                purposes(now.unwrap_or(picture.settings.purpose))
            }
        };
        let query = self.query.trim();
        let search = Search::new(query);
        let is_found = |offer: &Offer| query.is_empty() || search.finds(&offer.words);
        offers.into_iter().filter(is_found).collect()
    }
}

/// Everything that the timeline can be narrowed to, first of all to nothing.
fn narrowings(model: &Model, picture: &Picture, index: &Index, query: &str) -> Vec<Offer> {
    let found = only::offers(picture, index, query).into_iter();
    let found = found.map(|(only, words)| Offer {
        holds: model.only.contains(&only),
        words,
        chosen: Chosen::Only(Some(only)),
    });
    let clear = (!model.only.is_empty() && query.is_empty()).then(|| Offer {
        holds: false,
        words: "everything again".to_owned(),
        chosen: Chosen::Only(None),
    });
    found.chain(clear).collect()
}

/// The records of a person, each with its agency and what it says.
fn records(picture: &Picture, person: &PersonId) -> Vec<Offer> {
    let persons = &picture.people.persons;
    let at = persons.binary_search_by(|one| one.id.cmp(person)).ok();
    let records = at.and_then(|at| persons.get(at)).map(|one| &one.records);
    let records = records.into_iter().flatten();
    let records = records.filter_map(|at| picture.supplied.records.get(*at));
    let offers = records.map(|record| Offer {
        holds: false,
        words: format!(
            "{}: {} {} ({})",
            picture.supplied.agency_name(record.id.agency()),
            record.name(),
            record.birth.date_cell(),
            record.id
        ),
        chosen: Chosen::Record(record.id.clone()),
    });
    offers.collect()
}

/// All persons but one.
fn others(picture: &Picture, person: &PersonId) -> Vec<Offer> {
    let persons = picture.people.persons.iter();
    let others = persons.filter(|other| other.id != *person);
    let offers = others.map(|other| {
        let birth = other.births.first();
        let birth = birth.map_or(String::new(), |birth| format!(", {}", birth.date_cell()));
        let count = other.records.len();
        let plural = if count == 1 { "" } else { "s" };
        Offer {
            holds: false,
            words: format!("{}{birth}, {count} record{plural}", other.name),
            chosen: Chosen::Person(other.id.clone()),
        }
    });
    offers.collect()
}

/// As whom the screen can be viewed: the analyst, the family, the agencies of the case that are known here, the kinds.
fn viewers(model: &Model, picture: &Picture) -> Vec<Offer> {
    let now = model.view_as.as_ref();
    let mut offers = vec![Offer {
        holds: now.is_none(),
        words: "everything (the analyst)".to_owned(),
        chosen: Chosen::Recipient(None),
    }];
    offers.extend(recipients(picture, now.map(|now| &now.recipient)));
    offers
}

/// The family, the agencies of a picture, the kinds of agency.
pub fn recipients(picture: &Picture, now: Option<&Recipient>) -> Vec<Offer> {
    let agencies = picture.supplied.agencies.iter();
    let agencies = agencies
        .filter(|agency| agency.kind != AgencyKind::Family)
        .map(|agency| Recipient::Agency(agency.id.clone()));
    let kinds = AgencyKind::PHRASES.iter();
    let kinds = kinds
        .filter(|(kind, ..)| *kind != AgencyKind::Family)
        .map(|(kind, ..)| Recipient::Kind(*kind));
    let all = std::iter::once(Recipient::Family)
        .chain(agencies)
        .chain(kinds);
    let offers = all.map(|recipient| Offer {
        holds: now == Some(&recipient),
        words: words(&recipient, picture),
        chosen: Chosen::Recipient(Some(recipient)),
    });
    offers.collect()
}

/// A recipient with the id that the command line takes.
fn words(recipient: &Recipient, picture: &Picture) -> String {
    let name = viewing::name(recipient, picture);
    match recipient {
        Recipient::Agency(id) if name.to_lowercase() != id.as_str() => format!("{name} ({id})"),
        _ => name,
    }
}

/// All purposes, the one that holds first so that Enter keeps it.
pub fn purposes(now: Option<Threshold>) -> Vec<Offer> {
    let named = Threshold::PHRASES.iter().map(|(one, ..)| Some(*one));
    let all = std::iter::once(None).chain(named);
    let mut offers: Vec<Offer> = all
        .map(|one| Offer {
            holds: one == now,
            words: viewing::purpose(one).to_owned(),
            chosen: Chosen::Purpose(one),
        })
        .collect();
    offers.sort_by_key(|offer| !offer.holds);
    offers
}
