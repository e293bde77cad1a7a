//! A choice of one of several that is no choice about a fact: a recipient, a purpose, an agency to ask, a meeting. Found by
//! what is typed.

use super::model::Model;
use super::search::Search;
use super::viewing;
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
        }
    }

    /// What is offered for what is typed.
    pub fn offers(&self, model: &Model) -> Vec<Offer> {
        let Some((picture, _)) = &model.picture else {
            return Vec::new();
        };
        let offers = match &self.of {
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
