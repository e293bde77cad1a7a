//! A family as it is laid out: members, ties, homes.

use std::collections::{BTreeMap, BTreeSet};

use super::bond::Bond;
use super::gather;
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::person::Person;
use crate::model::words::Sex;
use crate::picture::Picture;

/// Somebody in the family picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// Index of the person in the picture; `None` for a parent whom nobody recorded.
    pub person: Option<usize>,
    /// The name to show.
    pub name: String,
    /// Sex as recorded, or as a word such as "father" says; `None` where neither does or records differ.
    pub sex: Option<Sex>,
    /// The first possible day of birth.
    pub birth: Option<Day>,
    /// When an unborn child is expected.
    pub due: Option<Day>,
    /// Age in whole years at the as-of date, or at death.
    pub age: Option<i32>,
    /// Whether agencies recorded different dates of birth, or one that is not known to the day.
    pub is_unsure: bool,
    /// When they died.
    pub death: Option<Day>,
    /// Whether they are under 18, unborn, or of unknown age with the role of a child.
    pub is_child: bool,
    /// Whether they are a child whom the case is about.
    pub is_index: bool,
    /// Roles as recorded, in words.
    pub roles: Vec<&'static str>,
    /// The letter of the home, where anybody is recorded as living with somebody.
    pub home: Option<char>,
}

impl Member {
    /// Whether this is a parent whom nobody recorded, drawn on purpose.
    pub fn is_nobody(&self) -> bool {
        self.person.is_none() && self.name.is_empty()
    }

    /// Whether the child is not born yet.
    pub fn is_unborn(&self) -> bool {
        self.due.is_some() && self.birth.is_none()
    }
}

/// How one member is bound to another, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// How.
    pub bond: Bond,
    /// The first: the elder or the carer, where it is not the same both ways.
    pub one: usize,
    /// The second.
    pub other: usize,
    /// The agencies that say so, by their names, sorted; empty where it only follows from the roles of a list.
    pub said_by: Vec<String>,
    /// As worded, each wording once.
    pub worded: Vec<String>,
    /// Whether it is over.
    pub is_over: bool,
    /// Whether it carries parental responsibility.
    pub has_responsibility: bool,
    /// From and until when, as known.
    pub since: (Option<Day>, Option<Day>),
}

/// A family: what a family picture is laid out from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Family {
    /// Who, in the order of the persons; those whom nobody recorded last.
    pub members: Vec<Member>,
    /// How they are bound: by first, second, bond.
    pub ties: Vec<Tie>,
    /// Members by home; the letter is `A` for the first.
    pub homes: Vec<BTreeSet<usize>>,
    /// Names of persons who are on record and not drawn, with the reason.
    pub left_out: Vec<(String, &'static str)>,
    /// Children whom the case is about and who are not drawn, since it is open who they are.
    pub open_children: Vec<Member>,
}

/// What of a picture may be looked at.
pub struct Sight<'a> {
    /// Whether a record may be.
    pub record: &'a dyn Fn(usize) -> bool,
    /// A person as they may be shown, if they are.
    pub person: &'a dyn Fn(usize) -> Option<Person>,
    /// Whether it may be told who lives with whom.
    pub homes: bool,
    /// The date at which ages are told.
    pub as_of: Day,
    /// The agency on whose list the children stand whom the case is about; without one all children are.
    pub own_agency: Option<&'a AgencyId>,
}

impl Family {
    /// Gathers the family of a picture.
    pub fn of(picture: &Picture, sight: &Sight<'_>) -> Self {
        gather::gather(picture, sight)
    }

    /// The ties that name a member.
    pub fn ties_of(&self, member: usize) -> impl Iterator<Item = (usize, &Tie)> {
        let ties = self.ties.iter().enumerate();
        ties.filter(move |(_, tie)| tie.one == member || tie.other == member)
    }

    /// Adds a parent whom nobody recorded for each child of whom one parent is known: it is drawn on purpose, since a
    /// father of whom nobody asks is the one who is forgotten. Children of one birth share one.
    pub(super) fn add_unrecorded(&mut self) {
        let mut made: BTreeMap<(usize, Option<Day>), usize> = BTreeMap::new();
        for child in 0..self.members.len() {
            let Some(member) = self.members.get(child) else {
                continue;
            };
            let born = member.birth.or(member.due);
            let mut parents = self
                .ties
                .iter()
                .filter(|tie| tie.bond.is_parent() && tie.other == child);
            let (Some(parent), None) = (parents.next().map(|tie| tie.one), parents.next()) else {
                continue;
            };
            if !member.is_child {
                continue;
            }
            let sex = match self.members.get(parent).and_then(|known| known.sex) {
                Some(Sex::Female) => Some(Sex::Male),
                Some(Sex::Male) => Some(Sex::Female),
                _ => None,
            };
            // two signs have room below a symbol; a third child shares the second one
            let of_parent = || {
                made.iter()
                    .filter(|((of, _), _)| *of == parent)
                    .map(|(_, at)| *at)
            };
            let known = made.get(&(parent, born)).copied();
            let full = of_parent().max().filter(|_| of_parent().count() >= 2);
            let at = known.or(full).unwrap_or(self.members.len());
            if at == self.members.len() {
                self.members.push(Member {
                    sex,
                    ..Member::default()
                });
            }
            made.insert((parent, born), at);
            self.ties.push(Tie {
                bond: Bond::Parent,
                one: at,
                other: child,
                said_by: Vec::new(),
                worded: Vec::new(),
                is_over: false,
                has_responsibility: false,
                since: (None, None),
            });
        }
    }
}
