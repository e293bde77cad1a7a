//! Finds the unions: one or two people of one row, the line that joins them, and the children that hang from it.

use std::collections::BTreeMap;

use super::bond::Bond;
use super::family::Family;
use super::generation::Rows;

/// One or two people of one row and their children.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Union {
    /// Who: one or two members, by index. The second may be somebody whom nobody recorded.
    pub parents: Vec<usize>,
    /// The row that they stand in.
    pub row: usize,
    /// Index of the tie that makes them a couple, if one does.
    pub couple: Option<usize>,
    /// The children with the bond to the first parent that has one, by birth, then index.
    pub children: Vec<(usize, Bond)>,
    /// Children that were born on one day, by index into `children`: each group hangs from one point.
    pub twins: Vec<Vec<usize>>,
}

/// The unions of a family, and which ties they show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unions {
    /// By row, parents.
    pub all: Vec<Union>,
    /// Lines of care: index of the tie, carer, child.
    pub care: Vec<(usize, usize, usize)>,
    /// For each tie whether a line shows it.
    pub shown: Vec<bool>,
}

/// Finds the unions.
pub fn of(family: &Family, rows: &Rows) -> Unions {
    let mut unions = Unions {
        shown: vec![false; family.ties.len()],
        ..Unions::default()
    };
    let mut by_parents: BTreeMap<(usize, Vec<usize>), Union> = BTreeMap::new();
    for child in 0..family.members.len() {
        let chosen = parents_of(family, rows, child);
        let Some(row) = chosen.iter().find_map(|(parent, _)| row(rows, *parent)) else {
            continue;
        };
        for (_, tie) in &chosen {
            show(&mut unions.shown, *tie);
        }
        let mut parents: Vec<usize> = chosen.iter().map(|(parent, _)| *parent).collect();
        parents.sort_unstable();
        let bond = chosen
            .iter()
            .filter_map(|(_, tie)| family.ties.get(*tie))
            .map(|tie| tie.bond)
            .max();
        let union = by_parents.entry((row, parents.clone())).or_default();
        union.parents = parents;
        union.row = row;
        union.children.push((child, bond.unwrap_or(Bond::Parent)));
    }
    for (at, tie) in family.ties.iter().enumerate() {
        let agrees = rows.agrees.get(at).copied().unwrap_or(false);
        if tie.bond.is_couple()
            && agrees
            && let Some(row) = row(rows, tie.one)
        {
            let parents = vec![tie.one.min(tie.other), tie.one.max(tie.other)];
            let union = by_parents.entry((row, parents.clone())).or_default();
            union.parents = parents;
            union.row = row;
            if union.couple.is_none() {
                union.couple = Some(at);
                show(&mut unions.shown, at);
            }
        }
    }
    for union in by_parents.values_mut() {
        union.children.sort_by_key(|&(child, _)| {
            (
                family.members.get(child).and_then(|m| m.birth.or(m.due)),
                child,
            )
        });
        union.twins = twins(family, union);
    }
    unions.all = by_parents.into_values().collect();
    siblings(family, &mut unions);
    care(family, rows, &mut unions);
    unions
}

fn row(rows: &Rows, member: usize) -> Option<usize> {
    rows.row_of.get(member).copied().flatten()
}

fn show(shown: &mut [bool], tie: usize) {
    if let Some(shown) = shown.get_mut(tie) {
        *shown = true;
    }
}

/// The parents to draw of a child, with the ties that say so: at most two, of one row, a woman and a man before two of a
/// kind, those said by more agencies first.
fn parents_of(family: &Family, rows: &Rows, child: usize) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(usize, usize)> = family
        .ties
        .iter()
        .enumerate()
        .filter(|(at, tie)| {
            tie.bond.is_parent()
                && tie.other == child
                && rows.agrees.get(*at).copied().unwrap_or(false)
        })
        .map(|(at, tie)| (tie.one, at))
        .collect();
    candidates.sort_by_key(|&(_, at)| {
        family
            .ties
            .get(at)
            .map(|tie| (!tie.has_responsibility, usize::MAX - tie.said_by.len(), at))
    });
    candidates.sort_by_key(|&(parent, _)| {
        family
            .members
            .get(parent)
            .is_some_and(super::Member::is_nobody)
    });
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    let sex = |member: usize| family.members.get(member).and_then(|m| m.sex);
    for pass in 0..2 {
        for &(parent, tie) in &candidates {
            let is_new = chosen.iter().all(|(other, _)| *other != parent);
            let fits = pass == 1 || chosen.iter().all(|(other, _)| sex(*other) != sex(parent));
            if chosen.len() < 2 && is_new && fits {
                chosen.push((parent, tie));
            }
        }
    }
    chosen
}

/// Groups of children who share a day of birth, or whom a tie calls twins.
fn twins(family: &Family, union: &Union) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, (child, _)) in union.children.iter().enumerate() {
        let birth = |member: usize| family.members.get(member).and_then(|m| m.birth);
        let is_twin = |other: usize| {
            let same_day = birth(*child).is_some() && birth(*child) == birth(other);
            same_day
                || family.ties.iter().any(|tie| {
                    tie.bond == Bond::Twin
                        && [(tie.one, tie.other), (tie.other, tie.one)].contains(&(*child, other))
                })
        };
        let group = groups.iter_mut().find(|group| {
            let members = group.iter().filter_map(|&of| union.children.get(of));
            members.clone().any(|(other, _)| is_twin(*other))
        });
        match group {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// A tie between siblings is shown when both hang from a line of the same parent.
fn siblings(family: &Family, unions: &mut Unions) {
    let parents = |child: usize| -> Vec<usize> {
        let of = unions
            .all
            .iter()
            .filter(|union| union.children.iter().any(|(c, _)| *c == child));
        of.flat_map(|union| union.parents.clone()).collect()
    };
    let shown: Vec<usize> = family
        .ties
        .iter()
        .enumerate()
        .filter(|(_, tie)| {
            let (one, other) = (parents(tie.one), parents(tie.other));
            let common = one.iter().filter(|parent| other.contains(parent)).count();
            match tie.bond {
                Bond::Sibling => common > 0,
                Bond::Twin => common > 0 && one == other,
                Bond::HalfSibling => common > 0 && one != other,
                _ => false,
            }
        })
        .map(|(at, _)| at)
        .collect();
    for at in shown {
        show(&mut unions.shown, at);
    }
}

/// Lines of care, where the carer stands above the child.
fn care(family: &Family, rows: &Rows, unions: &mut Unions) {
    for (at, tie) in family.ties.iter().enumerate() {
        let is_care = matches!(tie.bond, Bond::Foster | Bond::Carer) && !tie.is_over;
        let is_parent_too = unions.all.iter().any(|union| {
            union.parents.contains(&tie.one)
                && union.children.iter().any(|(child, _)| *child == tie.other)
        });
        let stands = row(rows, tie.one).zip(row(rows, tie.other));
        if is_care && !is_parent_too && stands.is_some_and(|(carer, child)| carer < child) {
            unions.care.push((at, tie.one, tie.other));
            show(&mut unions.shown, at);
        }
    }
    unions
        .care
        .sort_by_key(|&(at, carer, child)| (carer, child, at));
    unions
        .care
        .dedup_by_key(|&mut (_, carer, child)| (carer, child));
}
