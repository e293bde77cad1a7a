//! People: a person with their records, and a pair taken apart field by field.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use super::sources::when;
use crate::model::date::age_on;
use crate::model::person::{Agreement, LinkStatus, Outcome, Pair, Person};
use crate::model::phrase::Phrase;
use crate::model::record::Record;
use crate::picture::Picture;
use crate::tui::text;

/// A person in a list.
pub fn person_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(person) = scene.picture.people.persons.get(at) else {
        return Line::default();
    };
    let room = (scene.width / 3).clamp(16, 30);
    let style = if matches!(person.status, LinkStatus::Ambiguous | LinkStatus::Review) {
        scene.theme.flag(2)
    } else {
        scene.theme.plain()
    };
    let words = format!(
        "{}{}, {}",
        born(scene.picture, person),
        roles(person),
        records(scene.picture, person)
    );
    let left = scene.width.saturating_sub(room + 14);
    Line::from(vec![
        Span::styled(
            format!("  {} ", text::pad(&person.name, room)),
            scene.theme.bar(),
        ),
        Span::styled(format!("{} ", text::pad(person.status.phrase(), 9)), style),
        Span::raw(text::fit(&words, left)),
    ])
}

fn born(picture: &Picture, person: &Person) -> String {
    let Some(birth) = person.births.first() else {
        return "born: not known, ".to_owned();
    };
    let age = birth
        .exact()
        .map(|day| age_on(day, picture.as_of))
        .filter(|age| *age >= 0);
    let age = age.map_or(String::new(), |age| format!(" ({age})"));
    let more = if person.births.len() > 1 {
        " or another day"
    } else {
        ""
    };
    format!("{}{age}{more}, ", birth.date_cell())
}

fn roles(person: &Person) -> String {
    let roles: Vec<&str> = person.roles.iter().map(|role| role.phrase()).collect();
    if roles.is_empty() {
        "role not known".to_owned()
    } else {
        roles.join("/")
    }
}

fn records(picture: &Picture, person: &Person) -> String {
    let mut agencies: Vec<&str> = person
        .records
        .iter()
        .filter_map(|at| picture.supplied.records.get(*at))
        .map(|record| picture.supplied.agency_name(record.id.agency()))
        .collect();
    agencies.sort_unstable();
    agencies.dedup();
    let count = person.records.len();
    format!(
        "{count} record{} of {}",
        if count == 1 { "" } else { "s" },
        agencies.join(", ")
    )
}

/// Both sides of a pair in words.
pub fn pair_words(picture: &Picture, at: usize) -> String {
    let Some((left, right)) = picture
        .people
        .pairs
        .get(at)
        .and_then(|pair| sides(picture, pair))
    else {
        return String::new();
    };
    let side = |record: &Record| {
        format!(
            "{} ({})",
            name(record),
            picture.supplied.agency_name(record.id.agency())
        )
    };
    format!("{} = {} ?", side(left), side(right))
}

fn name(record: &Record) -> String {
    let name = record.name();
    if name.is_empty() {
        format!("(no name) {}", record.id)
    } else {
        name
    }
}

fn sides<'a>(picture: &'a Picture, pair: &Pair) -> Option<(&'a Record, &'a Record)> {
    let records = &picture.supplied.records;
    Some((records.get(pair.left)?, records.get(pair.right)?))
}

/// A pair in a list.
pub fn pair_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(pair) = scene.picture.people.pairs.get(at) else {
        return Line::default();
    };
    let style = if pair.outcome == Outcome::Ambiguous {
        scene.theme.flag(2)
    } else {
        scene.theme.plain()
    };
    let lead = format!(
        "  {} {:>6.1} bits ",
        text::pad(pair.outcome.phrase(), 9),
        pair.weight
    );
    let room = scene.width.saturating_sub(text::columns(&lead));
    Line::from(vec![
        Span::styled(lead, style),
        Span::raw(text::fit(&pair_words(scene.picture, at), room)),
    ])
}

