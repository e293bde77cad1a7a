//! One process a case: a lock of the system on the file `CASE.lock`, which is gone with the process that holds it.
//!
//! The lock is on a file of its own. On the case file itself it would end as soon as any other handle on that file is
//! closed in this process, and it could not outlast the replacement of the file when the passphrase changes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::super::CaseError;
use super::fault;

/// How often a lock is tried again whose file was taken away meanwhile by the process that gave it back.
const TRIES: usize = 20;

/// The right to work on a case; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    // held for as long as the lock is; closing it gives the lock back
    _file: File,
}

impl Lock {
    /// Takes the lock of a case.
    ///
    /// # Errors
    /// [`CaseError::Busy`] when another process has it; [`CaseError::Io`] when nothing can be made beside the case.
    pub fn take(case: &Path) -> Result<Self, CaseError> {
        let path = beside(case, ".lock");
        for _ in 0..TRIES {
            let file = open(&path).map_err(|fault| fault::of_io(case, &fault))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(CaseError::Busy(fault::shown(case))),
                // a medium that knows no such locks: the database's own keep two writers apart
                Err(TryLockError::Error(fault)) if fault.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(fault)) => return Err(fault::of_io(case, &fault)),
            }
            if is_at(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
        Err(CaseError::Busy(fault::shown(case)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // a file with something in it is not ours
        if fs::metadata(&self.path).is_ok_and(|found| found.len() == 0) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A path beside the case whose name starts with the case's.
pub fn beside(case: &Path, ending: &str) -> PathBuf {
    let mut name = case.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    case.with_file_name(name)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private(&mut options).open(path)
}

/// Makes files that are made readable and writable by their owner alone.
#[cfg(unix)]
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

/// Makes files that are made readable and writable by their owner alone.
#[cfg(not(unix))]
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Whether the file that was opened is the one at the path now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
