//! The merged chronology: each line with its source, its basis and how far others support it, in words.

use std::collections::{BTreeMap, BTreeSet};

use super::Pack;
use super::document::{Grid, Section};
use super::words::{count, join, sentence, when};
use crate::model::basis::{NOT_MAPPED, NOT_RECORDED};
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Fact, Origin};
use crate::model::phrase::Coded;
use crate::model::words::{Told, YesNo};

/// The chronology.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("chronology", "Merged chronology");
    let printed = pack.printed();
    if printed.is_empty() {
        section.say("Nothing that may be shown lies in this period.");
        return section;
    }
    section.say("In order of date; what is not dated comes last. The text is the agency's own. \u{201c}Support\u{201d} counts independent origins: what several agencies repeat from one another is one origin.");
    section.table(table(pack, &printed, "The merged chronology."));
    section
}

/// Lays out some facts.
pub fn table(pack: &Pack<'_>, facts: &[usize], caption: &str) -> Grid {
    let mut table = Grid::new(
        "chronology",
        caption,
        &["When", "What", "Source", "Basis", "Support"],
    );
    let flags = flags_by_fact(pack);
    for &at in facts {
        if let Some(fact) = pack.view.picture.timeline.facts.get(at) {
            let flags = flags.get(&at).map_or(&[][..], Vec::as_slice);
            table.rows.push(vec![
                date(fact),
                what(pack, fact),
                source(pack, fact),
                basis(pack, fact),
                support(pack, fact, flags),
            ]);
        }
    }
    table
}

/// The entries that tell a fact, the first one first.
pub fn entries<'a>(pack: &Pack<'a>, fact: &Fact) -> Vec<&'a Entry> {
    let all = &pack.view.picture.supplied.entries;
    let others = fact.entries.iter().filter(|at| **at != fact.lead);
    std::iter::once(&fact.lead)
        .chain(others)
        .filter_map(|&at| all.get(at))
        .collect()
}

/// The first cell that is not blank.
pub fn first<'a>(entries: &[&'a Entry], cell: fn(&Entry) -> &str) -> &'a str {
    entries
        .iter()
        .map(|&entry| cell(entry).trim())
        .find(|text| !text.is_empty())
        .unwrap_or("")
}

pub fn date(fact: &Fact) -> String {
    let time = fact
        .time
        .map_or_else(String::new, |time| format!("\n{}", time.format("%H:%M")));
    when(&fact.when) + &time
}

/// The persons of a fact, as they may be named.
pub fn persons(pack: &Pack<'_>, fact: &Fact) -> String {
    let shown = fact.persons.iter().filter_map(|&at| pack.view.person(at));
    let names: BTreeSet<String> = shown
        .map(|person| pack.view.without_id(person.name.clone()))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    names.join(", ")
}

