//! Draws the charts as inline SVG. Each has a title, and its lines differ by more than colour.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::super::figures::{count, number};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 48.0;

/// One bar of a histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Where it begins; it is one bit wide.
    pub from: f64,
    /// How many it counts.
    pub count: u64,
}

/// One line of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it shows.
    pub name: &'static str,
    /// Weight and value, the value between 0 and 1.
    pub points: Vec<(f64, f64)>,
}

/// The plane that a chart is drawn in: values from 0 to 1 upwards over weights.
struct Plane {
    from: f64,
    until: f64,
}

impl Plane {
    fn x(&self, weight: f64) -> f64 {
        let share = (weight - self.from) / (self.until - self.from).max(1.0);
        LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y(share: f64) -> f64 {
        HEIGHT - BOTTOM - share.clamp(0.0, 1.0) * (HEIGHT - BOTTOM - TOP)
    }

    /// Weights to mark below the axis, with the probability that they are.
    fn marks(&self) -> Vec<(f64, String)> {
        let step = if self.until - self.from > 36.0 {
            10.0
        } else {
            5.0
        };
        let mut marks = Vec::new();
        let mut weight = (self.from / step).ceil() * step;
        while weight <= self.until {
            let text = if weight == 0.0 {
                "0 bits".to_owned()
            } else {
                number(weight, 0)
            };
            marks.push((weight, text));
            weight += step;
        }
        marks
    }

    /// The cut-off, drawn above all else.
    fn cut(&self, cut: Option<f64>) -> Markup {
        let bottom = Self::y(0.0);
        html! {
            @if let Some(cut) = cut.filter(|cut| (self.from..=self.until).contains(cut)) {
                line.cut x1=(px(self.x(cut))) x2=(px(self.x(cut))) y1=(px(TOP)) y2=(px(bottom)) {}
                text.name x=(px(self.x(cut) + 5.0)) y=(px(bottom - 8.0)) { "cut-off" }
            }
        }
    }

    /// The frame: lines across at these heights with their texts, marks below.
    fn frame(&self, across: &[(f64, String)]) -> Markup {
        let bottom = Self::y(0.0);
        html! {
            @for (share, text) in across {
                line.grid x1=(px(LEFT)) x2=(px(WIDTH - RIGHT)) y1=(px(Self::y(*share))) y2=(px(Self::y(*share))) {}
                text x=(px(LEFT - 6.0)) y=(px(Self::y(*share) + 4.0)) text-anchor="end" { (text) }
            }
            line.axis x1=(px(LEFT)) x2=(px(WIDTH - RIGHT)) y1=(px(bottom)) y2=(px(bottom)) {}
            @for (weight, text) in self.marks() {
                line.axis x1=(px(self.x(weight))) x2=(px(self.x(weight))) y1=(px(bottom)) y2=(px(bottom + 5.0)) {}
                text x=(px(self.x(weight))) y=(px(bottom + 18.0)) text-anchor="middle" { (text) }
                text.low x=(px(self.x(weight))) y=(px(bottom + 34.0)) text-anchor="middle" { (probability(weight)) }
            }
        }
    }
}

/// The probability that a weight is, short enough to stand below an axis; only the first that is almost sure says so.
fn probability(weight: f64) -> String {
    let probability = 1.0 / (1.0 + (-weight).exp2());
    match weight {
        w if w > 10.0 => String::new(),
        10.0 => "over .999".to_owned(),
        _ => number(probability, 2),
    }
}

fn px(at: f64) -> String {
    number(at, 1)
}

/// Counts by weight, on a scale of powers of ten.
pub fn histogram(title: &str, bars: &[Bar], cut: Option<f64>) -> Markup {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return html! { p { (title) ": none." } };
    };
    let plane = Plane {
        from: first.from.min(-7.0),
        until: (last.from + 1.0).max(20.0),
    };
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1);
    let decades = (most as f64).log10().ceil().max(1.0);
    let across: Vec<(f64, String)> = (0..=decades as u32)
        .map(|power| (f64::from(power) / decades, count(10_u64.pow(power))))
        .collect();
    // a bar of one is still seen
    let height =
        |count: u64| (((count as f64).log10() / decades).max(0.012)) * (HEIGHT - BOTTOM - TOP);
    html! {
        figure {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) width=(px(WIDTH)) role="img" {
                title { (title) }
                desc { "Bars of one bit each; the heights are on a scale of powers of ten." }
                (plane.frame(&across))
                @for bar in bars.iter().filter(|bar| bar.count > 0) {
                    rect.bar x=(px(plane.x(bar.from) + 0.5)) width=(px((plane.x(bar.from + 1.0) - plane.x(bar.from) - 1.0).max(1.0)))
                        y=(px(Plane::y(0.0) - height(bar.count))) height=(px(height(bar.count))) {
                        title { (number(bar.from, 0)) " to " (number(bar.from + 1.0, 0)) " bits: " (count(bar.count)) " pairs" }
                    }
                }
                (plane.cut(cut))
            }
            figcaption { (title) ": each bar is one bit, heights by powers of ten; below, the weight and the probability that it is." }
        }
    }
}

