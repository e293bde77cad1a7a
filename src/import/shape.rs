//! Tells what is wrong with the shape of rows: too short, too long, repeated, columns of one meaning that differ.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::source::{Kept, Reject};

use super::gather::Sheet;
use super::headers::{Column, read_header};
use super::layout::Layout;
use super::table::TableRow;

/// Tells what is wrong with the shape of a sheet's rows; all of them are used.
pub fn shape(sheet: &Sheet, rejects: &mut Vec<Reject>) {
    let layout = &sheet.known.layout;
    // several columns of a profile may become a row each: one date of two does not stand against the other
    let doubles = match sheet.known.fitted {
        Some(_) => BTreeMap::new(),
        None => doubled_columns(layout),
    };
    rejects.extend(without_text(sheet));
    rejects.extend(without_date(sheet));
    let mut seen: HashSet<&[String]> = HashSet::new();
    for data in sheet.data() {
        if let Some(what) = is_no_data(layout, data) {
            let hint =
                "look whether it is; if it is about somebody, ask the agency to write it otherwise";
            rejects.push(Reject {
                problem: format!("the row is {what}"),
                ..line(sheet, data, hint, Kept::None)
            });
            continue;
        }
        width(sheet, data, rejects);
        if !seen.insert(&data.cells) {
            let hint = "the row is used; check whether the file was put together twice";
            let problem = "the row repeats another row of the file exactly";
            rejects.push(Reject {
                problem: problem.into(),
                ..line(sheet, data, hint, Kept::Row)
            });
        }
        differing(sheet, data, &doubles, rejects);
    }
}

/// A line for a table of people that has dates too, and nothing that is understood as what happened: its rows would be taken for
/// people alone, and nobody would see that the rest is missing.
fn without_text(sheet: &Sheet) -> Option<Reject> {
    use Column as C;
    let layout = &sheet.known.layout;
    if !is_of_people_alone(sheet) || !layout.has(C::Date) {
        return None;
    }
    let told = [
        C::EntryId,
        C::Category,
        C::Kind,
        C::Action,
        C::Outcome,
        C::Time,
    ];
    let unread = layout.headers.iter().zip(&layout.meanings);
    let unread: Vec<&str> = unread
        .filter(|(header, meaning)| meaning.is_none() && !header.is_empty())
        .map(|(header, _)| header.as_str())
        .collect();
    if unread.is_empty() && !told.iter().any(|column| layout.has(*column)) {
        return None;
    }
    let hint = "name the column that tells it `text`, or say so in a mapping file (casepicture check FILE --draft)";
    Some(Reject {
        file: sheet.place.name.clone(),
        row: None,
        column: layout.header(C::Date).to_owned(),
        value: unread.join("|"),
        problem: "the rows have dates, and no column is understood as what happened: they are used as people alone".into(),
        hint: hint.into(),
        kept: Kept::Cell,
    })
}

/// A line for a table of people that tells something of them, and has no column that is understood as when: what it tells would be
/// missing from the chronology, and nobody would see it.
fn without_date(sheet: &Sheet) -> Option<Reject> {
    let layout = &sheet.known.layout;
    let is_told = |at: usize| {
        let mut cells = sheet.data().iter().filter_map(|data| data.cells.get(at));
        cells.any(|cell| !cell.trim().is_empty())
    };
    if !is_of_people_alone(sheet) || !layout.positions(Column::Text).any(is_told) {
        return None;
    }
    let hint = "name the column of their dates `date` (it may be blank), or say so in a mapping file (casepicture check FILE --draft)";
    Some(Reject {
        file: sheet.place.name.clone(),
        row: None,
        column: layout.header(Column::Text).to_owned(),
        value: String::new(),
        problem: "the rows tell something, and no column is understood as when: they are used as people alone".into(),
        hint: hint.into(),
        kept: Kept::Cell,
    })
}

/// Whether the rows are taken for people and nothing else, by their headers.
fn is_of_people_alone(sheet: &Sheet) -> bool {
    let kinds = sheet.known.layout.kinds;
    let is_other = kinds.entries
        || kinds.involvement
        || kinds.relationships
        || kinds.coverage
        || kinds.requests
        || kinds.consultations
        || kinds.citations;
    let is_of_profile = sheet.known.fitted.is_some() || sheet.known.part.is_some();
    !is_other && !is_of_profile
}

