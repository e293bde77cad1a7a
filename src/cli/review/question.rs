//! What a review asks: open pairs of records, and matters on which two analysts decided differently.

use crate::case::{evidence, words::words};
use crate::model::decision::{Decision, Matter, Sameness, Verdict, contested, standing};
use crate::model::id::RecordId;
use crate::model::person::{Outcome, Pair};
use crate::picture::Picture;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub about: About,
    /// What two analysts decided differently about it, if they did.
    pub dispute: Vec<Decision>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Whether two records are one person.
    Pair(RecordId, RecordId),
    /// Which of two decisions holds.
    Which(Box<(Decision, Decision)>),
}

/// What is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Of a pair.
    Is(Sameness),
    /// The first of two decisions holds.
    First,
    /// The second does.
    Second,
    /// Not now.
    Skip,
    /// Take the last answer back.
    Undo,
    /// Bring back what was taken back last.
    Redo,
    /// No more; the end of input too.
    Quit,
}

impl Answer {
    /// Reads an answer to a question about this, or to whether to go on. What is of another kind of question is none.
    pub fn read(text: &str, about: Option<&About>) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['-', '_'], " ");
        let is_pair = matches!(about, Some(About::Pair(..)));
        let is_which = matches!(about, Some(About::Which(_)));
        Some(match text.as_str() {
            "same" | "s" if is_pair => Self::Is(Sameness::Same),
            "different" | "d" if is_pair => Self::Is(Sameness::Different),
            "not sure" | "n" if is_pair => Self::Is(Sameness::NotSure),
            "first" | "1" if is_which => Self::First,
            "second" | "2" if is_which => Self::Second,
            "skip" | "k" if about.is_some() => Self::Skip,
            "undo" | "u" => Self::Undo,
            "redo" | "r" => Self::Redo,
            "quit" | "q" => Self::Quit,
            _ => return None,
        })
    }
}

impl Question {
    /// A plain question about a pair.
    pub fn of_pair(left: RecordId, right: RecordId) -> Self {
        Self {
            about: About::Pair(left, right),
            dispute: Vec::new(),
        }
    }

    /// What it begins with.
    pub fn head(&self) -> String {
        match &self.about {
            About::Pair(left, right) => format!("{left} {right}"),
            About::Which(decisions) => format!("{} {}", decisions.0.id, decisions.1.id),
        }
    }

    /// What is asked, in a sentence.
    pub fn asks(&self) -> &'static str {
        match &self.about {
            About::Pair(..) => "Is this one person?",
            About::Which(_) => "Two analysts decided this differently. Which holds?",
        }
    }

    /// The answers that it takes.
    pub fn takes(&self) -> &'static str {
        match &self.about {
            About::Pair(..) => "same, different, not sure, skip, undo or quit",
            About::Which(_) => "first, second, skip, undo or quit",
        }
    }

    /// What is shown to whoever answers, a line each, as supplied; it is kept beside the answer.
    pub fn evidence(&self, picture: &Picture, decisions: &[Decision]) -> Vec<String> {
        match &self.about {
            About::Pair(left, right) => {
                let mut lines = evidence(picture, &persons(left, right, Sameness::NotSure));
                lines.extend(around(picture, left, right));
                let matter = Matter::Persons(left.clone(), right.clone());
                let stands = standing(decisions)
                    .filter(|one| one.verdict.matter().as_ref() == Some(&matter));
                let answers = self.dispute.iter().chain(stands);
                lines.extend(answers.map(|one| said(one, decisions)));
                lines
            }
            About::Which(pair) => {
                let mut lines = evidence(picture, &pair.0.verdict);
                lines.push(format!("first: {}", said(&pair.0, decisions)));
                lines.push(format!("second: {}", said(&pair.1, decisions)));
                lines
            }
        }
    }

    /// The verdict that an answer makes; `None` for one that decides nothing.
    pub fn verdict(&self, answer: Answer) -> Option<Verdict> {
        match (&self.about, answer) {
            (About::Pair(left, right), Answer::Is(same)) => Some(persons(left, right, same)),
            (About::Which(pair), Answer::First) => Some(pair.0.verdict.clone()),
            (About::Which(pair), Answer::Second) => Some(pair.1.verdict.clone()),
            _ => None,
        }
    }

    /// What a second reader's answer makes; `None` for one that decides nothing.
    pub fn second_reading(&self, answer: Answer) -> Option<Verdict> {
        match (&self.about, answer) {
            (About::Pair(left, right), Answer::Is(same)) => Some(Verdict::SecondReading {
                left: left.clone(),
                right: right.clone(),
                same,
            }),
            _ => None,
        }
    }
}

