//! Lays out the rows of every list but the timeline's.

pub mod audit;
mod overview;
pub mod pack;
pub mod sharing;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::action::View;
use super::index::{Index, Opens, Row};
use crate::model::person::Outcome;
use crate::picture::Picture;
use crate::reliance::Grouping;

/// The rows of all views.
pub fn all(picture: &Picture, index: &Index) -> BTreeMap<View, Vec<Row>> {
    BTreeMap::from([
        (View::Overview, overview::rows(picture, index)),
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

fn sources(picture: &Picture, index: &Index) -> Vec<Row> {
    let supplied = &picture.supplied;
    let mut rows = vec![heading("Agencies")];
    rows.extend((0..index.agencies.len()).map(Row::Agency));
    if supplied.files.is_empty() {
        rows.push(Row::Text(overview::NOTHING_YET.into()));
    }
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
    rows.extend(overview::family(picture).into_iter().map(Row::Person));
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
