//! Brings the decisions of another copy of a case into this one.
//!
//! Two analysts took a copy each and went on. What only the other decided is added; where both decided the same matter
//! differently, neither holds and it is a question again.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::decision::{Decision, Matter, Verdict, settle, standing};
use crate::model::id::DecisionId;

/// What bringing adds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// Decisions of the other copy that are not here yet, numbered on, in their order.
    pub added: Vec<Decision>,
    /// Pairs decided differently: ours and theirs.
    pub contested: Vec<(Decision, Decision)>,
}

/// Works out what the other copy's decisions add to ours. Both lists are as their copies have them.
///
/// A decision that the other copy knew and overruled is overruled here too; only what neither knew of the other can
/// be contested.
pub fn plan(ours: &[Decision], theirs: &[Decision]) -> Brought {
    let known: BTreeSet<&DecisionId> = ours.iter().map(|one| &one.id).collect();
    let known_there: BTreeSet<&DecisionId> = theirs.iter().map(|one| &one.id).collect();
    let first = ours.iter().map(|one| one.number).max().unwrap_or(0) + 1;
    let new = theirs.iter().filter(|one| !known.contains(&one.id));
    let added = new.zip(first..).map(|(decision, number)| Decision {
        number,
        step: 0,
        withdrawn_by: None,
        ..decision.clone()
    });
    let (here, there) = (latest(ours), latest(theirs));
    let contested = there.iter().filter_map(|(matter, other)| {
        let one = here.get(matter)?;
        let differ = one.verdict != other.verdict;
        let unseen = !known_there.contains(&one.id) && !known.contains(&other.id);
        (differ && unseen).then(|| ((*one).clone(), (*other).clone()))
    });
    Brought {
        added: added.collect(),
        contested: contested.collect(),
    }
}

/// The verdicts that put what is contested to the question again.
pub fn questions(brought: &Brought) -> Vec<Verdict> {
    let pairs = brought.contested.iter();
    pairs
        .map(|(one, other)| Verdict::Contested {
            one: one.id.clone(),
            other: other.id.clone(),
        })
        .collect()
}

/// The decision that holds for each matter.
fn latest(decisions: &[Decision]) -> BTreeMap<Matter, &Decision> {
    let with_matter = standing(decisions).filter_map(|one| Some((one.verdict.matter()?, one)));
    with_matter.collect()
}

/// The decisions of a case after bringing, settled: ours, theirs, and the questions, made by `question`.
pub fn together(ours: &[Decision], brought: &Brought, questions: Vec<Decision>) -> Vec<Decision> {
    let mut all: Vec<Decision> = ours.iter().chain(&brought.added).cloned().collect();
    all.extend(questions);
    settle(&mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Hand, OpenCase, Step};
    use crate::model::case::Case;
    use crate::model::decision::{Sameness, contested};
    use crate::model::id::{AgencyId, RecordId};

    fn say(left: &str, right: &str, same: Sameness) -> Verdict {
        let id = |text: &str| RecordId::read(text, &AgencyId::new("x"));
        Verdict::Persons {
            left: id(left),
            right: id(right),
            same,
        }
    }

    fn decide(case: &mut OpenCase, verdict: Verdict, by: &str, at: i64) {
        let step = Step {
            verdicts: vec![(verdict, Vec::new())],
            why: String::new(),
        };
        case.decide(step, Hand { by, at }).unwrap();
    }

    /// A case with one decision, and a copy of it.
    fn copies() -> (OpenCase, OpenCase) {
        let mut one = OpenCase::in_memory(Case::default());
        decide(&mut one, say("a:1", "b:1", Sameness::Same), "A", 1);
        let other = OpenCase::in_memory(one.case().clone());
        (one, other)
    }

    fn bring(ours: &OpenCase, theirs: &OpenCase) -> Vec<Decision> {
        let brought = plan(&ours.case().decisions, &theirs.case().decisions);
        let first = (ours.case().decisions.len() + brought.added.len()) as u32 + 1;
        let questions = questions(&brought).into_iter().zip(first..);
        let questions = questions.map(|(verdict, number)| Decision {
            step: 0,
            ..Decision::plain(number, verdict, "C")
        });
        let questions: Vec<Decision> = questions.collect();
        together(&ours.case().decisions, &brought, questions)
    }

    fn open(decisions: &[Decision]) -> Vec<Matter> {
        let questions = contested(decisions).into_iter();
        questions
            .filter_map(|(one, _)| one.verdict.matter())
            .collect()
    }

    fn holds(decisions: &[Decision]) -> Vec<(&Verdict, &str)> {
        standing(decisions)
            .map(|one| (&one.verdict, one.by.as_str()))
            .collect()
    }

    #[test]
    fn what_only_the_other_decided_is_added_and_the_same_answer_is_no_conflict() {
        let (mut one, mut other) = copies();
        decide(&mut one, say("a:2", "b:2", Sameness::Same), "A", 2);
        decide(&mut other, say("a:2", "b:2", Sameness::Same), "B", 3);
        decide(&mut other, say("a:3", "b:3", Sameness::Different), "B", 4);
        let all = bring(&one, &other);
        assert_eq!(all.len(), 4);
        assert_eq!(open(&all), Vec::<Matter>::new());
        assert_eq!(
            bring(&other, &other),
            other.case().decisions,
            "nothing to bring"
        );
    }

    #[test]
    fn what_was_decided_differently_is_a_question_until_somebody_decides_it() {
        let (mut one, mut other) = copies();
        decide(&mut one, say("a:1", "b:1", Sameness::Different), "A", 2);
        decide(&mut other, say("a:1", "b:1", Sameness::NotSure), "B", 3);
        for (ours, theirs) in [(&one, &other), (&other, &one)] {
            let all = bring(ours, theirs);
            assert_eq!(open(&all).len(), 1);
            assert_eq!(holds(&all), [], "not the answer from before both either");
            let mut later = OpenCase::in_memory(Case {
                decisions: all,
                ..Case::default()
            });
            decide(&mut later, say("a:1", "b:1", Sameness::Same), "C", 9);
            assert_eq!(open(&later.case().decisions), []);
            assert_eq!(holds(&later.case().decisions).len(), 1);
        }
    }

    #[test]
    fn what_the_other_knew_and_overruled_is_overruled() {
        let (one, mut other) = copies();
        decide(&mut other, say("a:1", "b:1", Sameness::Different), "A", 5);
        let all = bring(&one, &other);
        assert_eq!(open(&all), []);
        assert_eq!(all.len(), 2);
        let back = bring(&other, &one);
        assert_eq!(back, other.case().decisions);
    }

    #[test]
    fn what_the_other_took_back_is_taken_back() {
        let (one, mut other) = copies();
        other.undo(Hand { by: "A", at: 7 }).unwrap();
        let all = bring(&one, &other);
        assert_eq!(holds(&all), []);
        assert_eq!(all.len(), 2);
    }
}
