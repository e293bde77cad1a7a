//! The words of the flow: each question, and what each answer means. They can be read aloud to anybody, the family included.

use super::{End, Flow, Given, Question, Sort, Way, WhyNot};
use crate::model::phrase::Phrase;

/// A question as it is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub text: String,
    /// What can be answered, and what each answer means.
    pub means: Vec<Meaning>,
    /// What a blank answer stands for; empty where it is left out of the record.
    pub suggested: String,
}

/// One answer and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// What is typed.
    pub answer: String,
    /// What it means, and where it leads.
    pub says: String,
}

/// Puts a question.
pub fn asked(flow: &Flow<'_>, question: Question) -> Asked {
    let text = match question.sort() {
        Sort::Choice => choice(flow, question),
        Sort::Codes => codes(question).to_owned(),
        _ => words(flow, question),
    };
    let means = match question.sort() {
        Sort::Choice => {
            let [yes, no] = choice_means(question);
            let unsure = "ask somebody who can advise, without naming the family if that is possible; nothing is decided until then";
            meanings([("yes", yes), ("no", no), ("not sure", unsure)])
        }
        Sort::Codes => meanings([
            ("CODE", "a code of the list, several with |"),
            ("none", "no code fits: ask somebody who can advise"),
        ]),
        Sort::Told => meanings([
            ("yes", "they know"),
            ("not yet", "they will be told; say when"),
            (
                "unsafe",
                "telling them would put somebody at risk; say how that is known",
            ),
            ("not applicable", "there is nobody to tell"),
            (
                "not sure",
                "ask somebody who can advise before anything is sent",
            ),
        ]),
        Sort::Day => meanings([("YYYY-MM-DD", "the day")]),
        Sort::Reason => meanings([("TEXT", "a sentence or two; it cannot be left out")]),
        Sort::Words => meanings([("TEXT", "a few words; a blank stays open in the record")]),
    };
    Asked {
        text,
        means,
        suggested: flow.suggested(question),
    }
}

fn meanings<const N: usize>(pairs: [(&str, &str); N]) -> Vec<Meaning> {
    pairs
        .into_iter()
        .map(|(answer, says)| Meaning {
            answer: answer.to_owned(),
            says: says.to_owned(),
        })
        .collect()
}

fn choice(flow: &Flow<'_>, question: Question) -> String {
    let who = match flow.subject.recipient.trim() {
        "" => "the recipient",
        who => who,
    };
    match question {
        Question::Duty => "Does a law or a court order say that it must be shared?".to_owned(),
        Question::ListedBody => format!(
            "Are you and {who} both bodies to which the duty to share of the Children Act 2004 applies, and does this bear on a child's safety or welfare?"
        ),
        Question::Detriment => {
            "Would sharing it harm the child more than not sharing it?".to_owned()
        }
        Question::Purpose => format!(
            "Is there a clear and legitimate purpose: something that {who} will do with it for a child or an adult at risk?"
        ),
        Question::Identifies => {
            "Can anybody be identified from it, alone or together with what the recipient knows?"
                .to_owned()
        }
        Question::Confidential => {
            "Is it confidential: private, told in confidence, not already known lawfully?".to_owned()
        }
        Question::Consent => format!(
            "Is there consent: given by the right person, who knew what for, still standing, and covering {who}?"
        ),
        Question::Reason => "Is there another reason to share it: a task or power in law, a risk of harm, the prevention of a crime, or a public interest that outweighs the confidence?".to_owned(),
        Question::Settled => format!(
            "On the record {who} may not see it: {}. Is that settled with the agency that supplied it, or does a duty or order stand in its place?",
            flow.subject.barrier.as_deref().unwrap_or("the reason is not recorded")
        ),
        _ => "Are facts kept apart from opinions, and is each marked as what it is?".to_owned(),
    }
}

