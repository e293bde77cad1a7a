//! A choice of one of several that is no choice about a fact: a recipient, a purpose, an agency to ask, a meeting. Found by
//! what is typed.

use std::path::{Path, PathBuf};

use super::index::Index;
use super::model::Model;
use super::only::{self, Only};
use super::pack::PARTNERS;
use super::search::Search;
use super::update::requests::{self, of_flag};
use super::viewing;
use crate::model::id::{AgencyId, EntryId, PersonId, RecordId};
use crate::model::phrase::Phrase;
use crate::model::settings::Recipient;
use crate::model::words::{AgencyKind, RequestResult, Threshold};
use crate::picture::Picture;
use crate::report::pack::Meeting;

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
    /// Which agency is asked.
    AskWhom(About),
    /// How a request was answered.
    Result(String),
    /// For which meeting the pack is.
    Meeting,
    /// For whom it is.
    PackFor,
    /// For what it is.
    PackPurpose,
    /// Whether a file that is there is written over.
    Overwrite(PathBuf),
    /// With whom something would be shared.
    ShareWith(Handing),
    /// For what it would be shared with them.
    ShareFor(Handing, String),
}

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The flag that it would clear.
    pub flag: Option<String>,
    /// Indexes of the persons.
    pub persons: Vec<usize>,
    /// The agencies that tell of it.
    pub agencies: Vec<AgencyId>,
}

/// What would be shared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handing {
    /// The entries.
    pub entries: Vec<EntryId>,
    /// Index of the fact.
    pub fact: Option<usize>,
    /// It, in words.
    pub about: String,
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
    /// Somebody; nobody is the analyst, or of a pack all who sit at the table.
    Recipient(Option<Recipient>),
    /// A purpose, or none in particular.
    Purpose(Option<Threshold>),
    /// Something that the timeline is narrowed to; nothing clears it all.
    Only(Option<Only>),
    /// A record.
    Record(RecordId),
    /// A person.
    Person(PersonId),
    /// An agency.
    Agency(AgencyId),
    /// How a request ended.
    Result(RequestResult),
    /// A meeting.
    Meeting(Meeting),
    /// Yes.
    Yes,
    /// No.
    No,
    /// Somebody, as typed.
    Typed(String),
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
            Picking::AskWhom(_) => " Which agency is asked? ",
            Picking::Meeting => " For which meeting is the pack? ",
            Picking::PackFor => " For whom is the pack? ",
            Picking::PackPurpose => " For what do they get it? ",
            Picking::Overwrite(_) => " There is a file of this name. Write over it? ",
            Picking::Result(_) => " How was it answered? ",
            Picking::ShareWith(_) => " With whom would it be shared? Somebody else: type who ",
            Picking::ShareFor(..) => " For what? ",
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
            Picking::AskWhom(about) => asked(picture, about),
            Picking::Result(_) => results(),
            Picking::Meeting => meetings(model),
            Picking::PackFor => pack_for(model, picture),
            Picking::PackPurpose => purposes(model.pack.ask.as_ref().and_then(|now| now.purpose)),
            Picking::Overwrite(path) => overwrite(path),
            Picking::ShareWith(_) => recipients(picture, None),
            Picking::ShareFor(..) => purposes(picture.settings.purpose),
            Picking::ViewFor(_) => {
                let now = model.view_as.as_ref().map(|now| now.purpose);
                purposes(now.unwrap_or(picture.settings.purpose))
            }
        };
        let query = self.query.trim();
        let search = Search::new(query);
        let is_found = |offer: &Offer| query.is_empty() || search.finds(&offer.words);
        let mut found: Vec<Offer> = offers.into_iter().filter(is_found).collect();
        if matches!(self.of, Picking::ShareWith(_)) && !query.is_empty() {
            found.push(Offer {
                holds: false,
                words: format!("somebody else: {query}"),
                chosen: Chosen::Typed(query.to_owned()),
            });
        }
        found
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

/// The agencies that can be asked, those that a flag names first.
fn asked(picture: &Picture, about: &About) -> Vec<Offer> {
    let first = about.flag.as_ref().map(|flag| of_flag(picture, flag));
    let first = first.unwrap_or_default();
    let agencies = requests::agencies(picture, about).into_iter();
    let offers = agencies.map(|id| {
        let question = first.iter().find(|(agency, _)| *agency == id);
        let asks = question.map_or(String::new(), |(_, question)| {
            format!(": {}", question.text)
        });
        let name = words(&Recipient::Agency(id.clone()), picture);
        Offer {
            holds: question.is_some(),
            words: format!("{name}{asks}"),
            chosen: Chosen::Agency(id),
        }
    });
    offers.collect()
}

/// For whom a pack can be: everybody that one copy can be for, and all who sit at the table.
fn pack_for(model: &Model, picture: &Picture) -> Vec<Offer> {
    let now = model.pack.ask.as_ref().map(|ask| ask.whom.as_ref());
    let mut offers = vec![Offer {
        holds: now == Some(None),
        words: PARTNERS.to_owned(),
        chosen: Chosen::Recipient(None),
    }];
    offers.extend(recipients(picture, now.flatten()));
    offers
}

fn meetings(model: &Model) -> Vec<Offer> {
    let now = model.pack.ask.as_ref().map(|ask| ask.meeting);
    let all = Meeting::PHRASES.iter();
    let offers = all.map(|(meeting, ..)| Offer {
        holds: now == Some(*meeting),
        words: meeting.title().to_owned(),
        chosen: Chosen::Meeting(*meeting),
    });
    offers.collect()
}

/// Enter by itself writes over nothing.
fn overwrite(path: &Path) -> Vec<Offer> {
    let name = path.display();
    let offer = |words: String, chosen: Chosen| Offer {
        holds: false,
        words,
        chosen,
    };
    vec![
        offer("no: choose another name".to_owned(), Chosen::No),
        offer(format!("yes: write over {name}"), Chosen::Yes),
    ]
}

/// How a request can end.
fn results() -> Vec<Offer> {
    let all = RequestResult::PHRASES.iter();
    let offers = all.map(|(result, words, _)| Offer {
        holds: false,
        words: (*words).to_owned(),
        chosen: Chosen::Result(*result),
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
