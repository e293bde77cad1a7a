//! Reads JSON into tables: an array of objects, an object that holds such arrays, or JSON lines.
//!
//! The n-th object is row n + 1; row 1 is the list of keys in the order in which they first appear. A key that stands
//! twice in one object gives two columns of that name, so that nothing is lost and the profile decides.

use std::collections::HashMap;

use crate::model::source::{Kept, Reject};

use super::Limits;
use super::decode::{decode, not_text};
use super::json_text::{Broken, Value, parse};
use super::read_error::{Fault, ReadError};
use super::table::{Read, Table, TableRow};

/// No option raises the depth beyond this: the parser calls itself, and the stack has an end.
pub(super) const DEEPEST: usize = 1000;

/// Reads a JSON file.
///
/// # Errors
/// An empty file, one that is no JSON (with line and column), or a limit that was passed.
pub fn read_json(bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    if let Some(error) = not_text(bytes) {
        return Err(error);
    }
    let (text, encoding) = decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::empty());
    }
    let mut read = Read {
        encoding: encoding.to_owned(),
        ..Read::default()
    };
    let limits = &Limits {
        json_depth: limits.json_depth.min(DEEPEST),
        ..*limits
    };
    match parse(&text, limits.json_depth) {
        Ok((value, end)) if end == text.len() => whole(value, limits, &mut read)?,
        Ok((Value::Object(_), _)) => lines(&text, limits, &mut read)?,
        Ok((_, end)) => {
            let broken = Broken {
                at: end,
                expected: "the end of the file",
                too_deep: false,
            };
            return Err(error_at(&text, &broken, limits));
        }
        Err(broken) => {
            // the first line of JSON lines may be the broken one; an array is all or nothing
            let one_of_lines = text.trim_start().starts_with('{')
                && !broken.too_deep
                && lines(&text, limits, &mut read).is_ok();
            if !one_of_lines {
                return Err(error_at(&text, &broken, limits));
            }
        }
    }
    Ok(read)
}

/// The fields of an object.
type Fields = Vec<(String, Value)>;

fn whole(value: Value, limits: &Limits, read: &mut Read) -> Result<(), ReadError> {
    match value {
        Value::List(values) => {
            let table = table(String::new(), values, limits, read)?;
            read.tables.push(table);
        }
        Value::Object(fields) => {
            let of_objects = |value: &Value| matches!(value, Value::List(values) if values.iter().any(|v| matches!(v, Value::Object(_))));
            let several = fields.iter().filter(|(_, v)| of_objects(v)).count() > 1;
            if !fields.iter().any(|(_, value)| of_objects(value)) {
                return single(fields, limits, read);
            }
            for (key, value) in fields {
                if let Value::List(values) = value
                    && values.iter().any(|v| matches!(v, Value::Object(_)))
                {
                    let name = if several { key } else { String::new() };
                    let table = table(name, values, limits, read)?;
                    read.tables.push(table);
                }
            }
        }
        _ => return Err(no_objects()),
    }
    Ok(())
}

/// One object by itself: one row, unless it only wraps an object that holds the array (`{"data": {"rows": […]}}`) or
/// an array without anything in it.
fn single(mut fields: Fields, limits: &Limits, read: &mut Read) -> Result<(), ReadError> {
    if let [(_, Value::Object(_) | Value::List(_))] = fields.as_slice()
        && let Some((_, inner)) = fields.pop()
    {
        return match inner {
            Value::List(values) if !values.is_empty() => Err(no_objects()),
            inner => whole(inner, limits, read),
        };
    }
    let values = vec![Value::Object(fields)];
    let table = table(String::new(), values, limits, read)?;
    read.tables.push(table);
    Ok(())
}

fn no_objects() -> ReadError {
    ReadError::new(
        Fault::NotReadable,
        "the JSON holds no list of objects",
        "each row must be an object, in one array or one a line",
    )
}

fn table(
    name: String,
    values: Vec<Value>,
    limits: &Limits,
    read: &mut Read,
) -> Result<Table, ReadError> {
    if !values.is_empty() && !values.iter().any(|v| matches!(v, Value::Object(_))) {
        return Err(no_objects());
    }
    let mut rows = Rows::new(limits);
    for (at, value) in values.into_iter().enumerate() {
        let number = row_number(at);
        match value {
            Value::Object(fields) => rows.push(number, fields)?,
            other => {
                let reject = reject(
                    number,
                    &other.cell(),
                    "this is no object, so it has no columns",
                );
                read.rejects.push(reject);
                read.rows_lost += 1;
            }
        }
    }
    rows.finish(name)
}

fn row_number(at: usize) -> u32 {
    u32::try_from(at + 2).unwrap_or(u32::MAX)
}

