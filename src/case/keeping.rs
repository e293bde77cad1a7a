//! What an open case hands on to its store.

use super::audit::Event;
use super::draft::Draft;
use super::{CaseError, Hand, OpenCase, Passphrase};

impl OpenCase {
    /// Adds a line to the log; a case in memory keeps none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn log(&mut self, event: Event, hand: Hand<'_>) -> Result<(), CaseError> {
        let _ = (event, hand);
        Ok(())
    }

    /// Whether this is the passphrase of the case.
    pub fn is_passphrase(&self, passphrase: &Passphrase) -> bool {
        let _ = passphrase.text();
        false
    }

    /// Keeps texts that are being typed, in place of those kept before.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_drafts(&mut self, drafts: &[Draft]) -> Result<(), CaseError> {
        let _ = drafts;
        Ok(())
    }

    /// Gives the texts that were kept; they are kept no longer.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn take_drafts(&mut self) -> Result<Vec<Draft>, CaseError> {
        Ok(Vec::new())
    }
}
