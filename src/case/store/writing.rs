//! One transaction on a case: all of it is on disk afterwards, or none.

use std::cell::RefCell;
use std::path::Path;

use rusqlite::{Connection, params};

use super::super::audit::{Event, chained};
use super::super::{CaseError, Draft, Hand};
use super::fault;
use super::rows::{self, Rows, StoredExport, StoredImport};
use crate::model::decision::Decision;
use crate::model::id::{AgencyId, DecisionId};

/// An export that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewExport<'a> {
    /// The path under the folder it comes from.
    pub path: &'a str,
    /// The agency named for it on the command line.
    pub agency: Option<&'a AgencyId>,
    /// The agency it was found to be from; none where its rows say so, or where it needs none.
    pub found: Option<&'a AgencyId>,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The import that brings it.
    pub import: u32,
}

/// A transaction that is being written. Nothing holds before [`super::Store::write`] returns.
#[derive(Debug)]
pub struct Writing<'a> {
    pub(super) connection: &'a Connection,
    pub(super) path: &'a Path,
    pub(super) done: RefCell<Done>,
}

/// What the transaction did so far, for its line of the log.
#[derive(Debug, Default)]
pub struct Done {
    /// Digests of files that were kept.
    kept: Vec<String>,
    /// Digests of files that newer ones replaced.
    replaced: Vec<String>,
    /// Files that were cut or taken away: digest before and after.
    cut: Vec<(String, String)>,
    /// Decisions that were taken away.
    gone: Vec<DecisionId>,
    /// Decisions that say less than before, with their new digest.
    less: Vec<(DecisionId, String)>,
}

