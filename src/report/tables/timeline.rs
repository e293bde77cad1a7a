//! `timeline.csv`: one row a fact.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::basis::NOT_MAPPED;
use crate::model::date::{Day, When};
use crate::model::entry::Entry;
use crate::model::fact::{Fact, Origin};
use crate::model::id::{AgencyId, ConclusionId};
use crate::model::person::{LinkStatus, Person};
use crate::model::phrase::{Coded, Phrase};
use crate::picture::Picture;
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 37] = [
    "date",
    "end_date",
    "time",
    "date_precision",
    "persons",
    "agency",
    "agencies",
    "text",
    "kind",
    "category",
    "basis",
    "basis_label",
    "basis_status",
    "consent_state",
    "told",
    "handling",
    "shareable",
    "channel",
    "origin",
    "origins_low",
    "origins_high",
    "significance",
    "polarity",
    "domain",
    "action",
    "outcome",
    "child_view",
    "family_view",
    "recorded_on",
    "received_on",
    "cited",
    "disagrees_with",
    "flags",
    "person_ids",
    "fact_id",
    "entries",
    "source_rows",
];

/// Columns that a copy for the family never holds: judgements, what others hold, ids made from content, rows.
const NOT_FOR_FAMILY: [&str; 20] = [
    "agencies",
    "basis_status",
    "consent_state",
    "handling",
    "shareable",
    "origin",
    "origins_low",
    "origins_high",
    "significance",
    "domain",
    "cited",
    "disagrees_with",
    "flags",
    "person_ids",
    "fact_id",
    "entries",
    "source_rows",
    "recorded_on",
    "received_on",
    "channel",
];

/// Which facts to show; everything that is not set lets every fact through.
pub type Keep<'a> = dyn Fn(usize) -> bool + 'a;

/// Lays out the merged timeline, by date, then fact id; undated facts last.
pub fn timeline(view: &View<'_>, keep: &Keep<'_>) -> Table {
    let mut table =
        Table::new("timeline", COLUMNS).headed_by(&["date", "time", "agency", "persons"]);
    let flags = flags_by_fact(view);
    for (at, fact) in view
        .picture
        .timeline
        .facts
        .iter()
        .enumerate()
        .filter(|(at, _)| keep(*at))
    {
        if view.shows(at) {
            table.rows.push(row(
                view,
                at,
                fact,
                flags.get(&at).map_or(&[], Vec::as_slice),
            ));
        } else {
            table.withhold(view.because(at));
        }
    }
    if view.is_family() {
        table.sort_by_columns(&["date", "time", "agency", "text"]);
    } else {
        table.sort_by_columns(&["date", "fact_id"]);
    }
    table
}

/// One fact with what its cells are made from.
struct Row<'a> {
    view: &'a View<'a>,
    fact: &'a Fact,
    lead: Option<&'a Entry>,
    told: Vec<&'a Entry>,
    persons: Vec<usize>,
}

impl Row<'_> {
    /// The lead's cell, else the first that an echo fills.
    fn first(&self, cell: fn(&Entry) -> &str) -> Cell {
        let all = self.lead.into_iter().chain(self.told.iter().copied());
        Cell::text(
            all.map(cell)
                .find(|text| !text.trim().is_empty())
                .unwrap_or_default(),
        )
    }

    /// When, who, what.
    fn event(&self) -> Vec<Cell> {
        let fact = self.fact;
        vec![
            Cell::Day(fact.when.date_cell()),
            Cell::Day(fact.when.end_cell()),
            Cell::text(fact.time.map(shown_time).unwrap_or_default()),
            Cell::text(fact.when.precision.phrase()),
            Cell::list(
                self.persons
                    .iter()
                    .filter_map(|&person| self.view.person(person))
                    .map(|person| self.view.without_id(named(person))),
            ),
            Cell::text(fact.first_agency.as_str()),
            Cell::list(fact.agencies.iter().map(AgencyId::as_str)),
            self.first(|entry| &entry.text),
            Cell::text(fact.kind.text()),
            self.first(|entry| &entry.category),
        ]
    }

    /// The labels of the codes; a basis that is not in the vocabulary is given in the agency's own words.
    fn basis_label(&self) -> String {
        let vocabulary = &self.view.picture.vocabulary;
        let words: BTreeSet<&str> = self
            .told
            .iter()
            .filter(|entry| entry.basis.iter().any(|code| &**code == NOT_MAPPED))
            .map(|entry| entry.basis_raw.trim())
            .collect();
        let label = |code: &str| {
            let label = vocabulary.labels(&[code]);
            if code == NOT_MAPPED && !self.view.is_family() {
                let words: Vec<&str> = words.iter().copied().collect();
                format!("{label}: {}", words.join(", "))
            } else {
                label
            }
        };
        let labels = self.fact.basis.iter().map(|code| label(code));
        labels.collect::<Vec<_>>().join("|")
    }

    /// On what ground, and who may see it.
    fn basis(&self, answer: &str) -> Vec<Cell> {
        let fact = self.fact;
        vec![
            Cell::list(&fact.basis),
            Cell::text(self.basis_label()),
            Cell::text(fact.status.phrase()),
            Cell::text(fact.consent_state.text()),
            Cell::text(fact.told.text()),
            Cell::list(fact.handling.iter().map(Coded::text)),
            Cell::text(answer),
        ]
    }

    /// Who said it first, what it weighs, what came of it.
    fn weight(&self) -> Vec<Cell> {
        let fact = self.fact;
        let domains: BTreeSet<&str> = self
            .told
            .iter()
            .flat_map(|entry| &entry.domains)
            .map(String::as_str)
            .collect();
        let date = |when: fn(&Entry) -> &When| self.lead.map(|entry| when(entry).date_cell());
        vec![
            Cell::text(fact.channel.text()),
            Cell::list(fact.origins.iter().map(Origin::text)),
            Cell::Count(fact.origins_low),
            Cell::Count(fact.origins_high),
            fact.significance
                .map_or(Cell::text(""), |level| Cell::Count(usize::from(level))),
            Cell::text(fact.polarity.text()),
            Cell::list(domains),
            self.first(|entry| &entry.action),
            self.first(|entry| &entry.outcome),
            self.first(|entry| &entry.child_view),
            self.first(|entry| &entry.family_view),
            Cell::Day(date(|entry| &entry.recorded_on).unwrap_or_default()),
            Cell::Day(date(|entry| &entry.received_on).unwrap_or_default()),
        ]
    }

    /// What rests on it, and where it comes from.
    fn links(&self, flags: &[&'static str]) -> Vec<Cell> {
        let (fact, picture) = (self.fact, self.view.picture);
        let others = fact
            .disagrees_with
            .iter()
            .filter(|&&other| self.view.shows(other));
        let persons = self
            .persons
            .iter()
            .filter_map(|&at| picture.people.persons.get(at));
        vec![
            Cell::list(fact.cited_by.iter().map(ConclusionId::as_str)),
            Cell::list(others.filter_map(|&at| Some(picture.timeline.facts.get(at)?.id.as_str()))),
            Cell::list(flags),
            Cell::list(persons.map(|person| person.id.as_str())),
            Cell::text(fact.id.as_str()),
            Cell::list(self.told.iter().map(|entry| entry.id.as_str())),
            Cell::list(
                self.told
                    .iter()
                    .flat_map(|entry| &entry.rows)
                    .map(|row| row.text(&picture.supplied.files)),
            ),
        ]
    }
}

