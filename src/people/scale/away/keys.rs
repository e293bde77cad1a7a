//! The first worker: records in, one line for each key of each record out.

use std::io::{BufRead, Write};

use super::row::{read_row, roster};
use super::{Fault, Plan};
use crate::people::scale::block::each_key;

/// Records made comparable at a time.
const AT_A_TIME: usize = 20_000;

/// Reads records, a line each, and writes `pass`, `key` and the record, with tabs between, for each key it has.
///
/// # Errors
/// When a line is no record of this plan, or nothing can be read or written.
pub fn keys(plan: &Plan, from: &mut dyn BufRead, to: &mut dyn Write) -> Result<(), Fault> {
    plan.check()?;
    let mut lines: Vec<String> = Vec::new();
    let mut first = 1;
    for line in from.lines() {
        lines.push(line?);
        if lines.len() == AT_A_TIME {
            write_keys(plan, &lines, first, to)?;
            first += lines.len();
            lines.clear();
        }
    }
    write_keys(plan, &lines, first, to)?;
    Ok(to.flush()?)
}

fn write_keys(
    plan: &Plan,
    lines: &[String],
    first: usize,
    to: &mut dyn Write,
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        rows.push(read_row(line, plan).ok_or(Fault::Line {
            line: first + at,
            wanted: "record",
        })?);
    }
    let table = plan.table(&roster(rows.iter(), plan));
    let mut written = Ok(());
    each_key(&table, &plan.passes, |pass, at, key| {
        if written.is_ok() {
            written = writeln!(to, "{pass}\t{key}\t{}", lines[at]);
        }
    });
    Ok(written?)
}
