//! Turns the basis codes of an entry into what they amount to: grounds, their dates, and the defaults that they set.
//!
//! A case has few distinct lists of codes, so each list is compiled once and shared by its entries.

use std::sync::Arc;

use crate::model::basis::{BasisCode, NOT_MAPPED, NOT_RECORDED, RestsOnConsent, Vocabulary};
use crate::model::date::Day;
use crate::model::phrase::Phrase;
use crate::model::words::{AgencyKind, ConsentState, Handling, Told};

/// One code that lets a fact be shared, on its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Whether it rests on consent.
    pub rests: RestsOnConsent,
    /// The consent state that naming it asserts.
    pub state: Option<ConsentState>,
    /// First day on which it was law.
    pub from: Option<Day>,
    /// Last day on which it was law.
    pub until: Option<Day>,
    /// Whether the entry's own expiry ends it, though it rests on no consent (a feed that drops out).
    pub ends_with_entry: bool,
    /// Whether a no-consent ground must stand beside it.
    pub needs_reason_without_consent: bool,
    /// Kinds of agency that it lets see the fact; empty: no limit.
    pub kinds: Vec<AgencyKind>,
}

impl Ground {
    /// Whether the code is law on a day.
    pub fn is_law_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What the codes of an entry amount to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basis {
    /// Codes that let it be shared.
    pub grounds: Vec<Ground>,
    /// Whether one of the grounds for sharing without consent is named.
    pub no_consent_ground: bool,
    /// Whether a decision not to share is named.
    pub refusal: bool,
    /// Whether a code leaves open on what ground it was shared: one that could not be read, or an agreement to a service.
    pub unclear: bool,
    /// What a code that is no ground says of consent (`C-REF`: refused).
    pub note: Option<ConsentState>,
    /// What the codes say the family knows: the most guarded of them.
    pub told: Option<Told>,
    /// Onward rules while the entry rests on consent alone.
    pub handling: Vec<Handling>,
    /// Onward rules while another ground stands: a consent limits what rests on it, nothing else.
    pub handling_without_consent: Vec<Handling>,
}

impl Basis {
    /// Compiles a list of codes. A code that the vocabulary does not hold is read as not mapped.
    pub fn compile(codes: &[Box<str>], vocabulary: &Vocabulary) -> Arc<Self> {
        let mut basis = Self::default();
        let known: Vec<&BasisCode> = codes
            .iter()
            .filter_map(|code| {
                vocabulary
                    .code(code)
                    .or_else(|| vocabulary.code(NOT_MAPPED))
            })
            .collect();
        for code in &known {
            basis.refusal |= code.is_refusal;
            basis.unclear |= leaves_open(code);
            basis.no_consent_ground |= code.is_no_consent_ground;
            if code.is_ground {
                basis.grounds.push(ground(code));
            } else if basis.note.is_none() {
                basis.note = code.consent_state.map(|state| state.0);
            }
            basis.told = more_guarded(basis.told, code.told.map(|told| told.0));
        }
        basis.handling = defaults(&known, |code| {
            !is_consent_note(code) || basis.grounds.is_empty()
        });
        basis.handling_without_consent = defaults(&known, |code| {
            !is_consent_note(code) && code.rests_on_consent != RestsOnConsent::Yes
        });
        Arc::new(basis)
    }

    /// The onward rules that the codes set on a day.
    pub fn handling_on(&self, day: Day) -> &[Handling] {
        let other = |ground: &Ground| ground.rests != RestsOnConsent::Yes && ground.is_law_on(day);
        if self.grounds.iter().any(other) {
            &self.handling_without_consent
        } else {
            &self.handling
        }
    }
}

/// A code that only says how consent stands: its onward rule yields to a ground beside it ("unless a duty").
fn is_consent_note(code: &BasisCode) -> bool {
    !code.is_ground && code.consent_state.is_some()
}

/// Neither a ground, nor a word on consent, nor plainly "not recorded".
fn leaves_open(code: &BasisCode) -> bool {
    !(code.is_ground
        || code.is_no_consent_ground
        || code.is_refusal
        || code.consent_state.is_some()
        || code.code == NOT_RECORDED)
}

fn ground(code: &BasisCode) -> Ground {
    Ground {
        rests: code.rests_on_consent,
        state: code.consent_state.map(|state| state.0),
        from: code.from,
        until: code.until,
        ends_with_entry: code.may_expire && code.rests_on_consent == RestsOnConsent::No,
        needs_reason_without_consent: code.needs_no_consent_ground,
        kinds: code
            .recipient_kinds
            .iter()
            .filter_map(|kind| AgencyKind::read(kind))
            .collect(),
    }
}

/// All onward rules of the codes that count. "Open to partners" gives way to any narrower one.
fn defaults(codes: &[&BasisCode], counts: impl Fn(&BasisCode) -> bool) -> Vec<Handling> {
    let mut handling: Vec<Handling> = codes
        .iter()
        .filter(|code| counts(code))
        .flat_map(|code| &code.handling)
        .filter_map(|word| Handling::read(word))
        .collect();
    handling.sort_unstable();
    handling.dedup();
    if handling.len() > 1 {
        handling.retain(|rule| *rule != Handling::OpenPartners);
    }
    handling
}

/// The more guarded of two answers: unsafe, not yet, yes, not applicable, unrecorded, nothing.
pub fn more_guarded(one: Option<Told>, other: Option<Told>) -> Option<Told> {
    let rank = |told: Option<Told>| match told {
        Some(Told::Unsafe) => 0,
        Some(Told::NotYet) => 1,
        Some(Told::Yes) => 2,
        Some(Told::NotApplicable) => 3,
        Some(Told::Unrecorded) => 4,
        None => 5,
    };
    if rank(other) < rank(one) { other } else { one }
}
