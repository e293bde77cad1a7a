//! The flags: what is worth checking in the picture before the meeting.
//!
//! A kind of flag is one row with a number, whatever the number of agencies and people that it names: a question asked of
//! ten is read once.

use std::collections::{BTreeMap, BTreeSet};

use super::Pack;
use super::document::{Grid, Section};
use super::words::{join, sentence, with_days};
use crate::model::id::AgencyId;
use crate::reliance::Flag;

/// A flag about more facts than this says nothing of one of them.
const MOST_FACTS: usize = 8;

/// Flags of one kind and strength.
#[derive(Debug)]
pub struct Group<'a> {
    /// Its number in this pack.
    pub number: usize,
    /// The strength of all of them.
    pub strength: u8,
    /// The code of all of them.
    pub code: &'static str,
    flags: Vec<&'a Flag>,
}

/// The flags that may be shown, in groups, the strongest first.
pub fn groups<'a>(pack: &Pack<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let flags = pack.view.picture.flags.flags.iter();
    let known = pack.known_agencies();
    let supplied = &pack.view.picture.supplied;
    // that an agency is involved at all is not for every recipient; one that is named by its kind is none of the case
    let is_known = |id: &AgencyId| known.contains(id) || supplied.agency(id).is_none();
    let names_known = |flag: &Flag| flag.agencies.iter().all(|id| is_known(&AgencyId::new(id)));
    for flag in flags
        .filter(|flag| pack.view.shows_flag(flag) && names_known(flag) && is_theirs(pack, flag))
    {
        match groups.last_mut() {
            Some(last) if (last.strength, last.code) == (flag.strength, flag.code) => {
                last.flags.push(flag);
            }
            _ => groups.push(Group {
                number: groups.len() + 1,
                strength: flag.strength,
                code: flag.code,
                flags: vec![flag],
            }),
        }
    }
    groups
}

/// Whether a flag is for this reader: what was asked of another, and a slip that is put right before the pack goes out, are
/// for the agency that prepares it; and what is missing from all that is known cannot be told from a part of it.
fn is_theirs(pack: &Pack<'_>, flag: &Flag) -> bool {
    if pack.is_for_own() {
        return true;
    }
    let names_reader = || {
        let mut named = flag.agencies.iter().map(|id| AgencyId::new(id));
        named.any(|id| pack.view.is_recipient(&id))
    };
    match flag.code {
        "asked-no-reply" => names_reader(),
        // what looks like silence of another may be held back from this reader
        "involved-but-silent" | "stale-source" => pack.view.recipient().is_none() || names_reader(),
        "protected-detail-exposed" => false,
        "domain-gap" | "family-view-missing" => pack.view.recipient().is_none(),
        "single-origin-conclusion" => {
            let conclusions = pack.view.picture.reliance.conclusions.iter();
            let mut named =
                conclusions.filter(|one| one.facts.iter().any(|at| flag.facts.contains(at)));
            named.all(|one| one.not_counted.is_empty())
        }
        _ => true,
    }
}

/// The numbers of the flags that name each fact; mere notes are left out.
pub fn by_fact(pack: &Pack<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut by_fact: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for group in groups(pack).iter().filter(|group| group.strength > 1) {
        let flags = group.flags.iter();
        for flag in flags.filter(|flag| flag.facts.len() <= MOST_FACTS) {
            for &fact in &flag.facts {
                by_fact.entry(fact).or_default().insert(group.number);
            }
        }
    }
    let numbers = by_fact.into_iter();
    numbers
        .map(|(fact, numbers)| (fact, numbers.into_iter().collect()))
        .collect()
}

