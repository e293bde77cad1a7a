//! Reads a profile's TOML file.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::codes::Codes;
use super::template::Template;
use crate::import::config::DateOrder;
use crate::import::headers::{Column, fold_header};
use crate::import::layout::Kinds;
use crate::model::phrase::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileData {
    agency: String,
    date_order: Option<String>,
    strip: Option<String>,
    records: Option<Records>,
    #[serde(default)]
    codes: BTreeMap<String, BTreeMap<String, String>>,
    table: Vec<TableData>,
}

/// How a nested file is put into tables.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// The names of the elements of which each becomes a row of the table of its name.
    pub names: Vec<String>,
    /// Columns that the records inside a record carry as well, so that they can be joined to it.
    #[serde(default)]
    pub carried: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableData {
    #[serde(default)]
    of: String,
    #[serde(default)]
    has: Vec<String>,
    agency: Option<String>,
    #[serde(default)]
    leave_out: Vec<LeaveData>,
    #[serde(default)]
    also: Vec<RowData>,
    #[serde(default)]
    person: Vec<RowData>,
    #[serde(default)]
    entry: Vec<RowData>,
    #[serde(default)]
    involvement: Vec<RowData>,
    #[serde(default)]
    relationship: Vec<RowData>,
    #[serde(default)]
    coverage: Vec<RowData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeaveData {
    when: BTreeMap<String, Vec<String>>,
    because: String,
}

#[derive(Deserialize)]
struct RowData {
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    when: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unless: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    cells: BTreeMap<String, String>,
}

/// A built-in profile.
#[derive(Debug)]
pub struct Profile {
    /// Its name, as `case.toml` and `summary.json` have it.
    pub name: &'static str,
    /// Whose its files are when nothing else says so.
    pub agency: String,
    /// How its dates are written, where the format says so.
    pub date_order: Option<DateOrder>,
    /// How a nested file of it is put into tables.
    pub records: Option<Records>,
    /// Its tables.
    pub tables: Vec<TableOf>,
    /// What its codes mean.
    pub(super) codes: Codes,
}

/// One table of a profile.
#[derive(Debug)]
pub struct TableOf {
    /// The records of a nested file, by their name; empty for a table.
    of: String,
    /// Folded spellings of the headers that it must have.
    has: Vec<Vec<String>>,
    /// Whose it is, where that is not the profile's agency.
    pub(super) agency: Option<String>,
    pub(super) leave_out: Vec<(Vec<Condition>, String)>,
    pub(super) also: Vec<RowOf>,
    pub(super) rows: Vec<RowOf>,
}

/// A row of the plain profile that a row of the table becomes.
#[derive(Debug)]
pub struct RowOf {
    pub(super) kinds: Kinds,
    pub(super) conditions: Vec<Condition>,
    pub(super) cells: Vec<(Column, Template)>,
}

/// What must hold of a row.
#[derive(Debug)]
pub enum Condition {
    /// One of these headers has a cell.
    Filled(Vec<String>),
    /// The cell of one of the headers is one of these words, folded (`true`), or none of them (`false`).
    Says(Vec<String>, Vec<String>, bool),
}

impl Profile {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// What is wrong with it, in a line.
    pub fn read(name: &'static str, text: &str) -> Result<Self, String> {
        let data: ProfileData = toml::from_str(text).map_err(|fault| fault.to_string())?;
        let date_order = match data.date_order.as_deref() {
            None => None,
            Some("dmy") => Some(DateOrder::Dmy),
            Some("ymd") => Some(DateOrder::Ymd),
            Some(other) => return Err(format!("date_order `{other}`")),
        };
        let strip = data.strip.as_deref().map(Regex::new).transpose();
        let strip = strip.map_err(|fault| fault.to_string())?;
        let tables: Result<Vec<TableOf>, String> = data.table.into_iter().map(table).collect();
        Ok(Self {
            name,
            agency: data.agency,
            date_order,
            records: data.records,
            tables: tables?,
            codes: Codes::new(data.codes, strip),
        })
    }
}

impl TableOf {
    /// Whether a header row is this table's.
    pub(super) fn is_of(&self, folded: &[String], of: &str) -> bool {
        let has = |spellings: &Vec<String>| spellings.iter().any(|one| folded.contains(one));
        self.of == of && (!of.is_empty() || !self.has.is_empty()) && self.has.iter().all(has)
    }

    /// What its rows are.
    pub fn kinds(&self) -> Kinds {
        let mut all = Kinds::default();
        for RowOf { kinds, .. } in &self.rows {
            all.people |= kinds.people;
            all.entries |= kinds.entries;
            all.involvement |= kinds.involvement;
            all.relationships |= kinds.relationships;
            all.coverage |= kinds.coverage;
        }
        all
    }
}

/// The folded spellings of a header.
pub(super) fn spellings(names: &str) -> Vec<String> {
    names.split('|').map(fold_header).collect()
}

fn table(data: TableData) -> Result<TableOf, String> {
    let none = Kinds::default();
    let of_kinds = [
        (
            data.person,
            Kinds {
                people: true,
                ..none
            },
        ),
        (
            data.entry,
            Kinds {
                entries: true,
                ..none
            },
        ),
        (
            data.involvement,
            Kinds {
                involvement: true,
                ..none
            },
        ),
        (
            data.relationship,
            Kinds {
                relationships: true,
                ..none
            },
        ),
        (
            data.coverage,
            Kinds {
                coverage: true,
                ..none
            },
        ),
    ];
    let mut rows = Vec::new();
    for (list, kinds) in of_kinds {
        for data in list {
            rows.push(row(data, kinds)?);
        }
    }
    let also: Result<Vec<RowOf>, String> =
        data.also.into_iter().map(|data| row(data, none)).collect();
    let leave_out = data.leave_out.into_iter();
    Ok(TableOf {
        of: data.of,
        has: data.has.iter().map(|names| spellings(names)).collect(),
        agency: data.agency,
        leave_out: leave_out
            .map(|one| (says(one.when, true), one.because))
            .collect(),
        also: also?,
        rows,
    })
}

fn says(cells: BTreeMap<String, Vec<String>>, wanted: bool) -> Vec<Condition> {
    let words = |words: Vec<String>| words.iter().map(|word| fold(word)).collect();
    let of = |(names, list): (String, Vec<String>)| {
        Condition::Says(spellings(&names), words(list), wanted)
    };
    cells.into_iter().map(of).collect()
}

fn row(data: RowData, kinds: Kinds) -> Result<RowOf, String> {
    let mut conditions: Vec<Condition> = data
        .needs
        .iter()
        .map(|names| Condition::Filled(spellings(names)))
        .collect();
    conditions.extend(says(data.when, true));
    conditions.extend(says(data.unless, false));
    let mut cells = Vec::new();
    for (name, text) in data.cells {
        let column = Column::ALL.iter().find(|column| column.name() == name);
        let column = *column.ok_or_else(|| format!("there is no column `{name}`"))?;
        cells.push((column, Template::read(&text)?));
    }
    Ok(RowOf {
        kinds,
        conditions,
        cells,
    })
}