impl Writing<'_> {
    /// The exports, current and replaced, in the order they came in.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn exports(&self) -> Result<Vec<StoredExport>, CaseError> {
        self.told(rows::exports(self.connection))
    }

    /// The bytes of an export.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bytes(&self, id: u32) -> Result<Vec<u8>, CaseError> {
        self.told(rows::bytes(self.connection, id))
    }

    /// The imports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn imports(&self) -> Result<Vec<StoredImport>, CaseError> {
        self.told(rows::imports(self.connection))
    }

    /// The decisions in order, without which of them stand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, CaseError> {
        self.told(rows::decisions(self.connection))
    }

    /// Begins an import, and gives its number. [`Writing::log_import`] ends it.
    ///
    /// # Errors
    /// When it cannot be written, as for all that follow.
    pub fn add_import(&self, hand: Hand<'_>) -> Result<u32, CaseError> {
        self.told(self.connection.query_row(
            "INSERT INTO import(number, at, by, version)
                VALUES ((SELECT coalesce(max(number), 0) + 1 FROM import), ?1, ?2, ?3) RETURNING number",
            params![hand.at, hand.by, env!("CARGO_PKG_VERSION")],
            |row| row.get(0),
        ))
    }

    /// Keeps an export, and gives its number.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_export(&self, new: &NewExport<'_>) -> Result<u32, CaseError> {
        self.told(self.put_export(new))
    }

    fn put_export(&self, new: &NewExport<'_>) -> Rows<u32> {
        let salt = rows::new_salt(self.connection)?;
        let id = self.connection.query_row(
            "INSERT INTO export(path, agency, found, sha256, size, bytes, salt, import) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                RETURNING id",
            params![
                new.path,
                new.agency.map(AgencyId::as_str),
                new.found.map(AgencyId::as_str),
                rows::digest(&[new.bytes]),
                new.bytes.len() as i64,
                rows::pack(new.bytes)?,
                salt,
                new.import
            ],
            |row| row.get(0),
        )?;
        let digest = self.digest_of(id)?;
        self.done.borrow_mut().kept.push(digest);
        Ok(id)
    }

    /// Says that a newer export, brought by this import, takes the place of one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn replace_export(&self, id: u32, import: u32) -> Result<(), CaseError> {
        let replace = || {
            let digest = self.digest_of(id)?;
            self.done.borrow_mut().replaced.push(digest);
            self.connection.execute(
                "UPDATE export SET replaced_by = ?2 WHERE id = ?1",
                [id, import],
            )
        };
        self.told(replace()).map(|_| ())
    }

    /// Puts other bytes in the place of an export's, for erasing. [`Writing::log_erased`] tells the log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_export_bytes(&self, id: u32, bytes: &[u8]) -> Result<(), CaseError> {
        let set = || {
            let before = self.digest_of(id)?;
            self.connection.execute(
                "UPDATE export SET sha256 = ?2, size = ?3, bytes = ?4, salt = ?5 WHERE id = ?1",
                params![
                    id,
                    rows::digest(&[bytes]),
                    bytes.len() as i64,
                    rows::pack(bytes)?,
                    rows::new_salt(self.connection)?
                ],
            )?;
            let after = self.digest_of(id)?;
            self.done.borrow_mut().cut.push((before, after));
            Ok(())
        };
        self.told(set())
    }

    /// Takes an export away, for erasing.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remove_export(&self, id: u32) -> Result<(), CaseError> {
        let remove = || {
            let before = self.digest_of(id)?;
            self.connection
                .execute("DELETE FROM export WHERE id = ?1", [id])?;
            self.done.borrow_mut().cut.push((before, String::new()));
            Ok(())
        };
        self.told(remove())
    }

    /// Adds decisions with their line of the log.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add_decisions(&self, made: &[Decision], hand: Hand<'_>) -> Result<(), CaseError> {
        let decisions = self.put_decisions(made)?;
        self.log(&Event::Decided { decisions }, hand)
    }

    /// Adds decisions from another copy, whose log had this head, with their line of the log.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add_brought(
        &self,
        brought: &[Decision],
        head: &str,
        hand: Hand<'_>,
    ) -> Result<(), CaseError> {
        let decisions = self.put_decisions(brought)?;
        let head = head.to_owned();
        self.log(&Event::Brought { decisions, head }, hand)
    }

    fn put_decisions(&self, made: &[Decision]) -> Result<Vec<(DecisionId, String)>, CaseError> {
        let put = |decision: &Decision| {
            let digest = rows::put_decision(self.connection, decision, true)?;
            Ok((decision.id.clone(), digest))
        };
        self.told(made.iter().map(put).collect())
    }

    /// Puts a decision that says less in the place of itself, for erasing: same number and id.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_decision(&self, decision: &Decision) -> Result<(), CaseError> {
        let digest = self.told(rows::put_decision(self.connection, decision, false))?;
        let mut done = self.done.borrow_mut();
        done.less.push((decision.id.clone(), digest));
        Ok(())
    }

    /// Takes decisions away, for erasing.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remove_decisions(&self, of: &[DecisionId]) -> Result<(), CaseError> {
        for id in of {
            let gone = self
                .connection
                .execute("DELETE FROM decision WHERE id = ?1", [id.as_str()]);
            if self.told(gone)? > 0 {
                self.done.borrow_mut().gone.push(id.clone());
            }
        }
        Ok(())
    }

    /// Takes all half-typed texts away.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remove_drafts(&self) -> Result<(), CaseError> {
        let gone = self.connection.execute("DELETE FROM draft", []);
        self.told(gone).map(|_| ())
    }

    /// Keeps texts that are being typed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_drafts(&self, drafts: &[Draft]) -> Result<(), CaseError> {
        for draft in drafts {
            let put = || {
                let of = rows::text(&draft.of)?;
                let statement = "INSERT INTO draft(place, text) VALUES (?1, ?2)";
                self.connection.execute(statement, [&of, &draft.text])
            };
            self.told(put())?;
        }
        Ok(())
    }

    /// Writes the line of the log of an import, with the files that this transaction kept and replaced.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log_import(&self, import: u32, hand: Hand<'_>) -> Result<(), CaseError> {
        let (files, replaced) = {
            let mut done = self.done.borrow_mut();
            (
                std::mem::take(&mut done.kept),
                std::mem::take(&mut done.replaced),
            )
        };
        let event = Event::Imported {
            import,
            files,
            replaced,
        };
        self.log(&event, hand)
    }

    /// Writes the line of the log of an erasing, with the files and decisions that this transaction cut and took away.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log_erased(&self, hand: Hand<'_>) -> Result<(), CaseError> {
        let event = {
            let mut done = self.done.borrow_mut();
            Event::Erased {
                decisions: std::mem::take(&mut done.gone),
                files: std::mem::take(&mut done.cut),
                changed: std::mem::take(&mut done.less),
            }
        };
        self.log(&event, hand)
    }

    /// Writes a line of the log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log(&self, event: &Event, hand: Hand<'_>) -> Result<(), CaseError> {
        self.told(append(self.connection, event, hand))
    }

    fn digest_of(&self, id: u32) -> Rows<String> {
        let export = rows::export(self.connection, id)?;
        let salt = rows::salt(self.connection, "export", id)?;
        let bytes = rows::bytes(self.connection, id)?;
        Ok(rows::export_digest(&export, &salt, &bytes))
    }

    fn told<T>(&self, result: Rows<T>) -> Result<T, CaseError> {
        result.map_err(|fault| fault::of_database(self.path, &fault))
    }
}

/// Appends a line to the log, chained to the one before it.
pub fn append(connection: &Connection, event: &Event, hand: Hand<'_>) -> Rows<()> {
    let last = rows::head(connection)?;
    let mut line = rows::RawLine {
        number: last.number + 1,
        at: hand.at,
        by: hand.by.to_owned(),
        event: rows::text(event)?,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        hash: String::new(),
    };
    line.hash = chained(&last.hash, &line.content());
    connection.execute(
        "INSERT INTO audit(number, at, by, event, version, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            line.number as i64,
            line.at,
            line.by,
            line.event,
            line.version,
            line.hash
        ],
    )?;
    Ok(())
}
