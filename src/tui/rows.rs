//! Lays out the rows of every list but the timeline's.

pub mod audit;
pub mod pack;
pub mod sharing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::action::View;
use super::index::{Index, Opens, Row};
use crate::model::date::iso;
use crate::model::fact::BasisStatus;
use crate::model::person::Outcome;
use crate::model::words::{RequestResult, Role};
use crate::picture::Picture;
use crate::reliance::{Flag, Grouping};

/// The flag of an agency that is involved and has told nothing.
const SILENT: &str = "involved-but-silent";
/// How many people the overview names before it says how many more there are.
const FAMILY: usize = 8;

/// The rows of all views.
pub fn all(picture: &Picture, index: &Index) -> BTreeMap<View, Vec<Row>> {
    BTreeMap::from([
        (View::Overview, overview(picture, index)),
        (View::Sources, sources(picture, index)),
        (View::People, people(picture, index)),
        (View::Reliance, reliance(picture)),
        (View::Flags, flags(picture)),
        (View::Sharing, sharing::rows(picture, index)),
        (View::Pack, Vec::new()),
        (View::Audit, Vec::new()),
    ])
}

/// Lays out again the rows that show decisions, once they are known.
pub fn with_decisions(picture: &Picture, index: &mut Index) {
    let rows = sharing::rows(picture, index);
    index.rows.insert(View::Sharing, rows);
}

fn heading(text: &str) -> Row {
    Row::Heading(text.to_owned())
}

fn figure(label: &str, value: String, opens: Opens) -> Row {
    Row::Figure {
        label: label.to_owned(),
        value,
        opens,
    }
}

fn count(label: &str, facts: Vec<usize>) -> Row {
    figure(
        label,
        facts.len().to_string(),
        Opens::Facts(Arc::new(facts)),
    )
}

fn overview(picture: &Picture, index: &Index) -> Vec<Row> {
    let mut rows = vec![heading("Still open before the meeting")];
    rows.extend(open_questions(picture, index));
    rows.push(heading("The family"));
    let family = family(picture);
    rows.extend(
        family
            .iter()
            .take(FAMILY)
            .map(|person| Row::Person(*person)),
    );
    if family.is_empty() {
        rows.push(Row::Text("No people were supplied.".into()));
    }
    if family.len() > FAMILY {
        rows.push(figure(
            "more people",
            (family.len() - FAMILY).to_string(),
            Opens::View(View::People),
        ));
    }
    rows.push(heading("The period"));
    rows.extend(period(picture));
    rows.push(heading("What came from whom"));
    rows.extend((0..index.agencies.len()).map(Row::Agency));
    rows.push(heading("Check before the meeting"));
    let kinds = kinds(picture, 2);
    if kinds.is_empty() {
        rows.push(Row::Text(
            "No flag of strength 3 or 2. That does not mean that all is well.".into(),
        ));
    }
    rows.extend(kinds);
    rows
}

/// The flags by kind, from the strongest down to a strength; each kind as the first of its flags and how many they are.
fn kinds(picture: &Picture, down_to: u8) -> Vec<Row> {
    let flags = &picture.flags.flags;
    let mut kinds: Vec<(usize, usize)> = Vec::new();
    for (at, flag) in flags.iter().enumerate() {
        if flag.strength < down_to {
            continue;
        }
        let is_same = |(first, _): &&mut (usize, usize)| {
            let first = flags.get(*first);
            first.is_some_and(|one| (one.strength, one.code) == (flag.strength, flag.code))
        };
        match kinds.last_mut().filter(is_same) {
            Some((_, count)) => *count += 1,
            None => kinds.push((at, 1)),
        }
    }
    let rows = kinds
        .into_iter()
        .map(|(first, count)| Row::Kind(first, count));
    rows.collect()
}

/// Persons, children first, then parents, then by id.
fn family(picture: &Picture) -> Vec<usize> {
    let rank = |at: &usize| {
        let roles = picture
            .people
            .persons
            .get(*at)
            .map_or(&[][..], |p| &p.roles);
        match () {
            () if roles.contains(&Role::Child) => 0,
            () if roles
                .iter()
                .any(|r| matches!(r, Role::Mother | Role::Father | Role::Parent)) =>
            {
                1
            }
            () if roles
                .iter()
                .any(|r| matches!(r, Role::Professional | Role::Reporter)) =>
            {
                3
            }
            () => 2,
        }
    };
    let mut all: Vec<usize> = (0..picture.people.persons.len()).collect();
    all.sort_by_key(|at| (rank(at), *at));
    all
}

