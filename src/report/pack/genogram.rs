//! Draws a family picture as inline SVG, from the same places on the same grid as the terminal's.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::model::words::Sex;
use crate::picture::genogram::{
    Family, Genogram, Line, LineKind, Member, Placed, Point, inside, labels,
};
use crate::report::safe::terminal_safe_line;

const COLUMN: i32 = 8;
const ROW: i32 = 19;
const HALF: i32 = 15;

fn px(x: i32) -> i32 {
    x * COLUMN + COLUMN / 2
}

fn py(y: i32) -> i32 {
    y * ROW + ROW / 2 + 4
}

/// The drawing. Its equal in words stands beside it.
pub fn drawing(family: &Family, drawn: &Genogram) -> Markup {
    let (width, height) = (px(drawn.width) + COLUMN, py(drawn.height) + ROW);
    html! {
        svg viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) role="img" aria-label="Family picture; the table that follows says the same in words" {
            @for home in &drawn.loops {
                path.home d=(path(&home.points, true)) {}
                @if let Some(corner) = home.points.iter().min_by_key(|point| (point.y, point.x)) {
                    text.small.halo x=(px(corner.x) + 10) y=(py(corner.y) + 4) { "home " (home.home) }
                }
            }
            @for line in &drawn.lines { (one_line(line)) }
            @for placed in &drawn.placed {
                @if let Some(member) = family.members.get(placed.member) { (one_member(family, *placed, member)) }
            }
        }
    }
}

fn path(points: &[Point], is_closed: bool) -> String {
    let mut path = String::new();
    for (at, point) in points.iter().enumerate() {
        // writing to a string cannot fail
        let _ = write!(
            path,
            "{}{} {}",
            if at == 0 { 'M' } else { 'L' },
            px(point.x),
            py(point.y)
        );
    }
    if is_closed {
        path.push('Z');
    }
    path
}

fn one_line(line: &Line) -> Markup {
    let class = match line.kind {
        LineKind::Partner => "tie partner",
        LineKind::Parents => "tie parents",
        LineKind::Care => "tie care",
        LineKind::Adopted => "tie adopted",
        LineKind::Married | LineKind::Child | LineKind::Twin => "tie",
    };
    let level = line
        .points
        .windows(2)
        .filter_map(|pair| Some((pair.first()?, pair.last()?)))
        .filter(|(from, to)| from.y == to.y);
    let longest = level
        .max_by_key(|(from, to)| (from.x - to.x).abs())
        .filter(|_| line.is_over);
    html! {
        path class=(class) d=(path(&line.points, false)) {}
        @if let Some((from, to)) = longest {
            @let x = i32::midpoint(px(from.x), px(to.x)) - 18;
            path.tie d=(format!("M{} {}L{} {}", x - 4, py(from.y) + 9, x + 4, py(from.y) - 9)) {}
        }
    }
}

fn one_member(family: &Family, placed: Placed, member: &Member) -> Markup {
    let (x, y) = (px(placed.x), py(placed.y));
    let half = if placed.is_small { 9 } else { HALF };
    let within = inside(member);
    let words = if placed.is_small {
        Default::default()
    } else {
        labels(family, placed.member)
    };
    let is_dead = member.death.is_some();
    html! {
        (shape(member, x, y, half))
        @if member.is_index { (shape(member, x, y, half - 4)) }
        @if is_dead { path.tie d=(format!("M{} {}L{} {}M{} {}L{} {}", x - half, y - half, x + half, y + half, x - half, y + half, x + half, y - half)) {} }
        @if !member.is_unborn() {
            text.halo[is_dead].small[placed.is_small] x=(x) y=(y + 5) text-anchor="middle" { (within.trim_start_matches('X')) }
        }
        @for (at, line) in words.iter().enumerate() {
            text.low[at == 2].small[at == 2].halo x=(x) y=(y + HALF + 14 + 16 * at as i32) text-anchor="middle" { (terminal_safe_line(line)) }
        }
    }
}

fn shape(member: &Member, x: i32, y: i32, half: i32) -> Markup {
    let corners = |points: &[(i32, i32)]| {
        let all: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        all.join(" ")
    };
    html! {
        @if member.is_unborn() {
            polygon.shape points=(corners(&[(x, y - half), (x + half, y + half), (x - half, y + half)])) {}
        } @else if member.sex == Some(Sex::Male) {
            rect.shape x=(x - half) y=(y - half) width=(2 * half) height=(2 * half) {}
        } @else if member.sex == Some(Sex::Female) {
            circle.shape cx=(x) cy=(y) r=(half) {}
        } @else {
            polygon.shape points=(corners(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)])) {}
        }
    }
}
