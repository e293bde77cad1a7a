//! `link --engine spark`: blocking and scoring on the executors of a Spark cluster that is there already.
//!
//! The records go into a folder that all executors see, with a job in Spark's own SQL; `spark-sql` of the installation runs
//! it, and it has this program do the work (`link-worker`). What comes back is joined here.

mod find;
mod folder;
mod job;

use std::fs::{self, File};
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use super::{Failure, Link};
use crate::cli::source::shown;
use crate::import::roster::Read;
use crate::model::watch::Watch;
use crate::people::scale::away::{Edge, Fault, Job, read_edges, write_rows};
use crate::people::scale::{Linked, Options, Stopped, link_away};
use folder::JobFolder;

/// Records a file: a cluster reads several at a time.
const RECORDS_A_FILE: usize = 50_000;
/// How often it is asked whether the job is done, or to be stopped.
const ASK_EVERY: Duration = Duration::from_millis(100);

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        Self::new(stopped.to_string(), "run it again")
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::new(
            format!("--engine spark: {fault}"),
            "run it again; when it stays so, use --engine local and report it",
        )
    }
}

/// Links with Spark.
///
/// # Errors
/// When there is no Spark, when the job fails, or when it is stopped.
pub fn link(
    args: &Link,
    read: &Read,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Linked, Failure> {
    let spark = find::spark_sql()?;
    let folder = JobFolder::make(args)?;
    link_away(&read.roster, options, watch, |job| {
        if job.plan.is_empty() {
            return Ok(Vec::new());
        }
        write(&folder, job, watch)?;
        let mut command = spark.command(args.spark_master.as_deref());
        let log = folder.create("log.txt")?;
        let errors = log
            .try_clone()
            .map_err(|fault| log_fault(&folder, &fault))?;
        let child = command
            .arg("-f")
            .arg(folder.path("job.sql"))
            .current_dir(folder.root())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|fault| spark.cannot_start(&fault))?;
        watch.stage("comparing on Spark", 0);
        let status = wait(child, watch).map_err(|fault| spark.cannot_start(&fault))?;
        let status = status.ok_or(Stopped)?;
        edges(&folder, status)
    })
}

fn log_fault(folder: &JobFolder, fault: &std::io::Error) -> Failure {
    Failure::of_write(&shown(&folder.path("log.txt")), fault)
}

/// Writes the records, what workers must know, and the job.
fn write(folder: &JobFolder, job: &Job<'_>, watch: &dyn Watch) -> Result<(), Failure> {
    watch.stage("writing the job", job.roster.len() as u64);
    let records = job.roster.len();
    for (number, from) in (0..records).step_by(RECORDS_A_FILE).enumerate() {
        if watch.is_stopped() {
            return Err(Stopped.into());
        }
        let until = records.min(from + RECORDS_A_FILE);
        folder.write(&format!("rows/{number:05}.txt"), |to| {
            write_rows(job.roster, from..until, to)
        })?;
        watch.done((until - from) as u64);
    }
    folder.write("plan.json", |to| Ok(serde_json::to_writer(to, &job.plan)?))?;
    folder.write("model.json", |to| Ok(serde_json::to_writer(to, job.model)?))?;
    let text = job::sql(folder)?;
    folder.write("job.sql", |to: &mut dyn Write| {
        to.write_all(text.as_bytes())
    })
}

/// Waits for Spark; `None` when it was stopped before.
fn wait(mut child: Child, watch: &dyn Watch) -> std::io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if watch.is_stopped() {
            // a process that has just ended needs no stopping
            let _ = child.kill();
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(ASK_EVERY);
    }
}

/// Reads what the workers found, once Spark says that all of it is there.
fn edges(folder: &JobFolder, status: ExitStatus) -> Result<Vec<Edge>, Failure> {
    let found = folder.path("edges");
    if !status.success() || !found.join("_SUCCESS").is_file() {
        let log = fs::read(folder.path("log.txt")).unwrap_or_default();
        return Err(Failure::new(
            format!(
                "--engine spark: the job failed ({status})\n{}",
                last_lines(&String::from_utf8_lossy(&log))
            ),
            "the lines above are Spark's, and its executors' logs say more; --keep-job leaves the job and all that Spark said in \
             spark-job; casepicture must be at this same path on every machine that runs executors",
        ));
    }
    let told = |path: &Path, fault: &dyn std::fmt::Display| {
        Failure::new(
            format!("--engine spark: {}: {fault}", shown(path)),
            "run it again; when it stays so, use --engine local",
        )
    };
    let mut edges = Vec::new();
    for item in fs::read_dir(&found).map_err(|fault| told(&found, &fault))? {
        let path = item.map_err(|fault| told(&found, &fault))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("part-") {
            let file = File::open(&path).map_err(|fault| told(&path, &fault))?;
            read_edges(&mut BufReader::new(file), &mut edges)
                .map_err(|fault| told(&path, &fault))?;
        }
    }
    Ok(edges)
}

/// The lines of a long log that say most: what a worker said, else the last ones; never a trace of calls.
fn last_lines(log: &str) -> String {
    const LINES: usize = 6;
    const LONGEST: usize = 300;
    let is_said = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("at ") && !line.starts_with("...")
    };
    let lines: Vec<&str> = log.lines().filter(is_said).collect();
    let said = |line: &&str| line.contains("casepicture: link-worker");
    let chosen: Vec<&str> = if let Some(at) = lines.iter().position(said) {
        lines.into_iter().skip(at).take(2).collect()
    } else {
        let is_wrong = |line: &&str| {
            ["ERROR", "Exception", "rror:"]
                .iter()
                .any(|word| line.contains(word))
        };
        let wrong: Vec<&str> = lines.iter().copied().filter(is_wrong).collect();
        let mut chosen = if wrong.is_empty() { lines } else { wrong };
        chosen.split_off(chosen.len().saturating_sub(LINES))
    };
    if chosen.is_empty() {
        return "  (it said nothing)".to_owned();
    }
    let cut = |line: &&str| {
        format!(
            "  {}",
            line.trim().chars().take(LONGEST).collect::<String>()
        )
    };
    chosen.iter().map(cut).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_say_most_are_told() {
        let log = "INFO begin\nERROR Task failed: x\n\tat org.spark.A\nInfo\n";
        assert_eq!(last_lines(log), "  ERROR Task failed: x");
        let log =
            "ERROR x\nsub: casepicture: link-worker: plan.json: gone\n  hint: share it\nERROR y\n";
        assert_eq!(
            last_lines(log),
            "  sub: casepicture: link-worker: plan.json: gone\n  hint: share it"
        );
        assert_eq!(last_lines("\n  at x\n"), "  (it said nothing)");
        assert_eq!(last_lines("a\nb\n"), "  a\n  b");
    }
}
