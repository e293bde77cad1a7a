//! Draws a family picture with characters, for a terminal.

use unicode_width::UnicodeWidthChar;

use super::bond::Bond;
use super::canvas::{Canvas, Pen};
use super::family::{Family, Member};
use super::{Genogram, LABEL, LineKind, Placed};
use crate::model::words::Sex;

impl Genogram {
    /// The picture as lines of characters. Names are as supplied: what is shown of them passes the terminal's border.
    pub fn text(&self, family: &Family) -> Vec<String> {
        let mut canvas = Canvas::new(self.width, self.height);
        for home in &self.loops {
            let corners = home.points.iter().chain(home.points.first());
            let corners: Vec<(i32, i32)> = corners.map(|point| (point.x, point.y)).collect();
            for pair in corners.windows(2) {
                if let [from, to] = pair {
                    canvas.line(*from, *to, Pen::Loop);
                }
            }
            if let Some(corner) = home.points.iter().min_by_key(|point| (point.y, point.x)) {
                canvas.words(corner.x + 2, corner.y, &format!(" home {} ", home.home));
            }
        }
        for line in &self.lines {
            draw_line(&mut canvas, line);
        }
        for placed in &self.placed {
            if let Some(member) = family.members.get(placed.member) {
                draw_member(&mut canvas, family, *placed, member);
            }
        }
        canvas.lines()
    }
}

fn draw_line(canvas: &mut Canvas, line: &super::Line) {
    let pen = match line.kind {
        LineKind::Married | LineKind::Child | LineKind::Twin => Pen::Solid,
        LineKind::Partner => Pen::Dashed,
        LineKind::Parents | LineKind::Care => Pen::Dotted,
        LineKind::Adopted => Pen::Double,
    };
    for pair in line.points.windows(2) {
        let [from, to] = pair else {
            continue;
        };
        if line.kind == LineKind::Twin {
            canvas.line((from.x, from.y), (to.x, from.y), pen);
            canvas.line((to.x, from.y), (to.x, to.y), pen);
        } else {
            canvas.line((from.x, from.y), (to.x, to.y), pen);
        }
    }
    if line.is_over {
        // the longest level piece carries the stroke
        let pieces = line
            .points
            .windows(2)
            .filter(|pair| pair.first().map(|p| p.y) == pair.last().map(|p| p.y));
        let longest = pieces.max_by_key(|pair| {
            pair.first()
                .zip(pair.last())
                .map(|(a, b)| (a.x - b.x).abs())
        });
        if let Some((from, to)) = longest.and_then(|pair| pair.first().zip(pair.last())) {
            // beside the middle, where the line to the children leaves
            canvas.words(i32::midpoint(from.x, to.x) - 2, from.y, "/");
        }
    }
}

fn draw_member(canvas: &mut Canvas, family: &Family, placed: Placed, member: &Member) {
    let symbol = symbol(member);
    centred(canvas, placed.x, placed.y, &symbol);
    if placed.is_small {
        return;
    }
    for (line, text) in labels(family, placed.member).iter().enumerate() {
        centred(canvas, placed.x, placed.y + 1 + line as i32, text);
    }
}

fn centred(canvas: &mut Canvas, x: i32, y: i32, text: &str) {
    let columns = columns(text) as i32;
    canvas.words(x - columns / 2, y, text);
}

fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// The symbol: brackets by sex, doubled for a child whom the case is about, the age inside, a cross for the dead.
fn symbol(member: &Member) -> String {
    if member.is_unborn() {
        return if member.is_index { "//\\\\" } else { "/\\" }.to_owned();
    }
    let (open, close) = match member.sex {
        Some(Sex::Male) => ("[", "]"),
        Some(Sex::Female) => ("(", ")"),
        _ => ("<", ">"),
    };
    let twice = if member.is_index { 2 } else { 1 };
    format!(
        "{}{}{}",
        open.repeat(twice),
        inside(member),
        close.repeat(twice)
    )
}

/// What stands inside the symbol.
pub fn inside(member: &Member) -> String {
    let doubt = if member.is_unsure { "?" } else { "" };
    match (member.age, member.death.is_some()) {
        (_, _) if member.is_nobody() => "?".to_owned(),
        (Some(age), true) => format!("X{age}"),
        (None, true) => "X".to_owned(),
        (Some(age), false) => format!("{age}{doubt}"),
        (None, false) => "  ".to_owned(),
    }
}

/// The three lines below a symbol: the name on two, then what no line shows, or the year of birth.
pub fn labels(family: &Family, at: usize) -> [String; 3] {
    let Some(member) = family.members.get(at) else {
        return Default::default();
    };
    let [first, second] = two_lines(&member.name);
    [first, second, cut(&detail(family, at, member), LABEL)]
}

fn detail(family: &Family, at: usize, member: &Member) -> String {
    let responsible = family
        .ties
        .iter()
        .any(|tie| tie.one == at && tie.has_responsibility);
    let kin = family.ties_of(at).find(|(_, tie)| {
        tie.one == at
            && matches!(
                tie.bond,
                Bond::AuntUncle
                    | Bond::Grandparent
                    | Bond::Carer
                    | Bond::Foster
                    | Bond::Step
                    | Bond::Other
            )
    });
    let is_parent = family
        .ties_of(at)
        .any(|(_, tie)| tie.one == at && tie.bond.is_parent());
    if let Some((_, tie)) = kin.filter(|_| !is_parent) {
        let worded = tie.worded.first().map_or(tie.bond.phrase(), String::as_str);
        return worded.trim_end_matches(" of").to_owned();
    }
    if let (None, Some(role), false) = (
        family.ties_of(at).next(),
        member.roles.first(),
        member.is_child,
    ) {
        return (*role).to_owned();
    }
    let year = |day: crate::model::date::Day| day.format("%Y").to_string();
    let born = match (member.birth, member.death, member.due) {
        (Some(birth), Some(death), _) => format!("{}\u{2013}{}", year(birth), year(death)),
        (Some(birth), None, _) => format!("b. {}", year(birth)),
        (None, Some(death), _) => format!("d. {}", year(death)),
        (None, None, Some(due)) => format!("due {}", due.format("%b %Y")),
        (None, None, None) => String::new(),
    };
    match (responsible, born.is_empty()) {
        (true, true) => "PR".to_owned(),
        (true, false) => format!("{born} PR"),
        (false, _) => born,
    }
}

/// A name on two lines, broken between words where it can be.
fn two_lines(name: &str) -> [String; 2] {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((last, first)) = words.split_last() else {
        return Default::default();
    };
    let first = first.join(" ");
    if first.is_empty() {
        let head = cut(last, LABEL);
        return [head, String::new()];
    }
    [cut(&first, LABEL), cut(last, LABEL)]
}

/// Cuts a text to so many columns.
fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > most {
            break;
        }
        used += wide;
        out.push(c);
    }
    out + "\u{2026}"
}
