//! `casepicture link-worker`: what `link --engine spark` has done by other processes. Hidden, since nobody types it.

use std::fs;
use std::io::{self, BufReader, BufWriter, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::de::DeserializeOwned;

use super::DONE;
use super::failure::Failure;
use super::source::shown;
use crate::people::scale::away::{self, Fault, Plan};
use crate::people::scale::model::Model;

/// Arguments of `link-worker`.
#[derive(Debug, Clone, Args)]
pub struct LinkWorker {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Clone, Subcommand)]
enum Step {
    /// Records from standard input to pass, key and record
    Keys {
        /// What `link` says of the run
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
    },
    /// Pass, key and record, sorted by the first two, to the pairs that are worth keeping
    Score {
        /// What `link` says of the run
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
        /// What pairs are weighed by
        #[arg(long, value_name = "FILE")]
        model: PathBuf,
    },
}

/// Does one step, from standard input to standard output, on one thread: whoever starts it starts one a core.
///
/// # Errors
/// When something cannot be read or written, or is of another run.
pub fn run(args: &LinkWorker) -> Result<u8, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.map_err(|fault| {
        Failure::new(
            format!("link-worker: {fault}"),
            "allow this process one more thread",
        )
    })?;
    let done = pool.install(|| step(&args.step));
    if done.is_err() && !io::stdin().is_terminal() {
        // Spark tells what a worker said only when the worker has read all that it was given
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
    }
    done
}

fn step(step: &Step) -> Result<u8, Failure> {
    let mut from = BufReader::with_capacity(1 << 18, io::stdin());
    let mut to = BufWriter::with_capacity(1 << 18, io::stdout());
    match step {
        Step::Keys { plan } => away::keys(&read::<Plan>(plan)?, &mut from, &mut to),
        Step::Score { plan, model } => away::score(
            &read::<Plan>(plan)?,
            &read::<Model>(model)?,
            &mut from,
            &mut to,
        ),
    }
    .map_err(|fault| told(&fault))?;
    Ok(DONE)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let bytes = fs::read(path).map_err(|fault| {
        Failure::new(
            format!("link-worker: {}: {fault}", shown(path)),
            "the job's folder must be at this path on every machine that runs executors, and readable there: choose it with --spark-dir",
        )
    })?;
    serde_json::from_slice(&bytes).map_err(|fault| {
        Failure::new(
            format!("link-worker: {}: {fault}", shown(path)),
            "the same version of casepicture must be installed on every machine that runs executors",
        )
    })
}

fn told(fault: &Fault) -> Failure {
    match fault {
        Fault::Io(fault) => Failure::of_write("link-worker: a line", fault),
        Fault::Version { .. } => Failure::new(
            format!("link-worker: {fault}"),
            "install the same version of casepicture on every machine that runs executors",
        ),
        Fault::Line { .. } | Fault::Model | Fault::Edge(..) => Failure::new(
            format!("link-worker: {fault}"),
            "link --engine spark starts this; it is not for typing",
        ),
    }
}
