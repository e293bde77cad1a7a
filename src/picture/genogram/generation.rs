//! Puts each member into a row: parents above children, couples and siblings side by side.
//!
//! Ties are taken one after another, the surest first. One that contradicts those before it is not drawn, and the list says
//! it: a picture in which somebody is their own grandfather helps nobody.

use std::collections::BTreeMap;

use super::bond::Bond;
use super::family::Family;

/// Members by row, and the ties that agree with the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_field_names,
    reason = "the rows of the rows are what it is"
)]
pub struct Rows {
    /// The members of each row, the eldest generation first; by birth, then index.
    pub rows: Vec<Vec<usize>>,
    /// For each member its row; `None` for the small sign of somebody whom nobody recorded.
    pub row_of: Vec<Option<usize>>,
    /// For each tie whether it agrees with the rows.
    pub agrees: Vec<bool>,
}

/// Gives each member a row.
pub fn rows(family: &Family) -> Rows {
    let mut links = Links::new(family.members.len());
    let mut agrees = vec![false; family.ties.len()];
    let mut ties: Vec<usize> = (0..family.ties.len()).collect();
    ties.sort_by_key(|&at| {
        let tie = family.ties.get(at);
        tie.map(|tie| {
            (
                rank(tie.bond),
                usize::MAX - tie.said_by.len(),
                tie.is_over,
                at,
            )
        })
    });
    for at in ties {
        if let Some(tie) = family.ties.get(at)
            && let Some(above) = tie.bond.above()
            && let Some(agree) = agrees.get_mut(at)
        {
            *agree = links.join(tie.one, tie.other, above);
        }
    }
    let level = levels(family, &mut links);
    let mut by_level: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (at, member) in family.members.iter().enumerate() {
        if !member.is_nobody() {
            by_level
                .entry(level.get(at).copied().unwrap_or(0))
                .or_default()
                .push(at);
        }
    }
    let mut row_of = vec![None; family.members.len()];
    let mut rows = Vec::new();
    for (row, (_, mut members)) in by_level.into_iter().enumerate() {
        members.sort_by_key(|&at| (family.members.get(at).and_then(|m| m.birth), at));
        for &at in &members {
            if let Some(of) = row_of.get_mut(at) {
                *of = Some(row);
            }
        }
        rows.push(members);
    }
    Rows {
        rows,
        row_of,
        agrees,
    }
}

/// The surest ties first.
fn rank(bond: Bond) -> u8 {
    match bond {
        Bond::Parent | Bond::Adoptive => 0,
        Bond::Married | Bond::Partner => 1,
        Bond::Sibling | Bond::Twin => 2,
        Bond::HalfSibling | Bond::Step => 3,
        Bond::Foster | Bond::Grandparent => 4,
        _ => 5,
    }
}

/// The level of each member: 0 for the children whom the case is about, below 0 for those before them. Members who hang
/// together with nobody else stand with the children when they are children, else one above.
fn levels(family: &Family, links: &mut Links) -> Vec<i32> {
    let count = family.members.len();
    let mut at_zero: BTreeMap<usize, i32> = BTreeMap::new();
    for is_wanted in [true, false] {
        for (at, member) in family.members.iter().enumerate() {
            let (root, offset) = links.find(at);
            let is_child = member.is_index || member.is_child;
            let goal = if is_child { 0 } else { -1 };
            if member.is_index == is_wanted && !member.is_nobody() {
                at_zero.entry(root).or_insert(goal - offset);
            }
        }
    }
    (0..count)
        .map(|at| {
            let (root, offset) = links.find(at);
            at_zero.get(&root).copied().unwrap_or(0) + offset
        })
        .collect()
}

/// Members that hang together, with how far each stands below the first of them.
struct Links {
    parent: Vec<usize>,
    below: Vec<i32>,
}

impl Links {
    fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
            below: vec![0; count],
        }
    }

    /// The first of those a member hangs together with, and how far the member stands below it.
    fn find(&mut self, at: usize) -> (usize, i32) {
        let mut offset = 0;
        let mut here = at;
        while let Some(&up) = self.parent.get(here).filter(|&&up| up != here) {
            offset += self.below.get(here).copied().unwrap_or(0);
            here = up;
        }
        (here, offset)
    }

    /// Puts `one` so many rows above `other`; false where they stand otherwise already.
    fn join(&mut self, one: usize, other: usize, above: i32) -> bool {
        let ((first, down), (second, deep)) = (self.find(one), self.find(other));
        if first == second {
            return deep - down == above && one != other;
        }
        // other = first + down + above, and other = second + deep
        if let (Some(parent), Some(below)) =
            (self.parent.get_mut(second), self.below.get_mut(second))
        {
            *parent = first;
            *below = down + above - deep;
        }
        true
    }
}
