//! The section on what was read: files, rows, and what each column was taken for.

use maud::{Markup, html};

use super::super::figures::counted;
use super::{Run, count_cell, outside};
use crate::import::roster::FileRead;

/// What was read.
pub fn section(run: &Run<'_>) -> Markup {
    html! {
        section {
            h2 { "What was read" }
            div.wide {
                table {
                    caption { "Each file: rows are used, or rejected with a reason in rejects.csv." }
                    thead { tr {
                        th scope="col" { "file" }
                        th.n scope="col" { "rows" }
                        th.n scope="col" { "used" }
                        th.n scope="col" { "rejected" }
                    } }
                    tbody {
                        @for file in run.files {
                            tr {
                                th scope="row" { (outside(&file.name)) }
                                (count_cell(file.rows as u64))
                                (count_cell(file.used as u64))
                                (count_cell(file.rejected as u64))
                            }
                        }
                    }
                }
            }
            @if run.rejects > 0 {
                p { (counted(run.rejects as u64, "line", "lines")) " in rejects.csv: cells and rows that were not used as given, and why." }
            }
            @for file in run.files { (columns(file)) }
        }
    }
}

fn columns(file: &FileRead) -> Markup {
    let unused: Vec<String> = file
        .columns
        .iter()
        .filter(|(_, meaning)| meaning.is_empty())
        .map(|(header, _)| outside(header))
        .collect();
    html! {
        h3 { "Columns of " (outside(&file.name)) }
        div.wide {
            table.long {
                thead { tr { th scope="col" { "column" } th scope="col" { "read as" } } }
                tbody {
                    @for (header, meaning) in file.columns.iter().filter(|(_, meaning)| !meaning.is_empty()) {
                        tr { th scope="row" { (outside(header)) } td { (outside(meaning)) } }
                    }
                }
            }
        }
        @if !unused.is_empty() {
            p { "Not used: " (unused.join(", ")) ". A further column is compared when it is named with --compare, a column of another name is read with --map." }
        }
    }
}
