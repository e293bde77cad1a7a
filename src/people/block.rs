//! Chooses the pairs to compare: all of a small case; in a larger one those that share one of several keys.
//!
//! A key shared by too many records is split by a further part; what is still too large then is left out and reported.

use chrono::Datelike;
use rustc_hash::FxHashMap;

use super::names::Token;
use super::prepare::Description;

/// Up to this many records all pairs are compared.
const SMALL_CASE: usize = 400;
/// A key shared by more records than this is split.
const LARGEST_BLOCK: usize = 60;

/// The pairs to compare, sorted, each once, and notes on keys that were split or left out.
pub fn candidates(all: &[Description]) -> (Vec<(usize, usize)>, Vec<String>) {
    let described: Vec<usize> = (0..all.len()).filter(|at| all[*at].described).collect();
    let mut pairs = Vec::new();
    let mut notes = Vec::new();
    if described.len() <= SMALL_CASE {
        add_all(&described, &mut pairs);
        return (pairs, notes);
    }
    for pass in PASSES {
        let mut blocks: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for at in &described {
            let mut keys = (pass.keys)(&all[*at]);
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                blocks.entry(key).or_default().push(*at);
            }
        }
        let (mut split, mut left_out) = (0, 0);
        for block in blocks.into_values() {
            if block.len() <= LARGEST_BLOCK {
                add_all(&block, &mut pairs);
            } else {
                split += 1;
                left_out += split_block(all, &block, &mut pairs);
            }
        }
        if split > 0 {
            let end = if left_out > 0 {
                format!(
                    "; {left_out} parts were still too large and are compared by other keys only"
                )
            } else {
                String::new()
            };
            notes.push(format!("{}: {split} values shared by more than {LARGEST_BLOCK} records were split by given name and year of birth{end}.", pass.name));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    (pairs, notes)
}

/// Splits a block by year of birth and by the first letters of the given name; the number of parts left out.
fn split_block(all: &[Description], block: &[usize], pairs: &mut Vec<(usize, usize)>) -> usize {
    let mut parts: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for at in block {
        let one = &all[*at];
        let given = one
            .given
            .head()
            .map_or("", |token| token.text.get(..2).unwrap_or(&token.text));
        let year = one.birth.year().unwrap_or(0);
        parts
            .entry(format!("g{given}{year}"))
            .or_default()
            .push(*at);
        if let Some(day) = one.birth.day {
            parts.entry(format!("d{day}")).or_default().push(*at);
        }
    }
    let mut left_out = 0;
    for part in parts.into_values() {
        if part.len() <= 4 * LARGEST_BLOCK {
            add_all(&part, pairs);
        } else {
            left_out += 1;
        }
    }
    left_out
}

fn add_all(block: &[usize], pairs: &mut Vec<(usize, usize)>) {
    for (place, left) in block.iter().enumerate() {
        pairs.extend(
            block[place + 1..]
                .iter()
                .map(|right| (*left.min(right), *left.max(right))),
        );
    }
}

struct Pass {
    name: &'static str,
    keys: fn(&Description) -> Vec<String>,
}

const PASSES: &[Pass] = &[
    Pass {
        name: "identifiers",
        keys: |d| {
            d.identifiers
                .iter()
                .map(|id| format!("{} {}", id.scheme.name(), id.value))
                .collect()
        },
    },
    Pass {
        name: "telephone",
        keys: |d| d.phones.clone(),
    },
    Pass {
        name: "e-mail",
        keys: |d| d.emails.clone(),
    },
    Pass {
        name: "date of birth",
        keys: births,
    },
    Pass {
        name: "household",
        keys: |d| d.household.all.iter().map(u32::to_string).collect(),
    },
    Pass {
        name: "both names by sound",
        keys: both_names,
    },
    Pass {
        name: "family name and month of birth",
        keys: |d| with_family(d, d.birth.day.map(|day| day.format("%Y-%m").to_string())),
    },
    Pass {
        name: "family name and day of birth",
        keys: |d| with_family(d, d.birth.day.map(|day| day.format("%m-%d").to_string())),
    },
    Pass {
        name: "given name and month of birth",
        keys: |d| with_given(d, d.birth.day.map(|day| day.format("%Y-%m").to_string())),
    },
    Pass {
        name: "given name and postcode",
        keys: |d| with_given(d, Some(d.postcode.clone()).filter(|text| !text.is_empty())),
    },
    Pass {
        name: "family name and first letter",
        keys: |d| {
            with_family(
                d,
                d.given
                    .head()
                    .and_then(|t| t.text.chars().next())
                    .map(|c| c.to_string()),
            )
        },
    },
];

/// The day of birth, and with day and month swapped.
fn births(d: &Description) -> Vec<String> {
    let Some(day) = d.birth.day else {
        return Vec::new();
    };
    let mut days = vec![day.to_string()];
    if day.day() <= 12 {
        days.push(format!(
            "{:04}-{:02}-{:02}",
            day.year(),
            day.day(),
            day.month()
        ));
    }
    days
}

fn family_keys(d: &Description) -> impl Iterator<Item = &str> {
    d.family.tokens.iter().chain(&d.further_family).map(sound)
}

/// Keys of a given name: its sound, and the sets of variants that it belongs to.
fn given_keys(d: &Description) -> Vec<String> {
    let names = d.given.tokens.iter().chain(&d.further_given);
    names
        .flat_map(|token| {
            std::iter::once(sound(token).to_owned())
                .chain(token.variants.iter().map(|set| format!("={set}")))
        })
        .collect()
}

fn sound(token: &Token) -> &str {
    if token.sounds.main.is_empty() {
        &token.text
    } else {
        &token.sounds.main
    }
}

/// Each sound of a given name with each of a family name, in the order of the letters: swapped names meet.
fn both_names(d: &Description) -> Vec<String> {
    let given = given_keys(d);
    family_keys(d)
        .flat_map(|family| {
            given.iter().map(move |given| {
                if given.as_str() <= family {
                    format!("{given} {family}")
                } else {
                    format!("{family} {given}")
                }
            })
        })
        .collect()
}

fn with_family(d: &Description, other: Option<String>) -> Vec<String> {
    let Some(part) = other else {
        return Vec::new();
    };
    family_keys(d)
        .map(|family| format!("{family} {part}"))
        .collect()
}

fn with_given(d: &Description, other: Option<String>) -> Vec<String> {
    let Some(part) = other else {
        return Vec::new();
    };
    given_keys(d)
        .into_iter()
        .map(|given| format!("{given} {part}"))
        .collect()
}
