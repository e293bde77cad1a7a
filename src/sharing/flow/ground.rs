//! Which codes can answer a question of the flow: law on the day, and able to carry what is shared.

use super::{Flow, Question};
use crate::model::basis::{BasisCode, RestsOnConsent};
use crate::model::date::{Day, iso};
use crate::model::words::ConsentState;

/// Whether a code is law on a day.
pub fn is_law(code: &BasisCode, day: Day) -> bool {
    code.from.is_none_or(|from| from <= day) && code.until.is_none_or(|until| day <= until)
}

/// Whether a code can answer a question.
pub fn fits(question: Question, code: &BasisCode, day: Day) -> bool {
    is_law(code, day) && is_of_sort(question, code)
}

fn is_of_sort(question: Question, code: &BasisCode) -> bool {
    let without = code.is_ground && code.rests_on_consent != RestsOnConsent::Yes;
    let told_instead = code
        .consent_state
        .is_some_and(|state| state.0 == ConsentState::NotRequired);
    match question {
        Question::DutyCode => code.is_ground && code.rests_on_consent == RestsOnConsent::No,
        Question::Basis => code.is_ground,
        Question::ConsentCode => code.is_ground && code.rests_on_consent != RestsOnConsent::No,
        Question::WhyNoConsent => code.is_no_consent_ground || (!code.is_ground && told_instead),
        Question::Ground => without,
        _ => false,
    }
}

/// What a code that answers a question has to be.
fn wanted(question: Question) -> &'static str {
    match question {
        Question::DutyCode => "no duty or order that lets it be shared",
        Question::ConsentCode => "no consent that lets it be shared",
        Question::WhyNoConsent => "no reason for sharing without consent",
        Question::Ground => "no ground that carries it without consent",
        _ => "no ground that lets it be shared",
    }
}

/// Reads the codes of an answer. One that nobody knows, that is not law on the day, or that cannot carry it is refused with
/// the way on.
pub fn read(flow: &Flow<'_>, question: Question, text: &str) -> Result<Vec<String>, String> {
    let day = flow.subject.on;
    let mut codes = Vec::new();
    for (spelling, code) in flow.vocabulary.read_cell(text) {
        let Some(code) = code else {
            return Err(unknown(flow, spelling));
        };
        if !is_law(code, day) {
            return Err(not_law(code, day));
        }
        if !is_of_sort(question, code) {
            return Err(format!(
                "{} ({}) is {}.",
                code.code,
                code.label,
                wanted(question)
            ));
        }
        if code.needs_no_consent_ground && !says_why_no_consent(flow) {
            return Err(format!(
                "{} holds only where it is said why there is no consent: N-CNG, N-CRE or N-RSK. Name another ground, or go back.",
                code.code
            ));
        }
        if !codes.contains(&code.code) {
            codes.push(code.code.clone());
        }
    }
    if codes.is_empty() {
        return Err("Name at least one code, or answer none.".to_owned());
    }
    Ok(codes)
}

fn unknown(flow: &Flow<'_>, spelling: &str) -> String {
    let named: Vec<String> = flow
        .vocabulary
        .nearest(spelling)
        .iter()
        .map(|code| format!("{} ({})", code.code, code.label))
        .collect();
    if flow.vocabulary.is_ambiguous(spelling) {
        format!("“{spelling}” can be read in more than one way; name the code.")
    } else if named.is_empty() {
        format!("“{spelling}” is not in the list of codes.")
    } else {
        format!(
            "“{spelling}” is not in the list of codes; the nearest are {}.",
            named.join("; ")
        )
    }
}

fn not_law(code: &BasisCode, day: Day) -> String {
    match (code.from, code.until) {
        (Some(from), _) if day < from => {
            format!("{} is law from {} on.", code.code, iso(from))
        }
        (_, Some(until)) => format!("{} was law until {}.", code.code, iso(until)),
        _ => format!("{} is not law on this day.", code.code),
    }
}

/// Whether one of the grounds for sharing without consent was named before.
fn says_why_no_consent(flow: &Flow<'_>) -> bool {
    flow.codes().iter().any(|code| code.is_no_consent_ground)
}