/// The flags that may be shown.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("flags", "What to check in this picture");
    section.say("A flag speaks of the picture, never of a person: what it may lean on too much, or leave out.");
    if !pack.is_for_own() {
        section.say("Counts are of what may be shown here.");
    }
    let groups = groups(pack);
    let unsafe_yet = if pack.is_for_own() {
        (
            3,
            "Settle before this pack is used",
            "These make the pack unsafe until they are settled.",
        )
    } else {
        (
            3,
            "Not settled when this was written",
            "Please do not rely on these lines until it is settled whom they are about.",
        )
    };
    for (strength, heading, caption) in [
        unsafe_yet,
        (
            2,
            "Check before the meeting",
            "Worth a question before or in the meeting.",
        ),
        (1, "Notes", "Worth knowing."),
    ] {
        let mut table = Grid::new(
            "flags",
            caption,
            &["Check", "What is to be seen", "What would clear it"],
        );
        let of_strength = groups.iter().filter(|group| group.strength == strength);
        table.rows = of_strength.map(|group| group.row(pack)).collect();
        if !table.rows.is_empty() {
            section.head(heading);
            section.table(table);
        }
    }
    if groups.is_empty() {
        section.say("Nothing that may be shown here needs to be checked.");
    }
    let unjudged = pack.view.picture.flags.cannot_judge.iter();
    let unjudged: Vec<String> = unjudged
        .map(|(code, why)| format!("{}: {why}.", title(code)))
        .collect();
    if !unjudged.is_empty() {
        section.say(format!("Could not be judged. {}", unjudged.join(" ")));
    }
    section
}

impl Group<'_> {
    /// What it is called.
    pub fn title(&self) -> String {
        title(self.code)
    }

    fn row(&self, pack: &Pack<'_>) -> Vec<String> {
        let (mut said, question) = self.said(pack);
        said.extend(question);
        vec![
            format!("F{} {}", self.number, self.title()),
            said.join("\n"),
            self.cleared(pack),
        ]
    }

    /// What each of them says, those that differ only in a person as one; and the question with which all of them end.
    pub fn said(&self, pack: &Pack<'_>) -> (Vec<String>, Option<String>) {
        let sentences = self.flags.iter().map(|flag| flag.sentence.as_str());
        let questions: BTreeSet<&str> = sentences.filter_map(|all| Some(split(all)?.1)).collect();
        let has_all = self
            .flags
            .iter()
            .all(|flag| split(&flag.sentence).is_some());
        let question = questions
            .first()
            .filter(|_| questions.len() == 1 && has_all && self.flags.len() > 1);
        let mut told: Vec<(String, &Flag, Vec<&Flag>)> = Vec::new();
        for &flag in &self.flags {
            let key = without_names(&flag.sentence, &persons(pack, flag));
            match told.iter_mut().find(|(other, first, _)| {
                *other == key
                    && flag.persons.len() == 1
                    && first.persons.len() == 1
                    && first.explained_by == flag.explained_by
            }) {
                Some((.., same)) => same.push(flag),
                None => told.push((key, flag, Vec::new())),
            }
        }
        let lines = told.into_iter().map(|(_, flag, same)| {
            let mut line = match (question, split(&flag.sentence)) {
                (Some(_), Some((rest, _))) => rest.to_owned(),
                _ => flag.sentence.clone(),
            };
            let others: Vec<String> = same.iter().flat_map(|flag| persons(pack, flag)).collect();
            if !others.is_empty() {
                line = format!("{line} The same holds for {}.", join(&others));
            }
            let facts: Vec<usize> = std::iter::once(&flag)
                .chain(&same)
                .flat_map(|flag| flag.facts.iter().copied())
                .collect();
            let lines = pack.index.lines(&facts);
            if !lines.is_empty() && facts.len() <= 2 * MOST_FACTS {
                line = format!("{line} ({})", sentence(&lines));
            }
            if !flag.explained_by.is_empty() {
                line = format!("{line} Explained by {}", flag.explained_by);
            }
            with_days(&line)
        });
        (
            lines.collect(),
            question.map(|question| (*question).to_owned()),
        )
    }

    /// What would clear them: once, where it differs only in names.
    fn cleared(&self, pack: &Pack<'_>) -> String {
        let plain: BTreeSet<String> = self
            .flags
            .iter()
            .map(|flag| {
                let agencies = flag.agencies.iter().map(|id| AgencyId::new(id));
                let agencies: Vec<String> =
                    agencies.map(|id| pack.agency(&id).to_owned()).collect();
                let text = replace(&flag.would_clear, &agencies, "the agency");
                // "Homes’ record" beside "the school’s record"
                let text = text.replace("the agency\u{2019} ", "the agency\u{2019}s ");
                replace(&text, &persons(pack, flag), "the person")
            })
            .collect();
        let cleared = match (plain.first(), self.flags.as_slice()) {
            (_, [one]) => one.would_clear.clone(),
            (Some(same), _) if plain.len() == 1 => sentence(same),
            _ => {
                let all: BTreeSet<&str> = self
                    .flags
                    .iter()
                    .map(|flag| flag.would_clear.as_str())
                    .collect();
                all.into_iter().collect::<Vec<_>>().join("\n")
            }
        };
        with_days(&cleared)
    }
}

