//! Reads `case.toml`: what the hub says of the case and of files that need help.
//!
//! A key that is not known is an error with its line and the nearest known one: a misspelt `recipient` that is passed
//! over would show a fact to somebody who may not see it. Values are read by `config_value`.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::config_value::{Place, quoted_list};
use super::mapping::Mapping;
use super::{ImportError, config_output};
use crate::model::agency::{Agency, guess_kind};
use crate::model::basis::Jurisdiction;
use crate::model::id::AgencyId;
use crate::model::settings::Config;
use crate::model::words::AgencyKind;

/// What `case.toml` says of agencies and files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileHelp {
    /// Agencies with the names and kinds declared, in order.
    pub agencies: Vec<Agency>,
    /// Files that need help, in order.
    pub exports: Vec<ExportHelp>,
    /// The hub's own file of codes: its path under the folder.
    pub vocabulary: Option<String>,
}

impl FileHelp {
    /// What is said of the file at a path: a line that names it, else the first whose pattern fits.
    pub fn of(&self, path: &str) -> Option<&ExportHelp> {
        let named = self.exports.iter().find(|export| export.file == path);
        named.or_else(|| self.exports.iter().find(|export| export.is_about(path)))
    }

    /// Whether a file sets up how the others are read, and is nobody's export.
    pub fn sets_up(&self, path: &str) -> bool {
        path == "case.toml"
            || self.vocabulary.as_deref() == Some(path)
            || self
                .exports
                .iter()
                .any(|export| export.mapping_file() == Some(path))
    }
}

/// Help for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportHelp {
    /// The path under the folder, with `/`; a `*` in it stands for any letters but `/`.
    pub file: String,
    /// Whose it is.
    pub agency: Option<AgencyId>,
    /// A profile's name, or the path of a mapping file under the folder.
    pub profile: Option<String>,
    /// The one sheet to read.
    pub sheet: Option<String>,
    /// How its dates are written.
    pub date_order: Option<DateOrder>,
    /// The mapping file that `profile` names, once it is read.
    pub mapping: Option<Arc<Mapping>>,
}

impl ExportHelp {
    /// The path of the mapping file that `profile` names, if it names one.
    pub fn mapping_file(&self) -> Option<&str> {
        self.profile.as_deref().filter(|name| is_path(name))
    }

    /// Whether it is about the file at this path.
    pub fn is_about(&self, path: &str) -> bool {
        fits(&self.file, path)
    }
}

/// Whether a path has the form of a pattern in which `*` stands for any letters but `/`.
fn fits(pattern: &str, path: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(rest) = path.strip_prefix(before) else {
        return false;
    };
    let name = rest.find('/').unwrap_or(rest.len());
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.take_while(|end| *end <= name)
        .any(|end| rest.get(end..).is_some_and(|rest| fits(after, rest)))
}

/// A mapping file is a path, a built-in profile a bare word.
fn is_path(profile: &str) -> bool {
    profile.contains(['/', '\\', '.'])
}

/// The order of day, month and year in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

const TOP: [&str; 11] = [
    "title",
    "own_agency",
    "as_of",
    "jurisdiction",
    "day_first",
    "agency",
    "export",
    "output",
    "flags",
    "expected_rate",
    "vocabulary",
];

/// Reads the text of `case.toml`.
///
/// # Errors
/// A line that is no TOML, a key that is not known, a value of the wrong kind, a path outside the folder.
pub fn read_config(text: &str) -> Result<(Config, FileHelp), ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let table = parse(text)?;
    let top = Section {
        text,
        table: table.get_ref(),
    };
    top.only(&TOP)?;
    let mut help = FileHelp::default();
    for section in top.sections("agency")? {
        let agency = agency(&section)?;
        if help.agencies.iter().any(|earlier| earlier.id == agency.id) {
            return Err(said_twice(&section, "agency", "id"));
        }
        help.agencies.push(agency);
    }
    for section in top.sections("export")? {
        let export = export(&section)?;
        if help
            .exports
            .iter()
            .any(|earlier| earlier.file == export.file)
        {
            return Err(said_twice(&section, "export", "file"));
        }
        help.exports.push(export);
    }
    help.vocabulary = top.get("vocabulary").map(|p| p.path()).transpose()?;
    let mut config = Config {
        title: top.get("title").map_or(Ok(String::new()), |p| p.text())?,
        own_agency: top.get("own_agency").map(|p| p.id()).transpose()?,
        as_of: top.get("as_of").map(|p| p.day()).transpose()?,
        jurisdiction: top
            .get("jurisdiction")
            .map(|p| p.word::<Jurisdiction>("a jurisdiction"))
            .transpose()?,
        day_first: top.get("day_first").map(|p| p.flag()).transpose()?,
        ..Config::default()
    };
    config_output::read(&top, &help, &mut config)?;
    Ok((config, help))
}

