//! Reads a family tree file (GEDCOM 5.5 to 7) into a tree of its lines.
//!
//! A line is a level, an id in `@` or none, a tag and a value. What a person's line says of the family they are a child of
//! (`PEDI adopted`) is put beside their name in that family, where the profile looks for it; its dates are put into words
//! that are read everywhere (`ABT 1990` is `c. 1990`).

use std::collections::BTreeMap;

use super::Limits;
use super::decode::{decode, not_text};
use super::read_error::{Fault, ReadError};
use super::tree::{DEEPEST, Node};
use crate::model::source::{Kept, Reject};

/// A line's parts.
struct Line<'a> {
    level: usize,
    id: &'a str,
    tag: &'a str,
    value: &'a str,
}

/// Whether a text begins as a family tree file does.
pub fn is_gedcom(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start().lines().next();
    first.is_some_and(|line| line.split_whitespace().eq(["0", "HEAD"]))
}

/// Reads a file; gives its tree, its encoding, and a line for each line that could not be read.
///
/// # Errors
/// A file that does not begin as a family tree, or a limit that was passed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Node, &'static str, Vec<Reject>), ReadError> {
    if let Some(error) = not_text(bytes) {
        return Err(error);
    }
    let (text, encoding) = decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::empty());
    }
    if !is_gedcom(&text) {
        let hint = "ask the agency for a GEDCOM file, or for the same people as CSV";
        return Err(ReadError::new(Fault::NotReadable, "the file does not begin as a family tree (0 HEAD)", hint));
    }
    let mut rejects = Vec::new();
    // the elements that are open: the root, then one a level
    let mut open = vec![Node::leaf("GEDCOM", "")];
    for (at, line) in text.lines().enumerate() {
        let number = at as u32 + 1;
        if line.len() > limits.line_bytes.min(limits.cell_bytes) {
            let problem = format!("line {number} has more than {} bytes", limits.cell_bytes);
            return Err(ReadError::limit("cell_bytes", problem));
        }
        let parts = parts(line).filter(|parts| parts.level < open.len() && parts.level < DEEPEST);
        let Some(parts) = parts else {
            if !line.trim().is_empty() {
                rejects.push(unread(number, line));
            }
            continue;
        };
        close_to(&mut open, parts.level + 1);
        let mut node = Node {
            line: number,
            ..Node::leaf(parts.tag, parts.value)
        };
        if !parts.id.is_empty() {
            node.children.push(Node::leaf("id", parts.id));
        }
        open.push(node);
    }
    close_to(&mut open, 1);
    let mut root = open.pop().unwrap_or_default();
    join_lines(&mut root);
    put_pedigree(&mut root);
    Ok((root, encoding, rejects))
}

fn close_to(open: &mut Vec<Node>, level: usize) {
    while open.len() > level.max(1) {
        if let (Some(node), Some(around)) = (open.pop(), open.last_mut()) {
            around.children.push(node);
        }
    }
}

fn unread(number: u32, line: &str) -> Reject {
    Reject {
        file: String::new(),
        row: Some(number),
        column: String::new(),
        value: line.trim().chars().take(200).collect(),
        problem: "the line is no line of a family tree, or skips a level".into(),
        hint: "the line is left out; check it in the program that made the file".into(),
        kept: Kept::None,
    }
}

fn parts(line: &str) -> Option<Line<'_>> {
    let line = line.trim_start();
    let (level, rest) = line.split_once(' ')?;
    let level: usize = level.parse().ok()?;
    let rest = rest.trim_start();
    let (id, rest) = match rest.strip_prefix('@') {
        Some(after) => after.split_once('@')?,
        None => ("", rest),
    };
    let rest = rest.trim_start();
    let (tag, value) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_tag = !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_tag.then_some(Line {
        level,
        id: id.trim(),
        tag,
        value: value.trim(),
    })
}

