//! Files that are written beside their targets and put in place together, or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use super::failure::Failure;
use super::output::create_private;
use super::source::shown;

/// Files that are written, and not yet in place. Dropped without [`Staged::put_in_place`] they are taken away.
#[derive(Debug, Default)]
pub struct Staged {
    /// What is written, and where it belongs.
    files: Vec<(PathBuf, PathBuf)>,
    /// Files that are on their way to the disk while the next ones are written.
    on_their_way: Vec<(PathBuf, JoinHandle<io::Result<()>>)>,
}

impl Staged {
    /// Writes a file beside its target, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(
        &mut self,
        target: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let name = target
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let beside = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let told = |fault: io::Error| Failure::of_write(&shown(target), &fault);
        let file = create_private(&beside).map_err(told)?;
        self.files.push((beside, target.to_owned()));
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write(&mut out)
            .and_then(|()| out.flush())
            .and_then(|()| out.into_inner().map_err(io::IntoInnerError::into_error))
            .map(|file| {
                let way = std::thread::spawn(move || file.sync_all());
                self.on_their_way.push((target.to_owned(), way));
            })
            .map_err(told)
    }

    /// Puts all files in their places, and says how many.
    ///
    /// # Errors
    /// When one cannot be renamed.
    pub fn put_in_place(mut self) -> Result<usize, Failure> {
        let count = self.files.len();
        for (target, way) in self.on_their_way.drain(..) {
            let there = way
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("it could not be kept on the disk")));
            there.map_err(|fault| Failure::of_write(&shown(&target), &fault))?;
        }
        while let Some((beside, target)) = self.files.last() {
            fs::rename(beside, target)
                .map_err(|fault| Failure::of_write(&shown(target), &fault))?;
            self.files.pop();
        }
        Ok(count)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (_, way) in self.on_their_way.drain(..) {
            // whether it got there no longer matters
            let _ = way.join();
        }
        for (beside, _) in &self.files {
            // what cannot be removed now was never there, or cannot be helped
            let _ = fs::remove_file(beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let mut staged = Staged::default();
        staged.write(&one, |out| out.write_all(b"1")).unwrap();
        assert!(!one.exists());
        let failed = staged.write(&two, |_| Err(io::Error::other("full")));
        assert!(failed.is_err());
        drop(staged);
        assert_eq!(count(), 0);

        let mut staged = Staged::default();
        staged.write(&one, |out| out.write_all(b"1")).unwrap();
        staged.write(&two, |out| out.write_all(b"2")).unwrap();
        assert_eq!(staged.put_in_place(), Ok(2));
        assert_eq!((fs::read(&one).unwrap(), count()), (b"1".to_vec(), 2));
    }
}
