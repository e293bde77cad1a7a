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
    let entry = |id: &EntryId| -> Option<EntryId> {
        if gone.entries.contains(id) {
            return None;
        }
        Some(gone.renamed.get(id).unwrap_or(id).clone())
    };
    let is_left = |id: &RecordId| !gone.records.contains(id);
    let verdict = match verdict.clone() {
        Verdict::Persons { left, right, .. } | Verdict::SecondReading { left, right, .. } => {
            return (is_left(&left) && is_left(&right)).then(|| verdict.clone());
        }
        Verdict::Echo {
            entry: one,
            of,
            verdict,
        } => Verdict::Echo {
            entry: entry(&one)?,
            of: entry(&of)?,
            verdict,
        },
        Verdict::ReliedOn {
            conclusion,
            entry: one,
        } => Verdict::ReliedOn {
            conclusion,
            entry: entry(&one)?,
        },
        Verdict::NotReliedOn {
            conclusion,
            entry: one,
        } => Verdict::NotReliedOn {
            conclusion,
            entry: entry(&one)?,
        },
        Verdict::Origin {
            entry: one,
            origins,
        } => Verdict::Origin {
            entry: entry(&one)?,
            origins,
        },
        Verdict::Significance { entry: one, level } => Verdict::Significance {
            entry: entry(&one)?,
            level,
        },
        Verdict::Noted { about, text } => Verdict::Noted {
            about: match about {
                About::Entry(one) => About::Entry(entry(&one)?),
                About::Record(record) if !is_left(&record) => return None,
                about => about,
            },
            text,
        },
        Verdict::FlagExplained { flag_id, .. } if gone.flags.contains(&flag_id) => return None,
        Verdict::Requested(mut asked) => {
            let named = asked.records.len();
            asked.records.retain(is_left);
            if asked.records.is_empty() && named > 0 {
                return None;
            }
            Verdict::Requested(asked)
        }
        Verdict::Shared(mut record) => {
            let named = record.entries.len();
            record.entries = record.entries.iter().filter_map(entry).collect();
            if record.entries.is_empty() && named > 0 {
                return None;
            }
            Verdict::Shared(record)
        }
        Verdict::Withdrawn { mut of } => {
            let named = of.len();
            of.retain(|id| !decisions.contains(id));
            if of.is_empty() && named > 0 {
                return None;
            }
            Verdict::Withdrawn { of }
        }
        Verdict::Contested { one, other } => {
            let is_open = !decisions.contains(&one) && !decisions.contains(&other);
            return is_open.then(|| verdict.clone());
        }
        other @ (Verdict::Conclusion { .. } | Verdict::FlagExplained { .. }) => other,
    };
    Some(verdict)
}
