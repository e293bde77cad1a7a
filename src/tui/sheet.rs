//! Share or not: the sheet of questions about one thing, as far as they are answered. It is plain data; what is asked next
//! follows from the answers alone, as in `sharing::flow`.

use super::search::Search;
use crate::case::{Draft, DraftOf};
use crate::model::basis::Vocabulary;
use crate::sharing::flow::{Flow, Next, Question, Sort, Subject};

/// The sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What it is about, and for whom.
    pub subject: Subject,
    /// The answers so far, as they were typed.
    pub answers: Vec<String>,
    /// What is typed.
    pub typed: String,
    /// The selected one of what can be answered.
    pub at: usize,
    /// Why the last answer could not be taken.
    pub said: String,
}

/// One of what can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is answered.
    pub answer: String,
    /// What it means.
    pub says: String,
}

impl Sheet {
    /// A sheet with nothing answered.
    pub fn new(subject: Subject) -> Self {
        Self {
            subject,
            answers: Vec::new(),
            typed: String::new(),
            at: 0,
            said: String::new(),
        }
    }

    /// A sheet as it was left.
    pub fn of_draft(subject: Subject, answers: Vec<String>, typed: String) -> Self {
        Self {
            answers,
            typed,
            ..Self::new(subject)
        }
    }

    /// What of it is worth keeping; `None` while nothing is answered.
    pub fn draft(&self) -> Option<Draft> {
        let is_begun = !self.answers.is_empty() || !self.typed.trim().is_empty();
        is_begun.then(|| Draft {
            of: DraftOf::Share(Box::new(self.subject.clone()), self.answers.clone()),
            text: self.typed.clone(),
        })
    }

    /// Whether it asks about the same thing, for the same recipient, with the same barrier: the questions are the same then, on
    /// whatever day and by whomever they are answered.
    pub fn is_about(&self, subject: &Subject) -> bool {
        let same = |one: &Subject| {
            (
                one.entries.clone(),
                one.about.clone(),
                one.recipient.clone(),
                one.barrier.clone(),
            )
        };
        same(&self.subject) == same(subject)
    }

    /// The flow with the answers so far.
    pub fn flow<'a>(&self, vocabulary: &'a Vocabulary) -> Flow<'a> {
        let mut flow = Flow::new(self.subject.clone(), vocabulary);
        for answer in &self.answers {
            // an answer is only kept once the flow took it
            if flow.answer(answer).is_err() {
                break;
            }
        }
        flow
    }

    /// The question that is open, if one is.
    pub fn question(&self, flow: &Flow<'_>) -> Option<Question> {
        match flow.next() {
            Next::Ask(question) => Some(question),
            Next::Ended(_) => None,
        }
    }

    /// What can be answered, narrowed by what is typed; nothing where words are typed freely.
    pub fn replies(&self, flow: &Flow<'_>) -> Vec<Reply> {
        let Some(question) = self.question(flow) else {
            return Vec::new();
        };
        let all: Vec<Reply> = match question.sort() {
            Sort::Choice | Sort::Told => flow
                .asked(question)
                .means
                .into_iter()
                .map(|meaning| Reply {
                    answer: meaning.answer,
                    says: meaning.says,
                })
                .collect(),
            Sort::Codes => {
                let codes = flow.choices(question).into_iter().map(|code| Reply {
                    answer: code.code.clone(),
                    says: format!("{}. {}", code.label, code.meaning),
                });
                let none = Reply {
                    answer: "none".to_owned(),
                    says: "no code fits: ask somebody who can advise".to_owned(),
                };
                codes.chain([none]).collect()
            }
            Sort::Day | Sort::Words | Sort::Reason => return Vec::new(),
        };
        let typed = self.typed.trim();
        // several codes are typed with |, and the flow reads them
        if typed.is_empty() {
            return all;
        }
        if typed.contains('|') {
            return Vec::new();
        }
        let begins = |reply: &Reply| {
            reply
                .answer
                .to_lowercase()
                .starts_with(&typed.to_lowercase())
        };
        if all.iter().any(begins) {
            return all.into_iter().filter(begins).collect();
        }
        let search = Search::new(typed);
        all.into_iter()
            .filter(|reply| search.finds(&format!("{} {}", reply.answer, reply.says)))
            .collect()
    }

    /// Answers the open question with what is selected or typed; why it cannot be taken stays on the sheet.
    pub fn answer(&mut self, vocabulary: &Vocabulary) {
        let mut flow = self.flow(vocabulary);
        let replies = self.replies(&flow);
        let answer = match replies.get(self.at) {
            Some(reply) => reply.answer.clone(),
            None => self.typed.trim().to_owned(),
        };
        match flow.answer(&answer) {
            Ok(()) => {
                self.answers.push(answer);
                self.typed.clear();
                self.at = 0;
                self.said.clear();
            }
            Err(why) => self.said = why,
        }
    }

    /// Takes the last answer back; it is typed again.
    pub fn back(&mut self) {
        self.said.clear();
        self.at = 0;
        if self.answers.pop().is_none() {
            "Nothing was answered yet. Esc leaves.".clone_into(&mut self.said);
        }
    }
}
