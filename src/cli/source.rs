//! What every command that reads a case or a folder of exports takes, and how it becomes an open case, its settings and its
//! picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::failure::Failure;
use super::kept;
use super::output::tell;
use super::passphrase::Secret;
use super::settings;
use crate::case::{OpenCase, Passphrase};
use crate::import::{self, Folder, Limits};
use crate::model::case::Case;
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::settings::{Recipient, Settings};
use crate::model::watch::{Unwatched, Watch};
use crate::picture::{self, KnownAt, Picture};

/// Where the case or the exports are, and what the picture is computed for.
#[derive(Debug, Clone, Default, Args)]
pub struct Source {
    /// A case file; or a folder of exports (one folder an agency, or one file an agency), or a single export
    #[arg(value_name = "CASE|EXPORTS")]
    pub path: Option<PathBuf>,
    /// Date at which basis, ages, gaps and flags are judged [default: case.toml, else the latest date in the exports]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Day>,
    /// The agency whose analyst is at the terminal [default: case.toml, else the only social care]
    #[arg(long, value_name = "AGENCY")]
    pub own_agency: Option<String>,
    /// Whose law: england, nsw, none … [default: case.toml, else england if the basis codes fit]
    #[arg(long, value_name = "PLACE")]
    pub jurisdiction: Option<String>,
    /// For whom: an agency id, an agency kind, or family. Rows that may not be seen are left out and counted
    #[arg(long, value_name = "WHO")]
    pub recipient: Option<String>,
    /// For what: universal, early-help, s17, s47, conference, court, crime
    #[arg(long, value_name = "PURPOSE")]
    pub purpose: Option<String>,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Files with their agencies, and agencies without a file.
type NamedFiles = (Vec<(AgencyId, PathBuf)>, Vec<AgencyId>);

/// What was known at an earlier date.
#[derive(Debug, Clone, Default, Args)]
pub struct Then {
    /// Show what was known on this day, as far as the exports say when they came; it is judged at that day too, or at an earlier
    /// one that --as-of or case.toml names, and never at a later one
    #[arg(long, value_name = "YYYY-MM-DD")]
    known_at: Option<Day>,
}

/// Where the options below stand in the help.
const LIMITS: &str = "Limits (raise one only for a file that you trust)";

/// The limits that can be raised.
#[expect(
    clippy::struct_field_names,
    reason = "fields are named as their options"
)]
#[derive(Debug, Clone, Default, Args)]
pub struct LimitArgs {
    /// Bytes in one cell
    #[arg(long, help_heading = LIMITS, value_name = "BYTES")]
    limit_cell_bytes: Option<usize>,
    /// Bytes in one line
    #[arg(long, help_heading = LIMITS, value_name = "BYTES")]
    limit_line_bytes: Option<usize>,
    /// Columns of a table
    #[arg(long, help_heading = LIMITS, value_name = "COUNT")]
    limit_columns: Option<usize>,
    /// Bytes of a workbook when unpacked
    #[arg(long, help_heading = LIMITS, value_name = "BYTES")]
    limit_workbook_bytes: Option<u64>,
    /// How many times larger than its file a workbook may unpack to
    #[arg(long, help_heading = LIMITS, value_name = "TIMES")]
    limit_workbook_ratio: Option<u64>,
    /// Cells of a workbook
    #[arg(long, help_heading = LIMITS, value_name = "COUNT")]
    limit_workbook_cells: Option<usize>,
    /// Depth of JSON
    #[arg(long, help_heading = LIMITS, value_name = "DEPTH")]
    limit_json_depth: Option<usize>,
}

impl LimitArgs {
    /// The limits, raised where the command line says so.
    pub fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            cell_bytes: self.limit_cell_bytes.unwrap_or(default.cell_bytes),
            line_bytes: self.limit_line_bytes.unwrap_or(default.line_bytes),
            columns: self.limit_columns.unwrap_or(default.columns),
            workbook_bytes: self.limit_workbook_bytes.unwrap_or(default.workbook_bytes),
            workbook_ratio: self.limit_workbook_ratio.unwrap_or(default.workbook_ratio),
            workbook_cells: self.limit_workbook_cells.unwrap_or(default.workbook_cells),
            json_depth: self.limit_json_depth.unwrap_or(default.json_depth),
        }
    }
}

