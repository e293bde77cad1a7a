//! Turns the columns and lanes that were chosen into lines with corners.

use super::super::bond::Bond;
use super::super::unions::Union;
use super::super::{Genogram, TALL};
use super::{Line, LineKind, Point, Router, Run, lanes};

fn at(x: i32, y: i32) -> Point {
    Point { x, y }
}

/// Where the lanes below a row lie.
#[derive(Debug, Clone, Copy)]
struct Lanes {
    /// The row of the first lane of couples.
    couples: i32,
    /// The row of the first lane that children hang from.
    buses: i32,
    /// The row in which twins part.
    fork: i32,
}

impl Router<'_> {
    /// The row of the small signs below a row.
    pub(super) fn small_row(&self, row: usize) -> i32 {
        self.y(row) + TALL + 1
    }

    fn lanes(&self, row: usize) -> Lanes {
        let Some(gap) = self.gaps.get(row) else {
            return Lanes {
                couples: 0,
                buses: 0,
                fork: 0,
            };
        };
        let couples = self.small_row(row) + i32::from(gap.has_small);
        let buses = couples + lanes(&gap.couples).1;
        Lanes {
            couples,
            buses,
            fork: buses + lanes(&gap.buses).1,
        }
    }

    /// The lane of an owner among the couples or the buses below a row.
    fn lane(&self, row: usize, owner: usize, is_couple: bool) -> Option<i32> {
        let gap = self.gaps.get(row)?;
        let (levels, base) = if is_couple {
            (&gap.couples, self.lanes(row).couples)
        } else {
            (&gap.buses, self.lanes(row).buses)
        };
        let (given, _) = lanes(levels);
        let lane = given
            .iter()
            .find(|(of, _)| *of == owner)
            .map(|(_, lane)| *lane)?;
        Some(base + lane)
    }

    pub(super) fn draw(&mut self) {
        let unions = self.unions;
        for (number, union) in unions.all.iter().enumerate() {
            let run = self.runs.get(number).copied().unwrap_or_default();
            let start = self.draw_couple(number, union, run);
            self.draw_children(number, union, run, start);
        }
    }

    /// Draws the line of a couple; gives the row in which the line to the children begins.
    fn draw_couple(&mut self, number: usize, union: &Union, run: Run) -> i32 {
        let y = self.y(union.row);
        let below = y + TALL;
        let tie = union.couple.and_then(|tie| self.family.ties.get(tie));
        let kind = match tie.map(|tie| tie.bond) {
            Some(Bond::Married) => LineKind::Married,
            Some(_) => LineKind::Partner,
            None => LineKind::Parents,
        };
        let is_over = tie.is_some_and(|tie| tie.is_over);
        let mut line = |points: Vec<Point>| {
            self.out.lines.push(Line {
                kind,
                is_over,
                points,
            });
        };
        if let Some((_, sign)) = run.small {
            let row = below + 1;
            line(vec![
                at(run.from.0, below),
                at(run.from.0, row),
                at(sign, row),
            ]);
            return row;
        }
        if union.parents.len() < 2 {
            return below;
        }
        if run.beside {
            line(vec![at(run.from.0, y), at(run.from.1, y)]);
            return y;
        }
        let lane = self.lane(union.row, number, true).unwrap_or(below + 1);
        self.out.lines.push(Line {
            kind,
            is_over,
            points: vec![
                at(run.from.0, below),
                at(run.from.0, lane),
                at(run.from.1, lane),
                at(run.from.1, below),
            ],
        });
        lane
    }

    fn draw_children(&mut self, number: usize, union: &Union, run: Run, start: i32) {
        let bus = self.lane(union.row, number, false);
        let fork = self.lanes(union.row).fork;
        for (x, group) in self.hangs(union) {
            let children: Vec<(usize, Bond)> = group
                .iter()
                .filter_map(|&of| union.children.get(of))
                .copied()
                .collect();
            let top = self.y(union.row + 1);
            let is_twins = children.len() > 1;
            let end = if is_twins { fork } else { top };
            let mut points = vec![at(run.drop, start)];
            if let (Some(bus), true) = (bus, x != run.drop) {
                points.extend([at(run.drop, bus), at(x, bus)]);
            }
            points.push(at(x, end));
            let adopted = children.iter().any(|(_, bond)| *bond == Bond::Adoptive);
            self.out.lines.push(Line {
                kind: if adopted {
                    LineKind::Adopted
                } else {
                    LineKind::Child
                },
                is_over: false,
                points,
            });
            for (child, _) in children.iter().filter(|_| is_twins) {
                let to = at(self.x(*child), top);
                self.out.lines.push(Line {
                    kind: LineKind::Twin,
                    is_over: false,
                    points: vec![at(x, fork), to],
                });
            }
        }
    }

    pub(super) fn draw_care(&mut self) {
        let unions = self.unions;
        for (number, (&(_, carer, child), columns)) in
            unions.care.iter().zip(self.care.clone()).enumerate()
        {
            let owner = unions.all.len() + number;
            let (Some(from), Some(to)) = (self.row(carer), self.row(child)) else {
                continue;
            };
            let Some(&first) = columns.first() else {
                continue;
            };
            let mut points = vec![at(first, self.y(from) + TALL)];
            let mut x = first;
            for (row, &next) in (from..to).zip(columns.iter().skip(1)) {
                if let Some(lane) = self.lane(row, owner, false).filter(|_| next != x) {
                    points.extend([at(x, lane), at(next, lane)]);
                }
                x = next;
            }
            points.push(at(x, self.y(to)));
            self.out.lines.push(Line {
                kind: LineKind::Care,
                is_over: false,
                points,
            });
        }
    }

    /// Sorts what was drawn, and says what was not.
    pub(super) fn finish(mut self) -> Genogram {
        let family = self.family;
        let same_home = |one: usize, other: usize| {
            family
                .homes
                .iter()
                .any(|home| home.contains(&one) && home.contains(&other))
        };
        let ties = self.family.ties.iter().enumerate();
        self.out.not_drawn = ties
            .filter(|(at, tie)| match tie.bond {
                Bond::Lives => tie.is_over || !same_home(tie.one, tie.other),
                _ => !self.unions.shown.get(*at).copied().unwrap_or(false),
            })
            .map(|(at, _)| at)
            .collect();
        if self.out.placed.is_empty() {
            return self.out;
        }
        self.out
            .placed
            .sort_by_key(|one| (one.y, one.x, one.member));
        let right = self.out.placed.iter().map(|one| one.x).max().unwrap_or(0);
        let corners = self
            .out
            .lines
            .iter()
            .flat_map(|line| &line.points)
            .chain(self.out.loops.iter().flat_map(|l| &l.points));
        let (far, deep) = corners.fold((0, 0), |(x, y), point| (x.max(point.x), y.max(point.y)));
        self.out.width = (right + super::HALF + 1).max(far + 1);
        let lowest = self.out.placed.iter().map(|one| {
            if one.is_small {
                one.y + 1
            } else {
                one.y + TALL
            }
        });
        self.out.height = lowest.max().unwrap_or(0).max(deep + 1);
        self.out
    }
}
