//! Puts the rows of a profile's table into rows of the plain profile.

use std::collections::{BTreeMap, HashMap};

use super::data::{Condition, Profile, RowOf, TableOf};
use super::template::Done;
use crate::import::gather::{Sheet, without_guard};
use crate::import::headers::Column;
use crate::import::layout::{Kinds, Layout};
use crate::import::names::is_not_known;
use crate::import::row::{Place, Row};
use crate::import::table::TableRow;
use crate::model::phrase::fold;
use crate::model::source::{Kept, Reject};

/// A row of the plain profile, and what it is.
#[derive(Debug)]
pub struct PlainRow<'a> {
    /// The cells.
    pub row: Row<'a>,
    /// What it is.
    pub kinds: Kinds,
}

/// A profile's table with the places of its headers in one file.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The profile.
    pub profile: &'static Profile,
    table: &'static TableOf,
    /// Folded headers in their order.
    folded: Vec<String>,
    at: HashMap<String, usize>,
}

impl Fitted {
    pub(super) fn new(
        profile: &'static Profile,
        table: &'static TableOf,
        folded: Vec<String>,
    ) -> Self {
        let mut at = HashMap::new();
        for (place, header) in folded.iter().enumerate() {
            at.entry(header.clone()).or_insert(place);
        }
        Self {
            profile,
            table,
            folded,
            at,
        }
    }

    /// Whose the table is when nothing else says so.
    pub fn agency(&self) -> &str {
        self.table.agency.as_deref().unwrap_or(&self.profile.agency)
    }

    /// The layout of a table with this header row.
    pub fn layout(&self, found: &[String], (header_at, header_row): (usize, u32)) -> Layout {
        let trimmed = |header: &String| header.trim_matches(['\u{feff}', ' ']).to_owned();
        Layout {
            header_at,
            header_row,
            headers: found.iter().map(trimmed).collect(),
            meanings: self
                .folded
                .iter()
                .map(|header| self.meaning(header))
                .collect(),
            kinds: self.table.kinds(),
        }
    }

    /// What a header is read as: the column that is this cell and nothing else, the text where it is a part of one.
    fn meaning(&self, header: &str) -> Option<Column> {
        let cells = || {
            self.table
                .rows
                .iter()
                .chain(&self.table.also)
                .flat_map(|row| &row.cells)
        };
        let only = cells().find(|(_, template)| {
            let names = template.is_only();
            names.is_some_and(|names| names.iter().any(|name| name == header))
        });
        let named = |template: &super::template::Template| {
            let mut named = false;
            template.each(&mut |name| named |= name == header);
            named
        };
        let any = || cells().find(|(_, template)| named(template));
        only.or_else(any).map(|(column, _)| *column)
    }

    fn cell<'a>(&self, names: &[String], cells: &'a [String]) -> Option<(usize, &'a str)> {
        let found = names.iter().filter_map(|name| self.at.get(name));
        let mut filled = found.filter_map(|at| Some((*at, without_guard(cells.get(*at)?).trim())));
        filled.find(|(_, cell)| !cell.is_empty())
    }

    fn value(&self, names: &[String], done: Done, cells: &[String]) -> String {
        let Some((at, cell)) = self.cell(names, cells) else {
            return String::new();
        };
        match done {
            Done::Raw => cell.to_owned(),
            Done::Id => id_of(cell).to_owned(),
            Done::Read => {
                let header = self.folded.get(at).map_or("", String::as_str);
                self.profile.codes.meaning(header, cell).into_owned()
            }
        }
    }

    fn holds(&self, condition: &Condition, cells: &[String]) -> bool {
        match condition {
            Condition::Filled(names) => self
                .cell(names, cells)
                .is_some_and(|(_, cell)| !is_not_known(cell)),
            Condition::Says(names, words, wanted) => {
                let raw = fold(&self.value(names, Done::Raw, cells));
                let read = fold(&self.value(names, Done::Read, cells));
                (words.contains(&raw) || words.contains(&read)) == *wanted
            }
        }
    }

    fn all_hold(&self, conditions: &[Condition], cells: &[String]) -> bool {
        conditions
            .iter()
            .all(|condition| self.holds(condition, cells))
    }

    /// Why a row must not be used, if it must not.
    fn left_out(&self, cells: &[String]) -> Option<&str> {
        let mut all = self.table.leave_out.iter();
        all.find(|(conditions, _)| self.all_hold(conditions, cells))
            .map(|(_, because)| because.as_str())
    }

    fn set(&self, row: &mut Row<'_>, of: &RowOf, cells: &[String]) {
        for (column, template) in &of.cells {
            let text = template.fill(&|names, done| self.value(names, done, cells));
            let is_prose = matches!(
                column,
                Column::Text | Column::Outcome | Column::Action | Column::ToldBy
            );
            let text = if is_prose {
                text.replace('|', ", ")
            } else {
                text
            };
            if !text.trim().is_empty() {
                row.set(*column, text);
            }
        }
    }
}