/// A pair taken apart: what each field gives, and the sum.
pub fn pair(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(pair) = scene.picture.people.pairs.get(at) else {
        return;
    };
    page.styled(&pair_words(scene.picture, at), scene.theme.heading());
    let said = format!(
        "{}, probability {:.3}, decided by {}. {}",
        pair.outcome.phrase(),
        pair.probability,
        pair.decided_by,
        pair.reason
    );
    page.text(&said);
    page.gap();
    let columns = Columns::of(scene.width.max(page.width));
    page.lines.push(Line::styled(
        columns.row(["field", "left", "right", "reads as", "bits"]),
        scene.theme.key(),
    ));
    let most = pair
        .fields
        .iter()
        .map(|f| f.weight.abs())
        .chain([pair.prior_weight.abs(), pair.weight.abs()])
        .fold(1.0, f64::max);
    for field in &pair.fields {
        let reads = format!("{}: {}", field.agreement.phrase(), field.level);
        let cells = [
            field.field,
            &field.left,
            &field.right,
            &reads,
            &bits(field.weight),
        ];
        let style = match field.agreement {
            Agreement::Agree => scene.theme.good(),
            Agreement::Close | Agreement::Blank => scene.theme.plain(),
            Agreement::Differ => scene.theme.flag(2),
        };
        page.lines.push(Line::from(vec![
            Span::raw(columns.row(cells)),
            Span::styled(format!(" {}", bar(field.weight, most, columns.bar)), style),
        ]));
    }
    let sum = [
        ("before any field", pair.prior_weight),
        ("sum", pair.weight),
    ];
    for (label, weight) in sum {
        let cells = [label, "", "", "", &bits(weight)];
        let line = format!("{} {}", columns.row(cells), bar(weight, most, columns.bar));
        page.lines.push(Line::styled(line, scene.theme.bar()));
    }
    moves(scene, pair, page);
    rival(scene, at, page);
}

/// What the answer "same" would move from one person to the other.
fn moves(scene: Scene<'_>, pair: &Pair, page: &mut Page) {
    let person = |record: usize| scene.picture.people.person_of.get(record).copied();
    let (Some(left), Some(right)) = (person(pair.left), person(pair.right)) else {
        return;
    };
    page.gap();
    let facts = |person: usize| scene.index.facts_of_person.get(person).map_or(0, Vec::len);
    let words = if left == right {
        format!("They are one person now, with {} facts.", facts(left))
    } else {
        format!(
            "They are two persons now: {} with {} facts and {} with {}. “Same” puts all on one page.",
            scene.picture.person_name(left),
            facts(left),
            scene.picture.person_name(right),
            facts(right)
        )
    };
    page.text(&words);
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

/// A person with their records.
pub fn person(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (picture, Some(person)) = (scene.picture, scene.picture.people.persons.get(at)) else {
        return;
    };
    page.styled(&person.name, scene.theme.heading());
    page.field("other names", &person.other_names.join(", "));
    let births: Vec<String> = person.births.iter().map(when).collect();
    page.field("born", &births.join(" or "));
    let sexes: Vec<&str> = person.sexes.iter().map(|sex| sex.phrase()).collect();
    page.field("sex", &sexes.join(" or "));
    page.field("roles", &roles(person));
    page.field(
        "facts",
        &scene
            .index
            .facts_of_person
            .get(at)
            .map_or(0, Vec::len)
            .to_string(),
    );
    let decided = person.decided_by.join(", ");
    let is_machine = person
        .decided_by
        .iter()
        .any(|by| matches!(by.as_str(), "model" | "rule" | "identifier"));
    page.field(
        "links",
        &match (person.status, is_machine) {
            (LinkStatus::Ambiguous, _) => format!(
                "ambiguous: person unresolved ({} candidates)",
                person.candidates
            ),
            (status, true) => format!(
                "{}, decided by {decided}; not confirmed by a person",
                status.phrase()
            ),
            (status, false) if decided.is_empty() => status.phrase().to_owned(),
            (status, false) => format!("{}, decided by {decided}", status.phrase()),
        },
    );
    for relationship in &picture.supplied.relationships {
        let person_of = |id| {
            picture
                .supplied
                .record(id)
                .and_then(|r| picture.people.person_of.get(r))
                .copied()
        };
        if person_of(&relationship.record) == Some(at) {
            let other = person_of(&relationship.related);
            let other = other.map_or(relationship.related.as_str(), |p| picture.person_name(p));
            let by = picture.supplied.agency_name(&relationship.agency);
            page.field(
                "relation",
                &format!("{} {other}, says {by}", relationship.relationship),
            );
        }
    }
    page.heading("Records");
    for record in person
        .records
        .iter()
        .filter_map(|at| picture.supplied.records.get(*at))
    {
        describe(picture, record, page);
    }
}

fn describe(picture: &Picture, record: &Record, page: &mut Page) {
    let agency = picture.supplied.agency_name(record.id.agency());
    page.item("-", &format!("{agency}: {} ({})", name(record), record.id));
    if !record.described {
        page.field("", "only named in an entry");
    }
    page.field(
        "  born",
        &if record.birth.is_known() {
            when(&record.birth)
        } else {
            String::new()
        },
    );
    page.field(
        "  address",
        &format!("{} {}", record.address, record.postcode),
    );
    page.field(
        "  protected",
        if record.protected_address {
            "yes: the address must not be shown to those it is hidden from"
        } else {
            ""
        },
    );
    for row in &record.rows {
        page.field("  source row", &row.text(&picture.supplied.files));
    }
}
