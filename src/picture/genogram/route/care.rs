//! Chooses the columns of the lines of care, which may pass rows between the carer and the child.

use super::super::HALF;
use super::{Level, Router};

impl Router<'_> {
    /// Chooses the columns of the lines of care: out below the carer, through the rows between, to the child's side.
    pub(super) fn care(&mut self) {
        for (number, &(_, carer, child)) in self.unions.care.iter().enumerate() {
            let owner = self.unions.all.len() + number;
            let (Some(from), Some(to)) = (self.row(carer), self.row(child)) else {
                self.care.push(Vec::new());
                continue;
            };
            let goal = self.x(child);
            let mut columns = Vec::new();
            let mut x = self.x(carer);
            for row in from..to {
                let Some(gap) = self.gaps.get_mut(row) else {
                    break;
                };
                if row == from {
                    x = gap.take(x, &[0, 2, -2, 4, -4, 6, -6], owner);
                    columns.push(x);
                }
                let next = if row + 1 == to {
                    gap.take(goal, &[1, -1, 2, -2], owner)
                } else {
                    let between = self.between(row + 1, goal);
                    self.through(row, &between, owner)
                };
                columns.push(next);
                if let Some(gap) = self.gaps.get_mut(row)
                    && x != next
                {
                    gap.buses.push(Level {
                        left: x.min(next),
                        right: x.max(next),
                        owner,
                    });
                }
                x = next;
            }
            self.care.push(columns);
        }
    }

    /// The columns between the members of a row, those nearest to a goal first.
    fn between(&self, row: usize, goal: i32) -> Vec<i32> {
        let mut between: Vec<i32> = self
            .order
            .get(row)
            .into_iter()
            .flatten()
            .flat_map(|&member| [self.x(member) - HALF, self.x(member) + HALF])
            .flat_map(|x| [x, x + 1, x - 1])
            .filter(|x| *x >= 0)
            .collect();
        between.sort_by_key(|x| ((x - goal).abs(), *x));
        between
    }

    /// Takes the first of some columns that is free above and below the row that it passes.
    fn through(&mut self, row: usize, columns: &[i32], owner: usize) -> i32 {
        let is_free = |x: &i32| {
            let gaps = self.gaps.iter().skip(row).take(2);
            gaps.clone().all(|gap| gap.free([*x], owner).is_some())
        };
        let x = columns
            .iter()
            .copied()
            .find(is_free)
            .or(columns.first().copied())
            .unwrap_or(0);
        for gap in self.gaps.iter_mut().skip(row).take(2) {
            gap.uprights.push((x, owner));
        }
        x
    }
}
