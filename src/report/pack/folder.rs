//! Lays the tables of a pack out as files of their own.

use super::document::{Block, Document};
use crate::report::{Cell, Table};

/// The tables of a pack, each with the name of its file.
pub fn tables(document: &Document) -> Vec<(String, Table)> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let mut tables: Vec<(String, Table)> = Vec::new();
    for block in blocks {
        let Block::Table(grid) = block else {
            continue;
        };
        let mut table = Table::new(
            grid.name,
            grid.columns
                .iter()
                .map(|head| head.to_lowercase().replace(' ', "_")),
        );
        if !grid.is_blank {
            let rows = grid
                .rows
                .iter()
                .map(|row| row.iter().map(Cell::text).collect());
            table.rows = rows.collect();
        }
        let same = tables
            .iter()
            .filter(|(_, other)| other.name == grid.name)
            .count();
        let number = if same == 0 {
            String::new()
        } else {
            format!("-{}", same + 1)
        };
        tables.push((format!("{}{number}.csv", grid.name), table));
    }
    tables
}