fn facts_where(picture: &Picture, keep: impl Fn(&crate::model::fact::Fact) -> bool) -> Vec<usize> {
    let facts = picture.timeline.facts.iter().enumerate();
    facts
        .filter(|(_, fact)| keep(fact))
        .map(|(at, _)| at)
        .collect()
}

fn period(picture: &Picture) -> Vec<Row> {
    let facts = &picture.timeline.facts;
    let first = facts.iter().filter_map(|f| f.when.start()).min();
    let last = facts.iter().filter_map(|f| f.when.end()).max();
    let all: Vec<usize> = (0..facts.len()).collect();
    let mut rows = Vec::new();
    if let (Some(first), Some(last)) = (first, last) {
        let span = format!("{} to {}", iso(first), iso(last));
        rows.push(figure(
            "first to last fact",
            span,
            Opens::Facts(Arc::new(all.clone())),
        ));
    }
    rows.push(count("facts", all));
    let undated = facts_where(picture, |fact| !fact.when.is_known());
    if !undated.is_empty() {
        rows.push(count("facts without a date", undated));
    }
    rows
}

/// What is not settled, in the order in which it is asked most; figures of nothing are left out, but for the pairs.
fn open_questions(picture: &Picture, index: &Index) -> Vec<Row> {
    let waiting = index.queue.len();
    let mut rows = vec![if waiting == 0 {
        Row::Text("No pair of records waits for an answer.".into())
    } else {
        figure(
            "pairs of records: one person or two?",
            waiting.to_string(),
            Opens::View(View::People),
        )
    }];
    let withheld = picture.reliance.withheld.values().flatten();
    let some = |label: &str, facts: Vec<usize>| (!facts.is_empty()).then(|| count(label, facts));
    rows.extend(some("facts withheld", withheld.copied().collect()));
    rows.extend(some(
        "suspected echoes: told again by another agency",
        facts_where(picture, |fact| fact.suspected.iter().any(|s| s.repeats)),
    ));
    rows.extend(silent(picture));
    let unanswered = picture.supplied.requests.iter().filter(|request| {
        (request.result.is_blank() || request.result.is(RequestResult::NoReply))
            && !request.answered_on.is_known()
    });
    let unanswered = unanswered.count();
    if unanswered > 0 {
        rows.push(figure(
            "requests without an answer",
            unanswered.to_string(),
            Opens::View(View::Sources),
        ));
    }
    rows.extend(some(
        "facts on which agencies disagree",
        facts_where(picture, |fact| {
            !fact.disagrees_with.is_empty() || !fact.differences.is_empty()
        }),
    ));
    rows.extend(some(
        "facts whose basis does not stand",
        facts_where(picture, |fact| {
            matches!(
                fact.status,
                BasisStatus::Expired | BasisStatus::Withdrawn | BasisStatus::NotValid
            )
        }),
    ));
    rows.extend(some(
        "facts whose basis is not known",
        facts_where(picture, |fact| fact.status == BasisStatus::Unknown),
    ));
    rows.push(count(
        "facts relied on so far",
        facts_where(picture, |fact| !fact.cited_by.is_empty()),
    ));
    rows
}

/// The agencies that are recorded as involved and have told nothing.
fn silent(picture: &Picture) -> Option<Row> {
    let flags = &picture.flags.flags;
    let is_silent = |flag: &Flag| flag.code == SILENT;
    let first = flags.iter().position(is_silent)?;
    let agencies: BTreeSet<&String> = flags
        .iter()
        .filter(|flag| is_silent(flag))
        .flat_map(|flag| &flag.agencies)
        .collect();
    Some(figure(
        "agencies recorded as involved, and silent",
        agencies.len().to_string(),
        Opens::Flag(first),
    ))
}

