//! Decides who belongs to the family of a case, since a copy for the family holds nothing about anybody else: an agency may
//! have filed here what it knows of a stranger of a like name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::fact::Fact;
use crate::model::id::{AgencyId, RecordId};
use crate::model::person::{LinkStatus, Outcome, People};
use crate::model::supply::{Relationship, Supplied};
use crate::model::words::Role;

/// Who belongs to the family of a case.
///
/// The children of the case are those on the own agency's list, and whom that list has as their parents, carers and the like
/// belong to them; without such a list, the children are all whom some agency lists as a child. To them belong who is tied to
/// them by an agency's household or by relationships, over several steps; and whom an entry names together with one of all
/// these. Somebody of whom it is open which of several members they are belongs to it either way. Who only works with the family or reported something is tied to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The persons; `None` where no child of the case is known, so that nobody can be told apart.
    persons: Option<BTreeSet<usize>>,
}

impl Members {
    /// Finds them, by these relationships.
    pub fn of<'a>(
        supplied: &Supplied,
        relationships: impl IntoIterator<Item = &'a Relationship>,
        people: &People,
        own_agency: Option<&AgencyId>,
    ) -> Self {
        let case = Case { supplied, people };
        let mut members = case.children(own_agency);
        if members.is_empty() {
            return Self { persons: None };
        }
        case.add_tied(&mut members, relationships);
        case.add_named_with(&mut members);
        case.add_unresolved(&mut members);
        Self {
            persons: Some(members),
        }
    }

    /// Whether a fact is about the family: about nobody in particular, or about somebody who belongs to it.
    pub fn concern(&self, fact: &Fact) -> bool {
        let belongs = |members: &BTreeSet<usize>| {
            let mut persons = fact.persons.iter();
            fact.persons.is_empty() || persons.any(|person| members.contains(person))
        };
        self.persons.as_ref().is_none_or(belongs)
    }
}

/// What membership is found in.
struct Case<'a> {
    supplied: &'a Supplied,
    people: &'a People,
}