/// Shares over weights, one line each.
pub fn curves(title: &str, lines: &[Line], cut: Option<f64>) -> Markup {
    let weights = || {
        lines
            .iter()
            .flat_map(|line| &line.points)
            .map(|(weight, _)| *weight)
    };
    if weights().next().is_none() {
        return html! {};
    }
    let plane = Plane {
        from: -7.0,
        until: weights().fold(20.0, f64::max).min(40.0),
    };
    let across: Vec<(f64, String)> = (0..=5)
        .map(|fifth| (f64::from(fifth) / 5.0, number(f64::from(fifth) / 5.0, 1)))
        .collect();
    html! {
        figure {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) width=(px(WIDTH)) role="img" {
                title { (title) }
                desc { "The table of measures says the same at the cut-off." }
                (plane.frame(&across))
                @for (at, line) in lines.iter().enumerate() {
                    path class=(if at == 0 { "first" } else { "second" }) d=(path(&plane, line)) { title { (line.name) } }
                }
                (plane.cut(cut))
            }
            figcaption {
                (title) ": "
                @for (at, line) in lines.iter().enumerate() {
                    @if at > 0 { ", " }
                    (line.name) @if at == 0 { " the unbroken line" } @else { " the broken line" }
                }
                "."
            }
        }
    }
}

fn path(plane: &Plane, line: &Line) -> String {
    let mut path = String::new();
    let inside = |weight: f64| (plane.from..=plane.until).contains(&weight);
    for (weight, share) in line.points.iter().filter(|(weight, _)| inside(*weight)) {
        let step = if path.is_empty() { 'M' } else { 'L' };
        // writing to a string cannot fail
        let _ = write!(
            path,
            "{step}{} {}",
            px(plane.x(*weight)),
            px(Plane::y(*share))
        );
    }
    path
}

/// Two shares one above the other, by powers of ten down to a millionth: m filled, u hollow.
pub fn beside(m: f64, u: f64) -> Markup {
    const DECADES: f64 = 6.0;
    let width = |share: f64| px(((share.log10() + DECADES) / DECADES).clamp(0.01, 1.0) * 58.0);
    html! {
        svg viewBox="0 0 60 16" width="60" height="16" role="img" {
            title { "m filled, u hollow" }
            rect.bar x="1" y="1" width=(width(m)) height="6" {}
            rect.hollow x="1" y="9" width=(width(u)) height="5" {}
        }
    }
}

/// A share as a bar.
pub fn part(title: &str, share: f64) -> Markup {
    html! {
        svg viewBox="0 0 160 14" width="160" height="14" role="img" {
            title { (title) }
            rect.bar x="1" y="2" width=(px((share.clamp(0.0, 1.0) * 158.0).max(0.5))) height="10" {}
        }
    }
}
