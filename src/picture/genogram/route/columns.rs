//! Chooses the columns in which the lines of couples and to their children run, before any row has its height.

use super::super::HALF;
use super::super::unions::Union;
use super::{Level, Router, Run};

impl Router<'_> {
    /// Chooses the columns of every union, neighbours first.
    pub(super) fn runs(&mut self) {
        self.runs = vec![Run::default(); self.unions.all.len()];
        for pass in 0..3 {
            for (at, union) in self.unions.all.iter().enumerate() {
                let kind = match (
                    self.small_of(union),
                    self.beside(union),
                    union.parents.len(),
                ) {
                    (None, true, _) | (_, _, 1) => 0,
                    (Some(_), ..) => 1,
                    _ => 2,
                };
                if kind != pass {
                    continue;
                }
                let run = match kind {
                    0 => self.run_near(at, union),
                    1 => self.run_small(at, union),
                    _ => self.run_apart(at, union),
                };
                self.level(at, union, run);
                if let Some(of) = self.runs.get_mut(at) {
                    *of = run;
                }
            }
        }
    }

    fn small_of(&self, union: &Union) -> Option<usize> {
        union
            .parents
            .iter()
            .copied()
            .find(|&parent| self.is_nobody(parent))
    }

    fn beside(&self, union: &Union) -> bool {
        let [one, other] = union.parents.as_slice() else {
            return false;
        };
        self.order.get(union.row).is_some_and(|row| {
            row.windows(2)
                .any(|pair| pair == [*one, *other] || pair == [*other, *one])
        })
    }

    /// One parent alone, or two side by side.
    fn run_near(&mut self, at: usize, union: &Union) -> Run {
        let xs: Vec<i32> = union.parents.iter().map(|&parent| self.x(parent)).collect();
        let (left, right) = (
            xs.iter().copied().min().unwrap_or(0),
            xs.iter().copied().max().unwrap_or(0),
        );
        let steps: &[i32] = if left == right {
            &[0, 2, -2, 4, -4, 6, -6]
        } else {
            &[0, 1, -1]
        };
        let middle = i32::midpoint(left, right);
        let drop = match self.gaps.get_mut(union.row) {
            Some(gap) if !union.children.is_empty() => gap.take(middle, steps, at),
            _ => middle,
        };
        Run {
            from: (left, right),
            drop,
            beside: left != right,
            small: None,
        }
    }

    /// A parent, and the small sign of the one whom nobody recorded: on the side of the children.
    fn run_small(&mut self, at: usize, union: &Union) -> Run {
        let nobody = self.small_of(union).unwrap_or_default();
        let known = union
            .parents
            .iter()
            .copied()
            .find(|&parent| parent != nobody)
            .unwrap_or_default();
        let x = self.x(known);
        let towards = |of: &Union| {
            let children: Vec<i32> = of
                .children
                .iter()
                .map(|(child, _)| self.x(*child))
                .collect();
            children.iter().sum::<i32>() / children.len().max(1) as i32
        };
        let rival = self.unions.all.iter().enumerate().find(|(other, of)| {
            *other != at && of.parents.contains(&known) && self.small_of(of).is_some()
        });
        let is_left = match rival {
            Some((other, of)) => (towards(union), at) < (towards(of), other),
            None => towards(union) < x,
        };
        let side = if is_left { -1 } else { 1 };
        let drop = x + 3 * side;
        if let Some(gap) = self.gaps.get_mut(union.row) {
            gap.has_small = true;
            gap.uprights.extend([(x + side, at), (drop, at)]);
        }
        Run {
            from: (x + side, x + side),
            drop,
            beside: false,
            small: Some((nobody, x + 5 * side)),
        }
    }

    /// Two who do not stand side by side: a line below those between them.
    fn run_apart(&mut self, at: usize, union: &Union) -> Run {
        let xs: Vec<i32> = union.parents.iter().map(|&parent| self.x(parent)).collect();
        let (left, right) = (
            xs.iter().copied().min().unwrap_or(0),
            xs.iter().copied().max().unwrap_or(0),
        );
        let Some(gap) = self.gaps.get_mut(union.row) else {
            return Run::default();
        };
        let from = gap.take(left, &[2, 4, 6, 0, -2, -4], at);
        let until = gap.take(right, &[-2, -4, -6, 0, 2, 4], at);
        let drop = if union.children.is_empty() {
            from
        } else {
            let near_right = right - HALF - left;
            gap.take(
                left + HALF,
                &[0, 1, -1, near_right, near_right + 1, near_right - 1],
                at,
            )
        };
        gap.couples.push(Level {
            left: from.min(drop),
            right: until.max(drop),
            owner: at,
        });
        Run {
            from: (from, until),
            drop,
            beside: false,
            small: None,
        }
    }

    /// The level piece that a union's children hang from, when they are not straight below.
    fn level(&mut self, at: usize, union: &Union, run: Run) {
        let hang: Vec<i32> = self.hangs(union).into_iter().map(|(x, _)| x).collect();
        let (Some(&least), Some(&most)) = (hang.iter().min(), hang.iter().max()) else {
            return;
        };
        let (left, right) = (least.min(run.drop), most.max(run.drop));
        if let Some(gap) = self.gaps.get_mut(union.row)
            && left < right
        {
            gap.buses.push(Level {
                left,
                right,
                owner: at,
            });
        }
    }

    /// The columns in which children, or the points that twins share, hang from the level piece; with the children.
    pub(super) fn hangs(&self, union: &Union) -> Vec<(i32, Vec<usize>)> {
        let mut hangs: Vec<(i32, Vec<usize>)> = Vec::new();
        for (at, _) in union.children.iter().enumerate() {
            if let Some(group) = union.twins.iter().find(|group| group.contains(&at)) {
                if group.first() == Some(&at) {
                    let xs: Vec<i32> = group
                        .iter()
                        .filter_map(|&of| union.children.get(of))
                        .map(|(c, _)| self.x(*c))
                        .collect();
                    let middle = xs.iter().sum::<i32>() / xs.len().max(1) as i32;
                    hangs.push((middle, group.clone()));
                }
            } else if let Some((child, _)) = union.children.get(at) {
                hangs.push((self.x(*child), vec![at]));
            }
        }
        hangs
    }
}
