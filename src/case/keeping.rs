//! An open case and its file: making, opening, the log, the passphrase, and texts that were being typed.

use std::path::Path;
use std::sync::Arc;

use super::adding::read_current;
use super::audit::{Event, Finding, Head, Line};
use super::store::{Cost, Store};
use super::{CaseError, Draft, Hand, OpenCase, Passphrase};
use crate::import::Limits;
use crate::model::case::Case;
use crate::model::decision::settle;
use crate::model::watch::{Unwatched, Watch};

impl OpenCase {
    /// Makes a case file without exports, and opens it.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written; then there is none.
    pub fn create(path: &Path, passphrase: &Passphrase, hand: Hand<'_>) -> Result<Self, CaseError> {
        let store = Store::create(path, passphrase, hand)?;
        Self::of(store, &Limits::default(), &Unwatched)
    }

    /// Opens a case file and reads its current exports.
    ///
    /// # Errors
    /// When it cannot be opened, for whatever reason of [`CaseError`], or its exports cannot be read any more.
    pub fn open(path: &Path, passphrase: &Passphrase, limits: &Limits) -> Result<Self, CaseError> {
        Self::open_watched(path, passphrase, limits, &Unwatched)
    }

    /// The same, watched.
    ///
    /// # Errors
    /// As for [`OpenCase::open`], and when it was stopped.
    pub fn open_watched(
        path: &Path,
        passphrase: &Passphrase,
        limits: &Limits,
        watch: &dyn Watch,
    ) -> Result<Self, CaseError> {
        watch.stage("opening the case file", 0);
        Self::of(Store::open(path, passphrase)?, limits, watch)
    }

    /// As [`OpenCase::create`], for tests.
    #[doc(hidden)]
    pub fn create_with(
        path: &Path,
        passphrase: &Passphrase,
        cost: Cost,
        hand: Hand<'_>,
    ) -> Result<Self, CaseError> {
        let store = Store::create_with(path, passphrase, cost, hand)?;
        Self::of(store, &Limits::default(), &Unwatched)
    }

    /// As [`OpenCase::open`], for tests.
    #[doc(hidden)]
    pub fn open_with(
        path: &Path,
        passphrase: &Passphrase,
        cost: Cost,
        limits: &Limits,
    ) -> Result<Self, CaseError> {
        Self::of(
            Store::open_with(path, passphrase, cost)?,
            limits,
            &Unwatched,
        )
    }

    /// Takes an open file and computes what is in it.
    fn of(store: Store, limits: &Limits, watch: &dyn Watch) -> Result<Self, CaseError> {
        let mut decisions = store.decisions()?;
        settle(&mut decisions);
        let supplied = read_current(&store, limits, watch)?;
        Ok(Self {
            case: Case {
                supplied: Arc::new(supplied),
                decisions,
            },
            store: Some(store),
        })
    }

    /// Writes a line of the log; it is on disk when this returns. A case in memory has no log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log(&mut self, event: &Event, hand: Hand<'_>) -> Result<(), CaseError> {
        self.log_all(std::slice::from_ref(event), hand)
    }

    /// Notes several events, all of them or none. Does nothing in memory.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn log_all(&mut self, events: &[Event], hand: Hand<'_>) -> Result<(), CaseError> {
        match &mut self.store {
            Some(store) => store.log_all(events, hand),
            None => Ok(()),
        }
    }

    /// The log.
    ///
    /// # Errors
    /// When the case is in memory or its file cannot be read, as for all that follow.
    pub fn audit(&self) -> Result<Vec<Line>, CaseError> {
        self.store("log")?.audit()
    }

    /// The end of the log, to be kept elsewhere.
    ///
    /// # Errors
    /// When the case is in memory or its file cannot be read.
    pub fn head(&self) -> Result<Head, CaseError> {
        self.store("log")?.head()
    }

    /// What in the case does not agree with its log, or the log with a head that was kept elsewhere.
    ///
    /// # Errors
    /// When the case is in memory or its file cannot be read.
    pub fn verify(&self, head: Option<&Head>) -> Result<Vec<Finding>, CaseError> {
        self.store("log")?.verify(head)
    }

    /// Changes the passphrase of the file.
    ///
    /// # Errors
    /// When it cannot be written; then the old passphrase holds. See [`Store::change_passphrase`].
    pub fn change_passphrase(
        &mut self,
        passphrase: &Passphrase,
        hand: Hand<'_>,
    ) -> Result<(), CaseError> {
        let store = self.store.as_mut();
        store
            .ok_or(CaseError::InMemory("passphrase"))?
            .change_passphrase(passphrase, hand)
    }

    /// Whether this is the passphrase of the file. Takes about half a second, as opening does.
    ///
    /// # Errors
    /// When the case is in memory or its file cannot be read.
    pub fn is_passphrase(&self, passphrase: &Passphrase) -> Result<bool, CaseError> {
        self.store("passphrase")?.is_passphrase(passphrase)
    }

    /// Keeps texts that are being typed, in place of those kept before.
    ///
    /// # Errors
    /// When the case is in memory or its file cannot be written.
    pub fn keep_drafts(&mut self, drafts: &[Draft]) -> Result<(), CaseError> {
        let store = self.store.as_mut();
        store
            .ok_or(CaseError::InMemory("place for texts"))?
            .write(|writing| {
                writing.remove_drafts()?;
                writing.add_drafts(drafts)
            })
    }

    /// Gives the texts that were being typed, and takes them out of the case. None in memory.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn take_drafts(&mut self) -> Result<Vec<Draft>, CaseError> {
        let Some(store) = &self.store else {
            return Ok(Vec::new());
        };
        let drafts = store.drafts()?;
        if !drafts.is_empty() {
            self.keep_drafts(&[])?;
        }
        Ok(drafts)
    }

    fn store(&self, what: &'static str) -> Result<&Store, CaseError> {
        self.store.as_ref().ok_or(CaseError::InMemory(what))
    }
}
