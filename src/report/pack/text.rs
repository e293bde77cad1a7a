//! Writes a pack as plain text, to be read from top to bottom.

use super::document::{Block, Document, Grid};
use crate::report::guard::escape_controls;

/// Writes a pack.
pub fn page(document: &Document) -> String {
    let mut out = String::new();
    let mut put = |text: &str| {
        out.push_str(&escape_controls(text));
        out.push('\n');
    };
    put(&document.title.to_uppercase());
    put("");
    put(&document.notice);
    for section in &document.sections {
        put("");
        put("");
        put(&section.heading.to_uppercase());
        for block in &section.blocks {
            put("");
            match block {
                Block::Text(text) => put(text),
                Block::Heading(text) => put(&format!("-- {text}")),
                Block::List(lines) => lines
                    .iter()
                    .for_each(|line| put(&format!("* {}", line.replace('\n', "\n  ")))),
                Block::Terms(terms) => terms.iter().for_each(|(name, text)| {
                    put(&format!("{name}: {}", text.replace('\n', "\n  ")));
                }),
                Block::Table(grid) => table(grid, &mut put),
                Block::Picture(picture) => put(&format!("(Picture: {})", picture.caption)),
                Block::Lines(count) => {
                    (0..*count).for_each(|_| put("______________________________"));
                }
            }
        }
    }
    if !document.footer.is_empty() {
        put("");
        put(&document.footer);
    }
    out
}

fn table(grid: &Grid, put: &mut impl FnMut(&str)) {
    put(&grid.caption);
    if grid.is_blank {
        put(&format!("(to fill in: {})", grid.columns.join(", ")));
        return;
    }
    for row in &grid.rows {
        put("");
        for (at, (column, cell)) in grid.columns.iter().zip(row).enumerate() {
            let indent = if at == 0 { "" } else { "  " };
            if !cell.is_empty() {
                put(&format!(
                    "{indent}{column}: {}",
                    cell.replace('\n', "\n    ")
                ));
            }
        }
    }
}
