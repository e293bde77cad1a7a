//! What is available beside what the draft relies on, agency by agency.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};

use super::Pack;
use super::document::{Block, Grid, Picture, Section};
use super::words::{count, join, sentence};
use crate::model::id::AgencyId;
use crate::reliance::{GroupMeasure, Grouping, SideVerdict};
use crate::report::safe::terminal_safe_line;

const WIDTH: i64 = 900;
const LEFT: i64 = 240;
const BAR: i64 = 9;
const ROW: i64 = 26;

/// What is available beside what is relied on.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new(
        "reliance",
        "What is available, and what the draft relies on",
    );
    let reliance = &pack.view.picture.reliance;
    let known = pack.known_agencies();
    let is_known =
        |group: &GroupMeasure| known.contains(&AgencyId::new(&group.group)) || pack.is_for_own();
    let groups = reliance.groups.iter();
    let groups: Vec<&GroupMeasure> = groups
        .filter(|group| group.grouping == Grouping::Agency && is_known(group))
        .collect();
    if reliance.cited == 0 {
        section.say(format!(
            "{} may be shown here. No conclusion is on record that relies on any of them.",
            count(reliance.facts, "fact", "facts")
        ));
        return section;
    }
    section.say(format!(
        "{} may be shown here; {} relies on {} of them. A fact that two agencies observed counts for both.",
        count(reliance.facts, "fact", "facts"),
        the_draft(pack),
        reliance.cited
    ));
    section.blocks.push(Block::Picture(Picture {
        svg: drawing(pack, &groups),
        caption: "For each agency the filled bar is what it was first to know, the open bar below it what the draft relies on of that. The table says the same.".to_owned(),
        is_wide: false,
    }));
    let mut table = Grid::new(
        "reliance",
        "By the agency that was first to know. \u{201c}By chance\u{201d}: how many would be relied on if the source made no difference.",
        &["Agency", "Available", "Relied on", "By chance", "In words"],
    );
    for group in groups {
        table.rows.push(vec![
            name(pack, group),
            group.available.to_string(),
            group.cited.to_string(),
            group.expected.map_or_else(
                || "\u{2013}".to_owned(),
                |expected| format!("{expected:.1}"),
            ),
            judgement(group),
        ]);
    }
    section.table(table);
    conclusions(pack, &mut section);
    section
}

/// What a sentence says after the counts, which stand in the columns beside it.
fn judgement(group: &GroupMeasure) -> String {
    let sentence = group.sentence.as_str();
    let after = |text: &'static str, from: usize| {
        let found = sentence.get(from..)?.find(text)?;
        Some(from + found + text.len())
    };
    let end = after(" cited about ", 0)
        .and_then(|at| after(" cited ", at))
        .and_then(|at| after(". ", at));
    // "3 facts are available from …, 1 cited: too few facts …"
    let few = || {
        let at = sentence
            .find(": ")
            .filter(|_| sentence.starts_with(|c: char| c.is_ascii_digit()))?;
        sentence.get(at + 2..)
    };
    let told = end.and_then(|at| sentence.get(at..)).or_else(few);
    super::words::sentence(told.unwrap_or(sentence))
}

/// The conclusions of the draft with the lines that they rest on: for the agency whose draft it is, since their words are
/// its own and nobody has looked at what they give away.
fn conclusions(pack: &Pack<'_>, section: &mut Section) {
    if !pack.is_for_own() {
        return;
    }
    let mut table = Grid::new(
        "conclusions",
        "The conclusions of the draft, and what they rest on.",
        &["No.", "Conclusion", "Rests on", "First known to"],
    );
    for conclusion in &pack.view.picture.reliance.conclusions {
        let agencies = conclusion.origins.iter().map(|id| pack.agency(id));
        let agencies: Vec<&str> = agencies.collect();
        let mut rests = vec![sentence(&pack.index.lines(&conclusion.facts))];
        if !conclusion.not_counted.is_empty() {
            rests.push(format!(
                "{} not shown here",
                count(conclusion.not_counted.len(), "fact", "facts")
            ));
        }
        rests.retain(|part| !part.is_empty());
        let mut known = join(&agencies);
        if agencies.len() == 1 && conclusion.not_counted.is_empty() {
            known.push_str(" alone");
        }
        table.rows.push(vec![
            conclusion.id.as_str().to_owned(),
            conclusion.text.clone(),
            rests.join("; "),
            known,
        ]);
    }
    if !table.rows.is_empty() {
        section.table(table);
    }
}

