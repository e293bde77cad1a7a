//! Finds rows and actions by what is typed. It finds letters in their order, so it belongs to the search box and the
//! palette alone: it cannot compare people.

use std::fmt::Write;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::action::Action;
use super::keymap::{Binding, Context, TABLE};
use crate::picture::Picture;

/// How much each letter typed must give: letters side by side give about 18, scattered over a text far less.
const LETTER: i64 = 13;
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

/// Finds facts, in their order. `is_stopped` is asked now and then; a stopped search gives nothing.
pub fn facts(
    picture: &Picture,
    among: &[usize],
    query: &str,
    is_stopped: &dyn Fn() -> bool,
) -> Option<Vec<usize>> {
    let mut search = Search::new(query);
    let mut found = Vec::new();
    for (n, fact) in among.iter().enumerate() {
        if n % 512 == 0 && is_stopped() {
            return None;
        }
        if search.finds_fact(picture, *fact) {
            found.push(*fact);
        }
    }
    Some(found)
}

/// Finds names by what is typed, best first; all of them in their order when nothing is typed.
pub fn names(query: &str, names: &[String]) -> Vec<String> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let query = query.trim();
    let mut found: Vec<(i64, &String)> = names
        .iter()
        .filter_map(|name| Some((matcher.fuzzy_match(name, query)?, name)))
        .collect();
    // a stable sort: the order given settles ties
    found.sort_by_key(|(score, name)| (!name.starts_with(query), -score));
    found.into_iter().map(|(_, name)| name.clone()).collect()
}

/// Finds actions by their words, best first; all of them when nothing is typed. Each is listed once.
pub fn actions(query: &str) -> Vec<&'static Binding> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut listed: Vec<Action> = Vec::new();
    let mut found: Vec<(i64, &'static Binding)> = Vec::new();
    for binding in TABLE {
        let is_offered = matches!(
            binding.context,
            Context::Everywhere | Context::In(_) | Context::Of(_)
        );
        if !is_offered || binding.action == Action::Palette || listed.contains(&binding.action) {
            continue;
        }
        listed.push(binding.action);
        let words = format!("{} {}", binding.short, binding.action.words());
        if let Some(score) = matcher.fuzzy_match(&words, query.trim()) {
            found.push((score, binding));
        }
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
