//! The second worker: records that share a key in, the pairs worth keeping out.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use super::row::{Row, read_row, roster};
use super::{Edge, Fault, Plan};
use crate::people::scale::apart::Known;
use crate::people::scale::block::{Chosen, parts};
use crate::people::scale::compare::Comparer;
use crate::people::scale::model::Model;
use crate::people::scale::weigh::Weights;
use crate::people::scale::{least_weight, weigh};

/// Records made comparable at a time; blocks stay whole.
const AT_A_TIME: usize = 50_000;

/// Blocks on their way to be compared, and the records in them.
#[derive(Default)]
struct Batch {
    rows: BTreeMap<u32, Row>,
    blocks: Vec<(Chosen, u32, Vec<u32>)>,
}

/// Reads lines of [`super::keys`], those of one pass and key together, and writes the pairs worth keeping: left, right and
/// weight, with spaces between. A pair that several keys bring is written several times.
///
/// # Errors
/// When a line is none of this plan, or nothing can be read or written.
pub fn score(
    plan: &Plan,
    model: &Model,
    from: &mut dyn BufRead,
    to: &mut dyn Write,
) -> Result<(), Fault> {
    plan.check()?;
    let fields = plan.fields.iter().map(|(name, _)| name);
    if !model.fields.iter().map(|of| &of.name).eq(fields) {
        return Err(Fault::Model);
    }
    let mut batch = Batch::default();
    let mut current = None;
    for (at, line) in from.lines().enumerate() {
        let line = line?;
        let (pass, key, row) = read_line(&line, plan).ok_or(Fault::Line {
            line: at + 1,
            wanted: "record with its key",
        })?;
        if current != Some((pass, key)) {
            if batch.rows.len() >= AT_A_TIME {
                batch.write_edges(plan, model, to)?;
                batch = Batch::default();
            }
            current = Some((pass, key));
            batch.blocks.push((plan.passes[pass], key, Vec::new()));
        }
        if let Some((_, _, block)) = batch.blocks.last_mut() {
            block.push(row.record);
        }
        batch.rows.entry(row.record).or_insert(row);
    }
    batch.write_edges(plan, model, to)?;
    Ok(to.flush()?)
}

fn read_line(line: &str, plan: &Plan) -> Option<(usize, u32, Row)> {
    let mut parts = line.splitn(3, '\t');
    let pass = parts.next()?.parse().ok()?;
    let key = parts.next()?.parse().ok()?;
    let row = read_row(parts.next()?, plan)?;
    (pass < plan.passes.len()).then_some((pass, key, row))
}

impl Batch {
    fn write_edges(self, plan: &Plan, model: &Model, to: &mut dyn Write) -> Result<(), Fault> {
        // the order of the numbers is that of the ids, here as where they were given
        let numbers: Vec<u32> = self.rows.keys().copied().collect();
        let table = plan.table(&roster(self.rows.values(), plan));
        let comparer = Comparer::new(&table, plan.specs());
        let weights = Weights::of(model, &comparer.fields, &table);
        let least = least_weight();
        for (pass, key, records) in self.blocks {
            let mut block: Vec<u32> = records
                .iter()
                .filter_map(|record| numbers.binary_search(record).ok())
                .map(|at| at as u32)
                .collect();
            block.sort_unstable();
            block.dedup();
            let is_apart = |left: usize, right: usize| {
                let known = |record: usize| Known::of(&table.rows[record]);
                known(left).is_apart(known(right), pass.brings, weights.telling)
            };
            for part in parts(&table, pass, key, block) {
                for (at, left) in part.iter().enumerate() {
                    for right in &part[at + 1..] {
                        let pair = (*left as usize, *right as usize);
                        if is_apart(pair.0, pair.1) {
                            continue;
                        }
                        let sides = (comparer.side(pair.0), comparer.side(pair.1));
                        let kept = weigh(&comparer, &weights, plan.never_within, sides, least);
                        if let Some(weight) = kept {
                            write_edge(to, (numbers[pair.0], numbers[pair.1], weight))?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn write_edge(to: &mut dyn Write, (left, right, weight): Edge) -> Result<(), Fault> {
    Ok(writeln!(to, "{left} {right} {weight}")?)
}

/// Reads what workers wrote.
///
/// # Errors
/// When a line is no edge, or nothing can be read.
pub fn read_edges(from: &mut dyn BufRead, into: &mut Vec<Edge>) -> Result<(), Fault> {
    for (at, line) in from.lines().enumerate() {
        let line = line?;
        let mut parts = line.split(' ');
        let mut next = || parts.next();
        let edge = (|| {
            let left = next()?.parse().ok()?;
            let right = next()?.parse().ok()?;
            let weight = next()?.parse::<f64>().ok().filter(|of| of.is_finite())?;
            next().is_none().then_some((left, right, weight))
        })();
        into.push(edge.ok_or(Fault::Line {
            line: at + 1,
            wanted: "pair",
        })?);
    }
    Ok(())
}
