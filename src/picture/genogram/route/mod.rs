//! Draws the lines: couples, children, care, and the loops round homes, all on the grid.
//!
//! Neighbours are joined at the height of their symbols. All other lines leave below the words and run in lanes of their
//! own, so that two lines may cross and never lie on each other.

mod draw;
mod loops;

use super::family::{Family, Member};
use super::unions::{Union, Unions};
use super::{Genogram, HALF, Placed, TALL};

/// A place on the grid: column and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The column.
    pub x: i32,
    /// The row.
    pub y: i32,
}

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    /// Married.
    Married,
    /// A couple that is not said to be married.
    Partner,
    /// Parents of one child who are not recorded as a couple.
    Parents,
    /// A child of its parents.
    Child,
    /// An adopted child.
    Adopted,
    /// A twin: it leaves the point that the twins share.
    Twin,
    /// Care by somebody who is no parent.
    Care,
}

/// A line from person to person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub kind: LineKind,
    /// Whether it is over.
    pub is_over: bool,
    /// The corners; each piece is level or upright, but for a twin's, which runs straight from the shared point.
    pub points: Vec<Point>,
}

/// A loop round those who live together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// The letter of the home.
    pub home: char,
    /// The corners; the last is joined to the first.
    pub points: Vec<Point>,
}

/// A level piece that needs a lane below a row: its owner, and the columns from and until.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Level {
    left: i32,
    right: i32,
    owner: usize,
}

/// What runs below a row.
#[derive(Debug, Clone, Default)]
struct Gap {
    /// Columns with an upright piece, and whose it is.
    uprights: Vec<(i32, usize)>,
    couples: Vec<Level>,
    buses: Vec<Level>,
    has_small: bool,
    has_fork: bool,
}

impl Gap {
    /// The first of some columns that nobody else uses.
    fn free(&self, columns: impl IntoIterator<Item = i32>, owner: usize) -> Option<i32> {
        let is_free = |x: &i32| self.uprights.iter().all(|(of, by)| of != x || *by == owner);
        columns.into_iter().find(is_free)
    }

    /// The first free of some columns around a middle, which is taken.
    fn take(&mut self, middle: i32, steps: &[i32], owner: usize) -> i32 {
        let x = self
            .free(steps.iter().map(|step| middle + step), owner)
            .unwrap_or(middle);
        self.uprights.push((x, owner));
        x
    }
}

/// Gives each level piece the first lane in which it touches no other; gives lanes by owner, and how many there are.
fn lanes(levels: &[Level]) -> (Vec<(usize, i32)>, i32) {
    let mut sorted = levels.to_vec();
    sorted.sort_unstable();
    let mut ends: Vec<i32> = Vec::new();
    let mut given = Vec::new();
    for level in sorted {
        let free = ends.iter().position(|end| *end < level.left);
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = level.right,
            None => ends.push(level.right),
        }
        given.push((level.owner, lane as i32));
    }
    (given, ends.len() as i32)
}

/// Where the line of one union runs.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    /// The column in which the line leaves each of the two; the same for one.
    from: (i32, i32),
    /// The column in which the line to the children comes down.
    drop: i32,
    /// Whether the couple stands side by side.
    beside: bool,
    /// The member whom nobody recorded, when there is one, and the column of their sign.
    small: Option<(usize, i32)>,
}

struct Router<'a> {
    family: &'a Family,
    unions: &'a Unions,
    order: &'a [Vec<usize>],
    columns: &'a [Option<i32>],
    gaps: Vec<Gap>,
    runs: Vec<Run>,
    /// For each line of care the columns that it passes, one a row from the carer's down to the child's.
    care: Vec<Vec<i32>>,
    top: Vec<i32>,
    out: Genogram,
}

/// Draws all lines and loops.
pub fn route(
    family: &Family,
    unions: &Unions,
    order: &[Vec<usize>],
    columns: &[Option<i32>],
) -> Genogram {
    let mut router = Router {
        family,
        unions,
        order,
        columns,
        gaps: vec![Gap::default(); order.len()],
        runs: Vec::new(),
        care: Vec::new(),
        top: Vec::new(),
        out: Genogram::default(),
    };
    router.reserve();
    router.runs();
    router.care();
    router.heights();
    router.place();
    router.draw();
    router.draw_care();
    router.loops();
    router.finish()
}

impl Router<'_> {
    fn x(&self, member: usize) -> i32 {
        self.columns.get(member).copied().flatten().unwrap_or(HALF)
    }

    fn row(&self, member: usize) -> Option<usize> {
        self.order.iter().position(|row| row.contains(&member))
    }

    fn y(&self, row: usize) -> i32 {
        self.top.get(row).copied().unwrap_or(0)
    }

    fn is_nobody(&self, member: usize) -> bool {
        self.family
            .members
            .get(member)
            .is_some_and(Member::is_nobody)
    }

    /// The columns that the children's lines come down in are theirs.
    fn reserve(&mut self) {
        for (at, union) in self.unions.all.iter().enumerate() {
            let columns: Vec<i32> = union
                .children
                .iter()
                .map(|(child, _)| self.x(*child))
                .collect();
            if let Some(gap) = self.gaps.get_mut(union.row) {
                gap.uprights.extend(columns.into_iter().map(|x| (x, at)));
                gap.has_fork |= !union.twins.is_empty();
            }
        }
    }

    /// Chooses the columns of every union, neighbours first.
    fn runs(&mut self) {
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
    fn hangs(&self, union: &Union) -> Vec<(i32, Vec<usize>)> {
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

    /// Chooses the columns of the lines of care: out below the carer, through the rows between, to the child's side.
    fn care(&mut self) {
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

    /// Gives each row its height, now that the lanes are known.
    fn heights(&mut self) {
        let mut y = 1;
        for gap in &self.gaps {
            self.top.push(y);
            let lanes = lanes(&gap.couples).1 + lanes(&gap.buses).1;
            y += TALL + 1 + i32::from(gap.has_small) + lanes + i32::from(gap.has_fork) + 1;
        }
    }

    fn place(&mut self) {
        for (row, members) in self.order.iter().enumerate() {
            for &member in members {
                self.out.placed.push(Placed {
                    member,
                    x: self.x(member),
                    y: self.y(row),
                    is_small: false,
                });
            }
        }
        for (union, run) in self.unions.all.iter().zip(&self.runs) {
            if let Some((member, x)) = run.small {
                self.out.placed.push(Placed {
                    member,
                    x,
                    y: self.small_row(union.row),
                    is_small: true,
                });
            }
        }
    }
}
