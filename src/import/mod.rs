//! Reads agencies' files into records, entries and the rest, and tells which cells and rows could not be used.
//!
//! A folder of files comes in, [`Supplied`] goes out. A reader turns bytes into tables of text ([`table`]), a profile
//! turns tables into data. Nothing is lost: for each file, rows in = used + rejected, checked at run time.

mod agencies;
pub mod check;
mod codes;
pub mod config;
mod config_output;
mod config_value;
pub mod cut;
mod date_order;
mod date_parts;
pub mod dates;
mod dating;
pub mod decode;
pub mod delimited;
mod delimiter;
pub mod draft;
mod entries;
mod entry_cells;
mod family_context;
mod fhir;
mod files;
mod finish;
pub mod folder;
mod gather;
mod gedcom;
mod headers;
pub mod json;
mod json_text;
mod known;
mod layout;
mod links;
pub mod look;
pub mod mapping;
pub mod named;
mod names;
mod nested;
mod notes;
mod open;
mod own_tables;
mod people;
mod profiles;
pub mod read_error;
mod recognise;
pub mod roster;
mod row;
mod serials;
mod shape;
pub mod table;
mod times;
mod told;
mod tree;
mod whose;
pub mod workbook;
mod workbook_guard;
mod workbook_merged;
mod workbook_repeats;
mod workbook_xls;
mod workbook_xml;
mod xml;

use std::sync::Arc;

use crate::model::id::AgencyId;
use crate::model::settings::Config;
use crate::model::source::{Kept, Reject, Sheet as RawSheet};
use crate::model::supply::{Citation, Supplied};
use crate::model::watch::{Unwatched, Watch};

use agencies::Agencies;
use check::FileReport;
use config::{FileHelp, read_config};
use decode::decode;
use files::File;
use gather::{Gathered, Sheet};
use known::Known;
use row::Place;
pub use told::STAGES;
use told::{ORDERING, SORTING, go_on};

/// A folder of exports in memory: what was found, before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    /// Files, by path.
    pub files: Vec<InputFile>,
    /// Paths that were not opened (links, pipes, directories named like files), with the reason, by path.
    pub skipped: Vec<(String, String)>,
}

/// One file of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The path under the folder, with `/`.
    pub path: String,
    /// Its bytes, or why they could not be read.
    pub bytes: Result<Vec<u8>, String>,
    /// The agency named for it on the command line.
    pub agency: Option<AgencyId>,
}

/// What a reader refuses to go beyond; each can be raised by an option of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in one cell.
    pub cell_bytes: usize,
    /// Bytes in one line of text.
    pub line_bytes: usize,
    /// Columns.
    pub columns: usize,
    /// Bytes of a workbook when unpacked.
    pub workbook_bytes: u64,
    /// How many times larger than its file a workbook may unpack to.
    pub workbook_ratio: u64,
    /// Cells of a workbook.
    pub workbook_cells: usize,
    /// Depth of JSON.
    pub json_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cell_bytes: 1 << 20,
            line_bytes: 16 << 20,
            columns: 16_384,
            workbook_bytes: 256 << 20,
            workbook_ratio: 200,
            workbook_cells: 5_000_000,
            json_depth: 128,
        }
    }
}