fn what(pack: &Pack<'_>, fact: &Fact) -> String {
    let entries = entries(pack, fact);
    let mut lines = vec![first(&entries, |entry| &entry.text).to_owned()];
    let mut kind: Vec<String> = [
        fact.kind.text(),
        first(&entries, |entry| &entry.category),
        fact.polarity.text(),
    ]
    .into_iter()
    .filter(|word| !word.is_empty())
    .map(str::to_owned)
    .collect();
    if let Some(level) = fact.significance {
        kind.push(format!("significance {level} of 3"));
    }
    let about = persons(pack, fact);
    let mut head = sentence(&kind.join(", "));
    if !about.is_empty() {
        head = format!(
            "{head}{}About {about}.",
            if head.is_empty() { "" } else { ". " }
        );
    }
    lines.push(head);
    for (name, cell) in [
        (
            "Done",
            (|entry: &Entry| entry.action.as_str()) as fn(&Entry) -> &str,
        ),
        ("Came of it", |entry| &entry.outcome),
        ("The child's view", |entry| &entry.child_view),
        ("The family's view", |entry| &entry.family_view),
    ] {
        let text = first(&entries, cell);
        if !text.is_empty() {
            lines.push(format!("{name}: {text}"));
        }
    }
    let seen = |cell: fn(&Entry) -> bool| entries.iter().any(|entry| cell(entry));
    if seen(|entry| entry.child_seen_alone.is(YesNo::Yes)) {
        lines.push("Child seen, alone.".to_owned());
    } else if seen(|entry| entry.child_seen.is(YesNo::Yes)) {
        lines.push("Child seen.".to_owned());
    } else if seen(|entry| entry.child_seen.is(YesNo::No)) {
        lines.push("Child not seen.".to_owned());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn source(pack: &Pack<'_>, fact: &Fact) -> String {
    let mut lines = vec![pack.agency(&fact.first_agency).to_owned()];
    let others: Vec<&str> = fact
        .agencies
        .iter()
        .filter(|id| **id != fact.first_agency)
        .map(|id| pack.agency(id))
        .collect();
    if !others.is_empty() {
        lines.push(format!("Also told by {}", join(&others)));
    }
    if !fact.channel.text().is_empty() {
        lines.push(format!("From {}", fact.channel.text()));
    }
    let ids: Vec<String> = entries(pack, fact)
        .iter()
        .map(|entry| entry.id.local().to_owned())
        .collect();
    // an id made from content says nothing to a reader
    let ids: Vec<String> = ids.into_iter().filter(|id| !id.starts_with('~')).collect();
    if !ids.is_empty() {
        lines.push(format!("No. {}", ids.join(", ")));
    }
    lines.join("\n")
}

fn basis(pack: &Pack<'_>, fact: &Fact) -> String {
    let vocabulary = &pack.view.picture.vocabulary;
    let mut lines = Vec::new();
    for code in &fact.basis {
        match &**code {
            NOT_RECORDED => lines.push("No basis recorded".to_owned()),
            NOT_MAPPED => {
                let words: BTreeSet<&str> = entries(pack, fact)
                    .iter()
                    .map(|entry| entry.basis_raw.trim())
                    .filter(|raw| !raw.is_empty())
                    .collect();
                let words: Vec<&str> = words.into_iter().collect();
                lines.push(format!(
                    "Not clear: \u{201c}{}\u{201d}",
                    words.join("\u{201d}, \u{201c}")
                ));
            }
            code => lines.push(format!("{} ({code})", vocabulary.labels(&[code]))),
        }
    }
    match fact.status {
        BasisStatus::Valid | BasisStatus::Unknown => {}
        status => lines.push(format!("Now {}", status.phrase())),
    }
    match fact.told.known() {
        Some(Told::Yes) => lines.push("Family told".to_owned()),
        Some(Told::Unsafe) => lines.push("Family NOT told: unsafe".to_owned()),
        Some(Told::NotYet) => lines.push("Family not told yet".to_owned()),
        Some(Told::NotApplicable) => {}
        _ => lines.push("Not recorded whether the family was told".to_owned()),
    }
    let handling: Vec<&str> = fact
        .handling
        .iter()
        .map(Coded::text)
        .filter(|rule| !rule.is_empty() && *rule != "open to partners")
        .collect();
    if !handling.is_empty() {
        lines.push(sentence(&handling.join("; ")));
    }
    lines.join("\n")
}

/// How far others support it, in words.
pub fn support(pack: &Pack<'_>, fact: &Fact, flags: &[&str]) -> String {
    let mut lines = vec![origins(pack, fact)];
    let picture = pack.view.picture;
    for suspicion in fact
        .suspected
        .iter()
        .filter(|suspicion| suspicion.repeats && pack.view.shows(suspicion.other))
    {
        if let Some(other) = picture.timeline.facts.get(suspicion.other) {
            lines.push(format!(
                "May only repeat {} of {}",
                pack.agency(&other.first_agency),
                when(&other.when)
            ));
        }
    }
    let against: Vec<String> = fact
        .disagrees_with
        .iter()
        .filter(|other| pack.view.shows(**other))
        .filter_map(|&other| picture.timeline.facts.get(other))
        .map(|other| {
            format!(
                "{} of {}",
                pack.agency(&other.first_agency),
                when(&other.when)
            )
        })
        .collect();
    if !against.is_empty() {
        lines.push(format!("Disputed: {}", against.join("; ")));
    }
    if !fact.cited_by.is_empty() {
        lines.push("Relied on in the draft".to_owned());
    }
    if !flags.is_empty() {
        lines.push(format!("Flag: {}", flags.join(", ").replace('-', " ")));
    }
    lines.join("\n")
}

fn origins(pack: &Pack<'_>, fact: &Fact) -> String {
    let known: Vec<&str> = fact
        .origins
        .iter()
        .filter_map(Origin::agency)
        .map(|id| pack.agency(id))
        .collect();
    let tell = fact.entries.len();
    let unknown = fact.origins.contains(&Origin::Unknown);
    match (fact.origins_low, fact.origins_high) {
        _ if known.is_empty() && unknown => "Nobody knows who said it first".to_owned(),
        (0 | 1, 0 | 1) if tell > 1 => format!(
            "{} tell it, one origin: {}",
            count(tell, "entry", "entries"),
            join(&known)
        ),
        (0 | 1, 0 | 1) => "One source only".to_owned(),
        (low, high) if low == high => format!("{high} independent origins: {}", join(&known)),
        (low, high) => format!(
            "Between {low} and {high} independent origins: {}",
            join(&known)
        ),
    }
}

/// The codes of the flags that name each fact.
fn flags_by_fact<'a>(pack: &Pack<'a>) -> BTreeMap<usize, Vec<&'a str>> {
    let mut by_fact: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for flag in pack
        .view
        .picture
        .flags
        .flags
        .iter()
        .filter(|flag| flag.strength > 1 && pack.view.shows_flag(flag))
    {
        // a flag about hundreds of facts says nothing of one of them
        for &fact in flag.facts.iter().filter(|_| flag.facts.len() <= 8) {
            by_fact.entry(fact).or_default().insert(flag.code);
        }
    }
    by_fact
        .into_iter()
        .map(|(fact, codes)| (fact, codes.into_iter().collect()))
        .collect()
}
