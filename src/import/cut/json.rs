//! JSON: the object becomes one without values, which the reader passes over and counts.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::import::Limits;
use crate::import::decode::decode;
use crate::import::headers::read_header;
use crate::import::json::DEEPEST;
use crate::import::json_text::{Value, parse};

use super::edit::{Edit, as_utf_8, edited};
use super::{Rows, Way, is_cut};

/// One value of a list, or one line.
struct Item {
    place: Range<usize>,
    /// The keys when it is an object; none when it could not be read as one.
    keys: Option<Vec<String>>,
}

/// A list that is read as a table, its first item being row 2.
struct List {
    name: String,
    items: Vec<Item>,
}

/// The ways to write the file without the rows.
pub fn ways<'a>(bytes: &'a [u8], rows: &Rows, limits: &Limits) -> Vec<Way<'a>> {
    let text = decode(bytes).0;
    let mut edits = Vec::new();
    for list in lists(&text, limits) {
        let kept = keys_of_others(&list, rows);
        for (at, item) in list.items.iter().enumerate() {
            if is_cut(rows, &list.name, number(at))
                && let Some(keys) = &item.keys
            {
                edits.push(Edit {
                    place: item.place.clone(),
                    text: empty_object(keys, &kept),
                });
            }
        }
    }
    edits.sort_by_key(|edit| edit.place.start);
    let same = edits.clone();
    vec![
        Box::new(move || edited(bytes, &same)),
        Box::new(move || as_utf_8(bytes, &edits)),
    ]
}

fn number(at: usize) -> u32 {
    u32::try_from(at + 2).unwrap_or(u32::MAX)
}

fn keys_of_others<'a>(list: &'a List, rows: &Rows) -> BTreeSet<&'a str> {
    let items = list.items.iter().enumerate();
    let others = items.filter(|(at, _)| !is_cut(rows, &list.name, number(*at)));
    let keys = others.flat_map(|(_, item)| item.keys.iter().flatten());
    keys.map(String::as_str).collect()
}

/// An object that says nothing, but keeps the order of the columns: the keys that other objects have or that are known.
fn empty_object(keys: &[String], kept: &BTreeSet<&str>) -> String {
    let known = keys
        .iter()
        .filter(|key| kept.contains(key.as_str()) || read_header(key).is_some());
    let fields: Vec<String> = known
        .map(|key| format!("{}:null", serde_json::Value::from(key.as_str())))
        .collect();
    format!("{{{}}}", fields.join(","))
}

/// The lists of a text, as the reader finds them.
fn lists(text: &str, limits: &Limits) -> Vec<List> {
    let depth = limits.json_depth.min(DEEPEST);
    match parse(text, depth) {
        Ok((_, end)) if end == text.len() => {
            let mut found = Vec::new();
            whole(text, 0..text.len(), depth, &mut found);
            found
        }
        _ => vec![lines(text, depth)],
    }
}

fn lines(text: &str, depth: usize) -> List {
    let mut items = Vec::new();
    let mut start = 0;
    for line in text.split(['\n', '\r']) {
        if !line.trim().is_empty() {
            let place = trimmed(text, start..start + line.len());
            let keys = match parse(line, depth) {
                Ok((value, end)) if end == line.len() => keys(&value),
                _ => None,
            };
            items.push(Item { place, keys });
        }
        start += line.len() + 1;
    }
    let name = String::new();
    List { name, items }
}

/// A place without the blanks around it.
fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let inside = text.get(place.clone()).unwrap_or_default();
    let start = place.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

fn keys(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Object(fields) => Some(fields.iter().map(|(key, _)| key.clone()).collect()),
        _ => None,
    }
}

/// Goes into a value that is known to be whole.
fn whole(text: &str, place: Range<usize>, depth: usize, found: &mut Vec<List>) {
    let place = trimmed(text, place);
    let inside = text.get(place.clone()).unwrap_or_default();
    if inside.starts_with('[') {
        found.push(List {
            name: String::new(),
            items: elements(text, &place, depth),
        });
        return;
    }
    let fields = fields(text, &place, depth);
    let holds_objects = |value: &Value| matches!(value, Value::List(values) if values.iter().any(|v| matches!(v, Value::Object(_))));
    let with: Vec<_> = fields
        .iter()
        .filter(|(_, _, value)| holds_objects(value))
        .collect();
    if !with.is_empty() {
        for (key, place, _) in &with {
            let name = if with.len() > 1 {
                key.clone()
            } else {
                String::new()
            };
            let items = elements(text, place, depth);
            found.push(List { name, items });
        }
        return;
    }
    match fields.as_slice() {
        [(_, inner, Value::Object(_) | Value::List(_))] => {
            whole(text, inner.clone(), depth, found);
        }
        _ => found.push(List {
            name: String::new(),
            items: vec![Item {
                place,
                keys: Some(fields.into_iter().map(|(key, _, _)| key).collect()),
            }],
        }),
    }
}

/// The values of the list at a place.
fn elements(text: &str, place: &Range<usize>, depth: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = place.start + 1;
    while let Some((value, found)) = next(text, &mut at, depth) {
        items.push(Item {
            place: found,
            keys: keys(&value),
        });
    }
    items
}

/// The keys of the object at a place, with the places of their values.
fn fields(text: &str, place: &Range<usize>, depth: usize) -> Vec<(String, Range<usize>, Value)> {
    let mut fields = Vec::new();
    let mut at = place.start + 1;
    while let Some((Value::Text(key), _)) = next(text, &mut at, depth) {
        let Some((value, found)) = next(text, &mut at, depth) else {
            break;
        };
        fields.push((key, found, value));
    }
    fields
}

/// The value at an offset, which moves behind it and the comma or colon that follows.
fn next(text: &str, at: &mut usize, depth: usize) -> Option<(Value, Range<usize>)> {
    let rest = text.get(*at..)?;
    let (value, end) = parse(rest, depth).ok()?;
    let place = trimmed(text, *at..*at + end);
    let behind = text.as_bytes().get(*at + end);
    *at += end + usize::from(matches!(behind, Some(b',' | b':')));
    // a value that the list or object ends behind: the next look finds a bracket, which is no value
    Some((value, place))
}

/// What the file holds outside of its rows: keys, and lines that are no objects.
pub fn outside(bytes: &[u8], limits: &Limits) -> String {
    let text = decode(bytes).0;
    let mut outside = String::new();
    let mut from = 0;
    let mut rows: Vec<Range<usize>> = lists(&text, limits)
        .into_iter()
        .flat_map(|list| list.items)
        .filter(|item| item.keys.is_some())
        .map(|item| item.place)
        .collect();
    rows.sort_by_key(|place| place.start);
    for place in rows {
        outside.push_str(text.get(from..place.start).unwrap_or_default());
        from = place.end;
    }
    outside.push_str(text.get(from..).unwrap_or_default());
    outside
}
