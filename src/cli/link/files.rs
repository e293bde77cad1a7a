//! Where a run of `link` may write: never over what it reads, and not over what is there unless asked to.

use std::fs;
use std::path::{Path, PathBuf};

use super::{FILES, Failure, Link, make_folder};
use crate::cli::output::is_there;
use crate::cli::source::shown;

/// Refuses outputs that are inputs, that are named twice, or that are there already.
///
/// # Errors
/// When one is refused.
pub fn refuse(args: &Link) -> Result<(), Failure> {
    let mut targets: Vec<PathBuf> = Vec::new();
    if let Some(out) = &args.out {
        targets.extend(FILES.iter().map(|file| out.join(file)));
    }
    if let Some(report) = &args.report {
        refuse_report(report, args.force)?;
        if targets.iter().any(|target| real(target) == real(report)) {
            return Err(Failure::new(
                format!("--report {}: --out writes this file too", shown(report)),
                "choose another name for the report",
            ));
        }
        targets.push(report.clone());
    }
    let read: Vec<PathBuf> = args
        .files
        .iter()
        .chain(&args.model)
        .map(|path| real(path))
        .collect();
    match targets.iter().find(|target| read.contains(&real(target))) {
        Some(target) => Err(Failure::new(
            format!(
                "{}: this file is read, so it is not written over",
                shown(target)
            ),
            "choose another folder with --out, or another name",
        )),
        None => Ok(()),
    }
}

fn refuse_report(report: &Path, force: bool) -> Result<(), Failure> {
    if report.is_dir() || report.file_name().is_none() {
        return Err(Failure::new(
            format!("--report {}: this is a folder", shown(report)),
            "name a file, such as report.html",
        ));
    }
    if is_there(report) && !force {
        return Err(Failure::new(
            format!("{}: the file exists", shown(report)),
            "choose another name, or add --force",
        ));
    }
    let folder = report
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::new(
            format!(
                "--report {}: there is no folder {}",
                shown(report),
                shown(folder)
            ),
            "make the folder first, or choose another",
        )),
        _ => Ok(()),
    }
}

/// A path without links and dots, as far as it is there.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).unwrap_or_default();
    path.file_name()
        .map_or_else(|| path.to_owned(), |name| folder.join(name))
}

/// The folder for the output. One that was made for it and stays empty goes away again.
#[derive(Debug)]
pub struct Folder {
    made: Option<PathBuf>,
}

impl Folder {
    /// Makes the folder when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make(path: &Path) -> Result<Self, Failure> {
        let was_there = path.is_dir();
        make_folder(path)?;
        Ok(Self {
            made: (!was_there).then(|| path.to_owned()),
        })
    }

    /// Leaves it there for good.
    pub fn keep(mut self) {
        self.made = None;
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(path) = &self.made {
            // only an empty folder can be removed so
            let _ = fs::remove_dir(path);
        }
    }
}