fn persons(left: &RecordId, right: &RecordId, same: Sameness) -> Verdict {
    Verdict::Persons {
        left: left.clone(),
        right: right.clone(),
        same,
    }
}

/// A decision with who made it and why.
fn said(decision: &Decision, decisions: &[Decision]) -> String {
    let why = if decision.why.trim().is_empty() {
        String::new()
    } else {
        format!(", since: {}", decision.why)
    };
    format!(
        "{} says: {}{why}",
        decision.by,
        words(&decision.verdict, decisions)
    )
}

/// What linking would bring together, why the program asks, and the strongest other candidate.
fn around(picture: &Picture, left: &RecordId, right: &RecordId) -> Vec<String> {
    let (supplied, people) = (&picture.supplied, &picture.people);
    let Some((left, right)) = supplied.record(left).zip(supplied.record(right)) else {
        return vec!["no export holds both of these records now".to_owned()];
    };
    let mut lines = Vec::new();
    let is_pair = |pair: &&Pair| pair.left == left && pair.right == right;
    if let Some(pair) = people.pairs.iter().find(is_pair)
        && !pair.reason.is_empty()
    {
        lines.push(format!("why it is asked: {}", pair.reason));
    }
    let id = |at: usize| {
        supplied
            .records
            .get(at)
            .map_or("", |record| record.id.as_str())
    };
    let facts = |record: usize| {
        let person = people.person_of.get(record);
        let facts = picture.timeline.facts.iter();
        facts
            .filter(|fact| person.is_some_and(|person| fact.persons.contains(person)))
            .count()
    };
    let (here, there) = (facts(left), facts(right));
    lines.push(format!(
        "as one person they would have the facts of both: {here} of {}, {there} of {}",
        id(left),
        id(right)
    ));
    let shares = |pair: &&Pair| {
        !is_pair(pair)
            && pair.outcome != Outcome::Separate
            && [left, right]
                .iter()
                .any(|one| pair.left == *one || pair.right == *one)
    };
    let rival = people.pairs.iter().filter(shares).max_by(|one, other| {
        let ids = |pair: &Pair| (id(pair.left), id(pair.right));
        one.weight
            .total_cmp(&other.weight)
            .then_with(|| ids(other).cmp(&ids(one)))
    });
    if let Some(pair) = rival {
        lines.push(format!(
            "strongest other candidate: {} and {}, {:+.1} bits, {}",
            id(pair.left),
            id(pair.right),
            pair.weight,
            pair.outcome.phrase()
        ));
    }
    lines
}

/// The pairs that the picture leaves open, likeliest first, those that somebody was not sure of last.
pub fn open_pairs(picture: &Picture, decisions: &[Decision]) -> Vec<(RecordId, RecordId)> {
    let people = &picture.people;
    let id = |at: usize| {
        picture
            .supplied
            .records
            .get(at)
            .map(|record| record.id.clone())
    };
    let looked_at = |left: &RecordId, right: &RecordId| {
        let matter = Matter::Persons(left.clone(), right.clone());
        standing(decisions).any(|one| one.verdict.matter().as_ref() == Some(&matter))
    };
    let mut open: Vec<(bool, &Pair, (RecordId, RecordId))> = people
        .pairs
        .iter()
        .filter(|pair| matches!(pair.outcome, Outcome::Review | Outcome::Ambiguous))
        .filter_map(|pair| {
            let ids = id(pair.left).zip(id(pair.right))?;
            Some((looked_at(&ids.0, &ids.1), pair, ids))
        })
        .collect();
    open.sort_by(|one, other| {
        (one.0.cmp(&other.0))
            .then_with(|| other.1.weight.total_cmp(&one.1.weight))
            .then_with(|| one.2.cmp(&other.2))
    });
    open.into_iter().map(|(.., ids)| ids).collect()
}

/// All that is open: first what analysts decided differently, then the pairs.
pub fn open(picture: &Picture, decisions: &[Decision]) -> Vec<Question> {
    let mut questions: Vec<Question> = contested(decisions)
        .into_iter()
        .map(|(one, other)| match &one.verdict {
            Verdict::Persons { left, right, .. } => Question {
                dispute: vec![one.clone(), other.clone()],
                ..Question::of_pair(left.clone(), right.clone())
            },
            _ => Question {
                about: About::Which(Box::new((one.clone(), other.clone()))),
                dispute: Vec::new(),
            },
        })
        .collect();
    for (left, right) in open_pairs(picture, decisions) {
        let question = Question::of_pair(left, right);
        if !questions.iter().any(|one| one.about == question.about) {
            questions.push(question);
        }
    }
    questions
}
