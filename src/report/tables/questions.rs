//! The questions to the agencies: as a table, and as letters that are ready to send.

use crate::model::id::AgencyId;
use crate::reliance::Questions;
use crate::report::guard::escape_controls;
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 7] = [
    "agency",
    "name",
    "number",
    "question",
    "person_ids",
    "entries",
    "flags",
];

/// Lays out the questions by agency, in the order of its letter; of one agency alone where one is named. For a recipient:
/// those put to it; for the family none.
pub fn questions(view: &View<'_>, of: Option<&AgencyId>) -> Table {
    let mut table = Table::new("questions", COLUMNS).headed_by(&["name", "number", "question"]);
    let shown = letters_of(view, of);
    let count = |letters: &[Questions]| {
        let questions = letters.iter().map(|letter| letter.questions.len());
        questions.sum::<usize>()
    };
    if view.is_limited() {
        let all = view.picture.questions(None).into_iter();
        let all: Vec<Questions> = all.filter(|letter| is_to(letter, of)).collect();
        for _ in count(&shown)..count(&all) {
            table.withhold("put to another agency, or about what may not be seen");
        }
    }
    for letter in &shown {
        for (at, question) in letter.questions.iter().enumerate() {
            let persons = question.persons.iter();
            let persons = persons.filter_map(|&at| Some(view.person(at)?.id.as_str()));
            table.rows.push(vec![
                Cell::text(&letter.agency),
                Cell::text(&letter.name),
                Cell::Count(at + 1),
                Cell::text(&question.text),
                Cell::list(persons),
                Cell::list(&question.entries),
                Cell::list(&question.flags),
            ]);
        }
    }
    table
}

/// The letters, each ready to send, with a line between them.
pub fn letters(view: &View<'_>, of: Option<&AgencyId>) -> String {
    let picture = view.picture;
    let own = picture.settings.own_agency.as_ref();
    let from = own.map_or("", |own| picture.supplied.agency_name(own));
    let letters: Vec<String> = letters_of(view, of)
        .iter()
        .map(|letter| escape_controls(&letter.letter(from, picture.as_of)))
        .collect();
    if letters.is_empty() {
        return "There is nothing to ask.\n".to_owned();
    }
    letters.join(&format!("\n{}\n\n", "-".repeat(60)))
}

fn letters_of(view: &View<'_>, of: Option<&AgencyId>) -> Vec<Questions> {
    let letters = view.picture.questions(view.recipient()).into_iter();
    letters.filter(|letter| is_to(letter, of)).collect()
}

fn is_to(letter: &Questions, agency: Option<&AgencyId>) -> bool {
    agency.is_none_or(|agency| letter.agency == agency.as_str())
}
