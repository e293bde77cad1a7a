//! A pair taken apart: what each field gives in bits, the sum, what the answer would move, and the best competing candidate.

use std::collections::BTreeMap;

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use super::people::pair_words;
use crate::model::person::{Agreement, FieldComparison, Outcome, Pair};
use crate::tui::text;

/// A pair taken apart: what each field gives, and the sum.
pub fn pair(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(pair) = scene.picture.people.pairs.get(at) else {
        return;
    };
    page.styled(&pair_words(scene.picture, at), scene.theme.heading());
    page.text(&stands(pair));
    waterfall(pair, page);
    page.gap();
    page.text(&pair.reason);
    moves(scene, at, pair, page);
    rival(scene, at, page);
}

/// How a pair stands, by whom, and how likely its fields alone make it one person.
fn stands(pair: &Pair) -> String {
    let by = match pair.decided_by.as_str() {
        "model" => "the program".to_owned(),
        "identifier" => "the program (a number that both hold)".to_owned(),
        "rule" => "the program (a rule)".to_owned(),
        name => name.to_owned(),
    };
    let words = match pair.outcome {
        Outcome::Linked => format!("One person, decided by {by}."),
        Outcome::Separate => format!("Two persons, decided by {by}."),
        Outcome::Review => "Open: a possible match.".to_owned(),
        Outcome::Ambiguous => "Open: two candidates are too close to call.".to_owned(),
    };
    let likely = match pair.probability * 100.0 {
        likely if likely > 99.9 => "over 99.9%".to_owned(),
        likely if likely < 0.1 => "under 0.1%".to_owned(),
        likely => format!("{likely:.1}%"),
    };
    format!("{words} Its fields alone: {likely}.")
}

/// What is known before any field, what each field adds or takes, and the sum.
fn waterfall(pair: &Pair, page: &mut Page) {
    let theme = page.theme;
    let columns = Columns::of(page.width);
    let names = columns.row(["field", "left", "right", "reads as", "bits"]);
    page.lines.push(Line::styled(names, theme.key()));
    let weights = pair.fields.iter().map(|field| field.weight.abs());
    let most = weights
        .chain([pair.prior_weight.abs(), pair.weight.abs()])
        .fold(1.0, f64::max);
    let total = |label: &str, weight: f64| {
        let cells = columns.row([label, "", "", "", &bits(weight)]);
        let bar = bar(weight, most, columns.bar);
        Line::styled(format!("{cells} {bar}"), theme.bar())
    };
    page.lines
        .push(total("before any field", pair.prior_weight));
    let says =
        |field: &&FieldComparison| field.agreement != Agreement::Blank || field.weight != 0.0;
    for field in pair.fields.iter().filter(says) {
        let reads = format!("{}: {}", field.agreement.phrase(), field.level);
        let name = field.field.replace('_', " ");
        let cells = [
            &name,
            &field.left,
            &field.right,
            &reads,
            &bits(field.weight),
        ];
        let style = match field.agreement {
            Agreement::Agree => theme.good(),
            Agreement::Close | Agreement::Blank => theme.plain(),
            Agreement::Differ => theme.flag(2),
        };
        page.lines.push(Line::from(vec![
            Span::raw(columns.row(cells.map(String::as_str))),
            Span::styled(format!(" {}", bar(field.weight, most, columns.bar)), style),
        ]));
    }
    page.lines.push(total("sum", pair.weight));
    let blank = pair.fields.iter().filter(|field| !says(field));
    let blank: Vec<String> = blank.map(|field| field.field.replace('_', " ")).collect();
    if !blank.is_empty() {
        page.field("blank, +0.0", &blank.join(", "));
    }
}

/// What the answer "same" would move from one person to the other.
fn moves(scene: Scene<'_>, at: usize, pair: &Pair, page: &mut Page) {
    let person = |record: usize| scene.picture.people.person_of.get(record).copied();
    let (Some(left), Some(right)) = (person(pair.left), person(pair.right)) else {
        return;
    };
    let words = if left == right {
        let facts = scene.index.facts_of_person.get(left).map_or(0, Vec::len);
        format!("They are one person now, with {facts} facts. “Different” parts the two records.")
    } else {
        let (to, from) = (scene.picture.person_name(left), facts(scene, right));
        format!("They are two persons now. “Same” puts on the page of {to}: {from}.")
    };
    page.text(&words);
    if let Some(stake) = scene.index.stakes.get(&at) {
        let name = stake.moves.map_or("", |at| scene.picture.person_name(at));
        page.text(&format!(
            "What an answer would move: {} of {name}. {}",
            stake.short(),
            stake.sentence()
        ));
    }
}

fn rival(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(rival) = scene.index.rival(scene.picture, at) else {
        page.text("No other candidate competes.");
        return;
    };
    let weight = scene
        .picture
        .people
        .pairs
        .get(rival)
        .map_or(0.0, |pair| pair.weight);
    page.text(&format!(
        "Best competing candidate: {} {weight:.1} bits.",
        pair_words(scene.picture, rival)
    ));
}

/// Bits with their sign.
fn bits(weight: f64) -> String {
    format!("{weight:+.1}")
}

/// A bar as long as the weight is large: `#` speaks for one person, `-` against.
fn bar(weight: f64, most: f64, room: usize) -> String {
    let length = (weight.abs() / most * room as f64).round() as usize;
    let sign = if weight >= 0.0 { "█" } else { "-" };
    sign.repeat(length.min(room))
}

/// The widths of the waterfall's columns.
struct Columns {
    widths: [usize; 5],
    bar: usize,
}

impl Columns {
    fn of(width: usize) -> Self {
        let bar = if width >= 100 { 16 } else { 8 };
        let rest = width.saturating_sub(16 + 7 + bar + 5);
        let reads = (rest * 2 / 5).clamp(8, 30);
        let side = rest.saturating_sub(reads) / 2;
        Self {
            widths: [16, side, side, reads, 6],
            bar,
        }
    }

    fn row(&self, cells: [&str; 5]) -> String {
        let mut out = String::new();
        for (n, (cell, width)) in cells.into_iter().zip(self.widths).enumerate() {
            let cell = if n == 4 {
                text::pad_left(cell, width)
            } else {
                text::pad(cell, width)
            };
            out.push_str(&cell);
            if n < 4 {
                out.push(' ');
            }
        }
        out
    }
}

/// How many facts of each agency a person has, in words.
fn facts(scene: Scene<'_>, person: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let facts = scene.index.facts_of_person.get(person);
    for fact in facts.into_iter().flatten() {
        if let Some(fact) = scene.picture.timeline.facts.get(*fact) {
            let name = scene.picture.supplied.agency_name(&fact.first_agency);
            *counts.entry(name).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return "no fact".to_owned();
    }
    let counts = counts.iter().map(|(agency, count)| {
        let plural = if *count == 1 { "" } else { "s" };
        format!("{count} fact{plural} told by {agency}")
    });
    counts.collect::<Vec<_>>().join(", ")
}
