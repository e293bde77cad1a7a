//! People: a person with their records, and pairs as they stand in the list.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use super::sources::when;
use crate::model::date::{Day, When, age_on};
use crate::model::decision::About;
use crate::model::person::{LinkStatus, Outcome, Pair, Person};
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
    let is_dated = picture.as_of != Day::default();
    let age = birth
        .exact()
        .filter(|_| is_dated)
        .map(|day| age_on(day, picture.as_of))
        .filter(|age| *age >= 0);
    let age = age.map_or(String::new(), |age| format!(" ({age})"));
    // a child who is not born yet has a day on which the birth is expected
    let due = is_dated && birth.exact().is_some_and(|day| day > picture.as_of);
    let due = if due { "due " } else { "" };
    let mut words = format!("{due}{}{age}", birth.date_cell());
    for other in person.births.iter().skip(1).map(When::date_cell) {
        words.push_str(" or ");
        words.push_str(&other);
    }
    words.push_str(", ");
    words
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
    // what waits for an answer says how much hangs on it; what is decided, how likely it was
    let measure = match scene.index.stakes.get(&at) {
        Some(stake) if scene.width >= 90 => text::pad(&stake.short(), 27),
        Some(stake) => text::pad(&stake.short(), 20),
        None => format!("{:>6.1} bits", pair.weight),
    };
    let lead = format!("  {} {measure} ", text::pad(pair.outcome.phrase(), 9));
    let room = scene.width.saturating_sub(text::columns(&lead));
    Line::from(vec![
        Span::styled(lead, style),
        Span::raw(text::fit(&pair_words(scene.picture, at), room)),
    ])
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
    relations(picture, at, page);
    page.heading("Records");
    for record in person
        .records
        .iter()
        .filter_map(|at| picture.supplied.records.get(*at))
    {
        describe(picture, record, page);
    }
}

/// What the agencies say of how this person is related to others.
fn relations(picture: &Picture, at: usize, page: &mut Page) {
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
    let note = picture.by_hand.notes.get(&About::Record(record.id.clone()));
    if let Some((note, by)) = note {
        page.field("  note", &format!("{note} ({by})"));
    }
    for row in &record.rows {
        page.field("  source row", &row.text(&picture.supplied.files));
    }
}
