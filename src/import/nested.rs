//! Reads files that are no tables (XML, family trees, JSON records) into tables, as the profile of their outermost element says.

use super::Limits;
use super::decode::{decode, not_text};
use super::fhir;
use super::gedcom;
use super::json;
use super::json_text;
use super::profiles::{self, Profile};
use super::read_error::{Fault, ReadError};
use super::table::Read;
use super::tree::{Node, tables};
use super::xml;
use crate::model::source::Reject;

/// Bytes at the beginning of a file by which its kind is told.
const HEAD: usize = 4096;

/// Reads a nested file; `None` when it is none.
pub fn read(extension: &str, bytes: &[u8], limits: &Limits) -> Option<Result<Read, ReadError>> {
    let head = decode(bytes.get(..HEAD).unwrap_or(bytes)).0;
    let start = head.trim_start();
    let is_json = start.starts_with(['{', '[']) && ["json", "jsonl", "ndjson"].contains(&extension);
    if extension == "xml" || start.starts_with("<?xml") {
        return Some(of_xml(bytes, limits));
    }
    if extension == "ged" || gedcom::is_gedcom(&head) {
        return Some(of_gedcom(bytes, limits));
    }
    (is_json && head.contains("\"resourceType\"")).then(|| of_json(bytes, limits))
}

fn of_xml(bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    let (root, encoding) = xml::read(bytes, limits)?;
    in_tables(root, encoding, Vec::new(), limits)
}

fn of_gedcom(bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    let (root, encoding, rejects) = gedcom::read(bytes, limits)?;
    in_tables(root, encoding, rejects, limits)
}

/// JSON records: one, a list of them, or one a line.
fn of_json(bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    if let Some(error) = not_text(bytes) {
        return Err(error);
    }
    let (text, encoding) = decode(bytes);
    let mut root = Node::leaf("Bundle", "");
    let mut rest = text.as_ref();
    let depth = limits.json_depth.min(json::DEEPEST);
    while !rest.trim().is_empty() {
        let (value, end) = json_text::parse(rest, depth).map_err(|broken| {
            let at = text.len() - rest.len() + broken.at;
            let before = text.as_bytes().get(..at).unwrap_or_default();
            let line = before.split(|byte| *byte == b'\n').count();
            let problem = if broken.too_deep {
                format!("JSON is nested more than {depth} deep (line {line})")
            } else {
                format!(
                    "the JSON cannot be read at line {line}: {} is missing",
                    broken.expected
                )
            };
            ReadError::new(
                Fault::Damaged,
                problem,
                "the file may be broken off; ask the agency to send it again",
            )
        })?;
        fhir::add(&mut root, &value, limits)?;
        rest = rest.get(end..).unwrap_or_default();
    }
    in_tables(root, encoding, Vec::new(), limits)
}

fn of_root(name: &str) -> Option<&'static Profile> {
    let mut all = profiles::all().iter();
    all.find(|profile| {
        let records = profile.records.as_ref();
        records.is_some_and(|records| records.roots.iter().any(|root| root == name))
    })
}

fn in_tables(
    mut root: Node,
    encoding: &str,
    rejects: Vec<Reject>,
    limits: &Limits,
) -> Result<Read, ReadError> {
    let found = of_root(&root.name).and_then(|profile| Some((profile, profile.records.as_ref()?)));
    let Some((profile, records)) = found else {
        let name: String = root.name.chars().take(60).collect();
        return Err(ReadError::new(
            Fault::NotReadable,
            format!(
                "files of this kind are not read by this version: the outermost element is `{name}`"
            ),
            "a CIN census (Message), a Common Transfer File (CTfile) and FHIR records of persons are read; ask for CSV or XLSX otherwise",
        ));
    };
    if profile.name == fhir::PROFILE {
        fhir::join(&mut root, &records.names);
    }
    let tables = tables(&root, records, limits)?;
    if tables.is_empty() {
        return Err(ReadError::new(
            Fault::Empty,
            format!("the file holds no record of the profile {}", profile.name),
            "ask the agency to send it again, or leave the file out",
        ));
    }
    Ok(Read {
        encoding: encoding.to_owned(),
        records_of: profile.name,
        tables,
        rejects,
        rows_lost: 0,
    })
}
