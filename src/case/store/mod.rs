//! The case file: one encrypted database that holds exports, decisions and the log.
//!
//! `SQLCipher` encrypts and seals every page, and those of the journal, with a key that follows from the passphrase. Each
//! change is one transaction with its line of the log; what is beside the file (`CASE-journal` while something is written,
//! `CASE.lock` while it is open) holds nothing that can be read.

mod connect;
mod fault;
mod fresh;
mod lock;
mod rows;
mod sniff;
mod verify;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

pub use connect::{Cost, FORMAT};
pub use rows::{RawLine, StoredExport, StoredImport};
pub use sniff::is_case;
pub use writing::{NewExport, Writing};

use super::Draft;
use super::audit::{Event, Finding, Head, Line};
use super::{CaseError, Hand, Passphrase};
use crate::model::decision::Decision;
use fresh::{Fresh, sync_folder};
use lock::Lock;
use rows::Rows;
use writing::Done;

/// An open case file. No other process can open it meanwhile.
#[derive(Debug)]
pub struct Store {
    // closed before the lock is given back
    connection: Connection,
    path: PathBuf,
    cost: Cost,
    is_lost: bool,
    _lock: Lock,
}

impl Store {
    /// Makes a case file without exports, and opens it.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written; then there is none.
    pub fn create(path: &Path, passphrase: &Passphrase, hand: Hand<'_>) -> Result<Self, CaseError> {
        Self::create_with(path, passphrase, Cost::FORMAT_1, hand)
    }

    /// As [`Store::create`], for tests.
    #[doc(hidden)]
    pub fn create_with(
        path: &Path,
        passphrase: &Passphrase,
        cost: Cost,
        hand: Hand<'_>,
    ) -> Result<Self, CaseError> {
        let path = &place(path)?;
        if path.symlink_metadata().is_ok() {
            return Err(CaseError::Exists(fault::shown(path)));
        }
        let lock = Lock::take(path)?;
        let fresh = Fresh::of(path);
        let connection = connect::make(&fresh.path, path, passphrase, cost)?;
        writing::append(&connection, &Event::Created, hand)
            .map_err(|fault| fault::of_database(path, &fault))?;
        close(connection);
        fresh.put_new(path)?;
        Self::opened(path.clone(), passphrase, cost, lock).inspect_err(|_| {
            // it was made just now and holds nothing
            let _ = fs::remove_file(path);
        })
    }

    /// Opens a case file, and looks through all of it.
    ///
    /// # Errors
    /// When there is none, others may read it, another process has it, it is of a newer format, or the passphrase or the file
    /// is not right.
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, CaseError> {
        Self::open_with(path, passphrase, Cost::FORMAT_1)
    }

    /// As [`Store::open`], for tests.
    #[doc(hidden)]
    pub fn open_with(path: &Path, passphrase: &Passphrase, cost: Cost) -> Result<Self, CaseError> {
        let path = fs::canonicalize(path).map_err(|fault| fault::of_io(path, &fault))?;
        let found = fs::metadata(&path).map_err(|fault| fault::of_io(&path, &fault))?;
        if !found.is_file() || found.len() == 0 {
            return Err(CaseError::Sealed(fault::shown(&path)));
        }
        demand_private(&path, &found)?;
        let lock = Lock::take(&path)?;
        Self::opened(path, passphrase, cost, lock)
    }

    fn opened(
        path: PathBuf,
        passphrase: &Passphrase,
        cost: Cost,
        lock: Lock,
    ) -> Result<Self, CaseError> {
        // the lock is ours, so whoever made it is gone
        drop(Fresh::of(&path));
        Ok(Self {
            connection: connect::open(&path, passphrase, cost)?,
            path,
            cost,
            is_lost: false,
            _lock: lock,
        })
    }