/// The id at the end of a reference: `Patient/12`, `https://…/Patient/12/_history/3`, `urn:uuid:12`, `#12`.
fn id_of(reference: &str) -> &str {
    let version = reference.find("/_history/").unwrap_or(reference.len());
    let whole = reference.get(..version).unwrap_or(reference);
    let end = whole.rsplit('/').next().unwrap_or(whole);
    let end = end
        .strip_prefix("urn:uuid:")
        .or_else(|| end.strip_prefix("urn:oid:"))
        .unwrap_or(end);
    end.strip_prefix('#').unwrap_or(end)
}

/// Puts one row into rows of the plain profile.
pub fn plain_rows<'a>(fitted: &Fitted, place: &'a Place, data: &TableRow) -> Vec<PlainRow<'a>> {
    let cells = &data.cells;
    if fitted.left_out(cells).is_some() {
        return Vec::new();
    }
    let table = fitted.table;
    let rows = table.rows.iter();
    rows.filter(|of| fitted.all_hold(&of.conditions, cells))
        .map(|of| {
            let mut row = Row::blank(place, data.number);
            fitted.set(&mut row, of, cells);
            for also in &table.also {
                if fitted.all_hold(&also.conditions, cells) {
                    fitted.set(&mut row, also, cells);
                }
            }
            PlainRow {
                row,
                kinds: of.kinds,
            }
        })
        .collect()
}

/// Tells of rows that are left out, and of codes that nobody here knows: each code once, at its first row.
pub fn tell(fitted: &Fitted, sheet: &Sheet<'_>, rejects: &mut Vec<Reject>) {
    let mut unknown: BTreeMap<(usize, &str), (u32, usize)> = BTreeMap::new();
    for data in sheet.data() {
        if let Some(because) = fitted.left_out(&data.cells) {
            let row = Row::blank(&sheet.place, data.number);
            let hint = "nothing is to be done; ask the agency if it should be used";
            rejects.push(row.dropped(because, hint));
            continue;
        }
        for (at, (cell, header)) in data.cells.iter().zip(&fitted.folded).enumerate() {
            for part in fitted.profile.codes.unknown(header, cell) {
                if !is_not_known(part) {
                    let found = unknown.entry((at, part)).or_insert((data.number, 0));
                    *found = (found.0.min(data.number), found.1 + 1);
                }
            }
        }
    }
    for ((at, part), (row, times)) in unknown {
        let header = sheet.known.layout.headers.get(at);
        let more = match times {
            1 => String::new(),
            _ => format!(", in {times} rows"),
        };
        rejects.push(Reject {
            file: sheet.place.name.clone(),
            row: Some(row),
            column: header.cloned().unwrap_or_default(),
            value: part.to_owned(),
            problem: format!(
                "`{part}` is none of the codes that {} has here{more}",
                fitted.profile.name
            ),
            hint: "it is kept as given; ask the agency what it means".into(),
            kept: Kept::Cell,
        });
    }
}
