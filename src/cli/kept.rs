//! Opens and makes case files for the commands.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::by::hand;
use super::failure::Failure;
use super::passphrase::Secret;
use crate::case::audit::Event;
use crate::case::{CaseError, OpenCase, store};
use crate::import::Limits;
use crate::model::phrase::Phrase;
use crate::model::settings::Settings;
use crate::report::Table;

/// Opens a case file, with the passphrase from where the arguments say.
///
/// # Errors
/// When there is none, it is no case, it is open elsewhere, or the passphrase is wrong.
pub fn open(path: &Path, secret: &Secret, limits: &Limits) -> Result<OpenCase, Failure> {
    refuse_missing(path)?;
    let passphrase = secret.take(path)?;
    OpenCase::open(path, &passphrase, limits).map_err(|fault| told(&fault))
}

/// Whether a path is taken for a case file, whatever its name. What cannot be looked at is told by whoever opens it.
pub fn is_case(path: &Path) -> bool {
    store::is_case(path).unwrap_or(false)
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

/// What leaves a case is logged before it does; what leaves a folder of exports is not.
pub struct Leaving<'a> {
    open: &'a mut OpenCase,
    by: &'a str,
    recipient: String,
    purpose: String,
}

impl<'a> Leaving<'a> {
    /// What leaves for the recipient of these settings; `limited` when one was asked for, so that rows were left out.
    pub fn new(open: &'a mut OpenCase, by: &'a str, settings: &Settings, limited: bool) -> Self {
        let recipient = match &settings.recipient {
            Some(recipient) if limited => recipient.who().to_owned(),
            _ => "partnership".to_owned(),
        };
        let purpose = settings.purpose.map_or("", Phrase::phrase).to_owned();
        Self {
            open,
            by,
            recipient,
            purpose,
        }
    }

    /// Logs what is about to be written.
    ///
    /// # Errors
    /// When it cannot be logged; then it must not be written.
    pub fn log(&mut self, table: &str, rows: usize, bytes: &[u8]) -> Result<(), Failure> {
        self.log_all(&[(table.to_owned(), rows, bytes)])
    }

    /// Logs all that is about to be written, or none of it.
    ///
    /// # Errors
    /// As for [`Leaving::log`].
    pub fn log_all(&mut self, files: &[(String, usize, &[u8])]) -> Result<(), Failure> {
        if !self.open.is_kept() {
            return Ok(());
        }
        let events = files.iter().map(|(table, rows, bytes)| {
            let digest = Sha256::digest(bytes);
            let hex: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            Event::Exported {
                table: table.clone(),
                recipient: self.recipient.clone(),
                purpose: self.purpose.clone(),
                rows: *rows as u64,
                sha256: hex.concat(),
            }
        });
        let events: Vec<Event> = events.collect();
        let logged = self.open.log_all(&events, hand(self.by));
        logged.map_err(|fault| told(&fault))
    }

    /// Logs a table.
    ///
    /// # Errors
    /// As for [`Leaving::log`].
    pub fn table(&mut self, table: &Table, bytes: &[u8]) -> Result<(), Failure> {
        self.log(table.name, table.rows.len(), bytes)
    }
}
