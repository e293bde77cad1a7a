//! The silence map, agency by month: no data is never read as nothing to tell.

use maud::{Markup, html};

use super::Pack;
use super::document::{Block, Grid, Picture, Section};
use super::lanes::short;
use crate::reliance::{Month, SilenceMap, State, silence_map};

const WIDTH: i64 = 900;
const LEFT: i64 = 210;
const TOP: i64 = 20;
const ROW: i64 = 16;

/// Adds the map to a pack of the agency that prepares it. It counts what every agency supplied, and so it is for no one else.
pub fn add(pack: &Pack<'_>, section: &mut Section) {
    let picture = pack.view.picture;
    if !pack.is_for_own() {
        return;
    }
    let mut map = silence_map(&picture.supplied, picture.settings.period, picture.as_of);
    let has_something = |cells: &[Month]| cells.iter().any(|cell| cell.state() != State::Nothing);
    map.agencies.retain(|(_, cells)| has_something(cells));
    if map.agencies.is_empty() || map.months.is_empty() {
        return;
    }
    trim(&mut map);
    section.blocks.push(Block::Picture(Picture {
        svg: drawing(pack, &map),
        caption: format!(
            "Agency by month{}. A filled square: it told something about that month. An empty square: it was working with somebody of the family, and nothing came. A dash: its export does not cover the month. A question mark: it was asked; a tick: it answered; a cross: it kept something back.",
            if map.is_cut { ", the last five years" } else { "" }
        ),
        is_wide: false,
    }));
    let mut table = Grid::new(
        "silence",
        "The same in words: months of each kind.",
        &[
            "Agency",
            "Told of",
            "Involved, nothing came",
            "Outside its export",
            "Asked, answered or kept back",
        ],
    );
    for (id, cells) in &map.agencies {
        let of = |state: State| cells.iter().filter(|cell| cell.state() == state).count();
        let mut row = vec![pack.agency(id).to_owned()];
        row.extend(
            [State::Supplied, State::Silent, State::OutsideCoverage]
                .map(|state| of(state).to_string()),
        );
        row.push(
            [State::Asked, State::Answered, State::Withheld]
                .map(of)
                .iter()
                .sum::<usize>()
                .to_string(),
        );
        table.rows.push(row);
    }
    section.table(table);
}

/// Cuts off the months before anything happened between anybody: they say that no export reaches back so far.
fn trim(map: &mut SilenceMap) {
    let says = |cell: &Month| !matches!(cell.state(), State::Nothing | State::OutsideCoverage);
    let first = map.agencies.iter();
    let first = first
        .filter_map(|(_, cells)| cells.iter().position(says))
        .min();
    let first = first.unwrap_or(0).min(map.months.len().saturating_sub(1));
    map.months.drain(..first);
    for (_, cells) in &mut map.agencies {
        cells.drain(..first.min(cells.len()));
    }
}

fn drawing(pack: &Pack<'_>, map: &SilenceMap) -> Markup {
    let step = ((WIDTH - LEFT) / map.months.len().max(1) as i64).clamp(6, 16);
    let height = TOP + ROW * map.agencies.len() as i64 + 6;
    let width = LEFT + step * map.months.len() as i64 + 10;
    html! {
        svg viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) role="img" aria-label="What each agency told, by month; the table that follows says the same in words" {
            @for (at, month) in map.months.iter().enumerate() {
                @if at == 0 || month.format("%m").to_string() == "01" {
                    @let x = LEFT + step * at as i64;
                    line.grid x1=(x) x2=(x) y1=(TOP - 4) y2=(height - 6) {}
                    @if at == 0 || at > 3 { text.small x=(x + 2) y=(TOP - 8) { (month.format(if at == 0 { "%b %Y" } else { "%Y" }).to_string()) } }
                }
            }
            @for (row, (id, cells)) in map.agencies.iter().enumerate() {
                @let y = TOP + ROW * row as i64;
                text.small x=(LEFT - 14) y=(y + 10) text-anchor="end" { (short(pack.agency(id))) }
                @for (at, cell) in cells.iter().enumerate() { (one(LEFT + step * at as i64, y, step.min(11), cell.state())) }
            }
        }
    }
}

fn one(x: i64, y: i64, side: i64, state: State) -> Markup {
    let sign = match state {
        State::Withheld => "\u{d7}",
        State::Answered => "\u{2713}",
        State::Asked => "?",
        _ => "",
    };
    html! {
        @match state {
            State::Supplied => rect.bar x=(x + 1) y=(y + 1) width=(side - 2) height=(side - 2) {},
            State::Silent => rect.hollow x=(x + 2) y=(y + 2) width=(side - 3) height=(side - 3) {},
            State::OutsideCoverage => line.axis x1=(x + 2) x2=(x + side - 2) y1=(y + side / 2 + 1) y2=(y + side / 2 + 1) {},
            State::Nothing => {},
            _ => text.small x=(x + side / 2) y=(y + 10) text-anchor="middle" { (sign) },
        }
    }
}
