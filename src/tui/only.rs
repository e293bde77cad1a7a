//! What the timeline is narrowed to beside a search: an agency, a person, a kind, a basis, a flag. Several hold together.

use std::collections::BTreeMap;

use super::drawn::ring::is_seen;
use super::index::Index;
use super::search::Search;
use crate::model::id::{AgencyId, PersonId};
use crate::picture::Picture;

/// No more than so many are offered at a time: more letters find the others.
const OFFERED: usize = 300;

/// One thing that the timeline is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Only {
    /// What an agency tells.
    Agency(AgencyId),
    /// What is about a person.
    Person(PersonId),
    /// Facts of a kind, as printed.
    Kind(String),
    /// Facts with a basis code.
    Basis(String),
    /// Facts that a flag of this code names.
    Flag(&'static str),
}

/// Facts by kind, basis and flag, for the facts that are seen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OnlyIndex {
    /// By kind.
    pub kinds: BTreeMap<String, Vec<usize>>,
    /// By basis code.
    pub bases: BTreeMap<String, Vec<usize>>,
    /// By the code of a flag.
    pub flags: BTreeMap<&'static str, Vec<usize>>,
}

impl OnlyIndex {
    /// Sorts the facts of a picture.
    pub fn of(picture: &Picture) -> Self {
        let mut index = Self::default();
        for (at, fact) in picture.timeline.facts.iter().enumerate() {
            if !is_seen(picture, at) {
                continue;
            }
            let kind = fact.kind.text();
            let kind = if kind.is_empty() {
                "not recorded"
            } else {
                kind
            };
            push(&mut index.kinds, kind, at);
            for code in &fact.basis {
                push(&mut index.bases, code, at);
            }
            if fact.basis.is_empty() {
                push(&mut index.bases, "not recorded", at);
            }
        }
        for flag in &picture.flags.flags {
            let facts = index.flags.entry(flag.code).or_default();
            facts.extend(&flag.facts);
        }
        for facts in index.flags.values_mut() {
            facts.sort_unstable();
            facts.dedup();
            facts.retain(|at| is_seen(picture, *at));
        }
        index.flags.retain(|_, facts| !facts.is_empty());
        index
    }
}

fn push(map: &mut BTreeMap<String, Vec<usize>>, key: &str, at: usize) {
    if let Some(facts) = map.get_mut(key) {
        if facts.last() != Some(&at) {
            facts.push(at);
        }
    } else {
        map.insert(key.to_owned(), vec![at]);
    }
}

impl Only {
    /// It in words.
    pub fn words(&self, picture: &Picture) -> String {
        match self {
            Self::Agency(id) => format!("agency: {}", picture.supplied.agency_name(id)),
            Self::Person(id) => {
                let name = position(picture, id).map_or("", |at| picture.person_name(at));
                format!("person: {name}")
            }
            Self::Kind(kind) => format!("kind: {kind}"),
            Self::Basis(code) => format!("basis: {}", basis(picture, code)),
            Self::Flag(code) => format!("flag: {code}"),
        }
    }

    /// The facts that it leaves, in order.
    pub fn facts<'a>(&self, picture: &Picture, index: &'a Index) -> &'a [usize] {
        let found = match self {
            Self::Agency(id) => {
                let agencies = index.agencies.iter();
                let agency = agencies.clone().find(|agency| agency.id == *id);
                agency.map(|agency| &agency.facts)
            }
            Self::Person(id) => position(picture, id).and_then(|at| index.facts_of_person.get(at)),
            Self::Kind(kind) => index.only.kinds.get(kind),
            Self::Basis(code) => index.only.bases.get(code),
            Self::Flag(code) => index.only.flags.get(code),
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether another says the same kind of thing: of these any one is enough.
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A code with its label, where there is one.
fn basis(picture: &Picture, code: &str) -> String {
    let label = picture.vocabulary.labels(&[Box::from(code)]);
    if label.is_empty() || label == code {
        code.to_owned()
    } else {
        label
    }
}

fn position(picture: &Picture, id: &PersonId) -> Option<usize> {
    let persons = &picture.people.persons;
    persons.binary_search_by(|person| person.id.cmp(id)).ok()
}

/// Of some facts those that everything leaves: two agencies mean either, an agency and a person mean both.
pub fn narrow(
    picture: &Picture,
    index: &Index,
    only: &[Only],
    mut facts: Vec<usize>,
) -> Vec<usize> {
    let mut done: Vec<&Only> = Vec::new();
    for one in only {
        if done.iter().any(|other| other.is_like(one)) {
            continue;
        }
        done.push(one);
        let mut is_left = vec![false; picture.timeline.facts.len()];
        for like in only.iter().filter(|other| other.is_like(one)) {
            for at in like.facts(picture, index) {
                if let Some(flag) = is_left.get_mut(*at) {
                    *flag = true;
                }
            }
        }
        facts.retain(|at| is_left.get(*at).copied().unwrap_or(false));
    }
    facts
}

/// Everything that the timeline can be narrowed to and that has these words, with how many facts it leaves.
pub fn offers(picture: &Picture, index: &Index, query: &str) -> Vec<(Only, String)> {
    let search = Search::new(query);
    let mut offers = Vec::new();
    let mut offer = |only: Only, count: usize| {
        if count == 0 || offers.len() >= OFFERED {
            return;
        }
        let words = format!("{} ({count})", only.words(picture));
        if query.is_empty() || search.finds(&words) {
            offers.push((only, words));
        }
    };
    for agency in &index.agencies {
        offer(Only::Agency(agency.id.clone()), agency.facts.len());
    }
    for (kind, facts) in &index.only.kinds {
        offer(Only::Kind(kind.clone()), facts.len());
    }
    for (code, facts) in &index.only.flags {
        offer(Only::Flag(code), facts.len());
    }
    for (code, facts) in &index.only.bases {
        offer(Only::Basis(code.clone()), facts.len());
    }
    for (person, facts) in picture.people.persons.iter().zip(&index.facts_of_person) {
        offer(Only::Person(person.id.clone()), facts.len());
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::sample::picture;

    #[test]
    fn every_offer_leaves_as_many_facts_as_it_says() {
        let picture = picture();
        let index = Index::of(&picture);
        let offers = offers(&picture, &index, "");
        assert!(offers.len() > 8, "{offers:?}");
        let all: Vec<usize> = (0..picture.timeline.facts.len()).collect();
        for (only, words) in offers {
            let left = narrow(&picture, &index, std::slice::from_ref(&only), all.clone());
            assert!(words.ends_with(&format!("({})", left.len())), "{words}");
        }
    }

    #[test]
    fn two_agencies_mean_either_and_an_agency_and_a_kind_mean_both() {
        let picture = picture();
        let index = Index::of(&picture);
        let all: Vec<usize> = (0..picture.timeline.facts.len()).collect();
        let agency = |id: &str| Only::Agency(AgencyId::new(id));
        let left = |only: &[Only]| narrow(&picture, &index, only, all.clone()).len();
        let (police, school) = (left(&[agency("police")]), left(&[agency("school")]));
        assert_eq!(left(&[agency("police"), agency("school")]), police + school);
        assert_eq!(
            left(&[agency("police"), Only::Kind("observation".into())]),
            police
        );
        assert_eq!(left(&[agency("police"), Only::Kind("decision".into())]), 0);
        assert_eq!(left(&[]), all.len());
    }
}
