//! Opens one file: is it an export, which reader fits it, what tables does it give.
//!
//! The content decides before the name does: a workbook called `.csv` is read as the workbook it is.

use super::Limits;
use super::delimited::read_told;
use super::json::read_json;
use super::nested;
use super::read_error::ReadError;
use super::table::Read;
use super::told::Steps;
use super::workbook::read_workbook;
use crate::model::watch::Unwatched;

/// What a file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By its extension an export.
    Export,
    /// An export only if it holds a table that is understood (`.txt`).
    Perhaps,
    /// No export: a note, a picture, what a system leaves behind.
    Other,
}

/// Judges a file by its path.
pub fn sort_of(path: &str) -> Sort {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    if name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with("readme")
        || name == "case.toml"
    {
        return Sort::Other;
    }
    match extension(path).as_str() {
        "csv" | "tsv" | "tab" | "xlsx" | "xlsm" | "xls" | "ods" | "json" | "jsonl" | "ndjson"
        | "xml" | "ged" => Sort::Export,
        "txt" => Sort::Perhaps,
        _ => Sort::Other,
    }
}

/// The extension of a path, in lower case.
pub fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase())
        .unwrap_or_default()
}

/// Reads a file with the reader that its content and name ask for.
pub fn open(path: &str, bytes: &[u8], limits: &Limits) -> Result<Read, ReadError> {
    open_told(
        path,
        bytes,
        limits,
        &Steps::of_bytes(&Unwatched, bytes.len()),
    )
}

/// The same, told while it is done: of text by its bytes, of any other file when it is read.
///
/// # Errors
/// As for [`open`].
pub fn open_told(
    path: &str,
    bytes: &[u8],
    limits: &Limits,
    steps: &Steps<'_>,
) -> Result<Read, ReadError> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
    let extension = extension(path);
    if bytes.starts_with(ZIP) {
        // a zip says what it holds: the mimetype of an ODS is its first, unpacked entry
        let head = bytes.get(..200).unwrap_or(bytes);
        let is_ods = head
            .windows(11)
            .any(|w| w == b"opendocumen" || w == b"spreadsheet");
        return read_workbook(bytes, if is_ods { "ods" } else { "xlsx" }, limits);
    }
    if bytes.starts_with(OLE) {
        return read_workbook(bytes, "xls", limits);
    }
    if let Some(read) = nested::read(&extension, bytes, limits) {
        return read;
    }
    match extension.as_str() {
        "xlsx" | "xlsm" | "xls" | "ods" if !looks_like_text(bytes) => {
            read_workbook(bytes, &extension, limits)
        }
        "json" | "jsonl" | "ndjson" => read_json(bytes, limits),
        _ => read_told(bytes, limits, steps),
    }
}

/// Some systems write a delimited text and call it `.xls`.
fn looks_like_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..2048).unwrap_or(bytes);
    !head.is_empty()
        && !head.contains(&0)
        && head.iter().any(|b| matches!(b, b',' | b'\t' | b';'))
        && !head.starts_with(b"<")
        && head
            .iter()
            .all(|b| *b >= 32 || matches!(b, b'\n' | b'\r' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_exports_from_other_files() {
        for (path, sort) in [
            ("police/incidents.CSV", Sort::Export),
            ("README.txt", Sort::Other),
            ("readme.csv", Sort::Other),
            (".DS_Store", Sort::Other),
            ("gp/~$notes.xlsx", Sort::Other),
            ("gp/letter.pdf", Sort::Other),
            ("gp/notes.txt", Sort::Perhaps),
            ("school/log.jsonl", Sort::Export),
        ] {
            assert_eq!(sort_of(path), sort, "{path}");
        }
    }
}
