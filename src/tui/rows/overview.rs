//! The rows of the overview.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{count, figure, heading};
use crate::model::date::iso;
use crate::model::fact::BasisStatus;
use crate::model::words::{RequestResult, Role};
use crate::picture::Picture;
use crate::reliance::Flag;
use crate::tui::action::View;
use crate::tui::index::{Index, Opens, Row};

/// The flag of an agency that is involved and has told nothing.
const SILENT: &str = "involved-but-silent";
/// What is said of a case without a file.
pub const NOTHING_YET: &str =
    "No file is in the case yet. 2 and then w adds an agency's file; so does casepicture import.";
/// How many people the overview names before it says how many more there are.
const FAMILY: usize = 8;

/// Facts that are counted, in words for one and for several.
fn counted((one, several): (&str, &str), facts: Vec<usize>) -> Row {
    count(if facts.len() == 1 { one } else { several }, facts)
}

/// The rows of the overview: what is open, the family, the period, what came from whom, the flags by kind.
pub fn rows(picture: &Picture, index: &Index) -> Vec<Row> {
    let mut rows = vec![heading("Still open before the meeting")];
    if picture.supplied.files.is_empty() {
        rows.push(Row::Text(NOTHING_YET.into()));
    } else {
        rows.extend(open_questions(picture, index));
    }
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
    if index.agencies.is_empty() {
        rows.push(Row::Text("No agency has supplied anything yet.".into()));
    }
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
pub fn family(picture: &Picture) -> Vec<usize> {
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
    rows.push(counted(("fact", "facts"), all));
    let undated = facts_where(picture, |fact| !fact.when.is_known());
    if !undated.is_empty() {
        rows.push(counted(
            ("fact without a date", "facts without a date"),
            undated,
        ));
    }
    rows
}

/// A figure that opens something else than facts, in words for one and for several.
fn number((one, several): (&str, &str), count: usize, opens: Opens) -> Row {
    figure(
        if count == 1 { one } else { several },
        count.to_string(),
        opens,
    )
}

/// What is not settled, in the order in which it is asked most; figures of nothing are left out, but for the pairs.
fn open_questions(picture: &Picture, index: &Index) -> Vec<Row> {
    let mut rows = vec![match index.queue.len() {
        0 => Row::Text("No pair of records waits for an answer.".into()),
        waiting => number(
            (
                "pair of records: one person or two?",
                "pairs of records: one person or two?",
            ),
            waiting,
            Opens::View(View::People),
        ),
    }];
    let withheld = picture.reliance.withheld.values().flatten();
    rows.extend(some(
        (
            "suspected echo: told again by others",
            "suspected echoes: told again by others",
        ),
        facts_where(picture, |fact| fact.suspected.iter().any(|s| s.repeats)),
    ));
    rows.extend(some(
        ("fact withheld", "facts withheld"),
        withheld.copied().collect(),
    ));
    rows.extend(silent(picture));
    rows.extend(unanswered(picture));
    rows.extend(disputed(picture));
    let relied_on = index.all.iter().copied();
    let relied_on = relied_on.filter(|at| index.is_counted(picture, *at));
    rows.push(counted(
        ("fact relied on so far", "facts relied on so far"),
        relied_on.collect(),
    ));
    rows.extend(some(
        (
            "more is cited and counts nowhere: withheld, or not of the period",
            "more are cited and count nowhere: withheld, or not of the period",
        ),
        index.not_counted.iter().copied().collect(),
    ));
    rows
}

/// Facts that are counted, where there are any.
fn some(words: (&str, &str), facts: Vec<usize>) -> Option<Row> {
    (!facts.is_empty()).then(|| counted(words, facts))
}

fn unanswered(picture: &Picture) -> Option<Row> {
    let open = picture.supplied.requests.iter().filter(|request| {
        (request.result.is_blank() || request.result.is(RequestResult::NoReply))
            && !request.answered_on.is_known()
    });
    let words = ("request without an answer", "requests without an answer");
    let open = open.count();
    (open > 0).then(|| number(words, open, Opens::View(View::Sources)))
}

/// The facts on which agencies disagree, and those whose basis does not stand or is not known.
fn disputed(picture: &Picture) -> Vec<Row> {
    let disagree = facts_where(picture, |fact| {
        !fact.disagrees_with.is_empty() || !fact.differences.is_empty()
    });
    let fallen = facts_where(picture, |fact| {
        matches!(
            fact.status,
            BasisStatus::Expired | BasisStatus::Withdrawn | BasisStatus::NotValid
        )
    });
    let unknown = facts_where(picture, |fact| fact.status == BasisStatus::Unknown);
    let rows = [
        some(
            (
                "fact on which agencies disagree",
                "facts on which agencies disagree",
            ),
            disagree,
        ),
        some(
            (
                "fact whose basis does not stand",
                "facts whose basis does not stand",
            ),
            fallen,
        ),
        some(
            (
                "fact whose basis is not known",
                "facts whose basis is not known",
            ),
            unknown,
        ),
    ];
    rows.into_iter().flatten().collect()
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
    Some(number(
        (
            "agency recorded as involved, and silent",
            "agencies recorded as involved, and silent",
        ),
        agencies.len(),
        Opens::Flag(first),
    ))
}