fn reject(row: u32, value: &str, problem: &str) -> Reject {
    Reject {
        file: String::new(),
        row: Some(row),
        column: String::new(),
        value: value.chars().take(1000).collect(),
        problem: problem.to_owned(),
        hint: "repair it, or ask for the file again; the other rows are used".to_owned(),
        kept: Kept::None,
    }
}

/// JSON lines: each line that is not blank is an object; a broken one is a reject.
fn lines(text: &str, limits: &Limits, read: &mut Read) -> Result<(), ReadError> {
    let mut rows = Rows::new(limits);
    let mut rejects = Vec::new();
    let mut found = false;
    let lines = text
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty());
    for (at, line) in lines.enumerate() {
        let number = row_number(at);
        if line.len() > limits.line_bytes {
            let most = limits.line_bytes;
            let problem = format!("row {number}: the line is longer than {most} bytes");
            return Err(ReadError::limit("line_bytes", problem));
        }
        match parse(line, limits.json_depth) {
            Ok((Value::Object(fields), end)) if end == line.len() => {
                found = true;
                rows.push(number, fields)?;
            }
            Err(broken) if broken.too_deep => return Err(error_at(line, &broken, limits)),
            Err(broken) => {
                let column = place(line, broken.at).1;
                let problem = format!(
                    "the line is no JSON: column {column}: expected {}",
                    broken.expected
                );
                rejects.push(reject(number, line, &problem));
            }
            Ok(_) => rejects.push(reject(number, line, "the line is not one object")),
        }
    }
    if !found {
        return Err(no_objects());
    }
    read.rows_lost += rejects.len();
    read.rejects.append(&mut rejects);
    read.tables.push(rows.finish(String::new())?);
    Ok(())
}

/// Collects rows whose columns are only known when the last one was seen.
struct Rows<'a> {
    limits: &'a Limits,
    /// The columns: a key, and which occurrence of it in its object.
    columns: HashMap<(String, usize), usize>,
    header: Vec<String>,
    objects: Vec<TableRow>,
}

impl<'a> Rows<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            columns: HashMap::new(),
            header: Vec::new(),
            objects: Vec::new(),
        }
    }

    fn push(&mut self, number: u32, fields: Fields) -> Result<(), ReadError> {
        let mut cells = vec![String::new(); self.header.len().min(fields.len())];
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (key, value) in fields {
            let cell = value.cell();
            if cell.len() > self.limits.cell_bytes {
                let most = self.limits.cell_bytes;
                let problem = format!("row {number}: `{key}` is longer than {most} bytes");
                return Err(ReadError::limit("cell_bytes", problem));
            }
            let times = seen.entry(key.clone()).or_default();
            let column = *self
                .columns
                .entry((key.clone(), *times))
                .or_insert_with(|| {
                    self.header.push(key);
                    self.header.len() - 1
                });
            *times += 1;
            if column >= cells.len() {
                cells.resize(column + 1, String::new());
            }
            if let Some(place) = cells.get_mut(column) {
                *place = cell;
            }
        }
        if self.header.len() > self.limits.columns {
            let most = self.limits.columns;
            let problem = format!("row {number}: there are more than {most} different keys");
            return Err(ReadError::limit("columns", problem));
        }
        self.objects.push(TableRow { number, cells });
        Ok(())
    }

    /// Fills every row up to the last column, and puts the keys in front. Objects with nothing in them are no rows.
    fn finish(self, name: String) -> Result<Table, ReadError> {
        let width = self.header.len();
        let filled: usize = self.objects.iter().map(|row| row.cells.len()).sum();
        let padded = width.saturating_mul(self.objects.len());
        // a few objects with thousands of keys would blow every other row up
        if padded > self.limits.workbook_cells && padded / 8 > filled {
            let problem = format!(
                "the objects have {width} different keys over all, most of them in few rows"
            );
            return Err(ReadError::limit("workbook_cells", problem));
        }
        let mut rows = Vec::with_capacity(self.objects.len() + 1);
        if width > 0 {
            rows.push(TableRow {
                number: 1,
                cells: self.header,
            });
        }
        for mut row in self.objects {
            if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
                row.cells.resize(width, String::new());
                rows.push(row);
            }
        }
        Ok(Table {
            name,
            rows,
            ..Table::default()
        })
    }
}

/// Line and column of an offset, both from 1; columns are characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1;
    (line, column)
}

fn error_at(text: &str, broken: &Broken, limits: &Limits) -> ReadError {
    let (line, column) = place(text, broken.at);
    if broken.too_deep {
        let most = limits.json_depth;
        return ReadError::limit(
            "json_depth",
            format!("line {line}, column {column}: more than {most} brackets inside each other"),
        );
    }
    let problem = format!(
        "the JSON is broken at line {line}, column {column}: expected {}",
        broken.expected
    );
    let hint = if broken.at >= text.trim_end().len() {
        "the file seems to be cut off; ask for it again"
    } else {
        "repair that place, or ask for the file again"
    };
    ReadError::new(Fault::Damaged, problem, hint)
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
