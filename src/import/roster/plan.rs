//! Settles what is taken from each file: the header row, what its columns mean, and how values come from them.

use super::Layout;
use super::columns::Field;
use super::fault::{Fault, nearest, short, shown};
use super::further::Further;
use super::piece::{Join, Shape, Want};
pub(super) use super::settle::Ids;
use super::settle::{Asked, Columns, is_truth};
use super::source::{Row, Source};
use super::spec::{self, Joined};

/// What is taken from one file.
#[derive(Debug)]
pub(super) struct Plan {
    pub headers: Vec<String>,
    /// What each column was read as; empty where it is not used.
    pub meanings: Vec<String>,
    /// Where the first row of data begins.
    pub start: usize,
    /// The number of that row.
    pub first_row: u32,
    pub shape: Shape,
    /// What the shape's wants are, in their order.
    pub fields: Vec<Field>,
    pub ids: Ids,
    /// The column of ids, for messages.
    pub id_header: String,
    pub notes: Vec<String>,
}

impl Plan {
    /// The header of the column that a field comes from; of several, the first.
    pub(super) fn header_of(&self, field: &Field) -> Option<String> {
        let want = self
            .shape
            .wants
            .get(self.fields.iter().position(|known| known == field)?)?;
        let slot = *want.slots.first()?;
        let at = self
            .shape
            .slots
            .iter()
            .position(|kept| kept.map(usize::from) == Some(slot))?;
        self.headers.get(at).cloned()
    }
}

/// Settles all files.
///
/// # Errors
/// When an option names what is not there, or a file has no names.
pub(super) fn plans(
    sources: &[Source],
    layout: &Layout,
) -> Result<(Vec<Plan>, Vec<String>), Fault> {
    let map = fields_of_map(layout)?;
    let mut asked = Asked {
        layout,
        map,
        further: Vec::new(),
    };
    let headers: Vec<&Row> = sources
        .iter()
        .map(|source| header(source, &asked))
        .collect();
    let cells: Vec<&[String]> = headers.iter().map(|row| row.cells.as_slice()).collect();
    check(&asked, &cells)?;
    asked.further = Further::of(&asked, &cells);
    let plans = sources
        .iter()
        .zip(&headers)
        .map(|(source, header)| plan(source, header, &asked))
        .collect::<Result<_, _>>()?;
    let further = asked
        .further
        .iter()
        .map(|column| column.name().to_owned())
        .collect();
    Ok((plans, further))
}

fn fields_of_map(layout: &Layout) -> Result<Vec<(Field, &str)>, Fault> {
    layout
        .map
        .iter()
        .map(|(name, columns)| match Field::named(name) {
            Some(field) => Ok((field, columns.as_str())),
            None => Err(Fault::Field {
                given: format!("{}={}", short(name), short(columns)),
                field: short(name),
                hint: nearest(name, Field::names().into_iter(), ("fields", "the fields")),
            }),
        })
        .collect()
}

/// The header of a file without rows.
static NONE: Row = Row {
    number: 1,
    cells: Vec::new(),
    end: usize::MAX,
};

/// The header: of the first rows the first in which several columns are known, else the first with several cells.
fn header<'a>(source: &'a Source, asked: &Asked) -> &'a Row {
    let known = |row: &Row| {
        let by_synonym = row
            .cells
            .iter()
            .filter(|cell| Field::of_header(cell).is_some())
            .count();
        let by_option = asked
            .map
            .iter()
            .filter(|(_, text)| spec::columns(text, &row.cells).is_some())
            .count();
        by_synonym + by_option
    };
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    source
        .top
        .iter()
        .find(|row| known(row) > 1)
        .or_else(|| source.top.iter().find(|row| filled(row) > 1))
        .or(source.top.first())
        .unwrap_or(&NONE)
}

