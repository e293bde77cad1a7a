//! Opens a person file: its bytes, its text, what separates its cells, and its header.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::cells::{Cells, Kind, undoubled};
use super::fault::Fault;
use crate::import::decode::{MIXED, decode, not_text};
use crate::import::delimiter;
use crate::model::watch::Watch;

/// What is read at once; several threads read at the same time.
const PART: usize = 8 << 20;

/// How much is looked at to find the delimiter and the header.
const HEAD: usize = 1 << 20;

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
    /// The file's name without its ending, or its folder's: the agency, where no column says it.
    pub stem: String,
    /// How its text is written.
    pub encoding: &'static str,
    path: PathBuf,
    content: Content,
    pub delimiter: u8,
    /// The first rows, of which one is the header.
    pub top: Vec<Row>,
}

/// Where the content of a file is.
#[derive(Debug)]
enum Content {
    /// On disk, as UTF-8 of so many bytes: read piece by piece.
    There(usize),
    /// Decoded.
    Text(String),
}

impl Source {
    /// How many bytes there are, as UTF-8.
    pub(super) fn length(&self) -> usize {
        match &self.content {
            Content::There(length) => *length,
            Content::Text(text) => text.len(),
        }
    }

    /// The bytes from the one place to the other or to the end; read into `room` where they are on disk.
    pub(super) fn bytes<'a>(
        &'a self,
        (from, until): (usize, usize),
        room: &'a mut Vec<u8>,
    ) -> Result<&'a [u8], Fault> {
        let until = until.min(self.length());
        match &self.content {
            Content::Text(text) => Ok(text.as_bytes().get(from..until).unwrap_or_default()),
            Content::There(_) => {
                room.resize(until.saturating_sub(from), 0);
                read_at(&self.path, from, room)
                    .map_err(|error| cannot_be_read(&self.name, &error))?;
                Ok(room)
            }
        }
    }

    /// The same file, decoded: some of it turned out to be no UTF-8.
    pub(super) fn decoded(&self, watch: &dyn Watch) -> Result<Self, Fault> {
        let bytes =
            bytes(&self.path, watch).map_err(|error| not_read(&self.name, &error, watch))?;
        let (text, encoding) = decode(&bytes);
        let decoded = Self::new(&self.path, Content::Text(text.into_owned()))?;
        Ok(Self {
            stem: self.stem.clone(),
            encoding,
            ..decoded
        })
    }
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

/// Opens all files; those that are UTF-8 as far as can be seen are not read yet.
pub(super) fn open_all(paths: &[PathBuf], watch: &dyn Watch) -> Result<Vec<Source>, Fault> {
    let open = |path: &PathBuf| {
        if watch.is_stopped() {
            return Err(Fault::Stopped);
        }
        open(path, watch)
    };
    let mut sources: Vec<Source> = paths.iter().map(open).collect::<Result<_, _>>()?;
    name_by_folder(&mut sources);
    Ok(sources)
}

/// How a file that is read as it stands is written.
const UTF_8: &str = "UTF-8";

/// How the table of people is called in an agency's folder.
const PEOPLE: &str = "people";

/// Gives the tables of people of several agencies' folders the names of their folders: each folder is an agency's.
fn name_by_folder(sources: &mut [Source]) {
    let folder = |source: &Source| {
        let folder = source.path.parent().and_then(Path::file_name);
        folder.map(|name| name.to_string_lossy().into_owned())
    };
    let is_people = |source: &&mut Source| source.stem.eq_ignore_ascii_case(PEOPLE);
    let tables: Vec<&mut Source> = sources.iter_mut().filter(is_people).collect();
    let folders: BTreeSet<Option<String>> = tables.iter().map(|table| folder(table)).collect();
    if folders.len() > 1 && !folders.contains(&None) {
        for table in tables {
            table.stem = folder(table).unwrap_or_default();
        }
    }
}

