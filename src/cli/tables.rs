//! `casepicture people`, `matches`, `reliance`, `flags`, `consultations`: one table of the picture each.

use clap::Args;

use super::DONE;
use super::by::By;
use super::failure::Failure;
use super::kept::Leaving;
use super::output::{Output, say};
use super::progress::Progress;
use super::source::{Source, Then};
use super::unread::tell_unread;
use crate::report::{Table, View, tables};

/// Arguments of a command that prints one table.
#[derive(Debug, Clone, Args)]
pub struct OneTable {
    #[command(flatten)]
    pub(super) source: Source,
    #[command(flatten)]
    then: Then,
    #[command(flatten)]
    pub(super) output: Output,
    #[command(flatten)]
    pub(super) by: By,
}

/// Arguments of `reliance`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line, and one at most is given"
)]
#[derive(Debug, Clone, Args)]
pub struct RelianceTable {
    #[command(flatten)]
    table: OneTable,
    /// Instead: agency by month, who was involved, supplied, was asked, answered, withheld, or is outside its coverage
    ///
    /// For a recipient it shows what they may see, and silence of nobody but themselves: what looks like silence of another
    /// may be held back.
    #[arg(long, group = "instead")]
    silence: bool,
    /// Instead: where agencies say different things of an address, a school, a partner … over the same time, open or settled
    #[arg(long, group = "instead")]
    disagreements: bool,
    /// Instead: all that agencies say of such things, over which time, and how they know it
    #[arg(long, group = "instead")]
    slots: bool,
    /// Instead: which conclusions fall without an agency, without the smallest set of agencies that half of them hang on, and
    /// where two records are not the same person after all
    #[arg(long, group = "instead")]
    knock_out: bool,
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
pub fn run(args: &OneTable, table: impl Fn(&View<'_>) -> Table) -> Result<u8, Failure> {
    run_laid_out(args, |view| Ok((table(view), None)))
}

/// Prints the measures, or what else is known of who tells what.
///
/// # Errors
/// As for [`run`].
pub fn run_reliance(args: &RelianceTable) -> Result<u8, Failure> {
    let table = match args {
        RelianceTable { silence: true, .. } => tables::silence,
        RelianceTable {
            disagreements: true,
            ..
        } => tables::disagreements,
        RelianceTable { slots: true, .. } => tables::slots,
        RelianceTable {
            knock_out: true, ..
        } => tables::knock_out,
        _ => tables::reliance,
    };
    run(&args.table, table)
}

/// Prints one table, or the text that it is laid out as.
///
/// # Errors
/// As for [`run`].
pub fn run_laid_out(
    args: &OneTable,
    lay_out: impl Fn(&View<'_>) -> Result<(Table, Option<String>), Failure>,
) -> Result<u8, Failure> {
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
    tell_unread(&view);
    let mut leaving = Leaving::new(&mut loaded.open, &by, &picture.settings, view.is_limited());
    let output = &args.output;
    match lay_out(&view)? {
        (table, None) => output.write(&table, view.is_family(), &mut leaving)?,
        (table, Some(text)) => {
            output.write_laid_out((&table, &text), view.is_family(), &mut leaving)?;
        }
    }
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
