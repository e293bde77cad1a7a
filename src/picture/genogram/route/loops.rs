//! Draws the loops round homes: one round neighbours of a row, joined to that of the next row where nobody else would be
//! inside. The letter says that loops of one home belong together.

use std::collections::BTreeSet;

use super::super::TALL;
use super::{Loop, Point, Router};

/// How far the wall of a loop stands from the middle of a person.
const WALL: i32 = 8;

/// Neighbours of one row who live together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    row: usize,
    left: i32,
    right: i32,
}

impl Router<'_> {
    pub(super) fn loops(&mut self) {
        let homes = &self.family.homes;
        for (home, letter) in homes.iter().zip('A'..='Z') {
            let mut open: Vec<Stretch> = Vec::new();
            for row in 0..self.order.len() {
                let found = self.stretches(home, row);
                let single = found.len() == 1;
                let joins = open.last().is_some_and(|last| {
                    single
                        && last.row + 1 == row
                        && !self.has_sign_between(*last, found.first().copied())
                });
                if !joins {
                    self.close(letter, &mut open);
                }
                if single {
                    open.extend(found);
                } else {
                    for one in found {
                        self.close(letter, &mut vec![one]);
                    }
                }
            }
            self.close(letter, &mut open);
        }
    }

    fn stretches(&self, home: &BTreeSet<usize>, row: usize) -> Vec<Stretch> {
        let members = self.order.get(row).map(Vec::as_slice).unwrap_or_default();
        let runs = members.chunk_by(|one, other| home.contains(one) == home.contains(other));
        runs.filter(|run| run.first().is_some_and(|member| home.contains(member)))
            .map(|run| Stretch {
                row,
                left: run.first().map_or(0, |member| self.x(*member)) - WALL,
                right: run.last().map_or(0, |member| self.x(*member)) + WALL,
            })
            .collect()
    }

    /// Whether the sign of somebody whom nobody recorded stands between two rows where the loop would pass round it.
    fn has_sign_between(&self, upper: Stretch, lower: Option<Stretch>) -> bool {
        let left = lower.map_or(upper.left, |lower| lower.left.min(upper.left));
        let right = lower.map_or(upper.right, |lower| lower.right.max(upper.right));
        let signs = self
            .unions
            .all
            .iter()
            .zip(&self.runs)
            .filter(|(union, _)| union.row == upper.row);
        signs
            .filter_map(|(_, run)| run.small)
            .any(|(_, x)| (left..=right).contains(&x))
    }

    /// Draws one loop round stretches of consecutive rows.
    fn close(&mut self, home: char, open: &mut Vec<Stretch>) {
        let mut left = Vec::new();
        let mut right = Vec::new();
        for (at, one) in open.iter().enumerate() {
            let top = self.y(one.row) - 1;
            let bottom = match open.get(at + 1) {
                Some(next) => self.y(next.row) - 1,
                None => self.y(one.row) + TALL,
            };
            for y in [top, bottom] {
                left.push(Point { x: one.left, y });
                right.push(Point { x: one.right, y });
            }
        }
        open.clear();
        left.reverse();
        right.extend(left);
        right.dedup();
        if !right.is_empty() {
            self.out.loops.push(Loop {
                home,
                points: right,
            });
        }
    }
}