impl Case<'_> {
    /// The children of the case, and whom the same list has as their kin.
    fn children(&self, own: Option<&AgencyId>) -> BTreeSet<usize> {
        let listed = |own: Option<&AgencyId>, roles: &[Role]| -> BTreeSet<usize> {
            let records = self.supplied.records.iter().enumerate();
            let listed = records.filter(|(_, record)| {
                let is_own = own.is_none_or(|own| record.id.agency() == own);
                is_own && roles.iter().any(|role| record.has_role(*role))
            });
            let persons = listed.filter_map(|(at, _)| self.people.person_of.get(at));
            persons.copied().collect()
        };
        let own_list = own.filter(|own| !listed(Some(own), &[Role::Child]).is_empty());
        match own_list {
            Some(own) => listed(Some(own), &Role::OF_A_FAMILY),
            None => listed(None, &[Role::Child]),
        }
    }

    /// The person of a record, unless they only work with the family or reported something.
    fn person(&self, record: &RecordId) -> Option<usize> {
        let at = self.supplied.record(record)?;
        let at = *self.people.person_of.get(at)?;
        let outside = |role: &Role| matches!(role, Role::Professional | Role::Reporter);
        let person = self.people.persons.get(at)?;
        (!person.roles.iter().any(outside)).then_some(at)
    }

    /// Adds who is tied to a member by households and relationships.
    fn add_tied<'a>(
        &self,
        members: &mut BTreeSet<usize>,
        relationships: impl IntoIterator<Item = &'a Relationship>,
    ) {
        let mut tied: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut tie = |one: usize, other: usize| {
            tied.entry(one).or_default().push(other);
            tied.entry(other).or_default().push(one);
        };
        let mut households: BTreeMap<(&AgencyId, &str), usize> = BTreeMap::new();
        for record in &self.supplied.records {
            let id = record.household_id.trim();
            if let (false, Some(person)) = (id.is_empty(), self.person(&record.id)) {
                let household = households.entry((record.id.agency(), id));
                tie(*household.or_insert(person), person);
            }
        }
        for relation in relationships {
            let ends = (
                self.person(&relation.record),
                self.person(&relation.related),
            );
            if let (Some(one), Some(other)) = ends {
                tie(one, other);
            }
        }
        let mut open: Vec<usize> = members.iter().copied().collect();
        while let Some(person) = open.pop() {
            for &other in tied.get(&person).into_iter().flatten() {
                if members.insert(other) {
                    open.push(other);
                }
            }
        }
    }

    /// Adds whom an entry names together with a member; not those who are named with them in turn.
    fn add_named_with(&self, members: &mut BTreeSet<usize>) {
        let mut more = BTreeSet::new();
        for entry in self
            .supplied
            .entries
            .iter()
            .filter(|one| one.persons.len() > 1)
        {
            let named = entry.persons.iter().filter_map(|id| self.person(id));
            let named: Vec<usize> = named.collect();
            if named.iter().any(|person| members.contains(person)) {
                more.extend(named);
            }
        }
        members.extend(more);
    }

    /// Adds those who are one of several members, whichever: one of the twins.
    fn add_unresolved(&self, members: &mut BTreeSet<usize>) {
        let mut candidates: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let pairs = self.people.pairs.iter();
        for pair in pairs.filter(|pair| pair.outcome == Outcome::Ambiguous) {
            let of = |record: usize| self.people.person_of.get(record).copied();
            if let (Some(one), Some(other)) = (of(pair.left), of(pair.right)) {
                candidates.entry(one).or_default().insert(other);
                candidates.entry(other).or_default().insert(one);
            }
        }
        let is_open = |person: &usize| {
            let person = self.people.persons.get(*person);
            person.is_some_and(|person| person.status == LinkStatus::Ambiguous)
        };
        let more = candidates.into_iter().filter(|(person, others)| {
            is_open(person) && others.len() > 1 && others.iter().all(|one| members.contains(one))
        });
        let more: Vec<usize> = more.map(|(person, _)| person).collect();
        members.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::When;
    use crate::model::phrase::Coded;
    use crate::sharing::testing::{case, entry, fact, record, with};

    /// Eight people, each of one record: who is the child, and how the others are tied to it.
    fn supplied() -> (Supplied, Vec<Relationship>) {
        let listed = |id: &str, household: &str, role: Role| {
            record(id, |record| {
                record.household_id = household.into();
                record.roles = vec![Coded::Known(role)];
            })
        };
        let records = vec![
            listed("gp:aunt", "", Role::Adult),
            listed("gp:namesake", "", Role::Adult),
            listed("gp:pupil", "", Role::Child),
            listed("gp:worker", "", Role::Professional),
            listed("sc:child", "h", Role::Child),
            listed("sc:father", "", Role::Adult),
            listed("sc:mother", "h", Role::Adult),
            listed("sc:sister", "", Role::Sibling),
        ];
        let id = |text: &str| RecordId::read(text, &AgencyId::new("sc"));
        let names = |name: &str, persons: &[&str]| {
            with(entry(name, "L6-E"), |entry| {
                entry.persons = persons.iter().map(|person| id(person)).collect();
            })
        };
        let entries = vec![
            names("gp:1", &["gp:aunt", "sc:mother", "gp:worker"]),
            names("gp:2", &["gp:namesake"]),
            names("gp:3", &["gp:namesake", "gp:aunt"]),
        ];
        let father = Relationship {
            agency: AgencyId::new("sc"),
            row: crate::model::source::RowRef {
                file: 0,
                sheet: 0,
                row: 2,
            },
            record: id("sc:father"),
            related: id("sc:mother"),
            relationship: "partner of".into(),
            from: When::default(),
            to: When::default(),
            parental_responsibility: Coded::Blank,
        };
        (case(entries, records), vec![father])
    }

    fn members(supplied: &Supplied, related: &[Relationship]) -> Vec<String> {
        let people = People {
            person_of: (0..supplied.records.len()).collect(),
            persons: supplied
                .records
                .iter()
                .enumerate()
                .map(|(at, record)| crate::model::person::Person {
                    roles: record.roles.iter().filter_map(Coded::known).collect(),
                    ..testing_person(at)
                })
                .collect(),
            ..People::default()
        };
        let own = AgencyId::new("sc");
        let members = Members::of(supplied, related, &people, Some(&own));
        let about = |at: &usize| {
            let fact = Fact {
                persons: vec![*at],
                ..fact(supplied)
            };
            members.concern(&fact)
        };
        let all = 0..supplied.records.len();
        all.filter(about)
            .map(|at| supplied.records[at].id.to_string())
            .collect()
    }

    fn testing_person(at: usize) -> crate::model::person::Person {
        crate::model::person::Person {
            id: crate::model::id::PersonId::new(&format!("P{at}")),
            records: vec![at],
            status: crate::model::person::LinkStatus::Single,
            lowest_probability: None,
            decided_by: Vec::new(),
            candidates: 0,
            name: String::new(),
            other_names: Vec::new(),
            births: Vec::new(),
            sexes: Vec::new(),
            roles: Vec::new(),
        }
    }

    #[test]
    fn who_is_tied_to_the_child_belongs_and_a_namesake_does_not() {
        let (supplied, related) = supplied();
        assert_eq!(
            members(&supplied, &related),
            ["gp:aunt", "sc:child", "sc:father", "sc:mother", "sc:sister"]
        );
        assert_eq!(
            members(&supplied, &[]),
            ["gp:aunt", "sc:child", "sc:mother", "sc:sister"],
            "nobody says how the father is tied to them"
        );
    }

    #[test]
    fn without_the_own_list_every_child_is_one_of_the_case_and_without_any_nobody_is_a_stranger() {
        let (mut supplied, _) = supplied();
        for record in &mut supplied.records {
            if record.id.agency().as_str() == "sc" {
                record.roles.clear();
            }
        }
        assert_eq!(members(&supplied, &[]), ["gp:pupil"]);
        for record in &mut supplied.records {
            record.roles.clear();
        }
        assert_eq!(members(&supplied, &[]).len(), supplied.records.len());
    }
}
