//! The questions of the flow, how each is answered, and where they end.

use crate::model::words::Told;

/// A question of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// Whether a law or a court demands it.
    Duty,
    /// Which.
    DutyCode,
    /// Whether the duty to share among listed bodies holds.
    ListedBody,
    /// Whether sharing would harm the child more than not sharing.
    Detriment,
    /// Whether there is a clear and legitimate purpose.
    Purpose,
    /// Whether somebody can be identified.
    Identifies,
    /// Whether it is confidential.
    Confidential,
    /// On what ground what is not confidential is shared.
    Basis,
    /// Whether there is consent.
    Consent,
    /// Which.
    ConsentCode,
    /// Whether there is another reason.
    Reason,
    /// Why there is no consent.
    WhyNoConsent,
    /// On what ground it is shared without.
    Ground,
    /// The reason, where a code demands one.
    Why,
    /// Whether what stands against it on the record is settled.
    Settled,
    /// Why it is not shared.
    WhyNot,
    /// For what.
    ForWhat,
    /// What goes.
    What,
    /// To whom.
    Recipient,
    /// Whether fact and opinion are kept apart.
    FactAndOpinion,
    /// What the family knows.
    Told,
    /// How they were told, or why not.
    ToldHow,
    /// How it is sent.
    Sent,
    /// When.
    On,
    /// Who decided.
    DecidedBy,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Yes, no, not sure.
    Choice,
    /// Codes of the vocabulary, or none.
    Codes,
    /// Whether the family was told.
    Told,
    /// A day.
    Day,
    /// Words, that may be left blank.
    Words,
    /// Words that cannot be left blank.
    Reason,
}

impl Question {
    /// How it is answered.
    pub fn sort(self) -> Sort {
        match self {
            Self::DutyCode
            | Self::Basis
            | Self::ConsentCode
            | Self::WhyNoConsent
            | Self::Ground => Sort::Codes,
            Self::Why | Self::WhyNot => Sort::Reason,
            Self::ForWhat
            | Self::What
            | Self::Recipient
            | Self::ToldHow
            | Self::Sent
            | Self::DecidedBy => Sort::Words,
            Self::Told => Sort::Told,
            Self::On => Sort::Day,
            _ => Sort::Choice,
        }
    }
}

/// An answer, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure: somebody else is to be asked first.
    NotSure,
    /// Codes, by name.
    Codes(Vec<String>),
    /// What the family knows.
    Told(Told),
    /// Words, a day among them; blank when they were left out.
    Words(String),
}

/// On what it is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// A law or a court demands it.
    Duty,
    /// Nobody can be identified.
    Anonymous,
    /// It is not confidential.
    NotConfidential,
    /// With consent.
    Consent,
    /// Without consent, on another ground.
    Ground,
}

/// Why it is not shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WhyNot {
    /// There is no clear and legitimate purpose.
    NoPurpose,
    /// There is no consent and no other reason.
    NoReason,
    /// It would harm the child more.
    Detriment,
    /// What stands against it on the record is not settled.
    Barrier,
}

/// Where a flow ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// It is shared.
    Share(Way),
    /// It is not shared.
    DoNotShare(WhyNot),
    /// Nothing is decided: at this question somebody is to be asked.
    AskAdvice(Question),
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A question.
    Ask(Question),
    /// Nothing more.
    Ended(End),
}