fn row(view: &View<'_>, at: usize, fact: &Fact, flags: &[&'static str]) -> Vec<Cell> {
    let entries = &view.picture.supplied.entries;
    let persons = fact
        .persons
        .iter()
        .copied()
        .filter(|&person| view.shows_person(person));
    let row = Row {
        view,
        fact,
        lead: entries.get(fact.lead),
        told: fact
            .entries
            .iter()
            .filter_map(|&entry| entries.get(entry))
            .collect(),
        persons: persons.collect(),
    };
    let answer = view
        .picture
        .answers
        .get(at)
        .map_or("", |answer| answer.text());
    let cells = [
        row.event(),
        row.basis(answer),
        row.weight(),
        row.links(flags),
    ]
    .concat();
    if view.is_family() {
        for_family(cells)
    } else {
        cells
    }
}

fn for_family(cells: Vec<Cell>) -> Vec<Cell> {
    let columns = COLUMNS.iter();
    columns
        .zip(cells)
        .map(|(column, cell)| {
            if NOT_FOR_FAMILY.contains(column) {
                Cell::text("")
            } else {
                cell
            }
        })
        .collect()
}

/// A person's name, with the doubt beside it where two candidates could not be told apart.
pub fn person_shown(picture: &Picture, person: usize) -> String {
    let person = picture.people.persons.get(person);
    person.map(named).unwrap_or_default()
}

fn named(person: &Person) -> String {
    if person.status == LinkStatus::Ambiguous {
        format!(
            "{} – person unresolved ({} candidates)",
            person.name, person.candidates
        )
    } else {
        person.name.clone()
    }
}

fn shown_time(time: chrono::NaiveTime) -> String {
    let format = if time.format("%S").to_string() == "00" {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    time.format(format).to_string()
}

/// The codes of the flags that name each fact, each once, sorted.
fn flags_by_fact(view: &View<'_>) -> BTreeMap<usize, Vec<&'static str>> {
    let mut flags: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
    for flag in view
        .picture
        .flags
        .flags
        .iter()
        .filter(|flag| view.shows_flag(flag))
    {
        for &fact in &flag.facts {
            flags.entry(fact).or_default().push(flag.code);
        }
    }
    for codes in flags.values_mut() {
        codes.sort_unstable();
        codes.dedup();
    }
    flags
}

/// Whether some possible day of a fact lies between two days, both included and either open; undated facts do not when
/// one of them is given.
pub fn lies_between(fact: &Fact, from: Option<Day>, until: Option<Day>) -> bool {
    if from.is_none() && until.is_none() {
        return true;
    }
    let after = from.is_none_or(|from| {
        fact.when.end().is_some_and(|end| end >= from)
            || (fact.when.is_known() && fact.when.until.is_none())
    });
    let before = until.is_none_or(|until| {
        fact.when.start().is_some_and(|start| start <= until)
            || (fact.when.is_known() && fact.when.from.is_none())
    });
    after && before
}
