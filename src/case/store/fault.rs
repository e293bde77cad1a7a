//! What the database and the system tell when something fails, as a [`CaseError`]. Nothing of a statement or its values is
//! told, since a statement may hold the passphrase.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

use super::super::CaseError;

/// A path as it is told.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What a fault of the system is told as.
pub fn of_io(path: &Path, fault: &io::Error) -> CaseError {
    let (reason, hint) = match fault.kind() {
        io::ErrorKind::NotFound => return CaseError::Missing(shown(path)),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FULL,
        io::ErrorKind::ReadOnlyFilesystem => READ_ONLY,
        io::ErrorKind::PermissionDenied => NOT_ALLOWED,
        _ => FAILS,
    };
    io_error(path, reason, hint)
}

/// What a fault of the database is told as.
pub fn of_database(path: &Path, fault: &rusqlite::Error) -> CaseError {
    let (reason, hint) = match fault.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            return CaseError::Sealed(shown(path));
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            return CaseError::Busy(shown(path));
        }
        Some(ErrorCode::DiskFull) => FULL,
        Some(ErrorCode::ReadOnly) => READ_ONLY,
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => NOT_ALLOWED,
        _ => FAILS,
    };
    io_error(path, reason, hint)
}

/// What a file that may not be written is told as.
pub fn read_only(path: &Path) -> CaseError {
    io_error(path, READ_ONLY.0, READ_ONLY.1)
}

fn io_error(path: &Path, reason: &str, hint: &str) -> CaseError {
    CaseError::Io {
        path: shown(path),
        reason: reason.to_owned(),
        hint: hint.to_owned(),
    }
}

type Told = (&'static str, &'static str);

const FULL: Told = (
    "the disk is full",
    "make room on it, then do the same again",
);
const READ_ONLY: Told = (
    "the file, its folder or its disk may only be read",
    "copy the case to a folder of your own where you may write",
);
const NOT_ALLOWED: Told = (
    "the file cannot be opened, or nothing can be made beside it",
    "see that the folder is there and that you may write in it",
);
const FAILS: Told = (
    "the disk could not be read or written",
    "see that the disk or the network share is there, then do the same again",
);