/// Why a row is certainly about nobody, if it is: a second line of headings, or the total of a column.
pub fn is_no_data(layout: &Layout, data: &TableRow) -> Option<&'static str> {
    let cells = data.cells.iter().map(|cell| cell.trim());
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let (first, rest) = cells.split_first()?;
    let is_number = |cell: &&str| {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ');
        cell.chars().all(is_part)
    };
    let word = first.trim_end_matches(':').to_lowercase();
    let is_total = ["total", "totals", "grand total", "sum"].contains(&word.as_str());
    if is_total && !rest.is_empty() && rest.iter().all(is_number) {
        return Some("a line of totals");
    }
    if layout.kinds.people && is_heading(layout, data) {
        return Some("a second line of headings");
    }
    None
}

/// Whether all that stands in the columns of names are headings of such columns: nobody is called "Surname".
fn is_heading(layout: &Layout, data: &TableRow) -> bool {
    use Column as C;
    let is_name = |column: C| matches!(column, C::GivenName | C::FamilyName | C::FullName);
    let names = layout.meanings.iter().zip(&data.cells);
    let names = names.filter(|(meaning, _)| meaning.is_some_and(is_name));
    let mut names = names
        .map(|(_, cell)| cell.trim())
        .filter(|cell| !cell.is_empty())
        .peekable();
    names.peek().is_some()
        && names.all(|name| read_header(name).is_some_and(|(column, _)| is_name(column)))
}

fn line(sheet: &Sheet, data: &TableRow, hint: &str, kept: Kept) -> Reject {
    Reject {
        file: sheet.place.name.clone(),
        row: Some(data.number),
        column: String::new(),
        value: String::new(),
        problem: String::new(),
        hint: hint.to_owned(),
        kept,
    }
}

/// Empty headers at the end are no columns, and a workbook's rows may end at their last cell: only text can be too short.
fn width(sheet: &Sheet, data: &TableRow, rejects: &mut Vec<Reject>) {
    let headers = &sheet.known.layout.headers;
    let needed = headers.len();
    let named = headers
        .iter()
        .rposition(|header| !header.is_empty())
        .map_or(0, |at| at + 1);
    let problem = format!(
        "the row has {} cells where the header has {needed}",
        data.cells.len()
    );
    let is_text = sheet.known.table.name.is_empty();
    if is_text && data.cells.len() < named {
        let hint = "the missing cells are taken as blank; check the row with the agency";
        rejects.push(Reject {
            problem,
            ..line(sheet, data, hint, Kept::Row)
        });
        return;
    }
    let extra: Vec<&str> = data
        .cells
        .iter()
        .skip(needed)
        .map(|cell| cell.trim())
        .collect();
    if extra.iter().any(|cell| !cell.is_empty()) {
        let hint = "the cells without a header are kept as +1, +2 …; a comma or line break in a text may need quotes";
        let value = extra.join("|");
        rejects.push(Reject {
            column: "+1".into(),
            value,
            problem,
            ..line(sheet, data, hint, Kept::Row)
        });
    }
}

fn differing(
    sheet: &Sheet,
    data: &TableRow,
    doubles: &BTreeMap<usize, Vec<usize>>,
    rejects: &mut Vec<Reject>,
) {
    let cell = |at: &usize| data.cells.get(*at).map_or("", |cell| cell.trim());
    for (at, others) in doubles {
        let first = std::iter::once(at)
            .chain(others)
            .map(cell)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default();
        for other in others
            .iter()
            .filter(|other| !cell(other).is_empty() && cell(other) != first)
        {
            let hint = "the other one is used; this one is kept as an extra";
            rejects.push(Reject {
                column: sheet
                    .known
                    .layout
                    .headers
                    .get(*other)
                    .cloned()
                    .unwrap_or_default(),
                value: cell(other).to_owned(),
                problem: format!("another column means the same and says `{first}`"),
                ..line(sheet, data, hint, Kept::Cell)
            });
        }
    }
}

/// Columns that are not the first of their meaning, by the first.
fn doubled_columns(layout: &Layout) -> BTreeMap<usize, Vec<usize>> {
    let mut doubles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let meanings: BTreeSet<Column> = layout.meanings.iter().flatten().copied().collect();
    for column in meanings {
        let mut at = layout.positions(column);
        if let Some(first) = at.next() {
            let others: Vec<usize> = at.collect();
            if !others.is_empty() {
                doubles.insert(first, others);
            }
        }
    }
    doubles
}
