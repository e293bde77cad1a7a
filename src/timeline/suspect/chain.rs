//! Who told a thing when, and in which words: the chain behind a fact and its echoes, to be read before one is confirmed.

use std::collections::BTreeSet;

use super::words::{said_on, words};
use crate::model::date::Day;
use crate::model::fact::Timeline;
use crate::model::supply::Supplied;

/// One telling in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Index of the entry.
    pub entry: usize,
    /// Index of the fact that it tells.
    pub fact: usize,
    /// The day on which it was recorded, else came, else happened.
    pub said_on: Option<Day>,
    /// Why it may repeat another fact of the chain; empty where it is first, or an echo that is confirmed.
    pub why: String,
    /// Words that it has in common with the first telling, in its own order, each once. They stand in both texts.
    pub shared: Vec<String>,
}

/// The chain of a fact: all entries that tell it, or a fact that is suspected to repeat it or to be repeated by it, the
/// earliest said first.
pub fn chain(supplied: &Supplied, timeline: &Timeline, fact: usize) -> Vec<Telling> {
    let mut facts = BTreeSet::from([fact]);
    let mut open = vec![fact];
    while let Some(at) = open.pop() {
        let suspected = timeline
            .facts
            .get(at)
            .into_iter()
            .flat_map(|f| &f.suspected);
        for suspicion in suspected {
            if facts.insert(suspicion.other) {
                open.push(suspicion.other);
            }
        }
    }
    let mut told: Vec<(Option<Day>, usize, usize)> = Vec::new();
    for at in facts {
        for entry in timeline.facts.get(at).into_iter().flat_map(|f| &f.entries) {
            let day = supplied.entries.get(*entry).and_then(said_on);
            told.push((day, *entry, at));
        }
    }
    // an unknown day comes last, and of one day the smaller id comes first
    told.sort_by_key(|(day, entry, _)| (day.is_none(), *day, *entry));
    let text = |entry: usize| supplied.entries.get(entry).map_or("", |e| e.text.as_str());
    let first = told
        .first()
        .map_or("", |(_, entry, _)| text(*entry))
        .to_lowercase();
    let known: BTreeSet<&str> = words(&first).collect();
    let tellings = told.iter().enumerate().map(|(place, (day, entry, at))| {
        let repeats = timeline
            .facts
            .get(*at)
            .into_iter()
            .flat_map(|f| &f.suspected);
        let why: Vec<&str> = repeats
            .filter(|s| s.repeats)
            .map(|s| s.why.as_str())
            .collect();
        Telling {
            entry: *entry,
            fact: *at,
            said_on: *day,
            why: why.join("; "),
            shared: if place == 0 {
                Vec::new()
            } else {
                common(text(*entry), &known)
            },
        }
    });
    tellings.collect()
}

fn common(text: &str, known: &BTreeSet<&str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let found = words(text).filter(|word| {
        let lower = word.to_lowercase();
        lower.chars().count() > 2 && known.contains(lower.as_str()) && seen.insert(lower)
    });
    found.map(str::to_owned).collect()
}
