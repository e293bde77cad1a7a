//! The passphrase of a case file: held in memory that is overwritten afterwards, and never printed.

use std::fmt;

use zeroize::Zeroizing;

use super::error::CaseError;

/// A passphrase: at least one character that is no blank, and no NUL.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes a passphrase as typed.
    ///
    /// # Errors
    /// When it is blank, or holds a NUL, at which the database would cut it.
    pub fn new(text: Zeroizing<String>) -> Result<Self, CaseError> {
        if text.trim().is_empty() {
            return Err(CaseError::Passphrase("the passphrase is empty".to_owned()));
        }
        if text.contains('\0') {
            let problem = "the passphrase holds a NUL character";
            return Err(CaseError::Passphrase(problem.to_owned()));
        }
        Ok(Self(text))
    }

    /// The text, for the key derivation alone.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
