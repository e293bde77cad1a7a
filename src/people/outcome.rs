//! Puts the result together: persons with their status, and the pairs as they are shown.

use std::collections::{BTreeMap, BTreeSet};

use super::ambiguous::Rivals;
use super::cluster::Clusters;
use super::model::Parameters;
use super::prepare::Description;
use super::wish::Wish;
use super::{describe, explain, questions};
use crate::model::person::{LinkStatus, Outcome, People, Person};
use crate::model::supply::Supplied;

/// What the result is told from.
pub struct Told<'a> {
    /// The case.
    pub supplied: &'a Supplied,
    /// The records, in the order of their ids.
    pub all: &'a [Description],
    /// The model.
    pub parameters: &'a Parameters,
    /// Records with rival candidates.
    pub rivals: &'a Rivals,
}

impl Told<'_> {
    /// Tells who is who.
    pub fn people(&self, mut wishes: Vec<Wish>, clusters: &Clusters) -> People {
        let joins: BTreeSet<usize> = clusters.joins.iter().copied().collect();
        for (number, wish) in wishes.iter_mut().enumerate() {
            let together = clusters.root[wish.scored.left] == clusters.root[wish.scored.right];
            if together && !joins.contains(&number) {
                join_through(wish);
            }
        }
        let mut unasked = questions::answered(&wishes, clusters);
        // a pair that came together after all is told
        unasked.extend(self.rivals.answered.iter().filter(|number| {
            let scored = &wishes[**number].scored;
            clusters.root[scored.left] != clusters.root[scored.right]
        }));
        let mut persons: Vec<(usize, Person)> = clusters
            .members
            .iter()
            .map(|(root, members)| (*root, self.person(members)))
            .collect();
        let place: BTreeMap<usize, usize> = persons
            .iter()
            .enumerate()
            .map(|(at, (root, _))| (*root, at))
            .collect();
        let shown = |number: &usize| !unasked.contains(number);
        for (number, wish) in wishes.iter().enumerate().filter(|(n, _)| shown(n)) {
            let ends = [
                clusters.root[wish.scored.left],
                clusters.root[wish.scored.right],
            ];
            for at in ends.iter().filter_map(|root| place.get(root)) {
                note(&mut persons[*at].1, wish, joins.contains(&number));
            }
        }
        let mut persons: Vec<Person> = persons.into_iter().map(|(_, person)| person).collect();
        describe::tell_apart(&mut persons, &self.supplied.records);
        persons.sort_by(|a, b| a.id.cmp(&b.id));
        let mut person_of = vec![0; self.all.len()];
        for (number, person) in persons.iter().enumerate() {
            for at in &person.records {
                person_of[*at] = number;
            }
        }
        let index = |at: usize| self.all[at].index;
        let pairs = wishes
            .into_iter()
            .enumerate()
            .filter(|(number, _)| shown(number))
            .map(|(_, wish)| {
                let ends = (index(wish.scored.left), index(wish.scored.right));
                explain::pair(wish, self.parameters, &self.supplied.records, ends)
            })
            .collect();
        People {
            persons,
            person_of,
            pairs,
            parameters: self.parameters.learnt_from.clone(),
            notes: Vec::new(),
        }
    }

    fn person(&self, members: &[usize]) -> Person {
        let mut person = describe::person(
            &self.supplied.records,
            members.iter().map(|at| self.all[*at].index).collect(),
        );
        if members.len() > 1 {
            person.status = LinkStatus::Linked;
        }
        if let Some(most) = members
            .iter()
            .filter_map(|at| self.rivals.candidates.get(at))
            .max()
        {
            person.status = LinkStatus::Ambiguous;
            person.candidates = *most;
        }
        person
    }
}

/// A pair whose records came together by other links.
fn join_through(wish: &mut Wish) {
    if wish.by_analyst || wish.outcome == Outcome::Linked {
        wish.outcome = if wish.outcome == Outcome::Review {
            Outcome::Review
        } else {
            Outcome::Linked
        };
        return;
    }
    wish.reason = format!("Joined through other records. On its own: {}", wish.reason);
    wish.outcome = Outcome::Linked;
}

/// Notes on a person what a pair at one of its records means for it.
fn note(person: &mut Person, wish: &Wish, holds_together: bool) {
    if holds_together {
        if !person.decided_by.contains(&wish.by) {
            person.decided_by.push(wish.by.clone());
            person.decided_by.sort();
        }
        let lowest = person
            .lowest_probability
            .unwrap_or(1.0)
            .min(wish.scored.probability);
        person.lowest_probability = Some(lowest);
    }
    // a record too close to call is unresolved, and the persons it might be are not
    if wish.outcome == Outcome::Review && person.status != LinkStatus::Ambiguous {
        person.status = LinkStatus::Review;
    }
}
