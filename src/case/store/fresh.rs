//! A case that is written as a whole: beside its place first, then moved there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::super::CaseError;
use super::{fault, lock};

/// What is made beside the case while it is written anew as a whole. What a killed process left is removed at the next open.
const FRESH: &str = ".casepicture-new";

/// A file beside the case that is to become the case; removed when dropped before that.
pub struct Fresh {
    /// Where it is.
    pub path: PathBuf,
}

impl Fresh {
    /// Names it, and removes what a killed process left of an earlier one.
    pub fn of(case: &Path) -> Self {
        let fresh = Self {
            path: lock::beside(case, FRESH),
        };
        fresh.remove();
        fresh
    }

    /// Moves it to where there must be no file yet.
    pub fn put_new(self, case: &Path) -> Result<(), CaseError> {
        match fs::hard_link(&self.path, case) {
            Ok(()) => {}
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {
                return Err(CaseError::Exists(fault::shown(case)));
            }
            // a medium that knows no second name for a file
            Err(_) => fs::rename(&self.path, case).map_err(|fault| fault::of_io(case, &fault))?,
        }
        self.remove();
        sync_folder(case).map_err(|fault| {
            let _ = fs::remove_file(case);
            fault::of_io(case, &fault)
        })
    }

    /// Moves it to where the case is. From then on the new file is the case, so a folder that cannot be synced is no fault: after
    /// a loss of power it is the old file or the new one.
    pub fn replace(self, case: &Path) -> Result<(), CaseError> {
        fs::rename(&self.path, case).map_err(|fault| fault::of_io(case, &fault))?;
        let _ = sync_folder(case).or_else(|_| sync_folder(case));
        Ok(())
    }

    fn remove(&self) {
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_file(lock::beside(&self.path, "-journal"));
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Makes sure that a move outlasts a loss of power.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // some network shares cannot sync a folder; the file itself is synced
        Err(fault) if fault.kind() != io::ErrorKind::InvalidInput => Err(fault),
        _ => Ok(()),
    }
}
