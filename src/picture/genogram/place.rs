//! Gives each member a column: children below their parents, nobody closer than the words below the symbols allow.

use super::ACROSS;
use super::HALF;
use super::unions::{Union, Unions};

/// Rounds of moving rows below and above each other.
const ROUNDS: usize = 8;

/// Gives the column of each member of the ordered rows; the others get none.
pub fn columns(rows: &[Vec<usize>], unions: &Unions, members: usize) -> Vec<Option<i32>> {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let mut at: Vec<Option<f64>> = vec![None; members];
    for row in rows {
        let left = (widest - row.len() as f64) / 2.0;
        for (slot, &member) in row.iter().enumerate() {
            set(&mut at, member, (left + slot as f64) * f64::from(ACROSS));
        }
    }
    for _ in 0..ROUNDS {
        for row in 1..rows.len() {
            move_row(rows, row, &mut at, |at| below(unions, at, row));
        }
        // the last word is the children's: parents stand above them
        for row in (0..rows.len().saturating_sub(1)).rev() {
            move_row(rows, row, &mut at, |at| above(unions, at, row));
        }
    }
    whole(rows, &at)
}

fn set(at: &mut [Option<f64>], member: usize, x: f64) {
    if let Some(place) = at.get_mut(member) {
        *place = Some(x);
    }
}

fn get(at: &[Option<f64>], member: usize) -> Option<f64> {
    at.get(member).copied().flatten()
}

/// Moves the members of a row to where they are wanted, as near as their order and room allow.
fn move_row(
    rows: &[Vec<usize>],
    row: usize,
    at: &mut [Option<f64>],
    wanted: impl Fn(&[Option<f64>]) -> Vec<(usize, f64)>,
) {
    let wanted = wanted(at);
    let Some(row) = rows.get(row) else {
        return;
    };
    let goals: Vec<f64> = row
        .iter()
        .map(|member| {
            let goals: Vec<f64> = wanted
                .iter()
                .filter(|(of, _)| of == member)
                .map(|(_, x)| *x)
                .collect();
            if goals.is_empty() {
                get(at, *member).unwrap_or(0.0)
            } else {
                goals.iter().sum::<f64>() / goals.len() as f64
            }
        })
        .collect();
    for (member, x) in row.iter().zip(apart(&goals)) {
        set(at, *member, x);
    }
}

/// Where the line to the children leaves a union.
fn drop_of(union: &Union, at: &[Option<f64>]) -> Option<f64> {
    let standing: Vec<f64> = union
        .parents
        .iter()
        .filter_map(|&parent| get(at, parent))
        .collect();
    (!standing.is_empty()).then(|| standing.iter().sum::<f64>() / standing.len() as f64)
}

/// Children are wanted side by side below the line that they hang from.
fn below(unions: &Unions, at: &[Option<f64>], row: usize) -> Vec<(usize, f64)> {
    let mut wanted = Vec::new();
    for union in unions.all.iter().filter(|union| union.row + 1 == row) {
        let Some(drop) = drop_of(union, at) else {
            continue;
        };
        let mut children: Vec<(usize, f64)> = union
            .children
            .iter()
            .filter_map(|(child, _)| Some((*child, get(at, *child)?)))
            .collect();
        children.sort_by(|one, other| one.1.total_cmp(&other.1));
        let middle = (children.len() as f64 - 1.0) / 2.0;
        for (slot, (child, _)) in children.iter().enumerate() {
            wanted.push((*child, drop + (slot as f64 - middle) * f64::from(ACROSS)));
        }
    }
    wanted
}

/// Parents are wanted above their children, a couple on both sides of the line.
fn above(unions: &Unions, at: &[Option<f64>], row: usize) -> Vec<(usize, f64)> {
    let mut wanted = Vec::new();
    for union in unions.all.iter().filter(|union| union.row == row) {
        let children: Vec<f64> = union
            .children
            .iter()
            .filter_map(|(child, _)| get(at, *child))
            .collect();
        let mut parents: Vec<(usize, f64)> = union
            .parents
            .iter()
            .filter_map(|&parent| Some((parent, get(at, parent)?)))
            .collect();
        parents.sort_by(|one, other| one.1.total_cmp(&other.1));
        let middle = (parents.len() as f64 - 1.0) / 2.0;
        let Some(over) =
            (!children.is_empty()).then(|| children.iter().sum::<f64>() / children.len() as f64)
        else {
            continue;
        };
        for (slot, (parent, _)) in parents.iter().enumerate() {
            wanted.push((*parent, over + (slot as f64 - middle) * f64::from(ACROSS)));
        }
    }
    wanted
}

/// The places nearest to the goals (least squares) that keep the order and the room between neighbours.
fn apart(goals: &[f64]) -> Vec<f64> {
    // pool neighbours whose order would turn round, and give them their mean
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (slot, goal) in goals.iter().enumerate() {
        pools.push((goal - slot as f64 * f64::from(ACROSS), 1));
        while let [.., (before, many), (last, more)] = pools.as_slice()
            && before > last
        {
            let (all, sum) = (many + more, before * *many as f64 + last * *more as f64);
            pools.truncate(pools.len() - 2);
            pools.push((sum / all as f64, all));
        }
    }
    let levels = pools
        .iter()
        .flat_map(|(mean, count)| std::iter::repeat_n(*mean, *count));
    levels
        .enumerate()
        .map(|(slot, level)| level + slot as f64 * f64::from(ACROSS))
        .collect()
}

/// Whole, even columns that begin at the left edge.
fn whole(rows: &[Vec<usize>], at: &[Option<f64>]) -> Vec<Option<i32>> {
    let least = at.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    let mut columns = vec![None; at.len()];
    for row in rows {
        for (slot, &member) in row.iter().enumerate() {
            let x = get(at, member).unwrap_or(0.0) - least - slot as f64 * f64::from(ACROSS);
            let even = (x / 2.0).round() as i32 * 2;
            if let Some(column) = columns.get_mut(member) {
                *column = Some(even + slot as i32 * ACROSS + HALF + 1);
            }
        }
    }
    columns
}
