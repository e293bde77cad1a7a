//! Which decisions go with a person, and what is left of those that are about others too.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::decision::{About, Decision, Verdict};
use crate::model::id::{DecisionId, EntryId, RecordId};

/// What is gone from the exports.
#[derive(Debug, Default)]
pub struct Gone {
    /// Records.
    pub records: BTreeSet<RecordId>,
    /// Entries.
    pub entries: BTreeSet<EntryId>,
    /// Flags about the person.
    pub flags: BTreeSet<String>,
    /// Entries of others that have another id now, since the one before them of the same text is gone.
    pub renamed: BTreeMap<EntryId, EntryId>,
}

/// What becomes of the decisions.
#[derive(Debug, Default, PartialEq)]
pub struct Left {
    /// Those that go.
    pub gone: Vec<DecisionId>,
    /// Those that say less than before.
    pub less: Vec<Decision>,
}

impl Left {
    /// Whether all decisions stay as they are.
    pub fn is_nothing(&self) -> bool {
        self.gone.is_empty() && self.less.is_empty()
    }
}

/// Works out what becomes of each decision.
pub fn left(decisions: &[Decision], gone: &Gone) -> Left {
    let mut left = Left::default();
    let mut of_decisions: BTreeSet<DecisionId> = BTreeSet::new();
    // a decision names earlier ones only, so one pass in order is enough
    for decision in decisions {
        match without(&decision.verdict, gone, &of_decisions) {
            None => {
                of_decisions.insert(decision.id.clone());
                left.gone.push(decision.id.clone());
            }
            Some(verdict) if verdict != decision.verdict => left.less.push(Decision {
                verdict,
                ..decision.clone()
            }),
            Some(_) => {}
        }
    }
    left
}

/// A verdict without what is gone; none when nothing of it is left.
fn without(verdict: &Verdict, gone: &Gone, decisions: &BTreeSet<DecisionId>) -> Option<Verdict> {
    let mut verdict = verdict.clone();
    for entry in about(&mut verdict) {
        *entry = now(entry, gone)?;
    }
    let is_left = |id: &RecordId| !gone.records.contains(id);
    let is_empty = match &mut verdict {
        Verdict::Persons { left, right, .. } | Verdict::SecondReading { left, right, .. } => {
            !is_left(left) || !is_left(right)
        }
        Verdict::Noted {
            about: About::Record(record),
            ..
        } => !is_left(record),
        Verdict::FlagExplained { flag_id, .. } => gone.flags.contains(flag_id),
        Verdict::Requested(asked) => {
            let named = asked.records.len();
            asked.records.retain(is_left);
            asked.records.is_empty() && named > 0
        }
        Verdict::Consulted(held) => {
            let named = held.records.len();
            held.records.retain(is_left);
            held.records.is_empty() && named > 0
        }
        Verdict::Shared(record) => {
            let named = record.entries.len();
            record.entries = record
                .entries
                .iter()
                .filter_map(|one| now(one, gone))
                .collect();
            record.entries.is_empty() && named > 0
        }
        Verdict::Withdrawn { of } => {
            let named = of.len();
            of.retain(|id| !decisions.contains(id));
            of.is_empty() && named > 0
        }
        Verdict::Contested { one, other } => decisions.contains(one) || decisions.contains(other),
        _ => false,
    };
    (!is_empty).then_some(verdict)
}

/// The entries without which a verdict says nothing.
fn about(verdict: &mut Verdict) -> Vec<&mut EntryId> {
    match verdict {
        Verdict::Echo { entry, of, .. } => vec![entry, of],
        Verdict::ReliedOn { entry, .. }
        | Verdict::NotReliedOn { entry, .. }
        | Verdict::Origin { entry, .. }
        | Verdict::Significance { entry, .. }
        | Verdict::Noted {
            about: About::Entry(entry),
            ..
        } => vec![entry],
        _ => Vec::new(),
    }
}

/// The id that an entry has now; none when it is gone.
fn now(entry: &EntryId, gone: &Gone) -> Option<EntryId> {
    if gone.entries.contains(entry) {
        return None;
    }
    Some(gone.renamed.get(entry).unwrap_or(entry).clone())
}