    /// Where the case is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does everything in one transaction: all of it is on disk when this returns, or nothing has changed.
    ///
    /// # Errors
    /// What the work tells, or that it cannot be written.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&Writing<'_>) -> Result<T, CaseError>,
    ) -> Result<T, CaseError> {
        self.demand_found()?;
        let path = &self.path;
        let told = |fault: rusqlite::Error| fault::of_database(path, &fault);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(told)?;
        let writing = Writing {
            connection: &transaction,
            path,
            done: Done::default().into(),
        };
        let before = rows::head(&transaction).map_err(told)?;
        let result = work(&writing)?;
        drop(writing);
        let after = rows::head(&transaction).map_err(told)?;
        match transaction.commit() {
            Ok(()) => Ok(result),
            Err(fault) => self.after_fault(&fault, &before, &after).map(|()| result),
        }
    }

    /// Finds out what a fault during a commit left: the disk can fail after the new state is in place, and then what was
    /// written holds.
    fn after_fault(
        &mut self,
        fault: &rusqlite::Error,
        before: &Head,
        after: &Head,
    ) -> Result<(), CaseError> {
        let now = rows::head(&self.connection).ok();
        if now.as_ref() == Some(before) {
            return Err(fault::of_database(&self.path, fault));
        }
        if now.as_ref() == Some(after) && sync_folder(&self.path).is_ok() {
            return Ok(());
        }
        self.is_lost = true;
        self.demand_found()
    }

    /// Adds decisions and their line of the log in one transaction.
    ///
    /// # Errors
    /// When they cannot be written; then nothing was.
    pub fn add_decisions(&mut self, made: &[Decision], hand: Hand<'_>) -> Result<(), CaseError> {
        self.write(|writing| writing.add_decisions(made, hand))
    }

    /// Writes a line of the log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log(&mut self, event: &Event, hand: Hand<'_>) -> Result<(), CaseError> {
        self.log_all(std::slice::from_ref(event), hand)
    }

    /// Notes several events, all of them or none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn log_all(&mut self, events: &[Event], hand: Hand<'_>) -> Result<(), CaseError> {
        self.write(|writing| {
            let mut events = events.iter();
            events.try_for_each(|event| writing.log(event, hand))
        })
    }

    /// The exports, current and replaced, in the order they came in.
    ///
    /// # Errors
    /// When the file cannot be read, as for all that follow.
    pub fn exports(&self) -> Result<Vec<StoredExport>, CaseError> {
        self.read(rows::exports)
    }

    /// The bytes of an export.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bytes(&self, id: u32) -> Result<Vec<u8>, CaseError> {
        self.read(|connection| rows::bytes(connection, id))
    }

    /// The imports in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn imports(&self) -> Result<Vec<StoredImport>, CaseError> {
        self.read(rows::imports)
    }

    /// The decisions in order, without which of them stand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, CaseError> {
        self.read(rows::decisions)
    }

    /// The log. A line whose event is not understood is left out; [`Store::verify`] tells it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn audit(&self) -> Result<Vec<Line>, CaseError> {
        let lines = self.read(rows::log)?;
        Ok(lines.iter().filter_map(RawLine::read).collect())
    }

    /// The end of the log.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn head(&self) -> Result<Head, CaseError> {
        self.read(rows::head)
    }

    /// What in the case does not agree with its log, or the log with a head that was kept elsewhere.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn verify(&self, head: Option<&Head>) -> Result<Vec<Finding>, CaseError> {
        self.read(|connection| verify::verify(connection, head))
    }

    /// Texts that were being typed when the line went dead.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, CaseError> {
        self.read(rows::drafts)
    }

    /// Writes the file anew without the room that erased rows left.
    ///
    /// # Errors
    /// When it cannot be written; then the file is as it was.
    pub fn compact(&mut self) -> Result<(), CaseError> {
        self.read(|connection| connection.execute_batch("VACUUM"))
    }

    /// Whether this is the passphrase of the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_passphrase(&self, passphrase: &Passphrase) -> Result<bool, CaseError> {
        self.demand_found()?;
        connect::is_key(&self.path, passphrase, self.cost)
    }

    /// Changes the passphrase. The case is written anew beside itself under the new one, with a new salt and the line of the
    /// log, and takes its own place in one move: it opens with the old passphrase before and with the new one after.
    ///
    /// `PRAGMA rekey` changes the file in place, and was tried: killed at any write it leaves the old state, but it tells of no
    /// fault at its commit, and after a full disk the next decision leaves a file that neither passphrase opens.
    ///
    /// # Errors
    /// When it cannot be written; then the old passphrase holds. [`CaseError::Lost`] when it holds no more, but the file cannot
    /// be opened again.
    pub fn change_passphrase(
        &mut self,
        passphrase: &Passphrase,
        hand: Hand<'_>,
    ) -> Result<(), CaseError> {
        self.demand_found()?;
        let told = |fault: rusqlite::Error| fault::of_database(&self.path, &fault);
        let fresh = Fresh::of(&self.path);
        let mut copy = connect::make(&fresh.path, &self.path, passphrase, self.cost)?;
        let transaction = copy.transaction().map_err(told)?;
        rows::copy_all(&self.connection, &transaction).map_err(told)?;
        writing::append(&transaction, &Event::PassphraseChanged, hand).map_err(told)?;
        transaction.commit().map_err(told)?;
        close(copy);
        // what cannot be opened must not take the place of what can
        close(connect::open(&fresh.path, passphrase, self.cost)?);
        fresh.replace(&self.path)?;
        // the old file is gone, so a fault here is worth a second try
        let open = || connect::open(&self.path, passphrase, self.cost);
        if let Ok(connection) = open().or_else(|_| open()) {
            self.connection = connection;
        } else {
            self.is_lost = true;
        }
        self.demand_found()
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Rows<T>) -> Result<T, CaseError> {
        self.demand_found()?;
        read(&self.connection).map_err(|fault| fault::of_database(&self.path, &fault))
    }

    /// Refuses to go on with a file that is not at its place any more.
    fn demand_found(&self) -> Result<(), CaseError> {
        if self.is_lost {
            return Err(CaseError::Lost(fault::shown(&self.path)));
        }
        Ok(())
    }
}

fn close(connection: Connection) {
    // a fault here changes nothing: all is committed and synced
    let _ = connection.close();
}

/// A path that may not exist yet, without links in its folder.
fn place(path: &Path) -> Result<PathBuf, CaseError> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).map_err(|fault| fault::of_io(folder, &fault))?;
    path.file_name()
        .map(|name| folder.join(name))
        .ok_or_else(|| CaseError::Exists(fault::shown(path)))
}

/// Refuses a file that others than its owner may open.
#[cfg(unix)]
fn demand_private(path: &Path, found: &fs::Metadata) -> Result<(), CaseError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = found.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(CaseError::Mode {
            path: fault::shown(path),
            mode,
        });
    }
    Ok(())
}

#[cfg(not(unix))]
fn demand_private(_: &Path, _: &fs::Metadata) -> Result<(), CaseError> {
    Ok(())
}