/// A code as a reader would say it; one that is not here by its own words.
fn title(code: &str) -> String {
    let said = match code {
        "action-no-outcome" => "Action without an outcome",
        "adult-only-focus" => "The adults only",
        "agencies-disagree" => "Agencies say different things",
        "agency-dominance" => "One agency tells most",
        "asked-no-reply" => "Asked, and no answer in time",
        "asked-then-overridden" => "Asked, and then shared without consent",
        "basis-missing" => "No clear basis",
        "child-voice-missing" => "The child\u{2019}s own words are missing",
        "circular-reporting" => "One report, told again",
        "cross-agency-cluster" => "Small things from several agencies",
        "disagreement-unresolved" => "Decided before it was settled",
        "domain-gap" => "Sides of the child\u{2019}s life that nobody tells of",
        "family-view-missing" => "The family\u{2019}s view is missing",
        "held-not-shared" => "Held, and perhaps never passed on",
        "identity-doubt" => "Not sure who it is",
        "late-recorded" => "Written down late",
        "late-shared" => "Passed on late",
        "lay-reports-discounted" => "Relatives and neighbours not heard",
        "low-contribution" => "Tells less than usual",
        "opinion-as-fact" => "An opinion became a fact",
        "optimism-after-output" => "Attendance read as progress",
        "over-relied" => "Leaned on more than others",
        "own-agency-dominance" => "The own agency tells most",
        "protected-detail-exposed" => "A protected detail stands open",
        "refused-consent-used" => "Used although consent was refused",
        "self-report-reliance" => "Rests on one account",
        "shared-no-action" => "Passed on, and nothing follows",
        "single-origin-conclusion" => "A conclusion with one source",
        "stale-source" => "Nothing new from an agency",
        "start-again" => "Started again from the beginning",
        "status-hierarchy" => "Some voices count less",
        "uncited-agency" => "Told, and not cited",
        "under-relied" => "Leaned on less than others",
        "unseen-adult" => "An adult of whom little is known",
        other => return sentence(&other.replace('-', " ")),
    };
    said.to_owned()
}

/// A text and the question with which it ends.
fn split(sentence: &str) -> Option<(&str, &str)> {
    let at = sentence.ends_with('?').then(|| sentence.rfind(". "))??;
    Some((sentence.get(..=at)?, sentence.get(at + 2..)?))
}

/// The names of the persons of a flag, as it says them.
fn persons(pack: &Pack<'_>, flag: &Flag) -> Vec<String> {
    let persons = flag.persons.iter();
    persons
        .map(|&at| pack.view.picture.person_name(at).to_owned())
        .collect()
}

fn without_names(text: &str, names: &[String]) -> String {
    replace(text, names, "\u{1}")
}

/// Puts a word in place of names; a name of a letter or two would be found in other words.
fn replace(text: &str, names: &[String], word: &str) -> String {
    let mut names: Vec<&String> = names
        .iter()
        .filter(|name| name.chars().count() > 2)
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.into_iter().fold(text.to_owned(), |text, name| {
        text.replace(name.as_str(), word)
    })
}

/// The numbers of the groups in which a flag names an agency, as they are written.
pub fn naming(pack: &Pack<'_>, agency: &AgencyId) -> Vec<String> {
    let groups = groups(pack).into_iter().filter(|group| {
        let mut flags = group.flags.iter().flat_map(|flag| &flag.agencies);
        flags.any(|id| id == agency.as_str())
    });
    groups.map(|group| format!("F{}", group.number)).collect()
}
