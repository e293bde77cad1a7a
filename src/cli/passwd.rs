//! `casepicture passwd`: another passphrase for a case.

use std::path::PathBuf;

use clap::Args;

use super::DONE;
use super::by::{By, hand};
use super::failure::Failure;
use super::kept::{self, told};
use super::output::say;
use super::passphrase::{NewSecret, Secret};
use super::source::{LimitArgs, shown};

/// Arguments of `passwd`.
#[derive(Debug, Clone, Args)]
pub struct Passwd {
    /// The case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    new: NewSecret,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Changes the passphrase of a case.
///
/// # Errors
/// When the case cannot be opened, or there is no new passphrase, or it cannot be written.
pub fn run(args: &Passwd) -> Result<u8, Failure> {
    let by = args.by.or_unnamed()?;
    let mut case = kept::open(&args.case, &args.secret, &args.limits.limits())?;
    let new = args.new.choose(&args.case)?;
    case.change_passphrase(&new, hand(&by))
        .map_err(|fault| told(&fault))?;
    say(&format!(
        "the passphrase of {} was changed; copies made before still open with the old one",
        shown(&args.case)
    ))?;
    Ok(DONE)
}
