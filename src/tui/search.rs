//! Finds rows and actions by what is typed. It finds letters in their order, so it belongs to the search box and the
//! palette alone: it cannot compare people.

use std::fmt::Write;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

use super::action::Action;
use super::keymap::{Binding, Context, TABLE};
use crate::picture::Picture;

/// How much each letter typed must give: letters side by side give about 18, scattered over a text far less.
const LETTER: i64 = 13;
/// Facts that one thread looks through before it asks whether the search is stopped.
const PART: usize = 512;
/// No more of a text than this many bytes is searched.
const FAR: usize = 4_000;

/// What was typed, ready to be looked for. Every word must be found, in any order, case and accents of the query aside.
pub struct Search {
    matcher: SkimMatcherV2,
    words: Vec<String>,
    text: String,
}

impl Search {
    /// Prepares a search.
    pub fn new(query: &str) -> Self {
        Self {
            matcher: SkimMatcherV2::default().ignore_case(),
            words: query.split_whitespace().map(str::to_owned).collect(),
            text: String::new(),
        }
    }

    /// Whether a text has all words.
    pub fn finds(&self, text: &str) -> bool {
        let end = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= FAR)
            .last()
            .unwrap_or(0);
        let near = if text.len() <= FAR {
            text
        } else {
            text.get(..end).unwrap_or(text)
        };
        self.words.iter().all(|word| {
            let least = LETTER * word.chars().count() as i64;
            self.matcher
                .fuzzy_match(near, word)
                .is_some_and(|score| score >= least)
        })
    }

    /// Whether a fact has all words: in its date, agencies, people, kind, category or text.
    pub fn finds_fact(&mut self, picture: &Picture, fact: usize) -> bool {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        describe(picture, fact, &mut text);
        let found = self.finds(&text);
        self.text = text;
        found
    }

    /// Whether a fact has all words as they are typed, capitals aside.
    pub fn has_fact(&mut self, picture: &Picture, fact: usize) -> bool {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        describe(picture, fact, &mut text);
        let found = self.words.iter().all(|word| has(&text, word));
        self.text = text;
        found
    }
}

/// Whether a text has a word, capitals aside.
fn has(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.to_lowercase().contains(&word.to_lowercase());
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return true;
    };
    let firsts = [first.to_ascii_lowercase(), first.to_ascii_uppercase()];
    let starts = (0..=text.len().saturating_sub(word.len()))
        .filter(|at| text.get(*at).is_some_and(|byte| firsts.contains(byte)));
    starts
        .filter_map(|at| text.get(at..at + word.len()))
        .any(|part| part.eq_ignore_ascii_case(word))
}

fn describe(picture: &Picture, at: usize, out: &mut String) {
    let Some(fact) = picture.timeline.facts.get(at) else {
        return;
    };
    out.push_str(&fact.when.date_cell());
    for agency in &fact.agencies {
        // writing to a String cannot fail
        let _ = write!(out, " {} {agency}", picture.supplied.agency_name(agency));
    }
    for person in &fact.persons {
        out.push(' ');
        out.push_str(picture.person_name(*person));
    }
    out.push(' ');
    out.push_str(fact.kind.text());
    if let Some(lead) = picture.supplied.entries.get(fact.lead) {
        for part in [&lead.category, &lead.text] {
            out.push(' ');
            out.push_str(part);
        }
    }
}

