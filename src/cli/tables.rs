//! `casepicture people`, `matches`, `reliance`, `flags`, `requests`: one table of the picture each.

use clap::Args;

use super::DONE;
use super::by::By;
use super::failure::Failure;
use super::kept::Leaving;
use super::output::{Output, say};
use super::progress::Progress;
use super::source::{Source, Then};
use crate::report::{Table, View, tables};

/// Arguments of a command that prints one table.
#[derive(Debug, Clone, Args)]
pub struct OneTable {
    #[command(flatten)]
    pub(super) source: Source,
    #[command(flatten)]
    then: Then,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    pub(super) by: By,
}

/// Arguments of `flags`.
#[derive(Debug, Clone, Args)]
pub struct FlagsTable {
    #[command(flatten)]
    table: OneTable,
    /// List every threshold with its default and what it means, and stop
    #[arg(long)]
    thresholds: bool,
}

/// Prints one table.
///
/// # Errors
/// When the exports cannot be read or the table cannot be written.
pub fn run(args: &OneTable, table: fn(&View<'_>) -> Table) -> Result<u8, Failure> {
    let by = args.by.or_unnamed()?;
    let ready = args.source.ready()?;
    let progress = Progress::start("reading and merging the exports");
    let mut loaded = ready.load(&[])?;
    args.then.put_back(&mut loaded, &args.source);
    let picture = loaded.picture()?;
    drop(progress);
    let view = if args.source.recipient.is_some() {
        View::for_recipient(&picture)
    } else {
        View::whole(&picture)
    };
    let mut leaving = Leaving::new(&mut loaded.open, &by, &picture.settings, view.is_limited());
    args.output
        .write(&table(&view), view.is_family(), &mut leaving)?;
    Ok(DONE)
}

/// Prints the flags, or the thresholds they are judged by.
///
/// # Errors
/// As for [`run`].
pub fn run_flags(args: &FlagsTable) -> Result<u8, Failure> {
    if !args.thresholds {
        return run(&args.table, tables::flags);
    }
    let lines: Vec<String> = crate::reliance::thresholds()
        .iter()
        .map(|threshold| {
            format!(
                "{} = {}  {}",
                threshold.name, threshold.default, threshold.meaning
            )
        })
        .collect();
    say(&lines.join("\n"))?;
    Ok(DONE)
}
