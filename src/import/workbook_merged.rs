//! Cells that are merged over several rows: the file holds their value in the first of these rows alone, and a reader of the
//! sheet sees it in all of them.

use calamine::Dimensions;

use super::Limits;
use super::read_error::ReadError;
use super::workbook::{Placed, too_many};
use crate::model::source::{Kept, Reject};

/// Gives each row that such a cell covers its value, in the cell's first column, and the line that tells of it. A row that
/// holds nothing else stays empty, and a cell with a value of its own keeps it.
///
/// # Errors
/// When that passes a limit.
pub(super) fn fill(
    cells: &mut Vec<Placed>,
    regions: &[Dimensions],
    limits: &Limits,
) -> Result<Option<Reject>, ReadError> {
    let by_place = |(row, column, _): &Placed| (*row, *column);
    // where two cells are in one place, the later one counts
    cells.sort_by_key(by_place);
    let own = cells.len();
    let mut rows: Vec<u32> = cells.iter().map(|(row, ..)| *row).collect();
    rows.dedup();
    let find = |cells: &[Placed], row: u32, column: u32| {
        let behind = cells.partition_point(|cell| by_place(cell) <= (row, column));
        let found = cells.get(behind.checked_sub(1)?)?;
        (by_place(found) == (row, column)).then(|| found.2.clone())
    };
    let (mut steps, mut bytes) = (0_usize, 0_u64);
    let mut filled: Vec<&Dimensions> = Vec::new();
    for region in regions.iter().filter(|one| one.end.0 > one.start.0) {
        let (top, column) = region.start;
        let Some(value) = find(cells.get(..own).unwrap_or_default(), top, column) else {
            continue;
        };
        let before = cells.len();
        let covered = rows.partition_point(|row| *row <= top);
        for row in rows
            .iter()
            .skip(covered)
            .take_while(|row| **row <= region.end.0)
        {
            steps += 1;
            if steps > limits.workbook_cells {
                return Err(too_many(limits));
            }
            if find(cells.get(..own).unwrap_or_default(), *row, column).is_some() {
                continue;
            }
            bytes += value.len() as u64;
            if bytes > limits.workbook_bytes {
                let most = limits.workbook_bytes;
                let problem = format!("the workbook's merged cells hold more than {most} bytes");
                return Err(ReadError::limit("workbook_bytes", problem));
            }
            cells.push((*row, column, value.clone()));
        }
        if cells.len() > before {
            filled.push(region);
        }
    }
    Ok(told(&filled))
}

/// The line that tells of it, with the first such cell.
fn told(filled: &[&Dimensions]) -> Option<Reject> {
    let first = filled.iter().min_by_key(|region| region.start)?;
    let [top, bottom] = [first.start.0, first.end.0].map(|row| row.saturating_add(1));
    let more = match filled.len() - 1 {
        0 => String::new(),
        1 => ", and so does 1 further cell".to_owned(),
        more => format!(", and so do {more} further cells"),
    };
    Some(Reject {
        row: Some(top),
        problem: format!(
            "a merged cell of column {} covers rows {top} to {bottom}{more}; each of the rows was read with its value",
            letters(first.start.1)
        ),
        hint:
            "if a value is meant for its first row alone, unmerge the cell and read the file again"
                .to_owned(),
        ..line()
    })
}

/// The line for a kind of workbook of which it is only known that some cells are merged over several rows.
pub(super) fn not_filled() -> Reject {
    Reject {
        problem: "cells are merged over several rows; only the first of these rows was read with the value".to_owned(),
        hint: "save it as XLSX, in which the other rows are read with it too, or unmerge the cells".to_owned(),
        ..line()
    }
}

fn line() -> Reject {
    Reject {
        file: String::new(),
        row: None,
        column: String::new(),
        value: String::new(),
        problem: String::new(),
        hint: String::new(),
        kept: Kept::Cell,
    }
}

/// A column as a spreadsheet names it: A to Z, AA …
fn letters(column: u32) -> String {
    let mut left = column.saturating_add(1);
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(start: (u32, u32), end: (u32, u32)) -> Dimensions {
        Dimensions { start, end }
    }

    fn cells(placed: &[(u32, u32, &str)]) -> Vec<Placed> {
        let all = placed.iter();
        all.map(|(row, column, text)| (*row, *column, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn rows_that_a_cell_covers_have_its_value_unless_they_are_empty_or_have_their_own() {
        let mut all = cells(&[
            (0, 0, "a"),
            (1, 0, "b"),
            (2, 1, "own"),
            (3, 1, "d"),
            (4, 0, "e"),
        ]);
        let regions = [
            region((1, 0), (9, 1)),
            // side by side only, and without a value
            region((0, 0), (0, 5)),
            region((0, 3), (4, 3)),
        ];
        let told = fill(&mut all, &regions, &Limits::default())
            .unwrap()
            .unwrap();
        assert_eq!(told.row, Some(2));
        assert!(
            told.problem.contains("column A covers rows 2 to 10;"),
            "{}",
            told.problem
        );
        all.sort();
        assert_eq!(
            all,
            cells(&[
                (0, 0, "a"),
                (1, 0, "b"),
                (2, 0, "b"),
                (2, 1, "own"),
                (3, 0, "b"),
                (3, 1, "d"),
                (4, 0, "e")
            ])
        );
    }

    #[test]
    fn cells_that_cover_very_much_pass_a_limit_and_fill_no_memory() {
        let mut all: Vec<Placed> = (0..1_000).map(|row| (row, 1, "x".to_owned())).collect();
        all.push((0, 0, "y".repeat(1_000)));
        let one = [region((0, 0), (u32::MAX, 0))];
        let few = Limits {
            workbook_bytes: 10_000,
            ..Limits::default()
        };
        assert!(fill(&mut all.clone(), &one, &few).is_err());
        let few = Limits {
            workbook_cells: 10_000,
            ..Limits::default()
        };
        let many: Vec<Dimensions> = (0..100).map(|_| region((0, 0), (999, 0))).collect();
        assert!(fill(&mut all.clone(), &many, &few).is_err());
        assert!(fill(&mut all, &one, &Limits::default()).unwrap().is_some());
    }

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), name);
        }
    }
}
