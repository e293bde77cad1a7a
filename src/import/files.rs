//! The files of a folder: which are exports, what tables they hold, and whose they are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::model::id::AgencyId;
use crate::model::source::{Kept, Reject, SourceFile};
use crate::model::watch::Watch;

use super::config::{ExportHelp, FileHelp};
use super::family_context::Part;
use super::headers::Column;
use super::layout::Layout;
use super::mapping::Mapping;
use super::open::{Sort, open_told, sort_of};
use super::profiles::{self, Fitted};
use super::read_error::ReadError;
use super::recognise::recognise;
use super::table::{Read, Table};
use super::told::{READING, Steps};
use super::{Folder, InputFile, Limits, own_tables};

/// A table whose header is understood.
#[derive(Debug)]
pub struct Known {
    /// The cells.
    pub table: Table,
    /// What they mean.
    pub layout: Layout,
    /// Which file of the family-context profile it is, if it is one.
    pub part: Option<Part>,
    /// Which table of a built-in profile it is, if it is one.
    pub fitted: Option<Fitted>,
    /// The hub's mapping file by which it is read, if there is one.
    pub mapping: Option<Arc<Mapping>>,
}

impl Known {
    /// A cell as it is read: as the mapping file says of the column, else as it stands.
    pub fn cell<'a>(&self, column: Column, cell: &'a str) -> Cow<'a, str> {
        let mapped = self.mapping.as_ref().and_then(|m| m.value(column, cell));
        mapped.map_or(Cow::Borrowed(cell), Cow::Owned)
    }
}

/// One export, read as far as its tables.
#[derive(Debug)]
pub struct File {
    /// What is told of it; its rows are counted later.
    pub source: SourceFile,
    /// The tables that are understood, in the order of the file.
    pub tables: Vec<Known>,
    /// What could not be read.
    pub rejects: Vec<Reject>,
    /// Rows that the reader lost, and the rows of a file without a table that is understood.
    pub rows_lost: usize,
    /// What `case.toml` says of it.
    pub help: Option<ExportHelp>,
    /// The agency named for it on the command line.
    pub named: Option<AgencyId>,
}

/// The exports by path, and the paths of the other files.
pub fn read_files(
    folder: &Folder,
    help: &FileHelp,
    limits: &Limits,
    watch: &dyn Watch,
) -> (Vec<File>, Vec<String>) {
    let mut inputs: Vec<&InputFile> = folder
        .files
        .iter()
        .filter(|file| !help.sets_up(&file.path))
        .collect();
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let bytes = inputs.iter().filter_map(|input| input.bytes.as_ref().ok());
    watch.stage(READING, bytes.map(|bytes| bytes.len() as u64).sum());
    let read: Vec<Result<File, String>> = inputs
        .par_iter()
        .map(|input| {
            if watch.is_stopped() {
                return Err(input.path.clone());
            }
            let read = read_file(input, help.of(&input.path), limits, watch);
            read.ok_or_else(|| input.path.clone())
        })
        .collect();
    let (mut files, mut ignored) = (Vec::new(), Vec::new());
    for file in read {
        match file {
            Ok(file) => files.push(file),
            Err(path) => ignored.push(path),
        }
    }
    (files, ignored)
}

/// Reads one file; `None` when it is no export.
fn read_file(
    input: &InputFile,
    help: Option<&ExportHelp>,
    limits: &Limits,
    watch: &dyn Watch,
) -> Option<File> {
    let bytes = input.bytes.as_deref().unwrap_or_default();
    let steps = Steps::of_bytes(watch, bytes.len());
    let is_chosen = help.is_some() || input.agency.is_some();
    let sort = if is_chosen {
        Sort::Export
    } else {
        sort_of(&input.path)
    };
    // what a folder that stays closed holds, nobody knows: its path ends with a stroke
    let is_folder = input.bytes.is_err() && input.path.ends_with('/');
    if sort == Sort::Other && !is_folder {
        return None;
    }
    let mut file = File::none_read(input, help);
    let is_mapped = help.is_some_and(|help| help.mapping.is_some());
    if let Err(reason) = &input.bytes {
        file.refuse(
            reason,
            "check that it is the right file and that you may read it, and try again",
        );
        return Some(file);
    }
    if let Some(profile) = help
        .and_then(|h| h.profile.as_deref())
        .filter(|name| !is_mapped && !profiles::is_known(name))
    {
        file.refuse(
            &format!("this version has no profile `{profile}`"),
            &format!(
                "use one of {}, the path of a mapping file (`casepicture check --draft` writes one), or leave the profile out of case.toml",
                profiles::names()
            ),
        );
        return Some(file);
    }
    match open_told(&input.path, bytes, limits, &steps) {
        Ok(read) if !is_chosen && own_tables::are_of(&read) => return None,
        Ok(read) => file.take(read),
        Err(_) if sort == Sort::Perhaps => return None,
        Err(ReadError { problem, hint, .. }) => file.refuse(&problem, &hint),
    }
    if sort == Sort::Perhaps && file.tables.is_empty() {
        return None;
    }
    Some(file)
}

impl File {
    /// A file of which nothing was read yet.
    fn none_read(input: &InputFile, help: Option<&ExportHelp>) -> Self {
        Self {
            source: SourceFile {
                path: input.path.clone(),
                agency: None,
                sha256: sha256_hex(input.bytes.as_deref().unwrap_or_default()),
                profile: String::new(),
                encoding: String::new(),
                rows: 0,
                used: 0,
                rejected: 0,
                sheets: Vec::new(),
            },
            tables: Vec::new(),
            rejects: Vec::new(),
            rows_lost: 0,
            help: help.cloned(),
            named: input.agency.clone(),
        }
    }

