//! Records as lines of text: a list in JSON, so that no tab, line end or backslash of a cell is ever mistaken for anything.

use std::io::{self, Write};
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::model::date::When;
use crate::model::roster::{Column, Roster};
use crate::model::words::Sex;

/// One record. Its id stays where it is: nobody elsewhere needs it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// Its number.
    pub record: u32,
    agency: u16,
    /// As in [`columns`].
    cells: Vec<String>,
    born: Option<When>,
    sex: Option<Sex>,
}

/// The columns of which the text is told; date of birth and sex are told as they were understood.
const PLAIN: usize = 10;

fn columns(roster: &Roster) -> Vec<&Column> {
    let plain: [&Column; PLAIN] = [
        &roster.given,
        &roster.middle,
        &roster.family,
        &roster.other,
        &roster.full,
        &roster.address,
        &roster.postcode,
        &roster.phone,
        &roster.email,
        &roster.household,
    ];
    let numbers = roster.identifiers.iter().map(|(_, column)| column);
    let texts = roster.further.iter().map(|(_, column)| column);
    plain.into_iter().chain(numbers).chain(texts).collect()
}

fn columns_mut(roster: &mut Roster) -> Vec<&mut Column> {
    let plain: [&mut Column; PLAIN] = [
        &mut roster.given,
        &mut roster.middle,
        &mut roster.family,
        &mut roster.other,
        &mut roster.full,
        &mut roster.address,
        &mut roster.postcode,
        &mut roster.phone,
        &mut roster.email,
        &mut roster.household,
    ];
    let numbers = roster.identifiers.iter_mut().map(|(_, column)| column);
    let texts = roster.further.iter_mut().map(|(_, column)| column);
    plain.into_iter().chain(numbers).chain(texts).collect()
}

/// Writes some records, a line each.
///
/// # Errors
/// When they cannot be written.
pub fn write_rows(roster: &Roster, records: Range<usize>, to: &mut dyn Write) -> io::Result<()> {
    let columns = columns(roster);
    for record in records {
        let born = roster.births.get(roster.birth.cell(record) as usize);
        let sex = roster.sexes.get(roster.sex.cell(record) as usize);
        let row = Row {
            record: record as u32,
            agency: roster.agency.get(record).copied().unwrap_or_default(),
            cells: columns.iter().map(|of| of.get(record).to_owned()).collect(),
            born: born.filter(|born| **born != When::default()).cloned(),
            sex: sex.copied().flatten(),
        };
        serde_json::to_writer(&mut *to, &row)?;
        to.write_all(b"\n")?;
    }
    Ok(())
}

/// Reads a line; `None` when it is none of this plan.
pub fn read_row(line: &str, plan: &Plan) -> Option<Row> {
    let row: Row = serde_json::from_str(line).ok()?;
    (row.cells.len() == PLAIN + plan.schemes.len() + plan.texts).then_some(row)
}

/// A roster of these rows, in their order, without ids.
pub fn roster<'a>(rows: impl Iterator<Item = &'a Row>, plan: &Plan) -> Roster {
    let schemes = plan.schemes.iter();
    let mut roster = Roster {
        identifiers: schemes
            .map(|scheme| (scheme.clone(), Column::default()))
            .collect(),
        further: vec![(String::new(), Column::default()); plan.texts],
        births: vec![When::default()],
        sexes: vec![None, Some(Sex::Male), Some(Sex::Female)],
        ..Roster::default()
    };
    for sex in ["m", "f"] {
        roster.sex.values.push(sex);
    }
    let mut known: Vec<FxHashMap<&'a str, u32>> =
        vec![FxHashMap::default(); PLAIN + plan.schemes.len() + plan.texts];
    let mut births: FxHashMap<&'a When, u32> = FxHashMap::default();
    for row in rows {
        roster.agency.push(row.agency);
        let columns = columns_mut(&mut roster).into_iter().zip(&mut known);
        for ((column, known), cell) in columns.zip(&row.cells) {
            let number = match cell.as_str() {
                "" => 0,
                text => *known
                    .entry(text)
                    .or_insert_with(|| column.values.push(text)),
            };
            column.cells.push(number);
        }
        let born = row.born.as_ref().map_or(0, |born| {
            *births.entry(born).or_insert_with(|| {
                roster.births.push(born.clone());
                roster.birth.values.push(&born.raw)
            })
        });
        roster.birth.cells.push(born);
        roster.sex.cells.push(match row.sex {
            Some(Sex::Male) => 1,
            Some(Sex::Female) => 2,
            _ => 0,
        });
    }
    roster
}
