//! Share or not: the questions of the national flowchart, one after the other, to a decision with its record.
//!
//! A flow is plain data: the subject and the answers given so far. What is asked next, and where it ends, follows from them
//! alone, so that an answer can be taken back and the same answers always end in the same place. Each question is asked once
//! at most. Nothing is shared without a ground that is law on the day and can carry it; "not shared" has the same record.
//!
//! Source: the flowchart of when and how to share information of the advice of 2015 and 2018 to practitioners, and the
//! duty to share of the Children Act 2004 from 30 September 2026.

mod ground;
mod question;
mod record;
#[cfg(test)]
mod tests;
mod words;

pub use question::{End, Given, Next, Question, Sort, Way, WhyNot};
pub use record::{Thing, missing};
pub use words::{Asked, Meaning};

use serde::{Deserialize, Serialize};

use crate::model::basis::{BasisCode, Vocabulary};
use crate::model::date::{Day, iso};
use crate::model::decision::ShareRecord;
use crate::model::id::EntryId;
use crate::model::phrase::{Phrase, fold};
use crate::model::words::Told;

/// The code of the duty to share among listed bodies.
const SHARING_DUTY: &str = "E-ISD";

/// What is to be shared or not, and with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The entries that it is about.
    pub entries: Vec<EntryId>,
    /// What it is, in words: the fact's text, the question of a request.
    pub about: String,
    /// Who would receive it.
    pub recipient: String,
    /// Why, on what is recorded, that recipient may not see it; `None` when they may.
    pub barrier: Option<String>,
    /// The day on which it is decided.
    pub on: Day,
    /// Who decides.
    pub decided_by: String,
}

/// The questions about one thing to share, as far as they are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow<'a> {
    subject: Subject,
    vocabulary: &'a Vocabulary,
    /// In the order given.
    answers: Vec<(Question, Given)>,
}

/// Why the questions stop for now.
enum Stop {
    Ask(Question),
    Advice(Question),
    No(WhyNot),
}

impl<'a> Flow<'a> {
    /// Begins with the first question.
    pub fn new(subject: Subject, vocabulary: &'a Vocabulary) -> Self {
        Self {
            subject,
            vocabulary,
            answers: Vec::new(),
        }
    }

    /// What it is about.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The next question, or where it ended.
    pub fn next(&self) -> Next {
        let (end, about) = match self.way() {
            Ok(way) => (End::Share(way), &record::OF_SHARED[..]),
            Err(Stop::No(why)) => (End::DoNotShare(why), &record::OF_NOT_SHARED[..]),
            Err(Stop::Ask(question)) => return Next::Ask(question),
            Err(Stop::Advice(question)) => return Next::Ended(End::AskAdvice(question)),
        };
        match about.iter().find(|question| self.open(**question)) {
            Some(question) => Next::Ask(*question),
            None => match self.unsure_of_record() {
                Some(question) => Next::Ended(End::AskAdvice(question)),
                None => Next::Ended(end),
            },
        }
    }

    /// The decision as far as the questions about it are answered, before its record is complete.
    pub fn decided(&self) -> Option<End> {
        match self.way() {
            Ok(way) => Some(End::Share(way)),
            Err(Stop::No(why)) => Some(End::DoNotShare(why)),
            Err(Stop::Advice(question)) => Some(End::AskAdvice(question)),
            Err(Stop::Ask(_)) => None,
        }
    }

    /// Whether it is sent: a record of what is shared asks otherwise than one of what is not.
    fn is_shared(&self) -> bool {
        matches!(self.decided(), Some(End::Share(_)))
    }

    /// What was answered, in order.
    pub fn answers(&self) -> &[(Question, Given)] {
        &self.answers
    }

    /// Takes the last answer back, and gives its question.
    pub fn back(&mut self) -> Option<Question> {
        self.answers.pop().map(|(question, _)| question)
    }

    /// Answers the question that is open.
    ///
    /// # Errors
    /// In a sentence, why the answer cannot be taken; the question stays open.
    pub fn answer(&mut self, text: &str) -> Result<(), String> {
        let Next::Ask(question) = self.next() else {
            return Err("Every question is answered.".to_owned());
        };
        let given = self.understood(question, text.trim())?;
        self.answers.push((question, given));
        Ok(())
    }

    fn understood(&self, question: Question, text: &str) -> Result<Given, String> {
        let unsure = matches!(fold(text).as_str(), "notsure" | "unsure" | "k" | "?");
        match question.sort() {
            Sort::Choice => match fold(text).as_str() {
                "yes" | "y" => Ok(Given::Yes),
                "no" | "n" => Ok(Given::No),
                _ if unsure => Ok(Given::NotSure),
                _ => Err("Answer yes, no or not sure.".to_owned()),
            },
            Sort::Codes if unsure || fold(text) == "none" => Ok(Given::NotSure),
            Sort::Codes => ground::read(self, question, text).map(Given::Codes),
            Sort::Told if unsure => Ok(Given::NotSure),
            Sort::Told => Told::read(text)
                .filter(|told| *told != Told::Unrecorded)
                .map(Given::Told)
                .ok_or_else(|| {
                    "Answer yes, not yet, unsafe, not applicable or not sure.".to_owned()
                }),
            Sort::Day if text.is_empty() => Ok(Given::Words(iso(self.subject.on))),
            Sort::Day => text
                .parse::<Day>()
                .map(|day| Given::Words(iso(day)))
                .map_err(|_| format!("“{text}” is no day; write it as {}.", iso(self.subject.on))),
            Sort::Reason if text.is_empty() => {
                Err("A reason is needed here, in a sentence.".to_owned())
            }
            Sort::Words if text.is_empty() => Ok(Given::Words(self.suggested(question))),
            Sort::Words | Sort::Reason => Ok(Given::Words(text.to_owned())),
        }
    }

