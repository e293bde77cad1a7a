//! `casepicture new`: an empty case file.

use std::path::PathBuf;

use clap::Args;

use super::DONE;
use super::by::{By, hand};
use super::failure::Failure;
use super::kept::told;
use super::output::{is_there, say};
use super::passphrase::Secret;
use super::source::shown;
use crate::case::{CaseError, OpenCase};

/// Arguments of `new`.
#[derive(Debug, Clone, Args)]
pub struct New {
    /// The file to make; it may have any name
    #[arg(value_name = "CASE")]
    case: PathBuf,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    secret: Secret,
}

/// Makes an empty case.
///
/// # Errors
/// When there is a file already, no passphrase, or it cannot be written.
pub fn run(args: &New) -> Result<u8, Failure> {
    let by = args.by.or_unnamed()?;
    let name = shown(&args.case);
    // before a passphrase is thought of and typed twice
    if is_there(&args.case) {
        return Err(told(&CaseError::Exists(name)));
    }
    let passphrase = args.secret.choose(&args.case)?;
    OpenCase::create(&args.case, &passphrase, hand(&by)).map_err(|fault| told(&fault))?;
    say(&format!(
        "made {name}, an empty case that only this passphrase opens; a lost passphrase cannot be recovered\n\
         next: casepicture import {name} EXPORTS"
    ))?;
    Ok(DONE)
}
