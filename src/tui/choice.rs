//! What can be chosen for a fact, found by what is typed: how much it matters, who its origin is, which conclusion relies on
//! it. A conclusion that is not there yet is named by typing it.

use std::collections::BTreeMap;

use super::search::Search;
use crate::case::DraftOf;
use crate::model::agency::Agency;
use crate::model::decision::Verdict;
use crate::model::fact::{Fact, Origin};
use crate::model::id::{ConclusionId, EntryId};
use crate::picture::Picture;

/// The conclusion that a mark belongs to when none is named.
pub const DRAFT: &str = "draft";
/// A typed name of at most so many letters, without a space, is the id of a conclusion; all else is what it says.
const LONGEST_ID: usize = 24;
/// What each level of significance means.
const LEVELS: [&str; 4] = [
    "does not matter here",
    "matters a little",
    "matters: a key fact",
    "matters most: a key fact",
];

/// A choice that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is chosen.
    pub of: Choosing,
    /// The entry that tells the fact first.
    pub entry: EntryId,
    /// What is typed.
    pub query: String,
    /// The selected one of what is offered.
    pub at: usize,
}

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// How much the fact matters.
    Significance,
    /// Who first observed it or was told.
    Origin,
    /// The conclusion that relies on it.
    Conclusion,
}

/// One of what is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Whether it holds already.
    pub holds: bool,
    /// It, in words.
    pub words: String,
    /// What choosing it decides.
    pub verdicts: Vec<Verdict>,
}

impl Choice {
    /// What is asked.
    pub fn question(&self) -> &'static str {
        match self.of {
            Choosing::Significance => " How much does this fact matter? ",
            Choosing::Origin => " Who first observed it or was told? Several: with commas ",
            Choosing::Conclusion => " Which conclusion relies on it? A new one: type it ",
        }
    }

    /// What a half-typed text of it would become; `None` where only something offered can be chosen.
    pub fn draft_of(&self) -> Option<DraftOf> {
        (self.of == Choosing::Conclusion).then(|| DraftOf::Conclusion(self.entry.clone()))
    }

    /// What is offered for what is typed.
    pub fn offers(&self, picture: &Picture) -> Vec<Offer> {
        let Some(fact) = fact_of(picture, &self.entry) else {
            return Vec::new();
        };
        let query = self.query.trim();
        let search = Search::new(query);
        let offers = match self.of {
            Choosing::Significance => levels(picture, fact),
            Choosing::Origin if query.contains(',') => return several(picture, fact, query),
            Choosing::Origin => origins(picture, fact),
            Choosing::Conclusion => {
                let mut offers = conclusions(picture, fact, &self.entry);
                let is_there = offers.iter().any(|(id, _)| id == query);
                offers.retain(|(_, offer)| query.is_empty() || search.finds(&offer.words));
                let mut offers: Vec<Offer> = offers.into_iter().map(|(_, offer)| offer).collect();
                if !is_there && !query.is_empty() {
                    offers.push(named(picture, &self.entry, query));
                }
                return offers;
            }
        };
        let is_found = |offer: &Offer| query.is_empty() || search.finds(&offer.words);
        offers.into_iter().filter(is_found).collect()
    }
}

/// The fact that an entry tells.
pub fn fact_of<'a>(picture: &'a Picture, entry: &EntryId) -> Option<&'a Fact> {
    let at = picture.supplied.entry(entry)?;
    let fact = *picture.timeline.fact_of.get(at)?;
    picture.timeline.facts.get(fact)
}

/// The entries that tell a fact: what is set for a fact is set for each of them.
fn entries(picture: &Picture, fact: &Fact) -> Vec<EntryId> {
    let entries = fact.entries.iter();
    entries
        .filter_map(|at| picture.supplied.entries.get(*at))
        .map(|entry| entry.id.clone())
        .collect()
}

fn levels(picture: &Picture, fact: &Fact) -> Vec<Offer> {
    let entries = entries(picture, fact);
    (0u8..)
        .zip(LEVELS)
        .map(|(level, words)| Offer {
            holds: fact.significance == Some(level),
            words: format!("{level}  {words}"),
            verdicts: entries
                .iter()
                .map(|entry| Verdict::Significance {
                    entry: entry.clone(),
                    level,
                })
                .collect(),
        })
        .collect()
}

fn origin(picture: &Picture, fact: &Fact, words: String, origins: &[Origin]) -> Offer {
    let entries = entries(picture, fact).into_iter();
    Offer {
        holds: fact.origins == origins,
        words,
        verdicts: entries
            .map(|entry| Verdict::Origin {
                entry,
                origins: origins.to_vec(),
            })
            .collect(),
    }
}

