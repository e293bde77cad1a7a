//! The wizard that adds an agency's file: what is typed and chosen so far, what is asked of the desk thread, and what it answers.
//! Plain data; `update::adding` changes it, `desk` does the work.

use std::sync::Arc;

use super::msg::Held;
use crate::import::check::FileReport;
use crate::import::draft::Draft;
use crate::import::look::{Guess, Look, Sample};
use crate::model::id::AgencyId;
use crate::model::settings::Config;

/// Why nothing of a file can be used as it is read now.
pub const NOT_YET: &str = "No row can be used yet. An entry needs a date and a text; a person a name with a record_id or a date_of_birth.";

/// A wizard that is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Adding {
    /// What is asked now.
    pub step: Step,
    /// The path that is typed.
    pub path: String,
    /// The folder that is listed, as it is typed, and its names; folders end in `/`.
    pub listed: Option<(String, Vec<String>)>,
    /// The selected one of what is offered in this step.
    pub at: usize,
    /// The first rows of the file.
    pub look: Option<Arc<Look>>,
    /// Which of its tables is shown.
    pub table: usize,
    /// What its columns are read as.
    pub columns: Vec<Line>,
    /// Whether the analyst said which row is the header.
    pub is_header_set: bool,
    /// How its dates are written; `None`: that is found out.
    pub date_order: Option<&'static str>,
    /// How the file would be read.
    pub report: Option<Result<Arc<FileReport>, String>>,
    /// Whether the rows and rejects fill the box, and how many lines are scrolled away.
    pub rows: Option<usize>,
    /// Whose file it is, as typed.
    pub agency: String,
    /// Whose it is.
    pub of: Option<AgencyId>,
    /// The folder of exports in which the mapping is kept.
    pub root: String,
    /// Whether the question "replace the mapping that is there?" has been put.
    pub is_replacing: bool,
    /// The job that is waited for; answers to others are dropped.
    pub job: Option<u64>,
}

/// What the wizard asks.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Step {
    /// Which file.
    #[default]
    Path,
    /// Which of several tables.
    Table,
    /// What the columns are read as.
    Columns,
    /// What the selected column is read as: what is typed, and the selected one of what is found.
    Column(String, usize),
    /// Whose file it is.
    Agency,
    /// Where the mapping is kept.
    Root,
    /// Nothing: the file is being imported.
    Importing,
}

/// What can be done with the columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKey {
    /// Choose what the selected column is read as.
    Column,
    /// Keep the selected column as it is.
    Keep,
    /// Take the row below as the header.
    HeaderDown,
    /// Take the row above as the header.
    HeaderUp,
    /// Say how dates are written.
    DateOrder,
    /// Show the first rows and what would not be used, or the columns again.
    Rows,
    /// Go on to whose file it is.
    GoOn,
}

impl FileKey {
    /// What it does, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Column => "Choose what this column is read as",
            Self::Keep => "Keep this column as it is, not understood",
            Self::HeaderDown => "Take the row below as the header",
            Self::HeaderUp => "Take the row above as the header",
            Self::DateOrder => "Say how dates are written: found out, day, month or year first",
            Self::Rows => "Show the first rows and what would not be used, or the columns",
            Self::GoOn => "Go on: whose file it is",
        }
    }
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its header, spaces made one.
    pub header: String,
    /// Where it stands among the columns of the file.
    pub position: usize,
    /// What it is read as; `None`: it is kept as it is.
    pub column: Option<&'static str>,
    /// Whether only what its cells hold says so.
    pub by_content: bool,
}

/// What the desk is asked to do, each with the number of its job.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// List a folder.
    List(u64, String),
    /// Look into a file.
    Look(u64, String),
    /// Read the file by a mapping and tell how that went.
    Try(u64, Arc<Draft>, Arc<Config>),
    /// Keep a mapping in a folder of exports.
    Save(u64, Saving),
    /// Import the file with its mapping into the case.
    Import(u64, Saving),
}

impl Order {
    /// The number of its job.
    pub fn job(&self) -> u64 {
        match self {
            Self::List(job, _)
            | Self::Look(job, _)
            | Self::Try(job, ..)
            | Self::Save(job, _)
            | Self::Import(job, _) => *job,
        }
    }
}

/// A mapping to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Saving {
    /// How the file is read.
    pub draft: Draft,
    /// Whose it is.
    pub agency: AgencyId,
    /// The folder of exports.
    pub root: String,
    /// Whether a mapping that is there may be replaced.
    pub replace: bool,
}

/// What the desk answers, each with the number of the job.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// A folder, as it was typed, and its names.
    Listed(u64, String, Vec<String>),
    /// The first rows of a file and the folder of exports that it seems to lie in; or why it cannot be read.
    Looked(u64, Result<(Arc<Look>, String), String>),
    /// How the file would be read.
    Tried(u64, Result<Arc<FileReport>, String>),
    /// What was kept, in words.
    Saved(u64, Result<String, Unsaved>),
    /// What was imported, in words.
    Imported(u64, Result<(String, Held), String>),
}

/// Why a mapping was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// There is another one of this name.
    IsThere(String),
    /// It could not be written.
    Failed(String),
}

impl Adding {
    /// Whether a list of columns is shown, in which letters are keys.
    pub fn is_list(&self) -> bool {
        self.step == Step::Columns
    }

    /// The table that is shown.
    pub fn sample(&self) -> Option<&Sample> {
        self.look.as_ref()?.tables.get(self.table)
    }

    /// What is typed in this step.
    pub fn typed(&self) -> &str {
        match &self.step {
            Step::Path => &self.path,
            Step::Column(query, _) => query,
            Step::Agency => &self.agency,
            Step::Root => &self.root,
            Step::Table | Step::Columns | Step::Importing => "",
        }
    }

    /// The same, to change it.
    pub fn typed_mut(&mut self) -> Option<&mut String> {
        match &mut self.step {
            Step::Path => Some(&mut self.path),
            Step::Column(query, _) => Some(query),
            Step::Agency => Some(&mut self.agency),
            Step::Root => Some(&mut self.root),
            Step::Table | Step::Columns | Step::Importing => None,
        }
    }

    /// Takes a table with the guesses about it.
    pub fn take_table(&mut self) {
        let Some(sample) = self.sample() else { return };
        let guesses: Vec<Guess> = sample.guesses();
        let mut columns: Vec<Line> = Vec::new();
        for (position, (header, guess)) in sample.headers().iter().zip(guesses).enumerate() {
            let words: Vec<&str> = header.split_whitespace().collect();
            let header = words.join(" ");
            if header.is_empty() || columns.iter().any(|line| line.header == header) {
                continue;
            }
            columns.push(Line {
                header,
                position,
                column: guess.column,
                by_content: guess.by_content,
            });
        }
        self.columns = columns;
        self.at = 0;
    }

    /// The mapping as it stands.
    pub fn draft(&self) -> Draft {
        let above = self.sample().map(|sample| sample.header_row() - 1);
        Draft {
            title_rows: above.filter(|_| self.is_header_set),
            date_order: self.date_order,
            columns: self
                .columns
                .iter()
                .map(|line| (line.header.clone(), line.column))
                .collect(),
            ..Draft::default()
        }
    }

    /// Why the file cannot be used as it is read now; `None` when it can.
    pub fn fault(&self) -> Option<String> {
        match &self.report {
            None => Some("How it is read is still being worked out.".to_owned()),
            Some(Err(problem)) => Some(problem.clone()),
            Some(Ok(report)) if report.profile.is_empty() || report.rows.1 == 0 => {
                Some(NOT_YET.to_owned())
            }
            Some(Ok(_)) => None,
        }
    }
}