fn open(path: &Path, watch: &dyn Watch) -> Result<Source, Fault> {
    let name = path.display().to_string();
    let length = length(path).map_err(|error| cannot_be_read(&name, &error))?;
    let mut head = vec![0; length.min(HEAD)];
    read_at(path, 0, &mut head).map_err(|error| cannot_be_read(&name, &error))?;
    if let Some(error) = not_text(&head) {
        return Err(Fault::File {
            file: name,
            problem: error.problem,
            hint: "open it in the program it came from and save it as CSV".into(),
        });
    }
    let sample = head.get(..SAMPLE).unwrap_or(&head);
    let is_wide = decode(sample).1.starts_with("UTF-16");
    let is_utf8 = match std::str::from_utf8(&head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && head.len() < length,
    };
    if is_utf8 && !is_wide {
        return Source::new(path, Content::There(length));
    }
    let bytes = bytes(path, watch).map_err(|error| not_read(&name, &error, watch))?;
    let (text, encoding) = decode(&bytes);
    let decoded = Source::new(path, Content::Text(text.into_owned()))?;
    Ok(Source {
        encoding,
        ..decoded
    })
}

impl Source {
    /// A sentence on how its text was read, where it is not written as most files are.
    pub(super) fn note(&self) -> Option<String> {
        let is_usual = self.encoding.starts_with(UTF_8) && self.encoding != MIXED;
        (!is_usual).then(|| format!("{}: its text was read as {}", self.name, self.encoding))
    }

    /// Finds the delimiter and the first rows.
    fn new(path: &Path, content: Content) -> Result<Self, Fault> {
        let mut source = Self {
            name: path.display().to_string(),
            stem: path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default(),
            encoding: UTF_8,
            path: path.to_owned(),
            content,
            delimiter: b',',
            top: Vec::new(),
        };
        let mut room = Vec::new();
        let head = source.bytes((0, HEAD), &mut room)?;
        let valid = std::str::from_utf8(head).map_or_else(|error| error.valid_up_to(), str::len);
        let text = std::str::from_utf8(head.get(..valid).unwrap_or_default()).unwrap_or("");
        let fault = |problem: String, hint: &str| Fault::File {
            file: source.name.clone(),
            problem,
            hint: hint.to_owned(),
        };
        let first = text.trim_start_matches('\u{feff}').trim_start();
        if first.is_empty() {
            return Err(fault(
                "the file is empty".into(),
                "ask for it again, or leave it out",
            ));
        }
        if first.starts_with(['{', '[']) {
            return Err(fault(
                "the file looks like JSON, not like a table of text".into(),
                "save it as CSV",
            ));
        }
        let (delimiter, start) = delimiter_of(text);
        let top = top(text, delimiter, start);
        if top.iter().any(|row| row.cells.len() > COLUMNS) {
            return Err(fault(
                format!("it has more than {COLUMNS} columns"),
                "keep the columns that describe people, and leave the others out",
            ));
        }
        source.delimiter = delimiter;
        source.top = top;
        Ok(source)
    }
}

fn not_read(file: &str, error: &io::Error, watch: &dyn Watch) -> Fault {
    if watch.is_stopped() {
        return Fault::Stopped;
    }
    cannot_be_read(file, error)
}

fn cannot_be_read(file: &str, error: &io::Error) -> Fault {
    Fault::File {
        file: file.to_owned(),
        problem: format!("cannot be read: {error}"),
        hint: "check the path, and that you may read the file".into(),
    }
}

/// The length of a plain file.
fn length(path: &Path) -> io::Result<usize> {
    let known = std::fs::metadata(path)?;
    if known.is_file() {
        return usize::try_from(known.len()).map_err(io::Error::other);
    }
    Err(io::Error::other(if known.is_dir() {
        "it is a folder"
    } else {
        "it is no plain file"
    }))
}

/// Fills `part` from the file; the part's own handle, since others read at the same time.
fn read_at(path: &Path, from: usize, part: &mut [u8]) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from as u64))?;
    file.read_exact(part)
}

/// All bytes of a file, read by several threads at once.
fn bytes(path: &Path, watch: &dyn Watch) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length(path)?];
    bytes
        .par_chunks_mut(PART)
        .enumerate()
        .try_for_each(|(at, part)| {
            if watch.is_stopped() {
                return Err(io::Error::other("stopped"));
            }
            read_at(path, at * PART, part)
        })?;
    Ok(bytes)
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
