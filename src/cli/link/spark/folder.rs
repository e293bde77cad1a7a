//! The folder of a job: what goes to the executors and what comes back. It holds the records, so it goes when it is done.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Link};
use crate::cli::output::{create_private, is_there, make_folder};
use crate::cli::source::shown;

const NAME: &str = "spark-job";

/// A job's folder; taken away when it is dropped, unless it was asked for.
#[derive(Debug)]
pub struct JobFolder {
    root: PathBuf,
    is_kept: bool,
}

impl JobFolder {
    /// Makes it, in the folder asked for, else in that of the output.
    ///
    /// # Errors
    /// When there is one already, or none can be made.
    pub fn make(args: &Link) -> Result<Self, Failure> {
        let within = args.spark_dir.as_ref().or(args.out.as_ref());
        let within = within.ok_or_else(|| {
            Failure::new(
                "--engine spark: the job needs a folder that the executors see",
                "name it with --spark-dir, or name a folder for the output with --out",
            )
        })?;
        if !within.is_dir() {
            return Err(Failure::new(
                format!("--spark-dir {}: there is no such folder", shown(within)),
                "make it first; it must be at this path on every machine that runs executors",
            ));
        }
        let told = |fault: io::Error| Failure::of_write(&shown(within), &fault);
        // links in it may lead elsewhere on another machine, but dots lead nowhere there
        let root = std::path::absolute(within).map_err(told)?.join(NAME);
        if is_there(&root) {
            return Err(Failure::new(
                format!("{}: a job is there already", shown(&root)),
                "remove it if no other run uses it, or choose another folder with --spark-dir",
            ));
        }
        make_folder(&root)?;
        let folder = Self {
            root,
            is_kept: args.keep_job,
        };
        make_folder(&folder.path("rows"))?;
        Ok(folder)
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where something in it is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Makes a file in it that only its owner may read.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(&self, name: &str) -> Result<File, Failure> {
        let path = self.path(name);
        create_private(&path).map_err(|fault| Failure::of_write(&shown(&path), &fault))
    }

    /// Writes such a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut to = BufWriter::with_capacity(1 << 16, self.create(name)?);
        write(&mut to)
            .and_then(|()| to.flush())
            .map_err(|fault| Failure::of_write(&shown(&self.path(name)), &fault))
    }
}

impl Drop for JobFolder {
    fn drop(&mut self) {
        if !self.is_kept {
            // what cannot be removed now cannot be helped
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}
