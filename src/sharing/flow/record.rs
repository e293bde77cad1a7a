//! The record of a decision to share or not: the nine things that it needs, and which of them are missing.

use super::{End, Flow, Given, Question, SHARING_DUTY, Way, WhyNot};
use crate::model::decision::ShareRecord;
use crate::model::phrase::Phrase;
use crate::model::words::Told;

/// What is asked for the record of something shared, in order.
pub const OF_SHARED: [Question; 9] = [
    Question::ForWhat,
    Question::What,
    Question::Recipient,
    Question::FactAndOpinion,
    Question::Told,
    Question::ToldHow,
    Question::Sent,
    Question::On,
    Question::DecidedBy,
];

/// What is asked for the record of something not shared, in order: the same, and why.
pub const OF_NOT_SHARED: [Question; 10] = [
    Question::WhyNot,
    Question::ForWhat,
    Question::What,
    Question::Recipient,
    Question::FactAndOpinion,
    Question::Told,
    Question::ToldHow,
    Question::Sent,
    Question::On,
    Question::DecidedBy,
];

/// One of the nine things that a record needs, whether it was shared or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// For what.
    Purpose,
    /// What was shared.
    What,
    /// To whom.
    Recipient,
    /// When.
    When,
    /// On what basis or ground, or why not.
    Basis,
    /// Whether the family was told, or why not.
    Told,
    /// Whether fact and opinion are marked.
    FactAndOpinion,
    /// Who decided.
    DecidedBy,
    /// How it was sent.
    Sent,
}

impl Thing {
    /// All nine, in their order.
    pub const ALL: [Self; 9] = [
        Self::Purpose,
        Self::What,
        Self::Recipient,
        Self::When,
        Self::Basis,
        Self::Told,
        Self::FactAndOpinion,
        Self::DecidedBy,
        Self::Sent,
    ];

    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::What => "what it is",
            Self::Recipient => "recipient",
            Self::When => "when",
            Self::Basis => "basis or ground",
            Self::Told => "whether the family was told, or why not",
            Self::FactAndOpinion => "fact kept apart from opinion",
            Self::DecidedBy => "who decided",
            Self::Sent => "how it was sent or answered",
        }
    }

    /// What a record says of it.
    pub fn of(self, record: &ShareRecord) -> &str {
        match self {
            Self::Purpose => &record.purpose,
            Self::What => &record.what,
            Self::Recipient => &record.recipient,
            Self::When => &record.on,
            Self::Basis => &record.basis,
            Self::Told => &record.told,
            Self::FactAndOpinion => &record.fact_and_opinion,
            Self::DecidedBy => &record.decided_by,
            Self::Sent => &record.sent,
        }
    }
}

/// The things that a record does not say yet.
pub fn missing(record: &ShareRecord) -> Vec<Thing> {
    let blank = |thing: &Thing| thing.of(record).trim().is_empty();
    Thing::ALL.into_iter().filter(blank).collect()
}

/// The record of a flow that came to a decision.
pub fn of(flow: &Flow<'_>) -> Option<ShareRecord> {
    let is_shared = match flow.decided()? {
        End::Share(_) => true,
        End::DoNotShare(_) => false,
        End::AskAdvice(_) => return None,
    };
    if flow.unsure_of_record().is_some() {
        return None;
    }
    Some(ShareRecord {
        entries: flow.subject.entries.clone(),
        is_shared,
        purpose: words(flow, Question::ForWhat),
        what: words(flow, Question::What),
        recipient: words(flow, Question::Recipient),
        on: words(flow, Question::On),
        basis: basis(flow),
        told: told(flow),
        fact_and_opinion: match flow.given(Question::FactAndOpinion) {
            Some(Given::Yes) => "kept apart and marked".to_owned(),
            // not marked is not done: it stays among what is missing
            _ => String::new(),
        },
        decided_by: words(flow, Question::DecidedBy),
        sent: words(flow, Question::Sent),
    })
}

fn words(flow: &Flow<'_>, question: Question) -> String {
    match flow.given(question) {
        Some(Given::Words(words)) => words.clone(),
        _ => String::new(),
    }
}

/// The codes with the reason; for what is not shared why not.
fn basis(flow: &Flow<'_>) -> String {
    let (codes, reason) = match flow.decided() {
        Some(End::DoNotShare(why)) => (why.phrase().to_owned(), words(flow, Question::WhyNot)),
        Some(End::Share(Way::Anonymous)) => ("U-NA".to_owned(), String::new()),
        _ => {
            let codes = flow.codes();
            let names: Vec<&str> = codes.iter().map(|code| code.code.as_str()).collect();
            let named = if names.is_empty() {
                SHARING_DUTY.to_owned()
            } else {
                names.join("|")
            };
            (named, words(flow, Question::Why))
        }
    };
    if reason.is_empty() {
        codes
    } else {
        format!("{codes}: {reason}")
    }
}

/// Whether the family was told. That they were not is only recorded with the reason: without it, it is missing.
fn told(flow: &Flow<'_>) -> String {
    let how = words(flow, Question::ToldHow);
    match flow.given(Question::Told) {
        Some(Given::Told(told)) if !how.is_empty() => format!("{}: {how}", told.phrase()),
        Some(Given::Told(told @ (Told::Yes | Told::NotApplicable))) => told.phrase().to_owned(),
        _ => String::new(),
    }
}

impl WhyNot {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::NoPurpose => "no clear and legitimate purpose",
            Self::NoReason => "no consent and no other reason",
            Self::Detriment => "E-ISD-NOT",
            Self::Barrier => "what stands against it on the record is not settled",
        }
    }
}