/// Every column that an option names must be in some file.
fn check(asked: &Asked, files: &[&[String]]) -> Result<(), Fault> {
    let fault = |option: String, text: &str| {
        let column = spec::unknown(text, files);
        let known = files
            .iter()
            .flat_map(|headers| headers.iter().map(String::as_str))
            .filter(|header| !header.is_empty());
        Fault::Column {
            option,
            column: short(column),
            hint: nearest(column, known, ("columns", "the columns")),
        }
    };
    let there = |text: &str| {
        files
            .iter()
            .any(|headers| spec::columns(text, headers).is_some())
    };
    for ((name, text), (_, _)) in asked.layout.map.iter().zip(&asked.map) {
        let option = format!("--map {}={}", short(name), short(text));
        if !there(text) {
            return Err(fault(option, text));
        }
        no_truth(option, text, files, asked.layout)?;
    }
    for text in &asked.layout.compare {
        let option = format!("--compare {}", short(text));
        if !there(text) && Field::named(text).is_none_or(|field| !any_has(&field, files)) {
            return Err(fault(option, text));
        }
        no_truth(option, text, files, asked.layout)?;
    }
    if let Some(truth) = &asked.layout.truth
        && files
            .iter()
            .all(|headers| spec::column(truth, headers).is_none())
    {
        return Err(fault(format!("--truth {}", short(truth)), truth));
    }
    Ok(())
}

fn any_has(field: &Field, files: &[&[String]]) -> bool {
    files
        .iter()
        .flat_map(|headers| headers.iter())
        .any(|header| Field::of_header(header).is_some_and(|(known, _)| known == *field))
}

/// A column of truth is never an input.
fn no_truth(option: String, text: &str, files: &[&[String]], layout: &Layout) -> Result<(), Fault> {
    for headers in files {
        let Some(joined) = spec::columns(text, headers) else {
            continue;
        };
        let truth = |at: &&usize| {
            headers
                .get(**at)
                .is_some_and(|header| is_truth(header, headers, **at, layout))
        };
        if let Some(at) = joined.columns.iter().find(truth) {
            return Err(Fault::Truth {
                option,
                column: headers.get(*at).cloned().unwrap_or_default(),
            });
        }
    }
    Ok(())
}

fn plan(source: &Source, header: &Row, asked: &Asked) -> Result<Plan, Fault> {
    let headers = header.cells.clone();
    let mut columns = Columns::settle(&headers, asked);
    let names = [Field::Given, Field::Family, Field::Full, Field::Other];
    if !names.iter().any(|field| columns.has(field)) {
        let shown_headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        return Err(Fault::NoNames {
            file: source.name.clone(),
            columns: shown(&shown_headers),
        });
    }
    for (at, further) in asked.further.iter().enumerate() {
        columns.take_further(further, at, &headers, asked);
    }
    let truth = asked
        .layout
        .truth
        .as_ref()
        .and_then(|name| spec::column(name, &headers));
    columns.take(Field::Truth, truth.into_iter().collect(), Join::First);
    let mut plan = Plan {
        meanings: meanings(&headers, &columns, asked),
        start: header.end.min(source.length()),
        first_row: header.number + 1,
        shape: Shape {
            delimiter: source.delimiter,
            cells: headers.len(),
            slots: vec![None; headers.len()],
            ..Shape::default()
        },
        fields: Vec::new(),
        ids: columns.ids,
        id_header: String::new(),
        notes: std::mem::take(&mut columns.notes),
        headers,
    };
    for (field, joined) in columns.fields {
        let want = plan.shape.want(&joined);
        if field == Field::RecordId {
            plan.id_header = joined
                .columns
                .first()
                .and_then(|at| plan.headers.get(*at))
                .cloned()
                .unwrap_or_default();
            plan.shape.id = Some(want);
        } else {
            plan.shape.wants.push(want);
            plan.fields.push(field);
        }
    }
    Ok(plan)
}

impl Shape {
    /// Keeps columns, each once.
    fn want(&mut self, joined: &Joined) -> Want {
        let mut slots = Vec::new();
        for column in &joined.columns {
            let Some(slot) = self.slots.get_mut(*column) else {
                continue;
            };
            let kept = *slot.get_or_insert(self.width as u16);
            self.width = self.width.max(usize::from(kept) + 1);
            slots.push(usize::from(kept));
        }
        Want {
            slots,
            join: joined.join,
        }
    }
}

fn meanings(headers: &[String], columns: &Columns, asked: &Asked) -> Vec<String> {
    (0..headers.len())
        .map(|at| {
            let mut means: Vec<&str> = Vec::new();
            for (field, joined) in &columns.fields {
                if joined.columns.contains(&at) {
                    means.push(match field {
                        Field::Further(which) => {
                            asked.further.get(*which).map_or("", Further::name)
                        }
                        field => field.name(),
                    });
                }
            }
            means.join(", ")
        })
        .collect()
}
