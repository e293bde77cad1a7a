//! Tells what is wrong with the shape of rows: too short, too long, repeated, columns of one meaning that differ.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::source::{Kept, Reject};

use super::gather::Sheet;
use super::headers::Column;
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
    let mut seen: HashSet<&[String]> = HashSet::new();
    for data in sheet.data() {
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
    let kinds = layout.kinds;
    let is_other = kinds.entries
        || kinds.involvement
        || kinds.relationships
        || kinds.coverage
        || kinds.requests
        || kinds.consultations
        || kinds.citations;
    let is_of_profile = sheet.known.fitted.is_some() || sheet.known.part.is_some();
    if is_other || is_of_profile || !layout.has(C::Date) {
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