/// The tables and values of a TOML text.
pub(super) fn parse(text: &str) -> Result<Spanned<DeTable<'_>>, ImportError> {
    DeTable::parse(text).map_err(|fault| {
        let line = fault.span().map_or(1, |span| line_of(text, span.start));
        ImportError::Config {
            problem: format!("line {line}: {}", fault.message().replace('\n', " ")),
            hint: "values are written like title = \"…\"; text stands in double quotes".into(),
        }
    })
}

/// The line of an offset, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

/// A table of the file.
pub(super) struct Section<'a> {
    pub(super) text: &'a str,
    pub(super) table: &'a DeTable<'a>,
}

impl<'a> Section<'a> {
    pub(super) fn get(&self, key: &'a str) -> Option<Place<'a>> {
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(name, value)| self.place(name.get_ref(), value))
    }

    fn place(&self, key: &'a str, value: &'a Spanned<DeValue<'a>>) -> Place<'a> {
        let span: Range<usize> = value.span();
        Place {
            text: self.text,
            key,
            value: value.get_ref(),
            span,
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Place<'a>> {
        self.table
            .iter()
            .map(|(name, value)| self.place(name.get_ref(), value))
    }

    /// Refuses keys that are not among the known ones.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ImportError> {
        let Some((name, _)) = self
            .table
            .iter()
            .filter(|(name, _)| !known.contains(&name.get_ref().as_ref()))
            .min_by_key(|(name, _)| name.span().start)
        else {
            return Ok(());
        };
        let key = name.get_ref();
        let likeness =
            |word: &str| rapidfuzz::distance::levenshtein::distance(key.chars(), word.chars());
        let nearest = known.iter().min_by_key(|word| likeness(word));
        let hint = match nearest.filter(|word| likeness(word) <= word.len() / 2) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("known here: {}", quoted_list(known)),
        };
        Err(ImportError::Config {
            problem: format!(
                "line {}: `{key}` is not known",
                line_of(self.text, name.span().start)
            ),
            hint,
        })
    }

    /// The tables written as `[[key]]`.
    fn sections(&self, key: &'a str) -> Result<Vec<Section<'a>>, ImportError> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(place) => place.sections(),
        }
    }
}

fn agency(section: &Section<'_>) -> Result<Agency, ImportError> {
    section.only(&["id", "name", "kind"])?;
    let id = section
        .get("id")
        .ok_or_else(|| missing(section, "agency", "id"))?
        .id()?;
    let of_id = Agency::of_id(&id);
    let name = section.get("name").map(|p| p.text()).transpose()?;
    let kind = match section.get("kind") {
        Some(place) => place.word::<AgencyKind>("an agency kind")?,
        None => match (of_id.kind, &name) {
            (AgencyKind::Other, Some(name)) => guess_kind(name),
            (kind, _) => kind,
        },
    };
    Ok(Agency {
        name: name.unwrap_or(of_id.name),
        kind,
        ..Agency::of_id(&id)
    })
}

fn missing(section: &Section<'_>, table: &str, key: &str) -> ImportError {
    let at = section
        .table
        .iter()
        .map(|(name, _)| name.span().start)
        .min();
    let line = at.map_or(String::new(), |at| {
        format!("line {}: ", line_of(section.text, at))
    });
    ImportError::Config {
        problem: format!("{line}[[{table}]] has no `{key}`"),
        hint: format!("add {key} = \"…\""),
    }
}

/// Two tables about one thing: neither can be meant more than the other.
fn said_twice<'a>(section: &Section<'a>, table: &str, key: &'a str) -> ImportError {
    let expected = format!("one [[{table}]] for each `{key}`: put what both say into one");
    match section.get(key) {
        Some(place) => place.wrong(&format!("in an earlier [[{table}]] too"), &expected),
        None => missing(section, table, key),
    }
}

fn export(section: &Section<'_>) -> Result<ExportHelp, ImportError> {
    section.only(&["file", "agency", "profile", "sheet", "date_order"])?;
    let text = |key| section.get(key).map(|p| p.text()).transpose();
    let file = section
        .get("file")
        .ok_or_else(|| missing(section, "export", "file"))?
        .path()?;
    let profile = match section.get("profile") {
        Some(place) if is_path(&place.text()?) => Some(place.path()?),
        Some(place) => Some(place.text()?),
        None => None,
    };
    Ok(ExportHelp {
        file,
        agency: section.get("agency").map(|p| p.id()).transpose()?,
        profile,
        sheet: text("sheet")?,
        date_order: date_order(section)?,
        mapping: None,
    })
}

/// `date_order = "dmy"`.
pub(super) fn date_order(section: &Section<'_>) -> Result<Option<DateOrder>, ImportError> {
    let Some(place) = section.get("date_order") else {
        return Ok(None);
    };
    Ok(Some(match place.text()?.to_lowercase().as_str() {
        "dmy" => DateOrder::Dmy,
        "mdy" => DateOrder::Mdy,
        "ymd" => DateOrder::Ymd,
        _ => return Err(place.wrong("no order of dates", "one of \"dmy\", \"mdy\", \"ymd\"")),
    }))
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
