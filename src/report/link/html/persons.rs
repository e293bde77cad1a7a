//! The section on the persons: how many records they have, and which hang together by little.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::figures::{count, counted};
use super::chart::part;
use super::{Run, count_cell, outside};
use crate::people::scale::shape::{Joint, sizes, weakest_joints};

/// How many joints are listed.
const JOINTS: usize = 50;

/// From these numbers of records on, persons are counted together.
const STEPS: [u32; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 21, 51, 101];

/// The persons.
pub fn section(run: &Run<'_>) -> Markup {
    html! {
        section {
            h2 { "Persons by number of records" }
            (size_table(&sizes(&run.linked.person)))
        }
        (joints(run))
    }
}

fn size_table(sizes: &BTreeMap<u32, u64>) -> Markup {
    let all: u64 = sizes.values().sum();
    let rows = STEPS.iter().enumerate().filter_map(|(at, from)| {
        let until = STEPS.get(at + 1).copied().unwrap_or(u32::MAX);
        let persons: u64 = sizes.range(from..&until).map(|(_, persons)| persons).sum();
        let name = match until {
            u32::MAX => format!("{from} or more"),
            next if next == from + 1 => from.to_string(),
            next => format!("{from} to {}", next - 1),
        };
        (persons > 0).then_some((name, persons))
    });
    let largest = sizes.keys().next_back().copied().unwrap_or(0);
    html! {
        div.wide {
            table {
                thead { tr { th scope="col" { "records" } th.n scope="col" { "persons" } th scope="col" { "share" } } }
                tbody {
                    @for (name, persons) in rows {
                        tr {
                            th scope="row" { (name) }
                            (count_cell(persons))
                            td { (part(&format!("{} of {}", count(persons), count(all)), persons as f64 / all as f64)) }
                        }
                    }
                }
            }
        }
        p { "The largest person has " (counted(u64::from(largest), "record", "records")) "." }
    }
}

fn joints(run: &Run<'_>) -> Markup {
    let large = weakest_joints(run.linked, 3, JOINTS);
    let is_large = !large.is_empty();
    let found = if is_large {
        large
    } else {
        weakest_joints(run.linked, 2, JOINTS)
    };
    html! {
        section {
            h2 { "The weakest joints" }
            @if found.is_empty() {
                p { "No person has more than one record." }
            } @else {
                p {
                    @if is_large { "Persons of three or more records, weakest first." } @else { "No person has more than two records; these are the weakest pairs." }
                    " Without the pairs at the joint the person would fall in two, with so many records on each side. If anything here was put together wrongly, \
                     it is most likely one of these: look at them with --explain LEFT RIGHT."
                }
                (joint_table(run, &found))
            }
        }
    }
}

fn joint_table(run: &Run<'_>, found: &[Joint]) -> Markup {
    let id = |record: u32| outside(run.roster.id(record as usize));
    html! {
        div.wide {
            table.long {
                thead { tr {
                    th scope="col" { "left" } th scope="col" { "right" }
                    th.n scope="col" { "probability" }
                    th.n scope="col" { "records on each side" }
                    th.n scope="col" { "pairs across" }
                } }
                tbody {
                    @for joint in found {
                        tr {
                            td.id { (id(joint.pair.left)) } td.id { (id(joint.pair.right)) }
                            td.n { (format!("{:.4}", joint.pair.probability)) }
                            td.n { (joint.sides.0) " and " (joint.sides.1) }
                            (count_cell(joint.pairs as u64))
                        }
                    }
                }
            }
        }
    }
}