/// Puts `CONC` and `CONT` lines to the text they go on with, takes the `@` off pointers and words dates.
fn join_lines(node: &mut Node) {
    let mut kept = Vec::new();
    for mut child in std::mem::take(&mut node.children) {
        match child.name.as_str() {
            "CONC" => node.text.push_str(&child.text),
            "CONT" => {
                node.text.push('\n');
                node.text.push_str(&child.text);
            }
            _ => {
                join_lines(&mut child);
                kept.push(child);
            }
        }
    }
    node.children = kept;
    let pointer = node.text.strip_prefix('@').and_then(|text| text.strip_suffix('@'));
    if let Some(id) = pointer.filter(|id| !id.contains('@')) {
        node.text = id.to_owned();
    }
    if node.name == "DATE" {
        node.text = worded(&node.text);
    }
}

/// A date as it is written everywhere else.
fn worded(date: &str) -> String {
    let mut text = date.trim();
    // a calendar in front: the Gregorian one is meant anyway, another is kept and will not be understood
    for calendar in ["@#DGREGORIAN@", "GREGORIAN "] {
        text = text.strip_prefix(calendar).unwrap_or(text).trim();
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let between = |rest: &str, by: &str| -> String {
        match rest.split_once(by) {
            Some((from, until)) => format!("{}/{}", from.trim(), until.trim()),
            None => rest.to_owned(),
        }
    };
    match word.to_ascii_uppercase().as_str() {
        "ABT" | "EST" | "CAL" => format!("c. {rest}"),
        "BEF" => format!("before {rest}"),
        "AFT" => format!("after {rest}"),
        "BET" => between(rest, " AND "),
        "FROM" => between(rest, " TO "),
        "INT" => rest.split('(').next().unwrap_or_default().trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// Puts what children say of the families they were born or taken into beside their names there.
fn put_pedigree(root: &mut Node) {
    let mut said: BTreeMap<(String, String), String> = BTreeMap::new();
    for person in root.children.iter().filter(|node| node.name == "INDI") {
        for family in person.children.iter().filter(|node| node.name == "FAMC") {
            let pedigree = family.text_of("PEDI");
            if !pedigree.is_empty() {
                let key = (family.text.clone(), person.text_of("id").to_owned());
                said.insert(key, pedigree.to_lowercase());
            }
        }
    }
    for family in root.children.iter_mut().filter(|node| node.name == "FAM") {
        let id = family.text_of("id").to_owned();
        for child in family.children.iter_mut().filter(|node| node.name == "CHIL") {
            if let Some(pedigree) = said.get(&(id.clone(), child.text.clone())) {
                child.children.push(Node::leaf("PEDI", pedigree));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_a_tree_and_pedigree_stands_in_the_family() {
        let text = "0 HEAD\r\n1 GEDC\r\n0 @I1@ INDI\n1 NAME Ann /Reed/\n1 BIRT\n2 DATE ABT 1990\n1 FAMC @F1@\n2 PEDI Adopted\n1 NOTE One\n2 CONT two\n2 CONC +\n0 @F1@ FAM\n1 CHIL @I1@\n7 SKIP x\nrubbish\n0 TRLR\n";
        let (root, _, rejects) = read(text.as_bytes(), &Limits::default()).unwrap();
        let person = root.child("INDI").unwrap();
        assert_eq!((person.text_of("id"), person.line), ("I1", 3));
        assert_eq!(person.text_of("NOTE"), "One\ntwo+");
        assert_eq!(person.child("BIRT").unwrap().text_of("DATE"), "c. 1990");
        let child = root.child("FAM").unwrap().child("CHIL").unwrap();
        assert_eq!((child.text.as_str(), child.text_of("PEDI")), ("I1", "adopted"));
        let lines: Vec<Option<u32>> = rejects.iter().map(|line| line.row).collect();
        assert_eq!(lines, [Some(14), Some(15)]);
    }

    proptest::proptest! {
        #[test]
        fn no_lines_make_it_panic(text in "0 HEAD\n([0-9@A-Z /_\n]{0,60}\n){0,6}") {
            let _ = read(text.as_bytes(), &Limits::default());
        }
    }
}
