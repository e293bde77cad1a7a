//! Draws the lines: couples, children, care, and the loops round homes, all on the grid.
//!
//! Neighbours are joined at the height of their symbols. All other lines leave below the words and run in lanes of their
//! own, so that two lines may cross and never lie on each other.

mod care;
mod columns;
mod draw;
mod loops;

use super::family::{Family, Member};
use super::unions::Unions;
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
