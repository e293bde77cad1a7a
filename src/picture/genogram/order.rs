//! Orders the members of each row so that few lines cross: couples and homes side by side, the eldest child on the left.
//!
//! A family has few members, so every move of one of them within its row is tried until none makes the picture better. The
//! start and the order of the tries are fixed, and so is the result.

use super::family::Family;
use super::generation::Rows;
use super::unions::{Union, Unions};
use crate::model::words::Sex;

const CROSSING: i64 = 100;
const COUPLE_APART: i64 = 40;
const HOME_APART: i64 = 25;
const TWINS_APART: i64 = 20;
const ELDER_ON_THE_RIGHT: i64 = 8;
const MAN_ON_THE_RIGHT: i64 = 2;

/// Rounds of moves; a family settles in three or four.
const ROUNDS: usize = 12;

/// Orders the members of each row.
pub fn ordered(family: &Family, unions: &Unions, rows: &Rows) -> Vec<Vec<usize>> {
    let starts = [rows.rows.clone(), beneath_parents(unions, rows)];
    let settled = starts.map(|start| {
        let order = settle(family, unions, start);
        (cost(family, unions, &order), order)
    });
    let best = settled.into_iter().min();
    best.map(|(_, order)| order).unwrap_or_default()
}

/// Children in the order of their parents.
fn beneath_parents(unions: &Unions, rows: &Rows) -> Vec<Vec<usize>> {
    let mut order = rows.rows.clone();
    for row in 1..order.len() {
        let slots = slots(&order);
        let key = |member: &usize| {
            let of = unions
                .all
                .iter()
                .find(|union| union.children.iter().any(|(child, _)| child == member));
            of.map_or(i64::MAX, |union| drop_of(union, &slots))
        };
        if let Some(row) = order.get_mut(row) {
            row.sort_by_key(key);
        }
    }
    order
}

fn settle(family: &Family, unions: &Unions, mut order: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut best = cost(family, unions, &order);
    for _ in 0..ROUNDS {
        let before = best;
        for row in 0..order.len() {
            let count = order.get(row).map_or(0, Vec::len);
            for from in 0..count {
                for to in (0..count).filter(|&to| to != from) {
                    let mut tried = order.clone();
                    if let Some(row) = tried.get_mut(row) {
                        let member = row.remove(from);
                        row.insert(to, member);
                    }
                    let cost = cost(family, unions, &tried);
                    if cost < best {
                        best = cost;
                        order = tried;
                    }
                }
            }
        }
        if best == before {
            break;
        }
    }
    order
}

/// For each member where it stands across, in halves of a place; rows are centred on each other.
fn slots(order: &[Vec<usize>]) -> Vec<Option<i64>> {
    let count = order.iter().flatten().max().map_or(0, |most| most + 1);
    let mut slots = vec![None; count];
    for row in order {
        for (slot, &member) in row.iter().enumerate() {
            if let Some(at) = slots.get_mut(member) {
                *at = Some(2 * slot as i64 - (row.len() as i64 - 1));
            }
        }
    }
    slots
}

fn slot(slots: &[Option<i64>], member: usize) -> Option<i64> {
    slots.get(member).copied().flatten()
}

/// Where the line to the children leaves a union, in quarters of a place.
fn drop_of(union: &Union, slots: &[Option<i64>]) -> i64 {
    let standing: Vec<i64> = union
        .parents
        .iter()
        .filter_map(|&parent| slot(slots, parent))
        .collect();
    match standing.as_slice() {
        [one, other, ..] => one + other,
        [one] => 2 * one,
        [] => 0,
    }
}

/// What an order costs: less is better.
fn cost(family: &Family, unions: &Unions, order: &[Vec<usize>]) -> i64 {
    let slots = slots(order);
    let mut cost = 0;
    // row, from, to, each line down to a child
    let mut lines: Vec<(usize, i64, i64)> = Vec::new();
    for union in &unions.all {
        let drop = drop_of(union, &slots);
        cost += of_union(family, union, &slots);
        let children = union
            .children
            .iter()
            .filter_map(|(child, _)| slot(&slots, *child));
        lines.extend(children.map(|child| (union.row, drop, 2 * child)));
        cost += over_drops(unions, union, &slots);
    }
    for (at, one) in lines.iter().enumerate() {
        cost += (one.1 - one.2).abs();
        for other in lines.iter().skip(at + 1).filter(|other| other.0 == one.0) {
            if (one.1 - other.1) * (one.2 - other.2) < 0 {
                cost += CROSSING;
            }
        }
    }
    cost + of_homes(family, order)
}

fn of_union(family: &Family, union: &Union, slots: &[Option<i64>]) -> i64 {
    let mut cost = 0;
    let sex = |member: usize| family.members.get(member).and_then(|m| m.sex);
    if let [one, other] = union.parents.as_slice()
        && let Some((left, right)) = slot(slots, *one).zip(slot(slots, *other))
    {
        cost += ((left - right).abs() / 2 - 1) * COUPLE_APART;
        let (left, right) = if left < right {
            (*one, *other)
        } else {
            (*other, *one)
        };
        if sex(left) != Some(Sex::Male) && sex(right) == Some(Sex::Male) {
            cost += MAN_ON_THE_RIGHT;
        }
    }
    let children: Vec<i64> = union
        .children
        .iter()
        .filter_map(|(child, _)| slot(slots, *child))
        .collect();
    for (at, one) in children.iter().enumerate() {
        let younger_left = children
            .iter()
            .skip(at + 1)
            .filter(|other| *other < one)
            .count();
        cost += younger_left as i64 * ELDER_ON_THE_RIGHT;
    }
    for group in &union.twins {
        let standing = || group.iter().filter_map(|&at| children.get(at));
        if let Some((first, last)) = standing().min().zip(standing().max()) {
            cost += ((last - first) / 2 + 1 - group.len() as i64) * TWINS_APART;
        }
    }
    cost
}

/// A couple that stands apart: its line passes below those between them, and crosses what comes down there.
fn over_drops(unions: &Unions, union: &Union, slots: &[Option<i64>]) -> i64 {
    let [one, other] = union.parents.as_slice() else {
        return 0;
    };
    let Some((left, right)) = slot(slots, *one).zip(slot(slots, *other)) else {
        return 0;
    };
    let (left, right) = (2 * left.min(right), 2 * left.max(right));
    let crossed = unions.all.iter().filter(|of| {
        of.row == union.row
            && !of.children.is_empty()
            && (left + 1..right).contains(&drop_of(of, slots))
            && *of != union
    });
    if right - left <= 4 {
        0
    } else {
        crossed.count() as i64 * CROSSING / 2
    }
}

fn of_homes(family: &Family, order: &[Vec<usize>]) -> i64 {
    let mut cost = 0;
    for home in &family.homes {
        for row in order {
            let standing: Vec<usize> = (0..row.len())
                .filter(|&at| row.get(at).is_some_and(|m| home.contains(m)))
                .collect();
            if let (Some(first), Some(last)) = (standing.first(), standing.last()) {
                cost += (last - first + 1 - standing.len()) as i64 * HOME_APART;
            }
        }
    }
    cost
}
