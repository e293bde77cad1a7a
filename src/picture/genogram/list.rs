//! Says the family picture in sentences: everybody, everything that binds them, and what is not drawn.

use std::fmt::Write as _;

use super::Genogram;
use super::bond::Bond;
use super::family::{Family, Member, Tie};
use crate::model::date::Day;
use crate::model::words::Sex;

/// What is said of one member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Index of the member.
    pub member: usize,
    /// The name.
    pub name: String,
    /// Who it is: "girl, 4, born 21 Nov 2021, a child whom this is about".
    pub who: String,
    /// A line each: how they are bound to others, with the agencies that say so.
    pub bound: Vec<String>,
    /// Whom they live with, where that is recorded.
    pub home: String,
}

impl Family {
    /// Says everything in sentences: the children whom the case is about first, then the others, the eldest first.
    pub fn list(&self, drawn: Option<&Genogram>) -> Vec<Said> {
        let mut order: Vec<usize> = (0..self.members.len()).collect();
        order.retain(|&at| {
            self.members
                .get(at)
                .is_some_and(|member| !member.is_nobody())
        });
        order.sort_by_key(|&at| {
            let member = self.members.get(at);
            member.map(|m| {
                (
                    !m.is_index,
                    m.birth.is_none() && m.due.is_none(),
                    m.birth.or(m.due),
                    at,
                )
            })
        });
        order
            .into_iter()
            .filter_map(|at| Some(self.said(at, self.members.get(at)?, drawn)))
            .collect()
    }

    fn said(&self, at: usize, member: &Member, drawn: Option<&Genogram>) -> Said {
        let ties = self
            .ties_of(at)
            .filter(|(_, tie)| tie.bond != Bond::Lives || tie.is_over || !self.share_a_home(tie));
        // those to whom somebody is bound in one way, by the word of one source, make one sentence
        let mut told: Vec<((String, String), Vec<&str>)> = Vec::new();
        for (number, tie) in ties {
            let is_drawn = drawn.is_none_or(|drawn| !drawn.not_drawn.contains(&number));
            let Some((how, name, rest)) = self.tie_said(at, tie, is_drawn) else {
                continue;
            };
            let words = (how, rest);
            match told.iter_mut().find(|(said, _)| *said == words) {
                Some((_, names)) => names.push(name),
                None => told.push((words, vec![name])),
            }
        }
        let mut bound: Vec<String> = told
            .into_iter()
            .map(|((how, rest), names)| format!("{how}{}{rest}", join(&names)))
            .collect();
        if bound.is_empty() && !member.is_index && !member.roles.is_empty() {
            bound.push(format!(
                "Recorded as {}; no record says how they belong to the others.",
                member.roles.join(", ")
            ));
        }
        let with: Vec<&str> = self
            .homes
            .iter()
            .filter(|home| home.contains(&at))
            .flatten()
            .filter(|&&other| other != at)
            .map(|&other| self.name(other))
            .collect();
        let home = match (member.home, with.is_empty()) {
            (Some(letter), false) => format!("Home {letter}, with {}.", join(&with)),
            _ => String::new(),
        };
        Said {
            member: at,
            name: member.name.clone(),
            who: who(member),
            bound,
            home,
        }
    }

    fn share_a_home(&self, tie: &Tie) -> bool {
        self.homes
            .iter()
            .any(|home| home.contains(&tie.one) && home.contains(&tie.other))
    }

    fn name(&self, member: usize) -> &str {
        self.members.get(member).map_or("", |member| &member.name)
    }

    /// How a member is bound, to whom, and what else is said of it.
    fn tie_said(&self, at: usize, tie: &Tie, is_drawn: bool) -> Option<(String, &str, String)> {
        let other = if tie.one == at { tie.other } else { tie.one };
        if self.members.get(other).is_none_or(Member::is_nobody) {
            let parent = match self.members.get(other).and_then(|nobody| nobody.sex) {
                Some(Sex::Male) => "father",
                Some(Sex::Female) => "mother",
                _ => "other parent",
            };
            let told = format!("No record says who the {parent} is.");
            return (tie.other == at).then_some((told, "", String::new()));
        }
        let is_first = tie.one == at;
        let worded = tie.worded.join("; ");
        let how = match (tie.bond, is_first) {
            (Bond::Other, true) => format!("Recorded as \u{201c}{worded}\u{201d} with regard to"),
            (Bond::Other, false) => format!("Named by \u{201c}{worded}\u{201d} of"),
            (bond, true) => sentence(bond.phrase()),
            (bond, false) => sentence(bond.phrase_back()),
        };
        // writing to a string cannot fail
        let mut said = String::new();
        if tie.is_over {
            said.push_str(", over");
        }
        said.push_str(&span(tie));
        if tie.has_responsibility && is_first {
            said.push_str(", with parental responsibility");
        }
        let exact = !tie.worded.is_empty() && tie.bond != Bond::Other && is_first;
        if tie.said_by.is_empty() {
            said.push_str(" (follows from the roles on one agency's list; no agency states it)");
        } else if exact && !worded.eq_ignore_ascii_case(tie.bond.phrase()) {
            let _ = write!(
                said,
                " ({}: \u{201c}{worded}\u{201d})",
                tie.said_by.join(", ")
            );
        } else {
            let _ = write!(said, " ({})", tie.said_by.join(", "));
        }
        said.push('.');
        if !is_drawn {
            said.push_str(" Not drawn.");
        }
        Some((format!("{how} "), self.name(other), said))
    }
}

fn span(tie: &Tie) -> String {
    match tie.since {
        (Some(from), Some(until)) => format!(", {} to {}", shown(from), shown(until)),
        (Some(from), None) => format!(", since {}", shown(from)),
        (None, Some(until)) => format!(", until {}", shown(until)),
        (None, None) => String::new(),
    }
}

fn who(member: &Member) -> String {
    let mut parts: Vec<String> = Vec::new();
    let sex = match (member.sex, member.is_child) {
        (Some(Sex::Female), true) => "girl",
        (Some(Sex::Male), true) => "boy",
        (Some(Sex::Female), false) => "woman",
        (Some(Sex::Male), false) => "man",
        (Some(Sex::Other), _) => "recorded as neither male nor female",
        (None, _) => "",
    };
    if member.is_unborn() {
        parts.push("unborn child".to_owned());
    } else if sex.is_empty() {
        parts.push("sex not recorded".to_owned());
    } else {
        parts.push(sex.to_owned());
    }
    if let Some(age) = member.age {
        let at = if member.death.is_some() {
            "died aged "
        } else {
            ""
        };
        parts.push(format!("{at}{age}"));
    }
    match (member.birth, member.due) {
        (Some(birth), _) if member.is_unsure => parts.push(format!(
            "born {} or at another date, records differ or are not exact",
            shown(birth)
        )),
        (Some(birth), _) => parts.push(format!("born {}", shown(birth))),
        (None, Some(due)) => parts.push(format!("expected {}", shown(due))),
        (None, None) => parts.push("date of birth not recorded".to_owned()),
    }
    if let Some(death) = member.death {
        parts.push(format!("died {}", shown(death)));
    }
    if member.is_index {
        parts.push("a child whom this is about".to_owned());
    }
    sentence(&parts.join(", ")) + "."
}

/// A day as people write it: 21 Nov 2021.
pub fn shown(day: Day) -> String {
    day.format("%-d %b %Y").to_string()
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn join(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
