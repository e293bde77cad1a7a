//! Settles what is taken from each file: the header row, what its columns mean, and how values come from them.

use std::collections::BTreeSet;

use super::Layout;
use super::columns::{BIRTH_PARTS, Field, HOUSE_NUMBERS, UNITS, id_rank, looks_like_id};
use super::fault::{Fault, nearest, short, shown};
use super::piece::{Join, Shape, Want};
use super::source::{Row, Source};
use super::spec::{self, Joined};
use crate::import::headers::fold_header;

/// Where the ids of a file's records come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// A column that is named for it.
    Named,
    /// A column that reads like one.
    Guessed,
    /// Nothing: the row's number.
    Rows,
}

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

/// What the options ask for, read once for all files.
struct Asked<'a> {
    layout: &'a Layout,
    /// `--map` with the fields that it names.
    map: Vec<(Field, &'a str)>,
    /// `--compare` without what is a field anyway.
    further: Vec<&'a str>,
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
    asked.further = further(&asked, &cells)?;
    let plans = sources
        .iter()
        .zip(&headers)
        .map(|(source, header)| plan(source, header, &asked))
        .collect::<Result<_, _>>()?;
    let further = asked
        .further
        .iter()
        .map(|name| (*name).to_owned())
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
    static NONE: Row = Row {
        number: 1,
        cells: Vec::new(),
        end: usize::MAX,
    };
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

fn is_truth(header: &str, headers: &[String], at: usize, layout: &Layout) -> bool {
    fold_header(header).starts_with("truth")
        || layout
            .truth
            .as_ref()
            .is_some_and(|name| spec::column(name, headers) == Some(at))
}

/// The columns asked for that are no field anyway, each once.
fn further<'a>(asked: &Asked<'a>, files: &[&[String]]) -> Result<Vec<&'a str>, Fault> {
    let mut names: Vec<&str> = Vec::new();
    for text in &asked.layout.compare {
        let is_field = files
            .iter()
            .all(|headers| match spec::columns(text, headers) {
                None => true,
                Some(joined) => {
                    let used = Columns::settle(headers, asked).used();
                    joined.columns.iter().all(|at| used.contains(at))
                }
            });
        let again = names
            .iter()
            .any(|name| fold_header(name) == fold_header(text));
        if !is_field && !again {
            names.push(text);
        }
    }
    Ok(names)
}

/// The columns of one file as they are settled, field by field.
struct Columns {
    fields: Vec<(Field, Joined)>,
    ids: Ids,
    notes: Vec<String>,
}

impl Columns {
    fn used(&self) -> BTreeSet<usize> {
        self.fields
            .iter()
            .flat_map(|(_, joined)| joined.columns.iter().copied())
            .collect()
    }

    fn has(&self, field: &Field) -> bool {
        self.fields.iter().any(|(known, _)| known == field)
    }

    /// Takes columns for a field, unless it has some.
    fn take(&mut self, field: Field, columns: Vec<usize>, join: Join) {
        if !columns.is_empty() && !self.has(&field) {
            self.fields.push((field, Joined { columns, join }));
        }
    }

    /// Settles the columns by the options, then by their headers.
    fn settle(headers: &[String], asked: &Asked) -> Self {
        let mut settled = Self {
            fields: Vec::new(),
            ids: Ids::Rows,
            notes: Vec::new(),
        };
        for (field, text) in &asked.map {
            if let Some(mut joined) = spec::columns(text, headers) {
                if *field == Field::Birth && joined.join == Join::Dash {
                    joined.join = Join::DashDate;
                }
                settled.take(field.clone(), joined.columns, joined.join);
            }
        }
        let layout = asked.layout;
        let taken = settled.used();
        let free: Vec<usize> = (0..headers.len())
            .filter(|at| {
                !taken.contains(at)
                    && !headers
                        .get(*at)
                        .is_some_and(|header| is_truth(header, headers, *at, layout))
            })
            .collect();
        settled.parts(headers, &free);
        settled.id(headers, &free);
        settled.synonyms(headers, &free);
        settled
    }

    /// An address and a date of birth whose parts have columns of their own.
    fn parts(&mut self, headers: &[String], free: &[usize]) {
        let find = |names: &[&str]| {
            free.iter().copied().find(|at| {
                headers
                    .get(*at)
                    .is_some_and(|header| names.contains(&fold_header(header).as_str()))
            })
        };
        let best = free
            .iter()
            .filter_map(|at| match Field::of_header(headers.get(*at)?) {
                Some((Field::Address, rank)) => Some((rank, *at)),
                _ => None,
            })
            .min();
        if let (Some(number), Some((_, street))) = (find(&HOUSE_NUMBERS), best) {
            let mut columns = vec![number, street];
            columns.extend(find(&UNITS));
            self.take(Field::Address, columns, Join::Space);
        }
        for names in BIRTH_PARTS {
            let columns: Vec<usize> = names.iter().filter_map(|name| find(&[name])).collect();
            if columns.len() == names.len() {
                self.take(Field::Birth, columns, Join::DashDate);
            }
        }
    }

    /// The column of record ids: the best known, else the first column if it ends as ids do.
    fn id(&mut self, headers: &[String], free: &[usize]) {
        if self.has(&Field::RecordId) {
            self.ids = Ids::Named;
            return;
        }
        let used = self.used();
        let free = || free.iter().copied().filter(|at| !used.contains(at));
        let best = free()
            .filter_map(|at| Some((id_rank(headers.get(at)?)?, at)))
            .min();
        if let Some((rank, at)) = best {
            self.ids = if rank == 0 { Ids::Named } else { Ids::Guessed };
            self.take(Field::RecordId, vec![at], Join::First);
            return;
        }
        let first = free().find(|at| *at == 0).and_then(|at| headers.get(at));
        if let Some(header) =
            first.filter(|header| looks_like_id(header) && Field::of_header(header).is_none())
        {
            self.ids = Ids::Guessed;
            self.notes.push(format!("`{}` was taken for the record's id, since it is the first column and named like one", short(header)));
            self.take(Field::RecordId, vec![0], Join::First);
        }
    }

    /// Every other column by what its header means; the more exact header first where several mean one field.
    fn synonyms(&mut self, headers: &[String], free: &[usize]) {
        let used = self.used();
        let mut known: Vec<(Field, usize, usize)> = free
            .iter()
            .filter(|at| !used.contains(at))
            .filter_map(|at| {
                let (field, rank) = Field::of_header(headers.get(*at)?)?;
                (field != Field::RecordId).then_some((field, rank, *at))
            })
            .collect();
        known.sort_unstable();
        for same in known.chunk_by(|a, b| a.0 == b.0) {
            let Some((field, ..)) = same.first() else {
                continue;
            };
            let join = match field {
                Field::Phone | Field::Email | Field::Other => Join::Bar,
                _ => Join::First,
            };
            let columns = same.iter().map(|(_, _, at)| *at).collect();
            self.take(field.clone(), columns, join);
        }
    }
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
    for (at, text) in asked.further.iter().enumerate() {
        if let Some(joined) = spec::columns(text, &headers) {
            columns.take(Field::Further(at), joined.columns, joined.join);
        }
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
                        Field::Further(which) => asked.further.get(*which).copied().unwrap_or(""),
                        field => field.name(),
                    });
                }
            }
            means.join(", ")
        })
        .collect()
}
