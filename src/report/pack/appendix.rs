//! The appendix: links that no person confirmed, and the files that all this was read from.

use super::Pack;
use super::document::{Grid, Section};
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
    section.head("Links between records that no person has confirmed");
    let picture = pack.view.picture;
    let mut table = Grid::new(
        "links",
        "Records that the program takes for one person, or cannot tell.",
        &[
            "One record",
            "The other",
            "What the program did",
            "How sure",
        ],
    );
    let records = &picture.supplied.records;
    for pair in &picture.people.pairs {
        let shown = pack.view.shows_record(pair.left) && pack.view.shows_record(pair.right);
        let by_machine =
            MACHINE.contains(&pair.decided_by.as_str()) && pair.outcome != Outcome::Separate;
        if let (true, true, Some(left), Some(right)) = (
            shown,
            by_machine,
            records.get(pair.left),
            records.get(pair.right),
        ) {
            table.rows.push(vec![
                named(pack, left),
                named(pack, right),
                did(pair).to_owned(),
                sure(pair),
            ]);
        }
    }
    if table.rows.is_empty() {
        section.say("None that may be shown.");
    } else {
        section.say("Both errors harm: a false link puts one person's history on another's page, a missed one leaves it in pieces.");
        section.table(table);
    }
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
    match pair.decided_by.as_str() {
        "identifier" => "the same identifier".to_owned(),
        "rule" => pair.reason.clone(),
        _ if pair.probability > 0.9999 => "probability over 0.9999".to_owned(),
        _ => format!("probability {:.4}", pair.probability),
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