    /// What a blank answer stands for, where there is something to suggest.
    pub fn suggested(&self, question: Question) -> String {
        match question {
            Question::What => self.subject.about.clone(),
            Question::Recipient => self.subject.recipient.clone(),
            Question::DecidedBy => self.subject.decided_by.clone(),
            Question::On => iso(self.subject.on),
            _ => String::new(),
        }
    }

    /// The codes that can answer a question, by name.
    pub fn choices(&self, question: Question) -> Vec<&'a BasisCode> {
        let codes = self.vocabulary.codes();
        codes
            .filter(|code| ground::fits(question, code, self.subject.on))
            .collect()
    }

    /// What is asked: the question, what each answer means, and what to look at.
    pub fn asked(&self, question: Question) -> Asked {
        words::asked(self, question)
    }

    /// The record of the decision; `None` while none is made. What is blank in it is missing.
    pub fn record(&self) -> Option<ShareRecord> {
        record::of(self)
    }

    /// What was asked and answered, a line each: what the decision rests on.
    pub fn evidence(&self) -> Vec<String> {
        let line = |(question, given): &(Question, Given)| {
            format!("{} {}", self.asked(*question).text, words::given(given))
        };
        self.answers.iter().map(line).collect()
    }

    /// Goes down the flowchart as far as there are answers.
    fn way(&self) -> Result<Way, Stop> {
        let way = self.ground_of_sharing()?;
        if self.subject.barrier.is_some() && !self.yes(Question::Settled)? {
            return Err(Stop::No(WhyNot::Barrier));
        }
        Ok(way)
    }

    fn ground_of_sharing(&self) -> Result<Way, Stop> {
        use Question as Q;
        if self.yes(Q::Duty)? {
            return self.on_codes(&[Q::DutyCode], Way::Duty);
        }
        if self.has_sharing_duty() && self.yes(Q::ListedBody)? {
            return if self.yes(Q::Detriment)? {
                Err(Stop::No(WhyNot::Detriment))
            } else {
                Ok(Way::Duty)
            };
        }
        if !self.yes(Q::Purpose)? {
            return Err(Stop::No(WhyNot::NoPurpose));
        }
        if !self.yes(Q::Identifies)? {
            return Ok(Way::Anonymous);
        }
        if !self.yes(Q::Confidential)? {
            return self.on_codes(&[Q::Basis], Way::NotConfidential);
        }
        if self.yes(Q::Consent)? {
            return self.on_codes(&[Q::ConsentCode], Way::Consent);
        }
        if !self.yes(Q::Reason)? {
            return Err(Stop::No(WhyNot::NoReason));
        }
        self.on_codes(&[Q::WhyNoConsent, Q::Ground], Way::Ground)
    }

    /// A way that needs codes, and a reason where one of them demands it.
    fn on_codes(&self, questions: &[Question], way: Way) -> Result<Way, Stop> {
        for question in questions {
            match self.given(*question) {
                None => return Err(Stop::Ask(*question)),
                Some(Given::NotSure) => return Err(Stop::Advice(*question)),
                Some(_) => {}
            }
        }
        // a consent that nobody gave on no day is none
        let needs_reason = way == Way::Consent || self.codes().iter().any(|code| code.needs_reason);
        if needs_reason && self.open(Question::Why) {
            return Err(Stop::Ask(Question::Why));
        }
        Ok(way)
    }

    /// Whether the duty among listed bodies is law here on the day.
    fn has_sharing_duty(&self) -> bool {
        let code = self.vocabulary.code(SHARING_DUTY);
        code.is_some_and(|code| ground::is_law(code, self.subject.on))
    }

    fn given(&self, question: Question) -> Option<&Given> {
        let mut answers = self.answers.iter();
        answers.find_map(|(of, given)| (*of == question).then_some(given))
    }

    fn yes(&self, question: Question) -> Result<bool, Stop> {
        match self.given(question) {
            None => Err(Stop::Ask(question)),
            Some(Given::NotSure) => Err(Stop::Advice(question)),
            Some(given) => Ok(*given == Given::Yes),
        }
    }

    /// Whether a question still has to be asked.
    fn open(&self, question: Question) -> bool {
        self.given(question).is_none()
    }

    /// A question of the record at which somebody is to be asked before anything is sent.
    fn unsure_of_record(&self) -> Option<Question> {
        let unsure = |question: &Question| self.given(*question) == Some(&Given::NotSure);
        let asked = [Question::FactAndOpinion, Question::Told];
        asked
            .into_iter()
            .find(|question| self.is_shared() && unsure(question))
    }

    /// The codes named so far, in the order named.
    fn codes(&self) -> Vec<&'a BasisCode> {
        let named = self.answers.iter().filter_map(|(_, given)| match given {
            Given::Codes(codes) => Some(codes),
            _ => None,
        });
        let codes = named
            .flatten()
            .filter_map(|code| self.vocabulary.code(code));
        codes.collect()
    }
}