    /// Whether it could be used at all.
    pub fn is_usable(&self) -> bool {
        !self.tables.is_empty()
    }

    fn line(&self, sheet: &str, problem: &str, hint: &str) -> Reject {
        Reject {
            file: name_with_sheet(&self.source.path, sheet),
            row: None,
            column: String::new(),
            value: String::new(),
            problem: problem.to_owned(),
            hint: hint.to_owned(),
            kept: Kept::None,
        }
    }

    fn refuse(&mut self, problem: &str, hint: &str) {
        let line = self.line("", problem, hint);
        self.rejects.push(line);
    }

    /// Takes what the reader gave: the tables that are understood, a line for each that is not.
    fn take(&mut self, read: Read) {
        self.source.encoding = read.encoding;
        self.rows_lost = read.rows_lost;
        for mut reject in read.rejects {
            reject.file = name_with_sheet(&self.source.path, &reject.file);
            self.rejects.push(reject);
        }
        let wanted = self.help.as_ref().and_then(|help| help.sheet.clone());
        let found_sheet = wanted
            .as_ref()
            .is_none_or(|name| read.tables.iter().any(|table| table.name == *name));
        if let Some(name) = wanted.as_ref().filter(|_| !found_sheet) {
            let problem = format!("there is no sheet `{name}`");
            self.refuse(&problem, "check the name of the sheet in case.toml");
        }
        let mut not_understood = 0;
        for table in read.tables {
            let skip =
                wanted.as_ref().is_some_and(|name| *name != table.name) || table.rows.is_empty();
            if skip {
                continue;
            }
            let name = table.name.clone();
            let rows = table.rows.len() - 1;
            if let Some(known) = recognise(table, read.records_of, self.help.as_ref()) {
                self.tables.push(known);
            } else {
                not_understood += rows;
                let line = self.not_understood(&name, read.records_of);
                self.rejects.push(line);
            }
        }
        if self.tables.is_empty() {
            self.rows_lost += not_understood;
            let is_told = self.rejects.iter().any(|line| line.row.is_none());
            if self.rejects.is_empty() {
                self.refuse(
                    "the file has no rows",
                    "ask the agency to send it again, or leave the file out",
                );
            } else if !is_told {
                self.refuse(
                    "no header can be read in it",
                    "look at its first rows: a quote that is never closed takes the header with it",
                );
            }
        }
        let of_family_context = self.tables.iter().any(|known| known.part.is_some());
        let mut fitted = self.tables.iter().filter_map(|known| known.fitted.as_ref());
        let of_profile = fitted.next().map(|fitted| fitted.profile.name);
        if self.is_usable() {
            let mapping_file = self.help.as_ref().and_then(ExportHelp::mapping_file);
            let profile = match mapping_file {
                Some(path) => path,
                None if of_family_context => "family-context",
                None => of_profile.unwrap_or("plain"),
            };
            self.source.profile = profile.to_owned();
        }
    }

    /// The line for a table that is not understood.
    fn not_understood(&self, name: &str, records_of: &str) -> Reject {
        let profile = self.help.as_ref().and_then(|help| help.profile.as_deref());
        let of_profile = profile.and_then(profiles::named);
        if !records_of.is_empty() {
            let problem = format!("records of this kind are not read by the profile {records_of}");
            let hint =
                "nothing is to be done, unless they hold what you need: then ask for them as CSV";
            return self.line(name, &problem, hint);
        }
        if let Some(profile) = of_profile {
            let problem = format!(
                "no row holds the headers of a table of the profile {}",
                profile.name
            );
            let hint = "check profile in case.toml; without it the file is read by its headers";
            return self.line(name, &problem, hint);
        }
        self.line(
            name,
            "no row holds the columns of any kind of export",
            "people need record_id and a name or date of birth, entries need entry_id, date and text; see `casepicture check`",
        )
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // writing to a String cannot fail
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// The file as reports name it: with its sheet in a workbook.
pub fn name_with_sheet(path: &str, sheet: &str) -> String {
    if sheet.is_empty() || sheet == path {
        path.to_owned()
    } else {
        format!("{path}!{sheet}")
    }
}

/// Files that are the same as an earlier one of the same agency byte for byte: each with that earlier one, by index.
pub fn copies(files: &[File], rejects: &mut Vec<Reject>) -> BTreeMap<u32, u32> {
    let mut first: BTreeMap<(&str, Option<&AgencyId>), u32> = BTreeMap::new();
    let mut copies = BTreeMap::new();
    for (at, file) in files
        .iter()
        .enumerate()
        .filter(|(_, file)| file.is_usable())
    {
        let key = (file.source.sha256.as_str(), file.source.agency.as_ref());
        let earlier = *first.entry(key).or_insert(at as u32);
        let Some(original) = files.get(earlier as usize).filter(|_| earlier != at as u32) else {
            continue;
        };
        copies.insert(at as u32, earlier);
        let line = file.line(
            "",
            &format!(
                "the file is the same as {}, byte for byte",
                original.source.path
            ),
            "its rows are used once; leave one of the two out",
        );
        rejects.push(Reject {
            kept: Kept::Row,
            ..line
        });
    }
    copies
}
