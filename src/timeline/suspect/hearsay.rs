//! Suspected echoes from what a text says of its source: "per school", "advised by the health visitor", "reported to us
//! by police".

use rustc_hash::FxHashMap;

use super::Proposal;
use super::words::{Texts, days_apart, said_on, words};
use crate::model::agency::Agency;
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::words::AgencyKind;

/// Words before the name of a source.
const PHRASES: [&[&str]; 13] = [
    &["reported", "to", "us", "by"],
    &["reported", "to", "me", "by"],
    &["passed", "on", "by"],
    &["shared", "by"],
    &["advised", "by"],
    &["informed", "by"],
    &["notified", "by"],
    &["reported", "by"],
    &["told", "by"],
    &["according", "to"],
    &["confirmed", "by"],
    &["as", "per"],
    &["per"],
];

/// How many words after the phrase the name may begin: "per the head of Millrace Primary School".
const WITHIN: usize = 4;
/// Days by which what is repeated may lie before the day that the entry tells.
const DAYS: i64 = 31;
/// Up to so many days apart the only candidate is taken without a word in common.
const DAYS_ALONE: i64 = 1;
/// The entries of one agency about one person that are looked at, the latest first.
const MOST: usize = 100;

/// Proposes for each entry that names an agency as its source that agency's entry about the same people and days that is
/// most like it.
pub fn naming_its_source(texts: &Texts<'_>) -> Vec<Proposal> {
    let supplied = texts.supplied;
    let names: Vec<(&Agency, Vec<Vec<String>>)> = supplied
        .agencies
        .iter()
        .map(|agency| (agency, spoken_names(agency)))
        .collect();
    let told = told(texts);
    let mut found = Vec::new();
    for (at, entry) in supplied.entries.iter().enumerate() {
        let lower = entry.text.to_lowercase();
        if !PHRASES
            .iter()
            .any(|phrase| phrase.last().is_some_and(|word| lower.contains(word)))
        {
            continue;
        }
        let all: Vec<&str> = words(&lower).collect();
        let Some((phrase, named)) = source(&all, &names, entry.agency()) else {
            continue;
        };
        if let Some(of) = original(texts, &told, at, &named) {
            let id = supplied
                .entries
                .get(of)
                .map_or("", |entry| entry.id.as_str());
            found.push((
                at,
                of,
                format!("{} says “{phrase}”, and {id} tells the like", entry.id),
            ));
        }
    }
    found
}

/// The ways in which an agency is named in a text, as words: its name, its id, its kind.
fn spoken_names(agency: &Agency) -> Vec<Vec<String>> {
    let kind = AgencyKind::PHRASES
        .iter()
        .filter(|(kind, ..)| *kind == agency.kind);
    let kind = kind.flat_map(|(_, phrase, others)| others.iter().chain([phrase]).copied());
    let kind = kind.filter(|_| agency.kind != AgencyKind::Other);
    let all = [agency.name.as_str(), agency.id.as_str()]
        .into_iter()
        .chain(kind);
    let mut all: Vec<Vec<String>> = all
        .map(|name| {
            let name = name.to_lowercase().replace('-', " ");
            words(&name).map(str::to_owned).collect()
        })
        .filter(|words: &Vec<String>| words.concat().chars().count() > 1)
        .collect();
    // the worker stands for the service
    if agency.kind == AgencyKind::SocialCare {
        all.push(vec!["social".to_owned(), "worker".to_owned()]);
    }
    all
}

/// The phrase and the agencies named after it; of several names at one place the longest.
fn source<'a>(
    all: &[&str],
    names: &[(&'a Agency, Vec<Vec<String>>)],
    own: &AgencyId,
) -> Option<(String, Vec<&'a AgencyId>)> {
    for at in 0..all.len() {
        let rest = all.get(at..).unwrap_or_default();
        let phrase = PHRASES.iter().find(|phrase| rest.starts_with(phrase));
        let Some(after) = phrase.and_then(|phrase| rest.get(phrase.len()..)) else {
            continue;
        };
        for skip in 0..=WITHIN.min(after.len()) {
            let here = after.get(skip..).unwrap_or_default();
            let starts = |name: &Vec<String>| {
                name.len() <= here.len() && name.iter().zip(here).all(|(a, b)| a == b)
            };
            let longest =
                |ways: &[Vec<String>]| ways.iter().filter(|name| starts(name)).map(Vec::len).max();
            let named: Vec<(usize, &AgencyId)> = names
                .iter()
                .filter_map(|(agency, ways)| Some((longest(ways)?, &agency.id)))
                .collect();
            let Some(most) = named.iter().map(|(length, _)| *length).max() else {
                continue;
            };
            let said = all
                .get(at..all.len() - here.len() + most)
                .unwrap_or_default()
                .join(" ");
            let named = named
                .into_iter()
                .filter(|(length, id)| *length == most && *id != own);
            let named: Vec<&AgencyId> = named.map(|(_, id)| id).collect();
            return (!named.is_empty()).then_some((said, named));
        }
    }
    None
}

/// For each agency and person the entries, by the day of which they tell.
type Told<'a> = FxHashMap<(&'a AgencyId, usize), Vec<(Day, usize)>>;

fn told<'a>(texts: &Texts<'a>) -> Told<'a> {
    let mut told = Told::default();
    for (at, entry) in texts.supplied.entries.iter().enumerate() {
        let Some(day) = entry.when.start() else {
            continue;
        };
        for person in texts.persons(at) {
            let list = told.entry((entry.agency(), *person)).or_default();
            list.push((day, at));
        }
    }
    for list in told.values_mut() {
        list.sort_unstable();
    }
    told
}

/// The entry of a named agency that may be the one repeated.
fn original(texts: &Texts<'_>, told: &Told<'_>, at: usize, named: &[&AgencyId]) -> Option<usize> {
    let entries = &texts.supplied.entries;
    let entry = entries.get(at)?;
    let until = entry.when.end()?;
    let near = |of: usize| -> Option<i64> {
        let other = entries.get(of)?;
        let early = match (said_on(other), said_on(entry)) {
            (Some(first), Some(then)) => first <= then,
            _ => true,
        };
        let days = days_apart(&other.when, &entry.when)?;
        (early && days <= DAYS).then_some(days)
    };
    let mut candidates: Vec<(usize, i64)> = Vec::new();
    for agency in named {
        for person in texts.persons(at) {
            let list = told.get(&(*agency, *person)).map_or(&[][..], Vec::as_slice);
            let last = list.partition_point(|(day, _)| *day <= until);
            let latest = list.iter().take(last).rev().take(MOST);
            candidates.extend(latest.filter_map(|(_, of)| Some((*of, near(*of)?))));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let like = candidates.iter().map(|(of, days)| {
        let shared = texts.shared(at, *of);
        (
            shared.len(),
            texts.containment(at, *of, &shared),
            *days,
            *of,
        )
    });
    let best = like.max_by(|a, b| {
        let alike = a.1.total_cmp(&b.1);
        alike.then(b.2.cmp(&a.2)).then(b.3.cmp(&a.3))
    })?;
    let (shared, share, days, of) = best;
    let close = candidates.iter().filter(|(_, days)| *days <= DAYS_ALONE);
    let by_day = close.count() == 1 && days <= DAYS_ALONE;
    (shared >= 2 && share >= 0.2 || by_day).then_some(of)
}