fn origins(picture: &Picture, fact: &Fact) -> Vec<Offer> {
    let mut offers: Vec<Offer> = picture
        .supplied
        .agencies
        .iter()
        .map(|agency| {
            let only = vec![Origin::Agency(agency.id.clone())];
            let id = agency.id.as_str();
            let words = if agency.name.to_lowercase() == id {
                agency.name.clone()
            } else {
                format!("{} ({id})", agency.name)
            };
            origin(picture, fact, words, &only)
        })
        .collect();
    let unknown = vec![Origin::Unknown];
    offers.push(origin(picture, fact, "unknown".to_owned(), &unknown));
    offers
}

/// Several agencies, typed with commas; nothing while one of them is not found.
fn several(picture: &Picture, fact: &Fact, query: &str) -> Vec<Offer> {
    let parts = query
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let mut found: Vec<&Agency> = Vec::new();
    for part in parts {
        let agencies = &picture.supplied.agencies;
        let is_named = |agency: &&Agency| agency.id.as_str() == part || agency.name == part;
        let search = Search::new(part);
        let agency = agencies
            .iter()
            .find(is_named)
            .or_else(|| agencies.iter().find(|agency| search.finds(&agency.name)));
        match agency {
            Some(agency) => found.push(agency),
            None => return Vec::new(),
        }
    }
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found.dedup_by(|one, other| one.id == other.id);
    if found.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = found.iter().map(|agency| agency.name.as_str()).collect();
    let count = words.len();
    let plural = if count == 1 { "" } else { "s" };
    let words = format!("{} ({count} independent origin{plural})", words.join(", "));
    let ids = found.iter().map(|agency| Origin::Agency(agency.id.clone()));
    let ids: Vec<Origin> = ids.collect();
    vec![origin(picture, fact, words, &ids)]
}

/// The conclusions that there are, `draft` first, each with its id.
fn conclusions(picture: &Picture, fact: &Fact, entry: &EntryId) -> Vec<(String, Offer)> {
    let mut said: BTreeMap<&str, &str> = BTreeMap::from([(DRAFT, "")]);
    for conclusion in &picture.reliance.conclusions {
        said.insert(conclusion.id.as_str(), &conclusion.text);
    }
    for (id, (text, _)) in &picture.by_hand.conclusions {
        said.insert(id.as_str(), text);
    }
    let mut all: Vec<(String, Offer)> = said
        .into_iter()
        .map(|(id, text)| {
            let conclusion = ConclusionId::new(id);
            let holds = fact.cited_by.contains(&conclusion);
            let entry = entry.clone();
            let verdict = if holds {
                Verdict::NotReliedOn { conclusion, entry }
            } else {
                Verdict::ReliedOn { conclusion, entry }
            };
            let words = if text.trim().is_empty() {
                id.to_owned()
            } else {
                format!("{id}: {text}")
            };
            let verdicts = vec![verdict];
            let offer = Offer {
                holds,
                words,
                verdicts,
            };
            (id.to_owned(), offer)
        })
        .collect();
    all.sort_by_key(|(id, _)| id != DRAFT);
    all
}

/// A conclusion that is not there yet: a short word is its id, anything longer is what it says.
fn named(picture: &Picture, entry: &EntryId, query: &str) -> Offer {
    let is_id = query.chars().count() <= LONGEST_ID && !query.contains(char::is_whitespace);
    let id = if is_id {
        query.to_owned()
    } else {
        free_id(picture)
    };
    let conclusion = ConclusionId::new(&id);
    let mut verdicts = Vec::new();
    let words = if is_id {
        format!("new conclusion {id}")
    } else {
        verdicts.push(Verdict::Conclusion {
            conclusion: conclusion.clone(),
            text: query.to_owned(),
        });
        format!("new conclusion {id}: {query}")
    };
    verdicts.push(Verdict::ReliedOn {
        conclusion,
        entry: entry.clone(),
    });
    Offer {
        holds: false,
        words,
        verdicts,
    }
}

/// The first of C1, C2 … that no conclusion has.
fn free_id(picture: &Picture) -> String {
    let is_taken = |id: &str| {
        let supplied = picture.supplied.citations.iter();
        let mut supplied = supplied.map(|citation| &citation.conclusion);
        let mut conclusions = picture.reliance.conclusions.iter().map(|one| &one.id);
        let mut by_hand = picture.by_hand.conclusions.keys();
        supplied.any(|one| one.as_str() == id)
            || conclusions.any(|one| one.as_str() == id)
            || by_hand.any(|one| one.as_str() == id)
    };
    let mut number = 1u32;
    loop {
        let id = format!("C{number}");
        if !is_taken(&id) {
            return id;
        }
        number += 1;
    }
}
