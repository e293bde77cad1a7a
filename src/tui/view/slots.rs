//! Draws disagreements: who says what of a changing thing, from when to when, and whether it is open or settled.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::model::date::{Day, iso};
use crate::picture::Picture;
use crate::timeline::{Said, Slot, Standing};
use crate::tui::text;

/// What one agency says, named one by one up to so many.
const NAMED: usize = 60;

/// A slot in plain words.
pub fn words(picture: &Picture, slot: &Slot) -> String {
    format!("{}: {}", picture.person_name(slot.person), slot.name)
}

fn standing(slot: &Slot) -> (String, &'static str) {
    match slot.standing {
        Standing::Open => ("open".to_owned(), "#"),
        Standing::Settled(day) => (format!("settled {}", iso(day)), "="),
        Standing::Agreed => ("agreed".to_owned(), " "),
    }
}

/// A slot in a list: whose, what, and what is said of it.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(slot) = scene.index.drawn.slots.get(at) else {
        return Line::default();
    };
    let (stands, sign) = standing(slot);
    let style = match slot.standing {
        Standing::Open => scene.theme.flag(2),
        _ => scene.theme.plain(),
    };
    let room = (scene.width * 3 / 8).clamp(20, 44);
    let mut values: Vec<&str> = Vec::new();
    for said in &slot.said {
        if !values.contains(&said.side.value.as_str()) && values.len() < 6 {
            values.push(&said.side.value);
        }
    }
    let rest = scene.width.saturating_sub(room + 24);
    Line::from(vec![
        Span::styled(format!(" {sign} "), style),
        Span::styled(
            format!("{} ", text::pad(&words(scene.picture, slot), room)),
            scene.theme.bar(),
        ),
        Span::styled(format!("{} ", text::pad(&stands, 18)), style),
        Span::raw(text::fit(&values.join(" / "), rest)),
    ])
}

/// Who says what, from when to when: in words, each with a bar over time.
pub fn detail(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(slot) = scene.index.drawn.slots.get(at) else {
        return;
    };
    page.styled(&words(scene.picture, slot), scene.theme.heading());
    page.text(&match slot.standing {
        Standing::Open => "Open: agencies say different things of the same time.".to_owned(),
        Standing::Settled(day) => {
            format!("Settled: nobody contradicts anybody since {}.", iso(day))
        }
        Standing::Agreed => "Nobody contradicts anybody.".to_owned(),
    });
    let span = span(slot, scene.picture.as_of);
    if let Some((from, until)) = span {
        let ends = (iso(from), iso(until));
        let room = page.width.saturating_sub(ends.0.len() + ends.1.len());
        page.gap();
        page.styled(
            &format!("{}{}{}", ends.0, " ".repeat(room), ends.1),
            scene.theme.dim(),
        );
    }
    for said in slot.said.iter().take(NAMED) {
        let agency = scene.picture.supplied.agency_name(&said.side.agency);
        page.item("-", &format!("{agency}: “{}”", said.side.value));
        if let Some(span) = span {
            let bar = bar(said, span, page.width);
            page.lines.push(Line::styled(bar, scene.theme.available()));
        }
        let about = if said.is_vague { ", about" } else { "" };
        page.field(
            "",
            &format!("{}{about}; {}", period(said), said.knows.phrase()),
        );
    }
    if slot.said.len() > NAMED {
        page.text(&format!("and {} more", slot.said.len() - NAMED));
    }
}

fn period(said: &Said) -> String {
    match (said.from, said.until) {
        (Some(from), Some(until)) if from == until => format!("on {}", iso(from)),
        (Some(from), Some(until)) => format!("from {} to {}", iso(from), iso(until)),
        (Some(from), None) => format!("since {}", iso(from)),
        (None, Some(until)) => format!("until {}", iso(until)),
        (None, None) => "no dates given".to_owned(),
    }
}

/// The first day that anybody names, and the last, not before the as-of date.
fn span(slot: &Slot, as_of: Day) -> Option<(Day, Day)> {
    let days = slot.said.iter().flat_map(|said| [said.from, said.until]);
    let days: Vec<Day> = days.flatten().collect();
    let first = *days.iter().min()?;
    let last = days.iter().max().copied().unwrap_or(as_of).max(as_of);
    (first < last).then_some((first, last))
}

/// A bar from when something is said to hold until when; open ends run to the end of the line.
fn bar(said: &Said, (first, last): (Day, Day), width: usize) -> String {
    let all = (last - first).num_days().max(1) as f64;
    let column = |day: Day| {
        let share = (day - first).num_days() as f64 / all;
        (share * width.saturating_sub(1) as f64).round() as usize
    };
    let from = said.from.map_or(0, column).min(width.saturating_sub(1));
    let until = said.until.map_or(width.saturating_sub(1), column);
    let until = until.clamp(from, width.saturating_sub(1));
    let sign = if said.is_vague { "~" } else { "━" };
    format!("{}{}", " ".repeat(from), sign.repeat(until + 1 - from))
}
