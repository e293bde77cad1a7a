//! What several flags look up, gathered once: which facts are about whom, who told what about whom, who belongs here.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Input;
use super::thresholds::{self, Threshold};
use crate::model::date::{Day, When, age_on};
use crate::model::entry::Entry;
use crate::model::id::{AgencyId, RecordId};
use crate::model::person::Outcome;
use crate::model::supply::Request;
use crate::model::words::Role;

/// What one agency told about one person.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The facts, in order.
    pub facts: Vec<usize>,
    /// The last day on which one of them may have been.
    pub last: Option<Day>,
}

/// The indexes over one input. Only facts inside the period are in them, withheld ones included.
pub struct Evidence<'a> {
    /// What they are made of.
    pub input: &'a Input<'a>,
    /// For each person the facts about them, in order.
    pub facts_of: Vec<Vec<usize>>,
    /// Agencies that supplied an entry.
    pub telling: BTreeSet<&'a AgencyId>,
    told: FxHashMap<(&'a AgencyId, usize), Told>,
    tied: Vec<bool>,
}

impl<'a> Evidence<'a> {
    /// Gathers them.
    pub fn of(input: &'a Input<'a>) -> Self {
        let mut evidence = Self {
            input,
            facts_of: vec![Vec::new(); input.people.persons.len()],
            telling: input.supplied.entries.iter().map(Entry::agency).collect(),
            told: FxHashMap::default(),
            tied: vec![false; input.people.persons.len()],
        };
        for (at, fact) in input.timeline.facts.iter().enumerate() {
            for person in &fact.persons {
                if let Some(tied) = evidence.tied.get_mut(*person) {
                    *tied = true;
                }
            }
            if input.is_inside(at) {
                evidence.add(at);
            }
        }
        evidence.tie();
        evidence
    }

    /// Adds one fact to the indexes.
    fn add(&mut self, at: usize) {
        let Some(fact) = self.input.timeline.facts.get(at) else {
            return;
        };
        for person in &fact.persons {
            if let Some(facts) = self.facts_of.get_mut(*person) {
                facts.push(at);
            }
        }
        for entry in &fact.entries {
            let Some(entry) = self.input.supplied.entries.get(*entry) else {
                continue;
            };
            for record in &entry.persons {
                let Some(person) = self.person(record) else {
                    continue;
                };
                let told = self.told.entry((entry.agency(), person)).or_default();
                if told.facts.last() != Some(&at) {
                    told.facts.push(at);
                }
                told.last = told.last.max(entry.when.end());
            }
        }
    }

    /// Marks who belongs to the case by household or relationship.
    fn tie(&mut self) {
        let households = self.input.supplied.records.iter();
        let households = households.filter(|record| !record.household_id.trim().is_empty());
        let related = self.input.supplied.relationships.iter();
        let related = related.flat_map(|relation| [&relation.record, &relation.related]);
        let persons: Vec<usize> = households
            .map(|record| &record.id)
            .chain(related)
            .filter_map(|record| self.person(record))
            .collect();
        for person in persons {
            if let Some(tied) = self.tied.get_mut(person) {
                *tied = true;
            }
        }
    }

    /// The person that a record describes.
    pub fn person(&self, record: &RecordId) -> Option<usize> {
        let at = self.input.supplied.record(record)?;
        self.input.people.person_of.get(at).copied()
    }

    /// What an agency told about a person.
    pub fn told(&self, agency: &'a AgencyId, person: usize) -> Option<&Told> {
        self.told.get(&(agency, person))
    }

    /// Persons that an agency told of who may be this one: an open question stands between records of both.
    pub fn told_of_candidates(&self, agency: &'a AgencyId, person: usize) -> Vec<usize> {
        let people = self.input.people;
        let open = people
            .pairs
            .iter()
            .filter(|pair| matches!(pair.outcome, Outcome::Review | Outcome::Ambiguous));
        let others = open.filter_map(|pair| {
            let left = *people.person_of.get(pair.left)?;
            let right = *people.person_of.get(pair.right)?;
            match (left == person, right == person) {
                (true, false) => Some(right),
                (false, true) => Some(left),
                _ => None,
            }
        });
        let told: BTreeSet<usize> = others
            .filter(|other| self.told(agency, *other).is_some())
            .collect();
        told.into_iter().collect()
    }

    /// Whether nobody ties the person to the case: no household, relationship or entry.
    pub fn is_stranger(&self, person: usize) -> bool {
        !self.tied.get(person).copied().unwrap_or(false)
    }

    /// Age in whole years at the as-of date; negative before birth, `None` when no date of birth is known.
    pub fn age(&self, person: usize) -> Option<i32> {
        let births = &self.input.people.persons.get(person)?.births;
        let birth = births.iter().find_map(When::start)?;
        Some(age_on(birth, self.input.as_of))
    }

    /// Whether the person is a child of the case: under 18 at the as-of date, with role child or as subject of an entry.
    ///
    /// With role child and no date of birth at all they are taken for a child: silence about them would hide more.
    pub fn is_child(&self, person: usize) -> bool {
        let Some(whom) = self.input.people.persons.get(person) else {
            return false;
        };
        let has_role = whom.roles.contains(&Role::Child);
        let has_entry = self.facts_of.get(person).is_some_and(|f| !f.is_empty());
        let young = self.age(person).map_or(has_role, |age| age < 18);
        young && (has_role || has_entry) && !self.is_stranger(person)
    }

    /// The name of a person to show.
    pub fn name(&self, person: usize) -> &'a str {
        let person = self.input.people.persons.get(person);
        person.map_or("somebody", |person| &person.name)
    }

    /// The name of an agency to show.
    pub fn agency(&self, id: &'a AgencyId) -> &'a str {
        self.input.supplied.agency_name(id)
    }

    /// The value in force of a threshold.
    pub fn limit(&self, threshold: &Threshold) -> f64 {
        thresholds::value(self.input.settings, threshold)
    }

    /// Requests to an agency that are about a person, or about nobody in particular.
    pub fn requests(
        &self,
        agency: &'a AgencyId,
        person: usize,
    ) -> impl Iterator<Item = &'a Request> {
        let requests = self.input.supplied.requests.iter();
        requests.filter(move |request| {
            request.asked == *agency
                && (request.records.is_empty()
                    || request
                        .records
                        .iter()
                        .any(|record| self.person(record) == Some(person)))
        })
    }

    /// How an agency is named in the `agency` cell: its id, or its kind when it supplied nothing.
    pub fn cell(&self, id: &AgencyId) -> String {
        use crate::model::phrase::Phrase;
        match self.input.supplied.agency(id) {
            Some(agency) if !agency.supplied => agency.kind.phrase().to_owned(),
            _ => id.as_str().to_owned(),
        }
    }
}