/// A case that was read, with what it is to be computed for.
#[derive(Debug)]
pub struct Loaded {
    /// The case.
    pub open: OpenCase,
    /// What was known then, where that was asked for: what the picture is computed from.
    then: Option<Case>,
    /// What `case.toml` and the command line say.
    pub settings: Settings,
    /// Whether somebody was named on the command line for whom it is laid out.
    pub is_for_somebody: bool,
    /// Whether what is laid out is a copy for the family.
    pub for_family: bool,
    /// How long reading took.
    pub read_seconds: f64,
}

impl Loaded {
    /// Computes the picture that a command is to lay out. A copy asked for the family is computed from what they may see alone.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn picture(&self) -> Result<Picture, Failure> {
        self.picture_watched(&Unwatched)
    }

    /// The same, watched.
    ///
    /// # Errors
    /// As for [`Loaded::picture`], and when it was stopped.
    pub fn picture_watched(&self, watch: &dyn Watch) -> Result<Picture, Failure> {
        let told =
            |fault: picture::PictureError| Failure::new(fault.to_string(), "tell the maintainers");
        let case = self.then.as_ref().unwrap_or(self.open.case());
        let whole = Picture::of_watched(case, &self.settings, watch).map_err(told)?;
        if self.for_family {
            whole.of_what_is_shown(case, &self.settings).map_err(told)
        } else if self.is_for_somebody {
            Ok(whole.read_out_to(self.settings.recipient.as_ref()))
        } else {
            Ok(whole)
        }
    }
}

impl Source {
    /// The bundled case: nothing named, nothing set.
    pub fn bundled() -> Self {
        Self::default()
    }

    /// Splits the values of `--agency` into files named for an agency (`police=FILE`) and agencies to filter by.
    ///
    /// # Errors
    /// When one names a file without its agency, or an agency without its file.
    pub fn named_files(agencies: &[String]) -> Result<NamedFiles, Failure> {
        let mut files = Vec::new();
        let mut filter = Vec::new();
        for given in agencies {
            let Some((agency, file)) = given.split_once('=') else {
                filter.push(AgencyId::new(given));
                continue;
            };
            let missing = if !agency.chars().any(char::is_alphanumeric) {
                "the agency"
            } else if file.is_empty() {
                "the file"
            } else {
                files.push((AgencyId::new(agency), PathBuf::from(file)));
                continue;
            };
            return Err(Failure::new(
                format!("--agency {given}: {missing} is missing"),
                "write the agency, =, and its file: --agency police=FILE",
            ));
        }
        Ok((files, filter))
    }

    /// Finds out what was named, and takes the passphrase of a case: what must be done before a screen goes up.
    ///
    /// # Errors
    /// When there is no passphrase to be had.
    pub fn ready(&self) -> Result<Ready, Failure> {
        let case = self.path.as_deref().filter(|path| kept::is_case(path));
        let passphrase = case.map(|path| self.secret.take(path)).transpose()?;
        Ok(Ready {
            source: self.clone(),
            passphrase,
        })
    }

    /// Reads exports that are in memory already.
    ///
    /// # Errors
    /// As for [`Ready::load`].
    pub fn read(
        &self,
        folder: &Folder,
        started: Instant,
        watch: &dyn Watch,
    ) -> Result<Loaded, Failure> {
        let supplied = import::read_watched(folder, &self.limits.limits(), watch)
            .map_err(|fault| Failure::told(&fault.to_string()))?;
        self.loaded(OpenCase::in_memory(Case::new(supplied)), started)
    }

    /// Puts what the command line says to an open case.
    fn loaded(&self, open: OpenCase, started: Instant) -> Result<Loaded, Failure> {
        let settings = settings::of(self, &open.case().supplied)?;
        Ok(Loaded {
            open,
            then: None,
            is_for_somebody: self.recipient.is_some(),
            for_family: self.recipient.is_some() && settings.recipient == Some(Recipient::Family),
            settings,
            read_seconds: started.elapsed().as_secs_f64(),
        })
    }
}

