//! Gathers a family from a picture: who belongs to it, and what agencies and roles say of how they are bound.

use std::collections::{BTreeMap, BTreeSet};

use super::bond::{self, Bond};
use super::family::{Family, Member, Sight, Tie};
use super::home;
use crate::model::date::{Day, age_on};
use crate::model::id::RecordId;
use crate::model::person::{LinkStatus, Outcome, Person};
use crate::model::phrase::Phrase;
use crate::model::record::Record;
use crate::model::words::{Role, Sex, YesNo};
use crate::picture::Picture;

/// A family of more than this is listed, and only those next to the children are drawn.
const MOST: usize = 40;

/// Gathers the family of a picture.
pub fn gather(picture: &Picture, sight: &Sight<'_>) -> Family {
    let mut gather = Gather {
        picture,
        sight,
        persons: BTreeMap::new(),
        ties: BTreeMap::new(),
    };
    gather.persons();
    gather.relationships();
    gather.roles();
    gather.finish()
}

/// A tie while it is gathered, by first, second and bond.
type Ties = BTreeMap<(usize, usize, Bond), Tie>;

struct Gather<'a> {
    picture: &'a Picture,
    sight: &'a Sight<'a>,
    /// The persons that may be shown.
    persons: BTreeMap<usize, Person>,
    /// Ties between persons.
    ties: Ties,
}

