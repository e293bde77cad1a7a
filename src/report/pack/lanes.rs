//! The merged facts as lanes: an agency a lane, time across.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use maud::{Markup, html};

use super::document::{Block, Grid, Picture, Section};
use super::words::{count, day};
use super::{Pack, silence};
use crate::model::date::Day;
use crate::model::words::Polarity;
use crate::report::safe::terminal_safe_line;

const WIDTH: i64 = 900;
const LEFT: i64 = 210;
const RIGHT: i64 = 16;
const TOP: i64 = 34;
const LANE: i64 = 26;

/// How a fact is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Other,
    Strength,
    Concern,
}

/// The lanes.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("lanes", "When each agency knew something");
    let facts = &pack.view.picture.timeline.facts;
    let mut lanes: BTreeMap<&str, Vec<(Day, Mark)>> = BTreeMap::new();
    let (mut undated, mut ahead) = (0_usize, 0_usize);
    for fact in pack.printed().into_iter().filter_map(|at| facts.get(at)) {
        let mark = match fact.polarity.known() {
            Some(Polarity::Concern) => Mark::Concern,
            Some(Polarity::Strength) => Mark::Strength,
            _ => Mark::Other,
        };
        // what began earlier and went on is drawn where the pack begins
        let start = fact
            .when
            .start()
            .map(|day| match (pack.request.since, fact.when.end()) {
                (Some(since), Some(end)) if end >= since => day.max(since),
                _ => day,
            });
        match start {
            Some(day) if pack.is_ahead(day) => ahead += 1,
            Some(day) => lanes
                .entry(pack.view.picture.supplied.agency_name(&fact.first_agency))
                .or_default()
                .push((day, mark)),
            None => undated += 1,
        }
    }
    let days = || lanes.values().flatten().map(|(day, _)| *day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        section.say("Nothing that is printed in the chronology is dated.");
        return section;
    };
    section.blocks.push(Block::Picture(Picture {
        svg: drawing(&lanes, first, last),
        caption: format!(
            "A lane an agency, time from left to right. A filled diamond is a concern, an open circle a strength, an upright stroke neither or not said. An empty stretch is silence, or time that no export covers{}.",
            if pack.is_for_own() { "" } else { ", or something that is not shown here" }
        ),
        is_wide: false,
    }));
    // between lines that are left out nobody was silent
    let is_whole = pack.is_for_own() && pack.request.since.is_none();
    section.table(in_words(&lanes, is_whole));
    if undated > 0 {
        let is = if undated == 1 { "fact is" } else { "facts are" };
        section.say(format!("{undated} {is} not dated, and so not drawn."));
    }
    if ahead > 0 {
        let is = if ahead == 1 { "fact is" } else { "facts are" };
        section.say(format!(
            "{ahead} {is} dated after {}, a slip or still to come, and so not drawn.",
            day(pack.view.picture.as_of)
        ));
    }
    silence::add(pack, &mut section);
    section
}

/// The lanes in words.
fn in_words(lanes: &BTreeMap<&str, Vec<(Day, Mark)>>, is_whole: bool) -> Grid {
    let mut table = Grid::new(
        "lanes",
        "The same in words, for each agency.",
        &[
            "Agency",
            "First",
            "Last",
            "Dated facts",
            "Concerns",
            "Strengths",
            "Longest silence",
        ],
    );
    if !is_whole {
        table.columns.pop();
    }
    for (agency, marks) in lanes {
        let (from, until) = (
            marks.iter().map(|m| m.0).min(),
            marks.iter().map(|m| m.0).max(),
        );
        let of = |mark: Mark| marks.iter().filter(|m| m.1 == mark).count().to_string();
        let mut row = vec![
            (*agency).to_owned(),
            from.map_or_else(String::new, day),
            until.map_or_else(String::new, day),
            marks.len().to_string(),
            of(Mark::Concern),
            of(Mark::Strength),
        ];
        if is_whole {
            row.push(match longest_silence(marks) {
                0 => "\u{2013}".to_owned(),
                days => count(days, "day", "days"),
            });
        }
        table.rows.push(row);
    }
    table
}

fn longest_silence(marks: &[(Day, Mark)]) -> usize {
    let days: BTreeSet<Day> = marks.iter().map(|(day, _)| *day).collect();
    let days: Vec<Day> = days.into_iter().collect();
    days.windows(2)
        .filter_map(
            |pair| Some((*pair.last()? - *pair.first()?).num_days().unsigned_abs() as usize),
        )
        .max()
        .unwrap_or(0)
}

fn drawing(lanes: &BTreeMap<&str, Vec<(Day, Mark)>>, first: Day, last: Day) -> Markup {
    let span = (last - first).num_days().max(1);
    let x = |day: Day| LEFT + (day - first).num_days() * (WIDTH - LEFT - RIGHT) / span;
    let height = TOP + LANE * lanes.len() as i64 + 8;
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height) role="img" aria-label="Facts by agency and date; the table that follows says the same in words" {
            @for (at, text) in ticks(first, last) {
                line.grid x1=(x(at)) x2=(x(at)) y1=(TOP - 6) y2=(height - 8) {}
                text.small x=(x(at)) y=(TOP - 12) text-anchor="middle" { (text) }
            }
            @for (lane, (agency, marks)) in lanes.iter().enumerate() {
                @let y = TOP + LANE * lane as i64 + LANE / 2;
                text.small x=(LEFT - 14) y=(y + 4) text-anchor="end" { (short(agency)) }
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                // many facts of one day are one mark; the worry is drawn last
                @for (x, mark) in marks.iter().map(|(day, mark)| (x(*day), *mark)).map(|(x, mark)| (mark, x)).collect::<BTreeSet<_>>().into_iter().map(|(mark, x)| (x, mark)) {
                    (one(x, y, mark))
                }
            }
        }
    }
}

fn one(x: i64, y: i64, mark: Mark) -> Markup {
    html! {
        @match mark {
            Mark::Concern => path.concern d=(format!("M{x} {}l6 6l-6 6l-6 -6z", y - 6)) {},
            Mark::Strength => circle.strength cx=(x) cy=(y) r="5" {},
            Mark::Other => line.other x1=(x) x2=(x) y1=(y - 7) y2=(y + 7) {},
        }
    }
}

/// A name as long as there is room beside a lane.
pub fn short(agency: &str) -> String {
    let shown = terminal_safe_line(agency);
    match shown.char_indices().nth(28) {
        Some((end, _)) => format!("{}\u{2026}", shown.get(..end).unwrap_or_default()),
        None => shown,
    }
}

/// Where to write dates: years, or months where the time is short; at most a dozen.
fn ticks(first: Day, last: Day) -> Vec<(Day, String)> {
    let months = (last.year() - first.year()) * 12 + last.month() as i32 - first.month() as i32 + 1;
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
        .into_iter()
        .find(|step| months / step <= 11)
        .unwrap_or(1200);
    let mut ticks = Vec::new();
    let mut month = first.year() * 12 + first.month0() as i32;
    month += (step - month.rem_euclid(step)) % step;
    while let Some(day) =
        Day::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1)
            .filter(|day| *day <= last)
    {
        if day >= first {
            let text = if step >= 12 {
                day.format("%Y")
            } else {
                day.format("%b %Y")
            };
            ticks.push((day, text.to_string()));
        }
        month += step;
    }
    ticks
}