/// Whose draft it is.
fn the_draft(pack: &Pack<'_>) -> String {
    pack.own_name().map_or_else(
        || "the draft".to_owned(),
        |own| format!("the draft of {own}"),
    )
}

/// What the first page says of it: on whom the draft leans, and whom it leaves out.
pub fn leaning(pack: &Pack<'_>) -> Vec<String> {
    let reliance = &pack.view.picture.reliance;
    if reliance.cited == 0 {
        return Vec::new();
    }
    let mut alone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let conclusions = reliance.conclusions.iter();
    for conclusion in conclusions.filter(|one| one.not_counted.is_empty()) {
        if let [agency] = conclusion.origins.as_slice() {
            let ids = alone.entry(pack.agency(agency)).or_default();
            ids.push(conclusion.id.as_str());
        }
    }
    let mut told = format!(
        "Of the {} shown here {} relies on {}.",
        count(reliance.facts, "fact", "facts"),
        the_draft(pack),
        reliance.cited
    );
    for (agency, ids) in alone {
        let rest = if ids.len() == 1 { "rests" } else { "rest" };
        let _ = write!(
            told,
            " {} of {} {rest} on {agency} alone{}.",
            sentence(&count(ids.len(), "conclusion", "conclusions")),
            reliance.conclusions.len(),
            // the conclusions stand in the pack of the agency whose draft it is, and in no other
            if pack.is_for_own() {
                format!(" ({})", ids.join(", "))
            } else {
                String::new()
            }
        );
    }
    let known = pack.known_agencies();
    let groups = reliance.groups.iter().filter(|group| {
        let is_flagged = [group.verdict_under, group.verdict_over].contains(&SideVerdict::Flag);
        group.grouping == Grouping::Agency
            && is_flagged
            && (known.contains(&AgencyId::new(&group.group)) || pack.is_for_own())
    });
    let groups: Vec<String> = groups
        .map(|group| {
            let by_chance = group.expected.unwrap_or_default();
            format!(
                "{}: {} of {} relied on; it would be about {by_chance:.0} if the source made no difference",
                name(pack, group),
                group.cited,
                group.available
            )
        })
        .collect();
    let mut lines = vec![told];
    if !groups.is_empty() {
        lines.push(format!("{}.", groups.join(". ")));
    }
    lines
}

fn name(pack: &Pack<'_>, group: &GroupMeasure) -> String {
    pack.agency(&AgencyId::new(&group.group)).to_owned()
}

fn drawing(pack: &Pack<'_>, groups: &[&GroupMeasure]) -> Markup {
    let most = groups
        .iter()
        .map(|group| group.available)
        .max()
        .unwrap_or(1)
        .max(1) as i64;
    let wide = |of: usize| of as i64 * (WIDTH - LEFT - 50) / most;
    let height = ROW * groups.len() as i64 + 10;
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height) role="img" aria-label="Available facts beside those relied on; the table that follows says the same" {
            @for (row, group) in groups.iter().enumerate() {
                @let y = ROW * row as i64 + 6;
                text.small x=(LEFT - 12) y=(y + BAR + 4) text-anchor="end" { (terminal_safe_line(&name(pack, group)).chars().take(32).collect::<String>()) }
                rect.bar x=(LEFT) y=(y) width=(wide(group.available)) height=(BAR) {}
                text.small x=(LEFT + wide(group.available) + 6) y=(y + BAR - 1) { (group.available) }
                rect.hollow x=(LEFT) y=(y + BAR + 3) width=(wide(group.cited)) height=(BAR - 1) {}
                text.small x=(LEFT + wide(group.cited) + 6) y=(y + 2 * BAR + 2) { (group.cited) }
            }
        }
    }
}
