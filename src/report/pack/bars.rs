//! What is available beside what the draft relies on, agency by agency.

use maud::{Markup, html};

use super::Pack;
use super::document::{Block, Grid, Picture, Section};
use super::words::count;
use crate::model::id::AgencyId;
use crate::reliance::{GroupMeasure, Grouping};
use crate::report::safe::terminal_safe_line;

const WIDTH: i64 = 900;
const LEFT: i64 = 240;
const BAR: i64 = 11;
const ROW: i64 = 38;

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
            "{} that may be shown; no conclusion is on record that relies on any.",
            count(reliance.facts, "fact", "facts")
        ));
        return section;
    }
    section.say(format!(
        "{} may be shown; the draft relies on {}. A fact that two agencies observed counts for both.",
        count(reliance.facts, "fact", "facts"), reliance.cited
    ));
    section.blocks.push(Block::Picture(Picture {
        svg: drawing(pack, &groups),
        caption: "For each agency the filled bar is what it was first to know, the open bar below it what the draft relies on of that. The table says the same.".to_owned(),
        is_wide: false,
    }));
    let mut table = Grid::new(
        "reliance",
        "By the agency that was first to know.",
        &[
            "Agency",
            "Available",
            "Relied on",
            "If chosen without looking at the source",
            "In words",
        ],
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
            group.sentence.clone(),
        ]);
    }
    section.table(table);
    section
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