impl Gather<'_> {
    fn persons(&mut self) {
        for at in 0..self.picture.people.persons.len() {
            if let Some(person) = (self.sight.person)(at) {
                self.persons.insert(at, person);
            }
        }
    }

    fn person_of(&self, record: &RecordId) -> Option<usize> {
        let at = self.picture.supplied.record(record)?;
        let person = *self.picture.people.person_of.get(at)?;
        ((self.sight.record)(at) && self.persons.contains_key(&person)).then_some(person)
    }

    /// Ties that agencies state.
    fn relationships(&mut self) {
        for relation in &self.picture.supplied.relationships {
            let Some((one, other)) = self
                .person_of(&relation.record)
                .zip(self.person_of(&relation.related))
            else {
                continue;
            };
            let read = bond::read(&relation.relationship);
            if one == other {
                continue;
            }
            let ended = relation.to.end().filter(|_| relation.to.is_known());
            let is_over = read.is_over || ended.is_some_and(|end| end < self.sight.as_of);
            let (one, other) = if read.is_turned {
                (other, one)
            } else {
                (one, other)
            };
            let agency = self
                .picture
                .supplied
                .agency_name(&relation.agency)
                .to_owned();
            let tie = self.tie(one, other, read.bond);
            tie.said_by.push(agency);
            tie.worded.push(relation.relationship.trim().to_owned());
            tie.is_over |= is_over;
            tie.has_responsibility |= relation.parental_responsibility.is(YesNo::Yes);
            tie.since.0 = tie.since.0.or(relation.from.start());
            tie.since.1 = tie.since.1.or(ended);
        }
    }

    fn tie(&mut self, one: usize, other: usize, bond: Bond) -> &mut Tie {
        let (one, other) = if bond.is_mutual() {
            (one.min(other), one.max(other))
        } else {
            (one, other)
        };
        self.ties.entry((one, other, bond)).or_insert_with(|| Tie {
            bond,
            one,
            other,
            said_by: Vec::new(),
            worded: Vec::new(),
            is_over: false,
            has_responsibility: false,
            since: (None, None),
        })
    }

    /// Ties that follow from the roles of one agency's list of one home: its mother and its children. Only where no agency
    /// states how the two are bound.
    fn roles(&mut self) {
        let mut found: Vec<(usize, usize, Bond)> = Vec::new();
        for group in home::lists(self.picture, self.sight) {
            let with = |roles: &[Role]| -> BTreeSet<usize> {
                let records = group
                    .iter()
                    .filter_map(|&at| Some((at, self.picture.supplied.records.get(at)?)));
                records
                    .filter(|(_, record)| roles.iter().any(|role| record.has_role(*role)))
                    .filter_map(|(at, _)| self.picture.people.person_of.get(at).copied())
                    .filter(|person| {
                        self.persons
                            .get(person)
                            .is_some_and(|p| p.status != LinkStatus::Ambiguous)
                    })
                    .collect()
            };
            let children = with(&[Role::Child]);
            for role in [Role::Mother, Role::Father] {
                let parents = with(&[role]);
                if let (1, Some(&parent)) = (parents.len(), parents.first()) {
                    found.extend(children.iter().map(|&child| (parent, child, Bond::Parent)));
                }
            }
            let (parents, partners) = (
                with(&[Role::Mother, Role::Father, Role::Parent]),
                with(&[Role::Partner]),
            );
            if let (1, 1, Some(&parent), Some(&partner)) = (
                parents.len(),
                partners.len(),
                parents.first(),
                partners.first(),
            ) {
                found.push((parent, partner, Bond::Partner));
            }
        }
        for (one, other, bond) in found {
            let is_stated = self.ties.values().any(|tie| {
                tie.bond != Bond::Lives
                    && [(tie.one, tie.other), (tie.other, tie.one)].contains(&(one, other))
            });
            if one != other && !is_stated {
                self.tie(one, other, bond);
            }
        }
    }

    /// Whether it is an open question if a person is one of those who are bound to others.
    fn may_be_one_of(&self, person: usize, bound: &BTreeSet<usize>) -> bool {
        let of = |record: usize| self.picture.people.person_of.get(record).copied();
        let pairs = self.picture.people.pairs.iter();
        pairs
            .filter(|pair| {
                pair.outcome == Outcome::Review
                    && (self.sight.record)(pair.left)
                    && (self.sight.record)(pair.right)
            })
            .filter_map(|pair| of(pair.left).zip(of(pair.right)))
            .any(|(left, right)| {
                (left == person && bound.contains(&right))
                    || (right == person && bound.contains(&left))
            })
    }

    /// Why a person is not drawn, if they are not.
    fn why_not(&self, at: usize, person: &Person, bound: &BTreeSet<usize>) -> Option<&'static str> {
        let roles = |any: &[Role]| person.roles.iter().any(|role| any.contains(role));
        let of_family = roles(&Role::OF_A_FAMILY);
        let only_works = roles(&[Role::Professional, Role::Reporter]);
        if person.status == LinkStatus::Ambiguous {
            Some("could be one of several people; not drawn until that is settled")
        } else if bound.contains(&at) {
            None
        } else if self.may_be_one_of(at, bound) {
            Some("may be somebody who is drawn already; not drawn until that is settled")
        } else if only_works || !of_family {
            Some("no record says how they belong to the family")
        } else {
            None
        }
    }

    /// Leaves out who does not belong to the family, and numbers those who do.
    fn finish(self) -> Family {
        let ties = self.ties.values();
        let bound: BTreeSet<usize> = ties.flat_map(|tie| [tie.one, tie.other]).collect();
        let mut left_out = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        let mut chosen: Vec<usize> = Vec::new();
        for (&at, person) in &self.persons {
            if let Some(why) = self.why_not(at, person, &bound) {
                left_out.push((person.name.clone(), why));
                left.push(at);
            } else {
                chosen.push(at);
            }
        }
        let mut open_children = self.members(&left);
        open_children.retain(|child| child.is_index);
        if chosen.len() > MOST {
            let is_child = |at: &usize| {
                let person = self.persons.get(at);
                person.is_some_and(|person| person.roles.contains(&Role::Child))
            };
            chosen.sort_by_key(|at| (!bound.contains(at), !is_child(at), *at));
            let why = "the picture is too large to draw everybody";
            let rest = chosen.split_off(MOST).into_iter();
            let rest = rest.filter_map(|at| self.persons.get(&at));
            left_out.extend(rest.map(|person| (person.name.clone(), why)));
            chosen.sort_unstable();
        }
        left_out.sort();
        Family {
            open_children,
            ..self.numbered(&chosen, left_out)
        }
    }

    /// The family of the chosen persons.
    fn numbered(self, chosen: &[usize], left_out: Vec<(String, &'static str)>) -> Family {
        let numbers = chosen.iter().enumerate();
        let number: BTreeMap<usize, usize> = numbers.map(|(at, person)| (*person, at)).collect();
        let mut family = Family {
            members: self.members(chosen),
            left_out,
            ..Family::default()
        };
        for tie in self.ties.into_values() {
            if let Some((&one, &other)) = number.get(&tie.one).zip(number.get(&tie.other)) {
                let mut tie = Tie { one, other, ..tie };
                for list in [&mut tie.said_by, &mut tie.worded] {
                    list.sort();
                    list.dedup();
                }
                sexed_by_words(&mut family.members, &tie);
                family.ties.push(tie);
            }
        }
        if self.sight.homes {
            home::find(self.picture, self.sight, &number, &mut family);
        }
        family.add_unrecorded();
        family
    }

    fn members(&self, chosen: &[usize]) -> Vec<Member> {
        let own = self.own_children();
        let persons = chosen
            .iter()
            .filter_map(|at| Some((*at, self.persons.get(at)?)));
        persons
            .map(|(at, person)| {
                let mut member = self.member(at, person);
                member.is_index = if own.is_empty() {
                    person.roles.contains(&Role::Child) && member.is_child
                } else {
                    own.contains(&at)
                };
                member
            })
            .collect()
    }

    /// The children on the list of the own agency: the case is about them.
    fn own_children(&self) -> BTreeSet<usize> {
        let own = self.sight.own_agency;
        let records = self.picture.supplied.records.iter().enumerate();
        records
            .filter(|(at, record)| {
                (self.sight.record)(*at)
                    && Some(record.id.agency()) == own
                    && record.has_role(Role::Child)
            })
            .filter_map(|(at, _)| self.picture.people.person_of.get(at).copied())
            .filter(|person| self.persons.contains_key(person))
            .collect()
    }

    fn member(&self, at: usize, person: &Person) -> Member {
        let records = || {
            let records = person
                .records
                .iter()
                .filter(|&&record| (self.sight.record)(record));
            records.filter_map(|&record| self.picture.supplied.records.get(record))
        };
        let day = |when: fn(&Record) -> Option<Day>| records().filter_map(when).min();
        let birth = day(|record| record.birth.start());
        let death = day(|record| record.death.start());
        let due = day(|record| record.expected.start());
        // where no export has a date there is no day at which anybody is of an age
        let known = (self.sight.as_of != Day::default()).then_some(self.sight.as_of);
        let age = birth.zip(death.or(known));
        let age = age.map(|(birth, day)| age_on(birth, day));
        let births: BTreeSet<_> = records()
            .filter(|r| r.birth.is_known())
            .map(|r| (r.birth.from, r.birth.until))
            .collect();
        let has_child_role = person.roles.contains(&Role::Child);
        Member {
            person: Some(at),
            name: if birth.is_none() && due.is_some() {
                unborn_name(&person.name)
            } else {
                person.name.clone()
            },
            sex: match person.sexes.as_slice() {
                [sex] => Some(*sex),
                _ => sex_of_roles(&person.roles),
            },
            birth,
            due: due.filter(|_| birth.is_none()),
            age: age.filter(|age| *age >= 0),
            is_unsure: births.len() > 1
                || records().any(|r| r.birth.is_known() && r.birth.exact().is_none()),
            death,
            is_child: age.map_or(has_child_role, |age| age < 18),
            is_index: false,
            roles: person.roles.iter().map(|role| role.phrase()).collect(),
            home: None,
        }
    }
}

/// A family name alone would read as somebody of that name.
fn unborn_name(name: &str) -> String {
    match name {
        "" => "Unborn child".to_owned(),
        name if name.starts_with('(') => "Unborn child".to_owned(),
        name => format!("Unborn {name}"),
    }
}

fn sex_of_roles(roles: &[Role]) -> Option<Sex> {
    match (roles.contains(&Role::Mother), roles.contains(&Role::Father)) {
        (true, false) => Some(Sex::Female),
        (false, true) => Some(Sex::Male),
        _ => None,
    }
}

/// "Father of" says that somebody is a man, where no record does.
fn sexed_by_words(members: &mut [Member], tie: &Tie) {
    let worded = tie.worded.join(" ").to_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| worded.contains(word));
    let sex = match (
        says(&["mother", "aunt", "wife", "mum"]),
        says(&["father", "uncle", "husband", "dad"]),
    ) {
        (true, false) => Some(Sex::Female),
        (false, true) => Some(Sex::Male),
        _ => None,
    };
    if let (Some(member), Some(_), false) = (members.get_mut(tie.one), sex, tie.bond.is_mutual()) {
        member.sex = member.sex.or(sex);
    }
}
