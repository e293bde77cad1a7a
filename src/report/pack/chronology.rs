//! The merged chronology: each line with its source, its basis and how far others support it, in words.

use std::collections::BTreeSet;

use super::document::{Grid, Section};
use super::words::{day, join, sentence, when};
use super::{Pack, flags};
use crate::model::basis::{NOT_MAPPED, NOT_RECORDED};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Fact, Origin};
use crate::model::id::ConclusionId;
use crate::model::phrase::Coded;
use crate::model::words::{Channel, Kind, Told, YesNo};

/// The chronology.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("chronology", "Merged chronology");
    let printed = pack.printed();
    if printed.is_empty() {
        section.say("Nothing that may be shown lies in this period.");
        return section;
    }
    section.say(format!(
        "In order of date; what is not dated comes last. The words are the agency\u{2019}s own. Below them: what kind of line it is, how much it matters (from 0 to 3, the most), from whom it came, and whom it is about. \u{201c}Support\u{201d} counts independent origins: what several agencies repeat from one another is one origin. {}F1, F2 \u{2026} are what to check.",
        if pack.is_for_own() { "\u{201c}Relied on\u{201d} names the conclusions of the draft. " } else { "" }
    ));
    section.table(table(pack, &printed, "The merged chronology."));
    section
}

/// Lays out some facts.
pub fn table(pack: &Pack<'_>, facts: &[usize], caption: &str) -> Grid {
    let mut table = Grid::new(
        "chronology",
        caption,
        &["Line", "When", "What", "Source", "Basis", "Support"],
    );
    let flags = flags::by_fact(pack);
    for &at in facts {
        if let Some(fact) = pack.view.picture.timeline.facts.get(at) {
            let flags = flags.get(&at).map_or(&[][..], Vec::as_slice);
            table.rows.push(vec![
                pack.index
                    .line(at)
                    .map_or_else(String::new, |line| line.to_string()),
                date(pack, fact),
                what(pack, fact, &entries(pack, fact)),
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

/// When it was; in a pack of what is new, when something older came in.
pub fn date(pack: &Pack<'_>, fact: &Fact) -> String {
    let time = fact
        .time
        .map_or_else(String::new, |time| format!("\n{}", time.format("%H:%M")));
    let is_older = |since: &Day| fact.when.end().is_none_or(|end| end < *since);
    let came = pack.request.since.filter(is_older);
    let came = came.and_then(|_| pack.came_in(fact));
    let came = came.map_or_else(String::new, |came| format!("\ncame in {}", day(came)));
    when(&fact.when) + &time + &came
}

/// The persons of a fact by their short names.
pub fn about(pack: &Pack<'_>, fact: &Fact) -> String {
    let named = fact.persons.iter().filter_map(|&at| pack.index.name(at));
    let names: BTreeSet<&str> = named.collect();
    join(&names.into_iter().collect::<Vec<_>>())
}

/// What is told, with a last line that says what kind of thing it is and whom it is about.
pub fn what(pack: &Pack<'_>, fact: &Fact, entries: &[&Entry]) -> String {
    let mut lines = vec![first(entries, |entry| &entry.text).to_owned()];
    let mut more: Vec<String> = Vec::new();
    for (name, cell) in [
        (
            "Action",
            (|entry: &Entry| entry.action.as_str()) as fn(&Entry) -> &str,
        ),
        ("Came of it", |entry| &entry.outcome),
        ("The child\u{2019}s view", |entry| &entry.child_view),
        ("The family\u{2019}s view", |entry| &entry.family_view),
    ] {
        let text = first(entries, cell);
        if !text.is_empty() {
            more.push(format!("{name}: {}", ended(text)));
        }
    }
    lines.push(more.join(" "));
    lines.push(kind(pack, fact, entries));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// A text with a full stop, where it ends without a mark.
fn ended(text: &str) -> String {
    let is_open = text.ends_with(|last: char| last.is_alphanumeric());
    format!("{text}{}", if is_open { "." } else { "" })
}

/// What kind of line it is, how much it matters, whether the child was seen, and whom it is about.
fn kind(pack: &Pack<'_>, fact: &Fact, entries: &[&Entry]) -> String {
    let mut kind: Vec<String> = Vec::new();
    // the lead comes first, and so this is the fact's kind, but in a report, which holds one agency's entries alone
    let of = |cell: fn(&Entry) -> &str| first(entries, cell);
    for word in [
        of(|entry| entry.kind.text()),
        of(|entry| &entry.category),
        of(|entry| entry.polarity.text()),
    ] {
        let is_said = kind.iter().any(|said| said.eq_ignore_ascii_case(word));
        if !word.is_empty() && !is_said {
            kind.push(word.to_owned());
        }
    }
    kind.extend(fact.significance.map(|level| level.to_string()));
    let channel = of(|entry| entry.channel.text());
    // an observation that was observed, an opinion that is one: once is enough
    let is_both = |kind, channel| {
        let mut all = entries.iter();
        all.any(|entry| entry.kind.is(kind) && entry.channel.is(channel))
    };
    let is_said = is_both(Kind::Observation, Channel::Observation)
        || is_both(Kind::Opinion, Channel::ProfessionalOpinion);
    if !channel.is_empty() && !is_said {
        kind.push(format!("from {channel}"));
    }
    let seen = |cell: fn(&Entry) -> bool| entries.iter().any(|entry| cell(entry));
    if seen(|entry| entry.child_seen_alone.is(YesNo::Yes)) {
        kind.push("child seen alone".to_owned());
    } else if seen(|entry| entry.child_seen.is(YesNo::Yes)) {
        kind.push("child seen".to_owned());
    } else if seen(|entry| entry.child_seen.is(YesNo::No)) {
        kind.push("child not seen".to_owned());
    }
    let about = about(pack, fact);
    match (kind.is_empty(), about.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("About {about}"),
        (false, true) => sentence(&kind.join(", ")),
        (false, false) => format!("{}. About {about}", sentence(&kind.join(", "))),
    }
}

fn source(pack: &Pack<'_>, fact: &Fact) -> String {
    let mut lines = vec![pack.agency(&fact.first_agency).to_owned()];
    let others = fact.agencies.iter().filter(|id| **id != fact.first_agency);
    let others: Vec<&str> = others.map(|id| pack.agency(id)).collect();
    if !others.is_empty() {
        lines.push(format!("also told by {}", join(&others)));
    }
    // an id made from content says nothing to a reader
    let told = entries(pack, fact).into_iter();
    let ids: Vec<String> = told
        .map(|entry| entry.id.local().to_owned())
        .filter(|id| !id.starts_with('~'))
        .collect();
    if !ids.is_empty() {
        lines.push(ids.join(", "));
    }
    lines.join("\n")
}

/// The ground, whether the family was told, and what may be done with it.
pub fn basis(pack: &Pack<'_>, fact: &Fact) -> String {
    let vocabulary = &pack.view.picture.vocabulary;
    let mut lines = Vec::new();
    for code in &fact.basis {
        match &**code {
            NOT_RECORDED => lines.push("no basis recorded".to_owned()),
            NOT_MAPPED => {
                let words: BTreeSet<&str> = entries(pack, fact)
                    .iter()
                    .map(|entry| entry.basis_raw.trim())
                    .filter(|raw| !raw.is_empty())
                    .collect();
                let words: Vec<&str> = words.into_iter().collect();
                lines.push(format!(
                    "not clear: \u{201c}{}\u{201d}",
                    words.join("\u{201d}, \u{201c}")
                ));
            }
            code => lines.push(vocabulary.labels(&[code])),
        }
    }
    match fact.status {
        BasisStatus::Valid | BasisStatus::Unknown => {}
        status => lines.push(format!("now {}", status.phrase())),
    }
    match fact.told.known() {
        Some(Told::Yes) => lines.push("family told".to_owned()),
        Some(Told::Unsafe) => lines.push("family NOT told: unsafe".to_owned()),
        Some(Told::NotYet) => lines.push("family not told yet".to_owned()),
        Some(Told::NotApplicable) => {}
        _ => lines.push("not recorded whether told".to_owned()),
    }
    let handling = fact.handling.iter().map(Coded::text);
    let handling = handling.filter(|rule| !rule.is_empty() && *rule != "open to partners");
    lines.extend(handling.map(str::to_owned));
    sentence(&lines.join("; "))
}

/// How far others support it, in words; with the numbers of what to check.
fn support(pack: &Pack<'_>, fact: &Fact, flags: &[usize]) -> String {
    let mut lines = vec![origins(pack, fact)];
    let repeats = fact.suspected.iter();
    let repeats = repeats.filter(|suspicion| suspicion.repeats && pack.view.shows(suspicion.other));
    let repeats: Vec<usize> = repeats.map(|suspicion| suspicion.other).collect();
    if !repeats.is_empty() {
        lines.push(format!("may only repeat {}", refer(pack, &repeats)));
    }
    let against = fact.disagrees_with.iter().copied();
    let against: Vec<usize> = against.filter(|other| pack.view.shows(*other)).collect();
    if !against.is_empty() {
        lines.push(format!("disputed by {}", refer(pack, &against)));
    }
    if !fact.cited_by.is_empty() {
        let ids: Vec<&str> = fact.cited_by.iter().map(ConclusionId::as_str).collect();
        // the conclusions stand in the pack of the agency whose draft it is, and in no other
        lines.push(if pack.is_for_own() {
            format!("relied on: {}", ids.join(", "))
        } else {
            "relied on in the draft".to_owned()
        });
    }
    if !flags.is_empty() {
        let numbers: Vec<String> = flags.iter().map(|number| format!("F{number}")).collect();
        lines.push(format!("check {}", numbers.join(", ")));
    }
    lines.join("; ")
}

/// Facts by the numbers of their lines; those that are not printed by agency and date.
fn refer(pack: &Pack<'_>, facts: &[usize]) -> String {
    let mut words: Vec<String> = vec![pack.index.lines(facts)];
    let others = facts.iter().filter(|&&at| pack.index.line(at).is_none());
    let others = others.filter_map(|&at| pack.view.picture.timeline.facts.get(at));
    words.extend(others.map(|other| {
        format!(
            "{} of {}",
            pack.agency(&other.first_agency),
            when(&other.when)
        )
    }));
    words.retain(|word| !word.is_empty());
    join(&words)
}

fn origins(pack: &Pack<'_>, fact: &Fact) -> String {
    let known = fact.origins.iter().filter_map(Origin::agency);
    let known: Vec<&str> = known.map(|id| pack.agency(id)).collect();
    let tell = fact.entries.len();
    let unknown = fact.origins.contains(&Origin::Unknown);
    match (fact.origins_low, fact.origins_high) {
        _ if known.is_empty() && unknown => "Nobody knows who said it first".to_owned(),
        (0 | 1, 0 | 1) if tell > 1 => format!("Told {tell} times, one origin: {}", join(&known)),
        (0 | 1, 0 | 1) => "One source".to_owned(),
        (low, high) if low == high => format!("{high} independent origins: {}", join(&known)),
        (low, high) => {
            let word = if low + 1 == high { "or" } else { "to" };
            format!("{low} {word} {high} independent origins: {}", join(&known))
        }
    }
}
