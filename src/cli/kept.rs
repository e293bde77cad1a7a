//! Opens and makes case files for the commands.

use std::path::Path;

use super::failure::Failure;
use super::passphrase::Secret;
use crate::case::{CaseError, OpenCase};
use crate::import::Limits;

/// Opens a case file, with the passphrase from where the arguments say.
///
/// # Errors
/// When there is none, it is no case, it is open elsewhere, or the passphrase is wrong.
pub fn open(path: &Path, secret: &Secret, limits: &Limits) -> Result<OpenCase, Failure> {
    refuse_missing(path)?;
    let passphrase = secret.take(path)?;
    OpenCase::open(path, &passphrase, limits).map_err(|fault| told(&fault))
}

/// Refuses a path at which there is nothing, before a passphrase is asked for.
///
/// # Errors
/// When there is nothing, or a folder.
pub fn refuse_missing(path: &Path) -> Result<(), Failure> {
    let name = super::source::shown(path);
    if !path.exists() {
        return Err(told(&CaseError::Missing(name)));
    }
    if path.is_dir() {
        return Err(Failure::new(
            format!("{name}: this is a folder, not a case file"),
            "name the case file; casepicture new CASE makes one, and casepicture import CASE EXPORTS takes a folder in",
        ));
    }
    Ok(())
}

/// What a case says, as this command tells it.
pub fn told(fault: &CaseError) -> Failure {
    Failure::told(&fault.to_string())
}
