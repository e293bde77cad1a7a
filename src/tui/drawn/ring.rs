//! The agencies round the child: who works with whom, how recently, and how much of the picture each one gives.

use std::collections::BTreeMap;

use super::family::FamilyPicture;
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::words::Role;
use crate::picture::Picture;
use crate::sharing::Answer;
use crate::tui::index::Index;
use crate::tui::lanes::store::day_of;

/// Days up to which something is recent, and up to which it is of the last year.
const RECENT: (i64, i64) = (92, 366);

/// How recent the last thing is that an agency tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Touch {
    /// In the last three months.
    Recent,
    /// In the last year.
    Year,
    /// Longer ago.
    Older,
    /// It is involved and supplied nothing about the child.
    #[default]
    Silent,
}

impl Touch {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Recent => "in the last 3 months",
            Self::Year => "in the last year",
            Self::Older => "over a year ago",
            Self::Silent => "nothing supplied",
        }
    }

    /// The sign of which its line is made.
    pub fn sign(self) -> char {
        match self {
            Self::Recent => '=',
            Self::Year => '-',
            Self::Older => '.',
            Self::Silent => '?',
        }
    }
}

/// One agency of the ring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spoke {
    /// Which.
    pub agency: Option<AgencyId>,
    /// Facts that it tells about the children.
    pub facts: Vec<usize>,
    /// How many of them are relied on.
    pub cited: usize,
    /// The day of its last fact, not after the as-of date.
    pub last: Option<Day>,
    /// How recent that is.
    pub touch: Touch,
    /// Whom it is recorded as working with, by name, and whether that goes on.
    pub with: BTreeMap<String, bool>,
}

/// The ring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ring {
    /// Names of the children whom this is about.
    pub children: Vec<String>,
    /// Facts about them.
    pub facts: usize,
    /// The agencies, those that gave most first.
    pub spokes: Vec<Spoke>,
}

impl Spoke {
    /// Its share of the facts about the children, in per cent.
    pub fn share(&self, of: usize) -> usize {
        (self.facts.len() * 100 + of / 2)
            .checked_div(of)
            .unwrap_or(0)
    }
}

impl Ring {
    /// Draws the ring round the children whom the case is about.
    pub fn of(picture: &Picture, index: &Index, family: &FamilyPicture) -> Self {
        let members = family.family.members.iter();
        let mut children: Vec<usize> = members
            .filter(|member| member.is_index)
            .filter_map(|member| member.person)
            .collect();
        if children.is_empty() {
            let persons = picture.people.persons.iter().enumerate();
            let persons = persons.filter(|(_, person)| person.roles.contains(&Role::Child));
            children = persons.map(|(at, _)| at).collect();
        }
        let recipient = picture.settings.recipient.as_ref();
        let mut about = vec![false; picture.timeline.facts.len()];
        for child in &children {
            for at in index.facts_of_person.get(*child).into_iter().flatten() {
                if let Some(flag) = about.get_mut(*at) {
                    *flag = is_seen(picture, *at);
                }
            }
        }
        let is_about = |at: &usize| about.get(*at).copied().unwrap_or(false);
        let known = |at: &&usize| family.family.members.iter().any(|m| m.person == Some(**at));
        let children: Vec<String> = children
            .iter()
            .filter(known)
            .map(|at| picture.person_name(*at).to_owned())
            .collect();
        let agencies = index.agencies.iter();
        let mut spokes: Vec<Spoke> = agencies
            .map(|agency| {
                let facts = agency.facts.iter().copied();
                let facts = facts.filter(is_about).collect();
                let is_told = recipient.is_none() || picture.is_of(recipient, &agency.id);
                let with = if is_told {
                    works_with(picture, &agency.id)
                } else {
                    BTreeMap::new()
                };
                spoke((picture, index), &agency.id, facts, with)
            })
            .filter(|spoke| !spoke.facts.is_empty() || !spoke.with.is_empty())
            .collect();
        spokes.sort_by(|one, other| {
            let key = |spoke: &Spoke| std::cmp::Reverse(spoke.facts.len());
            key(one)
                .cmp(&key(other))
                .then(one.agency.cmp(&other.agency))
        });
        Self {
            children,
            facts: about.iter().filter(|flag| **flag).count(),
            spokes,
        }
    }
}

/// Whether the recipient viewed as may see a fact; without one everything is seen.
pub fn is_seen(picture: &Picture, fact: usize) -> bool {
    let answer = picture.answers.get(fact);
    picture.settings.recipient.is_none() || answer.is_some_and(Answer::is_yes)
}

/// Whom an agency is recorded as working with, and whether that goes on at the as-of date.
fn works_with(picture: &Picture, agency: &AgencyId) -> BTreeMap<String, bool> {
    let supplied = &picture.supplied;
    let rows = supplied.involvements.iter();
    let rows = rows.filter(|row| row.involved.as_ref() == Some(agency));
    let mut with: BTreeMap<String, bool> = BTreeMap::new();
    for row in rows {
        let person = supplied
            .record(&row.record)
            .and_then(|at| picture.people.person_of.get(at));
        let Some(person) = person else { continue };
        let goes_on = row.to.end().is_none_or(|end| end >= picture.as_of);
        let name = picture.person_name(*person).to_owned();
        *with.entry(name).or_default() |= goes_on;
    }
    with
}

fn spoke(
    (picture, index): (&Picture, &Index),
    agency: &AgencyId,
    facts: Vec<usize>,
    with: BTreeMap<String, bool>,
) -> Spoke {
    let all = &picture.timeline.facts;
    let of = || facts.iter().filter_map(|at| all.get(*at));
    let days = of().filter_map(|fact| day_of(&fact.when));
    let last = days.filter(|day| *day <= picture.as_of).max();
    let touch = match last.map(|day| (picture.as_of - day).num_days()) {
        Some(days) if days <= RECENT.0 => Touch::Recent,
        Some(days) if days <= RECENT.1 => Touch::Year,
        _ if !facts.is_empty() => Touch::Older,
        _ => Touch::Silent,
    };
    Spoke {
        agency: Some(agency.clone()),
        cited: facts
            .iter()
            .filter(|at| index.is_counted(picture, **at))
            .count(),
        last,
        touch,
        with,
        facts,
    }
}
