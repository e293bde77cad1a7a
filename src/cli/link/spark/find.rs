//! Finds the Spark that is installed: `SPARK_HOME`, else `spark-sql` on the path, as Spark's own commands do.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::Failure;
use crate::cli::source::shown;

/// The `spark-sql` of an installation.
#[derive(Debug)]
pub struct SparkSql(PathBuf);

/// What a job needs of the cluster, whatever is configured there.
const SETTINGS: [&str; 4] = [
    // no metastore is made for a job that has no tables
    "spark.sql.catalogImplementation=in-memory",
    // a path is a path, also with ${ in it
    "spark.sql.variable.substitute=false",
    "spark.ui.showConsoleProgress=false",
    // rows grow many times when each key has its own
    "spark.sql.files.maxPartitionBytes=16m",
];

/// Finds `spark-sql`.
///
/// # Errors
/// When there is none.
pub fn spark_sql() -> Result<SparkSql, Failure> {
    let hint = "set SPARK_HOME to a folder of Spark 4, or put its bin folder on PATH; --engine local needs no Spark and gives the same";
    if let Some(home) = env::var_os("SPARK_HOME").filter(|home| !home.is_empty()) {
        let path = PathBuf::from(&home).join("bin").join("spark-sql");
        if path.is_file() {
            return Ok(SparkSql(path));
        }
        return Err(Failure::new(
            format!(
                "--engine spark: SPARK_HOME is {}, and there is no bin/spark-sql in it",
                shown(&PathBuf::from(home))
            ),
            hint,
        ));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join("spark-sql"))
        .find(|path| path.is_file())
        .map(SparkSql)
        .ok_or_else(|| {
            let problem = "--engine spark: no Spark is found: SPARK_HOME is not set, and spark-sql is not on PATH";
            Failure::new(problem, hint)
        })
}

impl SparkSql {
    /// A command with the settings of every job.
    pub fn command(&self, master: Option<&str>) -> Command {
        let mut command = Command::new(&self.0);
        if let Some(master) = master {
            command.arg("--master").arg(master);
        }
        for setting in SETTINGS {
            command.arg("--conf").arg(setting);
        }
        command
    }

    /// What is told when it cannot be started.
    pub fn cannot_start(&self, fault: &io::Error) -> Failure {
        Failure::new(
            format!("--engine spark: {}: {fault}", shown(&self.0)),
            "check that Spark starts by itself: spark-sql --version",
        )
    }
}
