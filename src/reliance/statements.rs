//! Statements that need no statistics: measure M4. They are shown however few the facts are.

use super::sentence::{are, counted};
use super::{Conclusion, GroupMeasure, Grouping, Input, absence, sentence};
use crate::model::basis::NOT_RECORDED;
use crate::model::fact::Fact;

/// A statement and the facts behind it.
type Statement = (String, Vec<usize>);

/// Makes all statements that hold.
pub fn of(
    input: &Input<'_>,
    groups: &[GroupMeasure],
    conclusions: &[Conclusion],
) -> Vec<Statement> {
    let available: Vec<usize> = (0..input.timeline.facts.len())
        .filter(|at| input.is_available(*at))
        .collect();
    let cited: Vec<usize> = available
        .iter()
        .copied()
        .filter(|at| is_cited(input, *at))
        .collect();
    let mut statements = Vec::new();
    if available.is_empty() {
        statements.push(("There are no facts.".to_owned(), Vec::new()));
    } else if cited.is_empty() {
        statements.push(("Nothing is cited yet.".to_owned(), Vec::new()));
    } else {
        statements.extend(none_cited(input, groups));
    }
    statements.extend(nothing_received(input));
    statements.extend(one_origin(input, &cited));
    statements.extend(
        conclusions
            .iter()
            .filter_map(|conclusion| conclusion_on_one(input, conclusion)),
    );
    statements.extend(no_basis(input, &cited));
    statements.extend(echoes(input, &cited));
    statements
}

fn fact<'a>(input: &Input<'a>, at: usize) -> Option<&'a Fact> {
    input.timeline.facts.get(at)
}

fn is_cited(input: &Input<'_>, at: usize) -> bool {
    fact(input, at).is_some_and(|fact| !fact.cited_by.is_empty())
}

fn none_cited(input: &Input<'_>, groups: &[GroupMeasure]) -> Vec<Statement> {
    groups
        .iter()
        .filter(|g| g.grouping == Grouping::Agency && g.available > 0 && g.cited == 0)
        .map(|g| {
            let source = sentence::source(input, g);
            let count = are(g.available, "fact", "available");
            (
                format!("{count} {source}, and none is cited."),
                g.facts.clone(),
            )
        })
        .collect()
}

fn nothing_received(input: &Input<'_>) -> Vec<Statement> {
    absence::silent(input)
        .into_iter()
        .map(|silence| (silence.sentence(input), Vec::new()))
        .collect()
}

/// The one origin of a set of facts, when they have only one and it is known.
fn only_origin<'a>(input: &Input<'a>, facts: &[usize]) -> Option<&'a str> {
    let mut origins = facts
        .iter()
        .filter_map(|at| fact(input, *at))
        .flat_map(|fact| &fact.origins);
    let first = origins.next()?;
    origins.all(|origin| origin == first).then_some(first)?;
    let agency = first.agency()?;
    Some(input.supplied.agency_name(agency))
}

fn one_origin(input: &Input<'_>, cited: &[usize]) -> Option<Statement> {
    let agency = only_origin(input, cited)?;
    let all = match cited.len() {
        1 => "The one cited fact comes".to_owned(),
        n => format!("All {n} cited facts come"),
    };
    Some((format!("{all} from {agency}."), cited.to_vec()))
}

fn conclusion_on_one(input: &Input<'_>, conclusion: &Conclusion) -> Option<Statement> {
    let agency = only_origin(input, &conclusion.facts)?;
    let id = &conclusion.id;
    let rests = format!("Conclusion {id} rests on {agency} alone.");
    Some((rests, conclusion.facts.clone()))
}

fn no_basis(input: &Input<'_>, cited: &[usize]) -> Option<Statement> {
    let bare = |fact: &Fact| fact.basis.iter().all(|code| &**code == NOT_RECORDED);
    let facts: Vec<usize> = cited
        .iter()
        .copied()
        .filter(|at| fact(input, *at).is_some_and(bare))
        .collect();
    let verb = if facts.len() == 1 { "has" } else { "have" };
    let count = counted(facts.len(), "cited fact");
    (!facts.is_empty()).then(|| (format!("{count} {verb} no recorded basis."), facts))
}

fn echoes(input: &Input<'_>, cited: &[usize]) -> Option<Statement> {
    let repeats = |fact: &Fact| {
        let mut others = fact.suspected.iter().filter(|s| s.repeats);
        others.any(|s| cited.binary_search(&s.other).is_ok())
    };
    let facts: Vec<usize> = cited
        .iter()
        .copied()
        .filter(|at| fact(input, *at).is_some_and(repeats))
        .collect();
    let (few, all) = (facts.len(), counted(cited.len(), "cited fact"));
    (few > 0).then(|| {
        let say = format!("{few} of {all} may repeat another cited one.");
        (say, facts)
    })
}
