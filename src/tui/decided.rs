//! Decisions as the screen shows them: what, by whom, when, why, what was shown, and the facts concerned.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;

use crate::case::words;
use crate::model::case::Case;
use crate::model::decision::{Decision, ShareRecord, Verdict};
use crate::model::id::DecisionId;
use crate::picture::Picture;

/// A decision, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its number in the case.
    pub number: u32,
    /// Its id in every copy of the case.
    pub id: String,
    /// What was decided.
    pub words: String,
    /// By whom.
    pub by: String,
    /// When; blank where nobody recorded it.
    pub when: String,
    /// Why, if the analyst said.
    pub why: String,
    /// What was shown when it was decided.
    pub evidence: Vec<String>,
    /// By whom and when it was taken back, if it was.
    pub taken_back: Option<(String, String)>,
    /// Whether it takes others back.
    pub is_withdrawal: bool,
    /// Whether it came from another copy of the case.
    pub is_brought: bool,
    /// The facts concerned.
    pub facts: Vec<usize>,
    /// The record of a decision to share or not.
    pub share: Option<Box<ShareRecord>>,
}

impl Decided {
    /// Whether it stands and settles something.
    pub fn stands(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// All decisions of a case, in the order of their numbers.
pub fn all(picture: &Picture, case: &Case) -> Vec<Decided> {
    if case.decisions.is_empty() {
        return Vec::new();
    }
    let by_number: BTreeMap<u32, &Decision> =
        case.decisions.iter().map(|one| (one.number, one)).collect();
    let by_id: BTreeMap<&DecisionId, &Decision> =
        case.decisions.iter().map(|one| (&one.id, one)).collect();
    let of_person = facts_of_persons(picture);
    let decided = case.decisions.iter().map(|one| {
        let taken_back = one.withdrawn_by.map(|number| {
            let by = by_number.get(&number);
            by.map_or_else(Default::default, |by| (by.by.clone(), time(by.at)))
        });
        let mut facts = BTreeSet::new();
        concerned(picture, &of_person, &one.verdict, &mut facts);
        if let Verdict::Withdrawn { of } = &one.verdict {
            for earlier in of.iter().filter_map(|id| by_id.get(id)) {
                concerned(picture, &of_person, &earlier.verdict, &mut facts);
            }
        }
        Decided {
            number: one.number,
            id: one.id.to_string(),
            words: words::words(&one.verdict, &case.decisions),
            by: one.by.clone(),
            when: time(one.at),
            why: one.why.clone(),
            evidence: one.evidence.clone(),
            taken_back,
            is_withdrawal: matches!(one.verdict, Verdict::Withdrawn { .. }),
            is_brought: one.step == 0,
            facts: facts.into_iter().collect(),
            share: match &one.verdict {
                Verdict::Shared(record) => Some(record.clone()),
                _ => None,
            },
        }
    });
    decided.collect()
}

fn facts_of_persons(picture: &Picture) -> Vec<Vec<usize>> {
    let mut of = vec![Vec::new(); picture.people.persons.len()];
    for (at, fact) in picture.timeline.facts.iter().enumerate() {
        for person in &fact.persons {
            if let Some(facts) = of.get_mut(*person) {
                facts.push(at);
            }
        }
    }
    of
}

/// The facts that a decision is about.
fn concerned(
    picture: &Picture,
    of_person: &[Vec<usize>],
    verdict: &Verdict,
    facts: &mut BTreeSet<usize>,
) {
    let supplied = &picture.supplied;
    let entries = verdict.entries().into_iter();
    let entries = entries.filter_map(|id| supplied.entry(id));
    facts.extend(entries.filter_map(|at| picture.timeline.fact_of.get(at)));
    for record in verdict.records() {
        let at = supplied.record(record);
        let person = at.and_then(|at| picture.people.person_of.get(at));
        facts.extend(
            person
                .and_then(|at| of_person.get(*at))
                .into_iter()
                .flatten(),
        );
    }
    match verdict {
        Verdict::FlagExplained { flag_id, .. } => {
            let flags = picture.flags.flags.iter();
            facts.extend(
                flags
                    .filter(|one| one.id == *flag_id)
                    .flat_map(|one| &one.facts),
            );
        }
        Verdict::Conclusion { conclusion, .. } => {
            let all = picture.reliance.conclusions.iter();
            facts.extend(
                all.filter(|one| one.id == *conclusion)
                    .flat_map(|one| &one.facts),
            );
        }
        _ => {}
    }
}

/// A time as `yyyy-mm-dd hh:mm` (UTC); blank where none was recorded.
pub fn time(at: i64) -> String {
    if at == 0 {
        return String::new();
    }
    DateTime::from_timestamp(at, 0).map_or_else(
        || at.to_string(),
        |time| time.format("%Y-%m-%d %H:%M").to_string(),
    )
}
