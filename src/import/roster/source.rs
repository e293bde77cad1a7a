//! Opens a person file: its bytes, its text, what separates its cells, and its header.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::cells::{Cells, Kind, undoubled};
use super::fault::Fault;
use crate::import::decode::{decode, not_text};
use crate::import::delimiter;
use crate::model::watch::Watch;

/// What is read at once; several threads read at the same time.
const PART: usize = 8 << 20;

/// How much is looked at to find the encoding.
const SAMPLE: usize = 64 << 10;

/// Rows at the top that may be titles.
const TITLE_ROWS: usize = 10;

/// As many columns as `Limits` has by default.
const COLUMNS: usize = 16_384;

/// A file whose header is known.
#[derive(Debug)]
pub(super) struct Source {
    /// The path as named.
    pub name: String,
    /// The file's name without its ending: the agency, where no column says it.
    pub stem: String,
    /// The text, byte order mark and all.
    pub text: String,
    pub delimiter: u8,
    /// The first rows, of which one is the header.
    pub top: Vec<Row>,
}

/// A row at the top of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number, from 1.
    pub number: u32,
    pub cells: Vec<String>,
    /// Where the next one begins.
    pub end: usize,
}

/// Opens all files, one after another; each is read by several threads.
pub(super) fn open_all(paths: &[PathBuf], watch: &dyn Watch) -> Result<Vec<Source>, Fault> {
    let bytes = paths.iter().filter_map(|path| std::fs::metadata(path).ok());
    watch.stage("opening", bytes.map(|known| known.len()).sum());
    paths
        .iter()
        .map(|path| {
            if watch.is_stopped() {
                return Err(Fault::Stopped);
            }
            open(path, watch)
        })
        .collect()
}

fn open(path: &Path, watch: &dyn Watch) -> Result<Source, Fault> {
    let name = path.display().to_string();
    let fault = |problem: String, hint: &str| Fault::File {
        file: name.clone(),
        problem,
        hint: hint.to_owned(),
    };
    let bytes = bytes(path, watch).map_err(|error| {
        fault(
            format!("cannot be read: {error}"),
            "check the path, and that you may read the file",
        )
    })?;
    if let Some(error) = not_text(&bytes) {
        return Err(fault(
            error.problem,
            "open it in the program it came from and save it as CSV",
        ));
    }
    let text = text(bytes);
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(fault(
            "the file is empty".into(),
            "ask for it again, or leave it out",
        ));
    }
    if text.trim_start().starts_with(['{', '[']) {
        return Err(fault(
            "the file looks like JSON, not like a table of text".into(),
            "save it as CSV",
        ));
    }
    let (delimiter, start) = delimiter_of(&text);
    let top = top(&text, delimiter, start);
    if top.iter().any(|row| row.cells.len() > COLUMNS) {
        return Err(fault(
            format!("it has more than {COLUMNS} columns"),
            "keep the columns that describe people, and leave the others out",
        ));
    }
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Source {
        name,
        stem,
        text,
        delimiter,
        top,
    })
}

/// All bytes of a file, read by several threads at once.
fn bytes(path: &Path, watch: &dyn Watch) -> io::Result<Vec<u8>> {
    let known = std::fs::metadata(path)?;
    if !known.is_file() {
        let kind = if known.is_dir() {
            "it is a folder"
        } else {
            "it is no plain file"
        };
        return Err(io::Error::other(kind));
    }
    let length = usize::try_from(known.len()).map_err(io::Error::other)?;
    if length <= PART {
        watch.done(known.len());
        return std::fs::read(path);
    }
    let mut bytes = vec![0; length];
    bytes
        .par_chunks_mut(PART)
        .enumerate()
        .try_for_each(|(at, part)| {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start((at * PART) as u64))?;
            file.read_exact(part)?;
            watch.done(part.len() as u64);
            Ok::<_, io::Error>(())
        })?;
    Ok(bytes)
}

/// The text of a file's bytes, taken over where they are UTF-8 already.
fn text(bytes: Vec<u8>) -> String {
    let sample = bytes.get(..SAMPLE).unwrap_or(&bytes);
    if decode(sample).1.starts_with("UTF-16") {
        return decode(&bytes).0.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| decode(error.as_bytes()).0.into_owned())
}

/// What separates the cells, and where the first row begins.
fn delimiter_of(text: &str) -> (u8, usize) {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let body = text.get(mark..).unwrap_or("");
    let (found, start) = delimiter::find(body);
    let first = body.lines().find(|line| !line.trim().is_empty());
    let bars = first.is_some_and(|line| line.contains('|') && !line.contains([',', ';', '\t']));
    (if bars && start == 0 { b'|' } else { found }, mark + start)
}

/// The first rows that are not empty.
fn top(text: &str, delimiter: u8, start: usize) -> Vec<Row> {
    let cells = Cells {
        bytes: text.as_bytes(),
        delimiter,
    };
    let (mut rows, mut at, mut number) = (Vec::new(), start, 0);
    while at < text.len() && rows.len() < TITLE_ROWS {
        let mut row = Row {
            number,
            cells: Vec::new(),
            end: at,
        };
        loop {
            let cell = cells.cell(row.end);
            let raw = text.get(cell.start..cell.end).unwrap_or("");
            let raw = match cell.kind {
                Kind::Doubled => Cow::Owned(undoubled(raw)),
                _ => Cow::Borrowed(raw),
            };
            row.cells.push(
                raw.trim_matches(['\u{feff}', ' ', '\t', '\u{a0}'])
                    .to_owned(),
            );
            row.end = cell.next;
            if cell.last || row.cells.len() > COLUMNS {
                break;
            }
        }
        number += 1;
        row.number = number;
        at = row.end.max(at + 1);
        if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(row);
        }
    }
    rows
}
