//! How much the answer to a question of the match queue would change: the facts that would move from one person to another,
//! and the conclusions and flags that hang on them. The queue is in this order.

use std::collections::BTreeSet;

use super::index::Index;
use crate::model::id::ConclusionId;
use crate::picture::Picture;

/// No more than so many facts of a person are looked at: who has more comes first as it is.
const MOST: usize = 5_000;

/// What hangs on an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stake {
    /// The person whose facts would move: the one of the two with fewer.
    pub moves: Option<usize>,
    /// Facts that would move.
    pub facts: usize,
    /// Conclusions that rest on one of them, or that fall with the link.
    pub conclusions: BTreeSet<ConclusionId>,
    /// Flags that name one of them, by their codes, each once.
    pub flags: BTreeSet<&'static str>,
}

impl Stake {
    /// What hangs on the answer to a pair.
    pub fn of(picture: &Picture, index: &Index, pair: usize) -> Self {
        let Some(pair) = picture.people.pairs.get(pair) else {
            return Self::default();
        };
        let person = |record: usize| picture.people.person_of.get(record).copied();
        let facts = |person: usize| {
            index
                .facts_of_person
                .get(person)
                .map_or(&[][..], Vec::as_slice)
        };
        let (Some(left), Some(right)) = (person(pair.left), person(pair.right)) else {
            return Self::default();
        };
        let moves = if facts(left).len() < facts(right).len() {
            left
        } else {
            right
        };
        let mut stake = Self {
            moves: Some(moves),
            facts: facts(moves).len(),
            ..Self::default()
        };
        for at in facts(moves).iter().take(MOST) {
            let fact = picture.timeline.facts.get(*at);
            let cited = fact.map_or(&[][..], |fact| &fact.cited_by);
            stake.conclusions.extend(cited.iter().cloned());
            let flags = index.flags.get(at).into_iter().flatten();
            let flags = flags.filter_map(|flag| picture.flags.flags.get(*flag));
            stake.flags.extend(flags.map(|flag| flag.code));
        }
        let links = picture.reliance.knock_out.links.iter();
        for link in links.filter(|link| link.records == [pair.left, pair.right]) {
            stake.conclusions.extend(link.fall.iter().cloned());
            stake.conclusions.extend(link.weaker.iter().cloned());
        }
        stake
    }

    /// The larger, the more an answer would change.
    pub fn weight(&self) -> (usize, usize, usize) {
        (self.conclusions.len(), self.flags.len(), self.facts)
    }

    /// It in a few words.
    pub fn short(&self) -> String {
        let count = |number: usize, one: &str, many: &str| {
            format!("{number} {}", if number == 1 { one } else { many })
        };
        let mut words = vec![count(self.facts, "fact", "facts")];
        if !self.conclusions.is_empty() {
            words.push(count(self.conclusions.len(), "concl.", "concl."));
        }
        if !self.flags.is_empty() {
            words.push(count(self.flags.len(), "flag", "flags"));
        }
        words.join(", ")
    }

    /// What hangs on the facts that would move, in a sentence.
    pub fn sentence(&self) -> String {
        let conclusions: Vec<&str> = self.conclusions.iter().map(ConclusionId::as_str).collect();
        let flags: Vec<&str> = self.flags.iter().copied().collect();
        match (conclusions.is_empty(), flags.is_empty()) {
            (true, true) => "No conclusion and no flag hangs on what would move.".to_owned(),
            (false, true) => format!("On it hang the conclusions {}.", conclusions.join(", ")),
            (true, false) => format!("On it hang the flags {}.", flags.join(", ")),
            (false, false) => format!(
                "On it hang the conclusions {} and the flags {}.",
                conclusions.join(", "),
                flags.join(", ")
            ),
        }
    }
}