/// What yes and no mean.
fn choice_means(question: Question) -> [&'static str; 2] {
    match question {
        Question::Duty => [
            "share what is required; name the law or the order",
            "go on with the next question",
        ],
        Question::ListedBody => [
            "it must be shared, unless that would harm the child more",
            "go on with the next question",
        ],
        Question::Detriment => [
            "it is not shared; the reason is recorded",
            "it is shared under the duty",
        ],
        Question::Purpose => ["go on with the next question", "it is not shared"],
        Question::Identifies => [
            "go on with the next question",
            "it may be shared, since it is about nobody in particular",
        ],
        Question::Confidential => [
            "go on with the next question",
            "it may be shared on a ground that you name",
        ],
        Question::Consent => [
            "it may be shared within that consent",
            "go on with the next question; consent is one ground among many",
        ],
        Question::Reason => [
            "it may be shared without consent; say why there is none, and on what ground",
            "it is not shared; ask for advice if that worries you",
        ],
        Question::Settled => [
            "go on; tell the agency what was sent",
            "it is not shared for now; ask the agency first",
        ],
        _ => [
            "it says which is which",
            "do it before it is sent; until then it stays open in the record",
        ],
    }
}

fn codes(question: Question) -> &'static str {
    match question {
        Question::DutyCode => "Which law or order is it?",
        Question::ConsentCode => "What sort of consent is it?",
        Question::WhyNoConsent => "Why is there no consent?",
        Question::Ground => "On what ground is it shared without consent?",
        _ => "On what ground is it shared?",
    }
}

fn words(flow: &Flow<'_>, question: Question) -> String {
    let shared = flow.is_shared();
    let with_consent = flow.decided() == Some(End::Share(Way::Consent))
        || flow.given(Question::ConsentCode).is_some();
    let text = match question {
        Question::Why if with_consent => {
            "Who gave consent, when, for whom, and may they do so for the child?"
        }
        Question::Why => {
            "What is the reason? Say what is known and how, so that a stranger to the case can follow it."
        }
        Question::WhyNot => "Why is it not shared? Say it as you would say it to the family.",
        Question::ForWhat if shared => "For what is it shared: what will be done with it?",
        Question::ForWhat => "For what was it wanted?",
        Question::What if shared => "What exactly goes? Only what is needed for that.",
        Question::What => "What was it that was considered?",
        Question::Recipient if shared => {
            "Who exactly receives it: name, post, agency? Check that this is the right person, and that they know it is confidential and what they may pass on."
        }
        Question::Recipient => "Who asked for it, or would have received it?",
        Question::Told if shared => "Is the family told that it is shared, with whom and why?",
        Question::Told => "Does the family know that sharing it was considered?",
        Question::ToldHow => "When, how and by whom were they told; or why were they not?",
        Question::Sent if shared => "How is it sent so that nobody else can read it?",
        Question::Sent => "How was whoever asked given the answer? “Nobody asked” is an answer.",
        Question::On if shared => "On which day is it sent?",
        Question::On => "On which day was this decided?",
        _ => "Who decided?",
    };
    text.to_owned()
}

/// An answer as it is repeated.
pub fn given(given: &Given) -> String {
    match given {
        Given::Yes => "yes".to_owned(),
        Given::No => "no".to_owned(),
        Given::NotSure => "not sure".to_owned(),
        Given::Codes(codes) => codes.join("|"),
        Given::Told(told) => told.phrase().to_owned(),
        Given::Words(words) if words.is_empty() => "(left open)".to_owned(),
        Given::Words(words) => words.clone(),
    }
}

impl End {
    /// What it means, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Share(Way::Duty) => "It is shared, since a law or a court order says so.",
            Self::Share(Way::Anonymous) => "It may be shared: nobody can be identified from it.",
            Self::Share(Way::NotConfidential) => {
                "It may be shared on the ground named: it is not confidential."
            }
            Self::Share(Way::Consent) => "It may be shared within the consent that was given.",
            Self::Share(Way::Ground) => {
                "It may be shared without consent, on the ground and for the reason named."
            }
            Self::DoNotShare(WhyNot::NoPurpose) => {
                "It is not shared: there is no clear and legitimate purpose."
            }
            Self::DoNotShare(WhyNot::NoReason) => {
                "It is not shared: there is neither consent nor another reason."
            }
            Self::DoNotShare(WhyNot::Detriment) => {
                "It is not shared: that would harm the child more than not sharing it."
            }
            Self::DoNotShare(WhyNot::Barrier) => {
                "It is not shared for now: the agency that supplied it is asked first."
            }
            Self::AskAdvice(_) => {
                "Nothing is decided yet. Ask a manager, the safeguarding lead or the adviser on information; if a child may be at risk of significant harm, follow the child protection procedure at once."
            }
        }
    }
}
