//! Writes the report of a run as one HTML file: no script, nothing from outside, readable without colour and on paper.

mod chart;
mod cutoff;
mod model;
mod persons;
mod read;
mod truth;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::Run;
use super::figures::{count, counted, probability};
use crate::report::safe::terminal_safe_line;

const STYLE: &str = include_str!("style.css");

/// What is longer is cut: a report is read, and the tables hold the rest.
const LONGEST: usize = 160;

/// Lays out the report.
pub fn page(run: &Run<'_>) -> String {
    let title = "Who is who: what link found";
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    (in_short(run))
                }
                main {
                    (read::section(run))
                    (cutoff::section(run))
                    (truth::section(run))
                    (persons::section(run))
                    (model::section(run))
                    (notes(run))
                }
                footer {
                    p { "casepicture " (outside(&run.linked.model.version)) ", link. The figures describe the matching, not the people." }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// Nothing may be loaded or run, and the one style is known by its hash.
fn policy() -> String {
    let hash = base64(&Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let all = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for at in 0..4 {
            let digit = DIGITS.get((all >> (18 - 6 * at)) as usize & 63);
            let is_there = at <= three.len();
            text.push(
                digit
                    .filter(|_| is_there)
                    .map_or('=', |digit| char::from(*digit)),
            );
        }
    }
    text
}

fn in_short(run: &Run<'_>) -> Markup {
    let roster = run.roster;
    let persons = run
        .linked
        .person
        .iter()
        .enumerate()
        .filter(|(record, person)| **person as usize == *record)
        .count();
    html! {
        p.lead {
            (counted(roster.len() as u64, "record", "records")) " of "
            (counted(roster.agencies.len() as u64, "agency", "agencies"))
            @if roster.len() == 1 { " describes " } @else { " describe " }
            (counted(persons as u64, "person", "persons")) ", as far as the program can tell. Pairs of records are linked from probability "
            (probability(run.linked.model.threshold)) " on."
        }
        p { "No link here is confirmed by a person. Both errors harm: a false link puts one person's history on another's page, a missed one leaves it in pieces." }
    }
}

fn notes(run: &Run<'_>) -> Markup {
    let all: Vec<&String> = run
        .notes
        .iter()
        .chain(&run.linked.notes)
        .chain(
            run.linked
                .model
                .notes
                .iter()
                .filter(|note| !run.linked.notes.contains(note)),
        )
        .collect();
    html! {
        section {
            h2 { "Notes" }
            @if all.is_empty() {
                p { "Nothing else to know of this run." }
            } @else {
                ul { @for note in all { li { (outside(note)) } } }
            }
        }
    }
}

/// Text from outside: what commands, reorders or hides is shown by its number, what is very long is cut.
fn outside(text: &str) -> String {
    let shown = terminal_safe_line(text);
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown,
    }
}

/// A number cell with a count.
fn count_cell(of: u64) -> Markup {
    html! { td.n { (count(of)) } }
}

#[cfg(test)]
mod tests;