/// A source whose passphrase, if it needs one, was taken.
#[derive(Debug)]
pub struct Ready {
    source: Source,
    /// That of a case; a folder has none.
    passphrase: Option<Passphrase>,
}

impl Ready {
    /// Whether it is a case file.
    pub fn is_case(&self) -> bool {
        self.passphrase.is_some()
    }

    /// Opens the case or reads the exports; `named` are files whose agency is named on the command line.
    ///
    /// # Errors
    /// Nothing there, nothing usable, a wrong passphrase or `case.toml`, or an unknown recipient, purpose, agency or threshold.
    pub fn load(&self, named: &[(AgencyId, PathBuf)]) -> Result<Loaded, Failure> {
        self.load_watched(named, &Unwatched)
    }

    /// The same, watched.
    ///
    /// # Errors
    /// As for [`Ready::load`], and when it was stopped.
    pub fn load_watched(
        &self,
        named: &[(AgencyId, PathBuf)],
        watch: &dyn Watch,
    ) -> Result<Loaded, Failure> {
        let started = Instant::now();
        let (Some(passphrase), Some(path)) = (&self.passphrase, &self.source.path) else {
            let folder = folder_of(
                self.source.path.as_deref(),
                named,
                &self.source.limits.limits(),
            )?;
            return self.source.read(&folder, started, watch);
        };
        if !named.is_empty() {
            return Err(Failure::new(
                "--agency NAME=FILE: a case holds its exports already",
                "add the file with casepicture import CASE --agency NAME=FILE",
            ));
        }
        let open = OpenCase::open_watched(path, passphrase, &self.source.limits.limits(), watch);
        self.source
            .loaded(open.map_err(|fault| kept::told(&fault))?, started)
    }
}

impl Then {
    /// Leaves out what came later, where a day was given, and tells how sure that is.
    pub fn put_back(&self, loaded: &mut Loaded, source: &Source) {
        let Some(day) = self.known_at else { return };
        let case = loaded.open.case();
        let known = picture::known_at(&case.supplied, day);
        if source.as_of.is_some_and(|as_of| as_of > day) {
            tell(&format!(
                "known at {day}: it is judged at that day, not at a later one"
            ));
        }
        // a count would tell the family that something is held
        if !loaded.for_family {
            tell(&how_sure(day, &known));
        }
        loaded.then = Some(Case {
            supplied: Arc::new(known.supplied),
            decisions: picture::decided_by(&case.decisions, day),
        });
        loaded.settings = picture::settings_at(&loaded.settings, day);
    }
}

/// How much came later, and how much is taken to have been known from the day on which it happened.
fn how_sure(day: Day, known: &KnownAt) -> String {
    let one_or = |count: usize, one: &'static str, several: &'static str| {
        if count == 1 { one } else { several }
    };
    format!(
        "known at {day}: {} {} later; of those shown, {} {} from the day that they tell of, since nobody wrote when they came",
        known.later,
        one_or(known.later, "entry came", "entries came"),
        known.not_said,
        one_or(known.not_said, "counts", "count"),
    )
}

/// Reads a folder of exports, and files whose agency is named on the command line.
///
/// # Errors
/// When nothing was named, or it cannot be opened.
pub fn folder_of(
    path: Option<&Path>,
    named: &[(AgencyId, PathBuf)],
    limits: &Limits,
) -> Result<Folder, Failure> {
    let told = |fault: import::folder::FolderError| Failure::told(&fault.to_string());
    let mut folder = match path {
        Some(path) => import::folder::read_folder(path, limits).map_err(told)?,
        None if named.is_empty() => {
            return Err(Failure::new(
                "no case and no exports were named",
                "give a case file, a folder of exports, or --agency NAME=FILE",
            ));
        }
        None => Folder::default(),
    };
    if !named.is_empty() {
        import::named::add_named(&mut folder, path, named, limits).map_err(told)?;
    }
    Ok(folder)
}

/// A path as it is told to the user.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}
