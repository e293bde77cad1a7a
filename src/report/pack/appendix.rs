//! The appendix: links that no person confirmed, and the files that all this was read from.

use super::Pack;
use super::document::{Grid, Section};
use super::words::sentence;
use crate::model::id::AgencyId;
use crate::model::person::{Outcome, Pair};
use crate::model::record::Record;

/// Deciders that are no person.
const MACHINE: [&str; 3] = ["model", "identifier", "rule"];

/// The appendix.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("appendix", "Appendix: who is who, and the files");
    links(pack, &mut section);
    files(pack, &mut section);
    section
}

fn links(pack: &Pack<'_>, section: &mut Section) {
    section.head("Who is who: links that no person has confirmed");
    section.say("Both errors harm: a false link puts one person's history on another's page, a missed one leaves it in pieces.");
    let picture = pack.view.picture;
    let records = &picture.supplied.records;
    let mut people = Grid::new(
        "people",
        "Records that the program takes for one person.",
        &["Person", "Records", "How sure"],
    );
    for person in (0..picture.people.persons.len()).filter_map(|at| pack.view.person(at)) {
        let by_machine = person
            .decided_by
            .iter()
            .all(|by| MACHINE.contains(&by.as_str()));
        if person.records.len() > 1 && by_machine {
            let told = person.records.iter().filter_map(|&at| records.get(at));
            let told: Vec<String> = told
                .map(|record| brief(pack, record, &person.name))
                .collect();
            let weakest = person
                .lowest_probability
                .map_or_else(String::new, |lowest| {
                    format!("; the weakest link {}", probability(lowest))
                });
            people.rows.push(vec![
                person.name.clone(),
                told.join("; "),
                sentence(&format!("{}{weakest}", decided(&person.decided_by))),
            ]);
        }
    }
    let mut open = Grid::new(
        "links",
        "Questions that are open.",
        &["One record", "The other", "What the program did", "Why"],
    );
    for pair in &picture.people.pairs {
        let shown = pack.view.shows_record(pair.left) && pack.view.shows_record(pair.right);
        let is_open = matches!(pair.outcome, Outcome::Review | Outcome::Ambiguous);
        if let (true, true, Some(left), Some(right)) = (
            shown,
            is_open,
            records.get(pair.left),
            records.get(pair.right),
        ) {
            open.rows.push(vec![
                named(pack, left),
                named(pack, right),
                did(pair).to_owned(),
                sure(pair),
            ]);
        }
    }
    for table in [people, open] {
        if !table.rows.is_empty() {
            section.table(table);
        }
    }
}

/// By what records were taken for one person.
fn decided(by: &[String]) -> String {
    let by = by.iter().map(|by| match by.as_str() {
        "identifier" => "the same number",
        "model" => "names, dates and places compared",
        "rule" => "a rule",
        other => other,
    });
    by.collect::<Vec<_>>().join("; ")
}

fn probability(of: f64) -> String {
    if of > 0.9999 {
        "over 0.9999".to_owned()
    } else {
        format!("{of:.4}")
    }
}

/// A record by its agency and number, with its name where it is another one.
fn brief(pack: &Pack<'_>, record: &Record, person: &str) -> String {
    let name = record.name();
    let agency = pack.agency(record.id.agency());
    let other = if name == person || name.is_empty() {
        String::new()
    } else {
        format!(" as {name}")
    };
    format!("{agency} {}{other}", record.id.local())
}

fn named(pack: &Pack<'_>, record: &Record) -> String {
    let name = record.name();
    let name = if name.is_empty() {
        "(no name)".to_owned()
    } else {
        name
    };
    format!(
        "{name}\n{}, {}",
        pack.agency(record.id.agency()),
        record.id.local()
    )
}

fn did(pair: &Pair) -> &'static str {
    match pair.outcome {
        Outcome::Linked => "taken for one person",
        Outcome::Review => "asks: the same person?",
        Outcome::Ambiguous => "cannot tell which of several",
        Outcome::Separate => "kept apart",
    }
}

fn sure(pair: &Pair) -> String {
    if pair.outcome == Outcome::Ambiguous {
        return "Fits more than one person about as well.".to_owned();
    }
    match pair.decided_by.as_str() {
        "identifier" => "The same number.".to_owned(),
        "rule" => sentence(pair.reason.trim_start_matches("Please look: ")),
        _ => format!("Probability {}.", probability(pair.probability)),
    }
}

fn files(pack: &Pack<'_>, section: &mut Section) {
    section.head("Files that this was read from");
    let mut table = Grid::new(
        "files",
        "With the SHA-256 of each file, so that the same file can be told again.",
        &["File", "Agency", "Rows used", "SHA-256"],
    );
    let known = pack.known_agencies();
    for file in &pack.view.picture.supplied.files {
        // the name of a file names its agency
        if !file
            .agency
            .as_ref()
            .map_or(pack.is_for_own(), |agency| known.contains(agency))
        {
            continue;
        }
        let agency = file.agency.as_ref().map_or_else(
            || "\u{2013}".to_owned(),
            |id: &AgencyId| pack.agency(id).to_owned(),
        );
        table.rows.push(vec![
            file.path.clone(),
            agency,
            format!("{} of {}", file.used, file.rows),
            file.sha256.clone(),
        ]);
    }
    section.table(table);
    section.say(format!(
        "casepicture {}. The same case and the same version give the same bytes.",
        env!("CARGO_PKG_VERSION")
    ));
}