/// Why a folder could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// `case.toml` cannot be read or names a path outside the folder.
    #[error("case.toml: {problem}\n  hint: {hint}")]
    Config {
        /// What is wrong, with the line where it is known.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// No file of the folder could be used.
    #[error("no file could be used: {problem}\n  hint: {hint}")]
    NothingUsable {
        /// What was found instead.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// Whoever watched it wanted it to stop.
    #[error("reading was stopped\n  hint: nothing was changed; start again when it suits")]
    Stopped,
}

/// Reads a folder of exports.
///
/// # Errors
/// Only when nothing can be used or `case.toml` is wrong; an unreadable file is a reject of the result.
pub fn read(folder: &Folder, limits: &Limits) -> Result<Supplied, ImportError> {
    read_watched(folder, limits, &Unwatched)
}

/// The same, watched: what is half read is thrown away when it is to stop.
///
/// # Errors
/// As for [`read`], and when it was stopped.
pub fn read_watched(
    folder: &Folder,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Supplied, ImportError> {
    Ok(read_and_report(folder, limits, watch)?.0)
}

/// Tells how each file would be read, without using it.
///
/// # Errors
/// As for [`read`].
pub fn check(folder: &Folder, limits: &Limits) -> Result<Vec<FileReport>, ImportError> {
    let (supplied, sheets) = read_and_report(folder, limits, &Unwatched)?;
    let words = codes::vocabulary(&supplied.config)?;
    Ok(check::reports(&supplied, &sheets, &words))
}

type Sheets = Vec<(u32, check::SheetReport)>;

fn read_and_report(
    folder: &Folder,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<(Supplied, Sheets), ImportError> {
    let (config, help) = read_case_toml(folder)?;
    let (mut files, ignored) = files::read_files(folder, &help, limits, watch);
    go_on(watch)?;
    recognise::settle_profiles(&mut files);
    let mut agencies = Agencies::new(&help.agencies);
    whose::settle_agencies(&mut files, &mut agencies);
    gather::add_suppliers_of_rows(&files, &mut agencies);
    usable(&files, &ignored)?;

    let mut gathered = Gathered::default();
    gathered.notes.rejects = folder.skipped.iter().map(not_opened).collect();
    for file in &mut files {
        gathered.notes.rejects.append(&mut file.rejects);
    }
    missing(&help, folder, &mut gathered.notes.rejects)?;
    let copies = files::copies(&files, &mut gathered.notes.rejects);
    let sheets = places(&files, &config, &mut gathered.notes.rejects);
    let words = codes::vocabulary(&config)?;
    let rows: usize = sheets.iter().map(|sheet| sheet.data().len()).sum();
    watch.stage(SORTING, 2 * rows as u64);
    let mut known = gather::people(&sheets, agencies, watch, &mut gathered);
    gather::the_rest(&sheets, (&known, &words), watch, &mut gathered);
    go_on(watch)?;
    watch.stage(ORDERING, 0);

    let mut supplied = Supplied {
        ignored,
        config,
        ..Supplied::default()
    };
    supplied.records = gather::records(&mut gathered, &sheets);
    let mut rejects = std::mem::take(&mut gathered.notes.rejects);
    supplied.entries = entries::merge(gathered.entries, &copies, &mut rejects);
    known.entries = supplied
        .entries
        .iter()
        .map(|entry| entry.id.clone())
        .collect();
    supplied.relationships = gathered.relationships;
    supplied.involvements = gathered.involvements;
    supplied.coverage = gathered.coverage;
    supplied.requests = gathered.requests;
    supplied.consultations = gathered.consultations;
    supplied.citations = citations(&sheets, &known, &mut rejects);
    let used = finish::sort(&mut supplied);
    let raw: Vec<(u32, RawSheet)> = sheets
        .iter()
        .map(|sheet| (sheet.place.file, finish::raw_sheet(sheet)))
        .collect();
    let reports = check::sheets(&sheets);
    drop(sheets);
    let mut sources = finish::account(files, &raw, &used, &mut rejects);
    finish::agency_of_rows(&supplied, &mut sources);
    supplied.files = sources;
    profiles::hold_back(&mut supplied);
    let (gave, named) = finish::agencies(&supplied, supplied.config.own_agency.as_ref());
    supplied.agencies = known.agencies.list(&named, &gave);
    supplied.rejects = in_order(rejects);
    Ok((supplied, reports))
}

/// The rejects by their place, each once.
fn in_order(mut rejects: Vec<Reject>) -> Vec<Reject> {
    rejects.sort_by(|a, b| {
        (&a.file, a.row, &a.column)
            .cmp(&(&b.file, b.row, &b.column))
            .then_with(|| a.cmp(b))
    });
    rejects.dedup();
    rejects
}

fn read_case_toml(folder: &Folder) -> Result<(Config, FileHelp), ImportError> {
    // without it the pictures would be for another recipient, date or law than was asked for
    if let Some((_, reason)) = folder.skipped.iter().find(|(path, _)| path == "case.toml") {
        return Err(ImportError::Config {
            problem: format!("not opened: {reason}"),
            hint: "put the file itself here, or take the name away".into(),
        });
    }
    let Some(file) = folder.files.iter().find(|file| file.path == "case.toml") else {
        return Ok((Config::default(), FileHelp::default()));
    };
    let (mut config, mut help) = match &file.bytes {
        Ok(bytes) => read_config(&decode(bytes).0)?,
        Err(reason) => {
            return Err(ImportError::Config {
                problem: reason.clone(),
                hint: "check that you may read the file, and try again".into(),
            });
        }
    };
    if let Some(path) = &help.vocabulary {
        config.vocabulary = Some(codes::own_vocabulary(folder, path)?);
    }
    for export in &mut help.exports {
        if let Some(path) = export.mapping_file() {
            let mapping = mapping::of_folder(folder, path)?;
            config.mappings.insert(path.to_owned());
            export.mapping = Some(Arc::new(mapping));
        }
    }
    Ok((config, help))
}

fn usable(files: &[File], ignored: &[String]) -> Result<(), ImportError> {
    if files.iter().any(File::is_usable) {
        return Ok(());
    }
    let first = files
        .iter()
        .flat_map(|file| &file.rejects)
        .find(|reject| reject.row.is_none());
    let problem = match first {
        Some(reject) => format!("{}: {}", reject.file, reject.problem),
        None if ignored.is_empty() => "there are no files".into(),
        None => format!(
            "there are only files that are no exports: {}",
            ignored.join(", ")
        ),
    };
    let hint = first.map_or(
        "give a folder with CSV, XLSX, ODS or JSON exports, one folder an agency",
        |reject| &reject.hint,
    );
    Err(ImportError::NothingUsable {
        problem,
        hint: hint.to_owned(),
    })
}

fn not_opened((path, reason): &(String, String)) -> Reject {
    Reject {
        file: path.clone(),
        row: None,
        column: String::new(),
        value: String::new(),
        problem: format!("not opened: {reason}"),
        hint: "put a copy of the file itself into the folder if it is an export".into(),
        kept: Kept::None,
    }
}

/// Tells of files that `case.toml` names and that are not there.
///
/// # Errors
/// When one is a link or lies behind one: it may lead out of the folder.
fn missing(help: &FileHelp, folder: &Folder, rejects: &mut Vec<Reject>) -> Result<(), ImportError> {
    for export in &help.exports {
        let path = &export.file;
        if folder.files.iter().any(|file| export.is_about(&file.path)) {
            continue;
        }
        let behind = |skipped: &str| {
            path.strip_prefix(skipped)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some((skipped, reason)) = folder.skipped.iter().find(|(at, _)| behind(at)) {
            return Err(ImportError::Config {
                problem: format!("file = \"{path}\" cannot be taken: {skipped} is {reason}"),
                hint: "name a file that lies in the folder of exports itself".into(),
            });
        }
        rejects.push(Reject {
            file: "case.toml".into(),
            row: None,
            column: "file".into(),
            value: path.clone(),
            problem: format!("[[export]] names `{path}`, and there is no such file"),
            hint: "check the path under the folder, with / between its parts".into(),
            kept: Kept::None,
        });
    }
    Ok(())
}

/// Each table with its place and the way its dates are written.
fn places<'a>(files: &'a [File], config: &Config, rejects: &mut Vec<Reject>) -> Vec<Sheet<'a>> {
    let latest = dating::latest_day(files, config);
    let mut sheets = Vec::new();
    for (index, file) in files.iter().enumerate() {
        for (at, known) in file.tables.iter().enumerate() {
            let mut place = Place {
                name: files::name_with_sheet(&file.source.path, &known.table.name),
                file: index as u32,
                sheet: at as u16,
                supplier: file.source.agency.clone(),
                headers: Place::headers_of(&known.layout),
                rules: Vec::new(),
            };
            let of_mapping = || known.mapping.as_ref().and_then(|m| m.date_order);
            let of_profile = || known.fitted.as_ref().and_then(|f| f.profile.date_order);
            let order = file.help.as_ref().and_then(|help| help.date_order);
            let order = order.or_else(of_mapping).or_else(of_profile);
            place.rules = dating::rules(known, &place, order, (latest, config), rejects);
            sheets.push(Sheet { known, place });
        }
    }
    sheets
}

fn citations(sheets: &[Sheet], known: &Known, rejects: &mut Vec<Reject>) -> Vec<Citation> {
    let mut citations = Vec::new();
    for sheet in sheets
        .iter()
        .filter(|sheet| sheet.known.layout.kinds.citations)
    {
        for data in sheet.data() {
            for plain in sheet
                .plain(data)
                .into_iter()
                .filter(|plain| plain.kinds.citations)
            {
                let supplier = sheet.supplier(&plain.row, &known.agencies);
                citations.extend(links::read_citations(
                    &plain.row,
                    supplier.as_ref(),
                    known,
                    rejects,
                ));
            }
        }
    }
    citations
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
