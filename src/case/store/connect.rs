//! The database under a case: made, opened, keyed and looked through before anything in it is used.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, MAIN_DB, OpenFlags};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::super::{CaseError, Passphrase};
use super::{fault, lock};

/// The newest format that this program knows, kept as the database's `user_version`.
pub const FORMAT: u32 = 1;

/// Marks a database as a case: "CPCS".
const APPLICATION: u32 = 0x4350_4353;

/// How often the passphrase is hashed to become the key (PBKDF2 with HMAC-SHA-512). Part of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost(u32);

impl Cost {
    /// What format 1 says: about half a second for a try, so that guessing passphrases takes long.
    pub const FORMAT_1: Self = Self(600_000);
    /// For tests that open thousands of cases. No command makes or opens such a file.
    #[doc(hidden)]
    pub const CHEAP: Self = Self(4);
}

const TABLES: &str = "
CREATE TABLE import(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, version TEXT NOT NULL) STRICT;
CREATE TABLE export(id INTEGER PRIMARY KEY, path TEXT NOT NULL, agency TEXT, found TEXT, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    bytes BLOB NOT NULL, salt BLOB NOT NULL, import INTEGER NOT NULL REFERENCES import, replaced_by INTEGER REFERENCES import)
    STRICT;
CREATE TABLE decision(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, step INTEGER NOT NULL, by TEXT NOT NULL,
    why TEXT NOT NULL, at INTEGER NOT NULL, evidence TEXT NOT NULL, version TEXT NOT NULL, verdict TEXT NOT NULL,
    salt BLOB NOT NULL) STRICT;
CREATE TABLE audit(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, event TEXT NOT NULL,
    version TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE draft(number INTEGER PRIMARY KEY, place TEXT NOT NULL, text TEXT NOT NULL) STRICT;
";

/// The tables, in an order in which they can be filled.
pub const TABLE_NAMES: [&str; 5] = ["import", "export", "decision", "audit", "draft"];

/// Makes a file with the tables of a case in it, mode 0600. `case` is named in what is told.
pub fn make(
    path: &Path,
    case: &Path,
    passphrase: &Passphrase,
    cost: Cost,
) -> Result<Connection, CaseError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    lock::private(&mut options)
        .open(path)
        .map_err(|fault| fault::of_io(case, &fault))?;
    let told = |fault: rusqlite::Error| fault::of_database(case, &fault);
    let connection = keyed(path, passphrase, cost).map_err(told)?;
    let mut begin = format!("PRAGMA application_id = {APPLICATION};");
    let _ = write!(
        begin,
        "PRAGMA user_version = {FORMAT}; BEGIN IMMEDIATE; {TABLES} COMMIT;"
    );
    connection.execute_batch(&begin).map_err(told)?;
    Ok(connection)
}

/// Opens a case and looks through all of it: every page must carry the seal that the key makes.
pub fn open(path: &Path, passphrase: &Passphrase, cost: Cost) -> Result<Connection, CaseError> {
    let told = |fault: rusqlite::Error| fault::of_database(path, &fault);
    let sealed = || CaseError::Sealed(fault::shown(path));
    let connection = keyed(path, passphrase, cost).map_err(told)?;
    // a file that may not be written is opened for reading instead, and then no decision could be kept
    if connection.is_readonly(MAIN_DB).map_err(told)? {
        return Err(fault::read_only(path));
    }
    // the first read: here a wrong passphrase shows
    let application = number(&connection, "PRAGMA application_id").map_err(told)?;
    let format = number(&connection, "PRAGMA user_version").map_err(told)?;
    if application != APPLICATION || format == 0 {
        return Err(sealed());
    }
    if format > FORMAT {
        return Err(CaseError::Newer {
            path: fault::shown(path),
            found: format,
            known: FORMAT,
        });
    }
    let pages = texts(&connection, "PRAGMA cipher_integrity_check").map_err(told)?;
    let structure = texts(&connection, "PRAGMA quick_check").map_err(told)?;
    if !pages.is_empty() || structure != ["ok"] {
        return Err(sealed());
    }
    remove_journal(&connection, path).map_err(told)?;
    Ok(connection)
}

/// Takes away the journal of a process that was killed before it had changed anything: it is not played back, and it would
/// lie there until something is written. Nobody else can be writing one while everything is locked.
fn remove_journal(connection: &Connection, path: &Path) -> Result<(), rusqlite::Error> {
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let _ = fs::remove_file(lock::beside(path, "-journal"));
    connection.execute_batch("COMMIT")
}

/// Opens the file with the key that follows from the passphrase; nothing is read yet.
fn keyed(
    path: &Path,
    passphrase: &Passphrase,
    Cost(cost): Cost,
) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(200))?;
    // before the key: a wrong passphrase must not print into the screen
    set(&connection, "PRAGMA cipher_log_level = NONE")?;
    set(&connection, &key(passphrase))?;
    set(&connection, "PRAGMA cipher_compatibility = 4")?;
    set(&connection, &format!("PRAGMA kdf_iter = {cost}"))?;
    for setting in [
        "temp_store = MEMORY",
        // removing the journal is the moment of commit: its folder is synced too
        "synchronous = EXTRA",
        "fullfsync = ON",
        "secure_delete = ON",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ] {
        set(&connection, &format!("PRAGMA {setting}"))?;
    }
    Ok(connection)
}

/// The statement that gives the key. Composed characters, so that it does not matter on which keyboard it is typed. (One that
/// reads `x'…'` with 64 hex digits is taken as the key itself; it is as hard to guess as the key.)
fn key(passphrase: &Passphrase) -> Zeroizing<String> {
    let text = passphrase.text();
    // room for all of it, so that no part is left behind in memory that was given back
    let mut statement = Zeroizing::new(String::with_capacity(4 * text.len() + 32));
    statement.push_str("PRAGMA key = '");
    for c in text.nfc() {
        statement.push(c);
        if c == '\'' {
            statement.push(c);
        }
    }
    statement.push('\'');
    statement
}

/// Runs a statement, whatever it gives.
fn set(connection: &Connection, statement: &str) -> Result<(), rusqlite::Error> {
    let mut statement = connection.prepare(statement)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

fn number(connection: &Connection, statement: &str) -> Result<u32, rusqlite::Error> {
    connection.query_row(statement, [], |row| {
        row.get::<_, i64>(0).map(|it| it as u32)
    })
}

fn texts(connection: &Connection, statement: &str) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = connection.prepare(statement)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}

/// Whether a file opens with a passphrase, on a second connection that only reads.
pub fn is_key(path: &Path, passphrase: &Passphrase, cost: Cost) -> Result<bool, CaseError> {
    let read = keyed(path, passphrase, cost)
        .and_then(|connection| number(&connection, "PRAGMA application_id"));
    match read.map_err(|fault| fault::of_database(path, &fault)) {
        Ok(application) => Ok(application == APPLICATION),
        Err(CaseError::Sealed(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}