fn sources(picture: &Picture, index: &Index) -> Vec<Row> {
    let supplied = &picture.supplied;
    let mut rows = vec![heading("Agencies")];
    rows.extend((0..index.agencies.len()).map(Row::Agency));
    rows.push(heading("Files"));
    rows.extend((0..supplied.files.len()).map(Row::File));
    if !supplied.requests.is_empty() {
        rows.push(heading("Requests"));
        rows.extend((0..supplied.requests.len()).map(Row::Request));
    }
    if !supplied.ignored.is_empty() {
        rows.push(heading("Files that are no exports"));
        rows.extend(supplied.ignored.iter().map(|path| Row::Text(path.clone())));
    }
    rows
}

fn people(picture: &Picture, index: &Index) -> Vec<Row> {
    let waiting = index.queue.len();
    let mut rows = vec![if waiting == 0 {
        heading("Match queue: no pair waits for an answer")
    } else {
        Row::Heading(format!("Match queue: one person or two? ({waiting})"))
    }];
    rows.extend(index.queue.iter().map(|pair| Row::Pair(*pair)));
    rows.push(Row::Heading(format!(
        "Persons ({})",
        picture.people.persons.len()
    )));
    rows.extend(family(picture).into_iter().map(Row::Person));
    let of_outcome = |wanted: Outcome| {
        let pairs = picture.people.pairs.iter().enumerate();
        pairs
            .filter(move |(_, pair)| pair.outcome == wanted)
            .map(|(at, _)| Row::Pair(at))
    };
    for (outcome, title) in [
        (Outcome::Linked, "Linked records"),
        (Outcome::Separate, "Records kept apart"),
    ] {
        let pairs: Vec<Row> = of_outcome(outcome).collect();
        if !pairs.is_empty() {
            rows.push(Row::Heading(format!("{title} ({})", pairs.len())));
            rows.extend(pairs);
        }
    }
    rows
}

fn reliance(picture: &Picture) -> Vec<Row> {
    let reliance = &picture.reliance;
    let mut rows = Vec::new();
    for (grouping, title) in [
        (Grouping::Agency, "By agency of origin"),
        (Grouping::Own, "Own agency and others"),
        (Grouping::Channel, "By channel"),
        (Grouping::Recency, "Recent and older"),
        (Grouping::Polarity, "Strengths and concerns"),
    ] {
        let of: Vec<Row> = reliance
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.grouping == grouping)
            .map(|(at, _)| Row::Group(at))
            .collect();
        if !of.is_empty() {
            rows.push(heading(title));
            rows.extend(of);
        }
        if grouping == Grouping::Agency {
            statements(picture, &mut rows);
        }
    }
    rows
}

/// What needs no statistics stands right under the agencies, and then the conclusions: these are read first.
fn statements(picture: &Picture, rows: &mut Vec<Row>) {
    let reliance = &picture.reliance;
    if !reliance.statements.is_empty() {
        rows.push(heading("Worth a question"));
        rows.extend((0..reliance.statements.len()).map(Row::Statement));
    }
    rows.push(Row::Heading(format!(
        "Conclusions and what they rest on ({})",
        reliance.conclusions.len()
    )));
    if reliance.conclusions.is_empty() {
        rows.push(Row::Text(
            "Nothing is relied on yet. Space in the timeline (4) relies on a fact.".into(),
        ));
    }
    rows.extend((0..reliance.conclusions.len()).map(Row::Conclusion));
}

fn flags(picture: &Picture) -> Vec<Row> {
    let mut rows = Vec::new();
    for (strength, title) in [
        (3, "!!! Blocks a safe pack"),
        (2, "!! Check before the meeting"),
        (1, "! Note"),
    ] {
        let of: Vec<Row> = picture
            .flags
            .flags
            .iter()
            .enumerate()
            .filter(|(_, flag)| flag.strength == strength)
            .map(|(at, _)| Row::Flag(at))
            .collect();
        if !of.is_empty() {
            rows.push(Row::Heading(format!("{title} ({})", of.len())));
            rows.extend(of);
        }
    }
    if rows.is_empty() {
        rows.push(Row::Text(
            "No flag is raised. That does not mean that all is well.".into(),
        ));
    }
    if !picture.flags.cannot_judge.is_empty() {
        rows.push(heading("Cannot be judged"));
        let why = picture.flags.cannot_judge.iter();
        rows.extend(why.map(|(code, why)| Row::Text(format!("{code}: {why}"))));
    }
    rows
}
