//! What analysts set by hand, put over what the agencies supplied: origins, significance, requests, consultations; and
//! their notes.
//!
//! The supplied data stays as it is; the picture is computed from a copy, so that taking a decision back restores it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::date::{Day, When};
use crate::model::decision::{About, Asked, Consulted, Decision, Verdict, standing};
use crate::model::fact::Origin;
use crate::model::id::{AgencyId, ConclusionId, EntryId};
use crate::model::phrase::Coded;
use crate::model::source::RowRef;
use crate::model::supply::{Consultation, Request, Supplied};

/// What was set by hand, by whom. The last decision that stands holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByHand {
    /// Notes, with their authors.
    pub notes: BTreeMap<About, (String, String)>,
    /// Who set the origin of an entry.
    pub origins: BTreeMap<EntryId, String>,
    /// Who set the significance of an entry.
    pub significance: BTreeMap<EntryId, String>,
    /// The words of conclusions, with their authors.
    pub conclusions: BTreeMap<ConclusionId, (String, String)>,
}

impl ByHand {
    /// Gathers what was set by hand.
    pub fn of(decisions: &[Decision]) -> Self {
        let mut set = Self::default();
        for decision in standing(decisions) {
            let by = || decision.by.clone();
            match &decision.verdict {
                Verdict::Noted { about, text } if text.trim().is_empty() => {
                    set.notes.remove(about);
                }
                Verdict::Noted { about, text } => {
                    set.notes.insert(about.clone(), (text.clone(), by()));
                }
                Verdict::Origin { entry, .. } => {
                    set.origins.insert(entry.clone(), by());
                }
                Verdict::Significance { entry, .. } => {
                    set.significance.insert(entry.clone(), by());
                }
                Verdict::Conclusion { conclusion, text } => {
                    set.conclusions
                        .insert(conclusion.clone(), (text.clone(), by()));
                }
                _ => {}
            }
        }
        set
    }
}

/// Puts origins, significance, requests and consultations that were decided over what was supplied. Without such a decision the data is
/// shared and not copied.
pub fn over(supplied: &Arc<Supplied>, decisions: &[Decision]) -> Arc<Supplied> {
    let changes = standing(decisions).any(|decision| {
        matches!(
            decision.verdict,
            Verdict::Origin { .. }
                | Verdict::Significance { .. }
                | Verdict::Requested(_)
                | Verdict::Consulted(_)
        )
    });
    if !changes {
        return Arc::clone(supplied);
    }
    let mut all = (**supplied).clone();
    for decision in standing(decisions) {
        match &decision.verdict {
            Verdict::Origin { entry, origins } => {
                if let Some(entry) = all.entry(entry).and_then(|at| all.entries.get_mut(at)) {
                    entry.origin.agencies =
                        origins.iter().filter_map(Origin::agency).cloned().collect();
                    entry.origin.unknown = origins.contains(&Origin::Unknown);
                }
            }
            Verdict::Significance { entry, level } => {
                if let Some(entry) = all.entry(entry).and_then(|at| all.entries.get_mut(at)) {
                    entry.significance = Some(*level);
                }
            }
            Verdict::Requested(asked) => {
                all.requests.retain(|request| request.id != asked.request);
                all.requests.push(request(asked, decision.number));
            }
            Verdict::Consulted(held) => {
                let id = &held.consultation;
                all.consultations.retain(|one| one.id != *id);
                all.consultations.push(consultation(held, decision.number));
            }
            _ => {}
        }
    }
    all.requests.sort_by(|one, other| one.id.cmp(&other.id));
    all.consultations
        .sort_by(|one, other| one.id.cmp(&other.id));
    Arc::new(all)
}

/// A day as it was typed.
fn when(text: &str) -> When {
    let day = text.trim().parse::<Day>();
    day.map_or_else(|_| When::unknown(text.trim()), When::day)
}

fn consultation(held: &Consulted, decision: u32) -> Consultation {
    Consultation {
        id: held.consultation.clone(),
        row: RowRef::of_decision(decision),
        by: held.by.clone(),
        consulted: AgencyId::new(&held.agency),
        person: held.person.clone(),
        on: when(&held.on),
        how: Coded::read(&held.how),
        setting: Coded::read(&held.setting),
        records: held.records.clone(),
        question: held.question.clone(),
        received: held.received.clone(),
        given: held.given.clone(),
        outcome: held.outcome.clone(),
        became_referral: Coded::read(&held.became_referral),
        family_agreed: Coded::read(&held.family_agreed),
        told: Coded::read(&held.told),
    }
}

fn request(asked: &Asked, decision: u32) -> Request {
    Request {
        id: asked.request.clone(),
        row: RowRef::of_decision(decision),
        asked: AgencyId::new(&asked.agency),
        asked_by: asked.asked_by.clone(),
        asked_on: when(&asked.asked_on),
        due_on: when(&asked.due_on),
        answered_on: when(&asked.answered_on),
        result: Coded::read(&asked.result),
        records: asked.records.clone(),
        question: asked.question.clone(),
        reason: asked.reason.clone(),
        basis: asked.basis.clone(),
    }
}