/// Finds facts, in their order: those that have all words as they are typed; where there is none, those that have them with
/// letters missing. `is_stopped` is asked now and then; a stopped search gives nothing.
///
/// Likeness costs thirty times as much as a plain look, so that among a million facts it is tried only where nothing else is
/// found.
pub fn facts(
    picture: &Picture,
    among: &[usize],
    query: &str,
    is_stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<usize>> {
    let as_typed = every(picture, among, query, is_stopped, Search::has_fact)?;
    if !as_typed.is_empty() {
        return Some(as_typed);
    }
    every(picture, among, query, is_stopped, Search::finds_fact)
}

/// Up to so many rows are looked through for what is only like what is typed.
const LIKE: usize = 20_000;

/// Finds rows of a list by their words, in their order, as [`facts`] finds facts. A row without words is not found.
pub fn rows(
    count: usize,
    query: &str,
    words: &(dyn Fn(usize) -> Option<String> + Sync),
) -> Vec<usize> {
    let holds = |search: &mut Search, at: usize, is_like: bool| {
        words(at).is_some_and(|text| {
            if is_like {
                search.finds(&text)
            } else {
                search.words.iter().all(|word| has(&text, word))
            }
        })
    };
    for is_like in [false, true] {
        if is_like && count > LIKE {
            break;
        }
        let found = (0..count).into_par_iter().with_min_len(PART).map_init(
            || Search::new(query),
            |search, at| holds(search, at, is_like).then_some(at),
        );
        let found: Vec<usize> = found.flatten_iter().collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The facts for which something holds, looked for side by side and given in their order.
fn every(
    picture: &Picture,
    among: &[usize],
    query: &str,
    is_stopped: &(dyn Fn() -> bool + Sync),
    holds: fn(&mut Search, &Picture, usize) -> bool,
) -> Option<Vec<usize>> {
    let found: Option<Vec<Vec<usize>>> = among
        .par_chunks(PART)
        .map_init(
            || Search::new(query),
            |search, part| {
                let holds = |fact: &usize| holds(search, picture, *fact);
                (!is_stopped()).then(|| part.iter().copied().filter(holds).collect())
            },
        )
        .collect();
    found.map(|parts| parts.concat())
}

/// Finds names by what is typed, best first; all of them in their order when nothing is typed.
pub fn names(query: &str, names: &[String]) -> Vec<String> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let query = query.trim();
    let least = LETTER * query.chars().count() as i64;
    // first what it is, then what begins with it, then what has it in its first word, then what has it at all, then what is
    // like it
    let rank = |name: &str| {
        let first = name.split_once("  ").map_or(name, |(first, _)| first);
        let begins = first
            .get(..query.len())
            .is_some_and(|start| has(start, query));
        let is_it = first.eq_ignore_ascii_case(query);
        [!is_it, !begins, !has(first, query), !has(name, query)]
    };
    let mut found: Vec<([bool; 4], i64, &String)> = names
        .iter()
        .filter_map(|name| Some((matcher.fuzzy_match(name, query)?, name)))
        .filter(|(score, _)| *score >= least)
        .map(|(score, name)| (rank(name), -score, name))
        .collect();
    // a stable sort: the order given settles ties
    found.sort_by_key(|(rank, score, _)| (*rank, *score));
    found.into_iter().map(|(.., name)| name.clone()).collect()
}

/// Finds actions by their words, best first; all of them when nothing is typed. Each is listed once.
pub fn actions(query: &str) -> Vec<&'static Binding> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut listed: Vec<String> = Vec::new();
    let mut found: Vec<(i64, &'static Binding)> = Vec::new();
    for binding in TABLE {
        let is_offered = matches!(
            binding.context,
            Context::Everywhere | Context::In(_) | Context::Of(_)
        );
        let words = binding.words();
        if !is_offered || binding.action == Action::Palette || listed.contains(&words) {
            continue;
        }
        let named = format!("{} {words}", binding.short);
        if let Some(score) = matcher.fuzzy_match(&named, query.trim()) {
            found.push((score, binding));
        }
        listed.push(words);
    }
    // a stable sort: the order of the table settles ties
    found.sort_by_key(|(score, _)| -score);
    found.into_iter().map(|(_, binding)| binding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_and_with_a_letter_missing() {
        let text = "2025-03-04 Hill Road primary school Ellie Example bruise to the left arm";
        for (query, is_found) in [
            ("", true),
            ("bruise", true),
            ("BRUISE school", true),
            ("bruse", true),
            ("ellie 2025-03", true),
            ("police", false),
            ("hetb", false),
        ] {
            assert_eq!(Search::new(query).finds(text), is_found, "{query}");
        }
    }

    #[test]
    fn a_word_is_there_as_typed_capitals_aside() {
        for (text, word, is_there) in [
            ("Officers were called", "WERE", true),
            ("Officers were called", "wre", false),
            ("abc", "abcd", false),
            ("", "", true),
            ("Zoë was seen", "ZOË", true),
            ("xx", "x", true),
        ] {
            assert_eq!(has(text, word), is_there, "{text} {word}");
        }
    }

    #[test]
    fn the_palette_holds_every_action_of_every_view() {
        let offered: Vec<Action> = actions("").iter().map(|one| one.action).collect();
        for binding in TABLE {
            let is_of_views = !matches!(
                binding.context,
                Context::Typing
                    | Context::Adding
                    | Context::Help
                    | Context::Loading
                    | Context::Locked
            );
            if is_of_views && binding.action != Action::Palette {
                assert!(offered.contains(&binding.action), "{:?}", binding.action);
            }
        }
    }

    #[test]
    fn the_palette_finds_an_action_by_its_words() {
        assert_eq!(
            actions("take back").first().map(|b| b.action),
            Some(Action::Undo)
        );
        assert_eq!(
            actions("undo").first().map(|b| b.action),
            Some(Action::Undo)
        );
        assert!(actions("").len() > 20);
        assert!(actions("zzzz").is_empty());
    }
}
